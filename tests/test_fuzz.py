"""No input breaks a promise: those that once did, and some that Hypothesis makes of sound ones; `make fuzz` tries millions."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz import limits, promises, targets
from fuzz.targets import _place
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rung.model import Location, Problem

FEW = {
    "tellings": 5,
    "sync": 3,
    "loads": 3,
    "imports": 5,
    "dialogues": 3,
    "packages": 8,
    "html_fields": 15,
    "decks": 15,
}  # of those that take long
CASES = [(name, case) for name in targets.names() for case in targets.found(name)]


def tried(name, data):
    """Try an input within the limits that `make fuzz` has."""
    with limits.modest(), limits.hurried():
        targets.target(name).tried(data)


@pytest.mark.parametrize(("name", "case"), CASES, ids=lambda value: value)
def test_what_once_broke_a_promise_breaks_none(name, case):
    tried(name, targets.found(name)[case])


@pytest.mark.parametrize("name", targets.names())
def test_no_input_breaks_a_promise(name):
    target = targets.target(name)

    @settings(max_examples=FEW.get(name, 30), database=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, len(target.seeds()) - 1), st.lists(st.integers(0, 2**32 - 1), max_size=4))
    def changed(place, changes):
        data = target.seeds()[place]
        for seed in changes:
            data = targets.mutated(target, data, seed)
        tried(name, data)

    changed()


@pytest.mark.parametrize("name", targets.names())
def test_changes_can_be_had_again_and_change_something(name):
    target = targets.target(name)
    data = max(target.seeds(), key=len)
    made = [targets.mutated(target, data, seed) for seed in range(8)]
    assert made == [targets.mutated(target, data, seed) for seed in range(8)]
    assert len({data, *made}) > 4


def test_found_inputs_belong_to_a_target():
    assert {path.name for path in targets.FOUND.iterdir()} <= set(targets.names())


@pytest.mark.parametrize("name", ["dialogues", "tellings"])
def test_what_a_promise_asks_for_are_commands_and_options_that_there_are(name):
    for command in targets.target(name).COMMANDS:
        assert _place.said(*command.split(), "--help")[0] == 0, command
    assert _place.said("review", "--typed", "--help")[0] == 2


# ── promises and limits notice what they are for ─────────────────────────────────────────────────


@pytest.mark.parametrize(
    "html",
    [
        "<script>x()</script>", '<img src="x.png" onerror="x()">', '<a href="javascript:x()">x</a>', '<a href="java\tscript:x()">x</a>',
        '<a href="data:text/html,x">x</a>', '<img src="http://x.invalid/a.png">', '<img src="//x.invalid/a.png">', '<img src="../a.png">',
        '<iframe src="x"></iframe>', "<svg onload=x()></svg>", '<p style="background:url(//x.invalid)">', "<style>@import 'x';</style>",
        '<link rel="stylesheet" href="https://x.invalid/x.css">', "<object data=x></object>", '<meta http-equiv="refresh" content="0">',
        "<form action=x></form>", '<a href="vbscript:x">x</a>', '<img src="data:text/html,x">',
    ],
)  # fmt: skip
def test_html_that_acts_is_seen(html):
    with pytest.raises(AssertionError):
        promises.inert(f"<p>before</p>{html}<p>after</p>")


def test_html_that_does_not_act_passes():
    promises.inert('<p>a <b>b</b> <a href="https://a.invalid/">c</a> <img src="a-1.png"> &lt;script&gt;</p>')


@pytest.mark.parametrize("words", ["\x1b[2J", "\x07", "a\rb", "\x9b31m", "\x7f", "\ud800"])
def test_words_that_act_in_a_terminal_are_seen(words):
    promises.quiet("a\tb\nc ␛[2J 🦊")
    with pytest.raises(AssertionError):
        promises.quiet(f"a{words}b")


@pytest.mark.parametrize(("line", "column"), [(0, 1), (3, 1), (1, 0), (1, 6)])
def test_a_problem_outside_its_file_is_seen(line, column):
    promises.placed(Problem(Location("a", 1, 5), "what", "mend"), b"one\ntwo")
    with pytest.raises(AssertionError):
        promises.placed(Problem(Location("a", line, column), "what", "mend"), b"one\ntwo")


def test_what_is_written_elsewhere_is_seen(tmp_path):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    inside.mkdir()
    outside.mkdir()
    (inside / "link").symlink_to(outside)
    with limits.watched(inside):
        (inside / "a").write_text("a")
        (inside / "a").rename(inside / "b")
        for act in (
            lambda: (outside / "a").write_text("a"),
            lambda: (inside / "link" / "a").write_text("a"),
            lambda: (inside / "b").rename(outside / "b"),
            lambda: (outside / "c").mkdir(),
            lambda: (outside / "d").symlink_to(inside),
        ):
            with pytest.raises(limits.Broken, match="writes to"):
                act()
    assert list(outside.iterdir()) == []


def test_what_asks_the_network_or_starts_a_program_is_seen(tmp_path):
    with limits.watched(tmp_path):
        with pytest.raises(limits.Broken, match=r"socket\.getaddrinfo"):
            socket.getaddrinfo("127.0.0.1", 80)
        with pytest.raises(limits.Broken, match=r"subprocess\.Popen"):
            subprocess.run([sys.executable, "-c", ""], check=False)


@pytest.mark.skipif(not hasattr(limits.signal, "setitimer"), reason="there is no clock of the processor")
def test_what_never_ends_is_seen():
    def forever():
        while True:
            pass

    with pytest.raises(limits.Broken, match=r"takes more than 0\.05 s"), limits.hurried(0.05):
        forever()
    with pytest.raises(limits.Broken, match="takes more than"), limits.hurried(0.05):
        re.fullmatch("(a+)+b", "a" * 40)


def test_what_takes_much_memory_is_seen():
    pytest.importorskip("resource")
    with pytest.raises(limits.Broken, match=r"takes [\d,]+ bytes"), limits.modest(most=8 << 20):
        bytearray(limits.peak() + (64 << 20))


# ── make fuzz ────────────────────────────────────────────────────────────────────────────────────


def test_make_fuzz_tells_what_was_tried_and_found(tmp_path):
    pytest.importorskip("atheris")
    done = subprocess.run(
        [sys.executable, "-m", "fuzz", "--seconds", "0.5", "--new", str(tmp_path), "formulas"],
        capture_output=True, text=True, cwd=Path(__file__).parents[1], check=True,
    )  # fmt: skip
    head, row, total = done.stdout.splitlines()
    assert head.split()[:4] == ["target", "inputs", "seconds", "found"]
    assert re.fullmatch(r"formulas +[1-9][\d,]* +\d+ +0", row)
    assert total.split()[0] == "all"


BROKEN = """
import sys
from pathlib import Path
from fuzz import child

class Broken:
    def tried(self, data):
        assert data != b"bad", "a bad one"
        if data == b"worse":
            raise SystemError("a worse one")

trial = child.Trial(Broken(), 60, Path(sys.argv[1]))
for data in (b"good", b"bad", b"worse", b"bad", b"good"):
    trial.one(data)
trial.over()
"""


def test_what_breaks_a_promise_is_kept_and_told_once(tmp_path):
    pytest.importorskip("atheris")
    done = subprocess.run(
        [sys.executable, "-c", BROKEN, str(tmp_path)],
        capture_output=True, text=True, cwd=Path(__file__).parents[1], check=True,
    )  # fmt: skip
    *found, end = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["error"] for each in found] == ["AssertionError: a bad one", "SystemError: a worse one"]
    assert [(tmp_path / each["found"]).read_bytes() for each in found] == [b"bad", b"worse"]
    assert end == {"inputs": 5}
