"""Quizzes as values, a module each: what is asked after the answers so far, and how it went, in words; whoever shows it.

Pure. Each module has a `begin` that gives a `Quiz`, or raises NoQuiz or NotKnown, and tells what it is in `ABOUT`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from textwrap import shorten
from typing import TYPE_CHECKING, Protocol

from rung import cards, quiz, shuffle
from rung.model import Expects, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rung.model import Card

MARKDOWN, OWN = "markdown", "own"
LONGEST = 140  # characters of a question that went wrong: two lines


class NoQuiz(Exception):
    """There is nothing to ask; the message says so."""


class NotKnown(Exception):
    """What was named is not here; the message says what is."""


class Wants(Enum):
    """What a task is answered with."""

    GRADE = "a card, scored or graded, and logged"
    LETTER = "one of the options, none of which is wrong"
    LINE = "a line of words, or an empty one where it is said aloud"
    YES = "a yes or a no"


@dataclass(frozen=True, slots=True)
class Told:
    """A line of our own words in a style of rich's; or else, as MARKDOWN, a text of a card, as OWN, the learner's words."""

    words: str
    style: str = ""


BLANK = Told("")
NOTHING = Told("Nothing answered.")
SAID = Question("", Expects.THOUGHT)  # a task that has all its words in `said`


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked now, after what is `said`; `how` asks for the answer. `seed` and `source` are a card's.

    `before` is what it follows on, for a screen on which that stands no more; `placement` its place in one, from 1 on.
    """

    wants: Wants
    said: tuple[Told, ...] = ()
    title: str = ""
    question: Question = SAID
    how: str = ""
    card: Card | None = None
    seed: int = 0
    source: str = ""
    before: tuple[Told, ...] = ()
    placement: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """A task answered `at` milliseconds of the quiz's clock: the words that were given (no is an empty one), a card's grade."""

    task: Task
    words: str = ""
    grade: int = 0
    at: int = 0


class Quiz(Protocol):
    """The quiz of a `number`, which draws what it asks; it takes `ends` milliseconds, or with 0 as long as it takes.

    `now` is in milliseconds of the quiz's clock. `head` says where in the quiz a task is.
    """

    @property
    def number(self) -> int: ...
    @property
    def ends(self) -> int: ...
    @property
    def opening(self) -> tuple[Told, ...]: ...
    def next(self, done: Sequence[Done]) -> Task | None: ...
    def head(self, done: Sequence[Done], now: int) -> str: ...
    def told(self, done: Sequence[Done], now: int) -> Iterator[Told]: ...


def number(now: int) -> int:
    """The number of a quiz that begins at that instant (ms)."""
    return now % 100_000


def asked(card: Card, number: int, *, said: Iterable[Told] = (), whole_id: bool = True) -> Task:
    """The card as that quiz asks it; its back tells its note only where its `whole_id` would give away an answer."""
    seed = shuffle.seed(card.id, number)
    question = cards.kind(card.kind).ask(card.content, seed)
    source = card.id if whole_id else card.note
    return Task(Wants.GRADE, tuple(said), card.title, question, card=card, seed=seed, source=source)


def results(done: Iterable[Done]) -> tuple[quiz.Result, ...]:
    """What came of the cards."""
    return tuple(quiz.result(e.task.card, e.task.question, e.words, e.grade) for e in done if e.task.card)


def shares(by: str, shares: Sequence[quiz.Share]) -> Iterator[Told]:
    """Each share in a line; nothing where there is none."""
    for place, line in enumerate(quiz.told(by, shares)):
        yield Told(line, "" if place else "bold")


def missed(missed: Iterable[Card]) -> Iterator[Told]:
    """The questions that went wrong, and their ids."""
    for card in missed:
        yield Told(f"  missed: {shorten(cards.gist(card), LONGEST, placeholder=' ...')}")
        yield Told(f"    {card.id}", "dim")
