"""Drills in `rung review`, where they are wanted, and beside it."""

from __future__ import annotations

import json

import pytest

from drill_text import CARD, KEPT, RATE, WRITE, draft, drafts, events
from rung.cards.drill import GRADED


def wanted(tmp_path):
    (tmp_path / "config" / "rung").mkdir(parents=True)
    (tmp_path / "config" / "rung" / "config.toml").write_text("drills_in_review = true\n")


def test_a_review_leaves_drills_out_unless_they_are_wanted(drills, rung, tmp_path):
    assert rung("due")[1] == "0 due, 1 new\n"
    assert "Design a list" not in rung("review", typed="\n3\n")[1]
    assert "Design a list" not in rung("review", "--practice", typed="\n3\n")[1]
    rung("drill", "top-list", typed=f"{WRITE}{RATE}\n")  # a grade of 2: it would be drilled again
    assert rung("due")[1] == "nothing due; next on 2026-11-22\n"
    assert rung("due", day="2026-11-22")[1] == "1 due, 0 new\n"
    assert rung("review")[1] == "Nothing is due. Next: 1 card on Sunday, 22 November 2026.\n"
    assert "  2 cards      0 new     1 due\n" in rung("decks", day="2026-11-22")[1]
    assert json.loads(rung("stats", "--json")[1])["forecast"][1]["due"] == 1
    wanted(tmp_path)
    assert rung("due")[1] == "0 due, 0 new, 1 again\n"
    assert rung("due", day="2026-11-22")[1] == "2 due, 0 new\n"
    assert "  2 cards      0 new     2 due\n" in rung("decks", day="2026-11-22")[1]
    assert json.loads(rung("stats", "--json")[1])["forecast"][1]["due"] == 2
    assert "Design a list" in rung("review", "--practice", typed="q\n")[1]


def test_learning_ahead_and_the_new_cards_of_a_deck_leave_drills_out(drills, rung, tmp_path):
    assert "  2 cards      1 new     0 due\n" in rung("decks")[1]
    for day in ("2026-11-01", "2026-11-02"):
        for card in ("one", "top-list"):
            rung("answer", card, "--grade", "good", day=day)
    assert "[1/1] due" in rung("review", "--ahead", typed="q\n", day="2026-11-05")[1]
    wanted(tmp_path)
    assert "[1/2] due" in rung("review", "--ahead", typed="q\n", day="2026-11-05")[1]


def test_a_drill_beside_the_review_takes_no_place_in_it(drills, rung, tmp_path):
    (tmp_path / "config" / "rung").mkdir(parents=True)
    config = tmp_path / "config" / "rung" / "config.toml"
    config.write_text("new_per_day = 1\n")
    rung("drill", "top-list", typed=f"{WRITE}{RATE}\n")
    assert rung("due")[1] == "0 due, 1 new\n"
    config.write_text("new_per_day = 1\ndrills_in_review = true\n")
    assert rung("due")[1] == "0 due, 0 new, 1 again\n"


def test_a_review_runs_a_drill_where_it_is_wanted(drills, rung, tmp_path):
    wanted(tmp_path)
    assert rung("due")[1] == "0 due, 2 new\n"
    _, out, _ = rung("review", typed="?\n\nOne.\n.\n:q\n")
    assert out.startswith("[1/2] new\nDrill\n  Design a list of the hundred")
    assert "take back the last answer" in out
    assert f"{KEPT}Nothing answered.\n" in out
    _, out, _ = rung("review", typed=f"\n.\n.\n\nd\nd\nd\nc\n\n2\nu\n\nTwo.\n.\n.\n\n{RATE}b\n\nq\n")
    assert "There is a draft: 1 word in 1 of 2 sections, 0:00 used.\n" in out
    shown = f"Score: 11 of 12 points (91 %): Good (grade 4).\n{GRADED}\n  {CARD}\n  A course, lesson 1\n"
    assert (
        f"{shown}  1 Again (today, 1 d)   2 Hard (today, 1 d)   3 Good (1 d)   4 Easy (1 d)\nGrade [3 Good]: 2\n" in out
    )
    assert f"Took back: review of {CARD}\n" in out
    assert "Grade [1 Again]: \n" in out
    first, _, second = events(rung)
    assert (first["grade"], first["detail"]["answer"], first["detail"]["scored"]) == (3, {"design": "One."}, 4)
    assert (second["grade"], second["detail"]["answer"]) == (2, {"design": "Two."})
    assert second["detail"]["failures"] == ["happy"]
    assert drafts(tmp_path) == []


def test_help_at_the_end_of_a_drill_keeps_its_ratings(drills, rung, tmp_path):
    wanted(tmp_path)
    _, out, _ = rung("review", typed=f"\nOne.\n.\n.\n\n{RATE}b\n?\n:?\nx\n3\nq\n")
    assert out.count("take back the last answer") == 2
    assert out.count("Grade [1 Again]: ") == 4
    assert out.count("Framing (1 of 4)") == 1
    (event,) = events(rung)
    assert (event["grade"], event["detail"]["scored"], event["detail"]["answer"]) == (4, 2, {"design": "One."})
    assert drafts(tmp_path) == []


@pytest.mark.parametrize("end", ["", "q\n", ":q\n", "^C\n"])
def test_to_stop_at_the_grade_of_a_drill_logs_what_its_ratings_score(drills, timed, rung, tmp_path, end):
    wanted(tmp_path)
    code, out, _ = timed("review", typed=f"\nOne.\n.\n.\n\n{RATE}b\n{end}")
    assert code == (130 if "C" in end else 0)
    assert "Logged as a review: Again (grade 2).\nWhat you wrote stays in " in out
    assert "1 card, 0 right (0 %)" in out
    (event,) = events(rung)
    assert (event["grade"], event["detail"]["scored"], event["detail"]["answer"]) == (2, 2, {"design": "One."})
    assert drafts(tmp_path) == []


@pytest.mark.parametrize(("command", "told"), [("u", "There is nothing to take back."), ("e", "Set EDITOR to edit it")])
def test_to_leave_the_grade_of_a_drill_keeps_its_draft_and_says_so(drills, rung, tmp_path, command, told):
    wanted(tmp_path)
    _, out, _ = rung("review", typed=f"\nOne.\n.\n.\n\n{RATE}b\n{command}\nq\n")
    assert f"{KEPT}{told}" in out
    assert "There is a draft: 1 word" in out
    assert events(rung) == []
    assert "One." in draft(tmp_path)


def test_a_drill_in_a_review_can_be_put_off(drills, rung, tmp_path):
    wanted(tmp_path)
    _, out, _ = rung("review", typed="s\nq\n")
    assert "Buried until tomorrow." in out
    assert rung("due")[1] == "0 due, 1 new\n"


def test_a_drill_is_found_and_shown_like_any_card(drills, rung):
    assert CARD in rung("cards", "hundred songs")[1]
    _, out, _ = rung("show", "top-list")
    assert "  Model solution\n\n  The design\n" in out
    assert json.loads(rung("show", "top-list", "--json")[1])["kind"] == "drill"
