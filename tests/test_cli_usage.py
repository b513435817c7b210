"""Scripts and mistakes: answers from outside, wrong usage, a world that is not as it must be."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time

import pytest

from deck_text import SMALL
from rung.cli import run

SPINE = "production-ai-systems/recsys-spine"


def test_answer_returns_the_new_memory(workspace, rung):
    code, out, _ = rung("answer", "small/one#text.c1", "--grade", "easy", "--json")
    assert code == 0
    assert json.loads(out) == {
        "format": 1,
        "card": "small/one#text.c1",
        "kind": "review",
        "grade": 5,
        "memory": {
            "due": "2026-11-22", "interval": 1, "ease": 260, "repetitions": 1, "lapses": 0, "leech": False,
        },
        "suspended": False,
        "buried": None,
        "flag": 0,
        "answers": 1,
    }  # fmt: skip
    assert rung("answer", "small/one#text.c1", "--grade", "0")[1] == (
        "redrill of small/one#text.c1: due 2026-11-22, interval 1 d, ease 2.60\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("answer", "small/one#text.c1", "--grade", "7"), 2, '"7" is no grade; grades are 0 to 5, or again, hard, good, easy'),
        (("show", "small/ones#text.c1"), 2, 'there is no card "small/ones#text.c1"; did you mean small/one#text.c1?'),
        (("review", "smell"), 2, 'there is no deck "smell"; did you mean small?'),
        (("quiz", "ladder", "--level", "L9"), 2, '"L9" is no level; levels are L4, L5, L6, L7'),
        (("quiz", "ladder", "x"), 2, 'there is no ladder about "x"; ladders are about nothing yet'),
        (("log", "--json", "--csv"), 2, "--json, --csv and --load exclude each other"),
        (("init", "."), 2, "rung.toml is there already; nothing was changed"),
    ],
)  # fmt: skip
def test_wrong_usage_says_what_was_expected(workspace, rung, arguments, code, told):
    assert rung(*arguments) == (code, "", f"rung: {told}\n")


def test_a_day_that_is_none(workspace, capsys):
    assert run(["--today", "tomorrow", "due"]) == 2
    assert capsys.readouterr().err == 'rung: "tomorrow" is no day; write it as YYYY-MM-DD, such as 2026-11-21\n'


def test_a_command_that_is_none(workspace, rung):
    code, out, err = rung("revue")
    assert (code, out) == (2, "")
    assert "No such command 'revue'" in err


def test_commands_that_need_a_workspace_say_so(tmp_path, monkeypatch, rung):
    monkeypatch.chdir(tmp_path)
    for command in ("build", "check"):
        assert rung(command) == (3, "", "rung: there is no workspace here or above; make one with: rung init\n")
    assert rung("due")[1] == "0 due, 12 new\n"  # the cards that came with the program


def test_a_store_that_is_none_is_named_and_left(workspace, rung, tmp_path):
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"this is no database, but somebody's only copy of something" * 100)
    before = bad.read_bytes()
    code, out, err = rung("--db", str(bad), "due")
    assert (code, out) == (3, "")
    assert err.startswith(f"rung: {bad}: ")
    assert len(err.splitlines()) == 1
    assert bad.read_bytes() == before


def test_an_export_that_cannot_be_written(workspace, rung, tmp_path):
    code, out, err = rung("export", "-o", str(tmp_path / "no" / "folder" / "x.apkg"))
    assert (code, out) == (3, "")
    assert err == f"rung: {tmp_path / 'no' / 'folder' / 'x.apkg'}: no such file or directory\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize(
    ("command", "blocks"), [("build", 1), ("export", 1), ("answer small/one#text.c1 --grade good", 16)]
)
def test_a_full_disk_is_told_and_leaves_nothing_half(workspace, rung, command, blocks):
    rung("export")
    more = "".join(
        f"  - fact: more-{number}\n    text: The answer to {number} is {{{{c1::x}}}}.\n" for number in range(9)
    )
    (workspace / "decks" / "small.yaml").write_text(SMALL + more)
    if command != "build":
        rung("build")
    before = {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()}
    limited = subprocess.run(
        ["bash", "-c", f"ulimit -f {blocks}; exec {sys.executable} -B -m rung {command}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (limited.returncode, limited.stdout) == (3, "")
    assert limited.stderr.splitlines()[-1].startswith("rung: /")
    assert "Traceback" not in limited.stderr
    assert {path: path.read_bytes() for path in workspace.rglob("*") if path.is_file()} == before
    assert rung("doctor")[0] == 0


CHECK = """
import sys
from rung.cli import run
code = run(["check"])
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
sys.stderr.write(f"{code} {peak}")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak memory from /proc")
@pytest.mark.parametrize(
    "data",
    [b"[" * 100_000 + b"]" * 100_000, b"# \n" * 16_000_000, b"a: &a [x, x]\n"],
    ids=["brackets", "50 MB", "alias"],
)
def test_hostile_deck_files_cost_little_time_and_memory(workspace, data):
    (workspace / "decks" / "x.yaml").write_bytes(data)
    started = time.monotonic()
    checked = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, check=True)
    assert time.monotonic() - started < 2
    code, peak = checked.stderr.split()[-2:]
    assert (code, checked.stdout[:15]) == ("1", "decks/x.yaml:1:")
    assert int(peak) < 300 * 1024  # KiB


def test_cards_that_cannot_be_read_are_named(workspace, rung):
    with (workspace / "cards" / "small.jsonl").open("a") as file:
        file.write("{broken\n")
    code, out, err = rung("due")
    assert (code, out) == (3, "")
    assert err.startswith(f"rung: {workspace / 'cards' / 'small.jsonl'}: line 4 is no card")
    assert err.endswith("make it anew with: rung build\n")


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell")
def test_nobody_reads_on(here):
    line = f"set -o pipefail; {sys.executable} -m rung cards --json | head -1"
    piped = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (piped.returncode, piped.stdout, piped.stderr) == (0, "{\n", "")


def test_a_terminal_that_knows_only_ascii(here):
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "NO_COLOR": "1"}
    shown = subprocess.run(
        [sys.executable, "-m", "rung", "show", f"{SPINE}/within-session#why.c1"],
        capture_output=True, env=environment, check=True,
    )  # fmt: skip
    assert shown.stdout.isascii()
    assert b"[...]" in shown.stdout


def test_hostile_text_shows_as_text(workspace, rung):
    (workspace / "decks" / "small.yaml").write_text(
        "title: Small\nsource: {course: A course}\nnotes:\n"
        '  - fact: one\n    text: "[red] \\e[31m <b>bold</b> </script> 😀 שלום {{c1::x}}"\n',
        encoding="utf-8",
    )
    assert rung("build")[0] == 0
    out = rung("review")[1]
    assert "[red] ␛[31m <b>bold</b> </script> 😀 שלום […]" in out
    assert "\x1b" not in out
