"""Compiled cards as they lie in a folder."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rung.cardfile import NotAsked, NotCards, head_of, sound
from rung.workspace import CannotGoOn

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from rung.cardfile import CompiledDeck
    from rung.pages import Kept
    from rung.workspace import CardFolder

SUFFIX = ".jsonl"


def read(folder: CardFolder, path: str, of: Callable[[str], CompiledDeck] = sound) -> CompiledDeck:
    """The deck and cards of the file at a path in the folder, as `of` its text gives them; raises CannotGoOn."""
    text = folder.text(path)
    mend = "restore it from version control, or take it away and run: rung build"
    try:
        compiled = of(text)
        wrong = _elsewhere(compiled, path)
    except NotAsked as error:
        wrong = _elsewhere(head_of(text), path)
        if not wrong:
            wrong, mend = str(error), "make it anew with: rung build, or take the line away"
    except NotCards as error:
        wrong = str(error)
    if wrong:
        raise CannotGoOn(f"{folder.path / path}: {wrong}; {mend}")
    return compiled


def _elsewhere(compiled: CompiledDeck, path: str) -> str:
    """What is wrong with a deck in the file at a path, where it is another deck's."""
    deck = compiled.deck.id
    return "" if deck == path.removesuffix(SUFFIX) else f"line 1 is the deck {deck}, which does not belong here"


@contextmanager
def made_notes(folder: CardFolder) -> Iterator[None]:
    """What is done with the notes that cards make in Anki; raises CannotGoOn where some make none."""
    from rung.anki.notes import NoNote

    try:
        yield
    except NoNote as error:
        raise CannotGoOn(f"{folder.path}: {error}; make the cards anew with: rung build") from None


def kept(folder: CardFolder, note_type: str) -> dict[str, Any]:
    """The fields of the notes of a type that stay beside their cards, by `<deck>/<note>`; raises CannotGoOn."""
    from rung.notes import NotKept, fields_of

    notes = (note for path in folder.stamps() for note in read(folder, path).notes if note.type == note_type)
    try:
        return {note.note: fields_of(note) for note in notes}
    except NotKept as error:
        raise CannotGoOn(f"{folder.path}: {error}") from None


def kept_notes(folder: CardFolder, types: Collection[str]) -> tuple[Kept, ...]:
    """The notes of these types that stay beside their cards, with the pages they make; raises CannotGoOn."""
    from rung import pages
    from rung.notes import NotKept

    decks = (read(folder, path, head_of) for path in folder.stamps())
    wanted = (replace(deck, notes=tuple(note for note in deck.notes if note.type in types)) for deck in decks)
    try:
        return pages.read(wanted)
    except NotKept as error:
        raise CannotGoOn(f"{folder.path}: {error}") from None


def unknown_notes(folder: CardFolder) -> Iterator[str]:
    """Which notes that stay beside their cards this version cannot read, in plain words; raises CannotGoOn."""
    from rung.notes import NotKept, fields_of

    for path in folder.stamps():
        for note in read(folder, path).notes:
            try:
                fields_of(note)
            except NotKept as error:
                yield f"{folder.path / path}: {error}"
