"""Which note and which of its cards a card is in Anki, whatever either is called today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import genanki

if TYPE_CHECKING:
    from rung.model import Card


def guid(card: Card) -> str:
    """The GUID of its note: it follows from the first id that its part ever had."""
    found: str = genanki.guid_for(card.first or card.part)
    return found


def ordinal(card: Card) -> int:
    """Its place in the note, from 0: that of its hole, or of the only template."""
    return int(card.hole.removeprefix(".c") or 1) - 1
