"""The page of the note types."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import cleandoc
from textwrap import shorten
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import TypeAdapter

from rung import cards, notes
from rung.authoring.markdown import HEAD, cell, compiled, fenced, said, table
from rung.fields import Answer, Facet, Fields, Holed, Id, NoteFields, Plain, Text, Was, Yes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from rung.model import Card

LONGEST_CELL = 120  # characters of a question or an answer
LONGEST_SHOWN = 4000  # characters of a mistake; longer ones are about length alone

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
    (Facet, "id"),
    (Was, "former id"),
    (Yes, "`true` or `false`"),
)
TYPES = {"string": "text", "integer": "whole number", "number": "number", "boolean": "`true` or `false`"}


def note_types_page() -> str:
    """The Markdown of `docs/note-types.md`."""
    listed = "".join(f"- [{name}](#{name}): {about(name).partition(chr(10))[0]}\n" for name in notes.names())
    every = f"## Keys of every note\n\n{_keys_table(NoteFields)}"
    return "\n".join((INTRO, listed, every, *map(_type_section, notes.names())))


def about(name: str) -> str:
    """What a note type says of itself."""
    return cleandoc(notes.note_type(name).__doc__ or "")


def _type_section(name: str) -> str:
    kind = notes.note_type(name)
    pieces = [f"## {name}\n", f"{about(name)}\n", *_tables(kind.Note, "")]
    for example in kind.EXAMPLES:
        pieces.append(f"This note\n\n{fenced('yaml', example.source)}{said(example.source)}")
        pieces.append(f"makes these cards:\n\n{_cards_table(example.source)}")
    pieces.append("### Mistakes, and what `rung check` says\n")
    pieces.extend(_shown(refusal.source) + said(refusal.source) for refusal in kind.REFUSALS)
    return "\n".join(pieces)


def _shown(source: str) -> str:
    return fenced("yaml", source) if len(source) <= LONGEST_SHOWN else "In a note that is too large to be shown:\n"


def _cards_table(source: str) -> str:
    made = (card for deck in compiled(source).decks for card in deck.cards)
    return table(("card", "kind", "question", "answer"), map(_card_row, made))


def _card_row(card: Card) -> tuple[str, ...]:
    gist = cards.kind(card.kind).gist(card.content)
    question, answer = (cell(shorten(words, LONGEST_CELL, placeholder=" …")) for words in gist)
    return f"`#{card.id.partition('#')[2]}`", card.kind, question, answer


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
        default = self.info.get_default(call_default_factory=True)
        return "no" if default in (None, (), {}) else f"no; else `{_spelled(default)}`"

    @property
    def about(self) -> str:
        """Its description, in which Markdown is Markdown, but neither a hole nor a bar ends a cell."""
        return (self.info.description or "see below").replace("|", "\\|")


def _spelled(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def keys(model: type[Fields]) -> tuple[_Key, ...]:
    return tuple(_Key(info.alias or name, info) for name, info in model.model_fields.items())


def _keys_table(model: type[Fields]) -> str:
    """The keys of a mapping; those that every note has are left out of a note's own."""
    common = NoteFields.model_fields if model is not NoteFields else {}
    own = [key for key in keys(model) if key.name not in common or not issubclass(model, NoteFields)]
    rows = ((f"`{key.name}`", key.needed, _holds(key.annotation), key.about) for key in own)
    return table(("key", "needed", "holds", "what it is"), rows)


def _tables(model: type[Fields], inside: str) -> Iterator[str]:
    """The table of a mapping's keys, then those of the mappings in it; `inside` says where it stands."""
    yield f"{inside}{_keys_table(model)}"
    found: dict[type[Fields], list[str]] = {}
    for key in keys(model):
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
    if get_origin(annotation) is dict:
        return "mapping of {} to {}".format(*map(_holds, get_args(annotation)))
    if any(_models(annotation)):
        return "keys of its own"
    schema = TypeAdapter(annotation).json_schema()
    if "enum" in schema:
        return "one of " + ", ".join(f"`{value}`" for value in schema["enum"])
    return TYPES.get(str(schema.get("type")), "as described")
