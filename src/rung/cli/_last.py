"""What the last build came to, kept in the learner's cache: it spares work and decides nothing.

Where it cannot be read, is damaged, or was made by another Rung, everything is compiled; where it cannot be written, the
next build has more to do. Its first line says of which workspace it is, so that it goes when that has gone.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from rung.outcome import from_text, text_of
from rung.workspace import MARK, PACKAGE, CannotGoOn, last_build_file
from rung.writing import write_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rung.outcome import Outcome
    from rung.workspace import Workspace

READERS = ("PyYAML", "pydantic", "pydantic-core", "markdown-it-py", "mdurl")


def outcomes(workspace: Workspace) -> dict[str, Outcome]:
    """What the last build of a workspace came to, by deck id; nothing where that is not known."""
    maker = _maker()
    try:
        told, _, text = last_build_file(workspace).read_text("utf-8").partition("\n")
        return from_text(text, maker) if maker and told == _of(workspace) else {}
    except (OSError, ValueError):
        return {}


def keep(workspace: Workspace, found: Mapping[str, Outcome]) -> None:
    """Keep what a build came to, if that is possible."""
    if maker := _maker():
        path = last_build_file(workspace)
        with suppress(CannotGoOn):
            write_all({path: f"{_of(workspace)}\n{text_of(found, maker)}".encode()}, private=True)
            _forget_those_gone(path.parent)


def _of(workspace: Workspace) -> str:
    return json.dumps(str(workspace.root))


def _forget_those_gone(folder: Path) -> None:
    """Take away what is kept of workspaces that are no more, or that says of none."""
    for path in folder.glob("*.json"):
        with suppress(OSError):
            with path.open("rb") as file:
                told = file.readline()
            if not _is_there(told):
                path.unlink()


def _is_there(told: bytes) -> bool:
    """Whether the workspace is there whose root is told so."""
    try:
        return Path(json.loads(told), MARK).is_file()
    except (ValueError, TypeError):
        return False


@cache
def _maker() -> str:
    """A digest of all that decks are compiled by: Rung, what it reads with, and Python; empty where that is not told, as
    without the sources."""
    try:
        made = sha256("\n".join((sys.version, *map(version, READERS))).encode())
        sources = sorted(
            Path(folder, name) for folder, _, names in os.walk(PACKAGE) for name in names if name.endswith(".py")
        )
        for path in sources:
            made.update(os.fsencode(path) + path.read_bytes())
    except (OSError, PackageNotFoundError):
        return ""
    return made.hexdigest() if sources else ""
