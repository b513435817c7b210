"""Drills on the desk: the draft on the disk as it is written, the rating by keys and mouse, and the row that is logged."""

import asyncio
import signal

import pytest

pytest.importorskip("textual")

from learner import HERE, MONDAY, card, put
from rung.cards import drill, recall
from rung.desk.app import Desk
from rung.draft import draft_path
from rung.seat import Seat
from rung.settings import Settings
from rung.store import Store
from rung.workspace import Clock

SIZES = [(80, 24), (140, 50)]
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
GRADES = "1 Again (1 d) 2 Hard (1 d) [3 Good (1 d)] 4 Easy (1 d)"


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
        strips = self.desk.screen._compositor.render_strips()
        return " ".join(" ".join("".join(segment.text for segment in strip) for strip in strips).split())

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


@pytest.fixture
def desk(tmp_path):
    """Run `steps(pilot, drilling)` on a desk with a drill, and give the rows of the log."""

    def desk(steps, *, size=SIZES[0], cards=(DRILL,), drills=False, clock=Still):
        async def run():
            with Store.open(tmp_path / "rung.db", drills=drills) as store:
                put(store, list(cards))
                drilling = Drilling(store, clock(MONDAY))
                async with drilling.desk.run_test(size=size) as pilot:
                    await pilot.pause()
                    await steps(pilot, drilling)
                return drilling.rows

        return asyncio.run(run())

    return desk


OPEN = ("d", "enter", "enter")
WRITE = (*"Shards", "tab", *"Hot")
TO_RATING = (*OPEN, *WRITE, "ctrl+r")
RATE = ("3", "3", "2", "2", "enter")
TO_GRADE = (*TO_RATING, *RATE, "enter", "enter", "b", "enter")
DETAIL = {
    "answer": {"design": "Shards", "risk": "Hot"},
    "failures": ["happy"],
    "minutes": 0.0,
    "ratings": {"framing": 3, "numbers": 3, "failure": 2, "close": 2},
    "scored": 4,
}


@pytest.mark.parametrize("size", SIZES)
def test_a_drill_is_written_rated_compared_graded_and_logged(desk, size):
    async def steps(pilot, drilling):
        await pilot.press("d")
        assert "one/top 10 min 0 attempts Design a top list." in drilling.screen
        await pilot.press("enter")
        assert drilling.said("foot") == "Enter starts the clock (10:00 left), Esc leaves."
        await pilot.press("enter", *WRITE)
        assert "one/top 10:00 left" in drilling.screen
        assert "Design a top list." in drilling.screen
        assert "The design 1 word" in drilling.screen
        assert "Hot" in drilling.screen
        await pilot.press("ctrl+r")
        assert drilling.said("said") == "Weak: framing none"
        await pilot.press(*RATE)
        assert drilling.said("title") == "The design (1 of 2)"
        for words in ("You", "Shards", "Model solution", "Hash the keys."):
            assert words in drilling.screen
        await pilot.press("enter", "enter")
        assert drilling.said("title") == "Common failures"
        await pilot.press("b", "enter")
        assert "Score: 10 of 12 points (83 %): Good (grade 4)." in drilling.screen
        assert drilling.said("foot") == GRADES
        await pilot.press("enter")
        assert "Logged as a review: Good (grade 4). Due again on 2026-11-24." in drilling.screen
        assert "1. 2026-11-23 Good (grade 4), 0 of 10 min" in drilling.screen
        assert "failed: Only sunny days." in drilling.screen
        assert not drilling.path.exists()
        assert "Shards" in drilling.path.with_suffix(".old.md").read_text()
        await pilot.press("enter")
        assert "one/top 10 min 1 attempt, last 83 % on 2026-11-23" in drilling.screen

    ((kind, grade, detail),) = desk(steps, size=size)
    assert detail.pop("seed") >= 0
    assert (kind, grade, detail) == ("review", 4, DETAIL)


@pytest.mark.parametrize(("key", "grade"), [("1", 1), ("2", 3), ("3", 4), ("4", 5), ("q", 4)])
def test_the_grade_may_be_overruled(desk, key, grade):
    async def steps(pilot, _drilling):
        await pilot.press(*TO_GRADE, key)

    assert [(row[1], row[2]["scored"]) for row in desk(steps)] == [(grade, 4)]


