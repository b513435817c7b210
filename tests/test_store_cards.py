"""Cards in the store: taken over, followed to new ids, found; what waits of them, and the figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from learner import HERE, answer, card, day, do, ids, put, strength
from rung.model import Deck, Kind, Memory, Standing
from rung.store import CardFile, Coming, DayRow, Done, Entry, Today
from rung.store.doctor import FIX
from rung.waiting import Waiting

# ── cards ────────────────────────────────────────────────────────────────────────────────────────


def test_stale_files(store):
    stamps = {"one.jsonl": (1, 1), "two.jsonl": (1, 1)}
    assert store.stale(HERE, stamps) == ("one.jsonl", "two.jsonl")
    put(store, [card("a")], [card("b", "two")])
    assert store.stale(HERE, stamps) == ()
    assert store.stale(HERE, {"one.jsonl": (2, 1), "new.jsonl": (1, 1)}) == ("new.jsonl", "one.jsonl", "two.jsonl")
    assert store.stale("elsewhere", stamps) == ("one.jsonl", "two.jsonl")


def test_a_changed_file_replaces_its_cards_and_no_others(store):
    put(store, [card("a"), card("b")], [card("x", "two")])
    file = CardFile("one.jsonl", Deck("one", "New title", "Course"), [card("c"), card("b", title="New")])
    store.sync_cards(HERE, {"one.jsonl": (2, 1), "two.jsonl": (1, 1)}, [file])
    assert ids(store.all_cards(HERE)) == ["one/c", "one/b", "two/x"]
    assert [(row.id, row.title, row.course, row.source, row.cards) for row in store.decks(HERE)] == [
        ("one", "New title", "Course", "Course", 2),
        ("two", "A deck", "Course", "Course, lesson 4.1", 1),
    ]
    assert '"title": "New"' in store.card(HERE, "one/b")
    assert store.card(HERE, "one/a") is None
    assert store.check() == []


def test_what_is_kept_of_cards_and_decks_is_what_their_files_say(store):
    deck = Deck("one", "A deck", "Course", "4.1", tags=("größe", "b"), rounds=("ai", "café"))
    cards = [card("a"), card("b", first="old/b", was=("old/b",))]
    files = [CardFile("one.jsonl", deck, cards), CardFile("two.jsonl", replace(deck, id="two"), [])]
    store.sync_cards(HERE, {"one.jsonl": (1, 1), "two.jsonl": (1, 1)}, files)
    assert store.strays(HERE, files) == []
    assert store.strays("elsewhere", []) == []
    cards_left = [f"card one/{name} is in no file: {FIX}" for name in "ab"]
    decks_left = [f"deck {name} is in no file: {FIX}" for name in ("one", "two")]
    assert store.strays(HERE, []) == [*cards_left, *decks_left]
    assert store.strays(HERE, files[:1]) == decks_left[1:]
    for change in ({"title": "Other"}, {"course": ""}, {"lesson": "5"}, {"tags": ("b",)}, {"rounds": ("ai",)}):
        other = CardFile("one.jsonl", replace(deck, **change), files[0].cards)
        assert store.strays(HERE, [other, files[1]]) == [f"deck one is not as its file has it: {FIX}"]
    turned = [f"deck {name} is not as its file has it: {FIX}" for name in ("two", "one")]
    assert store.strays(HERE, files[::-1]) == turned
    cards = [f"card one/{name} is not as its file has it: {FIX}" for name in "ba"]
    assert store.strays(HERE, [CardFile("one.jsonl", deck, files[0].cards[::-1]), files[1]]) == cards
    more = CardFile("three.jsonl", replace(deck, id="three"), [card("c", "three")])
    new = [f"{what} is not as its file has it: {FIX}" for what in ("card three/c", "deck three")]
    assert store.strays(HERE, [*files, more]) == new


def test_a_vanished_file_takes_its_cards_along_but_no_history(store):
    put(store, [card("a")], [card("x", "two")])
    answer(store, "two/x", 4)
    store.sync_cards(HERE, {"one.jsonl": (1, 1)}, [])
    assert [row.id for row in store.decks(HERE)] == ["one"]
    assert store.card(HERE, "two/x") is None
    assert store.standing("two/x").rows == 1
    assert store.check() == []


def test_cards_stand_in_the_order_of_their_file(store):
    put(store, [card("a"), card("b"), card("c")])
    numbers = "SELECT id, number FROM cards ORDER BY id"
    before = store.database.rows(numbers)
    put(store, [card("c"), card("b"), card("a")], time=2)
    assert ids(store.all_cards(HERE)) == ["one/c", "one/b", "one/a"]
    assert store.database.rows(numbers) == before, "what only moved is not written anew"


def test_decks_stand_in_the_order_of_the_files(store):
    put(store, [card("x", "two")], [card("a")])
    assert list(store.new(HERE, day(0))) == ["two", "one"]
    store.sync_cards(HERE, {"one.jsonl": (1, 1), "two.jsonl": (1, 1)}, [])
    assert list(store.new(HERE, day(0))) == ["one", "two"]


def test_cards_of_another_workspace_are_hidden_and_stay(store):
    put(store, [card("a")])
    put(store, [card("b")], workspace="elsewhere")
    answer(store, "one/b", 4)
    assert (ids(store.all_cards(HERE)), store.due(HERE, day(1)), store.card(HERE, "one/b")) == (["one/a"], (), None)
    assert ids(store.due("elsewhere", day(1))) == ["one/b"]


def test_history_follows_a_card_to_its_new_id(store):
    put(store, [card("a.c2")])
    put(store, [card("#a.c2")])
    before = answer(store, "one/#a.c2", 4)
    put(store, [card("#b.c2", first="one/#a", was=("one/#a",))])
    assert store.standing("one/#b.c2") == store.standing("one/#a.c2")
    assert store.standing("one/#b.c2").rows == 1
    after = answer(store, "one/#b.c2", 4, on=1)
    assert (before.card, after.card) == ("one/#a.c2", "one/#b.c2")
    assert list(store.events("one/#b.c2")) == list(store.events("one/#a.c2")) == [before, after]
    assert store.due_entries(HERE, day(7)) == (Entry("one/#b.c2", "one/#a.c2", "one/#b.c2", "one", 6, day(7)),)
    assert '"id": "one/#b.c2"' in store.card(HERE, "one/#a.c2")
    assert store.check() == []


def test_histories_that_turn_out_to_be_of_one_card_become_one(store):
    answer(store, "one/#a", 4)
    answer(store, "one/#b", 4, on=1)
    put(store, [card("#b", first="one/#a", was=("one/#a",))])
    assert store.standing("one/#b").memory == Memory(6, 2, 250, day(7))
    put(store, [card("#a"), card("#b")])  # the author thought better of it
    assert (store.standing("one/#a").rows, store.standing("one/#b").rows) == (1, 1)
    assert store.check() == []


def test_histories_of_several_cards_follow_at_once(store):
    answer(store, "one/#c", 4), answer(store, "one/#d", 1)
    put(store, [card("#c", first="one/#a", was=("one/#a",)), card("#d", first="one/#b", was=("one/#b",))])
    assert [store.standing(id_).last_grade for id_ in ("one/#a", "one/#b")] == [4, 1]
    assert store.check() == []


def test_a_retired_card_is_found_but_waits_for_nobody(store):
    put(store, [card("a", retired=True), card("b")])
    answer(store, "one/a", 1)
    assert store.due(HERE, day(1)) == store.redrills(HERE, day(0)) == ()
    assert ids(store.all_cards(HERE)) == ["one/b"]
    assert '"retired": true' in store.card(HERE, "one/a")
    assert [len(list(store.lines(HERE, **given))) for given in ({}, {"retired": False}, {"retired": True})] == [1, 1, 2]
    assert store.decks(HERE)[0].cards == 1


def test_lines_of_cards(store):
    put(store, [card("a", note_type="ladder"), card("b")], [card("c", "two")])
    assert ['"one/a"' in line for line in store.lines(HERE)] == [True, False, False]
    assert ['"one/a"' in line for line in store.lines(HERE, note_type="ladder")] == [True]
    assert ['"two/c"' in line for line in store.lines(HERE, ["two"])] == [True]
    assert list(store.lines(HERE, [])) == []


def test_where_the_facts_of_a_deck_come_from(store):
    put(store, [card("a")], [card("b", "two")])
    file = CardFile("two.jsonl", Deck("two", "A deck", "Other course"), [card("b", "two")])
    store.sync_cards(HERE, {"one.jsonl": (1, 1), "two.jsonl": (2, 1)}, [file])
    told = [store.source(HERE, deck) for deck in ("one", "two", "three")]
    assert told == ["Course, lesson 4.1", "Other course", ""]
    assert store.source("elsewhere", "one") == ""


def test_a_card_is_found_under_its_id_whatever_that_leads_to_elsewhere(store):
    put(store, [card("#a")])
    put(store, [card("#c", first="one/#b", was=("one/#a",))], workspace="elsewhere")
    assert '"id": "one/#a"' in store.card(HERE, "one/#a")
    assert '"id": "one/#c"' in store.card("elsewhere", "one/#a")


@pytest.mark.parametrize(
    ("tail", "found"),
    [
        ("spine", ["one/spine#a.c1", "one/spine#a.c2", "one/spine#b", "two/spine"]),
        ("spine#a", ["one/spine#a.c1", "one/spine#a.c2"]),
        ("one/spine#b", ["one/spine#b"]),
        ("spine#a.c", []),
        ("pine", []),
        ("two", []),
    ],
)
def test_cards_are_told_by_the_end_of_their_id_or_of_their_notes(store, tail, found):
    names = ("spine#b", "spine#a.c2", "spine#a.c1", "spiner#a")
    put(store, [*map(card, names), card("spine#r", retired=True)], [card("spine", "two")])
    assert store.ending(HERE, tail) == tuple(found)
    assert store.ending("elsewhere", tail) == ()


def test_near(store):
    put(store, [card(name) for name in ("spine#steps", "spine#stepo", "spine#stepp", "spine#stepq", "ladder#order")])
    assert store.near(HERE, "one/spine#steps1") == ("one/spine#steps", "one/spine#stepq", "one/spine#stepp")
    assert store.near("elsewhere", "one/spine#step") == ()


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("two/notes#fact", ["two/notes#fac"]),  # of its note
        ("two/laddr#order", ["two/ladder#order"]),  # of its deck
        ("deep/er/laddr#order", ["deep/er/ladder#order"]),
        ("spine", ["s/spines#a"]),  # with it somewhere
    ],
)
def test_of_many_cards_those_are_near_that_have_its_note_or_its_deck(store, monkeypatch, asked, near):
    monkeypatch.setattr("rung.store.shelf.LOOKED_AT", 1)
    others = [card(f"a{number}") for number in range(3)]
    order = ("ladder#order",)
    decks = {"two": ("ladder#order", "notes#fac"), "s": ("spines#a",), "deep/a": order, "deep/er": order}
    put(store, others, *([card(name, deck) for name in names] for deck, names in decks.items()))
    assert store.near(HERE, asked) == tuple(near)


# ── what waits ───────────────────────────────────────────────────────────────────────────────────


def test_due_cards_come_by_how_overdue_they_are_for_their_interval_then_by_id(store):
    put(store, [card(name) for name in "edcba"])
    for name, interval, due in [("a", 10, 5), ("b", 10, 0), ("c", 20, 0), ("d", 4, 8), ("e", 10, 11)]:
        do(store, Kind.SEED, f"one/{name}", interval=interval, due=day(due).isoformat())
    # on day 10: b 10/10, a 5/10, c 10/20, d 2/4; e is not due
    assert ids(store.due(HERE, day(10))) == ["one/b", "one/a", "one/c", "one/d"]


def test_what_is_due_and_what_is_not(store):
    put(store, [card(name) for name in ("due", "early", "suspended", "buried", "buried-before", "done", "new")])
    put(store, [card("off", "two")], workspace="elsewhere")
    for name in ("due", "early", "suspended", "buried", "buried-before", "done"):
        answer(store, f"one/{name}", 4)
    do(store, Kind.SET_DUE, "one/early", due=day(2).isoformat())
    do(store, Kind.SUSPEND, "one/suspended", on=True)
    do(store, Kind.BURY, "one/buried", on=1)
    do(store, Kind.BURY, "one/buried-before", on=0)
    answer(store, "one/done", 4, on=1)
    do(store, Kind.SET_DUE, "one/done", due=day(0).isoformat())
    assert store.due(HERE, day(1)) == (Waiting("one/buried-before", "one/buried-before"), Waiting("one/due", "one/due"))
    assert ids(store.due(HERE, day(1), ["one"])) == ["one/buried-before", "one/due"]
    assert ids(store.due(HERE, day(1), ["two"])) == []
    assert ids(store.ahead(HERE, day(1))) == ids(store.ahead(HERE, day(1), ["one"])) == ["one/early"]
    assert store.ahead(HERE, day(1), ["two"]) == ()
    assert ids(store.new(HERE, day(1))["one"]) == ["one/new"]


def test_nothing_comes_twice_when_the_day_goes_back(store):
    put(store, [card("a")])
    answer(store, "one/a", 4, on=5)
    do(store, Kind.SET_DUE, "one/a", due=day(0).isoformat())
    assert store.due(HERE, day(4)) == store.due(HERE, day(5)) == ()


def test_a_new_card_that_is_suspended_or_buried_does_not_come(store):
    put(store, [card("a"), card("b"), card("c")])
    do(store, Kind.SUSPEND, "one/a")
    do(store, Kind.BURY, "one/b")
    assert ids(store.new(HERE, day(0))["one"]) == ["one/c"]
    assert ids(store.new(HERE, day(1))["one"]) == ["one/b", "one/c"]


def test_a_deck_that_is_off_brings_no_new_cards_but_its_due_ones(store):
    put(store, [card("a"), card("b")], [card("c", "two")])
    answer(store, "one/a", 4)
    store.switch_deck("one", on=False)
    assert list(store.new(HERE, day(1))) == ["two"]
    assert list(store.new(HERE, day(1), ["one"])) == ["one"]
    assert ids(store.due(HERE, day(1))) == ["one/a"]
    put(store, [card("a"), card("b"), card("d")], [card("c", "two")], time=2)
    assert [(row.id, row.on) for row in store.decks(HERE)] == [("one", False), ("two", True)]
    store.switch_deck("one", on=True)
    assert list(store.new(HERE, day(1))) == ["two", "one"]


def test_new_cards_go_on_with_the_decks_of_which_least_has_been_begun(store):
    put(store, [card("a"), card("b")], [card("c", "two"), card("d", "two")], [card("e", "three")])
    assert list(store.new(HERE, day(0))) == ["one", "two", "three"]
    answer(store, "one/a", 4)
    assert list(store.new(HERE, day(0))) == ["two", "three", "one"]
    answer(store, "two/c", 1)
    assert list(store.new(HERE, day(1))) == ["three", "one", "two"]
    store.undo(now=0, day=day(1))
    assert list(store.new(HERE, day(1))) == ["two", "three", "one"]


def test_redrills_are_the_cards_whose_last_answer_that_day_was_under_four(store):
    put(store, [card(name) for name in "abcd"])
    answer(store, "one/b", 1)
    answer(store, "one/a", 3)
    answer(store, "one/c", 4)
    answer(store, "one/d", 0, on=1)
    assert store.redrills(HERE, day(0)) == (
        Waiting("one/b", "one/b", Kind.REDRILL),
        Waiting("one/a", "one/a", Kind.REDRILL),
    )
    assert (ids(store.redrills(HERE, day(0), ["one"])), ids(store.redrills(HERE, day(0), ["two"]))) == (
        ["one/b", "one/a"],
        [],
    )
    answer(store, "one/b", 4, kind=Kind.REDRILL)
    answer(store, "one/a", 2, kind=Kind.REDRILL)
    assert ids(store.redrills(HERE, day(0))) == ["one/a"]
    do(store, Kind.BURY, "one/a")
    assert ids(store.redrills(HERE, day(0))) == []


def test_what_waits_says_its_family_and_how_it_is_asked(store):
    put(
        store,
        [card(name, family="f" + name) for name in "abc"],
        [card(name, "two", kind="drill", family="f" + name) for name in "de"],
    )
    answer(store, "one/a", 1)
    do(store, Kind.SET_DUE, "two/e", due=day(2).isoformat())
    do(store, Kind.SET_DUE, "one/b", due=day(3).isoformat())
    answer(store, "two/d", 1)
    for drills in (False, True):
        store.drills = drills
        drill, later = ["two/d"] * drills, ["two/e"] * drills
        assert store.due(HERE, day(1))[0] == Waiting("one/a", "fa")
        assert ids(store.due(HERE, day(1))) == ["one/a", *drill]
        assert store.ahead(HERE, day(1))[-1] == Waiting("one/b", "fb")
        assert ids(store.ahead(HERE, day(1))) == [*later, "one/b"]
        assert store.new(HERE, day(1)) == {"one": (Waiting("one/c", "fc", new=True),)}
        assert store.redrills(HERE, day(0))[0] == Waiting("one/a", "fa", Kind.REDRILL)
        assert ids(store.redrills(HERE, day(0))) == ["one/a", *drill]
        practice = [Waiting(f"one/{name}", f"f{name}", Kind.PRACTICE) for name in "abc"]
        assert store.all_cards(HERE)[:3] == tuple(practice)
        assert ids(store.all_cards(HERE)) == ["one/a", "one/b", "one/c", *drill, *later]
        assert ids(store.all_cards(HERE, ["two"])) == [*drill, *later]
        assert store.roots(HERE) == {"one/a", "one/b", "one/c", *drill, *later}
        assert store.roots("elsewhere") == frozenset()
        assert store.done(HERE, day(0)) == Done(0, 1 + drills, frozenset({"fa", "fd"}))
        assert store.count_due(HERE, day(1)) == 1 + drills
        assert store.next_due(HERE, day(0)) == Coming(day(1), 1 + drills)
        assert store.forecast(HERE, day(1), 3) == (1 + drills, len(later), 1)


def test_a_sitting_is_within_what_is_left_of_the_day(store):
    put(store, [card(f"{number}", family=f"f{number // 2}") for number in range(8)], [card("x", "two")])
    for number in (0, 2):
        answer(store, f"one/{number}", 4)

    def line(reviews, news, decks=None):
        return ids(store.line(HERE, day(1), reviews, news, decks))

    assert line(0, 0) == []
    assert line(1, 0) == ["one/0"]
    assert line(9, 0) == ["one/0", "one/2"]
    assert (line(9, 0, ["one"]), line(9, 0, ["two"])) == (["one/0", "one/2"], [])
    assert line(0, 1) == ["two/x"]
    assert line(0, 2) == ["two/x", "one/1"]
    assert line(0, 9, ["one"]) == ["one/1", "one/3", "one/4", "one/6"]
    answer(store, "one/0", 4, on=1), answer(store, "two/x", 4, on=1)
    assert line(1, 1) == []
    assert line(2, 2) == ["one/2", "one/1"]
    assert line(0, 0) == []


def test_of_new_cards_no_more_families_are_read_than_are_wanted(store):
    put(store, [card(f"{number}", family=f"f{number // 2}") for number in range(6)])
    found = {most: store.new(HERE, day(0), most=most) for most in (0, 1, 2, None)}
    assert {most: ids(each.get("one", ())) for most, each in found.items()} == {
        0: [],
        1: ["one/0", "one/1"],
        2: ["one/0", "one/1", "one/2", "one/3"],
        None: [f"one/{number}" for number in range(6)],
    }
    assert found[0] == {}


def test_what_a_day_has_seen_and_what_is_left_of_it(store):
    put(store, [card(name) for name in "abcd"])
    for name in "ab":
        answer(store, f"one/{name}", 4)
    answer(store, "one/a", 1, on=1)
    answer(store, "one/c", 5, on=1)
    answer(store, "one/c", 5, on=1)
    answer(store, "one/d", 5, on=1, kind=Kind.QUIZ)
    assert store.done(HERE, day(1)) == Done(reviews=1, new=1, families=frozenset({"one/c"}))
    assert store.today(HERE, day(1), 2, 2) == Today(due=1, new=1, again=1, next=day(2))
    assert store.today(HERE, day(1), 1, 1) == Today(due=0, new=0, again=1, next=day(2))
    for _ in range(3):
        store.undo(now=0, day=day(1))
    assert store.done(HERE, day(1)) == Done(reviews=1, new=0, families=frozenset())


def test_the_next_day_with_something_due(store):
    put(store, [card("a"), card("b"), card("c")])
    assert store.next_due(HERE, day(0)) is None
    for name in "abc":
        answer(store, f"one/{name}", 4)
    assert store.next_due(HERE, day(0)) == Coming(day(1), 3)
    assert store.next_due(HERE, day(0), ["two"]) is None
    answer(store, "one/a", 4, on=1)
    do(store, Kind.BURY, "one/b", on=1)
    assert store.next_due(HERE, day(1)) == Coming(day(2), 1)
    assert store.next_due(HERE, day(2)) == Coming(day(7), 1)


def test_decks_with_what_waits_in_them(store):
    put(store, [card("a"), card("b"), card("c"), card("d", retired=True)])
    answer(store, "one/a", 4)
    do(store, Kind.SUSPEND, "one/b")
    (row,) = store.decks(HERE, day(1))
    assert (row.cards, row.new, row.due) == (3, 1, 1)
    assert store.decks(HERE)[0].due == 0


def test_events_of_the_same_day_after_a_reset_count_from_new(store):
    put(store, [card("a")])
    answer(store, "one/a", 4)
    do(store, Kind.RESET, "one/a")
    assert store.done(HERE, day(0)) == Done(0, 0, frozenset())
    assert ids(store.new(HERE, day(0))["one"]) == ["one/a"]
    answer(store, "one/a", 5)
    assert store.done(HERE, day(0)) == Done(0, 1, frozenset({"one/a"}))
    assert replace(store.standing("one/a"), rows=0) == Standing(
        Memory(1, 1, 260, day(1)), day(0), day(0), day(0), 5, strength=strength((0, 5))
    )


# ── figures ──────────────────────────────────────────────────────────────────────────────────────


def test_forecast(store):
    put(store, [card("a"), card("b"), card("c")])
    for name in "ab":
        answer(store, f"one/{name}", 4)
    answer(store, "one/b", 4, on=1)
    assert store.forecast(HERE, day(1), 8) == (1, 0, 0, 0, 0, 0, 1, 0)
    assert store.forecast(HERE, day(3), 3) == (1, 0, 0)


def test_streak(store):
    assert store.streak(day(0)) == 0
    answer(store, "one/a", 4, on=0, kind=Kind.QUIZ)
    answer(store, "one/a", 4, on=1)
    do(store, Kind.SUSPEND, "one/a", 2)
    assert [store.streak(day(number)) for number in (0, 1, 2, 3)] == [1, 2, 2, 0]
    answer(store, "one/a", 4, on=2)
    assert store.streak(day(2)) == 3
    store.undo(now=0, day=day(2))
    assert store.streak(day(2)) == 2


def test_days(store):
    answer(store, "one/a", 1, took=1000)
    answer(store, "one/a", 4, took=500, kind=Kind.REDRILL)
    answer(store, "one/b", 4, took=10, on=1)
    answer(store, "one/b", 4, on=2)
    store.undo(now=0, day=day(2))
    assert store.days(day(0)) == (DayRow(day(0), 2, 1, 1500), DayRow(day(1), 1, 1, 10))
    assert store.days(day(1)) == (DayRow(day(1), 1, 1, 10),)
