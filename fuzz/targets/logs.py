"""Any bytes of a device's log are rows and problems with their places; what was written is read again, whole and in parts."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from fuzz import mutation, promises
from rung import journal
from rung.journal import begun, lines
from rung.model import ANKI, ANSWERS, Event, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

DEVICES = ("0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210")
OWN = "c0ffee" * 5 + "00"  # the device of the stores that such a log comes to
MOST = 1 << 14  # bytes, some fifty rows: more of them find no more, and take longer
CARDS = ("small/one#text.c1", "small/two#text.c1", "gone/a#b")
DAY = date(2026, 11, 20)
NOON = 1_795_176_000_000
WORDS = tuple(
    word.encode()
    for word in ('"grade": null', '"took": -1', '"detail": {"was": [["', '"due": "9999-12-31"', '"flag": 7', '"tags": ["x"]', '"on": true', "0001-01-01",
                 "9999-12-31", '"action": 1', '"seed": 1e999', '"answer": "', "review", "redrill", "quiz", "practice", "suspend", "bury", "flag", "reset",
                 "set-due", "tag", "seed", "plan", "void", '"format": 2, ', '"sequence": 9223372036854775807', ANKI, OWN, *DEVICES, *CARDS, "\\ud800", "\\u0000",
                 "\\u009b", "\\u001b[2J", "1e400", "-0", "NaN", "true", "[]", "{}")
)  # fmt: skip
DETAILS: dict[Kind, tuple[dict[str, Any], ...]] = {
    Kind.REVIEW: ({"seed": 3, "answer": "alpha"}, {"scored": 1, "answer": {"risk": "A hot key."}, "minutes": 9.5, "ratings": {"framing": 1}, "failures": []}, {}),
    Kind.REDRILL: ({"seed": 3}, {}), Kind.QUIZ: ({"quiz": 7, "answer": "a", "seed": 3}, {"quiz": 0, "placement": 1, "answer": ""}, {}), Kind.PRACTICE: ({}, {"seed": 1}),
    Kind.SUSPEND: ({"on": True}, {"on": False}), Kind.BURY: ({}, {"on": False}), Kind.FLAG: ({"flag": 2}, {"flag": 0}), Kind.SET_DUE: ({"due": "2026-12-01"}, {"due": "2026-11-21"}),
    Kind.TAG: ({"tags": ["x"]}, {"tags": []}), Kind.SEED: ({"interval": 5, "ease": 250}, {"interval": 36_500, "lapses": 3, "due": "2026-11-21"}),
    Kind.PLAN: ({"interview": "2027-01-15", "minutes": 45}, {"interview": "2026-11-30", "company": "faang", "role": "ml-engineer", "weights": {"design": 3}}, {"drop": True}, {"tick": "x"}),
    Kind.VOID: ({"device": DEVICES[0], "sequence": 1},),
}  # fmt: skip


def events(device: str = DEVICES[0]) -> list[Event]:
    """A row of each kind."""
    return [
        Event(device, place, NOON + place * 60_000, DAY, kind, CARDS[place % 3], 4 if kind in ANSWERS else None, 900 if kind in ANSWERS else None,
              DETAILS.get(kind, ({},))[0])
        for place, kind in enumerate(Kind, 1)
    ]  # fmt: skip


def made(random: Random, cards: Sequence[str]) -> Event:
    """A sound row of any kind."""
    kind, device, sequence = random.choice(tuple(Kind)), random.choice((*DEVICES, OWN, ANKI)), random.randrange(1, 30)
    ago = random.choice((0, 0, 1, 3, 20, 400, -2))
    at = NOON - ago * 86_400_000 + sequence * 60_000
    detail = dict(random.choice(DETAILS.get(kind, ({},))))
    if kind is Kind.VOID:
        detail = {"device": random.choice((*DEVICES, OWN, ANKI)), "sequence": random.randrange(1, 30)}
    if random.randrange(6) == 0:
        detail["was"] = [[random.choice((*DEVICES, OWN)), random.randrange(1, 30)]]
    if random.randrange(6) == 0:
        detail["action"] = at
    card = "" if kind is Kind.PLAN else random.choice(cards)
    answers = kind in ANSWERS
    return Event(device, sequence, at, DAY - timedelta(ago), kind, card, random.randrange(6) if answers else None,
                 random.choice((None, 0, 900, 10**12)) if answers else None, detail)  # fmt: skip


@cache
def seeds() -> tuple[bytes, ...]:
    return (
        begun(DEVICES[0]) + lines(events()),
        begun(DEVICES[1]) + lines(events(DEVICES[1])[:3]),
        lines([events(ANKI)[0]]),
        begun(DEVICES[0]),
        b"",
    )


def mutated(data: bytes, random: Random, cards: Sequence[str] = CARDS) -> bytes:
    """Words of some lines are others, or there are sound rows more; mostly the lines have right checksums then, else hardly
    any would be read."""
    if random.randrange(4) == 0:
        return mutation.words(data, random, WORDS, seeds())
    rows = data.split(b"\n")
    for _ in range(random.choice((1, 1, 2, 4))):
        place = random.randrange(len(rows))
        rest = rows[place].partition(b'", ')[2]
        match random.randrange(9):
            case 0:
                rows.insert(random.randrange(len(rows)), rows[place])
            case 1 | 2 | 3:
                more = (made(random, cards) for _ in range(random.choice((1, 1, 2, 6))))
                rows[place:place] = [lines([event]).rstrip(b"\n") for event in more]
            case 4 | 5:
                rows[place] = sealed(valued(rest, random))
            case _:
                rows[place] = sealed(mutation.words(rest, random, WORDS, seeds()).replace(b"\n", b""))
    return b"\n".join(rows)[:MOST]


def valued(rest: bytes, random: Random) -> bytes:
    """A row of which one value is another, of any type."""
    try:
        values = json.loads(b"{" + rest)
        name = random.choice(sorted(values))
    except (ValueError, IndexError, TypeError, RecursionError):
        return rest
    odd = (None, True, -1, 0, 1, 7, 10**30, 2**63, 1.5, "", "x" * 5000, "\ud800", "\x1b[2J", "9999-12-31", [], [[1]], {}, {"x": 1}, {"due": "9999-12-31"},
           {"was": [[DEVICES[0], 1]]}, {"device": DEVICES[1], "sequence": 2}, *map(str, Kind), *CARDS, *DEVICES, ANKI)  # fmt: skip
    if name == "detail" and isinstance(values[name], dict) and values[name] and random.randrange(3):
        values[name][random.choice(sorted(values[name]))] = random.choice(odd)
    else:
        values[name] = random.choice(odd)
    return json.dumps(values, ensure_ascii=random.randrange(2) == 0)[1:].encode("utf-8", "surrogatepass")


def sealed(rest: bytes) -> bytes:
    """A line with a right checksum, without its end."""
    return b'{"check": "%b", %b' % (sha256(rest).hexdigest()[:16].encode(), rest)


def tried(data: bytes) -> None:
    whole = journal.read("folder/a.jsonl", data)
    assert 0 <= whole.end <= len(data)
    for start, problem in whole.problems:
        assert 0 <= start <= len(data)
        promises.placed(problem, data)
    starts = [row.start for row in whole.rows]
    assert starts == sorted(set(starts))
    for row in whole.rows:
        line = data[row.start : data.find(b"\n", row.start) if b"\n" in data[row.start :] else len(data)]
        assert line.rstrip(b"\r") == lines([row.event]).rstrip(b"\n") or json.loads(line), line
        again = journal.read("folder/a.jsonl", lines([row.event]))
        assert [each.event for each in again.rows] == [row.event] and not again.problems, line
    for start in starts[:2]:
        rest = journal.read("folder/a.jsonl", data, start)
        assert rest.rows == tuple(row for row in whole.rows if row.start >= start) and rest.end == whole.end
