"""How quickly the desk paints, in a terminal of its own: `make bench-start`, or with `--small`.

A screen counts as painted once its words have come out of the terminal.
"""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from start import TODAY, WORKSPACE, Row, Size, medians, put_cards, put_reviews

from rung.desk.app import Desk
from rung.seat import Seat
from rung.store import Store
from rung.workspace import Clock, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

EMPTY = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("Painted")

Empty().run()
"""
HOME, FRONT, BACK = rb"\d new, ", rb"hen Enter\.", rb"4 Easy \("
LACKING = rb"Nothing is (picked|moved|typed)"  # so far, says the first Enter
WHOLE = Size(100_000, 100_000, starts=11, answers=50)
SMALL = Size(300, 1_200, starts=1, answers=3)
LINES, COLUMNS = 50, 140
LONGEST = 60  # seconds


def main() -> None:
    if sys.argv[1:2] == ["--at"]:
        sit(Path(sys.argv[2]))
        return
    size = SMALL if "--small" in sys.argv[1:] else WHOLE
    with TemporaryDirectory(prefix="rung-bench-") as name:
        rows = [*first_paints(Path(name), size), answered(Path(name), size)]
    sys.stdout.writelines(f"{row}\n" for row in rows)


def first_paints(folder: Path, size: Size) -> Iterator[Row]:
    """From the start of a process to its first screen: an app of Textual that says a word, and the desk."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("RUNG_", "PYTHON"))}
    environment |= {"RUNG_DB": str(folder / "start.db"), "XDG_CONFIG_HOME": str(folder), "XDG_CACHE_HOME": str(folder)}

    def painted(words: bytes, *arguments: str) -> float:
        with Terminal.running(arguments, folder, environment) as terminal:
            return terminal.until(words)

    def both() -> tuple[float, float]:
        return painted(rb"Painted", "-c", EMPTY), painted(HOME, "-m", "rung", "desk")

    painted(HOME, "-m", "rung", "desk")  # makes the store and takes over its cards
    empty, desk = medians(both() for _ in range(size.starts))
    yield Row("Textual: first paint of a word", empty)
    yield Row("desk: first paint", desk, desk / empty, most_ratio=3)


def answered(folder: Path, size: Size) -> Row:
    """From the key that accepts a grade to the next question on the screen; between the two lies a durable commit."""
    sys.stderr.write(f"Building a store of {size.cards:,} cards and {size.reviews:,} reviews ...\n")
    with Store.open(folder / "rung.db") as store:
        put_cards(store, size.cards)
        put_reviews(store, size)
        store.rebuild()
    took = []
    with Terminal.running((__file__, "--at", str(folder / "rung.db")), folder, os.environ) as terminal:
        terminal.until(HOME)
        terminal.after("r", FRONT)
        for _ in range(size.answers):
            terminal.to_back()
            took.append(terminal.after("3", FRONT))
    return Row("desk: answer to the next card", median(took), most_seconds=0.05)


def sit(path: Path) -> None:
    """Show the desk over a store that was built here."""
    with Store.open(path) as store:
        Desk(Seat.at(store, WORKSPACE, Clock(TODAY)), Settings(), lambda _: "").run()


class Terminal:
    """A terminal in which Python runs, seen from outside."""

    def __init__(self, outside: int) -> None:
        self.outside, self.since, self.seen = outside, time.perf_counter(), b""

    @classmethod
    @contextmanager
    def running(cls, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Iterator[Terminal]:
        outside, inside = pty.openpty()
        termios.tcsetwinsize(inside, (LINES, COLUMNS))
        terminal = cls(outside)
        process = subprocess.Popen(
            [sys.executable, *arguments], stdin=inside, stdout=inside, stderr=inside, cwd=folder,
            env={**environment, "TERM": "xterm-256color"}, start_new_session=True,
        )  # fmt: skip
        os.close(inside)
        try:
            yield terminal
        finally:
            process.kill()
            process.wait()
            os.close(outside)

    def after(self, key: str, words: bytes) -> float:
        """The seconds from a key to the words."""
        self.since = time.perf_counter()
        os.write(self.outside, key.encode())
        return self.until(words)

    def to_back(self) -> None:
        """Show the back of a card of any kind, whatever is answered."""
        self.after("\r", BACK + b"|" + LACKING)
        if lacks := re.search(LACKING, self.seen):
            self.after("a" if lacks[1] == b"picked" else "\r", BACK)

    def until(self, words: bytes) -> float:
        """The seconds from the last key, or from the start, to the words."""
        self.seen, end = b"", time.monotonic() + LONGEST
        while not re.search(words, self.seen):
            if not select.select([self.outside], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError(f"{words!r} is not in {self.seen[-2000:]!r}")
            self.seen += os.read(self.outside, 65536)
        return time.perf_counter() - self.since


if __name__ == "__main__":
    main()
