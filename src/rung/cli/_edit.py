"""Open the deck of a card at its note's line, and compile what was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.cli import _editor
from rung.cli._build import build
from rung.compiler import SUFFIXES
from rung.sources import yaml

if TYPE_CHECKING:
    from pathlib import Path

    from rung.cli._here import Here
    from rung.model import Card


def edited(here: Here, card: Card) -> str:
    """Let the learner edit the note of `card`; what came of it, in a sentence."""
    deck, _, note = card.note.rpartition("/")
    path = _deck_file(here, deck)
    if here.workspace is None or path is None:
        return f"The source of this card is not here: note {note} of deck {deck}."
    line = _line(path.read_bytes(), note)
    if not (editor := _editor.command()):
        return f"Set EDITOR to edit it: {path}, line {line}."
    try:
        with _editor.running(editor, f"+{line}", str(path)):
            pass
    except _editor.NotStarted as error:
        return f"{error}; the note is at {path}, line {line}."
    result = build(here.workspace)
    if result.broken:
        return "\n".join(("The deck has problems now; the cards stay as they were.", *map(str, result.problems)))
    if not result.stale and not result.gone:
        return "The cards stay as they were."
    result.write()
    return "Compiled."


def _deck_file(here: Here, deck: str) -> Path | None:
    if here.workspace is None:
        return None
    files = (here.workspace.decks / f"{deck}{suffix}" for suffix in SUFFIXES)
    return next((path for path in files if path.is_file()), None)


def _line(data: bytes, note: str) -> int:
    """The line on which a deck opens the note of that id; 1 if it cannot be told."""
    tree, _ = yaml.read("", data)
    listed = tree.get("notes") if isinstance(tree, yaml.Map) else None
    for each in listed if isinstance(listed, yaml.Items) else ():
        if isinstance(each, yaml.Map) and note in each.values():
            return each.line
    return 1
