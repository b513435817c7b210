"""The drill kind: how it is asked, what ratings are worth, what stands on its back and in Anki."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deck_text import compiled_notes
from rung import cardfile
from rung.cards import drill
from rung.model import Card, Expects, NotAnAnswer, Question, Score
from rung.notes import drill as note
from rung.notes import fields_of

CONTENT = drill.Content(
    "Design a *top list*.\n\nFresh within a minute.",
    10,
    (drill.Section("design", "The `design`"), drill.Section("risk", "Risk")),
    tuple(
        drill.Dimension(id_, id_.title(), *(f"{id_} {level}" for level in ("none", "one", "more", "all")))
        for id_ in ("framing", "numbers", "failure", "close")
    ),
    (drill.Solved("design", "Hash the keys.\n\n- one\n- two"), drill.Solved("risk", "A **hot** key.")),
    (drill.Failure("boxes", "Boxes without a number."), drill.Failure("happy", "x < y")),
)
ASKED = drill.ask(CONTENT, 7)
AS_ANSWER = "Type a level for each of the 4 dimensions, 0 to 3."


def test_a_drill_is_asked_with_its_minutes_and_sections():
    prompt = (
        "Design a *top list*.\n\nFresh within a minute.\n\n**10 minutes**, in these sections:\n\n"
        "1. The `design`\n2. Risk"
    )
    how = "Type your levels in the order of the rubric, 0 to 3, e.g. 2 3 1 0"
    assert Question(prompt, Expects.DRILL, how) == ASKED
    assert drill.ask(CONTENT, 8) == ASKED


@pytest.mark.parametrize(
    ("answer", "grade", "remark"),
    [
        ("3 3 3 3", 5, "12 of 12 points (100 %)."),
        ("3 3 3 2", 4, "11 of 12 points (91 %)."),
        ("3 3 3 1", 4, "10 of 12 points (83 %)."),
        ("3 3 3 0", 3, "9 of 12 points (75 %)."),
        ("2 2 2 2", 3, "8 of 12 points (66 %)."),
        ("3 3 1 0", 2, "7 of 12 points (58 %)."),
        ("2 1 1 1", 2, "5 of 12 points (41 %)."),
        ("1 1 1 1", 1, "4 of 12 points (33 %)."),
        ("3 0 0 0", 1, "3 of 12 points (25 %)."),
        ("0 0 2 0", 0, "2 of 12 points (16 %)."),
        ("0 0 0 0", 0, "0 of 12 points (0 %)."),
    ],
)
def test_the_share_of_all_points_is_the_grade(answer, grade, remark):
    assert drill.score(CONTENT, ASKED, answer) == Score(grade, (remark,))


def test_what_is_said_of_the_grades_is_so():
    def graded(*levels):
        return drill.score(CONTENT, ASKED, drill.canonical(levels)).grade

    assert drill.GRADED == (
        "Easy takes all points, Good 80 %, Hard 60 %; less is Again. "
        "So Passing throughout is Again, Strong throughout Hard."
    )
    assert (graded(1, 1, 1, 1), graded(2, 2, 2, 2)) == (1, 3)
    assert {drill.percent(sum(levels), 12): graded(*levels) for levels in itertools.product(range(4), repeat=4)} == {
        100: 5, 91: 4, 83: 4, 75: 3, 66: 3, 58: 2, 50: 2, 41: 2, 33: 1, 25: 1, 16: 0, 8: 0, 0: 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    "typed", ["", "2 3 1", "2 3 1 0 0", "2 3 1 4", "2 3 1 E", "C D B A", "2310", "2 3 1 ٠", "2 3 1 -1", "²310", "none"]
)
def test_what_is_no_rating(typed):
    with pytest.raises(NotAnAnswer, match=f"^{re.escape(AS_ANSWER)}$"):
        drill.score(CONTENT, ASKED, typed)


@given(st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_the_canonical_text_says_the_levels(levels):
    text = drill.canonical(levels)
    assert re.fullmatch("[0-3]( [0-3]){3}", text)
    assert drill.ratings(CONTENT, text) == tuple(levels)


BACK = """\
**Rubric**

**Framing**

- Weak: framing none
- Passing: framing one
- Strong: framing more
- Staff bar: framing all
"""
REST = """\
**Model solution**

**The `design`**

Hash the keys.

- one
- two

**Risk**

A **hot** key.

**Common failures**

