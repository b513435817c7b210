"""Decks for tests: the text of a deck that holds given notes, and what compiling it gives."""

from __future__ import annotations

from textwrap import indent

from rung.compiler import Compiled, compiled

HEAD = "title: A deck\nsource: {course: A course}\nnotes:\n"


def deck_of(notes: str, head: str = HEAD) -> bytes:
    """A deck of `notes`, of which the first stands on line 4."""
    return (head + notes).encode()


def compiled_notes(notes: str, **more: object) -> Compiled:
    return compiled({"deck.yaml": deck_of(notes)}, (), 1_000, **more)


def first_lines(result: Compiled) -> list[str]:
    """The first line of every problem, without the folder."""
    return [str(problem).splitlines()[0].removeprefix("decks/") for problem in result.problems]


def whole(result: Compiled) -> str:
    return indent("\n".join(map(str, result.problems)), "")
