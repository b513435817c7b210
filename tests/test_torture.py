"""The kill test of `make torture`, a short form of it, and whether it would notice."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import torture
from rung.store import Store

SHARED_MEMORY = Path("/dev/shm")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def test_a_few_kills_lose_nothing():
    environment = os.environ | ({"TMPDIR": str(SHARED_MEMORY)} if SHARED_MEMORY.is_dir() else {})
    line = [sys.executable, "-W", "error", torture.__file__, "--kills", "10"]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    first, second, third = done.stdout.splitlines()
    assert re.fullmatch(r"10 kills with the seed \d+ \.\.\.", first)
    assert re.match(r"\d+ kills in \d+ s, at: ", second)
    assert third.endswith(" answers were acknowledged, and all of them are there; nothing is half.")


@pytest.fixture
def life(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    life = torture.Life(tmp_path)
    life.begin()
    return life


def cut(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def test_what_is_lost_or_half_is_noticed(life, rung):
    def lost(words):
        with pytest.raises(torture.Lost, match=words):
            life.check()

    card = Path("cards") / f"{torture.DECKS[0]}.jsonl"
    for name in ("export", "print"):
        assert rung(name, *(["all"] if name == "print" else []))[0] == 0
    assert rung("answer", life.cards[0], "--grade", "4", "--took", "7")[0] == 0
    assert rung("sync", str(life.folder / "shared"))[0] == 0
    life.heard(b"begins answer\ntook 7\nbegins sync\n")
    life.check()

    life.heard(b"took 8\n")
    lost(r"acknowledged answers are not there: \[8\]")
    life.took.remove(8)
    lost("2 answers were acknowledged, 1 are there")
    life.answers = 1

    life.heard(b"loaded 0\n")
    lost(rf"of the 4 rows of {life.others[0]} 0 are there")
    life.loaded.clear()

    (page, *_) = Path("exports").rglob("*.html")
    (log,) = (life.folder / "shared").iterdir()
    backup = Store.backups(life.db)[0]
    for path, words in (
        (card, "is half"), (page, "is half"), (Path("exports/rung.apkg"), "not a zip file"), (backup, "is half"),
    ):  # fmt: skip
        whole = path.read_bytes()
        cut(path)
        with pytest.raises(Exception, match=words):
            life.check()
        path.write_bytes(whole)
    whole = log.read_bytes()
    log.write_bytes(whole.replace(b'"took": 7', b'"took": 9'))
    lost("this line is not as it was written")
    log.write_bytes(whole)
    life.check()
    life.end()

    with pytest.raises(torture.Lost, match="a command failed: "):
        life.heard(b'failed [["undo"], "words"]\n')
