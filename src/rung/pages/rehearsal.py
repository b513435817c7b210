"""The ladders, probes or post-mortems of a deck on one page: the question stands, what belongs to it is folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.pages import Printed, by_deck, last
from rung.paper import Page, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rung.pages import Kept

SORTS = {  # of a note type: the end of the page's name, that of its title, and what is folded away
    "ladder": ("ladders", "calibration ladders", "The answers, L4 to L7, and the pattern"),
    "probe": ("probes", "follow-up probes", "What to answer"),
    "postmortem": ("post-mortems", "post-mortems", "The moment, and what should have been said"),
}


def printed(kept: Sequence[Kept]) -> Iterator[Printed]:
    for deck, notes in by_deck(kept).items():
        for type_, (end, words, label) in SORTS.items():
            if own := [each.page for each in notes if each.type == type_]:
                told = f"{deck.title}{' —' if ':' in deck.title else ':'} {words}"
                title = deck.title if end in deck.title.casefold() else told
                page = Page(title, tuple(section for each in own for section in _sections(each, label)))
                name = f"{_about(last(deck.id), end)}-{end}"
                yield Printed(name, page, "To rehearse", "rehearsal", deck.source, (deck.id,))


def _about(deck: str, end: str) -> str:
    """A deck's name without what the page's name says anyhow: `ladders-rag` and `recsys-probes` are about one thing."""
    said = {end, end.replace("-", "")}
    return "-".join(word for word in deck.split("-") if word not in said) or deck


def _sections(page: Page, label: str) -> Iterator[Section]:
    """What is asked, open; then all that belongs to it, folded away as one."""
    asked = "\n\n".join(each.text for each in page.sections if not each.folded)
    yield Section(page.title, asked)
    folded = (f"### {each.heading}\n\n{each.text}" for each in page.sections if each.folded)
    yield Section(label, "\n\n".join(folded), folded=True)
