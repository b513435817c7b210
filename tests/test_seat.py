"""A sitting over a store: what is asked, what is logged, what undo brings back, without any screen."""

import pytest

from learner import HERE, MONDAY, card, day, put
from rung.cards import recall
from rung.model import Kind, Score
from rung.quizzes import Task, Wants
from rung.seat import Seat, taken_back
from rung.settings import Settings
from rung.store import Store
from rung.workspace import Clock


def asking(name):
    return card(f"{name}#text", content=recall.Content("Why?", "So."))


@pytest.fixture
def seat(tmp_path):
    with Store.open(tmp_path / "rung.db") as store:
        put(store, [asking("a"), asking("b"), asking("c")])
        seat = Seat.at(store, HERE, Clock(MONDAY))
        seat.sitting = seat.daily(Settings())
        yield seat


def give(seat, grade):
    asked = seat.next()
    seat.answer(asked, grade, words="", score=Score(), took=1200)
    return asked.card.id


def test_cards_come_in_turn_and_what_failed_comes_again(seat):
    assert [give(seat, grade) for grade in (4, 1, 5)] == ["one/a#text", "one/b#text", "one/c#text"]
    again = seat.next()
    assert (again.card.id, again.state) == ("one/b#text", "again")
    seat.answer(again, 4, words="x" * 2000, score=Score(5), took=1)
    assert seat.next() is None
    last = list(seat.store.events())[-1]
    assert (last.kind, last.grade, last.took, len(last.detail["answer"])) == (Kind.REDRILL, 4, 1, 1000)
    assert (last.detail["scored"], last.detail["seed"]) == (5, again.seed)


def test_an_answer_of_a_quiz_is_taken_back_whatever_was_done_since(seat):
    asked = asking("a")
    event = seat.quizzed(7, Task(Wants.GRADE, card=asked, seed=3), 1, words="b", took=1200)
    assert (event.kind, event.grade, event.detail) == (Kind.QUIZ, 1, {"seed": 3, "answer": "b", "quiz": 7})
    give(seat, 4)
    seat.unquizzed(event)
    assert seat.store.voided() == {(event.device, event.sequence)}
    assert [each.kind for each in seat.store.events()] == [Kind.QUIZ, Kind.REVIEW, Kind.VOID]


def test_undo_brings_a_card_back_step_by_step(seat):
    give(seat, 4)
    seat.suspend(seat.next())
    seat.bury(seat.next())
    assert seat.next() is None
    assert [seat.undo()[0].kind for _ in range(3)] == [Kind.BURY, Kind.SUSPEND, Kind.REVIEW]
    assert (seat.next().card.id, seat.next().state) == ("one/a#text", "new")
    assert seat.undo() == ()


def test_undo_reaches_into_an_earlier_sitting(seat):
    give(seat, 4)
    seat.sitting = seat.practice()
    assert taken_back(seat.undo()) == "Took back: review of one/a#text"
    assert seat.next().card.id == "one/a#text"


def test_what_another_window_has_done_is_passed_over(seat):
    seat.store.record(Kind.REVIEW, now=0, day=day(0), card="one/a#text", grade=4)
    seat.store.record(Kind.SUSPEND, now=0, day=day(0), card="one/b#text", detail={"on": True})
    assert seat.next().card.id == "one/c#text"


def test_ahead_and_practice(seat):
    for _ in range(3):
        give(seat, 4)
    assert seat.daily(Settings()).next is None
    seat.sitting = seat.ahead(Settings())
    assert seat.next() is None, "what was reviewed today is not reviewed again"
    seat.sitting = seat.practice()
    assert [give(seat, 1) for _ in range(3)] == ["one/a#text", "one/b#text", "one/c#text"]
    assert seat.next() is None, "practice is not drilled again"


def test_what_another_window_has_drilled_until_it_was_good_does_not_come_again(seat):
    assert [give(seat, grade) for grade in (1, 4, 4)] == ["one/a#text", "one/b#text", "one/c#text"]
    assert seat.sitting.next is not None
    seat.store.record(Kind.REDRILL, now=0, day=day(0), card="one/a#text", grade=4)
    assert seat.next() is None
