"""All figures as one page: pictures, tables, and in a line each what they mean. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung import lines, paper, press
from rung.charts import columns, grid, heatmap, line, rows
from rung.model import LEECH_LAPSES, LEVELS
from rung.statistics import ORDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rung.statistics import Bin, Grades, Statistics

    Part = tuple[str, str, str]  # the heading, the picture, and Markdown below it

SHOWN = 20  # leeches
BUTTONS = ("again", "hard", "good", "easy")


def document(figures: Statistics) -> str:
    """The file of the page; what has no figures yet is left out."""
    parts = [
        *_time(figures),
        *_retention(figures),
        *_recall(figures),
        *_cards(figures),
        *_levels(figures),
        *_weak(figures),
    ]
    if not parts:
        parts = [("", "", "There are no answers yet. `rung review` brings the first cards.")]
    sections = [(heading, picture + press.body(markdown, {})) for heading, picture, markdown in parts]
    return press.framed("Statistics", "statistics", f"As of {figures.day:%A %d %B %Y}", "statistics", sections)


def _time(figures: Statistics) -> Iterator[Part]:
    if figures.totals.answers:
        yield "", "", paper.bullets(_summary(figures))
    if total := sum(day.answers for day in figures.days):
        active = sum(bool(day.answers) for day in figures.days)
        picture = heatmap.svg("Answers of each day of a year", [(day.day, day.answers) for day in figures.days])
        yield "A year of answers", picture, (
            f"Reviews, re-drills, quizzes and practice of each day since {figures.days[0].day:%d %B %Y}:"
            f" {total:,} on {lines.plural(active, 'day')}."
        )  # fmt: skip
    if any(each.due for each in figures.forecast):
        picture = columns.svg("Cards due on each day", [(each.day, each.due) for each in figures.forecast])
        yield "What comes", picture, (
            f"Cards due on each of the next {len(figures.forecast)} days; the first has what is overdue, too."
        )  # fmt: skip


def _summary(figures: Statistics) -> Iterator[str]:
    yield f"Today: {lines.answers(figures.answers, figures.took)}"
    yield f"Streak: {lines.plural(figures.streak, 'day')}"
    if figures.retention.reviews:
        share = lines.percent(figures.retention.passed, figures.retention.reviews)
        yield f"Retention: {share} of {lines.plural(figures.retention.reviews, 'review')} in 30 days"
    if figures.expected:
        yield f"Recall: {lines.expected(figures.expected[0].recall, figures.expected[0].cards)}"
    if figures.interview:
        yield f"Interview: {lines.expected_on(figures.interview.recall, figures.interview.day)}"
    yield f"In all: {lines.plural(figures.totals.answers, 'answer')} to {lines.plural(figures.totals.cards, 'card')}"


def _retention(figures: Statistics) -> Iterator[Part]:
    if not any(week.reviews for week in figures.weeks):
        return
    picture = line.svg("Retention by week", [(week.monday, week.passed, week.reviews) for week in figures.weeks])
    yield "Retention by week", picture, (
        "Of the reviews of cards that were not new, those that passed, with grade 3 or more. Only the first review of a"
        " card on a day counts, no quiz, practice or re-drill. Weeks begin on Monday."
    )  # fmt: skip
    shown = [
        rows.Row(
            f"{each.name.capitalize()} ({lines.span(each.least, each.below)} days)",
            f"{lines.percent(each.passed, each.reviews)} of {each.reviews:,}",
            (each.passed / each.reviews,),
        )
        for each in figures.maturity
        if each.reviews
    ]
    yield "Retention by maturity", rows.svg("Retention by maturity", shown), (
        "The same reviews by the days since the review before; young are those within a week, mature those after more"
        " than three."
    )  # fmt: skip


def _recall(figures: Statistics) -> Iterator[Part]:
    courses = [each for each in figures.expected if each.course and not each.level]
    if not courses:
        return
    shown = [
        rows.Row(f"{each.course} ({each.cards:,})", lines.percent(each.recall, 1), (each.recall,)) for each in courses
    ]
    levels = {(each.course, each.level): lines.percent(each.recall, 1) for each in figures.expected if each.level}
    table = paper.table(
        ["course", *LEVELS],
        (
            [course, *(levels.get((course, level), "-") for level in LEVELS)]
            for course in dict.fromkeys(course for course, _ in levels)
        ),
    )
    yield "Expected recall", rows.svg("Expected recall by course", shown), (
        "What is probably still known today of the cards learnt here, as FSRS-6 predicts it from all your answers,"
        f" whichever algorithm sets the days.\n\n{table if levels else ''}"
    )  # fmt: skip


def _cards(figures: Statistics) -> Iterator[Part]:
    if figures.usual is not None:
        yield "Answer time", _distribution("Answers by the time they took", figures.times, lines.times), (
            f"All answers of the year that were timed; half of them took at most {lines.seconds(figures.usual)}."
        )  # fmt: skip
    if any(each.count for each in figures.intervals):
        yield "Intervals", _distribution("Cards by interval", figures.intervals, lines.days), (
            "Cards here by the days from their last review to the next one."
        )  # fmt: skip
        yield "Ease", _distribution("Cards by ease", figures.eases, lines.eases), (
            "Cards here by the factor with which their intervals grow; all begin at 2.5."
        )  # fmt: skip


def _levels(figures: Statistics) -> Iterator[Part]:
    if figures.grades:
        picture = rows.svg("Grades by level", [_mix(each) for each in figures.grades])
        yield "Grades by level", picture, (
            "Of the reviews of the year, in percent and from left to right: again (grades 0 to 2), hard, good, easy."
        )  # fmt: skip
    if figures.ladders:
        cells = {(each.topic, each.level): (each.right, each.answers) for each in figures.ladders}
        topics = [each.topic for each in figures.topics()]
        yield "Ladders", grid.svg("Right answers by topic and rung", topics, [*LEVELS, ORDER], cells), (
            "Of the year's quizzes and reviews that ask for a rung's level or miss, or for the order of the rungs, those"
            " with grade 3 or more; the weakest topic first."
        )  # fmt: skip
    if figures.placements:
        table = paper.table(
            ["day", "level", "answers"],
            ([f"{each.day:%d %B %Y}", str(each), str(each.items)] for each in reversed(figures.placements)),
        )
        yield "Placements", "", (
            "Every `rung quiz placement`, the newest first: of simulated learners some nine in ten lie in such a range."
            f"\n\n{table}"
        )  # fmt: skip


def _weak(figures: Statistics) -> Iterator[Part]:
    if figures.leeches:
        table = paper.table(
            ["card", "lapses", "ease", ""],
            (
                [
                    _card(each.title, each.card),
                    str(each.lapses),
                    lines.hundredths(each.ease),
                    "suspended" * each.suspended,
                ]
                for each in figures.leeches[:SHOWN]
            ),
        )
        most = f"; these {SHOWN} have most" if len(figures.leeches) > SHOWN else ""
        yield "Leeches", "", (
            f"{lines.plural(len(figures.leeches), 'card')} with {LEECH_LAPSES} lapses or more{most}. Write them anew, or"
            f" suspend them.\n\n{table}"
        )  # fmt: skip
    if figures.hardest:
        table = paper.table(
            ["card", "failed", "reviews"],
            ([_card(each.title, each.card), str(each.failed), str(each.reviews)] for each in figures.hardest),
        )
        yield "Hardest cards", "", f"Those that failed most reviews of the year.\n\n{table}"


# ── figures in words ─────────────────────────────────────────────────────────────────────────────


def _distribution(title: str, bins: Sequence[Bin], name: Callable[[int, int | None], str]) -> str:
    most = max(each.count for each in bins)
    return rows.svg(
        title, [rows.Row(name(each.least, each.below), f"{each.count:,}", (each.count / most,)) for each in bins]
    )


def _mix(grades: Grades) -> rows.Row:
    total = sum(grades.counts)
    counts = (sum(grades.counts[:3]), *grades.counts[3:])
    told = ", ".join(f"{name} {100 * count / total:.0f}" for name, count in zip(BUTTONS, counts, strict=True))
    name = f"{grades.level} {LEVELS[grades.level]}" if grades.level else "No level"
    return rows.Row(f"{name} ({total:,})", told, tuple(count / total for count in counts))


def _card(title: str, id_: str) -> str:
    return f"{title} `{id_}`"
