"""Whether a plan fits its minutes, and what to drop where it does not, in words. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung import lines
from rung.plan import NEW_STOPS
from rung.plan.prospect import EVERY_ROUND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rung.plan.prospect import Day, Prospect

NAMED = 3  # of what is listed before the rest is only counted


def fit(prospect: Prospect) -> Iterator[str]:
    """Whether it fits, and what to drop where it does not."""
    plan, waiting = prospect.plan, sum(each.waiting for each in prospect.rounds)
    out, new = prospect.left_out, waiting - prospect.left_out
    if not waiting:
        yield "No card here is new any more."
    elif not out:
        last = max(each.day for each in prospect.days if each.portion.new)
        what = (
            f"All {lines.plural(waiting, 'new card')} fit; the last of them comes"
            if waiting > 1
            else "The new card comes"
        )
        yield f"{what} on {lines.short_day(last)}."
    elif not new:
        why = "No new cards in the last week" if prospect.today.left < NEW_STOPS else "Reviews fill the minutes"
        yield f"{why}: {lines.plural(waiting, 'card')} {_are(waiting)} left out."
    else:
        light = [each for each in reversed(prospect.rounds) if each.left_out]
        which = listed([f"{each.left_out:,} of {_said(each.name)}" for each in light])
        named = "" if not plan.weights else f": {which}" if len(light) > 1 else f", all of {_said(light[0].name)}"
        yield f"{new:,} of {waiting:,} new cards fit; {out:,} {_are(out)} left out{named}."
    if prospect.enough:
        yield f"All would fit in {prospect.enough} minutes a day: rung plan --minutes {prospect.enough}"
    if out and new and not plan.weights:
        yield "Say --role or --company, and what weighs least for them is left out first."
    total, have = sum(each.minutes for each in prospect.days if each.left), plan.minutes * prospect.today.left
    verdict = "enough" if total <= have else "too little"
    yield f"Cards, drills and mocks take {_hours(total)} until then; {plan.minutes} minutes a day are {_hours(have)}: {verdict}."
    if prospect.longer:
        yield f"Longer than {plan.minutes} minutes: {_longer(prospect.longer)}."
    yield (
        "The times are your own, where there are enough of them."
        if prospect.own
        else "The times are ours until there are enough of your own."
    )


def _said(name: str) -> str:
    """The name of a group within a sentence."""
    return name.lower() if name == EVERY_ROUND else name


def drops(prospect: Prospect) -> Iterator[str]:
    """What to drop so that the rest has room, as commands."""
    if prospect.off and prospect.left_out < sum(each.waiting for each in prospect.rounds):
        yield "To make room, drop first what weighs least:"
        yield from (f"  rung decks off {deck}  ({count} new)" for deck, count in prospect.off[:NAMED])
        if len(prospect.off) > NAMED:
            yield f"  and {lines.plural(len(prospect.off) - NAMED, 'deck')} more; --json names all"


def _longer(days: Sequence[Day]) -> str:
    named = [f"{lines.short_day(day.day)} ({day.minutes} min{', a mock' if day.mocks else ''})" for day in days[:NAMED]]
    more = len(days) - len(named)
    return listed([*named, *([lines.plural(more, "more day")] if more else [])])


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _hours(minutes: int) -> str:
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"
