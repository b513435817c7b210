"""What the last build came to, kept in the learner's cache: it spares work and decides nothing.

Where it cannot be read, is damaged, or was made by another Rung, everything is compiled; where it cannot be written, the
next build has more to do.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from rung.outcome import from_text, text_of
from rung.workspace import PACKAGE, CannotGoOn, last_build_file, write_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rung.outcome import Outcome
    from rung.workspace import Workspace

READERS = ("PyYAML", "pydantic", "pydantic-core", "markdown-it-py", "mdurl")


def outcomes(workspace: Workspace) -> dict[str, Outcome]:
    """What the last build of a workspace came to, by deck id; nothing where that is not known."""
    maker = _maker()
    try:
        return from_text(last_build_file(workspace).read_text("utf-8"), maker) if maker else {}
    except (OSError, ValueError):
        return {}


def keep(workspace: Workspace, found: Mapping[str, Outcome]) -> None:
    """Keep what a build came to, if that is possible."""
    if maker := _maker():
        with suppress(CannotGoOn):
            write_all({last_build_file(workspace): text_of(found, maker).encode()}, private=True)


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
