"""Rung as others get it: the wheel, what is in it, and that it works in an environment of its own, far from the checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from rung.cardfile import from_text
from rung.workspace import CardFolder, card_folder, workspace_above

REPOSITORY = Path(__file__).parents[1]
BIN = "Scripts" if os.name == "nt" else "bin"
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
UNREACHED = ("after connection broken by", "error sending request for url")  # say pip and uv
NOT_SOURCE = shutil.ignore_patterns(".venv", ".git", ".*_cache", ".hypothesis", "__pycache__", "*.egg-info")


@dataclass(frozen=True)
class Installed:
    """An environment with nothing but Rung and what it needs, and a folder elsewhere with a learner of its own."""

    environment: Path
    folder: Path

    def program(self, name):
        return str(self.environment / BIN / name)

    def run(self, *line, typed=""):
        """(exit code, stdout, stderr) of a command line, with `typed` piped in; None leaves nothing to read from."""
        given = {"stdin": subprocess.DEVNULL} if typed is None else {"input": typed}
        done = subprocess.run(
            line, cwd=self.folder, env=learner(self.folder), capture_output=True, encoding="utf-8", check=False, **given
        )
        return done.returncode, done.stdout, done.stderr


def learner(folder):
    """An environment whose learner keeps everything in `folder`, and to whom no Python is near but the one called."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RUNG_", "PYTHON"))}
    own = {"RUNG_DB": "rung.db", "RUNG_TODAY": "2026-11-21", "XDG_CONFIG_HOME": str(folder), "PYTHONUTF8": "1"}
    own["XDG_CACHE_HOME"] = str(folder / "cache")
    return kept | own


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the checkout, so that nothing is written into the real one."""
    copy = tmp_path_factory.mktemp("checkout") / "rung"
    shutil.copytree(REPOSITORY, copy, ignore=NOT_SOURCE)
    return copy


@pytest.fixture(scope="module")
def wheel(checkout, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=checkout, check=True)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Where installers keep what is theirs, and not the learner's or ours."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def environments(checkout, home):
    """What the checkout is installed into by the lines that the README has for here."""
    if os.name == "nt":
        make, install, _ = shown("bat")
        pip, *words = spelt(install)
        lines = [[sys.executable, *make.split()[1:]], [checkout / pip, *words]]
        made = [checkout / make.split()[-1]]
    else:
        assert shown("sh") == ["pipx install .", "uv tool install ."]
        programs = Path(sys.executable).parent
        lines = [[programs / program, *words] for program, *words in map(str.split, shown("sh"))]
        made = [home / "pipx" / "venvs" / "rung", home / "uv" / "rung"]
    own = {
        "HOME": home, "PIPX_HOME": home / "pipx", "PIPX_BIN_DIR": home / "by-pipx", "PIPX_MAN_DIR": home / "man",
        "UV_TOOL_DIR": home / "uv", "UV_TOOL_BIN_DIR": home / "by-uv", "UV_CACHE_DIR": home / "cache",
        "PIP_NO_COMPILE": "0",  # which is how pip is told, by the environment, that it shall not
        "PIP_RETRIES": "1",
    }  # fmt: skip
    for line in lines:
        done = subprocess.run(
            line, cwd=checkout, env={**os.environ, **{name: str(value) for name, value in own.items()}},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode and any(words in done.stderr for words in UNREACHED) and "CI" not in os.environ:
            pytest.skip("no package index can be reached")
        assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def installed(environments, tmp_path):
    return Installed(environments[-1], tmp_path)


def shown(language):
    """The commands of the README's blocks in a language, without their comments."""
    page = (REPOSITORY / "README.md").read_text("utf-8")
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if not line.startswith("make ")]


def spelt(line):
    """The words of a line for Windows, as they are written here."""
    return line.replace("Scripts\\", f"{BIN}/").replace("\\", "/").split()


# ── what is in the wheel ─────────────────────────────────────────────────────────────────────────


def test_the_wheel_carries_the_sources_and_the_cards_and_nothing_else(checkout, wheel):
    def below(folder, name):
        return {f"{name}/{path.relative_to(folder).as_posix()}": path for path in folder.rglob("*") if path.is_file()}

    expected = below(checkout / "src" / "rung", "rung") | below(checkout / "cards", "rung/compiled")
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if ".dist-info/" not in name}
    assert held == {name: path.read_bytes() for name, path in expected.items()}
    assert {
        "rung/py.typed",
        "rung/cards/style.css",
        "rung/cards/drill/front.html",
        "rung/compiled/note-types.json",
    } < held.keys()
    assert any(name.endswith(".jsonl") for name in held)


def test_the_wheel_says_what_it_is(checkout, wheel):
    version = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert wheel.name == f"rung-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel) as archive:
        info = f"rung-{version}.dist-info"
        assert archive.read(f"{info}/entry_points.txt") == b"[console_scripts]\nrung = rung.__main__:main\n"
        assert archive.read(f"{info}/licenses/LICENSE") == (checkout / "LICENSE").read_bytes()


