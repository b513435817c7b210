"""What an edit, or another size of the terminal, in the middle of a card leaves on the desk: all that it can."""

import re
from dataclasses import replace

import pytest

pytest.importorskip("textual")

from desk_pilot import SIZES, driven
from desk_quick import draw
from learner import MONDAY, card, put
from rung.cards import checklist, choice, number, ordering, recall
from rung.workspace import Clock

OPTIONS = tuple(choice.Item(f"L{n}", f"L{n}") for n in (4, 5, 6, 7))
STEPS = tuple(ordering.Item(i, f"{i} " + "goes on and on and on " * 12) for i in "abcd")
CARDS = {
    "recall": recall.Content("Why a *cache*?", "It is **near**."),
    "choice": choice.Content("Which level?", OPTIONS, "L5", fixed=True),
    "ordering": ordering.Content("In order.", STEPS, "from a to d"),
    "number": number.Content("How many GPUs?", "GPUs", 0.05, 5000.0),
    "checklist": checklist.Content("Name them.", tuple(checklist.Point(i, f"point {i}") for i in "ab")),
}
NEXT = card("next#x", "two", content=CARDS["recall"])


def asked(kind, **more):
    content = replace(CARDS[kind], **more)
    return card(f"{kind}#x", content=content, kind=kind)


def editing(sitting, *cards):
    """Let the next edit leave those cards, each the only one of its deck. What is seen before is drawn."""
    draw(sitting.desk)

    def edited(_):
        put(sitting.store, *([each] for each in cards), time=2)
        return "Compiled."

    sitting.desk.edited = edited


def drawn(sitting, id_):
    """The Markdown of a widget."""
    return " ".join(token.content for token in sitting.desk.screen.query_one(id_).content.parsed)


def told(sitting):
    return [note.message for note in sitting.desk._notifications][-1]


CHANGED = "Compiled. The card has changed; this is its new text."
ANEW = "Compiled. The card has changed; it is asked anew."


@pytest.mark.parametrize("size", SIZES)
def test_an_order_and_its_place_are_kept(tmp_path, size):
    async def steps(pilot, sitting):
        await pilot.press("r", "space", "down", "down", "pagedown", "up")
        shown = sitting.desk.screen.query_one("#card")
        at, order = shown.scroll_offset, sitting.desk.screen.query_one("Order")
        assert (order.words(), order.at, at.y > 0) == ("BACD", 1, size == SIZES[0])
        editing(sitting, asked("ordering"))
        await pilot.press("e")
        assert (told(sitting), shown.scroll_offset) == ("Compiled.", at)
        new = replace(STEPS[0], text="a stops")
        editing(sitting, asked("ordering", items=(new, *STEPS[1:]), prompt="From first to last."))
        await pilot.press("e")
        assert told(sitting) == CHANGED
        assert "From first to last." in drawn(sitting, "#prompt")
        assert [panel.option.text for panel in order.panels].count("a stops") == 1
        assert (order.words(), order.at, order.grabbed) == ("BACD", 1, True)
        await pilot.press("space", "enter", "1")

    ((kind, _, words),) = driven(tmp_path, steps, [asked("ordering")], size=size)[:1]
    assert (kind, words) == ("review", "BACD")


def test_what_is_typed_stays_and_the_time_in_the_editor_does_not_count(tmp_path):
    async def steps(pilot, sitting):
        now = [0]
        sitting.seat.clock = StoppedClock(now)
        await pilot.press("r", *"5k", "escape")
        now[0] = 3_000

        def edited(_):
            put(sitting.store, [asked("number", prompt="How many cards?")], time=2)
            now[0] += 600_000
            return "Compiled."

        sitting.desk.edited = edited
        await pilot.press("e")
        assert told(sitting) == CHANGED
        assert "How many cards?" in drawn(sitting, "#prompt")
        assert sitting.desk.screen.query_one("Line").value == "5k"
        await pilot.press("tab", "enter", "enter")
        (event,) = sitting.store.events()
        assert event.took == 3_000

    assert driven(tmp_path, steps, [asked("number")]) == [("review", 5, "5k")]


def test_the_cursor_of_a_line_needs_no_colour(tmp_path):
    async def steps(pilot, sitting):
        await pilot.press("r", *"5k")
        style = sitting.desk.screen.query_one("Line").get_component_styles("input--cursor")
        assert (style.text_style.reverse, style.color.ansi, style.background.ansi) == (True, -1, -1)

    assert driven(tmp_path, steps, [asked("number")]) == []


class StoppedClock(Clock):
    """The noon of the Monday of the tests, and as much later as its list says."""

    def __init__(self, now):
        super().__init__(MONDAY)
        object.__setattr__(self, "started", now)

    def elapsed(self):
        return self.started[0]


