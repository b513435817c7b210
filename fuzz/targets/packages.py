"""Any file is a package that is read, or one that is refused in a line; what is read makes sound decks; nothing is written."""

from __future__ import annotations

import re

from fuzz import promises
from fuzz.targets import _packages, _place
from fuzz.targets.html_fields import brought
from rung.anki import archive, collection
from rung.anki.archive import Unreadable
from rung.anki.foreign import foreign
from rung.workspace import named_by_content

WORDS = ()
seeds, mutated = _packages.seeds, _packages.mutated
NAME = re.compile(r"[A-Za-z0-9-]*\.?[a-z0-9.]*")


def tried(data: bytes) -> None:
    path = _place.root() / "packages.apkg"
    path.write_bytes(data)
    with _place.within():
        try:
            package = archive.opened(path)
            held = collection.read(package.collection)
            contents = {name: package.medium(name) or b"" for name in package.media}
        except Unreadable as error:
            promises.told(error)
            return
        pictures = {
            name: named_by_content(name, content)
            for name, content in contents.items()
            if name.endswith((".png", ".jpg", ".svg"))
        }
        found = foreign(held, pictures)
        for each in found.left_out:
            promises.told(each)
        brought(found, {name: pictures[name] for name in found.pictures})
