"""The holes of Anki's cloze notes, which may stand in each other, as marks that outlive the way from HTML to Markdown. Pure.

A hole opens with one character of its own, which says its number, and ends with another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rung.text import LAST_HOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = 0xF0000  # of Unicode's private use; the characters of the holes c0 to c499
OPENS = f"[{chr(FIRST + 1)}-{chr(FIRST + LAST_HOLE)}]"
CLOSE, HINT = "\ufdd2", "\ufdd7"  # no characters of any text
TOKEN = re.compile(r"\{\{c([0-9,]{1,40})::|\}\}")
MARKUP = re.compile(r"<(?!img)[^<>]*>", re.IGNORECASE)  # but pictures, which may fill a hole
OCCLUSION = "image-occlusion:"


@dataclass(slots=True)
class Cloze:
    """A hole being read: the number it has with us, all that Anki has it be, and what stands in it."""

    number: int
    parts: list[str | Cloze] = field(default_factory=list)


def opening(number: int) -> str:
    return chr(FIRST + number)


def number_of(opening: str) -> int:
    return ord(opening) - FIRST


def marked(html: str) -> str:
    """`html` with its holes as marks. One within another ends that, which goes on behind it."""
    return "".join(_flat(_tree(html)))


def numbers(html: str) -> frozenset[int]:
    """The numbers of all holes, as Anki counts them."""
    found = (int(each) for match in TOKEN.finditer(html) if match[1] for each in match[1].split(",") if each)
    return frozenset(number for number in found if 1 <= number <= LAST_HOLE)


def _tree(html: str) -> Cloze:
    """All of `html` as what stands in a hole of number 0."""
    open_: list[Cloze] = [Cloze(0)]
    start = 0
    for match in TOKEN.finditer(html):
        number = _number(match[1])
        end = match.start()
        if match[1] and not number:
            continue  # no hole Anki would know; it is text
        if not match[1] and len(open_) == 1:
            continue
        if not match[1] and html[match.end() : match.end() + 1] == "}" and _unclosed(open_[-1], html[start:end]):
            end += 1  # a brace of the answer's own, as in {{c1::\frac{a}{b}}}
        open_[-1].parts.append(html[start:end])
        if match[1]:
            open_.append(Cloze(number))
            open_[-2].parts.append(open_[-1])
        else:
            open_.pop()
        start = match.end() + end - match.start()
    open_[-1].parts.append(html[start:])
    while len(open_) > 1:  # a hole that is never closed is none
        unclosed = open_.pop()
        open_[-1].parts[-1:] = [f"{{{{c{unclosed.number}::", *unclosed.parts]
    return open_[0]


def _number(listed: str | None) -> int:
    """The first number of a hole that may have several; 0 for none."""
    found = [int(each) for each in (listed or "").split(",") if each]
    return found[0] if found and 1 <= found[0] <= LAST_HOLE else 0


def _unclosed(cloze: Cloze, last: str) -> bool:
    own = "".join([*(part for part in cloze.parts if isinstance(part, str)), last])
    return own.count("{") > own.count("}")


def _flat(root: Cloze) -> Iterator[str]:
    """The text of a tree of holes, none of them within another; of what follows `::` the first hole of a number says it."""
    stack: list[tuple[Cloze, Iterator[str | Cloze], str]] = [(root, iter(root.parts), "")]
    while stack:
        cloze, rest, hint = stack[-1]
        part = next(rest, None)
        if part is None:
            stack.pop()
        elif isinstance(part, Cloze):
            stack.append((part, *_answer_and_hint(part)))
        elif not cloze.number or not MARKUP.sub("", part).strip():
            yield part
        else:
            yield f"{opening(cloze.number)}{part}{HINT + hint if hint else ''}{CLOSE}"
            stack[-1] = (cloze, rest, "")


def _answer_and_hint(cloze: Cloze) -> tuple[Iterator[str | Cloze], str]:
    """What stands in a hole before the first `::`, and the text behind it."""
    for place, part in enumerate(cloze.parts):
        if isinstance(part, str) and "::" in part:
            answer, _, hint = part.partition("::")
            behind = [hint, *(each for each in cloze.parts[place + 1 :] if isinstance(each, str))]
            return iter([*cloze.parts[:place], answer]), MARKUP.sub("", "".join(behind)).strip()
    return iter(cloze.parts), ""
