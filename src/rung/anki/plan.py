"""What is to be done so that a running Anki and the cards here come to the same. Pure.

Notes are matched by their field `Id`, never by their text: it holds the id that a part has, or had.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from html import unescape
from typing import TYPE_CHECKING

from rung.model import ANKI, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from rung.model import Event, Standing

RETIRED = "rung::retired"


@dataclass(frozen=True, slots=True)
class Ours:
    """A note as it is here: `ids` are all that its part has or had, `type` is the name of its note type.

    Of a retired one only the ids matter.
    """

    part: str
    guid: str
    ids: frozenset[str]
    type: str = ""
    fields: Mapping[str, str] | None = None

    @property
    def retired(self) -> bool:
        return self.fields is None


@dataclass(frozen=True, slots=True)
class Theirs:
    """A note as Anki has it; `cards` are the ids of its cards."""

    id: int
    type: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    cards: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NotePlan:
    """What is to be done with every note.

    `edited` and `other` are left as they are: Anki's fields are not what was last sent, or its note is of another
    type. `pairs` are all that were found on both sides; `strange` counts those in Anki that are no notes here.
    """

    new: tuple[Ours, ...] = ()
    update: tuple[tuple[Theirs, Ours], ...] = ()
    same: tuple[Ours, ...] = ()
    edited: tuple[Ours, ...] = ()
    other: tuple[Ours, ...] = ()
    retire: tuple[tuple[Theirs, Ours], ...] = ()
    restore: tuple[tuple[Theirs, Ours], ...] = ()
    pairs: tuple[tuple[Theirs, Ours], ...] = ()
    strange: int = 0

    @property
    def sent(self) -> frozenset[tuple[str, str]]:
        """(GUID, digest) of all that is in Anki as it is here once this is done."""
        here = (*self.new, *self.same, *(ours for _, ours in self.update))
        return frozenset((ours.guid, digest(ours.fields)) for ours in here if ours.fields is not None)


def digest(fields: Mapping[str, str]) -> str:
    """32 hex digits that change with the content of a note's fields. Anki composes characters, so they are composed."""
    carried = sorted((name, unicodedata.normalize("NFC", value)) for name, value in fields.items())
    return sha256(json.dumps(carried).encode()).hexdigest()[:32]


def note_plan(ours: Sequence[Ours], theirs: Sequence[Theirs], sent: Mapping[str, Collection[str]]) -> NotePlan:
    """What is to be done with the notes; `sent` are the digests of all that was ever sent, by GUID."""
    pairs = tuple(_pairs(ours, theirs))
    found: dict[str, list[tuple[Theirs, Ours]]] = {}
    for pair in pairs:
        found.setdefault(_verdict(*pair, sent.get(pair[1].guid, ())), []).append(pair)
    there = {our.guid for _, our in pairs}
    return NotePlan(
        new=tuple(our for our in ours if not our.retired and our.guid not in there),
        update=tuple(found.get("update", ())),
        same=tuple(our for _, our in found.get("same", ())),
        edited=tuple(our for _, our in found.get("edited", ())),
        other=tuple(our for _, our in found.get("other", ())),
        retire=tuple((their, our) for their, our in pairs if our.retired and RETIRED not in their.tags),
        restore=tuple((their, our) for their, our in pairs if not our.retired and RETIRED in their.tags),
        pairs=pairs,
        strange=len(theirs) - len(pairs),
    )


def _pairs(ours: Sequence[Ours], theirs: Iterable[Theirs]) -> Iterable[tuple[Theirs, Ours]]:
    """The notes that are on both sides; where Anki has one of ours twice, the one with today's id, then the older."""
    in_turn = sorted(ours, key=lambda our: not our.retired)
    by_id = {id_: our for our in in_turn for id_ in our.ids} | {our.part: our for our in in_turn}
    found: dict[str, tuple[bool, int, Theirs, Ours]] = {}
    for their in theirs:
        id_ = unescape(their.fields.get("Id", "")).strip()
        if our := by_id.get(id_):
            this = (id_ != our.part, their.id, their, our)
            if our.guid not in found or this[:2] < found[our.guid][:2]:
                found[our.guid] = this
    return ((their, our) for _, _, their, our in found.values())


def _verdict(their: Theirs, our: Ours, sent: Collection[str]) -> str:
    if our.fields is None:
        return "retired"
    # A note type that Anki had to fork has our name with something behind it.
    if not their.type.startswith(our.type) or not our.fields.keys() <= their.fields.keys():
        return "other"
    there = digest({name: their.fields[name] for name in our.fields})
    if there == digest(our.fields):
        return "same"
    return "update" if there in sent else "edited"


# ── due days ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Due:
    """A card in Anki that is to come back in `days`, with an interval of `interval` days; `root` is the card here."""

    card: int
    root: str
    days: int
    interval: int


def last_answers(events: Mapping[str, Sequence[Event]]) -> dict[str, int]:
    """The instant of the last answer given here to each card, by root; those that leave the schedule alone do not count."""
    counting = (Kind.REVIEW, Kind.REDRILL)
    found = {
        root: max((event.at for event in each if event.kind in counting and event.device != ANKI), default=0)
        for root, each in events.items()
    }
    return {root: at for root, at in found.items() if at}


def due_days(
    cards: Mapping[int, str],
    standings: Mapping[str, Standing],
    ours: Mapping[str, int],
    theirs: Mapping[int, int],
    today: date,
) -> tuple[Due, ...]:
    """The due days that Anki does not know of.

    `cards` are the roots of Anki's cards, `ours` the instants of our last answers by root, `theirs` those of the last
    row in Anki's log, be it an answer or a due day set by hand. A card that is suspended here is left.
    """
    found = []
    for card, root in cards.items():
        standing = standings.get(root)
        if standing is None or standing.memory is None or standing.suspended:
            continue
        if ours.get(root, 0) > theirs.get(card, 0):
            memory = standing.memory
            found.append(Due(card, root, max(0, (memory.due - today).days), memory.interval))
    return tuple(sorted(found, key=lambda due: due.root))
