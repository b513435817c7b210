"""The SQLite file: how it is opened, locked and written, and what is said when that cannot be done."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

APPLICATION = 0x52554E47  # "RUNG", in the file's header; 0 in a file that nobody has claimed
UNREAD = 0, APPLICATION, False  # the header of a file of which none can be read
VERSION = 5  # of the schema, in the file's user_version; `schema.STEPS` has as many steps
TIMEOUT = 5.0  # seconds to wait for another program's write
TOGETHER = 50  # rows of a statement
WAITING = 1 << 14  # kilobytes that a large change may take in memory
DAMAGED = "is damaged"
RESTORE = "restore a backup with: rung restore"

# Primary result codes of SQLite: what they mean to a learner, and how to mend it.
TROUBLES = {
    3: ("cannot be opened", "see whether you may read and write the file and its folder"),
    5: ("is locked by another program", "let it finish or close it, then try again"),
    6: ("is locked by another program", "let it finish or close it, then try again"),
    8: ("cannot be written", "see whether you may write the file and its folder"),
    10: ("cannot be read or written", "see whether the disk is full or failing"),
    11: (DAMAGED, RESTORE),
    13: ("cannot grow, the disk is full", "make room, then try again"),
    14: ("cannot be opened", "see whether you may read and write the file and its folder"),
    26: ("is no database", f"name another file, or {RESTORE}"),
}

# What SQLite and Python's module say of a schema or a text that is not as it was written.
GARBLED = ("no such ", "Could not decode")
FAILURES = (sqlite3.Error, UnicodeDecodeError)  # the second where what SQLite says of a garbled schema is garbled too


class StoreError(Exception):
    """The store cannot go on. One line: where, what, and how to mend it."""

    def __init__(self, where: Path | str, what: str, mend: str) -> None:
        super().__init__(f"{where}: {what}; {mend}")
        self.what = what


class Database:
    """An open SQLite file; whatever SQLite cannot do for reasons outside the program is told as a StoreError."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self.file = _file(path)

    def close(self) -> None:
        self.connection.close()

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self.connection.execute(sql, values).fetchall()
        except FAILURES as error:
            raise_told(self.path, error)
            raise

    def each(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """The rows one by one, for results too large to hold. Only within `reading` or `writing`, which end it."""
        try:
            # A map, as what a generator yields from is closed with it, which may be after the connection is.
            yield from map(tuple, self.connection.execute(sql, values))
        except FAILURES as error:
            raise_told(self.path, error)
            raise

    def row(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        rows = self.rows(sql, *values)
        return rows[0] if rows else None

    def value(self, sql: str, *values: object) -> Any:
        """The first column of the first row, or None."""
        row = self.row(sql, *values)
        return row[0] if row else None

    def change(self, sql: str, *values: object) -> int:
        """The number of rows that a statement changed. Only within `writing`."""
        try:
            return self.connection.execute(sql, values).rowcount
        except FAILURES as error:
            raise_told(self.path, error)
            raise

    def change_all(self, sql: str, rows: Iterable[tuple[object, ...]]) -> None:
        try:
            self.connection.executemany(sql, rows)
        except FAILURES as error:
            raise_told(self.path, error)
            raise

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
        """Put rows into a table, a value for each of the columns; many with one statement, as each takes its time."""
        row = f"({', '.join('?' * len(columns))})"
        for first in range(0, len(rows), TOGETHER):
            some = rows[first : first + TOGETHER]
            sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * len(some))}"  # noqa: S608
            self.change(sql, *chain.from_iterable(some))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One durable transaction: all of it, or nothing.

        It takes the write lock before it reads anything. A transaction that reads first and is overtaken by another
        program could not be finished: SQLite then says "locked" at once, whatever the timeout.
        """
        self._still_there("nothing was written")
        with self._transaction("BEGIN IMMEDIATE"):
            yield
        self._still_there("what was written last may be lost")

    @contextmanager
    def without(self, *names: str) -> Iterator[None]:
        """While triggers or indexes are away. Only within `writing`, which also brings them back where something fails."""
        query = "SELECT type, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND name = ?"
        found = [(*row, name) for name in names for row in self.rows(query, name)]
        if len(found) < len(names):
            raise StoreError(self.path, f"{DAMAGED}: it lacks what guards its log", RESTORE)
        for type_, _, name in found:
            self.change(f"DROP {type_} {name}")
        yield
        for _, sql, _ in found:
            self.change(sql)

    @contextmanager
    def trusting(self) -> Iterator[None]:
        """While nothing is checked of rows but their types and keys, and more of what is written waits in memory.

        Only within `writing`.
        """
        cache = self.value("PRAGMA cache_size")
        self.change(f"PRAGMA cache_size = -{WAITING}")
        self.change("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            self.change("PRAGMA ignore_check_constraints = OFF")
            self.change(f"PRAGMA cache_size = {cache}")

    @property
    def in_place(self) -> bool:
        """Whether what is open is still the file at `path`; else SQLite writes into one that nobody will open again."""
        return _file(self.path) == self.file

    def _still_there(self, else_: str) -> None:
        if not self.in_place:
            raise StoreError(self.path, f"was deleted or replaced while it was open; {else_}", "start again")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One state of the store for several questions, while others may write on."""
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self.change(begin)
        try:
            yield
            self.change("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # some failures, such as a full disk, have already rolled back
                self.connection.execute("ROLLBACK")
            raise


def _file(path: Path) -> tuple[int, int] | None:
    """What tells the file at a path from any other; None where there is none."""
    try:
        stat = os.stat(path)  # noqa: PTH116 - twice with each answer
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def opened(path: Path, *, create: bool = True, timeout: float = TIMEOUT) -> Database:
    """The store at `path`, of the current version; made or migrated where that is needed. Raises StoreError.

    A file that is newer, another program's or no database is never written to.
    """
    if sqlite3.sqlite_version_info < (3, 37):
        raise StoreError(path, f"SQLite {sqlite3.sqlite_version} is too old", "use a Python with SQLite 3.37 or newer")
    path = Path(os.path.realpath(path))  # `Path.resolve` raises where links go round in a circle
    try:
        if not path.exists():
            if not create:
                raise StoreError(path, "there is no store here", "name the store's file")
            _make(path)
        elif not path.is_file():
            raise StoreError(path, "is no file", "name a file for the store")
        elif not path.stat().st_size:
            path.chmod(0o600)
    except OSError as error:
        raise StoreError(path, f"cannot be opened: {error.strerror}", "name another file for the store") from error
    _refuse(path, _looked_at(path))
    connection = connected(path, timeout)
    try:
        _prepare(path, connection, timeout)
    except BaseException:
        connection.close()
        raise
    return Database(path, connection)


def connected(path: Path, timeout: float = TIMEOUT) -> sqlite3.Connection:
    """A connection that begins its transactions itself and whose commits outlive a power cut."""
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=timeout, isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
    except FAILURES as error:
        if connection:
            connection.close()
        raise_told(path, error)
        raise _damaged(path, error) from error
    return connection


def raise_told(path: Path, error: Exception) -> None:
    """Raise the StoreError for one of the FAILURES that comes from outside; return where the program itself is at fault."""
    trouble = TROUBLES.get(getattr(error, "sqlite_errorcode", 1) & 0xFF)
    if str(error).startswith(GARBLED) or isinstance(error, UnicodeDecodeError):
        trouble = TROUBLES[11]
    if trouble:
        what, mend = trouble
        raise StoreError(path, f"{what} ({error})", mend) from error


def _damaged(path: Path, error: Exception) -> StoreError:
    """What is said of a file at which even a question that fits any database fails."""
    return StoreError(path, f"{DAMAGED} ({error})", RESTORE)


def _make(path: Path) -> None:
    """An empty file that only the learner may read. Two programs may do this at once."""
    private_folder(path.parent)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def private_folder(folder: Path) -> None:
    """Let the folder be there; what is made of it is the learner's alone. Raises OSError."""
    if not folder.is_dir():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _prepare(path: Path, connection: sqlite3.Connection, timeout: float) -> None:
    try:
        header = _header(connection)
        _refuse(path, header)
        _write_ahead(connection, timeout)
    except FAILURES as error:
        raise_told(path, error)
        raise _damaged(path, error) from error
    if header[0] < VERSION:
        from rung.store import schema  # here, for sqlite-utils is not for every start

        try:
            schema.migrate(Database(path, connection))
        except sqlite3.Error as error:
            if not str(error).startswith(GARBLED):
                raise_told(path, error)
            raise StoreError(path, f"cannot be brought up to date ({error})", RESTORE) from error


def _write_ahead(connection: sqlite3.Connection, timeout: float) -> None:
    """Turn the write-ahead log on; SQLite does not wait by itself where two programs do this at once."""
    end = time.monotonic() + timeout
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.01)


