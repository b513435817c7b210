"""The bench of peers: every row is measured, ratio first, and its peers do the work they are measured by."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rung.anki import archive, collection

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


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        ("start", [("12", "rung due : python -c pass"), ("12", "rung --help : python -c pass")]),
        ("replay", [("0.2", "SM-2 : py-fsrs"), ("1.25", "FSRS : py-fsrs")]),
    ],
)
def test_a_row_is_a_line_for_each_goal(row, lines):
    found = [LINE.fullmatch(line).groups() for line in rows(row)]
    assert [(goal, told.rpartition(", ")[2]) for goal, told in found] == lines


def test_every_row_has_a_goal_for_sides_that_it_measures(peers):
    assert sorted(path.stem for path in (BENCH / "rows").glob("[!_]*.py")) == sorted(peers.ROWS)
    for row in peers.ROWS:
        module = peers.import_module(f"rows.{row}")
        assert {side for ours, theirs, _ in module.GOALS for side in (ours, theirs)} == module.SIDES.keys()
        assert module.QUICK < module.SIZE


@pytest.mark.parametrize("row", ["compile", "rebuild", "export", "arrive"])
def test_each_side_does_its_work(peers, row, tmp_path):
    module = peers.import_module(f"rows.{row}")
    if "anki" in module.NEEDS:
        pytest.importorskip("anki.collection")
    module.prepared(tmp_path, 20)
    found = {side: peers.taken(module, side, 20, tmp_path) for side in module.SIDES}
    assert all(each.seconds > 0 for each in found.values())
    if row == "rebuild":
        assert len(list((tmp_path / "cards").glob("*.jsonl"))) == 20
        assert sum("may well fail" in path.read_text() for path in (tmp_path / "cards").glob("*.jsonl")) == 1
    if row == "export":
        assert {name: notes(tmp_path / f"{name}.apkg") for name in module.SIDES} == dict.fromkeys(module.SIDES, 20)


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


def test_a_side_that_is_not_installed_is_left_out(peers, monkeypatch, capsys):
    module = sys.modules.get("rows.export") or peers.import_module("rows.export")
    monkeypatch.setattr(module, "NEEDS", {"anki": "no-such-package"})
    monkeypatch.setattr(peers, "in_process", lambda *_: peers.Taken(1.0, 1))
    assert [line.beside for line in peers.compared("export", quick=True)] == ["genanki"]
    assert capsys.readouterr().err == "export: anki is not installed\n"


def test_the_machine_is_told_with_versions(peers):
    told = json.loads(json.dumps(peers.machine()))
    assert told["versions"].keys() >= {"python", "sqlite", "rung", "fsrs", "genanki", "PyYAML"}
