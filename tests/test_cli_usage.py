"""Scripts and mistakes: answers from outside, wrong usage, a world that is not as it must be."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date

import pytest

from deck_text import SMALL
from rung.cli import run
from rung.model import Kind
from rung.store import Store, StoreError

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
        "strength": {"stability": 8.2956, "difficulty": 1.0, "since": "2026-11-21"},
        "suspended": False,
        "buried": None,
        "flag": 0,
        "own_tags": [],
        "asked": 1,
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
    assert rung("build")[0] == 0
    assert rung("doctor")[0] == 0


CHECK = """
import sys, time
from rung.cli import run
from rung.model import Kind
from rung.store import Store, StoreError
code = run(["check"])
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
sys.stderr.write(f"{code} {peak} {time.process_time()}")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak memory from /proc")
@pytest.mark.parametrize(
    "data",
    [b"[" * 100_000 + b"]" * 100_000, b"# \n" * 16_000_000, b"a: &a [x, x]\n"],
    ids=["brackets", "50 MB", "alias"],
)
def test_hostile_deck_files_cost_little_time_and_memory(workspace, data):
    (workspace / "decks" / "x.yaml").write_bytes(data)
    checked = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, check=True)
    code, peak, seconds = checked.stderr.split()[-3:]
    assert float(seconds) < 2  # of work, however busy the machine is
    assert (code, checked.stdout[:15]) == ("1", "decks/x.yaml:1:")
    assert int(peak) < 300 * 1024  # KiB


def test_cards_that_cannot_be_read_are_named(workspace, rung):
    with (workspace / "cards" / "small.jsonl").open("a") as file:
        file.write("{broken\n")
    code, out, err = rung("due")
    assert (code, out) == (3, "")
    assert err.startswith(f"rung: {workspace / 'cards' / 'small.jsonl'}: line 4 is no card")
    assert err.endswith("restore it from version control, or take it away and run: rung build\n")


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
        "title: Small\nsource: {course: A course, lesson: One}\nnotes:\n"
        '  - fact: one\n    text: "[red] \\e[31m <b>bold</b> </script> 😀 שלום {{c1::x}}"\n',
        encoding="utf-8",
    )
    assert rung("build")[0] == 0
    out = rung("review")[1]
    assert "[red] ␛[31m <b>bold</b> </script> 😀 שלום […]" in out
    assert "\x1b" not in out


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell")
@pytest.mark.parametrize(
    ("command", "closed", "told"),
    [
        ("review", "<&-", "[1/2] new\n"),
        ("due", "<&-", "0 due, 2 new\n"),
        ("due", ">&-", ""),
        ("show small/one", ">&-", ""),
    ],
)
def test_a_closed_stream_is_no_reason_to_fail(workspace, command, closed, told):
    done = subprocess.run(
        ["bash", "-c", f"exec {sys.executable} -m rung {command} {closed}"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(told)


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "3000-01-01", "9999-12-31"])
def test_a_day_out_of_range(workspace, rung, day):
    told = f"rung: {day} is out of range; days are of the years 2000 to 2999\n"
    assert rung("stats", day=day) == (2, "", told)


