"""Quizzes on the desk: how they are begun and narrowed, what is asked and logged, what is taken back, the score."""

import asyncio

import pytest

pytest.importorskip("textual")

from deck_text import compiled_notes
from desk_pilot import SIZES, Sitting, driven_desk, until
from learner import HERE, MONDAY
from quiz_text import LENS, ROUND, TREE
from rung.cli import quiz as command
from rung.desk import offers
from rung.desk.answers import Given, Line, Panels
from rung.desk.order import Order
from rung.model import LEVELS, Kind
from rung.notes import fields_of, note_type
from rung.quiz import LEVEL, MISS, ORDER, task
from rung.quizzes import final, ladder, mock, tree
from rung.seat import Seat
from rung.store import CardFile, Store
from rung.workspace import Clock

LADDER = note_type("ladder").EXAMPLES[0].source
PROBE = note_type("probe").EXAMPLES[0].source
FACT = "- fact: one\n  topic: openings\n  text: The first is {{c1::alpha}}.\n"


NUMBER = 2  # of each quiz, which is the instant at which it began


class Slow(Clock):
    """A clock that goes on when it is told to, at an instant that stays."""

    __setattr__ = object.__setattr__  # a clock is frozen, this one is not

    def __init__(self):
        super().__init__(MONDAY)
        self.ms = 0

    def elapsed(self):
        return self.ms

    def now(self):
        return NUMBER


@pytest.fixture
def quiz(tmp_path):
    """Run `steps(pilot, sitting)` on a desk with a deck of those notes, and give the log: (kind, card, grade, detail)."""

    def quiz(steps, notes, size=SIZES[0]):
        (deck,) = compiled_notes(notes).decks

        def kept(type_):
            return {each.note: fields_of(each) for each in deck.notes if each.type == type_}

        async def run():
            with Store.open(tmp_path / "rung.db") as store:
                store.sync_cards(HERE, {"deck.jsonl": (1, 1)}, [CardFile("deck.jsonl", deck.deck, deck.cards)])
                sitting = Sitting(store, Seat.at(store, HERE, Slow()))
                sitting.desk.kept = kept
                async with driven_desk(sitting.desk, size, notifications=True) as pilot:
                    await steps(pilot, sitting)
                return [(str(each.kind), each.card, each.grade, dict(each.detail)) for each in store.events()]

        return asyncio.run(run())

    return quiz


def screen(sitting):
    return type(sitting.desk.screen).__name__


def right(asking):
    """The keys of the right answer to what is asked."""
    content, letters = asking.card.content, {each.id: each.letter.lower() for each in asking.question.options}
    return (
        [letters[content.right]]
        if hasattr(content, "right")
        else [*map(letters.get, ["L4", "L5", "L6", "L7"]), "enter"]
    )


def toasts(sitting):
    return [note.message for note in sitting.desk._notifications]


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


def told(sitting):
    """All lines of the score, whether they stand on the screen or not."""
    quiz_ = sitting.desk.screen
    return [each.words for each in quiz_.quiz.told(quiz_.done, quiz_.now)]


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
