"""Keys that come faster than the desk works: each acts on what those before it left."""

import pytest

pytest.importorskip("textual")

from textual import events

from desk_pilot import driven
from learner import card
from rung.cards import checklist, choice, number, ordering, recall

OPTIONS = tuple(choice.Item(f"L{n}", f"L{n}") for n in (4, 5, 6, 7))
CONTENT = {
    "choice": choice.Content("Which level?", OPTIONS, "L5", fixed=True),
    "recall": recall.Content("Why a cache?", "It is near."),
    "number": number.Content("How many GPUs?", "GPUs", 0.05, 5000.0),
    "ordering": ordering.Content("In order.", tuple(ordering.Item(i, f"says {i}") for i in "abc"), "from a to c"),
    "checklist": checklist.Content("Name them.", tuple(checklist.Point(i, f"point {i}") for i in "ab")),
}
KINDS = ("choice", "recall", "number", "ordering", "checklist", "choice", "recall", "number")
NAMES = {" ": "space", "\r": "enter", ".": "full_stop", "\x1b": "escape", "@": "at"}


def burst(desk, keys):
    """As many keys at once as a terminal hands over when its learner was quicker."""
    for key in keys:
        desk._driver.send_message(events.Key(NAMES.get(key, key), None if key == "\x1b" else key))


async def until(pilot, reached):
    """Wait for what a burst leads to, or until a test had better fail."""
    for _ in range(100):
        if reached():
            return
        await pilot.pause(0.05)


def cards(kinds):
    """A card of each kind, in decks of their own, so that they come in this order."""
    return [[card(f"{kind}#x", f"deck-{place}", content=CONTENT[kind], kind=kind)] for place, kind in enumerate(kinds)]


def test_several_cards_are_answered_in_one_burst(tmp_path):
    keys = "rb\r 35k\r\rbca\r4 b\ra\r\r44900\r\r"

    async def steps(pilot, sitting):
        burst(sitting.desk, keys)
        await until(pilot, lambda: len(sitting.rows) >= len(KINDS))

    rows = driven(tmp_path, steps, *cards(KINDS))
    assert [words for _, _, words in rows] == ["B", "", "5k", "BCA", "B", "A", "", "4900"]
    assert [grade for _, grade, _ in rows[:3] + rows[4:]] == [5, 4, 5, 2, 1, 5, 5]


def test_a_burst_goes_through_other_screens_and_back(tmp_path):
    async def steps(pilot, sitting):
        burst(sitting.desk, "rg3iq 3uu 4q")
        await until(pilot, lambda: type(sitting.desk.screen).__name__ == "Home" and sitting.rows)

    rows = driven(tmp_path, steps, *cards(["recall", "recall"]))
    assert [row[:2] for row in rows] == [("flag", None), ("review", 4), ("void", None), ("void", None), ("review", 5)]
