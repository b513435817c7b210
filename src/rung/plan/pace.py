"""What a card costs a learner: seconds of a day, by its kind, as a new card and as one that comes back. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rung.counts import CostRow

ENOUGH = 10  # costs of a kind, from which on the learner's own median counts
OURS = {
    "choice": 20,
    "cloze": 15,
    "recall": 30,
    "ordering": 40,
    "checklist": 60,
    "number": 60,
    "sheet": 120,
    "drill": 600,
}
UNKNOWN = 30  # seconds
FIRST = 2  # times as long as a review takes a card that is new, its re-drills included


@dataclass(frozen=True, slots=True)
class Pace:
    """`own` holds the learner's medians in seconds by kind and whether the card was new; elsewhere ours stand in."""

    own: Mapping[tuple[str, bool], float] = field(default_factory=dict)

    def seconds(self, kind: str, *, new: bool) -> float:
        """What such a card costs on a day."""
        ours = OURS.get(kind, UNKNOWN)
        return self.own.get((kind, new), ours * FIRST if new else ours)


def pace(costs: Iterable[CostRow]) -> Pace:
    """The pace that follows from what cards have cost."""
    held: dict[tuple[str, bool], list[int]] = {}
    for cost in costs:
        held.setdefault((cost.kind, cost.new), []).append(cost.took)
    return Pace({key: median(took) / 1000 for key, took in held.items() if len(took) >= ENOUGH})
