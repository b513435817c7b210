"""`rung preview` from its address to its end: it follows the decks, and leaves no trace."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from deck_text import SMALL, compiled_decks, fact, whole
from previewed import previewing
from rung.cli import _build
from rung.cli.preview import _after
from rung.preview import pages
from rung.preview.site import site
from rung.workspace import CannotGoOn, Workspace

PATIENCE = 10  # seconds
END = "Open it in a browser; Ctrl-C ends it.\n"


def fetched(address, path=""):
    """The body of an answer, and what a page would know of itself."""
    parts = urlsplit(address)
    with (
        socket.create_connection((parts.hostname, parts.port), PATIENCE) as connection,
        connection.makefile("rb") as read,
    ):
        connection.settimeout(PATIENCE)
        connection.sendall(f"GET {parts.path}{path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        return read.read().decode().partition("\r\n\r\n")[2]


def listed(address):
    """The version of the page, and the ids of its cards."""
    page = fetched(address)
    return int(re.search(r'data-version="(\d+)"', page)[1]), re.findall(r'href="#([^"]+)"', page)


def changed(address, version):
    assert fetched(address, f"events?{version}") == "data: changed\n\n"
    return listed(address)


@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt is sent otherwise there")
def test_it_prints_its_address_and_an_interrupt_ends_it(workspace):
    with previewing(workspace) as (process, address):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{22}/", address)
        assert listed(address) == (1, ["small/one%23text.c1", "small/two%23text.c1"])
        process.send_signal(signal.SIGINT)
        assert (process.wait(PATIENCE), process.stderr.read()) == (0, END)


def files(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_it_follows_the_decks_and_writes_nothing(workspace, tmp_path):
    before = files(tmp_path)
    small, other = workspace / "decks" / "small.yaml", workspace / "decks" / "other.yaml"
    with previewing(workspace) as (_, address):
        other.write_text(whole(fact("a")))
        version, cards = changed(address, 1)
        assert cards == ["other/a%23text.c1", "small/one%23text.c1", "small/two%23text.c1"]
        beside = workspace / "decks" / ".other.yaml.part"  # as editors save
        beside.write_text(whole(fact("b")))
        beside.replace(other)
        version, cards = changed(address, version)
        assert cards == ["other/b%23text.c1", "small/one%23text.c1", "small/two%23text.c1"]
        other.unlink()
        assert changed(address, version)[1] == ["small/one%23text.c1", "small/two%23text.c1"]
    assert files(tmp_path) == before
    assert small.read_text() == SMALL


def test_decks_may_be_named(workspace):
    (workspace / "decks" / "other.yaml").write_text("title: [")
    with previewing(workspace, "small") as (_, address):
        page = fetched(address)
        assert "decks/other.yaml" not in page
        assert 'id="problems"' not in page
    with previewing(workspace) as (_, address):
        assert "<code>decks/other.yaml:1:8:</code> <b>error</b>: this bracket is never closed" in fetched(address)


def test_what_is_wrong_is_shown_as_text(workspace):
    (workspace / "decks" / "small.yaml").write_text(SMALL.replace("text: The first", '"<b>": The first'))
    with previewing(workspace) as (_, address):
        assert "&#34;&lt;b&gt;&#34; is no key of a fact" in fetched(address)


def test_what_stops_a_build_is_told_above_what_was_there(workspace, monkeypatch):
    def stopped(workspace):
        raise CannotGoOn("dot.png: permission denied")

    monkeypatch.setattr(_build, "build", stopped)
    before = site(compiled_decks({"small": SMALL}).decks, {})
    after = _after(before, Workspace(workspace), lambda id_: True)
    assert after == replace(before, stopped="dot.png: permission denied")
    page = pages.index(after, 1)
    assert '<p class="error">dot.png: permission denied</p>' in page
    assert "The first is […]" in page


def told(workspace, *arguments):
    command = [sys.executable, "-m", "rung", "preview", *arguments]
    done = subprocess.run(command, cwd=workspace, capture_output=True, text=True, check=False, timeout=PATIENCE)
    return done.returncode, done.stdout, done.stderr


def test_a_port_that_is_taken_is_told_in_one_line(workspace):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        says = f"rung: 127.0.0.1:{port}: address already in use; choose another with --port\n"
        assert told(workspace, "--port", str(port)) == (3, "", says)
    with previewing(workspace, "--port", str(port)) as (_, address):
        assert address.startswith(f"http://127.0.0.1:{port}/")


def test_wrong_usage(workspace, rung):
    assert rung("preview", "smal") == (2, "", 'rung: there is no deck "smal"; did you mean small?\n')
    assert rung("preview", "--port", "80")[0] == 2


def test_it_needs_decks(workspace, rung, tmp_path, monkeypatch):
    (workspace / "decks").rename(tmp_path / "decks")
    says = f"rung: {workspace / 'decks'}: there is no such folder; make one with: rung init\n"
    assert rung("preview") == (3, "", says)
    monkeypatch.chdir(tmp_path)
    assert rung("preview") == (3, "", "rung: there is no workspace here or above; make one with: rung init\n")


def test_cards_that_cannot_be_read_stop_it(workspace, rung):
    (workspace / "cards" / "small.jsonl").write_text("{")
    code, out, err = rung("preview")
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert err.startswith(f"rung: {workspace / 'cards' / 'small.jsonl'}: line 1 is no deck")
