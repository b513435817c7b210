"""`rung quiz placement`, by lines: what it asks, says, logs, and does to the schedule where that is wanted."""

from __future__ import annotations

import json
import re

import pytest

from deck_text import HEAD
from rung import placement, quiz, shuffle
from rung.cardfile import from_text
from rung.cards import kind
from rung.notes import note_type

LADDER = note_type("ladder").EXAMPLES[0].source
MISS = "Nobody has compared the answers before users see them."


@pytest.fixture
def ladders(workspace, rung):
    """Build so many ladders in place of the small deck, and give their cards."""

    def build(count):
        notes = (
            LADDER.replace("- ladder: rollout", f"- ladder: lad{number}").replace(
                "How do you roll out a new model?", f"Question {number}?"
            )
            for number in range(count)
        )
        (workspace / "decks" / "small.yaml").write_text(HEAD + "".join(notes))
        code, _, err = rung("build")
        assert code == 0, err
        return from_text((workspace / "cards" / "small.jsonl").read_text()).cards

    return build


def typed(cards, able, seed=1):
    """What a learner types who has all cards right of which `able` says so, and else the first that comes."""
    results, lines = [], []
    while card := placement.next_card(cards, results, seed):
        asked = kind(card.kind).ask(card.content, shuffle.seed(card.id, seed))
        letters = {option.id: option.letter for option in asked.options}
        if card.kind == "ordering":
            order = ("L4", "L5", "L6", "L7") if able(card) else ("L4", "L5", "L7", "L6")
            words = "".join(letters[level] for level in order)
        else:
            wrong = next(letter for id_, letter in letters.items() if id_ != card.content.right)
            words = letters[card.content.right] if able(card) else wrong
        grade = kind(card.kind).score(card.content, asked, words).grade
        results.append(quiz.result(card, asked, words, grade))
        lines.append(words)
    return "".join(f"{line}\n" for line in lines)


def events(rung):
    return json.loads(rung("log", "--json")[1])["events"]


def told(out):
    """What is said after the last question."""
    return out[out.index("Your level") :]


def test_a_placement_from_the_first_question_to_the_range(ladders, rung):
    answers = typed(ladders(14), lambda card: card.level == "L4")
    code, out, err = rung("quiz", "placement", "--seed", "1", typed=answers)
    assert (code, err) == (0, "")
    assert out.startswith(
        "12 to 14 questions, each on another ladder; they follow from your answers. ? helps, q stops.\n"
        "\n[1 of 12 to 14] placement\nQuestion "
    )
    assert re.findall(r"^\[.*", out, re.MULTILINE) == [f"[{place} of 12 to 14] placement" for place in range(1, 13)]
    assert (
        told(out)
        == f"""\
Your level: between L5 and L6, most likely L5, by 12 answers.
  L4 Mid or below    0 %
  L5 Senior         64 %  ███████████████████
  L6 Staff          36 %  ███████████
  L7 Principal       0 %
A range, not a verdict: of simulated learners some nine in ten lie in theirs.
Weakest: lad1, lad11, lad5

Question 1?
  The move that takes you from L5 to L6 is to make good what was missed:
  {MISS}

Question 11?
  The move that takes you from L5 to L6 is to make good what was missed:
  {MISS}

The same quiz again: rung quiz placement --seed 1
"""
    )
    rows = events(rung)
    assert {(row["kind"], row["detail"]["quiz"]) for row in rows} == {("quiz", 1)}
    assert [row["detail"]["placement"] for row in rows] == list(range(1, 13))
    assert rung("due")[1].startswith("0 due, 12 new"), "the schedule is as it was"
    assert rung("quiz", "placement", "--seed", "1", typed=answers)[1] == out


def test_one_that_is_stopped_says_what_is_known_so_far(ladders, rung):
    answers = typed(ladders(14), lambda card: False, seed=2).splitlines()[:3]
    code, out, _ = rung("quiz", "placement", "--seed", "2", "--seed-schedule", typed="\n".join([*answers, "q", ""]))
    assert code == 0
    assert told(out).startswith(
        "Your level so far: between L5 and L6, most likely L6, by 3 answers.\n  L4 Mid or below"
    )
    assert out.endswith("The schedule stays as it is; to change it takes 12 answers and the end.\n")
    assert rung("quiz", "placement", "--seed", "2", typed="q\n")[1].endswith("DCBA: q\nNothing answered.\n")
    assert len(events(rung)) == 3


