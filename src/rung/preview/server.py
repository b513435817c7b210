"""The pages of a preview over HTTP: on this machine's loopback alone, under a path that nobody can guess."""

from __future__ import annotations

import os
import sys
from hmac import compare_digest
from http.server import BaseHTTPRequestHandler
from secrets import token_urlsafe
from socketserver import ThreadingTCPServer
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import unquote

from rung.anki.notes import NoNote
from rung.preview import pages

if TYPE_CHECKING:
    from rung.preview.site import Site

HOST = "127.0.0.1"
STILL_HERE = 15.0  # seconds after which a page that waits is told so, and one that has gone is noticed
PATIENCE = 30.0  # seconds for a request to arrive
NOWHERE = "default-src 'none'; base-uri 'none'; form-action 'none'"


class Server(ThreadingTCPServer):
    """Serves a site while it is entered, and tells the pages that are open when there is another.

    Raises OSError where the port is taken. No HTTPServer: that one asks the resolver for our name.
    """

    daemon_threads, block_on_close = True, False
    allow_reuse_address = os.name != "nt"  # there it would let two servers have one port

    def __init__(self, site: Site, port: int = 0) -> None:
        super().__init__((HOST, port), Handler)
        self.origin = f"http://{HOST}:{self.server_address[1]}"
        self.token = token_urlsafe(16)
        self.site, self.version = site, 1
        self._changed = Condition()

    def __enter__(self) -> Self:
        Thread(target=self.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    @property
    def address(self) -> str:
        return f"{self.origin}/{self.token}/"

    def show(self, site: Site) -> None:
        """Show another site from now on, if it is another."""
        with self._changed:
            if site != self.site:
                self.site, self.version = site, self.version + 1
                self._changed.notify_all()

    def now(self) -> tuple[Site, int]:
        """The site and its version."""
        with self._changed:
            return self.site, self.version

    def changed(self, version: int, seconds: float) -> bool:
        """Whether there is another version than that, waiting so long for it."""
        with self._changed:
            return self._changed.wait_for(lambda: self.version != version, seconds)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, unless it is only that a browser has hung up."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = PATIENCE

    def do_GET(self) -> None:
        given, _, rest = self.path.removeprefix("/").partition("/")
        path, _, query = rest.partition("?")
        if not self._let_in(given):
            self._answer(403, "text/plain", "Open the address that rung preview printed.")
        elif path == "":
            self._page()
        elif path == "script.js":
            self._answer(200, "text/javascript", pages.file(path))
        elif path == "style.css":
            self._answer(200, "text/css", pages.file(path))
        elif path == "events" and query.isdecimal():
            self._events(int(query))
        elif path == "card":
            self._card(unquote(query))
        else:
            self._missing()

    def _let_in(self, token: str) -> bool:
        """Whether this comes from a page of ours, or from someone who knows the address: a page of others could have
        our address by a name of theirs, and a program of others could ask for any."""
        hosts, origins = (self.headers.get_all(name, []) for name in ("Host", "Origin"))
        own = self.server.origin
        known = compare_digest(token.encode(), self.server.token.encode())
        return known and hosts == [own.removeprefix("http://")] and origins in ([], [own])

    def _page(self) -> None:
        own = self.server.address
        allowed = f"script-src {own}script.js; style-src {own}style.css; connect-src {own}events; frame-src {own}card"
        page = pages.index(*self.server.now())
        self._answer(200, "text/html", page, f"{allowed}; img-src data:; frame-ancestors 'none'")

    def _card(self, id_: str) -> None:
        try:
            sides = self.server.site.sides(id_)
        except NoNote as error:
            self._answer(404, "text/plain", f"{error}.")
            return
        if sides is None:
            self._missing()
            return
        inline = "script-src 'unsafe-inline'; style-src 'unsafe-inline'"
        allowed = f"{inline}; img-src data:; frame-ancestors {self.server.origin}"
        self._answer(200, "text/html", pages.card(id_, sides), f"{allowed}; sandbox allow-scripts")

    def _events(self, version: int) -> None:
        """Tell the page when it is out of date; it reloads then."""
        self._head(200, "text/event-stream")
        while not self.server.changed(version, STILL_HERE):
            self.wfile.write(b": still here\n\n")
        self.wfile.write(b"data: changed\n\n")

    def _missing(self) -> None:
        self._answer(404, "text/plain", "There is nothing here.")

    def _answer(self, code: int, type_: str, body: str, allowed: str = "") -> None:
        self._head(code, type_, allowed)
        self.wfile.write(body.encode())

    def _head(self, code: int, type_: str, allowed: str = "") -> None:
        self.send_response(code)
        self.send_header("Content-Type", f"{type_}; charset=utf-8")
        self.send_header("Content-Security-Policy", f"{NOWHERE}; {allowed}" if allowed else NOWHERE)
        for name, value in (
            ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"), ("X-Content-Type-Options", "nosniff"),
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Requests are nobody's news."""
