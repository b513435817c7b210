"""A plan as a page to print: every day with its boxes to tick. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung import lines
from rung.pages import Printed
from rung.paper import Page, Section, paragraphs, table, ticks
from rung.plan import verdict, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.plan.clock import Stretch
    from rung.plan.ground import Ground
    from rung.plan.prospect import Day, Prospect

NAME = "plan"


def printed(prospect: Prospect, ground: Ground) -> Printed:
    """The page, as the plan stands today."""
    title = f"The plan up to {lines.long_day(prospect.plan.interview)}"
    return Printed(
        NAME, Page(title, tuple(_sections(prospect, ground))), "Before the interview", "plan", "Your plan", (NAME,)
    )


def _sections(prospect: Prospect, ground: Ground) -> Iterator[Section]:
    yield Section(
        "", paragraphs(words.whose(prospect, ground), f"As it stands on {lines.long_day(prospect.today.day)}.")
    )
    for stretch in prospect.stretches:
        heading = f"{stretch.phase.name}, {words.dates(stretch)}"
        mind = "\n".join(f"*{does}*  " for does in stretch.phase.mind)
        days = [day for day in prospect.days if stretch.first <= day.day <= stretch.last]
        yield Section(heading, paragraphs(_table(days), ticks(_once(stretch)), mind))
    if prospect.today.left:
        yield Section("Does it fit?", " ".join(verdict.fit(prospect)))


def _table(days: list[Day]) -> str:
    rows = [
        (f"**{lines.short_day(day.day)}**", _count(day.portion.reviews), _count(day.portion.new), _count(day.minutes), words.extra(day))
        for day in days
        if day.left
    ]  # fmt: skip
    return table(("Day", "Due", "New", "Minutes", "Besides"), rows)


def _once(stretch: Stretch) -> list[str]:
    """The tasks of a phase, a box for each time that a phase has them; daily ones stand in the days."""
    return [task.does for task in stretch.phase.todo for _ in range(1 if task.daily else task.count)]


def _count(count: int) -> str:
    return f"{count:,}" if count else ""
