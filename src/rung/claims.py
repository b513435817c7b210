"""What decks, notes and items say they were called before, and every way in which two could share one history. Pure.

The log keeps the id of its day. So an id, once had, belongs to one card for ever, whatever that is called today.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rung.history import names
from rung.model import Card, Location, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from rung.cardfile import CompiledDeck
    from rung.sources.deck import Named

FRESH = "an id that no other ever had"


class Made(NamedTuple):
    """A card, the note it was made from, and item and facet of its part.

    `moved` are the part ids it had if it moved along with its deck, or its note; `claimed` those that its `was:` says.
    """

    card: Card
    note: Named
    item: str
    facet: str
    moved: tuple[str, ...] = ()
    claimed: tuple[str, ...] = ()

    @property
    def former(self) -> tuple[str, ...]:
        """The ids its part had before, as far as the sources say, the likeliest last."""
        if not (self.moved or self.claimed):
            return ()
        part = self.card.part
        return tuple(id_ for id_ in dict.fromkeys((*self.moved, *self.claimed)) if id_ != part)


class DeckNames(NamedTuple):
    """What a deck and its notes are called and were called before."""

    id: str
    was: str
    was_at: Location
    notes: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """Who says to have been called what: of decks, notes and items, with the place of each `was:`."""

    decks: Mapping[str, DeckNames]
    notes: Mapping[str, Named]
    twins: tuple[tuple[Named, Named], ...]
    claimed: tuple[tuple[str, str, Location], ...]  # (what, former id, place)
    deck_was: Mapping[str, str]
    locked: frozenset[str]  # the decks, and the notes by all their ids, of the last build; none where no deck moved
    note_was: Mapping[str, str]
    item_was: Mapping[tuple[str, str], tuple[str, Location]]

    @classmethod
    def of(cls, found: Sequence[DeckNames], previous: Iterable[CompiledDeck]) -> Claims:
        by_path: dict[str, Named] = {}
        twins = []
        claimed: list[tuple[str, str, Location]] = []
        deck_was, note_was, item_was = {}, {}, {}
        for deck in found:
            if deck.was:
                deck_was[deck.id] = deck.was
                claimed.append(("deck", deck.was, deck.was_at))
            for note in deck.notes:
                if (first := by_path.setdefault(note.path, note)) is not note:
                    twins.append((first, note))
                if was := note.was:
                    note_was[note.path] = was if "/" in was else f"{note.deck}/{was}"
                    claimed.append(("note", note_was[note.path], note.was_at))
                for item, (was, where) in note.items.items():
                    item_was[note.path, item] = _whole_item(note, was), where
                    claimed.append(("item", _whole_item(note, was), where))
        decks = {deck.id: deck for deck in found}
        locked = _ids(previous) if deck_was else frozenset[str]()
        return cls(decks, by_path, tuple(twins), tuple(claimed), deck_was, locked, note_was, item_was)

    def histories(self, made: Sequence[Made]) -> Sequence[Made]:
        """The cards with the ids that their parts had before."""
        return [self._with_history(each) for each in made] if self.claimed else made

    def _with_history(self, made: Made) -> Made:
        note, item, facet = made.note, made.item, made.facet
        own = [(path, item) for path in self._paths(note.path)]
        was = self.note_was.get(note.path)
        claimed = [(path, item) for path in self._paths(was)] if was else []
        if former := self.item_was.get((note.path, item)):
            path, _, item = former[0].partition("#")
            own, claimed = own + claimed, [(each, item) for each in self._paths(path)]
            if path == note.path and was:
                claimed += [(each, item) for each in self._paths(was)]
        return made._replace(moved=_part_ids(own, facet), claimed=_part_ids(claimed, facet))

    def _paths(self, path: str) -> Iterator[str]:
        """The path of a note, and the one it had under its deck's former id, unless the note is younger than that."""
        deck, _, name = path.rpartition("/")
        yield path
        was = self.deck_was.get(deck)
        if was and (f"{was}/{name}" in self.locked or not {deck, was} & self.locked):
            yield f"{was}/{name}"

    def problems(
        self, made: Sequence[Made], built: Iterable[CompiledDeck], previous: Sequence[CompiledDeck]
    ) -> Iterator[Problem]:
        """What is wrong with the claims themselves, then with the histories they lead to, once a note."""
        wrong = [*self._twins(), *self._wrong_claims(made)]
        yield from wrong
        if not any(card.first or card.was for deck in built for card in deck.cards):
            return  # each part has had the one id of today
        today = {card.part: names(card) for deck in built for card in deck.cards if not card.retired}
        told = {problem.where for problem in wrong}
        parts = {each.card.part: each for each in made}
        past = _Past.of(previous)
        for intruder, other in _sharing(parts.values(), today, past):
            if not {place := self._place(intruder), self._place(other)} & told:
                told.add(place)
                yield _shared(intruder, other, place, today)
        for each in parts.values():
            if past.mixed(each) and not {each.note.where, self._place(each)} & told:
                told.add(each.note.where)
                message = f'"{each.card.family}" was another {"item" if each.item else "note"} before'
                yield Problem(each.note.where, message, f"give it {FRESH}")

    def _twins(self) -> Iterator[Problem]:
        for one, other in self.twins:
            message = f'two notes of this deck are called "{other.id}" (the first at {one.where})'
            yield Problem(other.where, message, "give one of them another id")

    def _wrong_claims(self, made: Iterable[Made]) -> Iterator[Problem]:
        first: dict[tuple[str, str], Location] = {}
        living = self._living(made) if self.claimed else {}
        for what, former, where in self.claimed:
            if former in living[what]:
                message = f'`was:` claims the {what} "{former}", which is still there'
                yield Problem(where, message, "take the `was:` away, or the other one")
            if (what, former) in first:
                message = f'`was:` claims the {what} "{former}", which is claimed at {first[what, former]} too'
                yield Problem(where, message, "keep the claim of the one that carries its history on")
            first.setdefault((what, former), where)

    def _living(self, made: Iterable[Made]) -> Mapping[str, Collection[str]]:
        """The decks, notes and items that are there, by what they are."""
        items = {f"{each.note.path}#{each.item}" for each in made if self.notes[each.note.path] is each.note}
        return {"deck": self.decks, "note": self.notes, "item": items}

    def _place(self, made: Made) -> Location:
        """Where it says what it was called before: the nearest `was:`; its note where nothing does."""
        note = made.note
        if item := self.item_was.get((note.path, made.item)):
            return item[1]
        if note.was:
            return note.was_at
        return self.decks[note.deck].was_at if made.former else note.where


