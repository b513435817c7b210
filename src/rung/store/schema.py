"""The tables, version by version. The only module that loads sqlite-utils, so it is loaded only to migrate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Database as Tables

from rung.store import database, memory
from rung.store.backups import copy_beside

if TYPE_CHECKING:
    from collections.abc import Callable


def migrate(store: database.Database) -> None:
    """Bring a store to the current version, all of it or nothing, after a backup beside it.

    Everything happens within the write lock: a second program that starts at the same time waits, and then finds
    nothing left to do. What is derived from the log is made anew, as it may have got columns.
    """
    with store.writing():
        version: int = store.value("PRAGMA user_version")
        if version >= database.VERSION:
            return
        if version:
            copy_beside(store.path, f"version-{version}")
        tables = Tables(store.connection, execute_plugins=False)
        for step in STEPS[version:]:
            step(tables)
        memory.rebuilt(store)
        store.change(f"PRAGMA application_id = {database.APPLICATION}")
        store.change(f"PRAGMA user_version = {database.VERSION}")


def _version_1(tables: Tables) -> None:
    for statement in (*LOG, *DERIVED, *CARDS):
        tables.execute(statement)
    tables.table("texts").enable_fts(["text"], create_triggers=True, tokenize="unicode61 remove_diacritics 2")


def _version_2(tables: Tables) -> None:
    tables.execute(SENT)


def _version_3(tables: Tables) -> None:
    for column in STRENGTH:
        tables.execute(f"ALTER TABLE memory ADD COLUMN {column}")


def _version_4(tables: Tables) -> None:
    tables.execute("ALTER TABLE decks ADD COLUMN rounds TEXT NOT NULL DEFAULT '[]'")
    tables.execute("DELETE FROM files")  # so that every deck is taken over once more, with its rounds


def _version_5(tables: Tables) -> None:
    tables.execute("DROP INDEX IF EXISTS memory_reviewed")
    tables.execute("DROP INDEX IF EXISTS memory_redrill")
    tables.execute("DROP INDEX IF EXISTS memory_due")
    tables.execute(DUE)


STEPS: tuple[Callable[[Tables], None], ...] = (_version_1, _version_2, _version_3, _version_4, _version_5)

LOG = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE devices (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE CHECK (length(id) = 32)) STRICT",
    """
    CREATE TABLE events (
        device INTEGER NOT NULL REFERENCES devices (number),
        sequence INTEGER NOT NULL CHECK (sequence >= 1),
        at INTEGER NOT NULL CHECK (at >= 0),  -- milliseconds since 1970, UTC
        day TEXT NOT NULL CHECK (length(day) = 10),
        kind TEXT NOT NULL CHECK (kind IN (
            'review', 'redrill', 'quiz', 'practice', 'suspend', 'bury', 'flag', 'reset', 'set-due', 'tag', 'seed',
            'plan', 'void'
        )),
        card TEXT NOT NULL DEFAULT '' CHECK (card <> '' OR kind IN ('plan', 'void')),
        grade INTEGER CHECK (grade BETWEEN 0 AND 5),
        took INTEGER CHECK (took >= 0),  -- milliseconds
        detail TEXT CHECK (json_type(detail) = 'object'),
        void_device INTEGER REFERENCES devices (number),
        void_sequence INTEGER,
        PRIMARY KEY (device, sequence),
        CHECK (grade IS NOT NULL OR kind NOT IN ('review', 'redrill')),
        CHECK ((kind = 'void') = (void_device IS NOT NULL) AND (kind = 'void') = (void_sequence IS NOT NULL))
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX events_card ON events (card)",
    "CREATE INDEX events_day ON events (day)",
    "CREATE INDEX events_void ON events (void_device, void_sequence) WHERE void_device IS NOT NULL",
    "CREATE TRIGGER events_keep BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'the log is append-only'); END",
    "CREATE TRIGGER events_stay BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'the log is append-only'); END",
    # INSERT OR REPLACE deletes without asking the trigger above.
    """
    CREATE TRIGGER events_once BEFORE INSERT ON events
    WHEN EXISTS (SELECT 1 FROM events WHERE device = new.device AND sequence = new.sequence)
    BEGIN SELECT raise(ABORT, 'the log is append-only'); END
    """,
)

