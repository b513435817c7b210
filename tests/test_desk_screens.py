"""All screens of the desk at two sizes and some at a third, as pictures in tests/screens. `make pictures` takes them anew."""

import asyncio
import importlib
import pkgutil
from pathlib import Path

import pytest

pytest.importorskip("textual")

from textual.screen import Screen

import rung.desk
from desk_taken import lines_of, stale, title
from desk_walks import RUNS, files, names, put_learners, walk
from rung.desk import drill

SCREENS = Path(__file__).parent / "screens"


@pytest.fixture(scope="module")
def learners(tmp_path_factory):
    return put_learners(tmp_path_factory.mktemp("learners"))


@pytest.mark.parametrize(("name", "size"), RUNS, ids=str)
def test_a_picture_is_what_the_desk_shows(learners, tmp_path, monkeypatch, name, size):
    monkeypatch.setattr(drill, "EVERY", 3600)  # no second passes
    monkeypatch.chdir(tmp_path)  # so that no folder of this run stands in a picture

    async def walked():
        told = []
        async for picture, desk in walk(learners, name, size):
            told.append(stale([SCREENS / file for file in files(picture, size)], desk, type(desk.screen).__name__))
        return "\n".join(filter(None, told))

    assert not (told := asyncio.run(walked())), f"it is stale: make pictures\n{told}"


def test_each_screen_is_in_a_picture():
    modules = [importlib.import_module(f"rung.desk.{each.name}") for each in pkgutil.iter_modules(rung.desk.__path__)]
    screens = {
        name
        for module in modules
        for name, thing in vars(module).items()
        if isinstance(thing, type)
        and issubclass(thing, Screen)
        and thing.__module__ == module.__name__
        and not thing.__subclasses__()
    }
    assert {title(path.read_text("utf-8")) for path in SCREENS.glob("*.svg")} == screens


def test_no_picture_is_left_of_a_walk_that_is_gone():
    assert sorted(path.name for path in SCREENS.glob("*")) == sorted(names())


def test_words_stand_where_they_are_seen():
    kept = [(path, path.with_suffix(".txt")) for path in SCREENS.glob("*.svg")]
    assert [lines_of(svg.read_text("utf-8")) for svg, _ in kept] == [
        txt.read_text("utf-8").split("\n")[:-1] for _, txt in kept
    ]
    home = (SCREENS / "home-80x24.txt").read_text("utf-8").split("\n")
    assert home[1] == " Monday, 23 November 2026"
    assert home[6].split() == ["The", "next", "14", "days", "Learnt"]
    assert len(home) == 25