def test_the_same_detail_is_logged_as_by_the_command(desk):
    async def steps(pilot, _drilling):
        await pilot.press(*TO_GRADE, "enter")

    ((_, _, detail),) = desk(steps)
    assert set(detail) == {"seed", "answer", "ratings", "failures", "minutes", "scored"}


# ── the draft ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_every_second_is_kept(desk, size):
    async def steps(pilot, drilling):
        await pilot.press(*OPEN, *WRITE)
        await pilot.pause(1.3)
        assert drilling.draft() == "## The design\n\nShards\n\n## Risk\n\nHot\n"

    assert desk(steps, size=size) == []


def test_a_draft_is_gone_on_with(desk):
    async def steps(pilot, drilling):
        drilling.write(65, design="One.", risk="Two")
        await pilot.press("d")
        assert "0 attempts, a draft" in drilling.screen
        await pilot.press("enter")
        told = "There is a draft: 2 words, 1:05 used. Enter goes on with it (8:55 left), n starts anew."
        assert drilling.said("foot") == told
        await pilot.press("enter", *" more", "escape")
        assert drilling.name == "Drills"
        assert drilling.path.read_text().startswith("<!-- one/top; written for 65 s -->")
        assert drilling.draft() == "## The design\n\nOne.\n\n## Risk\n\nTwo more\n"

    assert desk(steps) == []


def test_a_new_draft_puts_the_old_one_aside(desk):
    async def steps(pilot, drilling):
        drilling.write(65, design="One.")
        await pilot.press("d", "enter", "n", *"New", "escape")
        assert drilling.path.read_text() == "<!-- one/top; written for 0 s -->\n\n## The design\n\nNew\n\n## Risk\n"
        assert "One." in drilling.path.with_suffix(".old.md").read_text()

    assert desk(steps) == []


def test_what_comes_after_the_time_is_marked(desk):
    async def steps(pilot, drilling):
        drilling.write(597, design="In time", risk="")
        await pilot.press(*OPEN, "enter", *"still")
        await until(lambda: "over time" in drilling.said("head"))
        await pilot.press("enter", *"after", "escape")
        assert drilling.draft() == "## The design\n\nIn time\nstill\n[late] after\n\n## Risk\n"

    assert desk(steps, clock=Clock) == []


def test_what_another_hand_adds_is_taken_over_and_what_it_loses_is_put_aside(desk):
    async def steps(pilot, drilling):
        await pilot.press(*OPEN, *"One")
        await pilot.pause(1.2)
        drilling.write(1, design="One\nadded", risk="there")
        await pilot.pause(1.2)
        assert [section.area.text for section in drilling.desk.screen.sections] == ["One\nadded", "there"]
        await pilot.press(*"!")
        drilling.write(1, design="Nothing of it", risk="")
        await pilot.press("escape")
        assert drilling.draft() == "## The design\n\nOne\nadded!\n\n## Risk\n\nthere\n"
        assert "Nothing of it" in drilling.path.with_suffix(".old.md").read_text()

    assert desk(steps) == []


def test_the_desk_left_in_the_middle_keeps_what_was_written(desk, tmp_path):
    async def steps(pilot, drilling):
        await pilot.press(*OPEN, *"Kept")
        await pilot.press("ctrl+q")

    assert desk(steps) == []
    (path,) = (tmp_path / "rung-drafts").iterdir()
    assert "## The design\n\nKept\n" in path.read_text()


def test_nothing_written_leaves_no_draft_and_is_rated_only_when_asked_twice(desk):
    async def steps(pilot, drilling):
        await pilot.press(*OPEN, "ctrl+r")
        assert drilling.name == "Drill"
        await pilot.press("ctrl+r")
        assert drilling.name == "Rating"
        await pilot.press("escape", "escape")
        assert (drilling.name, drilling.path.exists()) == ("Drills", False)

    assert desk(steps) == []


def test_a_draft_that_cannot_be_kept_is_told_of_and_not_left(desk, tmp_path):
    async def steps(pilot, drilling):
        await pilot.press(*OPEN)
        (tmp_path / "rung-drafts").write_text("no folder")
        await pilot.press(*"One", "escape")
        assert drilling.name == "Drill"
        assert drilling.said("foot").startswith("What is new is not kept yet: ")
        (tmp_path / "rung-drafts").unlink()
        await pilot.press("escape")
        assert drilling.draft() == "## The design\n\nOne\n\n## Risk\n"

    assert desk(steps) == []


