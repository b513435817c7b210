"""Browsing on the desk: what a search finds, what is shown of it, and what marks log."""

import pytest

pytest.importorskip("textual")

from desk_pilot import SIZES, Pasted, burst, driven
from learner import answer, card, do
from rung.cards import choice, recall
from rung.desk import browse
from rung.model import Kind

LEVELS = tuple(choice.Item(f"L{n}", f"says L{n}") for n in (4, 5, 6, 7))


def thought(name, **more):
    return card(f"{name}#x", content=recall.Content(f"Why {name}?", f"So, **{name}**."), **more)


FEW = [
    thought("cache", level="L5"),
    thought("queue", level="L6"),
    card("level#x", content=choice.Content("Which level?", LEVELS, "L5", fixed=True), kind="choice"),
]
MANY = [thought(f"n{number}") for number in range(browse.MOST + 100)]


@pytest.fixture
def browsed(tmp_path):
    """Run steps on a desk where these cards are browsed, and give (kind, card, detail) of each row of its log."""

    def browsed(steps, cards=FEW, size=SIZES[0]):
        rows = []

        async def opened(pilot, sitting):
            await burst(pilot, "b")
            await pilot.pause()
            await steps(pilot, sitting)
            for event in sitting.store.events():
                detail = {
                    key: value for key, value in event.detail.items() if key not in ("action", "device", "sequence")
                }
                rows.append((str(event.kind), event.card, detail))

        driven(tmp_path, opened, cards, size=size)
        return rows

    return browsed


async def find(pilot, query):
    """Paste a search in the place of the one before, and go to the cards."""
    await burst(pilot, "slash", "end", "ctrl+u", Pasted(query), "enter")
    await pilot.pause()


# ── the search ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("size", SIZES)
def test_a_search_finds_cards_and_shows_what_is_known_of_them(browsed, size):
    async def steps(pilot, sitting):
        assert sitting.said("foot") == "3 cards."
        answer(sitting.store, "one/cache#x", 4)
        do(sitting.store, Kind.FLAG, "one/cache#x", flag=3)
        do(sitting.store, Kind.TAG, "one/cache#x", tags=["shaky"])
        await find(pilot, "level:L5")
        assert sitting.said("foot") == "1 card."
        wide = size[0] >= 100
        heads = "question deck kind level due ivl ease lapses marks" if wide else "question kind level due ivl marks"
        assert heads in sitting.screen
        cells = "Why cache? one recall L5 2026-11-24 1 2.50 0 f3t" if wide else "Why cache? recall L5 2026-11-24 1 f3t"
        assert cells in sitting.screen
        assert sitting.said("known") == "one/cache#x; f3 flag 3; t tagged shaky"
        assert "So, cache." in sitting.screen

    browsed(steps, size=size)


@pytest.mark.parametrize("size", SIZES)
def test_the_card_at_the_cursor_is_shown_front_and_back(browsed, size):
    async def steps(pilot, sitting):
        await burst(pilot, "escape", "j", "j")
        await pilot.pause()
        assert sitting.said("known") == "one/level#x"
        assert "Which level? • A. says L4 • B. says L5 • C. says L6 • D. says L7" in sitting.screen
        await burst(pilot, "k")
        await pilot.pause()
        assert sitting.said("known") == "one/queue#x"
        await burst(pilot, "i")
        assert type(sitting.desk.screen).__name__ == "Info"
        assert "A new card." in sitting.screen
        await burst(pilot, "escape", "q")
        assert type(sitting.desk.screen).__name__ == "Home"

    browsed(steps, size=size)


@pytest.mark.parametrize("size", SIZES)
def test_a_mistake_is_told_with_a_caret_and_leaves_what_was_found(browsed, size):
    async def steps(pilot, sitting):
        await find(pilot, "is:du")
        assert sitting.said("mistake") == '"du" is no state of a card; did you mean due? is:du ^'
        assert sitting.said("foot") == "3 cards."
        assert sitting.desk.focused.id == "query"
        await burst(pilot, "e", "enter")
        await pilot.pause()
        assert sitting.said("foot") == "0 cards."
        assert not sitting.desk.screen.query_one("#mistake").display
        await burst(pilot, "at", "s", "space", "d", "i")
        assert sitting.said("foot") == "0 cards.", "nothing is marked where nothing is found"

    assert browsed(steps, size=size) == []


def test_a_search_begins_while_it_is_typed(browsed, monkeypatch):
    monkeypatch.setattr(browse, "PAUSE", 0.01)

    async def steps(pilot, sitting):
        await burst(pilot, *"cache")
        await pilot.pause(0.1)
        assert sitting.said("foot") == "1 card."
        assert sitting.desk.focused.id == "query"

    browsed(steps)


def test_no_mark_falls_on_what_was_found_before_the_last_key(browsed, monkeypatch):
    monkeypatch.setattr(browse, "PAUSE", 60)

    async def steps(pilot, _sitting):
        await burst(pilot, *"queue", "escape", "s")

    assert browsed(steps) == [("bury", "one/queue#x", {})]


