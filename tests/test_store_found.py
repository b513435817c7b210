"""Cards found in a store: each word of a search, and all of them against what follows from the log."""

from __future__ import annotations

import re
from datetime import timedelta
from operator import eq, ge, gt, le, lt, ne

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learner import HERE, MONDAY, answer, card, day, do, put
from rung import recall
from rung.cards import choice
from rung.cards.choice import Item
from rung.model import ANSWERS, Kind, Standing
from rung.search import (
    BUTTONS,
    Either,
    Every,
    Flag,
    Introduced,
    Is,
    Named,
    Not,
    Prop,
    Rated,
    Words,
    asks_for_retired,
    fits,
    parsed,
)
from rung.store import Store
from rung.store.shelf import words_of

TODAY = day(10)
CARDS = (
    card("spine#a.c1", "big/one", content=("What is the latency budget?", "100 ms"), tags=("topic::spine", "original")),
    card(
        "spine#a.c2",
        "big/one",
        content=("Who does the ranking?", "The café budget"),
        level="L5",
        kind="cloze",
    ),
    card("spine#b", "big/one", content=("Old budget", ""), retired=True, tags=("original",)),
    card("ladder#L6", "two", content=("latency ranking", "x_y"), level="L6", note_type="ladder", kind="choice"),
    card("ladder#L7", "two", content=("Whose budget latency?", ""), level="L7", note_type="ladder", tags=("a_b", "a%")),
    card("fresh", "two", content=("the feature store", "")),
    card("other", "two", content=("a store of features", ""), kind="drill"),
)


def lived(store):
    """What a learner did with CARDS up to TODAY."""
    put(store, [each for each in CARDS if each.deck == "big/one"], [each for each in CARDS if each.deck == "two"])
    put(store, [card("hidden", "one", content=("latency", "elsewhere"))], workspace="elsewhere")
    a1, a2, gone, l6, l7, _, other = (each.id for each in CARDS)
    for number, grade in enumerate((5, 1, 4, 3)):
        answer(store, a1, grade, on=number)
    answer(store, a2, 4, on=4), answer(store, a2, 0, on=10), answer(store, gone, 4, on=2)
    do(store, Kind.SEED, l6, interval=30, ease=190, lapses=9, due=day(9).isoformat())
    do(store, Kind.FLAG, l6, flag=3), do(store, Kind.TAG, l6, tags=["hard", "a_b"])
    do(store, Kind.SEED, l7, interval=4, due=day(9).isoformat()), do(store, Kind.SUSPEND, l7, on=True)
    (
        do(store, Kind.TAG, a2, tags=["axb"]),
        do(store, Kind.TAG, l7, tags=["hard::very"]),
        do(store, Kind.BURY, other, on=10),
    )
    answer(store, other, 5, on=9, kind=Kind.QUIZ), answer(store, l7, 2, on=8, kind=Kind.PRACTICE)
    answer(store, other, 1, on=10), store.undo(now=0, day=day(10))


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("found") / "rung.db") as store:
        lived(store)
        yield store


def found(store, text):
    query = parsed(text, store.names(HERE))
    return [id_.rpartition("/")[2] for id_ in store.found(HERE, query, TODAY)]


