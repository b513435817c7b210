"""Pages to print, made of the notes that stay beside their cards, so that no deck is needed. Pure.

One module a sort of page, registered by being here; each gives what `Sort` lists. `press/` writes a page out as HTML.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, cast

from rung import notes, registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rung.cardfile import CompiledDeck
    from rung.model import Deck, KeptNote
    from rung.paper import Page

LONGEST = 100  # characters of the name of a page, which is that of a file
INDEX = "index"  # the name of the page that lists the others


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
class Printed:
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

    def printed(self, kept: Sequence[Kept]) -> Iterable[Printed]: ...


def read(decks: Iterable[CompiledDeck]) -> tuple[Kept, ...]:
    """The kept notes of `decks`, in their order; raises notes.NotKept."""
    return tuple(_read(compiled.deck, note) for compiled in decks for note in compiled.notes)


def _read(deck: Deck, note: KeptNote) -> Kept:
    fields = notes.fields_of(note)
    type_: Any = notes.note_type(note.type)
    return Kept(deck, note.note.rpartition("/")[2], note.type, fields, type_.page(fields))


def printed(kept: Sequence[Kept]) -> tuple[Printed, ...]:
    """Every page, each under a name of its own, by group; those that are only printed when asked for are among them."""
    found = [each for name in registry.names(__path__) for each in _sort(name).printed(kept)]
    return tuple(_named(sorted(found, key=lambda each: (not each.page.alone, each.group))))


def _sort(name: str) -> Sort:
    return cast("Sort", registry.module(__name__, name))


def _named(found: Iterable[Printed]) -> Iterator[Printed]:
    """The pages with the deck, and then a number, in names that an earlier one has, none longer than LONGEST."""
    taken = {INDEX}
    for each in found:
        longer = f"{last(each.decks[0])}-{each.name}"
        numbered = (f"{longer[: LONGEST - 5]}-{number}" for number in range(2, len(taken) + 3))
        names = (each.name[:LONGEST], longer[:LONGEST], *numbered)
        name = next(name for name in names if name not in taken)
        taken.add(name)
        yield replace(each, name=name)


def meant(found: Sequence[Printed], name: str) -> tuple[Printed, ...]:
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
