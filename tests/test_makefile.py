"""What the README promises of `make`, and what continuous integration runs, looked at in a copy of the checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
NOT_SOURCE = shutil.ignore_patterns(".venv", ".git", ".*_cache", ".hypothesis", "__pycache__", "*.egg-info")

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")

PIP = ".venv/bin/python -m pip install --quiet --disable-pip-version-check"
PYTHON = ["python3 -m venv .venv", "touch .venv/python"]
ENVIRONMENT = [
    *PYTHON,
    'echo "Installing Rung into .venv ..." >&2',
    f"{PIP} -e .",
    "touch .venv/installed",
]
TOOLS = [
    'echo "Installing what the tests need ..." >&2',
    f"{PIP} --require-hashes -r requirements-dev.txt",
    f"{PIP} --no-deps -e .",
    "touch .venv/tools",
]


TEST = ".venv/bin/python -m pytest -n auto --dist loadfile"


@pytest.fixture
def checkout(tmp_path):
    return Path(shutil.copytree(REPOSITORY, tmp_path / "a checkout", ignore=NOT_SOURCE))


def outside(**changed):
    """The environment without what a `make` around the tests has put into it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MAKE")} | changed


def made(folder, *arguments):
    """The lines that `make` says."""
    line = ["make", "PYTHON=python3", *arguments]
    return subprocess.run(
        line, cwd=folder, env=outside(), capture_output=True, text=True, check=True
    ).stdout.splitlines()


def would(folder, *targets):
    """What `make` would run, but for the question whether there is a Python."""
    return [line for line in made(folder, "-n", *targets) if not line.startswith("test -n ")]


def touch(folder, *names):
    """Let the files be there, each newer than all before."""
    newest = max(path.stat().st_mtime for path in folder.rglob("*")) + 10
    for number, name in enumerate(names):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
        os.utime(folder / name, (newest + number, newest + number))


# ── make ─────────────────────────────────────────────────────────────────────────────────────────


def test_help_lists_every_target(checkout):
    text = (checkout / "Makefile").read_text("utf-8")
    targets = re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)[1].split()
    listed = made(checkout, "help")
    assert [re.match(r"make ([a-z-]+)  +\S", line)[1] for line in listed] == targets
    assert made(checkout) == listed, "make alone helps"
    assert targets == [
        "review",
        "desk",
        "build",
        "export",
        "print",
        "test",
        "test-lowest",
        "lint",
        "audit",
        "lock",
        "docs",
        "pictures",
        "bench",
        "bench-start",
        "bench-plan",
        "bench-placement",
        "torture",
        "fuzz",
        "mutants",
        "help",
        "clean",
    ]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_what_the_docs_tell_to_make_can_be_made(checkout, page):
    told = set(re.findall(r"^make ([a-z-]+)|`make ([a-z-]+)`", (checkout / page).read_text("utf-8"), re.MULTILINE))
    assert {"test"} <= {first or second for first, second in told}
    for first, second in told:
        assert made(checkout, "-n", first or second)


def test_review_sets_everything_up_first(checkout):
    built = [".venv/bin/rung build", "touch .venv/built"]
    assert would(checkout, "review") == [*ENVIRONMENT, *built, ".venv/bin/rung review || [ $? -eq 130 ]"]
    assert would(checkout, "export") == [*ENVIRONMENT, *built, ".venv/bin/rung export"]
    assert would(checkout, "print") == [*ENVIRONMENT, *built, ".venv/bin/rung print all"]


def test_test_and_lint_set_everything_up_first(checkout):
    assert would(checkout, "test") == [*PYTHON, *TOOLS, TEST]
    assert would(checkout, "lint") == [
        *PYTHON,
        *TOOLS,
        ".venv/bin/ruff check .",
        ".venv/bin/ruff format --check .",
        ".venv/bin/mypy",
        ".venv/bin/rung build --check --strict",
    ]


def test_what_is_set_up_is_not_set_up_again(checkout):
    touch(
        checkout,
        ".venv/python",
        ".venv/installed",
        ".venv/tools",
        ".venv/bench",
        ".venv/fuzz",
        ".venv/mutants",
        ".venv/built",
    )
    assert would(checkout, "review") == [".venv/bin/rung review || [ $? -eq 130 ]"]
    assert would(checkout, "test") == [TEST]
    assert would(checkout, "bench") == [".venv/bin/python bench/peers.py"]
    assert would(checkout, "bench-start") == [".venv/bin/python bench/start.py", ".venv/bin/python bench/desk.py"]
    assert would(checkout, "bench-plan") == [".venv/bin/python bench/interview_day.py"]

    assert would(checkout, "torture") == [".venv/bin/python tests/torture.py"]
    assert would(checkout, "fuzz") == [".venv/bin/python -m fuzz"]
    assert would(checkout, "mutants") == [".venv/bin/python tests/mutants.py"]

    touch(checkout, "decks/another.yaml")
    assert would(checkout, "review") == [
        ".venv/bin/rung build",
        "touch .venv/built",
        ".venv/bin/rung review || [ $? -eq 130 ]",
    ]

    touch(checkout, "pyproject.toml")
    assert would(checkout, "test") == [*TOOLS, TEST]


def test_clean_takes_the_environment_and_nothing_else(checkout):
    assert would(checkout, "clean") == ["rm -rf .venv"]


# ── continuous integration ───────────────────────────────────────────────────────────────────────


def programs(folder, **scripts):
    """A folder with these programs, and all that `.ci/run` takes of a system besides."""
    folder.mkdir()
    for name in ("bash", "sh", "dirname", "id"):
        (folder / name).symlink_to(shutil.which(name))
    for name, script in scripts.items():
        path = folder / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
    return str(folder)


def integrated(checkout, path):
    """(exit code, lines of stdout, stderr) of what continuous integration runs."""
    done = subprocess.run(
        [checkout / ".ci" / "run"], cwd=path, env=outside(PATH=path), capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.splitlines(), done.stderr


@pytest.mark.parametrize(("code", "calls"), [(0, ["test", "lint"]), (1, ["test"])], ids=["both pass", "the tests fail"])
def test_continuous_integration_makes_test_and_lint_and_requires_a_browser(checkout, tmp_path, code, calls):
    path = programs(tmp_path / "bin", chromium_headless_shell="", make=f'echo "$PWD $* $RUNG_BROWSER"\nexit {code}')
    lines = [f"{checkout.resolve()} {call} required" for call in calls]
    assert integrated(checkout, path) == (code, lines, "")


def test_continuous_integration_installs_a_browser_where_there_is_none(checkout, tmp_path):
    path = programs(tmp_path / "bin", make='echo "make $*"', apt_get='echo "apt-get $*"', sudo='"$@"')
    assert integrated(checkout, path) == (
        0,
        [
            "apt-get update -qq",
            "apt-get install -y -qq --no-install-recommends chromium-headless-shell fonts-dejavu-core",
            "make test",
            "make lint",
        ],
        "",
    )


@pytest.mark.parametrize("there", [True, False])
def test_where_none_can_be_installed_a_whole_chromium_will_do(checkout, tmp_path, there):
    scripts = {"chromium": ""} if there else {}
    path = programs(tmp_path / "bin", make='echo "make $*"', apt_get="exit 100", sudo='"$@"', **scripts)
    code, lines, err = integrated(checkout, path)
    assert (code, lines, err) == ((0, ["make test", "make lint"], "") if there else (1, [], ""))
