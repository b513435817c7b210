"""What several note types do alike: drafts of clozes, and checks of items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung import text
from rung.cards import cloze
from rung.model import Draft, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def clozes(
    markdown: str,
    *,
    item: str = "",
    facet: str = "",
    at: tuple[str | int, ...] = (),
    lead: str = "",
    title: str | None = None,
    level: str = "",
    kin: str = "",
    extra: str = "",
) -> Iterator[Draft]:
    """A card for every hole of `markdown`; `lead` is shown before it and has no hole, `extra` on the back."""
    whole = f"{lead} {markdown}" if lead else markdown
    for number in text.hole_numbers(whole):
        content = cloze.Content(whole, number, extra)
        yield Draft("cloze", content, item, facet, at, hole=number, title=title, level=level, kin=kin)


def hole(answer: str, hint: str = "") -> str:
    """`answer` as hole c1."""
    return f"{{{{c1::{answer}::{hint}}}}}" if hint else f"{{{{c1::{answer}}}}}"


def twice(ids: Iterable[str], at: tuple[str | int, ...]) -> Iterator[Fault]:
    """A fault for each item of the list `at` whose id an earlier one has."""
    seen: set[str] = set()
    for place, id_ in enumerate(ids):
        if id_ in seen:
            yield Fault((*at, place, "id"), f'the id "{id_}" stands twice in this note', "give one of them another id")
        seen.add(id_)
