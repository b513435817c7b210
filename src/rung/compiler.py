"""Decks -> cards: `compiled(texts, previous, now)`. Pure; every problem is a value, all of them come at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from rung import cards, lint
from rung.claims import Claims, Made
from rung.fields import ID, did_you_mean
from rung.history import Living, with_history
from rung.model import Card, Location, Problem, Severity
from rung.outcome import Reach, deck_of, front, named
from rung.sources import deck as source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rung.cardfile import CompiledDeck
    from rung.model import Draft
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
    problems: list[Problem] = []
    found: list[DeckSource] = []
    for path in sorted(texts):
        deck_id, path_problems = _deck_id(path, texts)
        problems.extend(path_problems)
        deck, deck_problems = source.read(f"decks/{path}", deck_id, texts[path], beside(path, pictures))
        problems.extend(deck_problems)
        if deck:
            found.append(deck)
    previous = tuple(previous)
    claims = Claims.of(found, previous)
    made = [(deck.deck, tuple(_made(deck, claims))) for deck in found]
    every = [each for _, cards in made for each in cards]
    own = [deck for deck in found if not deck.imported]  # what others wrote is as it is
    written = {deck.deck.id for deck in own}
    seen = _seen(each for each in every if each.note.deck in written)
    problems.extend(_quality(own, seen))
    problems.extend(_twins(every, {problem.where for problem in problems}))
    living = [(deck, [Living(each.card, each.former) for each in cards]) for deck, cards in made]
    kept = {deck.deck.id: tuple(note for each in deck.notes if (note := each.kept())) for deck in found}
    built = tuple(replace(deck, notes=kept.get(deck.deck.id, ())) for deck in with_history(living, previous, now))
    problems.extend(claims.problems(every, built, previous))
    return Compiled(built, tuple(sorted(set(problems))), _reaches(claims, (*previous, *built), seen))


def _made(deck: DeckSource, claims: Claims) -> Iterator[Made]:
    for note in deck.notes:
        title = note.title() or deck.deck.title
        tags = tuple(dict.fromkeys((*deck.deck.tags, *note.fields.tags, f"topic::{note.fields.topic or note.id}")))
        for draft in note.drafts():
            card = _card(deck, note, draft, title if draft.title is None else draft.title or deck.deck.title, tags)
            yield Made(card, note, draft, *claims.parts(note, draft))


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


def _card(deck: DeckSource, note: Note, draft: Draft, title: str, tags: tuple[str, ...]) -> Card:
    part = f"{note.path}#{draft.part}"
    return Card(
        id=f"{part}.c{draft.hole}" if draft.hole else part,
        kind=draft.kind,
        note_type=note.type,
        deck=deck.deck.id,
        family=f"{note.path}#{draft.family}",
        title=title,
        content=draft.content,
        level=draft.level,
        tags=tags,
    )


def _twins(made: Iterable[Made], told: set[Location]) -> Iterator[Problem]:
    """The items of a note that make a card or a part which the note or another item makes too; none at places `told`."""
    first: dict[str, Made] = {}
    seen: set[str] = set()
    for each in made:
        other = first.setdefault(each.card.part, each)
        again = each.card.id in seen or each.draft.at != other.draft.at
        seen.add(each.card.id)
        where = each.note.place((*_item(each.draft.at), "id") if each.draft.item else each.draft.at)
        if again and other.note is each.note and where not in told:  # that two notes have one id is told elsewhere
            told.add(where)
            message = f'the id "{each.draft.part}" makes a second card {each.note.id}#{each.card.id.partition("#")[2]}'
            yield Problem(where, message, "give it another id")


def _item(at: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The path of the list item, or the keyed one, that something at `at` stands in."""
    last = max((place for place, step in enumerate(at) if isinstance(step, int)), default=len(at) - 2)
    return at[: last + 1]


def _reaches(
    claims: Claims, compiled: Iterable[CompiledDeck], seen: Mapping[Location, Sequence[lint.CardView]]
) -> dict[str, Reach]:
    """What every deck reaches: by what it says it was called, by its cards of today and before, and by what they ask."""
    decks = {id_: {id_} for id_ in claims.decks}
    for what, former, where in claims.claimed:
        decks[source_of(where)].add(former if what == "deck" else deck_of(former))
    for each in compiled:
        decks.setdefault(each.deck.id, set()).update(named(each))
    fronts: defaultdict[str, set[int]] = defaultdict(set)
    for where, views in seen.items():
        fronts[source_of(where)].update(front(view.kind, view.title, view.question) for view in views)
    return {id_: Reach(frozenset(names), frozenset(fronts[id_])) for id_, names in decks.items()}


def source_of(where: Location) -> str:
    """The id of the deck that a place is in."""
    return deck_id(where.path.removeprefix("decks/"))


# ── quality ──────────────────────────────────────────────────────────────────────────────────────


def _quality(found: Iterable[DeckSource], seen: Mapping[Location, Sequence[lint.CardView]]) -> Iterator[Problem]:
    """What the rules of `lint/` find, and what is wrong with the `allow:` of notes."""
    for deck in found:
        for name, finding in lint.found_in_deck(deck.deck):
            yield _warning(deck.source_at, name, finding.message, finding.mend)
        frameworks = tuple(note.title() for note in deck.notes if note.type == "framework")
        for note in deck.notes:
            view = lint.NoteView(deck.deck, frameworks, note.type, note.fields, tuple(seen[note.where]))
            yield from _quality_of(note, view)


def _seen(made: Iterable[Made]) -> Mapping[Location, Sequence[lint.CardView]]:
    """The cards of every note, by its place, as rules see them."""
    seen: defaultdict[Location, list[lint.CardView]] = defaultdict(list)
    fronts = defaultdict[tuple[str, str, str], str](str)
    for each in made:
        card, draft = each.card, each.draft
        question, answer = cards.kind(card.kind).gist(card.content)
        front = (card.kind, card.title, question)
        twin = fronts[front]
        fronts[front] = twin or card.id
        view = lint.CardView(card.kind, card.title, question, answer, card.content, draft.at, draft.hole, twin)
        seen[each.note.where].append(view)
    return seen


def _quality_of(note: Note, view: lint.NoteView) -> Iterator[Problem]:
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
