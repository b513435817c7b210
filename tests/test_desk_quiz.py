"""Quizzes on the desk: how they are begun and narrowed, ladders and a placement, what all of them share."""

from functools import partial

import pytest

pytest.importorskip("textual")

from deck_text import compiled_notes
from desk_pilot import SIZES
from desk_quizzed import FACT, LADDER, quizzed, right, screen, toasts
from learner import MONDAY
from quiz_text import LENS, ROUND, TREE
from rung.cli import quiz as command
from rung.desk import offers
from rung.desk.answers import Given, Line, Panels
from rung.desk.order import Order
from rung.model import LEVELS, Kind
from rung.notes import fields_of
from rung.quiz import LEVEL, MISS, ORDER, task
from rung.quizzes import final, ladder, mock, tree


@pytest.fixture
def quiz(tmp_path):
    return partial(quizzed, tmp_path)


# ── which quiz ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_the_quizzes_are_listed_and_picked_by_arrows_and_letters(quiz, size):
    async def steps(pilot, sitting):
        await pilot.press("z")
        for line in (
            "Ladders 1 ladder Order the rungs of ladders, name the level of an answer, find what a rung missed.",
            "Placement 12 to 20 questions At which level you answer, from 12 to 20 questions on ladders.",
            "Tree 1 decision tree Walk a decision tree with a case of your own.",
            "Final 1 course All courses in equal shares, and where you are weakest.",
            "Mock 45 minutes, or more, or fewer One prompt by the clock of an interview, then a score sheet.",
            "l Ladders p Placement t Tree f Final m Mock esc Home",
        ):
            assert line in sitting.screen
        await pilot.press("down", "j", "k", "down", "down", "enter")
        assert sitting.said("head") == "Final: Enter begins it; type how long it is to be."
        await pilot.press("escape")
        assert screen(sitting) == "Quizzes"
        await pilot.press("m")
        assert "45 minutes, a question of every company" in sitting.screen
        assert "enter Begin ↑ Up ↓ Down esc Back" in sitting.screen
        await pilot.press("escape", "l")
        assert "All 1 ladder" in sitting.screen
        await pilot.press("escape", "escape")
        assert screen(sitting) == "Home"

    assert quiz(steps, LADDER + TREE + ROUND + LENS, size) == []


def test_where_there_is_nothing_to_ask_it_is_said(quiz):
    async def steps(pilot, sitting):
        await pilot.press("z", "l", "t")
        assert toasts(sitting) == ["There are no decision trees here."], "one thing at a time"
        await pilot.press("m")
        assert toasts(sitting) == ["There are no cards here for a mock round."]
        assert screen(sitting) == "Quizzes"

    assert quiz(steps, FACT) == []


def test_what_each_quiz_is_is_said_as_the_command_line_says_it():
    said = [each.__doc__ for each in (command.ladder, command.tree, command.final, command.mock)]
    assert said == [each.ABOUT for each in (ladder, tree, final, mock)]


def labels(offered):
    return [offer.label for offer in offered]


QUESTION = "Where do your candidates come from?"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", ["All 2 ladders", "one  {}", "other  {}"]),
        ("l6", ["All 2 ladders at L6", "one at L6  {}", "other at L6  {}"]),
        ("other", ["other  {}"]),
        ("L7 OTHER", ["other at L7  {}"]),
        ("nothing", []),
    ],
)
def test_ladders_may_be_narrowed_by_topic_and_level(typed, offered):
    name = next(line for line in LADDER.split("\n") if line.startswith("- ladder: "))
    topic = next((line for line in LADDER.split("\n") if "topic:" in line), "\n")
    one, other = (LADDER.replace(name, f"- ladder: {id_}").replace(f"{topic}\n", "") for id_ in ("one", "other"))
    cards = [each for each in compiled_notes(one + other).decks[0].cards if each.note_type == "ladder"]
    found = list(offers.of_ladders(cards, typed))
    assert labels(found) == [label.format(cards[0].title) for label in offered]
    if typed == "L7 OTHER":
        begun = found[0].begin(3)
        assert begun.again == "rung quiz ladder other --level L7 --seed 3"
        assert {card.note for card in begun.cards} == {"deck/other"}


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", ["40 questions", "10 questions", "20 questions", "100 questions"]),
        ("1", ["1 question"]),
        ("1000", ["1,000 questions"]),
        ("0", []),
        ("1001", []),
        ("x", []),
        ("²", []),
    ],
)
def test_a_final_is_as_long_as_is_typed(typed, offered):
    assert labels(offers.of_final((), {}, typed)) == offered


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", ["45 minutes, a question of every company", "45 minutes, through the eyes of Otis L6"]),
        ("otis", ["45 minutes, through the eyes of Otis L6"]),
        ("5", ["5 minutes, a question of every company", "5 minutes, through the eyes of Otis L6"]),
        ("Otis 180", ["180 minutes, through the eyes of Otis L6"]),
        ("181", []),
        ("4", []),
        ("5 6", []),
        ("google", []),
    ],
)
def test_a_mock_round_has_minutes_and_a_company(typed, offered):
    (deck,) = compiled_notes(LENS).decks
    (rubric,) = map(fields_of, deck.notes)
    assert labels(offers.of_mock(rubric.signals[:1], dict, typed)) == offered


