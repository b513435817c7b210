"""What a learner may say of cards: a day on which they come back, a flag, a tag. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rung.model import Standing

MANY = 20  # cards, more than which are not marked without being asked
LATER = re.compile(r"\+(\d{1,5})", re.ASCII)
MOST = 36_500  # days
TAG = re.compile(r"[^\s\"*()]+")  # what a search can name


class NotSaid(ValueError):
    """What was said is no such thing: the message says what would be."""


def due(text: str, today: date) -> date:
    """The day that is meant, as YYYY-MM-DD or +N; raises NotSaid."""
    later = LATER.fullmatch(text)
    try:
        day = today + timedelta(days=int(later[1])) if later else date.fromisoformat(text)
    except ValueError:
        raise NotSaid(f'"{text}" is no day; write it as YYYY-MM-DD, or +3 for in three days') from None
    if not today <= day <= today + timedelta(days=MOST):
        raise NotSaid(f"{day} is out of range; name today or a later day, at most {MOST:,} days from now")
    return day


def flag(number: str) -> int:
    """The number of a flag; raises NotSaid."""
    if number not in tuple("01234567"):
        raise NotSaid(f'"{number}" is no flag; flags are 1 to 7, and 0 is none')
    return int(number)


def tag(name: str) -> str:
    """The name, where it is one of a tag; raises NotSaid."""
    if not TAG.fullmatch(name) or name == "none":
        raise NotSaid(f'"{name}" is no tag; tags have no spaces, quotes, stars or parentheses, and "none" means no tag')
    return name


def tagged(standing: Standing, name: str) -> dict[str, Any]:
    """What is logged of a card that gets a tag."""
    return {"tags": [*standing.tags, name]}


def untagged(standing: Standing, name: str) -> dict[str, Any]:
    """What is logged of a card that loses one."""
    return {"tags": [tag for tag in standing.tags if tag != name]}
