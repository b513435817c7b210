"""The kill test: Rung at work in other processes is killed at random moments, and nothing that it acknowledged is lost.

`make torture`, or `python tests/torture.py --kills 1000 --seed 7`. Each child runs commands of Rung one after the other
and tells through a pipe what was acknowledged: commands that ended well, and questions that were asked after an answer.
Now and then two or eight of them are at it at once; days jump back and forward. After each SIGKILL all is looked at.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import re
import shutil
import signal
import sys
import time
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZipFile

from rung import journal
from rung.anki import archive, collection
from rung.cardfile import from_text
from rung.cli import run
from rung.devices import synced
from rung.model import ANKI
from rung.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPOSITORY = Path(__file__).resolve().parents[1]
DECKS = ("production-ai-systems/interview-craft", "production-ai-systems/staff-bar")
MOST = 8  # works that a child may begin
LONGEST = 0.04  # seconds that it may live on in the last of them
LIFE = 50  # kills of one store
EDITIONS = range(3)  # texts that a deck may have
OTHERS = 1  # logs of other devices that may be taken over
COMING = 4  # rows of each of them, and of a package
FIRST = date(2026, 11, 21)
NEVER = 2**31  # of the time an answer took: in an answer that no child gave


class Lost(AssertionError):
    """Something that was acknowledged is not there, or something is half."""


def commanded(*arguments: str, typed: io.StringIO | None = None, out: io.StringIO | None = None) -> tuple[int, str]:
    """Run a command of Rung in this process; (exit code, all that it said)."""
    said = out or io.StringIO()
    before, sys.stdin = sys.stdin, typed or io.StringIO()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            return run(list(arguments)), said.getvalue()
    finally:
        sys.stdin = before


# ── what is killed ───────────────────────────────────────────────────────────────────────────────


class Asked(io.StringIO):
    """What a sitting says. `[4/9]` heads its fourth question; it is asked when three answers are kept."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__()
        self.tell, self.number = tell, 1

    def write(self, text: str) -> int:
        if head := re.match(r"\[(\d+)/", text):
            if int(head[1]) > self.number:  # else the last answer was taken back
                self.tell("answer")
            self.number = int(head[1])
        return super().write(text)


def typed(chance: random.Random) -> io.StringIO:
    """What a learner enters who hardly looks."""
    return io.StringIO("".join(chance.choice(("\n", "3\n", "1\n", "a\n", "u\n")) for _ in range(60)))


@dataclass
class Child:
    """A learner at work in the workspace where we are, until the end."""

    folder: Path
    random: random.Random
    number: int
    pipe: int
    cards: list[str]
    took: int = 0

    def tell(self, what: str) -> None:
        os.write(self.pipe, f"{what}\n".encode())

    def work(self) -> None:
        works = [
            self.answer, self.answer, self.answer, self.review, self.review, self.undo, self.mark, self.load, self.take, self.build, self.export,
            self.print, self.sync, self.back_up, self.fix,
        ]  # fmt: skip
        while True:
            each = self.random.choice(works)
            self.tell(f"begins {each.__name__}")
            each()

    def rung(self, *arguments: str, **more: io.StringIO) -> bool:
        """Run a command on any day; whether it ended well. All that may keep it from that is another child."""
        day = FIRST + timedelta(days=self.random.randrange(400))
        code, said = commanded("--today", day.isoformat(), *arguments, **more)
        excused = (
            code == 1 and arguments[0] == "doctor"
        )  # as another builds meanwhile; it is asked again after the kill
        if code and not excused and "is locked by another" not in said and "program is writing it" not in said:
            self.tell(f"failed {json.dumps([arguments, said])}")
        return code == 0

    def answer(self) -> None:
        self.took += 1
        took = self.number * 10_000 + self.took
        card, grade = self.random.choice(self.cards), str(self.random.randrange(6))
        if self.rung("answer", card, "--grade", grade, "--took", str(took)):
            self.tell(f"took {took}")

    def review(self) -> None:
        self.rung("review", "--ahead", typed=typed(self.random), out=Asked(self.tell))

    def undo(self) -> None:
        self.rung("undo")

    def mark(self) -> None:
        self.rung("tag", f"t{self.number}", *self.random.sample(self.cards, 3))

    def load(self) -> None:
        other = self.random.randrange(OTHERS)
        if self.rung("log", "--load", str(self.folder / f"other-{other}.json")):
            self.tell(f"loaded {other}")

    def take(self) -> None:
        if self.rung("import", str(self.folder / "other.apkg")):
            self.tell("taken")

    def build(self) -> None:
        for deck in DECKS:
            path = Path("decks") / f"{deck}.yaml"
            half = path.with_name(f".{self.number}")
            half.write_bytes(edition(deck, self.random.choice(EDITIONS)))
            half.replace(path)
        self.rung("build")

    def export(self) -> None:
        self.rung("export", *(["--with-history"] if self.random.random() < 0.5 else []))

    def print(self) -> None:
        self.rung("print", "all")

    def sync(self) -> None:
        self.rung("sync", str(self.folder / "shared"))

    def back_up(self) -> None:
        self.took += 1
        self.rung("backup", str(self.folder / "backups" / f"{self.number}-{self.took}.db"))

    def fix(self) -> None:
        self.rung("doctor", "--fix")


