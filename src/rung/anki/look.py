"""What Anki makes of a note for one of its cards: the HTML of both sides, from the template and the fields."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from rung.text import HOLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rung.anki.types import Template

SECTION = re.compile(r"\{\{([#^])(\w+)\}\}(.*?)\{\{/\2\}\}", re.DOTALL)
FIELD = re.compile(r"\{\{(cloze:)?(\w+)\}\}")
MATH = re.compile(r"\\[(\[].*?\\[)\]]", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Look:
    """The HTML of the two sides, as Anki has it before MathJax; the style of the template goes with both."""

    front: str
    back: str


def look(template: Template, fields: Mapping[str, str], hole: int = 1) -> Look:
    """How the card of that number looks, which a cloze note has one of for each hole. Raises KeyError for a field that
    is not there."""
    return Look(_side(template.front, fields, hole, asks=True), _side(template.back, fields, hole, asks=False))


def _side(html: str, fields: Mapping[str, str], hole: int, *, asks: bool) -> str:
    def filled(field: re.Match[str]) -> str:
        value = fields[field[2]]
        return _with_holes(value, hole, asks=asks) if field[1] else value

    return FIELD.sub(filled, _kept(html, fields))


def _kept(html: str, fields: Mapping[str, str]) -> str:
    """The template without the sections that are for fields with words, or without, where it is the other way round."""

    def kept(section: re.Match[str]) -> str:
        return _kept(section[3], fields) if bool(fields[section[2]].strip()) is (section[1] == "#") else ""

    return SECTION.sub(kept, html)


def _with_holes(html: str, asked: int, *, asks: bool) -> str:
    """A text whose hole `asked` reads `[...]` or its hint on the side that asks, and stands out on the other."""

    def shown(hole: re.Match[str]) -> str:
        number, answer, hint = int(hole[1]), hole[2], hole[3]
        if number != asked:
            return f'<span class="cloze-inactive" data-ordinal="{number}">{answer}</span>'
        if not asks:
            return f'<span class="cloze" data-ordinal="{number}">{answer}</span>'
        words = "..." if hint is None else hint
        return f'<span class="cloze" data-cloze="{escape(answer)}" data-ordinal="{number}">[{words}]</span>'

    return MATH.sub(lambda math: TAG.sub("", math[0]), HOLE.sub(shown, html))
