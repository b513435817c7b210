"""The quiz over ladders on the desk: what is asked, logged and summed up."""

import asyncio

import pytest

pytest.importorskip("textual")

from deck_text import compiled_notes
from learner import HERE, MONDAY, card, put
from rung.desk.app import Desk
from rung.model import LEVELS
from rung.notes import note_type
from rung.quiz import LEVEL, MISS, ORDER, task
from rung.seat import Seat
from rung.settings import Settings
from rung.store import Store
from rung.workspace import Clock

(DECK,) = compiled_notes(note_type("ladder").EXAMPLES[0].source).decks
SIZES = [(80, 24), (140, 50)]


@pytest.fixture
def quiz(tmp_path):
    """Run `steps(pilot, desk)` on a desk with those cards, and give the rows of the log."""

    def quiz(steps, cards=DECK.cards, size=SIZES[0]):
        async def run():
            with Store.open(tmp_path / "rung.db") as store:
                put(store, list(cards))
                desk = Desk(Seat.at(store, HERE, Clock(MONDAY)), Settings(), lambda card: "")
                async with desk.run_test(size=size) as pilot:
                    await pilot.pause()
                    await steps(pilot, desk)
                return [(str(event.kind), event.card, event.grade, dict(event.detail)) for event in store.events()]

        return asyncio.run(run())

    return quiz


def said(desk, id_):
    return " ".join(str(desk.screen.query_one(f"#{id_}").visual).split())


def right(screen):
    """The letters of the right answer to what is asked."""
    content, letters = screen.card.content, {each.id: each.letter.lower() for each in screen.asked.options}
    return [letters[content.right]] if hasattr(content, "right") else [letters[item.id] for item in content.items]


@pytest.mark.parametrize("size", SIZES)
def test_every_question_is_answered_logged_as_a_quiz_and_summed_up(quiz, size):
    asked = []

    async def steps(pilot, desk):
        await pilot.press("z")
        screen = desk.screen
        for place in range(4):
            assert said(desk, "head") == f"{place + 1}/4 quiz"
            asked.append(screen.card.id)
            await pilot.press(*right(screen), *(["enter"] if task(screen.card) == ORDER else []))
            assert said(desk, "foot") == "Enter goes on."
            await pilot.press("enter")
        assert said(desk, "head") == "The quiz is over"
        assert said(desk, "title").startswith("Score by level (4 questions):")
        assert said(desk, "title").endswith("order of the rungs 1 of 1")
        assert said(desk, "back") == f"The same quiz again: rung quiz ladder --seed {screen.number}"
        await pilot.press("enter")
        assert type(desk.screen).__name__ == "Home"
        numbers.append(screen.number)

    numbers = []
    rows = quiz(steps, size=size)
    assert [row[:3] for row in rows] == [("quiz", id_, 5) for id_ in asked]
    assert {row[3]["quiz"] for row in rows} == set(numbers)
    by_id = {each.id: each for each in DECK.cards}
    assert [task(by_id[id_]) for id_ in asked] == [MISS, LEVEL, LEVEL, ORDER]


def test_a_wrong_answer_tells_the_move_and_leaving_sums_up(quiz):
    async def steps(pilot, desk):
        await pilot.press("z")
        screen = desk.screen
        (letter,) = right(screen)
        level, wrong = screen.card.level, "b" if letter == "a" else "a"
        await pilot.press(wrong, "q")
        assert said(desk, "title") == f"Score by level (1 question): {level} {LEVELS[level]} 0 of 1"
        assert f"The move that takes you from {level} to" in text(desk)

    ((kind, _, grade, _),) = quiz(steps)
    assert (kind, grade) == ("quiz", 1)


def text(desk):
    strips = desk.screen._compositor.render_strips()
    return " ".join(" ".join("".join(segment.text for segment in strip) for strip in strips).split())


def test_without_ladders_there_is_no_quiz(quiz):
    async def steps(pilot, desk):
        await pilot.press("z")
        assert type(desk.screen).__name__ == "Home"
        assert [note.message for note in desk._notifications] == ["There are no ladders here."]

    assert quiz(steps, cards=[card("why#x")]) == []