def edition(deck: str, number: int) -> bytes:
    """The text of a deck, and of its cards, in one of the editions."""
    text = (REPOSITORY / "decks" / f"{deck}.yaml").read_text("utf-8")
    return (
        text.replace("title: ", f"title: Edition {number} of ", 1)
        .replace("    name: ", f"    name: {number} ")
        .encode()
    )


# ── what is looked at ────────────────────────────────────────────────────────────────────────────


@dataclass
class Life:
    """A store and all around it, over many kills; what its children acknowledged."""

    folder: Path
    cards: list[str] = field(default_factory=list)
    whole: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    took: set[int] = field(default_factory=set)
    answers: int = 0
    loaded: set[str] = field(default_factory=set)
    taken: bool = False
    others: list[str] = field(default_factory=list)

    @property
    def db(self) -> Path:
        return self.folder / "learner" / "rung.db"

    def begin(self) -> None:
        """Make the workspace, and whatever there is to take over."""
        workspace = self.folder / "workspace"
        workspace.mkdir()
        os.chdir(workspace)
        os.environ |= {
            "RUNG_DB": str(self.db),
            "XDG_CONFIG_HOME": str(self.folder),
            "XDG_DATA_HOME": str(self.folder),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
        }
        (workspace / "rung.toml").touch()
        (self.folder / "shared").mkdir()
        for number in EDITIONS:
            for deck in DECKS:
                path = Path("decks") / f"{deck}.yaml"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(edition(deck, number))
            self.sound("build")
            for deck in DECKS:
                self.whole.setdefault(deck, set()).add(timeless(Path("cards") / f"{deck}.jsonl"))
        self.cards = [card.id for deck in DECKS for card in from_text(Path(f"cards/{deck}.jsonl").read_text()).cards]
        for number in range(OTHERS):
            db = self.elsewhere(number)
            (self.folder / f"other-{number}.json").write_text(self.sound("--db", db, "log", "--json"))
            with Store.open(Path(db)) as store:
                self.others.append(store.device)
        self.sound("--db", self.elsewhere(OTHERS), "export", "--with-history", "-o", str(self.folder / "other.apkg"))
        self.sound("due")

    def elsewhere(self, number: int) -> str:
        """A store of another learner of the same cards."""
        db = str(self.folder / f"other-{number}.db")
        for place, card in enumerate(self.cards[:COMING]):
            day = date(2026, 6 + number, place + 1).isoformat()
            self.sound("--db", db, "--today", day, "answer", card, "--grade", "4", "--took", str(NEVER))
        return db

    def sound(self, *arguments: str) -> str:
        code, said = commanded(*arguments)
        if code:
            raise Lost(f"rung {' '.join(arguments)} ended with {code}:\n{said}")
        return said

    def heard(self, acknowledged: bytes) -> str:
        """Take note of what a child told, and give what it was at."""
        at = ""
        for line in acknowledged.decode().splitlines():
            word, _, rest = line.partition(" ")
            if word == "begins":
                at = rest
            elif word == "took":
                self.took.add(int(rest))
                self.answers += 1
            elif word == "answer":
                self.answers += 1
            elif word == "loaded":
                self.loaded.add(rest)
            elif word == "taken":
                self.taken = True
            elif word == "failed":
                raise Lost(f"a command failed: {rest}")
        return at

    def check(self) -> None:
        """Raise Lost unless everything is whole and all that was acknowledged is there."""
        for deck, editions in self.whole.items():
            if timeless(Path("cards") / f"{deck}.jsonl") not in editions:
                raise Lost(f"cards/{deck}.jsonl is none of the editions")
        self.check_files()
        with Store.open(self.db) as store:
            if faults := store.check():
                raise Lost("\n".join(faults))
            events = list(store.log())
        own = [event for event in events if event.grade is not None and event.took != NEVER and event.device != ANKI]
        if missing := self.took - {event.took for event in own}:
            raise Lost(f"acknowledged answers are not there: {sorted(missing)}")
        if len(own) < self.answers:
            raise Lost(f"{self.answers} answers were acknowledged, {len(own)} are there")
        counts = Counter(event.device for event in events)
        came = {ANKI: self.taken} | {device: str(number) in self.loaded for number, device in enumerate(self.others)}
        for device, acknowledged in came.items():
            if counts[device] not in ({COMING} if acknowledged else {0, COMING}):
                raise Lost(f"of the {COMING} rows of {device} {counts[device]} are there")
        self.sound("build")
        self.sound("doctor")

    def check_files(self) -> None:
        """Raise Lost for a package, a page, a device log or a backup that is half."""
        package = Path("exports/rung.apkg")
        if package.exists():
            with ZipFile(package) as held:
                if bad := held.testzip():
                    raise Lost(f"{package}: {bad} is half")
            collection.read(archive.opened(package).collection)
        for page in Path("exports").rglob("*.html"):
            if not page.read_text("utf-8").rstrip().endswith("</html>"):
                raise Lost(f"{page} is half")
        for log in (self.folder / "shared").glob("*.jsonl"):
            if problems := journal.read(log.name, log.read_bytes()).problems:
                raise Lost(str(problems[0][1]))
        for backup in [*(self.folder / "backups").glob("*.db"), *Store.backups(self.db)]:
            if not Store.sound(backup):
                raise Lost(f"{backup} is half")
        shutil.rmtree(self.folder / "backups", ignore_errors=True)

    def end(self) -> None:
        """Raise Lost unless what devices share brings all of it to another store."""
        with Store.open(self.db) as one, Store.open(self.folder / "two.db") as two:
            for _ in range(2):
                told = [synced(store, self.folder / "shared") for store in (one, two)]
            if any(each.problems or each.went for each in told) or list(one.log()) != list(two.log()):
                raise Lost("two stores that have synced are not the same")


