"""The bench of peers: every row is measured, ratio first, and its peers do the work they are measured by."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from rung.anki import archive, collection
from rung.counts import Totals
from rung.store import CardFile, Store

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture
def peers(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import peers

    return peers


def rows(*named):
    done = subprocess.run(
        [sys.executable, BENCH / "peers.py", "--quick", *named], capture_output=True, text=True, check=True
    )
    head, *lines = done.stdout.splitlines()
    assert head.split() == ["ratio", "goal", "median", "beside", "memory", "work", ":", "beside"]
    return lines


LINE = re.compile(r" +[\d.e+]+ x  at most ([\d.]+) x +(?:met|MISSED) +[\d.]+ m?s +[\d.]+ m?s +(?:\d+\.\d\d x)?  (.+)")
SHORT = {"compile": 20, "rebuild": 20, "export": 20, "arrive": 20, "sitting": 400, "growth": 1000}


def test_rows_have_a_line_for_each_goal():
    found = [LINE.fullmatch(line).groups() for line in rows("start", "replay")]
    assert [(goal, told.rpartition(", ")[2]) for goal, told in found] == [
        ("12", "rung due : python -c pass"),
        ("12", "rung --help : python -c pass"),
        ("0.2", "SM-2 : py-fsrs"),
        ("1.25", "FSRS : py-fsrs"),
    ]


def test_every_row_has_a_goal_for_sides_that_it_measures(peers):
    assert sorted(path.stem for path in (BENCH / "rows").glob("[!_]*.py")) == sorted(peers.ROWS)
    for row in peers.ROWS:
        module = peers.import_module(f"rows.{row}")
        named = {side for goal in module.GOALS for name in goal[:2] for side in module.SIDES if name.startswith(side)}
        assert named | getattr(module, "PARTS", {}).keys() == module.SIDES.keys()
        assert module.QUICK < module.SIZE


@pytest.fixture
def measured(peers, monkeypatch, tmp_path):
    """What each side of a row takes at a short size, in a folder that is kept for a look at what was done."""

    def measured(row):
        module = peers.import_module(f"rows.{row}")
        if "anki" in module.NEEDS:
            pytest.importorskip("anki.collection")
        monkeypatch.setattr(peers.import_module("rows.sitting"), "MOST", 60)
        module.prepared(tmp_path, SHORT[row])
        found = {}
        for side in module.SIDES:
            found |= peers.taken(module, side, SHORT[row], tmp_path)
        assert all(each.seconds > 0 for each in found.values())
        return module, found

    return measured


@pytest.mark.parametrize("row", ["compile", "rebuild", "export", "arrive"])
def test_each_side_does_its_work(measured, row, tmp_path):
    module, found = measured(row)
    assert found.keys() == module.SIDES.keys()
    if row == "rebuild":
        assert len(list((tmp_path / "cards").glob("*.jsonl"))) == 20
        assert sum("may well fail" in path.read_text() for path in (tmp_path / "cards").glob("*.jsonl")) == 1
    if row == "export":
        assert {name: notes(tmp_path / f"{name}.apkg") for name in module.SIDES} == dict.fromkeys(module.SIDES, 20)


def test_a_sitting_has_every_figure_that_a_goal_names_and_keeps_its_answers(measured, tmp_path):
    module, found = measured("sitting")
    assert {name for goal in module.GOALS for name in goal[:2]} <= found.keys()
    with Store.open(tmp_path / "rung.db") as store:
        answers = store.database.value("SELECT count(*) FROM events WHERE day > '2025-12-31'")
        assert answers == store.database.value("SELECT sum(rows) - 3960 FROM memory") == 60
    with closing(sqlite3.connect(tmp_path / "sitting.anki2")) as anki:
        assert anki.execute("SELECT count(*) FROM revlog").fetchone()[0] > 20 * 10


def test_growth_has_its_figures_at_every_size(measured):
    module, found = measured("growth")
    every, notes = {"queue", "next card", "answer"}, {"build", "export"}
    assert module.GROWTH.keys() == every | notes
    names = {
        f"{side} {figure}" for side in module.SIDES for figure in every | notes if side != "all:" or figure in every
    }
    assert names <= found.keys()


def test_a_store_made_quickly_is_in_order(peers, tmp_path):
    stores, packages = peers.import_module("stores"), peers.import_module("packages")
    stores.put_store(tmp_path / "rung.db", 300)
    files = [CardFile(f"{deck.id}.jsonl", deck, cards) for deck, cards in packages.decks_of(300)]
    with Store.open(tmp_path / "rung.db") as store:
        assert store.check() == store.strays(stores.WORKSPACE, files) == []
        assert store.totals(stores.WORKSPACE) == Totals(2970, 2970, 2970 * 4000, 297, 0)
        indexes = store.database.rows("SELECT name FROM sqlite_master WHERE type = 'index'")
    with Store.open(tmp_path / "empty.db") as empty:
        assert sorted(indexes) == sorted(empty.database.rows("SELECT name FROM sqlite_master WHERE type = 'index'"))


def notes(package):
    return len(collection.read(archive.opened(package).collection).notes)


def test_a_line_is_the_ratio_of_medians_and_of_peaks(peers):
    rounds = [
        {"ours": peers.Taken(seconds, 300), "theirs": peers.Taken(beside, 200)}
        for seconds, beside in [(1, 10), (3, 2), (2, 4)]
    ]
    line = peers.line_of("work", "ours", "theirs", 0.5, rounds)
    assert (line.ratio, line.memory_ratio, line.met) == (0.5, 1.5, True)
    assert str(line) == "     0.5 x  at most 0.5 x   met       2.00 s    4.00 s   1.50 x  work, ours : theirs"
    assert not peers.line_of("work", "ours", "theirs", 0.49, rounds).met
    told = "     0.5 x                            2.00 s    4.00 s   1.50 x  work, ours : theirs"
    assert str(peers.line_of("work", "ours", "theirs", None, rounds)) == told


def test_a_growth_is_the_slope_over_all_sizes_that_have_the_figure(peers):
    parts = {"all:": 100, "few:": 1, "some:": 10}
    times = {"few:": 0.5, "some:": 2, "all:": 50}
    rounds = [{f"{side} next": peers.Taken(seconds, 100) for side, seconds in times.items()}]
    rounds[0] |= {"few: build": peers.Taken(1, 10), "some: build": peers.Taken(10, 20)}
    line = peers.growth_of("work", "next", parts, 1.05, rounds)
    assert str(line) == "    n^1.00  at most n^1.05  met      50.00 s    500 ms   1.00 x  work, all: next : few: next"
    line = peers.growth_of("work", "build", parts, 0.1, rounds)
    assert (
        str(line) == "    n^1.00  at most n^0.1   MISSED   10.00 s    1.00 s   2.00 x  work, some: build : few: build"
    )


def test_a_side_that_is_not_installed_is_left_out(peers, monkeypatch, capsys):
    module = sys.modules.get("rows.export") or peers.import_module("rows.export")
    monkeypatch.setattr(module, "NEEDS", {"anki": "no-such-package"})
    monkeypatch.setattr(peers, "in_process", lambda row, side, *_: {side: peers.Taken(1.0, 1)})
    assert [line.beside for line in peers.compared("export", quick=True)] == ["genanki", "rows"]
    assert capsys.readouterr().err == "export: anki is not installed\n"


def test_the_machine_is_told_with_versions(peers):
    told = json.loads(json.dumps(peers.machine()))
    assert told["versions"].keys() >= {"python", "sqlite", "rung", "fsrs", "genanki", "PyYAML"}
