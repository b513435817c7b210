"""The fold of the log: what each kind of event does to a card, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner import strength
from rung import recall, replay, soundness
from rung.counts import LogRow
from rung.model import ANSWERS, Event, Kind, Memory, Standing
from rung.schedulers import fsrs, sm2

HERE, THERE = "a" * 32, "b" * 32
MONDAY = date(2026, 11, 23)
CARD = "deck/spine#steps"


def day(number):
    return MONDAY + timedelta(days=number)


def log(*rows, device=HERE):
    """Events of one device, a second apart; a row is (day number, kind, grade) or (day number, kind, detail)."""
    return [
        Event(
            device,
            number,
            number * 1000,
            day(row[0]),
            row[1],
            CARD,
            grade=row[2] if len(row) > 2 and isinstance(row[2], int) else None,
            detail=row[2] if len(row) > 2 and isinstance(row[2], dict) else {},
        )
        for number, row in enumerate(rows, start=1)
    ]


def void(event, sequence, device=HERE):
    target = {"device": event.device, "sequence": event.sequence}
    return Event(device, sequence, sequence * 1000, event.day, Kind.VOID, CARD, detail=target)


def fold(events, **more):
    return replay.standing(events, sm2, **more)


FOUR_ON_MONDAY = Standing(Memory(1, 1, 250, day(1)), day(0), day(0), day(0), 4, 1, strength=strength((0, 4)))
FAILED_ON_MONDAY = replace(FOUR_ON_MONDAY, memory=Memory(1, 0, 250, day(1)), last_grade=1, strength=strength((0, 1)))
SET_DUE_ON_MONDAY = recall.seeded(10, 250, day(0))


@pytest.mark.parametrize(
    ("rows", "standing"),
    [
        pytest.param([], Standing(), id="nothing"),
        pytest.param([(0, Kind.REVIEW, 4)], FOUR_ON_MONDAY, id="the first review"),
        pytest.param(
            [(0, Kind.REVIEW, 4), (1, Kind.REVIEW, 5)],
            Standing(Memory(6, 2, 260, day(7)), day(1), day(0), day(1), 5, 2, strength=strength((0, 4), (1, 5))),
            id="two days",
        ),
        pytest.param(
            [(0, Kind.REVIEW, 1), (0, Kind.REVIEW, 5)],
            replace(FAILED_ON_MONDAY, last_grade=5, rows=2, strength=strength((0, 1), (0, 5))),
            id="only a day's first review changes memory, but each the strength",
        ),
        pytest.param(
            [(0, Kind.REVIEW, 1), (0, Kind.REDRILL, 3)],
            replace(FAILED_ON_MONDAY, last_grade=3, rows=2, strength=strength((0, 1), (0, 3))),
            id="a re-drill changes no memory, but the strength",
        ),
        pytest.param(
            [(0, Kind.REDRILL, 3)],
            Standing(answered=day(0), last_grade=3, rows=1),
            id="a re-drill alone leaves a card new",
        ),
        pytest.param(
            [(0, Kind.REVIEW, 4), (-1, Kind.REVIEW, 1)],
            replace(FOUR_ON_MONDAY, answered=day(-1), last_grade=1, rows=2, strength=strength((0, 4), (0, 1))),
            id="a day before the last that counted is a re-drill",
        ),
        pytest.param(
            [(0, Kind.REVIEW, 4), (-1, Kind.REVIEW, 1), (0, Kind.REVIEW, 2)],
            replace(FOUR_ON_MONDAY, answered=day(0), last_grade=2, rows=3, strength=strength((0, 4), (0, 1), (0, 2))),
            id="and does not open the later day again",
        ),
        pytest.param([(0, Kind.QUIZ, 1), (0, Kind.PRACTICE, 0)], Standing(rows=2), id="quiz and practice touch rows"),
        pytest.param(
            [(0, Kind.REVIEW, 4), (0, Kind.QUIZ, 1), (0, Kind.PRACTICE)],
            replace(FOUR_ON_MONDAY, rows=3),
            id="quiz and practice after a review",
        ),
        pytest.param(
            [(0, Kind.REVIEW, 1), (0, Kind.RESET)], Standing(rows=1), id="a reset card is new, and drilled no more"
        ),
        pytest.param(
            [(0, Kind.REVIEW, 1), (0, Kind.RESET), (0, Kind.REVIEW, 4)],
            replace(FOUR_ON_MONDAY, rows=2),
            id="a review on the day of a reset counts",
        ),
        pytest.param(
            [(0, Kind.SUSPEND), (0, Kind.FLAG, {"flag": 3}), (0, Kind.TAG, {"tags": ["b", "a", "b"]}), (0, Kind.RESET)],
            Standing(suspended=True, flag=3, tags=("a", "b")),
            id="a reset leaves what the learner set",
        ),
        pytest.param([(0, Kind.SUSPEND, {"on": True}), (1, Kind.SUSPEND, {"on": False})], Standing(), id="suspension"),
        pytest.param([(0, Kind.BURY), (2, Kind.BURY)], Standing(buried=day(2)), id="buried on a day"),
        pytest.param([(0, Kind.BURY), (0, Kind.BURY, {"on": False})], Standing(), id="dug up"),
        pytest.param(
            [
                (0, Kind.BURY),
                (0, Kind.SUSPEND),
                (0, Kind.FLAG, {"flag": 3}),
                (0, Kind.TAG, {"tags": ["a"]}),
                (0, Kind.REVIEW, 4),
            ],
            replace(FOUR_ON_MONDAY, buried=day(0), suspended=True, flag=3, tags=("a",)),
            id="an answer leaves what the learner set",
        ),
        pytest.param([(0, Kind.FLAG, {"flag": 3}), (0, Kind.FLAG, {"flag": 0})], Standing(), id="flags"),
        pytest.param([(0, Kind.TAG, {"tags": ["a"]}), (0, Kind.TAG, {"tags": []})], Standing(), id="tags"),
        pytest.param(
            [(0, Kind.REVIEW, 4), (0, Kind.SET_DUE, {"due": "2026-12-24"})],
            replace(FOUR_ON_MONDAY, memory=Memory(1, 1, 250, date(2026, 12, 24))),
            id="a due day set",
        ),
        pytest.param(
            [(0, Kind.SET_DUE, {"due": "2026-12-03"})],
            Standing(Memory(10, 0, 250, date(2026, 12, 3)), strength=SET_DUE_ON_MONDAY),
            id="a new card set due is new no more",
        ),
        pytest.param(
            [(0, Kind.SET_DUE, {"due": "2026-11-23"}), (0, Kind.REVIEW, 4)],
            replace(FOUR_ON_MONDAY, first_day=None, strength=strength((0, 4), seeded=recall.seeded(1, 250, day(-1)))),
            id="its first answer is no new card's",
        ),
        pytest.param(
            [(0, Kind.SET_DUE, {"due": "2026-10-01"})],
            Standing(Memory(1, 0, 250, date(2026, 10, 1)), strength=recall.seeded(1, 250, date(2026, 9, 30))),
            id="due long ago",
        ),
        pytest.param(
            [(0, Kind.SEED, {"interval": 10, "ease": 230})],
            Standing(Memory(10, 2, 230, date(2026, 12, 3)), strength=recall.seeded(10, 230, day(0))),
            id="a seed",
        ),
        pytest.param(
            [(0, Kind.SEED, {"interval": 10, "due": "2026-11-25", "lapses": 2}), (2, Kind.REVIEW, 4)],
            Standing(
                Memory(25, 3, 250, day(27), 2),
                day(2),
                None,
                day(2),
                4,
                1,
                strength=strength((2, 4), seeded=recall.seeded(10, 250, date(2026, 11, 15))),
            ),
            id="a seed from another program, and the first answer after it",
        ),
        pytest.param([(0, Kind.PLAN, {"interview": "2027-01-11"})], Standing(), id="a plan"),
    ],
)
def test_what_events_do(rows, standing):
    assert fold(log(*rows)) == standing


def test_a_seed_at_the_end_of_the_calendar():
    event = log((0, Kind.SEED, {"interval": 36_500}))[0]._replace(day=date.max)
    since = date.max - timedelta(days=36_500)
    assert fold([event]) == Standing(Memory(36_500, 2, 250, date.max), strength=recall.seeded(36_500, 250, since))


@pytest.mark.parametrize("scheduler", [sm2, fsrs])
def test_answers_on_the_last_days_of_the_calendar(scheduler):
    first, last = log((0, Kind.REVIEW, 5), (0, Kind.REVIEW, 5))
    standing = replay.standing([first._replace(day=date.max - timedelta(1)), last._replace(day=date.max)], scheduler)
    assert (standing.memory.due, standing.strength.since) == (date.max, date.max)
    assert standing.memory.interval == {sm2: 6, fsrs: 18}[scheduler]


def test_a_voided_row_counts_for_nothing_but_rows():
    first, second = log((0, Kind.REVIEW, 1), (0, Kind.REVIEW, 4))
    assert fold([first, second, void(first, 3)]) == replace(FOUR_ON_MONDAY, rows=2)
    assert fold([first, second], voided={(HERE, 1)}) == replace(FOUR_ON_MONDAY, rows=2)


def test_a_voided_suspension_leaves_no_trace():
    (event,) = log((0, Kind.SUSPEND))
    assert fold([event, void(event, 2)]) == Standing()


def test_a_void_may_come_before_its_target():
    (event,) = log((0, Kind.REVIEW, 1))
    early = void(event, 1, THERE)._replace(at=0)
    assert fold([early, event]) == Standing(rows=1)


def test_a_void_cannot_be_voided():
    (event,) = log((0, Kind.REVIEW, 1))
    taken_back = void(event, 2)
    assert fold([event, taken_back, void(taken_back, 3)]) == Standing(rows=1)


def test_devices_meet_in_the_order_of_time_then_device_then_sequence():
    (here,) = log((0, Kind.REVIEW, 4))
    (there,) = log((0, Kind.REVIEW, 1), device=THERE)
    assert fold([there, here]) == replace(  # the same instant: a before b
        FOUR_ON_MONDAY, rows=2, last_grade=1, strength=strength((0, 4), (0, 1))
    )
    assert fold([here, there._replace(at=here.at - 1)]) == replace(
        FAILED_ON_MONDAY, rows=2, last_grade=4, strength=strength((0, 1), (0, 4))
    )


# ── any log ──────────────────────────────────────────────────────────────────────────────────────

ROWS = st.one_of(
    st.tuples(st.integers(-3, 30), st.sampled_from(sorted(ANSWERS)), st.integers(0, 5)),
    st.tuples(st.integers(-3, 30), st.sampled_from([Kind.SUSPEND, Kind.BURY]), st.sampled_from([{}, {"on": False}])),
    st.tuples(st.integers(-3, 30), st.just(Kind.RESET)),
    st.tuples(st.integers(-3, 30), st.just(Kind.SET_DUE), st.just({"due": "2026-12-01"})),
    st.tuples(st.integers(-3, 30), st.just(Kind.SEED), st.just({"interval": 7})),
)


@given(st.lists(ROWS, max_size=20), st.randoms(use_true_random=False), st.data())
def test_the_order_of_arrival_does_not_matter(rows, chance, data):
    events = log(*rows)
    if events:
        events += [void(event, len(rows) + 1) for event in [data.draw(st.sampled_from(events))]]
    shuffled = chance.sample(events, len(events))
    assert fold(shuffled) == fold(events)


@pytest.mark.parametrize("scheduler", [sm2, fsrs])
@given(rows=st.lists(ROWS, max_size=20))
def test_the_fold_goes_step_by_step_and_counts_every_answer(scheduler, rows):
    standing = Standing()
    for event in log(*rows):
        assert soundness.fault(event) == ""
        standing = replay.after(standing, event, scheduler)
        assert (standing.memory is None) == (standing.strength is None)
    assert standing == replay.standing(log(*rows), scheduler)
    assert standing.rows == sum(row[1] in ANSWERS for row in rows)


@given(st.lists(ROWS, max_size=20))
def test_without_a_voided_row_all_is_as_if_it_had_never_been(rows):
    events = log(*rows)
    for event in events:
        rest = fold(other for other in events if other is not event)
        assert replace(fold([*events, void(event, 99)]), rows=0) == replace(rest, rows=0)


# ── step by step ─────────────────────────────────────────────────────────────────────────────────


def test_each_event_is_told_with_what_follows_from_it():
    first, second, third, mark = log(
        (0, Kind.REVIEW, 1), (0, Kind.REVIEW, 4), (0, Kind.SUSPEND), (0, Kind.FLAG, {"flag": 3})
    )
    gone, gone_too = void(first, 5), void(third, 6)
    after = [
        (first, Standing(rows=1)),
        (second, replace(FOUR_ON_MONDAY, rows=2)),
        (third, replace(FOUR_ON_MONDAY, rows=2)),
        (mark, replace(FOUR_ON_MONDAY, rows=2, flag=3)),
        (gone, replace(FOUR_ON_MONDAY, rows=2, flag=3)),
        (gone_too, replace(FOUR_ON_MONDAY, rows=2, flag=3)),
    ]
    assert list(replay.steps([gone_too, mark, second, gone, third, first], sm2)) == after
    assert list(replay.steps([mark, third, second, first], sm2, {(HERE, 1), (HERE, 3)})) == after[:4]


@pytest.mark.parametrize("scheduler", [sm2, fsrs])
@given(rows=st.lists(ROWS, max_size=12), data=st.data())
def test_the_last_step_is_the_fold(scheduler, rows, data):
    events = log(*rows)
    if events:
        events.append(void(data.draw(st.sampled_from(events)), 99))
    told = list(replay.steps(events, scheduler))
    assert [event for event, _ in told] == events
    assert (told[-1][1] if told else Standing()) == replay.standing(events, scheduler)


# ── what counted ─────────────────────────────────────────────────────────────────────────────────


def counted(*rows):
    """(day number, grade, days waited) of each review that counted; a row is (day number, kind[, grade])."""
    told = [LogRow(CARD, row[1], day(row[0]), row[2] if len(row) > 2 else None, 900) for row in rows]
    found = replay.counted(iter(told))
    assert {each.root for each in found} <= {CARD}
    return [((each.day - MONDAY).days, each.grade, each.waited) for each in found]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([(0, Kind.REVIEW, 4)], [(0, 4, None)], id="the first of a new card"),
        pytest.param(
            [(0, Kind.REVIEW, 4), (1, Kind.REVIEW, 0), (7, Kind.REVIEW, 5)],
            [(0, 4, None), (1, 0, 1), (7, 5, 6)],
            id="each has waited since the one before",
        ),
        pytest.param(
            [(0, Kind.REVIEW, 1), (0, Kind.REVIEW, 5), (2, Kind.REVIEW, 4)],
            [(0, 1, None), (2, 4, 2)],
            id="a day's first",
        ),
        pytest.param(
            [(3, Kind.REVIEW, 1), (1, Kind.REVIEW, 5), (3, Kind.REVIEW, 3), (4, Kind.REVIEW, 4)],
            [(3, 1, None), (4, 4, 1)],
            id="none of an earlier day",
        ),
        pytest.param(
            [(0, Kind.REVIEW, 4), (1, Kind.REDRILL, 3), (2, Kind.QUIZ, 1), (3, Kind.PRACTICE, 2), (4, Kind.FLAG), (5, Kind.REVIEW, 4)],
            [(0, 4, None), (5, 4, 5)],
            id="reviews alone",
        ),
        pytest.param([(0, Kind.REVIEW), (0, Kind.REVIEW, 3)], [(0, 3, None)], id="graded ones"),
        pytest.param(
            [(0, Kind.REVIEW, 4), (2, Kind.REVIEW, 4), (2, Kind.RESET), (2, Kind.REVIEW, 3), (3, Kind.REVIEW, 2)],
            [(2, 3, None), (3, 2, 1)],
            id="what was before a reset is gone, and a review on its day counts",
        ),
        pytest.param([(0, Kind.REVIEW, 4), (1, Kind.RESET)], [], id="a reset leaves a new card"),
        pytest.param([(0, Kind.SEED), (5, Kind.REVIEW, 4)], [(5, 4, 5)], id="known by a seed"),
        pytest.param([(1, Kind.SET_DUE), (5, Kind.REVIEW, 4)], [(5, 4, 4)], id="known by a due day set"),
        pytest.param(
            [(1, Kind.SET_DUE), (3, Kind.SEED), (5, Kind.REVIEW, 4), (6, Kind.SET_DUE), (8, Kind.REVIEW, 4)],
            [(5, 4, 4), (8, 4, 3)],
            id="known since the first of what makes it so",
        ),
        pytest.param([(5, Kind.SEED), (3, Kind.REVIEW, 4)], [(3, 4, 0)], id="known from a later day, by a clock set back"),
        pytest.param([(0, Kind.SEED), (1, Kind.RESET), (5, Kind.REVIEW, 4)], [(5, 4, None)], id="a reset forgets a seed"),
    ],
)  # fmt: skip
def test_the_reviews_that_counted(rows, found):
    assert counted(*rows) == found


# ── what cannot be replayed ──────────────────────────────────────────────────────────────────────

SOUND = log((0, Kind.REVIEW, 4))[0]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"device": "A" * 32}, "its device is not 32 hex digits"),
        ({"device": "a" * 31}, "its device is not 32 hex digits"),
        ({"sequence": 0}, "its sequence is under 1"),
        ({"at": -1}, "its instant is out of range"),
        ({"at": 2**53}, "its instant is out of range"),
        ({"card": ""}, "a review needs a card"),
        ({"card": "deck/note#a\x1b[2J"}, "its card has characters that cannot be shown"),
        ({"card": "deck/note#a\x9b2J"}, "its card has characters that cannot be shown"),
        ({"grade": None}, "a review needs a grade"),
        ({"grade": 6}, "its grade is not 0 to 5"),
        ({"grade": True}, "its grade is not 0 to 5"),
        ({"took": -1}, "the time it took is out of range"),
        ({"kind": Kind.QUIZ, "grade": None}, ""),
        *(
            ({"kind": Kind.PLAN, "card": "", "grade": None, "detail": detail}, "")
            for detail in (
                {"interview": "2028-02-29"},
                {
                    "interview": "2026-12-18",
                    "minutes": 45,
                    "role": "r",
                    "company": "c",
                    "named": "n",
                    "weights": {"a": 0},
                },
                {"interview": "2026-12-18", "of": "a newer version"},
                {"drop": True},
                {"tick": "mocks"},
                {"tick": "mocks", "on": False},
            )
        ),
        *(
            ({"kind": Kind.PLAN, "card": "", "grade": None, "detail": detail}, "its detail is not that of a plan")
            for detail in (
                {},
                {"interview": "2027-02-29"},
                {"interview": None},
                {"interview": "2026-12-18", "minutes": 0},
                {"interview": "2026-12-18", "minutes": True},
                {"interview": "2026-12-18", "role": None},
                {"interview": "2026-12-18", "weights": [1]},
                {"interview": "2026-12-18", "weights": {"a": -1}},
                {"interview": "2026-12-18", "tick": "mocks"},
                {"drop": False},
                {"tick": ""},
                {"tick": "mocks", "on": 1},
            )
        ),
        ({"kind": Kind.SUSPEND, "detail": {"on": "no"}}, "its detail is not that of a suspend"),
        ({"kind": Kind.FLAG}, "its detail is not that of a flag"),
        ({"kind": Kind.TAG, "detail": {"tags": "a"}}, "its detail is not that of a tag"),
        ({"kind": Kind.SET_DUE, "detail": {"due": "20261224"}}, "its detail is not that of a set-due"),
        ({"kind": Kind.SET_DUE, "detail": {"due": "2026-02-30"}}, "its detail is not that of a set-due"),
        ({"kind": Kind.SEED, "detail": {"interval": 0}}, "its detail is not that of a seed"),
        ({"kind": Kind.SEED, "detail": {"interval": 3, "due": None}}, "its detail is not that of a seed"),
        ({"kind": Kind.VOID}, "its detail is not that of a void"),
        ({"kind": Kind.VOID, "detail": {"device": "a" * 32, "sequence": 0}}, "its detail is not that of a void"),
    ],
)
def test_faults(change, fault):
    assert soundness.fault(SOUND) == ""
    assert soundness.fault(SOUND._replace(**change)) == fault


def test_an_answer_without_a_grade_is_not_folded():
    with pytest.raises(ValueError, match=r"^a review needs a grade$"):
        replay.after(Standing(), SOUND._replace(grade=None), sm2)


@pytest.mark.parametrize(
    ("kind", "detail", "name", "inside", "outside"),
    [
        (Kind.FLAG, {}, "flag", (0, 7), (-1, 8, True, "3", None)),
        (Kind.SEED, {}, "interval", (1, 36_500), (0, 36_501, 3.0)),
        (Kind.SEED, {"interval": 3}, "ease", (130, 10_000), (129, 10_001, None)),
        (Kind.SEED, {"interval": 3}, "lapses", (0, 10_000), (-1, 10_001, None)),
        (Kind.SEED, {"interval": 3}, "due", ("2026-11-25",), ("2026-11-31", "tomorrow", 3)),
        (Kind.SUSPEND, {}, "on", (True, False), (1, None)),
        (Kind.BURY, {}, "on", (True, False), (0, "yes")),
        (Kind.TAG, {}, "tags", ([], ["a"], ("a", "b")), ({"a"}, ["a", 1], None)),
        (Kind.SET_DUE, {}, "due", ("2026-12-24",), (None, 20261224)),
        (Kind.PLAN, {"interview": "2026-12-18"}, "minutes", (1, 1440), (0, 1441)),
        (Kind.PLAN, {"interview": "2026-12-18"}, "weights", ({}, {"a": 0, "b": 10_000}), ({"a": 10_001}, {1: 1}, None)),
        (Kind.PLAN, {"interview": "2026-12-18"}, "role", ("",), (None, 1)),
        (Kind.PLAN, {"interview": "2026-12-18"}, "company", ("",), (None, 1)),
        (Kind.PLAN, {"interview": "2026-12-18"}, "named", ("",), (None, 1)),
        (Kind.PLAN, {}, "tick", ("a",), ("", 1)),
        (Kind.PLAN, {}, "drop", (True,), (1, None)),
        (Kind.VOID, {"device": THERE}, "sequence", (1, 2**53 - 1), (0, 2**53, None)),
        (Kind.VOID, {"sequence": 1}, "device", (HERE,), ("a", 1, None, HERE + "\n")),
    ],
)
def test_how_far_a_detail_may_go(kind, detail, name, inside, outside):
    def fault(value):
        return soundness.fault(SOUND._replace(kind=kind, grade=None, detail={**detail, name: value}))

    assert [fault(value) for value in inside] == [""] * len(inside)
    assert [fault(value) for value in outside] == [f"its detail is not that of a {kind}"] * len(outside)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"sequence": 2**53 - 1, "at": 0, "took": 0, "grade": 0}, ""),
        ({"at": 2**53 - 1, "took": 2**53 - 1, "grade": 5}, ""),
        ({"sequence": 2**53}, "its sequence is under 1"),
        ({"took": 2**53}, "the time it took is out of range"),
        ({"took": None}, ""),
        ({"grade": -1}, "its grade is not 0 to 5"),
        ({"kind": Kind.REDRILL, "grade": None}, "a redrill needs a grade"),
        ({"kind": Kind.QUIZ, "grade": 6}, "its grade is not 0 to 5"),
        ({"kind": Kind.RESET, "grade": None}, ""),
        ({"kind": Kind.RESET, "grade": None, "card": ""}, "a reset needs a card"),
        ({"detail": {"action": 0}}, ""),
        ({"detail": {"action": -1}}, "its action is no instant"),
        ({"detail": {"action": None}}, "its action is no instant"),
        ({"detail": {"was": []}}, ""),
        ({"detail": {"was": [[HERE, 1], (THERE, 2)]}}, ""),
        *(
            ({"detail": {"was": was}}, "what it was is no list of devices and sequences")
            for was in (None, HERE, [HERE], [[HERE]], [[HERE, 0]], [["a", 1]], [[HERE, 1, 1]], [[HERE, 1], [HERE, "1"]])
        ),
    ],
)
def test_how_far_an_event_may_go(change, fault):
    assert soundness.fault(SOUND._replace(**change)) == fault