- Boxes without a number.
- x < y"""


def test_the_back_has_rubric_solution_and_failures():
    back = drill.back(CONTENT, ASKED, "")
    assert back.startswith(BACK)
    assert back.endswith(REST)
    assert "(you)" not in back
    rated = drill.back(CONTENT, ASKED, "0 1 2 3")
    assert re.findall("- (.*) \\(you\\): (.*)", rated) == [
        ("Weak", "framing none"),
        ("Passing", "numbers one"),
        ("Strong", "failure more"),
        ("Staff bar", "close all"),
    ]


def test_the_gist_of_a_drill():
    asked = "Design a top list. Fresh within a minute."
    assert drill.gist(CONTENT) == (asked, "10 minutes, rated on Framing, Numbers, Failure, Close")


def test_a_drill_is_read_back_as_it_was_written():
    (deck,) = compiled_notes(note.EXAMPLES[0].source).decks
    assert cardfile.from_text(cardfile.text_of(deck)) == deck
    assert deck.cards[0].content.rubric[0].levels[3].startswith("Also names")


def test_the_solution_stands_in_the_order_of_the_sections():
    (deck,) = compiled_notes(note.EXAMPLES[0].source).decks
    lines = note._SOLVED.splitlines(keepends=True)
    turned = note.EXAMPLES[0].source.replace(note._SOLVED, lines[0] + lines[2] + lines[1])
    assert compiled_notes(turned).decks[0].cards[0].content == deck.cards[0].content


def test_a_drill_in_anki():
    card = Card("d/n#drill", "drill", "drill", "d", "d/n#drill", "Drill", CONTENT)
    fields = drill.fields([card])
    assert fields["Prompt"] == "<p>Design a <em>top list</em>.</p> <p>Fresh within a minute.</p>"
    assert fields["Minutes"] == "10"
    sections = '<li data-id="design">The <code>design</code></li><li data-id="risk">Risk</li>'
    assert fields["Sections"] == f'<ol class="sections">{sections}</ol>'
    assert fields["Rubric"].startswith('<details data-id="framing"><summary>Framing</summary>')
    assert fields["Rubric"].endswith(
        '<details data-id="close"><summary>Close</summary><ol class="levels" start="0"><li><b>Weak</b> close none</li>'
        "<li><b>Passing</b> close one</li><li><b>Strong</b> close more</li><li><b>Staff bar</b> close all</li></ol></details>"
    )
    assert fields["Solution"] == (
        '<div data-id="design"><h4>The <code>design</code></h4><p>Hash the keys.</p> <ul> <li>one</li> <li>two</li> </ul>'
        '</div><div data-id="risk"><h4>Risk</h4><p>A <strong>hot</strong> key.</p></div>'
    )
    failures = '<li data-id="boxes">Boxes without a number.</li><li data-id="happy">x &lt; y</li>'
    assert fields["Failures"] == f'<ul class="failures">{failures}</ul>'
    assert {name for name, _ in drill.ANKI.fields} - fields.keys() == {
        "Title", "Extra", "Source", "Id", "Spare1", "Spare2", "Spare3",
    }  # fmt: skip


def test_the_anki_note_type_never_changes():
    assert (drill.ANKI.id, drill.ANKI.name, drill.ANKI.template_id) == (1_790_100_701, "Rung Drill", 1_790_120_701)
    assert [number for _, number in drill.ANKI.fields] == list(range(1_790_110_701, 1_790_110_714))
    names = "Prompt Title Minutes Sections Rubric Solution Failures Extra Source Id Spare1 Spare2 Spare3"
    assert [name for name, _ in drill.ANKI.fields] == names.split()


@pytest.mark.parametrize(
    ("count", "told"), [(2, "lists only two"), (3, ""), (26, ""), (27, "lists 27, 26 is the most")]
)
def test_a_drill_has_as_many_failures_as_can_be_lettered(count, told):
    source = note.EXAMPLES[0].source
    listed = "".join(f"    - {{id: f{number}, failure: The {number}th.}}\n" for number in range(count))
    result = compiled_notes(source[: source.index("    - {id: boxes")] + listed)
    assert [problem.message for problem in result.problems] == ([f'"failures" {told}'] if told else [])


def test_a_drill_on_paper_names_the_levels_as_a_card_does():
    ((kept,),) = (deck.notes for deck in compiled_notes(note.EXAMPLES[0].source).decks)
    (rubric,) = (each.text for each in note.page(fields_of(kept)).sections if "Rate" in each.text)
    assert rubric.startswith("| Rate yourself | Weak, 0 | Passing, 1 | Strong, 2 | Staff bar, 3 |\n")
