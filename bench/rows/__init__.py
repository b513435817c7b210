"""A module a row of the table.

Each has `WORK`, with `{size}` in it; `SIZE` and `QUICK`, how much of it; `SIDES`, by name: from a folder and the size to the
seconds it took, or to several such figures by name, each of which then counts as a side; `GOALS`: (our side, theirs, at
most so many times, or None); `NEEDS`: the package that a side cannot do without; `MEMORY`: whether its process tells the
peak of its work; and `prepared`, which fills the folder first. Where sides are one work at several sizes, `PARTS` is how much
each does, and `GROWTH` has the exponent that each figure may grow by, or None. `ROUNDS` is for rows that take long.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def timed(work: Callable[[], object]) -> float:
    """How long `work` took, in seconds."""
    since = time.perf_counter()
    work()
    return time.perf_counter() - since
