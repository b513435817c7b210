"""Files that are no sound package of Anki: each is refused in one line that says what is wrong, and nothing changes."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import struct
import sys
import time
import zipfile
from contextlib import closing
from functools import cache

import pytest
import zstandard

from foreign_packages import BASIC, PIXEL, collection, note, package

GOOD = {"Geo": [note("a", BASIC, "Asked <img src=a.png>", "Said"), note("b", BASIC, "Asked too", "Said")]}
ANSWERS = [("a", 0, 1000, 3), ("b", 0, 2000, 3)]
AGAIN = "copy or export it once more"
CHECK = "in Anki run Tools ▸ Check Database, then export it again"
ZEROS = 20 << 24  # bytes that a bomb unpacks to, more than anything may take


def zipped(entries, how=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as zip_:
        for name, data in entries.items():
            zip_.writestr(name, data)
    return buffer.getvalue()


def sound(media=None, **more):
    return {"collection.anki2": collection(GOOD, ANSWERS, **more), "media": json.dumps(media or {})}


def newest(packed, media=b"", meta=b"\x08\x03"):
    return zipped({"meta": meta, "collection.anki21b": packed, "media": media}, zipfile.ZIP_STORED)


@cache
def zstd_of_zeros():
    """Some kilobytes that unpack to that many bytes."""
    packer = zstandard.ZstdCompressor().compressobj()
    chunk = bytes(1 << 24)
    return b"".join(packer.compress(chunk) for _ in range(ZEROS >> 24)) + packer.flush()


@cache
def deflated_zeros():
    """A zip file of zeros."""
    buffer = io.BytesIO()
    packer = zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with packer, packer.open("collection.anki2", "w") as file:
        for _ in range(ZEROS >> 24):
            file.write(bytes(1 << 24))
    return buffer.getvalue()


def lying(said):
    """A zip file of zeros that says of itself that they are fewer."""
    return deflated_zeros().replace(struct.pack("<L", ZEROS), struct.pack("<L", said))


def locked():
    """A zip file whose entries say that a password is needed."""
    data = bytearray(zipped(sound()))
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(mark, start + 4)
    return bytes(data)


def torn():
    """A collection in which every page but the first two is rubbish."""
    whole = collection(GOOD, ANSWERS)
    return whole[:8192] + os.urandom(1) * (len(whole) - 8192)


def spliced(sql):
    """A sound package in whose collection something was done."""
    return zipped(sound(also=sql))


def doubled():
    """A collection whose table of notes has one page twice, as one that fans out for ever would."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(collection(GOOD, ANSWERS))
        db.execute("PRAGMA writable_schema = ON")
        db.execute(
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'notes') WHERE name = 'revlog'"
        )
        db.commit()
        return db.serialize()


def other_database():
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE TABLE x (y)")
        return db.serialize()


FOREVER = "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r)"
NEWER = b"\x08\x09"
DEEP = '{"1": {"name": ' + "[" * 100_000 + "]" * 100_000 + "}}"

