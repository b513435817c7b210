"""A plan as a calendar: an all-day event a day, which knows no hours and so no time zones. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from rung import lines
from rung.plan import words

if TYPE_CHECKING:
    from rung.plan.ground import Ground
    from rung.plan.prospect import Day, Prospect

WIDTH = 10_000  # columns, so that calendars fold the lines themselves


def calendar(prospect: Prospect, ground: Ground, now: int) -> bytes:
    """An iCalendar file (RFC 5545), made at the instant `now` in milliseconds.

    A day keeps its UID from one export to the next, so that a calendar that takes in a newer one puts the day in place.
    """
    made = Calendar()
    made.add("prodid", "-//Rung//Study plan//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Rung")
    stamp = datetime.fromtimestamp(now / 1000, UTC)
    for day in prospect.days:
        event = Event()
        event.add("uid", f"day-{day.day:%Y%m%d}@rung")
        event.add("dtstamp", stamp)
        event.add("dtstart", day.day)
        event.add("dtend", day.day + timedelta(days=1))
        event.add("summary", _summary(day))
        event.add("description", "\n".join(line for line, _ in words.of_day(prospect, ground, day, WIDTH)).strip())
        event.add("transp", "TRANSPARENT")  # it keeps no hour of the day
        made.add_component(event)
    text: bytes = made.to_ical()
    return text


def _summary(day: Day) -> str:
    if not day.left:
        return "Interview"
    cards = [
        f"{count:,} {what}"
        for count, what in ((day.portion.reviews, "reviews"), (day.portion.new, "new cards"))
        if count
    ]
    drills = [lines.plural(count, "drill")] if (count := len(day.drills) + len(day.again)) else []
    mocks = [lines.plural(day.mocks, "mock")] if day.mocks else []
    held = ", ".join((*cards, *drills, *mocks))
    return f"Rung, {day.phase.name}{f': {held}' if held else ''}"
