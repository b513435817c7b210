"""Packages of Anki taken in: their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.anki import archive, collection
from rung.anki.arrivals import arrivals, roots
from rung.cli import _out
from rung.cli._build import previous
from rung.cli._here import Wrong
from rung.model import ANKI
from rung.workspace import CannotGoOn

if TYPE_CHECKING:
    from pathlib import Path

    from rung.anki.archive import Archive
    from rung.anki.arrivals import Arrivals
    from rung.anki.collection import Collection
    from rung.cli._here import Here


def answers(here: Here, file: Path, *, dry_run: bool, json: bool) -> None:
    """Log the answers of a package that are news, and say what came of it; raises CannotGoOn."""
    package = read(file)[1]
    cards = roots(card for each in previous(here.folder) for card in each.cards)
    with here.store() as store:
        found = arrivals(package, cards, store.grades(), store.sequences(ANKI))
        del package  # it takes more room than what is new in it
        if found.events and not dry_run:
            store.backup_beside("before-import")
            store.load(found.events)
    if json:
        counts = {"new": len(found.events), "known": found.known, "strange": found.strange}
        _out.put_json(**counts, matched=found.matched, unmatched=found.unmatched, dry_run=dry_run)
    else:
        _tell(found)


def read(file: Path) -> tuple[Archive, Collection]:
    """A package, and what stands in it; raises CannotGoOn."""
    if not file.is_file():
        raise Wrong(f"{file} is no file" if file.exists() else f"there is no file {file}")
    try:
        package = archive.opened(file)
        return package, collection.read(package.collection)
    except archive.Unreadable as error:
        raise CannotGoOn(f"{file}: {error}; nothing was taken in") from None


def _tell(found: Arrivals) -> None:
    strange = f", {found.strange:,} of cards that are not here" if found.strange else ""
    _out.put(f"{_out.plural(len(found.events), 'new answer')}, {found.known:,} known{strange}.")
    if not found.matched:
        _out.tell("None of its cards is a card here; take them in as a deck by: --as-deck NAME")
    elif not (found.events or found.known):
        _out.tell("No answers came with it; export it in Anki once more, with learning progress.")
