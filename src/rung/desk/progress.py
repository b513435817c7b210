"""How far a sitting is, in a line, and what it came to, in Markdown. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung import lines, session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.seat import Asked
    from rung.session import Answer, Sitting
    from rung.store import Coming

BAR = 20  # columns at most


def head(sitting: Sitting, asked: Asked, elapsed: int, width: int) -> str:
    """Which card it is and what brings it, a bar of those that are done, what is still to come, and the time of the
    sitting, `elapsed` in milliseconds; the bar takes what is left of `width`."""
    done, left = len(sitting.answers), sitting.left
    flag = asked.standing.flag
    place = f"{done + 1}/{done + left}  {asked.state}{f', flag {flag}' if flag else ''}"
    counts = f"{remaining(sitting)}  {lines.clock(elapsed)}"
    room = max(0, min(BAR, width - len(place) - len(counts) - 4))
    bar = "━" * round(room * done / (done + left))
    return f"{place}  {bar:─<{room}}  {counts}"


def remaining(sitting: Sitting) -> str:
    """`3 due, 2 new, 1 again`, or `9 to practise`."""
    left = sitting.remaining
    told = [f"{left.practice:,} to practise"] if left.practice else []
    if left.due or left.new or left.again or not told:
        told += [f"{left.due:,} due", f"{left.new:,} new", f"{left.again:,} again"]
    return ", ".join(told)


def came_to(answers: tuple[Answer, ...], coming: Coming | None) -> Iterator[str]:
    """A paragraph each of how many answers were right, in all and at each level, what was missed, and what comes next."""
    done = session.summary(answers)
    took = f", in {lines.clock(done.took)}" if done.took else ""
    yield f"**{lines.plural(done.answers, 'card')}, {done.right} right{took}.**" if done.answers else "Nothing is left."
    for level, right, asked in done.levels:
        yield f"{level}: {right} of {asked} right"
    for card in done.hardest:
        yield f"missed: {card}"
    if coming:
        yield f"Next: {lines.plural(coming.count, 'card')} on {coming.day:%A, %d %B %Y}."
