"""A placement: what is asked next, when it ends, what it says of weak topics, of the move up, and of new cards."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learner import card, day
from rung import placement
from rung.counts import PlacedRow, Placement
from rung.quiz import Result, task

PARTS = ("order", "L4", "L5", "L6", "L7", "L4.misses", "L5.misses", "L6.misses")


def ladder(name, deck="one", topic=""):
    cards = [
        card(
            f"{name}#{part}", deck, family=f"{deck}/{name}#levels", note_type="ladder", tags=(f"topic::{topic or name}",),
            kind="ordering" if part == "order" else "choice", level=part[:2] if part[0] == "L" else "",
        )
        for part in PARTS
    ]  # fmt: skip
    return [*cards, card(f"{name}#L7.scores.c1", deck, family=f"{deck}/{name}#levels", kind="cloze", level="L7")]


MANY = [each for number in range(27) for each in ladder(f"lad{number}", deck=f"d{number % 4}")]


def answered(cards, share, seed=1):
    """The results of a placement whose answers have the share that `share` gives for each card."""
    results = []
    while found := placement.next_card(cards, results, seed):
        results.append(Result(found, share(found)))
    return results


def able(level):
    """Answers that have what half have at that level."""
    return lambda card: max(
        (share for share, at in placement.ITEMS[placement.item(card.id)].steps if at <= level), default=0
    )


@pytest.mark.parametrize(
    ("id_", "item"),
    [("one/a#order", "order"), ("one/a#L5.misses", "L5.misses"), ("one/a#L7.scores.c1", ""), ("one/a#text.c1", "")],
)
def test_what_a_card_is(id_, item):
    assert placement.item(id_) == item


def test_it_asks_orders_and_every_sixth_time_a_miss_or_a_level_near_the_learner():
    asked = [placement.item(each.card.id) for each in answered(MANY, able(5.2))]
    assert asked == [*["order"] * 5, "L5.misses", *["order"] * 5, "L5"]
    asked = [placement.item(each.card.id) for each in answered(MANY, able(6.9))]
    assert (len(asked), asked[5], asked[17]) == (20, "L6.misses", "L6.misses")
    assert {"L6", "L7"} & set(asked)


@settings(max_examples=20)
@given(st.integers(0, 2**53), st.lists(st.booleans(), min_size=20, max_size=20))
def test_every_ladder_once_and_decks_in_turn(seed, right):
    luck = iter(right)
    results = answered(MANY, lambda card: float(next(luck)), seed)
    assert 12 <= len(results) <= 20
    assert len({each.card.family for each in results}) == len(results)
    for first in range(0, 12, 4):
        assert len({each.card.deck for each in results[first : first + 4]}) == 4


def test_a_topic_that_two_ladders_share_has_its_turn_after_the_others():
    cards = [*ladder("a", topic="same"), *ladder("b", topic="same"), *ladder("c", "two"), *ladder("d", "two")]
    for seed in range(20):
        results = answered(cards, able(5.5), seed)
        assert len({*placement.topics(each.card for each in results[:3])}) == 3


def test_the_number_of_a_quiz_gives_the_same_one_again():
    asked = [[each.card.id for each in answered(MANY, able(5.2), seed)] for seed in (1, 1, 2)]
    assert asked[0] == asked[1] != asked[2]
    assert placement.next_card(list(reversed(MANY)), [], 1).id == asked[0][0]


def test_it_ends_when_enough_is_known_or_nothing_is_left():
    assert len(answered(MANY, able(5.2))) == placement.LEAST
    assert placement.after(answered(MANY, able(5.2))).narrow
    assert len(answered(MANY, able(8))) == placement.MOST
    few = [*ladder("a"), *ladder("b")]
    assert (len(answered(few, able(5))), placement.most(few), placement.most(MANY)) == (2, 2, 20)
    assert placement.next_card([], [], 1) is None


def test_what_went_worse_than_expected_is_weakest():
    orders = [each for each in MANY if placement.item(each.id) == "order"]
    results = [Result(each, 0.6 if place % 3 else 1.0) for place, each in enumerate(orders[:12])]
    failed = [Result(ladder("x")[0], 0.2), Result(ladder("y")[0], 0.6)]
    weak = placement.weakest([*results, *failed])
    short = [each.card.id for each in results if each.share < 1]
    assert [each.id for each in weak] == ["one/x#order", *short, "one/y#order"]
    assert placement.topics(weak) == ("x", "lad1", "lad2")
    assert placement.after([*results, *failed]).likely == "L6"
    misses = {(f"one/{name}", level): f"{name} {level}" for name in "xy" for level in ("L4", "L5", "L6")}
    assert placement.moves([*results, *failed], misses) == ((weak[0], "x L6"), (weak[-1], "y L6"))


def test_nothing_lies_above_the_highest_level():
    results = answered(MANY, lambda card: 1.0)
    assert (placement.after(results).likely, placement.moves(results, {})) == ("L7", ())


def test_new_cards_half_a_level_below_the_range_come_back_later_the_clearer_the_later():
    results = answered(MANY, lambda card: 1.0 if card.note[-1] in "02468" else 0.6 * (card.kind == "ordering"))
    assert placement.after(results).low == 5.55
    weak = {each.family for each in placement.weakest(results)}
    found = placement.intervals(results, MANY, 7)
    assert {each.partition("#")[2] for each in found} == {"L4", "L4.misses"}  # at 4.5, more than a level below
    assert {each.partition("#")[0] + "#levels" for each in found} == {each.family for each in MANY} - weak
    assert weak
    assert min(found.values()) >= 14
    assert max(found.values()) < 28
    assert len(set(found.values())) > 7, "they do not all come back on one day"
    assert placement.intervals(answered(MANY, able(5)), MANY, 7) == {}


@pytest.mark.parametrize(
    ("levels", "days"), [(2.0, 28), (1.5, 28), (1.45, 14), (1.0, 14), (0.95, 7), (0.5, 7), (0.45, 0), (-1.0, 0)]
)
def test_how_far_below_makes_how_many_days(levels, days):
    assert placement.days_below(levels) == days


# ── history ──────────────────────────────────────────────────────────────────────────────────────


def rows(results, number=5, on=0, device="a"):
    """The rows that those results leave in the log."""
    for place, each in enumerate(results, 1):
        grade = round(5 * each.share) if each.card.kind == "ordering" else 5 if each.share else 1
        yield PlacedRow(device, number, place, day(on), each.card.id, grade, "A")


def test_the_rows_of_a_placement_tell_what_it_told():
    for share in (able(4.4), able(5.2), able(6.9), lambda card: 0):
        results = answered(MANY, share)
        assert placement.history(rows(results)) == (placement.placement(results, day(0)),)
        assert {task(each.card) for each in results} == {"order", "level", "miss"}


def test_placements_of_one_number_are_told_apart():
    first, second = answered(MANY, able(6.9)), answered(MANY, able(4.4))[:3]
    found = placement.history([*rows(first), *rows(second, on=7), *rows(second, device="b", on=7)])
    assert [(each.day, each.items) for each in found] == [(day(0), 20), (day(7), 3), (day(7), 3)]
    assert found[1] == found[2] == placement.placement(second, day(7))


def test_no_answer_is_a_wrong_one_and_what_is_no_item_does_not_count():
    nothing = PlacedRow("a", 1, 1, day(0), "one/a#order", 1, "")
    other = PlacedRow("a", 1, 2, day(0), "one/a#text.c1", 5, "x")
    results = [Result(ladder("a")[0], 0)]
    assert placement.history([nothing, other]) == (placement.placement(results, day(0)),)


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [("L5", "L6", "between L5 and L6, most likely L5"), ("L5", "L5", "L5")],
)
def test_a_placement_in_words(low, high, told):
    assert str(Placement(day(0), low, "L5", high, 12)) == told
