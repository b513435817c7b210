"""What compiled cards keep from build to build: first and former ids, the second of their last change, the vanished."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.cardfile import CompiledDeck
from rung.cards import cloze
from rung.history import Living, names, with_history
from rung.model import Card, Deck

DECK = Deck("d", "The deck", "A course", "4.1")


def card(id_, text="x", **more):
    deck, _, hole = id_.rpartition("/")[0], *id_.rpartition(".c")[1:]
    content = cloze.Content(text, int(hole) if hole.isdecimal() else 1)
    return Card(id_, "cloze", "fact", deck, id_.partition(".c")[0], "Title", content, **more)


def build(*cards, before=(), now=1_000, deck=DECK):
    """One deck of cards, each a Card or a pair of a Card and its former part ids."""
    living = [Living(*each) if isinstance(each, tuple) else Living(each) for each in cards]
    return with_history([(deck, living)], before, now)


def made(*cards, deck=DECK):
    return (CompiledDeck(deck, cards),)


# ── the second of the last change ────────────────────────────────────────────────────────────────


def test_a_new_card_is_of_now_and_has_no_other_id():
    assert build(card("d/a#t.c1")) == made(card("d/a#t.c1", changed=1_000))


def test_what_stays_the_same_keeps_its_second():
    first = build(card("d/a#t"))
    assert build(card("d/a#t"), before=first, now=5_000) == first


@pytest.mark.parametrize(
    ("now", "changed"),
    [(2_000, 2_000), (1_001, 1_001), (1_000, 1_001), (999, 1_001), (0, 1_001), (-5, 1_001)],
)
def test_a_change_is_of_now_but_always_later_than_the_last(now, changed):
    before = build(card("d/a#t", "old"))
    assert build(card("d/a#t", "new"), before=before, now=now) == made(card("d/a#t", "new", changed=changed))


def test_going_back_to_an_older_text_is_a_change_too():
    one = build(card("d/a#t", "old"), now=10)
    two = build(card("d/a#t", "new"), before=one, now=20)
    assert build(card("d/a#t", "old"), before=two, now=30) == made(card("d/a#t", "old", changed=30))


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ({"title": "Other"}, 2_000),
        ({"content": cloze.Content("y", 1)}, 2_000),
        ({"content": cloze.Content("x", 1, "extra")}, 2_000),
        ({"tags": ("a",)}, 2_000),
        ({"kind": "recall"}, 2_000),
        ({}, 1_000),
    ],
)
def test_what_is_a_change_of_a_card(change, changed):
    before = build(card("d/a#t"))
    (after,) = build(replace(card("d/a#t"), **change), before=before, now=2_000)
    assert after.cards[0].changed == changed


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ({"course": "Another"}, 2_000),
        ({"lesson": "4.2"}, 2_000),
        ({"title": "Other"}, 1_000),
        ({"tags": ("a",)}, 1_000),
    ],
)
def test_of_its_deck_a_card_carries_the_source(change, changed):
    before = build(card("d/a#t"))
    after = build(card("d/a#t"), before=before, now=2_000, deck=replace(DECK, **change))
    assert after == made(card("d/a#t", changed=changed), deck=replace(DECK, **change))


# ── vanished and returned ────────────────────────────────────────────────────────────────────────


def test_a_vanished_card_retires_once_and_stays():
    before = build(card("d/a#t"), card("d/b#t"), now=10)
    gone = build(card("d/b#t"), before=before, now=20)
    assert gone == made(card("d/b#t", changed=10), card("d/a#t", changed=20, retired=True))
    assert build(card("d/b#t"), before=gone, now=30) == gone


def test_a_card_retires_later_than_its_last_change_whatever_the_clock_says():
    before = build(card("d/a#t"), now=50)
    assert build(before=before, now=20) == made(card("d/a#t", changed=51, retired=True))


def test_a_returned_card_is_the_one_it_was():
    one = build((card("d/b#t"), ("d/a#t",)), now=10)
    two = build(before=one, now=20)
    back = build(card("d/b#t"), before=two, now=5)
    assert back == made(card("d/b#t", first="d/a#t", was=("d/a#t",), changed=21))


def test_the_cards_of_a_vanished_deck_stay_in_its_file():
    other = Deck("a/e", "Other", "A course")
    before = with_history([(DECK, [Living(card("d/a#t"))]), (other, [Living(card("a/e/a#t"))])], (), 10)
    assert [each.deck.id for each in before] == ["a/e", "d"]
    after = with_history([(other, [Living(card("a/e/a#t"))])], before, 20)
    assert after == (before[0], CompiledDeck(DECK, (card("d/a#t", changed=20, retired=True),)))


def test_living_cards_keep_their_order_and_retired_ones_follow_by_id():
    before = build(card("d/c#t"), card("d/b#t"), card("d/a#t"), card("d/z#t"))
    after = build(card("d/z#t"), card("d/b#t"), before=before)
    assert [each.id for each in after[0].cards] == ["d/z#t", "d/b#t", "d/a#t", "d/c#t"]


def test_a_lost_hole_retires_and_returns_under_the_new_name_of_its_part():
    one = build(card("d/a#t.c1"), card("d/a#t.c2"), now=10)
    two = build((card("d/b#t.c1"), ("d/a#t",)), before=one, now=20)
    assert two == made(
        card("d/b#t.c1", first="d/a#t", was=("d/a#t",), changed=20), card("d/a#t.c2", changed=20, retired=True)
    )
    three = build(card("d/b#t.c1"), card("d/b#t.c2"), before=two, now=15)
    assert three == made(
        card("d/b#t.c1", first="d/a#t", was=("d/a#t",), changed=20),
        card("d/b#t.c2", first="d/a#t", was=("d/a#t",), changed=21),
    )


# ── first and former ids ─────────────────────────────────────────────────────────────────────────


def test_without_a_lock_the_likeliest_former_id_is_the_first():
    after = build((card("d/c#t.c1"), ("d/b#t", "d/a#t")))
    assert after == made(card("d/c#t.c1", first="d/a#t", was=("d/b#t", "d/a#t"), changed=1_000))
    assert after[0].cards[0].root == "d/a#t.c1"


def test_a_renamed_card_changes_and_keeps_its_first_id():
    before = build(card("d/a#t.c1"), now=10)
    after = build((card("d/b#t.c1"), ("d/a#t",)), before=before, now=5)
    assert after == made(card("d/b#t.c1", first="d/a#t", was=("d/a#t",), changed=11))


def test_a_chain_of_names_keeps_all_of_them():
    one = build(card("d/a#t"), now=10)
    two = build((card("d/b#t"), ("d/a#t",)), before=one, now=20)
    three = build((card("d/c#t"), ("d/b#t",)), before=two, now=30)
    assert three == made(card("d/c#t", first="d/a#t", was=("d/b#t", "d/a#t"), changed=30))
    assert build((card("d/c#t"), ("d/b#t",)), before=three, now=40) == three


def test_a_name_once_known_is_kept_when_the_sources_say_it_no_more():
    one = build((card("d/b#t"), ("d/a#t",)), now=10)
    assert build(card("d/b#t"), before=one, now=20) == one


def test_a_name_more_is_no_change_of_a_card():
    one = build((card("d/b#t"), ("d/a#t",)), now=10)
    two = build((card("d/b#t"), ("d/z#t", "d/a#t")), before=one, now=20)
    assert two == made(card("d/b#t", first="d/a#t", was=("d/z#t", "d/a#t"), changed=10))


def test_of_two_holes_of_one_name_the_one_that_lives_tells_the_others():
    before = made(card("d/a#t.c1", was=("d/b#t",), changed=10), card("d/a#t.c2", changed=10, retired=True))
    (after,) = build((card("d/c#t.c1"), ("d/a#t",)), before=before, now=20)
    assert after.cards[0] == card("d/c#t.c1", first="d/a#t", was=("d/a#t", "d/b#t"), changed=20)


def test_a_card_that_gets_its_first_name_back():
    one = build((card("d/b#t"), ("d/a#t",)), now=10)
    two = build((card("d/a#t"), ("d/b#t",)), before=one, now=20)
    assert two == made(card("d/a#t", was=("d/b#t",), changed=20))
    assert two[0].cards[0].root == "d/a#t"


def test_a_rename_taken_back_without_a_word_is_known_by_its_old_name():
    one = build((card("d/b#t"), ("d/a#t",)), now=10)
    two = build(card("d/a#t"), before=one, now=5)
    assert two == made(card("d/a#t", was=("d/b#t",), changed=11))


def test_who_takes_the_name_of_a_retired_card_keeps_a_first_id_of_its_own():
    one = build(card("d/a#t"), card("d/b#t"), now=10)
    two = build(card("d/b#t"), before=one, now=90)
    three = build((card("d/a#t"), ("d/b#t",)), before=two, now=30)
    assert three == made(card("d/a#t", first="d/b#t", was=("d/b#t",), changed=91))


def test_a_card_moves_between_decks():
    other = Deck("e", "Other", "A course", "4.1")
    before = with_history([(DECK, [Living(card("d/a#t"))]), (other, [Living(card("e/b#t"))])], (), 10)
    moved = Living(card("e/a#t"), ("d/a#t",))
    after = with_history([(DECK, []), (other, [Living(card("e/b#t")), moved])], before, 20)
    assert after == (
        CompiledDeck(DECK, ()),
        CompiledDeck(other, (card("e/b#t", changed=10), card("e/a#t", first="d/a#t", was=("d/a#t",), changed=20))),
    )


def test_all_the_names_a_part_ever_had():
    assert names(card("d/a#t.c1")) == {"d/a#t"}
    assert names(card("d/c#t.c1", first="d/a#t", was=("d/b#t",))) == {"d/a#t", "d/b#t", "d/c#t"}


# ── any history ──────────────────────────────────────────────────────────────────────────────────

STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "edit", "rename", "drop", "return"]), st.integers(0, 9), st.integers(0, 50)),
    max_size=12,
)


@given(STEPS)
def test_in_any_history_nothing_is_lost_and_time_goes_forwards(steps):
    names, texts, away, before = {}, {}, set(), ()  # by the first name
    for number, (what, which, now) in enumerate(steps):
        claims, known = {}, sorted(names)
        if what == "add" or not known:
            names[f"d/n{number}#t"], texts[f"d/n{number}#t"] = f"d/n{number}#t", "x"
        else:
            first = known[which % len(known)]
            if what == "edit" and first not in away:
                texts[first] = f"text {number}"
            elif what == "rename" and first not in away:
                claims[first], names[first] = (names[first],), f"d/n{number}#t"
            elif what == "drop":
                away.add(first)
            elif what == "return":
                away.discard(first)
        living = [(card(names[first], texts[first]), claims.get(first, ())) for first in names if first not in away]
        after = build(*living, before=before, now=now)
        found = {each.root: each for compiled in after for each in compiled.cards}
        old = {each.root: each for compiled in before for each in compiled.cards}
        assert {first: each.id for first, each in found.items()} == names
        assert {first for first, each in found.items() if each.retired} == away
        for first, each in found.items():
            if first not in old:
                assert each.changed == now
            elif replace(each, was=(), changed=0) == replace(old[first], was=(), changed=0):
                assert each == old[first]
            else:
                assert each.changed == max(now, old[first].changed + 1)
                assert set(each.was) >= {*old[first].was, old[first].id} - {each.id}
        assert build(*[each for each, _ in living], before=after, now=99) == after
        before = after
