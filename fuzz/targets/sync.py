"""Whatever lies in a folder that devices share, in the file of another or of this one, at once or in two parts, its sound rows
are taken over once and no other; the store stays whole."""

from __future__ import annotations

import shutil
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from fuzz import promises
from fuzz.targets import _place, logs
from rung import journal, replay, soundness
from rung.devices import synced
from rung.journal import begun, lines
from rung.store import Store

if TYPE_CHECKING:
    from pathlib import Path

WORDS = logs.WORDS
mutated = logs.mutated


OF_OTHERS = ("has gaps in its log: take over its rows once more", "has rows out of the order of time")


@cache
def seeds() -> tuple[bytes, ...]:
    """Rows of each kind, and those that the work in our own store left, as its own and as another device's."""
    rows = _place.rows(_place.learned_small())
    theirs = [event._replace(device=logs.DEVICES[0]) for event in rows]
    return (*logs.seeds(), begun(logs.OWN) + lines(rows), lines(rows[-6:]), begun(logs.DEVICES[0]) + lines(theirs))


def shared() -> Path:
    """An empty folder."""
    folder = _place.root() / "shared"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


def tried(data: bytes) -> None:
    chosen = sha256(data).digest()
    first_part = data[: len(data) * chosen[1] // 256] if chosen[0] % 2 else b""
    name = logs.OWN if chosen[2] % 4 == 0 else "other"
    folder, path = shared(), _place.fresh(_place.learned_small())
    file = folder / f"{name}.jsonl"
    with _place.within(), Store.open(path) as store:
        if first_part:
            file.write_bytes(first_part)
            synced(store, folder)
        file.write_bytes(data)
        first = synced(store, folder)
        for problem in first.problems:
            promises.placed(problem, data)
        offered = journal.read("a", data)
        kept = file.read_bytes()
        assert kept == data if name == "other" else kept.startswith(data[: offered.end]), "what was there was touched"
        assert not _faults(store), store.check()
        events = [row.event for row in offered.rows]
        sound = {(event.device, event.sequence) for event in events if not soundness.fault(event)}
        log = list(store.log())
        held = {(event.device, event.sequence) for event in log}
        moved = {key for event in log for key in replay.former_keys(event)}
        assert _before() <= held | moved, "a row went"
        assert held - _before() <= sound | _own(store, held), "a row came that is not sound"
        changed = store.database.connection.total_changes
        second = synced(store, folder)
        assert not second.came, "a second sync takes over more"
        if store.database.connection.total_changes > changed:
            assert not _faults(store), store.check()


@cache
def _before() -> set[tuple[str, int]]:
    """The keys of the rows that are there before each sync."""
    return {(event.device, event.sequence) for event in _place.rows(_place.learned_small())}


def _faults(store: Store) -> list[str]:
    """What is not as it must be, but for what another device may have left out or written by a clock set back."""
    return [fault for fault in store.check() if not fault.endswith(OF_OTHERS)]


def whole(path: Path) -> None:
    """The store is sound, but for what another device may have left out or written by a clock set back."""
    with Store.open(path) as store:
        assert not _faults(store), store.check()


def _own(store: Store, held: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """The rows of our own device, to which rows may have moved."""
    return {key for key in held if key[0] == store.device}
