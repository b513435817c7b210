"""The reference card of a lesson: its framework as a table, the questions to ask first, and what to say under pressure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.pages import Printed
from rung.paper import Page, Section, bullets, table, unbroken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rung.pages import Kept

BUDGETED = 2  # steps at least: a framework without budgets is no table


def printed(kept: Sequence[Kept]) -> Iterator[Printed]:
    lessons: dict[str, list[Kept]] = {}
    for each in kept:
        lessons.setdefault(each.deck.source, []).append(each)
    for source, notes in lessons.items():
        asked = [each for each in notes if each.type == "question"]
        for each in notes:
            if asked and each.type == "framework" and sum(bool(step.budget) for step in each.fields.steps) >= BUDGETED:
                near = sorted(asked, key=lambda question: question.deck != each.deck)
                decks = tuple(dict.fromkeys(note.deck.id for note in (each, *near)))
                page = Page(f"{each.fields.name}: reference card", tuple(_sections(each, near, notes)))
                yield Printed(f"{each.id}-reference", page, "For the room", "reference", source, decks)


def _sections(framework: Kept, asked: Sequence[Kept], notes: Sequence[Kept]) -> Iterator[Section]:
    fields = framework.fields
    rows = [
        (f"**{step.name}**", f"{unbroken(step.from_)} → {unbroken(step.to)}" if step.from_ and step.to else "",
         unbroken(step.budget or ""), step.commits or step.job or "")
        for step in fields.steps
    ]  # fmt: skip
    heads = (fields.calls.capitalize(), "From → to", "Takes", "What it commits to")
    yield Section(f"The {fields.calls}s", table(heads, rows))
    yield Section("Ask first", bullets(f"**{each.fields.asks}** {each.fields.why}" for each in asked))
    failed = [each.fields for each in notes if each.type == "postmortem"]
    if failed:
        said = "\n\n".join(f"### {each.name}\n\n{bullets(point.point for point in each.should)}" for each in failed)
        yield Section("Say under pressure", said)
