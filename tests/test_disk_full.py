"""A disk that is full, a folder that may not be written: one line, exit 3, what was there before stays whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from rung.store import Store

resource = pytest.importorskip("resource")


@contextmanager
def no_file_over(size):
    """The time in which no file of this process may grow beyond that many bytes."""
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    compiles, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # Python would keep half of what it compiles
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))
        sys.dont_write_bytecode = compiles


@contextmanager
def full(folder):
    """The time in which there is no room in a folder, a file system of its own; skips where that cannot be had."""
    mount = shutil.which("mount")
    if not mount or subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "rung", folder], capture_output=True, check=False).returncode:  # fmt: skip
        pytest.skip("no file system can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(folder):
    with (folder / "filling").open("wb", buffering=0) as file:
        while True:
            try:
                file.write(b"x" * 4096)
            except OSError:
                return


def files(folder):
    """Every file with what it holds, the store and what SQLite keeps beside it left out."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("rung.db"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


COMMANDS = {
    "build": ["build"],
    "export": ["export"],
    "figures": ["stats", "--html", "figures.html"],
    "sync": ["sync", "../shared"],
    "backup": ["backup", "../copy.db"],
    "load": ["log", "--load", "../log.json"],
}


@pytest.fixture
def learnt(workspace, rung, tmp_path):
    """A learner who has done all of it once, and has more to write since; the folder of it all."""
    (tmp_path / "shared").mkdir()
    for card in ("one", "two"):
        assert rung("answer", f"small/{card}#text.c1", "--grade", "good", "--took", "1" * 15)[0] == 0
    for name in ("export", "figures", "sync"):
        assert rung(*COMMANDS[name])[0] == 0
    (tmp_path / "log.json").write_text(rung("log", "--json")[1].replace('"sequence": ', '"sequence": 5'))
    deck = workspace / "decks" / "small.yaml"
    deck.write_text(deck.read_text().replace("alpha", "omega"))
    for number in range(10):
        rung("answer", "small/one#text.c1", "--grade", "good", day=f"2026-12-{number + 1:02}")
    return tmp_path


@pytest.mark.parametrize("name", COMMANDS)
def test_what_cannot_be_written_is_told_and_nothing_is_half(learnt, rung, name):
    before = files(learnt)
    with no_file_over(100):
        code, out, err = rung(*COMMANDS[name])
    assert (code, out, len(err.splitlines())) == (3, "", 1), err
    assert err.startswith("rung: ")
    assert files(learnt) == before
    assert rung("build")[0] == 0
    assert rung("doctor")[:2] == (0, "Everything is in order.\n")
    assert rung("log", "--csv")[1].count("\n") == 13


def test_an_answer_counts_though_no_backup_can_be_made(learnt, rung):
    store = Path(os.environ["RUNG_DB"])
    for backup in Store.backups(store):
        backup.unlink()
    with no_file_over(store.stat().st_size - 4096):
        code, out, err = rung("answer", "small/two#text.c1", "--grade", "good", day="2026-12-31")
    assert (code, out[:27]) == (0, "review of small/two#text.c1")
    assert err.startswith(f"rung: there is no backup of today: {store}.")
    assert len(err.splitlines()) == 1
    assert Store.backups(store) == []
    assert rung("log", "--csv")[1].count("\n") == 14


def test_a_disk_that_runs_full_during_answers_loses_none(workspace, rung, tmp_path, monkeypatch):
    folder = tmp_path / "small"
    folder.mkdir()
    with full(folder):
        monkeypatch.setenv("RUNG_DB", str(folder / "rung.db"))
        assert rung("answer", "small/one#text.c1", "--grade", "good")[0] == 0
        fill(folder)
        kept, codes = 1, set()
        for number in range(60):
            code, _, err = rung("answer", "small/one#text.c1", "--grade", "good", day=f"2027-01-{number % 30 + 1:02}")
            codes.add(code)
            kept += code == 0
            assert code == 0 or (code == 3 and err.count("\n") == 1), err
        assert 3 in codes
        (folder / "filling").unlink()
        assert rung("log", "--csv")[1].count("\n") == kept + 1
        assert rung("doctor")[:2] == (0, "Everything is in order.\n")


@pytest.mark.skipif(sys.platform == "win32" or not shutil.which("chattr"), reason="needs chattr")
def test_a_folder_that_may_not_be_written_is_told_by_every_command(learnt, rung):
    store = Path(os.environ["RUNG_DB"])
    if subprocess.run(["chattr", "+i", store, store.parent], capture_output=True, check=False).returncode:
        pytest.skip("chattr +i does not work here")
    try:
        told = [
            rung(*line) for line in (["due"], ["answer", "small/one#text.c1", "--grade", "4"], ["review"], ["undo"])
        ]
    finally:
        subprocess.run(["chattr", "-i", store, store.parent], check=True)
    assert [(code, out, err.count("\n")) for code, out, err in told] == [(3, "", 1)] * 4
    assert all(err.startswith(f"rung: {store}: cannot be ") for _, _, err in told)
    assert rung("log", "--csv")[1].count("\n") == 13
