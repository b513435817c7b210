"""What authors read, made from the registered note types alone: a page about them, and a JSON Schema for editors. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from inspect import cleandoc
from textwrap import shorten
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import TypeAdapter

from rung import cards, compiler, notes
from rung.fields import ID, Answer, Fields, Holed, Id, NoteFields, Plain, Text, Was, Yes
from rung.sources.deck import Head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic.fields import FieldInfo

    from rung.model import Card

HEAD = "title: A deck\nsource: {course: A course}\nnotes:\n"
"""What stands above the notes of an example, so that the first of them is on line 4."""


def files() -> dict[str, str]:
    """Every generated file of `docs/`, by name."""
    return {"note-types.md": note_types_page(), "deck.schema.json": deck_schema_text()}


# ── the page of note types ───────────────────────────────────────────────────────────────────────

LONGEST_CELL = 120  # characters of a question or an answer
MARKUP = re.compile(r"[\\`*_\[<&|~]")

INTRO = f"""\
<!-- Written by docs/generate.py from src/rung/notes/. Do not edit. -->
# Note types

A **note** is what you write once, as one item under a deck's `notes:`; Rung makes its cards. The note opens with its
**note type** and its **id**, such as `- fact: dominant-slot`. The type says which other keys the note has and which
cards come of it. An id is made of small letters, digits and hyphens, is unique in its deck, and stays for ever: what you
remember of a card is kept under it. [Write your first deck](decks.md) tells the rest.

Every example below is a whole note. Its cards are told by what follows the `#` in their ids: in full an id is
`<deck>/<note>#<part>`. In what `rung check` says, lines count as in a deck that starts so, which puts the note on line 4:

```text
{HEAD}```
"""

HOLDS = (
    (Holed, "text with a hole or more"),
    (Text, "text, may have holes"),
    (Answer, "text without holes"),
    (Plain, "text without holes"),
    (Id, "id"),
    (Was, "former id"),
    (Yes, "`true` or `false`"),
)
TYPES = {"string": "text", "integer": "whole number", "number": "number", "boolean": "`true` or `false`"}


def note_types_page() -> str:
    """The Markdown of `docs/note-types.md`."""
    listed = "".join(f"- [{name}](#{name}): {_about(name).partition(chr(10))[0]}\n" for name in notes.names())
    every = f"## Keys of every note\n\n{_keys_table(NoteFields)}"
    return "\n".join((INTRO, listed, every, *map(_type_section, notes.names())))


def _about(name: str) -> str:
    """What a note type says of itself."""
    return cleandoc(notes.note_type(name).__doc__ or "")


def _type_section(name: str) -> str:
    kind = notes.note_type(name)
    pieces = [f"## {name}\n", f"{_about(name)}\n", *_tables(kind.Note, "")]
    for example in kind.EXAMPLES:
        pieces.append(f"This note\n\n{_fenced('yaml', example.source)}{_said(example.source)}")
        pieces.append(f"makes these cards:\n\n{_cards_table(example.source)}")
    pieces.append("### Mistakes, and what `rung check` says\n")
    pieces.extend(_fenced("yaml", refusal.source) + _said(refusal.source) for refusal in kind.REFUSALS)
    return "\n".join(pieces)


def _compiled(source: str) -> compiler.Compiled:
    return compiler.compiled({"deck.yaml": (HEAD + source).encode()}, (), 1)


def _said(source: str) -> str:
    """What `rung check` says of a note, if anything."""
    problems = "".join(f"{problem}\n" for problem in _compiled(source).problems)
    return f"\n{_fenced('text', problems)}" if problems else ""


def _fenced(language: str, block: str) -> str:
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", block)), default=0))
    return f"{fence}{language}\n{block}{fence}\n"


def _cards_table(source: str) -> str:
    made = (card for deck in _compiled(source).decks for card in deck.cards)
    return _table(("card", "kind", "question", "answer"), map(_card_row, made))


def _card_row(card: Card) -> tuple[str, ...]:
    gist = cards.kind(card.kind).gist(card.content)
    question, answer = (cell(shorten(words, LONGEST_CELL, placeholder=" …")) for words in gist)
    return f"`#{card.id.partition('#')[2]}`", card.kind, question, answer


def cell(words: str) -> str:
    """Plain words as Markdown for a cell of a table."""
    return MARKUP.sub(r"\\\g<0>", " ".join(words.split()))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(head), *map(tuple, rows)]
    lines.insert(1, ("---",) * len(lines[0]))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


# ── keys and what they hold ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Key:
    name: str
    info: FieldInfo

    @property
    def annotation(self) -> Any:
        """Its type, without the None of a key that may be left out."""
        whole: Any = self.info.rebuild_annotation()
        kept = [arg for arg in get_args(whole) if arg is not NoneType]
        return kept[0] if NoneType in get_args(whole) and len(kept) == 1 else whole

    @property
    def needed(self) -> str:
        if self.info.is_required():
            return "yes"
        default = self.info.get_default()
        return "no" if default is None or default == () else f"no; else `{_spelled(default)}`"

    @property
    def about(self) -> str:
        """Its description, in which Markdown is Markdown, but neither a hole nor a bar ends a cell."""
        return (self.info.description or "see below").replace("|", "\\|")


def _spelled(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _keys(model: type[Fields]) -> tuple[_Key, ...]:
    return tuple(_Key(info.alias or name, info) for name, info in model.model_fields.items())


def _keys_table(model: type[Fields]) -> str:
    """The keys of a mapping; those that every note has are left out of a note's own."""
    common = NoteFields.model_fields if model is not NoteFields else {}
    keys = [key for key in _keys(model) if key.name not in common or not issubclass(model, NoteFields)]
    rows = ((f"`{key.name}`", key.needed, _holds(key.annotation), key.about) for key in keys)
    return _table(("key", "needed", "holds", "what it is"), rows)


