"""The plan on the desk: its line on the first screen, and a screen of its own."""

from __future__ import annotations

import asyncio

import pytest

pytest.importorskip("textual")

import desk_sample
from desk_pilot import SIZES, burst, driven_desk, lines
from learner import card, put
from rung.store import Store
from rung.workspace import CannotGoOn


def shown(folder, steps, *, size, planned=True):
    async def run():
        with Store.open(folder / "rung.db") as store:
            put(store, [card(f"{number}#x") for number in range(40)])
            if planned:
                desk_sample.plan(store)
            app = desk_sample.desk(store)
            async with driven_desk(app, size) as pilot:
                await steps(pilot, app)

    asyncio.run(run())


@pytest.mark.parametrize("size", SIZES)
def test_the_first_screen_tells_of_the_plan_and_l_shows_it(tmp_path, size):
    async def steps(pilot, app):
        await pilot.pause()
        assert " 25 days to your interview: Deep Study. l shows the plan." in lines(app)
        assert " 0 due, 3 new, 0 again" in lines(app)
        await pilot.press("l")
        await pilot.pause()
        assert lines(app)[1:7] == [
            " Monday, 23 November 2026: 25 days to your interview on Friday, 18 December.",
            " 20 minutes a day for cards, drills and mocks.", "", " Today: Deep Study, about 3 min",
            "   rung review  0 due, 3 new, about 3 min", "   1 [ ] one-system  Take one system.",
        ]  # fmt: skip
        assert lines(app)[-1] == " j Down  k Up  space Next page  b Page before  1-9 Tick  q Home"
        top = lines(app)[1]
        await pilot.press("j")
        moved = lines(app)[1] != top
        assert moved == (size == SIZES[0]), "what fits does not scroll"
        await pilot.press("end", "space", "k", "b", "home")
        assert lines(app)[1] == top
        await pilot.press("q")
        assert " 25 days to your interview: Deep Study. l shows the plan." in lines(app)

    shown(tmp_path, steps, size=size)


@pytest.mark.parametrize("size", SIZES)
def test_a_number_ticks_a_task_and_u_takes_it_back(tmp_path, size):
    async def steps(pilot, app):
        def ticks():
            return [event.detail.get("on", True) for event in app.seat.store.events() if "tick" in event.detail]

        await pilot.press("l", "2", "u")
        assert ticks() == [], "there is no second task, and nothing to take back"
        await pilot.press("1")
        assert "   1 [x] one-system  Take one system." in lines(app)
        assert lines(app)[-1] == " j Down  k Up  space Next page  b Page before  1-9 Tick  u Undo  q Home"
        await pilot.press("u")
        assert "   1 [ ] one-system  Take one system." in lines(app)
        await pilot.press("1", "1")
        assert "   1 [ ] one-system  Take one system." in lines(app)
        assert ticks() == [True, False, True, False]
        assert app.seat.store.plan().ticks == ()

    shown(tmp_path, steps, size=size)


def test_scroll_keys_that_come_fast_lose_no_line(tmp_path):
    async def steps(pilot, app):
        await pilot.press("l")
        await pilot.pause()
        await burst(pilot, "j", "j", "down", "down", "k")
        assert app.screen.query_one("#figures").scroll_offset.y == 3

    shown(tmp_path, steps, size=SIZES[0])


def test_cards_that_cannot_be_read_are_told_of_there(tmp_path):
    async def steps(pilot, app):
        def planned():
            raise CannotGoOn("cards/x.jsonl: not UTF-8; make it anew with: rung build")

        app.planned = planned
        app.screen.phase = ""
        app.screen.on_screen_resume()
        await pilot.pause()
        await pilot.press("l")
        assert lines(app)[1] == " cards/x.jsonl: not UTF-8; make it anew with: rung build"

    shown(tmp_path, steps, size=SIZES[0])


def test_without_a_plan_the_first_screen_is_as_it_was_and_l_says_how_to_make_one(tmp_path):
    async def steps(pilot, app):
        assert not [line for line in lines(app) if "plan" in line]
        await pilot.press("l")
        assert lines(app)[1] == " There is no plan. Make one outside of the desk: rung plan --interview"

    shown(tmp_path, steps, size=SIZES[0], planned=False)
