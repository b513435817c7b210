"""The sheet for the last two days: what a timeline has left to do, and the moves of the room by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.notes import timeline
from rung.pages import Printed
from rung.paper import BLANK, Page, Section, ticks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rung.pages import Kept

LEFT = 2  # days
ROOM = {"opening": "Open with", "claro": "Open with", "pushback": "When pushed", "recovery": "After a mistake"}


def printed(kept: Sequence[Kept]) -> Iterator[Printed]:
    moves = _of_the_room(kept)
    for each in kept:
        if each.type == "timeline":
            sections = (*_last(each), *moves_by_name(kept), Section("Three questions of my own", f"{BLANK}\n\n" * 3))
            decks = tuple(dict.fromkeys(note.deck.id for note in (each, *moves)))
            sources = "; ".join(dict.fromkeys(note.deck.course for note in (each, *moves)))
            page = Page("The last two days, and the day", sections)
            yield Printed("day-of", page, "Before the interview", "day", sources, decks)


def _last(note: Kept) -> Iterator[Section]:
    for phase in note.fields.phases:
        does = [timeline.told(task) for task in note.fields.tasks if task.phase == phase.id]
        if phase.days <= LEFT and does:
            yield Section(f"{phase.name} — {phase.when}", ticks(does))


def moves_by_name(kept: Sequence[Kept]) -> Iterator[Section]:
    """The moves of the room, by when they are made."""
    moves = _of_the_room(kept)
    for heading in dict.fromkeys(ROOM.values()):
        if told := [each.page.brief for each in moves if ROOM[each.topic] == heading]:
            yield Section(heading, "\n\n".join(told))


def _of_the_room(kept: Sequence[Kept]) -> list[Kept]:
    return [each for each in kept if each.type == "framework" and each.topic in ROOM and each.fields.steps]
