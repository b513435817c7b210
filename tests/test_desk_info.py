"""All that is known of a card, on the desk: lines of a given width, and keys that scroll them."""

import pytest

pytest.importorskip("textual")

from desk_pilot import SIZES, driven
from learner import answer, card, day, do, put
from rung import replay
from rung.cards import recall
from rung.desk import known
from rung.model import Kind
from rung.schedulers import scheduler

CARD = card("a#x", content=recall.Content("Why?", "So."))


def told(store, width=72, on=8):
    steps = list(replay.steps(store.events(CARD.id), scheduler("sm2"), store.voided(CARD.id)))
    return dict(known.parts(CARD, "Course 4.1", steps, store.voided(CARD.id), scheduler("sm2"), day(on), width))


def test_a_new_card(store):
    put(store, [CARD])
    assert told(store, on=0) == {
        "one/a#x": ["Course 4.1; fact, recall", "A new card."],
        "When it would come": [
            "After an answer on 2026-11-23: Again 1 d, Hard 1 d, Good 1 d, Easy 1 d.",
            "Good each time: 2026-11-24, 2026-11-30, 2026-12-15, 2027-01-22,",
            "2027-04-27.",
        ],
    }


def test_a_life(store):
    put(store, [CARD])
    for grade, on in ((4, 0), (5, 1)):
        answer(store, CARD.id, grade, on)
    answer(store, CARD.id, 1, 7)
    answer(store, CARD.id, 4, 7, kind=Kind.REDRILL)
    do(store, Kind.FLAG, CARD.id, 7, flag=2)
    answer(store, CARD.id, 3, 8)
    store.undo(now=0, day=day(8))
    do(store, Kind.SUSPEND, CARD.id, 8)
    assert told(store) == {
        "one/a#x": [
            "Course 4.1; fact, recall",
            "due 2026-12-01, interval 1 d, ease 2.60, 1 lapse",
            "recall 93 % today, stability 1.6 d, difficulty 7.0 of 10",
            "suspended, flag 2",
        ],
        "When it would come": [
            "After an answer on 2026-12-01: Again 1 d, Hard 1 d, Good 1 d, Easy 1 d.",
            "Good each time: 2026-12-02, 2026-12-08, 2026-12-24, 2027-02-04,",
            "2027-05-25.",
        ],
        "What happened, the last first": [
            "2026-12-01  suspend",
            "2026-12-01  void",
            "2026-12-01  review    Hard (grade 3)   taken back",
            "2026-11-30  flag",
            "2026-11-30  redrill   Good (grade 4)",
            "2026-11-30  review    Again (grade 1)       1 d  ease 2.60  ██",
            "2026-11-24  review    Easy (grade 5)        6 d  ease 2.60  ████████████",
            "2026-11-23  review    Good (grade 4)        1 d  ease 2.50  ██",
        ],
    }


@pytest.mark.parametrize("size", SIZES)
def test_keys_scroll_a_long_life(tmp_path, size):
    async def steps(pilot, sitting):
        for on in range(-60, 0):
            answer(sitting.store, CARD.id, 1, on)
        await pilot.press("r", "i")
        place, at = sitting.desk.screen.query_one("#info"), []
        assert "arrows and page keys scroll, Esc goes back" in sitting.screen
        for keys in (["j", "down"], ["k"], ["G"], ["g"], ["pagedown"], ["pageup"], ["space"], ["b"], ["end"], ["home"]):
            await pilot.press(*keys)
            at.append(place.scroll_offset.y)
        page, end = at[4], place.max_scroll_y
        assert at == [2, 1, end, 0, page, 0, page, 0, end, 0]
        assert 10 < page < end
        assert "due 2026-11-23, interval 1 d" in sitting.screen
        await pilot.resize_terminal(60, 20)
        assert place.max_scroll_x == 0
        await pilot.press("escape", "space", "3")

    assert driven(tmp_path, steps, [CARD], size=size)[-1] == ("review", 4, "")
