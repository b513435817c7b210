"""The final quiz: all courses in equal shares, no family twice, and what it says of the learner."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from deck_text import compiled_decks
from rung import final
from rung.notes import note_type
from rung.quiz import Result, Share

FACTS = "".join(f"- fact: f{n}\n  text: 'The {n}. is {{{{c1::a}}}} and {{{{c2::b}}}}'\n" for n in range(12))
LADDER = note_type("ladder").EXAMPLES[0].source
DECKS = {
    "a/one": FACTS + LADDER + note_type("drill").EXAMPLES[0].source + note_type("worksheet").EXAMPLES[0].source,
    "a/two": FACTS,
    "b/one": FACTS,
    "c/few": "- fact: lone\n  text: 'It is {{c1::lone}}'\n",
}
RESULT = compiled_decks(DECKS)
CARDS = [card for deck in RESULT.decks for card in deck.cards]
COURSES = {deck: deck.partition("/")[0].upper() for deck in DECKS}


def asked(seed, count, courses=COURSES):
    return final.questions(CARDS, courses, seed, count)


def test_courses_have_equal_shares_and_the_rest_makes_up_for_a_small_one():
    assert not RESULT.broken
    assert Counter(COURSES[card.deck] for card in asked(1, 9)) == {"A": 4, "B": 4, "C": 1}
    assert [COURSES[card.deck] for card in asked(1, 9)[:3]] != [COURSES[card.deck] for card in asked(2, 9)[:3]]


def test_within_a_course_decks_and_within_them_note_types_have_equal_shares():
    cards = [card for card in asked(5, 25) if COURSES[card.deck] == "A"]
    assert Counter(card.deck for card in cards) == {"a/one": 6, "a/two": 6}
    assert Counter(card.note_type for card in cards if card.deck == "a/one") == {"fact": 2, "ladder": 2, "worksheet": 2}


@given(st.integers(0, 2**53), st.integers(1, 60))
def test_no_family_is_asked_twice_and_nothing_that_takes_long(seed, count):
    cards = asked(seed, count)
    assert len(cards) <= count
    assert len({card.family for card in cards}) == len(cards)
    assert {card.kind for card in cards} & {"drill", "sheet"} == set()
    assert final.questions(reversed(CARDS), COURSES, seed, count) == cards


def test_all_there_is_and_decks_without_a_course():
    families = {card.family for card in CARDS if card.kind not in ("drill", "sheet")}
    assert {card.family for card in asked(1, 1000)} == families
    assert {card.deck for card in asked(1, 1000, {"b/one": "B"})} == {"b/one"}
    assert asked(1, 1000, {}) == ()


BY_ID = {card.id: card for card in CARDS}


def results(*pairs):
    return [Result(BY_ID[id_], share) for id_, share in pairs]


def test_the_weakest_topics_are_those_that_cost_most():
    given = results(
        ("a/one/f1#text.c1", 1), ("a/two/f1#text.c1", 0), ("b/one/f1#text.c2", 0), ("a/one/f2#text.c1", 0),
        ("a/one/f3#text.c1", 0.6), ("a/one/f4#text.c1", 1), ("a/two/f4#text.c2", 0),
    )  # fmt: skip
    assert final.weakest(given) == (
        (Share("f1", 1, 3), ("a/two/f1#text.c1", "b/one/f1#text.c2")),
        (Share("f2", 0, 1), ("a/one/f2#text.c1",)),
        (Share("f4", 1, 2), ("a/two/f4#text.c2",)),
        (Share("f3", 0.6, 1), ("a/one/f3#text.c1",)),
    )
    assert [share.name for share, _ in final.weakest(given, 2)] == ["f1", "f2"]
    assert final.weakest([]) == ()
