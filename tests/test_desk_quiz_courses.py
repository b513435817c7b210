"""Quizzes over whole courses on the desk: walks through trees, the final, a mock round by the clock."""

from functools import partial

import pytest

pytest.importorskip("textual")

from desk_pilot import SIZES, until
from desk_quizzed import FACT, NUMBER, PROBE, quizzed, screen, told
from quiz_text import LENS, ROUND, TREE


@pytest.fixture
def quiz(tmp_path):
    return partial(quizzed, tmp_path)


# ── trees ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_a_walk_through_a_tree(quiz, size):
    async def steps(pilot, sitting):
        await pilot.press("z", "t")  # the only one begins at once
        assert (
            "Take a case you know, and answer for it. ? helps, q stops. Where to eat Is there an hour?"
            in sitting.screen
        )
        assert sitting.said("foot") == "Which fits your case? A to B."
        await pilot.press("enter")
        assert sitting.said("foot") == "Nothing is picked yet: type a letter, or use the arrows, then Enter."
        await pilot.press("down", "down", "enter")
        assert "Does it rain?" in sitting.screen
        await pilot.press("u")  # a step back, which is nothing of the log
        assert "Is there an hour?" in sitting.screen
        await pilot.press("b", "b")
        assert "Where to eat Does it rain? no. What follows? Say it aloud." in sitting.screen
        await pilot.press("enter")
        assert "Sit in the park." in sitting.screen
        assert sitting.said("foot") == "1 Again 2 Hard [3 Good] 4 Easy"
        await pilot.press("1")
        told = "Your way: • Is there an hour? — yes • Does it rain? — no The whole tree: Is there an hour? no -> Eat at"
        assert told in sitting.screen
        assert sitting.said("foot") == "Walk again? y or n."
        await pilot.press("y", "a", "enter", "enter", "n")
        missed = "missed: Where to eat: “Does it rain?” — no. What follows? deck/lunch#dry"
        assert f"The quiz is over 2 answers, 1 right. {missed}" in sitting.screen

    rows = quiz(steps, TREE, size)
    assert [row[:3] for row in rows] == [("quiz", "deck/lunch#dry", 1), ("quiz", "deck/lunch#hurry", 4)]
    assert {row[3]["answer"] for row in rows} == {""}


def test_a_walk_that_is_left_before_any_answer(quiz):
    async def steps(pilot, sitting):
        await pilot.press("z", "t", "a", "q")
        assert "The quiz is over Nothing answered. Enter goes home." in sitting.screen
        await pilot.press("q")
        assert screen(sitting) == "Home"

    assert quiz(steps, TREE) == []


# ── the final ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_a_final_asks_thoughts_points_numbers_and_orders(quiz, size):
    answers = {
        "deck/one#text.c1": (["space", "4"], 5, ""),
        "deck/fire#points": (["enter", "b", "b", "enter"], 0, ""),
        "deck/lift#read": ([*"20", "enter", "enter"], 5, "20"),
    }
    asked = []

    async def steps(pilot, sitting):
        await pilot.press("z", "f", "enter")
        quiz_ = sitting.desk.screen
        while quiz_.asking:
            assert sitting.said("head").endswith("] A course")
            id_ = quiz_.asking.card.id
            asked.append(id_)
            await pilot.press(*answers.get(id_, [["enter", "enter"]])[0])
        assert "The quiz is over Score by course (" in sitting.screen
        assert f"The same quiz again: rung quiz final --count 40 --seed {quiz_.quiz.number}" in told(sitting)

    rows = quiz(steps, FACT + PROBE + ROUND, size)
    assert [row[1] for row in rows] == asked
    kept = {row[1]: (row[2], row[3]["answer"]) for row in rows}
    assert {id_: kept[id_] for id_ in answers} == {id_: given[1:] for id_, given in answers.items()}


