"""The checklist: asked by the number of its points, ticked by their letters, graded by the share that was ticked."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.anki.types import template
from rung.cardfile import card_of, line_of
from rung.cards import checklist
from rung.model import Card, Expects, NotAnAnswer, Option, Question, Score

NOTES = checklist.Content(
    "What did the *interviewer* write down?",
    (
        checklist.Point("objective", "Did not assume `it`."),
        checklist.Point("spine", "Used the budget to derive the layers, one by one."),
        checklist.Point("splits", "Named the split"),
        checklist.Point("ccpa", "Restated **CCPA**"),
    ),
    "It *cost* nothing.",
)
ASKED = checklist.ask(NOTES, 7)


def points(count):
    return checklist.Content("Which?", tuple(checklist.Point(f"p{number}", f"P{number}") for number in range(count)))


def test_it_is_asked_with_its_points_in_the_authors_order():
    options = tuple(map(Option, "ABCD", (p.id for p in NOTES.points), (p.text for p in NOTES.points)))
    assert Question(NOTES.prompt, Expects.TICKS, "Say it aloud; 4 points", options, 0) == ASKED
    assert all(checklist.ask(NOTES, seed) == ASKED for seed in range(20))
    assert checklist.ask(points(1), 0).how == "Say it aloud; 1 point"


@pytest.mark.parametrize(
    ("answer", "grade", "remark"),
    [
        ("a b c d", 5, "4 of 4 points."),
        ("DCBA", 5, "4 of 4 points."),
        ("a c d", 3, "3 of 4 points; you left out: B. Used the budget to derive the ..."),
        ("A, b.", 2, "2 of 4 points; you left out: C. Named the split; D. Restated CCPA"),
        (
            "d",
            1,
            "1 of 4 points; you left out: A. Did not assume it; B. Used the budget to derive the ...;"
            " C. Named the split",
        ),
        ("", 0, "0 of 4 points."),
        (" ", 0, "0 of 4 points."),
        ("-", 0, "0 of 4 points."),
    ],
)
def test_an_answer_is_worth_the_share_of_its_ticks(answer, grade, remark):
    assert checklist.score(NOTES, ASKED, answer) == Score(grade, (remark,))


@pytest.mark.parametrize(
    ("count", "grades"),  # by the number of points ticked, from none to all
    [
        (1, [0, 5]),
        (2, [0, 2, 5]),
        (3, [0, 1, 3, 5]),
        (4, [0, 1, 2, 3, 5]),
        (5, [0, 1, 2, 3, 4, 5]),
        (6, [0, 0, 1, 2, 3, 4, 5]),
        (11, [0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5]),
    ],
)
def test_the_grades_of_other_numbers_of_points(count, grades):
    asked = checklist.ask(points(count), 0)
    letters = [option.letter for option in asked.options]
    assert [checklist.score(points(count), asked, "".join(letters[:n])).grade for n in range(count + 1)] == grades


@given(st.integers(1, 26), st.data())
def test_the_grade_is_that_of_the_published_shares(count, data):
    asked = checklist.ask(points(count), 0)
    had = data.draw(st.lists(st.sampled_from([option.letter for option in asked.options]), unique=True))
    share = Fraction(len(had), count)
    bounds = ((5, "1"), (4, "0.8"), (3, "0.6"), (2, "0.4"), (1, "0.2"))
    right = next((grade for grade, least in bounds if share >= Fraction(least)), 0)
    assert checklist.score(points(count), asked, " ".join(had)).grade == right


@pytest.mark.parametrize("answer", ["E", "abe", "aa", "aBA", "1", "all", "a?", "a/b", "ß", "Ä", ":x", "objective"])
def test_what_ticks_nothing(answer):
    told = r"^Type the letters of the points you had, each once, of A B C D; - for none\.$"
    with pytest.raises(NotAnAnswer, match=told):
        checklist.score(NOTES, ASKED, answer)
    with pytest.raises(NotAnAnswer, match=told):
        checklist.back(NOTES, ASKED, answer)


def test_the_back_boxes_what_was_ticked():
    plain = (
        "- **A.** Did not assume `it`.\n"
        "- **B.** Used the budget to derive the layers, one by one.\n"
        "- **C.** Named the split\n"
        "- **D.** Restated **CCPA**\n\n"
        "It *cost* nothing."
    )
    assert checklist.back(NOTES, ASKED, "") == plain
    ticked = plain.replace("- **A", r"- \[x\] **A").replace("- **B", r"- \[ \] **B")
    ticked = ticked.replace("- **C", r"- \[ \] **C").replace("- **D", r"- \[x\] **D")
    assert checklist.back(NOTES, ASKED, "d a") == ticked
    none = checklist.back(NOTES, ASKED, "-")
    assert none.count(r"\[ \] **") == 4
    long = checklist.Content("Which?", (checklist.Point("a", "One.\n\nTwo."), checklist.Point("b", "Three.")))
    assert checklist.back(long, checklist.ask(long, 0), "") == "- **A.** One.\n  \n  Two.\n- **B.** Three."


def test_the_gist_of_a_checklist():
    answer = "Did not assume it; Used the budget to derive the layers, one by one; Named the split; Restated CCPA"
    assert checklist.gist(NOTES) == ("What did the interviewer write down?", answer)


def card(content):
    return Card("deck/opening#notes", "checklist", "transcript", "deck", "deck/opening#notes", "Opening", content)


def test_it_is_kept_among_the_cards_as_it_was():
    for content in (NOTES, points(2)):
        assert card_of(line_of(card(content))) == card(content)


def test_the_fields_of_its_anki_note():
    assert checklist.fields([card(NOTES)]) == {
        "Prompt": '<p>What did the <em>interviewer</em> write down?</p><p class="how">Say it aloud; 4 points.</p>',
        "Points": '<ul class="points"><li data-id="objective">Did not assume <code>it</code>.</li>'
        '<li data-id="spine">Used the budget to derive the layers, one by one.</li>'
        '<li data-id="splits">Named the split</li>'
        '<li data-id="ccpa">Restated <strong>CCPA</strong></li></ul>',
        "Extra": "<p>It <em>cost</em> nothing.</p>",
    }
    assert checklist.fields([card(points(2))])["Extra"] == ""


def test_its_anki_ids_are_for_ever_and_its_front_keeps_the_points():
    anki = checklist.ANKI
    assert (anki.id, anki.template_id, anki.name) == (1_790_100_501, 1_790_120_501, "Rung Checklist")
    names = ["Prompt", "Title", "Points", "Extra", "Source", "Id", "Spare1", "Spare2", "Spare3"]
    assert anki.fields == tuple((name, 1_790_110_500 + number) for number, name in enumerate(names, 1))
    looks = template("checklist")
    assert "{{Points}}" not in looks.front
    assert "{{Points}}" in looks.back
