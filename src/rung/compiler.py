"""Decks -> cards: `compiled(texts, previous, now)`. Pure; every problem is a value, all of them come at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from rung import cards, lint
from rung.claims import Claims, DeckNames, Made
from rung.fields import ID, did_you_mean
from rung.history import Living, with_history
from rung.model import Card, Location, Problem, Severity
from rung.outcome import Reach, deck_of, named
from rung.sources import deck as source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rung.cardfile import CompiledDeck
    from rung.model import Deck, Draft, KeptNote
    from rung.sources.deck import DeckSource, Note

SUFFIXES = (".yaml", ".yml")
NO_PICTURES: Mapping[str, str] = MappingProxyType({})
NEEDLESS = "needless-allow"  # told of like a rule, but it looks at what silences rules


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a build gives: every deck with its cards, the problems of all files, by place, and what each deck reaches."""

    decks: tuple[CompiledDeck, ...]
    problems: tuple[Problem, ...]
    reaches: Mapping[str, Reach] = field(default_factory=dict)

    @property
    def broken(self) -> bool:
        """Whether there is an error, so that nothing may be written."""
        return any_error(self.problems)


def any_error(problems: Iterable[Problem]) -> bool:
    """Whether there is one among them that is no mere warning."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def compiled(
    texts: Mapping[str, bytes], previous: Iterable[CompiledDeck], now: int, pictures: Mapping[str, str] = NO_PICTURES
) -> Compiled:
    """The cards of all decks.

    `texts` are the deck files by path below `decks/`, with `/`; `now` is in UTC seconds; `pictures` are the picture
    files by path below `decks/`, with the names they have among the cards.
    """
    alone, problems = _each_alone(texts, pictures, now)
    previous = tuple(previous)
    claims = Claims.of([each.names for each in alone], previous)
    made = [(each.deck, claims.histories(each.made)) for each in alone]
    living = ((deck, [Living(each.card, each.former) for each in cards]) for deck, cards in made)
    kept = {each.deck.id: each.kept for each in alone}
    built = tuple(replace(deck, notes=kept.get(deck.deck.id, ())) for deck in with_history(living, previous, now))
    problems.extend(claims.problems([each for _, cards in made for each in cards], built, previous))
    return Compiled(built, tuple(sorted(set(problems))), _reaches(claims, (*previous, *built), alone))


class _Alone(NamedTuple):
    """What a deck comes to by itself: its cards without their history, the notes kept beside them, and checksums of what
    they ask. Its tree is let go of with its source."""

    deck: Deck
    names: DeckNames
    made: tuple[Made, ...]
    kept: tuple[KeptNote, ...]
    fronts: frozenset[int]


def _each_alone(
    texts: Mapping[str, bytes], pictures: Mapping[str, str], now: int
) -> tuple[list[_Alone], list[Problem]]:
    """Every deck by itself, and what is wrong with it there."""
    problems: list[Problem] = []
    alone: list[_Alone] = []
    asked: dict[bytes, str] = {}
    for path in sorted(texts):
        deck_id, told = _deck_id(path, texts)
        deck, deck_problems = source.read(f"decks/{path}", deck_id, texts[path], beside(path, pictures))
        told += deck_problems
        if deck:
            alone.append(_alone(deck, asked, now, told))
        problems += told
    return alone, problems


class _Drafted(NamedTuple):
    """A card, the id of its part, and what it is made from."""

    card: Card
    part: str
    note: Note
    draft: Draft


def _alone(deck: DeckSource, asked: dict[bytes, str], now: int, problems: list[Problem]) -> _Alone:
    """The deck by itself; what is wrong with it joins the `problems` of its file.

    `asked` has the digests of what the cards before it ask, each with the id of the first that does; its own come to it.
    """
    drafted: list[_Drafted] = []
    fronts: set[int] = set()
    if not deck.imported:  # what others wrote is as it is
        problems.extend(
            _warning(deck.source_at, name, finding.message, finding.mend)
            for name, finding in lint.found_in_deck(deck.deck)
        )
    frameworks = tuple(note.title() for note in deck.notes if note.type == "framework")
    for note in deck.notes:
        new = list(_drafted(deck, note, now))
        drafted += new
        if not deck.imported:
            views = tuple([_seen(each, asked, fronts) for each in new])
            problems.extend(_quality(note, lint.NoteView(deck.deck, frameworks, note.type, note.fields, views)))
    problems.extend(_twins(drafted, {problem.where for problem in problems}))
    made = tuple(Made(card, note.named, draft.item, draft.facet) for card, _, note, draft in drafted)
    names = DeckNames(deck.deck.id, deck.was, deck.was_at, tuple(note.named for note in deck.notes))
    kept = tuple(kept for note in deck.notes if (kept := note.kept()))
    return _Alone(deck.deck, names, made, kept, frozenset(fronts))


def _drafted(deck: DeckSource, note: Note, now: int) -> Iterator[_Drafted]:
    """The cards of a note, as if all of them were new."""
    title, id_ = note.title() or deck.deck.title, note.named.id
    tags = tuple(dict.fromkeys((*deck.deck.tags, *note.fields.tags, f"topic::{note.fields.topic or id_}")))
    for draft in note.drafts():
        part = f"{note.named.path}#{draft.part}"
        card = Card(
            id=f"{part}.c{draft.hole}" if draft.hole else part,
            kind=draft.kind,
            note_type=note.type,
            deck=deck.deck.id,
            family=f"{note.named.path}#{draft.family}",
            title=title if draft.title is None else draft.title or deck.deck.title,
            content=draft.content,
            level=draft.level,
            tags=tags,
            changed=now,
        )
        yield _Drafted(card, part, note, draft)


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


def beside(path: str, pictures: Mapping[str, str]) -> dict[str, str]:
    """The pictures in the folder of the deck at `path`, by their path from there."""
    folder = path.rpartition("/")[0]
    prefix = f"{folder}/" if folder else ""
    return {each.removeprefix(prefix): name for each, name in pictures.items() if each.startswith(prefix)}


def _twins(drafted: Iterable[_Drafted], told: set[Location]) -> Iterator[Problem]:
    """The items of a note that make a card or a part which the note or another item makes too; none at places `told`."""
    first: dict[str, _Drafted] = {}
    seen: set[str] = set()
    for each in drafted:
        card, part, note, draft = each
        other = first.setdefault(part, each)
        again = card.id in seen or draft.at != other.draft.at
        seen.add(card.id)
        if not again or other.note is not note:  # that two notes have one id is told elsewhere
            continue
        where = note.place((*_item(draft.at), "id") if draft.item else draft.at)
        if where not in told:
            told.add(where)
            message = f'the id "{draft.part}" makes a second card {note.named.id}#{card.id.partition("#")[2]}'
            yield Problem(where, message, "give it another id")


def _item(at: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The path of the list item, or the keyed one, that something at `at` stands in."""
    last = max((place for place, step in enumerate(at) if isinstance(step, int)), default=len(at) - 2)
    return at[: last + 1]


