"""The pictures in docs/desk.md and the README: the desk of the learner of the tests. `make pictures` takes them anew."""

import asyncio
import re
from contextlib import aclosing
from pathlib import Path

import pytest

pytest.importorskip("textual")

from desk_taken import lines_of, seen, stale, taken
from desk_walks import put_learners, walk
from rung.desk import drill

REPOSITORY = Path(__file__).parents[1]
PICTURES = REPOSITORY / "docs" / "desk"
SIZE = (100, 30)


@pytest.fixture(scope="module")
def learners(tmp_path_factory):
    return put_learners(tmp_path_factory.mktemp("learners"))


@pytest.mark.parametrize(
    ("name", "walked", "shows"),
    [
        ("home", "home", "home"),
        ("review", "an order", "review-ordering"),
        ("quizzes", "ladders", "quizzes"),
        ("drill", "a drill", "rating-rated"),
        ("browse", "browsing", "browse-picked"),
        ("statistics", "statistics", "stats"),
        ("plan", "a plan", "plan"),
    ],
)
def test_a_picture_is_what_the_desk_shows(learners, tmp_path, monkeypatch, name, walked, shows):
    monkeypatch.setattr(drill, "EVERY", 3600)  # no second passes
    monkeypatch.chdir(tmp_path)

    async def looked():
        async with aclosing(walk(learners, walked, SIZE)) as pictures:
            async for shown, desk in pictures:
                if shown == shows:
                    picture = taken(desk, "rung desk")
                    assert lines_of(picture) == seen(desk), "what stands in it is what is seen"
                    return picture, stale([PICTURES / f"{name}.svg"], desk, "rung desk")

    picture, told = asyncio.run(looked())
    assert not told, f"it is stale: make pictures\n{told}"
    assert not re.search(r"url\((?!#)|href|<script|@import", picture), "it asks for nothing outside"
    assert f"](desk/{name}.svg)" in (REPOSITORY / "docs" / "desk.md").read_text("utf-8")


def test_the_readme_shows_one_and_all_are_of_a_walk():
    (shown,) = re.findall(r"\]\(docs/desk/(\w+)\.svg\)", (REPOSITORY / "README.md").read_text("utf-8"))
    kept = sorted(path.stem for path in PICTURES.glob("*.svg"))
    assert shown in kept
    assert kept == ["browse", "drill", "home", "plan", "quizzes", "review", "statistics"]