FILES = {
    "nothing": (b"", "it is no Anki package (.apkg or .colpkg); export one in Anki by File ▸ Export"),
    "a text": (b"Front\tBack\n", "it is no Anki package (.apkg or .colpkg); export one in Anki by File ▸ Export"),
    "an empty zip": (zipped({}), "it holds no collection.anki2, so it is no package of Anki; export it there once more"),
    "another zip": (zipped({"a.txt": "x"}), "it holds no collection.anki2, so it is no package of Anki; export it there once more"),
    "no database": (zipped({"collection.anki2": "x" * 9000}), f"its collection is damaged; {CHECK}"),
    "an empty database": (zipped({"collection.anki2": b""}), f"its collection is damaged; {CHECK}"),
    "another database": (zipped({"collection.anki2": other_database()}), f"its collection is not as Anki writes them; {CHECK}"),
    "torn pages": (zipped({"collection.anki2": torn()}), f"its collection is damaged; {CHECK}"),
    "half a database": (zipped({"collection.anki2": collection(GOOD)[:20_000]}), f"its collection is damaged; {CHECK}"),
    "a page twice": (zipped({"collection.anki2": doubled()}), f"its collection is damaged; {CHECK}"),
    "no zstd": (newest(b"x" * 100), f"its collection.anki21b is damaged; {AGAIN}"),
    "half a zstd": (newest(zstandard.compress(collection(GOOD))[:2000]), None),
    "a format of the future": (newest(b"", meta=NEWER), "its format 9 is newer than what Rung reads; export it for older versions of Anki"),
    "a damaged meta": (newest(b"", meta=b"\xff\xff"), f"its meta is damaged; {AGAIN}"),
    "a password": (locked(), "it is protected by a password; unpack it, or export it in Anki without one"),
    "another packing": (zipped(sound(), zipfile.ZIP_LZMA), "its collection.anki2 is packed as Anki packs nothing; export it once more"),
    "a view for a table": (
        spliced(f"ALTER TABLE notes RENAME TO n; CREATE VIEW notes AS {FOREVER} SELECT x AS id, x AS guid, 1 AS mid, 'a' AS flds, '' AS tags FROM r"),
        f"its collection is damaged; {CHECK}",
    ),
    "a worked out column": (
        spliced("ALTER TABLE notes ADD COLUMN more GENERATED ALWAYS AS (zeroblob(1000000000)) VIRTUAL"),
        f"its collection is damaged; {CHECK}",
    ),
    "a virtual table": (
        spliced("DROP TABLE revlog; CREATE VIRTUAL TABLE revlog USING fts5(id, cid, ease, time, type)"),
        f"its collection is damaged; {CHECK}",
    ),
    "a table gone": (spliced("DROP TABLE revlog"), f"its collection is not as Anki writes them; {CHECK}"),
    "note types that are none": (spliced("UPDATE col SET models = '[1, 2]'"), f"its collection is not as Anki writes them; {CHECK}"),
    "no JSON": (spliced("UPDATE col SET decks = '{'"), f"its collection is not as Anki writes them; {CHECK}"),
    "JSON without a floor": (spliced(f"UPDATE col SET decks = '{DEEP}'"), f"its collection is not as Anki writes them; {CHECK}"),
    "an endless number": (spliced("UPDATE col SET crt = 9e99"), f"its collection is not as Anki writes them; {CHECK}"),
    "a day of no calendar": (spliced(f"UPDATE col SET crt = {1 << 60}"), f"its collection is not as Anki writes them; {CHECK}"),
    "a zone of no clock": (spliced("UPDATE col SET conf = '{\"creationOffset\": 99999999999}'"), f"its collection is not as Anki writes them; {CHECK}"),
    "no text": (spliced("UPDATE notes SET flds = CAST(x'ff00ff' AS TEXT)"), f"its collection is not as Anki writes them; {CHECK}"),
    "a list of media that is none": (zipped({**sound(), "media": "[1"}), "its list of media cannot be read; export it once more"),
    **{
        f"the medium {name}": (
            zipped({**sound({"0": name}), "0": PIXEL}),
            f"its medium {name!r} is a path, not a name; take it out in Anki by Tools ▸ Check Media",
        )
        for name in ("../a.png", "/a.png", "C:\\a.png", "a/b.png", ".", "..", "", "a\0.png")
    },
}  # fmt: skip
WHOLE = zipped({**sound({"0": "a.png"}), "0": PIXEL})


@pytest.fixture
def refused(workspace, rung, tmp_path, monkeypatch):
    """Import a file that must be refused with exit 3 and say why; store, workspace and all else stay as they were."""
    monkeypatch.setenv("RUNG_WORKSPACE", str(workspace))
    package(tmp_path / "good.apkg", collection(GOOD, ANSWERS), {"a.png": PIXEL})
    assert rung("import", str(tmp_path / "good.apkg"), "--as-deck", "good")[0] == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)

    def everything():
        return {
            path: path.read_bytes()
            for path in tmp_path.rglob("*")
            if path.is_file() and not path.name.endswith(("-shm", "-wal"))
        }

    def refused(data, *how):
        file = tmp_path / "bad.apkg"
        file.write_bytes(data)
        before = everything()
        code, out, err = rung("import", str(file), *how)
        assert (code, out, err.count("\n")) == (3, "", 1), err
        assert everything() == before
        return err.removeprefix(f"rung: {file}: ").removesuffix("; nothing was taken in\n")

    return refused


@pytest.mark.parametrize("how", [(), ("--as-deck", "good"), ("--as-deck", "new")], ids=["answers", "good", "new"])
@pytest.mark.parametrize("what", FILES)
def test_what_is_wrong_is_said(refused, what, how):
    data, why = FILES[what]
    told = refused(data, *how)
    assert told == why or (why is None and "damaged" in told)


