"""The cards as Anki renders them, answered in a real Chromium: on a desktop and on phones, by mouse, finger and keys."""

from __future__ import annotations

import json
from importlib import resources
from itertools import permutations, product

import pytest

pytest.importorskip("anki.collection")

from anki_reviewer import (
    DESK,
    DRILL,
    DROID,
    EQUAL,
    GPUS,
    LEVEL,
    LONGEST,
    NASTIER,
    NASTY_CARDS,
    ORDER,
    PICK,
    POINTS,
    RATE,
    SHEET,
    THIRD,
    Reviewer,
    rendered,
)
from browser import BEYOND, CONTRASTS, NEEDED, READABLE
from rung import cards as kinds
from rung import quantity, text
from rung.cards import number, ordering
from rung.shuffle import seed

pytestmark = NEEDED

PHONES = (390, 360)  # CSS pixels
FINGER = 36  # CSS pixels that a thing to press takes at least, both ways
NO_STORAGE = "Object.defineProperty(window, 'sessionStorage', {get() { throw new Error('denied') }}); 0"


@pytest.fixture(scope="module")
def sides(tmp_path_factory):
    return rendered(tmp_path_factory.mktemp("anki"))


@pytest.fixture
def reviewer(browser, sides, tmp_path):
    reviewer = Reviewer(browser, sides, tmp_path / "reviewer.html")
    reviewer.start()
    yield reviewer
    assert browser.complaints == []
    (own,) = browser.requests
    assert own == reviewer.page.as_uri()


# ── ordering ─────────────────────────────────────────────────────────────────────────────────────


def test_items_move_by_buttons_taps_mouse_and_keys(reviewer, browser):
    reviewer.front(ORDER)
    a, b, c, d = reviewer.order()
    browser.click(".down", 0)
    assert reviewer.order() == b + a + c + d
    browser.click(".up", 3)
    assert reviewer.order() == b + a + d + c
    browser.click(".words", 3)
    browser.click(".words", 0)
    assert reviewer.order() == c + b + a + d, "tapped, then put where the other is"
    browser.click(".words", 1)
    browser.click(".words", 1)
    browser.click(".words", 2)
    assert reviewer.order() == c + b + a + d, "tapped twice is put back"
    browser.click(".words", 2)
    browser.drag(".grip", 0, by=400)
    assert reviewer.order() == b + a + d + c
    browser.drag(".grip", 2, by=-400)
    assert reviewer.order() == d + b + a + c
    assert browser.value("document.querySelector('.dragged')") is None
    assert browser.value("[...document.querySelectorAll('.grip')].every(each => each.onpointermove === null)")
    for key, how, order in (
        ("ArrowDown", {}, d + b + a + c), ("ArrowDown", {"shift": True}, d + a + b + c), ("K", {"shift": True}, d + b + a + c),
        ("j", {}, d + b + a + c), ("ArrowUp", {"alt": True}, d + a + b + c), ("k", {}, d + a + b + c),
        ("ArrowUp", {"shift": True}, d + a + b + c), ("ArrowDown", {"shift": True}, a + d + b + c),
        ("1", {}, a + d + b + c),
    ):  # fmt: skip
        browser.press(key, **how)
        assert reviewer.order() == order, (key, how)
    assert reviewer.said(".aloud") == "Place 2 of 4"


def test_keys_work_from_the_start(reviewer, browser):
    reviewer.front(ORDER)
    a, b, c, d = reviewer.order()
    browser.press("ArrowDown", shift=True)
    assert reviewer.order() == b + a + c + d


@pytest.mark.parametrize(
    ("order", "told", "rows"),
    [
        ("4567", "In order. Suggested: Good|Your order: L4 → L5 → L6 → L7", "✓1 ✓2 ✓3 ✓4"),
        ("4657", "1 of 6 pairs out of order. Suggested: Hard|Your order: L4 → L6 → L5 → L7", "✓1 ✗3 ✗2 ✓4"),
        ("6457", "2 of 6 pairs out of order. Suggested: Again|Your order: L6 → L4 → L5 → L7", "✗2 ✗3 ✗1 ✓4"),
    ],
)
def test_the_back_tells_how_far_an_order_was_from_the_right_one(reviewer, browser, order, told, rows):
    reviewer.front(ORDER)
    reviewer.arrange(order)
    browser.click(".down", 0)
    browser.click(".up", 1)
    assert reviewer.back(ORDER) == told
    marks = browser.value("[...document.querySelectorAll('.mark')].map(each => each.textContent)")
    assert " ".join(marks).replace(" you: ", "") == rows
    assert reviewer.said(".answer > li").endswith("says l4|note L4")


