"""The desk, driven by keys and mouse on screens of two sizes: what it shows, and what it logs."""

import pytest

pytest.importorskip("textual")

from desk_pilot import SIZES, driven
from learner import card
from rung.cards import checklist, choice, number, ordering, recall
from rung.desk.answers import Given, Panels

LEVELS = tuple(choice.Item(f"L{n}", f"L{n}") for n in (4, 5, 6, 7))
CARDS = {
    "recall": recall.Content("Why a *cache*?", "It is **near**."),
    "choice": choice.Content("Which level?", LEVELS, "L5", fixed=True),
    "ordering": ordering.Content("In order.", tuple(ordering.Item(i, f"says {i}") for i in "abc"), "from a to c"),
    "number": number.Content("How many GPUs?", "GPUs", 0.05, 5000.0),
    "checklist": checklist.Content("Name them.", tuple(checklist.Point(i, f"point {i}") for i in "ab")),
}


@pytest.fixture
def sit(tmp_path):
    """Run `steps(pilot, sitting)` on a desk with a card of some kinds."""

    def sit(steps, *kinds, size=SIZES[0]):
        return driven(tmp_path, steps, [card(f"{kind}#x", content=CARDS[kind], kind=kind) for kind in kinds], size=size)

    return sit


@pytest.mark.parametrize("size", SIZES)
def test_a_thought_is_shown_and_graded(sit, size):
    async def steps(pilot, sitting):
        await pilot.press("r", "3")
        assert sitting.said("foot") == "Say it aloud. Then Enter.", "grades do nothing on the question's side"
        await pilot.press("space")
        assert sitting.said("foot") == "1 Again (today, 1 d) 2 Hard (today, 1 d) [3 Good (1 d)] 4 Easy (1 d)"
        await pilot.press("enter")
        assert sitting.said("head") == "The sitting is over"

    assert sit(steps, "recall", size=size) == [("review", 4, "")]


@pytest.mark.parametrize("size", SIZES)
def test_an_option_is_picked_by_letter_or_cursor(sit, size):
    async def steps(pilot, _sitting):
        await pilot.press("r")
        for keys in ["b"], ["j", "j", "enter"], ["down", "down", "down", "up", "space"]:
            await pilot.press(*keys, "enter", "u")

    assert sit(steps, "choice", size=size) == [("review", 5, "B"), ("void", None, "")] * 3


def test_the_keys_in_the_last_line_may_be_clicked(sit):
    async def steps(pilot, sitting):
        await pilot.press("r")
        assert sitting.said("keys") == "space Go on u Undo s Bury ? Help q Home", "grades are for the back"
        await pilot.click("#keys", offset=(3, 0))
        await pilot.click("#keys", offset=(14, 0))

    assert sit(steps, "recall") == [("review", 1, "")]


def test_keys_that_come_fast_give_no_grade_to_a_back_that_nobody_saw(sit):
    async def steps(pilot, sitting):
        await pilot.press("r")
        panels = sitting.desk.screen.query_one(Panels)
        for _ in range(2):
            panels.post_message(Given(panels, "B"))
        await pilot.pause()
        assert "Right." in sitting.screen
        assert sitting.rows == []

    assert sit(steps, "choice") == []


def test_an_option_is_picked_by_a_click(sit):
    async def steps(pilot, sitting):
        await pilot.press("r")
        await pilot.click(sitting.desk.screen.query(".panel")[2])
        await pilot.press("1")

    assert sit(steps, "choice") == [("review", 1, "C")]


def in_order(sitting):
    return "".join(panel.option.id for panel in sitting.desk.screen.query_one("Order").panels)


@pytest.mark.parametrize("size", SIZES)
def test_panels_are_put_in_order(sit, size):
    async def steps(pilot, sitting):
        await pilot.press("r")
        for way in "letters", "shift", "grab":
            if way == "letters":
                letters = {each.option.id: each.option.letter.lower() for each in sitting.desk.screen.query(".panel")}
                await pilot.press(*(letters[id_] for id_ in "abc"))
            else:
                for place, id_ in enumerate("abc"):
                    at = in_order(sitting).index(id_)
                    await pilot.press(*["up"] * 3, *["down"] * at)
                    up = ["shift+up"] * (at - place)
                    await pilot.press(*(up if way == "shift" else ["space", *["k"] * (at - place), "space"]))
            assert in_order(sitting) == "abc"
            await pilot.press("enter")
            assert "In order." in sitting.screen
            await pilot.press("enter", "u")

    assert [row[:2] for row in sit(steps, "ordering", size=size)] == [("review", 5), ("void", None)] * 3


