"""`rung drill` in a real terminal."""

from __future__ import annotations

import re
import sys

import pytest

from drill_text import draft, typed_in

pexpect = pytest.importorskip("pexpect")


def test_a_drill_in_a_terminal_tells_the_time_in_the_windows_title(drills, terminal):
    child = terminal("drill", columns=120)
    child.expect(" 1  small/top-list  10 min  0 attempts")
    typed_in(child, ("Which one", "2"))
    child.expect("Type a number from 1 to 1, or Enter for none.")
    typed_in(child, ("Which one. 1 to 1, Enter for none:", "1"), ("Enter starts", ""))
    child.expect_exact("\x1b[22;0t")
    child.expect(r"\x1b\]0;(10:00|9:5\d) left - rung drill\x07")
    child.expect(r"\x1b\]0;9:5\d left - rung drill\x07")
    child.sendline("A [bold]hash[/bold].")
    typed_in(child, ("The design>", "."), ("risk>", "."), ("Enter goes on", ""))
    child.expect_exact("\x1b[23;0t")
    typed_in(child, *[("Your level, A to D:", "d")] * 4)
    typed_in(child, ("Enter shows the next section:", ""))
    shown = re.sub(r"\x1b\[[0-9;]*m", "", child.before)
    assert re.search(r"You +Model solution", shown)  # side by side, as the terminal is wide
    assert re.search(r"A \[bold\]hash\[/bold\]\. +Keys are hashed to shards", shown)
    typed_in(child, ("Enter shows the common failures:", ""), ("Enter for none, :b to rate again:", ""))
    child.expect(r"12 of 12 points \(100 %\): Easy \(grade 5\).")
    typed_in(child, (r"Grade \[4 Easy\]:", "3"))
    child.expect(r"Logged as a review: Good \(grade 4\).")
    child.wait()
    assert child.exitstatus == 0


@pytest.mark.parametrize("stop", ["", "q", ":q"])
def test_none_is_picked_of_the_drills(drills, terminal, stop):
    child = terminal("drill")
    typed_in(child, ("Enter for none:", stop))
    child.expect(pexpect.EOF)
    assert child.before.strip() == ""


def test_an_interrupt_in_a_terminal_keeps_the_draft_and_the_title(drills, terminal, tmp_path):
    child = terminal("drill", "top-list")
    typed_in(child, ("Enter starts", ""), ("The design>", "One."))
    child.expect("The design>")
    child.sendintr()
    child.expect_exact("\x1b[23;0t")
    child.expect("What you wrote is kept. Go on with: rung drill small/top-list")
    child.wait()
    assert child.exitstatus == 130
    assert "One." in draft(tmp_path)


@pytest.fixture
def left(drills, rung, tmp_path):
    """Leave a draft with so many seconds left."""

    def leave(seconds):
        rung("drill", "top-list", typed="\nIn time.\n:q\n")
        (path,) = (tmp_path / "learner" / "rung-drafts").glob("*")
        path.write_text(path.read_text().replace("for 0 s", f"for {600 - seconds} s"))

    return leave


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}])
def test_the_end_of_the_time_is_told_below_a_line_that_is_being_typed(left, terminal, tmp_path, environment):
    left(2)
    child = terminal("drill", "top-list", **environment)
    typed_in(child, ("Enter goes on", ""))
    child.expect("0:02 The design>")
    child.send("Begun")
    child.expect_exact("\x07\x1bD\x1b[A\x1b7\x1b[B\x1b[2K\x1b[65G\x1b[1mThe time is up.\x1b8")
    child.sendline(" in time.")
    child.expect_exact("\x1b[J")
    child.expect(r"The time was up: this line is kept, and marked \[late\], as is all that")
    typed_in(child, ("design>", ":q"))
    child.expect("What you wrote is kept.")
    assert "\nIn time.\n[late] Begun in time.\n" in draft(tmp_path)


def test_the_end_of_the_time_rings_in_the_editor_and_changes_no_screen(left, terminal, tmp_path):
    left(2)
    editor = tmp_path / "editor.py"
    editor.write_text("import time\nprint('open', flush=True)\ntime.sleep(2.5)\n")
    child = terminal("drill", "top-list", EDITOR=f"{sys.executable} '{editor}'")
    typed_in(child, ("Enter goes on", ""), ("The design>", ":e"))
    child.expect("open\r\n")
    child.expect("Back from the editor")
    assert child.before == "\x07"


def test_the_end_of_the_time_interrupts_no_plain_prompt(left, terminal):
    left(1)
    child = terminal("drill", "top-list", "--plain")
    typed_in(child, ("Enter goes on", ""))
    child.expect("The design> ")
    with pytest.raises(pexpect.TIMEOUT):
        child.expect(".", timeout=1.5)
    child.sendline("Late.")
    child.expect_exact("The time was up: this line is kept")


@pytest.mark.parametrize("more", [["--plain"], []])
def test_plain_and_dumb_terminals_get_no_escape_sequences_for_the_time(drills, terminal, more):
    child = terminal("drill", "top-list", *more, **({} if more else {"TERM": "dumb"}))
    typed_in(child, ("Enter starts", ""))
    child.expect(r"(10:00|9:5\d) The design>")
    shown = child.before
    child.sendeof()
    child.expect("Nothing was written.")
    assert "\x1b]" not in shown + child.before
    assert "\x1b[22" not in shown + child.before
    child.wait()
    assert child.exitstatus == 0


@pytest.mark.parametrize("more", [[], ["--plain"]])
@pytest.mark.parametrize("columns", [60, 80])
def test_no_row_of_a_drill_is_wider_than_the_terminal(here, terminal, more, columns):
    answers = {
        r"stops: ": "", r"\d:\d\d [^\r\n]*> ": ".", r"\[y/N\] ": "y", r"A to D: ": "b", r"Enter shows [a-z ]*: ": "",
        r"to\s+rate\s+again: ": "ab", r"Grade [^\r\n]*: ": "", pexpect.EOF: None,
    }  # fmt: skip
    child = terminal(*more, "drill", "fifty-ms", columns=columns)
    shown = ""
    while (answer := list(answers.values())[child.expect(list(answers))]) is not None:
        shown += f"{child.before}{child.after}\r\n"  # where the learner's Enter is echoed
        child.sendline(answer)
    rows = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\][^\x07]*\x07", "", shown + child.before).split("\r\n")
    assert [row for row in rows if len(row.rstrip()) > columns] == []
    assert "Score: 4 of 12 points (33 %): Again (grade 1)." in map(str.rstrip, rows)
    staff = [at for at, row in enumerate(rows) if row.startswith("  D. Staff bar ")]
    assert len(staff) == 4
    assert all(rows[at + 1].startswith(" " * len("  D. Staff bar ")) for at in staff)
