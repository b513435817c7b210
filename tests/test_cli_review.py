"""`rung review` by lines: what is shown, asked, graded, taken back."""

from __future__ import annotations

import json
import sys


def test_a_review_by_lines(workspace, rung):
    code, out, err = rung("review", typed="\n\n\n1\n\n3\n")
    assert (code, err) == (0, "")
    assert (
        out
        == """\
[1/2] new
Small
  The first is […].

Enter shows the back: 

  alpha

  The first is alpha.
  small/one#text.c1
  A course, One
  1 Again (today, 1 d)   2 Hard (today, 1 d)   3 Good (1 d)   4 Easy (1 d)
Grade [3 Good]: 

[2/2] new
Small
  The second is […].

Enter shows the back: 

  beta

  The second is beta.
  small/two#text.c1
  A course, One
  1 Again (today, 1 d)   2 Hard (today, 1 d)   3 Good (1 d)   4 Easy (1 d)
Grade [3 Good]: 1

[3/3] again
Small
  The second is […].

Enter shows the back: 

  beta

  The second is beta.
  small/two#text.c1
  A course, One
  1 Again (today)   2 Hard (today)   3 Good   4 Easy
Grade [3 Good]: 3
2 cards, 1 right (50 %).
  missed: Small: The second is […].
    small/two#text.c1
Next: 2 cards on Sunday, 22 November 2026.
"""
    )


def test_what_was_left_comes_again_and_a_graded_card_does_not(workspace, rung):
    assert rung("review", typed="\n3\n")[0] == 0
    assert rung("due")[1] == "0 due, 1 new\n"
    code, out, _ = rung("review", typed="\n2\nq\n")
    assert code == 0
    assert "The second is" in out
    assert "The first is" not in out
    assert rung("due")[1] == "0 due, 0 new, 1 again\n"
    assert "[1/1] again" in rung("review", typed="\n4\n")[1]
    assert rung("due")[1] == "nothing due; next on 2026-11-22\n"
    assert rung("due", day="2026-11-22")[1] == "2 due, 0 new\n"


def test_nothing_due_says_when_the_next_is_and_how_to_learn_ahead(workspace, rung):
    rung("review", typed="\n3\n\n3\n")
    told = "Nothing is due. Next: 2 cards on Sunday, 22 November 2026.\n"
    assert rung("review")[1] == told
    assert rung("review", "--ahead")[1] == told  # both were answered today; a second answer would only be a re-drill
    for day in ("2026-11-22", "2026-11-28"):
        rung("review", typed="\n3\n\n3\n", day=day)
    told = "Nothing is due. Next: 2 cards on Sunday, 13 December 2026.\nLearn ahead with: rung review --ahead\n"
    assert rung("review", day="2026-11-29")[1] == told


def test_with_the_days_new_cards_done_it_is_said_how_to_get_more(workspace, rung, tmp_path):
    (tmp_path / "config" / "rung").mkdir(parents=True)
    config = tmp_path / "config" / "rung" / "config.toml"
    config.write_text("new_per_day = 1\n")
    rung("review", typed="\n3\n")
    assert rung("review")[1] == (
        f"Nothing is due. Next: 1 card on Sunday, 22 November 2026.\n"
        f"1 new card waits for another day; for more a day set new_per_day in {config}\n"
    )


def test_learning_ahead_counts_the_days_that_passed(workspace, rung):
    for day, grade in (("2026-11-01", "3"), ("2026-11-02", "3")):
        rung("review", "small", typed=f"\n{grade}\n\n{grade}\n", day=day)
    assert rung("due", day="2026-11-05")[1] == "nothing due; next on 2026-11-08\n"
    code, out, _ = rung("review", "--ahead", typed="\n3\n", day="2026-11-05")
    assert code == 0
    assert "3 Good (8 d)" in out  # ceil(3 days x 2.5), not 15


def test_undo_in_a_sitting_and_across_sittings(workspace, rung):
    _, out, _ = rung("review", typed="\n3\nu\n\n4\nq\n")
    assert "Took back: review of small/one#text.c1" in out
    assert rung("undo") == (0, "Took back: review of small/one#text.c1 on 2026-11-21, Easy (grade 5)\n", "")
    assert rung("undo") == (0, "", "There is nothing to take back.\n")
    assert rung("due")[1] == "0 due, 2 new\n"
    _, out, _ = rung("review", typed="\n3\n\n3\n")
    _, out, _ = rung("review", "--practice", typed="u\nq\n")
    assert "Took back: review of small/two#text.c1" in out
    assert rung("due")[1] == "0 due, 1 new\n"


def test_commands_on_the_question_side(workspace, rung):
    _, out, _ = rung("review", typed="3\n?\n@\ns\n")
    assert "Grades come after the back" in out
    assert "take back the last answer" in out
    assert "Suspended; back with: rung unsuspend small/one#text.c1" in out
    assert "Buried until tomorrow." in out
    assert out.endswith("Nothing answered.\n")
    assert rung("due")[1] == "nothing due\n"
    assert rung("due", day="2026-11-22")[1] == "0 due, 1 new\n"
    assert rung("unsuspend", "small/one#text.c1") == (0, "", "Unsuspended small/one#text.c1\n")
    assert rung("due", day="2026-11-22")[1] == "0 due, 2 new\n"


def test_typing_the_words_of_a_hole(workspace, rung):
    _, out, _ = rung("review", "--type", typed=":x\nalpha\n\nbetta\n\n")
    assert "There is no command :x; :? lists them." in out
    assert "Exact." in out
    assert "Grade [4 Easy]:" in out
    assert "You wrote: betta" in out  # four letters are too few for a slip
    assert "Grade [1 Again]:" in out


