"""A cold process beside one that does nothing, with the cards that come with Rung in a store."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from typing import TYPE_CHECKING

from rows import timed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WORK = "start of a process"
SIZE, QUICK = 5, 1  # starts, each time
GOALS = (("rung due", "python -c pass", 12.0), ("rung --help", "python -c pass", 12.0))
NEEDS: dict[str, str] = {}
MEMORY = False


def started(*arguments: str) -> object:
    def side(folder: Path, size: int) -> float:
        return median(timed(lambda: _run(folder, arguments)) for _ in range(size))

    return side


def _run(folder: Path, arguments: Sequence[str]) -> None:
    subprocess.run([sys.executable, *arguments], cwd=folder, check=True, capture_output=True)


def prepared(folder: Path, size: int) -> None:
    """Makes the store, takes over its cards."""
    _run(folder, ("-m", "rung", "due"))


SIDES = {
    "python -c pass": started("-c", "pass"),
    "rung due": started("-m", "rung", "due"),
    "rung --help": started("-m", "rung", "--help"),
}
