"""The sheet kind: numbers in a row, each in its range, that add up; what is wrong is named with its numbers."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from deck_text import compiled_notes
from rung import notes
from rung.cards import sheet
from rung.cards.sheet import Content, Given, Line, Rule
from rung.model import Card, Expects, NotAnAnswer, Question, Score

SHEET = Content(
    "SLA: **100 ms**.",
    "ms",
    Given("sla", "SLA", 100.0),
    (
        Line("edge", "Edge", 10.0, 20.0, 12.0),
        Line("retrieval", "*Retrieval*", 10.0, 40.0, 38.0),
        Line("fine-rank", "Fine rank", 30.0, 60.0, 50.0),
    ),
    (
        Rule("The layers fill what the edge leaves.", "sla - edge == retrieval + fine_rank"),
        Rule("Ranking stays within half of it", "fine_rank <= sla / 2"),
    ),
)
ASKED = sheet.ask(SHEET, 0)
RIGHT = ("All of it is right.",)
SUM = "The layers fill what the edge leaves"


def test_a_sheet_lists_its_lines():
    listed = "SLA: **100 ms**.\n\n1. Edge\n2. *Retrieval*\n3. Fine rank"
    assert Question(listed, Expects.NUMBERS, "3 numbers in ms, in this order") == ASKED


@pytest.mark.parametrize(
    "answer",
    [
        "12 38 50",
        "12;38;50",
        " 12, 38; 50 ,",
        "12 , 38,; 50",
        "12ms 38ms 50ms",
        "12 ms 38 ms 50 ms",
        "0.012 s, 38 ms, 50",
    ],
)
def test_numbers_may_be_set_apart_and_have_units(answer):
    assert sheet.given(SHEET, answer) == (12, 38, 50)
    assert sheet.score(SHEET, ASKED, answer) == Score(5, RIGHT)


@pytest.mark.parametrize(
    ("answer", "grade", "remarks"),
    [
        ("10 40 50", 5, RIGHT),  # the ends of a range are in it
        ("20 30 50", 5, RIGHT),
        ("12 30 50", 4, ("4 of 5 right.", f"{SUM}: 100 - 12 = 88 ms, not 30 + 50 = 80 ms.")),
        (
            "12 28 60",
            4,
            ("4 of 5 right.", "Ranking stays within half of it: 60 ms, more than 100 ÷ 2 = 50 ms."),
        ),
        (
            "9 41 50",
            3,
            ("3 of 5 right.", "Edge: 9 ms, typically 10 to 20 ms.", "Retrieval: 41 ms, typically 10 to 40 ms."),
        ),
        (
            "9 40 50",
            3,
            (
                "3 of 5 right.",
                "Edge: 9 ms, typically 10 to 20 ms.",
                f"{SUM}: 100 - 9 = 91 ms, not 40 + 50 = 90 ms.",
            ),
        ),
        (
            "12 50 55",
            2,
            (
                "2 of 5 right.",
                "Retrieval: 50 ms, typically 10 to 40 ms.",
                f"{SUM}: 100 - 12 = 88 ms, not 50 + 55 = 105 ms.",
                "Ranking stays within half of it: 55 ms, more than 100 ÷ 2 = 50 ms.",
            ),
        ),
    ],
)
def test_a_point_for_each_line_in_range_and_each_rule_that_holds(answer, grade, remarks):
    assert sheet.score(SHEET, ASKED, answer) == Score(grade, remarks)


@pytest.mark.parametrize(
    ("wrong", "grade"), [(0, 5), (1, 4), (2, 4), (3, 3), (4, 3), (5, 2), (6, 2), (7, 1), (8, 1), (9, 0), (10, 0)]
)
def test_the_grades_of_ten_lines(wrong, grade):
    lines = tuple(Line(f"l{place}", "L", 1.0, 2.0, 1.0) for place in range(10))
    content = replace(SHEET, lines=lines, rules=())
    assert sheet.score(content, ASKED, " ".join(["9"] * wrong + ["1"] * (10 - wrong))).grade == grade


def test_a_rule_that_cannot_be_worked_out_is_broken():
    content = replace(SHEET, rules=(Rule("Fine.", "sla / edge <= 10"),))
    remarks = ("2 of 4 right.", "Edge: 0 ms, typically 10 to 20 ms.", "Fine: the formula may divide by zero.")
    assert sheet.score(content, ASKED, "0 38 50") == Score(2, remarks)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("", "Type 3 numbers with spaces between them; these are 0."),
        ("12,38,500", "Type 3 numbers with spaces between them; these are 2."),
        ("12 38", "Type 3 numbers with spaces between them; these are 2."),
        ("12 38 50 8", "Type 3 numbers with spaces between them; these are 4."),
        ("12 38 GB 50", "Retrieval: the answer is in ms, not GB."),
        ("a b c", 'Edge: "a" is no number in ms.'),
        ("12 nan 50", "Type 3 numbers with spaces between them; these are 2."),
    ],
)
def test_what_is_no_filled_sheet(answer, words):
    with pytest.raises(NotAnAnswer) as error:
        sheet.score(SHEET, ASKED, answer)
    assert str(error.value) == words


@pytest.mark.parametrize(
    ("unit", "answer", "numbers"),
    [
        ("ms", "1,500 2,500", (1500, 2500)),
        ("ms", "1,500, 2,500", (1500, 2500)),
        ("ms", "12,38", (12, 38)),
        ("ms", "1,500,38", (1500, 38)),
        ("ms", "12,1500", (12, 1500)),
        ("ms", "1,500 ms; 2.5 s", (1500, 2.5e3)),
        ("%", "12 % 20 %", (12, 20)),
        ("% of users", "12% of users, 20 % of users", (12, 20)),
        ("$", "$ 12 $ 20", (12, 20)),
        ("$", "12 $ 20 $", (12, 20)),
        ("€", "€12 20 €", (12, 20)),
        ("GPU hours", "12 million GPU hours 20 GPU hours", (12e6, 20)),
        ("$ per 1,000 tokens", "$ 0.35 per 1,000 tokens $ 1 per 1,000 tokens", (0.35, 1)),
        ("$ per 1,000 tokens", "$0.35 per 1,000 tokens, $1 / 1,000 tokens", (0.35, 1)),
    ],
)
def test_a_thousands_comma_or_a_unit_sets_no_numbers_apart(unit, answer, numbers):
    content = replace(SHEET, unit=unit, lines=SHEET.lines[:2], rules=())
    assert sheet.given(content, answer) == pytest.approx(numbers, rel=1e-12)


@pytest.mark.parametrize("answer", ["1,500", "12 -", "$"])
def test_one_number_is_not_two(answer):
    with pytest.raises(NotAnAnswer, match=r"^Type 2 numbers with spaces between them; these are 1\.$"):
        sheet.given(replace(SHEET, lines=SHEET.lines[:2]), answer)


def test_a_sheet_of_one_line_asks_for_one_number():
    content = replace(SHEET, lines=SHEET.lines[:1], rules=())
    assert sheet.ask(content, 0).how == "1 number in ms"
    with pytest.raises(NotAnAnswer, match=r"^Type 1 number; these are 2\.$"):
        sheet.given(content, "12 38")


def test_the_back_shows_the_example_its_ranges_and_the_rules():
    rules = f"- {SUM}: 100 - 12 = 38 + 50\n- Ranking stays within half of it: 50 ≤ 100 ÷ 2"
    assert sheet.back(SHEET, ASKED, "") == (
        "1. Edge: **12 ms**, typically 10 to 20 ms\n2. *Retrieval*: **38 ms**, typically 10 to 40 ms\n"
        f"3. Fine rank: **50 ms**, typically 30 to 60 ms\n\n{rules}"
    )
    assert sheet.back(SHEET, ASKED, "9 41 50").startswith(
        "1. Edge: **12 ms**, typically 10 to 20 ms; you wrote 9 ms\n2. *Retrieval*: **38 ms**, typically 10 to 40 ms;"
        " you wrote 41 ms\n"
    )


def test_the_gist_of_a_sheet():
    assert sheet.gist(SHEET) == ("SLA: 100 ms.", "Edge 12 ms, Retrieval 38 ms, Fine rank 50 ms")


def test_anki_lists_the_lines_and_fills_them_on_the_back():
    small = replace(SHEET, lines=SHEET.lines[:2], rules=(Rule("It fits.", "edge + retrieval <= sla"),))
    fields = sheet.fields([Card("d/n#fill", "sheet", "worksheet", "d", "f", "T", small)])
    follows = re.search(' data-unit="ms" data-follows="=1 .*? ms=1 .*? s=1000 .*?"', fields["Lines"])[0]
    assert {name: field.replace(follows, "") for name, field in fields.items()} == {
        "Prompt": "<p>SLA: <strong>100 ms</strong>.</p>",
        "Lines": '<ol class="items"><li data-id="edge">Edge</li><li data-id="retrieval"><em>Retrieval</em></li></ol>',
        "Answer": '<ol class="answer"><li data-id="edge" data-low="10.0" data-high="20.0">Edge: <b>12 ms</b> <small class="note">typically 10 to 20 ms'
        '</small></li><li data-id="retrieval" data-low="10.0" data-high="40.0"><em>Retrieval</em>: <b>38 ms</b> <small class="note">typically 10 to 40'
        " ms</small></li></ol>",
        "Rules": '<ul class="rules"><li>It fits: 12 + 38 ≤ 100</li></ul>',
        "Unit": "ms",
    }


def test_the_ranges_of_a_worksheet_are_a_family_with_it_as_its_back_shows_them():
    (deck,) = compiled_notes(notes.note_type("worksheet").EXAMPLES[0].source).decks
    lines = {card.id.partition("#")[2] for card in deck.cards if card.family == "deck/latency-budget#lines"}
    assert lines == {"fill", "edge.range.c1", "retrieval.range.c1", "fine-rank.range.c1"}


FILLED = """\
title: Worksheets
source: {course: A course, lesson: One}
notes:
  - worksheet: latency
    name: Latency worksheet
    given: {id: sla, name: SLA at p99, value: 100, unit: ms}
    lines:
      - {id: edge, name: Edge, low: 10, high: 20, filled: 12}
      - {id: rank, name: Rank, low: 60, high: 90, filled: 88}
    checks:
      - {id: sum, says: Both fill it., formula: edge + rank == sla}
"""


def test_a_sheet_is_filled_in_a_sitting(workspace, rung):
    (workspace / "decks" / "small.yaml").write_text(FILLED)
    assert rung("build")[0] == 0
    code, out, err = rung("review", typed="12\n12, 90 ms\n\n:q\n")
    assert (code, err) == (0, "")
    assert out.startswith(
        """\
[1/1] new
Latency worksheet
  SLA at p99: 100 ms. Fill in a number for each line:
  1. Edge
  2. Rank

2 numbers in ms, in this order: 12
Type 2 numbers with spaces between them; these are 1.
2 numbers in ms, in this order: 12, 90 ms

  1. Edge: 12 ms, typically 10 to 20 ms; you wrote 12 ms
  2. Rank: 88 ms, typically 60 to 90 ms; you wrote 90 ms
  - Both fill it: 12 + 88 = 100
  small/latency#fill
  A course, One
  2 of 3 right.
  Both fill it: 12 + 90 = 102 ms, not 100 ms.
"""
    )
    (event,) = json.loads(rung("log", "--json")[1])["events"]
    assert (event["grade"], event["detail"]["answer"]) == (3, "12, 90 ms")
