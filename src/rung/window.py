"""The last days before an interview: on which of them each card is shown, and in which order. Pure, over any scheduler.

The window is as many days before the interview as it takes to show every card once within a day's budget. A card that
would come back on one of them, or later, is shown on one of them instead. Its due day stays what it is: to its scheduler
such an answer is an early or a late one, and the schedule carries on after the interview as if there had been none.

The well remembered come first and the weak last, since those forget most until the interview. Within a day the cards
that gain most from an answer come first, so that a short day leaves out what gains least. What is not answered on its
day is spread over the days left. A card answered inside the window comes again before the interview only where its
schedule says so, which it does after a failure; without that, simulated learners remember 0.4 to 1.2 points less on
the day. All that was decided so by `make bench-plan`; see docs/evidence.md.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rung import shuffle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from rung.model import Strength

SHORTEST = 3  # days; with fewer, a day without time undoes the plan
LONGEST = 10  # days; whoever needs more has no reviews to spare for showing every card once


@dataclass(frozen=True, slots=True)
class Held:
    """A card that has its day; `reviewed` is the day of the last answer that counted, None for one that came in known."""

    id: str
    due: date
    reviewed: date | None
    strength: Strength


def start(count: int, interview: date | None, budget: int) -> date | None:
    """The first day of the window of so many cards, at `budget` reviews a day; None where it could not hold them all."""
    if interview is None or count > LONGEST * budget:
        return None
    return interview - timedelta(days=max(SHORTEST, -(-count // max(1, budget))))


def shown(cards: Sequence[Held], interview: date | None, budget: int, today: date) -> dict[str, date]:
    """The day on which each card is to be shown, as far as is known on `today`; `cards` are all that have their day.

    It is the due day, whatever that is, before the window, for a card that was answered inside it, from the interview
    on, and where there is no window. Else it is a day of the window that is not over. Inside the window, an answer to a
    card that is shown today moves no other card; only failures that come back, and days without time, do.
    """
    first = start(len(cards), interview, budget)
    days = {card.id: card.due for card in cards}
    if first is None or interview is None:
        return days
    begin = max(first, today)
    moved = [card for card in cards if _moves(card, first)]
    left = [begin + timedelta(days=number) for number in range((interview - begin).days)]
    kept = [card for card in cards if not _moves(card, first) and (card.due >= first or today >= first)]
    return days | _spread(sorted(moved, key=_strongest_first), left, _taken(kept, begin))


def queue(cards: Sequence[Held], interview: date | None, budget: int, today: date) -> tuple[str, ...]:
    """The cards to ask on `today`, most urgent first; `cards` are all that have their day, in the scheduler's order.

    That order stays but for the days of the window, in which the believed gain on the day of the interview decides. A
    day that has room for fewer cards takes the first.
    """
    first = start(len(cards), interview, budget)
    if first is None or interview is None or not first <= today < interview:
        return tuple(card.id for card in cards if card.due <= today and _open(card, today))
    from rung import recall  # here, as what waits is told without it on all other days

    days = shown(cards, interview, budget, today)
    gains = {
        card.id: recall.gain(card.strength, today, interview)
        for card in cards
        if days[card.id] <= today and _open(card, today)
    }
    return tuple(sorted(gains, key=lambda name: (-gains[name], name)))


def _open(card: Held, today: date) -> bool:
    """Whether the card may be asked: not where its last answer is of today, or of a later day, as a clock set back has it."""
    return card.reviewed is None or card.reviewed < today


def _moves(card: Held, first: date) -> bool:
    """Whether the card is still to be shown once in the window that starts on `first`."""
    return card.due >= first and (card.reviewed is None or card.reviewed < first)


def _taken(cards: Iterable[Held], begin: date) -> Counter[date]:
    """How much of each day from `begin` on is taken by these cards, which keep their days, and was answered on it."""
    taken: Counter[date] = Counter()
    for card in cards:
        taken[max(card.due, begin)] += 1
        taken[begin] += card.reviewed == begin
    return taken


def _spread(cards: Sequence[Held], days: Sequence[date], taken: Mapping[date, int]) -> dict[str, date]:
    """A day for each card, in order, so that with what is taken of them all days come to the same, but for one card."""
    placed: dict[str, date] = {}
    for number, day in enumerate(days):
        load = len(cards) - len(placed) + sum(taken.get(later, 0) for later in days[number:])
        share = -(-load // (len(days) - number))
        room = max(0, share - taken.get(day, 0))
        placed |= {card.id: day for card in cards[len(placed) : len(placed) + room]}
    return placed


def _strongest_first(card: Held) -> tuple[float, int, str]:
    """Cards of one strength by their hash, as they would else come deck by deck, and families together."""
    return -card.strength.stability, shuffle.seed(card.id, 0), card.id
