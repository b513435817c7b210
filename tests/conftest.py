"""What every test runs under: a learner's store and settings of its own, and Hypothesis without surprises in CI."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from deck_text import SMALL
from rung.cli import run
from rung.store import Store

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def _learner_of_its_own(tmp_path, monkeypatch):
    for name in (
        "RUNG_WORKSPACE",
        "RUNG_TODAY",
        "RUNG_DEBUG",
        "NO_COLOR",
        "FORCE_COLOR",
        "EDITOR",
        "VISUAL",
        "PYTHONUNBUFFERED",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RUNG_DB", str(tmp_path / "learner" / "rung.db"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def rung(capsys, monkeypatch):
    """Run a command line; (exit code, stdout, stderr)."""

    def command(*arguments: str, typed: str = "", day: str = "2026-11-21") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        code = run(["--today", day, *arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return command


@pytest.fixture
def workspace(tmp_path, monkeypatch, rung):
    """A small workspace with a compiled deck, as the folder we are in."""
    folder = tmp_path / "workspace"
    (folder / "decks").mkdir(parents=True)
    (folder / "rung.toml").write_text("")
    (folder / "decks" / "small.yaml").write_text(SMALL)
    monkeypatch.chdir(folder)
    assert rung("build") == (0, "", "2 cards in 1 deck; 2 files written.\n")
    return folder


@pytest.fixture
def here(monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[1])


@pytest.fixture
def path(tmp_path):
    """Where a store may be made."""
    return tmp_path / "rung.db"


@pytest.fixture
def store(path):
    with Store.open(path) as store:
        yield store
