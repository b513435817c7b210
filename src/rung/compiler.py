"""Decks -> cards: `compiled(texts, previous, now)`. Pure; every problem is a value, all of them come at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from rung import cards, text
from rung.claims import Claims, Made
from rung.fields import ID
from rung.history import Living, with_history
from rung.model import Card, Location, Problem, Severity
from rung.sources import deck as source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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
    claims = Claims.of(found, previous)
    made = [(deck.deck, tuple(_made(deck, claims))) for deck in found]
    every = [each for _, cards in made for each in cards]
    problems.extend(_warnings(every))
    problems.extend(_twins(every, {problem.where for problem in problems}))
    living = [(deck, [Living(each.card, each.former) for each in cards]) for deck, cards in made]
    kept = {deck.deck.id: tuple(note for each in deck.notes if (note := each.kept())) for deck in found}
    built = tuple(replace(deck, notes=kept.get(deck.deck.id, ())) for deck in with_history(living, previous, now))
    problems.extend(claims.problems(every, built, previous))
    return Compiled(built, tuple(sorted(set(problems))))


def _made(deck: DeckSource, claims: Claims) -> Iterator[Made]:
    for note in deck.notes:
        for draft in note.drafts():
            yield Made(_card(deck, note, draft), note, draft, *claims.parts(note, draft))


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


def _twins(made: Iterable[Made], told: set[Location]) -> Iterator[Problem]:
    """The items of a note that make a card or a part which the note or another item makes too; none at places `told`."""
    first: dict[str, Made] = {}
    seen: set[str] = set()
    for each in made:
        other = first.setdefault(each.card.part, each)
        again = each.card.id in seen or each.draft.at != other.draft.at
        seen.add(each.card.id)
        where = each.note.place((*each.draft.at[:-1], "id") if each.draft.item else each.draft.at)
        if again and other.note is each.note and where not in told:  # that two notes have one id is told elsewhere
            told.add(where)
            message = f'the id "{each.draft.part}" makes a second card {each.note.id}#{each.card.id.partition("#")[2]}'
            yield Problem(where, message, "give it another id")


# ── warnings ─────────────────────────────────────────────────────────────────────────────────────


def _warnings(made: Iterable[Made]) -> Iterator[Problem]:
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


def _cloze_warnings(made: Made, asked: str, answer: str) -> Iterator[Problem]:
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


def _warning(made: Made, message: str, mend: str) -> Problem:
    return Problem(made.note.place(made.draft.at), message, mend, Severity.WARNING)
