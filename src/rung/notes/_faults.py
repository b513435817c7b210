"""Faults that several note types find: a name that stands for nothing, one that stands twice, an id in two lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung import text
from rung.fields import did_you_mean, quoted
from rung.model import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def unknown(
    word: str,
    known: Iterable[str],
    one: str,
    whole: str,
    at: tuple[str | int, ...],
    *,
    many: str = "",
    key: bool = False,
) -> Fault:
    """The fault of a word that names none of the `known`: it is no `one` (a column) of this `whole` (a table).

    `many` is the plural of `one` where that is more than an s.
    """
    listed, many = list(known), many or f"{one}s"
    others = f"{many} are {', '.join(listed)}" if listed else f"the {whole} has no {many} yet"
    return Fault(at, f"{quoted(word)} is no {one} of this {whole}", did_you_mean(word, listed, others), key=key)


def shared(ids: Iterable[str], taken: Iterable[str], at: tuple[str | int, ...]) -> Iterator[Fault]:
    """A fault for each item of the list `at` whose id an item of another list has, where it is `taken`."""
    others = set(taken)
    for place, id_ in enumerate(ids):
        if id_ in others:
            yield Fault((*at, place, "id"), f'the id "{id_}" stands twice in this note', "give one of them another id")


def alike(texts: Iterable[str], at: tuple[str | int, ...], key: str) -> Iterator[Fault]:
    """A fault for each item of the list `at` that says under `key` what an earlier one says."""
    seen: set[str] = set()
    for place, words in enumerate(texts):
        if (folded := text.line(words).casefold()) in seen:
            message = f'{quoted(words)} stands twice under "{at[-1]}"'
            yield Fault((*at, place, key), message, "say what sets the two apart")
        seen.add(folded)
