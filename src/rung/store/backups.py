"""Copies of a store. Only through SQLite: copying the file of a store in use loses what is not yet in it.

Those that Rung makes by itself lie beside the store, and their names say when (UTC) and why. They are rotated; a copy
that a learner asked for never is.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rung.store.database import (
    DAMAGED,
    FAILURES,
    TROUBLES,
    StoreError,
    check_readable,
    connected,
    opened,
    private_folder,
    raise_told,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

STAMP = "%Y%m%dT%H%M%S%f"
NAME = re.compile(r"\.(\d{8}T\d{12})\.([a-z0-9-]+)\.backup")
FORMERLY = "formerly "  # before the id under which a copy was logged, in what it remembers
DAILY = "daily"
REPLACED = "before-restore"
LAST, DAYS, MONTHS = 10, 30, 12  # how many are kept: of all, of days with one, of months with one
ABANDONED = 3600  # seconds after which nobody writes a half copy any more
LOCKED = (5, 6)  # as SQLite tells it
STAY = re.compile(f"{REPLACED}|version-.*")  # what nothing else holds any more


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made without being asked for: when, by the clock of that time, and why."""

    path: Path
    at: datetime
    why: str


def copy(source: Path, target: Path) -> None:
    """Copy the store at `source` to `target`, whole or not at all. Raises StoreError; never overwrites.

    The copy is one file and belongs to no device: whoever opens it logs as a new one, so that the rows of two stores
    that went on from here never share a key.
    """
    if target.exists():
        raise StoreError(target, "is already there", "name another file for the backup")
    half = target.with_name(target.name + ".part")
    try:
        private_folder(target.parent)
        half.unlink(missing_ok=True)
        os.close(os.open(half, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(connected(source)) as old, closing(connected(half)) as new:
            _put_into(new, old, source)
            new.execute("PRAGMA journal_mode = DELETE").fetchone()
            new.execute("UPDATE OR REPLACE meta SET key = ? || value WHERE key = 'device'", (FORMERLY,))
        half.replace(target)
    except OSError as error:
        raise StoreError(target, f"cannot be written: {error.strerror}", "name another file for the backup") from error
    except sqlite3.DatabaseError as error:
        raise_told(target if isinstance(error, sqlite3.OperationalError) else source, error)  # else: it is damaged
        raise
    finally:
        with suppress(OSError):  # as where it is the whole copy by now
            half.unlink()


def _put_into(
    new: sqlite3.Connection, old: sqlite3.Connection, shared: Path, begun: Callable[[], None] | None = None
) -> None:
    """Put all that is in one store into another, of which others may have the one at `shared` open; raises StoreError where
    they have it locked for longer than these connections wait. Python by itself would try again for ever.

    `begun` is called after every page but the last, while nobody else can write.
    """

    def told(state: int, _left: int, _all: int) -> None:
        if state in LOCKED:
            raise StoreError(shared, *TROUBLES[state])
        if begun and state == sqlite3.SQLITE_OK:
            begun()

    old.backup(new, pages=1 if begun else -1, progress=told)


# ── those that nobody asked for ──────────────────────────────────────────────────────────────────


def copy_beside(path: Path, why: str) -> Path:
    """Copy a store to a name of its own in its folder, which says when and why, and give that; older ones are rotated."""
    target = _beside(path, f"{why}.backup")
    copy(path, target)
    found = beside(path)
    for each in found - kept(found):
        if each.path != target:  # whatever the clock says now, this one is the newest
            with suppress(OSError):
                each.path.unlink()
    for half in path.parent.glob("*.backup.part"):  # of a program that was killed meanwhile
        if half.name.startswith(path.name):
            with suppress(OSError):
                if time.time() - half.stat().st_mtime > ABANDONED:
                    half.unlink()
    return target


def copy_of_the_day(path: Path) -> Path | None:
    """The backup of a day that has none yet, or None."""
    today = datetime.now(UTC).date()
    if any(each.at.date() == today for each in beside(path)):
        return None
    return copy_beside(path, DAILY)


def beside(path: Path) -> set[Backup]:
    """The backups that lie beside a store."""
    found = set()
    for each in path.parent.iterdir():
        if each.name.startswith(path.name) and (named := NAME.fullmatch(each.name, len(path.name))):
            with suppress(ValueError):  # no date
                found.add(Backup(each, datetime.strptime(named[1], STAMP).replace(tzinfo=UTC), named[2]))
    return found


def kept(backups: Iterable[Backup]) -> set[Backup]:
    """Which of these backups are kept: the last 10, the last of each of 30 days and of 12 months, the newest that have
    one; and always what a restore replaced or a newer version began with.

    It goes by their own times, so that a break of some months, or a clock that is wrong today, costs none.
    """
    newest_first = sorted(backups, key=lambda each: (each.at, each.path), reverse=True)
    rotated = [each for each in newest_first if not STAY.fullmatch(each.why)]
    days = _last_of_each(rotated, lambda each: each.at.date())
    months = _last_of_each(rotated, lambda each: (each.at.year, each.at.month))
    return set(newest_first) - set(rotated) | {*rotated[:LAST], *days[:DAYS], *months[:MONTHS]}


def _last_of_each(newest_first: Iterable[Backup], period: Callable[[Backup], object]) -> list[Backup]:
    found: dict[object, Backup] = {}
    for each in newest_first:
        found.setdefault(period(each), each)
    return list(found.values())


def _beside(path: Path, end: str) -> Path:
    return path.with_name(f"{path.name}.{datetime.now(UTC).strftime(STAMP)}.{end}")


# ── back again ───────────────────────────────────────────────────────────────────────────────────


def to_restore(path: Path) -> list[Path]:
    """The backups of the store at `path` that may be put back, the newest first: those of Rung's own and those that
    `rung backup` made under the name it gives them. What an earlier restore replaced comes last."""
    own = path.parent.glob(f"{path.stem}-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].db")
    found = [(False, datetime.fromtimestamp(each.stat().st_mtime, UTC), each) for each in own if each.is_file()]
    found += [(each.why == REPLACED, each.at, each.path) for each in beside(path)]
    return [each for _, _, each in sorted(found, key=lambda each: (not each[0], each[1]), reverse=True)]


def restored(path: Path, source: Path) -> Path | None:
    """Put the store at `source` in place of the one at `path`; what was there before, or None where there was nothing.

    It goes through SQLite, not by replacing the file, so that whoever else has `path` open goes on with what is new.
    What is there is kept while nobody else can write it, so that no answer falls between the two. What cannot be read
    there is put aside as it is, and whoever has that open is told so.
    """
    check_readable(source)
    half = _beside(path, "restore.backup.part")  # a name of its own, as others may be restoring too
    filled = path.exists() and path.stat().st_size > 0
    before: list[Path] = []

    def keep() -> None:
        """Once the first page is written; whoever else would write waits until the last one is."""
        if filled and not before:
            before.append(copy_beside(path, REPLACED))

    try:
        copy(source, half)
        if not sound(half):
            raise StoreError(source, "is damaged", "restore another backup")
        if filled and not sound(path):
            return _replaced(path, half)
        with closing(connected(half)) as old, closing(opened(path).connection) as new:
            _put_into(new, old, path, begun=keep)
    except sqlite3.Error as error:
        raise_told(path, error)
        raise
    finally:
        half.unlink(missing_ok=True)
    opened(path).close()  # an older version is brought up to date
    return before[0] if before else None


def sound(path: Path) -> bool:
    """Whether the file at `path` is a store that this version can read, with nothing wrong in it that SQLite sees.

    Raises StoreError where that cannot be told now.
    """
    try:
        check_readable(path)
    except StoreError as error:
        if isinstance(error.__cause__, (OSError, sqlite3.Error)) and not error.what.startswith(DAMAGED):
            raise
        return False
    try:
        with closing(connected(path)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",))
    except FAILURES as error:
        try:
            raise_told(path, error)
        except StoreError as told:
            if told.what.startswith(DAMAGED):
                return False
            raise
        return False


def _replaced(path: Path, new: Path) -> Path:
    """Put the file `new` in the place of what is no sound store, and give where that lies now.

    At no time is there nothing at `path`: whoever starts then would begin an empty store.
    """
    aside = _beside(path, "damaged")
    try:
        for end in ("-wal", "-shm"):  # else SQLite would take what stands there for a part of the new file
            with suppress(FileNotFoundError):
                path.with_name(path.name + end).replace(aside.with_name(aside.name + end))
        try:
            os.link(path, aside)
        except OSError:  # a file system without a second name for a file
            path.replace(aside)
        new.replace(path)
    except OSError as error:
        raise StoreError(path, f"cannot be put aside: {error.strerror}", "do that yourself, then try again") from error
    opened(path).close()
    return aside
