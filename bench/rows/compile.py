"""Decks to cards beside PyYAML, which only loads them, by its parser in C."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from decks import deck_text, files, put_decks

from rows import timed
from rung.cardfile import text_of
from rung.cli._again import uncollected
from rung.compiler import compiled

if TYPE_CHECKING:
    from pathlib import Path

WORK = "{size:,} notes to cards"
SIZE, QUICK = 10_000, 200
GOALS = (("rung", "yaml.load", 1.0),)
NEEDS: dict[str, str] = {}
MEMORY = True


def prepared(folder: Path, size: int) -> None:
    put_decks(folder, size)


def by_rung(folder: Path, size: int) -> float:
    compiled({"first.yaml": deck_text(0, range(2)).encode()}, (), 0)  # loads what it takes

    @uncollected()  # as `rung build` does
    def work() -> None:
        made = compiled({path.name: path.read_bytes() for path in files(folder)}, (), 0)
        assert not made.problems, made.problems[:3]
        for deck in made.decks:
            text_of(deck)

    return timed(work)


def by_yaml(folder: Path, size: int) -> float:
    return timed(lambda: [yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in files(folder)])


SIDES = {"yaml.load": by_yaml, "rung": by_rung}
