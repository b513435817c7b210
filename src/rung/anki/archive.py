"""An Anki package as it lies on the disk: a zip file with a SQLite database and media, in three formats.

What comes from outside is not trusted: nothing is unpacked to the disk, names are bare, sizes have an end. Everything
that makes a package unreadable is told as an Unreadable.
"""

from __future__ import annotations

import json
import sqlite3
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, TypeAlias

import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LARGEST = 1 << 30  # bytes of a collection, unpacked; fifty thousand notes take some 25 MB
LARGEST_TIMES = 200  # what is packed may be so many times larger unpacked, where that is more than
SMALL = 1 << 24  # bytes
LARGEST_MEDIUM = 1 << 27
MOST_ENTRIES = 200_000
ENCRYPTED = 0x1  # a flag of a zip entry
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DAMAGE = (
    zipfile.BadZipFile, zlib.error, zstandard.ZstdError, EOFError, NotImplementedError, RuntimeError, ValueError,
    struct.error, OverflowError,
)  # fmt: skip

# The format, by the number in the file `meta`, and the file that holds the collection. In the newest the file of the
# first is there too, but only tells old versions of Anki that they are too old.
COLLECTIONS = {1: "collection.anki2", 2: "collection.anki21", 3: "collection.anki21b"}
PACKED = 3  # the format that is compressed by zstd


