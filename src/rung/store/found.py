"""The cards that a search finds."""

# ruff: noqa: S608 - the SQL is of our own words alone; what was typed is in the values

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from rung.search import Query
    from rung.store.database import Database


class Found:
    """The part of a store that finds cards."""

    database: Database

    def names(self, workspace: str) -> dict[str, tuple[str, ...]]:
        """The decks, in file order, and the note types, sorted, that a search may name."""
        decks = self.database.rows("SELECT id FROM decks WHERE workspace = ? ORDER BY position", workspace)
        types = self.database.rows("SELECT DISTINCT note_type FROM cards WHERE workspace = ? ORDER BY 1", workspace)
        return {"deck": tuple(id_ for (id_,) in decks), "type": tuple(name for (name,) in types)}

    def found(self, workspace: str, query: Query, day: date) -> tuple[str, ...]:
        """The ids of the cards that `query` means on `day`: with words the best first, else in file order.

        Retired cards are found only by a search that speaks of them.
        """
        from rung import search  # here, for few starts search
        from rung.store.conditions import Asked, without

        asked = Asked([workspace, day.isoformat()], day)
        best = search.words(query)
        if best:
            start = (
                f"texts_fts CROSS JOIN cards ON cards.number = texts_fts.rowid AND texts_fts MATCH {asked.match(best)}"
            )
            order = "ORDER BY rank, cards.id"
        else:
            start = "decks JOIN cards ON cards.workspace = decks.workspace AND cards.deck = decks.id"
            order = "ORDER BY decks.position, cards.position"
        # ?2 is named in any case, as SQLite takes no value that nothing asks for
        living = "1" if search.asks_for_retired(query) else "cards.retired = 0"
        rows = self.database.rows(
            f"""
            SELECT cards.id FROM {start} WHERE cards.workspace = ?1 AND ?2 <> '' AND {living}
                AND {asked.where(without(query, best))}
            {order}
            """,
            *asked.values,
        )
        return tuple(id_ for (id_,) in rows)