def test_items_of_one_rank_may_stand_in_any_order(reviewer):
    reviewer.front(EQUAL)
    reviewer.arrange("dcba")
    reviewer.arrange("acbd")
    assert reviewer.back(EQUAL) == "In order. Suggested: Good|Your order: One → Two too → Two → Three"


def test_every_order_is_scored_as_in_the_terminal(reviewer, browser):
    asked = kinds.kind("ordering").ask(EQUAL.content, 1)
    letters = {option.id: option.letter for option in asked.options}
    button = {5: "Good", 3: "Hard", 2: "Again", 1: "Again", 0: "Again"}
    for order in permutations("abcd"):
        kept = json.dumps({"order": order, "moved": True})
        browser.value(f"window.rungKept = {{'rung {EQUAL.part}': {json.dumps(kept)}}}")
        score = ordering.score(EQUAL.content, asked, "".join(letters[id_] for id_ in order))
        assert reviewer.back(EQUAL).partition("|")[0] == f"{score.remarks[0]} Suggested: {button[score.grade]}"


def test_what_nobody_touched_is_not_scored_and_comes_in_many_orders(reviewer):
    seen = set()
    while len(seen) < 12:
        last = reviewer.order() if seen else ""
        reviewer.front(ORDER)
        assert reviewer.order() != last
        seen.add(reviewer.order())
    while reviewer.order() == "4567":
        reviewer.front(ORDER)
    assert reviewer.back(ORDER) == "You left them as they were shuffled."


def test_a_finger_moves_items_by_their_grip_and_scrolls_by_their_words(reviewer, browser):
    deck_cards = next(cards for _, cards in LONGEST if cards[0].kind == "ordering")
    reviewer.start(PHONES[0], 700)
    reviewer.front(deck_cards[0])
    before = reviewer.order()
    top = browser.value("scrollY")
    x, y = browser.middle(".words", 1)
    browser.ask("Input.synthesizeScrollGesture", x=x, y=y, yDistance=-200, gestureSourceType="touch", speed=4000)
    assert browser.value("scrollY") > top + 100
    assert reviewer.order() == before
    browser.touch(".up", 1)
    assert reviewer.order() == before[1] + before[0] + before[2:]
    browser.touch(".grip", 0, by=450, steps=20)
    assert reviewer.order().index(before[1]) > 0
    assert browser.value("document.querySelector('.dragged')") is None


# ── choice, checklist ────────────────────────────────────────────────────────────────────────────


def test_an_option_is_picked_and_the_back_says_whether_it_is_right(reviewer, browser):
    reviewer.front(PICK)
    order = reviewer.order()
    browser.click(".options > li", order.index("a"))
    browser.click(".options > li", order.index("b"))
    checked = "[...document.querySelectorAll('[aria-checked=true]')].map(each => each.dataset.id)"
    assert browser.value(checked) == ["b"]
    assert reviewer.back(PICK) == "Right. Suggested: Good"
    assert reviewer.order() == order
    assert reviewer.said("[data-id=b]") == "says b ✓ yours"
    reviewer.front(PICK)
    order = reviewer.order()
    browser.click(".options > li", order.index("c"))
    assert reviewer.back(PICK) == f"Not so: it is {'ABC'[order.index('b')]}. Suggested: Again"
    assert [reviewer.said(f"[data-id={id_}]") for id_ in "abc"] == ["says a", "says b ✓", "says c ✗ yours"]
    reviewer.front(PICK)
    assert reviewer.back(PICK) == "You picked none."


def test_options_are_picked_by_keys_and_levels_stay_in_their_order(reviewer, browser):
    for key, picked in (("ArrowDown", "L4"), ("j", "L5"), ("ArrowDown", "L6"), ("ArrowDown", "L6"), ("k", "L5")):
        if picked == "L4":
            reviewer.front(LEVEL)
        browser.press(key)
        assert browser.value("document.querySelector('[aria-checked=true]').dataset.id") == picked
    assert reviewer.order() == "456"
    assert reviewer.back(LEVEL) == "Right. Suggested: Good"


def test_options_that_are_not_fixed_are_shuffled(reviewer):
    seen = set()
    for _ in range(120):  # in 40, one run of 250 lacks an order
        if len(seen) < 6:
            reviewer.front(PICK)
            seen.add(reviewer.order())
    assert len(seen) == 6


