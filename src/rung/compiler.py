"""Decks -> cards: `compiled(texts, previous, now)`. Pure; every problem is a value, all of them come at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from rung import cards, text
from rung.fields import ID
from rung.history import Living, with_history
from rung.model import Card, Location, Problem, Severity
from rung.sources import deck as source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rung.cardfile import CompiledDeck
    from rung.model import Draft
    from rung.sources.deck import DeckSource, Note

SUFFIXES = (".yaml", ".yml")
NO_PICTURES: Mapping[str, str] = MappingProxyType({})
WORDS = re.compile(r"[^\W_]+(?:[.,:]\d+)*%?")  # 0.5% is one word


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a build gives: every deck with its cards, and the problems of all files, by place."""

    decks: tuple[CompiledDeck, ...]
    problems: tuple[Problem, ...]

    @property
    def broken(self) -> bool:
        """Whether there is an error, so that nothing may be written."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def compiled(
    texts: Mapping[str, bytes], previous: Iterable[CompiledDeck], now: int, pictures: Mapping[str, str] = NO_PICTURES
) -> Compiled:
    """The cards of all decks.

    `texts` are the deck files by path below `decks/`, with `/`; `now` is in UTC seconds; `pictures` are the picture
    files by path below `decks/`, with the names they have among the cards.
    """
    problems: list[Problem] = []
    found: list[DeckSource] = []
    for path in sorted(texts):
        deck_id, path_problems = _deck_id(path, texts)
        problems.extend(path_problems)
        deck, deck_problems = source.read(f"decks/{path}", deck_id, texts[path], _beside(path, pictures))
        problems.extend(deck_problems)
        if deck:
            found.append(deck)
    previous = tuple(previous)
    claims = _Claims.of(found, previous)
    problems.extend(claims.problems())
    made = [
        (deck.deck, [_Made(_card(deck, note, draft), note, draft) for note, draft in _drafts(deck)]) for deck in found
    ]
    problems.extend(_warnings(each for _, cards in made for each in cards))
    living = [
        (deck, [Living(each.card, claims.parts(each.note, each.draft)) for each in cards]) for deck, cards in made
    ]
    problems.extend(_reused([each for _, cards in made for each in cards], previous))
    return Compiled(with_history(living, previous, now), tuple(sorted(set(problems))))


@dataclass(frozen=True, slots=True)
class _Made:
    card: Card
    note: Note
    draft: Draft


def _drafts(deck: DeckSource) -> Iterator[tuple[Note, Draft]]:
    return ((note, draft) for note in deck.notes for draft in note.drafts())


def deck_id(path: str) -> str:
    """The id of the deck at a path below `decks/`."""
    return path.rpartition(".")[0]


def _deck_id(path: str, texts: Mapping[str, bytes]) -> tuple[str, list[Problem]]:
    id_, where = deck_id(path), Location(f"decks/{path}", 1, 1)
    problems = []
    if not all(ID.fullmatch(name) for name in id_.split("/")):
        mend = "rename it in small letters, digits and hyphens"
        problems.append(Problem(where, f'"{id_}" is no deck id', mend))
    twin = next((id_ + suffix for suffix in SUFFIXES if id_ + suffix in texts and id_ + suffix < path), None)
    if twin:
        problems.append(Problem(where, f"this deck has the id of decks/{twin}", "rename one of the two files"))
    return id_, problems


def _beside(path: str, pictures: Mapping[str, str]) -> dict[str, str]:
    """The pictures in the folder of the deck at `path`, by their path from there."""
    folder = path.rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    return {each.removeprefix(prefix): name for each, name in pictures.items() if each.startswith(prefix)}


def _card(deck: DeckSource, note: Note, draft: Draft) -> Card:
    part = f"{note.path}#{draft.part}"
    title = note.title() if draft.title is None else draft.title
    return Card(
        id=f"{part}.c{draft.hole}" if draft.hole else part,
        kind=draft.kind,
        note_type=note.type,
        deck=deck.deck.id,
        family=f"{note.path}#{draft.family}",
        title=title or deck.deck.title,
        content=draft.content,
        level=draft.level,
        tags=tuple(dict.fromkeys((*deck.deck.tags, *note.fields.tags, f"topic::{note.fields.topic or note.id}"))),
    )


# ── former ids ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Claims:
    """Who says to have been called what: of decks, notes and items, with the place of each `was:`."""

    decks: Mapping[str, DeckSource]
    notes: Mapping[str, Note]
    twins: tuple[tuple[Note, Note], ...]
    claimed: tuple[tuple[str, str, Location], ...]  # (what, former id, place)
    deck_was: Mapping[str, str]
    locked: frozenset[str]  # the decks, and the notes by all their ids, of the last build
    note_was: Mapping[str, str]
    item_was: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, found: Sequence[DeckSource], previous: Iterable[CompiledDeck]) -> _Claims:
        by_path: dict[str, Note] = {}
        twins = []
        claimed: list[tuple[str, str, Location]] = []
        deck_was, note_was, item_was = {}, {}, {}
        for deck in found:
            if deck.was:
                deck_was[deck.deck.id] = deck.was
                claimed.append(("deck", deck.was, deck.was_at))
            for note in deck.notes:
                if note.path in by_path:
                    twins.append((by_path[note.path], note))
                by_path.setdefault(note.path, note)
                if was := note.fields.was:
                    note_was[note.path] = was if "/" in was else f"{note.deck}/{was}"
                    claimed.append(("note", note_was[note.path], note.place(("was",))))
                for item, (was, where) in note.items_that_were().items():
                    item_was[note.path, item] = _whole_item(note, was)
                    claimed.append(("item", item_was[note.path, item], where))
        decks = {deck.deck.id: deck for deck in found}
        locked = {id_.partition("#")[0] for each in previous for card in each.cards for id_ in (card.part, *card.was)}
        locked.update(each.deck.id for each in previous)
        return cls(decks, by_path, tuple(twins), tuple(claimed), deck_was, frozenset(locked), note_was, item_was)

    def parts(self, note: Note, draft: Draft) -> tuple[str, ...]:
        """The ids the part of `draft` had before, as far as the sources say, the likeliest last."""
        paths = [path for each in (note.path, self.note_was.get(note.path)) if each for path in self._paths(each)]
        items = [(path, draft.item) for path in paths]
        if former := self.item_was.get((note.path, draft.item)):
            path, _, item = former.partition("#")
            items.extend((each, item) for each in (paths if path == note.path else self._paths(path)))
        ids = (f"{path}#{'.'.join(filter(None, (item, draft.facet)))}" for path, item in items)
        own = f"{note.path}#{draft.part}"
        return tuple(dict.fromkeys(id_ for id_ in ids if id_ != own))

    def _paths(self, path: str) -> Iterator[str]:
        """The path of a note, and the one it had under its deck's former id, unless the note is younger than that."""
        deck, _, name = path.rpartition("/")
        yield path
        was = self.deck_was.get(deck)
        if was and (f"{was}/{name}" in self.locked or not {deck, was} & self.locked):
            yield f"{was}/{name}"

    def problems(self) -> Iterator[Problem]:
        for one, other in self.twins:
            message = f'two notes of this deck are called "{other.id}" (the first at {one.where})'
            yield Problem(other.where, message, "give one of them another id")
        first: dict[tuple[str, str], Location] = {}
        for what, former, where in self.claimed:
            if self._lives(what, former):
                message = f'`was:` claims the {what} "{former}", which is still there'
                yield Problem(where, message, "take the `was:` away, or the other one")
            if (what, former) in first:
                message = f'`was:` claims the {what} "{former}", which is claimed at {first[what, former]} too'
                yield Problem(where, message, "keep the claim of the one that carries its history on")
            first.setdefault((what, former), where)

    def _lives(self, what: str, former: str) -> bool:
        if what == "deck":
            return former in self.decks
        if what == "note":
            return former in self.notes
        path, _, item = former.partition("#")
        return path in self.notes and any(draft.item == item for draft in self.notes[path].drafts())


