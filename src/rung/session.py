"""One sitting: which cards come, in which order; what an answer is worth; what comes again; what `undo` leaves. Pure.

A sitting is a value; every step gives the next one. It knows neither clock nor store: the skin tells it what happened.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rung import cards, replay, shuffle
from rung.model import Expects, Kind, Score

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rung.model import Card, Question, Standing
    from rung.schedulers import Scheduler
    from rung.waiting import Waiting

KEPT = 1000  # characters of an answer in the log
AHEAD = 5  # days that are predicted
PASSED = 4  # a card is drilled again until it scores this
KEYS = {"1": 1, "2": 3, "3": 4, "4": 5}  # Again, Hard, Good, Easy
GRADES = {"again": 1, "hard": 3, "good": 4, "easy": 5}
GIVEN = frozenset((Expects.LETTER, Expects.LETTERS, Expects.NUMBER, Expects.NUMBERS))
NO_ANSWER = Score(1, ("You gave no answer.",))  # to a question of GIVEN, whose options leave nothing to judge by
BUTTONS = {1: "Again", 3: "Hard", 4: "Good", 5: "Easy"}


def grade_in_words(grade: int) -> str:
    """`Good (grade 4)`; all grades that fail are Again."""
    return f"{BUTTONS.get(grade, BUTTONS[1])} (grade {grade})"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer given in a sitting; `took` in milliseconds."""

    card: str
    level: str
    kind: Kind
    grade: int
    took: int


# ── the sitting ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Remaining:
    """How many cards are still to come in a sitting, by what brings them."""

    due: int
    new: int
    again: int
    practice: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """Where a sitting stands: `line[place:]` is still to come, then `again`, the cards to drill."""

    line: tuple[Waiting, ...] = ()
    again: tuple[Waiting, ...] = ()
    place: int = 0
    answers: tuple[Answer, ...] = ()
    before: Sitting | None = field(default=None, repr=False, compare=False)

    @property
    def next(self) -> Waiting | None:
        """The card to ask now; None when the sitting is over."""
        if self.place < len(self.line):
            return self.line[self.place]
        return self.again[0] if self.again else None

    @property
    def left(self) -> int:
        return len(self.line) - self.place + len(self.again)

    @property
    def remaining(self) -> Remaining:
        waiting = (*self.line[self.place :], *self.again)
        practice = sum(each.kind is Kind.PRACTICE for each in waiting)
        again = sum(each.kind is Kind.REDRILL for each in waiting)
        new = sum(each.new and each.kind is Kind.REVIEW for each in waiting)
        return Remaining(len(waiting) - new - again - practice, new, again, practice)

    def answered(self, answer: Answer) -> Sitting:
        """The sitting after `answer` to its next card; a grade under 4 brings a scheduled card back at the end."""
        after = self.skipped()
        drill = answer.kind in (Kind.REVIEW, Kind.REDRILL) and answer.grade < PASSED
        asked = self.next
        again = (*after.again, replace(asked, kind=Kind.REDRILL)) if drill and asked else after.again
        return Sitting(after.line, again, after.place, (*self.answers, answer), self)

    def skipped(self) -> Sitting:
        """The sitting without its next card: buried, suspended, or answered in another window."""
        if self.place < len(self.line):
            return Sitting(self.line, self.again, self.place + 1, self.answers, self)
        return Sitting(self.line, self.again[1:], self.place, self.answers, self)

    def undone(self, card: str, waiting: Waiting) -> Sitting:
        """The sitting before its last step if that was about `card`; else without its answer, and `waiting` in front."""
        step = self.before
        if step is not None and step.next is not None and step.next.card == card:
            return step
        last = max(
            (place for place, answer in enumerate(self.answers) if answer.card == card), default=len(self.answers)
        )
        return Sitting(
            line=(waiting, *self.line[self.place :]),
            again=tuple(each for each in self.again if each.card != card),
            answers=self.answers[:last] + self.answers[last + 1 :],
        )


def kind_of(standing: Standing, day: date) -> Kind:
    """As what an answer on `day` is logged: only the first of a day is a review."""
    return Kind.REDRILL if standing.reviewed == day else Kind.REVIEW


# ── asking and scoring ───────────────────────────────────────────────────────────────────────────


def question(card: Card, rows: int) -> tuple[Question, int]:
    """The card as it is asked with `rows` answers in its log, and the seed that made it so."""
    seed = shuffle.seed(card.id, rows)
    return cards.kind(card.kind).ask(card.content, seed), seed


