"""A package with ten answers a card taken in, beside Anki, which takes it into an empty collection.

Rung knows the cards already and takes in the answers, each into its log, and folds them; Anki copies notes, cards and answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from packages import ANSWERS, decks_of, put_package

from rows import timed
from rung.__main__ import collect_seldom
from rung.anki import archive, arrivals, collection
from rung.model import ANKI
from rung.store import Store

if TYPE_CHECKING:
    from pathlib import Path

WORK = f"import of {{size:,}} notes with {ANSWERS} answers each"
SIZE, QUICK = 50_000, 500
GOALS = (("rung", "anki", 1.0),)
NEEDS = {"anki": "anki"}
MEMORY = True


def prepared(folder: Path, size: int) -> None:
    put_package(folder / "learned.apkg", size, learned=True)


def by_rung(folder: Path, size: int) -> float:
    cards = arrivals.roots(card for _, cards in decks_of(size) for card in cards)
    store_file = folder / "arrived.db"
    store_file.unlink(missing_ok=True)

    collect_seldom()

    def work() -> None:
        package = collection.read(archive.opened(folder / "learned.apkg").collection)
        with Store.open(store_file) as store:
            found = arrivals.arrivals(package, cards, store.grades(), store.sequences(ANKI))
            del package  # as `rung import` does
            assert len(found.events) == size * ANSWERS
            store.load(found.events)

    return timed(work)


def by_anki(folder: Path, size: int) -> float:
    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    (folder / "empty.anki2").unlink(missing_ok=True)
    empty = Collection(str(folder / "empty.anki2"))
    request = ImportAnkiPackageRequest(
        package_path=str(folder / "learned.apkg"), options=ImportAnkiPackageOptions(with_scheduling=True)
    )
    try:
        took = timed(lambda: empty.import_anki_package(request))
        assert empty.db is not None
        assert empty.db.scalar("SELECT count() FROM revlog") == size * ANSWERS
        return took
    finally:
        empty.close()


SIDES = {"rung": by_rung, "anki": by_anki}
