"""The language of searches: what a text means, and what is wrong with it, where."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.search import (
    Either,
    Every,
    Flag,
    Introduced,
    Is,
    Mistake,
    Named,
    Not,
    Prop,
    Rated,
    Words,
    asks_for_retired,
    fits,
    parsed,
    words,
)

A, B, C = Words("a"), Words("b"), Words("c")
NAMES = {"deck": ("small", "big/recsys-spine"), "type": ("fact", "ladder")}


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", Every()),
        ("  ", Every()),
        ("a", A),
        ("a*", Words("a*")),
        ("a b", Every((A, B))),
        ("a and b", Every((A, B))),
        ("a or b", Either((A, B))),
        ("a OR b c", Either((A, Every((B, C))))),
        ("(a or b) c", Every((Either((A, B)), C))),
        ("a(b)", Every((A, B))),
        ("-a", Not(A)),
        ("--a", Not(Not(A))),
        ("-(a or b)", Not(Either((A, B)))),
        ("(-a)-b", Every((Not(A), Not(B)))),
        ("a-b", Words("a-b")),
        ('"a b"', Words("a b", whole=True)),
        ('"or" "is:due"', Every((Words("or", whole=True), Words("is:due", whole=True)))),
        ('-"a"', Not(Words("a", whole=True))),
        ("order android", Every((Words("order"), Words("android")))),
        ("10:30", Words("10:30")),
        ("is:due", Is("due")),
        ("IS:Due", Is("due")),
        ("is:review is:learn", Every((Is("learnt"), Is("again")))),
        ("-is:retired", Not(Is("retired"))),
        ("level:l6", Named("level", "l6")),
        ("deck:big/", Named("deck", "big")),
        ('deck:"recsys-spine"', Named("deck", "recsys-spine")),
        ("deck:rec*", Named("deck", "rec*")),
        ("type:ladder kind:cloze", Every((Named("type", "ladder"), Named("kind", "cloze")))),
        ("tag:topic::x", Named("tag", "topic::x")),
        ("id:spine#steps", Named("id", "spine#steps")),
        ("flag:0", Flag(0)),
        ("prop:ease<2", Prop("ease", "<", 200)),
        ("prop:ease!=2.35", Prop("ease", "!=", 235)),
        ("prop:ivl>=21", Prop("ivl", ">=", 21)),
        ("prop:r<0.8", Prop("r", "<", 80)),
        ("prop:R>=0.95", Prop("r", ">=", 95)),
        ("prop:r>1 prop:r>0", Every((Prop("r", ">", 100), Prop("r", ">", 0)))),
        ("prop:due>-1 prop:due<1", Every((Prop("due", ">", -1), Prop("due", "<", 1)))),
        ("rated:7", Rated(7)),
        ("rated:7:1", Rated(7, 1)),
        ("introduced:1", Introduced(1)),
        ("a\0b", Words("a\ufffdb")),
    ],
)
def test_what_a_search_means(text, query):
    assert parsed(text, NAMES) == query


@pytest.mark.parametrize(
    ("text", "place", "message", "mend"),
    [
        ('a "b', 2, 'this " has no other that closes it', 'write one more "'),
        ('deck:"b', 5, 'this " has no other that closes it', 'write one more "'),
        ("a (b", 2, "nothing closes this (", "write one more ), or put it in quotes"),
        ("a) b", 1, "nothing opens what this ) closes", "take it out, or put it in quotes"),
        ("()", 1, "something is missing before this )", "write what to search for"),
        ("a -", 3, "something is missing at the end", "write what to search for"),
        ("a or", 4, "something is missing at the end", "write what to search for"),
        ("or a", 0, 'something is missing before "or"', 'write what to search for, or put the word in quotes: "or"'),
        ("a ?", 2, "there is no letter and no digit in this", "write a word, or leave it out"),
        ("a d*g", 3, "a * stands at the end of a word", "take it out, or put the words in quotes"),
        ("lvel:L6", 0, 'nothing is found by "lvel:"', "did you mean level:?"),
        (
            "http://x", 0, 'nothing is found by "http:"',
            "say one of is:, level:, deck:, type:, kind:, tag:, id:, flag:, prop:, rated:, introduced:; else put it in quotes",
        ),
        ("note:basic", 0, 'nothing is found by "note:"', "the note types of Rung are found by type:"),
        ("deck: small", 0, '"deck:" is followed by nothing', "write on without a space"),
        ("a is:suspend", 5, '"suspend" is no state of a card', "did you mean suspended?"),
        (
            "is:x", 3, '"x" is no state of a card',
            "states are due, new, learnt, again, suspended, buried, leech, retired, review, learn",
        ),
        ("level:L9", 6, 'there is no level "L9"', "levels are L4, L5, L6, L7"),
        ("kind:close", 5, 'there is no card kind "close"', "did you mean cloze?"),
        ('deck:"recsys-spin"', 6, 'there is no deck "recsys-spin"', "did you mean recsys-spine?"),
        ("deck:zzz", 5, 'there is no deck "zzz"', "list them with: rung decks"),
        ("type:zzz", 5, 'there is no note type "zzz"', "note types are fact, ladder"),
        ("flag:8", 5, '"8" is no flag', "flags are 1 to 7, and 0 is none"),
        ("prop:eas<2", 5, 'no card has a property "eas"', "did you mean ease?"),
        (
            "prop:ease", 5, '"ease" compares nothing',
            "write one of ease, ivl, lapses, reps, due, r, then one of = != < <= > >=, then a number: prop:ease<2",
        ),
        ("prop:r<80", 7, "r is a chance, from 0 to 1", "write it so: prop:r<0.8"),
        ("prop:r>-0.5", 7, "r is a chance, from 0 to 1", "write it so: prop:r<0.8"),
        ("prop:r=0.8", 6, "a chance is hardly ever just that", "write one of < <= > >="),
        ("prop:r!=0.8", 6, "a chance is hardly ever just that", "write one of < <= > >="),
        ("prop:ivl<2.5", 9, "ivl is a whole number", "leave out what stands behind the point"),
        ("rated:0", 6, '"0" is no span of days', "write rated:7, or rated:7:1, where 1 to 4 is the button"),
        ("introduced:7:1", 11, '"7:1" is no span of days', "write introduced:7"),
        ("a " * 501, 1000, "this search is 1,002 characters long", "use 1,000 at most"),
        ("a " * 51, 100, "this search has too many words", "use 50 at most"),
        ("-" * 21 + "a", 20, "this search is nested too deeply", "use 20 levels at most"),
        ("(" * 900, 20, "this search is nested too deeply", "use 20 levels at most"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_search(text, place, message, mend):
    assert parsed(text, NAMES) == Mistake(place, message, mend)


def test_names_that_nobody_gave_are_left_to_the_store():
    assert parsed("deck:anything type:whatever") == Every((Named("deck", "anything"), Named("type", "whatever")))


@pytest.mark.parametrize(
    ("key", "name", "value", "is_so"),
    [
        ("deck", "big", "big/recsys-spine", True),
        ("deck", "recsys-spine", "big/recsys-spine", True),
        ("deck", "Big/Recsys-Spine", "big/recsys-spine", True),
        ("deck", "recsys", "big/recsys-spine", False),
        ("deck", "rec*", "big/recsys-spine", True),
        ("deck", "*spine", "big/recsys-spine", True),
        ("deck", "b*g", "big/recsys-spine", True),
        ("deck", "b*b", "b", False),
        ("tag", "topic", "topic::x", True),
        ("tag", "topic", "topical", False),
        ("tag", "to*c*", "topical", True),
        ("tag", "a*b*c", "a-c-b", False),
        ("id", "spine#steps", "big/spine#steps", True),
        ("id", "spine", "big/spine#steps.c1", True),
        ("id", "spine#steps", "big/spine#steps.c1", True),
        ("id", "pine", "big/spine#steps.c1", False),
        ("type", "lad", "ladder", False),
    ],
)
def test_names(key, name, value, is_so):
    assert fits(Named(key, name), value) == is_so


def test_words_that_every_found_card_has():
    assert words(A) == (A,)
    assert words(Every((A, Is("due"), Not(B), Either((A, C))))) == (A,)
    assert words(Either((A, B))) == ()


@pytest.mark.parametrize(
    ("text", "asks"), [("is:retired", True), ("a (b or -is:retired)", True), ("is:due", False), ("a", False)]
)
def test_who_asks_for_retired_cards(text, asks):
    assert asks_for_retired(parsed(text)) == asks


PIECES = st.sampled_from(
    [
        '"',
        "(",
        ")",
        "-",
        " ",
        " or ",
        "and",
        ":",
        "*",
        "is:",
        "due",
        "deck:",
        "prop:",
        "ease<",
        "rated:",
        "7",
        "::",
        "a",
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_whatever_is_typed_is_a_search_or_a_mistake_in_it(text):
    got = parsed(text, NAMES)
    if isinstance(got, Mistake):
        assert 0 <= got.place <= len(text)
        assert got.message
        assert got.mend


def test_no_pattern_takes_long():
    since = time.process_time()
    assert not fits(Named("id", "*a" * 400), "a" * 200 + "b")
    assert time.process_time() - since < 0.5
