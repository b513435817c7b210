"""A sitting over a large store, beside Anki's over a twentieth of the cards, and beside a bare commit that is as durable.

Both keep an answer with a synced write-ahead log, so the folder must lie on a disk: where `/tmp` is memory, set TMPDIR. The bare
commits take turns with the answers, in the same process and beside the store. Each time, the store is a day further on.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import date, timedelta
from random import Random
from shutil import copy
from statistics import median
from typing import TYPE_CHECKING

from packages import GRADES, WEIGHTS, put_package
from stores import TODAY, WORKSPACE, put_store

from rows import timed
from rung.model import Score
from rung.seat import Seat
from rung.settings import Settings
from rung.store import Store
from rung.workspace import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from anki.collection import Collection

WORK = "sitting over {size:,} cards with ten answers each"
SIZE, QUICK = 1_000_000, 2_000
GOALS = (
    ("rung's queue", "anki's first queue", None),
    ("rung's next card", "anki's first queue", 0.1),
    ("rung's next card", "anki's next card", None),
    ("rung's answer", "anki's answer", 1.0),
    ("rung's answer, p99", "anki's answer, p99", 1.0),
    ("rung's answer", "rung's bare commit", 3.0),
    ("rung's answer, p99", "rung's bare commit, p99", 3.0),
)
NEEDS = {"anki": "anki"}
MEMORY = True
ANKI = 20  # Rung's cards for each of Anki's
MOST = 1_000  # answers of a sitting, a tenth of them to new cards
SETTINGS = Settings(reviews_per_day=MOST - MOST // 10, new_per_day=MOST // 10)


def prepared(folder: Path, size: int) -> None:
    put_store(folder / "rung.db", size)
    try:
        from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
    except ImportError:
        return
    put_package(folder / "learned.apkg", size // ANKI, learned=True)
    with closing(Collection(str(folder / "collection.anki2"))) as collection:
        path, options = str(folder / "learned.apkg"), ImportAnkiPackageOptions(with_scheduling=True)
        collection.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options))
        assert collection.db is not None
        # As in the store: a third is due, and one in a hundred is new.
        today = collection.sched.today
        collection.db.execute("UPDATE cards SET due = ? + abs(random() % 400) - 133", today)
        collection.db.execute("UPDATE cards SET type = 0, queue = 0, ivl = 0, reps = 0, due = id WHERE id % 100 = 0")
        limits = collection.decks.get_config(1)
        limits["rev"]["perDay"], limits["new"]["perDay"] = SETTINGS.reviews_per_day, SETTINGS.new_per_day
        collection.decks.save(limits)


def by_rung(folder: Path, size: int) -> dict[str, float]:
    return sat(folder / "rung.db")


def sat(path: Path) -> dict[str, float]:
    """What the parts of a sitting over the store at `path` take, on the day after its last."""
    with Store.open(path) as store, closing(bare_database(path.with_name("bare.db"))) as bare:
        last = date.fromisoformat(store.database.value("SELECT max(day) FROM events"))
        seat = Seat.at(store, WORKSPACE, Clock(max(TODAY, last + timedelta(days=1))))
        since = time.perf_counter()
        seat.sitting = seat.daily(SETTINGS)
        queue = time.perf_counter() - since
        turns = list(_turns(seat, bare))
    return {"queue": queue} | _figures(turns, "next card", "answer", "bare commit")


def _turns(seat: Seat, bare: sqlite3.Connection) -> Iterator[tuple[float, float, float]]:
    """How long each card took to come up, its answer to be kept, and a bare commit after that."""
    for grade in Random(0).choices(GRADES, WEIGHTS, k=MOST):
        since = time.perf_counter()
        asked = seat.next()
        came = time.perf_counter()
        if asked is None:
            return
        seat.answer(asked, grade, words="b", score=Score(), took=4000)
        answered = time.perf_counter()
        yield came - since, answered - came, timed(lambda: commit_one(bare))


def by_anki(folder: Path, size: int) -> dict[str, float]:
    from anki.collection import Collection

    copy(folder / "collection.anki2", folder / "sitting.anki2")  # its day is today, and has its limits
    with closing(Collection(str(folder / "sitting.anki2"))) as collection:
        collection.decks.select(collection.decks.id("Rung"))
        first = timed(collection.sched.get_queued_cards)
        turns = list(_anki_turns(collection))
    return {"first queue": first} | _figures(turns, "next card", "answer")


def _anki_turns(collection: Collection) -> Iterator[tuple[float, float]]:
    """The same, as its own reviewer does it."""
    from anki.cards import Card
    from anki.scheduler.v3 import CardAnswer

    buttons = {1: CardAnswer.AGAIN, 3: CardAnswer.HARD, 4: CardAnswer.GOOD, 5: CardAnswer.EASY}
    for grade in Random(0).choices(GRADES, WEIGHTS, k=MOST):
        since = time.perf_counter()
        queued = collection.sched.get_queued_cards().cards
        came = time.perf_counter()
        if not queued:
            return
        card = Card(collection, backend_card=queued[0].card)
        card.start_timer()
        answer = collection.sched.build_answer(card=card, states=queued[0].states, rating=buttons[grade])
        collection.sched.answer_card(answer)
        yield came - since, time.perf_counter() - came


def _figures(turns: Sequence[tuple[float, ...]], *names: str) -> dict[str, float]:
    """The median of each part, and the time within which 99 of 100 are done."""
    found = {}
    for name, column in zip(names, zip(*turns, strict=True), strict=True):
        found[name] = median(column)
        found[f"{name}, p99"] = sorted(column)[len(column) * 99 // 100]
    return found


# ── a bare commit ────────────────────────────────────────────────────────────────────────────────


def bare_database(path: Path) -> sqlite3.Connection:
    """A database beside the store, as durable, that holds next to nothing."""
    path.unlink(missing_ok=True)
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL").fetchone()
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE rows (at INTEGER)")
    # Grow its write-ahead log as the large store has grown its own: writing over a file is cheaper than growing it.
    bare.execute("CREATE TABLE filling AS SELECT zeroblob(8000000)")
    return bare


def commit_one(bare: sqlite3.Connection) -> None:
    bare.execute("BEGIN IMMEDIATE")
    bare.execute("INSERT INTO rows VALUES (0)")
    bare.execute("COMMIT")


SIDES = {"rung's": by_rung, "anki's": by_anki}
