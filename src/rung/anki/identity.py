"""Which note and which of its cards a card is in Anki, whatever either is called today."""

from __future__ import annotations

import string
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rung.model import Card

# Anki's 91 digits; two of them at a time make half the divisions, and ten hold 64 bits.
DIGITS = string.ascii_letters + string.digits + "!#$%&()*+,-./:;<=>?@[]^_`{|}~"
PAIRS = tuple(high + low for high in DIGITS for low in DIGITS)
SQUARE = len(PAIRS)


def guid(card: Card) -> str:
    """The GUID of its note: it follows from the first id that its part ever had."""
    return guid_of(card.first or card.part)


def guid_of(first: str) -> str:
    """The GUID of the note whose part was born with an id: 64 bits of its hash, as genanki and Anki write them."""
    rest = int.from_bytes(sha256(first.encode()).digest()[:8], "big")
    rest, e = divmod(rest, SQUARE)
    rest, d = divmod(rest, SQUARE)
    rest, c = divmod(rest, SQUARE)
    a, b = divmod(rest, SQUARE)
    return f"{PAIRS[a]}{PAIRS[b]}{PAIRS[c]}{PAIRS[d]}{PAIRS[e]}".lstrip(DIGITS[0])


def ordinal(card: Card) -> int:
    """Its place in the note, from 0: that of its hole, or of the only template."""
    return int(card.hole.removeprefix(".c") or 1) - 1
