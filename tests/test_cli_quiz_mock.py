"""`rung quiz mock`, by lines and by a clock that goes on with what is typed: the phases, the loop, the score sheet."""

from __future__ import annotations

import json
import re
from functools import partial

import pytest

from deck_text import HEAD
from quiz_text import LENS, ROUND
from rung.notes import note_type


@pytest.fixture
def timed(timed):
    """Run `rung quiz mock` with these options, by the clock of what is typed."""
    return partial(timed, "quiz", "mock")


@pytest.fixture
def deck(workspace, rung):
    def build(notes):
        (workspace / "decks" / "small.yaml").write_text(HEAD + notes)
        code, _, err = rung("build")
        assert code == 0, err

    return build


@pytest.fixture
def round_(deck):
    deck(ROUND + LENS)


WALKED = "@30 \n@60 \n@30 1% of trust for 5% of speed\n\n1\n@700 20\n@20 \n@10 b\nThe fire drill\ny\n@30 \nyes\n\n"


def test_a_round_by_the_clock(round_, timed, rung):
    code, out, err = timed("--minutes", "15", "--company", "otis", "--seed", "2", typed=WALKED)
    assert (code, err) == (0, "")
    assert (
        out
        == """\
A mock round on A course, One: 15:00 and 4 cards.
Answer aloud, as you would in the room. ? helps, q stops and sums up; the clock never does.

Phase 0: the opening - 1:20 planned, from 0:00 to 1:20; the clock says 0:00

[1/4] Phase 0 - 0:00 of 1:20
Opening on the lift
  A Staff candidate. The prompt is to predict which floor calls next.

  Just now: “Predict the next call.”

  What do you say next?

Enter shows the back: 

  Who waits, and how long?
  small/opening#scope
  1 Again   2 Hard   3 Good   4 Easy
Grade [3 Good]: 

Phase 0: the opening is over time: 1:30 of 1:20.

Open the loop before you draw: say your willingness to trade.
How much of which metric would you give, at most, for how much of which other?
In a line, or aloud and Enter: 1% of trust for 5% of speed

Phase 1: clarifying questions - 1:40 planned, from 1:20 to 3:00; the clock says 2:00

[2/4] Phase 1 - 0:00 of 1:40
Clarifying question
  “When is the peak?” — at noon. Plan for […].

Enter shows the back: 

  lunch

  “When is the peak?” — at noon. Plan for lunch.
  small/peak#noon.c1
  1 Again   2 Hard   3 Good   4 Easy
Grade [3 Good]: 1

Phase 2: the architecture - 2:40 planned, from 3:00 to 5:40; the clock says 2:00

There are no cards for this phase here.

Phase 3: deep dives - 3:20 planned, from 5:40 to 9:00; the clock says 2:00

There are no cards for this phase here.

Phase 4: the latency budget - 1:20 planned, from 9:00 to 10:20; the clock says 2:00

[3/4] Phase 4 - 0:00 of 1:20
The lift budget
  Of the 50 ms, how many does Read get?

A number in ms: 20

  20 ms

  Read   0-20 ms
  Rank  20-50 ms
  small/lift#read
  Right: 20 ms.

Phase 4: the latency budget is over time: 11:40 of 1:20.

Phase 5: sizing - 1:20 planned, from 10:20 to 11:40; the clock says 13:40

There are no cards for this phase here.

Phase 6: follow-up probes - 2:40 planned, from 11:40 to 14:20; the clock says 13:40

[4/4] Phase 6 - 0:00 of 2:40
A deck
  The interviewer probes: “What if it burns?” What do you answer?

  Say it aloud; 2 points.

Enter shows the back: 

  - A. Every lift goes down.
  - B. Every door opens.
  small/fire#points
Type the letters of what you said, Enter for none: b
  1 of 2 points; you left out: A. Every lift goes down

Close the loop that you opened at the start.
  1% of trust for 5% of speed
Say which decision of your design this ratio settles, and how.
In a line, or aloud and Enter: The fire drill

  Come back to the ratio at the end.

Did you name a decision, and the ratio in it? [y/N] y

Your own questions - 0:40 planned, from 14:20 to 15:00; the clock says 14:10

“Do you have any questions for me?”
Ask them; in a line, or aloud and Enter: 

Phase 7: through the eyes of Otis L6

  Did the candidate name the brake?
Did you? [y/N] yes

  Did the candidate name who is called?
Did you? [y/N] 

Score sheet
  Phase 0: the opening           1 of 1    2:00 of 1:20, 0:40 over
  Phase 1: clarifying questions  0 of 1    0:00 of 1:40
  Phase 2: the architecture                0:00 of 2:40
  Phase 3: deep dives                      0:00 of 3:20
  Phase 4: the latency budget    1 of 1    11:40 of 1:20, 10:20 over
  Phase 5: sizing                          0:00 of 1:20
  Phase 6: follow-up probes      0.4 of 1  0:30 of 2:40
  Your own questions                       0:30 of 0:40
  All                            2.4 of 4  14:40 of 15:00
The loop: opened and closed.
Through the eyes of Otis L6: 1 of 2
  not yet: Did the candidate name who is called?
To review, the weakest first:
  missed: Clarifying question: “When is the peak?” — at noon. Plan for […].
    small/peak#noon.c1
  missed: A deck: The interviewer probes: “What if it burns?” What do you answer?
    small/fire#points
The same round again: rung quiz mock --company otis --minutes 15 --seed 2
"""
    )
    events = json.loads(rung("log", "--json")[1])["events"]
    assert [(event["kind"], event["card"], event["grade"], event["took"]) for event in events] == [
        ("quiz", "small/opening#scope", 4, 30_000),
        ("quiz", "small/peak#noon.c1", 1, 0),
        ("quiz", "small/lift#read", 5, 700_000),
        ("quiz", "small/fire#points", 2, 20_000),
    ]
    assert {event["detail"]["quiz"] for event in events} == {2}
    assert rung("due")[1].startswith("0 due, ")


