"""Compiled cards as text: `cards/<deck>.jsonl`, the deck on the first line, then the notes kept, then one card a line.

The files are committed: they show what an edit changes, and are the lock that keeps a card's history and times.
"""

from __future__ import annotations

import json
import re
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache, partial
from math import isfinite
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from rung.cards import kind
from rung.model import Card, Deck, KeptNote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

HALF = re.compile(r"\\u[dD][89a-fA-F]")  # how JSON spells half of a letter, or one that has its other half beside it
LATEST = 2**40  # a second that no clock comes to


class NotCards(ValueError):
    """A file that holds no compiled cards; the message names the line and what is wrong there."""


class NotAsked(NotCards):
    """A file of cards of which one cannot be asked, as by an edit by hand; a build makes it anew from its deck."""


@dataclass(frozen=True, slots=True)
class CompiledDeck:
    """A deck, its cards, retired ones last, and those of its notes that are more than cards."""

    deck: Deck
    cards: tuple[Card, ...]
    notes: tuple[KeptNote, ...] = ()


def text_of(compiled: CompiledDeck) -> str:
    """The text of a deck's file."""
    lines = (_line(compiled.deck), *map(_line, compiled.notes), *map(_line, compiled.cards))
    return "".join(line + "\n" for line in lines)


def from_text(text: str) -> CompiledDeck:
    """The deck, notes and cards in a file's text; raises NotCards."""
    deck, notes, cards = _numbered(text)
    return CompiledDeck(deck, tuple(cards.values()), notes)


def sound(text: str) -> CompiledDeck:
    """As `from_text`, of cards that can be asked, scored, shown and exported, as those of a file made by hand may not;
    raises NotCards, NotAsked for a card."""
    deck, notes, cards = _numbered(text)
    parts: dict[str, list[int]] = {}
    for number, card in cards.items():
        hole = card.hole
        if wrong := _fault(card, hole, deck.id):
            raise NotAsked(f"line {number} is no card: {wrong}")
        if not card.retired:
            parts.setdefault(card.id.removesuffix(hole), []).append(number)
    for part, together in parts.items():
        some = [cards[number] for number in together]
        if len(some) != len({card.id for card in some}) or {card.id for card in some} != set(_made(some[0])):
            told = f"of {part} other cards stand here than its text makes"
            raise NotAsked(f"line {together[0]} is no card: {told}")
    return CompiledDeck(deck, tuple(cards.values()), notes)


def head_of(text: str) -> CompiledDeck:
    """The deck and notes alone, which stand before its cards, without the work of reading those; raises NotCards."""
    lines = text.split("\n")
    behind = next((place for place, line in enumerate(lines) if line.startswith('{"id"') and place), None)
    return from_text("\n".join(lines[:behind]))


def line_of(card: Card) -> str:
    """A card as one line of JSON, without the newline."""
    return _line(card)


def card_of(line: str) -> Card:
    """The card on a line; raises NotCards."""
    card = _read(Card, line, 1)
    assert isinstance(card, Card)
    return card


