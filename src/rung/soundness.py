"""What an event must hold so that it can be replayed. Pure."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from rung.model import ANSWERS, GRADED, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from rung.model import Event

FIRST_EASE = 250  # hundredths; where a seed names no ease
CARDLESS = frozenset({Kind.PLAN, Kind.VOID})
DEVICE = re.compile("[0-9a-f]{32}")


def fault(event: Event) -> str:
    """Why an event is none that could be replayed, in a few words; empty for a sound one."""
    device, sequence, at, _, kind, card, grade, took, detail = event
    if not _device(device):
        return "its device is not 32 hex digits"
    if not _integer(sequence, 1):
        return "its sequence is under 1"
    if not _integer(at, 0):
        return "its instant is out of range"
    if not card and kind not in CARDLESS:
        return f"a {kind} needs a card"
    if not card.isprintable():
        return "its card has characters that cannot be shown"
    if grade is None and kind in GRADED:
        return f"a {kind} needs a grade"
    if grade is not None and not _integer(grade, 0, 5):
        return "its grade is not 0 to 5"
    if took is not None and not _integer(took, 0):
        return "the time it took is out of range"
    if kind not in ANSWERS and not _complete(kind, detail):
        return f"its detail is not that of a {kind}"
    if detail and "action" in detail and not _integer(detail["action"], 0):
        return "its action is no instant"
    if detail and "was" in detail and not _keys(detail["was"]):
        return "what it was is no list of devices and sequences"
    return ""


def _complete(kind: Kind, detail: Mapping[str, Any]) -> bool:
    """Whether `detail` holds what the fold of such an event reads from it."""
    match kind:
        case Kind.SUSPEND | Kind.BURY:
            return isinstance(detail.get("on", True), bool)
        case Kind.FLAG:
            return _integer(detail.get("flag"), 0, 7)
        case Kind.TAG:
            tags = detail.get("tags")
            return isinstance(tags, list | tuple) and all(isinstance(tag, str) for tag in tags)
        case Kind.SET_DUE:
            return _day(detail.get("due"))
        case Kind.SEED:
            return (
                _integer(detail.get("interval"), 1, 36_500)
                and _integer(detail.get("ease", FIRST_EASE), 130, 10_000)
                and _integer(detail.get("lapses", 0), 0, 10_000)
                and ("due" not in detail or _day(detail["due"]))
            )
        case Kind.PLAN:
            return _planned(detail)
        case Kind.VOID:
            return _device(detail.get("device")) and _integer(detail.get("sequence"), 1)
        case _:
            return True


def _planned(detail: Mapping[str, Any]) -> bool:
    """Whether `detail` makes a plan, drops it, or ticks a task of it: one of the three."""
    if len([name for name in ("interview", "drop", "tick") if name in detail]) != 1:
        return False
    if "tick" in detail:
        return isinstance(detail["tick"], str) and detail["tick"] != "" and isinstance(detail.get("on", True), bool)
    if "drop" in detail:
        return detail["drop"] is True
    weights = detail.get("weights", {})
    return (
        _day(detail["interview"])
        and _integer(detail.get("minutes", 1), 1, 1440)
        and all(isinstance(detail.get(name, ""), str) for name in ("role", "company", "named"))
        and isinstance(weights, dict)
        and all(isinstance(name, str) and _integer(each, 0, 10_000) for name, each in weights.items())
    )


def _integer(value: object, least: int, most: int = 2**53 - 1) -> bool:
    return type(value) is int and least <= value <= most


def _keys(value: object) -> bool:
    return isinstance(value, list | tuple) and all(
        isinstance(key, list | tuple) and len(key) == 2 and _device(key[0]) and _integer(key[1], 1) for key in value
    )


def _device(value: object) -> bool:
    return isinstance(value, str) and _hex_digits(value)


@lru_cache  # of millions of rows, there are a few devices
def _hex_digits(text: str) -> bool:
    return DEVICE.fullmatch(text) is not None


def _day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
