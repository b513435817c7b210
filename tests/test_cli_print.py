"""`rung print`: lists pages, writes those that are asked for, from a workspace and from what came with the program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rung import workspace as world
from rung.notes import note_type

DECK = "title: Vectors\nsource: {course: A course, lesson: One}\nnotes:\n" + "".join(
    note_type(name).EXAMPLES[0].source for name in ("tree", "ladder", "question")
)
LISTED = """\
a-course-cheat-sheet  A course: cheat sheet
indexing              How to look for near vectors
vectors-ladders       Vectors: calibration ladders
"""


@pytest.fixture
def vectors(workspace, rung):
    (workspace / "decks" / "vectors.yaml").write_text(DECK)
    assert rung("build")[0] == 0
    return workspace


def written(folder):
    return sorted(path.name for path in folder.iterdir())


def test_without_a_name_the_pages_are_listed_and_none_is_written(vectors, rung):
    assert rung("print") == (0, LISTED, "Write them with: rung print all\n")
    assert not (vectors / "exports").exists()


def test_all_writes_every_page_and_an_index(vectors, rung):
    folder = vectors / "exports" / "pages"
    names = ["a-course-cheat-sheet.html", "indexing.html", "vectors-ladders.html", "index.html"]
    told = "".join(f"{folder / name}\n" for name in names)
    assert rung("print", "all") == (0, told, "3 pages; open one in a browser and print it from there.\n")
    assert written(folder) == sorted(names)
    assert 'href="vectors-ladders.html"' in (folder / "index.html").read_text("utf-8")
    assert 'href="index.html"' in (folder / "indexing.html").read_text("utf-8")


def test_a_page_alone_has_no_index(vectors, rung):
    assert rung("print", "indexing", "-o", "here") == (
        0, "here/indexing.html\n", "1 page; open one in a browser and print it from there.\n",
    )  # fmt: skip
    assert written(vectors / "here") == ["indexing.html"]
    assert "href" not in (vectors / "here" / "indexing.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("vectors", ["a-course-cheat-sheet.html", "indexing.html", "vectors-ladders.html"]),
        ("vectors/indexing", ["indexing.html"]),
        ("seconds-or-days", []),
        ("rollout", ["rollout.html"]),
    ],
)
def test_a_page_is_asked_for_by_deck_or_note(vectors, rung, name, files):
    code, out, _ = rung("print", name, "-o", "here")
    assert (code, [Path(line).name for line in out.splitlines()]) == (0 if files else 2, files)


def test_printing_again_gives_the_same_bytes(vectors, rung):
    rung("print", "all")
    first = {path.name: path.read_bytes() for path in (vectors / "exports" / "pages").iterdir()}
    rung("print", "all")
    assert {path.name: path.read_bytes() for path in (vectors / "exports" / "pages").iterdir()} == first


def test_as_json(vectors, rung):
    code, out, err = rung("print", "indexing", "--json", "-o", "here")
    page = {
        "name": "indexing",
        "title": "How to look for near vectors",
        "group": "For the room",
        "source": "A course, One",
    }
    assert (code, err) == (0, "")
    assert json.loads(out) == {"format": 1, "pages": [{**page, "file": "here/indexing.html"}]}
    assert page in json.loads(rung("print", "--json")[1])["pages"]


def test_an_unknown_name_is_wrong_usage_and_writes_nothing(vectors, rung):
    assert rung("print", "all", "indexin") == (2, "", 'rung: there is no page of "indexin"; did you mean "indexing"?\n')
    assert rung("print", "zzz") == (2, "", 'rung: there is no page of "zzz"; rung print lists those there are\n')
    assert not (vectors / "exports").exists()


def test_a_workspace_without_a_page_says_so(workspace, rung):
    assert rung("print") == (0, "", "There are no pages here: no note makes one.\n")
    assert rung("print", "all") == (0, "", "There are no pages here: no note makes one.\n")
    assert not (workspace / "exports").exists()


@pytest.mark.parametrize(
    ("written", "changed", "type_"),
    [
        ('"type": "tree"', '"type": "shrub"', "shrub"),
        ('"name": "How to look', '"named": "How to look', "tree"),
        ('"to": "', '"to": "x', "tree"),
    ],
)
def test_cards_that_this_version_does_not_know_stop_it(vectors, rung, written, changed, type_):
    path = vectors / "cards" / "vectors.jsonl"
    text = path.read_text("utf-8")
    path.write_text(text.replace(written, changed, 1))
    assert path.read_text("utf-8") != text
    told = f"the note vectors/indexing is no {type_} as this version knows it; make the cards anew with: rung build"
    assert rung("print", "all") == (3, "", f"rung: {vectors / 'cards'}: {told}\n")
    assert rung("doctor")[:2] == (1, f"{path}: {told}\n{path} is stale: make it anew with: rung build\n")


def test_a_folder_that_cannot_be_written_to_is_named(vectors, rung):
    (vectors / "taken").write_text("")
    code, out, err = rung("print", "indexing", "-o", "taken")
    assert (code, out) == (3, "")
    assert err == "rung: taken: this is no folder; nothing was written there\n"


def test_names_longer_than_those_of_files_are_cut_and_kept_apart(vectors, rung):
    tree = note_type("tree").EXAMPLES[0].source
    many = "".join(tree.replace("tree: indexing", f"tree: {'x' * 300}{n}") for n in range(3))
    (vectors / "decks" / "vectors.yaml").write_text(
        f"title: Vectors\nsource: {{course: A, lesson: One}}\nnotes:\n{many}"
    )
    assert rung("build")[0] == 0
    assert rung("print", "vectors", "-o", "here")[0] == 0
    names = ["a-cheat-sheet", f"vectors-{'x' * 87}-2", f"vectors-{'x' * 92}", "x" * 100]
    assert written(vectors / "here") == [f"{name}.html" for name in names]
    assert rung("print", f"vectors/{'x' * 300}1", "-o", "there")[0] == 0
    assert written(vectors / "there") == [f"vectors-{'x' * 92}.html"]


def test_a_picture_stands_in_its_page(vectors, rung):
    (vectors / "decks" / "way.png").write_bytes(b"\x89PNG")
    (vectors / "decks" / "vectors.yaml").write_text(DECK.replace("compare with every one", '"![a way](way.png)"'))
    assert rung("build")[0] == 0
    assert rung("print", "indexing", "-o", "here")[0] == 0
    page = (vectors / "here" / "indexing.html").read_text("utf-8")
    assert '<img src="data:image/png;base64,iVBORw==" alt="a way" />' in page


def test_far_from_any_workspace_the_pages_of_the_program_are_written_here(tmp_path, vectors, rung, monkeypatch):
    (tmp_path / "far").mkdir()
    monkeypatch.chdir(tmp_path / "far")
    (tmp_path / "program" / "compiled").parent.mkdir()
    (vectors / "cards").rename(tmp_path / "program" / "compiled")
    monkeypatch.setattr(world, "PACKAGE", tmp_path / "program")
    monkeypatch.setattr(world, "workspace_above", lambda folder: None)
    code, out, _ = rung("print", "all")
    assert (code, out.splitlines()[-1]) == (0, "pages/index.html")
    assert len(written(tmp_path / "far" / "pages")) == 4