def test_points_are_ticked_on_the_back(reviewer, browser):
    reviewer.front(POINTS)
    assert reviewer.back(POINTS) == "Tick the points you had."
    told = []
    for place, times in ((0, 1), (1, 1), (1, 2), (2, 1), (3, 3), (4, 1)):
        browser.click(".words", place, times)
        told.append(reviewer.said(".verdict"))
    assert told == [
        "1 of 5 points. Suggested: Again", "2 of 5 points. Suggested: Again", "2 of 5 points. Suggested: Again",
        "3 of 5 points. Suggested: Hard", "4 of 5 points. Suggested: Good", "5 of 5 points. Suggested: Good",
    ]  # fmt: skip
    browser.value("getSelection().selectAllChildren(document.querySelector('.words'))")
    browser.value("document.querySelector('.points > li').onclick()")
    assert reviewer.said(".verdict") == "5 of 5 points. Suggested: Good", "who marks words does not tap"
    reviewer.back(POINTS)
    for key in ("ArrowRight", "ArrowDown", "j", "ArrowRight", "ArrowUp", "ArrowUp", "ArrowLeft"):
        browser.press(key)
    assert reviewer.said(".verdict") == "1 of 5 points. Suggested: Again"
    assert browser.value("document.querySelector('[aria-checked=true]').dataset.id") == "c"


# ── number, sheet ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "read", "told"),
    [
        ("298 GB/s", "298 GB/s", "Right: you typed 298 GB/s. Suggested: Good"),
        ("0.3 TB/s", "300 GB/s", "Right: you typed 300 GB/s. Suggested: Good"),
        ("330", "330 GB/s", "Close: you typed 330 GB/s. Suggested: Again"),
        ("5,000", "5,000 GB/s", "Not so: you typed 5,000 GB/s. Suggested: Again"),
        ("298 GB", "no number in GB/s", "You typed “298 GB”, no number in GB/s."),
        (" ", "", "You typed nothing."),
    ],
)
def test_a_number_is_read_as_it_is_typed_and_scored(reviewer, browser, typed, read, told):
    reviewer.front(RATE)
    browser.type(typed)  # it is ready for it
    assert reviewer.said(".read") == read
    assert reviewer.back(RATE) == told
    assert reviewer.said("#rung > .answer") == "298 GB/s"


def test_the_number_as_the_back_rounds_it_is_right(reviewer, browser):
    for typed, told in (("0.333", "Right: you typed 0.333. Suggested: Good"), ("0.3333", "Not so: you typed 0.3333.")):
        reviewer.front(THIRD)
        browser.type(typed)
        assert reviewer.back(THIRD).startswith(told)
    assert reviewer.said("#rung > .answer") == "0.333"


def test_each_time_another_variant_is_asked_and_the_back_tells_of_the_same(reviewer, browser):
    asked = {
        text.html(number.ask(GPUS.content, seed(GPUS.root, rows)).prompt): seed(GPUS.root, rows) for rows in range(12)
    }
    seen, last = set(), ""
    while len(seen) < 10:
        reviewer.front(GPUS)
        prompt = browser.value("document.querySelector('#rung > .prompt').innerHTML")
        assert prompt != last
        last = prompt
        seen.add(prompt)
        right = number.answer_of(GPUS.content, asked[prompt])
        browser.type(f"{right / 1000}k")
        assert reviewer.back(GPUS) == f"Right: you typed {right:g} GPUs. Suggested: Good"
        assert browser.value("document.querySelector('#rung > .prompt').innerHTML") == prompt
        assert reviewer.said("#rung > .answer") == f"{right:g} GPUs"
        assert reviewer.said("#rung > .because").endswith(f"= {right:g} GPUs")


