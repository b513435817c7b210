"""`rung quiz`: quizzes outside the schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rung.cli import _out
from rung.cli._here import Here

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rung.cli._dialogue import Dialogue
    from rung.notes import tree as tree_note

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
    from rung.cli import _quiz
    from rung.quizzes import ladder

    here = Here.of(context)
    with here.store() as store:
        cards = here.cards(store, "ladder")
        _quiz.run(here, store, seed, lambda number: ladder.begin(cards, number, topics or (), level))


@app.command()
def placement(
    context: typer.Context,
    seed_schedule: Annotated[
        bool,
        typer.Option("--seed-schedule", help="Let new cards clearly below your level come back later; asks first."),
    ] = False,
    seed: SEED = None,
) -> None:
    """At which level you answer, from 12 to 20 questions on ladders."""
    from rung.cli import _quiz, _quiz_placement
    from rung.quizzes import placement

    here = Here.of(context)
    with here.store() as store:
        cards = here.cards(store, "ladder")
        on = [row.id for row in store.decks(here.folder.name) if row.on]
        asking = _quiz.run(here, store, seed, lambda number: placement.begin(cards, on, number, here.clock.day()))
        if asking and seed_schedule:
            _quiz_placement.seed_schedule(asking, [card for card in cards if card.deck in on])


@app.command()
def tree(
    context: typer.Context,
    named: Annotated[str, typer.Argument(metavar="[TREE]", help="A tree; default: the only one, or a list.")] = "",
) -> None:
    """Walk a decision tree with a case of your own."""
    from rung.cli import _cards, _quiz
    from rung.cli._named import meant
    from rung.quizzes import tree

    here = Here.of(context)
    trees = _cards.kept(here.folder, "tree")
    with here.store() as store:
        path = meant(trees, named, "tree", "rung quiz tree") if named else _picked(trees, _quiz.dialogue(here))
        if path or not trees:
            cards = here.cards(store, "tree")
            _quiz.run(here, store, None, lambda number: tree.begin(trees, path, cards, number))


def _picked(trees: Mapping[str, tree_note.Note], dialogue: Dialogue) -> str:
    """The only tree, or the one that the learner picks from the list; empty for none."""
    if len(trees) == 1:
        return next(iter(trees))
    if not trees:
        return ""
    for number, (path, note) in enumerate(trees.items(), 1):
        dialogue.line(f"{f'{number}. ' if _out.interactive() else ''}{path}  {note.name}")
    place = dialogue.picked(len(trees))
    return "" if place is None else list(trees)[place]


@app.command()
def mock(
    context: typer.Context,
    company: Annotated[str, typer.Option(help="Whose eyes look at it; default: a question of every company.")] = "",
    minutes: Annotated[int, typer.Option(min=5, max=180, help="How long it may take.")] = 45,
    seed: SEED = None,
) -> None:
    """One prompt by the clock of an interview, then a score sheet."""
    from rung.cli import _cards, _quiz
    from rung.quizzes import mock

    here = Here.of(context)
    rubrics = _cards.kept(here.folder, "rubric")
    with here.store() as store:
        sources = {row.id: row.source for row in store.decks(here.folder.name) if row.on}
        cards = here.cards(store)
        _quiz.run(here, store, seed, lambda number: mock.begin(cards, sources, rubrics, number, company, minutes))


@app.command()
def final(
    context: typer.Context,
    count: Annotated[int, typer.Option(min=1, max=1000, help="How many questions.")] = 40,
    seed: SEED = None,
) -> None:
    """All courses in equal shares, and where you are weakest."""
    from rung.cli import _quiz
    from rung.quizzes import final

    here = Here.of(context)
    with here.store() as store:
        courses = {row.id: row.course for row in store.decks(here.folder.name) if row.on}
        cards = here.cards(store)
        _quiz.run(here, store, seed, lambda number: final.begin(cards, courses, number, count))
