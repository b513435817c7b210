"""The pictures in docs/desk.md: the desk of the learner of the tests. `make pictures` takes them anew."""

import asyncio
import os
import re
from pathlib import Path

import pytest

pytest.importorskip("textual")

import desk_sample
from rung.desk.review import Review
from rung.model import Kind
from rung.session import Sitting, Waiting
from rung.store import Store

REPOSITORY = Path(__file__).parents[1]
PICTURES = REPOSITORY / "docs" / "desk"
SIZE = (100, 30)
LADDER = "degradation/ladder#order"


def ladder(desk):
    """Begin a sitting with a ladder to put in order."""
    due = [each for each in desk.seat.daily(desk.settings).line if each.card != LADDER]
    desk.seat.sitting = Sitting((Waiting(LADDER, LADDER, Kind.REVIEW), *due))
    desk.push_screen(Review())


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("lived") / "rung.db") as store:
        yield desk_sample.lived(store)


@pytest.mark.parametrize(
    ("name", "begin", "keys"),
    [("home", None, []), ("review", ladder, ["down", "space", "down"]), ("statistics", None, ["t"])],
)
def test_a_picture_is_what_the_desk_shows(lived, name, begin, keys):
    async def taken():
        desk = desk_sample.desk(lived)
        async with desk.run_test(size=SIZE) as pilot:
            if begin:
                begin(desk)
            await pilot.pause()
            await pilot.press(*keys)
            await pilot.pause()
            return plain(desk.export_screenshot(title="rung desk"))

    picture, path = asyncio.run(taken()), PICTURES / f"{name}.svg"
    if os.environ.get("RUNG_PICTURES"):
        path.write_text(picture, encoding="utf-8", newline="\n")
    assert not re.search(r"url\((?!#)|href|<script|@import", picture), "it asks for nothing outside"
    assert words(picture) == words(path.read_text("utf-8")), "it is stale: make pictures"
    assert f"](desk/{name}.svg)" in (REPOSITORY / "docs" / "desk.md").read_text("utf-8")


def plain(svg):
    """Without fonts from elsewhere, and under ids that tell nothing of the run."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return re.sub(r"terminal-\d+", "desk", svg)


def words(svg):
    """What stands where; not the marks around it, which may differ from one Textual to the next."""
    return re.findall(r"<text[^>]*\by=\"([\d.]+)\"[^>]*>(.*?)</text>", svg)
