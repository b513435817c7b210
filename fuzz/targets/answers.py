"""Whatever is typed at a card of any kind is scored from 0 to 5, or told to be no answer; nothing of it acts in a terminal."""

from __future__ import annotations

from functools import cache

from fuzz import promises
from fuzz.targets import _decks
from rung import cards, session
from rung.compiler import compiled
from rung.lines import visible
from rung.model import Card, NotAnAnswer

WORDS = (
    b"a", b"b", b"c", b"d", b"A", b"abcd", b"1", b"12", b"200k", b" ms", b"$", b"%", b",", b";", b" ", b"-", b"/", b"k", b"GB", b"1e308", b"0", b"none",
    b"(", b"[", b"\\", b"*", b"\t", b"q", b":", b":q", b"?", b"half", b"ten",
)  # fmt: skip


def seeds() -> tuple[bytes, ...]:
    """The first two bytes choose the card and the seed."""
    typed = (
        b"a",
        b"bac",
        b"200k ms",
        b"12 %",
        b"10 20 30",
        b"$0.35, $0.40",
        b"a word",
        b"5,000 GPUs",
        b"1; 2; 3",
        b"acd",
    )
    return tuple(bytes([place, place % 3]) + typed[place % len(typed)] for place in range(len(deck())))


@cache
def deck() -> tuple[Card, ...]:
    """A card of each kind and make: those of all examples."""
    built = [compiled({"course/deck.yaml": data}, (), 1_000) for data in _decks.seeds()]
    found = {
        (card.kind, card.note_type, card.part.rpartition(".")[2]): card
        for each in built
        if not each.broken
        for card in each.decks[0].cards
    }
    return tuple(found.values())[:255]


def tried(data: bytes) -> None:
    if len(data) < 2:
        return
    card, seed, answer = deck()[data[0] % len(deck())], data[1], data[2:].decode("utf-8", "replace")
    _decks.answered(card, seed, answer)
    asked = cards.kind(card.kind).ask(card.content, seed)
    try:
        score = session.score(card, asked, answer, 1000)
    except NotAnAnswer:
        return
    assert score.grade is None or 0 <= score.grade <= 5
    promises.quiet(visible(session.back(card, asked, answer)))
