"""What README and the docs show is what happens: sessions are repeated to the letter, decks are compiled."""

from __future__ import annotations

import io
import re
import shlex
import sys
from pathlib import Path

import pytest

from rung.cli import run
from rung.compiler import compiled
from rung.search import KEYS, PROPS, STATES

REPOSITORY = Path(__file__).parents[1]
PAGES = sorted([REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *(REPOSITORY / "docs").glob("*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TYPED = re.compile(r"^(?:Type .*:|Enter shows the back:|Grade \[.*?\]:) (.*)$", re.MULTILINE)
# test_wheel.py runs these.
ELSEWHERE = (
    "pipx install .",
    "uv tool install .",
    "py -m venv .venv",
    r".venv\Scripts\pip install .",
    r".venv\Scripts\rung review",
)


def blocks(*languages: str) -> list[tuple[Path, str]]:
    return [
        (page, text)
        for page in PAGES
        for language, text in BLOCK.findall(page.read_text("utf-8"))
        if language in languages
    ]


def named(value: object) -> str:
    return value.name if isinstance(value, Path) else str(value).splitlines()[0][:40]


@pytest.mark.parametrize(("page", "session"), blocks("console"), ids=named)
def test_a_session_is_as_it_is_shown(page, session, monkeypatch, capsys):
    monkeypatch.chdir(REPOSITORY)
    monkeypatch.setenv("RUNG_TODAY", "2026-11-21")
    monkeypatch.setenv("COLUMNS", "80")
    for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        typed = "".join(f"{line}\n" for line in TYPED.findall(shown))
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        words = shlex.split(command)
        assert words[0] == "rung"
        capsys.readouterr()
        assert run(words[1:]) == 0
        assert capsys.readouterr().out == shown


def test_the_deck_of_the_readme_compiles_without_a_warning():  # test_docs_decks.py runs those of docs/
    ((_, text),) = [(page, text) for page, text in blocks("yaml") if page.name == "README.md"]
    result = compiled({"shown.yaml": text.encode()}, (), 1)
    assert result.problems == ()
    assert len(text.splitlines()) == 10
    assert [card.id.partition("#")[2] for card in result.decks[0].cards] == ["text.c1", "why.c1", "fresh.c1"]


def test_every_search_that_is_shown_is_one(monkeypatch, capsys):
    monkeypatch.chdir(REPOSITORY)
    page = (REPOSITORY / "docs" / "search.md").read_text("utf-8")
    searches = re.findall(r"^\| `(.+?)` \|", page, re.MULTILINE)
    assert len(searches) >= 30
    for search in searches:
        assert (run(["cards", "--json", "--", search]), search) == (0, search)
    for key in (
        *(f"{key}:" for key in KEYS),
        *(f"is:{state}" for state in STATES),
        *(f"prop:{name}" for name in PROPS),
    ):
        assert f"`{key}" in page


def test_commands_that_are_shown_are_there(capsys):
    targets = set(re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(), re.MULTILINE))
    for _, text in blocks("sh", "bat"):
        for line in text.splitlines():
            command = line.partition("#")[0].strip()
            if command in ELSEWHERE:
                continue
            program, *words = command.split()
            if program == "make":
                assert words[0] in targets
                continue
            assert program == "rung"
            capsys.readouterr()
            assert run([*(word for word in words if word.isalpha()), "--help"]) == 0
            known = capsys.readouterr().out
            assert [word for word in words if word.startswith("--") and word not in known] == []


def test_every_command_stands_in_the_readme(capsys):
    assert run(["--help"]) == 0
    listed = re.findall(r"^  ([a-z-]+)  ", capsys.readouterr().out.partition("Commands:")[2], re.MULTILINE)
    prose = BLOCK.sub("", (REPOSITORY / "README.md").read_text("utf-8"))
    shown = " ".join(re.findall(r"`([^`]+)`", prose))
    assert len(listed) >= 20
    assert [name for name in listed if not re.search(rf"\b{name}\b", shown)] == []


def test_every_option_in_the_readme_is_there(capsys):
    page = (REPOSITORY / "README.md").read_text("utf-8")
    for row in re.findall(r"^\| `rung .*$", page, re.MULTILINE):
        commands = re.findall(r"rung ([a-z]+(?: ladder| mock| off| placement| sync)?)", row)
        assert run([*commands[-1 if "log" in row else 0].split(), "--help"]) == 0
        helped = capsys.readouterr().out
        assert [option for option in re.findall(r"`?(--[a-z-]+)", row) if option not in helped] == []