def test_numbers_are_read_as_in_the_terminal(browser, reviewer):
    unit_of = (
        ("GPUs", "5000 5k 5K 5.00k 5,000 5_000 5kGPUs ~5k +5e3 5e3GPUs 5m 5e 5-6 5*6 0,35 1,23,456 nan 1e400 ¼ ٣"),
        ("GB/s", "298 298GB/s 298gb_per_second 298GBps 0.3_TB/s 0.3T 0.3T/s 5_GB 5_K/s 60_GB/min"),
        ("GB", "143_GiB 2B 2bn 5k 5_GB/s"),
        ("ms", "20ms 0.02_s 20,000_µs 5k -5_ms −5 5_GB 5m 2_min 1.5_hours"),
        ("", "1.5M 1.5_million 2B .35 12% 12_percent 12,345,678.5 5_ms 5_000 5_000_000 5_00"),
        ("%", "12% 12 0.12 12_percent"),
        ("$ per 1,000 tokens", "$0.35 0.35_$ 0.35 $0.35_per_1,000_tokens $5k €5"),
    )  # fmt: skip
    refused = {("GB/s", "298gb per second"), ("GB/s", "60 GB/min")}  # which the terminal takes
    script = resources.files("rung.cards").joinpath("amounts.js").read_text("utf-8")
    for unit, words in unit_of:
        follows = " ".join(f"{words}={by:.15g}" for words, by in quantity.follows(unit).items())
        for typed in (each.replace("_", " ") for each in words.split()):
            call = f"(function () {{ {script}; return amount({json.dumps(typed)}, {json.dumps(follows)}); }})()"
            try:
                wanted = quantity.value(typed, unit)
            except ValueError:
                wanted = None
            if (unit, typed) in refused:
                wanted = None
            assert browser.value(call) == (wanted if wanted is None else pytest.approx(wanted, rel=1e-12)), (
                unit,
                typed,
            )


def test_the_lines_of_a_sheet_are_checked_against_their_ranges(reviewer, browser):
    reviewer.front(SHEET)
    browser.value("window.pycmd = words => { window.told = words }")
    browser.type("0.015 s")
    browser.press("Enter")
    browser.type("95")
    assert browser.value("[...document.querySelectorAll('.read')].map(each => each.textContent)") == ["15 ms", "95 ms"]
    assert browser.value("window.told || ''") == ""
    browser.press("Enter")
    assert browser.value("window.told") == "ans", "the desktop app shows the back"
    browser.value("delete window.pycmd")
    assert reviewer.back(SHEET) == "1 of 2 are typical; see below whether they add up. Suggested: Again"
    lines = "[...document.querySelectorAll('.answer > li')].map(each => each.innerText)"
    assert browser.value(lines) == [
        "Edge: 12 ms typically 0 to 20 ms\n✓ you: 15 ms", "Rank: 88 ms typically 60 to 90 ms\n✗ you: 95 ms",
    ]  # fmt: skip
    reviewer.front(SHEET)
    assert reviewer.back(SHEET) == "You typed nothing."
    reviewer.front(SHEET)
    browser.click("input", 1)
    browser.type("5 GB")
    assert reviewer.back(SHEET) == "0 of 2 are typical; see below whether they add up. Suggested: Again"
    assert [line.partition("✗ ")[2] for line in browser.value(lines)] == ["you: nothing", "you: 5 GB"]


# ── drill ────────────────────────────────────────────────────────────────────────────────────────


def test_a_drill_counts_down_and_tells_what_was_taken(reviewer, browser):
    reviewer.front(DRILL)
    assert reviewer.said(".clock") == "Start the clock: 10:00"
    browser.value("Date.now = () => window.clock; window.clock = 1e12")
    browser.value("window.setTimeout = (act) => { window.later = act }")
    browser.click(".clock button")
    browser.value("window.clock += 63000; window.later()")
    assert reviewer.said(".clock") == "8:57 left"
    browser.value("window.clock += 600000; window.later()")
    assert reviewer.said(".clock") == "Time is up: 1:03 over"
    reviewer.back(DRILL)
    assert reviewer.said(".took") == "You took 11:03 of 10:00."
    browser.value("window.clock += 9000; window.next = window.later; window.later = null; window.next()")
    assert browser.value("window.later") is None, "a clock that is not shown has stopped"
    reviewer.back(DRILL)
    assert reviewer.said(".took") == "You took 11:03 of 10:00."
    reviewer.front(DRILL)
    reviewer.back(DRILL)
    assert reviewer.said(".took") == ""


