"""`rung quiz`, by lines: what each quiz asks, takes for an answer, logs and sums up; mock rounds have a file of their own."""

from __future__ import annotations

import json

import pytest

from deck_text import HEAD
from quiz_text import TREE
from rung.notes import note_type

OTHER = TREE.replace("lunch", "dinner").replace("Where to eat", "Where to dine")


@pytest.fixture
def deck(workspace, rung):
    """Build a deck of given notes in place of the small one."""

    def build(notes, head=HEAD):
        (workspace / "decks" / "small.yaml").write_text(head + notes)
        code, _, err = rung("build")
        assert code == 0, err

    return build


@pytest.fixture
def logged(rung):
    """(card, grade, answer) of every row of the log, all of which are of a quiz."""

    def rows():
        events = json.loads(rung("log", "--json")[1])["events"]
        assert {event["kind"] for event in events} <= {"quiz"}
        return [(event["card"], event["grade"], event["detail"]["answer"]) for event in events]

    return rows


# ── trees ────────────────────────────────────────────────────────────────────────────────────────


def test_a_walk_through_a_tree(deck, rung, logged):
    deck(TREE)
    code, out, err = rung("quiz", "tree", typed="b\nx\nB\n\n3\nn\n")
    assert (code, err) == (0, "")
    assert (
        out
        == """\
Take a case you know, and answer for it. ? helps, q stops.

Where to eat
  Is there an hour?

  A. no
  B. yes

Which fits your case? A to B: b

Where to eat
  Does it rain?

  A. yes
  B. no

Which fits your case? A to B: x
Type one of the letters A B, or q to stop.
Which fits your case? A to B: B

  no. What follows? Say it aloud.
Enter shows the back: 

  Sit in the park.

  Is there an hour?
    yes -> Does it rain?
      no -> Sit in the park.
  small/lunch#dry
  1 Again   2 Hard   3 Good   4 Easy
Grade [3 Good]: 3

Your way:
  - Is there an hour? — yes
  - Does it rain? — no

The whole tree:
  Is there an hour?
    no -> Eat at the desk.
    yes -> Does it rain?
      yes -> Go to the canteen.
      no -> Sit in the park.

Walk again? [y/N] n

1 answer, 1 right.
"""
    )
    assert logged() == [("small/lunch#dry", 4, "")]
    assert rung("due")[1] == "0 due, 3 new\n"


def test_several_walks_are_summed_up(deck, rung, logged):
    deck(TREE)
    _, out, _ = rung("quiz", "tree", "lunch", typed="a\n\n1\ny\na\n\n2\ny\nb\na\n\n?\n4\nmaybe\n\n")
    assert "Type y or n, or Enter for no." in out
    assert "?      this help        q  stop and sum up; every answer is kept" in out
    assert "Eat at the desk.\n\n  Crumbs are your own.\n  small/lunch#hurry\n" in out
    assert out.endswith(
        "3 answers, 2 right.\n  missed: Where to eat: “Is there an hour?” — no. What follows?\n    small/lunch#hurry\n"
    )
    assert logged() == [("small/lunch#hurry", 1, ""), ("small/lunch#hurry", 3, ""), ("small/lunch#wet", 5, "")]


def test_a_branch_may_say_what_follows_and_lead_on(deck, rung, logged):
    deck(TREE.replace('"yes", to: rain', '"yes", then: Take a coat., to: rain'))
    out = rung("quiz", "tree", typed="b\n\n\na\n\n\n")[1]
    assert "  yes. What follows? Say it aloud.\nEnter shows the back: \n\n  Take a coat.\n" in out
    assert "Grade [3 Good]: \n\nWhere to eat\n  Does it rain?\n" in out
    assert [card for card, *_ in logged()] == ["small/lunch#leisure", "small/lunch#wet"]


@pytest.mark.parametrize("typed", ["", "q\n", ":q\n", "b\nQ\n", "b\nb\nq\n"])
def test_a_walk_that_is_stopped(deck, rung, logged, typed):
    deck(TREE)
    code, out, _ = rung("quiz", "tree", typed=typed)
    assert (code, out[-18:]) == (0, "Nothing answered.\n")
    assert logged() == []


def test_of_several_trees_one_is_named(deck, rung):
    deck(TREE + OTHER)
    assert rung("quiz", "tree") == (0, "small/lunch  Where to eat\nsmall/dinner  Where to dine\n", "")
    assert "Where to dine\n  Is there an hour?\n" in rung("quiz", "tree", "small/dinner")[1]
    near = 'rung: there is no tree "diner"; did you mean "dinner"?\n'
    assert rung("quiz", "tree", "diner") == (2, "", near)
    assert rung("quiz", "tree", "x") == (2, "", 'rung: there is no tree "x"; list them with: rung quiz tree\n')


def test_without_trees(workspace, rung):
    assert rung("quiz", "tree") == (0, "There are no decision trees here.\n", "")
    assert rung("quiz", "tree", "x") == (2, "", 'rung: there is no tree "x"; list them with: rung quiz tree\n')


