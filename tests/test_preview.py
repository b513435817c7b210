"""What a preview shows of decks, and whom its server answers."""

from __future__ import annotations

import json
import re
import socket
import sys
from contextlib import closing
from dataclasses import replace
from urllib.parse import quote

import pytest

from deck_text import SMALL, compiled_decks, fact, whole
from rung.compiler import compiled
from rung.preview.server import Server
from rung.preview.site import Site, site

PATIENCE = 10  # seconds
QUIET = 0.3  # seconds in which nothing may be told
CARD = "small/one#text.c1"
WRITTEN = {"small": SMALL, "other": fact("a")}


def everything(id_):
    return True


def shown(before, decks, *, wanted=everything, pictures=None):
    """The site after `before`, of decks by their ids."""
    return before.after(compiled_decks(decks), [f"{id_}.yaml" for id_ in decks], pictures or {}, wanted)


def asks(site):
    """The ids of the cards, and the first words that each asks."""
    return {card.id: site.sides(card.id).front.split('"prompt">')[1].split("</div>")[0] for card in cards(site)}


def cards(site):
    return [card for deck in site.decks for card in deck.cards]


# ── what it shows ────────────────────────────────────────────────────────────────────────────────

HOLE = '<span class="cloze" data-cloze="{}" data-ordinal="1">[...]</span>'
ALPHA, BETA = (
    f"<p>{words} {HOLE.format(word)}.</p>" for words, word in (("The first is", "alpha"), ("The second is", "beta"))
)


def test_decks_and_cards_come_in_the_order_of_their_files():
    found = shown(Site(), WRITTEN)
    assert [deck.deck.id for deck in found.decks] == ["other", "small"]
    assert asks(found)["small/one#text.c1"] == ALPHA
    assert list(asks(found)) == ["other/a#text.c1", "small/one#text.c1", "small/two#text.c1"]
    assert found.sides("small/three#text.c1") is None


def test_a_broken_deck_keeps_its_last_good_cards_and_no_other_does():
    good = shown(Site(), WRITTEN)
    broken = SMALL.replace("alpha", "omega").replace("  - fact: two\n    text", "  - fact: two\n    txt")
    after = shown(good, {"small": broken, "other": fact("b")})
    assert [str(each.where) for each in after.problems] == ["decks/small.yaml:6:5", "decks/small.yaml:7:5"]
    assert list(asks(after)) == ["other/b#text.c1", "small/one#text.c1", "small/two#text.c1"]
    assert asks(after)["small/one#text.c1"] == ALPHA
    again = shown(after, {"small": "title: [", "other": fact("b")})
    assert asks(again) == asks(after)
    mended = shown(again, {"small": SMALL, "other": fact("b")})
    assert (mended.problems, asks(mended)) == ((), asks(after))


def test_the_last_good_cards_of_a_start_are_those_of_the_last_build():
    built = compiled_decks({"small": SMALL}).decks
    assert asks(shown(site(built, {}), {"small": "title: ["})) == {CARD: ALPHA, "small/two#text.c1": BETA}
    assert shown(Site(), {"small": "title: ["}).decks == ()


def test_a_deck_that_has_gone_is_gone_and_so_are_retired_cards():
    good = shown(Site(), WRITTEN)
    assert list(asks(shown(good, {"other": fact("a")}))) == ["other/a#text.c1"]
    built = compiled_decks({"small": SMALL}).decks
    retired = replace(built[0], cards=(built[0].cards[0], replace(built[0].cards[1], retired=True)))
    assert list(asks(site([retired], {}))) == [CARD]


def test_only_what_is_wanted_is_shown_and_complained_about():
    found = shown(Site(), {"small": SMALL, "other": "title: ["}, wanted=lambda id_: id_ == "small")
    assert ([deck.deck.id for deck in found.decks], found.problems) == (["small"], ())


def test_the_second_in_which_a_card_changed_makes_no_other_site():
    early, late = (compiled_decks({"small": SMALL}, now=now) for now in (1_000, 2_000))
    assert early.decks != late.decks
    assert Site().after(early, ["small.yaml"], {}, everything) == Site().after(late, ["small.yaml"], {}, everything)


