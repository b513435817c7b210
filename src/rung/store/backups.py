"""Copies of a store. Only through SQLite: copying the file of a store in use loses what is not yet in it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rung.store.database import StoreError, check_readable, connected, opened, raise_told

if TYPE_CHECKING:
    from pathlib import Path


def copy(source: Path, target: Path) -> None:
    """Copy the store at `source` to `target`, whole or not at all. Raises StoreError; never overwrites.

    The copy is one file and belongs to no device: whoever opens it logs as a new one, so that the rows of two stores
    that went on from here never share a key.
    """
    if target.exists():
        raise StoreError(target, "is already there", "name another file for the backup")
    half = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        os.close(os.open(half, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(connected(source)) as old, closing(connected(half)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE").fetchone()
            new.execute("DELETE FROM meta WHERE key = 'device'")
        half.replace(target)
    except OSError as error:
        raise StoreError(target, f"cannot be written: {error.strerror}", "name another file for the backup") from error
    except sqlite3.DatabaseError as error:
        raise_told(target if isinstance(error, sqlite3.OperationalError) else source, error)  # else: it is damaged
        raise
    finally:
        if half.parent.is_dir():
            half.unlink(missing_ok=True)


def copy_beside(path: Path, why: str) -> Path:
    """Copy a store to a name of its own in its folder, which says when and why, and give that."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    target = path.with_name(f"{path.name}.{stamp}.{why}.backup")
    copy(path, target)
    return target


def restored(path: Path, source: Path) -> Path | None:
    """Put the store at `source` in place of the one at `path`; the backup of that, or None where there was none.

    It goes through SQLite, not by replacing the file, so that whoever else has `path` open goes on with what is new.
    """
    check_readable(source)
    before = None
    if path.exists() and path.stat().st_size:
        check_readable(path)
        before = copy_beside(path, "before-restore")
    half = path.with_name(path.name + ".restore")
    half.unlink(missing_ok=True)
    try:
        copy(source, half)
        with closing(connected(half)) as old:
            if old.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise StoreError(source, "is damaged", "restore another backup")
            with closing(opened(path).connection) as new:
                old.backup(new)
    except sqlite3.Error as error:
        raise_told(path, error)
        raise
    finally:
        half.unlink(missing_ok=True)
    opened(path).close()  # an older version is brought up to date
    return before