@pytest.mark.parametrize("size", SIZES)
def test_the_back_stays_the_back_with_its_ticks(tmp_path, size):
    async def steps(pilot, sitting):
        await pilot.press("r", "space", "b")
        points = (checklist.Point("a", "point a"), checklist.Point("b", "point b, said better"))
        editing(sitting, asked("checklist", points=points))
        await pilot.press("e")
        assert told(sitting) == CHANGED
        assert "[x] B. point b, said better" in sitting.screen
        assert sitting.said("foot").startswith("Tick what you said")
        await pilot.press("enter")

    assert driven(tmp_path, steps, [asked("checklist")], size=size)[0] == ("review", 2, "B")


def test_on_the_back_an_answer_is_scored_by_what_the_card_is_now(tmp_path):
    async def steps(pilot, sitting):
        await pilot.press("r", "c")
        assert sitting.said("foot").startswith("[1 Again")
        editing(sitting, asked("choice", right="L6"))
        await pilot.press("e")
        assert told(sitting) == CHANGED
        assert sitting.said("foot").endswith("[4 Easy (1 d)]")
        await pilot.press("enter")

    assert driven(tmp_path, steps, [asked("choice")]) == [("review", 5, "C")]


def test_other_options_are_asked_anew(tmp_path):
    async def steps(pilot, sitting):
        await pilot.press("r", "c")
        editing(sitting, asked("choice", options=OPTIONS[:3]))
        await pilot.press("e")
        assert told(sitting) == ANEW
        assert sitting.said("foot").endswith("then Enter.")
        await pilot.press("b", "enter")

    assert driven(tmp_path, steps, [asked("choice")]) == [("review", 5, "B")]


def test_what_is_gone_is_told_and_undo_still_works(tmp_path):
    async def steps(pilot, sitting):
        await pilot.press("r", "space", "3", "space")
        editing(sitting, NEXT)
        await pilot.press("e")
        assert told(sitting) == "Compiled. The card that you were asked is gone."
        assert sitting.said("head") == "The sitting is over"
        await pilot.press("u")
        assert sitting.desk.screen.asked.card.id == "two/next#x"
        await pilot.press("space", "4")

    rows = driven(tmp_path, steps, [NEXT], [asked("recall")])
    assert [row[:2] for row in rows] == [("review", 4), ("void", None), ("review", 5)]


def test_after_an_edit_undo_brings_back_the_card_before(tmp_path):
    async def steps(pilot, sitting):
        await pilot.press("r", "space", "3")
        editing(sitting, NEXT, asked("recall", answer="It is far."))
        await pilot.press("e", "u", "space", "4")
        await pilot.press("space")
        assert "It is far." in sitting.screen
        await pilot.press("3")

    rows = driven(tmp_path, steps, [NEXT], [asked("recall")])
    assert [row[:2] for row in rows] == [("review", 4), ("void", None), ("review", 5), ("review", 4)]


# ── another size ─────────────────────────────────────────────────────────────────────────────────

AND_BACK = [(200, 60), (60, 20), (80, 24)]


def still(sitting):
    """The screen but for its clock."""
    return re.sub(r" \d+:\d\d ", " ", sitting.screen)


async def resized(pilot, sizes=AND_BACK):
    for size in sizes:
        await pilot.resize_terminal(*size)
        await pilot.pause()


def test_other_sizes_keep_an_order_and_its_place(tmp_path):
    async def steps(pilot, sitting):
        await pilot.press("r", "space", "down", "down", "space", "pagedown")
        shown, order = sitting.desk.screen.query_one("#card"), sitting.desk.screen.query_one("Order")
        before = (shown.scroll_offset.y, order.words(), order.at, still(sitting))
        assert before[0] > 0
        await pilot.resize_terminal(200, 60)
        assert (shown.max_scroll_y, order.words()) == (0, "BCAD")
        await resized(pilot)
        assert (shown.scroll_offset.y, order.words(), order.at, still(sitting)) == before
        await pilot.press("enter", "1")

    assert driven(tmp_path, steps, [asked("ordering")])[0][2] == "BCAD"


@pytest.mark.parametrize(
    ("kind", "keys", "then", "row"),
    [
        ("number", ["5", "k"], ["enter", "enter"], (5, "5k")),
        ("checklist", ["space", "b"], ["enter"], (2, "B")),
        ("choice", ["down", "down"], ["enter", "enter"], (5, "B")),
        ("choice", ["c"], ["enter"], (1, "C")),
    ],
)
def test_other_sizes_keep_side_ticks_and_what_is_typed(tmp_path, kind, keys, then, row):
    async def steps(pilot, sitting):
        await pilot.press("r", *keys)
        before = still(sitting)
        await resized(pilot)
        assert still(sitting) == before
        await pilot.press(*then)

    assert driven(tmp_path, steps, [asked(kind)])[0][1:] == row