def test_practice_leaves_the_schedule_alone(workspace, rung):
    _, out, _ = rung("review", "--practice", typed="\n1\n\n3\n")
    assert "[1/2] practice" in out
    assert "1 Again   2 Hard   3 Good   4 Easy" in out
    assert rung("due")[1] == "0 due, 2 new\n"
    assert "2 answers" in rung("stats")[1]


ORDERED = """\
title: Small
source: {course: A course}
notes:
  - framework: trip
    name: The Trip
    steps:
      - {id: pack, name: Pack, job: Fill the bag.}
      - {id: ride, name: Ride, job: Take the train.}
      - {id: rest, name: Rest, job: Sit down.}
"""


def test_an_order_is_answered_by_letters_and_scored_by_inversions(workspace, rung):
    (workspace / "decks" / "small.yaml").write_text(ORDERED)
    rung("build")
    card = "small/trip#order"
    letters = {each["text"]: each["letter"] for each in json.loads(rung("show", card, "--json")[1])["options"]}
    right = "".join(letters[name] for name in ("Pack", "Ride", "Rest"))
    _, out, _ = rung("review", typed=f"{right.lower()}\n\nq\n")
    assert "  1. Pack\n  2. Ride\n  3. Rest\n" in out
    assert "  A course\n  In order.\n" in out
    assert "Grade [4 Easy]: \n" in out
    event = json.loads(rung("log", "--json")[1])["events"][0]
    assert (event["card"], event["grade"]) == (card, 5)
    assert event["detail"] == {"answer": right.lower(), "scored": 5, "seed": event["detail"]["seed"]}
    rung("undo")
    letters = {each["text"]: each["letter"] for each in json.loads(rung("show", card, "--json")[1])["options"]}
    wrong = "".join(letters[name] for name in ("Ride", "Pack", "Rest"))
    _, out, _ = rung("review", typed=f"{wrong[:2]}\n{wrong}\n3\nq\n")
    assert "Type each of the letters A B C once, first to last." in out
    assert "  1. Pack (you put it at 2)\n  2. Ride (you put it at 1)\n  3. Rest\n" in out
    assert "  1 of 3 pairs out of order.\n" in out
    assert "Grade [1 Again]: 3\n" in out  # a third of the pairs is worth a 2; the learner may overrule
    assert [each["grade"] for each in json.loads(rung("log", "--json")[1])["events"]] == [5, None, 4]
    rung("undo")
    _, out, _ = rung("review", typed="\n\nq\n")
    assert "  You gave no answer.\n" in out
    assert "Grade [1 Again]: \n" in out


def test_a_command_without_its_colon_where_an_answer_is_typed_is_told(workspace, rung):
    (workspace / "decks" / "small.yaml").write_text(ORDERED)
    rung("build")
    _, out, _ = rung("review", typed="q\nu\nx\n:q\n")
    asked = "Type each of the letters A B C once, first to last."
    assert f": q\n{asked} Or :q to stop.\n" in out
    assert f": u\n{asked} The command is :u\n" in out
    assert f": x\n{asked}\n" in out
    assert out.endswith("Nothing answered.\n")


def test_daily_limits_are_the_learners(workspace, rung, tmp_path):
    config = tmp_path / "config" / "rung"
    config.mkdir(parents=True)
    (config / "config.toml").write_text("new_per_day = 1\n")
    assert rung("due")[1] == "0 due, 1 new\n"
    rung("review", typed="\n3\n")
    assert rung("due")[1] == "nothing due; next on 2026-11-22\n"
    (config / "config.toml").write_text("new_per_day = -1\nnew = 2\n")
    code, _, err = rung("due")
    assert code == 2
    assert err == (f"rung: {config / 'config.toml'}: new_per_day should be a whole number from 0 to 100,000, not -1\n")


def test_a_card_answered_in_another_window_is_not_asked_again(workspace, rung, tmp_path, monkeypatch):
    other = tmp_path / "window.py"
    other.write_text(
        "import subprocess, sys\n"
        "rung = [sys.executable, '-m', 'rung', '--today', '2026-11-21']\n"
        "subprocess.run([*rung, 'answer', 'two', '--grade', 'good'], check=True, capture_output=True)\n"
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {other}")
    _, out, _ = rung("review", typed="e\n\n3\n")
    assert "[1/2] new" in out
    assert "The second is" not in out
    assert out.endswith("1 card, 1 right (100 %).\nNext: 2 cards on Sunday, 22 November 2026.\n")


def test_with_limits_of_nothing_it_is_said_what_waits(workspace, rung, tmp_path):
    (tmp_path / "config" / "rung").mkdir(parents=True)
    config = tmp_path / "config" / "rung" / "config.toml"
    config.write_text("new_per_day = 0\nreviews_per_day = 0\n")
    more = f"2 new cards wait for another day; for more a day set new_per_day in {config}\n"
    assert rung("review")[1] == f"Nothing is due.\n{more}"
    rung("answer", "one", "--grade", "good")
    told = f"1 card is due, but the day's limit is reached: reviews_per_day in {config}\n"
    more = f"1 new card waits for another day; for more a day set new_per_day in {config}\n"
    assert rung("review", day="2026-11-22")[1] == f"{told}{more}"


def test_with_every_card_suspended_nothing_waits(workspace, rung):
    rung("suspend", "one", "two")
    assert rung("review")[1] == "Nothing is due, and nothing is waiting.\n"