def test_pictures_and_math_stand_in_the_card():
    notes = whole('- fact: one\n  text: "{{c1::x}} is \\\\(x^2\\\\) ![dot](dot.png)"\n')
    made = compiled({"small.yaml": notes.encode()}, (), 1_000, {"dot.png": "dot-1.png"}).decks
    back = site(made, {"dot-1.png": b"\x89PNG"}).sides(CARD).back
    assert '<span class="math">x<sup>2</sup></span>' in back
    assert '<img src="data:image/png;base64,iVBORw==" alt="dot" />' in back
    assert 'src="data:,"' in site(made, {}).sides(CARD).back


# ── whom it answers ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def server():
    with Server(shown(Site(), {"small": SMALL})) as server:
        yield server


def connected(server):
    connection = socket.create_connection(server.server_address, PATIENCE)
    connection.settimeout(PATIENCE)
    return connection


def answer(server, path, *headers, method="GET"):
    """What comes back to a request with just these headers: (code, headers, body)."""
    head = "".join(f"{line}\r\n" for line in (f"{method} {path} HTTP/1.1", *headers))
    with connected(server) as connection, connection.makefile("rb") as read:
        connection.sendall(f"{head}\r\n".encode())
        told = read.read().decode()
    first, _, body = told.partition("\r\n\r\n")
    status, *lines = first.split("\r\n")
    return int(status.split()[1]), dict(line.split(": ", 1) for line in lines), body


def own(server):
    return f"Host: 127.0.0.1:{server.server_address[1]}"


def test_who_knows_the_address_gets_the_page(server):
    code, headers, body = answer(server, f"/{server.token}/", own(server))
    at = server.address
    assert (code, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"script-src {at}script.js; style-src {at}style.css; connect-src {at}events; frame-src {at}card; "
        "img-src data:; frame-ancestors 'none'"
    )
    assert (headers["Cache-Control"], headers["Referrer-Policy"], headers["X-Content-Type-Options"]) == (
        "no-store", "no-referrer", "nosniff",
    )  # fmt: skip
    assert 'href="#small/one%23text.c1"><small>text.c1 · cloze</small> The first is […].' in body
    assert at == f"http://127.0.0.1:{server.server_address[1]}/{server.token}/"
    assert len(server.token) >= 22, "128 random bits"


def test_a_card_is_kept_from_everything_outside(server):
    code, headers, body = answer(server, f"/{server.token}/card?{quote(CARD)}", own(server))
    assert (code, headers["Content-Security-Policy"]) == (
        200,
        "default-src 'none'; base-uri 'none'; form-action 'none'; script-src 'unsafe-inline'; "
        f"style-src 'unsafe-inline'; img-src data:; frame-ancestors {server.origin}; sandbox allow-scripts",
    )
    sides = json.loads(re.search(r"sides = (\{.*?\}), kind", body)[1])
    assert ALPHA in sides["front"]


@pytest.mark.parametrize(
    "headers",
    [
        (),
        ("Host: localhost:{port}",),
        ("Host: 127.0.0.1",),
        ("Host: evil.example:{port}",),
        ("Host: 127.0.0.1:{port}", "Host: evil.example"),
        ("Host: 127.0.0.1:{port}", "Origin: null"),
        ("Host: 127.0.0.1:{port}", "Origin: http://evil.example"),
        ("Host: 127.0.0.1:{port}", "Origin: https://127.0.0.1:{port}"),
        ("Host: 127.0.0.1:{port}", "Origin: http://127.0.0.1:{port}", "Origin: http://evil.example"),
    ],
)
def test_requests_by_another_name_or_for_another_page_are_refused(server, headers):
    given = [each.format(port=server.server_address[1]) for each in headers]
    for path in ("", "script.js", "events?1", f"card?{quote(CARD)}"):
        code, _, body = answer(server, f"/{server.token}/{path}", *given)
        assert (code, body) == (403, "Open the address that rung preview printed.")


