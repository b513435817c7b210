"""The Anki note types of the card kinds: what they carry, and a digest that tells when that changes. Without genanki."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from rung import cards

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Template:
    """How cards of a note type look: the HTML of both sides, with Anki's `{{fields}}`, and the style of both."""

    front: str
    back: str
    css: str


def template(kind: str) -> Template:
    """The template of a card kind, from the files in its folder; its style follows the shared one."""
    script = _script(cards.kind(kind).ANKI.scripts)
    return Template(
        front=_file(f"{kind}/front.html") + script,
        back=_file(f"{kind}/back.html") + script,
        css=_file("style.css") + _style(kind),
    )


def digest(kind: str) -> str:
    """64 hex digits that change when the note type of a card kind does: its names, fields, template or style.

    A note type is imported again only if its second of change is newer than the one Anki has; this says when to
    write down a new one. Raises KeyError for a card kind that is not there.
    """
    anki, looks = cards.kind(kind).ANKI, template(kind)
    carried = [anki.id, anki.name, anki.fields, anki.template_id, looks.front, looks.back, looks.css, anki.cloze]
    return sha256(json.dumps(carried).encode()).hexdigest()


@cache
def _file(name: str) -> str:
    return files("rung.cards").joinpath(name).read_text(encoding="utf-8")


def _script(names: Sequence[str]) -> str:
    """The scripts as one, whose names are its own: a desktop shows every card in the same page."""
    if not names:
        return ""
    return f'<script>\n(function () {{\n"use strict";\n{"".join(map(_file, names))}}}());\n</script>\n'


@cache
def _style(kind: str) -> str:
    """A card kind's own style, if it has one."""
    return _file(f"{kind}/style.css") if files("rung.cards").joinpath(f"{kind}/style.css").is_file() else ""
