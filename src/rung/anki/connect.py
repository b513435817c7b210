"""A running Anki, by its add-on AnkiConnect: version 6 of its API, one request at a time.

AnkiConnect takes in a kilobyte of a request each 25 ms, so requests are kept small.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, IncompleteRead
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from rung.anki.collection import Answer
from rung.anki.plan import RETIRED, Theirs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rung.anki.plan import Due

VERSION = 6
PORT = 8765
PATIENCE = 60.0  # seconds to wait for an answer
IMPORTING = 600.0  # and for an import
IDS = 500  # in one request
DUE_DAYS = 100  # likewise
BYTES = 32_768  # of fields in one request
NOTES = '"note:Rung *"'  # a fork of one of our note types has its name with something behind it
T = TypeVar("T")


class ConnectError(Exception):
    """Anki cannot be talked to, or does not do what it is asked; one line that says what, and how to mend it."""


@dataclass(frozen=True, slots=True)
class CardsThere:
    """Our cards in Anki: the ordinals by id, those with a log, and those that nobody should move."""

    ordinals: Mapping[int, int]
    answered: frozenset[int]
    resting: frozenset[int]


class Connect:
    """AnkiConnect at an address of this machine, such as http://127.0.0.1:8765. Everything may raise ConnectError."""

    def __init__(self, address: str, key: str = "") -> None:
        self.address, self.key = address, key
        try:
            parts = urlsplit(address)
            self.host, self.port = parts.hostname, parts.port or PORT
        except ValueError:
            self.host = None
        if self.host is None or (parts.scheme, parts.path.strip("/"), parts.query) != ("http", "", ""):
            raise ConnectError(f'"{address}" is no address of AnkiConnect; such is http://127.0.0.1:{PORT}')
        if not _loopback(self.host):
            raise ConnectError(
                f"{self.host} is not this machine, and cards travel no further; such an address is http://127.0.0.1:{PORT}"
            )

    # ── what is asked ──

    def greet(self) -> None:
        """See whether we may talk, as AnkiConnect wants to be asked first."""
        told = self._dict("requestPermission", self.call("requestPermission"))
        if told.get("permission") != "granted":
            raise ConnectError("AnkiConnect does not let programs in; allow it in Anki by Tools ▸ Add-ons ▸ Config")
        if type(told.get("version")) is int and told["version"] < VERSION:
            raise ConnectError(
                f"AnkiConnect speaks version {told['version']}, not {VERSION}; update the add-on in Anki"
            )

    def notes(self) -> list[Theirs]:
        """All notes of our note types."""
        ids = self._list("findNotes", self.call("findNotes", query=NOTES))
        told = [note for some in _batches(ids) for note in self._list("notesInfo", self.call("notesInfo", notes=some))]
        try:
            return [_note(note) for note in told if note]  # a note deleted meanwhile is told as an empty one
        except (KeyError, TypeError, AttributeError):
            raise self._odd("notesInfo") from None

    def cards(self, most: int) -> CardsThere:
        """Our cards, whose ordinals are less than `most`."""
        queries = [f"{NOTES} (-is:new OR prop:reps>0)", f"{NOTES} (is:suspended OR is:buried OR deck:filtered)"]
        queries += [f"{NOTES} card:{number + 1}" for number in range(most)]
        told = self.multi([("findCards", {"query": query}) for query in queries])
        answered, resting, *numbered = [self._list("findCards", ids) for ids in told]
        ordinals = {id_: ordinal for ordinal, ids in enumerate(numbered) for id_ in ids}
        return CardsThere(ordinals, frozenset(answered), frozenset(resting))

    def answers(self, cards: Iterable[int]) -> list[Answer]:
        """The rows of Anki's log for cards, by instant."""
        rows = []
        for some in _batches(sorted(cards)):
            # As numbers: the documentation shows text, for which AnkiConnect finds the rows and then loses them.
            told = self._dict("getReviewsOfCards", self.call("getReviewsOfCards", cards=some))
            try:
                rows += [
                    Answer(int(row["id"]), int(card), int(row["ease"]), int(row["time"]), int(row["type"]))
                    for card, log in told.items()
                    for row in log
                ]
            except (KeyError, TypeError, ValueError):
                raise self._odd("getReviewsOfCards") from None
        return sorted(rows, key=lambda row: row.id)

    # ── what is done ──

    def bring(self, package: Path) -> None:
        """Import a package, which Anki reads from where it lies."""
        if self.call("importPackage", patience=IMPORTING, path=str(package)) is not True:
            raise ConnectError(f"Anki did not import {package}; see whether it can read files there")

    def show(self, pictures: Mapping[str, Path]) -> None:
        """Put pictures among Anki's media; their names tell their content."""
        for name, path in pictures.items():
            self.call("storeMediaFile", filename=name, path=str(path))

    def update(self, notes: Iterable[tuple[int, Mapping[str, str]]]) -> None:
        """Give notes other fields."""
        actions = [("updateNoteFields", {"note": {"id": id_, "fields": dict(fields)}}) for id_, fields in notes]
        for some in _by_size(actions):
            self.multi(some)

    def retire(self, notes: Sequence[int]) -> None:
        for some in _batches(notes):
            self.call("addTags", notes=some, tags=RETIRED)

    def restore(self, notes: Sequence[int]) -> None:
        for some in _batches(notes):
            self.call("removeTags", notes=some, tags=RETIRED)

    def put_off(self, due: Iterable[Due]) -> None:
        """Set due days and intervals.

        `5!` sets both to five days; a `2` after it then moves the due day alone. The two go in one request, since the
        row that either leaves in Anki's log says that the card has been seen to.
        """
        for some in _batches(list(due), DUE_DAYS):
            steps = [(f"{each.interval}!", each.card) for each in some]
            steps += [(str(each.days), each.card) for each in some if each.days != each.interval]
            days: dict[str, list[int]] = {}
            for step, card in steps:
                days.setdefault(step, []).append(card)
            self.multi([("setDueDate", {"cards": cards, "days": step}) for step, cards in days.items()])

    # ── how ──

    def call(self, action: str, *, patience: float = 0, **params: Any) -> Any:
        """The result of an action."""
        return self._result(action, self._answered(self._request(action, params), patience or PATIENCE))

    def multi(self, actions: Sequence[tuple[str, dict[str, Any]]]) -> list[Any]:
        """The results of several actions in one request; all of them are done, then the first that failed is told."""
        if not actions:
            return []
        told = self._list("multi", self.call("multi", actions=[self._request(*action) for action in actions]))
        if len(told) != len(actions):
            raise self._odd("multi")
        return [self._result(name, reply) for (name, _), reply in zip(actions, told, strict=True)]

    def _request(self, action: str, params: Mapping[str, Any]) -> dict[str, Any]:
        request: dict[str, Any] = {"action": action, "version": VERSION}
        if params:
            request["params"] = params
        if self.key:
            request["key"] = self.key
        return request

    def _answered(self, request: Mapping[str, Any], patience: float) -> Any:
        # Not by urllib: it would go through a proxy, and follow to other addresses.
        connection = HTTPConnection(self.host or "", self.port, timeout=patience)
        try:
            connection.request("POST", "/", json.dumps(request), {"Content-Type": "application/json"})
            response = connection.getresponse()
            return json.loads(response.read()) if response.status == 200 else None
        except ConnectionRefusedError:
            start = "start Anki with the add-on AnkiConnect (code 2055492159), then try again"
            raise ConnectError(f"no Anki answers at {self.address}; {start}") from None
        except TimeoutError:
            close = "close what is open in front of its main window, then try again"
            raise ConnectError(f"Anki does not answer at {self.address} within {patience:g} s; {close}") from None
        except (ConnectionError, IncompleteRead):
            again = "start it, then do this again: what was done stays"
            raise ConnectError(f"Anki at {self.address} went away in the midst; {again}") from None
        except OSError as error:
            raise ConnectError(f"{self.address} cannot be reached: {error.strerror}; see whether it is right") from None
        except (HTTPException, ValueError, RecursionError):
            return None  # no answer that AnkiConnect would give
        finally:
            connection.close()

    def _result(self, action: str, reply: Any) -> Any:
        if not isinstance(reply, dict) or reply.keys() != {"result", "error"}:
            raise self._odd(action)
        error = reply["error"]
        if error is None:
            return reply["result"]
        if "api key" in str(error):
            raise ConnectError(
                "AnkiConnect wants its key: set anki_connect_key in config.toml, or RUNG_ANKI_CONNECT_KEY"
            )
        raise ConnectError(f"Anki refuses {action}: {error}")

    def _list(self, action: str, told: Any) -> list[Any]:
        if not isinstance(told, list):
            raise self._odd(action)
        return told

    def _dict(self, action: str, told: Any) -> dict[str, Any]:
        if not isinstance(told, dict):
            raise self._odd(action)
        return told

    def _odd(self, action: str) -> ConnectError:
        return ConnectError(f"what answers at {self.address} is not AnkiConnect, by its answer to {action}")


def _note(told: Mapping[str, Any]) -> Theirs:
    fields = {name: str(field["value"]) for name, field in told["fields"].items()}
    return Theirs(int(told["noteId"]), str(told["modelName"]), fields, tuple(told["tags"]), tuple(told["cards"]))


def _batches(items: Sequence[T], most: int = IDS) -> Iterator[Sequence[T]]:
    return (items[at : at + most] for at in range(0, len(items), most))


def _by_size(actions: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """Actions in requests of some BYTES each; a larger one is a request of its own."""
    some: list[tuple[str, dict[str, Any]]] = []
    size = 0
    for action in actions:
        more = len(json.dumps(action))
        if some and size + more > BYTES:
            yield some
            some, size = [], 0
        some.append(action)
        size += more
    if some:
        yield some


def _loopback(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"
