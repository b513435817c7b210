"""A quiz over ladders: what it asks and in which order, and what it says of a level."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deck_text import compiled_decks
from rung import cards, quiz
from rung.model import LEVELS
from rung.quiz import LEVEL, MISS, ORDER, Result, Share

MISSES = {"L4": "the cache", "L5": "the fallback", "L6": "the test"}


def ladder(id_, topic=""):
    rungs = "".join(
        f"    {level}:\n      says: {level} of {id_} says {' '.join(['so'] * 40)}.\n"
        + (f"      misses: In {id_}, {MISSES[level]}.\n" if level in MISSES else "      scores: It is {{c1::all}}.\n")
        for level in LEVELS
    )
    head = f"- ladder: {id_}\n" + (f"  topic: {topic}\n" if topic else "")
    return f"{head}  question: What of {id_}?\n  rungs:\n{rungs}  pattern: Do {{{{c1::{id_}}}}}.\n"


def compiled_cards(notes):
    result = compiled_decks({"d": notes})
    assert not result.broken
    return result.decks[0].cards


CARDS = compiled_cards(ladder("outage", "failures") + ladder("cold-start") + "- fact: f\n  text: '{{c1::x}} is it'\n")
OUTAGE = {card.id.removeprefix("d/outage"): card for card in CARDS if card.id.startswith("d/outage#")}


@pytest.mark.parametrize(
    ("part", "task"),
    [("#order", ORDER), ("#L4", LEVEL), ("#L7", LEVEL), ("#L4.misses", MISS), ("#L6.misses", MISS), ("#L7.scores.c1", ""),
     ("#pattern.c1", "")],
)  # fmt: skip
def test_what_a_card_asks_for(part, task):
    assert quiz.task(OUTAGE[part]) == task


def test_a_ladder_and_its_topic():
    assert {(card.note, quiz.topic(card)) for card in CARDS} == {
        ("d/outage", "failures"),
        ("d/cold-start", "cold-start"),
        ("d/f", "f"),
    }


def asked(seed, level="", cards=CARDS):
    return [card.id.removeprefix("d/") for card in quiz.questions(cards, seed, level)]


@given(st.integers(0, 2**53))
def test_of_every_ladder_one_miss_two_levels_and_the_order(seed):
    cards = quiz.questions(CARDS, seed)
    assert [quiz.task(card) for card in cards] == [MISS] * 2 + [LEVEL] * 4 + [ORDER] * 2
    for name in ("d/outage", "d/cold-start"):
        assert [quiz.task(card) for card in cards if card.note == name] == [MISS, LEVEL, LEVEL, ORDER]
    assert len(set(cards)) == 8
    assert quiz.questions(reversed(CARDS), seed) == cards


def test_a_seed_gives_the_same_quiz_for_ever():
    assert asked(1) == [
        "outage#L6.misses",
        "cold-start#L4.misses",
        "outage#L6",
        "outage#L5",
        "cold-start#L5",
        "cold-start#L7",
        "cold-start#order",
        "outage#order",
    ]


def test_in_time_every_card_is_asked():
    assert {id_ for seed in range(60) for id_ in asked(seed)} == {
        card.id.removeprefix("d/") for card in CARDS if quiz.task(card)
    }


@pytest.mark.parametrize(
    ("level", "misses", "levels"),
    [
        ("L4", {"L4"}, {"L4", "L5"}),
        ("L5", {"L4", "L5"}, {"L4", "L5", "L6"}),
        ("L6", {"L5", "L6"}, {"L5", "L6", "L7"}),
        ("L7", {"L6"}, {"L6", "L7"}),
    ],
)
def test_a_quiz_of_one_level_asks_what_sets_it_apart(level, misses, levels):
    expected = {f"#{each}.misses" for each in misses} | {f"#{each}" for each in levels}
    cards = quiz.questions(CARDS, 3, level)
    assert {card.id.removeprefix("d/outage") for card in cards if card.note == "d/outage"} == expected
    assert len(cards) == 2 * len(expected)
    assert [quiz.task(card) for card in cards] == [MISS] * 2 * len(misses) + [LEVEL] * 2 * len(levels)


@pytest.mark.parametrize("level", ["", "L5"])
def test_without_ladders_there_is_nothing_to_ask(level):
    assert asked(1, level, [card for card in CARDS if not quiz.task(card)]) == []


@pytest.mark.parametrize(
    ("part", "shares"),
    [("#order", [0, 0.2, 0.4, 0.6, 0.8, 1]), ("#L5", [0, 0, 0, 1, 1, 1]), ("#L5.misses", [0, 0, 0, 1, 1, 1])],
)
def test_the_share_of_a_grade(part, shares):
    expects = cards.kind(OUTAGE[part].kind).ask(OUTAGE[part].content, 0).expects
    assert [quiz.share(expects, grade) for grade in range(6)] == shares
    assert [Result(OUTAGE[part], share).right for share in shares] == [share == 1 for share in shares]


TOLD = {("d/outage", level): f"outage: {miss}" for level, miss in MISSES.items()} | {
    ("d/cold-start", "L4"): "cold: the cache"
}
COLD = next(card for card in CARDS if card.id == "d/cold-start#L4")


@pytest.mark.parametrize(
    ("wrong", "moves"),
    [
        ([], []),
        (["#L5"], [("d/outage", "L5", "outage: the fallback")]),
        (["#L5.misses", "#L5", "#L5"], [("d/outage", "L5", "outage: the fallback")]),
        (["#L7"], []),  # from the top there is no move
        (["#L6", "#L4.misses"], [("d/outage", "L4", "outage: the cache"), ("d/outage", "L6", "outage: the test")]),
    ],
)
def test_every_wrong_answer_points_at_its_move_once(wrong, moves):
    right = [Result(card, 1) for card in CARDS if quiz.task(card)]
    results = [*right, *(Result(OUTAGE[part], 0) for part in wrong)]
    assert quiz.moves(results, TOLD) == tuple(moves)


@pytest.mark.parametrize(
    ("order", "levels"),
    [
        ("L4 L5 L7 L6", ["L6"]),
        ("L4 L6 L7 L5", ["L5"]),
        ("L7 L6 L5 L4", ["L4", "L5", "L6"]),
        ("L5 L4 L7 L6", ["L4", "L6"]),
    ],
)
def test_an_order_gone_wrong_points_at_the_moves_between_what_was_swapped(order, levels):
    result = Result(OUTAGE["#order"], 0.6, tuple(order.split()))
    assert quiz.moves([result], TOLD) == tuple(("d/outage", level, f"outage: {MISSES[level]}") for level in levels)


def test_moves_come_by_ladder_and_level():
    results = [Result(OUTAGE["#L5"], 0), Result(COLD, 0), Result(OUTAGE["#L4"], 0)]
    assert [(name, level) for name, level, _ in quiz.moves(results, TOLD)] == [
        ("d/cold-start", "L4"),
        ("d/outage", "L4"),
        ("d/outage", "L5"),
    ]


def test_shares_are_summed_by_name_and_cards_without_one_left_out():
    shares = [("#order", 0.6), ("#L7", 1), ("#L4", 0), ("#L4.misses", 1), ("#order", 1), ("#L5", 0)]
    results = [Result(OUTAGE[part], share) for part, share in shares]
    levels = (Share("L4", 1, 2), Share("L5", 0, 1), Share("L7", 1, 1))
    assert quiz.shares(results, lambda card: card.level) == levels
    assert quiz.shares(results, lambda card: card.level or "orders") == (*levels, Share("orders", 1.6, 2))
    assert quiz.shares([], lambda card: card.id) == ()
    assert [str(Share("x", points, 3)) for points in (1, 0.6 + 0.6, 3.0)] == ["1 of 3", "1.2 of 3", "3 of 3"]
