"""Every figure over a learner's log as one value, so that terminal, JSON and pages tell the same. Pure.

A year is the present week and the 52 before it; weeks begin on Monday. What was taken back never counts. Reviews are
those that counted: the first of a card on a day, since it was last new. Those of cards that were not new make the
retention, in which quizzes, practice and re-drills have no part.
"""

from __future__ import annotations

import statistics as sums
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from rung import outlook, replay
from rung.counts import DayRow, Retention
from rung.model import ANSWERS, LEECH_LAPSES, LEVELS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rung.counts import CardRow, Counted, LogRow, Placement, Totals
    from rung.outlook import Expected, Interview

WEEKS = 53  # of a year
MONTH = 30  # days
COMING = 30  # days of the forecast
PASSED = 3  # the least grade of a pass
MATURITY = (("young", 0), ("growing", 7), ("mature", 22))  # by the days since the review before
TIMES = (0, 5_000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000)  # milliseconds
EASES = (130, 150, 170, 190, 210, 230, 250, 270, 290, 310)  # hundredths
INTERVALS = (1, 2, 7, 22, 61, 181, 366)  # days
HARDEST = 10  # cards
ORDER = "order"  # in place of a level: the order of a ladder's rungs
ENOUGH = 5  # answers that tell something of a topic


@dataclass(frozen=True, slots=True)
class Due:
    day: date
    due: int


@dataclass(frozen=True, slots=True)
class Week:
    """The retention of the week that begins on `monday`."""

    monday: date
    passed: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Maturity:
    """The retention of cards that had waited `least` days or more, and fewer than `below`; None is without end."""

    name: str
    least: int
    below: int | None
    passed: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Bin:
    """How many are `least` or more, and less than `below`; None is without end."""

    least: int
    below: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Grades:
    """How many reviews of cards of a level had each grade, 0 to 5; the level is empty for cards without one."""

    level: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many answers about a level of a topic's ladders were right; the level may be ORDER."""

    topic: str
    level: str
    right: int
    answers: int


@dataclass(frozen=True, slots=True)
class Leech:
    card: str
    title: str
    lapses: int
    ease: int
    suspended: bool


@dataclass(frozen=True, slots=True)
class Hard:
    """A card, and how many of its reviews it failed."""

    card: str
    title: str
    failed: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """All figures as of `day`.

    `answers` of the day `took` so many milliseconds; `retention` is that of the last 30 days; `forecast` begins with
    the day itself, what is overdue included. Of the year are `days` (every one, from a Monday on), `weeks`, `maturity`,
    `times` (milliseconds of all answers that were timed, `usual` is their median), `grades`, `ladders` and `hardest`,
    the cards failed most often. `eases`, `intervals` and `leeches` are of the cards here as they stand; `expected` is what
    is recalled of them on the day, `interview` on that of the plan. `placements` are those of the whole log, by day.
    """

    day: date
    answers: int
    took: int
    streak: int
    retention: Retention
    forecast: tuple[Due, ...]
    totals: Totals
    days: tuple[DayRow, ...]
    weeks: tuple[Week, ...]
    maturity: tuple[Maturity, ...]
    times: tuple[Bin, ...]
    usual: int | None
    eases: tuple[Bin, ...]
    intervals: tuple[Bin, ...]
    grades: tuple[Grades, ...]
    ladders: tuple[Accuracy, ...]
    leeches: tuple[Leech, ...]
    hardest: tuple[Hard, ...]
    placements: tuple[Placement, ...]
    expected: tuple[Expected, ...]
    interview: Interview | None

    def topics(self) -> tuple[Accuracy, ...]:
        """The ladders' accuracy by topic alone, the weakest first."""
        right, answers = Counter[str](), Counter[str]()
        for each in self.ladders:
            right[each.topic] += each.right
            answers[each.topic] += each.answers
        found = (Accuracy(topic, "", right[topic], answers[topic]) for topic in answers)
        return tuple(sorted(found, key=lambda each: (each.right / each.answers, -each.answers, each.topic)))

    def weakest(self) -> tuple[Accuracy, ...]:
        """The topics of ladders that had ENOUGH answers and a wrong one, the weakest first."""
        return tuple(each for each in self.topics() if each.answers >= ENOUGH and each.right < each.answers)


def first_day(day: date) -> date:
    """The Monday with which the year up to `day` begins."""
    return _monday(day) - timedelta(weeks=WEEKS - 1)


