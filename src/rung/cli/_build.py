"""Compile the workspace and write what changed: what `build`, `check` and an edit during a review have in common."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rung import cards
from rung.anki.types import digest
from rung.cli import _last
from rung.cli._again import compiled_again
from rung.cli._cards import SUFFIX, read
from rung.compiler import any_error
from rung.outcome import tail, tails
from rung.workspace import MEDIA, CannotGoOn, card_folder, content, named_by_content, pictures, texts, utc_seconds
from rung.writing import remove, stay_inside, write_all

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from rung.cardfile import CompiledDeck
    from rung.model import Problem
    from rung.outcome import Outcome
    from rung.workspace import CardFolder, Workspace

TYPES = "note-types.json"


@dataclass(frozen=True, slots=True)
class Coming:
    """Decks and pictures that are still to be written, and files that are still to go, by path below `decks/`."""

    texts: dict[str, bytes] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    gone: Collection[str] = ()


NOTHING = Coming()


@dataclass(frozen=True, slots=True)
class Build:
    """What building a workspace gives: `made` are the decks that were compiled for it, `outcomes` are of all decks;
    `stale` files are other ones on disk, `gone` ones belong to no card any more; `pictures` are those of the cards, by
    name; so many cards are `retired` by it."""

    workspace: Workspace
    problems: tuple[Problem, ...]
    made: tuple[CompiledDeck, ...]
    outcomes: Mapping[str, Outcome]
    texts: Mapping[str, bytes]
    stale: Mapping[Path, bytes]
    gone: tuple[Path, ...]
    pictures: Mapping[str, bytes]
    retired: int

    @property
    def broken(self) -> bool:
        """Whether there is an error, so that nothing may be written."""
        return any_error(self.problems)

    def decks(self) -> tuple[CompiledDeck, ...]:
        """Every deck with its cards, also where those were not compiled now; raises CannotGoOn."""
        made = {each.deck.id: each for each in self.made}
        folder = card_folder(self.workspace)
        return tuple(made.get(id_) or read(folder, id_ + SUFFIX) for id_ in sorted(self.outcomes))

    def write(self) -> None:
        """Write what is stale, and keep for the next build what this one came to; raises CannotGoOn."""
        stay_inside(self.workspace, (*self.stale, *self.gone))
        write_all(self.stale)
        remove(self.gone)
        _last.keep(self.workspace, self.outcomes)


def build(workspace: Workspace, coming: Coming = NOTHING, last: Mapping[str, Outcome] | None = None) -> Build:
    """Compile, as if what is `coming` were there; writes nothing.

    What holds of the `last` build, by default of the one that was kept, is not compiled again. Raises CannotGoOn where
    `cards/` or a picture cannot be read.
    """
    found, unreadable = texts(workspace)
    sources = {path: text for path, text in found.items() if path not in coming.gone} | coming.texts
    drawn = {path: content(file) for path, file in pictures(workspace).items() if path not in coming.gone}
    drawn |= coming.pictures
    names = {path: named_by_content(path.rpartition("/")[2], data) for path, data in drawn.items()}
    now, folder = utc_seconds(), card_folder(workspace)
    known = _last.outcomes(workspace) if last is None else last
    again = compiled_again(sources, names, folder, known, now)
    problems = tuple(sorted((*again.problems, *unreadable)))
    shown = {tail for each in again.outcomes.values() for tail in each.pictures}
    media = {names[path]: data for path, data in drawn.items() if tail(names[path]) in shown}
    files = {folder.path / path: text for path, text in again.files.items()}
    files |= {folder.path / MEDIA / name: data for name, data in media.items()}
    files[folder.path / TYPES] = _types_text(folder.path, now).encode()
    stale = {path: data for path, data in files.items() if not path.is_file() or path.read_bytes() != data}
    left = [folder.path / path for path in folder.files() if path.removesuffix(SUFFIX) not in again.outcomes]
    left += [path for name, path in folder.media().items() if tails(name) and tail(name) not in shown]  # else not ours
    return Build(workspace, problems, again.decks, again.outcomes, sources, stale, tuple(left), media, again.gone)


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
