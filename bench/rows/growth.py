"""How the cost grows with the work: a side for each size, ten times the one before, and the exponent over all of them.

A next card and an answer are to cost the same however many cards there are; a build and an export of so many notes, each of
one card and in 200 decks, no more a note. At the largest size those would take an hour, and are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from packages import decks_of
from stores import put_store

from rows import rebuild, timed
from rows.sitting import sat
from rung import cards
from rung.anki import package

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORK = "growth up to {size:,} cards"
SIZE, QUICK = 1_000_000, 4_000
ROUNDS = 3
PARTS = {"a thousandth:": 0.001, "a hundredth:": 0.01, "a tenth:": 0.1, "all:": 1.0}
GROWTH = {"next card": 0.1, "answer": 0.1, "queue": None, "build": 1.05, "export": 1.05}
GOALS: tuple[tuple[str, str, float], ...] = ()
NEEDS: dict[str, str] = {}
MEMORY = True


def prepared(folder: Path, size: int) -> None:
    for part in PARTS.values():
        of = _folder(folder, size, part)
        of.mkdir()
        put_store(of / "rung.db", int(size * part))
        if part < 1:
            rebuild.prepared(of, int(size * part))


def at(part: float) -> Callable[[Path, int], dict[str, float]]:
    def side(folder: Path, size: int) -> dict[str, float]:
        of = _folder(folder, size, part)
        sitting = sat(of / "rung.db")
        if part == 1:
            return sitting
        decks, types = decks_of(int(size * part)), dict.fromkeys(cards.names(), 1)
        export = timed(lambda: package.write(of / "rung.apkg", decks, types))
        return sitting | {"export": export, "build": rebuild.in_full(of, size)}

    return side


def _folder(folder: Path, size: int, part: float) -> Path:
    return folder / str(int(size * part))


SIDES = {name: at(part) for name, part in PARTS.items()}
