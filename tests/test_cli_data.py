"""The learner's data: decks on and off, search, log, statistics, export, backup."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from deck_text import SMALL

SPINE = "production-ai-systems/recsys-spine"


def test_decks_can_be_left_out_of_new_cards(workspace, rung):
    assert rung("decks")[1] == "on   small      2 cards      2 new     0 due\n"
    assert rung("decks", "off", "small") == (0, "", "small brings no new cards.\n")
    assert rung("due")[1] == "nothing due\n"
    assert "[1/2] new" in rung("review", "small")[1]  # asked for by name it comes
    assert rung("decks", "on", "small") == (0, "", "small brings new cards.\n")
    assert json.loads(rung("decks", "--json")[1])["decks"] == [
        {"id": "small", "title": "Small", "on": True, "cards": 2, "new": 2, "due": 0}
    ]


@pytest.mark.parametrize(("typed", "near"), [("originals", "original"), ("sizings", "sizing"), ("rags", "rag")])
def test_a_mistyped_deck_may_be_a_folder_of_them_or_the_end_of_one(here, rung, typed, near):
    assert rung("decks", "off", typed) == (2, "", f'rung: there is no deck "{typed}"; did you mean {near}?\n')


def test_a_card_is_listed_by_its_heading_and_its_question(here, rung):
    listed = (
        "production-ai-systems/recsys-spine/degradation#L4\n"
        "    How does the system degrade when the feature store fails? The interviewer\n"
    )
    assert listed in rung("cards", "outage", "tolerance")[1]


def test_finding_cards_by_words(here, rung):
    code, out, err = rung("cards", "popularity", "cold")
    assert code == 0
    assert f"{SPINE}/candidates#order\n" in out
    assert err.endswith("cards.\n")
    assert rung("cards", "unheard", "AND", '"NEAR("') == (0, "", "0 cards.\n")
    lines = [line for path in Path("cards").rglob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    assert len(json.loads(rung("cards", "--json")[1])["cards"]) == sum(
        '"kind": "' in line and '"retired": true' not in line for line in lines
    )


def test_the_log_goes_out_and_in_whole(workspace, rung, tmp_path, monkeypatch):
    rung("answer", "small/one#text.c1", "--grade", "good")
    rung("suspend", "small/two#text.c1")
    rung("undo")
    for option in ("--json", "--csv"):
        whole = rung("log", option)[1]
        file = tmp_path / f"log{option}"
        file.write_text(whole)
        assert rung("log", "--load", str(file))[1] == "0 new events, 3 known.\n"
        monkeypatch.setenv("RUNG_DB", str(tmp_path / f"other{option}.db"))
        assert rung("log", "--load", str(file))[1] == "3 new events, 0 known.\n"
        assert [path.name.split(".")[-2] for path in tmp_path.glob(f"other{option}.db.*.backup")] == ["before-import"]
        assert rung("log", option)[1] == whole
        assert rung("due", day="2026-11-22")[1] == "1 due, 1 new\n"
        monkeypatch.setenv("RUNG_DB", str(tmp_path / "learner" / "rung.db"))
    assert rung("log")[1] == (
        "2026-11-21  review   4 small/one#text.c1\n"
        "2026-11-21  suspend    small/two#text.c1\n"
        "2026-11-21  void       small/two#text.c1\n"
    )


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 1, "events": [{}]}', "device,at\n1,2\n"])
def test_a_file_that_is_no_log_is_refused(workspace, rung, tmp_path, text):
    (tmp_path / "x").write_text(text)
    code, out, err = rung("log", "--load", str(tmp_path / "x"))
    assert (code, out) == (2, "")
    assert err.startswith(f"rung: {tmp_path / 'x'}: ")
    assert len(err.splitlines()) == 1


def test_one_deck_may_be_exported(workspace, rung):
    (workspace / "decks" / "more.yaml").write_text(
        SMALL.replace("  - fact: two\n    text: The second is {{c1::beta}}.\n", "")
    )
    rung("build")
    assert rung("export")[2] == "3 cards of 3 notes.\n"
    assert rung("export", "more") == (0, f"{workspace / 'exports' / 'more.apkg'}\n", "1 card of 1 note.\n")
    assert rung("export", "--retired")[1:] == (
        f"{workspace / 'exports' / 'rung-retired.apkg'}\n", "There is nothing in it: no card is retired.\n",
    )  # fmt: skip


def test_marks_are_made_for_all_cards_or_none(workspace, rung):
    assert rung("suspend", "one", "nothing")[0] == 2
    assert rung("log")[1] == ""
    assert rung("suspend", "one", "two")[2] == "Suspended small/one#text.c1\nSuspended small/two#text.c1\n"


def test_cards_made_by_hand_that_cannot_be_asked_are_told_and_made_anew(workspace, rung):
    path = workspace / "cards" / "small.jsonl"
    path.write_text(path.read_text("utf-8").replace('"hole": 1', '"hole": 7'), "utf-8")
    told = 'line 2 is no card: "small/one#text.c1" does not end as the id of what it asks'
    says = f"rung: {path}: {told}; make it anew with: rung build, or take the line away\n"
    for command in ("export", "review", "due", "doctor", "cards", "print"):
        assert rung(command) == (3, "", says), command
    assert rung("build") == (0, "", "2 cards in 1 deck; 1 file written.\n")
    assert (path.read_text("utf-8").count('"hole": 1'), rung("export")[0]) == (2, 0)


def test_an_export_takes_away_what_one_that_was_killed_left(workspace, rung):
    left = workspace / "exports" / ".rung.apkg.abcdefgh.part"
    for part in (left, left.with_name(".rung.apkg.hgfedcba.part")):
        part.mkdir(parents=True)
        (part / "collection.anki2").touch()
    os.utime(left, (0, 0))
    assert rung("export")[0] == 0
    assert {path.name for path in left.parent.iterdir()} == {"rung.apkg", ".rung.apkg.hgfedcba.part"}


def test_cards_made_by_hand_that_make_no_note_are_told(workspace, rung):
    path = workspace / "cards" / "small.jsonl"
    path.write_text(path.read_text("utf-8").replace('"changed"', '"first": "small/one#text", "changed"'), "utf-8")
    told = "small/one#text and small/two#text were born with the same id"
    says = f"rung: {workspace / 'cards'}: {told}; make the cards anew with: rung build\n"
    assert rung("export") == (3, "", says)
    assert list((workspace / "exports").iterdir()) == []


def test_export_and_doctor_and_backup(workspace, rung, tmp_path):
    assert rung("export") == (0, f"{workspace / 'exports' / 'rung.apkg'}\n", "2 cards of 2 notes.\n")
    assert rung("export", "small", "-o", str(tmp_path / "x.apkg"))[1] == f"{tmp_path / 'x.apkg'}\n"
    assert (tmp_path / "x.apkg").read_bytes() == (workspace / "exports" / "rung.apkg").read_bytes()
    rung("answer", "small/one#text.c1", "--grade", "good")
    code, out, err = rung("doctor")
    assert (code, out) == (0, "Everything is in order.\n")
    assert "1 event of 1 card.\n" in err
    assert "config.toml: settings, none yet.\n" in err
    assert err.endswith(".daily.backup: the newest of 1 backup.\n")
    assert json.loads(rung("doctor", "--json")[1]) == {
        "format": 1, "store": os.environ["RUNG_DB"], "sound": True, "faults": [], "events": 1, "cards": 1, "unknown": 0,
        "sync_folder": None, "backups": 1,
    }  # fmt: skip
    copy = tmp_path / "copy.db"
    assert rung("backup", str(copy)) == (0, f"{copy}\n", "")
    assert rung("backup", str(copy)) == (2, "", f"rung: {copy} is there already; name another file\n")
    assert rung("--db", str(copy), "due", day="2026-11-22")[1] == "1 due, 1 new\n"


def test_a_backup_is_put_back_and_what_it_replaces_is_kept(workspace, rung, tmp_path):
    store, copy = Path(os.environ["RUNG_DB"]), tmp_path / "copy.db"
    rung("answer", "small/one#text.c1", "--grade", "good")
    rung("backup", str(copy))
    rung("answer", "small/two#text.c1", "--grade", "good")
    assert rung("restore", str(copy)) == (2, "", f"rung: to replace {store} by {copy} without being asked, say --yes\n")
    assert rung("restore", "nowhere") == (2, "", "rung: there is no file nowhere\n")
    code, out, err = rung("restore", str(copy), "--yes")
    assert (code, out) == (0, f"{store}\n")
    assert rung("due", day="2026-11-22")[1] == "1 due, 1 new\n"
    held, kept = (line.rpartition(": ")[2] for line in err.splitlines())
    assert held == f"It is now what {copy} holds."
    assert rung("--db", kept, "due", day="2026-11-22")[1] == "2 due, 0 new\n"
    assert rung("undo")[2] == "There is nothing to take back.\n"  # a restored store logs as a new device


def test_doctor_mends_what_follows_from_the_log(workspace, rung):
    rung("answer", "small/one#text.c1", "--grade", "good")
    with closing(sqlite3.connect(os.environ["RUNG_DB"])) as store, store:
        store.execute("UPDATE memory SET ease = 130")
    fault = "what is kept of card small/one#text.c1 does not follow from the log: mend it with: rung doctor --fix\n"
    assert rung("doctor")[:2] == (1, fault)
    assert rung("doctor", "--fix")[:2] == (0, "Everything is in order.\n")
    assert rung("doctor")[:2] == (0, "Everything is in order.\n")


def test_the_whole_end_of_an_id_is_meant_rather_than_one_that_goes_on(here, rung):
    code, out, _ = rung("show", "degradation#L7", "--json")
    assert code == 0
    assert json.loads(out)["id"] == f"{SPINE}/degradation#L7"
