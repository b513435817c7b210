"""What things are called in Anki: names of decks, tags, and numbers that follow from names alone."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from rung.model import Card, Deck

# Anki's ids are milliseconds since 1970, and tell when a thing was made; ours lie in 2014 to 2023.
EARLIEST = 1_400_000_000_000
SPAN = 300_000_000_000
NO_LEVEL = re.compile(r"::+|[\s\x00-\x1f\x7f]+")
NO_TAG = re.compile(r'[\s"\x00-\x1f\x7f]+')


def deck_name(deck: Deck) -> str:
    """`Rung::<course>::<title>`: three levels, whatever stands in course and title."""
    return "::".join(("Rung", _level(deck.course), _level(deck.title)))


def tags(cards: Iterable[Card], *, retired: bool) -> tuple[str, ...]:
    """The Anki tags of a note that is made of such cards, sorted, every one below `rung`."""
    return _tags(tuple({(card.note_type, card.level, card.tags): None for card in cards}), retired)


@lru_cache(1024)
def _tags(told: Sequence[tuple[str, str, Sequence[str]]], retired: bool) -> tuple[str, ...]:
    found = {"rung::retired"} if retired else set()
    for note_type, level, own in told:
        found.add(f"rung::type::{_tag(note_type)}")
        found.update({f"rung::level::{_tag(level)}"} if level else ())
        found.update(f"rung::{_tag(tag)}" for tag in own)
    return tuple(sorted(found))


def numbers(names: Iterable[str]) -> Mapping[str, int]:
    """An id in Anki's range for every name, in their order. It follows from the name alone, but for two in
    300,000,000,000 that meet.

    Of those that meet, the one that sorts first keeps its number.
    """
    numbers = {name: _number(name) for name in names}
    return numbers if len(set(numbers.values())) == len(numbers) else _apart(numbers)


def _apart(names: Collection[str]) -> Mapping[str, int]:
    """Numbers for names of which some meet."""
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(names):
        number = _number(name)
        again = 0
        while number in taken:
            again += 1
            number = _number(f"{name} {again}")
        taken.add(number)
        numbers[name] = number
    return {name: numbers[name] for name in names}


def _number(name: str) -> int:
    return EARLIEST + int.from_bytes(sha256(name.encode()).digest()[:8]) % SPAN


def _level(words: str) -> str:
    """`words` as one level of a deck's name: Anki drops control characters, and `::` would begin the next level."""
    shown = NO_LEVEL.sub(" ", unicodedata.normalize("NFC", words)).strip(" :")
    return " ".join(shown.split()) or "Untitled"


@cache
def _tag(words: str) -> str:
    """`words` as a tag: Anki ends one at a space, and refuses quotes and control characters."""
    levels = (NO_TAG.sub("_", level.strip()) for level in words.split("::"))
    return "::".join(level for level in levels if level) or "untitled"
