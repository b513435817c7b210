"""`rung drill` besides the writing: the list, past attempts and how they went from one to the next."""

from __future__ import annotations

import json

import pytest

from drill_text import CARD, DECK, RATE, WRITE, asides


def test_the_drills_are_listed(drills, rung):
    prompt = "    Design a list of the hundred most played songs, fresh within a minute.\n"
    assert rung("drill") == (0, f"small/top-list  10 min  0 attempts\n{prompt}", "")
    rung("drill", "top-list", typed=f"{WRITE}{RATE}\n")
    rung("drill", "top-list", typed="\nAgain.\n")
    told = "small/top-list  10 min  1 attempt, last 50 % on 2026-11-21, due, a draft\n"
    assert rung("drill", day="2026-11-22") == (0, told + prompt, "")
    (listed,) = json.loads(rung("drill", "--json")[1])["drills"]
    last = listed.pop("last")
    assert listed == {
        "id": CARD, "prompt": prompt.strip(), "minutes": 10, "attempts": 1, "next": "2026-11-22", "draft": True,
    }  # fmt: skip
    assert (last["day"], last["points"], last["most"], last["grade"]) == ("2026-11-21", 6, 12, 2)


def test_in_a_narrow_terminal_the_state_of_a_drill_has_a_line_of_its_own(drills, rung, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    prompt = "    Design a list of the hundred ...\n"
    assert rung("drill")[1] == f"small/top-list  10 min  0 attempts\n{prompt}"
    _, out, _ = rung("drill", "top-list", typed=f"{WRITE}{RATE}\n")
    assert "  1 Again (1 d)   2 Hard (1 d)\n  3 Good (1 d)   4 Easy (1 d)\nGrade" in out
    assert rung("drill")[1] == f"small/top-list\n    10 min  1 attempt, last 50 % on 2026-11-21\n{prompt}"


def test_without_drills_there_is_nothing_to_list(workspace, rung):
    assert rung("drill") == (0, "", "There are no drills here.\n")
    assert json.loads(rung("drill", "--json")[1]) == {"format": 1, "drills": []}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--past",), "say which drill: rung drill DRILL; list them with: rung drill"),
        (("--show", "1"), "say which drill: rung drill DRILL; list them with: rung drill"),
        (("toplist",), 'there is no drill "toplist"; did you mean "top-list"?'),
        (("zzz",), 'there is no drill "zzz"; list them with: rung drill'),
        (("one",), 'there is no drill "one"; list them with: rung drill'),
        (("one#text.c1",), "small/one#text.c1 is no drill; list them with: rung drill"),
        (("top-list", "--show", "1"), "there is no attempt 1; small/top-list has 0 attempts"),
    ],
)
def test_what_is_no_drill(drills, rung, arguments, told):
    assert rung("drill", *arguments) == (2, "", f"rung: {told}\n")


def test_a_drill_is_meant_among_drills_alone(drills, rung):
    untried = "No attempts yet; begin with: rung drill small/top-list\n"
    head = "title: Other\nsource: {course: A course}\nnotes:\n"
    other = drills / "decks" / "more" / "top-list.yaml"  # its cards are of `more/top-list`
    other.parent.mkdir()
    other.write_text(head + "- fact: top-list\n  text: It is {{c1::no drill}}.\n")
    assert rung("build")[0] == 0
    for named in ("top-list", "small/top-list", "top-list#drill", CARD):
        assert rung("drill", named, "--past") == (0, untried, "")
    other.write_text(DECK)
    assert rung("build")[0] == 0
    may_be = 'rung: "top-list" may be small/top-list, more/top-list/top-list\n'
    assert rung("drill", "top-list", "--past") == (2, "", may_be)
    assert rung("drill", "small/top-list", "--past") == (0, untried, "")


def test_a_drill_is_found_by_the_id_its_card_once_had(drills, rung):
    (drills / "decks" / "small.yaml").write_text(DECK.replace("drill: top-list", "drill: songs\n  was: top-list"))
    assert rung("build")[0] == 0
    assert rung("drill", CARD, "--past")[1] == "No attempts yet; begin with: rung drill small/songs\n"


# ── the past ─────────────────────────────────────────────────────────────────────────────────────