def score(card: Card, asked: Question, answer: str, took: int) -> Score:
    """What `answer` is worth after `took` milliseconds; slower than the kind's time, a 5 becomes a 4.

    Raises NotAnAnswer.
    """
    kind: Any = cards.kind(card.kind)
    scored: Score = kind.score(card.content, asked, answer)
    if scored.grade == 5 and kind.SECONDS and took > kind.SECONDS * 1000:
        return Score(4, (*scored.remarks, f"Slower than {kind.SECONDS} s."))
    return scored


def still_fits(before: Question, now: Question) -> bool:
    """Whether an answer to a card before an edit is one to it now: its letters mean the same options."""
    letters = [[(option.letter, option.id) for option in asked.options] for asked in (before, now)]
    return before.expects is now.expects and letters[0] == letters[1]


def back(card: Card, asked: Question, answer: str) -> str:
    """The Markdown of the back, after `answer` (empty where none was given)."""
    return cards.kind(card.kind).back(card.content, asked, answer)


def beside_points(card: Card) -> str:
    """The Markdown of a checklist's back without its points, for whoever shows those to tick."""
    return str(card.content.extra)


def suggested(score: Score) -> tuple[int, str]:
    """The grade that Enter accepts, Good where nothing was scored, and the key that stands for it."""
    grade = KEYS["3"] if score.grade is None else score.grade
    return grade, next(key for key, each in reversed(KEYS.items()) if each <= max(1, grade))


def chosen(score: Score, key: str) -> int:
    """The grade that a key means; the key that is suggested means the very grade of the score."""
    grade, accepted = suggested(score)
    return grade if key == accepted else KEYS[key]


def buttons(kind: Kind, standing: Standing, day: date, scheduler: Scheduler, *, today: bool = True) -> list[str]:
    """Each grade with what follows from it; `today` where a card that is not passed comes back today."""
    days = followed_by(standing, kind, day, scheduler)
    shown = []
    for key, given in KEYS.items():
        follows = ["today"] if today and given < PASSED and kind is not Kind.PRACTICE else []
        if key in days:
            follows.append(f"{days[key]} d")
        told = f" ({', '.join(follows)})" if follows else ""
        shown.append(f"{key} {BUTTONS[given]}{told}")
    return shown


def followed_by(standing: Standing, kind: Kind, day: date, scheduler: Scheduler) -> dict[str, int]:
    """The days until a card comes back, by the key of the grade that it is given on `day`; empty where none moves it."""
    if kind not in (Kind.REVIEW, Kind.REDRILL):
        return {}
    after = {key: replay.answered(standing, kind, given, day, scheduler).memory for key, given in KEYS.items()}
    if all(memory == standing.memory for memory in after.values()):  # SM-2's days follow from no re-drill
        return {}
    return {key: memory.interval for key, memory in after.items() if memory}


def predicted(standing: Standing, day: date, scheduler: Scheduler, grade: int = GRADES["good"]) -> list[date]:
    """The next days on which a card comes back that is answered on `day`, and then each time it is due, with that grade."""
    days = []
    for _ in range(AHEAD):
        standing = replay.answered(standing, Kind.REVIEW, grade, day, scheduler)
        assert standing.memory is not None
        day = standing.memory.due
        days.append(day)
    return days


# ── the summary ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Summary:
    """What a sitting came to. `levels` holds (level, right, asked); `hardest` the cards that failed, worst first."""

    answers: int
    right: int
    took: int
    levels: tuple[tuple[str, int, int], ...]
    hardest: tuple[str, ...]


def summary(answers: Sequence[Answer]) -> Summary:
    """Counted over first answers, so that a re-drill mends no statistic; `took` is of all, in milliseconds."""
    first: dict[str, Answer] = {}
    fails: dict[str, int] = {}
    for answer in answers:
        first.setdefault(answer.card, answer)
        if answer.grade < 3:
            fails[answer.card] = fails.get(answer.card, 0) + 1
    levels: dict[str, list[int]] = {}
    for answer in first.values():
        levels.setdefault(answer.level, []).append(answer.grade >= 3)
    return Summary(
        answers=len(first),
        right=sum(answer.grade >= 3 for answer in first.values()),
        took=sum(answer.took for answer in answers),
        levels=tuple((level, sum(right), len(right)) for level, right in sorted(levels.items()) if level),
        hardest=tuple(sorted(fails, key=lambda card: (-fails[card], card))[:5]),
    )