@pytest.mark.parametrize("part", range(1, 20))
def test_a_file_that_is_cut_short(refused, part):
    told = refused(WHOLE[: len(WHOLE) * part // 20], "--as-deck", "good")
    assert told == f"it is cut short; {AGAIN}"


def test_rubbish_anywhere_never_breaks_the_program(refused, rung, tmp_path):
    """Every 97th byte turned over: the file is refused, or its deck comes in all the same."""
    for place in range(0, len(WHOLE), 97):
        data = WHOLE[:place] + bytes([WHOLE[place] ^ 0xFF]) + WHOLE[place + 1 :]
        (tmp_path / "bad.apkg").write_bytes(data)
        code, _, err = rung("import", str(tmp_path / "bad.apkg"), "--as-deck", "good", "--dry-run")
        assert code in (0, 2, 3), err
        assert "Traceback" not in err


@pytest.mark.parametrize(
    ("bomb", "why"),
    [
        (lambda: newest(zstd_of_zeros()), "its collection.anki21b unpacks to more than 16,777,216 bytes; export it in pieces"),
        (lambda: newest(zstandard.compress(collection(GOOD)), zstd_of_zeros()), "its media unpacks to more than 16,777,216 bytes"),
        (deflated_zeros, "its collection.anki2 unpacks to more than"),
        (lambda: lying(1000), "its collection.anki2 is damaged"),
        (lambda: lying(1 << 23), "its collection.anki2 is damaged"),
    ],
    ids=["zstd", "media", "zip", "a zip that lies", "a zip that lies less"],
)  # fmt: skip
def test_a_bomb_takes_neither_time_nor_memory(refused, bomb, why):
    resource = pytest.importorskip("resource")
    data = bomb()
    began, most = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(data, "--as-deck", "good").startswith(why)
    assert time.process_time() - began < 5
    unit = 1 if sys.platform == "darwin" else 1024
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most) * unit < 200 << 20


def test_a_picture_that_is_a_bomb(refused):
    entries = {**sound({"0": "a.png"}), "0": bytes((1 << 24) + 1)}
    assert (
        refused(zipped(entries), "--as-deck", "good")
        == "its 0 unpacks to more than 16,777,216 bytes; export it in pieces"
    )


def test_triggers_and_times_that_nobody_has_do_no_harm(workspace, rung, tmp_path):
    also = f"""
        CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END;
        INSERT INTO revlog SELECT {1 << 62}, id, -1, 3, 1, 0, 2500, 4000, 1 FROM cards LIMIT 1;
        INSERT INTO revlog SELECT -5, id, -1, 3, 1, 0, 2500, 4000, 1 FROM cards LIMIT 1;
        INSERT INTO revlog SELECT 1700010005000, id, -1, 3, 1, 0, 2500, {1 << 62}, 1 FROM cards LIMIT 1;
        UPDATE notes SET tags = '{{{{c1::x}}}} ![a](b) `c` ok' WHERE guid = 'a';
        UPDATE col SET decks = replace(decks, '"Geo"', '"Geo::\\ud800::{{{{c1::x}}}} ![a](b)"');
    """
    package(tmp_path / "odd.apkg", collection(GOOD, ANSWERS, also=also), {"a.png": PIXEL})
    code, out, err = rung("import", str(tmp_path / "odd.apkg"), "--as-deck", "odd")
    assert (code, out, err) == (0, "decks/odd.yaml\n2 notes, 2 cards, 1 picture, 3 new answers.\n", "")
    assert rung("build", "--check", "--strict") == (0, "", "")
    assert rung("doctor")[0] == 0


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_no_file_a_folder_a_link_and_one_that_may_not_be_read(workspace, rung, tmp_path):
    nowhere = tmp_path / "nowhere.apkg"
    assert rung("import", str(nowhere), "--as-deck", "x") == (2, "", f"rung: there is no file {nowhere}\n")
    assert rung("import", str(tmp_path), "--as-deck", "x") == (2, "", f"rung: {tmp_path} is no file\n")
    good = package(tmp_path / "good.apkg", collection(GOOD, ANSWERS), {"a.png": PIXEL})
    link = tmp_path / "link.apkg"
    link.symlink_to(good)
    assert rung("import", str(link), "--as-deck", "x")[0] == 0
    good.unlink()
    assert rung("import", str(link), "--as-deck", "x") == (2, "", f"rung: there is no file {link}\n")


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(workspace, rung, tmp_path):
    good = package(tmp_path / "good.apkg", collection(GOOD, ANSWERS))
    good.chmod(0)
    assert rung("import", str(good), "--as-deck", "x") == (3, "", f"rung: {good}: permission denied\n")