@pytest.mark.parametrize("size", SIZES)
def test_a_number_is_typed_and_what_is_none_is_told(sit, size):
    async def steps(pilot, sitting):
        await pilot.press("r", *"many", "enter")
        assert sitting.said("foot").startswith('"many" is no number in GPUs.')
        await pilot.press(*["backspace"] * 4, *"5k", "enter")
        await pilot.press("enter")

    assert sit(steps, "number", size=size) == [("review", 5, "5k")]


def test_escape_leaves_the_line_and_keys_are_commands_again(sit):
    async def steps(pilot, sitting):
        await pilot.press("r", "u")
        assert sitting.desk.screen.query_one("Line").value == "u"
        await pilot.press("escape", "s")
        assert sitting.said("head") == "The sitting is over"

    assert sit(steps, "number") == [("bury", None, "")]


@pytest.mark.parametrize("size", SIZES)
def test_points_are_ticked_on_the_back(sit, size):
    async def steps(pilot, _sitting):
        await pilot.press("r", "space", "b", "down", "up", "space", "space", "enter")

    assert sit(steps, "checklist", size=size)[0] == ("review", 2, "B")


@pytest.mark.parametrize("kind", ["ordering", "choice"])
def test_what_fits_does_not_scroll(sit, kind):
    async def steps(pilot, sitting):
        await pilot.press("r")
        await pilot.pause()
        assert sitting.desk.screen.query_one("#card").max_scroll_y == 0

    assert sit(steps, kind) == []


def test_nothing_typed_is_a_miss_after_a_second_enter(sit):
    async def steps(pilot, sitting):
        await pilot.press("r", "enter")
        assert sitting.said("foot") == "Nothing is typed. Enter once more shows the back."
        await pilot.press("escape", "enter", "enter")
        assert "You gave no answer." in sitting.screen
        await pilot.press("enter", "q")

    assert sit(steps, "number")[0] == ("review", 1, "")


def test_undo_brings_the_card_back_also_after_the_sitting(sit):
    async def steps(pilot, sitting):
        await pilot.press("r", "space", "enter", "u")
        assert sitting.said("foot") == "Say it aloud. Then Enter."
        await pilot.press("space", "4")

    assert [row[:2] for row in sit(steps, "recall")] == [("review", 4), ("void", None), ("review", 5)]


def test_suspend_edit_info_and_home(sit):
    async def steps(pilot, sitting):
        await pilot.press("r", "i")
        assert type(sitting.desk.screen).__name__ == "Info"
        assert "A new card." in sitting.screen
        await pilot.press("escape", "e")
        assert sitting.edits == ["one/recall#x"]
        await pilot.press("at")
        await pilot.press("enter")
        assert type(sitting.desk.screen).__name__ == "Home"
        assert "Nothing is due" in sitting.said("today")

    assert sit(steps, "recall") == [("suspend", None, "")]


def test_what_fails_comes_again_and_the_day_is_counted(sit):
    async def steps(pilot, sitting):
        assert "0 due, 1 new, 0 again" in sitting.said("today")
        await pilot.press("r", "space", "1")
        assert sitting.said("head").startswith("2/2 again ")
        await pilot.press("q")
        assert "0 due, 0 new, 1 again" in sitting.said("today")
        assert "1 answer in under a minute today; a streak of 1 day" in sitting.said("today")
        await pilot.press("r", "space", "3", "enter")

    assert sit(steps, "recall") == [("review", 1, ""), ("redrill", 4, "")]


@pytest.mark.parametrize("size", SIZES)
def test_a_flag_is_given_shown_taken_away_and_left(sit, size):
    async def steps(pilot, sitting):
        await pilot.press("r", "g")
        assert "Flag this card: 1 to 7." in sitting.screen
        await pilot.press("3")
        assert sitting.said("head").startswith("1/1 new, flag 3 ")
        await pilot.press("space", "g", "escape", "g", "0")
        assert sitting.said("head").startswith("1/1 new ")
        assert sitting.said("foot").startswith("1 Again"), "the back stays"
        await pilot.press("u", "u", "space", "4")

    assert [row[:2] for row in sit(steps, "recall", size=size)] == [
        ("flag", None), ("flag", None), ("void", None), ("void", None), ("review", 5)
    ]  # fmt: skip


def test_a_resize_in_the_middle_of_a_card_keeps_the_answer(sit):
    async def steps(pilot, sitting):
        await pilot.press("r", "down", "down")
        await pilot.resize_terminal(140, 50)
        await pilot.press("enter", "enter")

    assert sit(steps, "choice") == [("review", 5, "B")]


def test_it_never_starts_without_a_terminal(workspace, rung):
    assert rung("desk") == (2, "", "rung: the desk needs a terminal; elsewhere there is: rung review\n")
