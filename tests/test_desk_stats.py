"""What the desk shows of a learner of half a year: its first screen, and the statistics, pictures made of characters."""

import asyncio

import pytest

pytest.importorskip("textual")

import desk_sample
from desk_pilot import SIZES, driven_desk
from desk_pilot import lines as screen_lines
from learner import HERE, answer, card, day, put
from rung.counts import DayRow
from rung.desk import pictures
from rung.model import Deck, Kind
from rung.store import CardFile, Store


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("lived") / "rung.db") as store:
        yield desk_sample.lived(store)


def shown(store, *keys, size, seen=lambda desk: None):
    """The lines of the screen after the keys, and what else is to be seen of the desk then."""

    async def run():
        desk = desk_sample.desk(store)
        async with driven_desk(desk, size) as pilot:
            await pilot.press(*keys)
            return screen_lines(desk), seen(desk)

    return asyncio.run(run())


# ── the pictures ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("width", "monday"),
    [(76, "Mon   " + "·" * 51 + "░█"), (136, "Mon   " + "·" * 102 + "░░██")],
)
def test_a_year_has_a_column_a_week_and_its_shades_a_legend(width, monday):
    days = [DayRow(day(-7 * 52 + on), {7 * 51: 2, 7 * 52: 8}.get(on, 0), 0, 0) for on in range(7 * 52 + 1)]
    drawn = list(pictures.heatmap(days, width))
    assert drawn[1] == monday
    assert {len(line) for line in drawn[2:]} == {len(monday) - (2 if width > 120 else 1)}, "the week ends with its day"
    assert drawn[0].split() == ["Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]


@pytest.mark.parametrize(
    ("most", "told"),
    [
        (8, "      · none  ░ 1 to 2  ▒ 3 to 4  ▓ 5 to 6  █ 7 to 8 a day"),
        (2, "      · none  ▒ 1  █ 2 a day"),
    ],
)
def test_the_legend_tells_the_counts_of_each_shade(most, told):
    assert list(pictures.legend(most)) == [told]
    assert [pictures.shade(count, most) for count in (0, 1, most)] == ["·", "░" if most == 8 else "▒", "█"]


def test_columns_rise_by_eighths_and_what_is_not_has_none():
    assert list(pictures.columns([1.0, 0.5, 0.001, 0.0, None], "40", 2)) == [
        "   40 ██",
        "      ██",
        "      ██▄▄",
        "      ████",
        "      ████▁▁",
        "    0 ────────  ",
    ]


def test_bars_fit_their_width_and_few_are_not_none():
    drawn = list(pictures.bars([("long name", 1.0, "1,000"), ("x", 0.001, "1"), ("y", 0.0, "0")], 30))
    assert drawn == [
        "long name  ████████████  1,000",
        "x          ▏             1",
        "y                        0",
    ]


@pytest.mark.parametrize("width", [76, 136])
def test_all_of_it_fits(lived, width):
    for heading, lines in pictures.parts(lived.statistics(HERE, day(0)), width):
        assert [line for line in [heading, *lines] if len(line) > width] == []


def test_what_has_no_figures_is_left_out(store):
    put(store, [card("a")])
    assert list(pictures.parts(store.statistics(HERE, day(0)), 76)) == []
    answer(store, "one/a", 5, kind=Kind.QUIZ)
    assert [heading for heading, _ in pictures.parts(store.statistics(HERE, day(0)), 76)] == ["", "A year of answers"]


def test_placements_in_a_line_each(store):
    put(store, [card("lad#order", kind="ordering", note_type="ladder")])
    for on in (0, 7):
        answer(store, "one/lad#order", 5, on, Kind.QUIZ, detail={"quiz": on, "placement": 1, "answer": "ABCD"})
    parts = dict(pictures.parts(store.statistics(HERE, day(7)), 76))
    assert parts["Placements, the newest first"] == [
        "30 Nov 2026  between L5 and L7, most likely L6, by 1 answer",
        "23 Nov 2026  between L5 and L7, most likely L6, by 1 answer",
    ]


def test_ladders_and_grades_in_numbers_beside_shades(lived):
    parts = dict(pictures.parts(lived.statistics(HERE, day(0)), 76))
    assert parts["Ladders: right answers by topic and rung"][:3] == [
        "topic               L4         L5         L6         L7      order",
        "rounds          7 of 8     7 of 8          -          -     7 of 8",
        "retrieval       8 of 9     8 of 9          -          -     8 of 9",
    ]
    assert parts["Grades by level"][0] == ("L4 Mid        ░░░▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓██████████    7   7  55  30  of 67")
    assert parts["Cards by interval"][:2] == [
        "1 day              ███                                                    6",
        "2 to 6 days        ██████                                                 11",
    ]
    assert parts["Cards by ease"][-1] == "All begin at 2.50."
    assert parts["Leeches: 1 card with 8 lapses or more"] == ["9 lapses: Serving, 1", "  serving/fact-1#text"]


# ── the screen ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_t_shows_the_statistics_and_they_scroll_to_their_end(lived, size):
    lines, _ = shown(lived, "t", size=size)
    assert lines[1].strip() == "Statistics as of Monday, 23 November 2026"
    assert lines[5].startswith(" Retention  91 % of 174 reviews in 30 days")
    assert any("░ 1 to 4  ▒ 5 to 9" in line for line in lines)
    assert lines[-1] == " j Down  k Up  space Next page  b Page before  q Home"
    lines, _ = shown(lived, "t", "end", size=size)
    assert any(line.startswith("   agents/fact-12#text") for line in lines)
    _, name = shown(lived, "t", "q", size=size, seen=lambda desk: type(desk.screen).__name__)
    assert name == "Home"


def test_the_keys_in_the_last_line_may_be_clicked(lived):
    async def run():
        desk = desk_sample.desk(lived)
        async with driven_desk(desk, SIZES[0]) as pilot:
            await pilot.click("#keys", offset=(61, 0))
            seen = [type(desk.screen).__name__]
            await pilot.click("#keys", offset=(49, 0))
            return [*seen, type(desk.screen).__name__]

    assert asyncio.run(run()) == ["Stats", "Home"]


@pytest.mark.parametrize(
    ("keys", "at"),
    [(["j", "down"], 2), (["j", "k"], 0), (["space"], 23), (["space", "b"], 0), (["end", "home"], 0)],
)
def test_keys_that_scroll(lived, keys, at):
    _, y = shown(lived, "t", *keys, size=SIZES[0], seen=lambda desk: desk.screen.query_one("#figures").scroll_offset.y)
    assert y == at


def test_a_resize_draws_it_anew(lived):
    async def run():
        desk = desk_sample.desk(lived)
        async with driven_desk(desk, SIZES[0]) as pilot:
            await pilot.press("t")
            await pilot.resize_terminal(*SIZES[1])
            await pilot.pause()
            return str(desk.screen.query_one("#pictures").visual)

    assert "Mon   " + "·" * 50 + "░░" in asyncio.run(run())


def test_without_answers_it_says_so(store):
    put(store, [card("a")])
    lines, _ = shown(store, "t", size=SIZES[0])
    assert " There are no answers yet. Your first review begins the figures." in lines


# ── the first screen ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_home_shows_the_day_what_comes_and_the_courses_without_scrolling(lived, size):
    lines, scrolls = shown(lived, size=size, seen=lambda desk: desk.screen.query_one("#home").max_scroll_y)
    words = [" ".join(line.split()) for line in lines]
    assert scrolls == 0
    assert words[1:5] == [
        "Monday, 23 November 2026", "", "33 due, 12 new, 0 again", "3 answers in 1 min today; a streak of 8 days"
    ]  # fmt: skip
    assert words[6] == "The next 14 days Learnt"
    courses = [line[size[0] // 2 - (8 if size[0] < 100 else 18) :].strip() for line in lines[7:22]]
    assert [course.split("  ")[0] for course in courses[::3]] == [name for name, _, _ in desk_sample.COURSES]
    assert lines[20].startswith(" Sun 06 Dec ")
    assert words[-1] == "r Review a Ahead p Practise b Browse d Drill z Quiz t Stats q Quit"


def test_courses_tell_what_is_learnt_of_them_and_of_each_level(store):
    put(store, [card("a", level="L4"), card("b", level="L4"), card("c", level="L7"), card("d")])
    answer(store, "one/a", 4)
    answer(store, "one/d", 1)
    assert store.courses(HERE) == (("Course", "", 1, 1), ("Course", "L4", 2, 1), ("Course", "L7", 1, 0))
    lines, _ = shown(store, size=SIZES[0])
    assert [line[32:].strip() for line in lines[7:9]] == [
        "Course                                  2 of 4",
        "━━━━─────  L4 50 % L7 0 %",
    ]


def test_decks_of_a_course_need_not_stand_together(store):
    def file(number, course, level):
        return CardFile(
            f"{number}.jsonl", Deck(str(number), "A deck", course, "1"), [card("x", str(number), level=level)]
        )

    files = [file(1, "A", "L5"), file(2, "B", "L4"), file(3, "A", "L4")]
    store.sync_cards(HERE, {file.path: (1, 1) for file in files}, files)
    assert [row[:2] for row in store.courses(HERE)] == [("A", "L4"), ("A", "L5"), ("B", "L4")]
