"""Links that came with a workspace: no command writes, or takes away, where one leads out of it."""

from __future__ import annotations

import os

import pytest

from deck_text import deck_of
from foreign_packages import BASIC, PIXEL, collection, note, package
from rung.notes import budget

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")

PICTURED = """\
title: More
source: {course: A course, lesson: One}
notes:
- basic: shown
  cards:
    - {id: a, front: 'What? ![x](a.png)', back: That.}
"""


@pytest.fixture
def elsewhere(tmp_path):
    """A folder of the learner's, with files of all sorts; it must stay as it is."""
    folder = tmp_path / "elsewhere"
    (folder / "pages").mkdir(parents=True)
    for name in ("a.png", "rung.apkg", "pages/index.html", "photo-0123456789ab.jpg"):
        (folder / name).write_bytes(b"the learner's own")
    before = held(folder)
    yield folder
    assert held(folder) == before


def held(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def linked(path, target):
    """Put a link in the place of a folder."""
    if path.is_dir():
        path.rename(path.with_name(f"{path.name}-before"))
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(target)


@pytest.mark.parametrize(
    ("place", "command"),
    [
        ("cards/_media", ("build",)),
        ("cards/more", ("build",)),
        ("exports", ("export",)),
        ("exports", ("print", "all")),
        ("exports/pages", ("print", "all")),
    ],
)
def test_nothing_is_written_or_taken_away_behind_a_link(workspace, rung, elsewhere, place, command):
    (workspace / "decks" / "more").mkdir()
    (workspace / "decks" / "more" / "other.yaml").write_text(PICTURED)
    (workspace / "decks" / "more" / "a.png").write_bytes(PIXEL)
    (workspace / "decks" / "page.yaml").write_bytes(deck_of(budget.EXAMPLES[0].source))
    if command != ("build",):
        assert rung("build")[0] == 0
    linked(workspace / place, elsewhere)
    code, out, err = rung(*command)
    where = f"{workspace / place}"
    assert (code, out) == (3, "")
    assert err == f"rung: {where}: a link leads out of the workspace here; put a folder in its place\n"


@pytest.mark.parametrize("place", ["decks", "cards", "cards/own"])
def test_no_deck_comes_in_behind_a_link(workspace, rung, elsewhere, tmp_path, place):
    decks = {"Geo": [note("a", BASIC, "Asked <img src=a.png>", "Said")], "Med": [note("b", BASIC, "Too", "Said")]}
    file = package(tmp_path / "geo.apkg", collection(decks), {"a.png": PIXEL})
    linked(workspace / place, elsewhere)
    code, out, err = rung("import", str(file), "--as-deck", "own")
    assert (code, out) == (3, "")
    assert "a link leads out of the workspace here; put a folder in its place\n" in err


def test_links_within_a_workspace_are_followed(workspace, rung):
    (workspace / "built").mkdir()
    linked(workspace / "exports", workspace / "built")
    assert rung("export")[0] == 0
    assert (workspace / "built" / "rung.apkg").is_file()


@pytest.mark.parametrize(
    ("place", "commands"),
    [
        ("cards", ("build",)),
        ("cards/_media", ("build",)),
        ("exports", ("export", "print all")),
        ("decks/loop", ("check", "build")),
        ("decks/loop.yaml", ("check", "build")),
    ],
)
def test_links_that_go_round_in_a_circle_are_told_in_a_line(workspace, rung, place, commands):
    linked(workspace / place, workspace / place)
    for command in commands:
        code, out, err = rung(*command.split())
        assert (code, (out + err).count("\n")) in ((0, 1), (1, 3), (1, 2), (3, 1))
        assert code == 0 or place in out + err


def test_a_store_at_a_link_to_itself_is_told_in_a_line(rung, tmp_path):
    store = tmp_path / "loop.db"
    store.symlink_to(store)
    told = f"{store}: cannot be opened (unable to open database file); see whether you may read and write the file and its folder"
    assert rung("--db", str(store), "due") == (3, "", f"rung: {told}\n")


def test_a_build_takes_away_no_file_but_its_own_pictures(workspace, rung):
    decks = held(workspace / "decks")
    linked(workspace / "cards" / "_media", workspace / "decks")
    old = workspace / "decks" / "old-0123456789ab.png"
    old.write_bytes(PIXEL)
    assert rung("build")[0] == 0
    assert held(workspace / "decks") == decks


def test_a_picture_behind_a_link_out_of_the_workspace_is_none(workspace, rung, elsewhere):
    (workspace / "decks" / "more.yaml").write_text(PICTURED)
    (workspace / "decks" / "a.png").symlink_to(elsewhere / "a.png")
    code, out, err = rung("build")
    assert code == 1
    assert 'there is no picture "a.png"' in out + err
    (workspace / "decks" / "b.png").write_bytes(PIXEL)
    (workspace / "decks" / "a.png").unlink()
    (workspace / "decks" / "a.png").symlink_to("b.png")
    assert rung("build")[0] == 0
