"""Decks for tests: the text of a deck that holds given notes, and what compiling it gives."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rung.cardfile import from_text
from rung.compiler import Compiled, compiled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rung.cardfile import CompiledDeck

HEAD = "title: A deck\nsource: {course: A course, lesson: One}\nnotes:\n"

SMALL = """\
title: Small
source: {course: A course, lesson: One}
notes:
  - fact: one
    text: The first is {{c1::alpha}}.
  - fact: two
    text: The second is {{c1::beta}}.
"""


def deck_of(notes: str, head: str = HEAD) -> bytes:
    """A deck of `notes`, of which the first stands on line 4."""
    return (head + notes).encode()


@cache
def shipped() -> tuple[CompiledDeck, ...]:
    """The compiled decks of this repository, sorted by their paths; many want them, and they are long to read."""
    folder = Path(__file__).parents[1] / "cards"
    return tuple(from_text(path.read_text("utf-8")) for path in sorted(folder.rglob("*.jsonl")))


def compiled_notes(notes: str) -> Compiled:
    return compiled_decks({"deck": notes})


def compiled_decks(decks: Mapping[str, str], previous: Sequence[CompiledDeck] = (), now: int = 1_000) -> Compiled:
    """What decks given by their ids compile to; one that begins with `title:` is whole, others are their notes."""
    texts = {
        f"{id_}.yaml": text.encode() if text.startswith("title:") else deck_of(text) for id_, text in decks.items()
    }
    return compiled(texts, previous, now)


def first_lines(result: Compiled) -> list[str]:
    """The first line of every problem, without the folder."""
    return [str(problem).splitlines()[0].removeprefix("decks/") for problem in result.problems]


def all_lines(result: Compiled) -> list[str]:
    """Every line of every problem as it is printed: what and where, then how to mend it."""
    return [line for problem in result.problems for line in str(problem).splitlines()]


def fact(id_, text="", was=""):
    text = text or f"{{{{c1::x}}}} is the word for {id_}"
    return f"- fact: {id_}\n" + (f"  was: {was}\n" if was else "") + f'  text: "{text}"\n'


def asks(id_, *branches, was=""):
    """A question whose branches are ids, or pairs of an id and a former one."""
    rows = [each if isinstance(each, tuple) else (each, "") for each in branches]
    listed = "".join(
        f"    - id: {branch}\n" + (f"      was: {former}\n" if former else "") + f"      answer: {branch}\n"
        f"      changes: the way of {branch} changes\n"
        for branch, former in rows
    )
    note = f"- question: {id_}\n" + (f"  was: {was}\n" if was else "")
    return f"{note}  asks: What of {id_}?\n  why: Just {{{{c1::because}}}}.\n  branches:\n{listed}"


def whole(notes, was="", course="A course", title="A deck", more=""):
    return (
        f"title: {title}\nsource: {{course: {course}, lesson: One}}\n"
        + (f"was: {was}\n" if was else "")
        + f"{more}notes:\n{notes}"
    )


def cards(result):
    assert not result.broken, all_lines(result)
    return {card.id: card for deck in result.decks for card in deck.cards}


def roots(result):
    """Every living card's id and the id under which its history is kept."""
    return {card.id: card.root for card in cards(result).values() if not card.retired}
