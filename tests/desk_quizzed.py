"""Quizzes on the desk for tests: a desk with a deck of given notes, and what its screens hold."""

import asyncio

import pytest

pytest.importorskip("textual")

from deck_text import compiled_notes
from desk_pilot import SIZES, Sitting, desk_store, driven_desk
from learner import HERE, MONDAY
from rung.notes import fields_of, note_type
from rung.seat import Seat
from rung.store import CardFile
from rung.workspace import Clock

LADDER = note_type("ladder").EXAMPLES[0].source
PROBE = note_type("probe").EXAMPLES[0].source
FACT = "- fact: one\n  topic: openings\n  text: The first is {{c1::alpha}}.\n"


NUMBER = 2  # of each quiz, which is the instant at which it began


class Slow(Clock):
    """A clock that goes on when it is told to, at an instant that stays."""

    __setattr__ = object.__setattr__  # a clock is frozen, this one is not

    def __init__(self):
        super().__init__(MONDAY)
        self.ms = 0

    def elapsed(self):
        return self.ms

    def now(self):
        return NUMBER


def quizzed(folder, steps, notes, size=SIZES[0]):
    """Run `steps(pilot, sitting)` on a desk with a deck of those notes, and give the log: (kind, card, grade, detail)."""
    (deck,) = compiled_notes(notes).decks

    def kept(type_):
        return {each.note: fields_of(each) for each in deck.notes if each.type == type_}

    async def run():
        with desk_store(folder) as store:
            store.sync_cards(HERE, {"deck.jsonl": (1, 1)}, [CardFile("deck.jsonl", deck.deck, deck.cards)])
            sitting = Sitting(store, Seat.at(store, HERE, Slow()))
            sitting.desk.kept = kept
            async with driven_desk(sitting.desk, size, notifications=True) as pilot:
                await steps(pilot, sitting)
            return [(str(each.kind), each.card, each.grade, dict(each.detail)) for each in store.events()]

    return asyncio.run(run())


def screen(sitting):
    return type(sitting.desk.screen).__name__


def right(asking):
    """The keys of the right answer to what is asked."""
    content, letters = asking.card.content, {each.id: each.letter.lower() for each in asking.question.options}
    return (
        [letters[content.right]]
        if hasattr(content, "right")
        else [*map(letters.get, ["L4", "L5", "L6", "L7"]), "enter"]
    )


def toasts(sitting):
    return [note.message for note in sitting.desk._notifications]


def told(sitting):
    """All lines of the score, whether they stand on the screen or not."""
    quiz_ = sitting.desk.screen
    return [each.words for each in quiz_.quiz.told(quiz_.done, quiz_.now)]
