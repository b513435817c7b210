"""What every test runs under: a learner's store and settings of its own, and Hypothesis without surprises in CI."""

from __future__ import annotations

import gc
import io
import os
import re
import shutil
import signal
import sys
import tempfile
from contextlib import redirect_stdout, suppress
from functools import cache
from importlib import import_module
from itertools import count
from pathlib import Path

import pytest
import typer
from hypothesis import settings
from hypothesis.strategies import text

import browser as chromium
import loopback
from deck_text import SMALL
from drill_text import DECK
from learner import new_store
from rung import cli
from rung.cli import run
from rung.store import Store
from rung.workspace import Clock

REPOSITORY = Path(__file__).parents[1]
MEMORY = Path("/dev/shm")  # where Linux has a file system that is no disk
ROOM = 2 * 2**30  # bytes, of which tests take a quarter

EXAMPLES = 50  # of what a test holds of, which are others each time; `make fuzz` and `make mutants` try more
settings.register_profile("here", deadline=None, max_examples=EXAMPLES)
settings.register_profile("ci", deadline=None, max_examples=EXAMPLES, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


UNSET = (
    "RUNG_WORKSPACE", "RUNG_TODAY", "RUNG_DEBUG", "RUNG_ANKI_CONNECT", "RUNG_ANKI_CONNECT_KEY", "NO_COLOR",
    "FORCE_COLOR", "EDITOR", "VISUAL", "PYTHONUNBUFFERED", "COLUMNS", "LINES",
    "PYTHONDONTWRITEBYTECODE",  # else workers rewrite every assertion anew, and what a test starts compiles all of Rung
)  # fmt: skip


def pytest_configure():
    """Forget what whoever started us wants otherwise, for us and for all that we start."""
    for name in UNSET:
        os.environ.pop(name, None)
    sys.dont_write_bytecode = False
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # as a shell gives it to jobs in the background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    loopback.keep()
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)  # a tenth of the time of all tests was the disk


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Half as many again as there are cores, for a third of the time tests wait: for terminals, a browser, the disk."""
    return (os.cpu_count() or 1) * 3 // 2


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session):
    """Have Hypothesis make its table of all characters while workers collect: else each makes one at its first text."""
    if session.config.getoption("dist", "no") != "no":  # there are workers, and we are none of them
        text().validate()


def pytest_sessionstart(session):
    """Import a share of the tests ahead, if we are one of several workers.

    The first import of a test writes its assertions anew. Workers that came to the files one after the other, side by
    side, would each do so for all of them.
    """
    worker = getattr(session.config, "workerinput", None)
    if worker and len(session.config.args) == 1 and Path(session.config.args[0]).is_dir():
        files = sorted(Path(__file__).parent.glob("test_*.py"))
        for file in files[int(worker["workerid"].removeprefix("gw")) :: worker["workercount"]]:
            with suppress(Exception, pytest.skip.Exception):  # which is told when it is collected
                import_module(file.stem)


# A process has one command line and makes its commands once; so do we, who have thousands.
cli._loaded = cache(cli._loaded)
typer.main.get_command = cache(typer.main.get_command)


def pytest_collection_finish():
    """Look for garbage less often, and never among what stays till the end: modules, tests and what belongs to them."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


@pytest.fixture(scope="session")
def _folders(tmp_path_factory):
    """Folders that are not there yet, for tests that want none: making one costs more than many a test."""
    parent = tmp_path_factory.mktemp("learners")
    return (parent / str(number) for number in count())


def _keeps_all_in(folder, patch):
    patch.setenv("RUNG_DB", str(folder / "learner" / "rung.db"))
    for name in ("data", "config", "cache"):
        patch.setenv(f"XDG_{name.upper()}_HOME", str(folder / name))


@pytest.fixture(scope="session", autouse=True)
def _somebody(_folders):
    """The learner of all that is made for several tests."""
    with pytest.MonkeyPatch.context() as patch:
        _keeps_all_in(next(_folders), patch)
        yield


@pytest.fixture(autouse=True)
def _learner_of_its_own(request, monkeypatch, _folders):
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else next(_folders)
    _keeps_all_in(folder, monkeypatch)


