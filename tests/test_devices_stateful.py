"""Whatever several devices, copies of them and those who carry their folders do: they arrive at one log."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from itertools import count, permutations
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from learner import MONDAY
from rung import journal
from rung.devices import synced
from rung.model import ANSWERS, Kind
from rung.store import Store

WHICH = st.integers(0, 9)
CARDS = ["one/#a", "one/#b"]


@pytest.fixture(scope="module")
def empty_store():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        Store.open(path).close()
        yield path


class Devices(RuleBasedStateMachine):
    """Up to five stores with a folder each. What is carried between those may be cut anywhere; a store may be copied
    with all its files, or put back to what it was. Each answer is told from all others by a number."""

    empty: Path

    def __init__(self):
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        self.now, self.day, self.numbers, self.copies = 1_795_000_000_000, MONDAY, count(1), count(1)
        self.stores, self.kept = [], {}
        for _ in range(3):
            self.join(self.empty)

    def join(self, path):
        place = self.place / str(len(self.stores))
        (place / "shared").mkdir(parents=True)
        shutil.copy(path, place / "rung.db")
        self.stores.append(Store.open(place / "rung.db"))

    def which(self, number):
        return number % len(self.stores)

    def folder(self, which):
        return self.place / str(which) / "shared"

    # ── learners ──

    @rule(which=WHICH, card=st.sampled_from(CARDS), kind=st.sampled_from(sorted(ANSWERS)), grade=st.integers(0, 5))
    def answer(self, which, card, kind, grade):
        detail = {"answer": next(self.numbers)}
        store = self.stores[self.which(which)]
        store.record(kind, now=self.now, day=self.day, card=card, grade=grade, took=next(self.numbers), detail=detail)

    @rule(which=WHICH)
    def undo(self, which):
        self.stores[self.which(which)].undo(now=self.now, day=self.day)

    @rule(seconds=st.integers(-90_000, 90_000), days=st.integers(-1, 12))
    def time_passes(self, seconds, days):
        self.now = max(0, self.now + 1000 * seconds)
        self.day += timedelta(days=days)

    @rule(which=WHICH)
    def sync(self, which):
        self.synced(self.which(which))

    def synced(self, which):
        return synced(self.stores[which], self.folder(which))

    # ── carriers ──

    @rule(one=WHICH, other=WHICH, wins=st.booleans(), cut=st.integers(0, 400))
    def carry(self, one, other, wins, cut):
        """Carry all files of a folder to another; the last bytes may be missing still."""
        one, other = self.which(one), self.which(other)
        for path in sorted(self.folder(one).iterdir()):
            data, target = path.read_bytes(), self.folder(other) / path.name
            there = target.read_bytes() if target.exists() else b""
            if data == there:
                continue
            if data.startswith(there):
                target.write_bytes(data[: max(len(there), len(data) - cut)])
            elif not any(each.read_bytes().startswith(data) for each in self.folder(other).iterdir()):  # two wrote it
                copy = target.with_name(f"{path.name[:32]}.sync-conflict-{next(self.copies)}.jsonl")
                copy.write_bytes(there if wins else data)
                target.write_bytes(data if wins else there)

    # ── what must not happen, but does ──

    @rule(which=WHICH, with_files=st.booleans())
    def copy(self, which, with_files):
        if len(self.stores) < 5:
            which = self.which(which)
            self.reopen(which, None)
            self.join(self.place / str(which) / "rung.db")
            if with_files:
                shutil.copytree(self.folder(which), self.folder(len(self.stores) - 1), dirs_exist_ok=True)

    @rule(which=WHICH)
    def keep(self, which):
        which = self.which(which)
        self.reopen(which, None)
        self.kept[which] = (self.place / str(which) / "rung.db").read_bytes()

    @rule(which=WHICH)
    def put_back(self, which):
        which = self.which(which)
        if which in self.kept:
            self.reopen(which, self.kept[which])

    @rule(which=WHICH)
    def restore(self, which):
        """As `rung restore` leaves it: what was logged here before is another device's now."""
        which = self.which(which)
        self.reopen(which, None)
        backup = self.place / f"{next(self.copies)}.db"
        self.stores[which].backup(backup)
        self.reopen(which, backup.read_bytes())

    def reopen(self, which, content):
        self.stores[which].close()
        path = self.place / str(which) / "rung.db"
        if content:
            path.write_bytes(content)
        self.stores[which] = Store.open(path)

    # ── what always holds ──

    @invariant()
    def the_stores_are_sound(self):
        for store in self.stores:
            assert [line for line in store.check() if " has gaps " not in line] == []

    @rule()
    def all_meet(self):
        """After some rounds all have every answer that stood anywhere, once, and nobody has anything to say."""
        numbers = {number for which, _ in enumerate(self.stores) for number in self.answers(which)}
        for folder in map(self.folder, range(len(self.stores))):
            rows = [row for path in folder.iterdir() for row in journal.read(path.name, path.read_bytes()).rows]
            numbers |= {row.event.detail["answer"] for row in rows if row.event.kind is not Kind.VOID}
        for _ in range(12):
            for one, other in permutations(range(len(self.stores)), 2):
                self.carry(one, other, wins=one < other, cut=0)
            told = [self.synced(which) for which, _ in enumerate(self.stores)]
            if not any(each.came or each.went or each.parted for each in told):
                break
        assert [each.problems for each in told] == [()] * len(self.stores)
        logs = [list(store.log()) for store in self.stores]
        assert all(log == logs[0] for log in logs)
        assert all(Counter(self.answers(which)) == dict.fromkeys(numbers, 1) for which, _ in enumerate(self.stores))
        standings = [store.standings(CARDS) for store in self.stores]
        assert all(each == standings[0] for each in standings)
        assert [store.check() for store in self.stores] == [[]] * len(self.stores)

    def answers(self, which):
        return [event.detail["answer"] for event in self.stores[which].log() if event.kind is not Kind.VOID]

    def teardown(self):
        try:
            self.all_meet()
        finally:
            for store in self.stores:
                store.close()
            shutil.rmtree(self.place)


def test_all_devices_arrive_at_one_log(empty_store):
    machine = type("Devices", (Devices,), {"empty": empty_store})
    run_state_machine_as_test(machine, settings=settings(max_examples=20, stateful_step_count=25, deadline=None))
