"""A package as it lies on the disk, in each format, written here byte by byte."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing

import pytest
import zstandard

from rung.anki import archive
from rung.anki.archive import Unreadable

DUMMY, CONTENT = b"tells old versions that they are too old", b"SQLite format 3\0 and so on"
MEDIA = {"a b.png": b"one", "ö.mp3": b"two"}


def field(number, value):
    """A field of protobuf: a number below 128, or fewer bytes than that."""
    return bytes([number << 3, value]) if isinstance(value, int) else bytes([number << 3 | 2, len(value)]) + value


def package(path, format_, *, media=None, **more):
    """A package of a format; `media` is what is listed instead, `more` are further entries."""
    held = {}
    if format_ == 3:
        pack = zstandard.compress
        held |= {"meta": field(1, 3), "collection.anki2": DUMMY, "collection.anki21b": pack(CONTENT)}
        listed = b"".join(
            field(1, field(1, name.encode()) + field(2, len(MEDIA[name])) + field(3, bytes(20))) for name in MEDIA
        )
        listed = pack(listed)
    else:
        pack = bytes
        listed = json.dumps({str(place): name for place, name in enumerate(MEDIA)}).encode()
        held |= (
            {"collection.anki2": CONTENT} if format_ == 1 else {"collection.anki2": DUMMY, "collection.anki21": CONTENT}
        )
    held |= {"media": listed if media is None else media}
    held |= {str(place): pack(content) for place, content in enumerate(MEDIA.values())}
    with zipfile.ZipFile(path, "w") as zip_:
        for name, content in (held | more).items():
            zip_.writestr(name, content)
    return path


@pytest.mark.parametrize("format_", [1, 2, 3])
def test_each_format_holds_its_collection_and_its_media_by_name(tmp_path, format_):
    made = archive.opened(package(tmp_path / "a.apkg", format_))
    assert (made.format, made.collection) == (format_, CONTENT)
    assert made.media == {"a b.png": "0", "ö.mp3": "1"}
    assert {name: made.medium(name) for name in MEDIA} == MEDIA
    assert made.medium("c.png") is None


@pytest.mark.parametrize("format_", [1, 2, 3])
def test_a_medium_that_is_listed_and_not_there_is_none(tmp_path, format_):
    path = package(tmp_path / "a.apkg", format_)
    less = tmp_path / "less.apkg"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(less, "w") as part:
        for name in whole.namelist():
            if name != "0":
                part.writestr(name, whole.read(name))
    made = archive.opened(less)
    assert made.media == {"ö.mp3": "1"}
    assert made.medium("a b.png") is None


def test_a_package_may_have_no_list_of_media_or_an_empty_one(tmp_path):
    assert archive.opened(package(tmp_path / "a.apkg", 2, media=b"")).media == {}
    with zipfile.ZipFile(tmp_path / "b.apkg", "w") as zip_:
        zip_.writestr("collection.anki2", CONTENT)
    assert archive.opened(tmp_path / "b.apkg").media == {}


def test_of_the_list_of_media_nothing_but_media_counts(tmp_path):
    listed = field(2, b"other") + field(1, 7) + field(1, field(2, 5) + field(1, b"a b.png")) + field(3, 1)
    assert archive.opened(package(tmp_path / "a.apkg", 3, media=zstandard.compress(listed))).media == {"a b.png": "0"}


NAMELESS = "its medium '' is a path, not a name; take it out in Anki by Tools ▸ Check Media"


@pytest.mark.parametrize(
    ("format_", "more", "words"),
    [
        (2, {"meta": field(1, 3)}, "it holds no collection.anki21b, so it is no package of Anki; export it there once more"),
        (1, {"meta": field(1, 4)}, "its format 4 is newer than what Rung reads; export it for older versions of Anki"),
        (1, {"meta": b""}, "its format 0 is newer than what Rung reads; export it for older versions of Anki"),
        (1, {"meta": b"\x08"}, "its meta is damaged; copy or export it once more"),
        (1, {"media": b"[1]"}, "its list of media cannot be read; export it once more"),
        (1, {"media": b'{"0": "../a"}'}, "its medium '../a' is a path, not a name; take it out in Anki by Tools ▸ Check Media"),
        (3, {"media": zstandard.compress(field(1, field(1, 5)))}, NAMELESS),
        (3, {"media": zstandard.compress(field(1, field(2, 5)))}, NAMELESS),
        (3, {"media": zstandard.compress(b"\x0a")}, "its list of media cannot be read; export it once more"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_package(tmp_path, format_, more, words):
    with pytest.raises(Unreadable) as refused:
        archive.opened(package(tmp_path / "a.apkg", format_, **more))
    assert str(refused.value) == words


# ── what it is made of ───────────────────────────────────────────────────────────────────────────


def test_the_fields_of_a_message_as_they_stand_on_the_wire():
    message = b"\x08\x96\x01" + b"\x12\x02hi" + b"\x19" + b"8" * 8 + b"\x25" + b"4" * 4 + b"\xfa\x3f\x00"
    assert list(archive.fields(message)) == [(1, 150), (2, b"hi"), (3, b"8" * 8), (4, b"4" * 4), (1023, b"")]
    assert list(archive.fields(b"")) == []
    assert list(archive.fields(b"\x08" + b"\xff" * 9 + b"\x01")) == [(1, 2**64 - 1)]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (b"\x08", "a number is cut short"),
        (b"\x08\x80", "a number is cut short"),
        (b"\x08" + b"\x80" * 10 + b"\x01", "a number is cut short"),
        (b"\x12\x03hi", "a field is cut short"),
        (b"\x19" + b"8" * 7, "a field is cut short"),
        (b"\x0b", "wire type 3 is unknown"),
        (b"\x0e", "wire type 6 is unknown"),
    ],
)
def test_a_message_that_is_none(message, words):
    with pytest.raises(ValueError, match=f"^{words}$"):
        list(archive.fields(message))


@pytest.mark.parametrize("format_", [2, 3])
def test_sizes_have_an_end(tmp_path, monkeypatch, format_):
    path = package(tmp_path / "a.apkg", format_)
    name = archive.COLLECTIONS[format_]
    monkeypatch.setattr(archive, "LARGEST", len(CONTENT))
    assert archive.opened(path).collection == CONTENT
    monkeypatch.setattr(archive, "LARGEST", len(CONTENT) - 1)
    with pytest.raises(Unreadable, match=rf"^its {name} unpacks to more than 25 bytes; export it in pieces$"):
        archive.opened(path)


def test_files_have_an_end(tmp_path, monkeypatch):
    path = package(tmp_path / "a.apkg", 1)  # collection, media, and two of those
    monkeypatch.setattr(archive, "MOST_ENTRIES", 4)
    assert archive.opened(path).format == 1
    monkeypatch.setattr(archive, "MOST_ENTRIES", 3)
    with pytest.raises(Unreadable, match=r"^it holds 4 files, more than 3; export it in pieces$"):
        archive.opened(path)


def made(*statements):
    with closing(sqlite3.connect(":memory:")) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()
        return db.serialize()


def test_a_collection_is_read_in_ankis_order_of_names_and_never_written():
    content = made("CREATE TABLE t (name TEXT)", "INSERT INTO t VALUES ('b'), ('A'), ('a'), ('Ä'), ('ä')")
    written_ahead = content[:18] + b"\2\2" + content[20:]
    for each in (content, written_ahead):
        with closing(archive.database(each)) as db:
            names = [name for (name,) in db.execute("SELECT name FROM t ORDER BY name COLLATE unicase, rowid")]
            assert names == ["A", "a", "b", "Ä", "ä"]
            assert db.execute("SELECT count(*) FROM t WHERE name = 'ä' COLLATE unicase").fetchone() == (2,)
            assert db.execute("PRAGMA trusted_schema").fetchone() == (0,)
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                db.execute("DELETE FROM t")


def test_what_a_collection_says_must_hold_is_not_worked_out():
    odd = "PRAGMA ignore_check_constraints = ON", "CREATE TABLE t (a CHECK (a > 1))", "INSERT INTO t VALUES (0)"
    with closing(archive.database(made(*odd))) as db:
        assert db.execute("SELECT a FROM t").fetchall() == [(0,)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"SQLite format 3",
        b"SQLite format 3\0" + b"\xff" * 5000,
        made("CREATE TABLE t (a)", "CREATE VIEW v AS SELECT * FROM t"),
        made("CREATE TABLE t (a, b AS (a + 1))"),
        made("CREATE VIRTUAL TABLE v USING fts5(a)"),
    ],
    ids=["nothing", "a beginning", "noise", "a view", "a column to work out", "a virtual table"],
)
def test_a_collection_that_is_not_all_stored_is_not_read(content):
    with pytest.raises(
        Unreadable, match=r"^its collection is damaged; in Anki run Tools ▸ Check Database, then export"
    ):
        archive.database(content)
