"""The JSON Schema of decks, for editors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rung import lint, notes
from rung.authoring.note_types import about, keys
from rung.authoring.rules import rule_line
from rung.fields import ID, Fields, NoteFields
from rung.sources.deck import Head

if TYPE_CHECKING:
    from collections.abc import Mapping

# Tried on yaml-language-server 1.25. Under `anyOf` or `oneOf` of whole note types it takes a question for a ladder,
# which has a key `question`, and completes that; an empty item is offered the keys of all types. Under a list of
# `if`/`then` every note is offered the other types as keys. A chain of `if`/`then`/`else` on the key of the note type
# does neither, and its errors are those of that note type alone, in place. Draft 7 is the first with `if`, and the one
# that server knows best. `errorMessage` and `patternErrorMessage` are words of its own; others skip them.

OPENING = "a note opens with its type and id, such as `fact: its-id`"
NOTE_ID = {
    "type": ["string", "integer"],
    "pattern": f"^{ID.pattern}$",
    "patternErrorMessage": "an id is made of small letters, digits and hyphens",
}


def deck_schema_text() -> str:
    """The text of `docs/deck.schema.json`."""
    return json.dumps(deck_schema(), ensure_ascii=False, indent=1) + "\n"


def deck_schema() -> dict[str, Any]:
    """A deck as JSON Schema, draft 7: its spelling, not all that `rung check` knows."""
    head = _mapping(Head)
    listed = {"type": "array", "minItems": 1, "description": "The notes of the deck.", "items": _any_note()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **head,
        "description": "One deck: where its facts come from, and its notes.",
        "properties": {**head["properties"], "notes": listed},
        "required": [*head["required"], "notes"],
        "definitions": {name: _note(name) for name in notes.names()} | {"allow": _allowed()},
    }


def _note(name: str) -> dict[str, Any]:
    fields = _mapping(notes.note_type(name).Note)
    return {
        **fields,
        "description": about(name),
        "properties": {name: _opening(name), **fields["properties"], "allow": {"$ref": "#/definitions/allow"}},
        "required": [name, *fields.get("required", ())],
    }


def _allowed() -> dict[str, Any]:
    """The rules that a note may break, each with the reason."""
    rules = {name: {"type": ["string", "number"], "description": rule_line(name)} for name in lint.about_notes()}
    told = NoteFields.model_fields["allow"].description
    return {"type": "object", "description": told, "properties": rules, "additionalProperties": False}


def _opening(name: str) -> dict[str, Any]:
    return {"description": f"{about(name)}\n\nThe value is the id of the note.", **NOTE_ID}


def _any_note() -> dict[str, Any]:
    names = notes.names()
    listed = ", ".join(names)
    chain: dict[str, Any] = {
        "properties": {name: {"description": about(name)} for name in names},
        "anyOf": [{"required": [name], "errorMessage": f"{OPENING}; note types are {listed}"} for name in names],
    }
    for name in reversed(names):
        chain = {"if": _opens(name), "then": {"$ref": f"#/definitions/{name}"}, "else": chain}
    return {"type": "object", **chain}


def _opens(name: str) -> dict[str, Any]:
    """Whether a note is of this type: it has the key, and not as a key of another type's notes."""
    others = [each for each in notes.names() if name in {key.name for key in keys(notes.note_type(each).Note)}]
    unless = {"not": {"anyOf": [{"required": [other]} for other in others]}} if others else {}
    return {"type": "object", "required": [name], **unless}


def _mapping(model: type[Fields]) -> dict[str, Any]:
    """Pydantic's schema of a mapping, as an editor should show it."""
    schema = model.model_json_schema()
    return _tidy(schema, schema.get("$defs", {}))


def _tidy(schema: Mapping[str, Any], models: Mapping[str, Any]) -> dict[str, Any]:
    """A schema without the titles pydantic makes up, without null, which no deck can say, with its models in place."""
    if "$ref" in schema:
        inner = _tidy(models[schema["$ref"].rpartition("/")[2]], models)
        return inner | {key: value for key, value in schema.items() if key == "description"}
    tidy = {key: value for key, value in schema.items() if key not in ("title", "$defs", "anyOf")}
    if tidy.get("default") in (None, [], {}, False):
        tidy.pop("default", None)
    if "properties" in tidy:
        tidy["properties"] = {name: _tidy(inner, models) for name, inner in tidy["properties"].items()}
    for inside in ("items", "additionalProperties"):
        if isinstance(tidy.get(inside), dict):
            tidy[inside] = _tidy(tidy[inside], models)
    choices = [_tidy(choice, models) for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        return choices[0] | tidy
    return tidy | ({"anyOf": choices} if choices else {})