def _numbered(text: str) -> tuple[Deck, tuple[KeptNote, ...], dict[int, Card]]:
    """The deck, the kept notes, and the cards by the numbers of their lines; raises NotCards."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    (number, head), *rest = lines or [(1, "")]
    deck = _read(Deck, head, number)
    read = [(number, _read(None, line, number)) for number, line in rest]
    kept = tuple(each for _, each in read if isinstance(each, KeptNote))
    return deck, kept, {number: each for number, each in read if isinstance(each, Card)}


def _fault(card: Card, hole: str, deck: str) -> str:
    """What keeps a card of the deck from being asked; empty where nothing does."""
    note, sign, _ = card.id.partition("#")
    here = card.retired or note.rpartition("/")[0] == card.deck == deck  # what retired is kept where it was
    if not (sign and here):
        return f'"{card.id}" is no id of a card of {deck}'
    of = kind(card.kind)
    if hole != (f".c{card.content.hole}" if of.ANKI.cloze else ""):
        return f'"{card.id}" does not end as the id of what it asks'
    if not 0 <= card.changed < LATEST:
        return f"it changed in the second {card.changed}"
    return of.fault(card.content)


def _made(card: Card) -> Iterator[str]:
    """The ids of all cards that the text of one makes."""
    if kind(card.kind).ANKI.cloze:
        from rung.text import hole_numbers  # here, for who reads no cards needs none of it

        for number in hole_numbers(card.content.text):
            yield f"{card.part}.c{number}"
    else:
        yield card.id


def _line(value: Deck | KeptNote | Card) -> str:
    return JSON.encode(value)


def _plain(value: Any) -> dict[str, Any]:
    """A dataclass as a mapping without what is at its default."""
    defaults = _defaults(value.__class__)
    return {name: item for name, default in defaults if (item := getattr(value, name)) != default}


JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_plain)


@cache
def _defaults(cls: type[Any]) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass, each with its default."""
    return tuple((field.name, field.default) for field in fields(cls))


def _read(cls: type[Any] | None, line: str, number: int) -> Any:
    """What stands on a line; where no class is given, a kept note, which names its `note`, or a card."""
    cls, behind = cls or Card, cls is None
    try:
        data = json.loads(line)
        if HALF.search(line) and not _can_be_written(data):
            raise ValueError("half of a letter stands in it")
        if behind and isinstance(data, dict) and "note" in data:
            cls = KeptNote
        if cls is Card and isinstance(data, dict) and "content" in data:
            data = {**data, "content": _instance(_content_type(data.get("kind")), data["content"])}
        return _instance(cls, data)
    except (ValueError, TypeError, RecursionError) as error:
        raise NotCards(f"line {number} is no {cls.__name__.lower()}: {error}") from None


def _can_be_written(data: Any) -> bool:
    try:
        return bool(json.dumps(data, ensure_ascii=False).encode())
    except UnicodeEncodeError:
        return False


def _content_type(name: Any) -> type[Any]:
    try:
        return kind(name).Content
    except (KeyError, TypeError):
        raise TypeError(f"{name!r} is no card kind") from None


def _instance(cls: Any, data: Any) -> Any:
    """The value of a dataclass that a mapping from JSON holds; raises TypeError."""
    if not isinstance(data, dict):
        raise TypeError(f"a mapping should stand for {cls.__name__}")
    readers = _readers(cls)
    if unknown := data.keys() - readers.keys():
        raise TypeError(f"unknown key {min(unknown)!r}")
    if lacking := [name for name in _needed(cls) if name not in data]:
        raise TypeError(f"the key {lacking[0]!r} is missing")
    return cls(**{name: readers[name](item) for name, item in data.items()})


@cache
def _readers(cls: type[Any]) -> Mapping[str, Callable[[Any], Any]]:
    """What reads each field of a dataclass, from its annotations."""
    return {name: _reader(annotation) for name, annotation in get_type_hints(cls).items()}


@cache
def _needed(cls: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls) if field.default is MISSING)


def _reader(annotation: Any) -> Callable[[Any], Any]:
    """What makes of JSON the value that an annotation asks for, or raises TypeError."""
    if is_dataclass(annotation):
        return partial(_instance, annotation)
    if get_origin(annotation) is tuple:
        return partial(_items, _reader(get_args(annotation)[0]))
    if get_origin(annotation) is dict:
        return partial(_of_type, (dict,), annotation)
    allowed = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)
    return _anything if Any in allowed else partial(_of_type, allowed, annotation)


def _items(reader: Callable[[Any], Any], data: Any) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise TypeError("a list should stand here")
    return tuple([reader(item) for item in data])


def _of_type(allowed: tuple[Any, ...], annotation: Any, data: Any) -> Any:
    if type(data) in allowed and (type(data) is not float or isfinite(data)):
        return data
    raise TypeError(f"{data!r} is not of type {annotation}")


def _anything(data: Any) -> Any:
    return data
