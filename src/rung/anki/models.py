"""The Anki note types of the card kinds, as a collection describes them in JSON. genanki knows how."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import genanki

from rung import cards as kinds
from rung.anki.types import template

if TYPE_CHECKING:
    from rung.anki.types import Template
    from rung.model import AnkiType

SCRIPT = "<script>"


def described(kind: str, changed: int) -> dict[str, Any]:
    """The note type of a card kind that last changed at the UTC second `changed`. Raises KeyError for no kind."""
    return _described(kinds.kind(kind).ANKI, template(kind)) | {"mod": changed}


@cache
def asking(kind: str) -> tuple[int, ...]:
    """The fields by place of which one must hold something, or the front of a card has nothing on it but its frame."""
    ((_, rule, fields),) = described(kind, 0)["req"]
    assert rule == "any" or len(fields) == 1
    return tuple(fields)


@lru_cache(64)
def _described(anki: AnkiType, looks: Template) -> dict[str, Any]:
    front, *script = looks.front.partition(SCRIPT)  # no field stands in a script, which would take long to look through
    model = genanki.Model(
        anki.id,
        anki.name,
        [{"name": name, "id": number} for name, number in anki.fields],
        [{"name": anki.name, "id": anki.template_id, "qfmt": front, "afmt": looks.back}],
        looks.css,
        genanki.Model.CLOZE if anki.cloze else genanki.Model.FRONT_BACK,
    )
    found: dict[str, Any] = model.to_json(0, 1)
    found["tmpls"][0]["qfmt"] += "".join(script)
    if anki.cloze:
        found["req"] = [[0, "any", [0]]]  # genanki does not see through {{cloze:Text}}
    return found