def _header(connection: sqlite3.Connection) -> tuple[int, int, bool]:
    """(version, application, whether there is anything in it) of a file."""
    connection.execute("BEGIN")  # else another program's first start could fall between the questions
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (filled,) = connection.execute("SELECT EXISTS (SELECT 1 FROM sqlite_master)").fetchone()
    connection.execute("COMMIT")
    return version, application, bool(filled)


def _looked_at(path: Path) -> tuple[int, int, bool]:
    """The header of a file without leaving a trace, for the closing of a connection that could write tidies up.

    What cannot be read so is left to the real opening, which tells what is wrong.
    """
    try:
        return _header_only(path)
    except FAILURES:
        return UNREAD


def _header_only(path: Path) -> tuple[int, int, bool]:
    """The same; raises FAILURES."""
    how = "mode=ro" if _size(path.with_name(path.name + "-wal")) else "mode=ro&immutable=1"  # which alone makes a file
    with closing(sqlite3.connect(f"{path.as_uri()}?{how}", uri=True)) as connection:
        return _header(connection)


def _size(path: Path) -> int:
    """The bytes of a file, 0 where there is none; another program may take it away at any time."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def check_readable(path: Path) -> None:
    """Raise StoreError unless the file at `path` is a store that this version can read, also where that cannot be told
    now, as another program has it locked."""
    try:
        header = _header_only(path.absolute()) if path.is_file() else UNREAD
    except OSError as error:
        raise StoreError(path, f"cannot be read: {error.strerror}", "name another file") from error
    except FAILURES as error:
        if isinstance(error, sqlite3.OperationalError):
            raise_told(path, error)
        header = UNREAD
    _refuse(path, header)
    if not header[0]:
        raise StoreError(path, "is no store", "name the file of a store or of a backup")


def _refuse(path: Path, header: tuple[int, int, bool]) -> None:
    """Raise StoreError for a file that this version must not touch."""
    version, application, filled = header
    if application != APPLICATION and filled:
        raise StoreError(path, "is another program's database", "name another file for the store")
    if filled and not version:
        raise StoreError(path, f"{DAMAGED} (it tells no version)", RESTORE)
    if version > VERSION:
        raise StoreError(
            path,
            f"was written by a newer Rung (version {version} of the store, this one knows {VERSION})",
            "update Rung",
        )