def test_a_drill_is_rated_dimension_by_dimension(reviewer, browser):
    assert reviewer.back(DRILL) == "0 of 4 rated."
    assert browser.value("document.querySelectorAll('details[open]').length") == 0
    for dimension, level in enumerate((3, 2, 3)):
        browser.click("summary", dimension)
        browser.click(f"details:nth-of-type({dimension + 1}) .levels > li", level)
    assert reviewer.said("summary") == "W 3 Staff bar"
    assert reviewer.said(".verdict") == "3 of 4 rated."
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft"):
        browser.value("document.querySelectorAll('summary')[2].focus()") if key == "ArrowDown" else None
        browser.press(key)
    assert reviewer.said("details:nth-of-type(4) summary") == "Z 0 Weak"
    assert reviewer.said(".verdict") == "8 of 12 points (66 %). Suggested: Hard"
    browser.press("ArrowRight")
    browser.press("ArrowRight")
    assert reviewer.said(".verdict") == "10 of 12 points (83 %). Suggested: Good"


# ── from the front to the back ───────────────────────────────────────────────────────────────────


def given(reviewer, card):
    """Answer the front that is shown; gives what the back has to say then."""
    if card is ORDER:
        reviewer.arrange("4657")
        return "1 of 6 pairs out of order. Suggested: Hard|Your order: L4 → L6 → L5 → L7"
    if card is PICK:
        reviewer.browser.click(".options > li", reviewer.order().index("b"))
        return "Right. Suggested: Good"
    reviewer.browser.click("input")
    reviewer.browser.type("12 ms" if card is SHEET else "12")
    if card is SHEET:
        return "1 of 2 are typical; see below whether they add up. Suggested: Again"
    return "Not so: you typed 12 GB/s. Suggested: Again"


@pytest.mark.parametrize("card", [ORDER, PICK, RATE, SHEET], ids=lambda card: card.kind)
def test_an_answer_reaches_the_back_even_where_storage_is_denied(reviewer, browser, card):
    for denied in (False, True):
        if denied:
            browser.value(f"delete window.rungKept; {NO_STORAGE}")
        reviewer.front(card)
        told = given(reviewer, card)
        assert reviewer.back(card) == told
        assert reviewer.back(card) == told, "shown again, it says the same"


@pytest.mark.parametrize("card", [ORDER, PICK, RATE, SHEET], ids=lambda card: card.kind)
def test_an_answer_reaches_a_back_that_is_a_page_of_its_own(browser, sides, tmp_path, card):
    front, back = tmp_path / "front.html", tmp_path / "back.html"
    for page, html in zip((front, back), sides[card.part], strict=True):
        page.write_text(DROID.format(night="night_mode", html=html), encoding="utf-8")
    reviewer = Reviewer(browser, sides, tmp_path / "unused.html")
    for _ in range(4):  # on a busy machine Chromium may open the next page before it has all that this one keeps
        browser.open(front, PHONES[0], 800)
        told = given(reviewer, card)
        assert browser.complaints == []
        browser.follow(back)
        assert browser.complaints == []
        if (said := reviewer.said(".verdict")) == told:
            break
    assert said == told


def test_a_back_without_its_front_shows_what_it_shows_without_scripts(reviewer, browser):
    for card in (ORDER, PICK, RATE, SHEET):
        browser.value("sessionStorage.clear(); delete window.rungKept")
        assert reviewer.back(card) == ""
    assert reviewer.said(".answer > li") == "Edge: 12 ms typically 0 to 20 ms"


def test_many_cards_in_one_page_do_not_get_into_each_others_way(reviewer, browser):
    every = [ORDER, PICK, LEVEL, EQUAL, RATE, GPUS, SHEET, POINTS, DRILL]
    globals_ = "Object.keys(window).join()"
    reviewer.front(ORDER)
    before = browser.value(globals_)
    for place in range(50):
        reviewer.front(every[place % len(every)])
        reviewer.back(every[place % len(every)])
    assert browser.value(globals_) == before, "nothing but what is kept stays"
    reviewer.front(ORDER)
    told = given(reviewer, ORDER)
    reviewer.front(PICK)
    assert reviewer.back(PICK) == "You picked none."
    assert reviewer.back(ORDER) == told


# ── how they look ────────────────────────────────────────────────────────────────────────────────

PARTS = [
    *(card.part for card in (ORDER, PICK, POINTS, GPUS, SHEET, DRILL, *NASTY_CARDS, *NASTIER)),
    *(cards[0].part for _, cards in LONGEST),
]
PRESSED = "button, input, summary, .tappable"
SMALL = f"""[...document.querySelectorAll('{PRESSED}')].map(each => [each.getBoundingClientRect(), each.outerHTML])
  .filter(([box]) => box.width && Math.min(box.width, box.height) < {FINGER}).map(([box, html]) => html)"""
OPEN = "document.querySelectorAll('details').forEach(each => { each.open = true })"


