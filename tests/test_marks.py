"""What may be said of cards, and what is said where it is none: days, flags, tags, and what is logged of those."""

from __future__ import annotations

from datetime import date

import pytest

from rung import marks
from rung.marks import NotSaid
from rung.model import Standing

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-23", TODAY),
        ("+0", TODAY),
        ("+1", date(2026, 11, 24)),
        ("+3", date(2026, 11, 26)),
        ("2027-01-31", date(2027, 1, 31)),
        ("+36500", date(2126, 10, 30)),
        ("2126-10-30", date(2126, 10, 30)),
    ],
)
def test_days_are_named_or_counted_from_today(text, day):
    assert marks.due(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "3", "-3", "+", "+ 3", "+100000", "+٣", "x+3", "+3x", "2026-02-30", "2026-11"]
)
def test_what_is_no_day(text):
    with pytest.raises(NotSaid) as told:
        marks.due(text, TODAY)
    assert str(told.value) == f'"{text}" is no day; write it as YYYY-MM-DD, or +3 for in three days'
    assert told.value.__suppress_context__, "a learner's mistake, and no other error's"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-22", "2026-11-22"),
        ("+36501", "2126-10-31"),
        ("2126-10-31", "2126-10-31"),
        ("+99999", "2300-09-07"),
    ],
)
def test_days_that_are_gone_or_too_far(text, day):
    with pytest.raises(NotSaid) as told:
        marks.due(text, TODAY)
    assert str(told.value) == f"{day} is out of range; name today or a later day, at most 36,500 days from now"


def test_flags_are_none_to_seven():
    assert [marks.flag(number) for number in "01234567"] == [0, 1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("number", ["", "8", "-1", "12", "01", "one", "٣"])
def test_what_is_no_flag(number):
    with pytest.raises(NotSaid) as told:
        marks.flag(number)
    assert str(told.value) == f'"{number}" is no flag; flags are 1 to 7, and 0 is none'


@pytest.mark.parametrize("name", ["x", "to-do", "a::b", "größe", "nonesuch", "None"])
def test_a_tag_is_what_a_search_can_name(name):
    assert marks.tag(name) == name


@pytest.mark.parametrize("name", ["", "none", "two words", "a\tb", 'a"', "a*", "(a", "a)", " a", "a\n"])
def test_what_is_no_tag(name):
    with pytest.raises(NotSaid) as told:
        marks.tag(name)
    assert str(told.value) == (
        f'"{name}" is no tag; tags have no spaces, quotes, stars or parentheses, and "none" means no tag'
    )


def test_a_tag_comes_and_goes_beside_the_others():
    held = Standing(tags=("a", "b"))
    assert marks.tagged(Standing(), "x") == {"tags": ["x"]}
    assert marks.tagged(held, "x") == {"tags": ["a", "b", "x"]}
    assert marks.untagged(held, "a") == {"tags": ["b"]}
    assert marks.untagged(held, "x") == {"tags": ["a", "b"]}
    assert marks.untagged(Standing(tags=("a",)), "a") == {"tags": []}