def test_the_same_seed_gives_the_same_round(round_, timed):
    first = timed("--seed", "3", typed="\n" * 60)[1]
    assert timed("--seed", "3", typed="\n" * 60)[1] == first
    assert "45:00 and 5 cards" in first
    assert first.endswith("The same round again: rung quiz mock --minutes 45 --seed 3\n")


def test_stopped_half_way_it_is_summed_up(round_, timed):
    _, out, _ = timed("--minutes", "15", "--seed", "2", typed="\n\n?\n@5 aloud\n@5 q\n")
    assert "?      this help        q  stop and sum up; every answer is kept\n" in out
    sheet = out[out.index("Score sheet") :]
    assert sheet == (
        "Score sheet\n"
        "  Phase 0: the opening           1 of 1  0:05 of 1:20\n"
        "  Phase 1: clarifying questions          0:05 of 1:40\n"
        "  Phase 2: the architecture              not reached\n"
        "  Phase 3: deep dives                    not reached\n"
        "  Phase 4: the latency budget            not reached\n"
        "  Phase 5: sizing                        not reached\n"
        "  Phase 6: follow-up probes              not reached\n"
        "  Your own questions                     not reached\n"
        "  All                            1 of 1  0:10 of 15:00\n"
        "The loop: opened, and left open as the round was stopped.\n"
        "The same round again: rung quiz mock --minutes 15 --seed 2\n"
    )


def test_an_interrupt_is_summed_up_too(round_, timed, rung):
    code, out, _ = timed("--minutes", "15", "--seed", "2", typed="\n\n@100 ^C\n")
    assert code == 130
    assert (
        "or aloud and Enter: \nScore sheet\n  Phase 0: the opening           1 of 1  1:40 of 1:20, 0:20 over\n" in out
    )
    assert "\nThe loop: not opened.\n" in out
    assert len(json.loads(rung("log", "--json")[1])["events"]) == 1


