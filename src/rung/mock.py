"""A mock round: one prompt through the phases of an interview by the clock, and whose eyes look at it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from rung.quiz import in_turn, one_a_family
from rung.shuffle import seed as seed_of
from rung.shuffle import shuffled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rung.model import Card
    from rung.notes.rubric import Signal

CARD = 1.5  # minutes that a card takes when its answer is said aloud
CLOSING = 40  # the minute at which the loop that the opening leaves open is to be closed


class Aside(Enum):
    """What a round asks that is no card."""

    OPEN = "open the loop"
    CLOSE = "close the loop"
    ASK = "questions of your own"


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the interview: its minutes of 45, and the note types its cards are of."""

    name: str
    about: str
    minutes: int
    note_types: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        return f"{self.name}: {self.about}" if self.name else self.about


# From the source: the opening ends at minute 4, the probes take eight minutes, the last two are the candidate's. The
# 31 minutes in between it gives to five phases as a whole; how they are shared out is ours.
PHASES = (
    Phase("Phase 0", "the opening", 4, ("transcript",)),
    Phase("Phase 1", "clarifying questions", 5, ("question",)),
    Phase("Phase 2", "the architecture", 8, ("architecture",)),
    Phase("Phase 3", "deep dives", 10, ("ladder",)),
    Phase("Phase 4", "the latency budget", 4, ("budget",)),
    Phase("Phase 5", "sizing", 4, ("sizing",)),
    Phase("Phase 6", "follow-up probes", 8, ("probe",)),
    Phase("", "Your own questions", 2),
)
OPENING, PROBES, LAST = PHASES[0], PHASES[6], PHASES[7]
MINUTES = sum(phase.minutes for phase in PHASES)


@dataclass(frozen=True, slots=True)
class Stage:
    """A phase of one round, in milliseconds of the round's clock, and what it asks, in order."""

    phase: Phase
    starts: int
    ends: int
    tasks: tuple[Card | Aside, ...]

    @property
    def takes(self) -> int:
        return self.ends - self.starts

    @property
    def cards(self) -> int:
        return sum(not isinstance(task, Aside) for task in self.tasks)


def stages(cards: Iterable[Card], minutes: int, seed: int) -> tuple[Stage, ...]:
    """A round of `minutes` over `cards`, the phases scaled to it; in each a card for every minute and a half."""
    held = _by_phase(cards)
    ends = [0]
    for phase in PHASES:
        ends.append(ends[-1] + phase.minutes)
    found = []
    for phase, (begin, end) in zip(PHASES, pairwise(ends), strict=True):
        starts, stops = (1000 * round(60 * each * minutes / MINUTES) for each in (begin, end))
        count = max(1, round((stops - starts) / 60_000 / CARD))
        found.append(Stage(phase, starts, stops, _tasks(phase, _picked(held[phase], seed, count))))
    return tuple(found)


def source(cards: Iterable[Card], sources: Mapping[str, str]) -> str:
    """The source whose cards fill most phases, of several the first; empty where none fills any.

    `sources` gives each deck's source.
    """
    groups: dict[str, list[Card]] = {}
    for card in cards:
        if card.deck in sources:
            groups.setdefault(sources[card.deck], []).append(card)
    filled = {name: sum(map(bool, _by_phase(group).values())) for name, group in groups.items()}
    best = max(filled, key=lambda name: filled[name], default="")
    return best if filled.get(best) else ""


def _by_phase(cards: Iterable[Card]) -> dict[Phase, list[Card]]:
    """The cards that each phase may ask."""
    cards = tuple(cards)
    late = _told_late(cards)
    held: dict[Phase, list[Card]] = {phase: [] for phase in PHASES}
    for card in cards:
        for phase in PHASES:
            if phase is PROBES if card.id in late else card.note_type in phase.note_types:
                held[phase].append(card)
    return held


def _told_late(cards: Iterable[Card]) -> frozenset[str]:
    """The ids of transcript cards that are of the probes: those in a deck of probes, where another tells the opening."""
    probed = {card.deck for card in cards if card.note_type == "probe"}
    told = [card for card in cards if card.note_type == "transcript"]
    late = frozenset(card.id for card in told if card.deck in probed)
    return late if len(late) < len(told) else frozenset()


def _picked(cards: Sequence[Card], seed: int, count: int) -> tuple[Card, ...]:
    """So many cards, of each note in turn, one a family; what is said in whole sentences before holes. In file order."""
    mixed = shuffled(cards, lambda card: card.id, seed)
    spoken = one_a_family(sorted(mixed, key=lambda card: card.kind == "cloze"))
    chosen = frozenset(card.id for card in in_turn(spoken, lambda card: card.note)[:count])
    return tuple(card for card in cards if card.id in chosen)


def _tasks(phase: Phase, cards: tuple[Card, ...]) -> tuple[Card | Aside, ...]:
    """The cards of a phase, and the asides: the loop is opened when the opening ends, and closed at minute 40."""
    if phase is OPENING:
        return (*cards, Aside.OPEN)
    if phase is PROBES:
        before = MINUTES - PROBES.minutes - LAST.minutes
        place = ceil(len(cards) * (CLOSING - before) / PROBES.minutes)
        return (*cards[:place], Aside.CLOSE, *cards[place:])
    return (*cards, Aside.ASK) if phase is LAST else cards


# ── the lens ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Lens:
    """Whose eyes look at a round: pairs of a company and what its interviewers ask of an answer."""

    name: str
    asks: tuple[tuple[str, str], ...]


def named(company: str, signals: Iterable[Signal]) -> tuple[Signal, ...]:
    """The signals that a learner may mean by `company`: an id or a name wholly, else its beginning, else part of it."""
    signals = tuple(signals)
    wanted = _folded(company)
    for fits in (str.__eq__, str.startswith, str.__contains__):
        if wanted and (found := tuple(s for s in signals if any(fits(name, wanted) for name in _names(s)))):
            return found
    return ()


def near(company: str, signals: Iterable[Signal]) -> str:
    """The company whose name is most like what was typed; empty where none is."""
    short = {name: signal.short for signal in signals for name in _names(signal)}
    found = get_close_matches(_folded(company), short, 1)
    return short[found[0]] if found else ""


def lens(signal: Signal) -> Lens:
    """All that the interviewers of one company ask."""
    return Lens(signal.company, tuple((signal.company, asked) for asked in signal.did))


def neutral(signals: Iterable[Signal], seed: int) -> Lens:
    """One question of every company, drawn by `seed`."""
    drawn = ((s.company, s.did[seed_of(s.id, seed) % len(s.did)]) for s in signals if s.did)
    return Lens("every company", tuple(drawn))


def _names(signal: Signal) -> tuple[str, ...]:
    return tuple(map(_folded, (signal.id, signal.short, signal.company)))


def _folded(words: str) -> str:
    return "".join(re.findall(r"\w", words.casefold()))
