"""A sum over what cannot be made anew, by which a bit that flipped in it is found: SQLite has no checksums of its own.

Each row of the log gives a number, and the store keeps the sum of them all. So a row adds to it in the transaction that
logs it, without a look at the others, and their order is nothing to it. What a learner chose, and what Anki was sent,
is little, and is summed as a whole whenever it changes.

This finds what a disk does to a file, not what a person does, who could write another sum.
"""

from __future__ import annotations

import json
from hashlib import sha256
from json.encoder import encode_basestring_ascii as quoted
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rung.store.database import Database
    from rung.store.rows import Row

LOG, REST = "sum of the log", "sum of the rest"  # under which names
ROWS = """
    SELECT devices.id, sequence, at, day, kind, card, grade, took, detail, targets.id, void_sequence
    FROM events JOIN devices ON devices.number = events.device
    LEFT JOIN devices AS targets ON targets.number = void_device
"""
KEPT = "SELECT 'choice', deck, enabled FROM choices UNION ALL SELECT 'sent', note, digest FROM sent"


def add(database: Database, rows: Iterable[Row]) -> None:
    """Take rows of the log, as `ROWS` gives them, into its sum. Within their transaction, after they are there."""
    known = _kept(database, LOG)
    if known is None:  # the store is older than its sum
        _keep(database, LOG, _sum(map(_of_log, database.each(ROWS))))
    else:
        _keep(database, LOG, known + _sum(map(_of_log, rows)))


def take(database: Database, keys: Iterable[tuple[str, int]]) -> None:
    """Take the rows with those (device, sequence) keys out of the sum. Within their transaction, before they go."""
    known = _kept(database, LOG)
    if known is not None:
        query = f"{ROWS} WHERE devices.id = ? AND sequence = ?"
        rows = (row for key in dict.fromkeys(keys) for row in database.rows(query, *key))
        _keep(database, LOG, known - _sum(map(_of_log, rows)))


def renew(database: Database) -> None:
    """Sum up what is no log. Within the transaction that changed it, after that."""
    _keep(database, REST, _sum(map(json.dumps, database.each(KEPT))))


def broken(database: Database) -> list[str]:
    """What is not as it was written, in plain words."""
    found = []
    for name, query, text, words in (
        (LOG, ROWS, _of_log, "the log is not as it was written"),
        (REST, KEPT, json.dumps, "what was chosen, or sent to Anki, is not as it was written"),
    ):
        known = _kept(database, name)
        if known is not None and known != _sum(map(text, database.each(query))):
            found.append(words)
    return found


def _kept(database: Database, name: str) -> int | None:
    text: str | None = database.value("SELECT value FROM meta WHERE key = ?", name)
    try:
        return None if text is None else int(text, 16)
    except ValueError:
        return -1  # no sum is


def _keep(database: Database, name: str, value: int) -> None:
    database.change("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, f"{value % 2**128:032x}")


def _sum(texts: Iterable[str]) -> int:
    """The sum of the numbers of rows by the JSON of each: the first half of its SHA-256."""
    return sum(int.from_bytes(sha256(text.encode()).digest()[:16]) for text in texts) % 2**128


def _of_log(row: Row) -> str:
    """The JSON of a row of the log, written by hand, which takes half as long; a device, a day and a kind need no escapes."""
    device, sequence, at, day, kind, card, grade, took, detail, target, target_sequence = row
    return (
        f'["{device}", {sequence}, {at}, "{day}", "{kind}", {quoted(card)}, {"null" if grade is None else grade}, '
        f"{'null' if took is None else took}, {'null' if detail is None else quoted(detail)}, "
        f"{'null' if target is None else quoted(target)}, {'null' if target_sequence is None else target_sequence}]"
    )