# ── ladders ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_ladders_are_asked_logged_and_summed_up(quiz, size):
    asked = []

    async def steps(pilot, sitting):
        await pilot.press("z", "l", "L", "6", "backspace", "backspace", "enter")
        quiz_ = sitting.desk.screen
        for place in range(4):
            assert sitting.said("head") == f"[{place + 1}/4] quiz"
            asked.append(quiz_.asking.card)
            await pilot.press(*right(quiz_.asking))
            assert sitting.said("foot") == "Enter goes on."
            quiz_.tell_head()  # as each second does
            assert sitting.said("head") == f"[{place + 1}/4] quiz"
            assert quiz_.asking.source == quiz_.asking.card.note
            assert quiz_.asking.card.id not in sitting.screen  # it would tell the level
            assert len(sitting.rows) == place + 1  # in the log before the next one shows
            await pilot.press("enter")
        assert sitting.said("head") == "The quiz is over"
        levels = sorted(card.level for card in asked if card.level)
        shares = [
            f"{level} {LEVELS[level]} {levels.count(level)} of {levels.count(level)}" for level in dict.fromkeys(levels)
        ]
        told = ["Score by level (4 questions):", *shares, "order of the rungs 1 of 1"]
        again = f"The same quiz again: rung quiz ladder --seed {quiz_.quiz.number}"
        assert f"The quiz is over {' '.join(told)} {again} Enter goes home." in sitting.screen
        await pilot.press("enter")
        assert screen(sitting) == "Home"
        numbers.append(quiz_.quiz.number)

    numbers = []
    rows = quiz(steps, LADDER, size)
    assert [row[:3] for row in rows] == [("quiz", card.id, 5) for card in asked]
    assert [row[3]["quiz"] for row in rows] == numbers * 4
    assert [task(card) for card in asked] == [MISS, LEVEL, LEVEL, ORDER]


def test_a_wrong_answer_tells_the_move_and_q_sums_up(quiz):
    async def steps(pilot, sitting):
        await pilot.press("z", "l", "enter")
        asking = sitting.desk.screen.asking
        level = asking.card.level
        await pilot.press("b" if right(asking) == ["a"] else "a", "q")
        assert f"The move that takes you from {level} to" in sitting.screen
        assert f"Score by level (1 question): {level} {LEVELS[level]} 0 of 1 The same quiz again" in sitting.screen

    ((kind, _, grade, _),) = quiz(steps, LADDER)
    assert (kind, grade) == ("quiz", 1)


@pytest.mark.parametrize("size", SIZES)
def test_a_placement_keeps_its_places_and_ends_in_a_range(quiz, size):
    async def steps(pilot, sitting):
        await pilot.press("z", "p")
        assert "1 question, each on another ladder" in sitting.screen
        assert sitting.said("head") == "[1 of 1] placement"
        await pilot.press(*right(sitting.desk.screen.asking), "enter")
        assert "Your level: between L5 and L7, most likely L6, by 1 answer." in sitting.screen
        await pilot.press("u")
        assert sitting.said("head") == "[1 of 1] placement"

    rows = quiz(steps, LADDER, size)
    assert [row[0] for row in rows] == ["quiz", "void"]
    assert rows[0][3]["placement"] == 1


