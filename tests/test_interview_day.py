"""The bench of the interview day: its learners forget by the laws they are named for, its comparisons are fair."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from rung import recall, window

BENCH = Path(__file__).parents[1] / "bench"


@pytest.fixture
def learners(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import learners

    return learners


@pytest.fixture
def courses(learners):
    import courses

    return courses


@pytest.fixture
def bench(courses):
    import interview_day

    return interview_day


# ── the learners ─────────────────────────────────────────────────────────────────────────────────

ANSWERS = [(0, 4), (1, 4), (7, 3), (9, 1), (10, 5), (30, 4)]  # (day, grade)


def after(learner, *answers):
    for day, grade in answers:
        learner.answered(day, grade)
    return learner


def test_without_its_noise_the_first_learner_is_what_the_planner_believes_in(learners, courses):
    learner, strength = learners.Noisy(Random(0)), None
    learner.noise, learner.shift = 1.0, 0.0
    for day, grade in ANSWERS:
        learner.answered(day, grade)
        strength = recall.answered(strength, grade, courses.FIRST + timedelta(day))
        assert (learner.stability, learner.difficulty) == pytest.approx((strength.stability, strength.difficulty))
        assert learner.recall(day + 9) == pytest.approx(recall.recall(strength, courses.FIRST + timedelta(day + 9)))


def test_hard_material_is_forgotten_sooner(learners):
    easy, hard = (after(learner(Random(0)), *ANSWERS) for learner in (learners.Noisy, learners.Hard))
    assert hard.recall(40) < easy.recall(40)


def test_spacing_tells_with_a_power_law_and_not_with_an_exponential(learners):
    for learner, tells in ((learners.PowerLaw, True), (learners.Exponential, False)):
        massed = after(learner(Random(0)), (0, 4), (8, 4), (9, 4), (10, 4))
        spaced = after(learner(Random(0)), (0, 4), (3, 4), (6, 4), (10, 4))
        assert (spaced.recall(100) > massed.recall(100)) == tells
        assert tells or spaced.recall(100) == massed.recall(100)


# ── the comparison ───────────────────────────────────────────────────────────────────────────────


class Row(NamedTuple):
    learner: str
    reviews: str
    sm2: str
    sm2_to_a_date: str
    fsrs: str
    fsrs_to_a_date: str
    gain: str
    over_by_hand: str


@pytest.fixture(scope="module")
def shown():
    return subprocess.run(
        [sys.executable, BENCH / "interview_day.py", "--quick"], capture_output=True, text=True, check=True
    ).stdout


def test_the_bench_shows_each_learner_at_equal_reviews(shown):
    head, *_ = shown.strip().splitlines()
    assert head == "21 days, 40 cards"
    rows = [Row(*line.strip("| ").split(" | ")) for line in shown.splitlines() if line.count("±") == 4]
    names = ["FSRS-6 with noise", "FSRS-6, hard material", "ACT-R power law", "exponential, no spacing"]
    assert [row.learner for row in rows] == names
    assert all(re.fullmatch(r"\d\d\.\d ± \d\.\d", cell) for row in rows for cell in row[2:6])
    assert all(re.fullmatch(r"[+-]\d\.\d \[[+-]\d\.\d, [+-]\d\.\d\]", cell) for row in rows for cell in row[6:])
    (apart,) = re.findall(r"^Reviews differ by at most (\S+) % in any course\.$", shown, re.MULTILINE)
    assert float(apart) <= 1
    (power_law,) = (row for row in rows if row.learner == "ACT-R power law")
    assert float(power_law.gain.split()[0]) > 1


def test_the_bench_shows_tighter_budgets_and_what_each_part_of_the_window_is_worth(shown, bench):
    _, tight, parts = re.split(r"\n(?:Fewer reviews a day|Parts taken away)\n\n", shown)
    (row,) = [line.strip("| ").split(" | ") for line in tight.splitlines()[2:]]
    assert row[:2] == ["21, 40, 14", "3 days"]
    assert len(row) == 6
    rows = [line.strip("| ").split(" | ") for line in parts.splitlines()[2:]]
    assert [row[0] for row in rows] == list(bench.ABLATIONS)
    assert all(re.fullmatch(r"\d\d\.\d \(\d+\)", cell) for row in rows for cell in row[1:])


def test_all_policies_meet_the_same_learner_and_the_same_new_cards(learners, courses, bench):
    """So, until the window begins, SM-2 to a date is SM-2."""
    plain, planned = (
        courses.course(bench.QUICK, learners.LEARNERS["ACT-R power law"], 1, bench.POLICIES[name])
        for name in ("SM-2", "SM-2 to a date")
    )
    start = window.start(bench.QUICK.cards, courses.FIRST + timedelta(bench.QUICK.days), bench.QUICK.budget)
    days = (start - courses.FIRST).days
    assert days == bench.QUICK.days - 3
    assert planned.reviews[:days] == plain.reviews[:days] != (0,) * days
    assert planned.total > plain.total


def test_the_page_tells_of_every_learner_and_every_part(learners, bench):
    page = (BENCH.parent / "docs" / "evidence.md").read_text("utf-8").partition("## The interview day")[2]
    firsts = [line.strip("| ").split(" | ")[0] for line in page.splitlines() if line.startswith("| ")]
    assert [first for first in firsts if first in learners.LEARNERS] == 2 * list(learners.LEARNERS)
    assert [first for first in firsts if first in bench.ABLATIONS][-len(bench.ABLATIONS) :] == list(bench.ABLATIONS)
