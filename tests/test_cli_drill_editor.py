"""`rung drill` and what else writes into its draft: the editor, another window, another terminal."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from drill_text import KEPT, RATE, asides, draft, drafts, events, typed_in


@pytest.fixture
def editor(tmp_path, monkeypatch):
    """Let $EDITOR be a program of these lines; `path` is the draft."""

    def use(code):
        script = tmp_path / "an editor.py"
        script.write_text(f"import pathlib, sys, time\npath = pathlib.Path(sys.argv[1])\n{code}")
        monkeypatch.setenv("EDITOR", f"{sys.executable} '{script}'")

    return use


def test_a_drill_is_written_in_the_editor(drills, rung, editor, tmp_path):
    editor(
        "text = path.read_text()\nassert text.endswith('## The design\\n\\n## The largest risk\\n'), text\n"
        "path.write_text(text.replace('## The largest risk', 'Hash.\\r\\n## The largest risk\\nHot.'))\n"
    )
    _, out, _ = rung("drill", "top-list", "--editor", typed=f"\n\n{RATE}\n")
    assert re.search(r"^(10:00|9:5\d) left\. Save and close the editor to come back here\.$", out, re.MULTILINE)
    assert "Back from the editor: 2 words in 2 of 2 sections.\n" in out
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
    assert "Back from the editor: 4 words, 2 of them late, in 1 of 2 sections.\n" in out
    assert "One.\nSaved.\n[late] Not yet.\n" in draft(tmp_path)
    passed[0] += 2000
    editor(change.format("Saved.", "Saved.\\nEven later."))
    _, out, _ = timed("drill", "top-list", typed="\n@2 x\n:e\n:q\n")
    assert "What is not saved" not in out
    assert "One.\nSaved.\n[late] Even later.\n[late] Not yet.\n[late] x\n" in draft(tmp_path)


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
