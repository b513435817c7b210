"""Backups that nobody asked for: one a day, rotated; and what is the learner's alone."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from learner import answer, grades, spoilt
from rung.store import Store, StoreError, backups
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


def test_what_a_killed_restore_left_goes_likewise(store, tmp_path):
    path = store.database.path
    backups.copy(path, tmp_path / "copy.db")
    dies = (
        "import os; from pathlib import Path; from rung.store import backups; backups.sound = lambda path: os._exit(9)"
    )
    killed = f"{dies}; backups.restored(Path({str(path)!r}), Path({str(tmp_path / 'copy.db')!r}))"
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == 9
    (half,) = tmp_path.glob("*.restore.backup.part")
    os.utime(half, (0, 0))
    store.backup_beside("daily")
    assert not half.exists()


def test_what_cannot_be_taken_away_stops_no_backup(store, tmp_path):
    stuck, half = tmp_path / "rung.db.20000101T000000000000.daily.backup", tmp_path / "rung.db.1.daily.backup.part"
    for folder in (stuck, half):
        folder.mkdir()
        os.utime(folder, (0, 0))
    for minute in range(1, 12):
        (tmp_path / f"rung.db.20000101T00{minute:02}00000000.daily.backup").touch()
    assert store.backup_beside("daily").exists()
    assert (stuck.exists(), half.exists()) == (True, True)
    assert len(backups.beside(store.database.path)) == 11, "ten, and the one that nobody can take away"


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


# ── a copy ───────────────────────────────────────────────────────────────────────────────────────


def test_a_copy_is_one_file_that_belongs_to_no_device(store, path, tmp_path):
    answer(store, "one/a", 4)
    target = tmp_path / "new" / "far" / "copy.db"
    (tmp_path / "new" / "far").mkdir(parents=True)
    target.with_name("copy.db.part").write_text("what another left behind")
    backups.copy(path, target)
    assert [file.name for file in target.parent.iterdir()] == ["copy.db"]
    assert target.read_bytes()[18:20] == b"\1\1", "written and read without a log beside it"
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT * FROM meta WHERE key = 'device'").fetchall() == []
    assert grades(target) == [4]
    with Store.open(target) as other:
        assert other.device != store.device


def test_what_is_there_is_not_written_over(store, path, tmp_path):
    target = tmp_path / "copy.db"
    target.write_text("mine")
    with pytest.raises(StoreError) as told:
        backups.copy(path, target)
    assert str(told.value) == f"{target}: is already there; name another file for the backup"
    assert target.read_text() == "mine"


def test_a_place_that_cannot_be_written_is_told(store, path, tmp_path):
    (tmp_path / "file").touch()
    target = tmp_path / "file" / "copy.db"
    with pytest.raises(StoreError) as told:
        backups.copy(path, target)
    assert str(told.value).startswith(f"{target}: cannot be written: ")
    assert str(told.value).endswith("; name another file for the backup")


def test_a_source_that_is_damaged_is_told_by_its_own_name_and_nothing_is_left(tmp_path):
    source, target = tmp_path / "source.db", tmp_path / "copy.db"
    source.write_bytes(b"no store " * 1000)
    with pytest.raises(StoreError) as told:
        backups.copy(source, target)
    assert str(told.value).startswith(f"{source}: is no database (")
    assert [file.name for file in tmp_path.iterdir()] == ["source.db"]


def test_a_source_that_shows_only_in_its_copy_to_be_damaged_is_told_by_its_name_too(store, path, tmp_path):
    answer(store, "one/a", 4)
    store.close()
    spoilt(path, "meta")
    with pytest.raises(StoreError, match=f"^{re.escape(f'{path}: is damaged (database disk image is malformed); ')}"):
        backups.copy(path, tmp_path / "copy.db")
    assert [file.name for file in tmp_path.iterdir()] == ["rung.db"]


def test_a_day_has_one_copy_of_its_own_and_any_of_that_day_will_do(store, path, tmp_path):
    yesterday = datetime.now(UTC) - timedelta(days=1)
    (tmp_path / f"rung.db.{yesterday:%Y%m%dT%H%M%S%f}.daily.backup").touch()
    made = backups.copy_of_the_day(path)
    assert made is not None
    (held,) = [each for each in backups.beside(path) if each.path == made]
    assert (held.why, held.at.date(), held.at.tzinfo) == ("daily", datetime.now(UTC).date(), UTC)
    assert backups.copy_of_the_day(path) is None
    made.rename(made.with_name(made.name.replace("daily", "before-import")))
    assert backups.copy_of_the_day(path) is None
    assert len(backups.beside(path)) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no time zones there")
def test_a_day_is_one_of_utc_wherever_one_is(store, path, monkeypatch):
    """At any hour it is another day either fourteen hours ahead or twelve behind."""
    now = datetime.now(UTC)
    monkeypatch.setenv("TZ", "AHEAD-14" if now.hour >= 10 else "BEHIND+12")
    time.tzset()
    try:
        made = backups.copy_of_the_day(path)
        assert made.name.startswith(f"rung.db.{now:%Y%m%dT}")
        assert backups.copy_of_the_day(path) is None
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files")
def test_a_copy_that_finds_no_room_is_told_by_its_own_name(store, path, tmp_path):
    import resource

    target, limits = tmp_path / "copy.db", resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(StoreError, match=f"^{re.escape(str(target))}: can"):
            backups.copy(path, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not list(tmp_path.glob("copy*"))


def test_a_backup_tells_when_and_why_by_its_name(path, tmp_path):
    names = ["rung.db.20261121T120000000007.before-import.backup", "rung.db.20261121T120000.daily.backup"]
    for name in [
        *names,
        "my-rung.db.20261121T120000000007.daily.backup",
        "ring.db.20261121T120000000007.daily.backup",
        "rung.db.20261121T120000000007.daily.backup.part",
    ]:
        (tmp_path / name).touch()
    assert backups.beside(path) == {Backup(tmp_path / names[0], NOON.replace(microsecond=7), "before-import")}


def test_of_one_instant_one_is_kept_for_the_day(tmp_path):
    same = [Backup(tmp_path / f"{name}.daily.backup", NOON - timedelta(days=40), "daily") for name in "abc"]
    others = [at(NOON - timedelta(minutes=number)) for number in range(10)]
    assert kept([*same, *others]) == {same[2], *others}
