"""Real packages, as genanki, Anki and Rung write them, and such changes to them as go deep."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing, suppress
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import genanki
import zstandard

from fuzz import mutation
from fuzz.targets import _decks, html_fields
from rung import cards as kinds
from rung.anki import package
from rung.compiler import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")
PIXEL = b"\x89PNG\r\n\x1a\n pixel"
BEGAN = 1_700_010_000  # the UTC second at which the collections begin
FIELDS = (
    (genanki.BASIC_MODEL, "2 &lt; 3?<div>Say <i>why</i>.</div>", "<b>Yes</b>[sound:p.mp3] <img src='the seine.png'>"),
    (genanki.BASIC_AND_REVERSED_CARD_MODEL, "France", 'Paris<br><img src="a.png">'),
    (genanki.CLOZE_MODEL, "{{c2::Rome::city}} in {{c1::Italy {{c3::(EU)}}}}", "On the Tiber."),
    (genanki.BASIC_MODEL, "What <u>holds</u> of x<sup>2</sup> and H<sub>2</sub>O, <code>a|b</code>?",
     "<h2>Much</h2><p>A <a href='https://a.invalid/x'>link</a>, <s>one</s> <kbd>two</kbd></p><ul><li>one</li><li><i>two</i></li></ul><ol start='3'><li>three</li></ol>"
     "<table><tr><th>a</th><th>b|c</th></tr><tr><td>c</td><td>d</td></tr></table><pre><code>x = 1<br>y</code></pre><blockquote>said</blockquote><ruby>漢<rt>かん</rt></ruby>"
     "\\(x_1\\) [latex]y[/latex]"),
)  # fmt: skip
ODD: tuple[Any, ...] = (
    None, 0, -1, 1, 2, 499, 10**15, 2**63 - 1, -(2**63), 1.5, 1e308, float("inf"), "", "x", "\0", b"", b"\xff\xfe", "[]", "{}", "null", '{"1": {}}',
    "1e999", "[" * 500, "\x1f" * 50, "a::b::c::d::e::f::g", "::", "../../etc", "\x1b[2J", "{{c1::x}}" * 40,
)  # fmt: skip
ANSWERED = (
    "UPDATE revlog SET id = id + 86400000",
    "INSERT INTO revlog SELECT id + 86400000, cid, usn, ease % 4 + 1, ivl, lastIvl, factor, time, type FROM revlog",
)
STATEMENTS = (
    "DROP TABLE revlog", "DROP TABLE cards", "DELETE FROM notes", "DELETE FROM cards", "DELETE FROM col", "UPDATE notes SET guid = 'same'",
    "UPDATE notes SET flds = zeroblob(100000)", "UPDATE cards SET ord = ord + 7", "UPDATE cards SET nid = 0", "UPDATE col SET ver = 18", "UPDATE col SET ver = 11",
    "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END", "CREATE VIEW v AS SELECT * FROM notes", "ALTER TABLE notes ADD COLUMN more",
    "UPDATE notes SET flds = CAST(x'ff00ff' AS TEXT)", "UPDATE revlog SET id = -id",
    "UPDATE revlog SET ease = 9, type = 4", *ANSWERED,
    "INSERT INTO col SELECT id + 1, crt, mod, scm, ver, dty, usn, ls, conf, models, decks, dconf, tags FROM col",
    "UPDATE col SET models = replace(models, '\"flds\"', '\"fldz\"')", "UPDATE col SET models = replace(models, '}}', '')", "PRAGMA user_version = 99",
)  # fmt: skip
NAMES = ("../a.png", "/etc/passwd", "C:\\a.png", "a/b.png", "..", "", "a\0.png", "CON", "x" * 300, "a.png", "the seine.png", "é.png", "a\u202egnp.exe", "-.png", "a).png",
         "a.svg", "\x1b[2J.png", "<b>.png", "%2e%2e%2fa.png")  # fmt: skip


@cache
def seeds() -> tuple[bytes, ...]:
    media = {"a.png": PIXEL, "the seine.png": PIXEL + b"2"}
    legacy = _legacy()
    return (
        zipped(_entries(legacy, media)),
        zipped(_entries(legacy, media, "collection.anki21")),
        zipped(_newest(legacy, media)),
        _own(),
        *_of_anki(),
    )


def _legacy() -> bytes:
    decks = [genanki.Deck(1_500_000_000_000 + place, name) for place, name in enumerate(("Geo", "Geo::Europe", "Med"))]
    for place, (model, *fields) in enumerate(FIELDS):
        decks[place % 3].add_note(
            genanki.Note(model, fields + [""] * (len(model.fields) - len(fields)), guid=f"g{place}", tags=["a", "b::c"])
        )
    with closing(sqlite3.connect(":memory:")) as db:
        genanki.Package(decks).write_to_db(db.cursor(), 1_700_000_000, count(1_700_000_000_000))
        db.execute("UPDATE col SET crt = ?, conf = json_set(conf, '$.creationOffset', -180)", (BEGAN,))
        db.execute(
            f"INSERT INTO revlog SELECT {BEGAN} * 1000 + id % 1000 + 5000, id, -1, 3, 1, 0, 2500, 4000, 1 FROM cards"
        )
        db.commit()
        return db.serialize()


def _entries(collection: bytes, media: Mapping[str, bytes], name: str = "collection.anki2") -> dict[str, bytes]:
    listed = json.dumps({str(place): each for place, each in enumerate(media)}).encode()
    return {name: collection, "media": listed, **{str(place): content for place, content in enumerate(media.values())}}


def _newest(collection: bytes, media: Mapping[str, bytes]) -> dict[str, bytes]:
    """The entries as Anki packs them since 2.1.50."""
    listed = b"".join(
        b"\x0a%b%b" % (bytes([len(name.encode()) + 2]), b"\x0a%b%b" % (bytes([len(name.encode())]), name.encode()))
        for name in media
    )
    entries = _entries(
        zstandard.compress(collection),
        {name: zstandard.compress(content) for name, content in media.items()},
        "collection.anki21b",
    )
    return {"meta": b"\x08\x03", **entries, "media": zstandard.compress(listed)}


def _own() -> bytes:
    """What Rung exports."""
    built = [compiled({f"course/deck-{place}.yaml": data}, (), 1_000) for place, data in enumerate(_decks.seeds())]
    decks = [(deck.deck, deck.cards) for each in built if not each.broken for deck in each.decks]
    with TemporaryDirectory() as folder:
        package.write(Path(folder) / "own.apkg", decks[:6], dict.fromkeys(kinds.names(), 1_000))
        return (Path(folder) / "own.apkg").read_bytes()


def _of_anki() -> tuple[bytes, ...]:
    """What Anki itself exports, in both formats and as a whole collection; nothing where it is not installed."""
    try:
        from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageRequest
    except ImportError:
        return ()
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "legacy.apkg").write_bytes(zipped(_entries(_legacy(), {"a.png": PIXEL})))
        col = Collection(str(place / "collection.anki2"))
        col.import_anki_package(ImportAnkiPackageRequest(package_path=str(place / "legacy.apkg")))
        for legacy in (False, True):
            options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=legacy)
            col.export_anki_package(out_path=str(place / f"{legacy}.apkg"), options=options, limit=None)
        col.export_collection_package(str(place / "all.colpkg"), include_media=True, legacy=False)
        return tuple((place / name).read_bytes() for name in ("False.apkg", "True.apkg", "all.colpkg"))


# ── changes ──────────────────────────────────────────────────────────────────────────────────────


def zipped(entries: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as file:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            file.writestr(entry, data, how)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The entries of a zip file, nothing where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return {name: file.read(name) for name in file.namelist()[:50] if file.getinfo(name).file_size < 1 << 22}
    except Exception:
        return {}


def mutated(data: bytes, random: Random) -> bytes:
    """Another package: mostly one whose collection has another row."""
    return _changed(data, random, random.randrange(12))


def deeper(data: bytes, random: Random) -> bytes:
    """Another package, most of which can be read."""
    return _changed(data, random, random.randrange(12) if random.randrange(4) == 0 else 12)


def _changed(data: bytes, random: Random, how: int) -> bytes:
    entries = unzipped(data)
    name = next((each for each in COLLECTIONS if each in entries), None)
    if not name or how == 0:
        return mutation.flipped(data, random)
    if how == 1:
        entries = _other_entries(entries, random)
    elif how == 2:
        entries["media"] = _other_media(entries.get("media", b""), random, packed=name.endswith("b"))
    else:
        packed = name.endswith("b")
        plain = unpacked(entries[name]) if packed else entries[name]
        plain = mutation.flipped(plain, random) if how == 3 else _other_rows(plain, random)
        entries[name] = zstandard.compress(plain, 1) if packed else plain
    return zipped(entries, random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def changed(data: bytes, statement: str) -> bytes:
    """A package whose collection was changed by some SQL."""
    entries = unzipped(data)
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(entries["collection.anki2"])
        db.execute(statement)
        db.commit()
        return zipped({**entries, "collection.anki2": db.serialize()})


def unpacked(data: bytes) -> bytes:
    try:
        return zstandard.ZstdDecompressor().stream_reader(data).read(1 << 22)
    except zstandard.ZstdError:
        return data


def _other_entries(entries: dict[str, bytes], random: Random) -> dict[str, bytes]:
    name = random.choice(sorted(entries))
    match random.randrange(4):
        case 0:
            return {each: data for each, data in entries.items() if each != name}
        case 1:
            return {**entries, name: mutation.flipped(entries[name], random)}
        case 2:
            return {
                **entries,
                random.choice((*COLLECTIONS, "meta", "media", "0", "1", "7", *NAMES)) or "x": entries[name],
            }
    return {**entries, "meta": bytes([8, random.randrange(6)]) + random.randbytes(random.randrange(3))}


def _other_media(listed: bytes, random: Random, *, packed: bool) -> bytes:
    """A list of media of which a name is another, or that is none."""
    if not packed:
        try:
            media = json.loads(listed)
            media[random.choice((*media, "5", "../0", "collection.anki2"))] = random.choice((*NAMES, None, 5, ["x"]))
            return json.dumps(media).encode()
        except (ValueError, TypeError, AttributeError):
            return mutation.flipped(listed, random)
    name = random.choice(NAMES).encode()[:100]
    more = b"\x0a%b\x0a%b%b" % (bytes([len(name) + 2]), bytes([len(name)]), name)
    plain = unpacked(listed)
    return zstandard.compress(random.choice((more, more + plain, plain + more, mutation.flipped(plain, random))))


def _other_rows(collection: bytes, random: Random) -> bytes:
    """A collection in which some values are others."""
    with closing(sqlite3.connect(":memory:")) as db, suppress(sqlite3.Error, OverflowError, MemoryError, UnicodeError):
        db.deserialize(collection)
        db.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        tables = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        ]
        for _ in range(random.choice((1, 1, 2, 3))):
            with suppress(sqlite3.Error, OverflowError, UnicodeError):
                if random.randrange(8) == 0:
                    db.execute(random.choice(STATEMENTS))
                else:
                    _other_value(db, random.choice(("notes", "notes", "cards", "revlog", *tables)), random)
        db.commit()
        return db.serialize()
    return collection


def _other_value(db: sqlite3.Connection, table: str, random: Random) -> None:
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    (rows,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()
    if not columns or not rows:
        return
    column = random.choice(("flds", *columns) if table == "notes" else columns)
    (old,) = db.execute(f"SELECT {column} FROM {table} LIMIT 1 OFFSET {random.randrange(min(rows, 100))}").fetchone()
    db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} IS ?", (_value(old, random), old))


def _value(old: Any, random: Random) -> Any:
    if isinstance(old, str | bytes) and random.randrange(5):
        text = old.encode("utf-8", "surrogatepass") if isinstance(old, str) else old
        changed = mutation.words(text, random, html_fields.WORDS, _texts())
        return changed.decode("utf-8", "replace") if isinstance(old, str) else changed
    return random.choice(ODD)


@cache
def _texts() -> Sequence[bytes]:
    return html_fields.seeds()
