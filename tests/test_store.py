"""The log: what is written stays, what is derived follows from it, what devices exchange meets."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from learner import HERE, MONDAY, answer, card, day, do, ids, put, strength
from rung.model import ANKI, Event, Kind, Memory, Standing
from rung.store import Store, StoreError, Totals, memory

OTHER_DEVICE = "b" * 32


# ── the log ──────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_is_logged_and_followed_by_its_memory(store):
    event = answer(store, "one/a", 4, now=1_795_000_000_000, took=900, detail={"seed": 7, "answer": "Häßlich"})
    assert event == Event(
        store.device, 1, 1_795_000_000_000, MONDAY, Kind.REVIEW, "one/a", 4, 900, {"seed": 7, "answer": "Häßlich"}
    )
    assert list(store.events()) == [event]
    assert store.standing("one/a") == Standing(
        Memory(1, 1, 250, day(1)), day(0), day(0), day(0), 4, 1, strength=strength((0, 4))
    )
    assert store.standings(["one/a", "one/b"]) == {"one/a": store.standing("one/a"), "one/b": Standing()}


def test_time_never_stands_still_nor_runs_back_and_the_sequence_has_no_gaps(store):
    events = [answer(store, "one/a", 4, now=now) for now in (1000, 1000, 900, 5000)]
    assert [(event.sequence, event.at) for event in events] == [(1, 1000), (2, 1001), (3, 1002), (4, 5000)]


def test_what_is_written_is_there_after_closing(path):
    with Store.open(path) as store:
        event, device = answer(store, "one/a", 4), store.device
    with Store.open(path, create=False) as store:
        assert (list(store.events()), store.device) == ([event], device)
        assert store.check() == []


def test_events_by_card_day_number_and_order(store):
    a0, b0, a1 = answer(store, "one/a", 4), answer(store, "one/b", 4), answer(store, "one/a", 4, on=1)
    assert list(store.events()) == [a0, b0, a1]
    assert list(store.events("one/a")) == [a0, a1]
    assert list(store.events(since=day(1))) == [a1]
    assert list(store.events("one/a", limit=1, newest_first=True)) == [a1]
    assert list(store.events("one/c")) == []


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        (Kind.REVIEW, {"card": "one/a"}, "a review needs a grade"),
        (Kind.REVIEW, {"grade": 4}, "a review needs a card"),
        (Kind.SET_DUE, {"card": "one/a", "detail": {"due": "soon"}}, "its detail is not that of a set-due"),
        (Kind.PLAN, {"detail": {"drop": True, "share": float("nan")}}, "its detail cannot be kept: "),
        (Kind.PLAN, {"detail": {"drop": True, "share": object()}}, "its detail cannot be kept: "),
    ],
)
def test_what_could_not_be_replayed_is_not_logged(store, kind, given, words):
    with pytest.raises(ValueError, match=words):
        store.record(kind, now=0, day=MONDAY, **given)
    assert list(store.events()) == []


def test_undo_goes_back_step_by_step_and_over_sittings(path):
    with Store.open(path) as store:
        first, second = answer(store, "one/a", 1), do(store, Kind.SUSPEND, "one/a")
    with Store.open(path) as store:
        third = answer(store, "one/b", 4)
        assert store.undo(now=0, day=day(0)) == (third,)
    with Store.open(path) as store:
        assert store.undo(now=0, day=day(1)) == (second,)
        assert store.undo(now=0, day=day(1)) == (first,)
        assert store.undo(now=0, day=day(1)) == ()
        assert store.standing("one/a") == Standing(rows=1)
        assert store.voided() == {(event.device, event.sequence) for event in (first, second, third)}
        assert store.voided("one/a") == {(event.device, event.sequence) for event in (first, second)}
        assert store.check() == []


def test_after_an_undo_the_day_is_open_again(store):
    answer(store, "one/a", 1)
    store.undo(now=0, day=day(0))
    answer(store, "one/a", 5)
    assert store.standing("one/a") == Standing(
        Memory(1, 1, 260, day(1)), day(0), day(0), day(0), 5, 2, strength=strength((0, 5))
    )


def test_a_void_cannot_be_taken_back(store):
    answer(store, "one/a", 1)
    store.undo(now=0, day=day(0))
    target = {"device": store.device, "sequence": 2}
    with pytest.raises(ValueError, match=r"^a void cannot be taken back$"):
        store.record(Kind.VOID, now=0, day=day(0), detail=target)


def test_what_a_void_takes_back_is_kept_once(store):
    answer(store, "one/a", 1)
    store.undo(now=0, day=day(0))
    kept = store.database.rows("SELECT void_device, void_sequence, detail FROM events WHERE kind = 'void'")
    assert kept == [(1, 1, None)]


def test_a_row_may_be_taken_back_by_name(store):
    first, _ = answer(store, "one/a", 1), answer(store, "one/a", 4)
    store.record(Kind.VOID, now=0, day=day(0), detail={"device": first.device, "sequence": first.sequence})
    assert store.standing("one/a").last_grade == 4
    assert store.standing("one/a").memory == Memory(1, 1, 250, day(1))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET grade = 5",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT device, sequence, at, day, kind, card, 5, took, detail, NULL, NULL FROM events",
    ],
)
def test_the_log_is_append_only_for_any_program(path, store, statement):
    event = answer(store, "one/a", 1)
    with closing(sqlite3.connect(path)) as other, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(statement)
    assert list(store.events()) == [event]


# ── rows of other devices ────────────────────────────────────────────────────────────────────────


def foreign(sequence, at, grade=4, kind=Kind.REVIEW, **detail):
    return Event(OTHER_DEVICE, sequence, at, day(0), kind, "one/a", grade, detail=detail)


def foreign_void(sequence, at, device, target):
    detail = {"device": device, "sequence": target}
    return Event(OTHER_DEVICE, sequence, at, day(0), Kind.VOID, detail=detail)


def test_rows_are_taken_over_once(store):
    mine = answer(store, "one/a", 1, now=5000)
    earlier = foreign(1, 1000)
    assert store.load([earlier, mine]) == (1, 1)
    assert store.load([earlier, mine]) == (0, 2)
    assert store.standing("one/a") == Standing(
        Memory(1, 1, 250, day(1)), day(0), day(0), day(0), 1, 2, strength=strength((0, 4), (0, 1))
    )
    assert list(store.events()) == [earlier, mine]
    assert store.heads() == {store.device: 1, OTHER_DEVICE: 1}


def test_two_stores_meet_in_the_same(tmp_path):
    with Store.open(tmp_path / "a.db") as one, Store.open(tmp_path / "b.db") as two:
        for number, store in enumerate([one, two, one, two, one]):
            answer(store, "one/a", number, on=number // 2, now=1000 * number)
        one.undo(now=9000, day=day(3))
        two.load(one.log(two.heads()))
        one.load(two.log(one.heads()))
        assert sorted(map(repr, one.log())) == sorted(map(repr, two.log()))
        assert one.standing("one/a") == two.standing("one/a")
        assert (one.check(), two.check()) == ([], [])


def test_the_log_is_given_page_by_page(store, monkeypatch):
    monkeypatch.setattr("rung.store.log.PAGE", 2)
    events = [answer(store, "one/a", 4) for _ in range(5)]
    assert list(store.log()) == events
    assert list(store.log({store.device: 3})) == events[3:]


def test_what_others_ask_of_the_log(store):
    put(store, [card("#b", first="one/#a", was=("one/#a",))])
    first, second = answer(store, "one/#a", 4), answer(store, "one/#b", 1, on=1)
    other = answer(store, "two/x", 3, on=1)
    gone, mark = answer(store, "two/x", 5, on=2), do(store, Kind.SUSPEND, "one/#a", on=True)
    (taken_back,) = store.undo(now=0, day=day(2))
    assert taken_back == mark
    store.undo(now=0, day=day(2))
    anki = Event(ANKI, 1_790_000_000_000, 1_790_000_000_000, day(0), Kind.REVIEW, "two/x", 4)
    assert store.load([anki]) == (1, 0)
    assert list(store.by_card()) == [("one/#a", (first, second)), ("two/x", (other, anki))]
    assert store.grades() == {
        "one/#a": [(first.at, 4), (second.at, 1)],
        "two/x": [(other.at, 3), (gone.at, 5)],
    }
    assert store.sequences(store.device) == frozenset(range(1, 8))
    assert store.sequences(ANKI) == {1_790_000_000_000}
    assert store.sequences("nobody") == frozenset()
    assert store.voided() == {(gone.device, gone.sequence), (mark.device, mark.sequence)}
    assert store.voided("one/#b") == {(mark.device, mark.sequence)}


def test_undo_leaves_rows_of_others(store):
    store.load([foreign(1, 1000)])
    assert store.undo(now=0, day=day(0)) == ()


def test_gaps_between_answers_in_anki_are_none(store):
    rows = [Event(ANKI, at, at, day(0), Kind.REVIEW, "one/a", 4) for at in (1_790_000_000_000, 1_790_000_060_000)]
    assert store.load(rows) == (2, 0)
    assert store.check() == []


def test_the_day_of_an_answer_in_anki_may_be_told_otherwise_elsewhere(store):
    event = Event(ANKI, 1_790_000_000_000, 1_790_000_000_000, day(0), Kind.REVIEW, "one/a", 4)
    store.load([event])
    assert store.load([event._replace(day=day(1))]) == (0, 1)
    for change in ({"grade": 3}, {"card": "one/b"}):
        with pytest.raises(StoreError, match="says something else"):
            store.load([event._replace(**change)])
    assert list(store.events()) == [event]


def test_what_was_sent_to_anki_is_kept(store):
    store.mark_sent([("guid", "a" * 32), ("guid", "b" * 32)])
    store.mark_sent([("guid", "a" * 32), ("other", "a" * 32)])
    assert store.sent() == {"guid": {"a" * 32, "b" * 32}, "other": {"a" * 32}}


def test_a_void_may_arrive_before_its_target(store):
    void = foreign_void(2, 2000, OTHER_DEVICE, 1)
    store.load([void])
    assert store.check() == [f"device {OTHER_DEVICE} has gaps in its log: take over its rows once more"]
    store.load([foreign(1, 1000)])
    assert store.standing("one/a") == Standing(rows=1)
    assert store.check() == []


def test_a_row_that_contradicts_is_named_and_nothing_is_taken_over(store):
    store.load([foreign(1, 1000)])
    with pytest.raises(StoreError) as refused:
        store.load([foreign(2, 2000), foreign(1, 1000, grade=5)])
    said = f"row 1 of device {OTHER_DEVICE} is here already and says something else"
    mend = "one of the two logs is not as it was written; restore a backup of it"
    assert str(refused.value) == f"{store.database.path}: {said}; {mend}"
    assert list(store.events()) == [foreign(1, 1000)]


@pytest.mark.parametrize("other", [foreign(1, 1000), foreign(1, 1000, seed=2), foreign(1, 1000, seed=1, words="x")])
def test_a_row_that_differs_in_its_detail_alone_contradicts_too(store, other):
    held = foreign(1, 1000, seed=1)
    assert store.load([held]) == (1, 0)
    with pytest.raises(StoreError, match="is here already and says something else"):
        store.load([other])
    assert (store.load([held]), list(store.events())) == ((0, 1), [held])


def test_a_void_that_takes_back_something_else_contradicts(store):
    held = foreign_void(3, 3000, OTHER_DEVICE, 1)
    assert (store.load([held]), store.load([held])) == ((1, 0), (0, 1))
    for other in (foreign_void(3, 3000, OTHER_DEVICE, 2), foreign_void(3, 3000, "c" * 32, 1)):
        with pytest.raises(StoreError, match="is here already and says something else"):
            store.load([other])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (foreign(1, 1000, grade=9), "its grade is not 0 to 5"),
        (foreign(1, 1000, kind=Kind.FLAG), "its detail is not that of a flag"),
        (foreign(1, 1000, share=float("inf")), "its detail cannot be kept"),
    ],
)
def test_a_row_that_cannot_be_replayed_is_named_and_nothing_is_taken_over(store, row, words):
    said = rf"^{store.database.path}: row 1 of device {OTHER_DEVICE} cannot be taken over: {words}.*; mend or leave out"
    with pytest.raises(StoreError, match=said):
        store.load([foreign(2, 2000), row])
    assert list(store.events()) == []


def test_rows_of_ones_own_that_are_missing_make_a_new_device(path, tmp_path):
    with Store.open(path) as store:
        answer(store, "one/a", 4)
    shutil.copy(path, tmp_path / "old.db")  # closed, so the file is whole
    with Store.open(path) as store:
        answer(store, "one/a", 1, on=1)
        rows = list(store.log())
    with Store.open(tmp_path / "old.db") as old:
        device = old.device
        assert old.load(rows) == (1, 1)
        assert old.device not in (device, "")
        event = answer(old, "one/b", 4)
        assert (event.device, event.sequence) == (old.device, 1)
        assert old.check() == []


def test_a_void_of_a_row_of_ones_own_that_is_missing_makes_a_new_device(store):
    device = store.device
    store.load([foreign_void(1, 1000, device, 1)])
    assert store.device != device


def test_a_void_of_the_last_row_of_ones_own_leaves_the_device(store):
    event = answer(store, "one/a", 4)
    store.load([foreign_void(1, 1000, store.device, 1)])
    assert (store.device, store.standing("one/a")) == (event.device, Standing(rows=1))


def test_rows_of_unknown_cards_stay_and_count_when_the_card_appears(store):
    answer(store, "one/a", 4)
    assert store.totals(HERE) == Totals(events=1, answers=1, took=0, cards=1, unknown=1)
    assert store.due(HERE, day(1)) == ()
    put(store, [card("a")])
    assert ids(store.due(HERE, day(1))) == ["one/a"]
    assert store.totals(HERE).unknown == 0


def test_a_row_with_a_new_key_takes_the_place_of_the_old_one(store):
    void = foreign_void(2, 2000, OTHER_DEVICE, 1)
    store.load([foreign(1, 1000), void])
    was = [[OTHER_DEVICE, 1]]
    moved = Event("c" * 32, 1, 1000, day(0), Kind.REVIEW, "one/a", 4, detail={"was": was})
    assert store.load([moved]) == (1, 0)
    assert list(store.events()) == [moved, void]
    assert store.standing("one/a").last_grade == 4  # the void is of the old key
    assert store.load([foreign(1, 1000), moved]) == (0, 2)
    assert store.load([foreign(1, 1000)]) == (0, 1)
    assert store.load([foreign(1, 1000, grade=1)]) == (1, 0)  # the key is free
    assert (store.voided(), store.check()) == ({(OTHER_DEVICE, 1)}, [])


def test_rows_of_ones_own_that_have_a_new_key_make_a_new_device(store):
    first = answer(store, "one/a", 4)
    moved = Event("c" * 32, 1, first.at, day(0), Kind.REVIEW, "one/a", 4, detail={"was": [[first.device, 1]]})
    store.load([moved, foreign(1, 1000)])
    assert store.device not in (first.device, "c" * 32)
    assert list(store.events()) == [moved, foreign(1, 1000)]


def test_a_row_of_ones_own_that_contradicts_is_not_taken_from_a_file(store):
    """Only where devices meet does it mean that two stores have one id; a file may have been edited."""
    first = answer(store, "one/a", 4)
    with pytest.raises(StoreError, match="is here already and says something else"):
        store.load([Event(first.device, 1, first.at, day(0), Kind.REVIEW, "one/a", 5)])
    assert list(store.events()) == [first]


# ── many rows at once ────────────────────────────────────────────────────────────────────────────


def guards(store):
    """What SQLite itself does for the log: its triggers and indexes, whether it checks rows, and how many pages it keeps."""
    asked = [
        store.database.value(f"PRAGMA {name}") for name in ("ignore_check_constraints", "cache_size", "integrity_check")
    ]
    return *asked, store.database.rows(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') ORDER BY name"
    )


def many():
    """Rows of three cards: answers of seven days, a mark, and voids of the third and of one that nobody has."""
    rows = [
        foreign(number, 1000 * number, grade=number % 6)._replace(card=f"one/{'abc'[number % 3]}", day=day(number // 3))
        for number in range(1, 21)
    ]
    mark = Event(OTHER_DEVICE, 21, 21_000, day(7), Kind.FLAG, "one/a", detail={"flag": 2})
    return [*rows, mark, foreign_void(22, 22_000, OTHER_DEVICE, 3), foreign_void(23, 23_000, OTHER_DEVICE, 40)]


def test_many_rows_come_to_what_they_come_to_one_by_one(tmp_path, store, monkeypatch):
    before = guards(store)
    with Store.open(tmp_path / "slow.db") as slow:
        for row in many():
            slow.load([row])
        for module, size in (("merge", 4), ("memory", 2)):
            monkeypatch.setattr(f"rung.store.{module}.PAGE", size)
        assert store.load(many()[::-1]) == (23, 0)
        assert [list(each.log()) for each in (store, slow)] == [many(), many()]
        rows = "SELECT * FROM memory ORDER BY root"
        assert store.database.rows(rows) == slow.database.rows(rows)
        assert store.check() == slow.check() == []
    assert guards(store) == before
    assert store.load(many()) == (0, 23)


def test_what_guards_the_log_is_put_away_for_many_rows_and_indexes_where_more_come_than_are_there(store, monkeypatch):
    monkeypatch.setattr("rung.store.merge.PAGE", 4)
    rows = [foreign(number, number) for number in range(1, 25)]
    trigger, indexes = "DROP trigger events_once", ["DROP index events_card", "DROP index events_day"]
    asked = []
    store.database.connection.set_trace_callback(asked.append)
    for first, last, dropped in ((0, 4, []), (4, 9, [trigger, *indexes]), (9, 14, [trigger]), (14, 23, [trigger])):
        asked.clear()
        assert store.load(rows[first:last]) == (last - first, 0)
        assert [sql for sql in asked if sql.startswith("DROP")] == dropped
    assert store.load(rows[23:]) == (1, 0)
    store.database.connection.set_trace_callback(None)
    assert store.check() == []


def test_of_many_rows_none_is_taken_over_where_one_contradicts(store, monkeypatch):
    store.load([foreign(19, 19_000)])
    before = guards(store)
    monkeypatch.setattr("rung.store.merge.PAGE", 4)
    with pytest.raises(StoreError, match=f"row 19 of device {OTHER_DEVICE} is here already and says something else"):
        store.load(many())
    assert list(store.events()) == [foreign(19, 19_000)]
    assert guards(store) == before
    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed"):
        store.database.change(
            "INSERT INTO events VALUES (1, 1, 1, '2026-11-23', 'no kind', 'c', 4, 1, NULL, NULL, NULL)"
        )


def test_what_comes_in_is_folded_onto_what_is_kept_or_replayed(store, monkeypatch):
    folded = []
    replayed = memory.replayed
    monkeypatch.setattr(
        memory, "replayed", lambda database, roots: folded.append(set(roots)) or replayed(database, roots)
    )
    row = {name: foreign(number, 1000 * number)._replace(card=f"one/{name}") for number, name in enumerate("abcd", 1)}
    store.load([row["a"], row["b"], row["c"], foreign_void(9, 9000, OTHER_DEVICE, 4)])
    newer, same, older = (foreign(number, at)._replace(card=f"one/{name}") for number, at, name in (
        (5, 5000, "a"), (6, 2000, "b"), (7, 2999, "c")
    ))  # fmt: skip
    store.load([newer, same, older, row["d"]])
    assert folded == [set(), {"one/b", "one/c", "one/d"}]
    assert [store.standing(f"one/{name}").rows for name in "abcd"] == [2, 2, 2, 1]
    assert store.standing("one/d") == Standing(rows=1)
    kept = store.database.rows("SELECT * FROM memory")
    store.rebuild()
    assert store.database.rows("SELECT * FROM memory") == kept


@pytest.mark.parametrize(("now", "grades"), [(4000, (4, 1)), (5000, (4, 1)), (6000, (1, 4))])
def test_an_answer_takes_its_turn_among_those_of_other_devices(store, now, grades):
    store.load([Event("f" * 32, 1, 5000, day(0), Kind.REVIEW, "one/a", 1)])
    answer(store, "one/a", 4, now=now)
    assert (store.standing("one/a").last_grade, store.standing("one/a").strength) == (
        grades[1], strength(*((0, grade) for grade in grades)),
    )  # fmt: skip
    assert store.check() == []


# ── what is derived ──────────────────────────────────────────────────────────────────────────────


def test_check_names_what_does_not_follow_and_rebuild_mends_it(path):
    with Store.open(path) as store:
        put(store, [card("a"), card("b")])
        answer(store, "one/a", 4)
        answer(store, "one/b", 4)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE memory SET due = '2027-01-01' WHERE root = 'one/a'")
        other.execute(
            "INSERT INTO memory SELECT 'one/x', at, 1, 1, 250, due, 0, '', '', '', 4, 1, 0, '', 0, '',"
            " 1.0, 1.0, '2026-11-23' FROM memory LIMIT 1"
        )
        other.execute("DELETE FROM texts WHERE number = 1")
        other.execute("DELETE FROM decks")
    with Store.open(path) as store:
        assert store.check() == [
            "card one/a has no text: mend it with: rung doctor --fix",
            "card one/a is of a deck that is not here: mend it with: rung doctor --fix",
            "card one/b is of a deck that is not here: mend it with: rung doctor --fix",
            "what is kept of card one/a does not follow from the log: mend it with: rung doctor --fix",
            "card one/x has a memory, but no row in the log: mend it with: rung doctor --fix",
        ]
        store.rebuild()
        assert not any("rebuild" in line for line in store.check())
        assert store.standing("one/a").memory == Memory(1, 1, 250, day(1))


def test_a_crash_between_two_statements_leaves_nothing_half(store, monkeypatch):
    answer(store, "one/a", 4)
    monkeypatch.setattr("rung.store.memory.note", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        answer(store, "one/a", 4, on=1)
    monkeypatch.undo()
    assert len(list(store.events())) == 1
    assert answer(store, "one/a", 4, on=1).sequence == 2
