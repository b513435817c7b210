"""What stands behind a key, such as `is:`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rung import cards
from rung.model import LEVELS
from rung.search.tree import Flag, Introduced, Is, Mistake, Named, Prop, Rated, fits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from rung.search.tree import Query

STATES = {
    "due": "due", "new": "new", "learnt": "learnt", "again": "again", "suspended": "suspended", "buried": "buried",
    "leech": "leech", "retired": "retired", "review": "learnt", "learn": "again",  # the last two as Anki calls them
}  # fmt: skip
PROPS = ("ease", "ivl", "lapses", "reps", "due", "r")
EXACT = ("ease", "r")  # those that need not be whole numbers; kept in hundredths
MOST_DAYS = 36_500

CALLED = {"deck": "deck", "type": "note type", "kind": "card kind", "level": "level"}
ELSEWHERE = {
    "note": "the note types of Rung are found by type:", "nid": "ids are found by id:", "cid": "ids are found by id:",
    "w": "put the word in quotes", "nc": "accents never matter; write the word alone", "card": "holes are found by id:",
}  # fmt: skip
"""What Anki knows and Rung says otherwise."""

COMPARED = re.compile(r"(?P<name>[a-z]+)(?P<sign><=|>=|!=|=|<|>)(?P<number>-?\d{1,9}(?:\.\d{1,2})?)", re.ASCII)
SPAN = re.compile(r"(?P<days>\d{1,6})(?::(?P<button>[1-4]))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    place: int
    text: str
    value: str = ""
    value_place: int = 0


class Stop(Exception):
    def __init__(self, place: int, message: str, mend: str) -> None:
        super().__init__(message)
        self.mistake = Mistake(place, message, mend)


def keyed(token: Token, names: Mapping[str, Collection[str]]) -> Query:
    key = token.text.lower()
    if key not in READ:
        known = ", ".join(f"{each}:" for each in READ)
        near = get_close_matches(key, READ, 1)
        mend = f"did you mean {near[0]}:?" if near else f"say one of {known}; else put it in quotes"
        raise Stop(token.place, f'nothing is found by "{token.text}:"', ELSEWHERE.get(key, mend))
    if not token.value.strip():
        raise Stop(token.place, f'"{token.text}:" is followed by nothing', "write on without a space")
    return READ[key](token, names)


def _is(token: Token, _: Mapping[str, Collection[str]]) -> Query:
    state = token.value.lower()
    if state not in STATES:
        raise Stop(token.value_place, f'"{token.value}" is no state of a card', _near(state, STATES, "states are {}"))
    return Is(STATES[state])


def _named(token: Token, names: Mapping[str, Collection[str]]) -> Query:
    key = token.text.lower()
    named = Named(key, token.value.strip().strip("/") if key == "deck" else token.value.strip())
    known = {"kind": cards.names(), "level": tuple(LEVELS), **names}.get(key)
    if known is None or any(fits(named, each) for each in known):
        return named
    what = CALLED[key]
    near = {part: None for each in known for part in (each, each.rpartition("/")[2])}
    mend = _near(named.name, near, "list them with: rung decks" if key == "deck" else f"{what}s are {{}}")
    raise Stop(token.value_place, f'there is no {what} "{named.name}"', mend)


def _flag(token: Token, _: Mapping[str, Collection[str]]) -> Query:
    if token.value not in tuple("01234567"):
        raise Stop(token.value_place, f'"{token.value}" is no flag', "flags are 1 to 7, and 0 is none")
    return Flag(int(token.value))


def _prop(token: Token, _: Mapping[str, Collection[str]]) -> Query:
    found = COMPARED.fullmatch(token.value.lower())
    if not found:
        mend = f"write one of {', '.join(PROPS)}, then one of = != < <= > >=, then a number: prop:ease<2"
        raise Stop(token.value_place, f'"{token.value}" compares nothing', mend)
    name, number = found["name"], found["number"]
    if name not in PROPS:
        mend = _near(name, dict.fromkeys(PROPS), "properties are {}")
        raise Stop(token.value_place, f'no card has a property "{name}"', mend)
    place = token.value_place + found.start("number")
    if name not in EXACT and "." in number:
        raise Stop(place, f"{name} is a whole number", "leave out what stands behind the point")
    if name == "r" and not 0 <= float(number) <= 1:
        raise Stop(place, "r is a chance, from 0 to 1", "write it so: prop:r<0.8")
    if name == "r" and found["sign"] in ("=", "!="):
        raise Stop(place - len(found["sign"]), "a chance is hardly ever just that", "write one of < <= > >=")
    return Prop(name, found["sign"], round(float(number) * 100) if name in EXACT else int(number))


def _span(token: Token, _: Mapping[str, Collection[str]]) -> Query:
    key = token.text.lower()
    found = SPAN.fullmatch(token.value)
    if not found or not 1 <= int(found["days"]) <= MOST_DAYS or (key == "introduced" and found["button"]):
        button = ", or rated:7:1, where 1 to 4 is the button" if key == "rated" else ""
        raise Stop(token.value_place, f'"{token.value}" is no span of days', f"write {key}:7{button}")
    days, button_ = int(found["days"]), found["button"]
    return Introduced(days) if key == "introduced" else Rated(days, int(button_) if button_ else None)


def _near(word: str, known: Mapping[str, object], otherwise: str) -> str:
    near = get_close_matches(word, list(known), 1)
    return f"did you mean {near[0]}?" if near else otherwise.format(", ".join(known) or "none here")


READ: Mapping[str, Callable[[Token, Mapping[str, Collection[str]]], Query]] = {
    "is": _is, "level": _named, "deck": _named, "type": _named, "kind": _named, "tag": _named, "id": _named,
    "flag": _flag, "prop": _prop, "rated": _span, "introduced": _span,
}  # fmt: skip
KEYS = tuple(READ)