A1, A2, GONE, L6, L7, FRESH, OTHER = (each.id.rpartition("/")[2] for each in CARDS)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", [A1, A2, L6, L7, FRESH, OTHER]),
        ("LATEN", [L6, L7, A1]),  # the best first
        ("laten*", [L6, L7, A1]),
        ('"laten"', []),
        ("budget latency", [L7, A1]),
        ('"latency budget"', [A1]),
        ('"feature store"', [FRESH]),
        ("feature", [FRESH, OTHER]),
        ("cafe", [A2]),
        ("budget -latency", [A2]),
        ("ranking or feature", [A2, L6, FRESH, OTHER]),
        ("elsewhere", []),
        ("x_y", [L6]),
        ("NOT", []),
        ("is:due", [A1, L6]),
        ("is:new", [FRESH, OTHER]),
        ("is:learnt", [A1, A2, L6, L7]),
        ("is:again", [A2]),
        ("is:suspended", [L7]),
        ("is:buried", [OTHER]),
        ("is:leech", [L6]),
        ("is:retired", [GONE]),
        ("budget is:retired", [GONE]),
        ("is:retired is:due", []),
        ("is:retired -is:due prop:due<0", [GONE]),
        ("is:learnt or is:retired", [A1, A2, GONE, L6, L7]),
        ("level:L6", [L6]),
        ("-level:L6 -level:l7 deck:two", [FRESH, OTHER]),
        ("deck:big", [A1, A2]),
        ("deck:one", [A1, A2]),
        ("deck:t*", [L6, L7, FRESH, OTHER]),
        ("type:ladder", [L6, L7]),
        ("kind:drill", [OTHER]),
        ("tag:original", [A1]),
        ("tag:topic", [A1]),
        ("tag:topic::sp*", [A1]),
        ("tag:*spine", [A1]),
        ("tag:to*sp*", [A1]),
        ("tag:hard", [L6, L7]),
        ("tag:a_b", [L6, L7]),
        ("tag:axb or tag:ax", [A2]),
        ("tag:a%", [L7]),
        ("tag:none", [FRESH, OTHER]),
        ("flag:3", [L6]),
        ("flag:0", [A1, A2, L7, FRESH, OTHER]),
        ("prop:ease<2", [L6]),
        ("-prop:ease<2", [A1, A2, L7, FRESH, OTHER]),
        ("prop:ivl>=21", [L6]),
        ("prop:lapses>3", [L6]),
        ("prop:lapses<1", [L7, FRESH, OTHER]),
        ("prop:r<0.9", [A1, L6, L7]),
        ("prop:r>=0.9", [A2]),
        ("prop:r>=1", [A2]),
        ("-prop:r<0.9", [A2, FRESH, OTHER]),
        ("prop:reps>=3", [A1]),
        ("prop:reps=0", [L6, FRESH]),
        ("prop:due=-1", [A1, L6, L7]),
        ("prop:due<=3", [A1, A2, L6, L7]),
        ("rated:1", [A2]),
        ("rated:2", [A2, OTHER]),
        ("rated:7", [A2, L7, OTHER]),
        ("rated:7:1", [A2, L7]),
        ("rated:10:1", [A1, A2, L7]),
        ("introduced:7", [A2]),
        ("id:spine", [A1, A2]),
        ("id:spine#a.c2", [A2]),
        ("id:big/one/spine#a", [A1, A2]),
        ("id:ladder#L*", [L6, L7]),
    ],
)
def test_found(full, text, ids):
    assert found(full, text) == ids


def test_the_search_follows_edits(store):
    put(store, [card("a", content=("Old?", "Yes."))])
    put(store, [card("a", content=("Young?", "Yes."))])
    assert (found(store, "old"), found(store, "young")) == ([], ["a"])
    put(store, [card("b")])
    assert found(store, "young") == []


def test_all_that_a_card_says_is_found(store):
    options = (Item("a", "Trees"), Item("b", "Deep nets"))
    asked = card("a", title="Title", content=choice.Content("Which?", options, "b"), level="L5", tags=("topic::x",))
    assert " ".join(words_of(asked).split()) == "Title Which? a Trees b Deep nets b L5 topic::x"
    put(store, [asked, card("b")])
    for word in ("title", "which", "nets", "deep", "l5"):
        assert found(store, word) == ["a"]


def test_signs_in_a_name_stand_for_themselves(store):
    tags = {"a": "x\\y", "b": "x_y", "c": "x%y", "d": "xzy"}
    put(store, [card(name) for name in tags])
    for name, tag in tags.items():
        do(store, Kind.TAG, f"one/{name}", tags=[tag])
    assert {name: found(store, f"tag:{tag}") for name, tag in tags.items()} == {name: [name] for name in tags}


@pytest.mark.parametrize(
    ("text", "asked"), [("tag:hard", True), ("tag:ha*", True), ("tag:*ard", False), ("tag:none", False)]
)
def test_the_index_of_words_is_asked_for_a_tag_that_begins_with_one(full, text, asked):
    statements = []
    full.database.connection.set_trace_callback(statements.append)
    found(full, text)
    full.database.connection.set_trace_callback(None)
    assert any("texts_fts MATCH" in each for each in statements) is asked


def test_a_retired_card_waits_for_nobody(store):
    put(store, [card("a", retired=True), card("b")])
    answer(store, "one/a", 1, on=10), answer(store, "one/b", 1, on=10)
    assert (found(store, "is:again"), found(store, "is:retired is:again")) == (["b"], [])
    assert found(store, "is:retired -is:again") == ["a"]


def test_names_for_a_search(full):
    assert full.names(HERE) == {"deck": ("big/one", "two"), "type": ("fact", "ladder")}


@pytest.mark.parametrize("days", [1, 36_500])
def test_days_end_where_the_calendar_does(store, days):
    put(store, [card("a")])
    for when in (MONDAY.min, MONDAY.max):
        for text in (f"rated:{days}", f"introduced:{days}", "prop:due<999999999", "prop:due>-999999999"):
            assert store.found(HERE, parsed(text), when) == ()


# ── against the log ──────────────────────────────────────────────────────────────────────────────

