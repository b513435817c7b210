"""Reviews in a real terminal: what a person sees, types and interrupts."""

from __future__ import annotations

import json
import re
import sys

import pytest

pexpect = pytest.importorskip("pexpect")

SPINE = "production-ai-systems/recsys-spine"
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


pytestmark = pytest.mark.usefixtures("here")


@pytest.fixture
def rows(rung):
    """Give (kind, grade) of every row of the log, as it is now."""
    return lambda: [(event["kind"], event["grade"]) for event in json.loads(rung("log", "--json")[1])["events"]]


@pytest.fixture
def mine(rung, monkeypatch, tmp_path):
    """A workspace that was just begun, as the folder we are in."""
    assert rung("init", str(tmp_path / "mine"))[0] == 0
    monkeypatch.chdir(tmp_path / "mine")
    assert rung("build")[0] == 0


def test_a_sitting_from_start_to_a_committed_grade(terminal, rows):
    child = terminal("review", SPINE)
    child.expect(r"\[1/12\] new - 0:00")
    child.expect("Enter shows the back:")
    child.sendline("")
    child.expect("200M")
    child.expect(r"Grade \[3 Good\]:")
    assert rows() == []
    child.sendline("4")
    child.expect(r"\[2/12\] new")
    assert rows() == [("review", 5)]  # kept before the next card shows
    child.expect("Enter shows the back:")
    child.sendline("u")
    child.expect("Took back: review")
    child.expect(r"\[1/12\] new")
    child.sendline("q")
    child.expect("Nothing answered.")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert rows() == [("review", 5), ("void", None)]


def test_an_interrupt_loses_nothing_and_is_told(terminal, rows):
    child = terminal("review", SPINE)
    child.expect("Enter shows the back:")
    child.sendline("")
    child.expect("Grade")
    child.sendline("3")
    child.expect(r"\[2/12\]")
    child.expect("Enter shows the back:")
    child.sendintr()
    child.expect(r"1 card, 1 right \(100 %\), answered in 0:\d\d\.")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert rows() == [("review", 4)]


def test_a_closed_terminal_loses_nothing(terminal, rows):
    child = terminal("review", SPINE)
    child.expect("Enter shows the back:")
    child.sendline("")
    child.expect("Grade")
    child.sendline("3")
    child.expect(r"\[2/12\]")
    child.close(force=True)
    assert rows() == [("review", 4)]


def test_what_is_typed_ahead_is_kept(terminal, rows):
    child = terminal("review", SPINE)
    child.send("\n3\n\n4\nq\n")
    child.expect("2 cards, 2 right")
    child.expect(pexpect.EOF)
    assert rows() == [("review", 4), ("review", 5)]


def test_no_color_is_obeyed_and_plain_is_plain(terminal):
    child = terminal("review", SPINE, NO_COLOR="1")
    child.expect("Enter shows the back:")
    assert re.findall(r"\x1b\[[0-9;]*3[0-7][0-9;]*m", child.before) == []
    child = terminal("--plain", "review", SPINE)
    child.expect("Enter shows the back:")
    assert "\x1b" not in child.before
    child = terminal("review", SPINE)
    child.expect("Enter shows the back:")
    assert "\x1b" in child.before


TREE = {
    60: """\
  Have you run CLARO, and is the objective in writing?
    yes -> How soon must a signal from within the session
        count?
      in under 5 seconds, as in a doomscroll -> Streaming is
          mandatory: Kafka, Flink, online store. Lock it in,
          at 5 to 10 times the cost of batch.
""",
    80: """\
  Have you run CLARO, and is the objective in writing?
    yes -> How soon must a signal from within the session count?
      in under 5 seconds, as in a doomscroll -> Streaming is mandatory: Kafka,
          Flink, online store. Lock it in, at 5 to 10 times the cost of batch.
""",
}


@pytest.mark.parametrize("columns", TREE)
@pytest.mark.parametrize("way", [(), ("--plain",)], ids=["rich", "plain"])
def test_a_drawing_keeps_its_shape_in_a_narrow_terminal(terminal, way, columns):
    child = terminal(*way, "show", "first-decisions#doomscroll", columns=columns)
    child.expect(pexpect.EOF)
    shown = "".join(f"{line.rstrip()}\n" for line in ESCAPE.sub("", child.before).splitlines())
    assert f"\n\n{TREE[columns]}\n" in shown


