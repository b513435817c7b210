"""The number kind: fixed and fresh numbers, what an answer is worth, how the right one came about."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deck_text import compiled_notes
from rung import notes, text
from rung.cards import number
from rung.cards.number import Content, Variable
from rung.model import Card, Expects, NotAnAnswer, Question, Score
from rung.shuffle import seed

FIXED = Content("How many *GPUs*?", "GPUs", 0.05, 5000.0, because="By the rate.", extra="Round up.")
EXACT = Content("How long?", "ms", 0.0, 15.0)
FRESH = Content(
    "How many GPUs for {qps} QPS, {share} of them at {wait}?",
    "GPUs",
    0.05,
    formula="ceil(qps * share / rate)",
    variables=(
        Variable("qps", 50_000.0, 400_000.0, 50_000.0),
        Variable("share", 0.01, 0.05, 0.01, "%"),
        Variable("wait", 10.0, 20.0, 5.0, "ms"),
        Variable("rate", 100.0, 100.0),
    ),
    because="{share} of {qps}, at {rate} each; {other} stays.",
)


def test_a_fixed_number_is_asked_with_its_unit_and_tolerance():
    assert number.ask(FIXED, 7) == Question("How many *GPUs*?", Expects.NUMBER, "A number in GPUs, within 5%", seed=7)
    assert number.ask(EXACT, 7).how == "A number in ms"
    assert number.ask(replace(EXACT, unit=""), 7).how == "A number"


def test_fresh_numbers_come_from_the_seed():
    assert number.ask(FRESH, 1).prompt == number.ask(FRESH, 1).prompt
    assert number.drawn(FRESH, 1) == {"qps": 350_000, "share": 0.04, "wait": 20, "rate": 100}
    assert number.ask(FRESH, 1).prompt == "How many GPUs for 350,000 QPS, 4% of them at 20 ms?"
    assert number.answer_of(FRESH, 1) == 140


@given(st.integers(0, 2**53))
def test_a_drawn_number_stands_on_its_grid(seed):
    drawn = number.drawn(FRESH, seed)
    assert drawn["qps"] in {50_000 * step for step in range(1, 9)}
    assert drawn["share"] in {0.01, 0.02, 0.03, 0.04, 0.05}
    assert drawn["wait"] in {10, 15, 20}


def test_every_number_of_a_grid_is_drawn_ends_included():
    assert {number.drawn(FRESH, seed)["share"] for seed in range(100)} == {0.01, 0.02, 0.03, 0.04, 0.05}
    assert len({tuple(number.drawn(FRESH, seed).values()) for seed in range(1000)}) > 100  # each by its own name


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("5k", Score(5, ("Right: 5,000 GPUs.",))),
        ("4,750 GPUs", Score(5, ("Right: 5,000 GPUs.",))),
        ("5250", Score(5, ("Right: 5,000 GPUs.",))),
        ("5251", Score(2, ("Close: it is 5,000 GPUs; you wrote 5,251 GPUs.",))),
        ("5750", Score(2, ("Close: it is 5,000 GPUs; you wrote 5,750 GPUs.",))),
        ("4249", Score(1, ("Not so: it is 5,000 GPUs; you wrote 4,249 GPUs.",))),
        ("5M", Score(1, ("Not so: it is 5,000 GPUs; you wrote 5M GPUs.",))),
        ("-5000", Score(1, ("Not so: it is 5,000 GPUs; you wrote -5,000 GPUs.",))),
    ],
)
def test_an_answer_within_the_tolerance_is_right_and_within_three_close(answer, score):
    assert number.score(FIXED, number.ask(FIXED, 0), answer) == score


@pytest.mark.parametrize(
    ("answer", "grade"), [("15", 5), ("15 ms", 5), ("0.015 s", 5), ("15.001", 1), ("14", 1), ("0", 1)]
)
def test_an_exact_number_is_right_or_wrong(answer, grade):
    assert number.score(EXACT, number.ask(EXACT, 0), answer).grade == grade


def test_the_number_of_the_back_is_right_however_it_was_rounded():
    third = Content("A third?", "", 0.0, 1 / 3)
    asked = number.ask(third, 0)
    assert number.back(third, asked, "") == "**0.333**"
    assert [number.score(third, asked, answer).grade for answer in ("0.333", "0.334")] == [5, 1]


def test_a_unit_that_cannot_be_read_brings_nothing_down():
    warm = Content("How warm?", "°C", 0.0, formula="low", variables=(Variable("low", 27.0, 27.0),))
    asked = number.ask(warm, 0)
    assert number.score(warm, asked, "27") == Score(5, ("Right: 27 °C.",))
    assert number.score(warm, asked, "30") == Score(1, ("Not so: it is 27 °C; you wrote 30 °C.",))
    assert number.back(warm, asked, "") == "**27 °C**\n\n27 = **27 °C**"


@pytest.mark.parametrize(("answer", "grade"), [("0", 5), ("0.01", 1), ("1", 1)])
def test_a_tolerance_of_nothing_is_nothing(answer, grade):
    zero = Content("How many?", "", 0.05, 0.0)
    assert number.score(zero, number.ask(zero, 0), answer).grade == grade


def test_an_answer_is_scored_by_the_numbers_that_were_asked():
    assert number.score(FRESH, number.ask(FRESH, 1), "140") == Score(5, ("Right: 140 GPUs.",))
    assert number.answer_of(FRESH, 2) != 140
    assert number.score(FRESH, number.ask(FRESH, 2), "140").grade != 5


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("", '"" is no number in GPUs'),
        ("many", '"many" is no number in GPUs'),
        ("5 to 6", '"5 to 6" is not one number'),
        ("5 ms", "The answer is in GPUs, not ms"),
    ],
)
def test_what_is_no_number(answer, words):
    with pytest.raises(NotAnAnswer) as error:
        number.score(FIXED, number.ask(FIXED, 0), answer)
    assert str(error.value) == f"{words}. Type one number, such as 12 GPUs."


@pytest.mark.parametrize("answer", ["5k", "5K"])
def test_what_could_mean_two_numbers_is_quoted_and_not_recommended(answer):
    rate = Content("How fast?", "GB/s", 0.05, 298.0)
    with pytest.raises(NotAnAnswer) as error:
        number.score(rate, number.ask(rate, 0), answer)
    assert str(error.value) == f'"{answer[1]}" could mean {answer[1]}B or so many GB/s: write the unit too.'


def test_the_back_derives_the_number():
    assert number.back(FIXED, number.ask(FIXED, 0), "5k") == "**5,000 GPUs**\n\nBy the rate.\n\nRound up."
    assert number.back(EXACT, number.ask(EXACT, 0), "") == "**15 ms**"
    assert number.back(FRESH, number.ask(FRESH, 1), "") == (
        "**140 GPUs**\n\n4% of 350,000, at 100 each; {other} stays.\n\nceil(350,000 × 0.04 ÷ 100) = **140 GPUs**"
    )
    third = Content("?", "", 0.0, formula="1 / three", variables=(Variable("three", 3.0, 3.0),))
    assert number.back(third, number.ask(third, 0), "") == "**0.333**\n\n1 ÷ 3 ≈ **0.333**"


def test_the_gist_has_the_numbers_of_seed_0():
    assert number.gist(FIXED) == ("How many GPUs?", "5,000 GPUs")
    assert number.gist(FRESH) == ("How many GPUs for 300,000 QPS, 1% of them at 10 ms?", "30 GPUs")


def test_anki_shows_the_first_question_that_is_asked():
    card = Card("d/n#a", "number", "sizing", "d", "f", "T", FRESH, first="d/was#a")
    asked = number.ask(FRESH, seed("d/was#a", 0))
    fields = number.fields([card])
    assert fields["Prompt"] == f"<p>{asked.prompt}</p>"
    assert fields["Answer"] == f"{number.answer_of(FRESH, asked.seed):,.0f} GPUs"
    assert fields["Because"].endswith(f"<strong>{fields['Answer']}</strong></p>")
    assert (fields["Unit"], fields["Tolerance"], fields["Extra"]) == ("GPUs", "5%", "")
    assert number.fields([replace(card, content=FIXED)])["Extra"] == "<p>Round up.</p>"
    plain = number.fields([replace(card, content=EXACT)])
    bank = plain.pop("Variants")
    assert plain == {
        "Prompt": "<p>How long?</p>", "Answer": "15 ms", "Because": "", "Unit": "ms", "Tolerance": "", "Extra": "",
    }  # fmt: skip
    assert bank.startswith('<div class="variants" hidden data-unit="ms" data-follows="=1 thousand=1000 ')
    assert bank.endswith(
        ' weeks=604800000" data-tolerance="0.0"><div data-value="15.0" data-told="15.0"><div class="prompt"><p>How long?</p>'
        '</div><div class="answer"><b>15 ms</b></div></div></div>'
    )


def test_an_anki_note_carries_a_bank_of_variants_the_first_of_which_is_asked_first():
    card = Card("d/n#a", "number", "sizing", "d", "f", "T", FRESH)
    fields = number.fields([card])
    assert fields == number.fields([card])
    seeds = [seed("d/n#a", rows) for rows in range(12)]
    drawn = list(dict.fromkeys(tuple(number.drawn(FRESH, each).values()) for each in seeds))
    prompts = re.findall('<div class="prompt"><p>(.*?)</p></div>', fields["Variants"])
    assert len(prompts) == len(set(prompts)) == len(drawn) == 11
    assert f"<p>{prompts[0]}</p>" == fields["Prompt"]
    first = list({tuple(number.drawn(FRESH, each).values()): each for each in reversed(seeds)}.values())[::-1]
    told = [number.back(FRESH, number.ask(FRESH, each), "").partition("\n\n")[2] for each in first]
    assert re.findall('<div class="because">(.*?)</div>', fields["Variants"]) == list(map(text.html, told))
    assert fields["Variants"].count("</div></div><div data-value=") == 10
    values = [float(value) for value in re.findall('data-value="(.*?)"', fields["Variants"])]
    assert values[0] == number.answer_of(FRESH, seeds[0])
    assert sorted(values) == sorted(
        number.answer_of(FRESH, each)
        for each in {tuple(number.drawn(FRESH, each).values()): each for each in seeds}.values()
    )
    assert fields["Variants"].count('<div class="because">') == 11


# ── what notes make of it ────────────────────────────────────────────────────────────────────────


def made(note_type):
    """The cards of a note type's first example, by part."""
    (deck,) = compiled_notes(notes.note_type(note_type).EXAMPLES[0].source).decks
    return {card.id.partition("#")[2]: card for card in deck.cards}


