"""An AnkiConnect to test against: HTTP as its documentation has it, over a real collection of Anki.

A request that does not fit the documented shapes is refused with words that no real one says, so that a test sees it.
"""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

KEYS = {"action", "version", "params", "key"}


def ints(value):
    return isinstance(value, list) and all(type(each) is int for each in value)


def text(value):
    return isinstance(value, str)


def note(value):
    return (
        isinstance(value, dict)
        and value.keys() == {"id", "fields"}
        and type(value["id"]) is int
        and isinstance(value["fields"], dict)
        and all(text(name) and text(field) for name, field in value["fields"].items())
    )


# What AnkiConnect's documentation says that each action takes.
SHAPES = {
    "requestPermission": {},
    "multi": {"actions": lambda value: isinstance(value, list)},
    "findNotes": {"query": text},
    "findCards": {"query": text},
    "notesInfo": {"notes": ints},
    "getReviewsOfCards": {"cards": ints},
    "importPackage": {"path": lambda value: text(value) and Path(value).is_absolute()},
    "storeMediaFile": {"filename": text, "path": lambda value: text(value) and Path(value).is_absolute()},
    "updateNoteFields": {"note": note},
    "addTags": {"notes": ints, "tags": text},
    "removeTags": {"notes": ints, "tags": text},
    "setDueDate": {"cards": ints, "days": text},
}
LOG = ("id", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type")


class AnkiConnect:
    """The actions over a collection; `asked` holds every action, those within a multi among them.

    `progress` is whether an import takes learning progress along, as it has done in every Anki so far. At the action
    `dies_at` the server closes the connection without a word.
    """

    def __init__(self, collection, key=None):
        self.col, self.key = collection, key
        self.asked, self.sizes = [], []
        self.granted, self.progress, self.dies_at, self.reply = True, True, None, None

    def handle(self, request):
        """The reply to a request."""
        try:
            return {"result": self.done(request), "error": None}
        except ConnectionAbortedError:
            raise
        except Exception as error:
            return {"result": None, "error": str(error)}

    def done(self, request):
        assert isinstance(request, dict), f"UNDOCUMENTED {request!r}"
        assert request.keys() <= KEYS, f"UNDOCUMENTED keys {sorted(request)}"
        assert request["version"] == 6, f"UNDOCUMENTED version {request['version']!r}"
        action, params = request["action"], request.get("params", {})
        if request.get("key") != self.key and action != "requestPermission":
            raise ValueError("valid api key must be provided")
        if action not in SHAPES:
            raise ValueError("unsupported action")
        shape = SHAPES[action]
        assert params.keys() == shape.keys(), f"UNDOCUMENTED params of {action}: {sorted(params)}"
        for name, fits in shape.items():
            assert fits(params[name]), f"UNDOCUMENTED {name} of {action}: {params[name]!r}"
        self.asked.append((action, params))
        if action == self.dies_at:
            raise ConnectionAbortedError
        return getattr(self, action)(**params)

    def requestPermission(self):
        if not self.granted:
            return {"permission": "denied"}
        return {"permission": "granted", "requireApiKey": self.key is not None, "version": 6}

    def multi(self, actions):
        return [self.handle(each) for each in actions]

    def findNotes(self, query):
        return list(self.col.find_notes(query))

    def findCards(self, query):
        return list(self.col.find_cards(query))

    def notesInfo(self, notes):
        return [self.noteInfo(id_) for id_ in notes]

    def noteInfo(self, id_):
        note = self.col.get_note(id_)
        return {
            "noteId": note.id,
            "profile": "User 1",
            "modelName": note.note_type()["name"],
            "tags": note.tags,
            "fields": {name: {"value": value, "order": order} for order, (name, value) in enumerate(note.items())},
            "mod": note.mod,
            "cards": [card.id for card in note.cards()],
        }

    def getReviewsOfCards(self, cards):
        def rows(card):
            return self.col.db.all(f"SELECT {', '.join(LOG)} FROM revlog WHERE cid = ?", card)

        return {str(card): [dict(zip(LOG, row, strict=True)) for row in rows(card)] for card in cards}

    def importPackage(self, path):
        options = ImportAnkiPackageOptions(
            merge_notetypes=True, with_scheduling=self.progress, with_deck_configs=self.progress
        )
        self.col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options))
        self.col.models._clear_cache()  # it keeps note types as they were
        return True

    def storeMediaFile(self, filename, path):
        return self.col.media.write_data(filename, Path(path).read_bytes())

    def updateNoteFields(self, note):
        found = self.col.get_note(note["id"])
        for name, value in note["fields"].items():
            if name in found:
                found[name] = value
        self.col.update_note(found)

    def addTags(self, notes, tags):
        self.col.tags.bulk_add(notes, tags)

    def removeTags(self, notes, tags):
        self.col.tags.bulk_remove(notes, tags)

    def setDueDate(self, cards, days):
        self.col.sched.set_due_date(cards, days)
        return True


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        connect = self.server.connect
        body = self.rfile.read(int(self.headers["Content-Length"]))
        connect.sizes.append(len(body))
        try:
            reply = json.dumps(connect.handle(json.loads(body))).encode() if connect.reply is None else connect.reply()
        except ConnectionAbortedError:
            self.close_connection = True
            return
        with suppress(ConnectionError):  # whoever asked waits no more
            self.send_response(200)
            self.send_header("Content-Type", "text/json")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

    def log_message(self, *_):
        pass


def served(connect):
    """A server on a free port of this machine, started; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.connect = connect
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"
