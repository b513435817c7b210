"""The Anki note types of the card kinds: what they carry, and a digest that tells when that changes. Without genanki."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.resources import files

from rung import cards


def css(kind: str) -> str:
    """The style of a card kind's note type: the shared one, then its own."""
    shared = files("rung.cards").joinpath("style.css").read_text(encoding="utf-8")
    return shared + cards.kind(kind).ANKI.css


def digest(kind: str) -> str:
    """64 hex digits that change when the note type of a card kind does: its names, fields, template or style.

    A note type is imported again only if its second of change is newer than the one Anki has; this says when to
    write down a new one. Raises KeyError for a card kind that is not there.
    """
    anki = cards.kind(kind).ANKI
    carried = [anki.id, anki.name, anki.fields, anki.template_id, anki.front, anki.back, css(kind), anki.cloze]
    return sha256(json.dumps(carried).encode()).hexdigest()