def test_the_options_of_every_command_may_stand_behind_it(workspace, capsys):
    assert run(["due", "--today", "2026-11-21", "--plain"]) == 0
    assert run(["answer", "small/one", "--grade", "good", "--today=2026-11-21"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "0 due, 2 new"
    assert run(["due", "--today", "2026-11-22"]) == 0
    assert capsys.readouterr().out == "1 due, 1 new\n"
    assert run(["due", "--today"]) == 2


def test_a_card_may_be_named_by_the_end_of_its_id(workspace, rung):
    assert rung("suspend", "one") == (0, "", "Suspended small/one#text.c1\n")
    assert rung("suspend", "two#text") == (0, "", "Suspended small/two#text.c1\n")
    (workspace / "decks" / "more.yaml").write_text(SMALL.replace("fact: two", "fact: one-more"))
    rung("build")
    assert rung("suspend", "one") == (2, "", 'rung: "one" may be more/one#text.c1, small/one#text.c1\n')


def test_a_store_that_is_deleted_while_it_is_open_takes_no_more(workspace, tmp_path):
    with Store.open(tmp_path / "x.db") as store:
        store.record(Kind.SUSPEND, now=1, day=date(2026, 11, 21), card="c")
        (tmp_path / "x.db").unlink()
        with pytest.raises(
            StoreError, match="was deleted or replaced while it was open; nothing was written; start again"
        ):
            store.record(Kind.SUSPEND, now=2, day=date(2026, 11, 21), card="c")


@pytest.mark.skipif(sys.platform == "win32", reason="needs the rights of files")
def test_a_store_is_the_learners_alone(workspace, rung, tmp_path):
    target, link, empty = tmp_path / "target.db", tmp_path / "link.db", tmp_path / "empty.db"
    link.symlink_to(target)
    empty.touch(0o644)
    for path in (tmp_path / "new.db", link, empty):
        assert rung("--db", str(path), "due")[0] == 0
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("table", ["memory", "cards", "events"])
def test_a_store_that_lacks_a_table_is_damaged(workspace, rung, table):
    rung("answer", "small/one", "--grade", "good")
    with closing(sqlite3.connect(os.environ["RUNG_DB"])) as store, store:
        store.execute(f"DROP TABLE {table}")
    code, out, err = rung("answer", "small/one", "--grade", "good")
    assert (code, out) == (3, "")
    assert "is damaged (no such table: " in err
    assert len(err.splitlines()) == 1


def test_escape_sequences_are_shown_and_not_obeyed_anywhere(workspace, rung):
    text = SMALL.replace("title: Small", 'title: "Sm\\e[2Jall"').replace("course: A course", 'course: "A\\e[31m"')
    (workspace / "decks" / "small.yaml").write_text(text.replace("fact: two", 'fact: "tw\\e[2Jo"'))
    assert "\x1b" not in "".join(rung("check")[1:])
    (workspace / "decks" / "small.yaml").write_text(text)
    assert rung("build")[0] == 0
    for command in ("review", "decks", "show one", "cards", "show nothing-\x1b[2J"):
        out = "".join(rung(*command.split())[1:])
        assert "\x1b" not in out
    assert "Sm␛[2Jall" in rung("show", "one")[1]


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", ["review --practice", "quiz ladder --seed 1", "stats", "log --csv", "decks"])
def test_nobody_reads_on_from_any_command(here, command, unbuffered):
    line = f"set -o pipefail; yes '' | head -400 | {sys.executable} -m rung {command} | true"
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    piped = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, env=environment)
    assert (piped.returncode in (0, 141), piped.stderr) == (True, "")  # 141: `yes` may be the one that is cut off


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is full")  # noqa: PTH110
@pytest.mark.parametrize("command", ["due", "cards --json", "--help", "show within-session#why.c1"])
def test_a_stdout_that_is_full_is_told_in_a_line(here, command):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        told = subprocess.run([sys.executable, "-m", "rung", *command.split()], stdout=full, stderr=-1, check=False)
    assert told.returncode == 3
    assert told.stderr.decode() in (f"rung: {place}no space left on device\n" for place in ("stdout: ", ""))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is full")  # noqa: PTH110
def test_chatter_that_cannot_be_written_stops_nothing(here):
    answered = [sys.executable, "-m", "rung", "answer", f"{SPINE}/within-session#why.c1", "--grade", "4"]
    assert subprocess.run(answered, stdout=-3, check=False).returncode == 0
    with open("/dev/full", "w") as full:  # noqa: PTH123
        undone = subprocess.run([sys.executable, "-m", "rung", "undo"], stdout=-1, stderr=full, check=False)
        nothing = subprocess.run([sys.executable, "-m", "rung", "undo"], stdout=-1, stderr=full, check=False)
    assert (undone.returncode, undone.stdout[:9]) == (0, b"Took back")
    assert (nothing.returncode, nothing.stdout) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "one\udcff"), "one?"),
        (("answer", "\udcff", "--grade", "3"), "?"),
        (("tag", "b\udcfcro", "small/one#text.c1"), '{"tags":["b?ro"]}'),
        (("sync", "{here}/b\udcfcro"), "{here}/b?ro"),
    ],
    ids=["show", "answer", "tag", "sync"],
)
def test_words_of_bytes_that_are_no_text_are_told_in_a_line(workspace, rung, tmp_path, arguments, told):
    here = tmp_path / "there"
    (here / "b\udcfcro").mkdir(parents=True)
    code, out, err = rung(*(word.replace("{here}", str(here)) for word in arguments))
    assert (code, out) == (2, "")
    assert err == f"rung: this is not UTF-8: {told.replace('{here}', str(here))}; call it otherwise\n"
    assert rung("log")[1] == ""
