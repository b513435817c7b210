"""Faults that several note types find: a name that stands for nothing, an id that two lists share."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from rung.fields import quoted
from rung.model import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def unknown(
    word: str, known: Iterable[str], one: str, whole: str, at: tuple[str | int, ...], *, key: bool = False
) -> Fault:
    """The fault of a word that names none of the `known`: it is no `one` (a column) of this `whole` (a table)."""
    listed = list(known)
    near = get_close_matches(word, listed, 1)
    others = f"{one}s are {', '.join(listed)}" if listed else f"the {whole} has no {one}s yet"
    mend = f'did you mean "{near[0]}"?' if near else others
    return Fault(at, f"{quoted(word)} is no {one} of this {whole}", mend, key=key)


def shared(ids: Iterable[str], taken: Iterable[str], at: tuple[str | int, ...]) -> Iterator[Fault]:
    """A fault for each item of the list `at` whose id an item of another list has, where it is `taken`."""
    others = set(taken)
    for place, id_ in enumerate(ids):
        if id_ in others:
            yield Fault((*at, place, "id"), f'the id "{id_}" stands twice in this note', "give one of them another id")
