"""What is there of drills: which, how often, how well; each attempt and how it went from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from rung import rated, text
from rung.cli import _out
from rung.draft import draft_path, sections_of
from rung.seat import attempts_of

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
        return rated.state(self.attempts, due=self.due, draft=self.draft)

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
    return Row(
        card, attempts_of(store, card), memory.due if memory else None, due, draft_path(here.db_file, card).exists()
    )


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
