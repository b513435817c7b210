"""One YAML file as values that remember their places.

libyaml's events are read one by one over a stack of our own, so no nesting can exhaust Python's. Of YAML only what
a deck needs is taken: mappings, lists and text. All else is refused, with its place and how to mend it.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml
from yaml import events

from rung.model import Location, Problem
from rung.sources.syntax import (
    HOLE,
    ODD_SPACE,
    QUOTE,
    TOP,
    Finding,
    Spot,
    Stop,
    odd_space,
    second_document,
    spot,
    stopped,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 32
MAX_EVENTS = 1_000_000  # a key or a text is one event, a mapping or a list two
MAX_PROBLEMS = 100

Event: TypeAlias = Any  # PyYAML's stubs make every mark optional
Mark: TypeAlias = Any
BEGIN = yaml.Mark("", 0, 0, 0, None, 0)
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml: the same, some twenty times slower


class _Placed:
    """A value at a mark of libyaml's; line and column count from 1, and are seldom asked for."""

    __slots__ = ()
    mark: Mark

    @property
    def line(self) -> int:
        line: int = self.mark.line
        return line + 1

    @property
    def column(self) -> int:
        column: int = self.mark.column
        return column + 1


class Text(_Placed, str):
    """A scalar in its author's spelling; what it means is for the field to decide. Only `read` makes them.

    Its place is that of its first character: the quote, the `|` or the `>`, where it has one. `plain` says that it has
    none; `cut` is line and column of the '#' whose comment ends a plain text, else nothing.
    """

    __slots__ = ("cut", "mark", "plain")
    plain: bool
    cut: tuple[int, int] | None


class Map(_Placed, dict[str, "Value"]):
    """A mapping; `at` has the mark of every key. A duplicate key keeps its first place and its last value."""

    __slots__ = ("at", "mark")
    at: dict[str, Mark]


class Items(_Placed, list["Value"]):
    """A list."""

    __slots__ = ("mark",)


Value: TypeAlias = Text | Map | Items


def read(path: str, data: bytes) -> tuple[Value | None, list[Problem]]:
    """The mapping in one file, or None where it cannot be used, and all that is wrong with it."""
    reading = _Reading(path)
    try:
        return reading.mapping(*_text(data)), reading.problems
    except Stop as stop:
        if stop.at.line != reading.lost:
            reading.problems.append(reading.problem(stop.at, stop.message, stop.mend))
        return None, reading.problems


def place(root: Value, loc: Sequence[str | int], *, key: bool = False) -> tuple[int, int]:
    """Line and column of the value that `loc` leads to, one key or index after the other.

    A step that is not there is skipped: the tag of a union, a missing key. With `key` it is the place of the last key
    instead of its value's, unless an index came after it.
    """
    here, found = root, root.mark
    for step in loc:
        if isinstance(here, Map) and isinstance(step, str) and step in here:
            found, here = here.at[step], here[step]
        elif isinstance(here, Items) and isinstance(step, int) and 0 <= step < len(here):
            here = here[step]
            found = here.mark
    mark = found if key else here.mark
    return mark.line + 1, mark.column + 1


# ── from bytes to text ───────────────────────────────────────────────────────────────────────────

# UTF-32 first: its little-endian mark begins like that of UTF-16.
BYTE_ORDER_MARKS = {"UTF-32": (b"\xff\xfe\0\0", b"\0\0\xfe\xff"), "UTF-16": (b"\xff\xfe", b"\xfe\xff")}
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")
# One quick look for any of these, as most files have none.
UNUSUAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff\ufffe\uffff]"
)


def _text(data: bytes) -> tuple[str, bool]:
    """The text of a file of clean UTF-8, and whether it may have spaces that YAML takes for letters."""
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES:,} bytes"
        raise Stop(TOP, message, "split it into several files")
    for name, marks in BYTE_ORDER_MARKS.items():
        if data.startswith(marks):
            raise Stop(TOP, f"the file is {name}, not UTF-8", "save it as UTF-8")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        good = data[: error.start].decode()
        message = f"byte 0x{data[error.start]:02X} is not UTF-8"
        raise Stop(spot(good, len(good)), message, "save the file as UTF-8") from None
    unusual = UNUSUAL.search(text) is not None
    if (unusual or "\r" in text) and (found := FORBIDDEN.search(text)):
        message = f"invisible control character U+{ord(found[0]):04X}"
        raise Stop(spot(text, found.start()), message, "delete it")
    return text, unusual


# ── from events to values ────────────────────────────────────────────────────────────────────────

