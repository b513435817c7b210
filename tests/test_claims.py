"""Former ids: history follows a rename, and no two cards ever share one."""

from __future__ import annotations

import pytest

from deck_text import (
    all_lines,
    asks,
    cards,
    compiled_decks,
    fact,
    first_lines,
    roots,
    whole,
)
from rung.outcome import Reach, settled


def framework(id_, step, was=""):
    """A framework of one step."""
    head = f"- framework: {id_}\n" + (f"  was: {was}\n" if was else "")
    return f"{head}  name: The Way\n  steps: [{{{step}, name: Pruning, job: Keeps what fits., budget: 15 ms}}]\n"


RENAMES = {
    "a note": ({"d": fact("a")}, {"d": fact("b", was="a")}, {"d/b#text.c1": "d/a#text.c1"}),
    "a note, its deck spelled out": ({"d": fact("a")}, {"d": fact("b", was="d/a")}, {"d/b#text.c1": "d/a#text.c1"}),
    "a note that moves": (
        {"d": fact("a"), "e": fact("z", "{{c1::z}} is another word")},
        {"e": fact("z", "{{c1::z}} is another word") + fact("a", was="d/a")},
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
    "an item of which several things are asked, and its note": (
        {"d": framework("cut", "id: keep")},
        {"d": framework("way", "id: hold, was: keep", "cut")},
        {"d/way#hold.name.c1": "d/cut#keep.name.c1", "d/way#hold.budget.c1": "d/cut#keep.budget.c1"},
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
        {"e": fact("a") + fact("b") + fact("c"), "d": fact("c", "Another thing is {{c1::this}}")}, three.decks
    )
    assert roots(four) == {**roots(three), "d/c#text.c1": "d/c#text.c1"}


def test_a_deck_takes_up_another_and_keeps_its_own_notes():
    one = compiled_decks({"d": fact("a") + fact("b"), "e": fact("b", "Another thing is {{c1::this}}")}).decks
    two = compiled_decks({"e": whole(fact("a") + fact("b", "Another thing is {{c1::this}}"), was="d")}, one)
    assert roots(two) == {"e/a#text.c1": "d/a#text.c1", "e/b#text.c1": "e/b#text.c1"}


def test_a_claim_of_something_long_gone_takes_it_up():
    one = compiled_decks({"d": fact("a") + fact("z", "{{c1::z}} is another word")}, now=10)
    two = compiled_decks({"d": fact("z", "{{c1::z}} is another word")}, one.decks, now=20)
    three = compiled_decks({"d": fact("z", "{{c1::z}} is another word") + fact("b", was="a")}, two.decks, now=30)
    assert roots(three) == {"d/z#text.c1": "d/z#text.c1", "d/b#text.c1": "d/a#text.c1"}
    assert not any(card.retired for card in cards(three).values())


STILL = "take the `was:` away, or the other one"
KEEP = "keep the claim of the one that carries its history on"
BASIC = "- basic: a\n  cards:\n    - {id: x, front: How is it?, back: So.}\n"  # of items alone


@pytest.mark.parametrize(
    ("decks", "lines"),
    [
        ({"d": fact("a") + fact("b", was="a")}, ['d.yaml:7:8: error: `was:` claims the note "d/a", which is still there', STILL]),
        (
            {"d": BASIC + fact("b", was="a")},
            ['d.yaml:8:8: error: `was:` claims the note "d/a", which is still there', STILL],
        ),
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
            {"d": fact("b", was="a") + fact("c", "{{c1::y}} is another word", was="d/a")},
            ['d.yaml:8:8: error: `was:` claims the note "d/a", which is claimed at decks/d.yaml:5:8 too', KEEP],
        ),
        (
            {"d": whole(fact("a"), was="x"), "e": whole(fact("a", "{{c1::y}} is another word"), was="x")},
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
    three = compiled_decks({"d": fact("b") + fact("a", "{{c1::y}} is that word")}, two)
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
THAT = "Another thing is {{c1::this}}"
MIXED = {
    "renamed again, and its first id given to another": (
        [{"d": fact("e")}, {"d": fact("c", was="e")}, {"d": fact("b", was="c") + fact("e", THAT)}],
        ['d.yaml:7:3: error: "d/e#text" is what "d/b#text" was called before', f"give one of the two {FRESH}"],
    ),
    "the same, the new one first": (
        [{"d": fact("e")}, {"d": fact("c", was="e")}, {"d": fact("e", THAT) + fact("b", was="c")}],
        ['d.yaml:4:3: error: "d/e#text" is what "d/b#text" was called before', f"give one of the two {FRESH}"],
    ),
    "two renamed, and both ids given to others": (
        [
            {"d": fact("a") + fact("b")},
            {"d": fact("c", was="a") + fact("e", was="b")},
            {"d": fact("c") + fact("e") + fact("a") + fact("b")},
        ],
        [
            'd.yaml:8:3: error: "d/a#text" is what "d/c#text" was called before', f"give one of the two {FRESH}",
            'd.yaml:10:3: error: "d/b#text" is what "d/e#text" was called before', f"give one of the two {FRESH}",
        ],
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
    "a claim of what another was called for a while, which has lost a hole": (
        [
            {"d": fact("a", f"{THAT} and {{{{c2::that}}}}")},
            {"d": fact("a", THAT)},
            {"d": fact("b", THAT, was="a")},
            {"d": fact("a", THAT, was="b")},
            {"d": fact("q", was="b") + fact("a", THAT)},
        ],
        ['d.yaml:5:8: error: `was:` claims what "d/a#text" was called before', KEEP],
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
    "one of many parts deleted, and its id given on": (
        [{"d": asks("q", "x") + asks("r", "x")}, {"d": asks("r", "x", was="q")}],
        ['d.yaml:4:3: error: "d/r#why" was another note before', f"give it {FRESH}"],
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
        [{"d": fact("a", "{{c1::x}} is not {{c2::y}} but more")}, {"d": fact("b", was="a")}, {"d": fact("a", was="b")}],
        {"d/a#text.c1": "d/a#text.c1"},
    ),
    "a note that moves out of a deck that is renamed": (
        [{"d": fact("a") + fact("b", THAT)}, {"e": whole(fact("b", THAT), was="d"), "f": fact("a", was="d/a")}],
        {"e/b#text.c1": "d/b#text.c1", "f/a#text.c1": "d/a#text.c1"},
    ),
    "an item that came after its note was renamed, and is renamed in turn": (
        [
            {"d": asks("q", "y")},
            {"d": asks("r", "y", was="q")},
            {"d": asks("r", "y", "x")},
            {"d": asks("r", "y", ("z", "x"), was="q")},
        ],
        {"d/r#why.c1": "d/q#why.c1", "d/r#y.c1": "d/q#y.c1", "d/r#z.c1": "d/r#x.c1"},
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


@pytest.mark.parametrize(
    ("last", "line"),
    [
        (
            {"d": fact("b", was="c"), "f": fact("q", THAT)},
            'd.yaml:5:8: error: `was:` claims what "f/q#text" was called before',
        ),
        (
            {"d": fact("c"), "f": fact("r", THAT, was="q")},
            'f.yaml:5:8: error: `was:` claims what "d/c#text" was called before',
        ),
    ],
)
def test_where_two_branches_of_a_repository_renamed_one_note_the_one_that_is_renamed_again_is_told(last, line):
    one = compiled_decks({"d": fact("e")}).decks
    here, there = compiled_decks({"d": fact("c", was="e")}, one), compiled_decks({"f": fact("q", was="d/e")}, one)
    merged = [deck for branch in (here, there) for deck in branch.decks if any(not card.retired for card in deck.cards)]
    assert first_lines(compiled_decks(last, merged)) == [line]


def test_a_deck_is_settled_once_none_of_its_cards_was_ever_called_otherwise():
    one = compiled_decks({"d": fact("a"), "e": fact("z", THAT)})
    two = compiled_decks({"d": fact("b", was="a"), "e": fact("z", THAT)}, one.decks)
    back = compiled_decks({"d": fact("a", was="b"), "e": fact("z", THAT)}, two.decks)
    alone = {id_: Reach(frozenset({id_}), frozenset()) for id_ in "de"}
    assert [settled(each.decks, alone) for each in (one, two, back)] == [{"d", "e"}, {"e"}, {"e"}]
    assert settled(one.decks, alone | {"e": Reach(frozenset({"e", "d"}), frozenset())}) == set()
