"""What was sent to a running Anki, so that an edit made there is told from what we sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.store import seal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rung.store.database import Database


class Sent:
    """The part of a store that knows what was sent: digests of the fields of notes."""

    database: Database

    def sent(self) -> dict[str, set[str]]:
        """The digests of all that was ever sent, by the GUID of the note: an Anki may be behind, or there are several."""
        found: dict[str, set[str]] = {}
        for note, digest in self.database.rows("SELECT note, digest FROM sent"):
            found.setdefault(note, set()).add(digest)
        return found

    def mark_sent(self, notes: Iterable[tuple[str, str]]) -> None:
        """Keep that notes, each as (GUID, digest), are sent. Before they are: if not all arrive, no harm is done."""
        with self.database.writing():
            self.database.change_all("INSERT OR IGNORE INTO sent VALUES (?, ?)", notes)
            seal.renew(self.database)
