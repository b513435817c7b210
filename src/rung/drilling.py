"""A drill's answer: as a draft while it is written, as an attempt once it is rated, and how attempts go. Pure.

A draft is Markdown with a heading for each section, so that any editor can hold it. A line that was entered, or saved,
after the time was up begins with `[late]`. Sections are (id, heading) pairs, in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rung.model import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date
    from typing import Any

    from rung.model import Event, Kind

LATE = "[late]"
MOST = 20_000  # characters of an answer that the log keeps
USED = re.compile(r"<!-- .*; written for (\d{1,9}) s -->")

Sections = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What is written so far: the text of every section by its id, in order. `used` is in milliseconds."""

    texts: Mapping[str, str]
    used: int = 0

    @property
    def words(self) -> int:
        return words(self.texts.values())

    @property
    def late(self) -> int:
        """How many of its words came late."""
        return late_words(self.texts.values())

    @property
    def filled(self) -> tuple[str, ...]:
        """The ids of the sections that have text."""
        return tuple(id_ for id_, text in self.texts.items() if text.strip())


def words(texts: Iterable[str]) -> int:
    return len(" ".join(texts).replace(LATE, " ").split())


def late_words(texts: Iterable[str]) -> int:
    """How many words stand on lines that are marked as late."""
    return words(line for text in texts for line in text.split("\n") if line.startswith(LATE))


def blank(sections: Sections) -> Written:
    return Written({id_: "" for id_, _ in sections})


def added(draft: Written, section: str, line: str, *, late: bool) -> Written:
    """The draft with one more line in a section; a late one is marked."""
    before = draft.texts[section]
    line = _marked(line) if late else line
    return replace(draft, texts={**draft.texts, section: f"{before}\n{line}" if before else line})


def holds(draft: Written, other: Written) -> bool:
    """Whether every line of `other` stands in the same section of the draft."""
    return all(set(text.split("\n")) <= {"", *draft.texts[id_].split("\n")} for id_, text in other.texts.items())


def with_late(before: Written, after: Written) -> Written:
    """`after` with every line marked that `before`, what stood there when the time was up, does not have."""
    return replace(after, texts={id_: _late(before.texts.get(id_, ""), text) for id_, text in after.texts.items()})


def _late(before: str, after: str) -> str:
    old, new = before.split("\n"), after.split("\n")
    for change, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change in ("insert", "replace"):
            new[start:end] = map(_marked, new[start:end])
    return "\n".join(new)


def _marked(line: str) -> str:
    return line if not line.strip() or line.startswith(LATE) else f"{LATE} {line}"


# ── the draft as Markdown ────────────────────────────────────────────────────────────────────────


def markdown(draft: Written, sections: Sections, name: str) -> str:
    """The draft as a file of Markdown; `name` is the drill's."""
    pieces = [f"<!-- {name}; written for {draft.used // 1000} s -->"]
    for id_, heading in sections:
        lines = (_shielded(line, sections) for line in draft.texts.get(id_, "").split("\n"))
        pieces.append(f"## {heading}\n\n" + "\n".join(lines).rstrip("\n"))
    return "\n\n".join(piece.rstrip("\n") for piece in pieces) + "\n"


def read(text: str, sections: Sections) -> Written:
    """The draft in a file of Markdown, whatever was done to it: words above the first heading go to the first section.

    Blank lines at the ends of a section are not kept.
    """
    ids = {f"## {heading}": id_ for id_, heading in sections}
    lines: dict[str, list[str]] = {id_: [] for id_, _ in sections}
    current, used = next(iter(lines)), 0
    for number, line in enumerate(text.split("\n")):
        if number == 0 and (head := USED.fullmatch(line.rstrip())):
            used = int(head[1]) * 1000
        elif line.rstrip() in ids:
            current = ids[line.rstrip()]
            lines[current] += [""] if lines[current] else []
        else:
            lines[current].append(line[1:] if line.lstrip("\\").rstrip() in ids and line[0] == "\\" else line)
    return Written({id_: "\n".join(each).strip("\n") for id_, each in lines.items()}, used)


def _shielded(line: str, sections: Sections) -> str:
    """A line that would be read as a heading, with a backslash before it, as Markdown has it."""
    return f"\\{line}" if line.lstrip("\\").rstrip() in {f"## {heading}" for _, heading in sections} else line


def bounded(draft: Written, most: int = MOST) -> dict[str, str]:
    """The text by sections for the log: the first `most` characters of it all, sections without text left out."""
    kept: dict[str, str] = {}
    for id_ in draft.filled:
        if most > 0:
            kept[id_] = draft.texts[id_].strip("\n")[:most]
            most -= len(kept[id_])
    return kept


# ── attempts ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Attempt:
    """A rated answer: `ratings` are levels 0 to 3 by dimension, `failures` the ids of those ticked, `answer` the text
    by section; `number` counts from 1."""

    number: int
    day: date
    kind: Kind
    grade: int
    ratings: Mapping[str, int]
    failures: tuple[str, ...]
    minutes: float
    answer: Mapping[str, str]

    @property
    def points(self) -> int:
        return sum(self.ratings.values())

    @property
    def most(self) -> int:
        return 3 * len(self.ratings)

    @property
    def words(self) -> int:
        return words(self.answer.values())

    @property
    def late(self) -> int:
        """How many of its words came late."""
        return late_words(self.answer.values())

    @property
    def percent(self) -> int:
        """The share of all points, in whole percent."""
        return 100 * self.points // self.most


def attempts(events: Iterable[Event], voided: Collection[tuple[str, int]] = frozenset()) -> tuple[Attempt, ...]:
    """The attempts in the events of a drill's card, given by time; answers that were not rated here are none."""
    found: list[Attempt] = []
    for event in events:
        ratings = _ratings(event.detail)
        if event.kind in ANSWERS and ratings and (event.device, event.sequence) not in voided:
            detail, answer = event.detail, event.detail.get("answer")
            failures = tuple(str(id_) for id_ in _items(detail.get("failures")))
            minutes = detail.get("minutes")
            found.append(
                Attempt(
                    number=len(found) + 1,
                    day=event.day,
                    kind=event.kind,
                    grade=event.grade or 0,
                    ratings=ratings,
                    failures=failures,
                    minutes=float(minutes) if isinstance(minutes, int | float) else 0.0,
                    answer={str(id_): str(text) for id_, text in answer.items()} if isinstance(answer, dict) else {},
                )
            )
    return tuple(found)


def change_in_words(before: int, after: int, unit: str = "") -> str:
    """How a figure went, by a sign and in words: `↑ up 2`, `↓ down 10 points`, `= the same`."""
    if before == after:
        return "= the same"
    many = f" {unit}{'s' * (abs(after - before) != 1)}" if unit else ""
    return f"↑ up {after - before}{many}" if after > before else f"↓ down {before - after}{many}"


def _ratings(detail: Mapping[str, Any]) -> dict[str, int]:
    """The ratings of an attempt; none where a log from elsewhere holds something else under that name."""
    given = detail.get("ratings")
    sound = isinstance(given, dict) and all(type(level) is int and 0 <= level <= 3 for level in given.values())
    return dict(given) if sound and given else {}


def _items(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else ()