def test_nothing_due_offers_to_learn_ahead(mine, rung, terminal):
    for day in ("2026-11-20", "2026-11-21"):
        assert rung("review", typed="\n3\n", day=day)[0] == 0
    child = terminal("--today", "2026-11-24", "review")
    child.expect("Nothing is due. Next: 1 card on Friday, 27 November 2026.")
    child.expect(r"Learn ahead\? \[y/N\]")
    child.sendline("y")
    child.expect(r"\[1/1\] due")
    child.sendline("q")
    child.expect(pexpect.EOF)
    child.close()


def test_editing_a_card_opens_its_note_and_compiles(mine, terminal, tmp_path):
    editor = tmp_path / "an editor.py"
    editor.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[2])\n"
        "assert sys.argv[1] == '+5', sys.argv\n"
        "path.write_text(path.read_text().replace('six', 'seven'))\n"
    )
    child = terminal("review", EDITOR=f"{sys.executable} '{editor}'")
    child.expect("Enter shows the back:")
    child.sendline("e")
    child.expect("Compiled.")
    child.expect("Enter shows the back:")
    child.sendline("")
    child.expect("seven")
    child.sendline("q")
    child.expect(pexpect.EOF)
    child.close()
    child = terminal("review", SPINE, folder=tmp_path)  # the cards that came with the program have no deck here
    child.expect("Enter shows the back:")
    child.sendline("e")
    child.expect("The source of this card is not here")


def test_an_interrupt_in_the_editor_returns_to_the_card(mine, terminal, tmp_path):
    editor = tmp_path / "an editor.py"
    editor.write_text("import time\nprint('open', flush=True)\ntime.sleep(20)\n")  # the interrupt ends it
    child = terminal("review", EDITOR=f"{sys.executable} '{editor}'")
    child.expect("Enter shows the back:")
    child.sendline("e")
    child.expect("open")
    child.sendintr()
    child.expect("The cards stay as they were.")
    child.expect("Enter shows the back:")
    child.sendintr()  # here it ends the review again
    child.expect("Nothing answered.")
    child.wait()
    assert child.exitstatus == 130


def test_an_order_is_typed_and_a_wrong_answer_explained(terminal, rows):
    child = terminal("quiz", "ladder", "degradation", "--seed", "4")
    child.expect("Type a letter, A to C:")
    child.sendline("x")
    child.expect("Type one of the letters A B C. Or q to stop.")
    for letter in "baa":
        child.sendline(letter)
        child.expect("Type a")
    child.expect("ll letters from L4 to L7, e.g. DCBA:")
    child.sendline("abc")
    child.expect("Type each of the letters A B C D once, first to last.")
    child.sendline("a, b, c, d")
    child.expect("2 of 6 pairs out of order.")
    child.expect("The same quiz again: rung quiz ladder degradation --seed 4")
    child.expect(pexpect.EOF)
    assert [kind for kind, _ in rows()] == ["quiz"] * 4


def test_two_terminals_neither_lose_nor_double(terminal, rung, rows):
    one, other = terminal("review", SPINE), terminal("review", SPINE)
    for child in (one, other):
        child.expect("Enter shows the back:")  # both show the first card
        child.sendline("")
        child.expect("Grade")
    one.sendline("4")
    one.expect(r"\[2/12\]")
    other.sendline("1")
    other.expect(r"\[2/13\]")
    assert rows() == [("review", 5), ("review", 1)]
    memory = json.loads(rung("show", f"{SPINE}/prompt-users#text.c1", "--json")[1])["memory"]
    assert (memory["ease"], memory["repetitions"]) == (260, 1)  # the first answer of the day counted, the other drills
    one.expect("Enter shows the back:")
    one.sendline("")
    one.expect("Grade")
    one.sendline("3")
    one.expect(r"\[3/12\]")
    other.expect("Enter shows the back:")  # it shows the second card already, and may answer it too
    other.sendline("q")
    other.expect("1 card, 0 right")
    assert rung("doctor")[:2] == (0, "Everything is in order.\n")


def test_the_end_of_input_at_a_question_of_ours_is_a_no(mine, rung, terminal, tmp_path):
    for day in ("2026-11-19", "2026-11-20"):
        assert rung("review", typed="\n3\n", day=day)[0] == 0
    child = terminal("review")
    child.expect(r"Learn ahead\? \[y/N\]")
    child.sendeof()
    child.expect(pexpect.EOF)
    assert "Traceback" not in child.before
    child.close()
    assert child.exitstatus == 0
    copy = tmp_path / "copy.db"
    assert rung("backup", str(copy))[0] == 0
    child = terminal("restore", str(copy))
    child.expect(r"\[y/N\]")
    child.sendeof()
    child.expect("Nothing was changed.")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