SIGNS = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def holds(query, card, standing, events):
    """What docs/search.md says, of a card, what follows from its log, and its rows that were not taken back."""
    memory = standing.memory
    match query:
        case Every(of):
            return all(holds(each, card, standing, events) for each in of)
        case Either(of):
            return any(holds(each, card, standing, events) for each in of)
        case Not(of):
            return not holds(of, card, standing, events)
        case Words(text, whole):
            wanted, have = (re.findall("[a-z0-9]+", each.lower()) for each in (text, words_of(card)))
            runs = [have[at : at + len(wanted)] for at in range(len(have) - len(wanted) + 1)]
            ends = str.__eq__ if whole else str.startswith
            return any(run[:-1] == wanted[:-1] and ends(run[-1], wanted[-1]) for run in runs)
        case Named("tag", "none"):
            return not card.tags and not standing.tags
        case Named("tag"):
            return any(fits(query, tag) for tag in (*card.tags, *standing.tags))
        case Named(key):
            return fits(query, {"type": card.note_type}.get(key) or getattr(card, key))
        case Flag(number):
            return standing.flag == number
        case Prop("lapses" | "reps" as name, sign, number):
            return SIGNS[sign]((memory.lapses if memory else 0) if name == "lapses" else standing.rows, number)
        case Prop("r", sign, number):
            return memory is not None and SIGNS[sign](recall.recall(standing.strength, TODAY), number / 100)
        case Prop(name, sign, number):
            return memory is not None and SIGNS[sign](
                {"ease": memory.ease, "ivl": memory.interval, "due": (memory.due - TODAY).days}[name], number
            )
        case Rated(days, button):
            least, most = BUTTONS.get(button, (0, 5))
            return any(
                each.kind in ANSWERS and TODAY - timedelta(days) < each.day <= TODAY and least <= each.grade <= most
                for each in events
            )
        case Introduced(days):
            return standing.first_day is not None and TODAY - timedelta(days) < standing.first_day <= TODAY
        case Is(state):
            waits = not standing.suspended and standing.buried != TODAY and not card.retired
            return {
                "new": memory is None,
                "learnt": memory is not None,
                "due": waits and memory and memory.due <= TODAY and standing.reviewed != TODAY,
                "again": waits and standing.drills_again(TODAY),
                "suspended": standing.suspended,
                "buried": standing.buried == TODAY,
                "leech": memory and memory.leech,
                "retired": card.retired,
            }[state]


def one_of(*values):
    return st.sampled_from(values)


STATES = ("due", "new", "learnt", "again", "suspended", "buried", "leech", "retired")
LEAVES = st.one_of(
    st.builds(Words, one_of("budget", "lat", "latency budget", "x_y", "the", "100"), st.booleans()),
    st.builds(Is, one_of(*STATES)),
    st.builds(Named, one_of("deck"), one_of("big", "one", "t*", "*o*")),
    st.builds(Named, one_of("type", "kind"), one_of("ladder", "recall", "c*", "*")),
    st.builds(Named, one_of("level"), one_of("L5", "l6", "L*")),
    st.builds(Named, one_of("tag"), one_of("hard", "topic", "a_b", "a%", "*", "none", "*e", "axb", "orig*")),
    st.builds(Named, one_of("id"), one_of("spine", "spine#a", "*L6", "two", "a.c1")),
    st.builds(Flag, one_of(0, 3, 7)),
    st.builds(Prop, one_of("ease", "ivl", "lapses", "reps", "due"), one_of(*SIGNS), st.integers(-3, 10)),
    st.builds(Prop, one_of("ease"), one_of(*SIGNS), st.integers(185, 260)),
    st.builds(Prop, one_of("r"), one_of("<", "<=", ">", ">="), st.integers(0, 100)),
    st.builds(Rated, st.integers(1, 12), one_of(None, 1, 2, 3, 4)),
    st.builds(Introduced, st.integers(1, 12)),
)
QUERIES = st.recursive(
    LEAVES,
    lambda some: st.one_of(
        some.map(Not),
        st.lists(some, min_size=2, max_size=3).map(lambda of: Every(tuple(of))),
        st.lists(some, min_size=2, max_size=3).map(lambda of: Either(tuple(of))),
    ),
    max_leaves=8,
)


@given(QUERIES)
def test_what_is_found_is_what_holds_of_the_log(full, query):
    voided = full.voided()
    wanted = {
        each.id
        for each in CARDS
        if (not each.retired or asks_for_retired(query))
        and holds(
            query,
            each,
            full.standing(each.id),
            [event for event in full.events(each.id) if (event.device, event.sequence) not in voided],
        )
    }
    got = full.found(HERE, query, TODAY)
    assert set(got) == wanted
    assert len(got) == len(set(got))


@given(st.text(alphabet="ab \"()-:*%_\\'\0é7<=#/", max_size=40))
def test_whatever_is_typed_finds_something_or_nothing(full, text):
    query = parsed(text)
    if isinstance(query, Every | Either | Words | Not):
        assert set(full.found(HERE, query, TODAY)) <= {each.id for each in CARDS}


def test_a_card_of_which_nothing_is_known_is_new(full):
    assert full.standing(FRESH) == Standing()
