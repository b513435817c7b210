"""`rung quiz`: quizzes outside the schedule."""

from __future__ import annotations

from typing import Annotated

import typer

from rung.cli._here import Here

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

SEED = Annotated[int | None, typer.Option(min=0, help="Repeat the quiz of that number.")]


@app.callback()
def quiz() -> None:
    """Quizzes outside the schedule."""


@app.command()
def ladder(
    context: typer.Context,
    topics: Annotated[list[str] | None, typer.Argument(help="Topics of ladders; default: all.")] = None,
    level: Annotated[str, typer.Option(help="Ask only what sets this level apart: L4, L5, L6 or L7.")] = "",
    seed: SEED = None,
) -> None:
    """Order the rungs of ladders, name the level of an answer, find what a rung missed."""
    from rung.cli import _quiz_ladder

    here = Here.of(context)
    with here.store() as store:
        _quiz_ladder.run(here, store, topics or (), level, seed)


@app.command()
def tree(
    context: typer.Context,
    named: Annotated[str, typer.Argument(metavar="[TREE]", help="A tree; default: the only one, or a list.")] = "",
) -> None:
    """Walk a decision tree with a case of your own."""
    from rung.cli import _quiz_tree

    here = Here.of(context)
    with here.store() as store:
        _quiz_tree.run(here, store, named)


@app.command()
def mock(
    context: typer.Context,
    company: Annotated[str, typer.Option(help="Whose eyes look at it; default: a question of every company.")] = "",
    minutes: Annotated[int, typer.Option(min=5, max=180, help="How long it may take.")] = 45,
    seed: SEED = None,
) -> None:
    """One prompt by the clock of an interview, then a score sheet."""
    from rung.cli import _quiz_mock

    here = Here.of(context)
    with here.store() as store:
        _quiz_mock.run(here, store, company, minutes, seed)


@app.command()
def final(
    context: typer.Context,
    count: Annotated[int, typer.Option(min=1, max=1000, help="How many questions.")] = 40,
    seed: SEED = None,
) -> None:
    """All courses in equal shares, and where you are weakest."""
    from rung.cli import _quiz_final

    here = Here.of(context)
    with here.store() as store:
        _quiz_final.run(here, store, count, seed)