DERIVED = (
    # From an id that a card once had to its root, the first; whatever is not here is its own root.
    "CREATE TABLE aliases (id TEXT PRIMARY KEY, root TEXT NOT NULL CHECK (root <> id)) STRICT, WITHOUT ROWID",
    "CREATE INDEX aliases_root ON aliases (root)",
    """
    CREATE TABLE memory (
        root TEXT PRIMARY KEY,
        at INTEGER NOT NULL,  -- of the newest row that went into this one
        interval INTEGER CHECK (interval >= 1),
        repetitions INTEGER,
        ease INTEGER,
        due TEXT,
        lapses INTEGER,
        reviewed TEXT,
        first_day TEXT,
        answered TEXT,
        last_grade INTEGER,
        rows INTEGER NOT NULL,
        suspended INTEGER NOT NULL,
        buried TEXT,
        flag INTEGER NOT NULL,
        tags TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE VIEW history AS
    SELECT
        coalesce((SELECT root FROM aliases WHERE aliases.id = events.card), events.card) AS root,
        EXISTS (
            SELECT 1 FROM events AS void
            WHERE void.void_device = events.device AND void.void_sequence = events.sequence
        ) AS voided,
        devices.id AS device, events.sequence, events.at, events.day, events.kind, events.card, events.grade,
        events.took, events.detail, targets.id AS void_device, events.void_sequence
    FROM events
    JOIN devices ON devices.number = events.device
    LEFT JOIN devices AS targets ON targets.number = events.void_device
    """,
    "CREATE INDEX memory_due ON memory (due) WHERE due IS NOT NULL AND suspended = 0",
    "CREATE INDEX memory_reviewed ON memory (reviewed) WHERE reviewed IS NOT NULL",
    "CREATE INDEX memory_redrill ON memory (answered) WHERE last_grade < 4",
)

CARDS = (
    """
    CREATE TABLE files (
        workspace TEXT NOT NULL, path TEXT NOT NULL, mtime_ns INTEGER NOT NULL, size INTEGER NOT NULL,
        deck TEXT NOT NULL,
        PRIMARY KEY (workspace, path)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE decks (
        workspace TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, course TEXT NOT NULL, lesson TEXT NOT NULL,
        tags TEXT NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (workspace, id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE cards (
        number INTEGER PRIMARY KEY,
        workspace TEXT NOT NULL, id TEXT NOT NULL, root TEXT NOT NULL, path TEXT NOT NULL, deck TEXT NOT NULL,
        position INTEGER NOT NULL, kind TEXT NOT NULL, note_type TEXT NOT NULL, family TEXT NOT NULL,
        level TEXT NOT NULL, retired INTEGER NOT NULL,
        UNIQUE (workspace, id)
    ) STRICT
    """,
    "CREATE INDEX cards_root ON cards (workspace, root)",
    "CREATE INDEX cards_path ON cards (workspace, path)",
    "CREATE INDEX cards_deck ON cards (workspace, deck, position) WHERE retired = 0",
    # Apart from `cards`, so that a queue does not read through what it does not show.
    "CREATE TABLE texts (number INTEGER PRIMARY KEY, body TEXT NOT NULL, text TEXT NOT NULL) STRICT",
    "CREATE TRIGGER cards_gone AFTER DELETE ON cards BEGIN DELETE FROM texts WHERE number = old.number; END",
    # The learner's own choice, not derived: a deck that is not here is on.
    "CREATE TABLE choices (deck TEXT PRIMARY KEY, enabled INTEGER NOT NULL) STRICT, WITHOUT ROWID",
)

# What a running Anki was sent: the GUID of a note, and the digest of its fields. Not derived, but not missed for long.
SENT = "CREATE TABLE sent (note TEXT, digest TEXT, PRIMARY KEY (note, digest)) STRICT, WITHOUT ROWID"

# All that tells which cards are due on a day, and how late; `suspended`, though it is always 0, spares SQLite the table.
# What was answered on a day is told by the log, whose rows lie together, so an answer has no other index of memory to keep.
DUE = """
    CREATE INDEX memory_due ON memory (due, interval, reviewed, buried, suspended)
    WHERE due IS NOT NULL AND suspended = 0
"""

STRENGTH = ("stability REAL", "difficulty REAL", "strength_since TEXT")