def test_of_many_cards_the_first_are_shown(browsed):
    async def steps(pilot, sitting):
        assert sitting.said("foot") == "1,100 cards; the first 1,000 are shown."
        assert sitting.desk.screen.query_one("#found").row_count == 1000
        await burst(pilot, "escape", "asterisk")
        assert sitting.said("foot") == "1,100 cards, 1,100 picked; the first 1,000 are shown."

    browsed(steps, MANY)


# ── marks ────────────────────────────────────────────────────────────────────────────────────────


MARKS = [
    (["at"], "suspend", {"on": True}, "Suspended 2 cards"),
    (["s"], "bury", {}, "Buried until tomorrow: 2 cards"),
    (["r"], "reset", {}, "New again: 2 cards"),
    (["d", *"+3", "enter"], "set-due", {"due": "2026-11-26"}, "Due 2026-11-26: 2 cards"),
    (["t", *"shaky", "enter"], "tag", {"tags": ["shaky"]}, "Tagged shaky: 2 cards"),
    (["f", "7", "enter"], "flag", {"flag": 7}, "Flag 7: 2 cards"),
    (["f", "0", "enter"], "flag", {"flag": 0}, "No flag: 2 cards"),
]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_picked_is_marked_and_taken_back_as_one_action(browsed, size):
    async def steps(pilot, sitting):
        await burst(pilot, "escape", "space", "down", "down", "space")
        assert sitting.said("foot") == "3 cards, 2 picked."
        for keys, kind, _, told in MARKS:
            await burst(pilot, *keys)
            await pilot.pause()
            assert sitting.said("foot") == f"3 cards, 2 picked. {told}; u takes it back."
            assert "x Why cache?" in sitting.screen
            await burst(pilot, "u")
            assert sitting.said("foot") == f"3 cards, 2 picked. Took back: {kind} of 2 cards"

    picked = ("one/cache#x", "one/level#x")
    rows = browsed(steps, size=size)
    assert rows == [
        row
        for _, kind, detail, _ in MARKS
        for row in (*((kind, id_, detail) for id_ in picked), *(("void", id_, {}) for id_ in picked))
    ]


def test_without_a_pick_the_card_at_the_cursor_is_marked(browsed):
    async def steps(pilot, sitting):
        await burst(pilot, "escape", "down", "at")
        await pilot.pause()
        assert sitting.said("foot") == "3 cards. Suspended 1 card; u takes it back."
        assert sitting.said("known") == "one/queue#x; @ suspended"
        await burst(pilot, "at")
        assert sitting.said("foot") == "3 cards. Unsuspended 1 card; u takes it back."

    assert browsed(steps) == [("suspend", "one/queue#x", {"on": True}), ("suspend", "one/queue#x", {"on": False})]


def test_all_are_suspended_unless_all_of_them_are(browsed):
    async def steps(pilot, _sitting):
        await burst(pilot, "escape", "at", "asterisk", "at")

    on = {"on": True}
    first, *rest = browsed(steps)
    assert first == ("suspend", "one/cache#x", on)
    assert rest == [("suspend", f"one/{name}#x", on) for name in ("cache", "queue", "level")]


def test_a_tag_is_taken_away_from_those_that_have_it(browsed):
    async def steps(pilot, sitting):
        do(sitting.store, Kind.TAG, "one/cache#x", tags=["a", "b"])
        await burst(pilot, "escape", "t", *"-a", "enter")
        await pilot.pause()
        assert sitting.said("known") == "one/cache#x; t tagged b"

    assert browsed(steps)[1:] == [("tag", "one/cache#x", {"tags": ["b"]})]


NO_SUCH_THINGS = [
    ("d", "soon", '"soon" is no day; write it as YYYY-MM-DD, or +3 for in three days'),
    ("t", "none", '"none" is no tag; tags have no spaces, quotes, stars or parentheses, and "none" means no tag'),
    ("f", "8", '"8" is no flag; flags are 1 to 7, and 0 is none'),
]


@pytest.mark.parametrize("size", SIZES)
def test_what_is_no_such_thing_is_told_and_esc_leaves_it(browsed, size):
    async def steps(pilot, sitting):
        await burst(pilot, "escape")
        for key, typed, wrong in NO_SUCH_THINGS:
            await burst(pilot, key, *typed, "enter")
            assert sitting.said("wrong") == wrong
            await burst(pilot, "escape")
            assert type(sitting.desk.screen).__name__ == "Browse"
            assert sitting.said("foot") == "3 cards."

    assert browsed(steps, size=size) == []


