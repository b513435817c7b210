"""`rung drill`: written against the clock, kept whatever happens, rated, compared."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from drill_text import CARD, DECK, KEPT, RATE, asides, draft, drafts, events


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Let $EDITOR be a program of these lines; `path` is the draft."""

    def use(code):
        script = tmp_path / "an editor.py"
        script.write_text(f"import pathlib, sys, time\npath = pathlib.Path(sys.argv[1])\n{code}")
        monkeypatch.setenv("EDITOR", f"{sys.executable} '{script}'")

    return use


def test_a_drill_from_prompt_to_score(drills, timed, rung, tmp_path):
    typed = f"\n@62 Hash [the] keys.\n\n- one\n.\nA hot key.\n.\n@100\n{RATE}A c\n"
    code, out, err = timed("drill", "top-list", typed=typed)
    assert (code, err) == (0, "")
    assert (
        out
        == f"""\
small/top-list
  Design a list of the hundred most played songs, fresh within a minute.

  10 minutes, in these sections:
  1. The design
  2. The largest risk

Enter starts the clock (10:00 left), q stops: 
Write section by section. A line with nothing but a dot ends a section.
Every line is kept as you enter it. These are commands:
:e editor   :b section before   :s your text   :p prompt   :q stop   :? help

The design (1 of 2)
10:00 The design> Hash [the] keys.
8:58 The design> 
8:58 The design> - one
8:58 The design> .

The largest risk (2 of 2)
8:58 The largest risk> A hot key.
8:58 The largest risk> .
8:58 Enter goes on to the rating; :b goes back, :e edits, :q stops: 

Rate your answer. Commands: :s your text   :b back   :q stop

Framing (1 of 4)
  A. Weak: Starts to draw at once.
  B. Passing: Asks for the load.
  C. Strong: Asks for load and deadline, and says what they decide.
  D. Staff bar: Also names the answer that would make the design pointless.
Your level, A to D: b

Numbers (2 of 4)
  A. Weak: none
  B. Passing: one
  C. Strong: a budget
  D. Staff bar: a budget with its lever
Your level, A to D: c

Failure (3 of 4)
  A. Weak: not named
  B. Passing: one
  C. Strong: one and its sign
  D. Staff bar: one and its price
Your level, A to D: d

Close (4 of 4)
  A. Weak: stops
  B. Passing: sums up
  C. Strong: names the risk
  D. Staff bar: names what to do first
Your level, A to D: a

Your answer and the model solution

The design
You:
  Hash [the] keys.

  - one
Model solution:
  Keys are hashed to shards; each shard keeps a sorted list in memory.

The largest risk
You:
  A hot key.
Model solution:
  A hot key outgrows its shard; split it by time and merge on read.

Common failures
  A. Boxes without a number.
  B. Only the day on which nothing fails.
  C. No word on what was left out.
Type the letters of those that happened to you, Enter for none: A c

Score: 6 of 12 points (50 %).
Logged as a review, grade 2. Due again on 2026-11-22. See: rung drill small/top-list --past
What you wrote stays in {asides(tmp_path)[0]}
"""
    )
    assert drafts(tmp_path) == []
    (event,) = events(rung)
    assert (event["kind"], event["card"], event["grade"], event["took"]) == ("review", CARD, 2, 162_000)
    assert event["detail"] == {
        "seed": event["detail"]["seed"],
        "answer": {"design": "Hash [the] keys.\n\n- one", "risk": "A hot key."},
        "ratings": {"framing": 1, "numbers": 2, "failure": 3, "close": 0},
        "failures": ["boxes", "silent"],
        "minutes": 2.7,
        "scored": 2,
    }
    assert rung("doctor")[0] == 0


# ── time ─────────────────────────────────────────────────────────────────────────────────────────


def test_when_the_time_is_up_it_is_said_once_and_what_follows_is_marked(drills, timed, rung):
    typed = f"\nIn time.\n@601 Begun in time.\nLate.\n\n.\nLate too.\n.\n@9\n{RATE}\n"
    _, out, _ = timed("drill", "top-list", typed=typed)
    told = "The time is up. What you write now is kept, and marked [late].\n"
    assert out.count(told) == 1
    assert f"10:00 The design> Begun in time.\n{told}+0:01 The design> Late.\n" in out
    answer = {"design": "In time.\nBegun in time.\n[late] Late.", "risk": "[late] Late too."}
    (event,) = events(rung)
    assert (event["detail"]["answer"], event["detail"]["minutes"], event["took"]) == (answer, 10.2, 610_000)