@pytest.mark.parametrize("typed", ["", "q\n", ":q\n"])
def test_stopped_at_once(round_, timed, typed):
    code, out, _ = timed(typed=typed)
    assert (code, out[-18:]) == (0, "Nothing answered.\n")


@pytest.mark.parametrize(
    ("typed", "told"),
    [("\n\nq\n", "not opened"), ("\n\n\n\n\n\n\n\n\nn\n", "opened, but not closed")],
)
def test_what_became_of_the_loop(round_, timed, typed, told):
    _, out, _ = timed("--minutes", "15", "--seed", "2", typed=typed)
    assert f"\nThe loop: {told}.\n" in out


def test_without_a_company_each_has_a_question(round_, timed):
    _, out, _ = timed("--minutes", "15", "--seed", "2", typed="\n" * 40)
    assert "Phase 7: through the eyes of every company\n\nOtis L6\n  Did the candidate name" in out
    assert "\n\nKone Staff\n  Did the candidate" in out
    assert "Through the eyes of every company: 0 of 2\n  not yet: Did the candidate name" in out
    assert re.search(r"  not yet: .*\? \(Kone Staff\)\n", out)
    rounds = [timed("--minutes", "15", "--seed", str(seed), typed="\n" * 40)[1] for seed in range(8)]
    assert {re.search("Did the candidate (.*)", each)[1] for each in rounds} == {
        "name the brake?",
        "name who is called?",
    }


@pytest.mark.parametrize(
    ("company", "told"),
    [
        ("ottis", 'there is no lens of "ottis"; did you mean Otis?'),
        ("google", 'there is no lens of "google"; companies are Otis, Kone'),
        ("s", '"s" may be Otis, Kone'),
    ],
)
def test_a_company_that_is_not_there(round_, timed, company, told):
    code, out, err = timed("--company", company)
    assert (code, out, err) == (2, "", f"rung: {told}\n")


def test_a_company_of_several_words_is_quoted_for_the_shell(round_, timed):
    out = timed("--company", "kone staff", "--seed", "1", typed="\n" * 60)[1]
    assert "The same round again: rung quiz mock --company 'kone staff' --minutes 45 --seed 1\n" in out


def test_without_a_rubric_there_is_no_lens(deck, timed):
    deck(ROUND)
    _, out, _ = timed("--minutes", "15", "--seed", "2", typed="\n" * 40)
    assert "eyes" not in out
    assert "Did you name a decision, and the ratio in it?" in out
    code, _, err = timed("--company", "otis")
    assert (code, err) == (2, 'rung: there is no lens of "otis"; no rubric is here\n')


def test_without_cards_for_any_phase(workspace, timed):
    assert timed() == (0, "There are no cards here for a mock round.\n", "")


def test_decks_that_are_off_are_left_out(round_, timed, rung):
    rung("decks", "off", "small")
    assert timed() == (0, "There are no cards here for a mock round.\n", "")


def test_one_prompt_and_its_lens(round_, timed, rung, workspace):
    other = "title: Other\nsource: {course: B course}\nnotes:\n" + note_type("ladder").EXAMPLES[0].source
    (workspace / "decks" / "other.yaml").write_text(other + LENS.replace("Otis", "Thyssen").replace("otis", "thyssen"))
    rung("build")
    out = timed(typed="\n" * 60)[1]
    assert "A mock round on A course, One: " in out
    assert "(other/" not in out
    assert "  other/" not in out
    assert timed("--company", "thyssen")[0] == 2


@pytest.mark.parametrize("minutes", ["4", "181"])
def test_minutes_out_of_range(round_, timed, minutes):
    code, _, err = timed("--minutes", minutes)
    assert (code, f"{minutes} is not in the range 5<=x<=180" in err) == (2, True)
