"""What stops the reading of a file, in words that help: where it is, what it is, and how to mend it.

libyaml knows the place of a fault but speaks of its own grammar; the table below speaks of the author's text.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, TypeAlias

import yaml
from yaml import events

ODD_SPACE = re.compile("[\xa0\u1680\u2000-\u200b\u202f\u205f\u3000]")
ODD_START = re.compile(f" *({ODD_SPACE.pattern})")
HOLE = "'{{' outside quotes: YAML takes the brackets for its own"


class Spot(NamedTuple):
    """A place in a text, with its line up to there, and what is left of that line."""

    line: int
    column: int
    before: str = ""
    rest: str = ""


Finding: TypeAlias = tuple[Spot, str, str]  # where, what, and how to mend it


class Stop(Exception):
    """No more of this file can be read."""

    def __init__(self, at: Spot, message: str, mend: str) -> None:
        self.at, self.message, self.mend = at, message, mend


TOP = Spot(1, 1)
QUOTE = "put the text in quotes, or after `|`"


def spot(text: str, index: int) -> Spot:
    before, rest = text[:index], text[index : index + 80]
    start = before.rfind("\n") + 1
    return Spot(before.count("\n") + 1, index - start + 1, before[start:], rest.partition("\n")[0])


# ── from libyaml's words to ours ─────────────────────────────────────────────────────────────────

START = "a value cannot start with '{sign}'"
MISPLACED = "expected key|block end|'-' indicator|document start"
UNCLOSED = "this bracket is never closed", "close it, or put the text in quotes"
# What it says (PyYAML's own parser words some differently); the line up to there and from there on; then our place,
# message and mend. The first row that fits is taken.
# fmt: off
WORDS = (
    ("tab character|start any token", "", "^\t", "at", "a tab, where only spaces may stand", "use spaces"),
    ("end of stream|document (indicator|separator)", "", "", "opened", "this quote is never closed",
     "close it, or put the whole text in other quotes"),
    ("an alias|an anchor|a tag|tag handle", "", "", "opened", START, QUOTE),
    ("block scalar", "", "", "opened", "text on the line of the '{sign}'",
     "put it in quotes, or indented on the lines below"),
    ("escape|hexdecimal|hexadecimal", "", "", "backslash", "'{escape}' is no escape in double quotes",
     "double the backslash, use single quotes, or write the character itself"),
    ("',' or '", "", "^$", "opened", *UNCLOSED),
    ("node content", "", "^$", "bracket", *UNCLOSED),
    ("',' or '", "", r"^\{\{", "at", HOLE, QUOTE),
    (f"{MISPLACED}|mapping values|',' or '", "[\"'] *$", "", "at", "text after a closing quote",
     "put the whole text in other quotes, or after `|`"),
    (f"{MISPLACED}|mapping values|',' or '", r"[\]}] *$", "", "at", "text after a closing bracket", QUOTE),
    ("mapping values|',' or '", r":[ \t]|.{1024}", "^:", "at", "': ' inside a text without quotes", QUOTE),
    ("mapping values", "", "", "line", "a key here, though the text above is not finished",
     "indent it like the key above, whose colon needs a space after it"),
    ("',' or '", r"^[^\[{]*$", "", "opened", *UNCLOSED),
    ("',' or '", "", "", "at", "no comma or closing bracket before this", "write it, or put the text in quotes"),
    ("start any|entries are|keys are|node content", "", "", "at", START, QUOTE),
    ("expected ':'", "", "", "opened", "neither a key nor a part of the text above",
     "write it as `key: value` or `- item`, or indent it under its key"),
    ("directive|incompatible", "", "", "line", "a line cannot start with '%'", "delete it, or put the text in quotes"),
    ("block mapping", "^ *$", "^- ", "at", "a list item where a key belongs", "indent it under its key"),
    (MISPLACED, "^ *$", "", "at", "the indentation fits no line above", "indent it like the lines it belongs to"),
    ("", "", "", "at", "text that belongs to nothing before it", QUOTE),
)
# fmt: on


def stopped(text: str, error: yaml.MarkedYAMLError, open_at: tuple[int, int], last: Any) -> Finding:
    """What libyaml stopped at, in words that help: what stands `open_at` was being read, `last` is the event before."""
    places = [mark.index for mark in (error.problem_mark, error.context_mark) if mark]
    reached, opened, kind = places[0], places[-1], type(last)
    at = spot(text, reached)
    if kind is events.DocumentEndEvent and last.explicit:
        return second_document(at)
    if kind is events.ScalarEvent and last.style in {"'", '"'} and re.search("[\"'] *$", at.before):
        first = spot(text, last.start_mark.index)
        if first.line < at.line:
            return first, f"this quote is closed only on line {at.line}", "close it where its text ends"
    spots = {
        "at": at,
        "opened": spot(text, opened),
        "bracket": Spot(*open_at),
        "line": spot(text, reached - len(at.before.lstrip(" "))),
        "backslash": spot(text, text[: reached + 1].rfind("\\")),
    }
    said = f"{error.context}: {error.problem}"
    *_, where, message, mend = next(row for row in WORDS if all(map(re.search, row[:3], (said, at.before, at.rest))))
    found = spots[where]
    if odd := ODD_START.match(found.before + found.rest):
        return odd_space(Spot(found.line, odd.start(1) + 1), odd[1])
    return found, message.replace("{sign}", found.rest[:1]).replace("{escape}", found.rest[:2]), mend


def odd_space(at: Spot, space: str) -> Finding:
    return at, f"U+{ord(space):04X}, a space that YAML takes for a letter", "write plain spaces"


def second_document(at: Spot) -> Finding:
    return at, "a second document in one file", "remove the `---` or `...`, or move what follows into a file of its own"