# ── the rating ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_the_rubric_is_a_grid_for_arrows_and_clicks(desk, size):
    async def steps(pilot, drilling):
        await pilot.press(*TO_RATING, "right", "right", "space")
        assert "(x) 2 Strong" in drilling.screen
        shown = [f"framing {level}" in drilling.screen for level in ("none", "all")]
        assert shown == [size[0] >= 100] * 2, "all that levels look like where there is room"
        await pilot.click(list(drilling.desk.screen.query("Cell"))[5])
        await pilot.press("left", "enter", "3", "enter")
        assert drilling.desk.screen.levels == (2, 1, 0, 3)

    assert desk(steps, size=size) == []


def test_escape_goes_back_a_step_and_to_writing_until_the_solution_was_seen(desk):
    async def steps(pilot, drilling):
        await pilot.press(*TO_RATING, "escape", *"!", "ctrl+r", *RATE)
        await pilot.press("enter", "escape", "escape")
        assert drilling.said("title") == "Rubric"
        await pilot.press("up", "up", "up", "0", "enter", "enter", "enter", "enter")
        assert "Score: 7 of 12 points" in drilling.screen
        await pilot.press("escape", "escape", "escape", "escape", "escape")
        assert drilling.name == "Drills"
        assert drilling.draft() == "## The design\n\nShards\n\n## Risk\n\nHot!\n"

    assert desk(steps) == []


def test_a_second_attempt_is_seen_beside_the_first(desk):
    async def steps(pilot, drilling):
        await pilot.press(*TO_GRADE, "enter", "enter")
        await pilot.press("enter", "enter", *"Again", "ctrl+r", "3", "3", "3", "3", "enter", "enter", "enter", "enter")
        assert "Last time, on 2026-11-23: 83 %. ↑ up 17 points." in drilling.screen
        await pilot.press("enter")
        assert "Trend over 2 attempts: 83 % to 100 %, ↑ up 17 points" in drilling.screen

    assert [row[:2] for row in desk(steps, size=SIZES[1])] == [("review", 4), ("redrill", 5)]


def test_a_drill_that_comes_in_a_review_goes_on_to_the_next_card(desk):
    other = card("why#x", content=recall.Content("Why?", "So."), kind="recall")

    async def steps(pilot, drilling):
        await pilot.press("r")
        assert drilling.said("foot") == "Enter opens the drill; s buries it."
        await pilot.press("enter", "escape")
        assert drilling.said("foot") == "Enter opens the drill; s buries it."
        await pilot.press("enter", "enter", *WRITE, "ctrl+r", *RATE, "enter", "enter", "b", "enter", "enter", "enter")
        assert drilling.said("foot") == "Say it aloud. Then Enter."
        await pilot.press("u")
        assert drilling.said("foot") == "Enter opens the drill; s buries it."

    rows = desk(steps, cards=(DRILL, other), drills=True)
    assert [row[:2] for row in rows] == [("review", 4), ("void", None)]
    assert rows[0][2]["answer"] == DETAIL["answer"]


def test_a_killed_desk_loses_at_most_a_second_and_the_command_goes_on(drills, terminal, rung, tmp_path):
    child = terminal("desk", folder=drills)
    for shown, key in (
        ("Review", "d"),
        ("small/top-list", "\r"),
        ("starts the clock", "\r"),
        ("every second is kept", "Killed"),
    ):
        child.expect(shown)
        child.send(key)
    asyncio.run(until(lambda: "Killed" in kept(tmp_path)))
    child.kill(signal.SIGKILL)
    assert "## The design\n\nKilled\n" in kept(tmp_path)
    assert "There is a draft: 1 word in 1 of 2 sections" in rung("drill", "top-list", typed=":q\n")[1]


def kept(tmp_path):
    return "".join(path.read_text() for path in (tmp_path / "learner" / "rung-drafts").glob("*.md"))


async def until(true):
    """Wait until it is so; a test that waits in vain runs into its assertions."""
    for _ in range(50):
        if true():
            return
        await asyncio.sleep(0.1)
