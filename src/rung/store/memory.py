"""The derived table: what follows from the log for each card, kept so that nobody has to replay it to ask.

A card's history is kept under its root, whatever the card was called on the day. Every function that writes is called
within a transaction, the one that writes the log.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from rung import replay
from rung.model import Kind, Standing
from rung.schedulers import scheduler as scheduler_of
from rung.store.rows import event_of, standing_of, standing_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rung.model import Event
    from rung.schedulers import Scheduler
    from rung.store.database import Database

FIRST = "sm2"  # the algorithm of a store that does not say which
OF_ROOT = """
    SELECT * FROM history WHERE card IN (
        SELECT id FROM aliases WHERE root = ?1
        UNION ALL SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM aliases WHERE id = ?1)
    )
"""


def algorithm(database: Database) -> str:
    """The name of the scheduler by which the table was folded."""
    return database.value("SELECT value FROM meta WHERE key = 'scheduler'") or FIRST


def scheduler(database: Database) -> Scheduler:
    """That scheduler. The store is asked each time: another program may have switched meanwhile."""
    return scheduler_of(algorithm(database))


def switched(database: Database, name: str) -> None:
    """Replay the whole log by the scheduler of that name, from now on the store's."""
    scheduler_of(name)  # raises KeyError before anything is written
    database.change("INSERT OR REPLACE INTO meta VALUES ('scheduler', ?)", name)
    rebuilt(database)


def root_of(database: Database, card: str) -> str:
    """The root of a card by its id of any day; of an unknown card, that id."""
    root: str | None = database.value("SELECT root FROM aliases WHERE id = ?", card)
    return root or card


def kept(database: Database, root: str) -> Standing:
    """The standing that is kept for a root."""
    row = database.row("SELECT * FROM memory WHERE root = ?", root)
    return standing_of(row) if row else Standing()


def note(database: Database, event: Event) -> None:
    """Take an event of this device, just logged, into what is kept.

    One that is newer than all its card has is folded in; else, and for a void, the card is replayed.
    """
    if event.kind is Kind.VOID:
        replayed(database, roots_of_rows(database, [replay.void_target(event)]))
        return
    if not event.card:
        return
    root = root_of(database, event.card)
    row = database.row("SELECT * FROM memory WHERE root = ?", root)
    if row and row[1] >= event.at:
        replayed(database, [root])
    else:
        before = standing_of(row) if row else Standing()
        _keep(database, [(root, event.at, replay.after(before, event, scheduler(database)))])


def roots_of_rows(database: Database, keys: Iterable[tuple[str, int]]) -> set[str]:
    """The roots of the rows with those (device, sequence) keys, as far as they are here."""
    roots = (database.value("SELECT root FROM history WHERE device = ? AND sequence = ?", *key) for key in keys)
    return {root for root in roots if root}


def replayed(database: Database, roots: Iterable[str]) -> None:
    """Replay the log of these roots."""
    by, found = scheduler(database), []
    for root in roots:
        if rows := database.rows(OF_ROOT, root):
            found.append((root, *_fold(rows, by)))
        else:
            database.change("DELETE FROM memory WHERE root = ?", root)
    _keep(database, found)


def rebuilt(database: Database) -> None:
    """Replay the whole log."""
    database.change("DELETE FROM memory")
    _keep(database, whole(database))


def whole(database: Database) -> Iterator[tuple[str, int, Standing]]:
    """For every root in the log, by root: the instant of its newest row, and the fold of its rows."""
    rows = database.each("SELECT * FROM history WHERE card <> '' ORDER BY root")
    by = scheduler(database)
    for root, group in groupby(rows, key=lambda row: row[0]):
        yield root, *_fold(list(group), by)


def _fold(rows: list[tuple[Any, ...]], by: Scheduler) -> tuple[int, Standing]:
    """(instant of the newest, fold) of rows of `history`."""
    events = [event_of(row) for row in rows]
    voided = {(event.device, event.sequence) for event, row in zip(events, rows, strict=True) if row[1]}
    return max(event.at for event in events), replay.standing(events, by, voided)


def _keep(database: Database, standings: Iterable[tuple[str, int, Standing]]) -> None:
    database.change_all(
        "INSERT OR REPLACE INTO memory VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((root, at, *standing_row(standing)) for root, at, standing in standings),
    )
