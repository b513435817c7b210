"""The line above a card: which one, how far, what is left, and the time; and what a sitting came to."""

import pytest

pytest.importorskip("textual")

from desk_pilot import SIZES, driven
from learner import answer, card, put
from rung.cards import recall
from rung.desk import progress
from rung.model import Kind, Standing
from rung.seat import Asked
from rung.session import Answer, Remaining, Sitting
from rung.waiting import Waiting

NEW, AGAIN = Waiting("b", "b", new=True), Waiting("c", "c", Kind.REDRILL)
DONE = (Answer("x", "L4", Kind.REVIEW, 4, 2_000), Answer("y", "L4", Kind.REVIEW, 1, 61_000))


def asked(waiting, flag=0):
    return Asked(waiting, card("a"), Standing(flag=flag), None, 0)


@pytest.mark.parametrize(
    ("sitting", "flag", "width", "told"),
    [
        (Sitting((Waiting("a", "a"), NEW, NEW), (AGAIN,)), 0, 80,
         "1/4  new  ────────────────────  1 due, 2 new, 1 again  0:59"),
        (Sitting((Waiting("a", "a"), NEW), (), 1, DONE), 0, 80,
         "3/3  new  ━━━━━━━━━━━━━───────  0 due, 1 new, 0 again  0:59"),
        (Sitting((NEW,) * 1200), 7, 80, "1/1200  new, flag 7  ────────────────────  0 due, 1,200 new, 0 again  0:59"),
        (Sitting((NEW,) * 1200), 7, 60, "1/1200  new, flag 7  ──────  0 due, 1,200 new, 0 again  0:59"),
        (Sitting((Waiting("a", "a", Kind.PRACTICE),) * 9), 0, 80,
         "1/9  practice  ────────────────────  9 to practise  0:59"),
    ],
)  # fmt: skip
def test_the_head_fits_its_width(sitting, flag, width, told):
    line = progress.head(sitting, asked(sitting.next, flag), 59_999, width)
    assert line == told
    assert len(line) <= width


def test_what_remains_is_counted_by_what_brings_it():
    sitting = Sitting((NEW, Waiting("a", "a"), NEW), (AGAIN,))
    assert sitting.remaining == Remaining(due=1, new=2, again=1, practice=0)
    failed = sitting.answered(Answer("b", "", Kind.REVIEW, 1, 0))
    assert failed.remaining == Remaining(due=1, new=1, again=2, practice=0)
    assert failed.undone("b", NEW).remaining == sitting.remaining


def test_what_a_sitting_came_to():
    assert list(progress.came_to(DONE, None)) == ["**2 cards, 1 right, in 1:03.**", "L4: 1 of 2 right", "missed: y"]
    assert list(progress.came_to((), None)) == ["Nothing is left."]


@pytest.mark.parametrize("size", SIZES)
def test_counts_go_down_and_undo_brings_them_back(tmp_path, size):
    cards = [card(f"{name}#x", content=recall.Content("Why?", "So.")) for name in "abc"]

    async def steps(pilot, sitting):
        put(sitting.store, cards)
        answer(sitting.store, "one/a#x", 4, -1)
        seen = []
        for keys in (["r"], ["space", "3"], ["space", "1"], ["u"], ["u"], ["q", "r"]):
            await pilot.press(*keys)
            seen.append(sitting.said("head").split("─ ")[1].rpartition(" ")[0])
        assert seen == [
            "1 due, 2 new, 0 again",
            "0 due, 2 new, 0 again",
            "0 due, 1 new, 1 again",
            "0 due, 2 new, 0 again",
            "1 due, 2 new, 0 again",
            "1 due, 2 new, 0 again",
        ]
        await pilot.press("space", "3", "q", "r", "u")
        assert "1 due, 2 new, 0 again" in sitting.said("head"), "also into an earlier sitting"
        await pilot.press("space", "3", "space", "3", "q", "r", "u")
        assert "0 due, 2 new, 0 again" in sitting.said("head"), "where the card is new again"

    driven(tmp_path, steps, cards, size=size)
