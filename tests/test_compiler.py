"""From decks to cards: ids, history across renames and moves, and every problem of all files at once, to the column."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deck_text import HEAD, all_lines, compiled_decks, compiled_notes, deck_of, first_lines
from rung.cardfile import text_of
from rung.compiler import compiled, deck_id
from rung.model import Deck, Problem, Severity


def fact(id_, text="", was=""):
    text = text or f"{{{{c1::x}}}} is the word for {id_}"
    return f"- fact: {id_}\n" + (f"  was: {was}\n" if was else "") + f'  text: "{text}"\n'


def asks(id_, *branches, was=""):
    """A question whose branches are ids, or pairs of an id and a former one."""
    rows = [each if isinstance(each, tuple) else (each, "") for each in branches]
    listed = "".join(
        f"    - id: {branch}\n" + (f"      was: {former}\n" if former else "") + f"      answer: {branch}\n"
        f"      changes: the way of {branch} changes\n"
        for branch, former in rows
    )
    note = f"- question: {id_}\n" + (f"  was: {was}\n" if was else "")
    return f"{note}  asks: What of {id_}?\n  why: Just {{{{c1::because}}}}.\n  branches:\n{listed}"


def whole(notes, was="", course="A course", title="A deck", more=""):
    return (
        f"title: {title}\nsource: {{course: {course}}}\n" + (f"was: {was}\n" if was else "") + f"{more}notes:\n{notes}"
    )


def cards(result):
    assert not result.broken, all_lines(result)
    return {card.id: card for deck in result.decks for card in deck.cards}


def roots(result):
    """Every living card's id and the id under which its history is kept."""
    return {card.id: card.root for card in cards(result).values() if not card.retired}


# ── what a build gives ───────────────────────────────────────────────────────────────────────────


def test_a_card_of_a_deck_in_a_folder():
    notes = "- fact: peak\n  title: Traffic\n  topic: qps\n  tags: [own, deck]\n  text: It is {{c2::320k}}.\n"
    result = compiled_decks({"course/spine": whole(notes, more="tags: [deck]\n")})
    assert result.problems == ()
    (deck,) = result.decks
    assert deck.deck == Deck("course/spine", "A deck", "A course", tags=("deck",))
    (card,) = deck.cards
    assert (card.id, card.kind, card.note_type, card.deck) == (
        "course/spine/peak#text.c2",
        "cloze",
        "fact",
        "course/spine",
    )
    assert (card.family, card.title, card.level) == ("course/spine/peak#text", "Traffic", "")
    assert card.tags == ("deck", "own", "topic::qps")
    assert (card.first, card.was, card.changed, card.retired) == ("", (), 1_000, False)
    assert (card.content.text, card.content.hole) == ("It is {{c2::320k}}.", 2)


def test_what_a_note_leaves_out_is_its_decks_or_its_own():
    (card,) = compiled_notes(fact("peak")).decks[0].cards
    assert (card.title, card.tags) == ("A deck", ("topic::peak",))


def test_a_deck_says_where_it_comes_from():
    result = compiled_decks(
        {"d": "title: T\nsource: {course: C, lesson: 4.10, read: 2026-11-21}\nnotes:\n" + fact("a")}
    )
    assert result.decks[0].deck == Deck("d", "T", "C", "4.10")
    assert result.decks[0].deck.source == "C, lesson 4.10"


def test_the_parts_of_a_note_are_its_items():
    result = compiled_notes(asks("outage", "minute", "hour"))
    assert {card.id: card.family for card in cards(result).values()} == {
        "deck/outage#why.c1": "deck/outage#why",
        "deck/outage#minute.c1": "deck/outage#minute",
        "deck/outage#hour.c1": "deck/outage#hour",
    }


def test_no_text_and_no_position_enters_an_id():
    one = compiled_notes(asks("q", "a", "b") + fact("f"))
    other = compiled_notes(
        (fact("f", "Other {{c1::words}}") + asks("q", "b", "a"))
        .replace("changes", "turns")
        .replace("turns:", "changes:")
    )
    assert cards(one).keys() == cards(other).keys()


def test_decks_come_by_id_and_cards_in_file_order():
    result = compiled_decks({"b": fact("z") + fact("a", "{{c2::x}} and {{c1::y}}"), "a/b": fact("z"), "a": fact("z")})
    assert [deck.deck.id for deck in result.decks] == ["a", "a/b", "b"]
    assert [card.id for card in result.decks[2].cards] == ["b/z#text.c1", "b/a#text.c1", "b/a#text.c2"]


@pytest.mark.parametrize(("path", "id_"), [("a.yaml", "a"), ("a/b-1.yml", "a/b-1"), ("a.b.yaml", "a.b"), ("a", "")])
def test_the_id_of_a_deck_is_its_path_without_suffix(path, id_):
    assert deck_id(path) == id_


# ── the lock ─────────────────────────────────────────────────────────────────────────────────────


def test_an_unchanged_deck_compiles_to_the_same_bytes_at_any_time():
    decks = {"a": asks("q", "x", "y"), "b": fact("f")}
    one = compiled_decks(decks, now=10)
    two = compiled_decks(decks, one.decks, now=99)
    assert [text_of(deck) for deck in two.decks] == [text_of(deck) for deck in one.decks]


