"""All figures of a small log, exactly; and that they agree with the log and the fold, whatever is in it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner import HERE, answer, card, day, do, put
from rung import lines, replay, statistics
from rung.counts import CardRow, CourseRow, DayRow, LogRow, PlacedRow, Retention, Totals
from rung.model import Event, Kind
from rung.outlook import Expected, Interview
from rung.schedulers import sm2
from rung.statistics import (
    EASES,
    INTERVALS,
    TIMES,
    Accuracy,
    Bin,
    Due,
    Grades,
    Hard,
    Leech,
    Maturity,
    Statistics,
    Week,
    first_day,
)

LADDER = {"note_type": "ladder", "tags": ("original", "topic::cold-start")}
CARDS = [
    card("fact", title="A fact"),
    card("new", title="Never asked"),
    card("lad#L5", kind="choice", level="L5", title="How cold?", **LADDER),
    card("lad#order", kind="ordering", title="How cold?", **LADDER),
    card("lad#L7.scores.c1", kind="cloze", level="L7", title="How cold?", **LADDER),
]


@pytest.fixture
def learnt(store):
    """Two weeks with something of everything."""
    put(store, CARDS)
    answer(store, "one/fact", 4, on=0, took=4_000)  # new
    answer(store, "one/fact", 5, on=1, took=5_000)  # passed, young
    answer(store, "one/fact", 1, on=1, took=700_000, kind=Kind.REDRILL)
    answer(store, "one/fact", 2, on=8, took=12_000)  # failed, after seven days
    answer(store, "one/fact", 0, on=9)  # failed, young
    answer(store, "one/fact", 5, on=9, kind=Kind.PRACTICE)
    answer(store, "one/lad#L5", 5, on=1)  # new
    answer(store, "one/lad#L5", 1, on=2, kind=Kind.QUIZ)
    answer(store, "one/lad#L5", None, on=2, kind=Kind.QUIZ)  # left without a grade
    answer(store, "one/lad#order", 3, on=2, kind=Kind.QUIZ)
    answer(store, "one/lad#order", 2, on=9, kind=Kind.PRACTICE)
    answer(store, "one/lad#L7.scores.c1", 4, on=2)  # new, and graded by the learner
    do(store, Kind.SEED, "elsewhere", 2, interval=30)
    answer(store, "elsewhere", 3, on=9)  # came in known; of another workspace
    answer(store, "one/new", 5, on=9)
    store.undo(now=0, day=day(9))
    return store


def test_all_figures_of_a_small_log(learnt):
    found = learnt.statistics(HERE, day(9))
    shown = {
        name: getattr(found, name)
        for name in Statistics.__slots__
        if name not in ("days", "weeks", "forecast", "times", "eases", "intervals")
    }
    assert shown == {
        "day": date(2026, 12, 2),
        "answers": 4,
        "took": 0,
        "streak": 2,
        "retention": Retention(passed=2, reviews=4),
        "totals": Totals(events=16, answers=13, took=721_000, cards=6, unknown=1),
        "maturity": (
            Maturity("young", 0, 7, passed=1, reviews=2),
            Maturity("growing", 7, 22, passed=1, reviews=2),
            Maturity("mature", 22, None, passed=0, reviews=0),
        ),
        "usual": 8_500,
        "grades": (
            Grades("L5", (0, 0, 0, 0, 0, 1)),
            Grades("L7", (0, 0, 0, 0, 1, 0)),
            Grades("", (1, 0, 1, 0, 1, 1)),
        ),
        "ladders": (
            Accuracy("cold-start", "L5", right=1, answers=2),
            Accuracy("cold-start", "order", right=1, answers=1),
        ),
        "leeches": (),
        "hardest": (Hard("one/fact", "A fact", failed=2, reviews=3),),
        "placements": (),
        "interview": None,
        "expected": (
            Expected("", "", 3, 0.9036),
            Expected("Course", "", 3, 0.9036),
            Expected("Course", "L5", 1, 0.9025),
            Expected("Course", "L7", 1, 0.8083),
        ),
    }
    assert [each for each in found.days if each.answers] == [
        DayRow(day(0), 1, 1, 4_000),
        DayRow(day(1), 3, 2, 705_000),
        DayRow(day(2), 4, 1, 0),
        DayRow(day(8), 1, 1, 12_000),
        DayRow(day(9), 4, 2, 0),
    ]
    assert found.weeks[-2:] == (Week(day(0), 1, 1), Week(day(7), 1, 3))
    assert found.forecast[:4] == (Due(day(9), 2), Due(day(10), 1), Due(day(11), 0), Due(day(12), 0))
    assert [each for each in found.times if each.count] == [
        Bin(0, 5_000, 1), Bin(5_000, 10_000, 1), Bin(10_000, 20_000, 1), Bin(300_000, None, 1),
    ]  # fmt: skip
    assert [each for each in found.eases if each.count] == [Bin(250, 270, 3)]
    assert [each for each in found.intervals if each.count] == [Bin(1, 2, 3)]


def test_a_year_is_this_week_and_the_52_before_it(store):
    assert [first_day(day(number)) for number in (-1, 0, 6, 7)] == [
        date(2025, 11, 17), date(2025, 11, 24), date(2025, 11, 24), date(2025, 12, 1),
    ]  # fmt: skip
    found = store.statistics(HERE, day(2))
    assert (found.days[0], found.days[-1], len(found.days)) == (
        DayRow(date(2025, 11, 24), 0, 0, 0), DayRow(day(2), 0, 0, 0), 367,
    )  # fmt: skip
    assert (found.weeks[0].monday, found.weeks[-1].monday, len(found.weeks)) == (date(2025, 11, 24), day(0), 53)


def test_what_is_older_than_a_year_counts_for_the_cards_and_not_for_the_year(store):
    put(store, CARDS)
    long_ago = (first_day(day(0)) - day(0)).days - 1
    answer(store, "one/fact", 4, on=long_ago, took=1)
    answer(store, "one/fact", 4, on=0)
    found = store.statistics(HERE, day(0))
    assert (sum(each.answers for each in found.days), found.totals.answers, found.usual) == (1, 2, None)
    assert [each.reviews for each in found.maturity] == [0, 0, 1]
    assert found.grades == (Grades("", (0, 0, 0, 0, 1, 0)),)


def test_what_is_later_than_the_day_is_not_told_of_it(store):
    put(store, CARDS)
    answer(store, "one/fact", 4, on=0)
    answer(store, "one/fact", 4, on=1, took=1)
    found = store.statistics(HERE, day(0))
    assert (found.answers, found.retention, found.usual, found.weeks[-1].reviews) == (1, Retention(0, 0), None, 0)


def test_retention_is_of_the_reviews_that_counted_of_cards_that_were_not_new(store):
    answer(store, "one/a", 1)  # new
    answer(store, "one/a", 4, kind=Kind.REDRILL)
    answer(store, "one/a", 4, on=1)  # passed
    answer(store, "one/a", 1, on=1)  # the same day again
    answer(store, "one/a", 1, on=0)  # a day back
    answer(store, "one/a", 2, on=7)  # failed
    answer(store, "one/a", 4, on=8)
    store.undo(now=0, day=day(8))
    do(store, Kind.SEED, "one/b", interval=3)
    answer(store, "one/b", 3, on=3)  # came in known: passed
    answer(store, "one/c", 4)
    answer(store, "one/c", 4, on=1)
    do(store, Kind.RESET, "one/c", 1)  # forgotten on purpose
    assert store.statistics(HERE, day(8)).retention == Retention(passed=2, reviews=3)
    assert store.statistics(HERE, day(37)).retention == Retention(passed=0, reviews=1), "of the last 30 days"


@pytest.mark.parametrize(
    ("kind", "on", "waited"),
    [
        (Kind.SEED, 0, [10, 5]),  # since it came in
        (Kind.SET_DUE, 4, [6, 5]),
        (Kind.SET_DUE, 12, [None, 5]),  # which does not begin the days anew
        (Kind.RESET, 12, [None]),
    ],
)
def test_days_that_a_review_waited(kind, on, waited):
    marks = [LogRow("c", kind, day(on), None, None)]
    reviews = [LogRow("c", Kind.REVIEW, day(at), 4, None) for at in (10, 15)]
    rows = sorted([*marks, *reviews], key=lambda row: row.day)
    assert [each.waited for each in replay.counted(rows)] == waited


def test_leeches_and_what_fails_most(store):
    put(store, [card(name, title=name.upper()) for name in "abc"])
    for name, lapses in (("a", 8), ("b", 9), ("c", 7)):
        do(store, Kind.SEED, f"one/{name}", interval=1, ease=130, lapses=lapses)
    do(store, Kind.SUSPEND, "one/a")
    for on, grades in enumerate(("114", "115", "113"), 1):
        for name, grade in zip("abc", grades, strict=True):
            answer(store, f"one/{name}", int(grade), on=on)
    answer(store, "one/a", 4, on=4)
    found = store.statistics(HERE, day(4))
    assert found.leeches == (Leech("one/b", "B", 10, 130, False), Leech("one/a", "A", 9, 130, True))
    assert found.hardest == (Hard("one/b", "B", 3, 3), Hard("one/a", "A", 3, 4))


def test_history_counts_for_a_card_that_has_another_id_now(store):
    answer(store, "one/old", 4)
    answer(store, "one/old", 1, on=1)
    put(store, [card("fact", title="A fact", first="one/old")])
    assert store.statistics(HERE, day(1)).hardest == (Hard("one/fact", "A fact", 1, 1),)


def test_the_weakest_topics_have_enough_answers_and_a_wrong_one(store):
    right = {"few": "1111", "known": "55555", "weak": "11155", "weaker": "111115", "order": "15555"}
    put(
        store,
        [card(f"{name}#L4", kind="choice", level="L4", note_type="ladder", tags=(f"topic::{name}",)) for name in right],
    )
    for name, grades in right.items():
        for grade in grades:
            answer(store, f"one/{name}#L4", int(grade), kind=Kind.QUIZ)
    found = store.statistics(HERE, day(0))
    assert found.weakest() == (
        Accuracy("weaker", "", 1, 6), Accuracy("weak", "", 2, 5), Accuracy("order", "", 4, 5),
    )  # fmt: skip
    assert [each.topic for each in found.topics()] == ["few", "weaker", "weak", "order", "known"]


def test_courses_are_told_in_file_order_and_by_level(store):
    put(store, [card("a", level="L5"), card("b", level="L5"), card("c", level="L4"), card("d", retired=True)])
    answer(store, "one/a", 4)
    assert store.courses(HERE) == (CourseRow("Course", "L4", 1, 0), CourseRow("Course", "L5", 2, 1))
    assert store.courses("elsewhere") == ()


def test_answers_of_a_placement_are_told_as_they_were_given(store):
    put(store, CARDS)
    for place, grade, words in ((1, 5, "c"), (2, 1, "")):
        answer(
            store,
            "one/lad#L5",
            grade,
            on=place,
            kind=Kind.QUIZ,
            detail={"quiz": 7, "placement": place, "answer": words},
        )
    answer(store, "one/lad#L5", 5, on=3, kind=Kind.QUIZ, detail={"quiz": 8, "answer": "c"})  # of another quiz
    assert store._placed_rows() == [
        PlacedRow(store.device, 7, 1, day(1), "one/lad#L5", 5, "c"),
        PlacedRow(store.device, 7, 2, day(2), "one/lad#L5", 1, ""),
    ]
    assert [(each.day, each.items) for each in store.statistics(HERE, day(9)).placements] == [(day(1), 2)]


def test_a_day_without_any_log(store):
    found = store.statistics(HERE, day(0))
    assert (found.answers, found.streak, found.usual, found.grades, found.ladders) == (0, 0, None, (), ())
    assert {each.count for each in (*found.times, *found.eases, *found.intervals)} == {0}


# ── whatever the log holds ───────────────────────────────────────────────────────────────────────

ANSWERS = [Kind.REVIEW] * 4 + [Kind.REDRILL, Kind.QUIZ, Kind.PRACTICE]
MARKS = [Kind.RESET, Kind.SEED, Kind.SET_DUE]
HAPPENED = st.tuples(st.sampled_from(ANSWERS + MARKS), st.integers(-400, 1), st.integers(0, 5))
DETAIL = {Kind.SEED: {"interval": 9}, Kind.SET_DUE: {"due": "2027-01-01"}}


def rows_of(root, happened):
    return [
        LogRow(root, kind, day(on), grade if kind in ANSWERS else None, 1000 * grade if kind in ANSWERS else None)
        for kind, on, grade in happened
    ]


@given(st.lists(HAPPENED))
def test_the_reviews_that_counted_are_those_that_changed_memory(happened):
    standing, expected = replay.Standing(), []
    for number, (kind, on, grade) in enumerate(happened, 1):
        event = Event("0" * 32, number, number, day(on), kind, "c", grade, None, DETAIL.get(kind, {}))
        if kind is Kind.RESET:
            expected = []
        if kind is Kind.REVIEW and (standing.reviewed is None or event.day > standing.reviewed):
            expected.append((event.day, grade, standing.memory is None))
        standing = replay.after(standing, event, sm2)
    found = replay.counted(rows_of("c", happened))
    assert [(each.day, each.grade, each.waited is None) for each in found] == expected
    if found and found[0].waited is None:  # and nothing but its reviews made it known
        assert [each.waited for each in found[1:]] == [
            (later.day - earlier.day).days for earlier, later in pairwise(found)
        ]


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(HAPPENED, max_size=30)))
def test_sums_agree_with_the_log(logs):
    rows = [row for root in sorted(logs) for row in rows_of(root, logs[root])]
    cards = [
        CardRow(root, root, root, "choice", "ladder", level, "t", interval, ease, 0, False)
        for root, level, interval, ease in (("a", "L4", 1, 130), ("b", "L7", 36_500, 10_000), ("c", "", None, None))
        if level
    ]
    found = statistics.statistics(
        day(0),
        days=(),
        streak=0,
        forecast=(),
        totals=Totals(0, 0, 0, 0, 0),
        rows=rows,
        cards=cards,
        placements=(),
        interview=None,
    )
    since = first_day(day(0))
    counted = [each for root in sorted(logs) for each in replay.counted(rows_of(root, logs[root]))]
    year = [each for each in counted if since <= each.day <= day(0)]
    known = [each for each in year if each.waited is not None]
    passed = sum(each.grade >= 3 for each in known)
    for parts in (found.weeks, found.maturity):
        assert (sum(each.passed for each in parts), sum(each.reviews for each in parts)) == (passed, len(known))
    assert sum(sum(each.counts) for each in found.grades) == sum(each.root in ("a", "b") for each in year)
    quizzes = [row for row in rows if row.kind is Kind.QUIZ and since <= row.day <= day(0)]
    asked = [each.grade for each in (*year, *quizzes) if each.root in ("a", "b")]
    assert (sum(each.right for each in found.ladders), sum(each.answers for each in found.ladders)) == (
        sum(grade >= 3 for grade in asked), len(asked),
    )  # fmt: skip
    timed = [row for row in rows if row.kind in ANSWERS and since <= row.day <= day(0)]
    assert sum(each.count for each in found.times) == len(timed)
    assert (sum(each.count for each in found.eases), sum(each.count for each in found.intervals)) == (2, 2)
    assert sum(each.failed for each in found.hardest) <= len(known) - passed
    assert found.retention.reviews == sum(each.day >= day(-30) for each in known)


@pytest.mark.parametrize("edges", [TIMES, EASES, INTERVALS])
def test_bins_follow_one_another_from_the_least_value_there_can_be(edges):
    assert list(edges) == sorted(set(edges))
    assert edges[0] == {TIMES: 0, EASES: sm2.LOWEST_EASE, INTERVALS: sm2.FIRST_INTERVAL}[edges]


def test_days_of_the_year_are_those_given_and_empty_ones_between(store):
    answer(store, "one/fact", 4, on=-3)
    found = store.statistics(HERE, day(0))
    assert [each.day for each in found.days] == [first_day(day(0)) + timedelta(number) for number in range(365)]
    assert [each.answers for each in found.days[-4:]] == [1, 0, 0, 0]


def test_what_is_recalled_on_the_day_of_the_interview_if_nothing_is_reviewed(learnt):
    learnt.record(Kind.PLAN, now=0, day=day(9), detail={"interview": day(19).isoformat()})
    found = learnt.statistics(HERE, day(9))
    assert found.interview == Interview(day(19), 0.711)
    assert lines.expected_on(0.711, day(19)) == "71 % expected on Sat 12 Dec, if nothing is reviewed until then"
    assert learnt.statistics(HERE, day(18)).interview.day == day(19)
    assert learnt.statistics(HERE, day(19)).interview is None, "the day has come"
