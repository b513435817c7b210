"""Our own words in a narrow terminal: lines end between words and go on where they began."""

from __future__ import annotations

import re

import pytest

pexpect = pytest.importorskip("pexpect")

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")

pytestmark = pytest.mark.usefixtures("here")


def shown(child) -> list[str]:
    """The lines that follow, to the end."""
    child.expect(pexpect.EOF)
    return [line.rstrip() for line in ESCAPE.sub("", child.before).splitlines()]


def test_what_went_wrong_is_told_between_words(terminal):
    lines = shown(terminal("quiz", "ladder", "zzz", columns=60))
    assert lines[:3] == [
        'rung: there is no ladder about "zzz"; ladders are about',
        "ad-ctr, agent-bounds, agents, candidates, code-assistant,",
        "cold-start, degradation, eta, experiments,",
    ]


@pytest.mark.parametrize("way", [(), ("--plain",)], ids=["rich", "plain"])
def test_a_line_goes_on_below_its_first_letter(terminal, way):
    child = terminal(*way, "review", "recsys-spine", columns=60)
    for prompt, typed in (("back:", ""), ("Grade", "1"), ("back:", "q")):
        child.expect(prompt)
        child.sendline(typed)
    lines = shown(child)
    at = next(place for place, line in enumerate(lines) if "missed" in line)
    assert lines[at : at + 3] == [
        "  missed: The prompt: users: The video platform has",
        "  [number…] monthly and 50M daily active users.",
        "    production-ai-systems/recsys-spine/prompt-users#text.c1",
    ]


@pytest.mark.parametrize(
    ("columns", "row"),
    [
        (100, f"{'spine':<48}  The 100 ms Recsys Spine"),
        (80, "spine"),
    ],
)
def test_titles_of_pages_stand_below_their_names_where_the_terminal_is_narrow(terminal, columns, row):
    lines = shown(terminal("print", columns=columns))
    assert row in lines
    assert ("    The 100 ms Recsys Spine" in lines) == (columns == 80)