@pytest.mark.parametrize(
    ("text", "now", "changed"),
    [(fact("f"), 99, 10), (fact("f", "{{c1::y}}"), 99, 99), (fact("f", "{{c1::y}}"), 5, 11)],
)
def test_only_an_edit_changes_a_card(text, now, changed):
    one = compiled_decks({"d": fact("f")}, now=10)
    assert cards(compiled_decks({"d": text}, one.decks, now))["d/f#text.c1"].changed == changed


@pytest.mark.parametrize(
    ("head", "changed"),
    [
        ({}, {"d/f#text.c1": 10, "d/q#why.c1": 10, "d/q#x.c1": 10}),
        ({"course": "Another"}, {"d/f#text.c1": 99, "d/q#why.c1": 99, "d/q#x.c1": 99}),
        ({"title": "Another"}, {"d/f#text.c1": 99, "d/q#why.c1": 10, "d/q#x.c1": 10}),  # only the fact wears it
        ({"more": "tags: [a]\n"}, {"d/f#text.c1": 99, "d/q#why.c1": 99, "d/q#x.c1": 99}),
    ],
)
def test_what_a_decks_head_changes(head, changed):
    notes = fact("f") + asks("q", "x")
    one = compiled_decks({"d": whole(notes)}, now=10)
    two = compiled_decks({"d": whole(notes, **head)}, one.decks, now=99)
    assert {card.id: card.changed for card in cards(two).values()} == changed


def test_a_vanished_note_retires_and_returns():
    one = compiled_decks({"d": fact("a") + fact("b", "{{c1::y}} that")}, now=10)
    two = compiled_decks({"d": fact("a")}, one.decks, now=20)
    assert {id_: (card.retired, card.changed) for id_, card in cards(two).items()} == {
        "d/a#text.c1": (False, 10),
        "d/b#text.c1": (True, 20),
    }
    three = compiled_decks({"d": fact("b", "{{c1::y}} that") + fact("a")}, two.decks, now=20)
    assert {id_: (card.retired, card.changed) for id_, card in cards(three).items()} == {
        "d/b#text.c1": (False, 21),
        "d/a#text.c1": (False, 10),
    }


# ── former ids ───────────────────────────────────────────────────────────────────────────────────

