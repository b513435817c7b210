"""Rung beside its peers: `make bench`, or with `--quick`; `python bench/peers.py export replay` measures these rows alone.

Each side of a comparison works in a process of its own and times its work alone, without the loading of what it is made
of; its peak of memory is that of the whole process. The sides take turns, so that whatever else the machine does meets
all of them. A side whose library is not there is left out, and the table says so.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
from dataclasses import asdict, dataclass, replace
from importlib import import_module, metadata
from math import log
from pathlib import Path
from statistics import linear_regression, median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import ModuleType

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
ROWS = ("start", "compile", "rebuild", "export", "arrive", "replay", "sitting", "growth")
ROUNDS = 5
LIBRARIES = ("rung", "anki", "fsrs", "genanki", "PyYAML")


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run of a side took: seconds, and the peak of memory in bytes where it is told."""

    seconds: float
    peak: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A comparison: medians of both sides, and at most what the ratio should be, where there is a goal.

    With `growth` the sides are the same work at the largest size and at the smallest, and `ratio` is the exponent by which
    its time grows with the size.
    """

    work: str
    beside: str
    ratio: float
    most: float | None
    seconds: float
    beside_seconds: float
    peak: int | None
    beside_peak: int | None
    growth: bool = False

    @property
    def met(self) -> bool | None:
        return None if self.most is None else self.ratio <= self.most

    @property
    def memory_ratio(self) -> float | None:
        return self.peak / self.beside_peak if self.peak and self.beside_peak else None

    def __str__(self) -> str:
        memory = "" if self.memory_ratio is None else f"{self.memory_ratio:.2f} x"
        ratio, most = (f"n^{self.ratio:.2f}", "n^{:.3g}") if self.growth else (f"{self.ratio:.3g} x", "{:.3g} x")
        goal = "" if self.most is None else f"at most {most.format(self.most)}"
        met = {True: "met", False: "MISSED", None: ""}[self.met]
        return (
            f"{ratio:>10}  {goal:<15} {met:<7}"
            f"{shown(self.seconds):>9} {shown(self.beside_seconds):>9} {memory:>8}  {self.work} : {self.beside}"
        )


HEAD = f"{'ratio':>10}  {'goal':<23}{'median':>9} {'beside':>9} {'memory':>8}  work : beside"


def main() -> None:
    if sys.argv[1:2] == ["--side"]:
        _, _, row, side, size, folder = sys.argv
        found = taken(import_module(f"rows.{row}"), side, int(size), Path(folder))
        sys.stdout.write(json.dumps({name: asdict(each) for name, each in found.items()}))
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rows", nargs="*", choices=[*ROWS, []], help="default: all")
    parser.add_argument("--quick", action="store_true", help="little work, each side once")
    chosen = parser.parse_args()
    sys.stdout.write(f"{HEAD}\n")
    lines = []
    for row in chosen.rows or ROWS:
        for line in compared(row, quick=chosen.quick):
            lines.append(line)
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    if not (chosen.quick or chosen.rows):
        RESULTS.write_text(
            json.dumps(machine() | {"lines": [asdict(line) for line in lines]}, indent=2) + "\n", "utf-8"
        )


# ── one row ──────────────────────────────────────────────────────────────────────────────────────


def compared(row: str, *, quick: bool) -> Iterator[Line]:
    """The lines of a row."""
    module = import_module(f"rows.{row}")
    size = module.QUICK if quick else module.SIZE
    sides = [side for side in module.SIDES if _installed(module, side)]
    for side in module.SIDES.keys() - sides:
        sys.stderr.write(f"{row}: {side} is not installed\n")
    with TemporaryDirectory(prefix="rung-bench-") as name:
        in_process(row, "prepared", size, name)
        rounds = [
            {figure: each for side in sides for figure, each in in_process(row, side, size, name).items()}
            for _ in range(1 if quick else getattr(module, "ROUNDS", ROUNDS))
        ]
    work = module.WORK.format(size=size)
    for ours, theirs, most in module.GOALS:
        if ours in rounds[0] and theirs in rounds[0]:
            yield line_of(work, ours, theirs, most, rounds)
    for figure, most in getattr(module, "GROWTH", {}).items():
        yield growth_of(work, figure, module.PARTS, most, rounds)


def line_of(work: str, ours: str, theirs: str, most: float | None, rounds: Sequence[Mapping[str, Taken]]) -> Line:
    """A line from all rounds. The ratio is that of the medians."""
    seconds, beside = (median(each[side].seconds for each in rounds) for side in (ours, theirs))
    peak, beside_peak = (_peak([each[side].peak for each in rounds]) for side in (ours, theirs))
    return Line(f"{work}, {ours}", theirs, seconds / beside, most, seconds, beside, peak, beside_peak)


def growth_of(
    work: str, figure: str, parts: Mapping[str, float], most: float | None, rounds: Sequence[Mapping[str, Taken]]
) -> Line:
    """How a figure grows from the smallest of the sides that have it to the largest; `parts` is how much each side does.

    The exponent is the slope of the straight line through the logarithms of medians over those of sizes.
    """
    sides = [side for side in sorted(parts, key=parts.__getitem__) if f"{side} {figure}" in rounds[0]]
    lines = [line_of(work, f"{side} {figure}", f"{sides[0]} {figure}", most, rounds) for side in sides]
    slope = linear_regression([log(parts[side]) for side in sides], [log(line.seconds) for line in lines]).slope
    return replace(lines[-1], ratio=slope, growth=True)


def _peak(found: Sequence[int | None]) -> int | None:
    told = [each for each in found if each is not None]
    return int(median(told)) if told else None


def _installed(module: ModuleType, side: str) -> bool:
    package = module.NEEDS.get(side)
    try:
        return package is None or bool(metadata.version(package))
    except metadata.PackageNotFoundError:
        return False


# ── one side, in a process of its own ────────────────────────────────────────────────────────────


def in_process(row: str, side: str, size: int, folder: str) -> dict[str, Taken]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("RUNG_", "PYTHON"))}
    environment |= {"RUNG_DB": str(Path(folder, "rung.db")), "XDG_CONFIG_HOME": folder, "XDG_CACHE_HOME": folder}
    line = [sys.executable, __file__, "--side", row, side, str(size), folder]
    done = subprocess.run(line, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return {name: Taken(**each) for name, each in json.loads(done.stdout.splitlines()[-1]).items()}


def taken(module: ModuleType, side: str, size: int, folder: Path) -> dict[str, Taken]:
    """What a side of a row takes, here and now, by its name; of several figures, each by the side's name and its own."""
    if side == "prepared":
        module.prepared(folder, size)
        return {}
    seconds = module.SIDES[side](folder, size)
    most = peak() if module.MEMORY else None
    if isinstance(seconds, float):
        return {side: Taken(seconds, most)}
    return {f"{side} {figure}": Taken(each, most) for figure, each in seconds.items()}


def peak() -> int | None:
    """The most memory that this process has had, in bytes; Linux tells it without that of its parent."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    (told,) = (line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM:"))
    return int(told.split()[1]) * 1024


# ── the machine ──────────────────────────────────────────────────────────────────────────────────


def machine() -> dict[str, object]:
    """Where this is measured, and with what."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "versions": {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version, **found},
        "rounds": ROUNDS,
    }


def shown(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


if __name__ == "__main__":
    main()
