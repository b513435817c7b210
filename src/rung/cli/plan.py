"""`rung plan`: the weeks up to an interview, day by day."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rung.cli._here import Here, Wrong

app = typer.Typer(rich_markup_mode=None)

TASK = Annotated[str, typer.Argument(metavar="TASK", help="A task, as `rung plan` names it.")]


@app.callback(invoke_without_command=True)
def plan(
    context: typer.Context,
    interview: Annotated[str, typer.Option(metavar="DAY", help="Plan for an interview on that day.")] = "",
    role: Annotated[str, typer.Option(help="ml-engineer, llm-engineer or data-scientist.")] = "",
    company: Annotated[str, typer.Option(help="faang, ai-first, product or startup, or a company's name.")] = "",
    minutes: Annotated[int | None, typer.Option(help="Minutes a day for cards, drills and mocks.")] = None,
    drop: Annotated[bool, typer.Option("--drop", help="Do without a plan again.")] = False,
    day: Annotated[str, typer.Option(metavar="DAY", help="Show what that day holds.")] = "",
    days: Annotated[int, typer.Option(min=1, help="How many of the days to come to show.")] = 7,
    ics: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it as a calendar.")] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Plan up to an interview, and show what each day holds.

    A plan says how many new cards a day brings and in which order, instead of `new_per_day`. It is made anew every day,
    from what you have done.
    """
    if context.invoked_subcommand:
        return
    from rung.cli import _plan

    here = Here.of(context)
    with here.store() as store:
        if drop:
            if interview or role or company or minutes is not None:
                raise Wrong("--drop goes without the options of a plan")
            _plan.drop(here, store)
            return
        if interview or role or company or minutes is not None:
            _plan.make(here, store, interview, role, company, minutes)
        _plan.show(here, store, day=day, days=days, ics=ics, json=json)


@app.command()
def tick(context: typer.Context, task: TASK) -> None:
    """Tick off a task: once for each time that it is to be done."""
    from rung.cli import _plan

    here = Here.of(context)
    with here.store() as store:
        _plan.tick(here, store, task, on=True)


@app.command()
def untick(context: typer.Context, task: TASK) -> None:
    """Take back the last tick of a task."""
    from rung.cli import _plan

    here = Here.of(context)
    with here.store() as store:
        _plan.tick(here, store, task, on=False)
