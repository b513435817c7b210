"""The plan's thinking: what the log makes of it, how many cards a day, in which order, and what is ticked off when."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import islice
from types import SimpleNamespace as Fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung import soundness
from rung.counts import CostRow, LoadRow
from rung.model import Event, Kind
from rung.plan import Plan, Tick, clock, detail_of, plan_of, turns, verdict
from rung.plan.clock import HEAD_START, Phase, Task
from rung.plan.ground import Choice, Failure, Ground, chosen, weighed
from rung.plan.load import last_days, portions
from rung.plan.pace import Pace, pace
from rung.plan.prospect import Drill, Stock, prospect

DAY = date(2026, 11, 20)
INTERVIEW = date(2026, 12, 18)  # in four weeks
PHASES = (
    Phase(
        "deep-study", "Deep Study", 28, (Task("one-system", "Take one.", daily=True), Task("papers", "Read.", count=2))
    ),
    Phase(
        "mock", "Mock & Sharpen", 14, (Task("mocks", "Mock.", count=2, mock=True), Task("learn", "Learn.", card=True))
    ),
    Phase("review", "Review Mode", 7),
    Phase("light", "Light Touch", 2),
    Phase("execute", "Execute", 0),
)


def on(ahead):
    return DAY + timedelta(days=ahead)


# ── the fold ─────────────────────────────────────────────────────────────────────────────────────


def events(*details):
    """Plan events as (days from DAY, detail)."""
    return [
        Event("a" * 32, at + 1, at, on(ahead), Kind.PLAN, detail=detail) for at, (ahead, detail) in enumerate(details)
    ]


def planned(interview=INTERVIEW, **more):
    return {"interview": interview.isoformat(), **more}


@pytest.mark.parametrize(
    ("details", "plan"),
    [
        ([], None),
        ([(0, planned())], Plan(INTERVIEW, DAY)),
        (
            [(0, planned(minutes=30, role="r", company="faang", named="Google", weights={"b": 2, "a": 1}))],
            Plan(INTERVIEW, DAY, 30, "r", "faang", "Google", (("a", 1), ("b", 2))),
        ),
        ([(0, planned()), (1, {"drop": True})], None),
        ([(0, planned()), (1, {"tick": "x"})], Plan(INTERVIEW, DAY, ticks=(Tick("x", on(1)),))),
        # Made anew before its interview, it goes on.
        (
            [(0, planned()), (1, {"tick": "x"}), (3, planned(on(40), minutes=60))],
            Plan(on(40), DAY, 60, ticks=(Tick("x", on(1)),)),
        ),
        # After it, or once dropped, another begins.
        ([(0, planned()), (1, {"tick": "x"}), (29, planned(on(60)))], Plan(on(60), on(29))),
        ([(0, planned()), (1, {"tick": "x"}), (2, {"drop": True}), (3, planned())], Plan(INTERVIEW, on(3))),
        # Unticking takes back the last tick of that day, else the last of any.
        (
            [(0, planned()), (1, {"tick": "x"}), (2, {"tick": "x"}), (1, {"tick": "x", "on": False})],
            Plan(INTERVIEW, DAY, ticks=(Tick("x", on(2)),)),
        ),
        (
            [(0, planned()), (1, {"tick": "x"}), (1, {"tick": "y"}), (5, {"tick": "x", "on": False})],
            Plan(INTERVIEW, DAY, ticks=(Tick("y", on(1)),)),
        ),
        ([(0, planned()), (1, {"tick": "x", "on": False})], Plan(INTERVIEW, DAY)),
        ([(0, {"tick": "x"}), (0, {"drop": True})], None),
        # Nobody makes one of eight thousand years, but a row may say so.
        ([(0, planned(date.max))], None),
        ([(0, planned()), (1, planned(on(368)))], Plan(INTERVIEW, DAY)),
        ([(0, planned()), (1, planned(on(367)))], Plan(on(367), DAY)),
    ],
)
def test_what_the_log_makes_of_a_plan(details, plan):
    assert all(soundness.fault(event) == "" for event in events(*details))
    assert plan_of(events(*details)) == plan


def test_a_plan_comes_back_from_its_event():
    plan = Plan(INTERVIEW, DAY, 30, "r", "faang", "Google", (("a", 1), ("b", 2)))
    assert plan_of(events((0, detail_of(plan)))) == plan
    assert detail_of(Plan(INTERVIEW, DAY)) == {"interview": "2026-12-18", "minutes": 45}


# ── pace ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_pace_is_the_learners_median_once_there_are_ten():
    costs = [CostRow("cloze", False, 1000 * second) for second in (*range(1, 10), 3600)]
    assert pace(costs[1:]).seconds("cloze", new=False) == 15
    own = pace(costs)
    assert own.seconds("cloze", new=False) == 5.5, "an hour away from the keyboard is no answer time"
    assert (own.seconds("cloze", new=True), own.seconds("recall", new=False), own.seconds("odd", new=True)) == (
        30,
        30,
        60,
    )


# ── how many cards ───────────────────────────────────────────────────────────────────────────────

QUICK = Pace({("cloze", False): 10, ("cloze", True): 30})


def counts(plan, rows, day=DAY, by=QUICK):
    return [(each.reviews, each.new) for each in portions(plan, day, rows, by)]


def new(cards, deck="a"):
    return LoadRow(deck, "cloze", None, None, cards)


def test_few_cards_are_spread_over_the_days_and_each_has_two_reviews():
    days = counts(Plan(on(10), DAY), [new(6)])
    assert days == [(0, 2), (2, 2), (2, 2), (2, 0), *[(0, 0)] * 3, (2, 0), (2, 0), (2, 0), (0, 0)]


def test_new_cards_fill_three_quarters_of_the_minutes_that_reviews_leave():
    due = LoadRow("a", "cloze", DAY, 6, 30)  # 5 of the 15 minutes
    assert counts(Plan(on(28), DAY, 20), [new(900), due])[:2] == [(30, 20), (20, 23)]
    assert counts(Plan(on(28), DAY, 20), [new(900), due._replace(cards=200)])[0] == (200, 0)


def test_a_day_has_no_more_reviews_than_the_learner_allows():
    late, plan = LoadRow("a", "cloze", on(-9), 30, 70), Plan(on(28), DAY, 20)
    assert [each.reviews for each in portions(plan, DAY, [late], QUICK, 30)][:4] == [30, 30, 10, 0]
    done = LoadRow("a", "cloze", on(30), 30, 20, answered=True)
    assert [each.reviews for each in portions(plan, DAY, [late, done], QUICK, 30)][:5] == [30, 30, 30, 0, 0]
    assert last_days(plan, DAY, [late], QUICK) == on(25)
    assert last_days(plan, DAY, [late], QUICK, 10) == on(21), "nor have the last days"


@pytest.mark.parametrize(("left", "brought"), [(8, 5), (7, 0), (1, 0), (0, 0)])
def test_no_card_is_new_in_the_last_week(left, brought):
    assert counts(Plan(on(left), DAY), [new(5)])[0] == (0, brought)


def test_what_was_answered_today_leaves_the_days_portion_as_it_was():
    plan, due = Plan(on(28), DAY, 20), LoadRow("a", "cloze", DAY, 6, 30)
    morning = portions(plan, DAY, [new(900), due], QUICK)
    later = [
        new(893), due._replace(cards=20),
        LoadRow("a", "cloze", on(1), 1, 7, answered=True, begun=True), LoadRow("a", "cloze", on(15), 15, 10, answered=True),
    ]  # fmt: skip
    assert portions(plan, DAY, later, QUICK) == morning


@given(st.integers(0, 400), st.integers(0, 60), st.integers(5, 200), st.integers(0, 300))
def test_every_portion_keeps_to_the_rules(waiting, left, minutes, due):
    plan = Plan(on(left), DAY, minutes)
    found = portions(plan, DAY, [new(waiting), LoadRow("a", "cloze", on(-3), 6, due)], QUICK)
    assert [each.day for each in found] == [on(ahead) for ahead in range(left + 1)]
    assert sum(each.new for each in found) <= waiting
    for each in found:
        assert each.new == 0 or (each.seconds <= 45 * minutes and plan.left(each.day) >= 8)


def test_a_leap_day_is_a_day_and_the_last_day_there_is_ends_nothing():
    leap = counts(Plan(date(2028, 3, 10), date(2028, 2, 27)), [new(5)], date(2028, 2, 27))
    assert leap[:4] == [(0, 1), (1, 1), (1, 1), (1, 1)]
    assert len(leap) == 13
    assert len(counts(Plan(date.max, date.max), [LoadRow("a", "cloze", date.max, 400, 1)], date.max)) == 1


# ── in which order ───────────────────────────────────────────────────────────────────────────────

ROUNDS = {"one": ("sd",), "two": ("sd",), "all": ("sd", "ai"), "ai": ("ai",), "own": ()}


@pytest.mark.parametrize(
    ("rounds", "weights", "group"),
    [
        (("sd",), {"sd": 4, "ai": 1}, "sd"),
        (("ai", "sd"), {"sd": 4, "ai": 1, "code": 2}, "sd"),
        (("ai", "sd"), {"sd": 2, "ai": 2, "code": 2}, "ai"),
        (("sd", "ai"), {"sd": 4, "ai": 1}, turns.EVERY),
        ((), {"sd": 4, "ai": 1}, turns.EVERY),
        (("unheard-of",), {"sd": 4, "ai": 1}, turns.EVERY),
        (("sd",), {"sd": 4}, "sd"),
    ],
)
def test_the_group_of_a_deck(rounds, weights, group):
    assert turns.group(rounds, weights) == group


def test_rounds_come_in_proportion_and_their_decks_in_turn():
    cards = {"one": ["1a", "1b"], "two": ["2a", "2b", "2c"], "ai": ["a", "b", "c"]}
    assert list(turns.in_proportion(cards, ROUNDS, {}, {"sd": 3, "ai": 1, "code": 9})) == [
        "1a", "2a", "a", "1b", "2b", "2c", "b", "c",
    ]  # fmt: skip


def test_what_is_begun_counts_so_that_each_day_goes_on_where_the_last_one_stopped():
    waiting, weights = {"sd": 90, "ai": 90}, {"sd": 3, "ai": 1}
    whole = list(turns.sequence(waiting, {}, weights))
    first = Counter(whole[:7])
    again = list(turns.sequence({name: count - first[name] for name, count in waiting.items()}, first, weights))
    assert whole[7:] == again
    assert Counter(whole[:40]) == {"sd": 30, "ai": 10}


def test_what_weighs_nothing_comes_last():
    assert list(turns.sequence({"sd": 2, "ai": 2}, {"sd": 50}, {"sd": 1, "ai": 0})) == ["sd", "sd", "ai", "ai"]


@given(
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 30)),
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 9)),
)
def test_every_card_comes_once(waiting, begun):
    found = Counter(turns.sequence(waiting, begun, {"a": 4, "b": 2, "c": 1}))
    assert found == Counter(waiting) + Counter()


# ── the clock ────────────────────────────────────────────────────────────────────────────────────


def dated(left, day=DAY):
    return [
        (each.phase.name, (each.first - day).days, each.days)
        for each in clock.stretches(PHASES, Plan(day + timedelta(days=left), day), day)
    ]


@pytest.mark.parametrize(
    ("left", "phases"),
    [
        (30, [("Head start", 0, 2), ("Deep Study", 2, 14), ("Mock & Sharpen", 16, 7), ("Review Mode", 23, 5),
              ("Light Touch", 28, 2), ("Execute", 30, 1)]),
        (5, [("Review Mode", 0, 3), ("Light Touch", 3, 2), ("Execute", 5, 1)]),
        (1, [("Light Touch", 0, 1), ("Execute", 1, 1)]),
        (0, [("Execute", 0, 1)]),
    ],
)  # fmt: skip
def test_the_phases_are_cut_to_the_days_that_are_left(left, phases):
    assert dated(left) == phases


def test_without_a_timeline_all_is_head_start():
    assert clock.stretches((), Plan(on(2), DAY), DAY) == (clock.Stretch(HEAD_START, DAY, on(2)),)


def todo(plan, day):
    return {
        (each - DAY).days: [(one.task.id, one.done, one.count) for one in held]
        for each, held in clock.todos(PHASES, plan, day).items()
        if (each - DAY).days in (0, 3, 7, 14, 16, 17, 18)
    }


def test_tasks_are_spread_over_their_phase_and_daily_ones_come_every_day():
    assert todo(Plan(INTERVIEW, DAY), DAY) == {
        0: [("one-system", 0, 1), ("papers", 0, 1)],
        3: [("one-system", 0, 1)],
        7: [("one-system", 0, 1), ("papers", 0, 1)],
        14: [("mocks", 0, 1)],
        17: [("mocks", 0, 1)],
    }


def test_a_tick_stays_and_what_is_missed_comes_again():
    done = Plan(INTERVIEW, DAY, ticks=(Tick("papers", DAY), Tick("one-system", DAY)))
    assert todo(done, DAY)[0] == [("one-system", 1, 1), ("papers", 1, 1)]
    assert todo(done, on(3))[3] == [("one-system", 0, 1)], "the second paper keeps its day"
    assert todo(Plan(INTERVIEW, DAY), on(3))[3] == [("one-system", 0, 1), ("papers", 0, 1)], (
        "the first one is made up for"
    )
    late = Plan(INTERVIEW, DAY, ticks=(Tick("mocks", on(16)),))
    assert todo(late, on(16)) == {16: [("mocks", 1, 1)], 17: [("mocks", 0, 1)]}
    later = Plan(INTERVIEW, DAY, ticks=(Tick("mocks", on(17)),))
    assert todo(later, on(17)) == {17: [("mocks", 1, 1)], 18: [("mocks", 0, 1)]}, "never two on a day that has one"


@given(st.integers(1, 9), st.data())
def test_the_rest_lies_within_its_days(count, data):
    length = data.draw(st.integers(1, 30))
    day = data.draw(st.integers(-5, length - 1))
    before, today = data.draw(st.integers(0, count)), data.draw(st.integers(0, 2))
    placed = clock.spread(count, before, today, DAY, on(length - 1), on(day))
    assert len(placed) == max(0, count - before - today)
    assert placed == sorted(placed)
    assert all(max(DAY, on(day)) <= each <= on(length - 1) for each in placed)


def test_a_clock_set_back_before_the_plan_was_made_shows_it_from_that_day():
    plan = Plan(INTERVIEW, on(2))
    assert todo(plan, DAY)[0] == [("one-system", 0, 1), ("papers", 0, 1)]


# ── roles and companies ──────────────────────────────────────────────────────────────────────────

ROLE = Choice("ml-engineer", "ML Engineer", (), (("sd", 4), ("ai", 1)))
FAANG = Choice("faang", "FAANG companies", ("Google", "Large platform"), (("sd", 4), ("code", 3)))
STARTUP = Choice("startup", "startups", (), (("sd", 1),))


@pytest.mark.parametrize("typed", ["faang", "FAANG", "google", "FAANG companies", "large-platform"])
def test_a_company_by_any_of_its_names(typed):
    assert chosen(typed, (STARTUP, FAANG)) is FAANG


def test_who_is_not_meant_is_not_chosen():
    assert chosen("goo", (STARTUP, FAANG)) is None


@pytest.mark.parametrize(
    ("choices", "weights"),
    [
        ((None, None), {}),
        ((ROLE, None), {"sd": 4, "ai": 1, "code": 1}),
        ((ROLE, FAANG), {"sd": 16, "ai": 1, "code": 3}),
        ((None, STARTUP), {"sd": 1, "ai": 1, "code": 1}),
    ],
)
def test_weights_multiply_and_what_is_not_said_counts_one(choices, weights):
    assert weighed(("sd", "ai", "code"), *choices) == weights


def test_post_mortems_of_that_sort_of_company_and_all_where_there_are_none():
    failures = (Failure("d/a", "A", "Large platform"), Failure("d/b", "B", "Shop"))
    ground = Ground(companies=(FAANG, STARTUP), failures=failures)
    assert ground.fitting("faang") == failures[:1]
    assert ground.fitting("startup") == ground.fitting("") == failures


def test_the_lens_of_a_mock_is_the_company_where_it_is_one():
    ground = Ground(signals=(Fields(id="google", short="Google", company="Google L6"),))
    assert (ground.lens("google"), ground.lens("Stripe"), ground.lens("")) == ("google", "", "")


# ── all of it ────────────────────────────────────────────────────────────────────────────────────


def stock(*rows, drills=()):
    return Stock(rows, ROUNDS, drills, QUICK, 0, 0)


def test_drills_come_every_other_day_at_most_the_heaviest_rounds_first_and_none_in_the_last_week():
    drills = [Drill("ai/x", "ai", 10), Drill("one/y", "one", 7), Drill("two/z", "two", 7, DAY - timedelta(9), on(1))]
    drills.append(Drill("own/known", "own", 9, None, on(9)))  # came in known, and is never asked as a new one
    plan = Plan(on(11), DAY, weights=(("ai", 1), ("code", 1), ("sd", 4)))
    held = prospect(plan, DAY, Ground(), stock(drills=drills)).days
    assert [[drill.note for drill in day.drills] for day in held[:5]] == [["one/y"], [], ["ai/x"], [], []]
    assert [day.left for day in held if day.again] == [10]
    assert [day.minutes for day in held[:4]] == [7, 7, 10, 0]
    late = prospect(Plan(on(7), DAY), DAY, Ground(), stock(drills=drills)).days
    assert not any(day.drills for day in late)


def test_what_does_not_fit_is_counted_by_round_and_there_is_advice():
    plan = Plan(on(8), DAY, 20, weights=(("ai", 1), ("code", 1), ("sd", 4)))
    told = prospect(
        plan, DAY, Ground(rounds=(("sd", "Design"), ("ai", "AI"))), stock(new(50, "one"), new(10, "ai"), new(9, "own"))
    )
    assert [(each.name, each.weight, each.waiting, each.fits) for each in told.rounds] == [
        ("Every round", 4, 9, 9), ("Design", 4, 50, 17), ("AI", 1, 10, 4), ("code", 1, 0, 0),
    ]  # fmt: skip
    assert (told.left_out, told.off, told.enough) == (39, (("ai", 10),), 50)


@pytest.mark.parametrize(
    ("left", "rows", "first"),
    [
        (9, [], "No card here is new any more."),
        (9, [new(1)], "The new card comes on Fri 20 Nov."),
        (9, [new(4)], "All 4 new cards fit; the last of them comes on Sat 21 Nov."),
        (9, [new(90)], "37 of 90 new cards fit; 53 are left out."),
        (8, [new(90), LoadRow("a", "cloze", DAY, 1, 500)], "Reviews fill the minutes: 90 cards are left out."),
        (7, [new(1)], "No new cards in the last week: 1 card is left out."),
    ],
)
def test_the_verdict(left, rows, first):
    told = prospect(Plan(on(left), DAY, 15), DAY, Ground(), stock(*rows))
    assert next(verdict.fit(told)) == first


def test_advice_on_weights_and_minutes():
    told = prospect(Plan(on(9), DAY, 15), DAY, Ground(), stock(new(90)))
    assert list(verdict.fit(told))[1:] == [
        "All would fit in 40 minutes a day: rung plan --minutes 40",
        "Say --role or --company, and what weighs least for them is left out first.",
        "Cards, drills and mocks take 33 min until then; 15 minutes a day are 2 h 15 min: enough.",
        "The times are your own, where there are enough of them.",
    ]
    assert list(verdict.drops(told)) == []


def test_a_mock_makes_a_day_longer():
    plan = Plan(INTERVIEW, DAY)
    held = prospect(plan, on(14), Ground(PHASES), stock()).days
    assert [(day.mocks, day.minutes) for day in islice(held, 4)] == [(1, 45), (0, 0), (0, 0), (1, 45)]
    short = prospect(Plan(INTERVIEW, DAY, 30), on(14), Ground(PHASES), stock())
    assert [day.day for day in short.longer] == [on(14), on(17)]