# ── what all quizzes share ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_u_takes_back_answers_of_this_quiz_and_no_others(quiz, size):
    async def steps(pilot, sitting):
        seat = sitting.seat
        seat.store.record(Kind.REVIEW, now=0, day=MONDAY, card="deck/other#x", grade=4)
        await pilot.press("z", "t", "u")
        assert toasts(sitting) == ["There is nothing to take back in this quiz."]
        await pilot.press("a", "enter", "2")
        seat.store.record(Kind.FLAG, now=0, day=MONDAY, card="deck/other#x", detail={"flag": 1})  # in another window
        assert "Walk again?" in sitting.screen
        await pilot.press("u")
        assert "no. What follows? Say it aloud." in sitting.screen
        assert toasts(sitting) == ["Took back your last answer."]
        await pilot.press("enter", "4", "n")
        assert "1 answer, 1 right." in sitting.screen
        await pilot.press("u")  # the no
        assert "Walk again?" in sitting.screen
        await pilot.press("u", "u", "u")
        assert "Is there an hour?" in sitting.screen
        assert toasts(sitting)[-1] == "There is nothing to take back in this quiz."

    rows = quiz(steps, TREE, size)
    assert [row[:3] for row in rows] == [
        ("review", "deck/other#x", 4),
        ("quiz", "deck/lunch#hurry", 3),
        ("flag", "deck/other#x", None),
        ("void", "deck/lunch#hurry", None),
        ("quiz", "deck/lunch#hurry", 5),
        ("void", "deck/lunch#hurry", None),
    ]
    assert [row[3]["sequence"] for row in rows if row[0] == "void"] == [2, 5]


def test_u_on_a_back_asks_its_question_again(quiz):
    async def steps(pilot, sitting):
        await pilot.press("z", "l", "enter")
        quiz_ = sitting.desk.screen
        first = quiz_.asking
        await pilot.press("a")
        assert sitting.said("foot") == "Enter goes on."
        await pilot.press("u")
        assert (quiz_.asking, sitting.said("back")) == (first, "")
        await pilot.press(*right(first), "enter")
        assert sitting.said("head") == "[2/4] quiz"

    assert [row[0] for row in quiz(steps, LADDER)] == ["quiz", "void", "quiz"]


def test_a_new_size_keeps_what_was_ordered_and_typed(quiz):
    async def steps(pilot, sitting):
        await pilot.press("z", "l", "enter")
        quiz_ = sitting.desk.screen
        while task(quiz_.asking.card) != ORDER:
            await pilot.press("a", "enter")
        order = quiz_.query_one(Order)
        await pilot.press("J", "J")
        words = order.words()
        assert words == "BCAD"
        await pilot.resize_terminal(*SIZES[1])
        assert quiz_.query_one(Order) is order
        assert order.words() == words
        await pilot.press("enter", "q", "enter", "z", "m", "enter", "enter", "enter", *"half a")
        await pilot.resize_terminal(*SIZES[0])
        assert "Sum up" in sitting.screen
        await pilot.press(*" ms")
        assert sitting.desk.screen.query_one(Line).value == "half a ms"
        await pilot.press("escape")
        assert sitting.said("foot") == "Enter goes back to the line; u takes back the last answer, q sums up."
        await pilot.press("enter", "!", "enter")
        assert sitting.desk.screen.done[-1].words == "half a ms!"

    rows = quiz(steps, LADDER + ROUND)
    assert rows[3][3]["answer"] == "BCAD"


def test_keys_that_come_fast_answer_one_question(quiz):
    async def steps(pilot, sitting):
        await pilot.press("z", "t")
        panels = sitting.desk.screen.query_one(Panels)
        for _ in range(2):
            panels.post_message(Given(panels, "B"))
        await pilot.pause()
        assert "Does it rain?" in sitting.screen
        assert len(sitting.desk.screen.done) == 1

    assert quiz(steps, TREE) == []


def test_keys_and_help_are_in_view(quiz):
    async def steps(pilot, sitting):
        await pilot.press("z", "t")
        keys = "enter Go on u Undo ? Help q Sum up"
        assert sitting.screen.endswith(keys)
        await pilot.press("?")
        assert "u take back the last answer of this quiz, and be asked again" in " ".join(
            sitting.screen.replace("│", " ").split()
        )
        await pilot.press("q")
        assert sitting.screen.endswith(keys), "any key closes it, and does nothing else"

    assert quiz(steps, TREE) == []