@pytest.mark.parametrize("part", PARTS)
def test_a_card_fits_its_screen_is_readable_and_has_room_for_fingers(reviewer, browser, part):
    for side in (0, 1):
        for width in (*PHONES, DESK):
            browser.screen(width)
            reviewer.show(part, side)
            browser.value(OPEN)
            assert browser.value("document.documentElement.scrollWidth") == width
            assert browser.value(BEYOND) == []
            assert browser.value(SMALL) == []
        for night in (False, True):
            reviewer.show(part, side, night)
            browser.value(OPEN)
            words = browser.value(CONTRASTS)
            assert words
            assert [each for each in words if each[0] < READABLE] == []


def test_night_goes_by_either_name_on_the_page_or_its_body(reviewer, browser):
    reviewer.show(ORDER.part, 0)
    for where in ("documentElement", "body"):
        for name in ("nightMode", "night_mode"):
            browser.value(f"document.{where}.classList.add('{name}')")
            assert browser.value("getComputedStyle(document.body).backgroundColor") == "rgb(32, 33, 36)"
            browser.value(f"document.{where}.classList.remove('{name}')")
            assert browser.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("width", [min(PHONES), DESK])
def test_what_was_answered_fits_and_is_readable_too(reviewer, browser, width):
    browser.screen(width)
    for card in (ORDER, PICK, RATE, SHEET):
        for night in (False, True):
            reviewer.front(card, night=night)
            given(reviewer, card)
            for _ in range(2):
                assert [each for each in browser.value(CONTRASTS) if each[0] < READABLE] == []
                assert browser.value("document.documentElement.scrollWidth") == width
                assert browser.value(BEYOND) == []
                reviewer.back(card, night=night)


@pytest.mark.parametrize("part", [card.part for card in (*NASTY_CARDS, *NASTIER) if "#" in card.part])
def test_nasty_text_stays_text(reviewer, browser, part):
    for side in (0, 1):
        reviewer.show(part, side)
        shown = browser.value("document.getElementById('qa').innerText")
        assert "</script><script>alert(1)</script> 🦊👩‍👧 שלום" in shown
        assert browser.value("document.querySelectorAll('#qa script').length") <= 1


def test_without_scripts_fronts_and_backs_can_be_read(browser, sides, tmp_path):
    page, told = tmp_path / "plain.html", {}
    reviewer = Reviewer(browser, sides, tmp_path / "unused.html")
    with browser.without_scripts():
        for card, side in product((ORDER, PICK, POINTS, RATE, SHEET, DRILL), (0, 1)):
            page.write_text(DROID.format(night="", html=sides[card.part][side]), encoding="utf-8")
            browser.open(page, PHONES[0], 800)
            told[card.kind, side] = reviewer.said("#qa")
    assert told == {
        ("ordering", 0): "A title|Order the rungs.|Decide on an order, then look.|says l5|says l4|says l7|says l6",
        (
            "ordering",
            1,
        ): "A title|Order the rungs.|L4: says l4 (B)|note L4|L5: says l5 (A)|note L5|L6: says l6 (D)|note L6"
        "|L7: says l7 (C)|note L7|Course|course/ladders/l#order",
        ("choice", 0): "A title|Which?|says a|says c|says b",
        ("choice", 1): "A title|Which?|says a|says c|says b|C. says b|Course|d/n#pick",
        ("checklist", 0): "A title|Say.|Say it aloud; 5 points.",
        ("checklist", 1): "A title|Say.|Say it aloud; 5 points.|a|b|c|d|e|Course|d/n#points",
        ("number", 0): "A title|How fast?|A number in GB/s, within 5%",
        ("number", 1): "A title|How fast?|298 GB/s|So it is.|Course|d/n#rate",
        ("sheet", 0): "A title|SLA: 100 ms.|Edge|Rank|Find a number in ms for each line, then look.",
        ("sheet", 1): "A title|SLA: 100 ms.|Edge: 12 ms typically 0 to 20 ms|Rank: 88 ms typically 60 to 90 ms"
        "|It adds up: 12 + 88 = 100|Course|d/n#sheet",
        ("drill", 0): "A title|words|10 minutes, in these sections:|words",
        (
            "drill",
            1,
        ): "A title|words|10 minutes, in these sections:|words|Rate yourself|W|X|Y|Z|Model solution|words|words"
        "|Common failures|words|Course|d/n#drill",
    }
    assert browser.requests == [page.as_uri()]
