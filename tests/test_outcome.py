"""What compiling a deck came to: what it reaches, how long that holds, and all of it as text and back."""

from __future__ import annotations

import pytest

from rung.cardfile import CompiledDeck
from rung.cards.recall import Content
from rung.model import Card, Deck, Location, Problem, Severity
from rung.outcome import (
    NO_REACH,
    Outcome,
    Reach,
    apart,
    deck_of,
    from_text,
    named,
    settled,
    tail,
    tails,
    text_of,
    together,
)

HERE = Location("decks/d.yaml", 2, 7)
TOLD = (
    Problem(HERE, "this text has “no” hole", "mark it"),
    Problem(Location("decks/d.yaml", 9, 1), "this asks the same", "leave one out", Severity.WARNING),
)
OUTCOMES = {
    "f/e": Outcome("", "ab", 0, NO_REACH, (), ()),
    "d": Outcome("12", "cd", 3, Reach(frozenset({"d", "f/e"}), frozenset({7, 8})), ("-0123456789ab.png",), TOLD),
}


def card(id_, deck="d", **more):
    return Card(id_, "recall", "fact", deck, id_, "Title", Content("p", "a"), **more)


def deck(id_, *cards):
    return CompiledDeck(Deck(id_, "Title", "A course"), cards)


def reach(decks="", fronts=()):
    return Reach(frozenset(decks.split()), frozenset(fronts))


# ── what a deck reaches ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (reach("a b", [1]), reach("b c", [2]), True),
        (reach("a b", [1, 2]), reach("c", [2]), True),
        (reach("a b", [1, 2]), reach("c", [3]), False),
        (reach(), reach(), False),
    ],
)
def test_two_reaches_meet_in_a_deck_or_in_a_front(one, other, meet):
    assert (one.meets(other), other.meets(one)) == (meet, meet)


def test_what_several_reach_together():
    assert together([reach("a b", [1]), reach("b c", [2]), NO_REACH]) == reach("a b c", [1, 2])
    assert together([]) == NO_REACH


@pytest.mark.parametrize(
    ("id_", "deck_id"), [("d/a", "d"), ("f/d/a", "f/d"), ("f/d/a#text", "f/d"), ("d/a#text.c1", "d"), ("a", "")]
)
def test_the_deck_of_an_id(id_, deck_id):
    assert deck_of(id_) == deck_id


@pytest.mark.parametrize(
    ("of_card", "decks"),
    [
        (card("d/a#t.c1"), "d"),
        (card("d/a#t.c1", "e"), "d e"),
        (card("f/e/a#t"), "d f/e"),
        (card("d/a#t", was=("e/a#t", "f/g/b#t")), "d e f/g"),
        (card("d/a#t", first="e/a#t"), "d e"),
        (card("d/a#t", first="h/a#t", was=("e/a#t",)), "d e h"),
    ],
)
def test_the_decks_that_are_named_among_cards(of_card, decks):
    assert list(named(deck("d"))) == ["d"]
    assert {*named(deck("d", of_card))} == {*decks.split()}
    assert next(iter(named(deck("z", of_card)))) == "z"


def test_a_picture_is_found_in_a_text_by_the_end_of_its_name():
    ends = ("-0123456789ab.png", "-ba9876543210.webp")
    names = ("a-b-0123456789ab.png", "-ba9876543210.webp", "c-0123456789ab.png", "c-0123456789.png")
    assert tails(" ".join(names)) == ends
    assert [tail(name) for name in names] == [*ends, ends[0], "-0123456789.png"]


# ── how long it holds ────────────────────────────────────────────────────────────────────────────


def outcomes(**reaches):
    return {id_: Outcome("s", "f", 1, each, (), ()) for id_, each in reaches.items()}


CHAIN = outcomes(a=reach("a", [1]), b=reach("b", [1, 2]), c=reach("c", [2]), d=reach("d", [4]), e=reach("e x"))


@pytest.mark.parametrize(
    ("still", "changed", "left"),
    [
        ("a b c d e", NO_REACH, "a b c d e"),
        ("b c d e", NO_REACH, "d e"),  # a is compiled again, which meets b, which meets c
        ("a b c d e", reach("z", [2]), "d e"),
        ("a b c d e", reach("x"), "a b c d"),
        ("a b c", reach("z", [9]), "a b c"),
    ],
)
def test_what_meets_nothing_that_changed_stays_as_it_is(still, changed, left):
    assert apart(still.split(), CHAIN, changed) == {*left.split()}


@pytest.mark.parametrize(
    ("reaches", "sure"),
    [
        ({"d": reach("d"), "e": reach("e", [1])}, "d e"),
        ({"d": reach("d e"), "e": reach("e")}, ""),
        ({"d": reach("d"), "e": reach("e x")}, "d"),
        ({"d": reach("d"), "e": reach("e"), "x": reach("x d")}, "e"),  # x was compiled by another build
    ],
)
def test_a_deck_is_settled_that_names_none_and_that_none_names(reaches, sure):
    assert settled([deck("d", card("d/a#t")), deck("e")], reaches) == {*sure.split()}


@pytest.mark.parametrize("moved", [{"first": "d/z#t"}, {"was": ("d/z#t",)}])
def test_a_deck_is_not_settled_of_which_a_card_was_called_otherwise(moved):
    decks = [deck("d", card("d/b#t"), card("d/a#t", **moved)), deck("e", card("e/a#t", "e"))]
    assert settled(decks, {"d": reach("d"), "e": reach("e")}) == {"e"}


# ── as text ──────────────────────────────────────────────────────────────────────────────────────


def test_outcomes_as_text_come_back_as_they_went():
    text = text_of(OUTCOMES, "maker")
    assert from_text(text, "maker") == OUTCOMES
    assert text == text_of(dict(reversed(OUTCOMES.items())), "maker")
    assert from_text(text_of({}, "maker"), "maker") == {}


def test_outcomes_of_another_maker_or_with_another_letter_are_none():
    text = text_of(OUTCOMES, "maker")
    assert from_text(text, "other") == {}
    for place in range(len(text)):
        assert from_text(text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :], "maker") == {}
