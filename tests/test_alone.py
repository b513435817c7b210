"""Rung keeps to itself: no command but the two that are asked to speaks to anything or starts anything.

Python's audit events tell of every connection, name look-up and program, whoever in the process wants it.
"""

import json
import re
import subprocess
import sys

import pytest

from deck_text import SMALL
from rung.anki.connect import Connect, ConnectError
from rung.cli import COMMANDS

CARD = "small/one#text.c1"
# every command with what it is given, and what is typed; none leaves the day without having done something
WALK = (
    ("init", ".", ""),
    ("check", "", ""),
    ("build", "", ""),
    ("decks", "", ""),
    ("due", "", ""),
    ("review", "", "\n4\n\n4\n"),
    ("quiz ladder", "", "\n" * 9),
    ("drill", "", "\n" * 9),
    ("answer", f"{CARD} --grade good", ""),
    ("undo", "", ""),
    ("cards", "alpha", ""),
    ("show", CARD, ""),
    ("tag", f"mine {CARD}", ""),
    ("untag", f"mine {CARD}", ""),
    ("flag", f"1 {CARD}", ""),
    ("bury", CARD, ""),
    ("suspend", CARD, ""),
    ("unsuspend", CARD, ""),
    ("set-due", f"2026-12-01 {CARD}", ""),
    ("reset", CARD, ""),
    ("plan", "--interview 2026-12-18", ""),
    ("stats", "--html stats.html", ""),
    ("schedulers", "compare", ""),
    ("print", "all", ""),
    ("export", "", ""),
    ("import", "exports/rung.apkg", ""),
    ("log", "", ""),
    ("sync", "shared", ""),
    ("backup", "", ""),
    ("doctor", "", ""),
    ("restore", "--yes", ""),
)
SPEAKS = {"preview", "anki"}  # loopback alone: below, and in test_preview.py
ON_A_TERMINAL = {"desk"}  # of Textual; its keys are those of review, quiz, drill, cards, stats and plan

WATCHED = """
import io, json, sys
heard = []
SPEAK = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.fork", "os.forkpty",
    "pty.spawn", "urllib.Request", "http.client.connect", "webbrowser.open")
sys.addaudithook(lambda event, given: heard.append(event) if event in SPEAK else None)
from rung.cli import run
codes = {}
for line, given, typed in json.loads(sys.argv[1]):
    sys.stdin = io.StringIO(typed)
    codes[line] = run(["--today", "2026-11-21", *line.split(), *given.split()])
print(json.dumps([codes, heard]))
"""


def test_no_command_speaks_to_anything_nor_starts_anything(tmp_path):
    (tmp_path / "decks").mkdir()
    (tmp_path / "decks" / "small.yaml").write_text(SMALL)
    (tmp_path / "shared").mkdir()
    line = [sys.executable, "-c", WATCHED, json.dumps(WALK)]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    codes, heard = json.loads(done.stdout.splitlines()[-1])
    assert heard == []
    assert {line: code for line, code in codes.items() if code} == {}, done.stderr


def test_the_walk_knows_every_command():
    assert {line.split()[0] for line, _, _ in WALK} | SPEAKS | ON_A_TERMINAL == set(COMMANDS)


@pytest.mark.parametrize("wanted", ["socket.create_connection(('127.0.0.1', 1))", "os.system('true')"])
def test_what_speaks_or_starts_would_be_heard(wanted, tmp_path):
    script = WATCHED.replace(
        "from rung.cli import run", f"import os, socket, contextlib\nwith contextlib.suppress(OSError): {wanted}"
    )
    script = re.sub(r"for line.*\n(?: .*\n)*", "", script)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(done.stdout)[1] != []


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "localhost", "[::1]"])
def test_anki_is_asked_on_this_machine(host):
    assert Connect(f"http://{host}:8765").port == 8765


@pytest.mark.parametrize(
    "host", ["192.168.1.7", "example.org", "localhost.example.org", "0.0.0.0", "[fe80::1]", "127.1"]
)
def test_anki_is_asked_nowhere_else(host):
    with pytest.raises(ConnectError) as refused:
        Connect(f"http://{host}:8765")
    told = "is not this machine, and cards travel no further; such an address is http://127.0.0.1:8765"
    assert str(refused.value) == f"{host.strip('[]')} {told}"
