"""Any deck compiles, or has problems at places in it; what compiles is good for all that is done with cards."""

from __future__ import annotations

from fuzz import promises
from fuzz.targets import _decks
from rung.compiler import compiled

NOW = 1_000
PICTURES = {"course/a.png": "a-0123456789ab.png"}
PATH = "course/deck.yaml"
WORDS = _decks.words()


def seeds() -> tuple[bytes, ...]:
    return _decks.seeds()


def tried(data: bytes) -> None:
    built = compiled({PATH: data}, (), NOW, PICTURES)
    for problem in built.problems:
        promises.placed(problem, data)
    if built.broken:
        return
    (deck,) = built.decks
    assert compiled({PATH: data}, built.decks, NOW + 1, PICTURES) == built, "a second build gives other cards"
    _decks.sound(deck)
