"""The nouns of Rung. Frozen values on the standard library alone; every other module speaks in these.

What a compile makes by the ten thousand and lets go of again is a NamedTuple: it takes a fifth of the time to make.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LEVELS = {"L4": "Mid", "L5": "Senior", "L6": "Staff", "L7": "Principal"}
LEECH_LAPSES = 8


# ── what an author writes, and what is wrong with it ─────────────────────────────────────────────


class Location(NamedTuple):
    """A place in a source file; line and column count from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a deck: where, what, and how to mend it. An error stops a build, a warning does not."""

    where: Location
    message: str
    mend: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.where}: {self.severity}: {self.message}\n    {self.mend}"


@dataclass(frozen=True, slots=True)
class Deck:
    """One YAML file of `decks/`. `id` is its path there without suffix, e.g. `production-ai-systems/recsys-spine`.

    `rounds` are the interview rounds it serves; `abbreviations` are pairs of a short form and its words.
    """

    id: str
    title: str
    course: str
    lesson: str = ""
    tags: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()

    @property
    def source(self) -> str:
        return source(self.course, self.lesson)


def source(course: str, lesson: str) -> str:
    """Where a deck's facts come from, in one line."""
    numbered = "lesson " if lesson[:1].isdecimal() else ""
    return f"{course}, {numbered}{lesson}" if lesson else course


# ── cards ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to ask.

    `id` is `<deck>/<note>#<part>`, plus `.cN` for a hole; it depends on no text and no position. `first` is the id its
    part was born with, and `was` every id it had since. `content` belongs to the card kind. `changed` is the UTC
    second at which what an export carries last changed; a retired card's note has vanished from the decks.
    """

    id: str
    kind: str
    note_type: str
    deck: str
    family: str
    title: str
    content: Any
    level: str = ""
    tags: tuple[str, ...] = ()
    first: str = ""
    was: tuple[str, ...] = ()
    changed: int = 0
    retired: bool = False

    @property
    def note(self) -> str:
        """The note this card belongs to: `<deck>/<note>`."""
        return self.id.partition("#")[0]

    @property
    def part(self) -> str:
        """The id of the part this card belongs to: the card's own, without the number of its hole."""
        return self.id.removesuffix(self.hole)

    @property
    def hole(self) -> str:
        """`.cN` for a card that asks the N-th hole of its part, else nothing."""
        head, dot, tail = self.id.rpartition(".c")
        return dot + tail if dot and tail.isdecimal() and "#" in head else ""

    @property
    def root(self) -> str:
        """The id under which all its history is kept, whatever it was called on the day."""
        return (self.first or self.part) + self.hole


class Draft(NamedTuple):
    """A card as its note type makes it, before it has an id and a history.

    Its part is `<item>.<facet>` (either may be empty); `at` is the path, within the note, of what it was made from;
    a `title` of its own replaces the note's. `kin` names the cards of the note that give each other away, its family:
    by default those of its item.
    """

    kind: str
    content: Any
    item: str = ""
    facet: str = ""
    at: tuple[str | int, ...] = ()
    hole: int = 0
    level: str = ""
    title: str | None = None
    kin: str = ""

    @property
    def part(self) -> str:
        return f"{self.item}.{self.facet}" if self.item and self.facet else self.item or self.facet

    @property
    def family(self) -> str:
        return self.kin or self.item or self.facet


@dataclass(frozen=True, slots=True)
class Fault:
    """What a note type finds wrong in a note: `at` is the path within the note; `key` points at the key itself."""

    at: tuple[str | int, ...]
    message: str
    mend: str
    severity: Severity = Severity.ERROR
    key: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A note as an author writes it, and the cards it makes, each as `#part kind: question => answer`."""

    source: str
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A note that is refused or warned about, and the first line of each problem, place included."""

    source: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note that stays with the cards, for pages to print, trees to walk and plans: `fields` as JSON has them."""

    note: str  # <deck>/<note>
    type: str
    fields: dict[str, Any]


# ── asking and answering ─────────────────────────────────────────────────────────────────────────


class Expects(StrEnum):
    """What a learner gives for an answer."""

    THOUGHT = "thought"  # nothing: think, see the back, grade yourself
    WORDS = "words"  # a thought, or the words themselves where a learner likes to type
    LETTER = "letter"  # one option
    LETTERS = "letters"  # every option, in order
    TICKS = "ticks"  # the options that were in the learner's own answer; they show with the back only
    NUMBER = "number"  # a number, with or without its unit
    NUMBERS = "numbers"  # several numbers in a row
    DRILL = "drill"  # an answer written against the clock, then rated by its rubric


@dataclass(frozen=True, slots=True)
class Option:
    """One lettered answer to pick or to order; `text` is Markdown."""

    letter: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A card as it is asked once, by `seed`: shuffled, lettered, with fresh numbers. `prompt` is Markdown, `how` says
    how to answer."""

    prompt: str
    expects: Expects
    how: str = ""
    options: tuple[Option, ...] = ()
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """What an answer is worth: a grade 0 to 5, or None where the learner grades, and remarks in plain words."""

    grade: int | None = None
    remarks: tuple[str, ...] = ()


