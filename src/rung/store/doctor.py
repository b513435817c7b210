"""Whether a store is sound: what SQLite says of the file, and whether all that is derived follows from the log."""

from __future__ import annotations

import json
import sqlite3
from hashlib import sha256
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from rung.cardfile import line_of
from rung.model import ANKI
from rung.store import memory, seal
from rung.store.database import DAMAGED, RESTORE, StoreError
from rung.store.rows import standing_of
from rung.store.shelf import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rung.model import Standing
    from rung.store.database import Database
    from rung.store.shelf import CardFile

SHOWN = 20  # discrepancies of one sort
FIX = "mend it with: rung doctor --fix"

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
        f"this device logs as {{}}, of which the store knows nothing: {FIX}",
        "SELECT value FROM meta WHERE key = 'device' AND value NOT IN (SELECT id FROM devices)",
    ),
    (
        f"card {{}} has no text: {FIX}",
        "SELECT id FROM cards WHERE number NOT IN (SELECT number FROM texts) ORDER BY id",
    ),
    (
        f"card {{}} is of a deck that is not here: {FIX}",
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
    """What is wrong where nothing is damaged, in plain words. Reads everything, and keeps nobody from writing."""
    with database.reading():
        return [line for lines in _sorts(database) for line in islice(lines, SHOWN)]


def damage(database: Database) -> list[str]:
    """What can only be mended by a backup, in plain words. Reads everything."""
    try:
        found = [row[0] for row in database.rows("PRAGMA integrity_check(20)")]
    except sqlite3.Error as error:  # it cannot even be asked, as where the options of a table are garbled
        found = [str(error)]
    if found != ["ok"]:
        return [f"the file is damaged: {line}: {RESTORE}" for line in found]
    with database.reading():
        return [f"{line}: {RESTORE}" for line in seal.broken(database)]


def _sorts(database: Database) -> Iterator[Iterator[str]]:
    for words, query in ORPHANS:
        yield (words.format(id_) for (id_,) in database.rows(query))
    yield _departures(database)


def _departures(database: Database) -> Iterator[str]:
    """The cards whose memory is not the fold of their rows; both are read side by side, as no memory holds either of many."""
    of_card = itemgetter(0)
    kept = ((row[0], "kept", row[1], _standing(row)) for row in database.each("SELECT * FROM memory ORDER BY root"))
    folds = ((root, "fold", at, standing) for root, at, standing in memory.whole(database))
    for root, both in groupby(merge(kept, folds, key=of_card), key=of_card):
        told = {which: rest for _, which, *rest in both}
        if "fold" not in told:
            yield f"card {root} has a memory, but no row in the log: {FIX}"
        elif told.get("kept") != told["fold"]:
            yield f"what is kept of card {root} does not follow from the log: {FIX}"


def _standing(row: tuple[Any, ...]) -> Standing | None:
    """What is kept of a card, or None where it cannot be read."""
    try:
        return standing_of(row)
    except (TypeError, ValueError):
        return None


# ── cards ────────────────────────────────────────────────────────────────────────────────────────


def strays(database: Database, workspace: str, files: Sequence[CardFile]) -> list[str]:
    """What the store keeps of the cards of a workspace that is not as it stands in their files."""
    with database.reading():
        found = [
            line
            for lines in (_cards(database, workspace, files), _decks(database, workspace, files))
            for line in islice(lines, SHOWN)
        ]
    try:  # writes nothing, but SQLite has it that it might
        database.change("INSERT INTO texts_fts (texts_fts, rank) VALUES ('integrity-check', 1)")
    except StoreError as error:
        if not error.what.startswith(DAMAGED):
            raise
        found.append(f"the words of the search are not those of the cards: {FIX}")
    except sqlite3.Error as error:  # it does not even know where they are
        found.append(f"the search is damaged ({error}): {RESTORE}")
    return found


def _cards(database: Database, workspace: str, files: Sequence[CardFile]) -> Iterator[str]:
    query = """
        SELECT cards.id, root, path, deck, position, kind, note_type, family, level, retired, body, text,
            (SELECT root FROM aliases WHERE id = cards.id)
        FROM cards LEFT JOIN texts USING (number) WHERE workspace = ?
    """
    kept = {row[0]: _digest(row[1:]) for row in database.each(query, workspace)}
    for file in files:
        for position, card in enumerate(file.cards):
            place = (card.root, file.path, file.deck.id, position)
            what = (card.kind, card.note_type, card.family, card.level, int(card.retired))
            leads_to = None if card.id == card.root else card.root
            row = (*place, *what, line_of(card), words_of(card), leads_to)
            if kept.pop(card.id, None) != _digest(row):
                yield f"card {card.id} is not as its file has it: {FIX}"
    for id_ in sorted(kept):
        yield f"card {id_} is in no file: {FIX}"


def _digest(row: tuple[Any, ...]) -> bytes:
    """What a row is known by, as many with their texts would not fit in memory."""
    return sha256(repr(row).encode()).digest()


def _decks(database: Database, workspace: str, files: Sequence[CardFile]) -> Iterator[str]:
    query = "SELECT id, title, course, lesson, tags, rounds, position FROM decks WHERE workspace = ?"
    kept = {row[0]: row[1:] for row in database.rows(query, workspace)}
    for position, deck in enumerate(file.deck for file in files):
        lists = (json.dumps(each, ensure_ascii=False) for each in (deck.tags, deck.rounds))
        if kept.pop(deck.id, None) != (deck.title, deck.course, deck.lesson, *lists, position):
            yield f"deck {deck.id} is not as its file has it: {FIX}"
    for id_ in sorted(kept):
        yield f"deck {id_} is in no file: {FIX}"


def forgotten(database: Database) -> None:
    """Forget all that is kept of cards, of every workspace; each brings its own again. Within a transaction.

    Former ids still lead to their roots, so nothing is forgotten of what was answered.
    """
    try:
        database.change("INSERT INTO texts_fts (texts_fts) VALUES ('rebuild')")  # else it could not let its words go
    except sqlite3.Error as error:
        raise StoreError(database.path, f"{DAMAGED} ({error})", RESTORE) from error
    for statement in ("DELETE FROM cards", "DELETE FROM texts", "DELETE FROM decks", "DELETE FROM files"):
        database.change(statement)
    database.change("DELETE FROM meta WHERE key = 'device' AND value NOT IN (SELECT id FROM devices)")
