"""A workspace and a learner's store to try commands in: made once a process, the store as it was before each input."""

from __future__ import annotations

import atexit
import io
import os
import shutil
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from unittest.mock import patch

from fuzz import limits, promises
from fuzz.targets import _decks
from rung.cli import run
from rung.compiler import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = "2026-11-21"
ENDED = (0, 1, 2, 3, 130)
ANSWERS = "\n3\n\n3\na\n3\nabcd\n3\n12\n3\nq\n"
WORK = (  # what leaves a row of each sort in the log; (command, what is typed)
    ("review", ANSWERS), ("quiz ladder", ANSWERS * 3), ("quiz placement", ANSWERS * 3), ("quiz final", ANSWERS), ("quiz mock", ANSWERS * 4),
    ("quiz tree", "1\ny\nn\ny\nq\n"), ("drill top-list", "\nHash the keys.\n\n- one\n.\nA hot key.\n.\n\nb\nc\nd\na\n\n\n"),
    ("flag 3 top-list", ""), ("tag one top-list", ""), ("suspend top-list", ""), ("unsuspend top-list", ""), ("set-due 2026-12-01 top-list", ""),
    ("plan --interview 2027-01-15", ""), ("undo", ""),
)  # fmt: skip


@cache
def root() -> Path:
    """The folder of everything, which goes when the process ends."""
    folder = Path(mkdtemp(prefix="rung-fuzz-")).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def workspace() -> Path:
    """A workspace with every example, compiled."""
    folder = root() / "workspace"
    (folder / "decks" / "course").mkdir(parents=True)
    (folder / "rung.toml").write_text("")
    for name, data in good():
        (folder / "decks" / "course" / name).write_bytes(data)
    assert said("build", folder=folder)[0] == 0
    return folder


def good() -> Iterator[tuple[str, bytes]]:
    """The examples that compile, each with the name of its deck."""
    for place, data in enumerate(_decks.seeds()):
        note = data.rpartition(b"notes:\n- ")[2].partition(b":")[0].decode()
        if not compiled({"course/deck.yaml": data}, (), 1_000).broken:
            yield f"{note}-{place}.yaml", data


@cache
def learned() -> Path:
    """A store after some work."""
    folder, store = workspace(), root() / "learned.db"
    for command, typed in WORK:
        said(*command.split(), typed=typed, folder=folder, db=store)
    return store


def fresh() -> Path:
    """A store of one's own, just as after that work; nothing beside it is left of earlier ones."""
    learner = root() / "learner"
    shutil.rmtree(learner, ignore_errors=True)
    learner.mkdir()
    shutil.copy(learned(), learner / "rung.db")
    return learner / "rung.db"


def said(*arguments: str, typed: str = "", folder: Path | None = None, db: Path | None = None) -> tuple[int, str, str]:
    """Run a command: exit code, what it said. It ends in no traceback, and nothing that it says acts in a terminal."""
    out, err = io.StringIO(), io.StringIO()
    before, sys.stdin = sys.stdin, io.StringIO(typed)
    home = {f"XDG_{name}_HOME": str(root() / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
    given = ("--db", str(db or root() / "rung.db"), "--today", TODAY, "--workspace", str(folder or workspace()))
    try:
        with patch.dict(os.environ, home), redirect_stdout(out), redirect_stderr(err):
            code = run([*given, *arguments])
    finally:
        sys.stdin = before
    assert code in ENDED, (arguments, code)
    assert "Traceback" not in err.getvalue()
    promises.quiet(out.getvalue())
    promises.quiet(err.getvalue())
    return code, out.getvalue(), err.getvalue()


def tree(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder, but for what SQLite keeps beside an open store."""
    return {
        str(path.relative_to(folder)): str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
        for path in folder.rglob("*")
        if (path.is_file() or path.is_symlink()) and not path.name.endswith(("-wal", "-shm"))
    }


@contextmanager
def within() -> Iterator[None]:
    """A time in which nothing may be written outside, and nothing asked of the world."""
    with limits.watched(root()):
        yield