def timeless(path: Path) -> tuple[str, ...]:
    """A card file without the times of change; raises Lost where it is half."""
    text = path.read_text("utf-8")
    if not text.endswith("\n"):
        raise Lost(f"{path} is half")
    lines = map(json.loads, text.splitlines())
    return tuple(json.dumps({name: value for name, value in line.items() if name != "changed"}) for line in lines)


# ── killing ──────────────────────────────────────────────────────────────────────────────────────


def killed(life: Life, chance: random.Random, number: int) -> Iterator[str]:
    """Start one, two or eight children, kill each at a moment of its own, and give what they were at."""
    started = []
    for place in range(chance.choice((1, 1, 1, 1, 1, 2, 8))):
        reader, writer = os.pipe()
        seed = chance.randrange(2**32)
        if (child := os.fork()) == 0:
            try:
                os.close(reader)
                Child(life.folder, random.Random(seed), number * 10 + place, writer, life.cards).work()
            finally:
                os._exit(1)
        os.close(writer)
        started.append((child, reader))
    for child, reader in started:
        with open(reader, "rb", buffering=0) as told:  # noqa: PTH123 - a descriptor
            acknowledged, works = b"", chance.randrange(MOST)
            while acknowledged.count(b"begins ") <= works and (more := told.read(4096)):
                acknowledged += more
            time.sleep(chance.random() * LONGEST)
            os.kill(child, signal.SIGKILL)
            if os.waitpid(child, 0)[1] != signal.SIGKILL:
                raise Lost("a child ended by itself")
            yield life.heard(acknowledged + told.readall())


def tortured(kills: int, seed: int) -> tuple[Counter[str], int]:
    """What was killed how often, and how many answers were acknowledged. Raises Lost."""
    chance, at, answers = random.Random(seed), Counter[str](), 0
    while at.total() < kills:
        with TemporaryDirectory(prefix="rung-torture-") as name:
            life = Life(Path(name))
            life.begin()
            last = min(kills, at.total() + LIFE)
            while at.total() < last:
                at.update(killed(life, chance, at.total()))
                life.check()
            life.end()
            answers += life.answers
            os.chdir(REPOSITORY)
    return at, answers


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill Rung at random moments, and see that nothing is lost.")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = parser.parse_args()
    sys.stdout.write(f"{given.kills:,} kills with the seed {given.seed} ...\n")
    sys.stdout.flush()
    started = time.monotonic()
    try:
        at, answers = tortured(given.kills, given.seed)
    except Lost as error:
        sys.exit(f"LOST, with the seed {given.seed}: {error}")
    took = time.monotonic() - started
    at_what = ", ".join(f"{name} {count}" for name, count in sorted(at.items()))
    sys.stdout.write(f"{at.total():,} kills in {took:.0f} s, at: {at_what}.\n")
    sys.stdout.write(f"{answers:,} answers were acknowledged, and all of them are there; nothing is half.\n")


if __name__ == "__main__":
    main()
