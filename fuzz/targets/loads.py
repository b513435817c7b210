"""`rung log --load` of any file takes all of its rows over or none; the store stays whole, and doing so twice adds nothing."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from fuzz import mutation
from fuzz.targets import _place, logs, sync
from rung import replay
from rung.journal import event_values

if TYPE_CHECKING:
    from random import Random

MOST = 1 << 14  # bytes
WORDS = (
    *logs.WORDS,
    b",",
    b'""',
    b'"',
    b'{"format": 1, "events": [\n',
    b"\n]}",
    b"device,sequence,at,day,kind,card,grade,took,detail",
)


@cache
def seeds() -> tuple[bytes, ...]:
    """What `rung log --json` and `rung log --csv` write, of this device and as if of another."""
    store = _place.fresh(_place.learned_small())
    written = [_place.said("log", how, db=store, folder=_place.small())[1].encode() for how in ("--json", "--csv")]
    return (*written, *(each.replace(logs.OWN.encode(), logs.DEVICES[0].encode()) for each in written))


def mutated(data: bytes, random: Random) -> bytes:
    """Another log: of JSON mostly one with other rows or values, else words of some lines are others."""
    try:
        rows = [json.dumps(row).encode() for row in json.loads(data)["events"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        rows = []
    if not rows or random.randrange(4) == 0:
        lines = data.split(b"\n")
        place = random.randrange(len(lines))
        lines[place] = mutation.words(lines[place], random, WORDS, seeds())
        return b"\n".join(lines)[:MOST]
    for _ in range(random.choice((1, 1, 2, 4))):
        place = random.randrange(len(rows))
        match random.randrange(4):
            case 0:
                rows[place] = b"{" + logs.valued(rows[place][1:], random)
            case 1:
                rows.insert(random.randrange(len(rows)), rows[place])
            case _:
                rows.insert(place, json.dumps(event_values(logs.made(random, logs.CARDS)), default=str).encode())
    return (b'{"format": 1, "events": [\n%b\n]}' % b",\n".join(rows))[:MOST]


def tried(data: bytes) -> None:
    store = _place.fresh(_place.learned_small())
    file = store.parent / "given"
    file.write_bytes(data)
    before = _place.rows(store)
    with _place.within():
        code, out, err = _place.said("log", "--load", str(file), folder=_place.small(), db=store)
        after = _place.rows(store)
        sync.whole(store)
        if code != 0:
            assert out == "" and err.count("\n") == 1, err
            assert after == before, "it was refused, and rows came or went"
            return
        moved = {key for row in after for key in replay.former_keys(row)}
        assert all(row in after or (row.device, row.sequence) in moved for row in before), "a row went"
        again = _place.said("log", "--load", str(file), folder=_place.small(), db=store)
        assert again[0] == 0 and _place.rows(store) == after, f"a second time takes over more, {again}"
