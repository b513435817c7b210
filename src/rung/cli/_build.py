"""Compile the workspace and write what changed: what `build`, `check` and an edit during a review have in common."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from rung import cards
from rung.anki.types import digest
from rung.cardfile import text_of
from rung.cli._cards import read
from rung.compiler import Compiled, compiled
from rung.workspace import (
    MEDIA,
    CannotGoOn,
    card_folder,
    content_name,
    named_by_content,
    pictures,
    remove,
    texts,
    utc_seconds,
    write_all,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from rung.cardfile import CompiledDeck
    from rung.workspace import CardFolder, Workspace

TYPES = "note-types.json"
TAIL = re.compile(r"-[0-9a-f]{12}\.[a-z]+")  # of the name of a picture among the cards


@dataclass(frozen=True, slots=True)
class Coming:
    """Decks and pictures that are still to be written, and files that are still to go, by path below `decks/`."""

    texts: dict[str, bytes] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    gone: Collection[str] = ()


NOTHING = Coming()


@dataclass(frozen=True, slots=True)
class Build:
    """What compiling a workspace gave: `stale` files are other ones on disk, `gone` ones belong to no card any more;
    `pictures` are those of the cards, by name."""

    compiled: Compiled
    texts: Mapping[str, bytes]
    stale: Mapping[Path, bytes]
    gone: tuple[Path, ...]
    pictures: Mapping[str, bytes]

    def write(self) -> None:
        write_all(self.stale)
        remove(self.gone)


def build(workspace: Workspace, coming: Coming = NOTHING) -> Build:
    """Compile, as if what is `coming` were there; writes nothing.

    Raises CannotGoOn where `cards/` or a picture cannot be read.
    """
    found, unreadable = texts(workspace)
    sources = {path: text for path, text in found.items() if path not in coming.gone} | coming.texts
    drawn = {path: file for path, file in pictures(workspace).items() if path not in coming.gone}
    names = {path: content_name(file) for path, file in drawn.items()}
    names |= {path: named_by_content(path.rpartition("/")[2], data) for path, data in coming.pictures.items()}
    now, folder = utc_seconds(), card_folder(workspace)
    result = compiled(sources, previous(folder), now, names)
    problems = tuple(sorted((*result.problems, *unreadable)))
    held = {f"{each.deck.id}.jsonl": text_of(each) for each in result.decks}
    files = {folder.path / path: text.encode() for path, text in held.items()}
    files[folder.path / TYPES] = _types_text(folder.path, now).encode()
    shown = {tail for text in held.values() for tail in TAIL.findall(text)}
    contents = {path: file.read_bytes for path, file in drawn.items()}
    contents |= {path: partial(bytes, data) for path, data in coming.pictures.items()}
    media = {names[path]: read() for path, read in contents.items() if _tail(names[path]) in shown}
    new = {folder.path / MEDIA / name: data for name, data in media.items()}
    stale = {path: data for path, data in (files | new).items() if not path.is_file() or path.read_bytes() != data}
    left = [path for path in folder.files() if path not in files]
    left += [path for name, path in folder.media().items() if _tail(name) not in shown]
    return Build(Compiled(result.decks, problems), sources, stale, tuple(left), media)


def _tail(name: str) -> str:
    return name[max(0, name.rfind("-")) :]


def previous(folder: CardFolder) -> Iterator[CompiledDeck]:
    """The compiled decks as they lie in `cards/`; raises CannotGoOn."""
    return (read(folder, path) for path in folder.stamps())


def type_times(folder: Path) -> dict[str, int]:
    """When each card kind's Anki note type last changed, in UTC seconds; raises CannotGoOn where one is not told."""
    times = {name: changed for name, (changed, _) in _types(folder).items()}
    if unknown := [name for name in cards.names() if name not in times]:
        raise CannotGoOn(f"{folder / TYPES}: it does not tell of {', '.join(unknown)}; make it anew with: rung build")
    return times


def _types(folder: Path) -> dict[str, tuple[int, str]]:
    path = folder / TYPES
    if not path.is_file():
        return {}
    try:
        held = json.loads(path.read_text("utf-8"))
        return {name: (int(each["changed"]), str(each["digest"])) for name, each in held.items()}
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise CannotGoOn(f"{path}: this is no list of note types; restore it from version control") from None


def _types_text(folder: Path, now: int) -> str:
    held = _types(folder)
    lock = {}
    for name in cards.names():
        changed, old = held.get(name, (0, ""))
        new = digest(name)
        lock[name] = {"changed": changed if old == new else max(now, changed + 1), "digest": new}
    return json.dumps(lock, indent=2) + "\n"
