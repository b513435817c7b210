"""What is there of drills: which, how often, how well; each attempt and how it went from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from rung import text
from rung.cards.drill import LEVELS, TOP
from rung.cli import _out
from rung.cli._draft import draft_path, sections_of
from rung.cli._drill import attempts_of
from rung.drilling import change_in_words
from rung.session import grade_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rung.cli._dialogue import Dialogue
    from rung.cli._here import Here
    from rung.drilling import Attempt
    from rung.model import Card
    from rung.store import Store


@dataclass(frozen=True, slots=True)
class Row:
    """A drill in the list, its next day if it has one, and whether that is here; a draft may wait to be gone on with."""

    card: Card
    attempts: tuple[Attempt, ...]
    next: date | None
    due: bool
    draft: bool

    @property
    def minutes(self) -> int:
        minutes: int = self.card.content.minutes
        return minutes

    @property
    def state(self) -> str:
        """How often it was done, and how well the last time."""
        told = _out.plural(len(self.attempts), "attempt")
        if self.attempts:
            last = self.attempts[-1]
            told += f", last {last.percent} % on {last.day}"
        return told + (", due" if self.due else "") + (", a draft" if self.draft else "")

    def values(self) -> dict[str, Any]:
        last = self.attempts[-1] if self.attempts else None
        return {
            "id": self.card.id, "prompt": self.card.content.prompt, "minutes": self.minutes,
            "attempts": len(self.attempts), "last": last and attempt_values(last), "next": self.next,
            "draft": self.draft,
        }  # fmt: skip


def rows_of(here: Here, store: Store) -> list[Row]:
    """Every drill, in file order."""
    return [_row(here, store, card) for card in here.cards(store, "drill")]


def _row(here: Here, store: Store, card: Card) -> Row:
    memory = store.standing(card.id).memory
    due = memory is not None and memory.due <= here.clock.day()
    return Row(card, attempts_of(store, card), memory.due if memory else None, due, draft_path(here, card).exists())


def list_lines(rows: Sequence[Row], width: int, *, numbered: bool) -> Iterator[str]:
    """Each drill with its state, on a line of its own where the `width` asks for it, and as much of its prompt."""
    longest = max((len(row.card.note) for row in rows), default=0)
    for number, row in enumerate(rows, 1):
        head = f"{number:>2}  " if numbered else ""
        below = " " * len(head) + "    "
        line = f"{head}{row.card.note:<{longest}}  {row.minutes:>2} min  {row.state}"
        if len(line) <= width:
            yield line
        else:
            yield f"{head}{row.card.note}"
            yield f"{below}{row.minutes} min  {row.state}"
        yield below + shorten(text.line(row.card.content.prompt), width - len(below), placeholder=" ...")


def past_lines(card: Card, attempts: Sequence[Attempt]) -> Iterator[tuple[str, str]]:
    """Every attempt with its ratings and failures, each figure beside how it went since the one before; the trend.

    Lines come as their head, and what may be wrapped beside it.
    """
    names = {each.id: text.line(each.name) for each in card.content.rubric}
    failures = {each.id: text.line(each.text) for each in card.content.failures}
    before: Attempt | None = None
    for attempt in attempts:
        went = f"  {change_in_words(before.percent, attempt.percent, 'point')}" if before else ""
        late = f", {attempt.late} of {_out.plural(attempt.words, 'word')} late" if attempt.late else ""
        graded, minutes = grade_in_words(attempt.grade), f"{attempt.minutes:g} of {card.content.minutes} min"
        yield f"{attempt.number}. ", f"{attempt.day}  {graded}, {minutes}{late}"
        yield "     ", f"{attempt.points} of {attempt.most} points ({attempt.percent} %){went}"
        shown = [id_ for id_ in names if id_ in attempt.ratings] + [id_ for id_ in attempt.ratings if id_ not in names]
        width = max(len(names.get(id_, id_)) for id_ in shown)
        for id_ in shown:
            level = attempt.ratings[id_]
            changed = f"  {change_in_words(before.ratings[id_], level)}" if before and id_ in before.ratings else ""
            yield "     ", f"{names.get(id_, id_):<{width}}  {level} of {TOP}  {LEVELS[level]:<9}{changed}".rstrip()
        for id_ in attempt.failures:
            yield "     failed: ", failures.get(id_, id_)
        before = attempt
    if len(attempts) > 1:
        first, last = attempts[0], attempts[-1]
        went = change_in_words(first.percent, last.percent, "point")
        yield "", f"Trend over {len(attempts)} attempts: {first.percent} % to {last.percent} %, {went}"


def show(dialogue: Dialogue, card: Card, attempt: Attempt) -> None:
    """The text of an attempt, by section."""
    names = dict(sections_of(card))
    late = f", {attempt.late} of {_out.plural(attempt.words, 'word')} late" if attempt.late else ""
    dialogue.line(f"Attempt {attempt.number} at {card.note}, {attempt.day}, {attempt.percent} %{late}", "bold")
    for id_ in [*names, *(id_ for id_ in attempt.answer if id_ not in names)]:
        dialogue.line()
        dialogue.line(names.get(id_, id_), "bold cyan")
        dialogue.words(attempt.answer.get(id_) or "Nothing.")


def attempt_values(attempt: Attempt, *, whole: bool = False) -> dict[str, Any]:
    """An attempt as JSON has it; the `whole` has the text, too."""
    values = {
        "number": attempt.number, "day": attempt.day.isoformat(), "kind": str(attempt.kind), "grade": attempt.grade,
        "points": attempt.points, "most": attempt.most, "minutes": attempt.minutes,
        "words": attempt.words, "late": attempt.late,
        "ratings": dict(attempt.ratings), "failures": list(attempt.failures),
    }  # fmt: skip
    return values | ({"answer": dict(attempt.answer)} if whole else {})


def drill_values(row: Row) -> dict[str, Any]:
    """A drill and all attempts at it, as JSON has them."""
    content = row.card.content
    return row.values() | {
        "sections": [{"id": each.id, "name": each.name} for each in content.sections],
        "rubric": [{"id": each.id, "name": each.name} for each in content.rubric],
        "failures": [{"id": each.id, "failure": each.text} for each in content.failures],
        "past": [attempt_values(each) for each in row.attempts],
    }