# Each row: the decks of a first build, those of a second, and the first id of every card there.
RENAMES = {
    "a note": ({"d": fact("a")}, {"d": fact("b", was="a")}, {"d/b#text.c1": "d/a#text.c1"}),
    "a note, its deck spelled out": ({"d": fact("a")}, {"d": fact("b", was="d/a")}, {"d/b#text.c1": "d/a#text.c1"}),
    "a note that moves": (
        {"d": fact("a"), "e": fact("z", "{{c1::z}}")},
        {"e": fact("z", "{{c1::z}}") + fact("a", was="d/a")},
        {"e/z#text.c1": "e/z#text.c1", "e/a#text.c1": "d/a#text.c1"},
    ),
    "a deck": (
        {"d": fact("a") + asks("q", "x")},
        {"f/e": whole(fact("a") + asks("q", "x"), was="d")},
        {"f/e/a#text.c1": "d/a#text.c1", "f/e/q#why.c1": "d/q#why.c1", "f/e/q#x.c1": "d/q#x.c1"},
    ),
    "a deck and a note of it": ({"d": fact("a")}, {"e": whole(fact("b", was="a"), was="d")}, {"e/b#text.c1": "d/a#text.c1"}),
    "a deck and a note of it, spelled out": (
        {"d": fact("a")},
        {"e": whole(fact("b", was="d/a"), was="d")},
        {"e/b#text.c1": "d/a#text.c1"},
    ),
    "an item": (
        {"d": asks("q", "x", "y")},
        {"d": asks("q", ("z", "x"), "y")},
        {"d/q#why.c1": "d/q#why.c1", "d/q#z.c1": "d/q#x.c1", "d/q#y.c1": "d/q#y.c1"},
    ),
    "an item and its note": (
        {"d": asks("q", "x")},
        {"d": asks("r", ("z", "x"), was="q")},
        {"d/r#why.c1": "d/q#why.c1", "d/r#z.c1": "d/q#x.c1"},
    ),
    "an item, its note and its deck": (
        {"d": asks("q", "x")},
        {"e": whole(asks("r", ("z", "x"), was="q"), was="d")},
        {"e/r#why.c1": "d/q#why.c1", "e/r#z.c1": "d/q#x.c1"},
    ),
    "an item that moves to another note": (
        {"d": asks("q", "x", "y") + asks("r", "w")},
        {"d": asks("q", "y") + asks("r", "w", ("x", "q#x"))},
        {"d/q#why.c1": "d/q#why.c1", "d/q#y.c1": "d/q#y.c1", "d/r#why.c1": "d/r#why.c1", "d/r#w.c1": "d/r#w.c1",
         "d/r#x.c1": "d/q#x.c1"},
    ),
    "an item that moves within a deck that is renamed": (
        {"d": asks("q", "x", "y") + asks("r", "v")},
        {"e": whole(asks("q", "y") + asks("r", "v", ("w", "q#x")), was="d")},
        {"e/q#why.c1": "d/q#why.c1", "e/q#y.c1": "d/q#y.c1", "e/r#why.c1": "d/r#why.c1", "e/r#v.c1": "d/r#v.c1",
         "e/r#w.c1": "d/q#x.c1"},
    ),
    "an item that moves to another deck": (
        {"d": asks("q", "x", "y")},
        {"d": asks("q", "y"), "e": asks("r", ("w", "d/q#x"))},
        {"d/q#why.c1": "d/q#why.c1", "d/q#y.c1": "d/q#y.c1", "e/r#why.c1": "e/r#why.c1", "e/r#w.c1": "d/q#x.c1"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("locked", [True, False], ids=["with lock", "without lock"])
@pytest.mark.parametrize(("before", "after", "first"), RENAMES.values(), ids=RENAMES)
def test_history_is_kept_when(before, after, first, locked):
    one = compiled_decks(before, now=10)
    two = compiled_decks(after, one.decks if locked else (), now=20)
    assert roots(two) == first
    assert all_lines(two) == []
    if locked:
        assert not [card.id for card in cards(two).values() if card.retired]
        assert {card.changed for card in cards(two).values() if card.id != card.root} == {20}
        moved = [card for card in cards(two).values() if card.id != card.root]
        assert all(card.root.removesuffix(card.hole) in card.was for card in moved)


def test_a_chain_of_renames_over_several_builds():
    names = ["d/a", "d/b", "e/b", "e/c"]
    builds = [
        {"d": fact("a")},
        {"d": fact("b", was="a")},
        {"e": whole(fact("b"), was="d")},
        {"e": whole(fact("c", was="b"))},
        {"e": fact("c")},
    ]
    previous = ()
    for number, decks in enumerate(builds):
        result = compiled_decks(decks, previous, now=number)
        previous = result.decks
        name = names[min(number, 3)]
        assert roots(result) == {f"{name}#text.c1": "d/a#text.c1"}
    (card,) = cards(result).values()
    assert {*card.was} == {"d/a#text", "d/b#text", "e/b#text"}
    assert card.changed == 3


def test_a_note_younger_than_its_decks_new_name_was_born_there():
    one = compiled_decks({"d": fact("a")}).decks
    two = compiled_decks({"e": whole(fact("a") + fact("b"), was="d")}, one)
    assert roots(two) == {"e/a#text.c1": "d/a#text.c1", "e/b#text.c1": "e/b#text.c1"}
    three = compiled_decks({"e": whole(fact("a") + fact("b") + fact("c"), was="d")}, two.decks)
    assert roots(three) == {**roots(two), "e/c#text.c1": "e/c#text.c1"}
    assert cards(three)["e/c#text.c1"].was == ()
    four = compiled_decks(
        {"e": fact("a") + fact("b") + fact("c"), "d": fact("c", "Another {{c1::thing}}")}, three.decks
    )
    assert roots(four) == {**roots(three), "d/c#text.c1": "d/c#text.c1"}


def test_a_deck_takes_up_another_and_keeps_its_own_notes():
    one = compiled_decks({"d": fact("a") + fact("b"), "e": fact("b", "Another {{c1::thing}}")}).decks
    two = compiled_decks({"e": whole(fact("a") + fact("b", "Another {{c1::thing}}"), was="d")}, one)
    assert roots(two) == {"e/a#text.c1": "d/a#text.c1", "e/b#text.c1": "e/b#text.c1"}


def test_a_claim_of_something_long_gone_takes_it_up():
    one = compiled_decks({"d": fact("a") + fact("z", "{{c1::z}}")}, now=10)
    two = compiled_decks({"d": fact("z", "{{c1::z}}")}, one.decks, now=20)
    three = compiled_decks({"d": fact("z", "{{c1::z}}") + fact("b", was="a")}, two.decks, now=30)
    assert roots(three) == {"d/z#text.c1": "d/z#text.c1", "d/b#text.c1": "d/a#text.c1"}
    assert not any(card.retired for card in cards(three).values())


STILL = "take the `was:` away, or the other one"
KEEP = "keep the claim of the one that carries its history on"


@pytest.mark.parametrize(
    ("decks", "lines"),
    [
        ({"d": fact("a") + fact("b", was="a")}, ['d.yaml:7:8: error: `was:` claims the note "d/a", which is still there', STILL]),
        ({"d": fact("a", was="a")}, ['d.yaml:5:8: error: `was:` claims the note "d/a", which is still there', STILL]),
        (
            {"d": fact("a"), "e": fact("b", was="d/a")},
            ['e.yaml:5:8: error: `was:` claims the note "d/a", which is still there', STILL],
        ),
        (
            {"d": fact("a"), "e": whole(fact("b"), was="d")},
            ['e.yaml:3:6: error: `was:` claims the deck "d", which is still there', STILL],
        ),
        (
            {"d": asks("q", "x", ("y", "x"))},
            ['d.yaml:12:12: error: `was:` claims the item "d/q#x", which is still there', STILL],
        ),
        (
            {"d": asks("q", "x"), "e": asks("r", ("y", "d/q#x"))},
            ['e.yaml:9:12: error: `was:` claims the item "d/q#x", which is still there', STILL],
        ),
        (
            {"d": fact("b", was="a") + fact("c", "{{c1::y}}", was="d/a")},
            ['d.yaml:8:8: error: `was:` claims the note "d/a", which is claimed at decks/d.yaml:5:8 too', KEEP],
        ),
        (
            {"d": whole(fact("a"), was="x"), "e": whole(fact("a", "{{c1::y}}"), was="x")},
            ['e.yaml:3:6: error: `was:` claims the deck "x", which is claimed at decks/d.yaml:3:6 too', KEEP],
        ),
        (
            {"d": asks("q", ("y", "x"), ("z", "q#x"))},
            ['d.yaml:13:12: error: `was:` claims the item "d/q#x", which is claimed at decks/d.yaml:9:12 too', KEEP],
        ),
        (
            {"d": fact("b", was="An old name")},
            ['d.yaml:5:8: error: "An old name" is no former id', "write it as `note` or `deck/note`, an item as `deck/note#item`"],
        ),
    ],
)  # fmt: skip
def test_a_wrong_claim_is_an_error(decks, lines):
    assert [line.strip().removeprefix("decks/") for line in all_lines(compiled_decks(decks))] == lines


def test_the_former_id_of_a_living_note_is_not_given_again():
    one = compiled_decks({"d": fact("a")}).decks
    two = compiled_decks({"d": fact("b", was="a")}, one).decks
    three = compiled_decks({"d": fact("b") + fact("a", "{{c1::y}} that")}, two)
    assert all_lines(three) == [
        'decks/d.yaml:6:3: error: "d/a#text" is what "d/b#text" was called before',
        "    give one of the two an id that no other ever had",
    ]


def test_the_former_id_of_a_living_item_is_not_given_again():
    one = compiled_decks({"d": asks("q", "a")}).decks
    two = compiled_decks({"d": asks("q", ("b", "a"))}, one).decks
    three = compiled_decks({"d": asks("q", "b", "a")}, two)
    assert first_lines(three) == ['d.yaml:4:3: error: "d/q#a" is what "d/q#b" was called before']


# Each row: builds in turn; the last one gives these problems, in it nothing else is wrong, and all before are sound.
FRESH = "an id that no other ever had"
THAT = "Another {{c1::thing}}"
MIXED = {
    "renamed again, and its first id given to another": (
        [{"d": fact("e")}, {"d": fact("c", was="e")}, {"d": fact("b", was="c") + fact("e", THAT)}],
        ['d.yaml:7:3: error: "d/e#text" is what "d/b#text" was called before', f"give one of the two {FRESH}"],
    ),
    "the same, the new one first": (
        [{"d": fact("e")}, {"d": fact("c", was="e")}, {"d": fact("e", THAT) + fact("b", was="c")}],
        ['d.yaml:4:3: error: "d/e#text" is what "d/b#text" was called before', f"give one of the two {FRESH}"],
    ),
    "a claim of what another is called by now": (
        [{"d": fact("e")}, {"d": fact("c", was="e")}, {"d": fact("q", THAT, was="e") + fact("c")}],
        ['d.yaml:5:8: error: `was:` claims what "d/c#text" was called before', KEEP],
    ),
    "the same by a note that was there": (
        [
            {"d": fact("q", THAT) + fact("e")},
            {"d": fact("q", THAT) + fact("c", was="e")},
            {"d": fact("q", THAT, was="e") + fact("c")},
        ],
        ['d.yaml:5:8: error: `was:` claims what "d/c#text" was called before', KEEP],
    ),
    "a claim of what another is called by now, in one that is renamed again": (
        [{"d": fact("e")}, {"d": fact("c", was="e")}, {"d": fact("q", THAT, was="e") + fact("z", was="c")}],
        ['d.yaml:5:8: error: `was:` claims what "d/z#text" was called before', KEEP],
    ),
    "a note of many parts is told of once": (
        [{"d": asks("q", "x", "y")}, {"d": asks("r", "x", "y", was="q")}, {"d": asks("r", "x", "y") + asks("q", "x", "y")}],
        ['d.yaml:14:3: error: "d/q#why" is what "d/r#why" was called before', f"give one of the two {FRESH}"],
    ),
    "an item": (
        [{"d": asks("q", "x")}, {"d": asks("q", ("y", "x"))}, {"d": asks("q", "y", ("z", "x"))}],
        ['d.yaml:12:12: error: `was:` claims what "d/q#y" was called before', KEEP],
    ),
    "a deck": (
        [
            {"d": fact("a")},
            {"e": whole(fact("a"), was="d")},
            {"e": fact("a"), "f": whole(fact("a", THAT), was="d")},
        ],
        ['f.yaml:3:6: error: `was:` claims what "e/a#text" was called before', KEEP],
    ),
    "deleted, and its id given on in the same build": (
        [{"d": fact("a") + fact("b", THAT)}, {"d": fact("b", was="a")}],
        ['d.yaml:4:3: error: "d/b#text" was another note before', f"give it {FRESH}"],
    ),
    "deleted, and its id given on in the next build": (
        [{"d": fact("a") + fact("b", THAT)}, {"d": fact("a")}, {"d": fact("b", was="a")}],
        ['d.yaml:4:3: error: "d/b#text" was another note before', f"give it {FRESH}"],
    ),
    "deleted, and its id given on in a deck that is renamed": (
        [{"d": fact("a") + fact("b", THAT)}, {"e": whole(fact("b", was="a"), was="d")}],
        ['e.yaml:5:3: error: "e/b#text" was another note before', f"give it {FRESH}"],
    ),
    "an item deleted, and its id given on": (
        [{"d": asks("q", "x", "y")}, {"d": asks("q", ("y", "x"))}],
        ['d.yaml:4:3: error: "d/q#y" was another item before', f"give it {FRESH}"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("builds", "lines"), MIXED.values(), ids=MIXED)
def test_no_two_ever_share_a_history(builds, lines):
    *sound, last = builds
    previous = ()
    for decks in sound:
        result = compiled_decks(decks, previous)
        assert all_lines(result) == []
        previous = result.decks
    assert [line.strip().removeprefix("decks/") for line in all_lines(compiled_decks(last, previous))] == lines


UNMIXED = {
    "a claim that had been forgotten": (
        [{"d": fact("a")}, {"d": fact("b")}, {"d": fact("b", was="a")}],
        {"d/b#text.c1": "d/b#text.c1"},
    ),
    "there and back": (
        [{"d": fact("a")}, {"d": fact("b", was="a")}, {"d": fact("a", was="b")}],
        {"d/a#text.c1": "d/a#text.c1"},
    ),
    "there and back, with a hole less in between": (
        [{"d": fact("a", "{{c1::x}} {{c2::y}}")}, {"d": fact("b", was="a")}, {"d": fact("a", was="b")}],
        {"d/a#text.c1": "d/a#text.c1"},
    ),
    "a note that moves out of a deck that is renamed": (
        [{"d": fact("a") + fact("b", THAT)}, {"e": whole(fact("b", THAT), was="d"), "f": fact("a", was="d/a")}],
        {"e/b#text.c1": "d/b#text.c1", "f/a#text.c1": "d/a#text.c1"},
    ),
}


@pytest.mark.parametrize(("builds", "first"), UNMIXED.values(), ids=UNMIXED)
def test_what_keeps_to_itself_is_sound_and_stays_so(builds, first):
    previous = ()
    for decks in builds:
        for now in (1, 2):  # built twice, the same
            result = compiled_decks(decks, previous, now)
            assert all_lines(result) == []
            assert now == 1 or result.decks == previous
            previous = result.decks
    assert roots(result) == first


# ── two of a kind ────────────────────────────────────────────────────────────────────────────────


def test_two_notes_of_one_id_are_both_named():
    result = compiled_notes(fact("a") + fact("b") + asks("a", "x") + fact("a", "{{c1::z}}"))
    assert all_lines(result) == [
        'decks/deck.yaml:8:3: error: two notes of this deck are called "a" (the first at decks/deck.yaml:4:3)',
        "    give one of them another id",
        'decks/deck.yaml:15:3: error: two notes of this deck are called "a" (the first at decks/deck.yaml:4:3)',
        "    give one of them another id",
    ]


@pytest.mark.parametrize("change", ["{{c1::slowly}}", "{{c1::so}} {{c2::slowly}}", "{{c7::slowly}}"])
def test_two_parts_of_one_id_are_told_of_once(change):
    notes = (
        asks("q", "x", "why")
        .replace("the way of why changes", f"It is {change}")
        .replace("because}}", "because}}, {{c2::so}}")
    )
    card = f"q#why.{change[2:4]}"
    assert all_lines(compiled_notes(notes)) == [
        f'decks/deck.yaml:11:11: error: the id "why" makes a second card {card}',
        "    give it another id",
    ]


def test_the_same_note_id_in_two_decks_is_fine():
    assert len(cards(compiled_decks({"d": fact("a"), "e": fact("a", "{{c1::y}}")}))) == 2


def test_two_files_of_one_deck_id_are_both_named():
    result = compiled({"a/d.yml": deck_of(fact("x")), "a/d.yaml": deck_of(fact("y", "{{c1::y}}"))}, (), 1)
    assert all_lines(result) == [
        "decks/a/d.yml:1:1: error: this deck has the id of decks/a/d.yaml",
        "    rename one of the two files",
    ]


@pytest.mark.parametrize("path", ["Deck.yaml", "my deck.yaml", "a_b.yaml", "A/b.yaml", "a.b.yaml", ".yaml", "é.yml"])
def test_a_bad_file_name_is_an_error(path):
    result = compiled({path: deck_of(fact("x"))}, (), 1)
    assert all_lines(result) == [
        f'decks/{path}:1:1: error: "{deck_id(path)}" is no deck id',
        "    rename it in small letters, digits and hyphens",
    ]


# ── every problem, at once, in place ─────────────────────────────────────────────────────────────

SOURCE = "write them under it, or as {course: …}"
KEYS = "write them under it, or as {id: …, name: …, job: …}"
STEP = "{id: a, name: A, job: b}"
LIST = "write each on a line of its own, after `- `"
TEXT = "write it on one line, or after `>-` on the lines below"
NOTES = "list them under `notes:`, each as `- fact: its-id`"
OPEN = "open it with its type and id, such as `- fact: its-id`"
NO_ID = "use small letters, digits and hyphens, such as"
TYPES = "open a note with its type and id; note types are fact, framework, ladder, question"

# Each row: a deck's notes, or a whole deck, then place with message, and mend, of everything wrong with it.
PROBLEMS = [
    # keys nobody knows
    ("- fact: a\n  txet: b\n  text: '{{c1::c}}'\n", '5:3: error: "txet" is no key of a fact', 'did you mean "text"?'),
    ("- fact: a\n  zzz: b\n  text: '{{c1::c}}'\n", '5:3: error: "zzz" is no key of a fact',
     "keys are was, topic, tags, title, text"),
    (f"- framework: f\n  name: F\n  steps:\n    - {STEP[:-1]}, budgets: c}}\n",
     '7:32: error: "budgets" is no key of a step', 'did you mean "budget"?'),
    ('- fact: a\n  "one\\ntwo": b\n  text: "{{c1::c}}"\n', '5:3: error: "one two" is no key of a fact',
     "keys are was, topic, tags, title, text"),
    ("- fact: a\n  ladder: b\n  text: '{{c1::c}}'\n", '5:3: error: "ladder" is no key of a fact',
     "keys are was, topic, tags, title, text"),
    ("title: T\ntitel: U\nsource: {course: C, lessons: 1}\nnotes:\n" + fact("a"),
     '2:1: error: "titel" is no key of the deck', 'did you mean "title"?',
     '3:21: error: "lessons" is no key of source', 'did you mean "lesson"?'),
    # note types
    ("- fakt: a\n  text: b\n", '4:3: error: "fakt" is no note type', 'did you mean "fact"?'),
    ("- lader: outage\n  question: What then?\n", '4:3: error: "lader" is no note type', 'did you mean "ladder"?'),
    ("- essay: a\n", '4:3: error: "essay" is no note type', TYPES),
    ("- text: '{{c1::b}}'\n  fact: a\n", '4:3: error: "text" is no note type', TYPES),
    # ids
    ("- fact: Peak QPS!\n  text: '{{c1::b}}'\n", '4:9: error: "Peak QPS!" is no id', f'{NO_ID} "peak-qps"'),
    ("- fact: The very long name of a thing, written out\n  text: '{{c1::b}}'\n",
     '4:9: error: "The very long name of a thing, written out" is no id', f'{NO_ID} "the-very-long-name"'),
    ("- fact: |\n    a\n    b\n  text: '{{c1::b}}'\n", '4:9: error: "a b" is no id', f'{NO_ID} "a-b"'),
    ("- fact: é\n  text: '{{c1::b}}'\n", '4:9: error: "é" is no id', f'{NO_ID} "new-id"'),
    (f"- fact: {'A' * 70}\n  text: '{{{{c1::b}}}}'\n", f'4:9: error: "{"A" * 59}…" is no id', f'{NO_ID} "{"a" * 70}"'),
    ("- fact:\n  text: '{{c1::b}}'\n", "4:8: error: this fact has no id", "write it behind the type: `- fact: its-id`"),
    ("- fact: [a]\n  text: '{{c1::b}}'\n", "4:9: error: this fact has no id", "write it behind the type: `- fact: its-id`"),
    ("- framework: f\n  name: F\n  steps:\n    - {name: Candidate retrieval, job: b}\n", '7:7: error: a step lacks the key "id"',
     "add `id: candidate-retrieval`; an id is for ever, so choose it well"),
    ("- framework: f\n  name: F\n  steps:\n    - {was: old, name: New name, job: b}\n", '7:7: error: a step lacks the key "id"',
     "add `id: new-name`; an id is for ever, so choose it well"),
    ("- framework: f\n  name: F\n  steps: [{id: A b, name: A, job: b}]\n", '6:16: error: "A b" is no id', f'{NO_ID} "a-b"'),
    # what is missing
    ("- fact: a\n", '4:3: error: fact "a" lacks the key "text"', "add `text: …`"),
    ("- question: a\n  asks: b\n", '4:3: error: question "a" lacks the key "branches"', "add `branches: …`",
     '4:3: error: question "a" lacks the key "why"', "add `why: …`"),
    ("title: T\nsource: {lesson: 1}\nnotes:\n" + fact("a"), '2:9: error: source lacks the key "course"', "add `course: …`"),
    ("title: T\nnotes:\n" + fact("a"), '1:1: error: the deck lacks the key "source"', "add `source: …`"),
    ("title: \"\"\nsource: {course: C}\nnotes:\n" + fact("a"), "1:8: error: this text is empty", "write it, or leave the key out"),
    ("title: T\nsource: {course: C}\n", '1:1: error: the deck lacks the key "notes"', NOTES),
    # wrong shapes: text where a list or a mapping should be, and the reverse
    ("title: T\nsource: {course: C}\nnotes: a\n", '3:8: error: "notes" should be a list of notes', NOTES),
    ("title: T\nsource: {course: C}\nnotes:\n", '3:7: error: "notes" should be a list of notes', NOTES),
    ("title: T\nsource: {course: C}\nnotes: []\n", '3:8: error: "notes" should be a list of notes', NOTES),
    ("title: T\nsource: {course: C}\nnotes: {fact: a}\n", '3:8: error: "notes" should be a list of notes', NOTES),
    ("title: [T]\nsource: C\nnotes:\n" + fact("a"), "1:8: error: this should be text", TEXT,
     '2:9: error: "source" should have keys of its own', SOURCE),
    ("title: T\nsource: [C]\ntags: a\nnotes:\n" + fact("a"), '2:9: error: "source" should have keys of its own', SOURCE,
     '3:7: error: "tags" should be a list', LIST),
    ("- words\n", "4:3: error: this is no note", OPEN),
    ("- [a]\n- {}\n-\n", "4:3: error: this is no note", OPEN, "5:3: error: this is no note", OPEN,
     "6:2: error: this is no note", OPEN),
    ("- fact: a\n  text: [b, c]\n  title: {d: e}\n  tags: f\n", "5:9: error: this should be text", TEXT,
     "6:10: error: this should be text", TEXT, '7:9: error: "tags" should be a list', LIST),
    ("- fact: a\n  text: '{{c1::b}}'\n  tags: [c, [d], '']\n", "6:13: error: this should be text", TEXT,
     "6:18: error: this text is empty", "write it, or leave the key out"),
    ("- framework: f\n  name: F\n  steps: {a: b}\n  example: c\n", '6:10: error: "steps" should be a list', LIST,
     '7:12: error: "example" should have keys of its own', "write them under it, or as {prompt: …, answer: …}"),
    (f"- framework: f\n  name: F\n  steps: [a, {STEP}, [b]]\n  ordered: [c]\n",
     "6:11: error: a step should have keys of its own", KEYS, "6:40: error: a step should have keys of its own", KEYS,
     """7:12: error: "['c']" is neither true nor false""", "write true or false"),
    ("- question: a\n  asks: b\n  why: '{{c1::c}}'\n  branches: [d]\n", "7:14: error: a branch should have keys of its own",
     "write them under it, or as {id: …, answer: …, changes: …}"),
    # texts
    ("- fact: a\n  text: b\n", "5:9: error: this text has no hole", "mark what is to be recalled: {{c1::answer}}"),
    ("- fact: a\n  text: |\n    `{{c1::b}}`\n", "5:9: error: a hole stands inside `code`",
     "take the backticks away, or put the hole outside them"),
    ("- fact: a\n  title: '{{c1::b}}'\n  text: '{{c1::b}}'\n", "5:10: error: no hole may stand here",
     "write it without {{c1::…}}"),
    ("- fact: a\n  text: b {{c1::c}} # d\n", "5:21: error: the text stops at this '#'", "put the whole text in quotes"),
    ("- fact: a\n  text: b {{c1::c}}\n    d # e\n", "6:7: error: the text stops at this '#'", "put the whole text in quotes"),
]  # fmt: skip


@pytest.mark.parametrize(("notes", "lines"), [(notes, lines) for notes, *lines in PROBLEMS])
def test_what_is_wrong_and_where_and_how_to_mend_it(notes, lines):
    result = compiled_decks({"d": notes})
    assert all_lines(result) == [f"    {line}" if n % 2 else f"decks/d.yaml:{line}" for n, line in enumerate(lines)]
    assert result.broken


def test_all_problems_of_all_files_come_at_once_by_place():
    result = compiled_decks(
        {
            "b": fact("x") + "- fact: y\n  text: none\n" + fact("x"),
            "Bad": "- fact: Y\n" + fact("z", was="z"),
            "a": "title: [\n",
            "c": whole("- fact: a\n  text: The peak is {{c1::peak}}\n" + fact("z", "{{c1::y}}"), was="b"),
        }
    )
    assert first_lines(result) == [
        'Bad.yaml:1:1: error: "Bad" is no deck id',
        'Bad.yaml:4:3: error: fact "Y" lacks the key "text"',
        'Bad.yaml:4:9: error: "Y" is no id',
        'Bad.yaml:6:8: error: `was:` claims the note "Bad/z", which is still there',
        "a.yaml:1:8: error: this bracket is never closed",
        "b.yaml:7:9: error: this text has no hole",
        'b.yaml:8:3: error: two notes of this deck are called "x" (the first at decks/b.yaml:4:3)',
        'b.yaml:9:9: warning: this asks the same as b/x#text.c1',
        'c.yaml:3:6: error: `was:` claims the deck "b", which is still there',
        "c.yaml:6:9: warning: the answer of c1 stands in its question: peak",
    ]  # fmt: skip
    assert list(result.problems) == sorted(result.problems)


def test_a_broken_note_does_not_hide_its_neighbours():
    result = compiled_notes(fact("a") + "- fact: b\n" + fact("c", "{{c1::y}}"))
    assert [card.id for deck in result.decks for card in deck.cards] == ["deck/a#text.c1", "deck/c#text.c1"]
    assert result.broken


@given(st.lists(st.sampled_from(["fact", "lader", "text", "tags", "was", "steps", "{{c1::a}}", "a", "[", "]", "{", "}", ":",
                                 "\n  ", "\n- ", ", ", " ", "#", "|", "'", '"', "\n    - id: ", "- framework: f\n  name: F"])))  # fmt: skip
def test_whatever_stands_in_a_deck_every_problem_is_two_lines_with_a_place(pieces):
    result = compiled_notes("- fact: a\n  text: '{{c1::b}}'\n" + "".join(pieces))
    for problem in result.problems:
        assert isinstance(problem, Problem)
        assert len(str(problem).split("\n")) == 2
        assert 1 <= problem.where.line <= HEAD.count("\n") + 4 + "".join(pieces).count("\n")
        assert problem.where.column >= 1
        assert problem.mend


# ── warnings ─────────────────────────────────────────────────────────────────────────────────────


def warned(notes):
    result = compiled_notes(notes)
    assert not result.broken
    assert {problem.severity for problem in result.problems} <= {Severity.WARNING}
    return [line.removeprefix("decks/deck.yaml:") for line in all_lines(result)]


@pytest.mark.parametrize(
    ("text", "title", "answer"),
    [
        ("The peak of 320k is {{c1::320k}}", "", "320k"),
        ("{{c1::Peak}} is the peak", "", "Peak"),
        ("It is {{c1::320k}}", "All of 320K", "320k"),
        ("5% is {{c1::5%}}", "", "5%"),
        ("feature, store: {{c1::feature store}}", "", "feature store"),
        ("{{c1::**feature**  store}} is the `feature` store", "", "feature store"),
        ("{{c1::at peak}} it is {{c2::320k::at peak}}", "", None),  # of c1 the hint does not show
        ("It is {{c1::peak::the peak}}", "", "peak"),
        ("It is {{c1::peak}} and {{c1::peak}}", "", None),
        ("0.5% is not {{c1::5%}}", "", None),
        ("5% is not {{c1::0.5%}}", "", None),
        ("5 is not {{c1::5%}}", "", None),
        ("15 ms is not {{c1::5 ms}}", "", None),
        ("1,000 is not {{c1::000}}", "", None),
        ("speaking is not {{c1::peak}}", "", None),
        ("a is {{c1::a}}", "", None),  # one letter says nothing
        ("?? is {{c1::??}}", "", None),
    ],
)
def test_an_answer_that_stands_in_its_question(text, title, answer):
    notes = "- fact: a\n" + (f"  title: {title}\n" if title else "") + f"  text: '{text}'\n"
    place = "6:9" if title else "5:9"
    message = f"{place}: warning: the answer of c1 stands in its question: {answer}"
    assert warned(notes) == ([message, "    say the rest in other words"] if answer else [])


@pytest.mark.parametrize("words", [15, 16])
def test_a_long_hole(words):
    notes = f"- fact: a\n  text: It is {{{{c3::{' '.join(['so'] * words)}}}}}\n"
    message = ["5:9: warning: hole c3 is 16 words long", "    put it round what matters, 15 words at most"]
    assert warned(notes) == (message if words == 16 else [])


def test_two_cards_that_ask_the_same():
    notes = "- fact: a\n  text: '{{c1::x}} is *it*'\n- fact: b\n  text: '{{c1::y}} is it'\n"
    mend = "    say what sets the two apart, or leave one out"
    assert warned(notes) == ["7:9: warning: this asks the same as deck/a#text.c1", mend]
    assert warned(notes + "- fact: c\n  title: But not here\n  text: '{{c1::z}} is it'\n") == warned(notes)


def test_two_decks_that_ask_the_same():
    result = compiled_decks({"d": fact("a"), "e": fact("a")})
    assert first_lines(result) == ["e.yaml:5:9: warning: this asks the same as d/a#text.c1"]


# ── the same everywhere ──────────────────────────────────────────────────────────────────────────

MANY = {
    "b.yaml": deck_of(fact("x", "{{c1::p}} is {{c2::q}}") + fact("Bad") + fact("x")),
    "a/c.yaml": deck_of(asks("q", "x", ("y", "w")) + fact("z", was="b/z")),
    "a.yml": deck_of(fact("x", "{{c1::p}} is {{c2::q}}")),
    "a.yaml": deck_of("- fact: a\n  zz: b\n  yy: c\n"),
}


@pytest.mark.parametrize("order", list(permutations(MANY)), ids=" ".join)
def test_the_order_of_the_files_does_not_matter(order):
    previous = compiled({"b.yaml": deck_of(fact("z"))}, (), 1).decks
    assert compiled({path: MANY[path] for path in order}, previous, 2) == compiled(MANY, previous, 2)


SCRIPT = """
import json, sys
from rung.cardfile import text_of
from rung.compiler import compiled
result = compiled({path: text.encode() for path, text in json.load(sys.stdin).items()}, (), 7)
print([text_of(deck) for deck in result.decks], [str(problem) for problem in result.problems])
"""


def test_the_hash_seed_does_not_matter():
    told = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        texts = json.dumps({path: text.decode() for path, text in MANY.items()})
        source = str(Path(__file__).parents[1] / "src")
        command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {source!r}){SCRIPT}"]
        told.add(
            subprocess.run(command, input=texts, env=environment, check=True, capture_output=True, text=True).stdout
        )
    (one,) = told
    assert "is no id" in one
    assert "b/x#text.c2" in one
