"""The desk in a real terminal."""

import io
import json
import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("a pty is POSIX's", allow_module_level=True)
pytest.importorskip("textual")
pexpect = pytest.importorskip("pexpect")

EDITOR = """
import sys
from pathlib import Path
line, deck = int(sys.argv[1].removeprefix("+")), Path(sys.argv[2])
lines = deck.read_text().splitlines(keepends=True)
assert lines[line - 1] == "  - fact: one\\n", lines[line - 1]
lines[line] = "    text: The first, said otherwise, is {{c1::alpha}}.\\n"
deck.write_text("".join(lines))
"""


def test_every_grade_is_kept_though_the_desk_is_killed_at_once(workspace, rung, terminal):
    child = terminal(folder=workspace)  # `rung` alone
    child.expect("0 due, 2 new")
    child.send("r 3")  # at once
    child.expect("2/2")
    child.send(" 1")
    child.expect("3/3")
    child.send(" ")
    child.expect("Good")
    child.kill(signal.SIGKILL)
    graded = [(row["card"], row["grade"]) for row in json.loads(rung("log", "--json")[1])["events"]]
    assert sorted(graded) == [("small/one#text.c1", 4), ("small/two#text.c1", 1)]
    assert rung("due")[1].startswith("0 due, 0 new, 1 again")


def test_a_desk_killed_in_a_drill_loses_nothing_that_a_second_has_passed_over(drills, terminal, rung, tmp_path):
    def kept():
        return "".join(path.read_text() for path in (tmp_path / "learner" / "rung-drafts").glob("*.md"))

    child = terminal("desk", folder=drills)
    child.expect("Review")
    child.send("d\r")
    child.expect("starts the clock")
    child.send("\rBegun")  # at once
    for word in ("again", "and again"):  # kept by itself, more than once
        child.send(f" {word}")
        until = time.monotonic() + 20
        while f" {word}\n" not in kept() and time.monotonic() < until:
            child.expect([pexpect.TIMEOUT, ".+"], timeout=0.1)  # what it draws is to be read, or it waits
    child.kill(signal.SIGKILL)
    assert "## The design\n\nBegun again and again\n" in kept()
    assert "There is a draft" in rung("drill", "top-list", typed=":q\n")[1]


COLOUR = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9\d|10[0-7])(?:;[\d;]*)?m")


@pytest.mark.parametrize("no_color", [True, False])
def test_every_screen_obeys_no_color_and_the_terminal_is_left_as_it_was(workspace, terminal, no_color):
    child = terminal("desk", folder=workspace, **({"NO_COLOR": "1"} if no_color else {}))
    seen = ""
    for key, words in (
        ("", "0 due, 2 new"), ("r", "Then Enter"), ("?", "any key closes this"), (" ", "Then Enter"), (" ", "Good"), ("i", "All about this card"),
        ("q", "Home"), ("g", "Flag this card"), ("q", ""), ("q", "Quit"), ("t", "no answers yet"), ("q", "Quit"), ("q", pexpect.EOF),
    ):  # fmt: skip
        child.send(key)
        child.expect(words)
        seen += child.before + (child.after if isinstance(child.after, str) else "")
    assert bool(COLOUR.search(seen)) is not no_color
    assert "\x1b[?1049l" in seen
    assert child.wait() == 0


BEYOND = re.compile(r"\x1b\[(?:[\d;]*;)?[34]8;[25];[\d;]*m")  # a colour that a terminal of sixteen does not have


@pytest.mark.parametrize("colours", [{"TERM": "xterm-16color"}, {"COLORTERM": "truecolor"}])
def test_sixteen_colours_are_enough(workspace, rung, terminal, colours):
    child = terminal("desk", folder=workspace, **colours)
    seen = ""
    for key, words in (
        ("", "0 due, 2 new"), ("r", "Then Enter"), ("i", "All about this card"), ("q ", "Good"), ("3qb", "2 cards"),
        ("\rf", "Flag 1 to 7"), ("3\r", "u takes it back"), ("qt", "Statistics"), ("q", "Quit"), ("q", pexpect.EOF),
    ):  # fmt: skip
        child.send(key)
        child.expect(words)
        seen += child.before + (child.after if isinstance(child.after, str) else "")
    assert COLOUR.search(seen)
    assert BEYOND.findall(seen) == []
    assert rung("log")[1] == "2026-11-21  review   4 small/one#text.c1\n2026-11-21  flag       small/one#text.c1\n"


def test_a_terminal_that_can_nothing_is_told_of_the_review(workspace, terminal):
    child = terminal("desk", folder=workspace, TERM="dumb")
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, child.before) == (
        2,
        "rung: the desk needs a terminal; elsewhere there is: rung review\r\n",
    )


def test_a_burst_of_keys_lands_in_order(workspace, rung, terminal):
    child = terminal("desk", folder=workspace)
    child.send("r 3 4qq")  # before the desk stands
    child.expect(pexpect.EOF)
    assert rung("log")[1] == "2026-11-21  review   4 small/one#text.c1\n2026-11-21  review   5 small/two#text.c1\n"


def test_the_editor_opens_at_the_note_and_the_card_comes_back_as_it_is_now(workspace, rung, terminal):
    editor = workspace / "editor.py"
    editor.write_text(EDITOR)
    child = terminal("desk", folder=workspace, EDITOR=f"{sys.executable} {editor}")
    child.expect("0 due, 2 new")
    child.send("r ")
    child.expect("Good")
    child.send("e")
    child.expect("The card has")
    child.send("u")
    child.expect("nothing to")
    child.send(" 4qq")
    child.expect(pexpect.EOF)
    assert rung("log")[1] == "2026-11-21  review   5 small/one#text.c1\n"
    assert "said otherwise" in rung("show", "small/one#text.c1")[1]


def test_a_store_that_is_deleted_meanwhile_ends_it_with_a_line(workspace, terminal):
    child = terminal("desk", folder=workspace)
    child.expect("0 due, 2 new")
    child.send("r")
    child.expect("Then Enter")
    child.send(" ")
    child.expect("Good")
    Path(os.environ["RUNG_DB"]).unlink()
    child.send("3")
    child.expect("was deleted or replaced while it was open; nothing was written; start again\r\n")
    assert child.wait() == 3


ACTING = r"""
title: "Ev\e]0;deck\ail"
source: {course: "Co\e]0;course\aurse", lesson: "O\e]0;lesson\ane"}
notes:
- contrast: bread
  name: "Yeast\e]0;name\a and sourdough"
  sides:
    - {id: yeast, name: "Yeast\e]0;side\a bread"}
    - {id: sour, name: Sourdough}
  dimensions:
    - {id: rise, name: "Time to rise\e]0;dimension\a", says: {yeast: "An hour\e]0;says\a.", sour: Half a day.}}
"""


def test_nothing_that_a_deck_holds_acts_on_the_terminal(workspace, rung, terminal):
    (workspace / "decks" / "small.yaml").write_text(ACTING)
    assert rung("build")[0] == 0
    child = terminal("desk", folder=workspace)
    child.logfile_read = painted = io.StringIO()
    child.expect("0 due, ")
    child.send("r")
    child.expect_exact("Yeast]0;name and sourdough")
    child.send(" ")
    child.expect("Good")
    child.send("qb")
    child.expect("Enter goes to the cards")
    child.send("\x1bq")
    assert "\x1b]0;" not in painted.getvalue()
