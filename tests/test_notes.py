"""Every note type's examples make the cards they say; every refusal says what and where, to the column."""

from __future__ import annotations

import pytest

from deck_text import compiled_notes, first_lines
from rung import cards, notes

EXAMPLES = [(name, example) for name in notes.names() for example in notes.note_type(name).EXAMPLES]
REFUSALS = [(name, refusal) for name in notes.names() for refusal in notes.note_type(name).REFUSALS]


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else "")
def test_an_example_makes_its_cards(name, example):
    result = compiled_notes(example.source)
    assert [problem for problem in result.problems if problem.severity == "error"] == []
    made = []
    for card in result.decks[0].cards:
        question, answer = cards.kind(card.kind).gist(card.content)
        made.append(f"#{card.id.partition('#')[2]} {card.kind}: {question} => {answer}")
        assert card.note_type == name
    assert sorted(made) == list(example.cards)


@pytest.mark.parametrize(("name", "refusal"), REFUSALS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_refusal_names_the_place_and_the_fault(name, refusal):
    result = compiled_notes(refusal.source)
    assert first_lines(result) == list(refusal.problems)
    assert all(problem.mend for problem in result.problems)


@pytest.mark.parametrize("name", notes.names())
def test_every_note_type_shows_and_refuses_something(name):
    assert notes.note_type(name).EXAMPLES
    assert notes.note_type(name).REFUSALS
    assert notes.note_type(name).__doc__


def test_the_types_that_make_pages_keep_their_notes():
    assert [name for name in notes.names() if not notes.keeps(name)] == ["basic", "fact", "transcript"]
    assert not notes.keeps("limerick")


def families(name: str) -> dict[str, set[str]]:
    """The parts of every family that the first example of a note type makes."""
    found: dict[str, set[str]] = {}
    for card in compiled_notes(notes.note_type(name).EXAMPLES[0].source).decks[0].cards:
        found.setdefault(card.family.partition("#")[2], set()).add(card.id.partition("#")[2])
    return found


def test_what_gives_each_other_away_is_a_family():
    levels = {"order", "L4", "L5", "L6", "L7", "L4.misses", "L5.misses", "L6.misses", "L7.scores.c1"}
    assert families("ladder") == {"levels": levels, "pattern": {"pattern.c1"}}
    assert families("framework") == {
        "order": {"order", "retrieval.place.c1", "coarse.place.c1", "fine.place.c1"},
        "retrieval": {"retrieval.name.c1", "retrieval.budget.c1", "retrieval.flow.c1", "retrieval.flow.c2"},
        "coarse": {"coarse.name.c1", "coarse.job.c1", "coarse.commits.c1"},
        "fine": {"fine.name.c1"},
        "solves": {"solves.c1", "problem"},
        "when": {"when.c1"},
        "example": {"example"},
    }
    assert families("question") == {
        "why": {"why.c1", "why.c2"}, "seconds": {"seconds.c1"}, "days": {"days.c1", "days.reverse.c1"},
    }  # fmt: skip


def test_a_ladders_new_cards_come_in_no_order_that_gives_a_level_away():
    cards = compiled_notes(notes.note_type("ladder").EXAMPLES[0].source).decks[0].cards
    levels = [card.id.partition("#")[2] for card in cards if card.kind == "choice" and "misses" not in card.id]
    assert levels == ["L6", "L5", "L4", "L7"]


def test_more_to_know_stands_on_the_back_only():
    fact, basic = (
        compiled_notes(text).decks[0].cards[0]
        for text in (
            "- fact: a\n  text: The {{c1::peak}} is high\n  extra: See *b*.\n",
            "- basic: a\n  cards:\n    - {id: one, front: Asked, back: Said, extra: See *b*.}\n",
        )
    )
    for card in (fact, basic):
        made = cards.kind(card.kind)
        question = made.ask(card.content, 0)
        assert "See" not in question.prompt
        assert made.back(card.content, question, "").endswith("\n\nSee *b*.")


def test_the_cards_of_a_basic_note_are_a_family():
    assert families("basic") == {"cards": {"capital", "country"}}
