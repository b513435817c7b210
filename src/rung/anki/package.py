"""Write an Anki package. genanki supplies the schema and the note types; the rows are written in bulk.

The same cards give the same bytes (on one version of SQLite and zlib): ids follow from names, no clock is read.
All of it lies on the disk, beside where it is to be, until it is whole: of a large package no more than a part is in memory.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import genanki

from rung.anki import names
from rung.anki.history import NEW, state
from rung.anki.models import described
from rung.anki.notes import BETWEEN, note, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rung.anki.history import History, Learned
    from rung.anki.notes import Note, Part
    from rung.model import Card, Deck

NO_MEDIA: Mapping[str, Path] = MappingProxyType({})
ROW_OF = attrgetter("type", "queue", "due", "interval", "ease", "answers", "lapses", "flag", "data")  # of a State
LOG_OF = attrgetter("button", "interval", "before", "ease", "took", "kind")  # of a Row
FAST = 1  # of zlib's levels: half the time of its default, a twentieth more bytes
AT_ONCE = 50  # notes: so few that what is made of them is still near when they are written
PIECE = 1 << 18  # bytes
LOOKED_UP = ("ix_cards_nid", "ix_revlog_cid")  # indexes


@dataclass(frozen=True, slots=True)
class Written:
    """How much a package holds."""

    decks: int
    notes: int
    cards: int


def write(
    path: Path,
    decks: Sequence[tuple[Deck, Sequence[Card]]],
    types: Mapping[str, int],
    media: Mapping[str, Path] = NO_MEDIA,
    *,
    retired: bool = False,
    learned: Learned | None = None,
) -> Written:
    """Write the living cards of `decks` as an Anki package, new cards in the order given: a note a part.

    With `learned`, the cards carry their due days and their log, which Anki takes with a card's first import only. With
    `retired`, only the notes that have vanished, tagged, for those who imported them earlier. `types` is the UTC
    second at which the note type of each card kind last changed; `media` are the pictures by name, of which those that
    are shown come along. A file at `path` is replaced as a whole or not at all.
    Raises OSError with `path`, KeyError for a kind that `types` lacks, and NoNote for cards that make no sound note.
    """
    with _beside(path, media) as folder:
        collection, whole = folder / "collection.anki2", folder / "package"
        with closing(sqlite3.connect(collection)) as db:
            written, shown = _fill(db, parts(decks, retired=retired), types, learned)
        with whole.open("wb") as file:
            _pack(file, collection, {name: media[name] for name in sorted(shown & media.keys())})
            file.flush()
            os.fsync(file.fileno())
        whole.replace(path)
    return written


@contextmanager
def _beside(path: Path, media: Mapping[str, Path]) -> Iterator[Path]:
    """A folder beside `path` that is gone afterwards. What the disk refuses becomes an OSError with `path`."""
    try:
        with TemporaryDirectory(prefix=f".{path.name}.", suffix=".part", dir=path.parent) as folder:
            yield Path(folder)
    except sqlite3.OperationalError as error:
        raise OSError(errno.EIO, str(error), str(path)) from error
    except OSError as error:
        if error.filename in map(str, media.values()):
            raise
        raise OSError(error.errno, error.strerror, str(path)) from error


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────


def _fill(
    db: sqlite3.Connection, parts: Sequence[Part], types: Mapping[str, int], learned: Learned | None
) -> tuple[Written, set[str]]:
    """Put all into an empty collection; gives how much that was, and the names of the pictures in it.

    Rows go in by their id, which is how SQLite is quick and its pages are full; so do the notes, made a few at a time.
    """
    # Nobody else has this file.
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE")
    genanki.Package([]).write_to_db(db.cursor(), 0, iter(()))
    homes = list(dict.fromkeys([part.home.name for part in parts]))
    decks = {name.casefold(): name for name in reversed(homes)}  # to Anki, other case is the same
    numbers = names.numbers(decks)
    _describe(db, {numbers[folded]: name for folded, name in sorted(decks.items())}, parts, types)
    deck_ids = {name: numbers[name.casefold()] for name in homes}
    cards = 0
    shown: set[str] = set()
    log: list[tuple[int, ...]] = []
    with _without_indexes(db):
        for batch in _numbered(parts):
            rows = [_note_row(id_, note) for id_, _, _, note in batch]
            db.executemany("INSERT INTO notes VALUES (?,?,?,?,-1,?,?,?,0,0,'')", rows)
            rows = [row for numbered in batch for row in _card_rows(*numbered, deck_ids, learned)]
            db.executemany("INSERT INTO cards VALUES (?,?,?,?,?,-1,?,?,?,?,?,?,?,0,0,0,?,?)", rows)
            cards += len(rows)
            shown.update(*[note.pictures for *_, note in batch])
            if learned:
                log += [row for _, before, _, note in batch for row in _log_rows(before, note, learned)]
        if learned:
            # Of collections before its second scheduler, Anki takes the buttons for others: three to learn by, not four.
            settings = "json_set(conf, '$.schedVer', 2, '$.creationOffset', ?)"
            db.execute(f"UPDATE col SET crt = ?, conf = {settings}", (learned.began, learned.west))  # noqa: S608
            db.executemany("INSERT INTO revlog VALUES (?,?,-1,?,?,?,?,?,?)", sorted(log))
    db.commit()
    return Written(len(decks), len(parts), cards), shown


def _describe(
    db: sqlite3.Connection, decks: Mapping[int, str], parts: Iterable[Part], types: Mapping[str, int]
) -> None:
    """Put in the decks and the note types."""
    (default,) = db.execute("SELECT decks FROM col").fetchone()
    by_id = json.loads(default) | {str(id_): genanki.Deck(id_, name).to_json() for id_, name in decks.items()}
    models = [described(kind, types[kind]) for kind in sorted({part.kind for part in parts})]
    row = json.dumps(by_id), json.dumps({model["id"]: model for model in models})
    db.execute("UPDATE col SET decks = ?, models = ?", row)


@contextmanager
def _without_indexes(db: sqlite3.Connection) -> Iterator[None]:
    """The time in which rows come in: an index of all at once takes a third of the time. Only those that importers look rows
    up by come back; the others serve syncing and studying, and would make up to a fifth of the package."""
    indexes = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql > ''"))
    for name in indexes:
        db.execute(f"DROP INDEX {name}")
    yield
    for name in LOOKED_UP:
        db.execute(indexes[name])


def _numbered(parts: Sequence[Part]) -> Iterator[list[tuple[int, int, int, Note]]]:
    """(id, the id before that of its first card, place, note) of all parts by id, a few at a time; the place is that among
    the parts, from 1.

    The cards of a note count on from its own id or, where those of the note before reach so far, from the last of them.
    """
    ids = list(names.numbers([part.guid for part in parts]).values())
    turns = sorted(range(len(ids)), key=ids.__getitem__)  # where the least of the ids stands, and the next, and so on
    last = names.EARLIEST
    for start in range(0, len(turns), AT_ONCE):
        batch = []
        for nth in turns[start : start + AT_ONCE]:
            made, before = note(parts[nth]), max(ids[nth], last)
            batch.append((ids[nth], before, nth + 1, made))
            last = before + made.holes[-1]
        yield batch


def _note_row(id_: int, note: Note) -> tuple[Any, ...]:
    part, type_, joined, _ = note
    sorted_by, _, _ = joined.partition(BETWEEN)
    return id_, part.guid, type_.id, part.changed, f" {' '.join(part.tags)} ", joined, sorted_by


def _card_rows(
    note_id: int, before: int, place: int, note: Note, deck_ids: Mapping[str, int], learned: Learned | None
) -> list[tuple[Any, ...]]:
    """The rows of a note's cards; the `due` of a new one is the place of its note."""
    part = note.part
    deck, changed = deck_ids[part.home.name], part.changed
    rows = []
    for hole in note.holes:
        history = learned and _history(part, hole, learned)
        how = ROW_OF(state(history, place)) if history else (NEW, NEW, place, 0, 0, 0, 0, 0, "")
        rows.append((before + hole, note_id, deck, hole - 1, changed, *how))
    return rows


