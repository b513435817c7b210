"""`rung schedulers`: the algorithms that may set the days, held against each other on a learner's own log."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from rung import schedulers as algorithms
from rung.cli import _out
from rung.cli._here import Here

if TYPE_CHECKING:
    from datetime import date

    from rung.evaluation import Quality
    from rung.outlook import Outlook

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

DAYS, SHOWN = 30, 14
JSON = Annotated[bool, typer.Option("--json", help="As JSON.")]


@app.callback()
def schedulers() -> None:
    """Compare SM-2 and FSRS on your own log, before you switch."""


@app.command()
def compare(context: typer.Context, json: JSON = False) -> None:
    """Show what each scheduler would make of your log: cards a day, intervals, recall.

    Days to come are counted as if every card were answered on its day, and Good; new cards are not in it. Nothing is
    changed: you switch by `scheduler = "fsrs"` in your config.toml.
    """
    from rung import replay
    from rung.outlook import outlook

    here = Here.of(context)
    day = here.clock.day()
    with here.store() as store:
        roots = store.roots(here.folder.name)
        logs = [events for root, events in store.by_card() if root in roots]
    outlooks = {}
    present = here.settings.scheduler
    for name in sorted(algorithms.names(), key=lambda name: name != present):
        scheduler = algorithms.scheduler(name)
        outlooks[name] = outlook((replay.standing(events, scheduler) for events in logs), scheduler, day, DAYS)
    if json:
        told = {name: each and asdict(each) for name, each in outlooks.items()}
        _out.put_json(day=day, scheduler=present, days=DAYS, outlooks=told)
    else:
        _compare(present, {name: each for name, each in outlooks.items() if each}, day)


@app.command()
def evaluate(context: typer.Context, json: JSON = False) -> None:
    """Tell how well recall is predicted on your log: FSRS-6, SM-2 and a constant.

    By the measures of srs-benchmark, over the first review of each card on each day but its first.
    """
    from rung import evaluation

    here = Here.of(context)
    with here.store() as store:
        reviews = [each for _, events in store.by_card() for each in evaluation.outcomes(events)]
    found = evaluation.qualities(reviews)
    passed = sum(each.passed for each in reviews)
    if json:
        rows = [asdict(each) for each in found]
        _out.put_json(reviews=len(reviews), passed=passed, enough=evaluation.ENOUGH, predictors=rows)
        return
    _evaluate(found, len(reviews), passed)
    if 0 < len(reviews) < evaluation.ENOUGH:
        _out.tell(f"That is little: figures tell something from about {evaluation.ENOUGH} reviews on.")


def _compare(present: str, outlooks: dict[str, Outlook], day: date) -> None:
    if not outlooks:
        _out.put("There is nothing to compare yet: no card is learnt.")
        return
    rows = [
        ("", list(outlooks)),
        ("Cards learnt", [f"{each.cards:,}" for each in outlooks.values()]),
        ("Mean interval", [f"{each.interval:,.1f} d" for each in outlooks.values()]),
        ("Due within a week", [f"{each.week:,}" for each in outlooks.values()]),
        (f"Reviews in {DAYS} days", [f"{sum(each.due):,}" for each in outlooks.values()]),
        (f"Recall in {DAYS} days", [f"{100 * each.recall:.1f} %" for each in outlooks.values()]),
        ("", []),
    ]
    for ahead in range(SHOWN):
        rows.append((f"{day + timedelta(days=ahead):%a %d %b}", [f"{each.due[ahead]:,}" for each in outlooks.values()]))
    for name, cells in rows:
        _out.put(f"{name:<20}{''.join(f'{cell:>12}' for cell in cells)}".rstrip())
    _out.tell(f"Days are set by {present} now. Every review to come is taken for Good.")


def _evaluate(found: tuple[Quality, ...], reviews: int, passed: int) -> None:
    if not found:
        _out.put("There is nothing to predict yet: no card was reviewed on two days.")
        return
    _out.put(f"{_out.plural(reviews, 'review')}, of which {100 * passed / reviews:.1f} % passed")
    _out.put()
    _out.put(f"{'':<12}{'log loss':>10}{'RMSE(bins)':>12}{'AUC':>8}")
    for each in found:
        auc = "-" if each.auc is None else f"{each.auc:.3f}"
        _out.put(f"{each.predictor:<12}{each.log_loss:>10.4f}{each.rmse_bins:>12.4f}{auc:>8}")
