"""Stores of any size, made quickly: cards through the store's own door, log and memory past it.

To fold ten million answers takes an hour. So some cards are answered and folded as ever, and all others have the log and
the memory of one of them, moved by days: a scheduler knows days by their distances alone. `rung doctor` finds such a
store in order.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from packages import answers, decks_of

from rung import replay
from rung.store import CardFile, Store, seal
from rung.store.rows import standing_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rung.model import Event, Standing
    from rung.schedulers import Scheduler
    from rung.store.database import Database

WORKSPACE = "bench"
TODAY = date(2026, 1, 1)
LEARNT = 0.99  # of all cards; the others are new
PATTERNS = 500  # cards whose answers are folded
LATE = 0.2  # of its interval by which a card is overdue, at most
CHUNK = 100_000  # rows of a transaction
EVENTS = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
MEMORY = "INSERT INTO memory VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
APART = 60  # milliseconds from one answer of a day to the next


@dataclass(frozen=True, slots=True)
class Pattern:
    """The answers to a card, by the days before the last of them, and what follows from them."""

    grades: tuple[tuple[int, int], ...]
    standing: Standing
    longest: int  # days from the last answer to TODAY, at most

    def moved(self, last: date) -> Standing:
        """What follows where the last answer was on that day."""
        days = last - _day(self.standing.reviewed)
        memory, strength = self.standing.memory, self.standing.strength
        assert memory is not None
        assert strength is not None
        return replace(
            self.standing,
            memory=replace(memory, due=memory.due + days),
            strength=replace(strength, since=strength.since + days),
            reviewed=last,
            answered=last,
            first_day=_day(self.standing.first_day) + days,
        )


def put_store(path: Path, cards: int) -> None:
    """A store of so many cards, nearly all with ten answers. A third of them is due on TODAY."""
    with Store.open(path) as store:
        store.database.change("PRAGMA cache_size = -200000")
        files = [CardFile(f"{deck.id}.jsonl", deck, cards) for deck, cards in decks_of(cards)]
        store.sync_cards(WORKSPACE, {file.path: (1, 1) for file in files}, files)
        put_answers(store)


def put_answers(store: Store) -> None:
    """Ten answers to nearly every card, on days before TODAY, and what follows from them."""
    roots = [root for (root,) in store.database.rows("SELECT root FROM cards ORDER BY number")]
    learnt = roots[: round(len(roots) * LEARNT)]
    random, patterns = Random(0), [_pattern(place, store.scheduler) for place in range(min(PATTERNS, len(learnt)))]
    chosen = random.choices(range(len(patterns)), k=len(learnt))
    last = [TODAY - timedelta(days=random.randint(1, patterns[pattern].longest)) for pattern in chosen]
    last[0] = TODAY - timedelta(days=patterns[chosen[0]].longest)  # so that even among few cards, one is due
    at = array("q", bytes(8 * len(learnt)))

    def log() -> Iterator[tuple[object, ...]]:
        """As `seal` takes rows."""
        device, sequence = store.device, 0
        on: defaultdict[date, array[int]] = defaultdict(lambda: array("L"))
        for card, pattern in enumerate(chosen):
            for before, grade in patterns[pattern].grades:
                on[last[card] - timedelta(days=before)].append(card * 10 + grade)
        for day in sorted(on):
            morning = int(datetime(day.year, day.month, day.day, 6, tzinfo=UTC).timestamp() * 1000)
            for nth, packed in enumerate(on[day]):
                card, grade = divmod(packed, 10)
                sequence, at[card] = sequence + 1, morning + nth * APART
                yield (
                    device, sequence, at[card], day.isoformat(), "review", learnt[card], grade, 4000, '{"seed":1}',
                    None, None,
                )  # fmt: skip

    def memory() -> Iterator[tuple[object, ...]]:
        for card in sorted(range(len(learnt)), key=learnt.__getitem__):
            yield learnt[card], at[card], *standing_row(patterns[chosen[card]].moved(last[card]))

    with _without_indexes(store.database, "events"):
        _put_log(store, log())
    with _without_indexes(store.database, "memory"):
        _put(store.database, MEMORY, memory())


def _pattern(place: int, by: Scheduler) -> Pattern:
    events: list[Event] = list(answers("", place))
    standing = replay.standing(events, by)
    assert standing.memory is not None
    longest = max(1, round(standing.memory.interval * (1 + LATE)))
    return Pattern(tuple(((events[-1].day - event.day).days, event.grade or 0) for event in events), standing, longest)


def _put_log(store: Store, rows: Iterator[tuple[object, ...]]) -> None:
    number = store.database.value("SELECT number FROM devices WHERE id = ?", store.device)
    while chunk := list(islice(rows, CHUNK)):
        with store.database.writing():
            numbered = ((number, *row[1:]) for row in chunk)
            store.database.change_all(EVENTS, numbered)
            seal.add(store.database, chunk)


def _put(database: Database, statement: str, rows: Iterator[tuple[object, ...]]) -> None:
    while chunk := list(islice(rows, CHUNK)):
        with database.writing():
            database.change_all(statement, chunk)


@contextmanager
def _without_indexes(database: Database, table: str) -> Iterator[None]:
    """Make the indexes of a table when all its rows are there, for to sort them once is quicker."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
    indexes = database.rows(query, table)
    for name, _ in indexes:
        database.change(f"DROP INDEX {name}")
    yield
    for _, sql in indexes:
        database.change(sql)


def _day(day: date | None) -> date:
    assert day is not None
    return day
