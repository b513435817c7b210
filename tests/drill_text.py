"""A deck with a drill, and what a learner types in it."""

from __future__ import annotations

import json

from rung.notes import drill as note

DECK = f"""\
title: Drills
source: {{course: A course, lesson: 1}}
notes:
{note.EXAMPLES[0].source}
- fact: one
  text: The first is {{{{c1::alpha}}}}.
"""
CARD = "small/top-list#drill"
WRITE = "\nHash the keys.\n\n- one\n.\nA hot key.\n.\n\n"
RATE = "b\nc\nd\na\n"
KEPT = "What you wrote is kept. Go on with: rung drill small/top-list\n"


def drafts(tmp_path):
    """The names of the drafts under way."""
    return sorted(path.name for path in _drafts(tmp_path) if ".old" not in path.name)


def draft(tmp_path):
    (path,) = (path for path in _drafts(tmp_path) if ".old" not in path.name)
    return path.read_text()


def asides(tmp_path):
    """The drafts that were put aside, by name."""
    return sorted(path for path in _drafts(tmp_path) if ".old" in path.name)


def _drafts(tmp_path):
    return (tmp_path / "learner" / "rung-drafts").glob("*")


def events(rung):
    return json.loads(rung("log", "--json")[1])["events"]


def typed_in(child, *lines):
    """Type each line into a terminal once it shows what is expected before it."""
    for expected, line in lines:
        child.expect(expected)
        child.sendline(line)