def test_past_attempts_and_their_trend(drills, timed, rung):
    assert rung("drill", "top-list", "--past") == (0, "No attempts yet; begin with: rung drill small/top-list\n", "")
    timed("drill", "top-list", typed=f"\n@570 One.\n.\nTwo.\n.\n\n{RATE}a b\n")
    _, out, _ = timed("drill", "top-list", typed="\nThree.\n.\n.\n\na\nc\nd\nd\n\n", day="2026-11-23")
    assert "Last time, on 2026-11-21: 50 %. ↑ up 16 points.\n" in out
    _, out, _ = timed("drill", "top-list", typed="\nFour.\n.\n.\n\na\na\na\na\nb\n", day="2026-11-23")
    assert (
        "Logged as a redrill: Again (grade 0). The day's first answer sets the schedule: due again on 2026-11-24."
        in out
    )
    assert (
        rung("drill", "top-list", "--past")[1]
        == """\
1. 2026-11-21  Again (grade 2), 9.5 of 10 min
     6 of 12 points (50 %)
     Framing  1 of 3  Passing
     Numbers  2 of 3  Strong
     Failure  3 of 3  Staff bar
     Close    0 of 3  Weak
     failed: Boxes without a number.
     failed: Only the day on which nothing fails.
2. 2026-11-23  Hard (grade 3), 0 of 10 min
     8 of 12 points (66 %)  ↑ up 16 points
     Framing  0 of 3  Weak       ↓ down 1
     Numbers  2 of 3  Strong     = the same
     Failure  3 of 3  Staff bar  = the same
     Close    3 of 3  Staff bar  ↑ up 3
3. 2026-11-23  Again (grade 0), 0 of 10 min
     0 of 12 points (0 %)  ↓ down 66 points
     Framing  0 of 3  Weak       = the same
     Numbers  0 of 3  Weak       ↓ down 2
     Failure  0 of 3  Weak       ↓ down 3
     Close    0 of 3  Weak       ↓ down 3
     failed: Only the day on which nothing fails.
Trend over 3 attempts: 50 % to 0 %, ↓ down 50 points
"""
    )
    assert rung("drill", "top-list", "--show", "1")[1] == (
        "Attempt 1 at small/top-list, 2026-11-21, 50 %\n\nThe design\n  One.\n\nThe largest risk\n  Two.\n"
    )
    told = json.loads(rung("drill", "top-list", "--past", "--json")[1])
    assert told == json.loads(rung("drill", "top-list", "--json")[1])
    assert [(each["number"], each["kind"], each["points"]) for each in told["past"]] == [
        (1, "review", 6), (2, "review", 8), (3, "redrill", 0),
    ]  # fmt: skip
    assert told["rubric"][0] == {"id": "framing", "name": "Framing"}
    assert told["failures"][1] == {"id": "happy", "failure": "Only the day on which nothing fails."}
    assert json.loads(rung("drill", "top-list", "--show", "2", "--json")[1]) == {
        "format": 1, "id": CARD, "number": 2, "day": "2026-11-23", "kind": "review", "grade": 3, "points": 8, "most": 12,
        "minutes": 0.0, "words": 1, "late": 0, "ratings": {"close": 3, "failure": 3, "framing": 0, "numbers": 2}, "failures": [],
        "answer": {"design": "Three."},
    }  # fmt: skip


def test_an_attempt_tells_how_many_words_came_late(drills, timed, rung, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    timed("drill", "top-list", typed=f"\nIn time.\n@630 Not any more.\n.\n.\n\n{RATE}b\n")
    _, out, _ = rung("drill", "top-list", "--past")
    assert out.startswith("1. 2026-11-21  Again (grade 2), 10.5 of 10 min, 3 of 5 words\n   late\n     6 of 12 points")
    assert out.endswith("     failed: Only the day on which nothing fails.\n")
    shown = "Attempt 1 at small/top-list, 2026-11-21, 50 %, 3 of 5 words late\n"
    assert rung("drill", "top-list", "--show", "1")[1].startswith(shown)
    (past,) = json.loads(rung("drill", "top-list", "--json")[1])["past"]
    assert (past["words"], past["late"]) == (5, 3)


def test_an_attempt_is_taken_back_like_any_review_and_its_text_stays(drills, rung, tmp_path):
    rung("drill", "top-list", typed=f"{WRITE}{RATE}\n")
    assert rung("undo")[1] == f"Took back: review of {CARD} on 2026-11-21, Again (grade 2)\n"
    assert "No attempts yet" in rung("drill", "top-list", "--past")[1]
    (aside,) = asides(tmp_path)
    assert "## The design\n\nHash the keys.\n\n- one\n\n## The largest risk\n\nA hot key.\n" in aside.read_text()


def test_a_grade_from_elsewhere_schedules_but_is_no_attempt(drills, rung):
    assert rung("answer", "top-list", "--grade", "good") == (
        0, f"review of {CARD}: due 2026-11-22, interval 1 d, ease 2.50\n", "",
    )  # fmt: skip
    assert "0 attempts" in rung("drill")[1]
    _, out, _ = rung("drill", "top-list", typed=f"{WRITE}{RATE}\n")
    assert (
        "Logged as a redrill: Again (grade 2). The day's first answer sets the schedule: due again on 2026-11-22."
        in out
    )


def test_an_attempt_outlives_a_change_of_the_rubric(drills, rung):
    rung("drill", "top-list", typed=f"{WRITE}{RATE}b\n")
    text = DECK.replace("id: close", "id: ending").replace("id: happy", "id: sunny").replace("id: risk", "id: danger")
    (drills / "decks" / "small.yaml").write_text(text)
    assert rung("build")[0] == 0
    _, out, _ = rung("drill", "top-list", "--past")
    assert "     close    0 of 3  Weak\n     failed: happy\n" in out
    _, out, _ = rung("drill", "top-list", "--show", "1")
    assert out.endswith("The largest risk\n  Nothing.\n\nrisk\n  A hot key.\n")
