"""The whole circle with real parts: the terminal, a package with its history, Anki, and back."""

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

pytest.importorskip("anki.collection")

from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

from rung.anki import archive, collection
from rung.model import ANKI
from rung.store import Store


@pytest.fixture
def col(tmp_path):
    opened = Collection(str(tmp_path / "anki.anki2"))
    yield opened
    opened.close()


def bring(col, path):
    options = ImportAnkiPackageOptions(with_scheduling=True)
    col.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options))


def give(col, path, *, legacy=False):
    options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=False, with_media=True, legacy=legacy)
    col.export_anki_package(out_path=str(path), options=options, limit=None)
    return str(path)


def press(col, id_, button):
    """Answer the card of that id (in its field) in Anki."""
    (number,) = col.find_cards(f'"Id:{id_}"')
    card = col.get_card(number)
    card.start_timer()
    col.sched.answerCard(card, button)


def logged(rung):
    return [
        (e["device"] == ANKI, e["kind"], e["card"], e["grade"]) for e in json.loads(rung("log", "--json")[1])["events"]
    ]


@pytest.mark.parametrize("legacy", [False, True])
def test_a_history_goes_round(workspace, rung, col, tmp_path, legacy):
    rung("answer", "one", "--grade", "good", day=None)
    package = tmp_path / "out.apkg"
    assert rung("export", "--with-history", "-o", str(package), day=None)[0] == 0
    bring(col, package)
    press(col, "small/two#text", 4)
    press(col, "small/one#text", 1)
    back = give(col, tmp_path / "back.apkg", legacy=legacy)

    assert rung("import", back, "--dry-run", day=None) == (0, "2 new answers, 1 known.\n", "")
    assert len(logged(rung)) == 1
    assert rung("import", back, day=None) == (0, "2 new answers, 1 known.\n", "")
    assert rung("import", back, day=None) == (0, "0 new answers, 3 known.\n", "")
    assert sorted(logged(rung)) == [
        (False, "review", "small/one#text.c1", 4),
        (True, "review", "small/one#text.c1", 1),
        (True, "review", "small/two#text.c1", 5),
    ]
    assert rung("doctor")[:2] == (0, "Everything is in order.\n")
    with Store.open(Path(os.environ["RUNG_DB"])) as store:
        one, two = (store.standing(f"small/{name}#text.c1") for name in ("one", "two"))
        assert (one.memory.interval, one.memory.repetitions, one.last_grade) == (1, 1, 1)  # a second answer that day
        assert (two.memory.interval, two.memory.ease, two.rows) == (1, 260, 1)

    # The same log in both: what goes out again is what Anki has, row by row, under the same GUIDs.
    again = tmp_path / "again.apkg"
    rung("export", "--with-history", "-o", str(again), day=None)
    ours, theirs = (collection.read(archive.opened(Path(path)).collection) for path in (again, back))
    assert [note.guid for note in ours.notes] == [note.guid for note in theirs.notes]
    assert [(row.id, row.button) for row in ours.answers] == [(row.id, row.button) for row in theirs.answers]


def test_a_backup_is_made_before_answers_come_in_and_none_without(workspace, rung, col, tmp_path):
    store = Path(os.environ["RUNG_DB"])
    rung("export", "-o", str(tmp_path / "out.apkg"))
    bring(col, tmp_path / "out.apkg")
    back = give(col, tmp_path / "none.apkg")
    told = "No answers came with it; export it in Anki once more, with learning progress.\n"
    assert rung("import", back) == (0, "0 new answers, 0 known.\n", told)
    assert list(store.parent.glob("*.backup")) == []
    press(col, "small/two#text", 3)
    assert rung("import", give(col, tmp_path / "some.apkg"))[1] == "1 new answer, 0 known.\n"
    (backup,) = store.parent.glob("*.before-import.backup")
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT count(*) FROM events").fetchone() == (0,)


def test_what_is_no_card_here_is_counted(workspace, rung, col, tmp_path):
    note = col.new_note(col.models.by_name("Basic"))
    note.fields[:] = "Why?", "So."
    col.add_note(note, 1)
    (number,) = note.card_ids()
    card = col.get_card(number)
    card.start_timer()
    col.sched.answerCard(card, 3)
    back = give(col, tmp_path / "strange.apkg")
    said = (
        0,
        "0 new answers, 0 known, 1 of cards that are not here.\n",
        "None of its cards is a card here; take them in as a deck by: --as-deck NAME\n",
    )
    assert rung("import", back) == said
    assert json.loads(rung("import", back, "--json")[1]) == {
        "format": 1, "new": 0, "known": 0, "strange": 1, "matched": 0, "unmatched": 1, "dry_run": False,
    }  # fmt: skip


def test_a_whole_collection_may_be_taken_in(workspace, rung, col, tmp_path):
    rung("export", "-o", str(tmp_path / "out.apkg"))
    bring(col, tmp_path / "out.apkg")
    press(col, "small/two#text", 2)
    col.export_collection_package(str(tmp_path / "all.colpkg"), include_media=True, legacy=False)
    assert rung("import", str(tmp_path / "all.colpkg"))[1] == "1 new answer, 0 known.\n"
    assert logged(rung) == [(True, "review", "small/two#text.c1", 3)]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is no Anki package (.apkg or .colpkg); export one in Anki by File ▸ Export"),
        (b"PK\x03\x04 and so on", "it is cut short; copy or export it once more"),
    ],
)
def test_what_is_no_package_is_named(workspace, rung, tmp_path, content, words):
    path = tmp_path / "x.apkg"
    path.write_bytes(content)
    assert rung("import", str(path)) == (3, "", f"rung: {path}: {words}; nothing was taken in\n")
    assert rung("import", "nowhere") == (2, "", "rung: there is no file nowhere\n")


def test_history_and_retired_cards_do_not_go_together(workspace, rung):
    told = "rung: --retired and --with-history exclude each other: retired cards are not scheduled\n"
    assert rung("export", "--retired", "--with-history") == (2, "", told)
