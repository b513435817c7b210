"""Compile the decks of a workspace anew, without those for which nothing can have changed since the last build."""

from __future__ import annotations

import gc
import json
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from rung.cardfile import from_text, text_of
from rung.cli._cards import SUFFIX, read
from rung.compiler import beside, compiled, deck_id, source_of
from rung.outcome import NO_REACH, Outcome, apart, settled, tails, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from hashlib import _Hash as Hash

    from rung.cardfile import CompiledDeck
    from rung.compiler import Compiled
    from rung.model import Problem
    from rung.workspace import CardFolder

NO_SOURCE = sha256().hexdigest()  # of cards whose deck is gone


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: sound decks leave none, and to look for them among all cards so far takes a fifth
    of a compile."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Again:
    """What all decks come to now, and those that were compiled for it, with the text of their card files by path; how many
    cards were in decks before and are in none now, under any id."""

    decks: tuple[CompiledDeck, ...]
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    outcomes: Mapping[str, Outcome]
    gone: int


@uncollected()
def compiled_again(
    texts: Mapping[str, bytes], pictures: Mapping[str, str], folder: CardFolder, last: Mapping[str, Outcome], now: int
) -> Again:
    """The decks at paths below `decks/` over the cards in `folder`, of which `last` are the outcomes of an earlier build.

    `pictures` and `now` are those of `compiler.compiled`. Raises CannotGoOn where a card file cannot be read.
    """
    sources, held = _sources(texts, pictures), folder.digests()
    same = {
        id_
        for id_, each in last.items()
        if each.source == sources.get(id_, NO_SOURCE) and each.file == held.get(id_ + SUFFIX)
    }
    still = apart(same, last, NO_REACH)
    while True:
        changed = {path: text for path, text in texts.items() if deck_id(path) not in still}
        previous = [read(folder, path, from_text) for path in held if path.removesuffix(SUFFIX) not in still]
        result = compiled(changed, previous, now, pictures)
        left = apart(still, last, together(result.reaches.values()))
        if left == still:
            break
        still = left
    files = {each.deck.id + SUFFIX: text_of(each).encode() for each in result.decks}
    kept = {id_: last[id_] for id_ in still}
    problems = {*result.problems, *(problem for each in kept.values() for problem in each.problems)}
    outcomes = kept | dict(_outcomes(result, kept, files, sources, held))
    gone = len(_living(previous) - _living(result.decks))
    return Again(result.decks, files, tuple(sorted(problems)), outcomes, gone)


def _living(decks: Iterable[CompiledDeck]) -> set[str]:
    """Under which ids the histories of the living cards are kept."""
    return {card.root for each in decks for card in each.cards if not card.retired}


def _sources(texts: Mapping[str, bytes], pictures: Mapping[str, str]) -> dict[str, str]:
    """A digest of all that each deck is compiled from, by its id: the files that have this id, and what lies beside."""
    found: defaultdict[str, Hash] = defaultdict(sha256)
    for path, text in sorted(texts.items()):
        about = json.dumps([path, len(text), sorted(beside(path, pictures).items())])
        found[deck_id(path)].update(about.encode() + text)
    return {id_: each.hexdigest() for id_, each in found.items()}


def _outcomes(
    result: Compiled,
    kept: Mapping[str, Outcome],
    files: Mapping[str, bytes],
    sources: Mapping[str, str],
    held: Mapping[str, str],
) -> Iterator[tuple[str, Outcome]]:
    """What the decks compiled now came to, beside those `kept`; it holds for all builds to come if that is sure."""
    problems: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in result.problems:
        problems[source_of(problem.where)].append(problem)
    sure = settled(result.decks, {**result.reaches, **{id_: each.reach for id_, each in kept.items()}})
    for each in result.decks:
        id_, text = each.deck.id, files[each.deck.id + SUFFIX]
        file = sha256(text).hexdigest()
        holds = id_ in sure or file == held.get(id_ + SUFFIX)
        living = sum(not card.retired for card in each.cards)
        source = sources.get(id_, NO_SOURCE) if holds else ""
        yield id_, Outcome(source, file, living, result.reaches[id_], tails(text.decode()), tuple(problems[id_]))
