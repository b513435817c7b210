"""`rung preview` in a real Chromium: cards that are turned and answered, and a page that changes as the decks do."""

from __future__ import annotations

import base64
import json
import time
from contextlib import ExitStack

import pytest

from browser import CONTRASTS, NEEDED, READABLE
from previewed import previewing
from rung.notes import note_type

pytestmark = NEEDED

HEAD = "title: Small\nsource: {course: A course, lesson: One}\nnotes:\n"
FACT = """\
  - fact: one
    text: "The first is {{c1::alpha}}, \\\\(x^2\\\\). ![a dot](dot.png)"
"""
SPINE = "".join(f"  {line}\n" for line in note_type("framework").EXAMPLES[0].source.splitlines())
MANY = "".join(f"  - fact: more{n}\n    text: The number {n} comes {{{{c1::after {n - 1}}}}}.\n" for n in range(40))
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SOON = 10  # seconds; a machine may be slow
RELOADED = 2.0  # seconds from an edit to the page that shows it


class Page:
    """The page of a preview, and the card in its frame."""

    def __init__(self, browser, address):
        self.browser, self.address = browser, address

    def open(self, id_, *, dark=False):
        self.browser.open("about:blank")
        self.browser.open(f"{self.address}#{id_.replace('#', '%23')}", dark=dark)
        self.until("innerText(document.getElementById('qa')) !== ''")

    def card(self, script):
        """What an expression gives in the newest page of the frame; nothing while there is none."""
        self.browser.value("0")  # hear of frames that have come
        made = [each["params"]["context"] for each in self.browser.events if each["method"] == CONTEXT]
        (main,) = {each["auxData"]["frameId"] for each in made if each["origin"] != "://"}
        *_, newest = [each["uniqueId"] for each in made if each["auxData"]["frameId"] != main]
        script = f"((innerText) => {script})(each => each ? each.innerText.trim() : '')"
        try:
            told = self.browser.ask("Runtime.evaluate", expression=script, uniqueContextId=newest, returnByValue=True)
        except AssertionError:  # it has gone just now
            return None
        return None if "exceptionDetails" in told else told["result"].get("value")

    def said(self, selector):
        return " ".join(self.card(f"innerText(document.querySelector({json.dumps(selector)}))").split())

    def until(self, script, value=True):
        """Wait until an expression gives that in the card."""
        until(lambda: self.card(script) == value, script)

    def click_card(self, selector, at=0):
        """Press an element of the card with the mouse."""
        box = "(box => [box.left + box.width / 2, box.top + box.height / 2])(ELEMENT.getBoundingClientRect())"
        x, y = self.card(box.replace("ELEMENT", f"document.querySelectorAll({json.dumps(selector)})[{at}]"))
        left, top = self.browser.value(
            "(box => [box.left, box.top])(document.querySelector('iframe').getBoundingClientRect())"
        )
        for kind in ("mousePressed", "mouseReleased"):
            place = {"x": left + x, "y": top + y}
            self.browser.ask("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **place)

    def told(self, selector):
        """The words of an element of the list; nothing where it is not there."""
        script = f"(document.querySelector({json.dumps(selector)}) || {{innerText: ''}}).innerText"
        return " ".join(self.browser.value(script).split())

    def edited(self, path, text):
        """Write a deck, and wait for the page that shows it; the seconds that took."""
        self.browser.events.clear()
        began = time.monotonic()
        path.write_text(text)
        self.browser.wait("Page.loadEventFired")
        took = time.monotonic() - began
        self.until("innerText(document.getElementById('qa')) !== ''")
        return took


CONTEXT = "Runtime.executionContextCreated"


def until(asked, what):
    end = time.monotonic() + SOON
    while not asked():
        assert time.monotonic() < end, f"not within {SOON} seconds: {what}"
        time.sleep(0.02)


@pytest.fixture
def deck(workspace):
    return written(workspace)


def written(folder):
    (folder / "decks" / "dot.png").write_bytes(DOT)
    path = folder / "decks" / "small.yaml"
    path.write_text(HEAD + FACT + SPINE + MANY)
    return path


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """The address of a preview of the same deck, for all that only look."""
    folder = tmp_path_factory.mktemp("preview")
    (folder / "decks").mkdir()
    (folder / "rung.toml").touch()
    written(folder)
    with previewing(folder) as (_, address):
        yield address


@pytest.fixture
def page(request, browser):
    with ExitStack() as stack:
        if "deck" in request.fixturenames:  # it is going to be edited
            folder = request.getfixturevalue("deck").parents[1]
            _, address = stack.enter_context(previewing(folder))
        else:
            address = request.getfixturevalue("preview")
            browser.open(f"{address}style.css")
            browser.value("sessionStorage.clear()")  # where a page keeps which side it showed
        yield Page(browser, address)
        assert browser.complaints == []
        assert [url for url in browser.requests if not url.startswith(address) and url != "about:blank"] == []
        browser.open("about:blank")  # else it complains that nobody answers it any more


def test_a_card_is_turned_by_button_and_by_key_and_shows_math_and_pictures(page, browser):
    page.open("small/one#text.c1")
    assert page.said(".prompt") == "The first is [...], x2."
    assert page.card("[document.querySelector('img').naturalWidth, document.querySelector('sup').innerText]") == [
        1,
        "2",
    ]
    browser.click("#flip")
    page.until("innerText(document.querySelector('.cloze'))", "alpha")
    assert page.told("#flip") == "Show front"
    assert page.said(".source") == "A course, One small/one#text"
    browser.press(" ")
    page.until("innerText(document.querySelector('.cloze'))", "[...]")


def test_items_are_ordered_inside_the_frame_and_the_back_knows(page, browser):
    page.open("small/spine#order")
    ids = "[...document.querySelectorAll('.boxes > li')].map(each => each.dataset.id)"
    for place, id_ in enumerate(("retrieval", "coarse", "fine")):
        while (at := page.card(ids).index(id_)) > place:
            page.click_card(".up", at)
            page.until(f"({ids}).indexOf('{id_}')", at - 1)
    page.click_card(".down", 0)
    page.click_card(".up", 1)
    assert page.card(ids) == ["retrieval", "coarse", "fine"]
    browser.press(" ")  # in the card, which has the keys now
    page.until("innerText(document.querySelector('.suggested'))", "Suggested: Good")
    assert page.said(".verdict").startswith("In order.")


def test_cards_follow_each_other_as_in_the_file_and_begin_with_their_front(page, browser):
    page.open("small/one#text.c1")
    browser.click("#flip")
    browser.press("ArrowRight")
    until(lambda: page.told("#id") == "small/spine#solves.c1", "the next card")
    page.until("innerText(document.querySelector('.cloze'))", "[which framework]")
    assert page.told("#flip") == "Show back"
    browser.click("#before")
    page.until("innerText(document.querySelector('.cloze'))", "[...]")
    browser.click("nav a", 2)
    until(
        lambda: page.told("nav a[aria-current=true]") == "problem · recall Which problem does The Spine solve?",
        "the card pressed",
    )


def test_a_card_is_seen_as_on_a_phone_and_at_night(page, browser):
    page.open("small/one#text.c1")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.card("[innerWidth, " + ground + "]") == [816, "rgb(255, 255, 255)"]
    browser.click("#phone")
    browser.click("#night")
    page.until(ground, "rgb(32, 33, 36)")
    assert page.card("[innerWidth, document.body.className]") == [388, "card card1 nightMode night_mode"]
    page.open("small/one#text.c1", dark=True)
    page.until(ground, "rgb(32, 33, 36)")


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_can_be_read(page, browser, deck, dark):
    page.open("small/one#text.c1", dark=dark)
    page.edited(deck, HEAD + FACT + "  - fact: two\n    txt: x\n  - fact: three\n    text: Three {{c1::three}}\n")
    assert [page.told(f"#problems .{each}") for each in ("error", "warning")] == [
        'decks/small.yaml:6:5: error: fact "two" lacks the key "text" add `text: …`',
        "decks/small.yaml:9:11: warning: the answer of c1 stands in its question: three [answer-in-question] "
        "say the rest in other words",
    ]
    assert [each for each in browser.value(CONTRASTS) if each[0] < READABLE] == []
    browser.screen(390)
    assert browser.value("document.documentElement.scrollWidth") == 390


def test_an_edit_shows_soon_and_card_side_and_place_stay(page, browser, deck):
    page.open("small/more39#text.c1")
    browser.click("#flip")
    browser.click("#phone")
    page.until("innerText(document.querySelector('.cloze'))", "after 38")
    browser.value("document.querySelector('nav').scrollTop -= 60")
    place = browser.value("document.querySelector('nav').scrollTop")
    assert place > 500
    took = page.edited(deck, deck.read_text().replace("after 38", "just after 38"))
    page.until("innerText(document.querySelector('.cloze'))", "just after 38")
    assert took < RELOADED
    assert browser.value("[document.querySelector('nav').scrollTop, document.querySelector('iframe').className]") == [
        place,
        "phone",
    ]
    assert page.told("#id") == "small/more39#text.c1"


def test_what_is_wrong_stands_above_the_last_good_cards_until_it_is_mended(page, browser, deck):
    page.open("small/one#text.c1")
    good = deck.read_text()
    page.edited(deck, good.replace("alpha", "omega").replace("    text: The number 0", "    txt: The number 0"))
    assert page.told("#problems") == (
        'decks/small.yaml:19:5: error: fact "more0" lacks the key "text" add `text: …` '
        'decks/small.yaml:20:5: error: "txt" is no key of a fact did you mean "text"?'
    )
    assert page.said(".prompt") == "The first is [...], x2."
    browser.click("#flip")
    page.until("innerText(document.querySelector('.cloze'))", "alpha")
    page.edited(deck, good.replace("alpha", "omega"))
    assert page.told("#problems") == ""
    page.until("innerText(document.querySelector('.cloze'))", "omega")
    page.edited(deck, "title: [")
    assert page.told("#problems") == (
        "decks/small.yaml:1:8: error: this bracket is never closed close it, or put the text in quotes"
    )
    page.until("innerText(document.querySelector('.cloze'))", "omega")


def test_a_card_cannot_reach_the_page_around_it(page):
    page.open("small/one#text.c1")
    reached = "(() => { try { return parent.document.title } catch (denied) { return denied.name } })()"
    assert page.card(reached) == "SecurityError"
    assert page.card("origin") == "null"


def test_a_card_that_has_gone_makes_room_for_the_first(page, browser, deck):
    page.open("small/more39#text.c1")
    page.edited(deck, HEAD + FACT)
    page.until("innerText(document.querySelector('.prompt'))", "The first is [...], x2.")
    assert page.told("#id") == "small/one#text.c1"


def test_a_page_left_alone_says_so(deck, browser):
    with previewing(deck.parents[1]) as (_, address):
        page = Page(browser, address)
        page.open("small/one#text.c1")
        assert page.told("#told") == ""
    until(lambda: page.told("#told") == "No answer: does rung preview still run?", "that nobody answers")
    browser.open("about:blank")