def test_a_budget_shows_its_drawing_behind_every_number_and_behind_the_lever():
    drawing = """\
```gantt
Edge                   0-20 ms
Candidate retrieval   20-45 ms
User profile          20-30 ms
Feature lookup        45-80 ms
Fine rank            80-100 ms
```"""
    cards = made("budget")
    lookup, lever = cards["lookup"].content, cards["lever"].content
    asks = "Of the 100 ms, how many does **Feature lookup** get?"
    assert lookup == Content(asks, "ms", 0.0, 35.0, extra=drawing)
    assert lever.extra == f"It scales with how many are ranked.\n\n{drawing}"
    assert [item.text for item in lever.options if item.id == lever.right] == ["Feature lookup"]


def test_the_lines_of_a_budget_are_a_family_as_the_drawing_shows_them_all():
    families = {}
    for part, card in made("budget").items():
        families.setdefault(card.family.partition("#")[2], set()).add(part)
    assert families == {
        "lines": {"edge", "retrieval", "profile", "lookup", "rank", "lever", "because.c1"},
        "edge": {"edge.why"},
        "lookup": {"lookup.why.c1"},
        "overlap": {"overlap.c1"},
    }


BESIDE = """\
- budget: beside
  name: Beside
  total: 1.5
  unit: s
  lines:
    - {id: slow, name: Slow, takes: 500 ms}
    - {id: early, name: Early, takes: 0.75, beside: late}
    - {id: late, name: Late, takes: 0.25}
    - {id: last, name: The `last`, takes: 0.25}
  lever: early
"""


