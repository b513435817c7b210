"""`rung import` of any file takes all of it in or changes nothing; it writes within the workspace and the learner's folder
alone, and what came in builds, exports and is answered for by `rung doctor`."""

from __future__ import annotations

import shutil
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from fuzz.targets import _packages, _place

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ()
seeds, mutated = _packages.seeds, _packages.mutated
SMALL = (
    "title: Small\nsource: {course: A course, lesson: One}\nnotes:\n- fact: one\n  text: The first is {{c1::alpha}}.\n"
)


@cache
def small() -> Path:
    """A workspace of one deck, as it is before each import."""
    folder = _place.root() / "small"
    (folder / "decks").mkdir(parents=True)
    (folder / "rung.toml").write_text("")
    (folder / "decks" / "small.yaml").write_text(SMALL)
    assert _place.said("build", folder=folder)[0] == 0
    return folder


def tried(data: bytes) -> None:
    folder = _place.root() / "into" / "workspace"
    shutil.rmtree(folder.parent, ignore_errors=True)
    shutil.copytree(small(), folder)
    file, store = folder.parent / "given.apkg", folder.parent / "learner" / "rung.db"
    file.write_bytes(data)
    name = ("own", "a/b-c", "small")[sha256(data).digest()[0] % 3]
    with _place.within():
        before = _place.tree(folder.parent)
        code, out, err = _place.said("import", str(file), "--as-deck", name, folder=folder, db=store)
        after = _place.tree(folder.parent)
        if code != 0:
            assert out == "" and err.count("\n") == 1, err
            assert {path: held for path, held in after.items() if not path.startswith("learner")} == before
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