@pytest.mark.parametrize("size", SIZES)
def test_more_than_twenty_cards_are_marked_only_after_a_yes(browsed, size):
    async def steps(pilot, sitting):
        await burst(pilot, "escape", "asterisk", "f", "2", "enter")
        await pilot.pause()
        assert "Mark 21 cards: Flag 2? y/n" in sitting.screen
        await burst(pilot, "n")
        assert sitting.rows == []
        await burst(pilot, "f", "2", "enter", "y")
        await pilot.pause()
        assert sitting.said("foot") == "21 cards, 21 picked. Flag 2: 21 cards; u takes it back."
        await burst(pilot, "asterisk")
        assert sitting.said("foot") == "21 cards."

    assert [row[0] for row in browsed(steps, MANY[:21], size)] == ["flag"] * 21


def test_a_pick_that_is_found_no_more_is_none(browsed):
    async def steps(pilot, sitting):
        await burst(pilot, "escape", "asterisk")
        await find(pilot, "-cache")
        assert sitting.said("foot") == "2 cards, 2 picked."
        await burst(pilot, "s")

    assert [row[1] for row in browsed(steps)] == ["one/queue#x", "one/level#x"]


@pytest.mark.parametrize("size", SIZES)
def test_marks_leave_cursor_and_scroll_where_they_are(browsed, size):
    async def steps(pilot, sitting):
        table = sitting.desk.screen.query_one("#found")
        await burst(pilot, "escape", *["down"] * 60, *["up"] * 3)
        place = (57, table.scroll_y)
        assert place[1] > 10
        assert "x Why n57?" not in sitting.screen
        tag, due = ("t", *"shaky", "enter"), ("d", *"+3", "enter")
        for keys in (["at"], ["s"], ["f", "2", "enter"], tag, ["t", *"-shaky", "enter"], due, ["r"], ["space"], ["u"]):
            await burst(pilot, *keys)
            assert (table.cursor_row, table.scroll_y) == place, keys
        assert "x Why n57?" in sitting.screen
        await burst(pilot, "asterisk", "asterisk", "i", "escape", "slash", "escape")
        assert (table.cursor_row, table.scroll_y) == place
        assert sitting.said("known") == "one/n57#x; @ suspended; s buried until tomorrow; f2 flag 2"

    rows = browsed(steps, MANY[:100], size)
    assert [kind for kind, _, _ in rows] == ["suspend", "bury", "flag", "tag", "tag", "set-due", "reset", "void"]
    assert {card for _, card, _ in rows} == {"one/n57#x"}


def test_a_resize_keeps_place_picks_and_search(browsed, monkeypatch):
    monkeypatch.setattr(browse, "PAUSE", 60)

    async def steps(pilot, sitting):
        table = sitting.desk.screen.query_one("#found")
        await find(pilot, "-n3")
        await burst(pilot, *["down"] * 40, "space", "slash", "end", *" -n4")
        for size in reversed(SIZES):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert sitting.desk.screen.query_one("#query").value == "-n3 -n4"
            assert sitting.said("known") == "one/n51#x"
            assert "x Why n51?" in sitting.screen, "the row is in view, and picked"
            assert table.cursor_row == 40

    browsed(steps, MANY[:100])


def test_what_is_typed_ahead_of_a_line_marks_nothing(browsed):
    async def steps(pilot, sitting):
        await burst(pilot, "escape", "slash", *"queue", "enter", "t", *"sure", "enter", "space")
        assert sitting.said("foot") == "1 card, 1 picked."

    assert browsed(steps) == [("tag", "one/queue#x", {"tags": ["sure"]})]


KEYS = "spc Pick * All @ Suspend s Bury r Reset d Due t Tag f Flag u Undo / Find i Info ? Help q Home"


@pytest.mark.parametrize("size", SIZES)
def test_the_keys_that_do_something_stand_below(browsed, size):
    async def steps(pilot, sitting):
        assert sitting.said("keys") == "esc To the cards"
        await burst(pilot, "escape")
        assert sitting.said("keys") == KEYS
        assert KEYS in sitting.screen, "all of them, on as many lines as they take"
        await burst(pilot, "question_mark")
        assert "L a leech" in sitting.screen
        await burst(pilot, "x")
        assert type(sitting.desk.screen).__name__ == "Browse", "any key closes the help"
        await find(pilot, "is:leech")
        assert sitting.said("keys") == "u Undo / Find ? Help q Home"
        await burst(pilot, "q")
        assert type(sitting.desk.screen).__name__ == "Home"

    browsed(steps, size=size)


@pytest.mark.parametrize("size", SIZES)
def test_a_long_card_is_scrolled(browsed, size):
    async def steps(pilot, sitting):
        await burst(pilot, "escape")  # a card must be laid out before it can be scrolled
        await pilot.pause()
        await burst(pilot, "J", "shift+down", "K")
        assert "point 0" in sitting.screen
        assert sitting.desk.screen.query_one("#preview").scroll_y == 1

    points = "\n".join(f"- point {number}" for number in range(60))
    browsed(steps, [card("long#x", content=recall.Content("Which?", points))], size)