def statistics(
    day: date,
    *,
    days: Iterable[DayRow],
    streak: int,
    forecast: Sequence[int],
    totals: Totals,
    rows: Sequence[LogRow],
    cards: Sequence[CardRow],
    placements: Sequence[Placement],
    interview: date | None,
) -> Statistics:
    """All figures as of `day`.

    `days` are those with answers, from `first_day` on; `rows` are the answers of the whole log and what made a card
    known or new, by root in the order of replay, none of them taken back; `cards` are the living ones. `interview` is a day that is to come.
    """
    since = first_day(day)
    counted = [
        each
        for _, group in groupby(rows, key=lambda row: row.root)
        for each in replay.counted(group)
        if each.day <= day
    ]
    year = [each for each in counted if each.day >= since]
    known = [each for each in year if each.waited is not None]
    month = [each for each in known if each.day >= day - timedelta(days=MONTH)]
    answered = [row for row in rows if row.kind in ANSWERS and since <= row.day <= day]
    took = sorted(row.took for row in answered if row.took is not None)
    held = {row.day: row for row in days}
    every = [since + timedelta(days=place) for place in range((day - since).days + 1)]
    now = held.get(day) or DayRow(day, 0, 0, 0)
    by_root = {card.root: card for card in cards}
    return Statistics(
        day=day,
        answers=now.answers,
        took=now.took,
        streak=streak,
        retention=Retention(_passed(month), len(month)),
        forecast=tuple(Due(day + timedelta(days=ahead), due) for ahead, due in enumerate(forecast)),
        totals=totals,
        days=tuple(held.get(each) or DayRow(each, 0, 0, 0) for each in every),
        weeks=_weeks(known, since),
        maturity=_maturity(known),
        times=_bins(took, TIMES),
        usual=round(sums.median(took)) if took else None,
        eases=_bins((card.ease for card in cards if card.ease is not None), EASES),
        intervals=_bins((card.interval for card in cards if card.interval is not None), INTERVALS),
        grades=_grades(year, by_root),
        ladders=_ladders([*year, *(row for row in answered if row.kind is Kind.QUIZ)], by_root),
        leeches=_leeches(cards),
        hardest=_hardest(known, by_root),
        placements=tuple(each for each in placements if each.day <= day),
        expected=outlook.expected(cards, day),
        interview=outlook.interviewed(cards, interview),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _passed(reviews: Iterable[Counted]) -> int:
    return sum(each.grade >= PASSED for each in reviews)


def _weeks(known: Iterable[Counted], since: date) -> tuple[Week, ...]:
    passed, reviews = [0] * WEEKS, [0] * WEEKS
    for each in known:
        place = (each.day - since).days // 7
        passed[place] += each.grade >= PASSED
        reviews[place] += 1
    mondays = (since + timedelta(weeks=place) for place in range(WEEKS))
    return tuple(map(Week, mondays, passed, reviews))


def _maturity(known: Sequence[Counted]) -> tuple[Maturity, ...]:
    reviews = _bins((each.waited or 0 for each in known), [least for _, least in MATURITY])
    passed = _bins((each.waited or 0 for each in known if each.grade >= PASSED), [least for _, least in MATURITY])
    return tuple(
        Maturity(name, all_.least, all_.below, some.count, all_.count)
        for (name, _), some, all_ in zip(MATURITY, passed, reviews, strict=True)
    )


def _bins(values: Iterable[int], edges: Sequence[int]) -> tuple[Bin, ...]:
    """How many of the values, none below the first edge, lie from each edge to the next."""
    counts = Counter(bisect_right(edges, value) - 1 for value in values)
    ends = (*edges[1:], None)
    return tuple(Bin(least, below, counts[place]) for place, (least, below) in enumerate(zip(edges, ends, strict=True)))


def _grades(year: Iterable[Counted], cards: Mapping[str, CardRow]) -> tuple[Grades, ...]:
    """Of every level that has reviews, those without one last."""
    counts = Counter((cards[each.root].level, each.grade) for each in year if each.root in cards)
    levels = {level for level, _ in counts}
    return tuple(
        Grades(level, tuple(counts[level, grade] for grade in range(6))) for level in [*LEVELS, ""] if level in levels
    )


def _ladders(answers: Iterable[Counted | LogRow], cards: Mapping[str, CardRow]) -> tuple[Accuracy, ...]:
    """Of the cards that a ladder's quiz asks; other cards of a ladder are graded by the learner's own judgement."""
    asked = {
        card.root: (card.topic, ORDER if card.kind == "ordering" else card.level)
        for card in cards.values()
        if card.note_type == "ladder" and card.kind in ("ordering", "choice")
    }
    right, all_ = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for each in answers:
        if each.root in asked and each.grade is not None:
            right[asked[each.root]] += each.grade >= PASSED
            all_[asked[each.root]] += 1
    places = [*LEVELS, ORDER]
    return tuple(
        Accuracy(*key, right[key], all_[key]) for key in sorted(all_, key=lambda key: (key[0], places.index(key[1])))
    )


def _leeches(cards: Iterable[CardRow]) -> tuple[Leech, ...]:
    """Those with the most lapses first."""
    found = (
        Leech(card.id, card.title, card.lapses, card.ease, card.suspended)
        for card in cards
        if card.lapses >= LEECH_LAPSES and card.ease is not None
    )
    return tuple(sorted(found, key=lambda leech: (-leech.lapses, leech.card)))


def _hardest(known: Iterable[Counted], cards: Mapping[str, CardRow]) -> tuple[Hard, ...]:
    """Those failed most often; among them those with the fewest reviews first."""
    failed, reviews = Counter[str](), Counter[str]()
    for each in known:
        reviews[each.root] += 1
        failed[each.root] += each.grade < PASSED
    found = (
        Hard(cards[root].id, cards[root].title, count, reviews[root])
        for root, count in failed.items()
        if count and root in cards
    )
    return tuple(sorted(found, key=lambda card: (-card.failed, card.reviews, card.card))[:HARDEST])
