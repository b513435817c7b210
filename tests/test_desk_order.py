"""Putting a ladder in order by mouse on the desk: press, drag, release; and what is logged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("textual")

from textual import events

from desk_pilot import SIZES, driven
from learner import card
from rung.cards import ordering
from rung.desk import order as order_
from rung.desk.order import dropped

SHORT = [f"says {id_}" for id_ in "abcd"]
LONG = [f"{id_} " + "goes on and on and on " * 15 for id_ in "abcd"]  # more of them than 80 by 24 shows


def order(texts, times=1):
    items = tuple(ordering.Item(id_, text) for id_, text in zip("abcdefghi", texts * times, strict=False))
    content = ordering.Content("In order.", items, "from a to the end")
    return card("ordering#x", content=content, kind="ordering")


def now(sitting):
    return sitting.desk.screen.query_one("Order").words()


def panel(sitting, place):
    return sitting.desk.screen.query_one("Order").panels[place]


def answers(rows):
    return [(kind, words) for kind, _, words in rows]


def grabbed(sitting):
    return "".join(each.option.letter for each in sitting.desk.screen.query(".grabbed"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("texts", [SHORT, LONG], ids=["short", "long"])
def test_a_panel_is_dragged_and_the_order_follows_the_mouse(tmp_path, monkeypatch, size, texts):
    monkeypatch.setattr(order_, "AT_EDGE", 3600)  # seconds: it goes on beyond no edge meanwhile

    async def steps(pilot, sitting):
        await pilot.press("r")
        assert now(sitting) == "ABCD"
        await pilot.mouse_down(panel(sitting, 0))
        assert (now(sitting), grabbed(sitting)) == ("ABCD", "A")
        assert "» A." in sitting.screen
        assert "┃" in sitting.screen, "no colour is needed to see it"
        below = panel(sitting, 1)
        await pilot.hover(below, offset=(5, below.region.height - 1))
        assert (now(sitting), grabbed(sitting)) == ("BACD", "A"), "it moves with the mouse, not after it"
        below = panel(sitting, 2)
        await pilot.hover(below, offset=(5, below.region.height - 1))
        assert now(sitting) == "BCAD"
        await pilot.hover(panel(sitting, 1))
        assert now(sitting) == "BACD", "and back"
        await pilot.mouse_up(panel(sitting, 1))
        assert (now(sitting), grabbed(sitting)) == ("BACD", "")
        assert "› A." in sitting.screen
        await pilot.hover(panel(sitting, 3))
        assert now(sitting) == "BACD", "nothing is held any more"
        await pilot.press("enter", "1")

    assert answers(driven(tmp_path, steps, [order(texts)], size=size)) == [("review", "BACD")]


def test_a_click_puts_the_cursor_there_and_keys_carry_on_from_it(tmp_path):
    async def steps(pilot, sitting):
        await pilot.press("r")
        await pilot.click(panel(sitting, 2))
        assert (now(sitting), grabbed(sitting)) == ("ABCD", "")
        await pilot.press("space", "up")
        assert (now(sitting), grabbed(sitting)) == ("ACBD", "C")
        await pilot.press("d")
        assert (now(sitting), grabbed(sitting)) == ("DACB", ""), "a letter lets go of what Space grabbed"
        await pilot.press("down", "enter", "1")

    assert answers(driven(tmp_path, steps, [order(SHORT)])) == [("review", "DACB")]


def test_a_terminal_names_no_widget_under_its_mouse(tmp_path):
    async def steps(pilot, sitting):
        async def mouse(happens, row):
            x, y = panel(sitting, 0).region.x + 5, panel(sitting, 0).region.y + row
            event = happens(None, x, y, 0, 0, 1, False, False, False, screen_x=x, screen_y=y)
            sitting.desk._driver.send_message(event)
            await pilot.pause()

        await pilot.press("r")
        await mouse(events.MouseDown, 0)
        assert grabbed(sitting) == "A"
        top = panel(sitting, 0)
        await mouse(events.MouseMove, 2)
        assert (now(sitting), panel(sitting, 2)) == ("BCAD", top)
        await mouse(events.MouseUp, 2)
        assert grabbed(sitting) == ""
        await pilot.press("enter", "1")

    assert answers(driven(tmp_path, steps, [order(SHORT)])) == [("review", "BCAD")]


def test_held_at_the_edge_a_panel_goes_on_beyond_the_screen(tmp_path, monkeypatch):
    assert order_.AT_EDGE == 0.1
    monkeypatch.setattr(order_, "AT_EDGE", 0.02)

    async def steps(pilot, sitting):
        await pilot.press("r")
        seen = sitting.desk.screen.query_one("#card")
        await pilot.mouse_down(panel(sitting, 0))
        await pilot.hover(offset=(5, seen.region.bottom - 1))
        while now(sitting)[-1] != "A":
            assert seen.scroll_offset.y < seen.max_scroll_y, "it stays within what is seen"
            await pilot.pause(0.02)
        await pilot.pause(0.02)
        assert seen.scroll_offset.y > 20
        await pilot.hover(offset=(5, seen.region.y))
        while now(sitting)[0] != "A":
            await pilot.pause(0.02)
        await pilot.hover(offset=(5, seen.region.y + 5))
        await pilot.pause()
        at = seen.scroll_offset.y
        await pilot.pause(0.06)
        assert seen.scroll_offset.y == at, "away from the edge it rests"
        await pilot.mouse_up()
        await pilot.press("enter")

    driven(tmp_path, steps, [order(LONG, 2)])


def test_a_panel_that_is_held_while_its_card_goes_lets_go_of_the_mouse(tmp_path):
    async def steps(pilot, sitting):
        await pilot.press("r")
        await pilot.mouse_down(panel(sitting, 0))
        await pilot.press("enter", "enter")
        assert sitting.desk.mouse_captured is None
        await pilot.press("1")

    assert driven(tmp_path, steps, [order(SHORT)])[0][0] == "review"


# ── where a panel is dropped ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("heights", "of", "row", "place"),
    [
        ([1, 1, 1], 0, 0, 0),
        ([1, 1, 1], 0, 2, 2),
        ([1, 1, 1], 2, 0, 0),
        ([1, 1, 1], 1, -5, 0),
        ([1, 1, 1], 1, 50, 2),
        ([1, 5, 1], 0, 4, 0),  # past a tall one, it would lie below the mouse
        ([1, 5, 1], 0, 5, 1),
        ([5, 1, 1], 0, 4, 0),  # the mouse is still on it
        ([5, 1, 1], 0, 5, 1),
    ],
)
def test_where_a_panel_goes(heights, of, row, place):
    assert dropped(heights, of, row) == place


@given(st.lists(st.integers(1, 9), min_size=2, max_size=6), st.data())
def test_a_mouse_that_rests_moves_nothing(heights, data):
    of, row = data.draw(st.integers(0, len(heights) - 1)), data.draw(st.integers(-3, sum(heights) + 3))
    to = dropped(heights, of, row)
    moved = [*heights[:of], *heights[of + 1 :]]
    moved.insert(to, heights[of])
    assert dropped(moved, to, row) == to