def test_of_few_ladders_each_is_asked_and_nothing_given_is_wrong(ladders, rung):
    ladders(2)
    out = rung("quiz", "placement", "--seed", "1", typed="\n\n")[1]
    assert out.startswith("2 questions, each on another ladder;")
    assert "[2 of 2] placement\n" in out
    assert told(out).startswith("Your level: L4, by 2 answers.\n  L4 Mid or below   94 %  ")


def test_decks_that_are_off_and_decks_without_ladders_have_no_placement(ladders, workspace, rung):
    assert rung("quiz", "placement") == (0, "There are no ladders here.\n", "")
    ladders(2)
    rung("decks", "off", "small")
    assert rung("quiz", "placement") == (0, "There are no ladders here.\n", "")


# ── the schedule ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def staff(ladders):
    """What a learner types who is about an L6, in a quiz of 14 ladders with the number 3."""
    return typed(ladders(14), lambda card: int(card.note[-1]) % 3, seed=3)


def test_well_placed_new_cards_come_back_later_and_undo_takes_it_back(staff, rung):
    out = rung("quiz", "placement", "--seed", "3", "--seed-schedule", typed=f"{staff}y\n")[1]
    assert told(out).startswith("Your level: between L6 and L7, most likely L6, by 13 answers.\n")
    assert out.endswith(
        "16 new cards of ladders lie clearly below your range, by half a level or more.\n"
        "Let them come back in 14 to 26 days? [y/N] y\n"
        "16 new cards will come back then; `rung undo` takes it back.\n"
    )
    rows = [row for row in events(rung) if row["kind"] == "seed"]
    assert {row["card"].partition("#")[2] for row in rows} == {"L4", "L4.misses"}
    assert {(row["detail"]["from"], row["detail"]["quiz"], row["detail"]["ease"]) for row in rows} == {
        ("placement", 3, 250)
    }
    card = json.loads(rung("show", "small/lad1#L4", "--json")[1])
    (interval,) = (row["detail"]["interval"] for row in rows if row["card"] == "small/lad1#L4")
    assert 14 <= interval < 28
    assert card["memory"]["interval"] == interval
    assert rung("undo") == (0, "Took back: seed of 16 cards on 2026-11-21\n", "")
    assert json.loads(rung("show", "small/lad1#L4", "--json")[1])["memory"] is None


def test_cards_that_are_not_new_are_left_alone_and_a_no_changes_nothing(staff, rung):
    rung("answer", "small/lad1#L4", "--grade", "good")
    rung("suspend", "small/lad1#L4.misses")
    out = rung("quiz", "placement", "--seed", "3", "--seed-schedule", typed=staff)[1]
    assert "14 new cards of ladders lie clearly below" in out
    assert out.endswith("[y/N] \nThe schedule stays as it is.\n")
    assert [row for row in events(rung) if row["kind"] == "seed"] == []


def test_a_placement_that_is_stopped_late_leaves_the_schedule_alone(staff, rung):
    answers = "".join(line + "\n" for line in staff.splitlines()[:12])
    out = rung("quiz", "placement", "--seed", "3", "--seed-schedule", typed=f"{answers}q\ny\n")[1]
    assert "Your level so far: between L6 and L7, most likely L6, by 12 answers." in out
    assert out.endswith("The schedule stays as it is; to change it takes 12 answers and the end.\n")


def test_where_nothing_lies_clearly_below(ladders, rung):
    answers = typed(ladders(14), lambda card: False)
    out = rung("quiz", "placement", "--seed", "1", "--seed-schedule", typed=answers)[1]
    assert out.endswith("No new card lies clearly below your range; the schedule stays as it is.\n")


# ── history ──────────────────────────────────────────────────────────────────────────────────────


def test_stats_tell_placements_over_time(staff, rung):
    rung("quiz", "placement", "--seed", "3", typed=staff, day="2026-11-01")
    rung("quiz", "placement", "--seed", "3", typed="\n\nq\n")
    rung("quiz", "placement", "--seed", "4", typed="\n")
    rung("undo")
    assert [line for line in rung("stats")[1].splitlines() if "answer" in line and "2026" in line] == [
        "Placed     21 Nov 2026: L4, by 2 answers",
        "           01 Nov 2026: between L6 and L7, most likely L6, by 13 answers",
    ]
    assert json.loads(rung("stats", "--json")[1])["placements"] == [
        {"day": "2026-11-01", "low": "L6", "likely": "L6", "high": "L7", "items": 13},
        {"day": "2026-11-21", "low": "L4", "likely": "L4", "high": "L4", "items": 2},
    ]
