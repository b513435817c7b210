"""How figures and lines are said in a terminal, whichever way it is used. Pure."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

BULLET = re.compile(r"\s*(?:-|\d+\.) ")
ACTS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # control characters, but for tabs and ends of lines
HANG = 4  # columns, more than what belongs to a line of a drawing is indented on the next one


def visible(text: str) -> str:
    """`text` with control characters, escape among them, shown as their pictures, so that none can act."""
    return ACTS.sub(lambda match: _picture(match[0]), text)


def _picture(char: str) -> str:
    if char == "\x7f":
        return "\u2421"
    return chr(0x2400 + ord(char)) if char < " " else "\ufffd"


def clock(milliseconds: int) -> str:
    """`4:05`: minutes and seconds, whole ones."""
    return "{}:{:02}".format(*divmod(milliseconds // 1000, 60))


def plural(count: int, word: str) -> str:
    """`1 card`, `2 cards`, `1,200 cards`."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def percent(part: float, whole: float) -> str:
    """`62 %`."""
    return f"{100 * part / whole:.0f} %"


def answers(count: int, took: int) -> str:
    """`3 answers in 5 min`; `took` in milliseconds, which under a minute is told as such."""
    if not count:
        return "no answer"
    minutes = took // 60_000
    return f"{plural(count, 'answer')} in {f'{minutes:,} min' if minutes else 'under a minute'}"


def expected(recall: float, cards: int) -> str:
    """`87 % expected today of 1,200 learnt cards`."""
    return f"{percent(recall, 1)} expected today of {plural(cards, 'learnt card')}"


def expected_on(recall: float, day: date) -> str:
    """`84 % expected on Fri 18 Dec, if nothing is reviewed until then`."""
    return f"{percent(recall, 1)} expected on {short_day(day)}, if nothing is reviewed until then"


def recalls(expected: Iterable[tuple[str, str, float]]) -> list[str]:
    """A line for each course, its levels behind it: `ML System Design  87 %  L4 91 %  L5 88 %`; from rows of course, level
    and chance."""
    courses: dict[str, list[str]] = {}
    for course, level, recall in expected:
        if course:
            courses.setdefault(course, []).append(f"{level} {percent(recall, 1)}".lstrip())
    wide = max(map(len, courses), default=0)
    return ["  ".join([f"{course:<{wide}}", *told]) for course, told in courses.items()]


def span(least: int, below: int | None) -> str:
    """Whole numbers from `least` on: `7 to 21`, `3`, `22 and more`."""
    if below is None:
        return f"{least} and more"
    return str(least) if below == least + 1 else f"{least} to {below - 1}"


def seconds(milliseconds: int) -> str:
    """`7.5 s`, `2 min`."""
    return f"{milliseconds / 1000:.3g} s" if milliseconds < 60_000 else f"{milliseconds / 60_000:.3g} min"


def times(least: int, below: int | None) -> str:
    """Milliseconds from `least` on: `under 5 s`, `5 s to 10 s`, `5 min and more`."""
    if below is None:
        return f"{seconds(least)} and more"
    return f"{seconds(least)} to {seconds(below)}" if least else f"under {seconds(below)}"


def days(least: int, below: int | None) -> str:
    """Days from `least` on: `1 day`, `7 to 21 days`."""
    return f"{span(least, below)} {'day' if (least, below) == (1, 2) else 'days'}"


def eases(least: int, below: int | None) -> str:
    """Hundredths from `least` on: `1.30 to 1.49`, `3.10 and more`."""
    return f"{hundredths(least)} and more" if below is None else f"{hundredths(least)} to {hundredths(below - 1)}"


def hundredths(count: int) -> str:
    """`2.50`."""
    return f"{count / 100:.2f}"


def long_day(day: date) -> str:
    """`Saturday, 5 December 2026`."""
    return f"{day:%A}, {day.day} {day:%B} {day.year}"


def short_day(day: date) -> str:
    """`Sat 5 Dec`."""
    return f"{day:%a} {day.day} {day:%b}"


def cut(words: str, width: int) -> str:
    """In one line of that width."""
    return words if len(words) <= width else words[: width - 1] + "…"


def wrapped(line: str, width: int, *, head: str = "", drawn: bool = False) -> list[str]:
    """A line behind its `head` in lines of that width; what does not fit is indented like it, behind its bullet, or
    where it is `drawn`, as a line of a drawing or of code, further to the right than any line that may follow it."""
    bullet = BULLET.match(line)
    further = HANG if drawn else len(bullet[0].lstrip()) if bullet else 0
    shift = min(len(head) + len(line) - len(line.lstrip()) + further, width // 2)
    return wrap(line, max(1, width), initial_indent=head, subsequent_indent=" " * shift)
