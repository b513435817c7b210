"""Authors: `init`, `check`, `build`, bad deck files, notes that vanish and return."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from deck_text import SMALL


def test_init_makes_a_workspace_that_builds_and_reviews(tmp_path, monkeypatch, rung):
    monkeypatch.chdir(tmp_path)
    made = ("rung.toml", "deck.schema.json", "decks/first.yaml")
    assert rung("init", "mine")[1] == "".join(f"{Path('mine') / name}\n" for name in made)
    monkeypatch.chdir(tmp_path / "mine")
    assert rung("build") == (0, "", "1 card in 1 deck; 2 files written.\n")
    assert rung("build", "--check", "--strict") == (0, "", "")
    assert "[1/1] new" in rung("review")[1]


def test_check_tells_all_problems_and_build_then_writes_nothing(workspace, rung):
    before = (workspace / "cards" / "small.jsonl").read_bytes()
    (workspace / "decks" / "small.yaml").write_text(SMALL.replace("text: The first", "txt: The first"))
    problems = """\
decks/small.yaml:4:5: error: fact "one" lacks the key "text"
    add `text: …`
decks/small.yaml:5:5: error: "txt" is no key of a fact
    did you mean "text"?
"""
    assert rung("check") == (1, problems, "2 errors, 0 warnings.\n")
    assert rung("build") == (1, problems, "2 errors, 0 warnings; nothing was written.\n")
    assert (workspace / "cards" / "small.jsonl").read_bytes() == before
    assert rung("check", "--format", "github")[1].splitlines()[1] == (
        '::error file=decks/small.yaml,line=5,col=5::"txt" is no key of a fact; did you mean "text"?'
    )
    told = json.loads(rung("check", "--format", "json")[1])
    assert told["format"] == 1
    assert told["problems"][1] == {
        "path": "decks/small.yaml", "line": 5, "column": 5, "severity": "error",
        "message": '"txt" is no key of a fact', "mend": 'did you mean "text"?',
    }  # fmt: skip


def test_strict_makes_warnings_findings(workspace, rung):
    (workspace / "decks" / "small.yaml").write_text(SMALL.replace("The first is", "The alpha is"))
    code, out, err = rung("check")
    assert (code, err) == (0, "0 errors, 1 warning.\n")
    assert out.startswith(
        "decks/small.yaml:5:11: warning: the answer of c1 stands in its question: alpha [answer-in-question]\n"
    )
    assert rung("check", "--strict")[0] == 1
    assert rung("build", "--strict")[2] == "0 errors, 1 warning; nothing was written.\n"
    assert rung("build")[0] == 0


def test_build_check_fails_when_cards_are_stale(workspace, rung):
    assert rung("build", "--check") == (0, "", "")
    (workspace / "decks" / "small.yaml").write_text(SMALL.replace("beta", "gamma"))
    assert rung("build", "--check") == (1, "", "cards/small.jsonl is stale; make it anew with: rung build\n")
    rung("build")
    (workspace / "cards" / "note-types.json").unlink()
    assert rung("build", "--check") == (1, "", "cards/note-types.json is stale; make it anew with: rung build\n")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path.mkdir(), "this is a folder, not a file"),
        (lambda path: path.symlink_to("nowhere"), "this is a link to nothing"),
        (lambda path: os.mkfifo(path), "this is no file"),
        (lambda path: path.write_bytes(b"\xff\xfea\0"), "the file is UTF-16, not UTF-8"),
        (lambda path: path.write_text("title: a\n\0"), "control character U+0000"),
        (lambda path: path.write_text("[" * 100_000), None),
        (lambda path: path.write_text("a: &a [x]\nb: [*a, *a]\n"), None),
        (lambda path: path.write_bytes(b"#" * 50_000_000), None),
        (lambda path: path.write_text("a:\n\t- b\n"), None),
    ],
    ids=["folder", "link", "pipe", "utf-16", "nul", "brackets", "alias", "50 MB", "tab"],
)  # fmt: skip
def test_hostile_deck_files_are_findings(workspace, rung, make, told):
    make(workspace / "decks" / "x.yaml")
    code, out, _ = rung("check")
    assert code == 1
    first = out.splitlines()[0]
    assert first.startswith("decks/x.yaml:")
    assert " error: " in first
    assert told is None or first.endswith(told)
    assert rung("build")[0] == 1


def test_retired_cards_are_asked_no_more_and_get_their_history_back(workspace, rung):
    rung("answer", "small/one#text.c1", "--grade", "good")
    text = (workspace / "decks" / "small.yaml").read_text()
    (workspace / "decks" / "small.yaml").write_text(text.replace("fact: one", "fact: other"))
    rung("build")
    assert rung("due", day="2026-11-22")[1] == "0 due, 2 new\n"
    assert json.loads(rung("show", "small/one#text.c1", "--json")[1])["retired"] is True
    (workspace / "decks" / "small.yaml").write_text(text)
    rung("build")
    assert rung("due", day="2026-11-22")[1] == "1 due, 1 new\n"


def test_history_follows_a_renamed_note(workspace, rung):
    rung("answer", "small/one#text.c1", "--grade", "good")
    text = (workspace / "decks" / "small.yaml").read_text()
    (workspace / "decks" / "small.yaml").write_text(text.replace("fact: one\n", "fact: other\n    was: one\n"))
    rung("build")
    assert rung("due", day="2026-11-22")[1] == "1 due, 1 new\n"
    shown = json.loads(rung("show", "small/one#text.c1", "--json")[1])
    assert shown["id"] == "small/other#text.c1"
    assert shown["memory"]["due"] == "2026-11-22"


def test_a_deck_may_be_called_media(workspace, rung):
    (workspace / "decks" / "media").mkdir()
    (workspace / "decks" / "media" / "x.yaml").write_text(SMALL)
    assert rung("build")[2] == "4 cards in 2 decks; 1 file written.\n"
    assert rung("build")[2] == "4 cards in 2 decks; 0 files written.\n"


def test_a_build_tells_of_cards_that_no_deck_has_any_more(workspace, rung):
    """A deck that is renamed and does not say so would lose its history without a word."""
    small = workspace / "decks" / "small.yaml"
    rung("review", typed="\n4\n\n4\n")
    renamed = small.rename(small.with_name("tiny.yaml"))
    told = "2 cards retired, in no deck any more; one that was renamed says so by `was:`.\n"
    assert rung("build") == (0, "", f"2 cards in 2 decks; 2 files written.\n{told}")
    assert rung("build") == (0, "", "2 cards in 2 decks; 0 files written.\n")
    assert rung("due")[1] == "0 due, 2 new\n"
    renamed.write_text(renamed.read_text().replace("title: Small", "title: Small\nwas: small"))
    assert rung("build")[2].count("\n") == 1  # they are back, under their old histories
    assert rung("doctor")[:2] == (0, "Everything is in order.\n")
    renamed.write_text(renamed.read_text().rpartition("  - fact")[0])
    assert rung("build")[2].splitlines()[1] == told.replace("2 cards", "1 card").rstrip()


def test_cards_that_lie_at_the_place_of_another_deck_are_refused(workspace, rung):
    stray = workspace / "cards" / "other.jsonl"
    stray.write_text((workspace / "cards" / "small.jsonl").read_text().replace('"id": "small"', '"id": "../../esc"'))
    for command in ("build", "due", "export"):
        code, out, err = rung(command)
        assert (code, out) == (3, "")
        assert err.startswith(
            f"rung: {stray}: line 1 is the deck ../../esc, which does not belong here; restore it from"
        )
    assert not (workspace.parents[0] / "esc.jsonl").exists()


@pytest.mark.skipif(os.name == "nt", reason="needs links and odd names")
def test_folders_and_names_that_cannot_be_taken_are_findings(workspace, rung, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (workspace / "decks" / "linked").symlink_to(tmp_path / "elsewhere")
    (workspace / "decks" / "o\ndd.yaml").write_text(SMALL)
    (workspace / "decks" / "LOUD.YAML").write_text(SMALL)
    code, out, _ = rung("check")
    assert code == 1
    assert [line for line in out.splitlines() if ": error: " in line] == [
        'decks/LOUD.YAML:1:1: error: "LOUD" is no deck id',
        "decks/linked:1:1: error: this is a link to a folder, which is not followed",
        "decks/o\\ndd.yaml:1:1: error: this name has characters that cannot be shown",
    ]


def test_a_folder_of_decks_that_cannot_be_read_retires_no_card(workspace, rung, monkeypatch):
    (workspace / "decks" / "sub").mkdir()
    (workspace / "decks" / "sub" / "x.yaml").write_text(SMALL)
    rung("build")
    scan = os.scandir

    def forbidden(path):
        if str(path).endswith("decks/sub"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", forbidden)
    assert rung("build")[1].startswith("decks/sub:1:1: error: permission denied\n")
    monkeypatch.undo()


def test_an_edit_that_takes_the_card_away_asks_it_no_more(workspace, rung, tmp_path, monkeypatch):
    editor = tmp_path / "editor.py"
    editor.write_text("import pathlib, sys\npath = pathlib.Path(sys.argv[2])\n"
                      "path.write_text(path.read_text().replace('fact: one', 'fact: other'))\n")  # fmt: skip
    monkeypatch.setenv("EDITOR", f"{sys.executable} {editor}")
    _, out, _ = rung("review", typed="e\n\n3\n")
    assert "Compiled." in out
    assert "small/two#text.c1" in out
    assert "small/one#text.c1" not in out.partition("Compiled.")[2]
