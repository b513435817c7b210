"""`rung drill` in a real terminal."""

from __future__ import annotations

import re

import pytest

from drill_text import draft, typed_in


def test_a_drill_in_a_terminal_tells_the_time_in_the_windows_title(drills, terminal):
    child = terminal("drill", columns=120)
    child.expect(" 1  small/top-list  10 min  0 attempts")
    typed_in(child, ("Which one", "2"), ("Which one. 1 to 1, Enter for none:", "1"), ("Enter starts", ""))
    child.expect_exact("\x1b[22;0t")
    child.expect(r"\x1b\]0;(10:00|9:5\d) left - rung drill\x07")
    child.expect(r"\x1b\]0;9:5\d left - rung drill\x07")
    child.sendline("A [bold]hash[/bold].")
    typed_in(child, ("The design>", "."), ("risk>", "."), ("Enter goes on", ""))
    child.expect_exact("\x1b[23;0t")
    typed_in(child, *[("Your level, A to D:", "d")] * 4)
    typed_in(child, ("Enter for none:", ""))
    shown = re.sub(r"\x1b\[[0-9;]*m", "", child.before)
    assert re.search(r"You +Model solution", shown)  # side by side, as the terminal is wide
    assert re.search(r"A \[bold\]hash\[/bold\]\. +Keys are hashed to shards", shown)
    child.expect(r"12 of 12 points \(100 %\)")
    child.expect("Logged as a review, grade 5.")
    child.wait()
    assert child.exitstatus == 0


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
