"""Drills on the desk, the rating: by keys and mouse, the model solution, the grade, and the row that is logged."""

from functools import partial

import pytest

pytest.importorskip("textual")

from desk_drilled import DETAIL, DRILL, OPEN, RATE, TO_RATING, WRITE, attempted, drilled
from desk_pilot import SIZES, Pasted, burst
from learner import card
from rung.cards import recall

GRADES = "1 Again (1 d) 2 Hard (1 d) [3 Good (1 d)] 4 Easy (1 d)"


@pytest.fixture
def desk(tmp_path):
    return partial(drilled, tmp_path)


@pytest.mark.parametrize("size", SIZES)
def test_a_drill_is_written_rated_compared_graded_and_logged(desk, size):
    async def steps(pilot, drilling):
        await burst(pilot, "d")
        assert "top 10 min 0 attempts Design a top list." in drilling.screen
        await burst(pilot, "enter")
        assert drilling.said("foot") == "Enter starts the clock: 10:00 left."
        await burst(pilot, "enter", *"Shards", "tab", *"Hot")
        assert "one/top 10:00 left" in drilling.screen
        assert "Design a top list." in drilling.screen
        assert "The design 1 word" in drilling.screen
        assert "Hot" in drilling.screen
        assert drilling.said("keys") == "tab Next section ^r Rate ^p Prompt esc Leave"
        await burst(pilot, "ctrl+r")
        assert drilling.said("said") == "Weak: framing none"
        assert drilling.said("keys") == "esc Back q Leave"
        await burst(pilot, *RATE[:-1])
        assert drilling.said("keys") == "enter On esc Back q Leave"
        await burst(pilot, *RATE[-1:])
        assert drilling.said("title") == "The design (1 of 2)"
        for words in ("You", "Shards", "Model solution", "Hash the keys."):
            assert words in drilling.screen
        await burst(pilot, "enter", "enter")
        assert drilling.said("title") == "Common failures"
        await burst(pilot, "b", "enter")
        assert "Score: 10 of 12 points (83 %): Good (grade 4)." in drilling.screen
        assert drilling.said("foot") == GRADES
        assert drilling.said("keys") == "enter On 1 Again 2 Hard 3 Good 4 Easy esc Back q Leave"
        await burst(pilot, "enter")
        assert "Logged as a review: Good (grade 4). Due again on 2026-11-24." in drilling.screen
        assert "1. 2026-11-23 Good (grade 4), 0 of 10 min" in drilling.screen
        assert "failed: Only sunny days." in drilling.screen
        assert not drilling.path.exists()
        assert "Shards" in drilling.path.with_suffix(".old.md").read_text()
        await burst(pilot, "enter")
        assert "top 10 min 1 attempt, last 83 % on 2026-11-23" in drilling.screen
        assert drilling.said("keys") == "esc Home"

    ((kind, grade, detail),) = desk(steps, size=size)
    assert detail.pop("seed") >= 0
    assert (kind, grade, detail) == ("review", 4, DETAIL)


@pytest.mark.parametrize("size", SIZES)
def test_the_rubric_is_a_grid_for_arrows_and_clicks(desk, size):
    async def steps(pilot, drilling):
        await burst(pilot, *TO_RATING, "right", "right", "space")
        assert "(x) 2 Strong" in drilling.screen
        shown = [f"framing {level}" in drilling.screen for level in ("none", "all")]
        assert shown == [size[0] >= 100] * 2, "all that levels look like where there is room"
        for other in reversed(SIZES) if size == SIZES[0] else ():
            await pilot.resize_terminal(*other)
            assert ("framing all" in drilling.screen) == (other[0] >= 100)
        await pilot.click(list(drilling.desk.screen.query("Cell"))[5])
        await burst(pilot, "left", "enter", "3", "enter")
        assert drilling.desk.screen.levels == (2, 1, 0, 3)

    assert desk(steps, size=size) == []


def test_escape_goes_back_a_step_and_to_writing_until_the_solution_was_seen(desk):
    async def steps(pilot, drilling):
        await burst(pilot, *TO_RATING, "escape", *"!", "ctrl+r", *RATE)
        await burst(pilot, "enter", "escape", "escape")
        assert drilling.said("title") == "Rubric"
        await burst(pilot, "up", "up", "up", "0", "enter", "enter", "enter", "enter")
        assert "Score: 7 of 12 points" in drilling.screen
        await burst(pilot, "escape", "escape", "escape", "escape", "escape")
        assert drilling.name == "Drills"
        assert drilling.draft() == "## The design\n\nShards\n\n## Risk\n\nHot!\n"

    assert desk(steps) == []


def test_a_second_attempt_is_seen_beside_the_first(desk):
    async def steps(pilot, drilling):
        attempted(drilling.store)
        await burst(pilot, *OPEN, Pasted("Again"), "ctrl+r", "3", "3", "3", "3", "enter", "enter", "enter", "enter")
        assert "Last time, on 2026-11-23: 83 %. ↑ up 17 points." in drilling.screen
        await burst(pilot, "enter")
        assert "Trend over 2 attempts: 83 % to 100 %, ↑ up 17 points" in drilling.screen

    assert [row[:2] for row in desk(steps, size=SIZES[1])] == [("review", 4), ("redrill", 5)]


def test_a_drill_that_comes_in_a_review_goes_on_to_the_next_card(desk):
    other = card("why#x", content=recall.Content("Why?", "So."), kind="recall")

    async def steps(pilot, drilling):
        await burst(pilot, "r")
        assert drilling.said("foot") == "Enter opens the drill; s buries it."
        await burst(pilot, "enter", "escape")
        assert drilling.said("foot") == "Enter opens the drill; s buries it."
        await burst(pilot, "enter", "enter", *WRITE, "ctrl+r", *RATE, "enter", "enter", "b", "enter", "enter", "enter")
        assert drilling.said("foot") == "Say it aloud. Then Enter."
        await burst(pilot, "u")
        assert drilling.said("foot") == "Enter opens the drill; s buries it."

    rows = desk(steps, cards=(DRILL, other), drills=True)
    assert [row[:2] for row in rows] == [("review", 4), ("void", None)]
    assert rows[0][2]["answer"] == DETAIL["answer"]


def test_the_keys_in_the_last_line_may_be_clicked(desk):
    async def steps(pilot, drilling):
        await burst(pilot, *TO_RATING, *RATE[:-1])
        for title in ("The design (1 of 2)", "Risk (2 of 2)", "Common failures", "Your grade", "Attempts"):
            await pilot.click("#keys", offset=(3, 0))
            assert drilling.said("title") == title

    assert [row[:2] for row in desk(steps)] == [("review", 4)]