def test_of_lines_beside_each_other_the_longer_counts_and_both_begin_together():
    result = compiled_notes(BESIDE)
    assert result.problems == ()
    assert result.decks[0].cards[0].content.extra.split("\n")[1:-1] == [
        "Slow         0-0.5 s",
        "Early     0.5-1.25 s",
        "Late      0.5-0.75 s",
        "The last  1.25-1.5 s",
    ]


def test_a_sizing_reads_its_numbers_and_shares():
    cards = made("sizing")
    assert cards["sample"].content.variables == (
        Variable("users", 1e6, 5e6, 5e5),
        Variable("share", 0.01, 0.05, 0.01, "%"),
    )
    assert (cards["sample"].content.tolerance, cards["gpus"].content.tolerance) == (0.01, 0.05)
    assert cards["steady"].content.value == 5000


# ── in a sitting ─────────────────────────────────────────────────────────────────────────────────

SIZED = """\
title: Sizing
source: {course: A course, lesson: One}
notes:
  - sizing: ranking
    name: Fine-rank capacity
    quantities:
      - id: gpus
        asks: How many GPUs for {qps} QPS?
        where: {qps: {from: 50k, to: 400k, step: 50k}, rate: {is: 40}}
        formula: qps / rate
        unit: GPUs
        because: "{qps} at {rate} each."
"""


def test_a_sitting_asks_fresh_numbers_and_logs_what_was_typed_with_their_seed(workspace, rung):
    (workspace / "decks" / "small.yaml").write_text(SIZED)
    assert rung("build")[0] == 0
    first, again = (seed("small/ranking#gpus", rows) for rows in (0, 1))
    code, out, err = rung("review", typed="5 ms\n7\n\n:q\n")
    assert (code, err) == (0, "")
    assert out.startswith(
        """\
[1/1] new
Fine-rank capacity
  How many GPUs for 100,000 QPS?

A number in GPUs, within 5%: 5 ms
The answer is in GPUs, not ms. Type one number, such as 12 GPUs.
A number in GPUs, within 5%: 7

  2,500 GPUs

  100,000 at 40 each.

  100,000 ÷ 40 = 2,500 GPUs
  small/ranking#gpus
  A course, One
  Not so: it is 2,500 GPUs; you wrote 7 GPUs.
"""
    )
    assert "How many GPUs for 400,000 QPS?" in out.partition("Grade")[2]  # drilled again, with other numbers
    assert rung("review", typed="10k\n\n")[1].count("Right: 10,000 GPUs.") == 1
    rows = [(each["grade"], each["detail"]) for each in json.loads(rung("log", "--json")[1])["events"]]
    assert rows == [
        (1, {"answer": "7", "scored": 1, "seed": first}),
        (5, {"answer": "10k", "scored": 5, "seed": again}),
    ]
