"""The pictures in docs/anki.md: cards of the decks, answered in Anki on a phone. `make pictures` takes them anew."""

import os
import re
import struct
from pathlib import Path

import pytest

pytest.importorskip("anki.collection")

from anki_reviewer import Reviewer, rendered
from browser import NEEDED
from rung.cardfile import from_text

pytestmark = NEEDED

REPOSITORY = Path(__file__).parents[1]
PICTURES = REPOSITORY / "docs" / "anki"
PHONE = (390, 844)  # CSS pixels
LADDER, SIZING = "production-ai-systems/recsys-spine", "original/sizing"


def deck(id_):
    file = from_text((REPOSITORY / "cards" / f"{id_}.jsonl").read_text("utf-8"))
    return file.deck, [card for card in file.cards if not card.retired]


@pytest.fixture(scope="module")
def reviewer(browser, tmp_path_factory):
    sides = rendered(tmp_path_factory.mktemp("anki"), [deck(LADDER), deck(SIZING)])
    reviewer = Reviewer(browser, sides, tmp_path_factory.mktemp("page") / "reviewer.html")
    reviewer.start(*PHONE)
    return reviewer


def taken(reviewer, name):
    """Take the picture, for the docs if it is to be made anew."""
    picture = reviewer.browser.picture(whole=False)
    assert struct.unpack(">II", picture[16:24]) == PHONE
    if os.environ.get("RUNG_PICTURES"):
        (PICTURES / name).write_bytes(picture)
    shown = (PICTURES / name).read_bytes()
    assert struct.unpack(">II", shown[16:24]) == PHONE
    assert f"anki/{name}" in (REPOSITORY / "docs" / "anki.md").read_text("utf-8")


def test_a_ladder_to_put_in_order(reviewer):
    order = f"{LADDER}/degradation#order"
    reviewer.show(order, 0)
    reviewer.arrange("4657")
    reviewer.browser.value("window.scrollTo(0, 0)")
    taken(reviewer, "ordering-front.png")
    reviewer.show(order, 1)
    assert reviewer.said(".verdict").startswith("1 of 6 pairs out of order. Suggested: Hard|")
    reviewer.browser.value("document.getElementById('answer').scrollIntoView()")
    taken(reviewer, "ordering-back.png")


def test_a_number_drawn_anew(reviewer):
    gpus = f"{SIZING}/recommender#rank-gpus"
    reviewer.show(gpus, 0)
    qps, candidates, rate = (
        int(each.replace(",", "")) for each in re.findall("[0-9][0-9,]*", reviewer.said(".prompt"))
    )
    typed = f"{-(-qps * candidates // rate) / 1000:g}k GPUs"
    field = "document.querySelector('.entry input')"
    reviewer.browser.value(f"{field}.value = '{typed}'; {field}.oninput()")
    reviewer.show(gpus, 1)
    assert reviewer.said(".verdict").startswith("Right: you typed ")
    taken(reviewer, "number-back.png")
