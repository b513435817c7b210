"""What a preview shows: the living cards of decks, what is wrong in those, and their pictures. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rung.anki.identity import ordinal
from rung.anki.look import look
from rung.anki.notes import notes
from rung.anki.types import template
from rung.cardfile import CompiledDeck
from rung.compiler import deck_id
from rung.model import Severity
from rung.press import with_math, with_pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rung.compiler import Compiled
    from rung.model import Card, Problem


@dataclass(frozen=True, slots=True)
class Sides:
    """The HTML of one card's two sides, with its math in letters and its pictures in it; its style, and its number in
    its note."""

    front: str
    back: str
    css: str
    number: int


@dataclass(frozen=True, slots=True)
class Site:
    """Decks with their living cards, by id; `pictures` by name, which holds the hash of what is in them.

    `stopped` says why nothing could be compiled, where that is so.
    """

    decks: tuple[CompiledDeck, ...] = ()
    problems: tuple[Problem, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict, compare=False)
    stopped: str = ""

    def after(
        self, compiled: Compiled, paths: Iterable[str], pictures: Mapping[str, bytes], wanted: Callable[[str], bool]
    ) -> Site:
        """What there is to show of the `wanted` decks at `paths` below `decks/`: what they compiled to, or, where there
        are errors in one, what it was before."""
        problems = tuple(each for each in compiled.problems if wanted(_deck(each)))
        broken = {_deck(each) for each in problems if each.severity is Severity.ERROR}
        good = {each.deck.id: _living(each) for each in compiled.decks if each.deck.id not in broken}
        last = {each.deck.id: each for each in self.decks if each.deck.id in broken}
        ids = sorted({id_ for id_ in map(deck_id, paths) if wanted(id_)})
        decks = ((good | last).get(id_) for id_ in ids)
        return Site(tuple(filter(None, decks)), problems, {**self.pictures, **pictures})

    def sides(self, id_: str) -> Sides | None:
        """How the card of that id looks; None where there is none."""
        for each in self.decks:
            card = next((card for card in each.cards if card.id == id_), None)
            if card:
                return _sides(each, card, self.pictures)
        return None


def site(decks: Iterable[CompiledDeck], pictures: Mapping[str, bytes]) -> Site:
    """The decks as they were compiled last."""
    return Site(tuple(map(_living, decks)), pictures=pictures)


def _deck(problem: Problem) -> str:
    return deck_id(problem.where.path.removeprefix("decks/"))


def _living(compiled: CompiledDeck) -> CompiledDeck:
    """The deck with what is shown of it; when a card changed is not."""
    return CompiledDeck(compiled.deck, tuple(replace(card, changed=0) for card in compiled.cards if not card.retired))


def _sides(compiled: CompiledDeck, card: Card, pictures: Mapping[str, bytes]) -> Sides:
    part = [each for each in compiled.cards if each.part == card.part]
    (note,) = notes([(compiled.deck, part)])
    looks, number = template(card.kind), ordinal(card) + 1
    drawn = look(looks, note.named, number)
    front, back = (with_pictures(with_math(side), pictures) for side in (drawn.front, drawn.back))
    return Sides(front, back, looks.css, number)