# ── a mock round ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_a_mock_round_by_the_clock(quiz, size):
    async def steps(pilot, sitting):
        clock = sitting.seat.clock

        async def after(seconds, *keys):
            clock.ms += 1000 * seconds
            await pilot.press(*keys)

        await pilot.press("z", "m", *"15 otis", "enter")
        assert (
            "A mock round on A course, One: 15:00 and 4 cards. Answer aloud, as you would in the room."
            in sitting.screen
        )
        assert "Phase 0: the opening - 1:20 planned, from 0:00 to 1:20; the clock says 0:00" in sitting.screen
        assert sitting.said("head") == "[1/4] Phase 0 - 0:00 of 1:20 0:00 of 15:00"
        clock.ms += 30_000
        await until(lambda: " - 0:30 " in sitting.said("head"))  # the clock goes on in view
        assert sitting.said("head") == "[1/4] Phase 0 - 0:30 of 1:20 0:30 of 15:00"
        await after(0, "enter")
        await after(60, "enter")
        assert "Phase 0: the opening is over time: 1:30 of 1:20. Open the loop before you draw" in sitting.screen
        assert sitting.said("foot") == "In a line, or aloud and Enter."
        await after(30, *"1% for q", "enter")  # keys are words here
        assert "Phase 1: clarifying questions - 1:40 planned, from 1:20 to 3:00; the clock says 2:00" in sitting.screen
        await after(0, "enter", "1")
        assert "Phase 3: deep dives" in sitting.screen
        await after(700, *"20", "enter", "enter")
        await after(20, "enter", "b", "enter")
        assert "Close the loop that you opened at the start. 1% for q Say which decision" in sitting.screen
        await after(10, *"The fire drill", "enter")
        assert "Come back to the ratio at the end." in sitting.screen
        assert sitting.said("foot") == "Did you name a decision, and the ratio in it? y or n."
        await after(0, "y")
        assert sitting.said("head") == "Your own questions - 0:00 of 0:40 14:10 of 15:00"
        await after(30, "enter")
        assert "Phase 7: through the eyes of Otis L6 Did the candidate name the brake?" in sitting.screen
        await after(0, "down", "down", "enter", "n")
        assert sitting.said("head") == "The quiz is over"
        assert told(sitting) == [
            "Score sheet",
            "  Phase 0: the opening           1 of 1    2:00 of 1:20, 0:40 over",
            "  Phase 1: clarifying questions  0 of 1    0:00 of 1:40",
            "  Phase 2: the architecture                0:00 of 2:40",
            "  Phase 3: deep dives                      0:00 of 3:20",
            "  Phase 4: the latency budget    1 of 1    11:40 of 1:20, 10:20 over",
            "  Phase 5: sizing                          0:00 of 1:20",
            "  Phase 6: follow-up probes      0.4 of 1  0:30 of 2:40",
            "  Your own questions                       0:30 of 0:40",
            "  All                            2.4 of 4  14:40 of 15:00",
            "The loop: opened and closed.",
            "Through the eyes of Otis L6: 1 of 2",
            "  not yet: Did the candidate name who is called?",
            "To review, the weakest first:",
            "  missed: Clarifying question: Why ask “When is the peak?” It sets […].",
            "    deck/peak#why.c1",
            "  missed: A deck: The interviewer probes: “What if it burns?” What do you answer?",
            "    deck/fire#points",
            f"The same round again: rung quiz mock --company otis --minutes 15 --seed {sitting.desk.screen.quiz.number}",
        ]
        assert "All 2.4 of 4 14:40 of 15:00 The loop: opened and closed." in sitting.screen

    rows = quiz(steps, ROUND + LENS, size)
    assert [(*row[:3], row[3]["answer"], row[3]["quiz"]) for row in rows] == [
        ("quiz", "deck/opening#scope", 4, "", NUMBER),
        ("quiz", "deck/peak#why.c1", 1, "", NUMBER),
        ("quiz", "deck/lift#read", 5, "20", NUMBER),
        ("quiz", "deck/fire#points", 2, "B", NUMBER),
    ]