def _part_ids(items: Iterable[tuple[str, str]], facet: str) -> tuple[str, ...]:
    return tuple(f"{path}#{'.'.join(filter(None, (item, facet)))}" for path, item in items)


def _ids(previous: Iterable[CompiledDeck]) -> frozenset[str]:
    """The decks of the last build, and its notes by all the ids they had."""
    paths = {id_.partition("#")[0] for each in previous for card in each.cards for id_ in (card.part, *card.was)}
    return frozenset(paths.union(each.deck.id for each in previous))


def _whole_item(note: Named, was: str) -> str:
    """The former id of an item in full: `deck/note#item`."""
    path, hash_, item = was.rpartition("#")
    if not hash_:
        return f"{note.path}#{item}"
    return was if "/" in path else f"{note.deck}/{was}"


# ── two that would share one history ─────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Past:
    """The parts of the last build: all the ids each has had, and which of them lived."""

    names: Mapping[str, frozenset[str]]
    living: frozenset[str]

    @classmethod
    def of(cls, previous: Iterable[CompiledDeck]) -> _Past:
        cards = [card for compiled in previous for card in compiled.cards]
        known: dict[str, frozenset[str]] = {}
        for card in cards:
            known[card.part] = known.get(card.part, frozenset()) | names(card)
        return cls(known, frozenset(card.part for card in cards if not card.retired))

    def distance(self, made: Made, name: str) -> int:
        """How well a card knows that a name was its own: by itself, by what it says it was, or not at all."""
        if name in self.names.get(made.card.part, ()):
            return 0
        return 1 if any(name in self.names.get(id_, ()) for id_ in made.former) else 2

    def mixed(self, made: Made) -> bool:
        """Whether a card claims one that lived, under an id that was another's: rows of that id would be of both."""
        own = [self.names[id_] for id_ in (made.card.part, *made.moved) if id_ in self.names]
        claimed = [self.names[id_] for id_ in made.claimed if id_ in self.living]
        return any(one.isdisjoint(other) for one in own for other in claimed)


def _sharing(made: Iterable[Made], today: Mapping[str, frozenset[str]], past: _Past) -> Iterator[tuple[Made, Made]]:
    """Every two that have or had a name in common: first the one that has no right to it."""
    owners: dict[str, Made] = {}
    for each in made:
        for name in sorted(today.get(each.card.part, ())):
            other = owners.setdefault(name, each)
            if other is not each:
                right = past.distance(other, name) <= past.distance(each, name)
                yield (each, other) if right else (other, each)


def _shared(intruder: Made, other: Made, place: Location, today: Mapping[str, frozenset[str]]) -> Problem:
    if intruder.card.part in today[other.card.part]:
        message = f'"{intruder.card.family}" is what "{other.card.family}" was called before'
        return Problem(intruder.note.where, message, f"give one of the two {FRESH}")
    message = f'`was:` claims what "{other.card.family}" was called before'
    return Problem(place, message, "keep the claim of the one that carries its history on")
