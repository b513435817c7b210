"""A drill's answer as a draft and as attempts: nothing written is lost, what came late is marked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung import drilling
from rung.drilling import Attempt, Written
from rung.model import Event, Kind

SECTIONS = (("design", "The design"), ("risk", "Risk"))

WRITTEN = """\
<!-- d/top-list; written for 83 s -->

## The design

Hash the keys.

- one

## Risk

A hot key.
"""
DRAFT = Written({"design": "Hash the keys.\n\n- one", "risk": "A hot key."}, 83_000)


def test_a_draft_is_markdown_with_a_heading_for_each_section():
    assert drilling.markdown(DRAFT, SECTIONS, "d/top-list") == WRITTEN
    assert drilling.read(WRITTEN, SECTIONS) == DRAFT
    blank = drilling.blank(SECTIONS)
    assert blank == Written({"design": "", "risk": ""}, 0)
    empty = "<!-- d/top-list; written for 0 s -->\n\n## The design\n\n## Risk\n"
    assert drilling.markdown(blank, SECTIONS, "d/top-list") == empty
    assert drilling.read(empty, SECTIONS) == blank


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("", {"design": "", "risk": ""}),
        ("no heading\n", {"design": "no heading", "risk": ""}),
        ("above\n## The design\nbelow", {"design": "above\n\nbelow", "risk": ""}),
        ("## Risk\nr\n## The design\nd\n", {"design": "d", "risk": "r"}),
        ("## Risk\none\n## Risk\ntwo", {"design": "", "risk": "one\n\ntwo"}),
        ("## Risk  \nr\n## Other\no", {"design": "", "risk": "r\n## Other\no"}),
        ("# The design\nx", {"design": "# The design\nx", "risk": ""}),
        ("## Risk\n\\## Risk\n\\\\## Risk\n\\x", {"design": "", "risk": "## Risk\n\\## Risk\n\\x"}),
    ],
)
def test_whatever_an_editor_did_nothing_is_lost(text, texts):
    assert drilling.read(text, SECTIONS) == Written(texts)


LINES = st.one_of(
    st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=8),
    st.sampled_from(
        ["## Risk", "## The design ", "\\## Risk", "\\\\## Risk", "<!-- d; written for 9 s -->", "[late] x", "#"]
    ),
)
TEXTS = st.lists(LINES, max_size=6).map(lambda lines: "\n".join(lines).strip("\n"))


@given(TEXTS, TEXTS, st.integers(0, 900))
def test_any_text_comes_back_from_a_draft(design, risk, seconds):
    draft = Written({"design": design, "risk": risk}, seconds * 1000)
    assert drilling.read(drilling.markdown(draft, SECTIONS, "d"), SECTIONS) == draft


def test_lines_are_added_and_late_ones_marked():
    draft = drilling.blank(SECTIONS)
    for line, late in (("one", False), ("", False), ("two", False), ("three", True), ("", True), ("[late] four", True)):
        draft = drilling.added(draft, "design", line, late=late)
    assert draft.texts == {"design": "one\n\ntwo\n[late] three\n\n[late] four", "risk": ""}
    assert drilling.added(draft, "risk", "five", late=True).texts["risk"] == "[late] five"
    assert (draft.words, draft.late, draft.filled) == (4, 2, ("design",))


def test_what_an_editor_brings_after_the_time_is_marked_line_by_line():
    before = Written({"design": "one\ntwo\nthree", "risk": ""})
    after = Written({"design": "zero\none\n2\n\nthree", "risk": "late\n\n[late] marked"}, 5)
    assert drilling.with_late(before, after) == Written(
        {"design": "[late] zero\none\n[late] 2\n\nthree", "risk": "[late] late\n\n[late] marked"}, 5
    )
    assert drilling.with_late(after, after) == after
    assert (
        drilling.with_late(before, Written({"design": "three", "risk": ""})).texts["design"] == "three"
    )  # less is not late


def test_the_log_keeps_so_many_characters():
    assert drilling.bounded(DRAFT) == dict(DRAFT.texts)
    assert drilling.bounded(DRAFT, 25) == {"design": "Hash the keys.\n\n- one", "risk": "A ho"}
    assert drilling.bounded(DRAFT, 14) == {"design": "Hash the keys."}
    assert drilling.bounded(Written({"design": " \n", "risk": "\nr\n"})) == {"risk": "r"}
    assert drilling.MOST == 20_000


# ── attempts ─────────────────────────────────────────────────────────────────────────────────────

DAY = date(2026, 11, 21)
RATED = {
    "ratings": {"framing": 1, "close": 3},
    "failures": ["boxes"],
    "minutes": 9.5,
    "answer": {"risk": "r s\n[late] t"},
    "seed": 1,
}


def event(sequence, kind=Kind.REVIEW, grade=3, **detail):
    return Event("0" * 32, sequence, sequence, DAY, kind, "d/n#drill", grade, 570_000, detail)


def test_the_rated_answers_of_the_log_are_the_attempts():
    events = [
        event(1, **RATED),
        event(2, Kind.REDRILL, 5, ratings={"framing": 3, "close": 3}),
        event(3),  # graded by `rung answer`
        event(4, **RATED),  # taken back
        event(5, Kind.SUSPEND, None, on=True),
    ]
    first, second = drilling.attempts(events, {("0" * 32, 4)})
    assert first == Attempt(1, DAY, Kind.REVIEW, 3, RATED["ratings"], ("boxes",), 9.5, RATED["answer"])
    assert (first.points, first.most, first.percent) == (4, 6, 66)
    assert (first.words, first.late) == (3, 1)
    assert second == Attempt(2, DAY, Kind.REDRILL, 5, {"framing": 3, "close": 3}, (), 0.0, {})
    assert second.percent == 100


@pytest.mark.parametrize(
    "ratings", [None, {}, [], "3 3 3 3", {"framing": 4}, {"framing": True}, {"framing": "3"}, {"a": -1}]
)
def test_a_log_from_elsewhere_may_hold_anything(ratings):
    assert drilling.attempts([event(1, ratings=ratings)]) == ()
    (kept,) = drilling.attempts([event(1, ratings={"a": 2}, failures="x", minutes="long", answer="text")])
    assert (kept.failures, kept.minutes, kept.answer) == ((), 0.0, {})


@pytest.mark.parametrize(
    ("before", "after", "unit", "told"),
    [
        (50, 75, "point", "↑ up 25 points"),
        (1, 2, "point", "↑ up 1 point"),
        (3, 1, "", "↓ down 2"),
        (2, 2, "point", "= the same"),
    ],
)
def test_how_a_figure_went_is_told_in_words_too(before, after, unit, told):
    assert drilling.change_in_words(before, after, unit) == told


def test_a_draft_holds_another_whose_lines_it_has():
    one = drilling.Written({"a": "x\n\ny", "b": ""})
    assert drilling.holds(drilling.Written({"a": "y\nz\nx", "b": "w"}), one)
    assert drilling.holds(drilling.Written({"a": "", "b": ""}), drilling.Written({"a": "", "b": ""}))
    assert not drilling.holds(drilling.Written({"a": "x", "b": "y"}), one)
