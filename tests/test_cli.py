"""The commands, as a learner or a script meets them: streams, words, exit codes."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rung.cli import run

REPOSITORY = Path(__file__).parents[1]
SPINE = "production-ai-systems/recsys-spine"

DECK = """\
title: Small
source: {course: A course}
notes:
  - fact: one
    text: The first is {{c1::alpha}}.
  - fact: two
    text: The second is {{c1::beta}}.
"""


@pytest.fixture
def rung(capsys, monkeypatch):
    """Run a command line; (exit code, stdout, stderr)."""

    def command(*arguments: str, typed: str = "", day: str = "2026-11-21") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        code = run(["--today", day, *arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return command


@pytest.fixture
def workspace(tmp_path, monkeypatch, rung):
    """A small workspace with a compiled deck, as the folder we are in."""
    folder = tmp_path / "workspace"
    (folder / "decks").mkdir(parents=True)
    (folder / "rung.toml").write_text("")
    (folder / "decks" / "small.yaml").write_text(DECK)
    monkeypatch.chdir(folder)
    assert rung("build") == (0, "", "2 cards in 1 deck; 2 files written.\n")
    return folder


@pytest.fixture
def here(monkeypatch):
    monkeypatch.chdir(REPOSITORY)


# ── reviews ──────────────────────────────────────────────────────────────────────────────────────


def test_a_review_by_lines(workspace, rung):
    code, out, err = rung("review", typed="\n\n\n1\n\n3\n")
    assert (code, err) == (0, "")
    assert (
        out
        == """\
[1/2] new
Small
  The first is […].

Enter shows the back: 

  alpha

  The first is alpha.
  small/one#text.c1 - A course
  1 Again (again today, 1 d)   2 Hard (again today, 1 d)   3 Good (1 d)   4 Easy (1 d)
Grade [3 Good]: 

[2/2] new
Small
  The second is […].

Enter shows the back: 

  beta

  The second is beta.
  small/two#text.c1 - A course
  1 Again (again today, 1 d)   2 Hard (again today, 1 d)   3 Good (1 d)   4 Easy (1 d)
Grade [3 Good]: 1

[3/3] again
Small
  The second is […].

Enter shows the back: 

  beta

  The second is beta.
  small/two#text.c1 - A course
  1 Again (again today)   2 Hard (again today)   3 Good   4 Easy
