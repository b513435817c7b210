"""What a sitting asks of a large store: how SQLite goes about it, and that of many cards few are read."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, product
from random import Random

import pytest

from learner import HERE, answer, card, day, do, put
from rung.cards import recall
from rung.model import Event, Kind, Score
from rung.seat import Seat
from rung.settings import Settings
from rung.store import Coming
from rung.waiting import queue
from rung.workspace import Clock


@pytest.fixture
def asked(store):
    """Every statement that SQLite is given from now on, with its values."""
    statements = []
    store.database.connection.set_trace_callback(statements.append)
    yield statements
    store.database.connection.set_trace_callback(None)


def test_no_question_of_a_sitting_reads_a_table_from_end_to_end(store, asked):
    put(store, [card(name, content=recall.Content("Why?", "So.")) for name in "abc"])
    answer(store, "one/a", 4)
    asked.clear()
    seat = Seat.at(store, HERE, Clock(day(1)))
    seat.sitting = seat.daily(Settings())
    while waits := seat.next():
        seat.answer(waits, 4, words="", score=Score(), took=1)
    store.today(HERE, day(1), 10, 10)
    store.database.connection.set_trace_callback(None)
    questions = [sql for sql in dict.fromkeys(asked) if sql.lstrip().startswith(("SELECT", "INSERT", "WITH"))]
    assert len(questions) > 20
    steps = set[str]()
    for sql in questions:
        plan = [step for *_, step in store.database.rows(f"EXPLAIN QUERY PLAN {sql}")]
        made = {f"SCAN {step.removeprefix('CO-ROUTINE ')}" for step in plan}  # of what was found before
        assert {"SCAN memory", "SCAN events", "SCAN cards"} & (set(plan) - made) == set()
        steps |= set(plan)
    assert "SEARCH memory USING COVERING INDEX memory_due (due<?)" in steps


@pytest.fixture
def many(store):
    """Cards of two workspaces and of two decks, some of one family, with all sorts of histories; day 9 is today."""
    random = Random(0)
    for workspace, decks in (("other", ("far",)), (HERE, ("one", "two"))):
        kinds = ["recall", "recall", "drill"]
        cards = [
            [card(f"{n:02}", deck, family=f"{deck}/{n // 3}", kind=random.choice(kinds)) for n in range(30)]
            for deck in decks
        ]
        put(store, *cards, workspace=workspace)
        learnt = [each.id for deck in cards for each in deck if random.random() < 0.7]
        for on, id_ in product(range(10), learnt):
            if random.random() < 0.25:
                answer(store, id_, random.choice((1, 3, 4, 5)), on=on)
        for id_ in learnt[::4]:
            do(store, Kind.BURY, id_, on=9)
        do(store, Kind.SUSPEND, learnt[0], on=9)
    return store


@pytest.mark.parametrize("drills", [False, True])
@pytest.mark.parametrize("decks", [None, ["two"], []])
def test_the_first_few_are_those_of_all(many, drills, decks):
    many.drills = drills
    entries = many.due_entries(HERE, day(9), decks)
    new = many.new(HERE, day(9), decks)
    assert many.count_due(HERE, day(9), decks) == len(entries)
    assert list(entries) == sorted(entries, key=lambda each: ((each.due - day(9)).days / each.interval, each.id))
    for most in range(len(entries) + 3):
        assert many.due_entries(HERE, day(9), decks, most) == entries[:most]
        few = many.new(HERE, day(9), decks, most)
        assert few == {deck: of(most, waiting) for deck, waiting in new.items() if most}
    if decks is None:
        assert len(entries) > 8
        assert len(new["one"]) > 5


def of(most, waiting):
    """The cards up to those of the first `most` families."""
    families = list(dict.fromkeys(each.family for each in waiting))
    beyond = families[most : most + 1]
    return waiting[: next((place for place, each in enumerate(waiting) if [each.family] == beyond), len(waiting))]


def test_a_line_is_what_the_whole_queues_make(many):
    for deck, waiting in many.new(HERE, day(9)).items():  # begins a family of which others wait in front
        first = next(one for one, other in pairwise(waiting) if one.family == other.family)
        answer(many, first.card, 4, on=9)
        assert first.family in {each.family for each in many.new(HERE, day(9))[deck][:4]}
    done, due, new = many.done(HERE, day(9)), many.due(HERE, day(9)), many.new(HERE, day(9))
    assert done.reviews > 2
    for reviews, news in product((0, 3, 8, 99), (0, 1, 5, 99)):
        whole = queue(due, new, reviews - done.reviews, news - done.new, done.families)
        assert many.line(HERE, day(9), reviews, news) == whole


@pytest.fixture
def steps(store):
    """Give how much SQLite does for a question, in its own steps."""
    count = 0

    def passed():
        nonlocal count
        count += 1

    def steps(question):
        nonlocal count
        count = 0
        question()
        return count

    store.database.connection.set_progress_handler(passed, 1)
    yield steps
    store.database.connection.set_progress_handler(None, 0)


def test_of_what_waits_a_sitting_reads_what_it_has_room_for(store, steps):
    put(store, [card(f"{number:03}") for number in range(200)])
    seeds = [
        Event(
            "c" * 32, at, at, day(0), Kind.SEED, f"one/{at:03}", detail={"interval": 9, "due": day(6 - at).isoformat()}
        )
        for at in range(1, 101)
    ]
    assert store.load(seeds) == (100, 0)
    answer(store, "one/199", 4, on=5)

    def spent(reviews, news):
        return steps(lambda: store.line(HERE, day(5), reviews, news))

    nothing = steps(lambda: (store.done(HERE, day(5)), store.fresh(HERE, day(5), 1), store.last_days(HERE, day(5))))
    assert spent(0, 1) == nothing, "the one that was new today is all there may be"
    assert spent(4, 1) < 0.7 * spent(100, 1)
    assert spent(0, 4) - spent(0, 2) < (spent(0, 101) - spent(0, 2)) / 10


def test_the_next_day_is_told_as_by_a_look_at_every_card(many):
    for today, decks in product(map(day, range(-1, 40)), (None, ["one"])):
        days = [shown(entry, today) for entry in all_entries(many, decks)]
        coming = min((each for each in days if each and each > today), default=None)
        assert many.next_due(HERE, today, decks) == (Coming(coming, days.count(coming)) if coming else None)


def all_entries(store, decks):
    """(due, buried, reviewed) of every card that has its day and waits in reviews."""
    return store.database.rows(
        """
        SELECT due, buried, reviewed FROM memory JOIN cards USING (root)
        WHERE workspace = 'ws' AND retired = 0 AND kind <> 'drill' AND suspended = 0 AND due IS NOT NULL
            AND (? OR deck = 'one')
        """,
        decks is None,
    )


def shown(entry, today):
    """The day on which a card is asked next after `today`; None where it waits today."""
    due, buried, reviewed = (date.fromisoformat(each) if each else None for each in entry)
    over = buried == today or (reviewed and reviewed >= today)
    return max(due, today + (day(1) - day(0))) if due > today or over else None
