"""Whatever lines are typed in a review, a quiz or a drill, it goes on or ends; nothing that is said acts in a terminal, and
each answer that was taken is in the log."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from fuzz import mutation
from fuzz.targets import _place
from rung.model import ANSWERS
from rung.store import Store

if TYPE_CHECKING:
    from random import Random

KEYS = (b"", b"", b"1", b"2", b"3", b"4", b"q", b":q", b"?", b":?", b"u", b":u", b"s", b":s", b"-", b":-", b"@", b":@", b"e", b":e", b"b", b"a", b"c", b"d", b"ac", b"abcd", b"dcba",
        b"1 2", b"12 ms", b"10, 20, 30", b"12 38 50", b"200k", b"1e3", b"one two three", b"alpha", b"y", b"n", b"t", b".", b":.", b":w", b":d", b"#", b":", b":flag 3")  # fmt: skip
WORDS = tuple(key + b"\n" for key in KEYS)
COMMANDS = (
    "review", "quiz ladder", "quiz placement", "quiz final", "quiz mock", "quiz tree", "drill top-list", "review --type", "review --practice", "review --ahead", "drill",
    "quiz placement --seed-schedule", "quiz mock --company Grocer --minutes 5", "quiz ladder --level L5", "quiz final --count 3 --seed 5", "review --practice --type",
)  # fmt: skip
TYPED = (
    "\n3\n\n1\n" * 10,
    "a\n3\nb\n2\n12 ms\n" * 6,
    "ab\n\ncba\n\n1\n2\n" * 4,
    "alpha beta\n\n3\n:u\n:s\n" * 5,
    "\n\n" * 20,
)
MOST = 4_000
COUNTED = re.compile(r"(\d+) cards?, \d+ right \(")  # cards, at the end of a review


@cache
def commands() -> tuple[str, ...]:
    """Those for all decks, and each deck by itself."""
    return (
        *COMMANDS,
        *(f"review --practice --type course/{name.removesuffix('.yaml')}" for name, _ in _place.good()),
    )


@cache
def seeds() -> tuple[bytes, ...]:
    """The first line is the command."""
    typed = (*TYPED, *(typed for _, typed in _place.WORK if typed))
    return tuple(
        f"{_place.IN_TERMINAL if place % 5 == 4 else ''}{command}\n{typed[place % len(typed)]}".encode()
        for place, command in enumerate(commands())
    )


def mutated(data: bytes, random: Random) -> bytes:
    """Mostly lines that mean something where they are typed, or another command."""
    first, *rows = data.split(b"\n")
    if random.randrange(4) == 0:
        return (first + b"\n" + mutation.words(b"\n".join(rows), random, WORDS, seeds()))[:MOST]
    for _ in range(random.choice((1, 1, 2, 4))):
        place, length = random.randrange(len(rows) + 1), random.choice((1, 1, 2, 8))
        match random.randrange(6):
            case 0:
                first = _place.asking(random, commands())
            case 1:
                rows[place : place + length] = []
            case 2:
                rows[place : place + length] = [random.choice(KEYS) for _ in range(length)]
            case 3:
                rows[place:place] = rows[place : place + length]
            case _:
                rows[place:place] = [random.choice(KEYS) for _ in range(length)]
    return b"\n".join((first, *rows))[:MOST]


def tried(data: bytes) -> None:
    command, terminal, typed = _place.asked(data[:MOST], commands())
    store = _place.fresh(_place.learned())
    with _place.within():
        code, out, err = _place.said(
            *command.split(), typed=typed.decode("utf-8", "replace"), db=store, terminal=terminal
        )
        assert code in (0, 130) or err.startswith(("rung: ", "Usage: ")), (code, err)
    with Store.open(store) as opened:
        assert opened.check() == []
        if command.startswith("review"):
            cards = {card for _, _, card in _answers(opened) - _before()}
            assert len(cards) == sum(map(int, COUNTED.findall(out))), "it counts others"


def _answers(store: Store) -> set[tuple[str, int, str]]:
    """The answers that are in a log and not taken back: their keys and cards."""
    gone = store.voided()
    return {
        (row.device, row.sequence, row.card)
        for row in store.log()
        if row.kind in ANSWERS and (row.device, row.sequence) not in gone
    }


@cache
def _before() -> set[tuple[str, int, str]]:
    with Store.open(_place.learned()) as store:
        return _answers(store)
