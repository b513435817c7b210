"""What is to come: what is probably still known on a day, and what each scheduler would make of the days ahead. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from statistics import fmean
from typing import TYPE_CHECKING

from rung import lines, recall, replay
from rung.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from rung.counts import CardRow
    from rung.model import Standing, Strength
    from rung.schedulers import Scheduler

PLACES = 4  # decimals of a mean chance
GOOD = 4  # the grade of every answer to come
WEEK = 7  # days


@dataclass(frozen=True, slots=True)
class Expected:
    """The share of learnt cards that is probably recalled, 0 to 1: of a course at a level, of a whole course (the level
    is empty), or of all (so is the course)."""

    course: str
    level: str
    cards: int
    recall: float


@dataclass(frozen=True, slots=True)
class Interview:
    """The day of an interview, and the share of the cards learnt by now that is probably recalled on it, 0 to 1, if nothing
    is reviewed until then."""

    day: date
    recall: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a scheduler makes of learnt cards, if every card is answered on its day, and Good.

    `due` are the cards of each day from today on, what is overdue included. `interval` is their mean as they stand, in
    days; `week` how many of them come within seven days; `recall` the mean chance of a recall on the day after the last.
    """

    cards: int
    due: tuple[int, ...]
    interval: float
    week: int
    recall: float


def expected(cards: Iterable[CardRow], day: date) -> tuple[Expected, ...]:
    """What is recalled on any day from now on, if nothing is reviewed until then: the mean of the predictions.

    First of all learnt cards, then of each course in the order of the cards, then of its levels; nothing where no card is
    learnt.
    """
    chances: dict[tuple[str, str], list[float]] = {}
    for card in cards:
        if card.strength is not None:
            chance = recall.recall(card.strength, day)
            for key in {("", ""), (card.course, ""), (card.course, card.level)}:
                chances.setdefault(key, []).append(chance)
    places = {course: place for place, course in enumerate(dict.fromkeys(course for course, _ in chances if course), 1)}
    order = sorted(chances, key=lambda key: (places.get(key[0], 0), key[1]))
    return tuple(Expected(*key, len(chances[key]), round(fmean(chances[key]), PLACES)) for key in order)


def interviewed(cards: Iterable[CardRow], day: date | None) -> Interview | None:
    """What is recalled on the day of an interview; None without one, or where no card is learnt."""
    found = expected(cards, day) if day else ()
    return Interview(day, found[0].recall) if day and found else None


def remembered(strength: Strength, day: date) -> str:
    """What is remembered of a card on a day, in words."""
    chance = lines.percent(recall.recall(strength, day), 1)
    return f"recall {chance} today, stability {strength.stability:.1f} d, difficulty {strength.difficulty:.1f} of 10"


def outlook(standings: Iterable[Standing], scheduler: Scheduler, day: date, days: int) -> Outlook | None:
    """What the scheduler, by which the standings are folded, makes of them in so many days; None where none is learnt.

    Suspended cards wait for nobody, and new ones that a learner may add are not in it.
    """
    learnt = [each for each in standings if each.memory and each.strength and not each.suspended]
    if not learnt:
        return None
    due = Counter[int]()
    chances = []
    for each in learnt:
        days_of, last = _walked(each, scheduler, day, days)
        due.update(days_of)
        assert last.strength is not None
        chances.append(recall.recall(last.strength, day + timedelta(days=days)))
    memories = [each.memory for each in learnt if each.memory]
    return Outlook(
        cards=len(learnt),
        due=tuple(due[number] for number in range(days)),
        interval=round(fmean(memory.interval for memory in memories), 1),
        week=sum((memory.due - day).days < WEEK for memory in memories),
        recall=round(fmean(chances), PLACES),
    )


def _walked(standing: Standing, scheduler: Scheduler, day: date, days: int) -> tuple[list[int], Standing]:
    """The days, counted from `day`, on which a card is answered, and how it stands at the end."""
    answered = []
    while standing.memory is not None:
        after = (standing.reviewed - day).days + 1 if standing.reviewed else 0  # no day has two reviews of a card
        number = max(0, after, (standing.memory.due - day).days)
        if number >= days:
            break
        answered.append(number)
        standing = replay.answered(standing, Kind.REVIEW, GOOD, day + timedelta(days=number), scheduler)
    return answered, standing