def _tables(model: type[Fields], inside: str) -> Iterator[str]:
    """The table of a mapping's keys, then those of the mappings in it; `inside` says where it stands."""
    yield f"{inside}{_keys_table(model)}"
    found: dict[type[Fields], list[str]] = {}
    for key in _keys(model):
        for inner in _models(key.annotation):
            item = f"each item of `{key.name}`" if get_origin(key.annotation) is tuple else f"`{key.name}`"
            found.setdefault(inner, []).append(item)
    for inner, where in found.items():
        listed = ", ".join(where)
        yield from _tables(inner, f"{listed[0].upper()}{listed[1:]}:\n\n")


def _models(annotation: Any) -> Iterator[type[Fields]]:
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _holds(annotation: Any) -> str:
    """What a key of this type holds, in a word or two."""
    known = next((words for kind, words in HOLDS if annotation == kind), None)
    if known:
        return known
    if get_origin(annotation) is tuple:
        return "list" if any(_models(annotation)) else f"list: {_holds(get_args(annotation)[0])}"
    if any(_models(annotation)):
        return "keys of its own"
    schema = TypeAdapter(annotation).json_schema()
    if "enum" in schema:
        return "one of " + ", ".join(f"`{value}`" for value in schema["enum"])
    return TYPES.get(str(schema.get("type")), "as described")


# ── the schema for editors ───────────────────────────────────────────────────────────────────────
#
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
        "definitions": {name: _note(name) for name in notes.names()},
    }


def _note(name: str) -> dict[str, Any]:
    fields = _mapping(notes.note_type(name).Note)
    return {
        **fields,
        "description": _about(name),
        "properties": {name: _opening(name), **fields["properties"]},
        "required": [name, *fields.get("required", ())],
    }


def _opening(name: str) -> dict[str, Any]:
    return {"description": f"{_about(name)}\n\nThe value is the id of the note.", **NOTE_ID}


def _any_note() -> dict[str, Any]:
    names = notes.names()
    listed = ", ".join(names)
    chain: dict[str, Any] = {
        "properties": {name: {"description": _about(name)} for name in names},
        "anyOf": [{"required": [name], "errorMessage": f"{OPENING}; note types are {listed}"} for name in names],
    }
    for name in reversed(names):
        chain = {"if": _opens(name), "then": {"$ref": f"#/definitions/{name}"}, "else": chain}
    return {"type": "object", **chain}


def _opens(name: str) -> dict[str, Any]:
    """Whether a note is of this type: it has the key, and not as a key of another type's notes."""
    others = [each for each in notes.names() if name in {key.name for key in _keys(notes.note_type(each).Note)}]
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
    if tidy.get("default") in (None, [], False):
        tidy.pop("default", None)
    if "properties" in tidy:
        tidy["properties"] = {name: _tidy(inner, models) for name, inner in tidy["properties"].items()}
    if isinstance(tidy.get("items"), dict):
        tidy["items"] = _tidy(tidy["items"], models)
    choices = [_tidy(choice, models) for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        return choices[0] | tidy
    return tidy | ({"anyOf": choices} if choices else {})
