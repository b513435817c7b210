"""A desk with a drill, and the keys that go through it."""

from __future__ import annotations

import asyncio

from desk_pilot import SIZES, Pasted, desk_store, driven_desk, lines
from learner import HERE, MONDAY, answer, card, put
from rung.cards import drill
from rung.desk.app import Desk
from rung.draft import draft_path
from rung.seat import Seat
from rung.settings import Settings
from rung.workspace import Clock

CONTENT = drill.Content(
    "Design a *top list*.",
    10,
    (drill.Section("design", "The design"), drill.Section("risk", "Risk")),
    tuple(
        drill.Dimension(id_, id_.title(), *(f"{id_} {level}" for level in ("none", "one", "more", "all")))
        for id_ in ("framing", "numbers", "failure", "close")
    ),
    (drill.Solved("design", "Hash the **keys**."), drill.Solved("risk", "A hot key.")),
    (drill.Failure("boxes", "Boxes without a number."), drill.Failure("happy", "Only sunny days.")),
)
DRILL = card("top#drill", content=CONTENT, kind="drill", note_type="drill")
OPEN = ("d", "enter", "enter")
WRITE = (Pasted("Shards"), "tab", Pasted("Hot"))
TO_RATING = (*OPEN, *WRITE, "ctrl+r")
RATE = ("3", "3", "2", "2", "enter")
DETAIL = {
    "answer": {"design": "Shards", "risk": "Hot"},
    "failures": ["happy"],
    "minutes": 0.0,
    "ratings": {"framing": 3, "numbers": 3, "failure": 2, "close": 2},
    "scored": 4,
}


def attempted(store):
    """Log an attempt, as one that is written, rated and graded by keys: WRITE, RATE, the failure b, and Enter."""
    answer(store, DRILL.id, 4, detail=DETAIL | {"seed": 1})


class Still(Clock):
    """A clock on which no time passes."""

    def elapsed(self):
        return 0


class Drilling:
    """A desk with a drill, and what is seen and kept."""

    def __init__(self, store, clock):
        self.store = store
        self.path = draft_path(store.database.path, DRILL)
        self.desk = Desk(Seat.at(store, HERE, clock), Settings(drills_in_review=store.drills), lambda card: "")

    @property
    def screen(self):
        """All that stands on the screen."""
        return " ".join(" ".join(lines(self.desk)).split())

    def said(self, id_):
        return " ".join(str(self.desk.screen.query_one(f"#{id_}").visual).split())

    @property
    def name(self):
        return type(self.desk.screen).__name__

    def draft(self):
        """The draft on the disk, without the seconds."""
        return self.path.read_text().partition(" -->\n\n")[2]

    def write(self, used, **texts):
        """Another hand writes the draft."""
        self.path.parent.mkdir(exist_ok=True)
        headings = {"design": "The design", "risk": "Risk"}
        sections = "".join(f"\n## {headings[id_]}\n\n{text}\n" for id_, text in texts.items())
        self.path.write_text(f"<!-- one/top; written for {used} s -->\n{sections}")

    @property
    def rows(self):
        return [(str(event.kind), event.grade, dict(event.detail)) for event in self.store.events()]


def drilled(folder, steps, *, size=SIZES[0], cards=(DRILL,), drills=False, clock=Still):
    """Run `steps(pilot, drilling)` on a desk with a drill, and give the rows of the log."""

    async def run():
        with desk_store(folder, drills=drills) as store:
            put(store, list(cards))
            drilling = Drilling(store, clock(MONDAY))
            async with driven_desk(drilling.desk, size) as pilot:
                await steps(pilot, drilling)
            return drilling.rows

    return asyncio.run(run())
