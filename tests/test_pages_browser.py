"""Every page of this repository in a real Chromium: it fits the phone and the paper, is readable, and asks for nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

import browser as chromium
from browser import BEYOND, CONTRASTS, INCH, NEEDED, PAPER, READABLE
from deck_text import shipped
from rung import pages, press
from rung.compiler import compiled
from rung.notes import note_type

REPOSITORY = Path(__file__).parents[1]
PHONE, DESK = 390, 1200  # CSS pixels
MARGIN = 14  # mm, as the style sheet has it
SHEET = re.compile(rb"/Type\s*/Page\b")
SHEETS_OF = {"worksheet": 2, "course": 2, "sizing": 2}  # at most; of most other kinds one

pytestmark = NEEDED

# Words in a drawing that reach beyond it.
CLIPPED = """[...document.querySelectorAll('svg text')].filter(text => {
  const [own, whole] = [text.getBBox(), text.ownerSVGElement.viewBox.baseVal];
  return own.x < -.5 || own.y < -.5 || own.x + own.width > whole.width + .5 || own.y + own.height > whole.height + .5;
}).map(text => text.textContent)"""

# For columns of many heights: what is asked, and stands at the foot of one while what belongs to it begins the next.
PARTED = """(() => {
  const main = document.querySelector('main');
  main.style.columnFill = 'auto';
  const parted = section => {
    const asked = [...section.lastElementChild.getClientRects()].pop();
    return Math.abs(asked.left - section.nextElementSibling.querySelector('h3:not(.label)').getBoundingClientRect().left) > 1;
  };
  return [...Array(40)].flatMap((_, step) => {
    main.style.height = `${500 + 15 * step}px`;
    return [...document.querySelectorAll('section:not(:has(.folded))')].filter(parted).map(each => each.textContent.trim());
  });
})()"""

# Where the first heading of each column stands, behind what spans them all.
TOPS = """(() => {
  const found = {};
  for (const head of document.querySelectorAll('section:nth-child(n+3) h2')) {
    const {left, top} = head.getBoundingClientRect();
    const words = document.createRange();
    words.selectNodeContents(head);
    found[left] = Math.min(found[left] ?? Infinity, words.getBoundingClientRect().top);
  }
  return Object.values(found);
})()"""

LINES_OF_LEVELS = """[...document.querySelectorAll('td:nth-child(3)')].map(cell => {
  const words = document.createRange();
  words.selectNodeContents(cell);
  return words.getClientRects().length;
})"""

UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true })"


def sheets_here():
    """Every page of the decks of this repository and of some examples, and their index."""
    examples = "".join(note_type(name).EXAMPLES[0].source for name in ("drill", "sizing", "worksheet", "contrast"))
    text = f"title: Examples\nsource: {{course: Examples}}\nnotes:\n{examples}".encode()
    decks = sorted([*shipped(), *compiled({"examples.yaml": text}, (), 1).decks], key=lambda each: each.deck.id)
    sheets = pages.printed(pages.read(decks))
    return [*sheets, press.index([sheet for sheet in sheets if sheet.page.alone])]


def to_look_at():
    """All that stand by themselves, and one of each kind that is only printed when asked for."""
    sheets = sheets_here()
    kinds = {sheet.kind: sheet for sheet in reversed(sheets)}
    return {sheet.name: sheet for sheet in sheets if sheet.page.alone or sheet is kinds[sheet.kind]}


SHEETS = to_look_at()


@dataclass(frozen=True)
class Look:
    """A page as the browser shows it: in one visit, since opening is what takes time."""

    widths: dict[str, int]
    beyond: dict[str, list[str]]
    clipped: list[str]
    contrasts: dict[str, list[list]]
    grounds: dict[str, str]
    requests: list[str]
    complaints: list[dict]
    ink_on_paper: str
    sheets: dict[str, int]


def looked_at(browser, path, papers):
    widths, beyond, contrasts, grounds, sheets = {}, {}, {}, {}, {}

    def measure(name):
        widths[name] = browser.value("document.documentElement.scrollWidth")
        beyond[name] = browser.value(BEYOND)

    browser.open(path, PHONE, 844)
    measure("folded")
    browser.value(UNFOLD)
    measure("unfolded")
    clipped = browser.value(CLIPPED)
    browser.screen(DESK)
    measure("desk")
    for name in ("light", "dark"):
        browser.media(dark=name == "dark")
        contrasts[name] = browser.value(CONTRASTS)
        grounds[name] = browser.value("getComputedStyle(document.documentElement).backgroundColor")
    browser.media(dark=True, paper=True)
    ink = browser.value("getComputedStyle(document.body).color")
    for name in PAPER:
        browser.screen(width_of(name))
        measure(name)
    browser.media(dark=True)
    for name in papers:
        sheets[name] = len(SHEET.findall(browser.pdf(name)))
    asked, complaints = browser.requests, browser.complaints
    return Look(widths, beyond, clipped, contrasts, grounds, asked, complaints, ink, sheets)


def width_of(paper):
    """CSS pixels between the margins."""
    return round((PAPER[paper][0] - 2 * MARGIN / INCH) * 96)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """One that draws in the thread that lays out: that takes a third less, and holds up a mouse, which is not here."""
    with chromium.opened(tmp_path_factory.mktemp("profile"), "--disable-threaded-compositing") as browser:
        yield browser


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for name, sheet in SHEETS.items():
        (folder / f"{name}.html").write_text(press.document(sheet, {}, SHEETS), encoding="utf-8")
    return folder


@pytest.fixture(scope="module", params=SHEETS)
def look(request, browser, files):
    sheet = SHEETS[request.param]
    papers = PAPER if sheet.page.alone else ()
    return looked_at(browser, files / f"{request.param}.html", papers)


def named(kind):
    """The name of a page of that kind."""
    return next(name for name, sheet in SHEETS.items() if sheet.kind == kind)


def test_a_page_fits_a_phone_a_desk_and_paper(look):
    assert look.widths == {
        "folded": PHONE, "unfolded": PHONE, "desk": DESK, "A4": width_of("A4"), "Letter": width_of("Letter"),
    }  # fmt: skip
    assert look.beyond == {name: [] for name in look.widths}
    assert look.clipped == []


def test_every_word_is_readable_in_the_light_and_in_the_dark(look):
    assert look.grounds == {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 24, 27)"}
    assert look.ink_on_paper == "rgb(28, 28, 30)", "no dark on paper"
    for words in look.contrasts.values():
        assert words
        assert [each for each in words if each[0] < READABLE] == []


def test_a_page_asks_for_nothing_and_complains_of_nothing(look):
    (own,) = look.requests
    assert own.startswith("file://")
    assert look.complaints == []


def test_no_page_takes_more_sheets_than_it_is_meant_to(look, request):
    sheet = SHEETS[request.node.callspec.params["look"]]
    most = SHEETS_OF.get(sheet.kind, 1)
    if sheet.kind == "rehearsal":
        most = -(-len(sheet.page.sections) // 4)  # two questions a sheet, each with what is folded away
    assert sorted(look.sheets) == (sorted(PAPER) if sheet.page.alone else [])
    assert all(count <= most for count in look.sheets.values()), look.sheets


@pytest.mark.parametrize("name", [name for name, sheet in SHEETS.items() if sheet.kind == "rehearsal"])
def test_no_question_stands_at_the_foot_of_a_column_without_its_answer(browser, files, name):
    browser.open(files / f"{name}.html", width_of("A4"))
    browser.media(paper=True)
    assert browser.value(PARTED) == []


@pytest.mark.parametrize("paper", PAPER)
def test_the_columns_of_the_score_sheet_begin_side_by_side_and_its_levels_stand_on_one_line(browser, files, paper):
    browser.open(files / f"{named('mock')}.html", width_of(paper))
    browser.media(paper=True)
    left, right = browser.value(TOPS)
    assert left == pytest.approx(right, abs=1)
    assert browser.value(LINES_OF_LEVELS) == [1] * 8
    browser.open(files / f"{named('mock')}.html", PHONE)
    assert browser.value(LINES_OF_LEVELS) == [1] * 8


def test_a_blank_sheet_shows_no_answer(browser, files):
    """The one filled in is folded away on a screen, and begins a sheet of its own."""
    browser.open(files / f"{named('worksheet')}.html", width_of("A4"))
    assert not browser.value("document.querySelector('.folded').getBoundingClientRect().height > 0")
    browser.media(paper=True)
    folded = "document.querySelector('section:has(.folded)')"
    assert browser.value(f"getComputedStyle({folded}).breakBefore") == "page"


def test_folded_words_show_when_they_are_asked_for_and_on_paper(browser, files):
    shown = "document.querySelector('.folded').getBoundingClientRect().height > 0"
    name = named("rehearsal")
    browser.open(files / f"{name}.html", DESK)
    assert not browser.value(shown)
    browser.value("document.querySelector('summary').click()")
    assert browser.value(shown)
    browser.open(files / f"{name}.html", DESK)
    browser.media(paper=True)
    assert browser.value(shown)
    assert browser.value("document.querySelector('summary').getBoundingClientRect().height") == 0


def test_the_browser_tells_of_what_the_pages_must_not_do(browser, tmp_path):
    """A page that asks, complains, overflows and whispers, to see that each is noticed."""
    path = tmp_path / "loud.html"
    path.write_text(
        '<meta name="viewport" content="width=device-width"><img src="missing.png"><script>console.error("no")</script>'
        '<p style="width: 500px; color: #aaa">grey</p>'
        '<svg viewBox="0 0 10 10" width="90"><text x="0" y="10">beyond it</text></svg>'
    )
    loud = looked_at(browser, path, ["A4"])
    assert [Path(url).name for url in loud.requests] == ["loud.html", "missing.png"]
    assert len(loud.complaints) == 2
    assert loud.widths["folded"] > PHONE
    assert "P grey" in loud.beyond["folded"]
    assert loud.clipped == ["beyond it"]
    assert loud.contrasts["light"][0] == [pytest.approx(2.32, abs=0.01), "P", "grey"]
    assert loud.sheets == {"A4": 1}
