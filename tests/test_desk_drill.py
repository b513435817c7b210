"""Drills on the desk, the writing: the clock, the draft on the disk, what was typed ahead, the attempts before."""

from dataclasses import replace
from functools import partial

import pytest

pytest.importorskip("textual")

from desk_drilled import DRILL, OPEN, WRITE, Still, attempted, drilled
from desk_pilot import SIZES, Pasted, burst, until
from learner import day
from rung.desk import drill
from rung.workspace import Clock


@pytest.fixture
def desk(tmp_path):
    return partial(drilled, tmp_path)


@pytest.fixture
def at_once(monkeypatch):
    """What is new is kept after a moment instead of a second."""
    assert drill.EVERY == 1
    monkeypatch.setattr(drill, "EVERY", 0.02)


@pytest.mark.parametrize("size", SIZES)
def test_every_second_is_kept(desk, at_once, size):
    async def steps(pilot, drilling):
        await burst(pilot, *OPEN, *WRITE)
        await until(lambda: drilling.path.exists() and "Hot" in drilling.draft())
        assert drilling.draft() == "## The design\n\nShards\n\n## Risk\n\nHot\n"

    assert desk(steps, size=size) == []


def test_a_draft_is_gone_on_with(desk):
    async def steps(pilot, drilling):
        drilling.write(65, design="One.", risk="Two")
        await burst(pilot, "d")
        assert "0 attempts, a draft" in drilling.screen
        await burst(pilot, "enter")
        told = "There is a draft: 2 words, 1:05 used. Enter goes on with it (8:55 left), n starts anew."
        assert drilling.said("foot") == told
        await burst(pilot, "enter", *" more", "escape")
        assert drilling.name == "Drills"
        assert drilling.path.read_text().startswith("<!-- one/top; written for 65 s -->")
        assert drilling.draft() == "## The design\n\nOne.\n\n## Risk\n\nTwo more\n"

    assert desk(steps) == []


def test_a_new_draft_puts_the_old_one_aside(desk):
    async def steps(pilot, drilling):
        drilling.write(65, design="One.")
        await burst(pilot, "d", "enter", "n", *"New", "escape")
        assert drilling.path.read_text() == "<!-- one/top; written for 0 s -->\n\n## The design\n\nNew\n\n## Risk\n"
        assert "One." in drilling.path.with_suffix(".old.md").read_text()

    assert desk(steps) == []


def test_what_comes_after_the_time_is_marked(desk):
    async def steps(pilot, drilling):
        drilling.write(599, design="In time", risk="")
        await burst(pilot, *OPEN, "enter", *"still")
        await until(lambda: "over time" in drilling.said("head"))
        await burst(pilot, "enter", *"after", "escape")
        assert drilling.draft() == "## The design\n\nIn time\nstill\n[late] after\n\n## Risk\n"

    assert desk(steps, clock=Clock) == []


def test_what_another_hand_adds_is_taken_over_and_what_it_loses_is_put_aside(desk, at_once):
    async def steps(pilot, drilling):
        await burst(pilot, *OPEN, *"One")
        await until(drilling.path.exists)
        drilling.write(1, design="One\nadded", risk="there")
        await until(lambda: drilling.desk.screen.sections[1].area.text)
        assert [section.area.text for section in drilling.desk.screen.sections] == ["One\nadded", "there"]
        await burst(pilot, *"!")
        await until(lambda: "added!" in drilling.draft())
        drilling.write(1, design="Nothing of it", risk="")
        await burst(pilot, "escape")
        assert drilling.draft() == "## The design\n\nOne\nadded!\n\n## Risk\n\nthere\n"
        assert "Nothing of it" in drilling.path.with_suffix(".old.md").read_text()

    assert desk(steps) == []


def test_the_desk_left_in_the_middle_keeps_what_was_written(desk, tmp_path):
    async def steps(pilot, drilling):
        await burst(pilot, *OPEN, *"Kept")
        await pilot.press("ctrl+q")

    assert desk(steps) == []
    (path,) = (tmp_path / "rung-drafts").iterdir()
    assert "## The design\n\nKept\n" in path.read_text()


