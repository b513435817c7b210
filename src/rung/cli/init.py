"""`rung init`: begin a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rung.cli import _out
from rung.cli._here import Wrong
from rung.workspace import MARK
from rung.writing import made, write_all

SETTINGS = """\
# This file makes the folder a workspace of Rung. It may give defaults for the learner's settings:
# new_per_day = 12
# reviews_per_day = 200
# drills_in_review = false
"""

DECK = """\
# yaml-language-server: $schema=../deck.schema.json
title: My first deck
source: {course: My notes, lesson: Getting started}
notes:
  - fact: hello
    text: >-
      Rung asks a card again after one day, then after {{c1::six}} days,
      then after longer and longer ones.
"""


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where; default: here.")] = Path(),
) -> None:
    """Begin a workspace, with a first deck.

    It gets rung.toml, decks/, cards/, exports/ and a schema for your editor.
    """
    from rung.authoring.schema import deck_schema_text

    if (folder / MARK).exists():
        raise Wrong(f"{folder / MARK} is there already; nothing was changed")
    files = {folder / MARK: SETTINGS, folder / "deck.schema.json": deck_schema_text()}
    if not (folder / "decks").exists():
        files[folder / "decks" / "first.yaml"] = DECK
    for name in ("cards", "exports"):
        made(folder / name)
    write_all({path: text.encode() for path, text in files.items()})
    for path in files:
        _out.put(str(path))
    _out.tell("Now write decks, then: rung build, and rung review")
