"""The sizing sheet of a deck: formulas with an example of each, figures to know, and what to heed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.model import Page, Section
from rung.pages import Sheet, by_deck, last

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rung.pages import Kept


def sheets(kept: Sequence[Kept]) -> Iterator[Sheet]:
    for deck, notes in by_deck(each for each in kept if each.type == "sizing").items():
        page = Page(deck.title, tuple(section for each in notes for section in _sections(each.page)))
        yield Sheet(last(deck.id), page, "For the room", "sizing", deck.source, (deck.id,))


def _sections(page: Page) -> Iterator[Section]:
    """A note under its own heading, and that alone; what it folds away stays so."""
    yield Section(page.title, "\n\n".join(each.text for each in page.sections if not each.folded))
    yield from (each for each in page.sections if each.folded)
