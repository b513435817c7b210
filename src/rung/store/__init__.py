"""The store: one SQLite file with the log, what follows from it, and the cards. Values in, values out.

The log is append-only and the truth. The table of memory is a cache of it, written in the same transaction; the
cards are copies of the compiled ones. What is derived can be made anew, the log cannot.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Self

from rung.counts import DayRow, Retention, Totals
from rung.store import backups, memory
from rung.store.database import TIMEOUT, Database, StoreError, connected, opened
from rung.store.due import Entry
from rung.store.figures import Figures
from rung.store.found import Found
from rung.store.merge import Merge, Taken
from rung.store.planning import UNLIMITED, Fresh
from rung.store.queues import Coming, Done, Queues, Today
from rung.store.sent import Sent
from rung.store.shelf import CardFile, DeckRow, Shelf, Stamp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = [
    "CardFile",
    "Coming",
    "DayRow",
    "DeckRow",
    "Done",
    "Entry",
    "Fresh",
    "Retention",
    "Stamp",
    "Store",
    "StoreError",
    "Taken",
    "Today",
    "Totals",
]


class Store(Merge, Shelf, Found, Queues, Figures, Sent):
    """The door to a store. Everything may raise StoreError: locked, damaged, newer, not to be read or written."""

    def __init__(self, database: Database, *, drills: bool, reviews_per_day: int) -> None:
        self.database = database
        self.drills, self.reviews_per_day = drills, reviews_per_day

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        create: bool = True,
        timeout: float = TIMEOUT,
        drills: bool = False,
        reviews_per_day: int = UNLIMITED,
        scheduler: str = "",
    ) -> Self:
        """The store at `path`, made or brought to the current version where needed; `timeout` in seconds.

        With `drills` they wait among the other cards. `reviews_per_day` is the most that a plan reckons with. Where the
        store went by another scheduler than the one named, its log is replayed; without a name it goes on as it is.
        """
        store = cls(opened(path, create=create, timeout=timeout), drills=drills, reviews_per_day=reviews_per_day)
        try:
            store.follow(scheduler)
        except BaseException:
            store.close()
            raise
        return store

    def follow(self, scheduler: str) -> None:
        """Go by the scheduler of that name from now on."""
        if scheduler and scheduler != memory.algorithm(self.database):
            with self.database.writing():
                if scheduler != memory.algorithm(self.database):  # another program may have been first
                    memory.switched(self.database, scheduler)

    def close(self) -> None:
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def backup(self, target: Path) -> None:
        """Copy the store to a new file, which whoever opens it goes on from as a device of its own."""
        backups.copy(self.database.path, target)

    def backup_of_the_day(self) -> None:
        """Copy the store beside itself if rows were logged here, and this day has no copy yet; older ones are rotated."""
        if self.logged and self.database.in_place:
            backups.copy_of_the_day(self.database.path)

    def backup_beside(self, why: str) -> Path:
        """Copy the store to a file beside it that says when and why, and give that; before anything that goes deep."""
        return backups.copy_beside(self.database.path, why)

    @staticmethod
    def restore(path: Path, source: Path) -> Path | None:
        """Put the store at `source` in place of the one at `path`, and give the backup that was made of that before.

        None where there was none. What cannot be read at `path` is put aside as it is, and that is given. The restored
        store logs as a device of its own.
        """
        return backups.restored(path, source)

    @staticmethod
    def backups(path: Path) -> list[Path]:
        """The copies of the store at `path` that may be put back, the newest first."""
        return backups.to_restore(path) if path.parent.is_dir() else []

    @staticmethod
    def sound(path: Path) -> bool:
        """Whether a copy can be put back."""
        from rung.store.doctor import damage

        if not backups.sound(path):
            return False
        with closing(connected(path)) as connection:
            return not damage(Database(path, connection))

    def rebuild(self) -> None:
        """Replay the whole log."""
        with self.database.writing():
            memory.rebuilt(self.database)

    def mend(self, workspace: str, stamps: Mapping[str, Stamp], files: Sequence[CardFile]) -> None:
        """Make anew whatever is derived: all memory, and the cards, of which `files` are all that are here."""
        from rung.store.doctor import forgotten

        with self.database.writing():
            forgotten(self.database)
            self._take_over(workspace, stamps, files)
            memory.rebuilt(self.database)

    def damage(self) -> list[str]:
        """What only a backup can mend, in plain words."""
        from rung.store.doctor import damage

        return damage(self.database)

    def strays(self, workspace: str, files: Sequence[CardFile]) -> list[str]:
        """Which cards and decks are not in the store as in `files`, all there are of a workspace, in plain words."""
        from rung.store.doctor import strays

        return strays(self.database, workspace, files)

    def check(self) -> list[str]:
        """What is not as it must be, in plain words: the file itself, the log's order, every card's memory."""
        return self.damage() or self.discrepancies()

    def discrepancies(self) -> list[str]:
        """The same of a store that is not damaged: what does not fit together in it."""
        from rung.store.doctor import discrepancies

        return discrepancies(self.database)
