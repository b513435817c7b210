"""Several devices by one folder: what others wrote there comes in, what stands in no file there goes out.

Each device writes to one file, its own, and only ever adds to it, so any program that carries folders will do. All
files are read whatever they are called, so copies that such a program makes where two have written one file, and files
of devices that are no more, lose nothing. Rows that no file has any more are written again by whoever has them.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Self

from rung import journal
from rung.model import Problem
from rung.workspace import CannotGoOn, reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from rung.journal import Journal
    from rung.model import Event
    from rung.store import Store, Taken

SUFFIX = ".jsonl"
FOLDER, SEEN = "sync folder", "sync seen"  # what a store remembers
NOT_TAKEN = "it was not taken over; sync the device that wrote it, and if this stays, take the line out"

Runs = list[tuple[int, int]]  # of consecutive numbers: the first and the last of each


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did: rows that came in by device, rows that went out, lines that were refused.

    `device` is the id of this device; `parted` the one it had before where another store logged under it too.
    """

    came: Mapping[str, int]
    went: int
    problems: tuple[Problem, ...]
    device: str
    parted: str


@dataclass(slots=True)
class Seen:
    """What a store knows of its folder, so that only what was added has to be read.

    For each file how many bytes of it were taken over, and their hash; for each device the rows that stand there.
    """

    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    rows: dict[str, Runs] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Self:
        seal, _, text = text.partition(" ")
        if not text or seal != _digest(text.encode()):  # there is none, or a bit of it has flipped
            return cls()
        held = json.loads(text)
        return cls(
            {name: (end, digest) for name, (end, digest) in held["files"].items()},
            {device: [(first, last) for first, last in runs] for device, runs in held["rows"].items()},
        )

    def text(self) -> str:
        text = json.dumps({"files": self.files, "rows": self.rows})
        return f"{_digest(text.encode())} {text}"

    def fits(self, files: Mapping[str, bytes]) -> bool:
        """Whether nothing has happened to the files but that some were added to, and others came."""
        return all(name in files and _digest(files[name][:end]) == digest for name, (end, digest) in self.files.items())

    def start(self, name: str) -> int:
        """The byte of a file from which on it is new."""
        return self.files.get(name, (0, ""))[0]

    def note(self, name: str, data: bytes) -> None:
        """Take note of what a file holds."""
        self.files[name] = (len(data), _digest(data))

    def add(self, events: Iterable[Event]) -> None:
        """Take note of rows that stand in the folder."""
        found: dict[str, list[int]] = {}
        for event in events:
            found.setdefault(event.device, []).append(event.sequence)
        for device, numbers in found.items():
            self.rows[device] = _joined(self.rows.get(device, []), numbers)


def synced(store: Store, folder: Path) -> Synced:
    """Let a store and a folder each take over what the other has; raises CannotGoOn."""
    failed = None
    with store.exchanging():
        files, before = _files(folder), store.remembered(SEEN)
        seen = Seen.of(before)
        if not seen.fits(files):
            seen = Seen()
        journals = {name: journal.read(str(folder / name), files[name], seen.start(name)) for name in sorted(files)}
        whole = {name: files[name][: each.end] for name, each in journals.items()}
        taken, problems = _taken(store, journals, seen)
        own = f"{store.device}{SUFFIX}"
        out = [] if own in journals and journals[own].newer else _lacking(store, seen)
        try:
            if out:
                text = _text(store.device, whole.get(own, b""), out)
                _append(folder / own, len(files.get(own, b"")), len(whole.get(own, b"")), text)
                whole[own] = whole.get(own, b"") + text
                seen.add(out)
        except CannotGoOn as error:  # what came in stays
            failed = error
        for name, data in whole.items():
            seen.note(name, data[: min((start for start, _ in problems.get(name, ())), default=len(data))])
        _remember(store, before, folder, "" if taken.moved else seen.text())
        told = tuple(sorted(problem for some in problems.values() for _, problem in some))
        result = Synced(taken.new, len(out), told, store.device, taken.parted)
    if failed:
        raise failed
    return result


