"""Whatever a learner, an author and a second device do: what the store keeps is the fold of its log."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from learner import HERE, MONDAY, card
from rung import replay
from rung.model import ANSWERS, Deck, Kind, Standing
from rung.schedulers import sm2
from rung.store import CardFile, Store

NAMES = [f"#{letter}.c1" for letter in "abc"]
DETAILS = {
    Kind.SUSPEND: st.fixed_dictionaries({"on": st.booleans()}),
    Kind.BURY: st.just({}),
    Kind.FLAG: st.fixed_dictionaries({"flag": st.integers(0, 7)}),
    Kind.TAG: st.fixed_dictionaries({"tags": st.lists(st.sampled_from(["x", "ü"]), max_size=2)}),
    Kind.RESET: st.just({}),
    Kind.SET_DUE: st.integers(-3, 30).map(lambda n: {"due": (MONDAY + timedelta(days=n)).isoformat()}),
    Kind.SEED: st.fixed_dictionaries({"interval": st.integers(1, 40), "ease": st.integers(130, 300)}),
    Kind.PLAN: st.sampled_from([{"interview": "2027-01-11"}, {"tick": "mocks"}, {"drop": True}]),
}


@pytest.fixture(scope="module")
def empty_store():
    """An empty store to copy, for making one takes longer than a whole run of steps."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        Store.open(path).close()
        yield path