def test_nothing_written_leaves_no_draft_and_is_rated_only_when_asked_twice(desk):
    async def steps(pilot, drilling):
        await burst(pilot, *OPEN, "ctrl+r")
        assert drilling.name == "Drill"
        await burst(pilot, "ctrl+r")
        assert drilling.name == "Rating"
        await burst(pilot, "escape", "escape")
        assert (drilling.name, drilling.path.exists()) == ("Drills", False)

    assert desk(steps) == []


def test_a_draft_that_cannot_be_kept_is_told_of_and_not_left(desk, tmp_path):
    async def steps(pilot, drilling):
        await burst(pilot, *OPEN)
        (tmp_path / "rung-drafts").write_text("no folder")
        await burst(pilot, *"One", "escape")
        assert drilling.name == "Drill"
        assert drilling.said("foot").startswith("What is new is not kept yet: ")
        (tmp_path / "rung-drafts").unlink()
        await burst(pilot, "escape")
        assert drilling.draft() == "## The design\n\nOne\n\n## Risk\n"

    assert desk(steps) == []


# ── typed ahead ──────────────────────────────────────────────────────────────────────────────────


def test_all_keys_of_a_drill_may_come_at_once(desk):
    async def steps(pilot, _drilling):
        await burst(pilot, *OPEN, *"jnp q, all of it", "tab", *"Hot", "ctrl+r", "3", "3", "2", "2", "enter")
        await burst(pilot, "enter", "enter", "b", "enter", "enter")

    ((kind, grade, detail),) = desk(steps)
    assert (kind, grade, detail["answer"]) == ("review", 4, {"design": "jnp q, all of it", "risk": "Hot"})


def test_the_prompt_is_read_in_full_while_one_writes(desk):
    long = "\n".join(f"- point {number}" for number in range(20))
    card = replace(DRILL, content=replace(DRILL.content, prompt=long))

    async def steps(pilot, drilling):
        await burst(pilot, *OPEN)
        seen = []
        for _ in range(4):
            seen.append([number for number in range(20) if f"point {number} " in drilling.screen])
            await burst(pilot, "ctrl+p")
        small, whole, below, _ = seen
        assert small[0] == whole[0] == 0
        assert len(whole) > len(small)
        assert below[-1] == 19
        await burst(pilot, *"On")
        assert drilling.desk.screen.texts().texts["design"] == "On"

    desk(steps, cards=(card,))


# ── the attempts before ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_before_the_start_the_attempts_are_told_and_their_texts_beside_the_solution(desk, size):
    async def steps(pilot, drilling):
        await burst(pilot, "d", "enter")
        assert (drilling.said("past"), drilling.said("keys")) == ("", "enter Begin esc Leave")
        await burst(pilot, "p")
        assert drilling.name == "Drill", "there is none to look at"
        await burst(pilot, "escape")
        attempted(drilling.store)
        await burst(pilot, "enter", "enter", Pasted("Again"), "ctrl+r", *"3333", *["enter"] * 6)
        drilling.desk.seat.clock = Still(day(3))
        await burst(pilot, "enter")
        first = "1. 2026-11-23 Good (grade 4), 83 %, 0 of 10 min"
        second = "2. 2026-11-23 Easy (grade 5), 100 %, 0 of 10 min, ↑ up 17 points"
        assert drilling.said("past") == f"So far; the last one 3 days ago: {first} {second}"
        assert drilling.said("keys") == "enter Begin p Past attempts esc Leave"
        await burst(pilot, "p")
        assert "The model solution stands beside them. See it before you write? y/n" in drilling.screen
        await burst(pilot, "n", "p", "y")
        for words in ("attempts so far: 2", second, "The design", "Again", "Nothing.", "Hash the keys."):
            assert words in drilling.screen
        assert drilling.said("keys") == "left Earlier esc Back"
        await burst(pilot, "left")
        for words in (first, "The design", "Shards", "Hot", "Model solution", "Hash the keys.", "A hot key."):
            assert words in drilling.screen
        assert drilling.said("keys") == "right Later esc Back"
        await burst(pilot, "left", "right", "q", "enter")
        assert drilling.name == "Drill"
        assert "So far" not in drilling.screen, "while one writes, there is more room for that"

    desk(steps, size=size)
