"""What note types with something to put in order share: how many items that takes, and the fault where it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.model import Fault
from rung.shuffle import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

FEWEST, MOST = 3, len(LETTERS)  # two are no order worth asking; each has a letter


def no_order(count: int, one: str, many: str, at: tuple[str | int, ...], mend: str) -> Iterator[Fault]:
    """A fault at the key `at` where so many items, each of which is `one`, cannot be put in order."""
    if not FEWEST <= count <= MOST:
        yield Fault(at, f"{count} {one if count == 1 else many} cannot be put in order", mend, key=True)
