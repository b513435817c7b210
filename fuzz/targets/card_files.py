"""Any text of a card file is cards that are good for all that is done with cards, or a line that says why not."""

from __future__ import annotations

from functools import cache

from fuzz import promises
from fuzz.targets import _decks
from rung.anki.notes import NoNote
from rung.cardfile import NotCards, from_text, head_of, sound, text_of
from rung.compiler import compiled
from rung.notes import NotKept

WORDS = tuple(
    word.encode()
    for word in (
        '"id": "', '"kind": "', '"content": {', '"first": "', '"was": [', '"hole": 1', '"note": "', '"fields": {', '"value": 1e999',
        '"formula": "a**a"', '"variables": [', '"items": [', '"text": "', '"retired": true', '"changed": -1', "null", "NaN", "[[[[", "}\n{",
        "cloze", "choice", "number", "ordering", "recall", "sheet", "checklist", "drill", "#", ".c1", "\\ud800", "\\u001b[31m", "\\u009b",
    )
)  # fmt: skip


@cache
def seeds() -> tuple[bytes, ...]:
    """The cards of every deck that compiles."""
    built = (compiled({"course/deck.yaml": deck}, (), 1_000) for deck in _decks.seeds())
    return tuple(text_of(each.decks[0]).encode() for each in built if not each.broken)


def tried(data: bytes) -> None:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    try:
        head_of(text)
        from_text(text)
        deck = sound(text)
    except NotCards as error:
        promises.told(error)
        return
    _decks.sound(deck, refusing=(NoNote, NotKept))
