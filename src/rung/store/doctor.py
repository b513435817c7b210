"""Whether a store is sound: what SQLite says of the file, and whether all that is derived follows from the log."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rung.model import ANKI
from rung.store import memory
from rung.store.rows import standing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.store.database import Database

SHOWN = 20  # discrepancies of one sort

# Rows that must not be, as words and the name of each.
ORPHANS = (
    (
        "device {} has gaps in its log: take over its rows once more",
        f"""
        SELECT id FROM events JOIN devices ON number = device WHERE id <> '{ANKI}'
        GROUP BY id HAVING max(sequence) <> count(*) ORDER BY id
        """,  # noqa: S608 - a constant
    ),
    (
        "device {} has rows out of the order of time",
        """
        SELECT DISTINCT id FROM (
            SELECT device, at <= lag(at) OVER (PARTITION BY device ORDER BY sequence) AS back FROM events
        ) JOIN devices ON number = device WHERE back ORDER BY id
        """,
    ),
    (
        "card {} has no text: build the cards anew",
        "SELECT id FROM cards WHERE number NOT IN (SELECT number FROM texts) ORDER BY id",
    ),
    (
        "card {} is of a deck that is not here: build the cards anew",
        """
        SELECT cards.id FROM cards LEFT JOIN decks ON decks.workspace = cards.workspace AND decks.id = cards.deck
        WHERE decks.id IS NULL ORDER BY cards.id
        """,
    ),
    (
        "the former id {} leads to another former id: build the cards anew",
        "SELECT id FROM aliases WHERE root IN (SELECT id FROM aliases) ORDER BY id",
    ),
)


def discrepancies(database: Database) -> list[str]:
    """What is wrong, in plain words; empty for a sound store. Reads everything, and keeps nobody from writing."""
    damage = [row[0] for row in database.rows("PRAGMA integrity_check(20)")]
    if damage != ["ok"]:
        return [f"the file is damaged: {line}" for line in damage]
    with database.reading():
        return [line for lines in _sorts(database) for line in islice(lines, SHOWN)]


def _sorts(database: Database) -> Iterator[Iterator[str]]:
    for words, query in ORPHANS:
        yield (words.format(id_) for (id_,) in database.rows(query))
    yield _departures(database)


def _departures(database: Database) -> Iterator[str]:
    """The cards whose memory is not the fold of their rows."""
    kept = {row[0]: (row[1], standing_of(row)) for row in database.rows("SELECT * FROM memory")}
    for root, at, standing in memory.whole(database):
        if kept.pop(root, None) != (at, standing):
            yield f"what is kept of card {root} does not follow from the log: mend it with: rung doctor --fix"
    for root in sorted(kept):
        yield f"card {root} has a memory, but no row in the log: mend it with: rung doctor --fix"
