"""A workspace and a learner's store to try commands in: made once a process, the store as it was before each input."""

from __future__ import annotations

import atexit
import io
import os
import shutil
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from unittest.mock import patch

import typer

from fuzz import limits, promises
from fuzz.targets import _decks, logs
from rung import cli
from rung.cli import run
from rung.compiler import compiled
from rung.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from random import Random

    from rung.model import Event

TODAY = "2026-11-21"
ENDED = (0, 1, 2, 3, 130)
ANSWERS = "\n3\n\n3\na\n3\nabcd\n3\n12\n3\nq\n"
WORK = (  # what leaves a row of each sort in the log; (command, what is typed)
    ("review --today 2026-11-10", "\n3\n\n1\n" * 12), ("review --today 2026-11-14", "\n2\n\n4\n" * 12), ("review", ANSWERS), ("review --practice course/tree-97", "\n3\n" * 3),
    ("quiz ladder", ANSWERS * 3), ("quiz placement --seed-schedule", ANSWERS * 3 + "y\n"), ("quiz final", ANSWERS), ("quiz mock", ANSWERS * 4),
    ("quiz tree", "1\ny\nn\ny\nq\n"), ("drill top-list", "\nHash the keys.\n\n- one\n.\nA hot key.\n.\n\nb\nc\nd\na\n\n\n"),
    ("drill top-list", "\nShard it.\n.\n.\n\na\nb\na\na\n\n\n"), ("flag 3 top-list", ""), ("tag one top-list", ""), ("suspend top-list", ""), ("unsuspend top-list", ""), ("bury parking#budget", ""),
    ("set-due 2026-12-01 top-list", ""), ("reset parking#scope", ""), ("tag two top-list", ""), ("undo", ""), ("plan --interview 2027-01-15", ""),
)  # fmt: skip
SMALL = """\
title: Small
source: {course: A course, lesson: One}
notes:
- fact: one
  text: The first is {{c1::alpha}}.
- fact: two
  text: The second is {{c1::beta}}.
"""
SMALL_WORK = (
    ("review --today 2026-11-10", "\n3\n\n1\n\n2\n"), ("review", "\n4\n\n3\n"), ("quiz final", "\n3\n\n3\n"), ("flag 3 one", ""), ("tag one two", ""), ("suspend one", ""),
    ("set-due 2026-12-01 two", ""), ("tag x two", ""), ("undo", ""), ("plan --interview 2027-01-15", ""),
)  # fmt: skip
MEMORY = "/dev/shm"  # a file system in memory, where there is one: what is written here need not last

# A process has one command line and makes its commands once; so do we, who have thousands.
cli._loaded = cache(cli._loaded)
typer.main.get_command = cache(typer.main.get_command)


@cache
def root() -> Path:
    """The folder of everything, which goes when the process ends."""
    folder = Path(mkdtemp(prefix="rung-fuzz-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None)).resolve()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def workspace() -> Path:
    """A workspace with every example, compiled, of a learner who wants drills among the reviews."""
    folder, settings = root() / "workspace", root() / "config" / "rung"
    settings.mkdir(parents=True)
    (settings / "config.toml").write_text("drills_in_review = true\nnew_per_day = 12\n")
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
def small() -> Path:
    """A workspace of one deck, compiled."""
    folder = root() / "small"
    (folder / "decks").mkdir(parents=True)
    (folder / "rung.toml").write_text("")
    (folder / "decks" / "small.yaml").write_text(SMALL)
    assert said("build", folder=folder)[0] == 0
    return folder


@cache
def learned() -> Path:
    """A store after some work with the examples."""
    return _worked(root() / "learned" / "rung.db", workspace(), WORK)


@cache
def learned_small() -> Path:
    """A store after some work with the one deck."""
    return _worked(root() / "learned-small" / "rung.db", small(), SMALL_WORK)


def _worked(store: Path, folder: Path, work: Sequence[tuple[str, str]]) -> Path:
    with patch("secrets.token_hex", return_value=logs.OWN):
        for command, typed in work:
            code, _, err = said(*command.split(), typed=typed, folder=folder, db=store)
            assert code == 0, (command, err)
    return store


def rows(store: Path) -> list[Event]:
    """The log of a store."""
    with Store.open(store) as opened:
        return list(opened.log())


def fresh(learned: Path) -> Path:
    """A store of one's own, just as after that work, with its backup and drafts; nothing of earlier ones is left beside it."""
    learner = root() / "learner"
    shutil.rmtree(learner, ignore_errors=True)
    shutil.copytree(learned.parent, learner)
    return learner / learned.name


IN_TERMINAL = "in a terminal: "


class Terminal(io.StringIO):
    """A stream at which a person seems to sit."""

    def isatty(self) -> bool:
        return True


def said(
    *arguments: str, typed: str = "", folder: Path | None = None, db: Path | None = None, terminal: bool = False
) -> tuple[int, str, str]:
    """Run a command: exit code, what it said. It ends in no traceback, and nothing that it says acts in a terminal.

    In a `terminal` it speaks as to a person, but without colours: those would act.
    """
    stream = Terminal if terminal else io.StringIO
    out, err = stream(), io.StringIO()
    before, sys.stdin = sys.stdin, stream(typed)
    home = {f"XDG_{name}_HOME": str(root() / name.lower()) for name in ("CONFIG", "DATA", "CACHE")}
    home |= {"TERM": "dumb", "COLUMNS": "100", "EDITOR": "", "VISUAL": ""}
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


def asked(data: bytes, commands: Sequence[str]) -> tuple[str, bool, bytes]:
    """What an input asks for in its first line: one of the commands, whether in a terminal, and the rest of the input."""
    first, _, rest = data.partition(b"\n")
    command = first.decode("utf-8", "replace").removeprefix(IN_TERMINAL)
    if command not in commands:
        command = commands[sha256(first).digest()[0] % len(commands)]
    return command, first.startswith(IN_TERMINAL.encode()), rest


def asking(random: Random, commands: Sequence[str]) -> bytes:
    """A first line; seldom for a terminal, where all takes longer to draw."""
    return (random.choice((IN_TERMINAL, *[""] * 5)) + random.choice(commands)).encode()


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
