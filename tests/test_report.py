"""The page of all figures: what it holds, and what it leaves out; `rung stats --html` writes it."""

from __future__ import annotations

import re

import pytest

from learner import HERE, answer, card, day, do, put
from rung import report
from rung.model import Kind

WHOLE = [
    "A year of answers", "What comes", "Retention by week", "Retention by maturity", "Expected recall", "Answer time", "Intervals", "Ease",
    "Grades by level", "Ladders", "Placements", "Leeches", "Hardest cards",
]  # fmt: skip


def headings(page):
    return re.findall(r"<h2>(.*?)</h2>", page)


def lively(store):
    """A store with something for every section."""
    ladder = {"kind": "choice", "note_type": "ladder", "tags": ("topic::cold-start",)}
    put(store, [
        card("a", title="Why | how {{c1::so}} & <b>?"), card("b", title="B"),
        card("lad#L4", level="L4", title="Levels", **ladder), card("lad#L7", level="L7", title="Levels", **ladder),
    ])  # fmt: skip
    do(store, Kind.SEED, "one/a", -300, interval=1, ease=130, lapses=8)
    for on in (-280, -100, -99, -60, -14, -7, -1, 0):
        answer(store, "one/a", 4 if on % 2 else 1, on=on, took=1_000 * -on)
        answer(store, "one/lad#L4", 5 if on % 3 else 1, on=on, took=70_000)
        answer(store, "one/lad#L7", 1, on=on, took=11_000, kind=Kind.QUIZ)
    answer(store, "one/lad#order", 5, on=0, kind=Kind.QUIZ, detail={"quiz": 1, "placement": 1, "answer": "ABCD"})
    do(store, Kind.SUSPEND, "one/a")
    return store


def test_a_page_with_everything(store):
    page = report.document(lively(store).statistics(HERE, day(0)))
    assert headings(page) == WHOLE
    assert page.count("<svg ") == page.count("<desc>") == 10
    assert "As of Monday 23 November 2026" in page
    assert re.findall(r"<li>(.*?)</li>", page) == [
        "Today: 4 answers in 1 min", "Streak: 2 days", "Retention: 62 % of 8 reviews in 30 days",
        "Recall: 100 % expected today of 2 learnt cards", "In all: 25 answers to 4 cards",
    ]  # fmt: skip
    assert re.findall(r"<td data-head=\"(?:course|L.)\">(.*?)</td>", page) == ["Course", "100 %", "-", "-", "-"]
    assert not re.search(r"https?:|<script|src=|@import|url\(", page)


def test_placements_have_their_day_and_range(store):
    page = re.sub(r"\s+", " ", report.document(lively(store).statistics(HERE, day(0))))
    found = re.search(r"<h2>Placements</h2>.*?</tbody>", page)[0]
    assert re.findall(r"<td .*?>(.*?)</td>", found) == ["23 November 2026", "between L5 and L7, most likely L6", "1"]


def test_a_title_is_shown_as_it_is_read_and_breaks_no_table(store):
    page = report.document(lively(store).statistics(HERE, day(0)))
    assert page.count("Why | how so &amp; &lt;b&gt;?") == 2


def test_every_figure_is_defined_in_a_line(store):
    page = re.sub(r"\s+", " ", report.document(lively(store).statistics(HERE, day(0))))
    for words in (
        "Of the reviews of cards that were not new, those that passed, with grade 3 or more.",
        "Weeks begin on Monday.",
        "The same reviews by the days since the review before; young are those within a week, mature those after more"
        " than three.",
        "half of them took at most",
        "again (grades 0 to 2), hard, good, easy.",
        "Of the year's quizzes and reviews that ask for a rung's level or miss, or for the order of the rungs, those"
        " with grade 3 or more",
        "1 card with 8 lapses or more.",
    ):
        assert words in page.replace("&#x27;", "'")


@pytest.mark.parametrize(
    ("done", "shown"),
    [
        ([], []),
        ([(Kind.SEED, None)], ["What comes", "Expected recall", "Intervals", "Ease"]),
        ([(Kind.QUIZ, 5)], ["A year of answers"]),
        (
            [(Kind.REVIEW, 5)],
            ["A year of answers", "What comes", "Expected recall", "Intervals", "Ease", "Grades by level"],
        ),
    ],
)
def test_what_has_no_figures_is_left_out(store, done, shown):
    put(store, [card("a")])
    for kind, grade in done:
        store.record(kind, now=0, day=day(0), card="one/a", grade=grade, detail={"interval": 3} if not grade else {})
    page = report.document(store.statistics(HERE, day(0)))
    assert headings(page) == shown
    assert ("There are no answers yet." in page) == (not done)


def test_of_many_leeches_the_worst_are_shown(store):
    put(store, [card(f"c{number}") for number in range(22)])
    for number in range(22):
        do(store, Kind.SEED, f"one/c{number}", interval=1, lapses=8 + number)
    page = report.document(store.statistics(HERE, day(0)))
    assert "22 cards with 8 lapses or more; these 20 have most." in page
    assert "one/c21<" in page
    assert "one/c1<" not in page


# ── rung stats --html ────────────────────────────────────────────────────────────────────────────


def test_the_page_is_written_where_it_is_wanted(workspace, rung):
    rung("answer", "small/one#text.c1", "--grade", "good")
    assert rung("stats", "--html", "out/figures.html") == (0, "out/figures.html\n", "")
    page = (workspace / "out" / "figures.html").read_text(encoding="utf-8")
    assert "<h2>A year of answers</h2>" in page
    assert rung("stats", "--html", "out/figures.html")[0] == 0, "again, over the old one"


def test_what_cannot_be_written_is_said_in_a_line(workspace, rung):
    assert rung("stats", "--html", ".") == (3, "", "rung: .: this is a folder; nothing was written there\n")
    assert rung("stats", "--html", "rung.toml/x.html")[0] == 3


def test_a_page_or_json(workspace, rung):
    assert rung("stats", "--html", "x.html", "--json") == (2, "", "rung: either --json or --html\n")
    assert not (workspace / "x.html").exists()
