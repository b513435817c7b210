"""`rung build` after one of many decks was changed, beside the build of all of them into an empty folder."""

from __future__ import annotations

from shutil import rmtree
from typing import TYPE_CHECKING

from decks import files, put_decks

from rows import timed
from rung.cli._build import build
from rung.workspace import workspace_at

if TYPE_CHECKING:
    from pathlib import Path

WORK = "build of {size:,} notes in 200 decks"
SIZE, QUICK = 10_000, 200
GOALS = (("one deck changed", "all of it", 0.08),)
NEEDS: dict[str, str] = {}
MEMORY = True


def prepared(folder: Path, size: int) -> None:
    put_decks(folder, size)
    put_decks(folder / "first", 2)


def in_full(folder: Path, size: int) -> float:
    for kept in ("cards", "rung"):
        rmtree(folder / kept, ignore_errors=True)
    return _built(folder)


def after_a_change(folder: Path, size: int) -> float:
    deck = files(folder)[len(files(folder)) // 2]
    deck.write_text(deck.read_text("utf-8").replace("may fail", "may well fail", 1), "utf-8")
    return _built(folder)


def _built(folder: Path) -> float:
    build(workspace_at(folder / "first"), last={})  # loads what it takes
    workspace = workspace_at(folder)
    return timed(lambda: build(workspace).write())


SIDES = {"all of it": in_full, "one deck changed": after_a_change}
