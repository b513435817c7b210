"""`rung drill`: an answer written against the clock, rated by a rubric."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rung.cli import _out
from rung.cli._dialogue import Dialogue, Over
from rung.cli._here import Here, Wrong
from rung.cli._named import meant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rung.cli._attempts import Row
    from rung.cli._drill import Drill
    from rung.model import Card
    from rung.rated import Done
    from rung.store import Store

STOP = frozenset("q")
GRADING = "1 Again, 2 Hard, 3 Good, 4 Easy: your word on the grade is the last. Enter or q takes the one in brackets."


def drill(
    context: typer.Context,
    named: Annotated[str | None, typer.Argument(metavar="[DRILL]", help="A drill; default: list them.")] = None,
    editor: Annotated[bool, typer.Option("--editor", help="Write in $EDITOR.")] = False,
    past: Annotated[bool, typer.Option("--past", help="Show past attempts and their trend.")] = False,
    show: Annotated[int | None, typer.Option(metavar="N", min=1, help="Show the text of attempt N.")] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Write against the clock, then rate yourself.

    Every line is kept as you enter it: a drill that is stopped half-way goes on where it was left.
    """
    from rung.cli import _attempts

    here = Here.of(context)
    dialogue = Dialogue(rich=_out.interactive() and not here.plain)
    with here.store() as store:
        rows = _attempts.rows_of(here, store)
        if named is None:
            if editor or past or show:
                raise Wrong("say which drill: rung drill DRILL; list them with: rung drill")
            row = _listed(rows, dialogue, json=json)
        else:
            row = _meant(here, store, rows, named)
        if row is None:
            return
        if show is not None:
            _shown(row, show, dialogue, json=json)
        elif past or json:
            _put_past(row, dialogue, json=json)
        else:
            _run(here, store, dialogue, row.card, editor=editor)


def _listed(rows: Sequence[Row], dialogue: Dialogue, *, json: bool) -> Row | None:
    """List the drills; the one that the learner picks in a terminal."""
    from rung.cli._attempts import list_lines

    if json:
        _out.put_json(drills=[row.values() for row in rows])
        return None
    for line in list_lines(rows, dialogue.width, numbered=_out.interactive()):
        dialogue.line(line)
    if not rows:
        _out.tell("There are no drills here.")
        return None
    place = dialogue.picked(len(rows))
    return None if place is None else rows[place]


def _meant(here: Here, store: Store, rows: Sequence[Row], named: str) -> Row:
    """The drill of that name, or of a card's id, of today or of old; raises Wrong."""
    by_name = {row.card.note: row for row in rows}
    if "#" not in named:
        return by_name[meant(by_name, named, "drill", "rung drill")]
    card = here.card(store, named)
    if card.note not in by_name:
        raise Wrong(f"{card.id} is no drill; list them with: rung drill")
    return by_name[card.note]


def _shown(row: Row, number: int, dialogue: Dialogue, *, json: bool) -> None:
    from rung.cli import _attempts

    if number > len(row.attempts):
        were = _out.plural(len(row.attempts), "attempt")
        raise Wrong(f"there is no attempt {number}; {row.card.note} has {were}")
    attempt = row.attempts[number - 1]
    if json:
        _out.put_json(id=row.card.id, **_attempts.attempt_values(attempt, whole=True))
    else:
        _attempts.show(dialogue, row.card, attempt)


def _put_past(row: Row, dialogue: Dialogue, *, json: bool) -> None:
    from rung.cli import _attempts
    from rung.rated import past_lines

    if json:
        _out.put_json(**_attempts.drill_values(row))
    elif row.attempts:
        for head, words in past_lines(row.card, row.attempts):
            dialogue.wrapped(head, words)
    else:
        _out.put(f"No attempts yet; begin with: rung drill {row.card.note}")


def _run(here: Here, store: Store, dialogue: Dialogue, card: Card, *, editor: bool) -> None:
    from rung import session
    from rung.cli._drill import Drill

    running = Drill.of(here, store, dialogue, card)
    running.writing.editor = editor
    asked, _ = session.question(card, 0)
    dialogue.question(card.note, asked)
    dialogue.line()
    running.writing.introduce()
    try:
        done = None if running.writing.opened(STOP) else running.run()
    except Over:
        return
    if done is not None:
        _finish(here, store, dialogue, running, done)


def _finish(here: Here, store: Store, dialogue: Dialogue, drilled: Drill, done: Done) -> None:
    """Let the learner grade a rated drill, and log it; interrupted, as what its ratings score."""
    from rung import rated, session

    card, day = drilled.card, here.clock.day()
    before = store.standing(card.id)
    kind = session.kind_of(before, day)
    buttons = session.buttons(kind, before, day, store.scheduler, today=here.settings.drills_in_review)
    grade = done.grade
    try:
        grade = _graded(dialogue, done, buttons)
    except KeyboardInterrupt:
        dialogue.line()
        raise
    finally:
        store.record(kind, now=here.clock.now(), day=day, card=card.id, grade=grade, took=done.took, detail=done.detail)
        dialogue.line(rated.logged(kind, grade, store.standing(card.id).memory))
        drilled.writing.forget()
    dialogue.line(f"See: rung drill {card.note} --past")


def _graded(dialogue: Dialogue, done: Done, buttons: Sequence[str]) -> int:
    """The learner's grade; what the ratings score where they stop."""
    from rung.cli import _turn

    try:
        while isinstance(
            grade := _turn.grade(dialogue, _turn.Keys(STOP | {"?"}, STOP | {"?"}), done.score, buttons), str
        ):
            if grade in STOP:
                return done.grade
            dialogue.line(GRADING)
    except Over:
        return done.grade
    return grade
