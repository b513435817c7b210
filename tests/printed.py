"""Pages to print for tests: those that notes of a deck make, and one of given sections."""

from __future__ import annotations

from deck_text import compiled_notes, deck_of
from rung import notes, pages, press
from rung.cardfile import from_text, text_of
from rung.compiler import compiled
from rung.pages import Printed
from rung.paper import Page

PRINTING = [name for name in notes.names() if notes.keeps(name)]
EXAMPLES = [(name, example) for name in PRINTING for example in notes.note_type(name).EXAMPLES]
EVERY = "".join(example.source for _, example in EXAMPLES)


def kept(source):
    """The notes of a deck as they are read back from its compiled file."""
    result = compiled_notes(source)
    assert not result.broken, result.problems
    return pages.read(from_text(text_of(deck)) for deck in result.decks)


def kept_with(pictures, source):
    """The page of the only note of a deck that has pictures beside it."""
    result = compiled({"deck.yaml": deck_of(source)}, (), 1, pictures)
    assert not result.broken, result.problems
    (note,) = pages.read(from_text(text_of(deck)) for deck in result.decks)
    return note.page


def printed(source):
    return {each.name: each for each in pages.printed(kept(source))}


def one(*sections, kind="note", name="a"):
    return Printed(name, Page("A page", sections), "For the room", kind, "A course", ("deck",))


def html(markdown):
    return press.body(markdown, {})