def test_a_kept_note_of_another_version(deck, rung, workspace):
    deck(TREE)
    cards = workspace / "cards" / "small.jsonl"
    cards.write_text(cards.read_text().replace('"name": "Where to eat"', '"named": "Where to eat"', 1))
    code, _, err = rung("quiz", "tree")
    told = "the note small/lunch is no tree as this version knows it"
    assert code == 3
    assert err == f"rung: {workspace / 'cards'}: {told}; make the cards anew with: rung build\n"


# ── ladders ──────────────────────────────────────────────────────────────────────────────────────


def test_the_sum_over_ladders_has_the_orders_last(deck, rung):
    deck(note_type("ladder").EXAMPLES[0].source)
    _, out, _ = rung("quiz", "ladder", "--seed", "1", typed="\n\n\n\n")
    assert out.endswith(
        "Score by level (4 questions):\n"
        "  L4 Mid              0 of 1\n"
        "  L5 Senior           0 of 1\n"
        "  L7 Principal        0 of 1\n"
        "  order of the rungs  0 of 1\n"
        "The same quiz again: rung quiz ladder --seed 1\n"
    )


# ── the final quiz ───────────────────────────────────────────────────────────────────────────────

ANY = """\
- fact: one
  topic: openings
  text: The first is {{c1::alpha}}.
"""


def test_the_final_quiz_from_question_to_sum(deck, rung, logged, workspace):
    deck(ANY + note_type("ladder").EXAMPLES[0].source)
    head = "title: Other\nsource: {course: B course}\nnotes:\n"
    (workspace / "decks" / "other.yaml").write_text(head + ANY.replace("alpha", "omega").replace("openings", "ends"))
    rung("build")
    code, out, err = rung("quiz", "final", "--count", "4", "--seed", "1", typed="\n1\n\n\n\n\n\n\n\n\n")
    assert (code, err) == (0, "")
    assert sorted(line for line in out.split("\n") if line.startswith("[")) == [
        "[1/4] A course", "[2/4] B course", "[3/4] A course", "[4/4] A course",
    ]  # fmt: skip
    assert len(logged()) == 4
    assert {"small/one#text.c1", "other/one#text.c1"} < {card for card, *_ in logged()}
    assert "Score by course (4 questions):\n  A course  " in out
    assert "  B course  1 of 1\n" in out
    assert out.endswith("The same quiz again: rung quiz final --count 4 --seed 1\n")
    again = rung("quiz", "final", "--count", "4", "--seed", "1", typed="\n1\n\n\n\n\n\n\n\n\n")[1]
    assert again == out
    assert rung("due")[1].startswith("0 due, ")  # the schedule is as it was


def test_the_sum_by_course_level_and_topic(deck, rung):
    deck(note_type("ladder").EXAMPLES[0].source + ANY)
    seed = next(
        str(seed)
        for seed in range(20)
        if "Which level is this answer?" in rung("quiz", "final", "--count", "2", "--seed", str(seed))[1]
    )
    out = rung("quiz", "final", "--count", "2", "--seed", seed, typed="\n1\n\n1\n")[1]
    told = out[out.index("Score by course") :].split("\n")
    assert told[:3] == ["Score by course (2 questions):", "  A course  0 of 2", "Score by level (1 question):"]
    assert told[3].endswith("  0 of 1")
    assert told[4] == "Weakest topics, what cost most first:"
    assert "    small/one#text.c1" in told


def test_decks_that_are_off_are_left_out_of_the_final(deck, rung):
    deck(ANY)
    rung("decks", "off", "small")
    assert rung("quiz", "final") == (0, "There are no cards here.\n", "")


def test_a_final_quiz_that_is_stopped(deck, rung, logged):
    deck(ANY)
    assert rung("quiz", "final", typed="q\n")[1].endswith("Enter shows the back: q\nNothing answered.\n")
    assert logged() == []


# ── what quizzes share ───────────────────────────────────────────────────────────────────────────


def test_ticks_and_numbers_are_scored_and_nothing_given_is_a_miss(deck, rung, logged):
    deck(note_type("probe").EXAMPLES[0].source)
    for seed in range(30):
        out = rung("quiz", "final", "--count", "1", "--seed", str(seed), typed="q\n")[1]
        if "The interviewer probes" in out:
            break
    _, out, _ = rung("quiz", "final", "--count", "1", "--seed", str(seed), typed="3\n\nab c\n:x\n?\nb\n")
    assert "Grades come after the back; Enter shows it, ? helps." in out
    assert "There is no command :x; :? lists them." in out
    assert "1 of 2 points; you left out: A. Raw events older than a month go" in out
    assert "Grade [" not in out
    assert logged() == [("small/half-the-budget#points", 2, "b")]
    assert "  A course  0.4 of 1\n" in out


def test_an_order_that_nobody_gave_is_wrong(deck, rung, logged):
    steps = "\n".join(f"    - {{id: s{n}, name: Step {n}, job: Do {n}.}}" for n in range(4))
    deck(f"- framework: trip\n  name: The Trip\n  steps:\n{steps}\n")
    seed = next(
        str(seed)
        for seed in range(60)
        if "Type all letters" in rung("quiz", "final", "--count", "1", "--seed", str(seed))[1]
    )
    _, out, _ = rung("quiz", "final", "--count", "1", "--seed", seed, typed="\n")
    assert "  You gave no answer.\n" in out
    assert "  A course  0 of 1\n" in out
    assert logged() == [("small/trip#order", 1, "")]
