"""The derived table: what follows from the log for each card, kept so that nobody has to replay it to ask.

A card's history is kept under its root, whatever the card was called on the day. Every function that writes is called
within a transaction, the one that writes the log.
"""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from rung import replay
from rung.model import ANSWERS, Kind, Standing
from rung.schedulers import scheduler as scheduler_of
from rung.store.rows import standing_of, standing_row, told_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from rung.model import Event
    from rung.schedulers import Scheduler
    from rung.store.database import Database

FIRST = "sm2"  # the algorithm of a store that does not say which
PAGE = 500  # cards asked for at a time
LISTED = "SELECT value FROM json_each(?1)"
OF_CARD = """
    SELECT * FROM (SELECT coalesce((SELECT root FROM aliases WHERE id = ?1), ?1) AS root) LEFT JOIN memory USING (root)
"""
OF_ROOT = """
    SELECT * FROM history WHERE card IN (
        SELECT id FROM aliases WHERE root = ?1
        UNION ALL SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM aliases WHERE id = ?1)
    )
"""
KEPT = f"SELECT * FROM memory WHERE root IN ({LISTED})"  # noqa: S608 - a constant
ROOTS = "SELECT value, coalesce(aliases.root, value) FROM json_each(?1) LEFT JOIN aliases ON aliases.id = value"
FOLDED = "SELECT root, at, device, sequence, voided, kind, grade, day, detail FROM history WHERE card"
OF_ROOTS = f"""
    {FOLDED} IN (
        SELECT id FROM aliases WHERE root IN ({LISTED})
        UNION ALL {LISTED} WHERE NOT EXISTS (SELECT 1 FROM aliases WHERE id = value)
    ) ORDER BY root
"""  # noqa: S608 - constants


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


def of_card(database: Database, card: str) -> tuple[str, int, Standing]:
    """The root of a card, by its id of any day, and what is kept for it: the instant of its newest row, and its standing.

    The instant is -1 where nothing is kept.
    """
    (row,) = database.rows(OF_CARD, card)
    return (row[0], row[1], standing_of(row)) if row[1] is not None else (row[0], -1, Standing())


def note(database: Database, event: Event) -> None:
    """Take an event of this device, just logged, into what is kept.

    One that is newer than all its card has is folded in; else, and for a void, the card is replayed.
    """
    if event.kind is Kind.VOID:
        replayed(database, roots_of_rows(database, [replay.void_target(event)]))
        return
    if not event.card:
        return
    root, at, before = of_card(database, event.card)
    if at >= event.at:
        replayed(database, [root])
    else:
        _keep(database, [(root, event.at, replay.after(before, event, scheduler(database)))])


def roots_of_rows(database: Database, keys: Iterable[tuple[str, int]]) -> set[str]:
    """The roots of the rows with those (device, sequence) keys, as far as they are here."""
    roots = (database.value("SELECT root FROM history WHERE device = ? AND sequence = ?", *key) for key in keys)
    return {root for root in roots if root}


def came(database: Database, events: Iterable[Event], anew: set[str]) -> None:
    """Take rows that were not here before into what is kept.

    Those of a card that are newer than all it has are folded in; else, and for the roots in `anew`, it is replayed.
    """
    by_root = _by_root(database, events)
    known = {row[0]: row for row in _each_of(database, KEPT, by_root.keys())}
    by, found, anew = scheduler(database), [], set(anew)
    for root, some in by_root.items():
        some.sort(key=replay.TURN)
        row = known.get(root)
        if root in anew or (row and row[1] >= some[0].at):
            anew.add(root)
        else:
            before = standing_of(row) if row else Standing()
            found.append((root, some[-1].at, replay.after_all(before, some, by)))
    _keep(database, found)
    replayed(database, anew)


def _by_root(database: Database, events: Iterable[Event]) -> dict[str, list[Event]]:
    by_card: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_card[event.card].append(event)
    by_card.pop("", None)
    found: dict[str, list[Event]] = {}
    for card, root in _each_of(database, ROOTS, by_card.keys()):
        found.setdefault(root, []).extend(by_card[card])
    return found


def replayed(database: Database, roots: Collection[str]) -> None:
    """Replay the log of these roots."""
    found = list(_folds(_each_of(database, OF_ROOTS, roots), scheduler(database)))
    gone = set(roots).difference(root for root, *_ in found)
    database.change_all("DELETE FROM memory WHERE root = ?", ((root,) for root in gone))
    _keep(database, found)


def rebuilt(database: Database) -> None:
    """Replay the whole log."""
    database.change("DELETE FROM memory")
    _keep(database, whole(database))


def whole(database: Database) -> Iterator[tuple[str, int, Standing]]:
    """For every root in the log, by root: the instant of its newest row, and the fold of its rows."""
    yield from _folds(database.each(f"{FOLDED} <> '' ORDER BY root"), scheduler(database))


def _folds(rows: Iterable[tuple[Any, ...]], by: Scheduler) -> Iterator[tuple[str, int, Standing]]:
    """The same of the rows of FOLDED, which come by root."""
    for root, group in groupby(rows, key=itemgetter(0)):
        in_turn = sorted(group, key=itemgetter(1, 2, 3))
        undone = sum(kind in ANSWERS for *_, voided, kind, _, _, _ in in_turn if voided)
        told = [told_of(*row[5:]) for row in in_turn if not row[4]]
        yield root, in_turn[-1][1], replay.after_all(Standing(rows=undone), told, by)


def _each_of(database: Database, query: str, values: Collection[str]) -> Iterator[tuple[Any, ...]]:
    """The rows that a question has for any of these values, which it is given as JSON, some at a time in their order."""
    left = sorted(values)
    for first in range(0, len(left), PAGE):
        yield from database.rows(query, json.dumps(left[first : first + PAGE]))


def _keep(database: Database, standings: Iterable[tuple[str, int, Standing]]) -> None:
    database.change_all(
        "INSERT OR REPLACE INTO memory VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((root, at, *standing_row(standing)) for root, at, standing in standings),
    )
