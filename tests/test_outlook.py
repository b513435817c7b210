"""What is to come: what is expected to be known on a day, and the days ahead under each scheduler."""

from __future__ import annotations

from dataclasses import replace

import pytest

from learner import HERE, answer, card, day, do, put, strength
from rung import outlook, recall
from rung.counts import CardRow
from rung.model import Kind, Memory, Standing
from rung.outlook import Expected
from rung.schedulers import fsrs, sm2


def row(course, level, held):
    return CardRow("c", "c", "", "cloze", "fact", level, "", None, None, 0, False, course, held)


def test_the_mean_of_all_learnt_cards_of_each_course_and_of_its_levels():
    one, two = strength((0, 4)), strength((0, 1))
    rows = [row("Z", "L6", one), row("Z", "L4", two), row("A", "", one), row("A", "L5", None), row("B", "", None)]
    good, bad = (recall.recall(each, day(3)) for each in (one, two))
    assert (round(good, 4), round(bad, 4)) == (0.8809, 0.6595)
    assert outlook.expected(rows, day(3)) == (
        Expected("", "", 3, pytest.approx((2 * good + bad) / 3, abs=1e-4)),
        Expected("Z", "", 2, pytest.approx((good + bad) / 2, abs=1e-4)),
        Expected("Z", "L4", 1, 0.6595),
        Expected("Z", "L6", 1, 0.8809),
        Expected("A", "", 1, 0.8809),
    )
    assert outlook.expected(rows, day(0))[0] == Expected("", "", 3, 1.0)
    assert outlook.expected(rows[3:], day(3)) == ()


def test_a_card_is_counted_on_each_day_on_which_it_comes():
    standing = Standing(Memory(6, 2, 250, day(-2)), day(-8), strength=strength((-8, 4)))
    found = outlook.outlook([standing], sm2, day(0), 30)
    assert [number for number, count in enumerate(found.due) if count] == [0, 15]  # overdue, then 6 days times 2.5
    assert (found.cards, found.interval, found.week) == (1, 6.0, 1)
    after = strength((0, 4), (15, 4), seeded=standing.strength)
    assert found.recall == pytest.approx(recall.recall(after, day(30)), abs=1e-4)


def test_each_scheduler_goes_its_own_way():
    def due(scheduler):
        standing = Standing(Memory(1, 1, 250, day(0)), day(-1), strength=strength((-1, 4)))
        return [number for number, count in enumerate(outlook.outlook([standing], scheduler, day(0), 60).due) if count]

    assert (due(sm2), due(fsrs)) == ([0, 6, 21, 59], [0, 7, 39])


def test_what_was_answered_today_does_not_come_today():
    standing = Standing(Memory(1, 1, 250, day(0)), day(0), strength=strength((0, 4)))
    assert outlook.outlook([standing], sm2, day(0), 3).due == (0, 1, 0)
    assert outlook.outlook([standing], sm2, day(-2), 5).due == (0, 0, 0, 1, 0), "seen from a day before"


def test_new_and_suspended_cards_wait_for_nobody():
    standing = Standing(Memory(1, 1, 250, day(0)), day(-1), strength=strength((-1, 4)))
    assert outlook.outlook([Standing(), replace(standing, suspended=True)], sm2, day(0), 3) is None
    assert outlook.outlook([Standing(), standing], sm2, day(0), 3).cards == 1


def test_words_for_what_is_remembered():
    assert outlook.remembered(strength((0, 4)), day(3)) == ("recall 88 % today, stability 2.3 d, difficulty 2.1 of 10")


def test_the_statistics_have_it_of_the_cards_here(store):
    put(store, [card("a"), card("b", level="L6"), card("c")])
    answer(store, "one/a", 4)
    answer(store, "one/b", 1)
    do(store, Kind.SEED, "elsewhere", interval=30)
    assert store.statistics(HERE, day(3)).expected == (
        Expected("", "", 2, 0.7702),
        Expected("Course", "", 2, 0.7702),
        Expected("Course", "L6", 1, 0.6595),
    )
    assert store.roots(HERE) == {"one/a", "one/b", "one/c"}
