"""The desk in a real terminal."""

import sys

import pytest

if sys.platform == "win32":
    pytest.skip("a pty is POSIX's", allow_module_level=True)
pytest.importorskip("textual")
pexpect = pytest.importorskip("pexpect")


def test_a_grade_is_kept_though_the_desk_is_killed_at_once(workspace, rung, terminal):
    child = terminal(folder=workspace)  # `rung` alone
    child.expect("0 due, 2 new")
    child.send("r")
    child.expect("Then Enter")
    child.send(" ")
    child.expect("Good")
    child.send("3")
    child.expect("2/2")
    child.kill(9)
    assert rung("log")[1] == "2026-11-21  review   4 small/one#text.c1\n"
    assert rung("due")[1] == "0 due, 1 new\n"


def test_it_ends_by_q_and_leaves_the_terminal_as_it_was(workspace, terminal):
    child = terminal("desk", folder=workspace, NO_COLOR="1")
    child.expect("Quit")
    child.send("q")
    child.expect_exact("\x1b[?1049l")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