# ── the wheel installed ──────────────────────────────────────────────────────────────────────────


def test_the_lines_of_the_readme_install_what_the_wheel_holds(environments, wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    for environment in environments:
        (folder,) = {path.parent for path in environment.rglob("rung/py.typed")}
        held = {path.relative_to(folder.parent).as_posix() for path in folder.rglob("*") if path.is_file()}
        assert {name for name in held if "__pycache__" not in name} == names


@pytest.mark.skipif(os.name == "nt", reason="pipx and uv are tried elsewhere")
def test_what_pipx_and_uv_install_can_be_called(environments, home, tmp_path):
    for program in (home / "by-pipx" / "rung", home / "by-uv" / "rung"):
        told = subprocess.run(
            [program, "due"], cwd=tmp_path, env=learner(tmp_path), capture_output=True, text=True, check=False
        )
        assert (told.returncode, told.stdout, told.stderr) == (0, "0 due, 12 new\n", "")


def test_on_windows_the_readme_makes_an_environment_and_installs_into_it_by_its_own_pip():
    make, install, review = shown("bat")
    _, *words = make.split()
    assert words[:-1] == ["-m", "venv"]
    (folder,) = words[2:]
    assert spelt(install) == [f"{folder}/{BIN}/pip", "install", "."]
    assert spelt(review) == [f"{folder}/{BIN}/rung", "review"]


def test_the_last_line_of_the_readme_shows_a_card(installed):
    *_, review = shown("bat")
    program, *words = spelt(review)
    assert Path(program).parent.name == BIN
    code, out, err = installed.run(installed.program(Path(program).name), *words, typed=None)
    assert (code, err) == (0, "")
    assert out.startswith("[1/12] new\n")


def test_what_rung_needs_comes_with_it(installed):
    assert installed.run(*PIP, "--python", str(installed.environment), "check") == (
        0,
        "No broken requirements found.\n",
        "",
    )


def test_the_version(installed, wheel):
    version = wheel.name.split("-")[1]
    assert installed.run(installed.program("python"), "-m", "rung", "--version") == (0, f"rung {version}\n", "")
    assert installed.run(installed.program("rung"), "--version") == (0, f"rung {version}\n", "")


def test_a_first_day_far_from_any_workspace(installed):
    assert workspace_above(installed.folder) is None
    rung = installed.program("rung")
    assert installed.run(rung, "due") == (0, "0 due, 12 new\n", "")

    code, out, err = installed.run(rung, "review", typed=None)
    assert (code, err) == (0, "")
    assert out.startswith("[1/12] new\n")
    assert out.endswith("\nEnter shows the back: \nNothing answered.\n")

    code, out, err = installed.run(rung, "review", typed="\n3\nq\n")
    assert (code, err) == (0, "")
    assert "\nGrade [3 Good]: 3\n\n[2/12] new\n" in out
    assert out.endswith(": q\n1 card, 1 right (100 %).\n11 cards left.\n")
    assert installed.run(rung, "due") == (0, "0 due, 11 new\n", "")


def test_an_export_far_from_any_workspace(installed, checkout):
    files = [from_text(path.read_text("utf-8")) for path in (checkout / "cards").rglob("*.jsonl")]
    cards = [card for file in files for card in file.cards if not card.retired]
    notes = {card.part for card in cards}
    code, out, err = installed.run(installed.program("rung"), "export", "-o", "x.apkg")
    assert (code, out, err) == (0, "x.apkg\n", f"{len(cards):,} cards of {len(notes):,} notes.\n")
    with zipfile.ZipFile(installed.folder / "x.apkg") as package:
        assert package.testzip() is None


def test_a_build_far_from_any_workspace_says_what_is_missing(installed):
    told = "rung: there is no workspace here or above; make one with: rung init\n"
    assert installed.run(installed.program("rung"), "build") == (3, "", told)


def test_pages_and_walks_far_from_any_workspace(installed):
    rung = installed.program("rung")
    assert installed.run(rung, "print", "spine", "-o", "pages")[:2] == (0, "pages/spine.html\n")
    page = (installed.folder / "pages" / "spine.html").read_text("utf-8")
    assert "<style>" in page
    assert "The 100 ms Recsys Spine" in page
    code, out, _ = installed.run(rung, "quiz", "tree", typed="a\n\nq\n")
    assert code == 0
    assert "Have you run CLARO" in out


# ── the checkout installed as it lies ────────────────────────────────────────────────────────────


def test_an_editable_installation_finds_the_cards_of_its_checkout(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert card_folder(workspace_above(Path())) == CardFolder("shipped", REPOSITORY / "cards")
    done = subprocess.run(
        [sys.executable, "-m", "rung", "due"], env=learner(tmp_path), capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "0 due, 12 new\n", "")