def test_the_time_stands_still_between_two_sittings_and_while_rating(drills, timed, rung):
    timed("drill", "top-list", typed="@500\n@60 One.\n@5 Two.\n:q\n")
    timed.passed[0] += 1_000_000
    _, out, _ = timed("drill", "top-list", typed=f"\n@10 Three.\n.\n.\n\n@999 b\n{RATE}\n")
    assert "There is a draft: 2 words in 1 of 2 sections, 1:05 used.\n" in out
    assert "Enter goes on with it (8:55 left), n starts anew, q stops: \n" in out
    assert "8:55 The design> Three.\n8:45 The design> .\n" in out
    assert events(rung)[0]["took"] == 75_000


# ── stopping and going on ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("typed", ["\nOne.\n\n- two\n", "\nOne.\n\n- two\n:q\n", "\nOne.\n\n- two\n.\n.\n\na\n:q\n"])
def test_a_drill_stopped_half_way_keeps_what_was_written(drills, rung, tmp_path, typed):
    code, out, err = rung("drill", "top-list", typed=typed)
    assert (code, err) == (0, "")
    assert out.endswith(KEPT)
    assert "## The design\n\nOne.\n\n- two\n\n## The largest risk\n" in draft(tmp_path)
    assert events(rung) == []
    _, out, _ = rung("drill", "top-list", typed=f"\nThree.\n.\nFour.\n.\n\n{RATE}\n")
    assert "The design (1 of 2)\n  One.\n\n  - two\n" in out
    assert events(rung)[0]["detail"]["answer"] == {"design": "One.\n\n- two\nThree.", "risk": "Four."}
    assert drafts(tmp_path) == []


def test_an_interrupt_keeps_what_was_written(drills, rung, monkeypatch, tmp_path):
    class Interrupted(io.StringIO):
        def readline(self, *size):
            line = super().readline(*size)
            if not line:
                raise KeyboardInterrupt
            return line

    monkeypatch.setattr(io, "StringIO", Interrupted)
    code, out, _ = rung("drill", "top-list", typed="\nOne.\n")
    assert (code, out.endswith(f"\n{KEPT}")) == (130, True)
    assert "One." in draft(tmp_path)


