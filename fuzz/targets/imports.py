"""`rung import` of any file takes all of it in or changes nothing; it writes within the workspace and the learner's folder
alone, and what came in builds, exports and is answered for by `rung doctor`."""

from __future__ import annotations

import shutil
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from fuzz.targets import _packages, _place
from rung.cli import _build

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ()
mutated = _packages.deeper
NAMES = (*("own", "a/b-c") * 2, "small", *("",) * 3)  # of the decks; without one, its answers are taken in alone

_build.digest = cache(_build.digest)  # of files of ours, which each build reads, and an input has four


@cache
def seeds() -> tuple[bytes, ...]:
    """Foreign packages, and some of the cards that are here, with answers to them: known ones, new ones, of another day."""
    file = _place.root() / "small.apkg"
    store = _place.fresh(_place.learned_small())
    assert _place.said("export", "--with-history", "-o", str(file), folder=_place.small(), db=store)[0] == 0
    known = file.read_bytes()
    return (*_packages.seeds(), known, *(_packages.changed(known, each) for each in _packages.ANSWERED))


def tried(data: bytes) -> None:
    folder = _place.root() / "into" / "workspace"
    shutil.rmtree(folder.parent, ignore_errors=True)
    shutil.copytree(_place.small(), folder)
    file, store = folder.parent / "given.apkg", folder.parent / "learner" / "rung.db"
    file.write_bytes(data)
    name = NAMES[sha256(data).digest()[0] % len(NAMES)]
    with _place.within():
        if name:
            _decks(folder, file, store, name)
        else:
            _answers(folder, file, store)


def _decks(folder: Path, file: Path, store: Path, name: str) -> None:
    """Its notes become decks."""
    before = _place.tree(folder.parent)
    code, out, err = _place.said("import", str(file), "--as-deck", name, folder=folder, db=store)
    after = _place.tree(folder.parent)
    if code != 0:
        assert out == "" and err.count("\n") == 1, err
        assert _beside(after) == before
        return
    for path in after.keys() - before.keys():
        place = path.removeprefix("workspace/decks/").removeprefix("workspace/cards/")
        assert place.startswith((f"{name}.", f"{name}-", f"{name}/", "_media/")) or path.startswith("learner"), path
    for again in (("build", "--check", "--strict"), ("export",), ("doctor",)):
        code, _, err = _place.said(*again, folder=folder, db=store)
        assert code == 0, (again, code, err)
    code, _, err = _place.said("import", str(file), "--as-deck", name, folder=folder, db=store)
    assert code == 0 and {path for path in _place.tree(folder) if "exports" not in path} == {
        path.removeprefix("workspace/") for path in after if path.startswith("workspace/")
    }, "a second import gives other files"


def _answers(folder: Path, file: Path, store: Path) -> None:
    """Its answers to the cards that are here are logged, once."""
    shutil.copytree(_place.learned_small().parent, store.parent)
    before, rows = _beside(_place.tree(folder.parent)), _place.rows(store)
    code, out, err = _place.said("import", str(file), folder=folder, db=store)
    assert code == 0 or (out == "" and err.count("\n") == 1), err
    assert _beside(_place.tree(folder.parent)) == before
    after = _place.rows(store)
    assert [row for row in after if row in rows] == rows and (code == 0 or after == rows), "a row went, or came"
    if code == 0:
        assert _place.said("doctor", folder=folder, db=store)[0] == 0
        assert _place.said("import", str(file), folder=folder, db=store)[0] == 0
        assert _place.rows(store) == after, "a second import takes over more"


def _beside(tree: dict[str, bytes]) -> dict[str, bytes]:
    """What lies there but for what is the learner's."""
    return {path: held for path, held in tree.items() if not path.startswith("learner")}