CUT = re.compile(r"[ \t]+#")
SIGN = re.compile(r"[&*][\w-]{,40}|![^\s,\[\]{}]{,40}")
SIGNS = {"&": "an anchor", "*": "an alias", "!": "a tag"}


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
            raise Stop(TOP, "the file is empty", "write a title and notes")
        what = "a list" if isinstance(root, Items) else "a text"
        raise Stop(Spot(root.line, root.column), f"the file holds {what}, not fields", "start it with `title: …`")

    def documents(self, text: str, unusual: bool) -> Items:
        """The documents of a text, at most one. The usual runs without calls, once for every word of a deck."""
        self.text = source = text + "\n"  # so that every event ends before a character
        here: Any = (documents := Items())
        here.mark = BEGIN
        key: str | None = None  # a mapping without one waits for its next
        in_map = False
        outer: list[tuple[Any, bool, str | None]] = []
        event: Event = None
        try:
            for event in islice(iter(Loader(text).get_event, None), MAX_EVENTS):
                kind, mark = type(event), event.start_mark
                if kind is events.ScalarEvent:
                    if unusual or event.anchor is not None or event.tag is not None:
                        self.check_text(event, in_map and key is None)
                    if in_map and key is None:
                        key = event.value
                        if (first := here.at.setdefault(key, mark)) is not mark or key == "<<":
                            self.refuse_key(event, first)
                        continue
                    value = Text(event.value)
                    value.mark = mark
                    value.plain = plain = not event.style
                    value.cut = self.cut(event) if plain and source[event.end_mark.index] in " \t" else None
                    if in_map:
                        if not (value or mark.column) and mark.index == len(text):  # behind a `?`, in a line beyond all
                            value.mark = here.at.get(key, mark)
                        here[key], key = value, None
                    else:
                        here.append(value)
                elif kind is events.MappingStartEvent or kind is events.SequenceStartEvent:
                    if event.anchor is not None or event.tag is not None or len(outer) == MAX_DEPTH:
                        self.check_start(event, len(outer))
                    inner: Any = Map() if kind is events.MappingStartEvent else Items()
                    inner.mark = mark
                    if kind is events.MappingStartEvent:
                        inner.at = {}
                    if not in_map:
                        here.append(inner)
                    elif key is not None:
                        here[key], key = inner, None
                    else:
                        if mark.line + 1 != self.lost:
                            self.lose(*self.complex_key(mark.index))
                        key = ""
                    outer.append((here, in_map, key))
                    here, in_map, key = inner, kind is events.MappingStartEvent, None
                elif kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
                    here, in_map, key = outer.pop()
                elif kind is events.AliasEvent:
                    if mark.line + 1 != self.lost:
                        self.lose(*self.sign(mark.index))
                    key = "" if in_map and key is None else None
                elif kind is events.DocumentStartEvent and documents:
                    raise Stop(*second_document(spot(source, mark.index)))
        except yaml.MarkedYAMLError as error:
            # libyaml 0.2.6 counts too, and while it looks ahead of its events; what stands before is too deep for us.
            if (deep := error.problem_mark) and error.problem == "exceeded maximum nesting depth":
                self.problems, self.lost = [], 0
                return self.documents(text[: deep.index], unusual)
            raise Stop(*stopped(source, error, (here.line, here.column), event)) from None
        if type(event) is not events.StreamEndEvent:
            at = spot(source, event.start_mark.index)
            raise Stop(at, f"more than {MAX_EVENTS:,} keys, texts and brackets", "split the file into several")
        return documents

    def problem(self, at: Spot, message: str, mend: str) -> Problem:
        return Problem(Location(self.path, at.line, at.column), message, mend)

    def report(self, at: Spot, message: str, mend: str) -> None:
        if len(self.problems) == MAX_PROBLEMS:
            raise Stop(at, f"more than {MAX_PROBLEMS} problems, so the rest is not read", "mend those above first")
        self.problems.append(self.problem(at, message, mend))

    def lose(self, at: Spot, message: str, mend: str) -> None:
        """Report what makes the file unusable. Once a line is enough: the next one mostly follows from it."""
        self.report(at, message, mend)
        self.lost = at.line

    def check_text(self, event: Event, is_key: bool) -> None:
        index = event.start_mark.index
        if event.anchor is not None or event.tag is not None:
            self.report(*self.sign(index))
        elif not event.style and (found := (ODD_SPACE.search if is_key else ODD_SPACE.match)(event.value)):
            self.report(*odd_space(spot(self.text, index + found.start()), found[0]))

    def check_start(self, event: Event, depth: int) -> None:
        index = event.start_mark.index
        if event.anchor is not None or event.tag is not None:
            self.report(*self.sign(index))
        if depth == MAX_DEPTH:
            mend = "nest less deeply, or put a text with brackets in quotes"
            raise Stop(spot(self.text, index), f"nested more than {MAX_DEPTH} deep", mend)

    def refuse_key(self, event: Event, first: Mark) -> None:
        index = event.start_mark.index
        if first is not event.start_mark:
            key = json.dumps(event.value[:80], ensure_ascii=False)
            message = f"duplicate key {key} (first at line {first.line + 1})"
            self.report(spot(self.text, index), message, "rename or remove one of the two")
        elif not event.style:  # else it is a key like any other, of which there may be very many
            self.lose(
                spot(self.text, index), "'<<' is a merge key to YAML, which decks do not have", "write the fields out"
            )

    def complex_key(self, index: int) -> Finding:
        """What there is to say of a mapping or a list where a key belongs; mostly the author meant a hole."""
        index -= 1 if self.text.startswith("{{", index - 1) else 0
        if self.text.startswith("{{", index):
            return spot(self.text, index), HOLE, QUOTE
        return spot(self.text, index), "a mapping or a list as a key", "put the key in quotes"

    def sign(self, index: int) -> Finding:
        """What there is to say of an anchor, an alias or a tag."""
        found = SIGN.match(self.text, index)
        name = found[0] if found else "!"
        message = f"'{name}' is {SIGNS[name[0]]} to YAML, which decks do not have"
        return spot(self.text, index), message, "put the text in quotes, or write the value out"

    def cut(self, event: Event) -> tuple[int, int] | None:
        """The place of the '#' that follows a plain text after blanks."""
        end = event.end_mark
        found = CUT.match(self.text, end.index)
        return (end.line + 1, end.column + len(found[0])) if found else None
