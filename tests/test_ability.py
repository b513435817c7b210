"""The posterior over the scale of levels: by hand where that can be, and what holds whatever was answered."""

from __future__ import annotations

from itertools import permutations, product
from math import exp, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.ability import ITEMS, PRIOR, SCALE, STEEP, Posterior

ANSWERS = st.sampled_from([(name, share) for name, item in ITEMS.items() for share in (0, *(s for s, _ in item.steps))])


def at(*points):
    """Equal chances at those points, and none elsewhere."""
    return Posterior(tuple((point in points) / len(points) for point in SCALE))


def after(answers, posterior=PRIOR):
    for name, share in answers:
        posterior = posterior.after(name, share)
    return posterior


def test_the_scale_and_what_is_thought_first():
    assert (SCALE[0], SCALE[1], SCALE[-1], len(SCALE)) == (2.5, 2.55, 8.5, 121)
    assert round(PRIOR.mean, 6) == 5.5
    assert (PRIOR.low, PRIOR.high, PRIOR.narrow) == (3.85, 7.15, False)
    assert {level: round(chance, 2) for level, chance in PRIOR.levels.items()} == {
        "L4": 0.15, "L5": 0.34, "L6": 0.35, "L7": 0.16,  # a border belongs to the level above
    }  # fmt: skip
    assert PRIOR.range == ("L4", "L7")


# The slope is 2 / sqrt(1 + (2 * 0.5 / 1.702)²) = 1.72439, and the logistic function of it, of its half and of one and
# a half of it 0.84869, 0.70312 and 0.92999.
@pytest.mark.parametrize(
    ("name", "share", "chances"),
    [
        ("L4", 1, (0.625, 0.25 + 0.75 * 0.84869)),
        ("L4", 0, (0.375, 0.75 * 0.15131)),
        ("L4.misses", 1, (2 / 3, 1 / 3 + 2 / 3 * 0.84869)),
        ("L5", 1, (0.25 + 0.75 * 0.15131, 0.625)),
        ("order", 1.0, (0.07001, 0.29688)),  # half have it at 6
        ("order", 0.6, (0.29688 - 0.07001, 0.70312 - 0.29688)),
        ("order", 0.4, (0.70312 - 0.29688, 0.92999 - 0.70312)),
        ("order", 0, (0.07001, 0.01324)),  # 1 - logistic of 1.5 and of 2.5 slopes
    ],
)
def test_an_answer_by_hand(name, share, chances):
    found = at(4.5, 5.5).after(name, share)
    assert found.mean == pytest.approx(4.5 + chances[1] / sum(chances), abs=1e-4)


def test_what_is_expected_and_what_it_would_tell_by_hand():
    assert at(4.5).expected("L4") == pytest.approx(0.625)
    assert at(4.5).information("L4") == pytest.approx((0.75 * 1.72439 / 4) ** 2 / (0.625 * 0.375), abs=1e-5)
    assert at(5.5).information("L5.misses") == pytest.approx((2 / 3 * 1.72439 / 4) ** 2 / (2 / 9), abs=1e-5)
    shares = 0.2 * 0.96919 + 0.2 * 0.84869 + 0.2 * 0.5 + 0.4 * 0.15131  # of an order, with steps at 3, 4, 5, 6
    assert at(5.0).expected("order") == pytest.approx(shares, abs=1e-5)


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ((4.45,), ("L4", "L4", "L4")),
        ((4.5,), ("L5", "L5", "L5")),
        ((2.5,), ("L4", "L4", "L4")),
        ((8.5,), ("L7", "L7", "L7")),
        ((5.0, 6.0), ("L5", "L5", "L6")),
        ((4.0, 4.1, 7.0), ("L4", "L4", "L7")),
    ],
)
def test_the_levels_of_a_range(points, told):
    found = at(*points)
    low, high = found.range
    assert (low, found.likely, high) == told
    assert (found.low, found.high) == (min(points), max(points))


@given(st.lists(ANSWERS, max_size=20))
def test_it_sums_to_one_and_its_range_holds_nine_in_ten(answers):
    found = after(answers)
    assert isclose(sum(found.chances), 1)
    assert isclose(sum(found.levels.values()), 1)
    levels = list(found.levels)
    first, last = map(levels.index, found.range)
    assert first <= levels.index(found.likely) <= last
    assert sum(found.levels[level] for level in levels[first : last + 1]) >= 0.9 - 1e-9
    assert found.low <= found.high


@given(st.lists(ANSWERS, max_size=12), st.sampled_from(sorted(ITEMS)))
def test_a_better_answer_never_lowers_the_mean(answers, name):
    means = [after(answers).after(name, share).mean for share in (0, *(share for share, _ in ITEMS[name].steps))]
    assert means == sorted(means)


@given(st.lists(ANSWERS, max_size=12), st.randoms())
def test_the_order_of_the_answers_does_not_matter(answers, random):
    mixed = random.sample(answers, len(answers))
    assert after(mixed).chances == pytest.approx(after(answers).chances, abs=1e-12)


# ── the picture behind the items ─────────────────────────────────────────────────────────────────

BOUNDARIES = (4.5, 5.5, 6.5)


def groups(level):
    """Which rungs who stands at that level can tell apart, as (chance, group of each rung)."""
    for seen in product((0, 1), repeat=3):
        chance = 1.0
        for told, at_ in zip(seen, BOUNDARIES, strict=True):
            chance *= 1 / (1 + exp((-1) ** told * STEEP * (level - at_)))
        yield chance, [sum(seen[:rung]) for rung in range(4)]


def named(level, rung):
    return sum(chance / of.count(of[rung]) for chance, of in groups(level))


def ordered(level, wrong):
    """The chance of an order with at most so many pairs out of order."""
    orders = [
        order
        for order in permutations(range(4))
        if sum(a > b for place, a in enumerate(order) for b in order[place + 1 :]) <= wrong
    ]
    total = 0.0
    for chance, of in groups(level):
        fitting = [order for order in permutations(range(4)) if [of[rung] for rung in order] == of]
        total += chance * sum(order in orders for order in fitting) / len(fitting)
    return total


def test_the_levels_of_the_items_are_those_of_the_picture():
    """At its level half of those have an item whom luck does not help, give or take a quarter of a level."""
    for rung, name in enumerate(("L4", "L5", "L6", "L7")):
        level, half = ITEMS[name].steps[0][1], (1 + ITEMS[name].luck) / 2
        assert named(level - 0.25, rung) < half < named(level + 0.25, rung)
    order = dict(ITEMS["order"].steps)
    for share, wrong in ((1.0, 0), (0.6, 1), (0.4, 2)):
        assert ordered(order[share] - 0.25, wrong) < 0.5 < ordered(order[share] + 0.25, wrong)
    assert ordered(0, 3) > 0.5, "luck alone does the last step"
