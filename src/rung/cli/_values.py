"""Values as JSON has them, the same for every command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rung.model import Event, Standing


def standing_values(standing: Standing) -> dict[str, Any]:
    """`memory` and `strength` (null for a new card; ease in hundredths, interval and stability in days, difficulty 1 to
    10) and the learner's marks.

    `asked` counts answers, those taken back included.
    """
    memory, strength = standing.memory, standing.strength
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
        "strength": strength
        and {
            "stability": strength.stability,
            "difficulty": strength.difficulty,
            "since": strength.since.isoformat(),
        },
        "suspended": standing.suspended,
        "buried": standing.buried and standing.buried.isoformat(),
        "flag": standing.flag,
        "own_tags": list(standing.tags),
        "asked": standing.rows,
    }


def event_line(event: Event) -> str:
    """Day, kind and grade of an event in a line."""
    return f"{event.day}  {event.kind:<8} {'' if event.grade is None else event.grade:<1}".rstrip()
