"""Backups that nobody asked for: one a day, rotated; and what is the learner's alone."""

from __future__ import annotations

import os
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from learner import answer
from rung.store import Store, backups
from rung.store.backups import Backup, kept

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def at(when, why="daily"):
    return Backup(Path(f"{when:%Y%m%dT%H%M%S}.{why}"), when, why)


def daily(days):
    return [at(NOON - timedelta(days=number)) for number in range(days)]


@pytest.mark.parametrize(
    ("made", "left"),
    [
        ([], []),
        (daily(30), range(30)),
        # 30 days are kept, and the last of each month before those.
        (daily(33), range(30)),
        (daily(60), [*range(30), 52]),  # 30 September
        (daily(400), [*range(30), 52, 82, 113, 144, 174, 205, 235, 266, 294, 325]),  # ..., 31 December
        # Eleven of a day: ten, of which the last is the day's and the month's.
        ([at(NOON - timedelta(minutes=number)) for number in range(11)], range(10)),
        # A year without any costs none.
        ([at(NOON), *(at(NOON - timedelta(days=365 + number)) for number in range(31))], range(30)),
        # Whatever else there is, what a restore replaced and what a migration began with stay.
        ([*daily(31), *(at(datetime(2020, 1, 1, tzinfo=UTC), why) for why in ("before-restore", "version-1"))], [*range(30), 31, 32]),
    ],
)  # fmt: skip
def test_which_backups_are_kept(made, left):
    assert kept(made) == {made[place] for place in left}
    assert kept(kept(made)) == kept(made)


def test_older_ones_go_when_another_is_made_and_no_other_file_does(store, tmp_path):
    others = ["rung.db.notes.backup", "rung.db.20269901T000000000000.daily.backup", "rung-2026-11-21.db", "other.db"]
    for name in others:
        (tmp_path / name).touch()
    made = [store.backup_beside("before-import") for _ in range(12)]
    assert sorted(made)[2:] == sorted(each.path for each in backups.beside(store.database.path))
    assert all((tmp_path / name).exists() for name in others)


def test_a_half_backup_goes_once_nobody_can_be_writing_it(store, tmp_path):
    old, young, other = (tmp_path / f"{name}.daily.backup.part" for name in ("rung.db.1", "rung.db.2", "other.db.1"))
    for half in (old, young, other):
        half.touch()
    for half in (old, other):
        os.utime(half, (0, 0))
    store.backup_beside("daily")
    assert (old.exists(), young.exists(), other.exists()) == (False, True, True)


def test_a_backup_made_while_the_clock_was_wrong_is_not_the_one_to_go(store, tmp_path):
    for each in daily(60):
        (tmp_path / f"rung.db.{each.at.replace(year=2096):%Y%m%dT%H%M%S%f}.daily.backup").touch()
    made = store.backup_beside("daily")
    assert made.exists()
    assert len(backups.beside(store.database.path)) == 32


def test_one_a_day_after_something_was_logged(workspace, rung):
    folder = Path(os.environ["RUNG_DB"]).parent
    rung("due"), rung("doctor"), rung("decks", "off", "small")
    assert list(folder.glob("*.backup")) == []
    rung("answer", "small/one#text.c1", "--grade", "good")
    rung("answer", "small/two#text.c1", "--grade", "good")
    (made,) = folder.glob("*.daily.backup")
    with Store.open(made) as store:
        assert [event.card for event in store.events()] == ["small/one#text.c1"]


@pytest.mark.skipif(sys.platform == "win32", reason="no modes")
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_everything_of_a_learner_is_the_learners_alone(drills, rung, tmp_path, mask):
    """Whatever the umask: the store and its logs, backups, drafts, what devices share, and folders made for them."""
    store, shared = Path(os.environ["RUNG_DB"]).parent / "new" / "rung.db", tmp_path / "shared"
    shared.mkdir()
    before = os.umask(mask)
    try:
        with Store.open(store) as held:
            answer(held, "small/fact#text.c1", 4)
            logs = {stat.S_IMODE(file.stat().st_mode) for file in store.parent.iterdir()}
            assert len(list(store.parent.iterdir())) == 3  # the store, what is written ahead, and its index
        rung("--db", str(store), "answer", rung("cards")[1].split()[0], "--grade", "good")
        rung("--db", str(store), "backup", str(store.parent / "far" / "copy.db"))
        rung("--db", str(store), "drill", "top-list", typed="\nOne.\n")
        assert rung("--db", str(store), "sync", str(shared))[0] == 0
    finally:
        os.umask(before)
    assert logs == {0o600}
    files = [file for folder in (store.parent, shared) for file in folder.rglob("*") if file.is_file()]
    assert {file.suffix for file in files} == {".db", ".backup", ".md", ".jsonl"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    made = [store.parent, *(folder for folder in store.parent.rglob("*") if folder.is_dir())]
    assert {folder.name for folder in made} == {"new", "far", "rung-drafts"}
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in made} == {0o700}