class NotAnAnswer(ValueError):
    """What was typed is no answer to this question; the message says what would be."""


# ── what a learner did, and what is known from it ────────────────────────────────────────────────


class Kind(StrEnum):
    """The kinds of events."""

    REVIEW = "review"
    REDRILL = "redrill"
    QUIZ = "quiz"
    PRACTICE = "practice"
    SUSPEND = "suspend"
    BURY = "bury"
    FLAG = "flag"
    RESET = "reset"
    SET_DUE = "set-due"
    TAG = "tag"
    SEED = "seed"
    PLAN = "plan"
    VOID = "void"


GRADED = frozenset({Kind.REVIEW, Kind.REDRILL})
ANSWERS = GRADED | {Kind.QUIZ, Kind.PRACTICE}
ANKI = b"anki".hex().ljust(32, "0")
"""The device of what was answered in Anki. Its sequence is the id of Anki's own row, in milliseconds, so it has gaps."""


NOTHING: Mapping[str, Any] = MappingProxyType({})


class Event(NamedTuple):
    """A row of the append-only log; of these there are more than of anything else.

    Keyed by (device, sequence): `device` is 32 hex digits, `sequence` counts from 1 without gaps, but for ANKI's. `at`
    is the UTC instant in milliseconds, `day` the learner's calendar day, `took` the milliseconds an answer needed.
    `detail` holds what its kind needs: an answer's `seed` and `answer`; `on` of a suspension; the `flag`; the `due` day
    set; the `device` and `sequence` that a void takes back. Rows that one action made of several cards have the same
    `action`, the instant of the first of them. A row that had to get another key says in `was` which ones it had, as
    (device, sequence) pairs.
    """

    device: str
    sequence: int
    at: int
    day: date
    kind: Kind
    card: str = ""
    grade: int | None = None
    took: int | None = None
    detail: Mapping[str, Any] = NOTHING


@dataclass(frozen=True, slots=True)
class Memory:
    """When a card comes back, and what it has seen.

    `interval` is in days, `repetitions` counts passes since the last failure, `ease` is SM-2's E-Factor in hundredths,
    `due` the day the card comes back, `lapses` the failures of a card once passed.
    """

    interval: int
    repetitions: int
    ease: int
    due: date
    lapses: int = 0

    @property
    def leech(self) -> bool:
        return self.lapses >= LEECH_LAPSES


@dataclass(frozen=True, slots=True)
class Strength:
    """How well a card is remembered since the last answer, which was given on the day `since`; what FSRS keeps of it.

    `stability` is the days after which 90 of 100 such cards are still recalled; `difficulty` goes from 1 to 10.
    """

    stability: float
    difficulty: float
    since: date


@dataclass(frozen=True, slots=True)
class Standing:
    """All that follows for one card from the log: the fold of its events.

    `memory` and `strength` are None for a new card, and for no other. `reviewed` is the day of the last answer that counted; `answered` and `last_grade`
    are those of the last review or re-drill of any kind. `rows` counts every answer ever logged, voided ones
    included (it seeds shuffles). `first_day` is the day on which the card was answered as a new one; None for a card
    that came in known, by a seed or a due day set.
    """

    memory: Memory | None = None
    reviewed: date | None = None
    first_day: date | None = None
    answered: date | None = None
    last_grade: int | None = None
    rows: int = 0
    suspended: bool = False
    buried: date | None = None
    flag: int = 0
    tags: tuple[str, ...] = ()
    strength: Strength | None = None

    def drills_again(self, day: date) -> bool:
        """Whether the card's last answer on `day` was under 4, so that the day is not over for it (SM-2, step 7)."""
        return self.answered == day and self.last_grade is not None and self.last_grade < 4


# ── how a card kind looks in Anki ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class AnkiType:
    """An Anki note type. Its ids and the order of its fields are fixed for ever: a field added later forks the type.

    `fields` are (name, id) pairs, spares included. Its template lies beside it, in the folder of its card kind, and runs
    the `scripts`, files of `cards/`, as one.
    """

    id: int
    name: str
    fields: tuple[tuple[str, int], ...]
    template_id: int
    scripts: tuple[str, ...] = ()
    cloze: bool = False