Grade [3 Good]: 3
2 cards, 1 right (50 %).
  hard: The second is […]. (small/two#text.c1)
Next: 2 cards on Sunday, 22 November 2026.
"""
    )


def test_what_was_left_comes_again_and_a_graded_card_does_not(workspace, rung):
    assert rung("review", typed="\n3\n")[0] == 0
    assert rung("due")[1] == "0 due, 1 new\n"
    code, out, _ = rung("review", typed="\n2\nq\n")
    assert code == 0
    assert "The second is" in out
    assert "The first is" not in out
    assert rung("due")[1] == "0 due, 0 new, 1 again\n"
    assert "[1/1] again" in rung("review", typed="\n4\n")[1]
    assert rung("due")[1] == "nothing due; next on 2026-11-22\n"
    assert rung("due", day="2026-11-22")[1] == "2 due, 0 new\n"


def test_nothing_due_says_when_the_next_is_and_how_to_learn_ahead(workspace, rung):
    rung("review", typed="\n3\n\n3\n")
    assert (
        rung("review")[1]
        == """\
Nothing is due. Next: 2 cards on Sunday, 22 November 2026.
Learn ahead with: rung review --ahead
"""
    )
    code, out, _ = rung("review", "--ahead", typed="\n\n\n\n", day="2026-11-21")
    assert code == 0
    assert out.startswith("Nothing is due.")  # both were answered today; a second answer would only be a re-drill


def test_learning_ahead_counts_the_days_that_passed(workspace, rung):
    for day, grade in (("2026-11-01", "3"), ("2026-11-02", "3")):
        rung("review", "small", typed=f"\n{grade}\n\n{grade}\n", day=day)
    assert rung("due", day="2026-11-05")[1] == "nothing due; next on 2026-11-08\n"
    code, out, _ = rung("review", "--ahead", typed="\n3\n", day="2026-11-05")
    assert code == 0
    assert "3 Good (8 d)" in out  # ceil(3 days x 2.5), not 15


def test_undo_in_a_sitting_and_across_sittings(workspace, rung):
    _, out, _ = rung("review", typed="\n3\nu\n\n4\nq\n")
    assert "Took back: review of small/one#text.c1" in out
    assert rung("undo") == (0, "Took back: review of small/one#text.c1 on 2026-11-21, grade 5\n", "")
    assert rung("undo") == (0, "", "There is nothing to take back.\n")
    assert rung("due")[1] == "0 due, 2 new\n"
    _, out, _ = rung("review", typed="\n3\n\n3\n")
    _, out, _ = rung("review", "--practice", typed="u\nq\n")
    assert "Took back: review of small/two#text.c1" in out
    assert rung("due")[1] == "0 due, 1 new\n"


def test_commands_on_the_question_side(workspace, rung):
    _, out, _ = rung("review", typed="3\n?\n@\ns\n")
    assert "Grades come after the back" in out
    assert "take back the last answer" in out
    assert "Suspended; back with: rung unsuspend small/one#text.c1" in out
    assert "Buried until tomorrow." in out
    assert out.endswith("Nothing answered; nothing changed.\n")
    assert rung("due")[1] == "nothing due\n"
    assert rung("due", day="2026-11-22")[1] == "0 due, 1 new\n"
    assert rung("unsuspend", "small/one#text.c1") == (0, "", "Unsuspended small/one#text.c1\n")
    assert rung("due", day="2026-11-22")[1] == "0 due, 2 new\n"


def test_typing_the_words_of_a_hole(workspace, rung):
    _, out, _ = rung("review", "--type", typed=":x\nalpha\n\nbetta\n\n")
    assert "There is no command :x; :? lists them." in out
    assert "Exact." in out
    assert "Grade [4 Easy]:" in out
    assert "You wrote: bet[-t-]a" in out  # four letters are too few for a slip
    assert "Grade [1 Again]:" in out


def test_practice_leaves_the_schedule_alone(workspace, rung):
    _, out, _ = rung("review", "--practice", typed="\n1\n\n3\n")
    assert "[1/2] practice" in out
    assert "1 Again   2 Hard   3 Good   4 Easy" in out
    assert rung("due")[1] == "0 due, 2 new\n"
    assert "2 answers" in rung("stats")[1]


def test_ordering_and_choice_are_answered_by_letters(here, rung):
    rung("decks", "off", SPINE)
    assert rung("review", "--practice", SPINE, typed="q\n")[0] == 0
    card = f"{SPINE}/candidates#order"
    seen = json.loads(rung("show", card, "--json")[1])
    letters = {option["text"]: option["letter"] for option in seen["options"]}
    assert sorted(letters.values()) == ["A", "B", "C", "D"]


def test_daily_limits_are_the_learners(workspace, rung, tmp_path):
    config = tmp_path / "config" / "rung"
    config.mkdir(parents=True)
    (config / "config.toml").write_text("new_per_day = 1\n")
    assert rung("due")[1] == "0 due, 1 new\n"
    rung("review", typed="\n3\n")
    assert rung("due")[1] == "nothing due; next on 2026-11-22\n"
    (config / "config.toml").write_text("new_per_day = -1\nnew = 2\n")
    code, _, err = rung("due")
    assert code == 2
    assert err == (f"rung: {config / 'config.toml'}: new_per_day should be a whole number from 0, not -1\n")


# ── scripts ──────────────────────────────────────────────────────────────────────────────────────


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
    (workspace / "decks" / "small.yaml").write_text(DECK.replace("text: The first", "txt: The first"))
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
    (workspace / "decks" / "small.yaml").write_text(DECK.replace("The first is", "The alpha is"))
    code, out, err = rung("check")
    assert (code, err) == (0, "0 errors, 1 warning.\n")
    assert out.startswith("decks/small.yaml:5:11: warning: the answer of c1 stands in its question: alpha\n")
    assert rung("check", "--strict")[0] == 1
    assert rung("build", "--strict")[2] == "0 errors, 1 warning; nothing was written.\n"
    assert rung("build")[0] == 0


def test_build_check_fails_when_cards_are_stale(workspace, rung):
    assert rung("build", "--check") == (0, "", "")
    (workspace / "decks" / "small.yaml").write_text(DECK.replace("beta", "gamma"))
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


def test_decks_can_be_left_out_of_new_cards(workspace, rung):
    assert rung("decks")[1] == "on   small      2 cards      2 new     0 due  Small\n"
    assert rung("decks", "off", "small") == (0, "", "small brings no new cards.\n")
    assert rung("due")[1] == "nothing due\n"
    assert "[1/2] new" in rung("review", "small")[1]  # asked for by name it comes
    assert rung("decks", "on", "small") == (0, "", "small brings new cards.\n")
    assert json.loads(rung("decks", "--json")[1])["decks"] == [
        {"id": "small", "title": "Small", "on": True, "cards": 2, "new": 2, "due": 0}
    ]


def test_finding_cards_by_words(here, rung):
    code, out, err = rung("cards", "popularity", "cold")
    assert code == 0
    assert f"{SPINE}/candidates#order\n" in out
    assert err.endswith("cards.\n")
    assert rung("cards", '"quoted" AND (') == (0, "", "0 cards.\n")
    assert len(json.loads(rung("cards", "--json")[1])["cards"]) == 176


def test_the_log_goes_out_and_in_whole(workspace, rung, tmp_path, monkeypatch):
    rung("answer", "small/one#text.c1", "--grade", "good")
    rung("suspend", "small/two#text.c1")
    rung("undo")
    for option in ("--json", "--csv"):
        whole = rung("log", option)[1]
        file = tmp_path / f"log{option}"
        file.write_text(whole)
        assert rung("log", "--load", str(file))[1] == "0 new events, 3 known.\n"
        monkeypatch.setenv("RUNG_DB", str(tmp_path / f"other{option}.db"))
        assert rung("log", "--load", str(file))[1] == "3 new events, 0 known.\n"
        assert rung("log", option)[1] == whole
        assert rung("due", day="2026-11-22")[1] == "1 due, 1 new\n"
        monkeypatch.setenv("RUNG_DB", str(tmp_path / "learner" / "rung.db"))
    assert rung("log")[1] == (
        "2026-11-21  review   4 small/one#text.c1\n"
        "2026-11-21  suspend    small/two#text.c1\n"
        "2026-11-21  void       small/two#text.c1\n"
    )


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 1, "events": [{}]}', "device,at\n1,2\n"])
def test_a_file_that_is_no_log_is_refused(workspace, rung, tmp_path, text):
    (tmp_path / "x").write_text(text)
    code, out, err = rung("log", "--load", str(tmp_path / "x"))
    assert (code, out) == (2, "")
    assert err.startswith(f"rung: {tmp_path / 'x'}: ")
    assert len(err.splitlines()) == 1


def test_stats(workspace, rung):
    rung("answer", "small/one#text.c1", "--grade", "good", day="2026-11-20")
    rung("answer", "small/one#text.c1", "--grade", "again", "--took", "61000", day="2026-11-21")
    code, out, _ = rung("stats")
    assert code == 0
    assert out.splitlines()[:7] == [
        "Today      1 answer in 1 min",
        "Streak     2 days",
        "Retention  0 % of 1 review in 30 days",
        "In all     2 answers to 1 card",
        "",
        "Sat 21 Nov     0",
        "Sun 22 Nov     1  " + "█" * 40,
    ]
    told = json.loads(rung("stats", "--json")[1])
    assert told["retention"] == {"passed": 0, "reviews": 1}
    assert told["forecast"][1] == {"day": "2026-11-22", "due": 1}


def test_export_and_doctor_and_backup(workspace, rung, tmp_path):
    assert rung("export") == (0, f"{workspace / 'exports' / 'rung.apkg'}\n", "2 cards of 2 notes.\n")
    assert rung("export", "small", "-o", str(tmp_path / "x.apkg"))[1] == f"{tmp_path / 'x.apkg'}\n"
    assert (tmp_path / "x.apkg").read_bytes() == (workspace / "exports" / "rung.apkg").read_bytes()
    rung("answer", "small/one#text.c1", "--grade", "good")
    code, out, err = rung("doctor")
    assert (code, out) == (0, "Everything is in order.\n")
    assert err.endswith("1 event of 1 card.\n")
    assert json.loads(rung("doctor", "--json")[1]) == {
        "format": 1, "store": os.environ["RUNG_DB"], "sound": True, "faults": [], "events": 1, "cards": 1, "unknown": 0,
    }  # fmt: skip
    copy = tmp_path / "copy.db"
    assert rung("backup", str(copy)) == (0, f"{copy}\n", "")
    assert rung("backup", str(copy)) == (2, "", f"rung: {copy} is there already; name another file\n")
    assert rung("--db", str(copy), "due", day="2026-11-22")[1] == "1 due, 1 new\n"


# ── when the world is not as it must be ──────────────────────────────────────────────────────────


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
    (workspace / "decks" / "small.yaml").write_text(DECK + more)
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
