"""Keys of the desk that no other test presses at both sizes, each with what it shows or logs; and the keys that docs/desk.md
names."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("textual")

from textual.binding import Binding
from textual.keys import _character_to_key

from desk_drilled import DETAIL, DRILL, RATE, TO_RATING, attempted, drilled
from desk_pilot import SIZES, burst, driven
from learner import answer, card
from rung.cards import choice, ordering, recall
from rung.desk.answers import Panels, Ticks
from rung.desk.ask import Ask, Sure
from rung.desk.browse import Browse
from rung.desk.choice import Choice
from rung.desk.compared import Past
from rung.desk.drill import Drill
from rung.desk.drills import Drills
from rung.desk.flag import Flag
from rung.desk.home import Home
from rung.desk.info import Info
from rung.desk.order import Order
from rung.desk.plan import Planned
from rung.desk.quiz import Quiz
from rung.desk.quizzes import Quizzes
from rung.desk.rating import Rating
from rung.desk.review import Review
from rung.desk.rubric import Rubric
from rung.desk.stats import Stats
from rung.desk.table import Cards

LEVELS = tuple(choice.Item(f"L{n}", f"L{n}") for n in (4, 5, 6, 7))
POINTS = "\n".join(f"- point {number}" for number in range(100))
WHY = card("why#x", content=recall.Content("Why a *cache*?", "It is **near**."))
LONG = card("long#x", content=recall.Content(POINTS, "So."))
ORDER = card(
    "order#x",
    content=ordering.Content("In order.", tuple(ordering.Item(i, f"says {i}") for i in "abc"), "from a to c"),
    kind="ordering",
)
MANY = [card(f"n{number}#x", content=WHY.content) for number in range(21)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("cards", "steps", "rows"),
    [
        pytest.param(
            [WHY],
            [
                ("enter", "Review: Say it aloud."),
                ("escape", "Home: 1 new"),
                ("p", "Review: 1 to practise"),
                ("space 2", "The sitting is over"),
                ("q a", "Home: No card has a later day."),
                ("r q b escape escape", "Home: 1 new"),
                ("z q d q d escape t escape t t", "Home: 1 new"),
            ],
            [("practice", 3)],
            id="Home, and the ways back to it",
        ),
        pytest.param(
            [WHY],
            [("r space 2", "1 again"), ("escape", "Home: 1 again"), ("r question_mark", "to order")],
            [("review", 3)],
            id="Review 2, escape and ?",
        ),
        pytest.param(
            MANY[:3],
            [
                ("r s", "Review: Buried until tomorrow."),
                ("minus", "Review: Buried until tomorrow."),
                ("at", "The sitting is over"),
            ],
            [("bury", None), ("bury", None), ("suspend", None)],
            id="Review s, - and @",
        ),
        pytest.param(
            [WHY],
            [
                *((f"{'r ' * (number == 1)}g {number}", f"Review: 1/1 new, flag {number} ") for number in range(1, 8)),
                ("g q g g g escape", "flag 7 "),
                ("g 0", "Review: 1/1 new ─"),
            ],
            [("flag", None)] * 8,
            id="Flag",
        ),
        pytest.param(
            [WHY],
            [(f"{way} i", "Info: A new card.") for way in ("r", "q", "i", "enter", "escape")] + [("q", "Review: Why")],
            [],
            id="Info and back",
        ),
        pytest.param(
            MANY,
            [
                ("b down enter", "Info: A new card."),
                ("q asterisk s", "Sure: Mark 21 cards"),
                ("escape", "21 cards, 21 picked."),
                ("escape", "Home: 12 new"),
            ],
            [],
            id="Browse and Sure",
        ),
        pytest.param(
            [WHY],
            [
                ("z f down down up", "Choice: 40 questions 10 questions 20 questions 100 questions"),
                ("pagedown enter", "Quiz: [1/1]"),
                ("space 3", "1 of 1 The same quiz again: rung quiz final --count 100"),
                ("escape z f pagedown pageup enter space 4", "rung quiz final --count 40"),
                ("escape z f enter question_mark", "to order"),
            ],
            [("quiz", 4), ("quiz", 5)],
            id="Choice and Quiz",
        ),
    ],
)
def test_a_key_shows_and_logs(tmp_path, size, cards, steps, rows):
    async def walk(pilot, sitting):
        for keys, seen in steps:
            await burst(pilot, *keys.split())
            await pilot.pause()
            screen, _, words = seen.rpartition(": ") if seen.split(":")[0] in NAMES else ("", "", seen)
            assert screen in ("", type(sitting.desk.screen).__name__), keys
            assert words in sitting.screen, keys

    assert [row[:2] for row in driven(tmp_path, walk, cards, size=size)] == rows


@pytest.mark.parametrize("size", SIZES)
def test_a_learns_ahead(tmp_path, size):
    async def steps(pilot, sitting):
        for on in (-2, -1):
            answer(sitting.store, WHY.id, 4, on)
        await burst(pilot, "a")
        assert sitting.said("head").startswith("1/1 ")
        await burst(pilot, "space", "4")

    assert [row[1] for row in driven(tmp_path, steps, [WHY], size=size)] == [4, 4, 5]


@pytest.mark.parametrize("size", SIZES)
def test_a_panel_is_moved_by_letters_and_arrows(tmp_path, size):
    async def steps(pilot, sitting):
        await burst(pilot, "r")
        order = sitting.desk.screen.query_one(Order)
        for key, words in (("J", "BAC"), ("K", "ABC"), ("shift+down", "BAC"), ("J", "BCA"), ("shift+up", "BAC")):
            await burst(pilot, key)
            assert order.words() == words
        await burst(pilot, "enter", "1")

    ((kind, grade, words),) = driven(tmp_path, steps, [ORDER], size=size)
    assert (kind, grade, words) == ("review", 0, "BAC")


NAMES = [each.__name__ for each in (Home, Review, Info, Sure, Choice, Quiz)]


# ── what scrolls ─────────────────────────────────────────────────────────────────────────────────

LONG_DRILL = replace(
    DRILL,
    content=replace(
        DRILL.content, prompt=POINTS, solution=tuple(replace(each, text=POINTS) for each in DRILL.content.solution)
    ),
)
PAGED = ["pagedown", "pageup"]


LINES = ["down", "j", "up", "k"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("card", "walk"),
    [
        (
            LONG,
            [
                (["r"], Review, "card", 1, LINES, [*PAGED, "ctrl+d", "pageup"]),
                (["q", "z", "f", "enter"], Quiz, "card", 1, LINES, [*PAGED, "ctrl+d", "pageup"]),
            ],
        ),
        (
            LONG_DRILL,
            [
                (["t"], Stats, "figures", 1, LINES, [*PAGED, "ctrl+d", "b", "space", "b", "G", "g"]),
                (["q", "b", "escape", "i"], Info, "info", 1, LINES, ["ctrl+d", "pageup", "end", "home"]),
                (["q", "q", "d", "enter"], Drill, "task", 5, LINES, []),
                ([], Drill, "task", 5, ["pagedown", "pagedown", "pageup", "pageup"], []),
                (["p", "y"], Past, "card", 1, LINES, [*PAGED, "space", "pageup"]),
                (["p", *TO_RATING[2:], *RATE], Rating, "card", 1, LINES, PAGED),
            ],
        ),
    ],
    ids=["a card", "a drill"],
)
def test_keys_scroll(tmp_path, size, card, walk):
    async def steps(pilot, desk):
        if card is LONG_DRILL:
            attempted(desk.store)
        for way, screen, id_, step, lines, pages in walk:
            await burst(pilot, *way)
            await pilot.pause()
            assert type(desk.desk.screen) is screen
            place, at = desk.desk.screen.query_one(f"#{id_}"), []
            for key in [*lines, *pages]:
                await burst(pilot, key)
                at.append(place.scroll_offset.y)
            most = place.max_scroll_y
            assert at[:4] == [min(step, most), min(2 * step, most), max(min(2 * step, most) - step, 0), 0]
            assert at[5::2] == [0] * (len(pages) // 2)
            assert all(min(size[1] // 2, most) <= y <= most for y in at[4::2])

    drilled(tmp_path, steps, size=size, cards=(card,))


# ── drills ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_the_rubric_by_all_its_keys(tmp_path, size):
    async def steps(pilot, drilling):
        await burst(pilot, *TO_RATING, "down", "j", "k", "l", "right", "h", "left", "right", "space")
        rubric = drilling.desk.screen.query_one(Rubric)
        assert (rubric.picked, rubric.row, rubric.column) == ({1: 1}, 2, 1)
        await burst(pilot, "1", "0", "up", "up", "up", "up", "0")
        assert rubric.picked == {0: 0, 1: 1, 2: 1, 3: 0}

    assert drilled(tmp_path, steps, size=size) == []


AGAIN = ["enter", "enter", "ctrl+r", "ctrl+r", *RATE, "space", "space", "b", "enter"]
"""Another attempt, up to its grade, of which nothing is written."""


@pytest.mark.parametrize("size", SIZES)
def test_the_grades_and_ways_of_a_rating(tmp_path, size):
    async def steps(pilot, drilling):
        await burst(pilot, *TO_RATING, *RATE, "space", "space", "b", "enter")
        for key in "1234q":
            assert "Score: 10 of 12 points" in drilling.screen
            await burst(pilot, key)
            assert "Attempts" in drilling.screen
            await burst(pilot, "space" if key in "12" else "escape" if key == "3" else "q")
            assert drilling.name == "Drills"
            await burst(pilot, *AGAIN)
        await burst(pilot, *["escape"] * 5)
        assert drilling.name == "Drills"

    rows = drilled(tmp_path, steps, size=size)
    assert [(row[1], row[2]["scored"]) for row in rows] == [(grade, DETAIL["scored"]) for grade in (1, 3, 4, 5, 4)]


@pytest.mark.parametrize("size", SIZES)
def test_past_attempts_by_letters_and_a_draft_begun_anew(tmp_path, size):
    async def steps(pilot, drilling):
        for _ in range(2):
            attempted(drilling.store)
        await burst(pilot, "d", "enter", "p", "y")
        assert "2. 2026-11-23" in drilling.said("title"), "the last one"
        await burst(pilot, "h")
        assert "1. 2026-11-23" in drilling.said("title")
        await burst(pilot, "l")
        assert "2. 2026-11-23" in drilling.said("title")
        await burst(pilot, "p")
        assert drilling.name == "Drill"
        await burst(pilot, "p", "y", "escape")
        assert drilling.name == "Drill"
        await burst(pilot, "enter", *"Old", "ctrl+p")
        assert drilling.desk.screen.query_one("#task").has_class("whole")
        await burst(pilot, "escape", "enter", "n", *"New", "escape")
        assert drilling.draft().startswith("## The design\n\nNew\n")

    drilled(tmp_path, steps, size=size)


# ── the keys that are told of ────────────────────────────────────────────────────────────────────

DESK = (Path(__file__).parents[1] / "docs" / "desk.md").read_text("utf-8")
TOLD_OF = {
    "Home": (Home,),
    "Review": (Review, Flag),
    "Quizzes": (Quizzes, Choice, Quiz),
    "Drill": (Drills, Drill, Rating, Past),
    "Browse": (Browse, Cards),
    "Statistics": (Stats,),
    "The plan": (Planned,),
}
ANSWERED_BY = (Panels, Order, Ticks, Rubric, Ask, Sure)
WORDS = {
    "Enter": ("enter",), "Space": ("space",), "Esc": ("escape",), "↓": ("down",), "Tab": ("tab",),
    "Shift+Tab": ("shift+tab",), "Page Up": ("pageup",), "Page Down": ("pagedown",), "Home": ("home",), "End": ("end",),
    "Shift with an arrow": ("shift+up", "shift+down"), "arrows": ("up", "down", "left", "right"), "Ctrl+P": ("ctrl+p",), "Ctrl+R": ("ctrl+r",),
}  # fmt: skip
WORD = re.compile("|".join(map(re.escape, sorted(WORDS, key=len, reverse=True))))


def section(name):
    return re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", DESK, re.MULTILINE | re.DOTALL)[1]


def named(text):
    """The keys that stand in a text, by Textual's names."""
    spelt = re.sub(
        r"`(\d)` to `(\d)`", lambda ends: " ".join(f"`{n}`" for n in range(int(ends[1]), int(ends[2]) + 1)), text
    )
    found = {_character_to_key(key) for key in re.findall(r"`(.)`", spelt)}
    return found.union(*(WORDS[word] for word in WORD.findall(re.sub(r"`[^`]*`", "", spelt))))


def keys(binding):
    return {each.key for each in Binding.make_bindings([binding])}


@pytest.mark.parametrize("name", TOLD_OF)
def test_each_key_that_a_screen_shows_is_told_of(name):
    shown = [binding for screen in TOLD_OF[name] for binding in screen.BINDINGS if binding.show]
    told = named(section(name))
    assert [binding.key for binding in shown if not keys(binding) & told] == []


@pytest.mark.parametrize("name", TOLD_OF)
def test_no_key_is_told_of_that_does_nothing(name):
    cells = " ".join(re.findall(r"^\| ([^|]+) \|", section(name), re.MULTILINE)[1:])
    there = [binding for screen in (*TOLD_OF[name], *ANSWERED_BY) for binding in screen.BINDINGS]
    assert sorted(named(cells) - {"left", "right", "tab", "shift+tab"}.union(*map(keys, there))) == []