def _reaches(claims: Claims, compiled: Iterable[CompiledDeck], alone: Iterable[_Alone]) -> dict[str, Reach]:
    """What every deck reaches: by what it says it was called, by its cards of today and before, and by what they ask."""
    decks = {id_: {id_} for id_ in claims.decks}
    for what, former, where in claims.claimed:
        decks[source_of(where)].add(former if what == "deck" else deck_of(former))
    for each in compiled:
        decks.setdefault(each.deck.id, set()).update(named(each))
    fronts: defaultdict[str, frozenset[int]] = defaultdict(frozenset)
    for by_itself in alone:
        fronts[by_itself.deck.id] |= by_itself.fronts
    return {id_: Reach(frozenset(names), fronts[id_]) for id_, names in decks.items()}


def source_of(where: Location) -> str:
    """The id of the deck that a place is in."""
    return deck_id(where.path.removeprefix("decks/"))


# ── quality ──────────────────────────────────────────────────────────────────────────────────────


def _seen(drafted: _Drafted, asked: dict[bytes, str], fronts: set[int]) -> lint.CardView:
    """The card as rules see it; what it asks joins what was `asked` before it, and its checksum the `fronts` of its deck."""
    card, draft = drafted.card, drafted.draft
    question, answer = cards.kind(card.kind).gist(card.content)
    asks = f"{card.kind}\n{card.title}\n{question}".encode()
    fronts.add(crc32(asks))
    digest = sha256(asks).digest()
    if not (twin := asked.get(digest, "")):
        asked[digest] = card.id
    return lint.CardView(card.kind, card.title, question, answer, card.content, draft.at, draft.hole, twin)


def _quality(note: Note, view: lint.NoteView) -> Iterator[Problem]:
    """What rules find in a note without errors, and the rules it allows itself to break in vain."""
    allowed, heard = note.fields.allow, set()
    for name, finding in () if note.broken else lint.found(view):
        heard.add(name)
        if name not in allowed:
            yield _warning(note.place(finding.at), name, finding.message, finding.mend)
    for name in allowed:
        where = note.place(("allow", name), key=True)
        if name not in lint.names():
            mend = did_you_mean(name, lint.names(), f"rules are {', '.join(lint.names())}")
            yield Problem(where, f'"{name}" is no rule', mend)
        elif name not in heard and not note.broken:
            mend = "take it away, as it would hide what the rule finds one day"
            yield _warning(where, NEEDLESS, f"{name} finds nothing in this note", mend)


def _warning(where: Location, rule: str, message: str, mend: str) -> Problem:
    return Problem(where, f"{message} [{rule}]", mend, Severity.WARNING)
