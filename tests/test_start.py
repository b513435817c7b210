"""What a start of Rung costs: the modules it loads, the packages it stands on, and that both are measured."""

from __future__ import annotations

import ast
import inspect
import os
import re
import runpy
import subprocess
import sys
import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest

from rung import cli, registry
from rung.store import Store

REPOSITORY = Path(__file__).parents[1]
SOURCES = sorted((REPOSITORY / "src" / "rung").rglob("*.py"))

# Each takes as long to load as the interpreter itself, or longer; none may burden a start.
HEAVY = {
    "anki", "fsrs", "genanki", "hypothesis", "icalendar", "jinja2", "jsonschema", "markdown_it", "pydantic", "pytest",
    "rich", "sqlite_utils", "textual", "watchfiles", "yaml",
}  # fmt: skip


# Not by -X importtime, which tells nothing of what importlib.import_module loads.
TELLING = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); "


def modules(code, *arguments, folder=None):
    """The modules that a program loads, and its output."""
    done = subprocess.run(
        [sys.executable, "-c", TELLING + code, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return set(done.stderr.split()), done.stdout


@cache
def bare():
    """The modules of an interpreter that does nothing."""
    return modules("")[0]


def started(folder, *arguments):
    """The modules that a start loads, beyond those of an interpreter that does nothing; its output."""
    loaded, out = modules("from rung.__main__ import main; main()", *arguments, folder=folder)
    return loaded - bare(), out


def packages(modules):
    return {module.partition(".")[0] for module in modules}


# ── what a start loads ───────────────────────────────────────────────────────────────────────────


def test_due_loads_nothing_heavy(tmp_path):
    first, out = started(tmp_path, "due")
    assert "sqlite_utils" in first, "making the store takes it, so that we would see it"
    modules, again = started(tmp_path, "due")
    assert (out, again) == ("0 due, 12 new\n", "0 due, 12 new\n")
    assert modules & {f"rung.cli.{name}" for name in cli.COMMANDS.values()} == {"rung.cli.due"}, "and no other command"
    assert "rung.store.queues" in modules
    assert "rung.anki" not in modules, "nothing but it reads the templates of the card kinds"
    assert packages(modules) & HEAVY == set()
    assert not modules & {"rung.session", "rung.search", "rung.text"}, "it counts, and asks nothing"
    assert not [module for module in modules if module.startswith("rung.plan")], "without a plan there is nothing of it"


def test_due_loads_nothing_heavy_with_a_plan(tmp_path, here):
    assert cli.run(["--today", "2026-11-21", "plan", "--interview", "2026-12-18", "--role", "ml-engineer"]) == 0
    modules, out = started(tmp_path, "--today", "2026-11-21", "due")
    assert out == "0 due, 48 new\n"
    assert "rung.plan.turns" in modules
    assert packages(modules) & HEAVY == set()


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_neither_store_nor_commands(tmp_path, option):
    modules, _ = started(tmp_path, option)
    assert "rung.cli" in modules
    assert packages(modules) & (HEAVY | {"sqlite3", "platformdirs"}) == set()
    assert {module for module in modules if module.startswith("rung.")} == {
        "rung.__main__", "rung.cli", "rung.cli._here", "rung.cli._out", "rung.lines", "rung.model", "rung.registry",
        "rung.settings", "rung.workspace",
    }  # fmt: skip


# ── commands that are loaded late ────────────────────────────────────────────────────────────────


def test_every_file_of_the_folder_is_a_command_in_the_help(capsys):
    files = {path.stem.replace("_", "-") for path in (REPOSITORY / "src" / "rung" / "cli").glob("[!_]*.py")}
    assert cli.run(["--help"]) == 0
    listed = dict(re.findall(r"^  ([\w-]+)  +(.+)$", capsys.readouterr().out.partition("Commands:\n")[2], re.MULTILINE))
    assert listed.keys() == files
    for command, told in listed.items():
        name = command.replace("-", "_")
        module = registry.module("rung.cli", name)
        doc = inspect.getdoc(getattr(module, f"{name}_" if name == "import" else name))
        assert doc.replace("\n", " ").startswith(told.removesuffix("..."))


@pytest.mark.parametrize("command", sorted(cli.COMMANDS))
def test_every_command_has_a_help_of_its_own(command, capsys):
    assert cli.run([command, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"Usage: rung {command} ")


def test_a_command_mistyped_is_guessed(capsys):
    assert cli.run(["reviw"]) == 2
    assert "No such command 'reviw'. Did you mean 'review'" in capsys.readouterr().err


# ── what Rung stands on ──────────────────────────────────────────────────────────────────────────


def test_what_is_imported_is_declared_and_what_is_declared_is_imported():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["desk"]]
    owners = metadata.packages_distributions() | {"pydantic_core": ["pydantic"]}  # which brings just the one it needs
    imported = {name for path in SOURCES for name in imports(path)} - set(sys.stdlib_module_names) - {"rung"}
    assert {distribution(owners[name][0]) for name in imported} == set(map(distribution, declared))


def test_only_the_desk_needs_its_extra():
    assert {path.parent.name for path in SOURCES if "textual" in imports(path)} == {"desk"}


@cache
def imports(path):
    """The packages that a source imports anywhere, be it in a function or for types alone."""
    found = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are absolute"
            found.add(node.module.partition(".")[0])
    return found


def distribution(requirement):
    """`PyYAML>=6` as `pyyaml`."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


# ── the measuring itself ─────────────────────────────────────────────────────────────────────────


def test_the_bench_measures_all_it_should(tmp_path):
    done = subprocess.run(
        [sys.executable, REPOSITORY / "bench" / "start.py", "--small"],
        cwd=tmp_path, capture_output=True, text=True, check=True, env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    head, *rows = done.stdout.splitlines()
    assert head.split() == ["ratio", "median", "target"]
    figures = [re.sub(r"(N x )?N m?s", r"\1T", re.sub(r"\d[\d.e+,]*", "N", " ".join(row.split()))) for row in rows]
    assert [re.sub(r"(met|MISSED)$", "or not", row) for row in figures] == [
        "python -c pass T",
        "rung due N x T at most N x or not",
        "rung --help N x T at most N x or not",
        "next card T at most T or not",
        "bare durable commit T",
        "answer, durably N x T at most N x or not",
        "queue of a sitting T",
        "building: N cards T",
        "building: N reviews T",
        "building: memory from the log T",
    ]
    assert not list(tmp_path.glob("rung-bench-*")), "it leaves nothing behind"


@pytest.mark.skipif(sys.platform == "win32", reason="a pty is POSIX's")
def test_the_bench_measures_the_desk(tmp_path):
    done = subprocess.run(
        [sys.executable, REPOSITORY / "bench" / "desk.py", "--small"],
        cwd=tmp_path, capture_output=True, text=True, check=True, env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    figures = [re.sub(r"\d[\d.]* m?s\b", "T", " ".join(row.split())) for row in done.stdout.splitlines()]
    assert [
        re.sub(r"\b\d\S* x|(met|MISSED)$", lambda found: "or not" if found[1] else "N x", row) for row in figures
    ] == [
        "Textual: first paint of a word T",
        "desk: first paint N x T at most N x or not",
        "desk: answer to the next card T at most T or not",
    ]
    assert not list(tmp_path.glob("rung-bench-*")), "it leaves nothing behind"


def test_the_bench_measures_placements():
    done = subprocess.run(
        [sys.executable, REPOSITORY / "bench" / "placement.py", "--small"], capture_output=True, text=True, check=True
    )
    head, _, _, *rows = [" ".join(row.split()) for row in done.stdout.splitlines()]
    assert head == "4 learners, 27 ladders"
    assert [re.sub(r"( \d+\.\d %){4} (1[2-9]|20) (1[2-9]|20)$", ": measured", row) for row in rows] == [
        "difficulties as stated: measured",
        "difficulties off by 0.5: measured",
        "items less sharp (1.7), as stated: measured",
        "items less sharp (1.7), off by 0.5: measured",
        "items sharper (2.5), as stated: measured",
        "items sharper (2.5), off by 0.5: measured",
        "answers by the picture, off by 0.5: measured",
    ]


def test_the_store_of_the_bench_is_sound(tmp_path):
    bench = runpy.run_path(str(REPOSITORY / "bench" / "start.py"), run_name="bench")
    with Store.open(tmp_path / "rung.db") as store:
        bench["put_cards"](store, 300)
        bench["put_reviews"](store, bench["Size"](300, 1200, 1, 1))
        store.rebuild()
        assert store.check() == []
        assert len(list(store.lines("bench"))) == 300
        totals = store.totals("bench")
        assert (totals.answers, totals.cards) == (1200, 297)
