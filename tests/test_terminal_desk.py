"""The desk in a real terminal."""

import json
import signal
import sys
import time

import pytest

if sys.platform == "win32":
    pytest.skip("a pty is POSIX's", allow_module_level=True)
pytest.importorskip("textual")
pexpect = pytest.importorskip("pexpect")


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


def test_it_ends_by_q_and_leaves_the_terminal_as_it_was(workspace, terminal):
    child = terminal("desk", folder=workspace, NO_COLOR="1")
    child.expect("Quit")
    child.send("q")
    child.expect_exact("\x1b[?1049l")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