class Stores(RuleBasedStateMachine):
    """Two devices of one learner, whose clocks and time zones are as bad as they come, and an author who renames."""

    empty: Path
    ids = Bundle("ids")

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.paths = [self.folder / "one.db", self.folder / "two.db"]
        for path in self.paths:
            shutil.copy(self.empty, path)
        self.stores = [Store.open(path) for path in self.paths]
        self.now, self.day, self.version = 1_795_000_000_000, MONDAY, 0
        self.cards = {name: card(name, content=(name,)) for name in NAMES}  # by what they were first called
        self.roots = {}

    def teardown(self):
        for store in self.stores:
            store.close()
        shutil.rmtree(self.folder)

    @initialize(target=ids)
    def begin(self):
        return f"one/{NAMES[0]}"

    @rule(target=ids, name=st.sampled_from(NAMES))
    def another_card(self, name):
        return f"one/{name}"

    # ── the learner ──

    @rule(which=st.integers(0, 1), id_=ids, kind=st.sampled_from(sorted(ANSWERS)), grade=st.integers(0, 5))
    def answer(self, which, id_, kind, grade):
        self.stores[which].record(kind, now=self.now, day=self.day, card=id_, grade=grade)

    @rule(which=st.integers(0, 1), id_=ids, data=st.data(), kind=st.sampled_from(sorted(DETAILS)))
    def do(self, which, id_, data, kind):
        detail = data.draw(DETAILS[kind])
        self.stores[which].record(kind, now=self.now, day=self.day, card=id_, detail=detail)

    @rule(which=st.integers(0, 1), marked=st.sets(ids, min_size=2), flag=st.integers(0, 7))
    def mark(self, which, marked, flag):
        self.stores[which].mark(Kind.FLAG, {id_: {"flag": flag} for id_ in marked}, now=self.now, day=self.day)

    @rule(which=st.integers(0, 1), steps=st.integers(1, 3))
    def undo(self, which, steps):
        for _ in range(steps):
            store = self.stores[which]
            rows = {id_: standing.rows for id_, standing in self.standings(store).items()}
            for event in store.undo(now=self.now, day=self.day):
                assert event.device == store.device
                assert (event.device, event.sequence) in store.voided()
            assert rows == {id_: standing.rows for id_, standing in self.standings(store).items()}

    @rule(seconds=st.integers(-90_000, 90_000))
    def the_clock_is_set(self, seconds):
        self.now = max(0, self.now + 1000 * seconds)

    @rule(days=st.integers(-1, 12))
    def days_pass(self, days):
        self.day += timedelta(days=days)

    @rule(which=st.integers(0, 1))
    def reopen(self, which):
        self.stores[which].close()
        self.stores[which] = Store.open(self.paths[which], create=False)

    @rule(which=st.integers(0, 1))
    def rebuild(self, which):
        before = self.standings(self.stores[which])
        self.stores[which].rebuild()
        assert self.standings(self.stores[which]) == before

    @rule(which=st.integers(0, 1), newest_first=st.booleans(), end=st.integers(0, 20))
    def take_over_some_rows(self, which, newest_first, end):
        rows = list(self.stores[1 - which].events(newest_first=newest_first))[:end]
        own = self.stores[which].device
        self.stores[which].load(row for row in rows if row.device != own)

    @rule()
    def meet(self):
        one, two = self.stores
        one.load(two.log())
        two.load(list(one.log(two.heads())) or one.log())
        two.load(one.log())
        assert list(one.events()) == list(two.events())

    # ── the author ──

    @rule(which=st.integers(0, 1), name=st.sampled_from(NAMES), title=st.sampled_from("ST"), retired=st.booleans())
    def edit(self, which, name, title, retired):
        self.cards[name] = replace(self.cards[name], title=title, retired=retired)
        self.sync(which)

    @rule(target=ids, which=st.integers(0, 1), name=st.sampled_from(NAMES))
    def rename(self, which, name):
        old = self.cards[name]
        self.version += 1
        part = f"one/#n{self.version}"
        first = old.first or old.part
        self.cards[name] = replace(old, id=part + ".c1", first=first, was=(*old.was, old.part))
        self.sync(which)
        return part + ".c1"

    @rule(which=st.integers(0, 1))
    def undo_the_renaming(self, which):
        """The sources forget what a card was called for a time; the store does not."""
        self.cards = {name: card(name, content=(name,)) for name in NAMES}
        self.sync(which)

    def sync(self, which):
        store = self.stores[which]
        self.version += 1
        cards = list(self.cards.values())
        stamps = {"one.jsonl": (self.version, 1)}
        assert store.stale(HERE, stamps)
        store.sync_cards(HERE, stamps, [CardFile("one.jsonl", Deck("one", "One", "Course"), cards)])
        assert not store.stale(HERE, stamps)
        roots = self.roots.setdefault(which, {})
        for each in cards:
            roots |= dict.fromkeys((each.id, *(part + each.hole for part in each.was)), each.root)

    # ── what always holds ──

    def standings(self, store):
        return store.standings({event.card for event in store.events() if event.card})

    @invariant()
    def what_is_kept_is_the_fold_of_the_log(self):
        for which, store in enumerate(self.stores):
            events = list(store.log())
            roots = self.roots.get(which, {})

            def root(event, roots=roots):
                return roots.get(event.card, event.card)

            for kept, group in groupby(sorted(events, key=root), key=root):
                standing = replay.standing(group, sm2, store.voided()) if kept else Standing()
                assert store.standing(kept) == standing

    @invariant()
    def the_store_is_sound(self):
        for store in self.stores:
            assert [line for line in store.check() if " has gaps " not in line] == []

    @invariant()
    def no_device_has_gaps_in_its_own_log(self):
        for store in self.stores:
            own = [event for event in store.log() if event.device == store.device]
            assert [event.sequence for event in own] == list(range(1, len(own) + 1))
            assert all(one.at < two.at for one, two in pairwise(own))

    @invariant()
    def every_card_waits_in_one_place_at_most(self):
        for store in self.stores:
            due = {waiting.card for waiting in store.due(HERE, self.day)}
            new = {waiting.card for deck in store.new(HERE, self.day).values() for waiting in deck}
            ahead = {waiting.card for waiting in store.ahead(HERE, self.day)}
            assert len(due) + len(new) + len(ahead) == len(due | new | ahead)


def test_whatever_happens_the_store_is_the_fold_of_its_log(empty_store):
    machine = type("Stores", (Stores,), {"empty": empty_store})
    run_state_machine_as_test(machine, settings=settings(max_examples=20, stateful_step_count=25, deadline=None))