def _reused(made: Sequence[_Made], previous: Iterable[CompiledDeck]) -> Iterator[Problem]:
    """An id that another card of today had before: the two would share one history."""
    today = {each.card.id for each in made}
    cards = (card for compiled in previous for card in compiled.cards if card.id in today)
    heirs = {id_: card.family for card in cards for id_ in card.was}
    for each in made:
        if heir := heirs.get(each.card.part):
            message = f'"{each.card.family}" is what "{heir}" was called before'
            yield Problem(each.note.where, message, "give one of the two an id that no other ever had")


def _whole_item(note: Note, was: str) -> str:
    """The former id of an item in full: `deck/note#item`."""
    path, hash_, item = was.rpartition("#")
    if not hash_:
        return f"{note.path}#{item}"
    return was if "/" in path else f"{note.deck}/{was}"


# ── warnings ─────────────────────────────────────────────────────────────────────────────────────


def _warnings(made: Iterable[_Made]) -> Iterator[Problem]:
    fronts: dict[tuple[str, str, str], str] = {}
    for each in made:
        asked, answer = cards.kind(each.card.kind).gist(each.card.content)
        front = (each.card.kind, each.card.title, asked)
        if front in fronts:
            message = f"this asks the same as {fronts[front]}"
            yield _warning(each, message, "say what sets the two apart, or leave one out")
        fronts.setdefault(front, each.card.id)
        if each.draft.hole:
            yield from _cloze_warnings(each, f"{each.card.title} {asked}", answer)


def _cloze_warnings(made: _Made, asked: str, answer: str) -> Iterator[Problem]:
    hole = made.draft.hole
    if (words := len(answer.split())) > text.LONGEST_HOLE:
        mend = f"put it round what matters, {text.LONGEST_HOLE} words at most"
        yield _warning(made, f"hole c{hole} is {words} words long", mend)
    if len(answer) > 1 and _stands_in(answer, asked):
        message = f"the answer of c{hole} stands in its question: {answer}"
        yield _warning(made, message, "say the rest in other words")


def _stands_in(answer: str, asked: str) -> bool:
    return bool(_bare(answer)) and f" {_bare(answer)} " in f" {_bare(asked)} "


def _bare(words: str) -> str:
    return " ".join(WORDS.findall(words.casefold()))


def _warning(made: _Made, message: str, mend: str) -> Problem:
    return Problem(made.note.place(made.draft.at), message, mend, Severity.WARNING)
