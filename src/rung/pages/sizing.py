"""The sizing sheet of a deck: formulas with an example of each, figures to know, and what to heed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.pages import Printed, by_deck, last
from rung.paper import Page, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rung.pages import Kept


def printed(kept: Sequence[Kept]) -> Iterator[Printed]:
    for deck, notes in by_deck(each for each in kept if each.type == "sizing").items():
        page = Page(deck.title, tuple(section for each in notes for section in _sections(each.page)))
        yield Printed(last(deck.id), page, "For the room", "sizing", deck.source, (deck.id,))


def _sections(page: Page) -> Iterator[Section]:
    """A note under its own heading, and that alone; what it folds away stays so."""
    yield Section(page.title, "\n\n".join(each.text for each in page.sections if not each.folded))
    yield from (each for each in page.sections if each.folded)