def test_the_pages_own_requests_are_answered(server):
    assert answer(server, f"/{server.token}/script.js", own(server), f"Origin: {server.origin}")[0] == 200


def test_without_the_token_nothing_is_told(server):
    for token in ("", "x", server.token[:-1], f"{server.token}x", server.token.swapcase(), "ü", "%2e"):
        for path in (f"/{token}/", f"/{token}", f"/{token}/script.js", f"/{token}/nowhere"):
            if path != f"/{server.token}":
                assert answer(server, path, own(server))[0] == 403, path
    assert answer(server, f"http://127.0.0.1/{server.token}/", own(server))[0] == 403


def test_every_start_has_a_token_of_its_own(server):
    with Server(Site()) as other:
        assert other.token != server.token
        assert answer(other, f"/{server.token}/", own(other))[0] == 403


@pytest.mark.parametrize(
    "path",
    ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "page.html", "card.html", "server.py", "card",
     "card?../../rung.toml", "card?small/one", "cards/dot.png", "events", "events?x", "favicon.ico"],
)  # fmt: skip
def test_there_is_nothing_else(server, path):
    assert answer(server, f"/{server.token}/{path}", own(server))[::2] == (404, "There is nothing here.")


def test_a_card_that_makes_no_note_is_told():
    site_ = shown(Site(), {"small": SMALL})
    (small,) = site_.decks
    empty = tuple(replace(card, content=replace(card.content, text="[x]: y")) for card in small.cards)
    with Server(replace(site_, decks=(replace(small, cards=empty),))) as server:
        says = "small/one#text: its text makes the cards [], not [1]."
        assert answer(server, f"/{server.token}/card?small%2Fone%23text.c1", own(server))[::2] == (404, says)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS"])
def test_nothing_can_be_done_but_read(server, method):
    assert answer(server, f"/{server.token}/", own(server), "Content-Length: 0", method=method)[0] == 501


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no other loopback address")
def test_it_listens_on_one_address(server):
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", server.server_address[1]), PATIENCE)


def test_nothing_listens_once_it_has_ended():
    with Server(Site()) as server:
        answer(server, f"/{server.token}/", own(server))
    with pytest.raises(ConnectionRefusedError):
        connected(server)


def test_a_visitor_who_hangs_up_or_talks_nonsense_hinders_nobody(server, capsys):
    with closing(connected(server)) as connection:
        connection.sendall(f"GET /{server.token}/events?1 HTTP/1.1\r\n{own(server)}\r\n\r\n".encode())
    with closing(connected(server)) as connection:
        connection.sendall(b"\x16\x03\x01\x00\xff\r\n\r\n")
    server.show(Site())
    assert answer(server, f"/{server.token}/", own(server))[0] == 200
    assert capsys.readouterr() == ("", "")


# ── that there is something else to show ─────────────────────────────────────────────────────────


def listening(server, version):
    """A connection on which the page of that version waits; what comes first is read."""
    connection = connected(server)
    connection.sendall(f"GET /{server.token}/events?{version} HTTP/1.1\r\n{own(server)}\r\n\r\n".encode())
    read = connection.makefile("rb")
    assert read.readline() == b"HTTP/1.0 200 OK\r\n"
    while read.readline() != b"\r\n":
        pass
    return connection, read


def test_a_page_hears_of_another_site_and_of_no_same_one(server):
    connection, read = listening(server, 1)
    with connection, read:
        server.show(shown(Site(), {"small": SMALL}))
        connection.settimeout(QUIET)
        with pytest.raises(TimeoutError):
            connection.recv(1)
    connection, read = listening(server, 1)
    with connection, read:
        server.show(shown(Site(), WRITTEN))
        assert read.read() == b"data: changed\n\n"
    assert 'data-version="2"' in answer(server, f"/{server.token}/", own(server))[2]


def test_a_page_that_is_out_of_date_hears_it_at_once(server):
    server.show(Site())
    connection, read = listening(server, 1)
    with connection, read:
        assert read.read() == b"data: changed\n\n"
