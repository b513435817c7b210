"""Values as JSON has them, the same for every command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rung.model import Event, Standing


def standing_values(standing: Standing) -> dict[str, Any]:
    """`memory` (null for a new card; ease in hundredths, interval in days) and the learner's marks.

    `asked` counts answers, those taken back included.
    """
    memory = standing.memory
    held = memory and {
        "due": memory.due.isoformat(),
        "interval": memory.interval,
        "ease": memory.ease,
        "repetitions": memory.repetitions,
        "lapses": memory.lapses,
        "leech": memory.leech,
    }
    return {
        "memory": held,
        "suspended": standing.suspended,
        "buried": standing.buried and standing.buried.isoformat(),
        "flag": standing.flag,
        "own_tags": list(standing.tags),
        "asked": standing.rows,
    }


def event_line(event: Event) -> str:
    """Day, kind and grade of an event in a line."""
    return f"{event.day}  {event.kind:<8} {'' if event.grade is None else event.grade:<1}".rstrip()