def _remember(store: Store, before: str, folder: Path, after: str) -> None:
    if after != before:
        store.remember(SEEN, after)
    if store.remembered(FOLDER) != str(folder):
        store.remember(FOLDER, str(folder))


def unsound(folder: Path) -> list[Problem]:
    """What cannot be taken over of all that stands in the folder; raises CannotGoOn."""
    files = _files(folder)
    return [problem for name in sorted(files) for _, problem in journal.read(str(folder / name), files[name]).problems]


# ── in ───────────────────────────────────────────────────────────────────────────────────────────


def _files(folder: Path) -> dict[str, bytes]:
    """What the journals of a folder hold, by name."""
    try:
        found = [path for path in folder.iterdir() if path.suffix == SUFFIX and not path.name.startswith(".")]
        return {path.name: path.read_bytes() for path in found if path.is_file()}
    except FileNotFoundError:
        raise CannotGoOn(f"{folder}: there is no such folder; make it, or name another") from None
    except OSError as error:
        raise CannotGoOn(f"{error.filename}: {reason(error)}") from None


def _taken(
    store: Store, journals: Mapping[str, Journal], seen: Seen
) -> tuple[Taken, dict[str, list[tuple[int, Problem]]]]:
    """Take over what the journals hold; what came of it, and for each file the bytes before each problem, and that."""
    offered = [(name, row) for name, each in journals.items() for row in each.rows]
    taken = store.take([row.event for _, row in offered])
    problems = {name: list(each.problems) for name, each in journals.items()}
    for place, error in taken.left.items():
        name, row = offered[place]
        if error:
            problems[name].append((row.start, Problem(row.where, error.what, NOT_TAKEN)))
    seen.add(row.event for place, (_, row) in enumerate(offered) if place not in taken.left)
    return taken, problems


# ── out ──────────────────────────────────────────────────────────────────────────────────────────


def _lacking(store: Store, seen: Seen) -> list[Event]:
    """The rows of a store that stand nowhere in the folder."""
    heads, after = store.heads(), {}
    for device, count in store.counts().items():
        runs = seen.rows.get(device, [])
        if count == sum(last - first + 1 for first, last in runs):
            after[device] = heads[device]
        elif runs and runs[0][0] == 1:
            after[device] = runs[0][1]
    return [event for event in store.log(after) if not _within(event.sequence, seen.rows.get(event.device, []))]


def _text(device: str, before: bytes, events: Iterable[Event]) -> bytes:
    """What is to be added to the journal of a device that holds `before`."""
    if not before:
        return journal.begun(device) + journal.lines(events)
    return (b"" if before.endswith(b"\n") else b"\n") + journal.lines(events)


def _append(path: Path, size: int, end: int, text: bytes) -> None:
    """Add to a file that had `size` bytes, durably; what stands behind `end` is a line that was never finished."""
    try:
        with open(path, "ab", opener=_private) as file:
            if os.fstat(file.fileno()).st_size != size:
                raise CannotGoOn(f"{path}: another program is writing it; let it finish, then try again")
            if size > end:
                file.truncate(end)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise CannotGoOn(f"{path}: {reason(error)}") from None


def _private(path: str, flags: int) -> int:
    """Open a file; one that is made here is the learner's alone, one that was there stays as it is."""
    return os.open(path, flags, 0o600)


# ── numbers in runs ──────────────────────────────────────────────────────────────────────────────


def _joined(runs: Runs, numbers: Iterable[int]) -> Runs:
    """The runs of all numbers that are in `runs` or in `numbers`."""
    joined: list[list[int]] = []
    for first, last in sorted([*runs, *((number, number) for number in numbers)]):
        if joined and first <= joined[-1][1] + 1:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    return [(first, last) for first, last in joined]


def _within(number: int, runs: Runs) -> bool:
    place = bisect_right(runs, number, key=lambda run: run[0])
    return place > 0 and number <= runs[place - 1][1]


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
