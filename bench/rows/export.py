"""Cards as a package of Anki, beside plain genanki and Anki's own exporter: the same fields, types, tags and decks.

All begin with what they have at hand: Rung and genanki with values, Anki with its collection. What the peers need not do
is counted against Rung all the same: genanki is given the fields as HTML and the GUIDs, counts its ids up, and stores
what Rung and Anki pack; Anki has HTML and ids in its tables. `rows` is what no exporter does without: the rows of Rung's
own package, made beforehand, go into SQLite by id, get their indexes, and are packed.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import genanki
from packages import decks_of, put_package

from rows import timed
from rung import cards
from rung.anki import names, package
from rung.anki.models import described
from rung.anki.notes import notes

if TYPE_CHECKING:
    from pathlib import Path

WORK = "export of {size:,} notes"
SIZE, QUICK = 50_000, 500
GOALS = (("rung", "genanki", 0.5), ("rung", "anki", 0.7), ("rung", "rows", None))
NEEDS = {"anki": "anki"}
MEMORY = True


def prepared(folder: Path, size: int) -> None:
    put_package(folder / "prepared.apkg", size)
    try:
        from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
    except ImportError:
        return
    collection = Collection(str(folder / "collection.anki2"))
    path = str(folder / "prepared.apkg")
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=ImportAnkiPackageOptions()))
    collection.close()


def by_rung(folder: Path, size: int) -> float:
    decks = list(decks_of(size))
    types = dict.fromkeys(cards.names(), 1)
    return timed(lambda: package.write(folder / "rung.apkg", decks, types))


def by_genanki(folder: Path, size: int) -> float:
    models = {kind: _model(kind) for kind in cards.names()}
    rows = [
        (note.part.home.name, models[note.part.kind], note.fields, list(note.part.tags), note.part.guid)
        for deck in decks_of(size)
        for note in notes([deck])  # a deck at a time, so that no card stays in its memory
    ]
    numbers = names.numbers({deck for deck, *_ in rows})

    def work() -> None:
        decks = {name: genanki.Deck(number, name) for name, number in numbers.items()}
        for deck, model, fields, tags, guid in rows:
            decks[deck].add_note(genanki.Note(model, fields, tags=tags, guid=guid))
        genanki.Package(list(decks.values())).write_to_file(folder / "genanki.apkg")

    return timed(work)


def _model(kind: str) -> genanki.Model:
    told = described(kind, 1)
    return genanki.Model(int(told["id"]), told["name"], told["flds"], told["tmpls"], told["css"], told["type"])


def by_anki(folder: Path, size: int) -> float:
    from anki.collection import Collection, ExportAnkiPackageOptions

    collection = Collection(str(folder / "collection.anki2"))
    options: Any = ExportAnkiPackageOptions(legacy=True, with_media=True)
    try:
        return timed(
            lambda: collection.export_anki_package(out_path=str(folder / "anki.apkg"), options=options, limit=None)
        )
    finally:
        collection.close()


def by_rows(folder: Path, size: int) -> float:
    with ZipFile(folder / "prepared.apkg") as packed, closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(packed.read("collection.anki2"))
        made = db.execute("SELECT type, name, sql FROM sqlite_master WHERE sql > ''").fetchall()
        rows = {name: db.execute(f"SELECT * FROM {name}").fetchall() for kind, name, _ in made if kind == "table"}  # noqa: S608

    def work() -> None:
        (folder / "rows.anki2").unlink(missing_ok=True)
        with closing(sqlite3.connect(folder / "rows.anki2")) as db:
            db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE")
            for kind in ("table", "index"):
                for _, name, sql in (each for each in made if each[0] == kind):
                    db.execute(sql)
                    if rows.get(name):
                        holes = ",".join("?" * len(rows[name][0]))
                        db.executemany(f"INSERT INTO {name} VALUES ({holes})", rows[name])  # noqa: S608
            db.commit()
        with ZipFile(folder / "rows.apkg", "w", ZIP_DEFLATED, compresslevel=package.FAST) as packed:
            packed.write(folder / "rows.anki2", "collection.anki2")

    return timed(work)


SIDES = {"genanki": by_genanki, "rung": by_rung, "anki": by_anki, "rows": by_rows}