def test_a_kill_keeps_every_line_that_was_entered(drills, tmp_path):
    child = subprocess.Popen(
        [sys.executable, "-u", "-m", "rung", "drill", "top-list"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, bufsize=1,
    )  # fmt: skip
    child.stdin.write("\nOne.\nTwo.\n")
    child.stdin.flush()
    shown = ""
    while "Two." not in shown:  # it is shown once it was read, and the next prompt once it was kept
        shown = child.stdout.readline()
    child.stdout.read(5)
    child.kill()
    child.communicate()
    assert child.returncode == (-signal.SIGKILL if os.name == "posix" else 1)
    assert "One.\nTwo.\n" in draft(tmp_path)


def test_nothing_written_leaves_nothing_behind(drills, rung, tmp_path):
    for typed in ("", "q\n", "x\nq\n", "n\n:q\n"):
        code, out, _ = rung("drill", "top-list", typed=typed)
        why = "There is no command {}; Enter starts the clock, q stops.\n"
        assert (code, [why.format(word) in out for word in "xn"]) == (0, [word in typed for word in "xn"])
    _, out, _ = rung("drill", "top-list", typed="\n\n.\n.\n\nmaybe\nn\n:q\n")
    asked = "Nothing is written. Rate it all the same? [y/N]"
    assert f"{asked} maybe\nType y or n, or Enter for no.\n{asked} n\n" in out
    assert out.endswith("Nothing was written.\n")
    assert drafts(tmp_path) == []


def test_to_start_anew_puts_the_old_draft_aside(drills, rung, tmp_path):
    rung("drill", "top-list", typed="\nOld.\n:q\n")
    _, out, _ = rung("drill", "top-list", typed="x\nn\nNew.\n:q\n")
    assert "There is no command x; Enter goes on with it, n starts anew, q stops.\n" in out
    (aside,) = re.findall("The old draft is put aside: (.*)\n", out)
    assert "Old." in Path(aside).read_text()
    assert drafts(tmp_path) == [Path(aside).name.replace(".old", "")]
    _, out, _ = rung("drill", "top-list", typed="q\n")
    assert "There is a draft: 1 word in 1 of 2 sections, 0:00 used.\n" in out
    rung("drill", "top-list", typed="n\nNewest.\n:q\n")
    texts = {path.name.partition(".")[2]: path.read_text().split("\n")[4] for path in asides(tmp_path)}
    assert texts == {"old.md": "Old.", "old-2.md": "New."}


def test_a_drill_keeps_its_draft_under_a_new_name(drills, rung):
    rung("drill", "top-list", typed="\nOld.\n:q\n")
    (drills / "decks" / "small.yaml").write_text(DECK.replace("drill: top-list", "drill: songs\n  was: top-list"))
    assert rung("build")[0] == 0
    assert "There is a draft: 1 word" in rung("drill", "songs", typed="q\n")[1]


def test_the_commands_of_writing_and_rating(drills, rung):
    typed = (
        "\nOne.\n:s\n:p\n:x\n:next\n?\n.\nTwo.\n:b\nThree.\n.\n.\nmore\n:b\n.\n\nx\nb\n:b\na\n:s\nc\nd\na\nz\naa\n:q\n"
    )
    _, out, _ = rung("drill", "top-list", typed=typed)
    assert out.count("The design\n  One.\nThe largest risk\n  Nothing.\n") == 1
    assert out.count("  1. The design\n  2. The largest risk\n") == 2
    assert "There is no command :x; :? lists them.\n" in out
    assert "There is no command :next; :? lists them.\n" in out
    assert out.count("Every line is kept as you enter it. These are commands:\n") == 2
    assert "The design (1 of 2)\n  One.\n" in out
    assert "Every section has had its turn; :b goes back to write more.\n" in out
    assert "Type one of the letters A B C D.\n" in out
    assert out.count("Framing (1 of 4)\n") == 2
    assert out.count("The design\n  One.\n  Three.\nThe largest risk\n  Two.\n") == 1
    assert out.count("Type the letters of the points you had, each once, of A B C; - for none.\n") == 2
    assert out.endswith(KEPT)


# ── the editor ───────────────────────────────────────────────────────────────────────────────────


def test_a_drill_is_written_in_the_editor(drills, rung, editor, tmp_path):
    editor(
        "text = path.read_text()\nassert text.endswith('## The design\\n\\n## The largest risk\\n'), text\n"
        "path.write_text(text.replace('## The largest risk', 'Hash.\\r\\n## The largest risk\\nHot.'))\n"
    )
    _, out, _ = rung("drill", "top-list", "--editor", typed=f"\n\n{RATE}\n")
    assert re.search(r"^(10:00|9:5\d) left\. Save and close the editor to come back here\.$", out, re.MULTILINE)
    assert events(rung)[0]["detail"]["answer"] == {"design": "Hash.", "risk": "Hot."}
    editor("path.write_text('Only this.')\n")
    _, out, _ = rung("drill", "top-list", typed="\nOne.\n:e\nTwo.\n.\n:e\n")
    assert "The largest risk (2 of 2)\n" in out
    assert "## The design\n\nOnly this.\n\n## The largest risk\n" in draft(tmp_path)


def test_an_editor_that_is_not_there_or_loses_the_draft(drills, rung, editor, monkeypatch, tmp_path):
    _, out, _ = rung("drill", "top-list", "--editor", typed="\nOne.\n:q\n")
    assert "Set EDITOR to write in your editor.\n" in out
    monkeypatch.setenv("EDITOR", "no-such-editor -x")
    _, out, _ = rung("drill", "top-list", typed="\n:e\nTwo.\n:q\n")
    assert "The editor no-such-editor -x did not start (no such file or directory).\n" in out
    editor("path.unlink()\n")
    _, out, _ = rung("drill", "top-list", typed="\n:e\n:q\n")
    assert out.endswith(KEPT)
    assert "One.\nTwo.\n" in draft(tmp_path)


def test_what_the_editor_saves_after_the_time_is_marked(drills, rung, timed, editor, tmp_path):
    change = "path.write_text(path.read_text().replace('{}', '{}'))\n"
    editor(change.format("One.", "One.\\nSaved.") + "time.sleep(1.5)\n" + change.format("Saved.", "Saved.\\nNot yet."))
    passed, start = timed.passed, "@599 One.\n:e\n"
    _, out, _ = timed("drill", "top-list", typed=f"\n{start}:q\n")
    assert "0:01 left. Save and close the editor to come back here.\n" in out
    assert "What is not saved when the time is up is marked [late].\n" in out
    assert "One.\nSaved.\n[late] Not yet.\n" in draft(tmp_path)
    passed[0] += 2000
    editor(change.format("Saved.", "Saved.\\nEven later."))
    _, out, _ = timed("drill", "top-list", typed="\n@2 x\n:e\n:q\n")
    assert "What is not saved" not in out
    assert "One.\nSaved.\n[late] Even later.\n[late] Not yet.\nx\n" in draft(tmp_path)


def test_an_answer_too_long_for_the_log_is_put_aside_whole(drills, rung, tmp_path):
    line = "x" * 990
    long = "".join(f"{line}{number:03}\n" for number in range(30))
    _, out, _ = rung("drill", "top-list", typed=f"\n{long}.\nEnd.\n.\n\n{RATE}\n")
    (aside,) = re.findall("What you wrote stays in (.*)\n", out)
    assert Path(aside).read_text().count(line) == 30
    assert sum(map(len, events(rung)[0]["detail"]["answer"].values())) == 20_000


# ── other hands ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def meanwhile(monkeypatch, tmp_path):
    """Let the typed line `~OLD~NEW` change the text of the draft, as another program might, and stand for the next."""

    class Meanwhile(io.StringIO):
        def readline(self, *size):
            line = super().readline(*size)
            while line.startswith("~"):
                _, old, new = line.rstrip("\n").split("~")
                (path,) = (path for path in (tmp_path / "learner" / "rung-drafts").glob("*") if ".old" not in path.name)
                path.write_text(path.read_text().replace(old, new.replace("|", "\n")))
                line = super().readline(*size)
            return line

    monkeypatch.setattr(io, "StringIO", Meanwhile)


TAKEN = "The draft was changed elsewhere; it goes on from there.\n"


@pytest.mark.parametrize("when", ["~{}.\n.\n\n", ".\n.\n~{}\n"])
def test_what_an_editor_in_its_own_window_saves_is_taken_over(drills, rung, meanwhile, monkeypatch, when):
    monkeypatch.setenv("EDITOR", "true")
    saved = "## The design~## The design||In the window.\n"
    _, out, _ = rung("drill", "top-list", typed=f"\n:e\n{when.format(saved)}{RATE}\n")
    assert out.count(TAKEN) == 1
    assert events(rung)[0]["detail"]["answer"] == {"design": "In the window."}


def test_lines_from_two_terminals_stand_together(drills, rung, meanwhile, tmp_path):
    _, out, _ = rung("drill", "top-list", typed="\nOne.\n~One.~One.|Other.\nTwo.\n~Two.~Two.|Last.\n:q\n")
    assert out.count(TAKEN) == 2
    assert "One.\nOther.\nTwo.\nLast.\n" in draft(tmp_path)
    assert asides(tmp_path) == []


def test_another_text_that_lacks_what_was_typed_is_put_aside(drills, rung, meanwhile, tmp_path):
    _, out, _ = rung("drill", "top-list", typed="\nOne.\n~One.~Stale.\nTwo.\n~Two.~Staler.\n:q\n")
    told = re.findall("The draft was changed elsewhere; that text is put aside: (.*)\n", out)
    assert [Path(path).name.partition(".")[2] for path in told] == ["old.md", "old-2.md"]
    assert "\nStale.\n" in Path(told[0]).read_text()
    assert "\nOne.\nStaler.\n" in Path(told[1]).read_text()
    assert "\nOne.\nTwo.\n" in draft(tmp_path)


def test_another_text_is_taken_over_where_nothing_was_typed(drills, rung, meanwhile, tmp_path):
    rung("drill", "top-list", typed="\nOne.\n:q\n")
    _, out, _ = rung("drill", "top-list", typed="\n~One.~Better.\nTwo.\n:q\n")
    assert out.count(TAKEN) == 1
    assert "\nBetter.\nTwo.\n" in draft(tmp_path)


def test_a_text_that_was_changed_while_rating_is_put_aside_too(drills, rung, meanwhile, tmp_path):
    rung("drill", "top-list", typed=f"\nOne.\n.\n.\n\n~One.~Later.\n{RATE}\n")
    assert events(rung)[0]["detail"]["answer"] == {"design": "One."}
    assert [path.read_text().split("\n")[4] for path in asides(tmp_path)] == ["Later.", "One."]
    assert drafts(tmp_path) == []


# ── a folder that refuses ────────────────────────────────────────────────────────────────────────


def refusing(monkeypatch, tmp_path, *, after):
    """Let the system refuse every file in the folder of drafts once it made as many."""
    made, real = [], tempfile.mkstemp

    def mkstemp(*, dir, **how):
        made.append(dir)
        if Path(dir).name == "rung-drafts" and len(made) > after:
            raise PermissionError(13, "Permission denied", f"{dir}/.part")
        return real(dir=dir, **how)

    monkeypatch.setattr(tempfile, "mkstemp", mkstemp)


def test_a_line_that_cannot_be_kept_names_the_draft_and_what_is_kept(drills, rung, monkeypatch, tmp_path):
    refusing(monkeypatch, tmp_path, after=1)
    code, _, err = rung("drill", "top-list", typed="\nOne.\nTwo.\n")
    (name,) = drafts(tmp_path)
    path = tmp_path / "learner" / "rung-drafts" / name
    assert (code, err) == (3, f"rung: {path}: permission denied; this was not kept, what came before it is\n")
    assert "One." in path.read_text()
    path.unlink()
    refusing(monkeypatch, tmp_path, after=0)
    _, _, err = rung("drill", "top-list", typed="\nOne.\n")
    assert err == f"rung: {path}: permission denied; nothing was kept\n"


def test_a_draft_that_cannot_be_put_aside_is_remarked_after_the_log(drills, rung, monkeypatch, tmp_path):
    refusing(monkeypatch, tmp_path, after=2)
    code, out, err = rung("drill", "top-list", typed=f"\nOne.\n.\n.\n\n{RATE}\n")
    (name,) = drafts(tmp_path)
    path = tmp_path / "learner" / "rung-drafts" / name
    assert (code, err, len(events(rung))) == (0, "", 1)
    remark = f"The draft could not be put aside (permission denied); it is still in {path}\n"
    assert out.endswith(f"See: rung drill small/top-list --past\n{remark}")


# ── a real terminal ──────────────────────────────────────────────────────────────────────────────


def typed_in(child, *lines):
    for expected, line in lines:
        child.expect(expected)
        child.sendline(line)


def test_a_drill_in_a_terminal_tells_the_time_in_the_windows_title(drills, terminal):
    child = terminal("drill", columns=120)
    child.expect(" 1  small/top-list  10 min  0 attempts")
    typed_in(child, ("Which one", "2"), ("Which one. 1 to 1, Enter for none:", "1"), ("Enter starts", ""))
    child.expect_exact("\x1b[22;0t")
    child.expect(r"\x1b\]0;(10:00|9:5\d) left - rung drill\x07")
    child.expect(r"\x1b\]0;9:5\d left - rung drill\x07")
    child.sendline("A [bold]hash[/bold].")
    typed_in(child, ("The design>", "."), ("risk>", "."), ("Enter goes on", ""))
    child.expect_exact("\x1b[23;0t")
    typed_in(child, *[("Your level, A to D:", "d")] * 4)
    typed_in(child, ("Enter for none:", ""))
    shown = re.sub(r"\x1b\[[0-9;]*m", "", child.before)
    assert re.search(r"You +Model solution", shown)  # side by side, as the terminal is wide
    assert re.search(r"A \[bold\]hash\[/bold\]\. +Keys are hashed to shards", shown)
    child.expect(r"12 of 12 points \(100 %\)")
    child.expect("Logged as a review, grade 5.")
    child.wait()
    assert child.exitstatus == 0


def test_an_interrupt_in_a_terminal_keeps_the_draft_and_the_title(drills, terminal, tmp_path):
    child = terminal("drill", "top-list")
    typed_in(child, ("Enter starts", ""), ("The design>", "One."))
    child.expect("The design>")
    child.sendintr()
    child.expect_exact("\x1b[23;0t")
    child.expect("What you wrote is kept. Go on with: rung drill small/top-list")
    child.wait()
    assert child.exitstatus == 130
    assert "One." in draft(tmp_path)


def test_an_interrupt_in_the_editor_is_the_editors_alone(drills, terminal, tmp_path):
    program = tmp_path / "an editor.py"
    program.write_text(
        "import pathlib, signal, sys, time\npath = pathlib.Path(sys.argv[1])\n"
        "def save(*_):\n    path.write_text('Saved.')\n    sys.exit()\n"
        "signal.signal(signal.SIGINT, save)\nprint('open', flush=True)\ntime.sleep(20)\n"
    )
    child = terminal("drill", "top-list", EDITOR=f"{sys.executable} '{program}'")
    typed_in(child, ("Enter starts", ""), ("The design>", ":e"))
    child.expect("open")
    child.sendintr()
    child.expect("risk>")
    child.sendintr()  # here it stops the drill again
    child.expect("What you wrote is kept.")
    child.wait()
    assert child.exitstatus == 130
    assert "\nSaved.\n" in draft(tmp_path)


@pytest.mark.parametrize("more", [["--plain"], []])
def test_plain_and_dumb_terminals_get_no_escape_sequences_for_the_time(drills, terminal, more):
    child = terminal("drill", "top-list", *more, **({} if more else {"TERM": "dumb"}))
    typed_in(child, ("Enter starts", ""))
    child.expect(r"(10:00|9:5\d) The design>")
    shown = child.before
    child.sendeof()
    child.expect("Nothing was written.")
    assert "\x1b]" not in shown + child.before
    assert "\x1b[22" not in shown + child.before
    child.wait()
    assert child.exitstatus == 0
