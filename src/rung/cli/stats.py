"""`rung stats`: today, the streak, retention, and what is to come."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from rung.cli import _out
from rung.cli._here import Here

COMING = 14  # days
MONTH = timedelta(days=30)
WIDEST = 40  # characters of a bar


def stats(context: typer.Context, json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Show today, the streak, retention, and what comes.

    Retention is that of the last 30 days; what comes, of the next 14.
    """
    here = Here.of(context)
    name, day = here.folder.name, here.clock.day()
    with here.store() as store:
        done = next(iter(store.days(day)), None)
        streak = store.streak(day)
        retention = store.retention(day - MONTH)
        forecast = store.forecast(name, day, COMING)
        totals = store.totals(name)
    answers, took = (done.answers, done.took) if done else (0, 0)
    if json:
        _out.put_json(
            day=day, answers=answers, took=took, streak=streak,
            retention={"passed": retention.passed, "reviews": retention.reviews},
            forecast=[{"day": str(day + timedelta(days=ahead)), "due": due} for ahead, due in enumerate(forecast)],
            totals={"answers": totals.answers, "took": totals.took, "cards": totals.cards},
        )  # fmt: skip
        return
    _out.put(f"Today      {_out.plural(answers, 'answer')} in {took // 60_000} min")
    _out.put(f"Streak     {_out.plural(streak, 'day')}")
    if retention.reviews:
        share = 100 * retention.passed / retention.reviews
        _out.put(f"Retention  {share:.0f} % of {_out.plural(retention.reviews, 'review')} in 30 days")
    else:
        _out.put("Retention  no reviews yet")
    _out.put(f"In all     {_out.plural(totals.answers, 'answer')} to {_out.plural(totals.cards, 'card')}")
    _out.put("")
    most = max(*forecast, 1)
    for ahead, due in enumerate(forecast):
        bar = "█" * round(WIDEST * due / most) or ("▏" if due else "")
        _out.put(f"{day + timedelta(days=ahead):%a %d %b}  {due:>4}  {bar}".rstrip())
