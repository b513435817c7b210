"""Whatever a log holds that was taken over from elsewhere, every command that tells of it, or goes on from it, can."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from fuzz import promises
from fuzz.targets import _place, logs, sync
from rung import journal
from rung.journal import begun, lines
from rung.model import Kind
from rung.store import Store

if TYPE_CHECKING:
    from random import Random

WORDS = logs.WORDS
COMMANDS = (
    "due", "due --json", "log", "log --json", "log --csv", "log --limit 1000", "stats", "stats --json", "stats --html {}/page.html", "plan", "plan --json", "plan --ics {}/plan.ics",
    "plan --days 100", "plan --day 2026-11-25", "plan --interview 2026-12-20", "plan tick x", "plan --drop", "cards prop:r<1", "cards rated:30 --json", "cards tag:x", "show top-list",
    "show top-list --json", "show {}", "show {} --json", "decks", "drill", "drill top-list --past", "drill top-list --show 1", "drill top-list --past --json", "drill top-list",
    "export --with-history -o {}/out.apkg", "review", "review --ahead", "quiz placement", "quiz placement --seed-schedule", "quiz final", "quiz ladder", "quiz mock",
    "schedulers compare", "schedulers compare --json", "schedulers evaluate", "schedulers evaluate --json", "undo", "sync {}/", "reset {}", "tag x {}", "untag x {}", "flag 2 {}", "suspend {}",
    "unsuspend {}", "bury {}", "set-due 2026-12-01 {}", "answer {} --grade 3", "doctor --fix", "backup {}/backup.db",
)  # fmt: skip
"""One stands in the first line of an input; where it asks for a card, it is one of the log."""


@cache
def cards() -> tuple[str, ...]:
    """Cards of which there are rows; few, so that many rows are of the same."""
    return tuple(dict.fromkeys(event.card for event in _place.rows(_place.learned()) if event.card))[::4]


@cache
def seeds() -> tuple[bytes, ...]:
    """The rows that the work in our own store left, as another device's, by what they are of."""
    theirs = [event._replace(device=logs.DEVICES[0]) for event in _place.rows(_place.learned())]
    answers = [event for event in theirs if event.kind in (Kind.REVIEW, Kind.REDRILL)]
    parts = (
        answers[:6], answers[-12:], theirs[:40], [event for event in theirs if event.kind is Kind.QUIZ],
        [event for event in theirs if "drill" in event.card], theirs[-8:],
    )  # fmt: skip
    found = (*logs.seeds(), *(begun(logs.DEVICES[0]) + lines(rows) for rows in parts))
    return tuple(
        command.encode() + b"\n" + found[(place + more) % len(found)]
        for place, command in enumerate(COMMANDS)
        for more in range(3)
    )


def mutated(data: bytes, random: Random) -> bytes:
    """The log is another, or the command that tells of it."""
    first, _, log = data.partition(b"\n")
    if random.randrange(4) == 0:
        return _place.asking(random, COMMANDS) + b"\n" + log
    return first + b"\n" + logs.mutated(log, random, cards())


def tried(data: bytes) -> None:
    command, terminal, log = _place.asked(data, COMMANDS)
    folder, path = sync.shared(), _place.fresh(_place.learned())
    words = [
        word.format(folder if "/" in word else cards()[sha256(log).digest()[0] % len(cards())])
        for word in command.split()
    ]
    with _place.within():
        with Store.open(path) as store, store.exchanging():
            store.take([row.event for row in journal.read("a", log).rows])
        _place.said(*words, typed=_place.ANSWERS, db=path, terminal=terminal)
        for page in folder.glob("*.html"):
            promises.inert(page.read_text("utf-8"))
