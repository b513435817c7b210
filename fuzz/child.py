"""One promise under atheris, in a process of its own: `python -m fuzz.child decks --seconds 60`.

It goes on after what it found, and tells each thing once: a line of JSON with the name of the file that holds the input.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import traceback
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import atheris

with atheris.instrument_imports(include=["rung"], enable_loader_override=False):
    from fuzz import limits, targets

if TYPE_CHECKING:
    from fuzz.targets import Target

WALL = 60  # seconds after which libFuzzer ends what no clock of ours could
OURS = (os.sep + "rung" + os.sep, os.sep + "fuzz" + os.sep)


class Trial:
    """A target while it is tried, what was tried and what was found so far."""

    def __init__(self, target: Target, seconds: float, new: Path) -> None:
        self.target, self.new, self.end = target, new, time.monotonic() + seconds
        self.inputs, self.known = 0, set[str]()

    def one(self, data: bytes) -> None:
        """Try one input; the last one ends the process."""
        self.inputs += 1
        try:
            with limits.modest(), limits.hurried():
                self.target.tried(data)
        except (Exception, limits.Broken) as error:
            self.note(data, error)
        if time.monotonic() > self.end:
            self.over()

    def note(self, data: bytes, error: BaseException) -> None:
        """Keep an input that broke the promise, if it did so in a new place."""
        frames = [
            frame for frame in traceback.extract_tb(error.__traceback__) if any(each in frame.filename for each in OURS)
        ]
        places = [f"{Path(frame.filename).name}:{frame.name}" for frame in frames]
        key = f"{type(error).__name__} {places[-1] if places else ''}"
        if key in self.known:
            return
        self.known.add(key)
        name = sha256(data).hexdigest()[:12]
        (self.new / name).write_bytes(data)
        tell(found=name, error=f"{type(error).__name__}: {error}"[:300], at=" < ".join(reversed(places[-4:])))

    def over(self) -> None:
        tell(inputs=self.inputs)
        os._exit(0)  # libFuzzer would print what it thinks of it


def tell(**values: object) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("target", choices=targets.names())
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--new", type=Path, default=Path("fuzz/new"), help="where to put what is found")
    given = asked.parse_args()
    with atheris.instrument_imports(include=["rung"], enable_loader_override=False):
        target = targets.target(given.target)
        seeds = target.seeds()
    new = given.new / given.target
    new.mkdir(parents=True, exist_ok=True)
    corpus = Path(mkdtemp(prefix="rung-fuzz-"))
    for place, data in enumerate((*seeds, *targets.found(given.target).values())):
        (corpus / f"{place:04}").write_bytes(data)
    trial = Trial(target, given.seconds, new)

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        if seed % 3 == 0:  # of what reached a new place most is refused early, and what is made of it even more so
            data = seeds[seed // 24 % len(seeds)]
        return targets.mutated(target, data, seed)[:most] if seed % 8 else atheris.Mutate(data, most)

    options = [f"-seed={given.seed}", f"-timeout={WALL}", "-rss_limit_mb=4096", "-max_len=200000", "-verbosity=0", "-close_fd_mask=0",
               f"-artifact_prefix={new}/"]  # fmt: skip
    atheris.Setup(["fuzz", *options, str(corpus)], trial.one, custom_mutator=mutated, internal_libfuzzer=True)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
