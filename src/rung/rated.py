"""What a drill is worth once its writer has rated it, and how the attempts at it went, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rung import drilling, lines, session, text
from rung.cards import drill as kind
from rung.cards.drill import LEVELS, TOP
from rung.drilling import change_in_words
from rung.model import Kind
from rung.session import grade_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from rung.drilling import Attempt, Written
    from rung.model import Card, Memory, Score


@dataclass(frozen=True, slots=True)
class Done:
    """A rated drill: what it is worth, the milliseconds of writing, what the log keeps."""

    score: Score
    took: int
    detail: Mapping[str, Any]

    @property
    def grade(self) -> int:
        """What the ratings score."""
        return int(self.detail["scored"])

    @property
    def told(self) -> str:
        """Points and grade, in a line."""
        points = " ".join(self.score.remarks).removesuffix(".")
        return f"Score: {points}: {grade_in_words(self.grade)}."


def done(card: Card, seed: int, written: Written, levels: Sequence[int], failures: Sequence[str], took: int) -> Done:
    """A drill whose dimensions are rated with `levels`; `failures` are the ids of those ticked."""
    scored = kind.score(card.content, session.question(card, 0)[0], kind.canonical(levels))
    detail = {
        "seed": seed,
        "answer": drilling.bounded(written),
        "ratings": {each.id: level for each, level in zip(card.content.rubric, levels, strict=True)},
        "failures": list(failures),
        "minutes": round(took / 60_000, 1),
        "scored": scored.grade,
    }
    return Done(scored, took, detail)


def since_last(past: Sequence[Attempt], levels: Sequence[int]) -> str:
    """How an attempt with these levels went beside the last one; empty where there is none."""
    if not past:
        return ""
    last, now = past[-1], kind.percent(sum(levels), TOP * len(levels))
    went = change_in_words(last.percent, now, "point")
    return f"Last time, on {last.day}: {last.percent} %. {went}."


def logged(kind: Kind, grade: int, memory: Memory | None) -> str:
    """As what a drill was logged, and when it comes again."""
    first = " The day's first answer sets the schedule:" if kind is Kind.REDRILL else ""
    due = f"{first} {'due' if first else 'Due'} again on {memory.due}." if memory else ""
    return f"Logged as a {kind}: {grade_in_words(grade)}.{due}"


def state(attempts: Sequence[Attempt], *, due: bool, draft: bool) -> str:
    """How often a drill was done, how well the last time, and what waits of it."""
    told = lines.plural(len(attempts), "attempt")
    if attempts:
        last = attempts[-1]
        told += f", last {last.percent} % on {last.day}"
    return told + (", due" if due else "") + (", a draft" if draft else "")


def brief(card: Card, attempts: Sequence[Attempt]) -> list[str]:
    """Every attempt in a line: its day, grade, share, minutes, and how the share went since the one before."""
    told = []
    for before, attempt in zip([None, *attempts], attempts, strict=False):
        minutes = f"{attempt.minutes:g} of {card.content.minutes} min"
        went = f", {change_in_words(before.percent, attempt.percent, 'point')}" if before else ""
        told.append(
            f"{attempt.number}. {attempt.day}  {grade_in_words(attempt.grade)}, {attempt.percent} %, {minutes}{went}"
        )
    return told


def ago(attempts: Sequence[Attempt], day: date) -> str:
    """How long before that day the last attempt was: `the last one today`, `the last one 3 days ago`."""
    days = (day - attempts[-1].day).days
    when = f"{lines.plural(days, 'day')} ago" if days > 0 else "today"
    return f"the last one {when}"


def past_lines(card: Card, attempts: Sequence[Attempt]) -> Iterator[tuple[str, str]]:
    """Every attempt with its ratings and failures, each figure beside how it went since the one before; the trend.

    Lines come as their head, and what may be wrapped beside it.
    """
    for before, attempt in zip([None, *attempts], attempts, strict=False):
        yield from _past(card, attempt, before)
    yield from _trend(attempts)


def last_first(card: Card, attempts: Sequence[Attempt]) -> Iterator[tuple[str, str]]:
    """The same from the last attempt back to the first, below the trend."""
    yield from _trend(attempts)
    for before, attempt in reversed(list(zip([None, *attempts], attempts, strict=False))):
        yield from _past(card, attempt, before)


def _past(card: Card, attempt: Attempt, before: Attempt | None) -> Iterator[tuple[str, str]]:
    names = {each.id: text.line(each.name) for each in card.content.rubric}
    failures = {each.id: text.line(each.text) for each in card.content.failures}
    went = f"  {change_in_words(before.percent, attempt.percent, 'point')}" if before else ""
    late = f", {attempt.late} of {lines.plural(attempt.words, 'word')} late" if attempt.late else ""
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


def _trend(attempts: Sequence[Attempt]) -> Iterator[tuple[str, str]]:
    if len(attempts) > 1:
        first, last = attempts[0], attempts[-1]
        went = change_in_words(first.percent, last.percent, "point")
        yield "", f"Trend over {len(attempts)} attempts: {first.percent} % to {last.percent} %, {went}"
