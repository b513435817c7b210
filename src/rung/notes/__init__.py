"""Note types: the fields an author writes and the cards they make.

One module a note type, registered by being here; each gives what `NoteType` lists. Its docstring opens its page in
`docs/note-types.md`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from rung import registry
from rung.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rung.fields import NoteFields
    from rung.model import Draft, Example, Fault, KeptNote, Refusal


class NotKept(ValueError):
    """A kept note that its type does not know, or would refuse; the message names it, and how to mend it."""


class NoteType(Protocol):
    """What a module of this folder gives.

    `Note` are the fields; `title` is what its cards carry as heading (empty: the deck's title); `cards` are those a
    valid note makes; `faults` is what a valid set of fields may still have wrong. A type that also has
    `page(note) -> Page` keeps its notes beside their cards.
    """

    Note: type[NoteFields]
    EXAMPLES: Sequence[Example]
    REFUSALS: Sequence[Refusal]

    def title(self, note: Any) -> str: ...
    def cards(self, note: Any) -> Iterable[Draft]: ...
    def faults(self, note: Any) -> Iterable[Fault]: ...


def names() -> tuple[str, ...]:
    """Every note type, sorted."""
    return registry.names(__path__)


@cache
def note_type(name: str) -> NoteType:
    """The note type of that name; raises KeyError for one that is not there."""
    if name not in names():
        raise KeyError(name)
    return cast("NoteType", registry.module(__name__, name))


def keeps(name: str) -> bool:
    """Whether notes of that type stay beside their cards: it makes pages of them."""
    try:
        return hasattr(note_type(name), "page")
    except KeyError:
        return False


def fields_of(kept: KeptNote) -> NoteFields:
    """A kept note read back; raises NotKept."""
    fields = _sound(kept) if keeps(kept.type) else None
    if fields is None:
        told = f"the note {kept.note} is no {kept.type} as this version knows it"
        raise NotKept(f"{told}; make the cards anew with: rung build")
    return fields


def _sound(kept: KeptNote) -> NoteFields | None:
    """The fields of a kept note; None where its id is none or its type refuses them, which a build never keeps."""
    from rung.fields import ID

    if not all(map(ID.fullmatch, kept.note.split("/"))):
        return None  # its page would be a file of that name
    type_ = note_type(kept.type)
    try:
        fields = type_.Note.model_validate(kept.fields, context={"kept": True})
    except ValueError:
        return None
    return None if any(fault.severity is Severity.ERROR for fault in type_.faults(fields)) else fields
