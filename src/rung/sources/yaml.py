"""One YAML file as values that remember their places.

libyaml's events are read one by one over a stack of our own, so no nesting can exhaust Python's. Of YAML only what
a deck needs is taken: mappings, lists and text. All else is refused, with its place and how to mend it.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import yaml
from yaml import events

from rung.model import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 32
MAX_EVENTS = 1_000_000  # a key or a text is one event, a mapping or a list two
MAX_PROBLEMS = 100

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml: the same, some twenty times slower


class Text(str):
    """A scalar in its author's spelling; what it means is for the field to decide. Only `read` makes them.

    Line and column, from 1, are those of its first character: the quote, the `|` or the `>`, where it has one. `plain`
    says that it has none; `cut` is the column of the '#' whose comment ends a plain text on its last line, else 0.
    """

    __slots__ = ("column", "cut", "line", "plain")
    line: int
    column: int
    plain: bool
    cut: int


class Map(dict[str, "Value"]):
    """A mapping; `at` has line and column of every key. A duplicate key keeps its first place and its last value."""

    __slots__ = ("at", "column", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line, self.column = line, column
        self.at: dict[str, tuple[int, int]] = {}


class Items(list["Value"]):
    """A list."""

    __slots__ = ("column", "line")

    def __init__(self, line: int, column: int) -> None:
        self.line, self.column = line, column


Value: TypeAlias = Text | Map | Items
Event: TypeAlias = Any  # PyYAML's stubs make every mark optional


def read(path: str, data: bytes) -> tuple[Value | None, list[Problem]]:
    """The mapping in one file, or None where it cannot be used, and all that is wrong with it."""
    reading = _Reading(path)
    try:
        return reading.mapping(*_text(data)), reading.problems
    except _Stop as stop:
        if stop.at.line != reading.lost:
            reading.problems.append(reading.problem(stop.at, stop.message, stop.mend))
        return None, reading.problems


def place(root: Value, loc: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
    """Line and column of the value that `loc` leads to, one key or index after the other.

    A step that is not there is skipped: the tag of a union, a missing key. With `key` it is the place of the last key
    instead of its value's, unless an index came after it.
    """
    here, found = root, (root.line, root.column)
    for step in loc:
        if isinstance(here, Map) and isinstance(step, str) and step in here:
            found, here = here.at[step], here[step]
        elif isinstance(here, Items) and isinstance(step, int) and 0 <= step < len(here):
            here = here[step]
            found = here.line, here.column
    return found if key else (here.line, here.column)


class _Spot(NamedTuple):
    """A place in a text, with its line up to there, and what is left of that line."""

    line: int
    column: int
    before: str = ""
    rest: str = ""


Finding: TypeAlias = tuple[_Spot, str, str]  # where, what, and how to mend it


class _Stop(Exception):
    """No more of this file can be read."""

    def __init__(self, at: _Spot, message: str, mend: str) -> None:
        self.at, self.message, self.mend = at, message, mend


TOP = _Spot(1, 1)
QUOTE = "put the text in quotes, or after `|`"


def _spot(text: str, index: int) -> _Spot:
    start = text.rfind("\n", 0, index) + 1
    rest = text[index : index + 80].partition("\n")[0].rstrip("\r")
    return _Spot(text.count("\n", 0, index) + 1, index - start + 1, text[start:index], rest)


# ── from bytes to text ───────────────────────────────────────────────────────────────────────────

# UTF-32 first: its little-endian mark begins like that of UTF-16.
BYTE_ORDER_MARKS = {"UTF-32": (b"\xff\xfe\0\0", b"\0\0\xfe\xff"), "UTF-16": (b"\xff\xfe", b"\xfe\xff")}
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|\r(?!\n)")
ODD_SPACE = re.compile("[\xa0\u1680\u2000-\u200b\u202f\u205f\u3000]")
# One quick look for any of these, as most files have none, nor an escape that could make one.
ESCAPE = re.compile(r"\\[0abefvxuULNP]")
UNUSUAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff\ufffe\uffff]"
)


def _text(data: bytes) -> tuple[str, bool]:
    """The text of a file of clean UTF-8, and whether its texts may hold what they should not."""
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes, and {MAX_BYTES:,} is the most"
        raise _Stop(TOP, message, "split it into several files")
    for name, marks in BYTE_ORDER_MARKS.items():
        if data.startswith(marks):
            raise _Stop(TOP, f"the file is {name}, not UTF-8", "save it as UTF-8")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        good = data[: error.start].decode()
        message = f"byte 0x{data[error.start]:02X} is not UTF-8"
        raise _Stop(_spot(good, len(good)), message, "save the file as UTF-8") from None
    unusual = UNUSUAL.search(text) is not None
    if (unusual or "\r" in text) and (found := FORBIDDEN.search(text)):
        message = f"invisible control character U+{ord(found[0]):04X}"
        raise _Stop(_spot(text, found.start()), message, "delete it")
    return text, unusual or ESCAPE.search(text) is not None


# ── from events to values ────────────────────────────────────────────────────────────────────────

CUT = re.compile(r"[ \t]+#")
SIGN = re.compile(r"[&*][\w-]{,40}|![^\s,\[\]{}]{,40}")
SIGNS = {"&": "an anchor", "*": "an alias", "!": "a tag"}
HOLE = "'{{' outside quotes: YAML takes the brackets for its own"


class _Reading:
    """One file being read: what is wrong so far, and the last line that made it unusable."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.lost = 0
        self.text = ""

    def mapping(self, text: str, unusual: bool) -> Map | None:
        documents = self.documents(text, unusual)
        if self.lost:
            return None
        root = documents[0] if documents else None
        if isinstance(root, Map):
            return root
        if root is None or (isinstance(root, Text) and root.plain and not root):
            raise _Stop(TOP, "the file is empty", "write a title and notes")
        what = "a list" if isinstance(root, Items) else "a text"
        raise _Stop(_Spot(root.line, root.column), f"the file holds {what}, not fields", "start it with `title: …`")

    def documents(self, text: str, unusual: bool) -> Items:
        """The documents of a text, at most one. The usual runs without calls, once for every word of a deck."""
        self.text = source = text + "\n"  # so that every event ends before a character
        here: Any = (documents := Items(1, 1))
        key: str | None = None  # a mapping without one waits for its next
        in_map = False
        outer: list[tuple[Any, bool, str | None]] = []
        event: Event = None
        try:
            for event in islice(iter(Loader(text).get_event, None), MAX_EVENTS):
                kind, start = type(event), event.start_mark
                if kind is events.ScalarEvent:
                    if unusual or event.anchor is not None or event.tag is not None:
                        self.check_text(event, in_map and key is None)
                    if in_map and key is None:
                        key = event.value
                        if key in here.at or key == "<<":
                            self.refuse_key(event, here.at.get(key))
                        here.at.setdefault(key, (start.line + 1, start.column + 1))
                        continue
                    value = Text(event.value)
                    value.line, value.column = start.line + 1, start.column + 1
                    value.plain = plain = not event.style
                    value.cut = self.cut(event) if plain and source[event.end_mark.index] in " \t" else 0
                    if in_map:
                        here[key], key = value, None
                    else:
                        here.append(value)
                elif kind is events.MappingStartEvent or kind is events.SequenceStartEvent:
                    if event.anchor is not None or event.tag is not None or len(outer) == MAX_DEPTH:
                        self.check_start(event, len(outer))
                    inner = (Map if kind is events.MappingStartEvent else Items)(start.line + 1, start.column + 1)
                    if not in_map:
                        here.append(inner)
                    elif key is not None:
                        here[key], key = inner, None
                    else:
                        if start.line + 1 != self.lost:
                            self.lose(*self.complex_key(start.index))
                        key = ""
                    outer.append((here, in_map, key))
                    here, in_map, key = inner, kind is events.MappingStartEvent, None
                elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
                    here, in_map, key = outer.pop()
                elif kind is events.AliasEvent:
                    if start.line + 1 != self.lost:
                        self.lose(*self.sign(start.index))
                    key = "" if in_map and key is None else None
                elif kind is events.DocumentStartEvent and documents:
                    raise _Stop(*_second_document(_spot(source, start.index)))
        except yaml.MarkedYAMLError as error:
            raise _Stop(*_syntax(source, error, here, event)) from None
        if type(event) is not events.StreamEndEvent:
            at = _spot(source, event.start_mark.index)
            raise _Stop(at, f"more than {MAX_EVENTS:,} keys, texts and brackets", "split the file into several")
        return documents

    def problem(self, at: _Spot, message: str, mend: str) -> Problem:
        return Problem(Location(self.path, at.line, at.column), message, mend)

    def report(self, at: _Spot, message: str, mend: str) -> None:
        if len(self.problems) == MAX_PROBLEMS:
            raise _Stop(at, f"more than {MAX_PROBLEMS} problems, so the rest is not read", "mend those above first")
        self.problems.append(self.problem(at, message, mend))

    def lose(self, at: _Spot, message: str, mend: str) -> None:
        """Report what makes the file unusable. Once a line is enough: the next one mostly follows from it."""
        self.report(at, message, mend)
        self.lost = at.line

    def check_text(self, event: Event, is_key: bool) -> None:
        index = event.start_mark.index
        if event.anchor is not None or event.tag is not None:
            self.report(*self.sign(index))
        elif event.style:
            if found := FORBIDDEN.search(event.value):
                self.report(
                    _spot(self.text, index), f"an escape for U+{ord(found[0]):04X}, a control character", "delete it"
                )
        elif found := (ODD_SPACE.search if is_key else ODD_SPACE.match)(event.value):
            self.report(*_odd_space(_spot(self.text, index + found.start()), found[0]))

    def check_start(self, event: Event, depth: int) -> None:
        index = event.start_mark.index
        if event.anchor is not None or event.tag is not None:
            self.report(*self.sign(index))
        if depth == MAX_DEPTH:
            mend = "nest less deeply, or put a text with brackets in quotes"
            raise _Stop(_spot(self.text, index), f"nested more than {MAX_DEPTH} deep", mend)

    def refuse_key(self, event: Event, first: tuple[int, int] | None) -> None:
        at = _spot(self.text, event.start_mark.index)
        if first:
            key = json.dumps(event.value[:80], ensure_ascii=False)
            self.report(at, f"duplicate key {key} (first at line {first[0]})", "rename or remove one of the two")
        elif not event.style:
            self.lose(at, "'<<' is a merge key to YAML, which decks do not have", "write the fields out")

    def complex_key(self, index: int) -> Finding:
        """What there is to say of a mapping or a list where a key belongs; mostly the author meant a hole."""
        index -= 1 if self.text.startswith("{{", index - 1) else 0
        if self.text.startswith("{{", index):
            return _spot(self.text, index), HOLE, QUOTE
        return _spot(self.text, index), "a mapping or a list as a key", "put the key in quotes"

    def sign(self, index: int) -> Finding:
        """What there is to say of an anchor, an alias or a tag."""
        found = SIGN.match(self.text, index)
        name = found[0] if found else "!"
        message = f"'{name}' is {SIGNS[name[0]]} to YAML, which decks do not have"
        return _spot(self.text, index), message, "put the text in quotes, or write the value out"

    def cut(self, event: Event) -> int:
        """The column of the '#' that follows a plain text after blanks, or 0."""
        end = event.end_mark
        found = CUT.match(self.text, end.index)
        return end.column + len(found[0]) if found else 0


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


