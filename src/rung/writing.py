"""Files written, and taken away: whole or not at all, and never outside of a workspace."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rung.workspace import CannotGoOn, real, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rung.workspace import Workspace

ABANDONED = 3600  # seconds after which nobody writes what is still beside its place


def write_all(files: Mapping[Path, bytes], *, private: bool = False) -> None:
    """Write every file, or none that is half: each beside its place, then all renamed. Raises CannotGoOn.

    Nobody else may read what is `private`.
    """
    with staged(files, private=private):
        pass


@contextmanager
def staged(files: Mapping[Path, bytes], *, private: bool = False) -> Iterator[None]:
    """As `write_all`, with something to be done once all is beside its place; if that fails, nothing is renamed."""
    beside: list[tuple[Path, Path]] = []
    clear_beside(files)
    try:
        for path, data in files.items():
            if private:
                from rung.store.database import private_folder  # here, for help needs no store

                private_folder(path.parent)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
            beside.append((Path(name), path))
            with open(handle, "wb") as file:  # noqa: PTH123 - a descriptor
                file.write(data)
            if not private:  # as a temporary file always is
                Path(name).chmod(0o666 & ~_umask())
        yield
        for part, path in beside:
            part.replace(path)
    except OSError as error:
        place = error.filename or (beside[-1][1] if beside else "")
        raise CannotGoOn(f"{place}: {reason(error)}; nothing was written there") from None
    finally:
        for part, _ in beside:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def clear_beside(paths: Iterable[Path]) -> None:
    """Take away what programs that were killed left beside these paths, hours ago, of what was to be put there."""
    for folder, some in groupby(sorted(paths), lambda path: path.parent):
        names = {path.name for path in some}
        for part in folder.glob(".*.part"):
            with suppress(OSError):
                meant = re.fullmatch(r"\.(.+)\.[a-z0-9_]{8}\.part", part.name)
                if meant and meant[1] in names and time.time() - part.stat().st_mtime > ABANDONED:
                    shutil.rmtree(part) if part.is_dir() and not part.is_symlink() else part.unlink()


def _umask() -> int:
    """What new files of the learner's are not open to; the system tells it only when it is set."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def made(folder: Path) -> Path:
    """The folder, there now if it was not; raises CannotGoOn."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotGoOn(f"{folder}: {reason(error)}") from None
    return folder


def remove(paths: Iterable[Path]) -> None:
    """Take files away; raises CannotGoOn."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise CannotGoOn(f"{path}: {reason(error)}") from None


def stay_inside(workspace: Workspace, paths: Iterable[Path]) -> None:
    """Raise CannotGoOn where one of these paths of the workspace leads out of it: what comes with the decks of others may
    hold links, by which we would write, or take away, anything of the learner's."""
    root = real(workspace.root)
    for folder in sorted({path.parent for path in paths}):
        for each in (*reversed(folder.parents), folder):
            if each.is_relative_to(workspace.root) and not real(each).is_relative_to(root):
                raise CannotGoOn(f"{each}: a link leads out of the workspace here; put a folder in its place")
