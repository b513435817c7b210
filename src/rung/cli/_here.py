"""What a command finds around it: workspace, store, clock, settings, cards."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from rung import workspace as world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.model import Card
    from rung.store import CardFile, Store


class Wrong(Exception):
    """The learner asked for what cannot be: the message says what was expected. Exit 2."""


class Findings(Exception):
    """There is something to mend; it has been said. Exit 1."""


@contextmanager
def stopping() -> Iterator[None]:
    """What is done with a store; raises CannotGoOn where that cannot be."""
    from rung.store import StoreError

    try:
        yield
    except StoreError as error:
        raise world.CannotGoOn(str(error)) from error


@dataclass
class Here:
    """The options of every command, and what they lead to."""

    workspace_option: Path | None = None
    db: Path | None = None
    today: date | None = None
    plain: bool = False
    debug: bool = False

    @classmethod
    def of(cls, context: typer.Context) -> Here:
        here = context.obj
        assert isinstance(here, Here)
        return here

    @cached_property
    def clock(self) -> world.Clock:
        return world.Clock(self.today)

    @cached_property
    def workspace(self) -> world.Workspace | None:
        if self.workspace_option:
            return world.workspace_at(self.workspace_option)
        return world.workspace_above(Path.cwd())

    @property
    def needed_workspace(self) -> world.Workspace:
        """The workspace, for commands that cannot do without; raises CannotGoOn."""
        if self.workspace is None:
            raise world.CannotGoOn("there is no workspace here or above; make one with: rung init")
        return self.workspace

    @cached_property
    def settings(self) -> world.Settings:
        return world.settings(self.workspace)

    @cached_property
    def folder(self) -> world.CardFolder:
        return world.card_folder(self.workspace)

    @property
    def db_file(self) -> Path:
        return self.db or world.store_file()

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The learner's store, with the cards at hand in it; raises CannotGoOn.

        Once a day, after something was logged, a backup is left beside it.
        """
        import sqlite3  # here, for help and version need none

        unforeseen = (
            ArithmeticError,
            AssertionError,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
            sqlite3.Error,
        )
        with stopping(), self._opened() as store:
            try:
                self.sync(store)
                yield store
            except unforeseen as error:
                if damage := store.damage():  # what its values then lead to cannot be foreseen
                    raise world.CannotGoOn(f"{self.db_file}: {damage[0]}") from error
                raise
            finally:
                self._back_up(store)

    def _back_up(self, store: Store) -> None:
        """Leave the backup of the day; what was done is done, so where that fails it is only told."""
        from rung.cli import _out
        from rung.store import StoreError

        try:
            store.backup_of_the_day()
        except StoreError as error:
            _out.tell(f"rung: there is no backup of today: {error}")

    def _opened(self) -> Store:
        from rung.store import Store  # here, for help and version need none

        settings = self.settings
        return Store.open(
            self.db_file,
            drills=settings.drills_in_review,
            reviews_per_day=settings.reviews_per_day,
            scheduler=settings.scheduler,
        )

    def sync(self, store: Store) -> None:
        """Take over the card files that changed since last time."""
        stamps = self.folder.stamps()
        if stale := store.stale(self.folder.name, stamps):
            store.sync_cards(self.folder.name, stamps, [self._card_file(path) for path in stale if path in stamps])

    def card_files(self) -> list[CardFile]:
        """All card files, in the order of the decks."""
        return [self._card_file(path) for path in self.folder.stamps()]

    def _card_file(self, path: str) -> CardFile:
        from rung.cli._cards import read
        from rung.store import CardFile

        compiled = read(self.folder, path)
        return CardFile(path, compiled.deck, compiled.cards)

    def cards(self, store: Store, note_type: str = "") -> list[Card]:
        """The living cards, of one note type or all, in file order."""
        from rung.cardfile import card_of

        return [card_of(line) for line in store.lines(self.folder.name, note_type=note_type)]

    def found(self, store: Store, text: str) -> tuple[str, ...]:
        """The ids of the cards that a search finds; raises Wrong with the place in it that is wrong."""
        from rung import search

        query = search.parsed(text, store.names(self.folder.name))
        if isinstance(query, search.Mistake):
            raise Wrong(search.told(text, query))
        return store.found(self.folder.name, query, self.clock.day())

    def card(self, store: Store, id_: str) -> Card:
        """The card of that id, past or present, or whose id alone ends or goes on so; raises Wrong with the likeliest ids."""
        from rung.cardfile import card_of

        line = store.card(self.folder.name, id_)
        if line is None and (meant := store.ending(self.folder.name, id_)):
            meant = tuple(each for each in meant if each.endswith(id_)) or meant  # rather the whole end of an id
            if len(meant) > 1:
                raise Wrong(f'"{id_}" may be {", ".join(meant[:5])}{" ..." if len(meant) > 5 else ""}')
            line = store.card(self.folder.name, meant[0])
        if line is None:
            near = store.near(self.folder.name, id_)
            hint = f"; did you mean {near[0]}?" if near else "; find ids with: rung cards WORDS"
            raise Wrong(f'there is no card "{id_}"{hint}')
        return card_of(line)