def _syntax(text: str, error: yaml.MarkedYAMLError, here: Map | Items, last: Event) -> Finding:
    """What libyaml stopped at, in words that help. `here` was being read, `last` is the event before."""
    places = [mark.index for mark in (error.problem_mark, error.context_mark) if mark]
    stopped, opened, kind = places[0], places[-1], type(last)
    at = _spot(text, stopped)
    if kind is events.DocumentEndEvent and last.explicit:
        return _second_document(at)
    if kind is events.ScalarEvent and last.style in {"'", '"'} and re.search("[\"'] *$", at.before):
        first = _spot(text, last.start_mark.index)
        if first.line < at.line:
            return first, f"this quote is closed only on line {at.line}", "close it where its text ends"
    spots = {
        "at": at,
        "opened": _spot(text, opened),
        "bracket": _Spot(here.line, here.column),
        "line": _spot(text, stopped - len(at.before.lstrip(" "))),
        "backslash": _spot(text, text.rfind("\\", 0, stopped + 1)),
    }
    said = f"{error.context}: {error.problem}"
    *_, where, message, mend = next(row for row in WORDS if all(map(re.search, row[:3], (said, at.before, at.rest))))
    spot = spots[where]
    if odd := ODD_SPACE.match((spot.before + spot.rest).lstrip(" ")):
        return _odd_space(_Spot(spot.line, (spot.before + spot.rest).index(odd[0]) + 1), odd[0])
    return spot, message.replace("{sign}", spot.rest[:1]).replace("{escape}", spot.rest[:2]), mend


def _odd_space(at: _Spot, space: str) -> Finding:
    return at, f"U+{ord(space):04X}, a space that YAML does not take for one", "write plain spaces"


def _second_document(at: _Spot) -> Finding:
    return at, "a second document in one file", "remove the `---` or `...`, or move what follows into a file of its own"
