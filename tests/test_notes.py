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
