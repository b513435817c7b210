"""What the repository's own decks promise: their rounds, their ladders and drills, and what they are made of."""

from __future__ import annotations

from collections import Counter

from deck_text import shipped

DECKS = shipped()
LIVING = [card for deck in DECKS for card in deck.cards if not card.retired]


def of_type(note_type):
    return {card.id.partition("#")[0] for card in LIVING if card.note_type == note_type}


def test_every_deck_serves_rounds_of_the_loop():
    (loop,) = [note for deck in DECKS for note in deck.notes if note.note == "staff-interview/loop/graded"]
    rounds = {side["id"] for side in loop.fields["sides"]}
    assert len(rounds) == 4
    assert {deck.deck.id: sorted({*deck.deck.rounds} - rounds) for deck in DECKS if {*deck.deck.rounds} - rounds} == {}


def test_pairs_out_of_tables_are_a_quarter_of_the_cards_at_most():
    types = Counter(card.note_type for card in LIVING)
    assert 4 * (types["table"] + types["contrast"]) <= len(LIVING)


def test_the_bank_of_ladders_for_the_level_quiz():
    ladders = of_type("ladder")
    assert len(ladders) >= 25
    rungs = Counter(
        card.id.partition("#")[0] for card in LIVING if card.note_type == "ladder" and card.part[-3:-2] == "#"
    )
    assert {ladder: rungs[ladder] for ladder in ladders} == dict.fromkeys(ladders, 4)


def test_drills_of_ours_beside_the_one_of_the_source():
    drills = [card for card in LIVING if card.kind == "drill"]
    ours = [card for card in drills if "original" in card.tags]
    assert len(drills) - len(ours) == 1
    assert len(ours) >= 8
    assert all(7 <= card.content.minutes <= 15 for card in drills)


def test_what_is_ours_says_so():
    for deck in DECKS:
        assert (
            ("original" in deck.deck.tags)
            == (deck.deck.course == "Rung original")
            == deck.deck.id.startswith("original/")
        )
