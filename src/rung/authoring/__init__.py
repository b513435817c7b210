"""What authors read, made from the registered note types and rules alone: a page about each, and a JSON Schema. Pure."""

from __future__ import annotations

from rung.authoring.note_types import note_types_page
from rung.authoring.rules import lint_page
from rung.authoring.schema import deck_schema_text


def files() -> dict[str, str]:
    """Every generated file of `docs/`, by name."""
    return {"note-types.md": note_types_page(), "lint.md": lint_page(), "deck.schema.json": deck_schema_text()}
