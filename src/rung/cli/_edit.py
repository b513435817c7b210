"""Open the deck of a card at its note's line, and compile what was changed."""

from __future__ import annotations

import shlex
import subprocess
from typing import TYPE_CHECKING

from rung.cli._build import build
from rung.compiler import SUFFIXES
from rung.sources import yaml
from rung.workspace import environment, reason

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
    editor = environment("VISUAL") or environment("EDITOR")
    line = _line(path.read_bytes(), note)
    if not editor:
        return f"Set EDITOR to edit it: {path}, line {line}."
    try:
        subprocess.run([*shlex.split(editor), f"+{line}", str(path)], check=False)
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else error
        return f"The editor {editor} did not start ({why}); the note is at {path}, line {line}."
    result = build(here.workspace)
    if result.compiled.broken:
        return "\n".join(
            ("The deck has problems now; the cards stay as they were.", *map(str, result.compiled.problems))
        )
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
