"""The cards of the workspaces, as they were compiled, and which decks a learner wants."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from rung.cardfile import line_of
from rung.model import source
from rung.store import memory, seal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from rung.model import Card, Deck
    from rung.store.database import Database

LOOKED_AT = 2000  # ids that a misspelt one is compared with

Stamp = tuple[int, int]  # a file's time in nanoseconds and size in bytes


@dataclass(frozen=True, slots=True)
class CardFile:
    """A file of compiled cards: its path in the folder of cards, its deck, its cards in their order."""

    path: str
    deck: Deck
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class DeckRow:
    """A deck and what it holds for a learner: living cards, and of them the new and the due ones.

    A deck that is not `on` brings no new cards; what is learnt already comes back as before.
    """

    id: str
    title: str
    course: str
    source: str
    on: bool
    cards: int
    new: int
    due: int


class Shelf:
    """The part of a store that holds cards. Those of other workspaces are there, but never seen."""

    database: Database
    drills: bool

    def stale(self, workspace: str, stamps: Mapping[str, Stamp]) -> tuple[str, ...]:
        """The paths of files that are not as they were taken over: new, changed and vanished ones, sorted."""
        known = self._stamps(workspace)
        return tuple(sorted(path for path in known.keys() | stamps.keys() if known.get(path) != stamps.get(path)))

    def sync_cards(self, workspace: str, stamps: Mapping[str, Stamp], files: Sequence[CardFile]) -> None:
        """Take over the cards of `files`, and forget those of files that have no stamp any more.

        `stamps` holds every file there is, in the order of the decks. What the learner did is kept, whatever becomes
        of the cards; where a card has got a new id, its history follows it.
        """
        with self.database.writing():
            self._take_over(workspace, stamps, files)

    def decks(self, workspace: str, day: date | None = None) -> tuple[DeckRow, ...]:
        """The decks in file order, with what waits in them on `day`; without one, nothing is due."""
        rows = self.database.rows(
            """
            SELECT decks.id, title, course, lesson, coalesce(choices.enabled, 1),
                count(cards.id),
                count(cards.id) FILTER (
                    WHERE memory.due IS NULL AND coalesce(memory.suspended, 0) = 0 AND memory.buried IS NOT ?2
                    AND (?3 OR kind <> 'drill')
                ),
                count(cards.id) FILTER (
                    WHERE memory.due <= ?2 AND memory.suspended = 0 AND memory.buried IS NOT ?2
                    AND coalesce(memory.reviewed, '') < ?2 AND (?3 OR kind <> 'drill')
                )
            FROM decks
            LEFT JOIN choices ON choices.deck = decks.id
            LEFT JOIN cards ON cards.workspace = decks.workspace AND cards.deck = decks.id AND cards.retired = 0
            LEFT JOIN memory ON memory.root = cards.root
            WHERE decks.workspace = ?1
            GROUP BY decks.id ORDER BY decks.position
            """,
            workspace,
            day.isoformat() if day else "",
            self.drills,
        )
        return tuple(
            DeckRow(id_, title, course, source(course, lesson), bool(on), *counts)
            for id_, title, course, lesson, on, *counts in rows
        )

    def switch_deck(self, deck: str, on: bool) -> None:
        """Let a deck bring new cards, or none."""
        with self.database.writing():
            self.database.change("INSERT OR REPLACE INTO choices VALUES (?, ?)", deck, int(on))
            seal.renew(self.database)

    def source(self, workspace: str, deck: str) -> str:
        """Where a deck's facts come from, in one line; empty for a deck that is not here."""
        row = self.database.row("SELECT course, lesson FROM decks WHERE workspace = ? AND id = ?", workspace, deck)
        return source(*row) if row else ""

    def card(self, workspace: str, card: str) -> str | None:
        """A card, by its id of any day, as its line of JSON; retired ones are found too."""
        line: str | None = self.database.value(
            "SELECT body FROM cards JOIN texts USING (number) WHERE workspace = ? AND id = ?", workspace, card
        )
        return line or self.database.value(
            "SELECT body FROM cards JOIN texts USING (number) WHERE workspace = ? AND root = ? ORDER BY retired LIMIT 1",
            workspace,
            memory.root_of(self.database, card),
        )

    def lines(
        self, workspace: str, decks: Collection[str] | None = None, *, note_type: str = "", retired: bool = False
    ) -> Iterator[str]:
        """The cards as lines of JSON, in file order: of some decks, of one note type; retired ones where wanted."""
        numbers = self.database.rows(
            """
            SELECT number FROM cards JOIN decks ON decks.workspace = cards.workspace AND decks.id = cards.deck
            WHERE cards.workspace = ? AND retired <= ? AND ? IN ('', note_type)
                AND (? IS NULL OR cards.deck IN (SELECT value FROM json_each(?)))
            ORDER BY decks.position, cards.position
            """,
            workspace,
            int(retired),
            note_type,
            *[None if decks is None else json.dumps(sorted(decks))] * 2,
        )
        for (number,) in numbers:
            if line := self.database.value("SELECT body FROM texts WHERE number = ?", number):
                yield line

    def ending(self, workspace: str, tail: str) -> tuple[str, ...]:
        """The ids of living cards, sorted, that end in `/tail`, or that are of a note or a part that does."""
        rows = self.database.rows(
            """
            SELECT id FROM cards WHERE workspace = ?1 AND retired = 0 AND instr('/' || id, ?2) > 0
                AND substr('/' || id, instr('/' || id, ?2) + length(?2), 1) IN ('', '#', '.')
            ORDER BY id
            """,
            workspace,
            f"/{tail}",
        )
        return tuple(id_ for (id_,) in rows)

    def near(self, workspace: str, card: str) -> tuple[str, ...]:
        """The ids of living cards that look most like `card`, the likeliest first; at most three.

        Of many cards only those are looked at that have its note, else its deck, in their id.
        """
        path, _, _ = card.partition("#")
        deck, _, note = path.rpartition("/")
        rows = self.database.rows(
            """
            SELECT id FROM cards WHERE workspace = ?1 AND retired = 0
            ORDER BY instr(id, ?2) = 0, instr(id, ?3) = 0, id LIMIT ?4
            """,
            workspace,
            f"/{note}#",
            deck or note,
            LOOKED_AT,
        )
        return tuple(get_close_matches(card, [id_ for (id_,) in rows]))

    # ── within a transaction ──

    def _take_over(self, workspace: str, stamps: Mapping[str, Stamp], files: Sequence[CardFile]) -> None:
        for path in self._stamps(workspace).keys() - stamps.keys():
            self._forget(workspace, path)
        for file in files:
            self._put_cards(workspace, file)
            self._put_deck(workspace, file, stamps[file.path])
        self._order(workspace, list(stamps))
        self._follow([card for file in files for card in file.cards])

    def _stamps(self, workspace: str) -> dict[str, Stamp]:
        rows = self.database.rows("SELECT path, mtime_ns, size FROM files WHERE workspace = ?", workspace)
        return {path: (mtime_ns, size) for path, mtime_ns, size in rows}

    def _forget(self, workspace: str, path: str) -> None:
        for delete in ("DELETE FROM cards", "DELETE FROM files"):
            self.database.change(f"{delete} WHERE workspace = ? AND path = ?", workspace, path)
        self.database.change(
            "DELETE FROM decks WHERE workspace = ?1 AND id NOT IN (SELECT deck FROM files WHERE workspace = ?1)",
            workspace,
        )

    def _put_deck(self, workspace: str, file: CardFile, stamp: Stamp) -> None:
        deck = file.deck
        self.database.change(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", workspace, file.path, *stamp, deck.id
        )
        self.database.change(
            "INSERT OR REPLACE INTO decks VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
            workspace,
            deck.id,
            deck.title,
            deck.course,
            deck.lesson,
            json.dumps(deck.tags, ensure_ascii=False),
            json.dumps(deck.rounds, ensure_ascii=False),
        )

    def _put_cards(self, workspace: str, file: CardFile) -> None:
        """Put a file's cards in the place of those it had, touching only what differs."""
        before = {
            row[0]: row[1:]
            for row in self.database.rows(
                """
                SELECT id, number, body, position FROM cards JOIN texts USING (number) WHERE workspace = ? AND path = ?
                """,
                workspace,
                file.path,
            )
        }
        gone = before.keys() - {card.id for card in file.cards}
        self.database.change_all("DELETE FROM cards WHERE number = ?", [(before[id_][0],) for id_ in sorted(gone)])
        moved, changed = [], []
        for position, card in enumerate(file.cards):
            number, body, place = before.get(card.id, (None,) * 3)
            line = line_of(card)
            if body != line:
                changed.append((card, position, line))
            elif place != position:
                moved.append((position, number))
        self.database.change_all("UPDATE cards SET position = ? WHERE number = ?", moved)
        for card, position, line in changed:
            self._put_card(workspace, file, card, position, line)

    def _put_card(self, workspace: str, file: CardFile, card: Card, position: int, line: str) -> None:
        self.database.change("DELETE FROM cards WHERE workspace = ? AND id = ?", workspace, card.id)
        self.database.change(
            "INSERT INTO cards VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            workspace,
            card.id,
            card.root,
            file.path,
            file.deck.id,
            position,
            card.kind,
            card.note_type,
            card.family,
            card.level,
            int(card.retired),
        )
        self.database.change("INSERT INTO texts VALUES (last_insert_rowid(), ?, ?)", line, words_of(card))

    def _order(self, workspace: str, paths: Sequence[str]) -> None:
        """Number the decks in the order of their files."""
        decks = dict(self.database.rows("SELECT path, deck FROM files WHERE workspace = ?", workspace))
        self.database.change_all(
            "UPDATE decks SET position = ?1 WHERE workspace = ?2 AND id = ?3 AND position <> ?1",
            [(place, workspace, decks[path]) for place, path in enumerate(paths) if path in decks],
        )

    def _follow(self, cards: Sequence[Card]) -> None:
        """Let the former ids of these cards lead to their roots, and replay whose history that changes."""
        moved: set[str] = set()
        for card in cards:
            for id_ in {card.id, card.root, *(part + card.hole for part in card.was)}:
                before = memory.root_of(self.database, id_)
                if before == card.root:
                    continue
                if id_ == card.root:
                    self.database.change("DELETE FROM aliases WHERE id = ?", id_)
                else:
                    self.database.change("INSERT OR REPLACE INTO aliases VALUES (?, ?)", id_, card.root)
                if self.database.value("SELECT 1 FROM events WHERE card = ? LIMIT 1", id_):
                    moved |= {before, card.root}
        memory.replayed(self.database, moved)


def words_of(card: Card) -> str:
    """All the words of a card, for the search."""
    return "\n".join((card.title, *_strings(card.content), card.level, *card.tags))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
