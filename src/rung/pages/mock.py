"""The score sheet of a mock round: the phases with their minutes, the loop to close, and each company's questions."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from rung.mock import CLOSING, MINUTES, OPENING, PHASES
from rung.model import LEVELS
from rung.pages import Printed
from rung.paper import BLANK, Page, Section, paragraphs, table, ticks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rung.pages import Kept

HEARD = "\u2003".join(LEVELS)


def printed(kept: Sequence[Kept]) -> Iterator[Printed]:
    for each in kept:
        if each.type == "rubric":
            page = Page("Mock interview: score sheet", tuple(_sections(each)))
            yield Printed("mock-score-sheet", page, "Score sheets", "mock", each.deck.source, (each.deck.id,))


def _sections(rubric: Kept) -> Iterator[Section]:
    head = f"Candidate {BLANK} Prompt {BLANK} Company {BLANK} Day {BLANK}"
    ends = list(accumulate(phase.minutes for phase in PHASES))
    rows = [
        (f"**{phase.heading}**", f"{end - phase.minutes}–{end}", HEARD, BLANK)
        for phase, end in zip(PHASES, ends, strict=True)
    ]
    yield Section("", paragraphs(head, table(("Phase", "Minutes", "Ring the level", "What decided it"), rows)))
    loop = (
        f"Opened by minute {OPENING.minutes}. The trade ratio that was agreed: {BLANK}",
        f"Closed by minute {CLOSING}, in a decision that the ratio settled.",
    )
    yield Section("The loop", paragraphs(ticks(loop), rubric.fields.everywhere))
    for signal in rubric.fields.signals:
        yield Section(f"{signal.company} — *{signal.scores}*", ticks(signal.did))
    yield Section("", f"Of {MINUTES} minutes, the one that decided the level: {BLANK}")
