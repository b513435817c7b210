"""`rung sync` as it is typed, and by git with a real repository between two devices, as docs/sync.md tells it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from rung.cli import run

PAGE = Path(__file__).parents[1] / "docs" / "sync.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SESSION = re.compile(r"^(\w+)\$ (.*)\n((?:(?!\w+\$ ).*\n)*)", re.MULTILINE)
CARDS = ("small/one#text.c1", "small/two#text.c1")


@pytest.fixture
def as_device(monkeypatch, tmp_path):
    """Go on as the learner at another device."""
    return lambda name: monkeypatch.setenv("RUNG_DB", str(tmp_path / name / "rung.db"))


def test_what_is_said(workspace, rung, folder, as_device):
    assert rung("sync") == (2, "", "rung: name the folder that your devices share, once: rung sync FOLDER\n")
    rung("answer", CARDS[0], "--grade", "good"), rung("answer", CARDS[1], "--grade", "again")
    assert rung("sync", str(folder)) == (
        0, "0 events came in, 2 went out.\n", f"From now on `rung sync` alone means {folder}.\n",
    )  # fmt: skip
    assert rung("sync") == (0, "0 events came in, 0 went out.\n", "")
    as_device("other")
    rung("answer", CARDS[0], "--grade", "easy", day="2026-11-22")
    assert rung("sync", str(folder))[1] == "2 events of 1 device came in, 1 went out.\n"
    assert rung("due", day="2026-11-22")[1] == "1 due, 0 new\n"


def test_a_folder_is_remembered_from_wherever_one_is(workspace, rung, folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    assert rung("sync", "shared")[0] == 0
    monkeypatch.chdir(workspace)
    assert rung("sync", "--json")[0] == 0
    folder.rmdir()
    assert rung("sync") == (3, "", f"rung: {folder}: there is no such folder; make it, or name another\n")


def test_what_is_said_to_programs(workspace, rung, folder, as_device):
    rung("answer", CARDS[0], "--grade", "good")
    first = json.loads(rung("sync", str(folder), "--json")[1])
    assert first == {
        "format": 1, "device": first["device"], "parted": None, "came": {}, "went": 1, "problems": []
    }  # fmt: skip
    as_device("other")
    assert json.loads(rung("sync", str(folder), "--json")[1])["came"] == {first["device"]: 1}


def test_a_refused_line_is_a_finding(workspace, rung, folder, as_device):
    rung("answer", CARDS[0], "--grade", "good"), rung("sync", str(folder))
    (file,) = folder.iterdir()
    file.write_text(file.read_text().replace('"grade": 4', '"grade": 5'))
    as_device("other")
    code, out, _ = rung("sync", str(folder))
    assert (code, out) == (
        1,
        f"{file}:2:1: error: this line is not as it was written\n"
        "    take it out; whoever has what it held writes that again\n"
        "0 events came in, 0 went out.\n",
    )
    code, out, _ = rung("sync", "--json")
    assert (code, json.loads(out)["problems"]) == (1, [{
        "path": str(file), "line": 2, "message": "this line is not as it was written",
        "mend": "take it out; whoever has what it held writes that again",
    }])  # fmt: skip


def test_a_copied_store_is_told_that_it_is_one(workspace, rung, folder, as_device, tmp_path):
    rung("answer", CARDS[0], "--grade", "good")
    shutil.copytree(tmp_path / "learner", tmp_path / "twin")
    rung("answer", CARDS[0], "--grade", "again"), rung("sync", str(folder))
    as_device("twin")
    rung("answer", CARDS[1], "--grade", "easy")
    assert rung("sync", str(folder)) == (
        0,
        "1 event of 1 device came in, 1 went out.\n",
        f"From now on `rung sync` alone means {folder}.\n"
        "Another store has logged under the id of this one, such as a copy of it; this one has a new id now.\n",
    )
    assert rung("doctor")[:2] == (0, "Everything is in order.\n")


# ── git ──────────────────────────────────────────────────────────────────────────────────────────


class Machines:
    """Machines with a home each, on which `rung` and git run; `server:` is reached without ssh."""

    def __init__(self, place, workspace):
        self.place, self.workspace = place, workspace
        self.home("server")
        (place / "gitconfig").write_text(
            "[user]\n\tname = Ada\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n"
            f'[url "{place / "server"}/"]\n\tinsteadOf = server:\n[advice]\n\tdetachedHead = false\n'
        )

    def home(self, name):
        (self.place / name).mkdir(exist_ok=True)
        return self.place / name

    def environment(self, name):
        home = self.home(name)
        return {
            **os.environ, "HOME": str(home), "RUNG_DB": str(home / "rung.db"), "RUNG_WORKSPACE": str(self.workspace),
            "RUNG_TODAY": "2026-11-21", "GIT_CONFIG_GLOBAL": str(self.place / "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1",
            "PATH": f"{home / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        }  # fmt: skip

    def start(self, name, command):
        return subprocess.Popen(
            command, shell=True, cwd=self.home(name), env=self.environment(name), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(self, name, command):
        process = self.start(name, command)
        out = process.communicate(timeout=60)[0]
        assert process.returncode == 0, out
        return out.replace(str(self.home(name)), "/home/ada")

    def rung(self, name, *arguments):
        """What a command says there; one that no script runs needs no process of its own."""
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()) as out:
            for variable, value in self.environment(name).items():
                patch.setenv(variable, value)
            assert run([*arguments]) == 0
        return out.getvalue()

    def answer(self, name, *grades, card=CARDS[0]):
        for grade in grades:
            self.rung(name, "answer", card, "--grade", grade)

    def script(self, name):
        """Put the script of the page where the shell looks for programs."""
        (text,) = [text for language, text in BLOCK.findall(PAGE.read_text("utf-8")) if language == "bash"]
        path = self.home(name) / "bin" / "rung-sync"
        path.parent.mkdir()
        path.write_text(text)
        path.chmod(0o755)

    def log(self, name):
        return json.loads(self.rung(name, "log", "--json"))["events"]


@pytest.fixture(scope="module")
def set_up(tmp_path_factory, compiled):
    """A laptop and a desktop with a repository between them, set up as the page says; what the page and git showed."""
    if not shutil.which("git") or sys.platform == "win32":
        pytest.skip("no git, or no sh")
    place = tmp_path_factory.mktemp("machines")
    machines = Machines(place, shutil.copytree(compiled[0], place / "workspace"))
    machines.answer("laptop", "good", "hard", "easy"), machines.answer("desktop", "good", "again")
    machines.script("laptop"), machines.script("desktop")
    shown = [text for language, text in BLOCK.findall(PAGE.read_text("utf-8")) if language == "shell"]
    told = [(out, machines.run(name, command)) for text in shown for name, command, out in SESSION.findall(text)]
    assert len(told) == 14
    return machines, told


@pytest.fixture(scope="module")
def kept(set_up, tmp_path_factory):
    return shutil.copytree(set_up[0].place, tmp_path_factory.mktemp("kept") / "machines", symlinks=True)


@pytest.fixture
def machines(set_up, kept):
    """The same machines, with nothing but that set-up behind them."""
    machines, _ = set_up
    shutil.rmtree(machines.place)
    shutil.copytree(kept, machines.place, symlinks=True)
    return machines


def test_the_page_by_git_is_what_happens(machines, set_up):
    _, told = set_up
    assert [out for out, _ in told] == [out for _, out in told]
    assert machines.log("laptop") == machines.log("desktop")


def test_two_that_push_at_once_both_arrive(machines):
    machines.answer("laptop", "good"), machines.answer("desktop", "easy", "good")
    for process in [machines.start(name, "rung-sync") for name in ("laptop", "desktop")]:
        assert process.communicate(timeout=60)[0].endswith(" went out.\n")
    for name in ("laptop", "desktop", "laptop", "desktop"):
        machines.run(name, "rung-sync")
    assert len(machines.log("laptop")) == 8
    assert machines.log("laptop") == machines.log("desktop")


def test_a_cloned_machine_is_merged_line_by_line(machines):
    shutil.copytree(machines.home("laptop"), machines.home("twin"), dirs_exist_ok=True)
    for name, card in zip(("laptop", "twin"), CARDS, strict=True):  # both write one file before they meet
        machines.answer(name, "good", "easy", card=card)
        machines.run(name, f"rung sync {machines.home(name)}/rung-sync")
        machines.run(name, "git -C ~/rung-sync commit --quiet --all --message own")
    for name in ("laptop", "twin", "laptop", "desktop", "twin", "laptop", "desktop"):
        machines.run(name, "rung-sync")
    logs = [machines.log(name) for name in ("laptop", "twin", "desktop")]
    assert logs[0] == logs[1] == logs[2]
    assert len(logs[0]) == 9
    assert len({event["device"] for event in logs[0]}) == 3
