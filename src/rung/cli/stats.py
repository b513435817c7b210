"""`rung stats`: today, the streak, retention, what is weak, and what is to come; all figures as JSON or as a page."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rung import lines
from rung.cli import _out
from rung.cli._here import Here, Wrong
from rung.workspace import CannotGoOn
from rung.writing import write_all

if TYPE_CHECKING:
    from rung.statistics import Statistics

COMING = 14  # days
WEAKEST = 3  # topics
PLACED = 5  # placements
WIDEST = 40  # characters of a bar


def stats(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="All figures, as JSON.")] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="All figures, as a page.")] = None,
) -> None:
    """Show today, the streak, retention, what is weak, and what comes.

    Retention is that of the last 30 days; what comes, of the next 14; recall, what is probably still known of learnt cards
    today. `--html` writes everything as one page that asks
    for nothing outside: a year of reviews, retention, times, levels, topics, hard cards.
    """
    if json and html:
        raise Wrong("either --json or --html")
    here = Here.of(context)
    with here.store() as store:
        figures = store.statistics(here.folder.name, here.clock.day())
    if html:
        _write(figures, html)
    elif json:
        _out.put_json(**asdict(figures))
    else:
        _show(figures)


def _write(figures: Statistics, path: Path) -> None:
    """Write the page; raises CannotGoOn."""
    from rung import report

    if path.is_dir():
        raise CannotGoOn(f"{path}: this is a folder; nothing was written there")
    write_all({path: report.document(figures).encode()})
    _out.put(str(path))


def _show(figures: Statistics) -> None:
    _out.put(f"Today      {lines.answers(figures.answers, figures.took)}")
    _out.put(f"Streak     {_out.plural(figures.streak, 'day')}")
    if reviews := figures.retention.reviews:
        share = 100 * figures.retention.passed / reviews
        _out.put(f"Retention  {share:.0f} % of {_out.plural(reviews, 'review')} in 30 days")
    else:
        _out.put("Retention  no reviews yet")
    if figures.expected:
        _out.put(f"Recall     {lines.expected(figures.expected[0].recall, figures.expected[0].cards)}")
    if figures.interview:
        _out.put(f"Interview  {lines.expected_on(figures.interview.recall, figures.interview.day)}")
    if weakest := figures.weakest()[:WEAKEST]:
        _out.put("Weakest    " + ", ".join(f"{each.topic} {each.right} of {each.answers}" for each in weakest))
    for place, placed in enumerate(figures.placements[: -PLACED - 1 : -1]):  # the newest first
        answers = _out.plural(placed.items, "answer")
        _out.put(f"{'' if place else 'Placed':<9}  {placed.day:%d %b %Y}: {placed}, by {answers}")
    if figures.leeches:
        _out.put(f"Leeches    {_out.plural(len(figures.leeches), 'card')}")
    _out.put(
        f"In all     {_out.plural(figures.totals.answers, 'answer')} to {_out.plural(figures.totals.cards, 'card')}"
    )
    _out.put("")
    coming = figures.forecast[:COMING]
    most = max(*(each.due for each in coming), 1)
    for each in coming:
        bar = "█" * round(WIDEST * each.due / most) or ("▏" if each.due else "")
        _out.put(f"{each.day:%a %d %b}  {each.due:>4}  {bar}".rstrip())
    if rows := lines.recalls([(each.course, each.level, each.recall) for each in figures.expected]):
        _out.put("")
        _out.put("Recall expected today")
        for row in rows:
            _out.put(f"  {row}")
