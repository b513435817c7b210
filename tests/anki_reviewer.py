"""Cards of every kind as Anki renders them, and a reviewer that shows them in a real Chromium."""

from __future__ import annotations

import json
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from deck_text import shipped
from rung import cards as kinds
from rung.anki.package import write
from rung.cards import checklist, choice, drill, number, ordering, sheet
from rung.model import Deck
from test_anki_real import LEVEL, NASTY, NASTY_CARDS, ORDER, TYPES, card

REPOSITORY = Path(__file__).parents[1]
DECK = Deck("d", "Deck", "Course")
DESK = 1000  # CSS pixels

# What Anki's desktop app does to show a side: the HTML is put into one page, and its scripts are made anew.
DESKTOP = """<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<style>body { margin: 20px; }</style><body><div id="qa"></div><script>
function show(html, night) {
  document.body.className = "card card1" + (night ? " nightMode night_mode" : "");
  var qa = document.getElementById("qa");
  qa.innerHTML = html;
  qa.querySelectorAll("script").forEach(function (old) {
    var script = document.createElement("script");
    script.appendChild(document.createTextNode(old.innerHTML));
    old.parentNode.replaceChild(script, old);
  });
}
</script>"""
# AnkiDroid's older reviewer: a page for each side.
DROID = """<!doctype html><html class="mobile android"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><style>body {{ margin: 15px; }}</style>
<body class="card card1 {night}"><div id="qa">{html}</div>"""

EQUAL = card("d/n#equal", "ordering", ordering.Content("Order.", tuple(ordering.Item(*each) for each in (
    ("a", "One", "", "", 0), ("b", "Two", "", "", 1), ("c", "Two too", "", "", 1), ("d", "Three", "", "", 3),
))))  # fmt: skip
PICK = card(
    "d/n#pick", "choice", choice.Content("Which?", tuple(choice.Item(id_, f"says {id_}") for id_ in "abc"), "b")
)
POINTS = card(
    "d/n#points", "checklist", checklist.Content("Say.", tuple(checklist.Point(id_, f"*{id_}*") for id_ in "abcde"))
)
GPUS = card("d/n#gpus", "number", number.Content(
    "How many GPUs for {qps} QPS?", "GPUs", 0.05, formula="qps / 8000", because="{qps} at 8,000 each.",
    variables=(number.Variable("qps", 80_000.0, 800_000.0, 8000.0),),
))  # fmt: skip
RATE = card("d/n#rate", "number", number.Content("How fast?", "GB/s", 0.05, 298.0, because="So it is."))
THIRD = card("d/n#third", "number", number.Content(
    "What is 1 / {three}?", "", 0.0, formula="1 / three", variables=(number.Variable("three", 3.0, 3.0),),
))  # fmt: skip
LINES = (sheet.Line("edge", "Edge", 0.0, 20.0, 12.0), sheet.Line("rank", "Rank", 60.0, 90.0, 88.0))
RULES = (sheet.Rule("It adds up.", "edge + rank == sla"),)
SHEET = card("d/n#sheet", "sheet", sheet.Content("SLA: 100 ms.", "ms", sheet.Given("sla", "SLA", 100.0), LINES, RULES))


def drilled(words, minutes):
    """A drill all of whose texts are `words`."""
    return drill.Content(
        words,
        minutes,
        (drill.Section("a", words),),
        tuple(drill.Dimension(id_, id_.upper(), words, words, words, words) for id_ in "wxyz"),
        (drill.Solved("a", words),),
        (drill.Failure("f", words),),
    )


DRILL = card("d/n#drill", "drill", drilled("words", 10))
NASTIER = [
    card("d/nasty#points", "checklist", checklist.Content(NASTY, (checklist.Point("a", NASTY),), NASTY), title=NASTY),
    card("d/nasty#number", "number", number.Content(NASTY, '"<b>', 0.1, 7.0, because=NASTY, extra=NASTY), title=NASTY),
    card("d/nasty#sheet", "sheet", sheet.Content(NASTY, "ms", sheet.Given("sla", NASTY, 9.0), (
        sheet.Line("a", NASTY, 1.0, 2.0, 1.5),), (sheet.Rule(NASTY, "a <= sla"),)), title=NASTY),
    card("d/nasty#drill", "drill", drilled(NASTY, 10), title=NASTY),
]  # fmt: skip


def longest():
    """The decks and cards of this repository, of each kind the card of most words."""
    every = [(file.deck, card) for file in shipped() for card in file.cards if not card.retired]
    for kind in kinds.names():
        deck, most = max((each for each in every if each[1].kind == kind), key=lambda each: len(str(each[1].content)))
        yield deck, [card for _, card in every if card.part == most.part]


LONGEST = list(longest())


OURS = (DECK, [ORDER, LEVEL, EQUAL, PICK, POINTS, GPUS, RATE, THIRD, SHEET, DRILL, *NASTY_CARDS, *NASTIER])


def rendered(folder, decks=(OURS, *LONGEST)):
    """(front, back) of every card of `decks` by its part; of a cloze note, those of its last card."""
    return {part: sides for (part, _), sides in in_anki(folder, decks).items()}


def in_anki(folder, decks):
    """(front, back) of every card of `decks` by its part and number, as Anki renders them after an import."""
    write(folder / "rung.apkg", decks, TYPES)
    collection = Collection(str(folder / "collection.anki2"))
    request = ImportAnkiPackageRequest(
        package_path=str(folder / "rung.apkg"), options=ImportAnkiPackageOptions(with_scheduling=False)
    )
    collection.import_anki_package(request)
    found = map(collection.get_card, collection.find_cards(""))
    sides = {(card.note()["Id"], card.ord + 1): (card.question(), card.answer()) for card in found}
    collection.close()
    return sides


class Reviewer:
    """Shows cards as the desktop app does, all in one page."""

    def __init__(self, browser, sides, page):
        self.browser, self.sides, self.page = browser, sides, page
        page.write_text(DESKTOP, encoding="utf-8")

    def start(self, width=DESK, height=800):
        self.browser.open(self.page, width, height)

    def front(self, card, *, night=False):
        self.show(card.part, 0, night)

    def back(self, card, *, night=False):
        """The words that its verdict says."""
        self.show(card.part, 1, night)
        return self.said(".verdict")

    def show(self, part, side, night=False):
        self.browser.value(f"show({json.dumps(self.sides[part][side])}, {json.dumps(night)})")

    def said(self, selector):
        """The words of the first such element; `|` for a line that begins."""
        words = self.browser.value(f"document.querySelector({json.dumps(selector)}).innerText")
        return "|".join(filter(None, (" ".join(line.split()) for line in words.splitlines())))

    def order(self):
        """The first letters of the ids in the list that is shown, without the L of levels."""
        ids = "[...document.querySelectorAll('.boxes > li')].map(each => each.dataset.id)"
        return "".join(id_[-1] for id_ in self.browser.value(ids))

    def arrange(self, wanted):
        """Put the items in an order, by their buttons; something moves even if they stood so."""
        self.browser.value("document.querySelectorAll('.down')[0].click()")
        for place, id_ in enumerate(wanted):
            for _ in range(self.order().index(id_) - place):
                at = self.order().index(id_)
                self.browser.value(f"document.querySelectorAll('.up')[{at}].click()")
