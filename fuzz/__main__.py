"""Look for bad input: `make fuzz`, or `python -m fuzz --seconds 600 decks packages`. Exit code 1 where something was found.

Each promise is tried in a process of its own, for as long as is asked; what is found is put into `fuzz/new/`. Once it is
mended, give it a name that says what was wrong and move it to `fuzz/found/`, where the tests try it ever after.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory

from fuzz import targets

NEW = Path(__file__).parent / "new"
MEMORY = "/dev/shm"  # a file system in memory, where there is one: what is written there need not last
GRACE = 120  # seconds for a start and for the last input
MOST = 3 << 30  # bytes of memory, which no sound run comes near


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a target: inputs tried, what was found as (file, what went wrong, where)."""

    inputs: int
    seconds: float
    found: tuple[tuple[str, str, str], ...]


def tried(name: str, seconds: float, seed: int, new: Path) -> Outcome:
    """Try a target in a process of its own."""
    began = time.monotonic()
    with TemporaryDirectory(prefix="rung-fuzz-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        child = subprocess.Popen(
            [sys.executable, "-m", "fuzz.child", name, f"--seconds={seconds}", f"--seed={seed}", f"--new={new}"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=_limited, cwd=Path(__file__).parents[1],
            env={**os.environ, "TMPDIR": folder, "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        try:
            out, err = child.communicate(timeout=seconds + GRACE)
        except subprocess.TimeoutExpired:
            child.kill()
            out, err = child.communicate()
    told = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    found = [(each["found"], each["error"], each["at"]) for each in told if "found" in each]
    inputs = next((each["inputs"] for each in told if "inputs" in each), None)
    if inputs is None:  # libFuzzer has kept the input, if it was one
        kept = sorted((new / name).glob("*-*"))
        found.append((kept[-1].name if kept else "none", "the process ended", (err.strip().splitlines() or [""])[-1]))
    return Outcome(inputs or 0, time.monotonic() - began, tuple(found))


def _limited() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MOST, MOST))


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("targets", nargs="*", help=f"default: all of {', '.join(targets.names())}")
    asked.add_argument("--seconds", type=float, default=60, help="for each target (default: 60)")
    asked.add_argument("--seed", type=int, default=None, help="of atheris; default: another one each time")
    asked.add_argument("--new", type=Path, default=NEW, help="the folder for what is found")
    given = asked.parse_args()
    if unknown := set(given.targets) - set(targets.names()):
        asked.error(f"there is no target {', '.join(sorted(unknown))}")
    seed = SystemRandom().randrange(1, 1 << 31) if given.seed is None else given.seed
    print(f"{'target':<14}{'inputs':>12}{'seconds':>10}{'found':>8}   (seed {seed})")
    outcomes = []
    for name in given.targets or targets.names():
        outcome = tried(name, given.seconds, seed, given.new.resolve())
        outcomes.append(outcome)
        print(f"{name:<14}{outcome.inputs:>12,}{outcome.seconds:>10,.0f}{len(outcome.found):>8}", flush=True)
        for file, error, at in outcome.found:
            print(f"    {given.new / name / file}\n        {error}\n        {at}", flush=True)
    total = Outcome(sum(each.inputs for each in outcomes), sum(each.seconds for each in outcomes), ())
    count = sum(len(each.found) for each in outcomes)
    print(f"{'all':<14}{total.inputs:>12,}{total.seconds:>10,.0f}{count:>8}")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
