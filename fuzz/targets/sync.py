"""Whatever lies in a folder that devices share, sound rows of it are taken over once, no other; the store stays whole, and all
commands that read it can tell of it."""

from __future__ import annotations

import shutil
from functools import cache
from hashlib import sha256

from fuzz.targets import _place, logs
from rung.journal import begun, lines
from rung.store import Store

WORDS = logs.WORDS
TELLING = (
    ("due",), ("log",), ("log", "--json"), ("log", "--csv"), ("stats",), ("stats", "--json"), ("stats", "--html", "{folder}/page.html"), ("plan",), ("plan", "--json"),
    ("plan", "--ics", "{folder}/plan.ics"), ("cards", "prop:r<1"), ("show", "top-list"), ("decks",), ("drill", "top-list", "--past"), ("drill", "top-list", "--show", "1"), ("drill",),
    ("export", "--with-history"), ("review",), ("quiz", "placement"), ("quiz", "final"), ("schedulers",), ("undo",), ("quiz", "mock"),
)  # fmt: skip


@cache
def seeds() -> tuple[bytes, ...]:
    """Rows of each kind, and those that the work in our own store left, under another device."""
    from dataclasses import replace

    with Store.open(_place.learned()) as store:
        rows = [replace(event, device=logs.DEVICES[1]) for event in store.log()]
    return (*logs.seeds(), begun(logs.DEVICES[1]) + lines(rows), lines(rows[-6:]))


def mutated(data: bytes, random) -> bytes:
    return logs.mutated(data, random)


def tried(data: bytes) -> None:
    store, folder = _place.fresh(), _place.root() / "shared"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "other.jsonl").write_bytes(data)
    with _place.within():
        code, _, err = _place.said("sync", str(folder), db=store)
        assert code in (0, 1), err
        assert (folder / "other.jsonl").read_bytes() == data, "a file of another device was touched"
        code, out, err = _place.said("sync", db=store)
        assert code in (0, 1) and ("0 rows came" in out or "rows came" not in out), out
        digest = sha256(data).digest()
        for place in digest[:3]:
            command = [word.format(folder=folder) for word in TELLING[place % len(TELLING)]]
            _place.said(*command, typed=_place.ANSWERS, db=store)
        code, out, err = _place.said("doctor", db=store)
        lines_ = [line for line in out.splitlines() if "other.jsonl" not in line]
        assert not [line for line in lines_ if "rung doctor --fix" in line or "rung restore" in line], out
