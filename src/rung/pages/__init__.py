"""Pages to print, made of the notes that stay beside their cards, so that no deck is needed. Pure.

One module a sort of page, registered by being here; each gives what `Sort` lists. A page is written out as HTML by
`_html.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, cast

from rung import notes, registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rung.cardfile import CompiledDeck
    from rung.model import Deck, KeptNote, Page

INDEX = "index"  # the name of the page that lists the others


class NotKept(ValueError):
    """A kept note that its type does not know any more; the message names it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept note read back: the deck it stands in, its id there, its fields, and the page its type makes of it."""

    deck: Deck
    id: str
    type: str
    fields: Any
    page: Page

    @property
    def topic(self) -> str:
        return str(self.fields.topic or self.id)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page under the name of its file. `group` is its heading in the index; `kind` is how it is laid out; `decks` are
    the ids of those it is made of, and `note` is `<deck>/<note>` where it is the page of one note."""

    name: str
    page: Page
    group: str
    kind: str
    source: str
    decks: tuple[str, ...]
    note: str = ""


class Sort(Protocol):
    """What a module of this folder gives: its pages of all kept notes, in the order of the decks."""

    def sheets(self, kept: Sequence[Kept]) -> Iterable[Sheet]: ...


def read(decks: Iterable[CompiledDeck]) -> tuple[Kept, ...]:
    """The kept notes of `decks`, in their order; raises NotKept."""
    return tuple(_read(compiled.deck, note) for compiled in decks for note in compiled.notes)


def _read(deck: Deck, note: KeptNote) -> Kept:
    try:
        type_: Any = notes.note_type(note.type)
        fields = type_.Note.model_validate(note.fields, context={"kept": True})
        return Kept(deck, note.note.rpartition("/")[2], note.type, fields, type_.page(fields))
    except (ValueError, KeyError, AttributeError) as error:
        raise NotKept(f"the note {note.note} is no {note.type} as this version knows it: {error}") from None


def sheets(kept: Sequence[Kept]) -> tuple[Sheet, ...]:
    """Every page, each under a name of its own, by group; those that are only printed when asked for are among them."""
    found = [each for name in registry.names(__path__) for each in _sort(name).sheets(kept)]
    return tuple(_named(sorted(found, key=lambda sheet: (not sheet.page.alone, sheet.group))))


def _sort(name: str) -> Sort:
    return cast("Sort", registry.module(__name__, name))


def _named(found: Iterable[Sheet]) -> Iterator[Sheet]:
    """The sheets with the deck, and then a number, in names that an earlier one has."""
    taken = {INDEX}
    for sheet in found:
        longer = f"{last(sheet.decks[0])}-{sheet.name}"
        names = (sheet.name, longer, *(f"{longer}-{number}" for number in range(2, len(taken) + 3)))
        name = next(each for each in names if each not in taken)
        taken.add(name)
        yield replace(sheet, name=name)


def meant(found: Sequence[Sheet], name: str) -> tuple[Sheet, ...]:
    """What a learner means by a name: a page by its own or its note's, and the pages of a deck or folder of decks,
    where those that stand alone come first and others only where there are none."""
    wanted = name.strip("/")
    if not wanted:
        return ()
    named = [each for each in found if each.name == wanted or f"/{each.note}".endswith(f"/{wanted}")]
    held = [each for each in found if any(_within(id_, wanted) for id_ in each.decks)]
    alone = [each for each in held if each.page.alone]
    chosen = {each.name for each in (*named, *(alone or (() if named else held)))}
    return tuple(each for each in found if each.name in chosen)


def _within(deck_id: str, wanted: str) -> bool:
    return deck_id == wanted or deck_id.startswith(f"{wanted}/") or deck_id.endswith(f"/{wanted}")


# ── what the sorts share ─────────────────────────────────────────────────────────────────────────


def last(deck_id: str) -> str:
    """The last part of a deck's id."""
    return deck_id.rpartition("/")[2]


def by_deck(kept: Iterable[Kept]) -> dict[Deck, list[Kept]]:
    found: dict[Deck, list[Kept]] = {}
    for each in kept:
        found.setdefault(each.deck, []).append(each)
    return found