def _history(part: Part, hole: int, learned: Learned) -> History | None:
    """What has come of a card; of a hole that none of its part's cards has, nothing."""
    root = part.roots.get(hole)
    return None if root is None else learned.histories.get(root)


def _log_rows(before: int, note: Note, learned: Learned) -> Iterator[tuple[int, ...]]:
    for hole in note.holes:
        if history := _history(note.part, hole, learned):
            for row in history.rows:
                yield row.id, before + hole, *LOG_OF(row)


# ── zip ──────────────────────────────────────────────────────────────────────────────────────────


def _pack(file: IO[bytes], collection: Path, pictures: Mapping[str, Path]) -> None:
    media = json.dumps({str(number): name for number, name in enumerate(pictures)}).encode()
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=FAST) as package:
        with collection.open("rb") as data:
            _add(package, "collection.anki2", data)
        _add(package, "media", BytesIO(media))
        for number, path in enumerate(pictures.values()):
            with path.open("rb") as data:
                _add(package, str(number), data)


def _add(package: ZipFile, name: str, data: IO[bytes]) -> None:
    """Add an entry that is the same on every machine; zipfile dates it 1980."""
    with package.open(name, "w") as entry:
        shutil.copyfileobj(data, entry, PIECE)
    told = package.getinfo(name)
    told.external_attr, told.create_system = 0o644 << 16, 3
