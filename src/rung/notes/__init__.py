"""Note types: the fields an author writes and the cards they make.

One module a note type, registered by being here; each gives what `NoteType` lists. Its docstring opens its page in
`docs/note-types.md`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from rung import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rung.fields import NoteFields
    from rung.model import Draft, Example, Fault, Refusal


class NoteType(Protocol):
    """What a module of this folder gives.

    `Note` are the fields; `title` is what its cards carry as heading (empty: the deck's title); `cards` are those a
    valid note makes; `faults` is what a valid set of fields may still have wrong.
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
