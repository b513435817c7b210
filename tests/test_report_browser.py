"""The page of all figures in a real Chromium: it fits, is readable in light, dark and print, and asks for nothing."""

from __future__ import annotations

import pytest

from browser import BEYOND, CONTRASTS, NEEDED, PAPER, READABLE
from learner import HERE, day
from rung import report
from rung.store import Store
from test_pages_browser import CLIPPED, DESK, PHONE, SHEET, width_of
from test_report import WHOLE, lively

pytestmark = NEEDED

# Pairs of words in one picture that lie over each other.
OVER = """[...document.querySelectorAll('svg')].flatMap(svg => {
  const boxes = [...svg.querySelectorAll('text')].map(each => [each.textContent, each.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], place) => boxes.slice(place + 1)
    .filter(([, b]) => a.left < b.right - .5 && b.left < a.right - .5 && a.top < b.bottom - 3 && b.top < a.bottom - 3)
    .map(([other]) => [one, other]));
})"""
SMALLEST = (
    "Math.min(...[...document.querySelectorAll('svg')].map(each => 12 * each.getBoundingClientRect().width / 360))"
)
# What a screen reader is told of each picture.
TOLD = """[...document.querySelectorAll('svg[role=img]')].map(svg =>
  [svg.querySelector(':scope > title').textContent, svg.querySelector(':scope > desc').textContent.split('\\n').length])"""
# The least contrast of words in a cell of a grid with the shade below them.
ON_SHADE = """(() => {
  const parse = words => words.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, place) => sum + c * [.2126, .7152, .0722][place], 0);
  const paper = parse(getComputedStyle(document.documentElement).backgroundColor);
  return Math.min(...[...document.querySelectorAll('svg.grid rect[style]')].map(rect => {
    const style = getComputedStyle(rect), strength = Number(style.fillOpacity);
    const shade = parse(style.fill).map((c, place) => c * strength + paper[place] * (1 - strength));
    const [a, b] = [light(parse(getComputedStyle(rect.nextElementSibling).fill)), light(shade)].sort((x, y) => y - x);
    return (a + .05) / (b + .05);
  }));
})()"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    with Store.open(folder / "rung.db") as store:
        (folder / "empty.html").write_text(report.document(store.statistics(HERE, day(0))), encoding="utf-8")
        (folder / "full.html").write_text(report.document(lively(store).statistics(HERE, day(0))), encoding="utf-8")
    return folder / "full.html"


@pytest.mark.parametrize("width", [PHONE, 700, 1000, DESK])
def test_it_fits_and_its_words_stay_apart(browser, page, width):
    browser.open(page, width)
    assert browser.value("document.documentElement.scrollWidth") == width
    assert (browser.value(BEYOND), browser.value(CLIPPED), browser.value(OVER)) == ([], [], [])
    assert browser.value(SMALLEST) >= 11


def test_two_pictures_stand_side_by_side_on_a_desk(browser, page):
    tops = "[...document.querySelectorAll('svg')].slice(0, 2).map(each => Math.round(each.getBoundingClientRect().top))"
    browser.open(page, DESK)
    left, right = browser.value(tops)
    assert left == right
    browser.open(page, PHONE)
    left, right = browser.value(tops)
    assert left < right


@pytest.mark.parametrize("dark", [False, True])
def test_every_word_is_readable(browser, page, dark):
    browser.open(page, DESK, dark=dark)
    assert browser.value("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(23, 24, 27)" if dark else "rgb(255, 255, 255)"
    )
    found = browser.value(CONTRASTS)
    assert [each for each in found if each[0] < READABLE] == []
    assert {"cold-start", "5/8", "Mon"} <= {each[2] for each in found}
    assert browser.value(ON_SHADE) >= READABLE


@pytest.mark.parametrize("paper", PAPER)
def test_it_prints_dark_on_white(browser, page, paper):
    browser.open(page, width_of(paper))
    browser.media(dark=True, paper=True)
    assert browser.value("getComputedStyle(document.body).color") == "rgb(28, 28, 30)"
    assert browser.value("document.documentElement.scrollWidth") == width_of(paper)
    assert (browser.value(BEYOND), browser.value(OVER)) == ([], [])
    assert browser.value(ON_SHADE) >= READABLE
    browser.media()
    assert len(SHEET.findall(browser.pdf(paper))) == 2


def test_each_picture_says_in_words_what_it_shows(browser, page):
    browser.open(page)
    assert browser.value("[...document.querySelectorAll('h2')].map(each => each.textContent)") == WHOLE
    assert browser.value(TOLD) == [
        ["Answers of each day of a year", 5],
        ["Cards due on each day", 30],
        ["Retention by week", 6],
        ["Retention by maturity", 3],
        ["Expected recall by course", 1],
        ["Answers by the time they took", 8],
        ["Cards by interval", 7],
        ["Cards by ease", 10],
        ["Grades by level", 2],
        ["Right answers by topic and rung", 1],
    ]


@pytest.mark.parametrize("name", ["full.html", "empty.html"])
def test_it_asks_for_nothing_and_complains_of_nothing(browser, page, name):
    browser.open(page.with_name(name))
    (own,) = browser.requests
    assert own.endswith(f"/{name}")
    assert browser.complaints == []


def test_an_empty_log_makes_a_page_that_says_what_to_do(browser, page):
    browser.open(page.with_name("empty.html"), PHONE)
    assert browser.value("document.querySelector('main').innerText").strip() == (
        "There are no answers yet. rung review brings the first cards."
    )