class Unreadable(Exception):
    """A package that cannot be taken in; the message says what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True)
class Archive:
    """An open package. `collection` is the SQLite file; `media` are the names in it, each with its entry in the zip."""

    zip: zipfile.ZipFile
    format: int
    collection: bytes
    media: Mapping[str, str]

    def medium(self, name: str) -> bytes | None:
        """The content of a media file; None where the package does not have it. Raises Unreadable."""
        entry = self.media.get(name)
        return None if entry is None else _content(self.zip, entry, LARGEST_MEDIUM, packed=self.format == PACKED)


def opened(path: Path) -> Archive:
    """The package at `path`; raises Unreadable, and OSError where the file itself cannot be read."""
    try:
        package = zipfile.ZipFile(path)
        names = package.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError):
        raise Unreadable(_no_zip(path)) from None
    if len(names) > MOST_ENTRIES:
        raise Unreadable(f"it holds {len(names):,} files, more than {MOST_ENTRIES:,}; export it in pieces")
    format_ = _format(package, names)
    name = COLLECTIONS[format_]
    if name not in names:
        raise Unreadable(f"it holds no {name}, so it is no package of Anki; export it there once more")
    collection = _content(package, name, LARGEST, packed=format_ == PACKED)
    return Archive(package, format_, collection, _media(package, names, format_))


def _no_zip(path: Path) -> str:
    with path.open("rb") as file:
        begins_well = file.read(4) == b"PK\3\4"
    if begins_well:
        return "it is cut short; copy or export it once more"
    return "it is no Anki package (.apkg or .colpkg); export one in Anki by File ▸ Export"


def _format(package: zipfile.ZipFile, names: list[str]) -> int:
    if "meta" not in names:
        return 2 if COLLECTIONS[2] in names else 1
    try:
        number = dict(fields(_content(package, "meta", 1000))).get(1, 0)
    except ValueError:
        raise Unreadable("its meta is damaged; copy or export it once more") from None
    if not isinstance(number, int) or number not in COLLECTIONS:
        raise Unreadable(f"its format {number!r} is newer than what Rung reads; export it for older versions of Anki")
    return number


def _media(package: zipfile.ZipFile, names: list[str], format_: int) -> dict[str, str]:
    """The media of the package by name; a name that is a path, which could lead out of a folder, is refused."""
    if "media" not in names:
        return {}
    listed = _content(package, "media", LARGEST_MEDIUM, packed=format_ == PACKED)
    found, there = {}, set(names)
    for entry, name in _listed(listed, format_):
        if not _bare(name):
            raise Unreadable(f"its medium {name!r} is a path, not a name; take it out in Anki by Tools ▸ Check Media")
        if entry in there:
            found[name] = entry
    return found


def _listed(listed: bytes, format_: int) -> Iterator[tuple[str, str]]:
    """(entry in the zip, name) of every medium."""
    try:
        if format_ == PACKED:
            entries = (value for field, value in fields(listed) if field == 1 and isinstance(value, bytes))
            for number, entry in enumerate(entries):
                name = dict(fields(entry)).get(1)
                yield str(number), name.decode() if isinstance(name, bytes) else ""
        else:
            yield from json.loads(listed or b"{}").items()
    except (ValueError, AttributeError):
        raise Unreadable("its list of media cannot be read; export it once more") from None


def _bare(name: object) -> bool:
    """Whether a medium is called by a mere name, on any system."""
    return (
        isinstance(name, str)
        and name not in ("", "..")
        and PurePosixPath(name).name == PureWindowsPath(name).name == name
        and "\0" not in name
    )


def _content(package: zipfile.ZipFile, name: str, most: int, *, packed: bool = False) -> bytes:
    """The content of a file in the zip, at most so many bytes; raises Unreadable."""
    entry = package.getinfo(name)
    if entry.flag_bits & ENCRYPTED:
        raise Unreadable("it is protected by a password; unpack it, or export it in Anki without one")
    if entry.compress_type not in PACKINGS:
        raise Unreadable(f"its {name} is packed as Anki packs nothing; export it once more")
    most = min(most, max(SMALL, LARGEST_TIMES * entry.compress_size))
    damaged = Unreadable(f"its {name} is damaged; copy or export it once more")
    if entry.header_offset < 0:  # before the file begins, where no system looks
        raise damaged
    too_large = Unreadable(f"its {name} unpacks to more than {most:,} bytes; export it in pieces")
    if entry.file_size > most and not packed:
        raise too_large
    try:
        with package.open(name) as file:
            unpacker = zstandard.ZstdDecompressor()
            data = unpacker.stream_reader(file).read(most + 1) if packed else file.read(entry.file_size)
    except DAMAGE:
        raise damaged from None
    if len(data) > most:
        raise too_large
    return bytes(data)


# ── protobuf, of which Anki keeps its own settings ───────────────────────────────────────────────

Field: TypeAlias = "tuple[int, int | bytes]"


def fields(message: bytes) -> Iterator[Field]:
    """The fields of a protobuf message as they stand on the wire: (number, integer or bytes). Raises ValueError."""
    stream = BytesIO(message)
    while stream.tell() < len(message):
        tag = _varint(stream)
        number, wire = tag >> 3, tag & 7
        if wire == 0:
            yield number, _varint(stream)
        elif wire in (1, 2, 5):
            size = {1: 8, 5: 4}.get(wire) or _varint(stream)
            value = stream.read(size)
            if len(value) < size:
                raise ValueError("a field is cut short")
            yield number, value
        else:
            raise ValueError(f"wire type {wire} is unknown")


def _varint(stream: BytesIO) -> int:
    result = 0
    for shift in range(0, 70, 7):
        byte = stream.read(1)
        if not byte:
            break
        result |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return result
    raise ValueError("a number is cut short")


# What would not be read but worked out, maybe for ever, by whoever made the file: views, virtual tables and columns.
UNSTORED = """
    SELECT name FROM sqlite_schema WHERE type = 'view' OR (type = 'table' AND NOT rootpage)
    UNION ALL
    SELECT tables.name FROM sqlite_schema AS tables, pragma_table_xinfo(tables.name) AS columns
    WHERE tables.type = 'table' AND columns.hidden
"""


def database(collection: bytes) -> sqlite3.Connection:
    """The collection, open in memory and never to be written; raises Unreadable."""
    damaged = Unreadable("its collection is damaged; in Anki run Tools ▸ Check Database, then export it again")
    if not collection.startswith(b"SQLite format 3\0"):
        raise damaged
    if collection[18:20] == b"\2\2":  # it was written ahead to a log, which no database in memory has
        collection = collection[:18] + b"\1\1" + collection[20:]
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(collection)
        connection.create_collation("unicase", _without_case)
        sound = _sound(connection)
    except (sqlite3.Error, UnicodeDecodeError, MemoryError):  # the last is what SQLite says of a size that none has
        sound = False
    if not sound:
        connection.close()
        raise damaged
    return connection


def _sound(connection: sqlite3.Connection) -> bool:
    """Whether no page stands twice in a database, which could make it endless, and all of it is stored."""
    connection.executescript(
        "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA ignore_check_constraints = ON"
    )
    checked = connection.execute("PRAGMA quick_check(1)").fetchone()
    return checked == ("ok",) and not connection.execute(UNSTORED).fetchall()


def _without_case(one: str, other: str) -> int:
    """Anki's own order of names: -1, 0 or 1."""
    return (one.casefold() > other.casefold()) - (one.casefold() < other.casefold())
