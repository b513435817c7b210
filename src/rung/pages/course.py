"""The cheat sheet of a whole course: every note of it in a few lines, deck by deck."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rung.pages import Printed, by_deck
from rung.paper import Page, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rung.pages import Kept


def printed(kept: Sequence[Kept]) -> Iterator[Printed]:
    courses: dict[str, list[Kept]] = {}
    for each in kept:
        if each.page.brief:
            courses.setdefault(each.deck.course, []).append(each)
    for course, notes in courses.items():
        sections = tuple(
            Section(deck.title, "\n\n".join(each.page.brief for each in own)) for deck, own in by_deck(notes).items()
        )
        decks = tuple(deck.id for deck in by_deck(notes))
        page = Page(f"{course}: cheat sheet", sections)
        yield Printed(f"{_name(course)}-cheat-sheet", page, "Cheat sheets", "course", course, decks)


def _name(course: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", course.casefold())[:6]) or "course"
