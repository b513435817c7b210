"""What a learner stumbled over on a first day at the desk."""

import asyncio

import pytest

pytest.importorskip("textual")

import desk_sample
from desk_pilot import SIZES, burst, driven, driven_desk, lines
from learner import card
from rung.cards import checklist, choice, drill, ordering, recall
from rung.desk import answering
from rung.model import Expects, Option, Question
from rung.store import Store

LEVELS = tuple(choice.Item(f"L{n}", f"L{n}") for n in (4, 5, 6, 7))
THOUGHT = card("a#x", content=recall.Content("Why?", "So."))
CHOICE = card("b#x", content=choice.Content("Which level?", LEVELS, "L5", fixed=True), kind="choice")
ORDER = card(
    "c#x", content=ordering.Content("In order.", tuple(ordering.Item(i, f"says {i}") for i in "abc")), kind="ordering"
)
POINTS = card(
    "d#x",
    content=checklist.Content("Name them.", tuple(checklist.Point(i, f"point {i}") for i in "ab")),
    kind="checklist",
)
OPTIONS = tuple(Option(letter, letter, letter) for letter in "ABCD")


@pytest.mark.parametrize(
    ("expects", "how", "told"),
    [
        (Expects.LETTER, "Type a letter, A to D", "A to D picks; or use the arrows, then Enter."),
        (Expects.LETTERS, "Type all letters first to last, e.g. DCBA", "Shift with an arrow moves one, letters put theirs next; then Enter."),
        (Expects.NUMBER, "A number in GPUs", "A number in GPUs; then Enter."),
        (Expects.TICKS, "Say it aloud; 4 points", "Say it aloud; 4 points. Then Enter."),
    ],
)  # fmt: skip
def test_the_desk_tells_how_it_is_answered_itself(expects, how, told):
    assert answering.how(Question("?", expects, how, OPTIONS)) == told


def test_an_enter_too_many_answers_nothing(tmp_path):
    async def steps(pilot, sitting):
        await burst(
            pilot, "r", "enter", "enter", "enter", "enter", " "
        )  # the thought, and on the choice three too many
        assert sitting.said("head").startswith("2/4 new ")
        assert sitting.said("foot") == "Nothing is picked yet: type a letter, or use the arrows, then Enter."
        assert "›" not in sitting.screen
        await burst(pilot, "up", "down", "enter", "enter", "enter")
        assert sitting.said("head").startswith("3/4 new ")
        assert sitting.said("foot") == "Nothing is moved yet. Enter once more takes this order."
        await burst(pilot, *"abc", "enter", "enter", "enter", "enter")
        assert sitting.said("head").startswith("4/4 new ") or sitting.said("head").startswith("4/5 new ")
        assert sitting.said("foot") == "Nothing is ticked. Enter once more leaves it so."
        assert sitting.screen.count("point a") == 1, "the points are there to tick, and not once more below"
        await burst(pilot, "enter")

    rows = driven(tmp_path, steps, [THOUGHT, CHOICE, ORDER, POINTS])
    assert rows[0] == ("review", 4, "")
    assert rows[1] == ("review", 5, "B")
    assert rows[2][2] == "ABC"
    assert rows[3] == ("review", 0, "-")


@pytest.mark.parametrize("size", SIZES)
def test_help_is_a_panel_that_any_key_closes_and_grades_stand_below_the_back_alone(tmp_path, size):
    async def steps(pilot, sitting):
        await burst(pilot, "r")
        assert sitting.said("keys") == "space Go on u Undo s Bury ? Help q Home"
        for key in ("escape", "q", "space", "3", "?"):
            await burst(pilot, "question_mark")
            assert "any key closes this" in sitting.screen
            assert sitting.screen.startswith("1/1 new "), "the card stays behind it"
            await burst(pilot, key)
            assert "any key closes this" not in sitting.screen
            assert sitting.said("foot") == "Say it aloud. Then Enter.", key
        await burst(pilot, "g")
        assert "Why?" in sitting.screen, "also while a flag is picked"
        await burst(pilot, "escape", "enter")
        assert sitting.said("keys") == "space Go on 1 Again 2 Hard 3 Good 4 Easy u Undo s Bury ? Help q Home"
        await burst(pilot, "3")
        assert sitting.said("keys") == "space Go on u Undo ? Help q Home"

    assert driven(tmp_path, steps, [THOUGHT], size=size) == [("review", 4, "")]


