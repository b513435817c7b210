"""All figures as pictures made of characters, in lines of a given width. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rung import lines
from rung.model import LEECH_LAPSES, LEVELS
from rung.statistics import ORDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rung.counts import DayRow
    from rung.statistics import Accuracy, Bin, Grades, Statistics

    Part = tuple[str, list[str]]  # the heading, and the lines below it

SHADES = "·░▒▓█"  # none, then a quarter of the most each
EIGHTHS = " ▁▂▃▄▅▆▇█"
MIX = (("again", "░"), ("hard", "▒"), ("good", "▓"), ("easy", "█"))
TALL = 5  # lines of a chart of columns
LEFT = 6  # columns before a chart
WIDEST = 60  # columns of a bar
SHOWN = 10  # leeches
UNDER = "─"


class Row(NamedTuple):
    name: str
    bar: str
    told: str


def parts(figures: Statistics, width: int) -> Iterator[Part]:
    """Everything that has figures, under its heading."""
    if figures.totals.answers:
        yield "", list(_summary(figures))
    if most := max(day.answers for day in figures.days):
        yield "A year of answers", [*heatmap(figures.days, width), *legend(most)]
    if any(each.due for each in figures.forecast):
        yield f"Due on the next {len(figures.forecast)} days", list(_forecast(figures, width))
    if any(week.reviews for week in figures.weeks):
        yield "Retention by week", list(_weeks(figures, width))
        yield "Retention by days since the review before", list(_maturity(figures, width))
    if figures.expected:
        yield "Recall expected today of learnt cards", list(_recall(figures, width))
    if figures.usual is not None:
        yield "Answer time", list(_times(figures, width))
    if any(each.count for each in figures.intervals):
        yield "Cards by interval", list(_counts(figures.intervals, lines.days, width))
        yield "Cards by ease", [*_counts(figures.eases, lines.eases, width), "All begin at 2.50."]
    if figures.grades:
        yield "Grades by level", list(_grades(figures.grades, width))
    if figures.ladders:
        yield "Ladders: right answers by topic and rung", list(_ladders(figures, width))
    if figures.placements:
        yield "Placements, the newest first", list(_placements(figures, width))
    yield from _weak(figures, width)


def _summary(figures: Statistics) -> Iterator[str]:
    yield f"Today      {lines.answers(figures.answers, figures.took)}"
    yield f"Streak     {lines.plural(figures.streak, 'day')}"
    if reviews := figures.retention.reviews:
        share = lines.percent(figures.retention.passed, reviews)
        yield f"Retention  {share} of {lines.plural(reviews, 'review')} in 30 days"
    if figures.expected:
        yield f"Recall     {lines.expected(figures.expected[0].recall, figures.expected[0].cards)}"
    if figures.interview:
        yield f"Interview  {lines.expected_on(figures.interview.recall, figures.interview.day)}"
    answers, cards = figures.totals.answers, figures.totals.cards
    yield f"In all     {lines.plural(answers, 'answer')} to {lines.plural(cards, 'card')}"


# ── a year ───────────────────────────────────────────────────────────────────────────────────────


def heatmap(days: Sequence[DayRow], width: int) -> Iterator[str]:
    """`days` are in a row and begin on a Monday: a column a week, or two where there is room, Monday at the top."""
    most = max(day.answers for day in days)
    weeks = -(-len(days) // 7)
    cell = 2 if LEFT + 2 * weeks <= width else 1
    firsts = [(place // 7 * cell, f"{day.day:%b}") for place, day in enumerate(days) if day.day.day == 1]
    yield _below(firsts)
    for place, name in enumerate(("Mon", "", "Wed", "", "Fri", "", "")):
        shades = "".join(shade(day.answers, most) * cell for day in days[place::7])
        yield f"{name:<{LEFT}}{shades}"


def shade(count: int, most: int) -> str:
    """By the quarter of the most that a count lies in."""
    return SHADES[-(-4 * count // most)] if count else SHADES[0]


def legend(most: int) -> Iterator[str]:
    """What each shade stands for."""
    spans = [(quarter, quarter * most // 4 + 1, (quarter + 1) * most // 4) for quarter in range(4)]
    told = [f"{SHADES[quarter + 1]} {lines.span(first, last + 1)}" for quarter, first, last in spans if first <= last]
    yield " " * LEFT + "  ".join([f"{SHADES[0]} none", *told]) + " a day"


def _below(marks: Sequence[tuple[int, str]]) -> str:
    """Words at places of a chart; what would touch the word before it is left out."""
    line = ""
    for place, word in marks:
        if not line or place > len(line):
            line = line.ljust(place) + word
    return " " * LEFT + line


# ── columns ──────────────────────────────────────────────────────────────────────────────────────


def columns(shares: Sequence[float | None], top: str, cell: int) -> Iterator[str]:
    """A column for each share of the top, named on the left; None is one that there is not."""
    levels = [None if share is None else max(share > 0, round(8 * TALL * share)) for share in shares]
    for line in reversed(range(TALL)):
        blocks = (EIGHTHS[0 if level is None else min(8, max(0, level - 8 * line))] * cell for level in levels)
        name = top if line == TALL - 1 else ""
        yield f"{name:>{LEFT - 1}} {''.join(blocks)}".rstrip()
    yield f"{'0':>{LEFT - 1}} " + "".join((" " if level is None else UNDER) * cell for level in levels)


def _forecast(figures: Statistics, width: int) -> Iterator[str]:
    dues = [each.due for each in figures.forecast]
    cell = max(1, min(3, (width - LEFT) // len(dues)))
    most = max(dues)
    yield from columns([due / most for due in dues], f"{most:,}", cell)
    yield _below([(place * cell, f"{each.day:%d %b}") for place, each in enumerate(figures.forecast) if not place % 7])
    yield " " * LEFT + f"{dues[0]:,} today, with what is overdue; {sum(dues):,} in all"


def _weeks(figures: Statistics, width: int) -> Iterator[str]:
    weeks = figures.weeks
    cell = 2 if LEFT + 2 * len(weeks) <= width else 1
    yield from columns([week.passed / week.reviews if week.reviews else None for week in weeks], "100 %", cell)
    firsts = [(place * cell, f"{week.monday:%b}") for place, week in enumerate(weeks) if week.monday.day <= 7]
    yield _below(firsts)
    told = [
        f"{week.monday:%d %b} {lines.percent(week.passed, week.reviews)} of {week.reviews:,}"
        for week in weeks[-4:]
        if week.reviews
    ]
    if told:
        yield from lines.wrapped("The last weeks: " + ", ".join(told), width, head=" " * LEFT)


# ── bars ─────────────────────────────────────────────────────────────────────────────────────────


def bars(rows: Sequence[tuple[str, float, str]], width: int) -> Iterator[str]:
    """A bar for each share of the longest, with its name before it and what is told behind it."""
    wide = _room(rows, width)
    yield from _rows(
        [Row(name, "█" * round(wide * share) or "▏" * (share > 0), told) for name, share, told in rows], wide
    )


def _room(rows: Sequence[tuple[str, float, str]], width: int) -> int:
    """The columns there are for bars beside names and what is told."""
    taken = max(len(name) for name, _, _ in rows) + max(len(told) for _, _, told in rows) + 4
    return max(1, min(WIDEST, width - taken))


def _rows(rows: Sequence[Row], wide: int) -> Iterator[str]:
    names = max(len(row.name) for row in rows)
    for row in rows:
        yield f"{row.name:<{names}}  {row.bar:<{wide}}  {row.told}".rstrip()


def _maturity(figures: Statistics, width: int) -> Iterator[str]:
    yield from bars(
        [
            (
                f"{each.name} ({lines.span(each.least, each.below)})",
                each.passed / each.reviews,
                f"{lines.percent(each.passed, each.reviews)} of {each.reviews:,}",
            )
            for each in figures.maturity
            if each.reviews
        ],
        width,
    )


def _recall(figures: Statistics, width: int) -> Iterator[str]:
    courses = [each for each in figures.expected if each.course and not each.level]
    yield from bars(
        [(each.course, each.recall, f"{lines.percent(each.recall, 1)} of {each.cards:,}") for each in courses], width
    )
    for line in lines.recalls([(each.course, each.level, each.recall) for each in figures.expected if each.level]):
        yield lines.cut(line, width)


def _times(figures: Statistics, width: int) -> Iterator[str]:
    yield from _counts(figures.times, lines.times, width)
    yield f"Half of the answers took at most {lines.seconds(figures.usual or 0)}."


def _counts(bins: Sequence[Bin], name: Callable[[int, int | None], str], width: int) -> Iterator[str]:
    most = max(each.count for each in bins)
    yield from bars([(name(each.least, each.below), each.count / most, f"{each.count:,}") for each in bins], width)


def _grades(grades: Sequence[Grades], width: int) -> Iterator[str]:
    """The mix of each level from left to right, and in percent."""
    rows = []
    for each in grades:
        total = sum(each.counts)
        counts = (sum(each.counts[:3]), *each.counts[3:])
        told = " ".join(f"{100 * count / total:>3.0f}" for count in counts) + f"  of {total:,}"
        rows.append((f"{each.level} {LEVELS[each.level]}" if each.level else "no level", counts, told))
    wide = min(40, _room([(name, 0, told) for name, _, told in rows], width))
    yield from _rows([Row(name, _mixed(counts, wide), told) for name, counts, told in rows], wide)
    yield "In percent: " + ", ".join(f"{shade} {name}" for name, shade in MIX) + "; again is grades 0 to 2."


def _mixed(counts: Sequence[int], wide: int) -> str:
    total, done, bar = sum(counts), 0, ""
    for count, (_, shade) in zip(counts, MIX, strict=True):
        done += count
        bar = bar.ljust(round(wide * done / total), shade)
    return bar


# ── tables ───────────────────────────────────────────────────────────────────────────────────────


def _ladders(figures: Statistics, width: int) -> Iterator[str]:
    """The weakest topic first."""
    cells = {(each.topic, each.level): each for each in figures.ladders}
    places = [*LEVELS, ORDER]
    topics = [each.topic for each in figures.topics()]
    room = min(max(map(len, [*topics, "topic"])), max(10, width - 11 * len(places)))
    yield f"{'topic':<{room}}" + "".join(f"{place:>11}" for place in places)
    for topic in topics:
        told = (_right(cells.get((topic, place))) for place in places)
        yield f"{lines.cut(topic, room):<{room}}" + "".join(f"{each:>11}" for each in told)


def _right(cell: Accuracy | None) -> str:
    return f"{cell.right:,} of {cell.answers:,}" if cell else "-"


def _placements(figures: Statistics, width: int) -> Iterator[str]:
    for each in reversed(figures.placements):
        yield lines.cut(f"{each.day:%d %b %Y}  {each}, by {lines.plural(each.items, 'answer')}", width)


def _weak(figures: Statistics, width: int) -> Iterator[Part]:
    if figures.leeches:
        more = f", of which these {SHOWN} have most" if len(figures.leeches) > SHOWN else ""
        yield (
            f"Leeches: {lines.plural(len(figures.leeches), 'card')} with {LEECH_LAPSES} lapses or more{more}",
            [
                line
                for each in figures.leeches[:SHOWN]
                for line in _card(
                    f"{each.lapses} lapses{', suspended' if each.suspended else ''}", each.title, each.card, width
                )
            ],
        )
    if figures.hardest:
        yield (
            "Hardest cards: those that failed most reviews of the year",
            [
                line
                for each in figures.hardest
                for line in _card(f"{each.failed} of {each.reviews} failed", each.title, each.card, width)
            ],
        )


def _card(told: str, title: str, id_: str, width: int) -> Iterator[str]:
    yield lines.cut(f"{told}: {title}", width)
    yield lines.cut(f"  {id_}", width)