@pytest.fixture
def rung(capsys, monkeypatch):
    """Run a command line; (exit code, stdout, stderr)."""

    def command(*arguments: str, typed: str = "", day: str | None = "2026-11-21") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        code = run(["--today", day, *arguments] if day else [*arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return command


@pytest.fixture
def timed(capsys, monkeypatch):
    """Run a command line whose typed lines may begin with `@90 `, the seconds that pass before they are entered.

    The line `^C` is an interrupt. `passed` holds the milliseconds on the clock.
    """
    passed = [0]

    class Timed(io.StringIO):
        def readline(self, *size):
            line = super().readline(*size)
            if wait := re.match(r"@(\d+) ?", line):
                passed[0] += int(wait[1]) * 1000
                line = line[wait.end() :]
            if line == "^C\n":
                raise KeyboardInterrupt
            return line

    monkeypatch.setattr(Clock, "elapsed", lambda self: passed[0])

    def command(*arguments: str, typed: str = "", day: str | None = "2026-11-21") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", Timed(typed))
        capsys.readouterr()
        code = run(["--today", day, *arguments] if day else [*arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    command.passed = passed
    return command


@pytest.fixture
def terminal():
    """Start a command line in a terminal, in the folder we are in if no other is given."""
    pexpect = pytest.importorskip("pexpect")
    started = []

    def start(*arguments: str, folder: Path | None = None, columns: int = 80, **environment: str):
        child = pexpect.spawn(
            sys.executable, ["-m", "rung", "--today", "2026-11-21", *arguments], cwd=folder and str(folder),
            encoding="utf-8", timeout=30, dimensions=(40, columns),
            env={**os.environ, "TERM": "xterm-256color", **environment}, echo=False,
        )  # fmt: skip
        child.delaybeforesend = None
        child.ptyproc.delayafterclose = 0
        started.append(child)
        return child

    yield start
    for child in started:
        child.kill(signal.SIGKILL)
        child.close(force=True)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory):
    """Workspaces compiled once, to be copied: one with a small deck, and one that has drills instead by now."""
    small, drills = (tmp_path_factory.mktemp("built") / name for name in ("small", "drills"))
    (small / "decks").mkdir(parents=True)
    (small / "rung.toml").write_text("")
    for folder, deck in ((small, SMALL), (drills, DECK)):
        if folder != small:
            shutil.copytree(small, folder)
        (folder / "decks" / "small.yaml").write_text(deck)
        assert run(["--workspace", str(folder), "build"]) == 0
    return small, drills


@pytest.fixture
def workspace(tmp_path, monkeypatch, compiled):
    """A small workspace with a compiled deck, as the folder we are in, and a learner whose store has nothing in it."""
    folder = tmp_path / "workspace"
    shutil.copytree(compiled[0], folder)
    (tmp_path / "learner").mkdir(exist_ok=True)
    new_store(tmp_path / "learner" / "rung.db")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def drills(workspace, compiled):
    """The same workspace with a deck of one drill and one fact."""
    shutil.copytree(compiled[1], workspace, dirs_exist_ok=True)
    return workspace


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    """One Chromium for all: its start takes longer than most of what is seen in it."""
    with chromium.opened(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="session")
def stocked(tmp_path_factory):
    """A store that holds the cards of this repository, to copy: taking them over takes longer than all else."""
    folder = tmp_path_factory.mktemp("stocked")
    path = folder / "rung.db"
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()):
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(folder))
        assert run(["--workspace", str(REPOSITORY), "--db", str(path), "--today", "2026-11-01", "due"]) == 0
    return path


@pytest.fixture
def here(tmp_path, monkeypatch, stocked):
    """The workspace of this repository as the folder we are in, to a learner who has looked at it before."""
    (tmp_path / "learner").mkdir(exist_ok=True)
    shutil.copy(stocked, tmp_path / "learner" / "rung.db")
    monkeypatch.chdir(REPOSITORY)


@pytest.fixture
def path(tmp_path):
    """Where a store may be made."""
    return tmp_path / "rung.db"


@pytest.fixture
def store(path):
    new_store(path)
    with Store.open(path) as store:
        yield store


@pytest.fixture
def folder(tmp_path):
    """What the devices share."""
    (tmp_path / "shared").mkdir()
    return tmp_path / "shared"


@pytest.fixture
def opened(tmp_path):
    """Open a store by its name, made or copied from another."""
    stores = []

    def open_(name, copy_of=None, **settings):
        if copy_of:
            copy_of.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")  # else what is new is not in the file yet
            shutil.copy(copy_of.database.path, tmp_path / name)
        stores.append(Store.open(tmp_path / name, **settings))
        return stores[-1]

    yield open_
    for store in stores:
        store.close()


@pytest.fixture
def one(opened):
    return opened("one.db")


@pytest.fixture
def two(opened):
    return opened("two.db")