def test_one_thing_is_told_at_a_time_on_the_whole_width(tmp_path):
    async def steps(pilot, sitting):
        await burst(pilot, "r", "g", "3", "s", "u", "u")
        assert [note.message for note in sitting.desk._notifications] == ["Took back: flag of one/a#x"]
        await pilot.pause(0.1)
        toast = sitting.desk.screen.query("Toast").first()
        assert toast.region.width == 78
        assert toast.region.height == 1

    driven(tmp_path, steps, [THOUGHT, CHOICE])


def test_the_front_and_the_back_fold_their_words_alike(tmp_path):
    words = " ".join(f"word{n}" for n in range(14))  # about as long as a line

    async def steps(pilot, sitting):
        await burst(pilot, "r")
        prompt = sitting.desk.screen.query_one("#prompt")
        front = prompt.size
        await burst(pilot, "enter")
        await pilot.pause()
        assert sitting.desk.screen.query_one("#card").max_scroll_y > 0
        assert prompt.size == front

    driven(tmp_path, steps, [card("long#x", content=recall.Content(words, "\n\n".join([words] * 20)))])


@pytest.mark.parametrize("size", [(20, 12), (1, 1)])
def test_a_terminal_that_is_far_too_narrow_stops_nothing(tmp_path, size):
    async def steps(pilot, sitting):
        assert sitting.said("courses").endswith("0 of 1 ─")
        await burst(pilot, "r", "i", "escape", "enter", "3")

    assert driven(tmp_path, steps, [THOUGHT], size=size) == [("review", 4, "")]


def test_home_stays_in_its_columns_after_another_size(tmp_path):
    async def run(store):
        desk = desk_sample.desk(store)
        async with driven_desk(desk, (140, 50)) as pilot:
            await burst(pilot, "p")
            await pilot.resize_terminal(80, 24)
            await burst(pilot, "q")
            await pilot.pause(0.1)
            courses = desk.screen.query_one("#courses")
            rows = len(str(courses.visual).splitlines())
            assert courses.size.height == rows, "no course is folded"
            for *size, bar in ((140, 50, 30), (80, 24, 10)):
                await pilot.resize_terminal(*size)
                assert max(line.count("█") for line in lines(desk)) == bar, "as long as there is room for"

    with Store.open(tmp_path / "rung.db") as store:
        asyncio.run(run(desk_sample.lived(store)))


def test_a_drill_whose_prompt_goes_on_says_so_and_is_listed_on_two_lines(tmp_path):
    long = card(
        "a-name-of-some-length#drill",
        content=drilled("\n\n".join(["Design it. " * 9] * 30)),
        kind="drill",
        note_type="drill",
    )
    short = card("short#drill", content=drilled("Design it."), kind="drill", note_type="drill")

    async def steps(pilot, sitting):
        await burst(pilot, "d")
        assert sitting.desk.screen.query_one("#drills").virtual_size.height == 4
        assert "a-name-of-some-length 10 min 0 attempts Design it." in sitting.screen
        await burst(pilot, "enter")
        await pilot.pause()
        assert sitting.said("keys") == "enter Begin esc Leave ↓ More"
        await burst(pilot, "enter")
        assert "More" not in sitting.said("keys")
        await burst(pilot, "escape", "down", "enter")
        await pilot.pause()
        assert sitting.said("keys") == "enter Begin esc Leave"

    driven(tmp_path, steps, [long, short])


def drilled(prompt):
    section = drill.Section("design", "The design")
    return drill.Content(prompt, 10, (section,), (drill.Dimension("framing", "Framing", *"abcd"),), (), ())
