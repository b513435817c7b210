"""What is written in `rung drill` is kept: stopped, interrupted, killed, begun anew, refused by the system."""

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

from drill_text import DECK, KEPT, RATE, asides, draft, drafts, events


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


def test_an_answer_too_long_for_the_log_is_put_aside_whole(drills, rung, tmp_path):
    line = "x" * 990
    long = "".join(f"{line}{number:03}\n" for number in range(30))
    _, out, _ = rung("drill", "top-list", typed=f"\n{long}.\nEnd.\n.\n\n{RATE}\n")
    (aside,) = re.findall("What you wrote stays in (.*)\n", out)
    assert Path(aside).read_text().count(line) == 30
    assert sum(map(len, events(rung)[0]["detail"]["answer"].values())) == 20_000


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
    assert out.endswith(f"{remark}See: rung drill small/top-list --past\n")
