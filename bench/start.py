"""How quickly Rung starts and answers, against bare Python and bare SQLite: `make bench-start`, or with `--small`.

Milliseconds are of one machine; ratios travel, so they come first. What is compared is run in turn, so that whatever
else the machine does meets both.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from rung import session
from rung.cardfile import card_of, from_text
from rung.model import Kind
from rung.store import CardFile, Store
from rung.waiting import queue
from rung.workspace import Settings, card_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rung.model import Card

T = TypeVar("T")

WORKSPACE = "bench"
FIRST, DAYS = date(2025, 1, 1), 500  # the reviews spread evenly over so many days
TODAY = FIRST + timedelta(days=DAYS)
NOON = int(datetime(FIRST.year, FIRST.month, FIRST.day, 12, tzinfo=UTC).timestamp() * 1000)
GRADES, WEIGHTS = (1, 3, 4, 5), (10, 15, 60, 15)
LEARNT = 0.99  # of all cards; the others are new


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: cards and reviews in the store, starts of a process, answers of a sitting."""

    cards: int
    reviews: int
    starts: int
    answers: int


WHOLE = Size(100_000, 1_000_000, starts=11, answers=500)
SMALL = Size(300, 1_200, starts=1, answers=10)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a median, how many times that of what it is held against, and at most what it should be."""

    name: str
    seconds: float
    ratio: float | None = None
    most_ratio: float | None = None
    most_seconds: float | None = None

    def __str__(self) -> str:
        ratio = "" if self.ratio is None else f"{self.ratio:.1f} x"
        target, met = "", True
        if self.most_ratio is not None and self.ratio is not None:
            target, met = f"at most {self.most_ratio:g} x", self.ratio <= self.most_ratio
        elif self.most_seconds is not None:
            target, met = f"at most {_shown(self.most_seconds)}", self.seconds <= self.most_seconds
        words = f"{target:<16}{'met' if met else 'MISSED'}" if target else ""
        return f"{self.name:<36}{ratio:>8}{_shown(self.seconds):>12}   {words}".rstrip()


def _shown(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def main() -> None:
    size = SMALL if "--small" in sys.argv[1:] else WHOLE
    with TemporaryDirectory(prefix="rung-bench-") as name:
        rows = [*starts(Path(name), size), *answers(Path(name), size)]
    sys.stdout.write(f"{'':<36}{'ratio':>8}{'median':>12}   target\n")
    sys.stdout.writelines(f"{row}\n" for row in rows)


# ── starting ─────────────────────────────────────────────────────────────────────────────────────


def starts(folder: Path, size: Size) -> Iterator[Row]:
    """Whole processes, with the cards that come with Rung in a store, against an interpreter that does nothing."""
    bare = [sys.executable, "-c", "pass"]
    commands = {"rung due": ["due"], "rung --help": ["--help"]}
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("RUNG_", "PYTHON"))}
    environment |= {"RUNG_DB": str(folder / "start.db"), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}
    lines = [bare, *([sys.executable, "-m", "rung", *arguments] for arguments in commands.values())]

    def start(line: Sequence[str]) -> float:
        took, _ = timed(lambda: subprocess.run(line, env=environment, cwd=folder, check=True, capture_output=True))
        return took

    for line in lines:
        start(line)  # makes the store, takes over its cards, warms the disk
    base, *others = medians([start(line) for line in lines] for _ in range(size.starts))
    yield Row("python -c pass", base)
    for name, took in zip(commands, others, strict=True):
        yield Row(name, took, took / base, most_ratio=12)


# ── answering ────────────────────────────────────────────────────────────────────────────────────


def answers(folder: Path, size: Size) -> Iterator[Row]:
    """A sitting over a large store: every answer is followed by a bare commit, then by the next card."""
    sys.stderr.write(f"Building a store of {size.cards:,} cards and {size.reviews:,} reviews ...\n")
    with Store.open(folder / "rung.db") as store, closing(bare_database(folder)) as bare:
        cards, _ = timed(lambda: put_cards(store, size.cards))
        reviews, _ = timed(lambda: put_reviews(store, size))
        memory, _ = timed(store.rebuild)
        limits = Settings()
        queue = median(
            timed(lambda: sitting(store, limits.reviews_per_day, limits.new_per_day))[0] for _ in range(size.starts)
        )
        at_hand = sitting(store, size.answers, size.answers)
        following, kept, commit = medians(islice(turns(store, bare, at_hand), size.answers))
    yield Row("next card", following, most_seconds=0.001)
    yield Row("bare durable commit", commit)
    yield Row("answer, durably", kept, kept / commit, most_ratio=5)
    yield Row("queue of a sitting", queue)
    yield Row(f"building: {size.cards:,} cards", cards)
    yield Row(f"building: {size.reviews:,} reviews", reviews)
    yield Row("building: memory from the log", memory)


def turns(store: Store, bare: sqlite3.Connection, at_hand: session.Sitting) -> Iterator[tuple[float, float, float]]:
    """How long each card of a sitting took to come up, its answer to be kept, and a bare commit after it."""
    answer: session.Answer | None = None

    def come_up() -> tuple[session.Sitting, Card | None]:
        """What `rung review` does from an answer to the next question, but for showing it."""
        after = at_hand if answer is None else at_hand.answered(answer)
        if (waiting := after.next) is None:
            return after, None
        card, standing = card_of(store.card(WORKSPACE, waiting.card) or ""), store.standing(waiting.card)
        session.question(card, standing.rows)
        return after, card

    def keep(card: Card, now: int) -> None:
        detail = {"seed": 2**52, "answer": "b"}
        store.record(Kind.REVIEW, now=now, day=TODAY, card=card.id, grade=4, took=4000, detail=detail)

    for now in range(NOON + DAYS * 86_400_000, sys.maxsize, 5000):
        following, (at_hand, card) = timed(come_up)
        if card is None:
            return
        kept, _ = timed(lambda: keep(card, now))  # noqa: B023 - called at once
        commit, _ = timed(lambda: commit_one(bare, now))  # noqa: B023
        yield following, kept, commit
        answer = session.Answer(card.id, card.level, Kind.REVIEW, 4, 4000)


def sitting(store: Store, reviews: int, new: int) -> session.Sitting:
    """The queue of the day, as `rung review` builds it."""
    done = store.done(WORKSPACE, TODAY)
    line = queue(
        store.due(WORKSPACE, TODAY), store.new(WORKSPACE, TODAY), reviews - done.reviews, new - done.new, done.families
    )
    return session.Sitting(line, store.redrills(WORKSPACE, TODAY))


def bare_database(folder: Path) -> sqlite3.Connection:
    """A database beside the store, as durable, that holds next to nothing."""
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL").fetchone()
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE rows (at INTEGER)")
    # Grow its write-ahead log as the large store has grown its own: writing over a file is cheaper than growing it.
    bare.execute("CREATE TABLE filling AS SELECT zeroblob(8000000)")
    return bare


def commit_one(bare: sqlite3.Connection, at: int) -> None:
    bare.execute("BEGIN IMMEDIATE")
    bare.execute("INSERT INTO rows VALUES (?)", (at,))
    bare.execute("COMMIT")


# ── a large store ────────────────────────────────────────────────────────────────────────────────


def put_cards(store: Store, count: int) -> None:
    """Copies of the cards that come with Rung, each deck under names of its own."""
    folder = card_folder(None)
    real = [from_text(folder.text(path)) for path in folder.stamps()]
    files: list[CardFile] = []
    left = count
    for number, deck in enumerate(cycle(real)):
        if left <= 0:
            break
        copy = f"copies/{number:05}"
        living = [card for card in deck.cards if not card.retired]
        cards = [_moved(card, copy) for card in living[:left]]
        files.append(CardFile(f"{copy}.jsonl", replace(deck.deck, id=copy), cards))
        left -= len(cards)
    store.sync_cards(WORKSPACE, {file.path: (1, 1) for file in files}, files)


def _moved(card: Card, deck: str) -> Card:
    """The card as it would be in another deck, without a past."""
    id_, family = (deck + name.removeprefix(card.deck) for name in (card.id, card.family))
    return replace(card, id=id_, family=family, deck=deck, first="", was=())


def put_reviews(store: Store, size: Size) -> None:
    """Reviews of the cards in turn, past the store's own door, which looks at every row it is given."""
    ids = [id_ for (id_,) in store.database.rows("SELECT id FROM cards ORDER BY number")]
    learnt = ids[: int(len(ids) * LEARNT)]
    number = store.database.value("SELECT number FROM devices WHERE id = ?", store.device)
    grades = Random(0).choices(GRADES, WEIGHTS, k=size.reviews)
    a_day = -(-size.reviews // DAYS)

    def events() -> Iterator[tuple[object, ...]]:
        for place, (card, grade) in enumerate(zip(cycle(learnt), grades, strict=False)):
            day, nth = divmod(place, a_day)
            at = NOON + day * 86_400_000 + nth * 4000
            yield number, place + 1, at, (FIRST + timedelta(days=day)).isoformat(), card, grade, 4000, '{"seed":1}'

    with store.database.writing():
        store.database.change_all(
            """
            INSERT INTO events (device, sequence, at, day, kind, card, grade, took, detail)
            VALUES (?, ?, ?, ?, 'review', ?, ?, ?, ?)
            """,
            events(),
        )


# ── the stop-watch ───────────────────────────────────────────────────────────────────────────────


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """How long `work` took, in seconds, and what it gave."""
    since = time.perf_counter()
    result = work()
    return time.perf_counter() - since, result


def medians(rounds: Iterator[Sequence[float]]) -> list[float]:
    """The median of each column."""
    return [median(column) for column in zip(*rounds, strict=True)]


if __name__ == "__main__":
    main()
