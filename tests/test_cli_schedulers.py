"""The scheduler of the settings, and `rung schedulers`, which holds both against each other."""

from __future__ import annotations

import json

import pytest

ONE, TWO = "small/one#text.c1", "small/two#text.c1"
NOTHING = (0, "There is nothing to compare yet: no card is learnt.\n", "")


@pytest.fixture
def choose(tmp_path):
    """Set the scheduler in the learner's settings."""

    def chosen(name):
        config = tmp_path / "config" / "rung" / "config.toml"
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text(f'scheduler = "{name}"\n')

    return chosen


@pytest.fixture
def lived(workspace, rung):
    """A card that is known, and one that failed yesterday."""
    for day, grade in (("11-01", "good"), ("11-03", "easy"), ("11-14", "good")):
        assert rung("answer", ONE, "--grade", grade, day=f"2026-{day}")[0] == 0
    for day, grade in (("11-18", "good"), ("11-20", "again")):
        assert rung("answer", TWO, "--grade", grade, day=f"2026-{day}")[0] == 0
    return rung


def test_the_days_follow_from_the_settings_and_the_log_stays(lived, choose):
    log = lived("log", "--json")
    assert "due 2026-11-30, interval 16 d, ease 2.60, 0 lapses\n" in lived("show", ONE)[1]
    choose("fsrs")
    shown = lived("show", ONE)[1]
    assert "due 2027-01-13, interval 60 d, ease 2.60, 0 lapses\n" in shown
    assert "\nrecall 98 % today, stability 59.9 d, difficulty 1.0 of 10\n" in shown
    assert lived("doctor")[:2] == (0, "Everything is in order.\n")
    choose("sm2")
    assert "due 2026-11-30, interval 16 d, ease 2.60, 0 lapses\n" in lived("show", ONE)[1]
    assert lived("log", "--json") == log


def test_all_that_is_remembered_as_json(lived):
    told = json.loads(lived("show", ONE, "--json")[1])
    assert told["strength"] == {"stability": 59.90365, "difficulty": 1.0, "since": "2026-11-14"}
    assert told["recall"] == 0.9834
    lived("reset", ONE)
    told = json.loads(lived("show", ONE, "--json")[1])
    assert (told["memory"], told["strength"], told["recall"]) == (None, None, None)
    assert "recall" not in lived("show", ONE)[1]


def test_the_buttons_show_the_days_of_the_scheduler_in_force(lived, choose):
    def buttons():
        out = lived("review", ONE.partition("/")[0], typed="\n1\n\n3\n", day="2027-01-13")[1]
        lived("undo"), lived("undo")
        return [line for line in out.splitlines() if line.startswith("  1 Again")]

    lived("suspend", TWO)
    assert buttons() == [
        "  1 Again (today, 1 d)   2 Hard (today, 42 d)   3 Good (42 d)   4 Easy (42 d)",
        "  1 Again (today)   2 Hard (today)   3 Good   4 Easy",
    ]
    choose("fsrs")
    assert buttons() == [
        "  1 Again (today, 3 d)   2 Hard (today, 158 d)   3 Good (223 d)   4 Easy (366 d)",
        "  1 Again (today, 1 d)   2 Hard (today, 3 d)   3 Good (3 d)   4 Easy (6 d)",
    ]


def test_a_wrong_name_is_told_with_its_mend(workspace, rung, choose, tmp_path):
    choose("fsrss")
    config = tmp_path / "config" / "rung" / "config.toml"
    assert rung("due") == (2, "", f'rung: {config}: there is no scheduler "fsrss"; did you mean fsrs?\n')


def test_both_forecasts_side_by_side(lived, choose):
    code, out, err = lived("schedulers", "compare")
    assert code == 0
    assert out.splitlines()[:11] == [
        "                             sm2        fsrs",
        "Cards learnt                   2           2",
        "Mean interval              8.5 d      30.5 d",
        "Due within a week              1           1",
        "Reviews in 30 days             5           4",
        "Recall in 30 days         97.0 %      95.1 %",
        "",
        "Sat 21 Nov                     1           1",
        "Sun 22 Nov                     1           0",
        "Mon 23 Nov                     0           1",
        "Tue 24 Nov                     0           0",
    ]
    assert len(out.splitlines()) == 7 + 14
    assert err == "Days are set by sm2 now. Every review to come is taken for Good.\n"
    choose("fsrs")
    assert lived("schedulers", "compare")[1].splitlines()[0] == "                            fsrs         sm2"
    told = json.loads(lived("schedulers", "compare", "--json")[1])
    assert (told["format"], told["day"], told["scheduler"], told["days"]) == (1, "2026-11-21", "fsrs", 30)
    assert told["outlooks"]["sm2"]["due"][:3] == [1, 1, 0]
    assert {name: len(each["due"]) for name, each in told["outlooks"].items()} == {"fsrs": 30, "sm2": 30}
    assert told["outlooks"]["fsrs"]["interval"] == 30.5


def test_comparing_changes_nothing(lived):
    before = lived("show", ONE, "--json")
    lived("schedulers", "compare"), lived("schedulers", "evaluate")
    assert lived("show", ONE, "--json") == before


def test_how_well_recall_is_predicted(lived):
    code, out, err = lived("schedulers", "evaluate")
    assert (code, err) == (0, "That is little: figures tell something from about 400 reviews on.\n")
    assert (
        out
        == (
            "3 reviews, of which 66.7 % passed\n"
            "\n"
            "              log loss  RMSE(bins)     AUC\n"
            "FSRS-6          0.8560      0.3367   0.750\n"
            "SM-2            0.6882      0.2727   0.750\n"
            "constant        0.6365      0.2357   0.500\n"
        )
    )  # worked out by hand from the chances .9095 (passed), .9317 (passed), .9095 (failed); for SM-2 .9^2, .9^(11/6), .9^2
    told = json.loads(lived("schedulers", "evaluate", "--json")[1])
    assert (told["reviews"], told["passed"], told["enough"]) == (3, 2, 400)
    assert [each["predictor"] for each in told["predictors"]] == ["FSRS-6", "SM-2", "constant"]


def test_there_may_be_nothing_to_tell(workspace, rung):
    assert rung("schedulers", "compare") == NOTHING
    told = json.loads(rung("schedulers", "compare", "--json")[1])
    assert told["outlooks"] == {"sm2": None, "fsrs": None}
    assert rung("schedulers", "evaluate") == (
        0, "There is nothing to predict yet: no card was reviewed on two days.\n", "",
    )  # fmt: skip
    assert json.loads(rung("schedulers", "evaluate", "--json")[1])["predictors"] == []
