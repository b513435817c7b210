"""`rung plan`: made, shown, ticked, dropped, written as a calendar and as a page; and what is refused."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from rung.cli._cards import kept_notes
from rung.plan.ground import TYPES, chosen, ground, weighed
from rung.workspace import card_folder, workspace_above

pytestmark = pytest.mark.usefixtures("here")

MADE = ("plan", "--interview", "2026-12-18", "--role", "ml-engineer", "--company", "google")
FIRST = """\
Saturday, 21 November 2026: 27 days to your interview on Friday, 18 December.
ML Engineer at Google (FAANG companies); 45 minutes a day for cards, drills and
mocks.

Today: Deep Study, about 41 min
  rung review  0 due, 48 new, about 34 min
  rung drill original/drills-craft/open-reply-drafts  7 min
  [ ] one-system    Take one ML system through all five phases of the design.
  [ ] two-problems  Solve a coding problem on fundamentals; hard LeetCode can
                    wait. (0 of 2)
  [ ] papers        For AI roles, read a recent LLM paper that matters to the
                    company; two are the least, three are fine. (0 of 2)
  Done with one? rung plan tick one-system
"""
NONE = "There is no plan; make one with: rung plan --interview YYYY-MM-DD\n"


@pytest.fixture(scope="module")
def on():
    """What the program's own decks say."""
    return ground(kept_notes(card_folder(workspace_above(Path(__file__).parent)), TYPES))


@pytest.fixture
def made(rung):
    assert rung(*MADE)[0] == 0


def day(ahead):
    return date(2026, 11, 21) + timedelta(days=ahead)


# ── without one ──────────────────────────────────────────────────────────────────────────────────


def test_without_a_plan_all_is_as_it_was(rung):
    assert rung("plan") == (0, "", NONE)
    assert rung("plan", "--ics", "plan.ics") == (2, "", f"rung: t{NONE[1:]}")
    assert json.loads(rung("plan", "--json")[1]) == {"format": 1, "plan": None}
    assert rung("due")[1] == "0 due, 12 new\n"
    assert rung("plan", "--drop") == (0, "", NONE)
    assert rung("plan", "tick", "mocks") == (2, "", f"rung: t{NONE[1:]}")
    assert "plan" not in rung("print")[1].split()


def test_decks_without_a_clock_have_cards_alone(rung, workspace):
    assert rung("plan", "--interview", "2026-12-01")[:2] == (0, """\
Saturday, 21 November 2026: 10 days to your interview on Tuesday, 1 December.
45 minutes a day for cards, drills and mocks.

Today: Head start, about 1 min
  rung review  0 due, 1 new, about 1 min

Phases
  Head start  Sat 21 Nov to Tue 1 Dec   11 days

To come
               due  new  min
  Sun 22 Nov     1    1    1
  Mon 23 Nov     1    0    1
  Tue 24 Nov     0    0    0
  Wed 25 Nov     0    0    0
  Thu 26 Nov     0    0    0
  Fri 27 Nov     0    0    0
  Sat 28 Nov     1    0    1
  From Sat 28 Nov on each card comes once more, whenever it is due.

Cards by round
             begun   new  fit in
  All cards      0     2       2

Does it fit?
  All 2 new cards fit; the last of them comes on Sun 22 Nov.
  Cards, drills and mocks take 5 min until then; 45 minutes a day are 7 h 30
  min: enough.
  The times are ours until there are enough of your own.
""")  # fmt: skip
    said = 'rung: there is no role "ml-engineer"; no deck here says what a role weighs\n'
    assert rung("plan", "--role", "ml-engineer") == (2, "", said)
    said = 'rung: there is no task "mocks"; today has none\n'
    assert rung("plan", "tick", "mocks") == (2, "", said)


# ── making one ───────────────────────────────────────────────────────────────────────────────────


def test_a_plan_is_shown_as_it_is_made_and_sets_the_new_cards(rung):
    code, out, err = rung(*MADE)
    assert (code, out[: len(FIRST)], err) == (0, FIRST, "")
    assert rung("plan")[1] == out
    assert rung("due")[1] == "0 due, 48 new\n"
    assert max(map(len, out.splitlines())) <= 80


def test_what_is_not_given_stays_as_it_is(rung, made):
    rung("plan", "--minutes", "20")
    rung("plan", "--company", "stripe")
    told = json.loads(rung("plan", "--json")[1])["plan"]
    assert {name: told[name] for name in ("interview", "minutes", "role", "company", "named", "days_left")} == {
        "interview": "2026-12-18", "minutes": 20, "role": "ml-engineer", "company": "product", "named": "Stripe",
        "days_left": 27,
    }  # fmt: skip
    assert told["weights"] == {"ml-system-design": 8, "ai-systems-design": 1, "ml-coding": 8, "statistics": 6}


REFUSED = [
    (
        ("--interview", "2026-11-20"),
        "2026-11-20 has passed, today is 2026-11-21; give the day of an interview to come",
    ),
    (("--interview", "18.12."), '"18.12." is no day; write it as YYYY-MM-DD, such as 2026-12-18'),
    (("--interview", "2027-02-29"), '"2027-02-29" is no day; write it as YYYY-MM-DD, such as 2026-12-18'),
    (
        ("--interview", "2027-11-23"),
        "2027-11-23 is more than a year away; make the plan later, and learn by rung review until then",
    ),
    (("--minutes", "30"), "say when the interview is: rung plan --interview YYYY-MM-DD"),
    (
        ("--interview", "2026-12-18", "--minutes", "0"),
        "0 minutes a day is no plan; give 5 to 720, such as --minutes 45",
    ),
    (
        ("--interview", "2026-12-18", "--minutes", "-5"),
        "-5 minutes a day is no plan; give 5 to 720, such as --minutes 45",
    ),
    (
        ("--interview", "2026-12-18", "--role", "ml-enginer"),
        'there is no role "ml-enginer"; did you mean "ml-engineer"?',
    ),
    (
        ("--interview", "2026-12-18", "--role", "chef"),
        'there is no role "chef"; there are ml-engineer, ai-engineer, llm-engineer, data-scientist',
    ),
    (("--interview", "2026-12-18", "--company", "Strip"), 'there is no company "Strip"; did you mean "Stripe"?'),
    (("--drop", "--minutes", "30"), "--drop goes without the options of a plan"),
]


def test_what_is_refused_changes_nothing(rung):
    for options, said in REFUSED:
        assert rung("plan", *options) == (2, "", f"rung: {said}\n")
    assert rung("plan") == (0, "", NONE)


@pytest.mark.parametrize(
    ("role", "company", "weights"),  # of AI systems, coding, system design, statistics
    [("ml-engineer", "", (1, 4, 4, 2)), ("llm-engineer", "", (4, 2, 4, 1)), ("AI / LLM Engineer", "", (4, 2, 4, 1)),
     ("data-scientist", "", (1, 4, 2, 4)), ("", "faang", (1, 3, 4, 3)), ("", "Meta", (1, 3, 4, 3)),
     ("", "anthropic", (4, 3, 1, 1)), ("", "DoorDash", (1, 2, 2, 3)), ("", "startup", (1, 1, 1, 1)),
     ("data-scientist", "stripe", (1, 8, 4, 12))],
)  # fmt: skip
def test_roles_and_companies_weigh_as_their_decks_say(on, role, company, weights):
    rounds = ("ai-systems-design", "ml-coding", "ml-system-design", "statistics")
    assert sorted(name for name, _ in on.rounds) == sorted(rounds)
    assert tuple(weighed(rounds, chosen(role, on.roles), chosen(company, on.companies)).values()) == weights


def test_dropped_and_taken_back(rung, made):
    assert rung("plan", "--drop")[0] == 0
    assert (rung("plan")[2], rung("due")[1]) == (NONE, "0 due, 12 new\n")
    assert rung("undo")[1] == "Took back: dropping the plan, on 2026-11-21\n"
    assert rung("due")[1] == "0 due, 48 new\n"
    assert rung("undo")[1] == "Took back: the plan for 2026-12-18, on 2026-11-21\n"
    assert rung("plan")[2] == NONE


# ── ticks ────────────────────────────────────────────────────────────────────────────────────────


def test_tasks_are_ticked_off_unticked_and_taken_back(rung, made):
    first = "two-problems: Solve a coding problem on fundamentals; hard LeetCode can wait."
    assert rung("plan", "tick", "two-problems")[1] == f"[ ] {first} (1 of 2)\n"
    assert rung("plan", "tick", "two-problems")[1] == f"[x] {first} (2 of 2)\n"
    assert rung("plan", "tick", "two-problems") == (0, "", "two-problems is ticked off already for today.\n")
    assert "  [x] two-problems  Solve a coding problem" in rung("plan")[1]
    assert rung("plan", "untick", "two-problems")[1] == f"[ ] {first} (1 of 2)\n"
    assert rung("undo")[1] == "Took back: unticking two-problems, on 2026-11-21\n"
    assert rung("undo")[1] == "Took back: ticking two-problems, on 2026-11-21\n"
    assert rung("log")[1].splitlines()[1] == "2026-11-21  plan       ticking two-problems"
    assert "(0 of 2)" in rung("plan", day="2026-11-22")[1].partition("papers")[0], "each day has its own"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tick", "mock"), 'there is no task "mock"; did you mean "mocks"?'),
        (("tick", "xyz"), 'there is no task "xyz"; today\'s are one-system, two-problems, papers'),
        (
            ("tick", "quick-reference"),
            'there is no task "quick-reference"; today\'s are one-system, two-problems, papers',
        ),
    ],
)
def test_tasks_that_are_none(rung, made, words, said):
    assert rung("plan", *words) == (2, "", f"rung: {said}\n")


def test_what_is_not_ticked_cannot_be_unticked(rung, made):
    assert rung("plan", "untick", "papers") == (0, "", "papers is not ticked off.\n")


# ── the days ─────────────────────────────────────────────────────────────────────────────────────


def test_a_day_to_come(rung, made):
    assert rung("plan", "--day", "2026-12-04")[1] == (
        "Friday, 4 December 2026: 14 days to your interview on Friday, 18 December.\n\n"
        "Fri 4 Dec: Mock & Sharpen, about 79 min\n"
        "  rung review  55 due, 21 new, about 34 min\n"
        "  rung quiz mock --company google  45 min, one way to hold a mock\n"
        "  [ ] mocks  Run a mock system design interview, with a peer or an AI; two are\n"
        "             the least, three are fine. (0 of 2)\n\n"
        "Bear in mind\n  - Dive deep into RAG, evaluation and the patterns of agents.\n"
    )
    for wrong in ("2026-11-20", "2026-12-19"):
        said = f"{wrong} is no day of the plan, which goes from 2026-11-21 to 2026-12-18"
        assert rung("plan", "--day", wrong) == (2, "", f"rung: {said}\n")
    assert rung("plan", "--day", "soon")[0] == 2
    assert "  Fri 18 Dec                  the interview\n" in rung("plan", "--days", "99")[1]


def test_tomorrow_is_light_and_brings_no_new_card(rung):
    out = rung("plan", "--interview", "2026-11-22")[1]
    assert out.startswith(
        "Saturday, 21 November 2026: 1 day to your interview on Sunday, 22 November.\n"
        "45 minutes a day for cards, drills and mocks.\n\n"
        "Today: Light Touch\n  rung print all  quick references, as no card is learnt yet\n"
        "  rung print day-of  one sheet to take along\n  [ ] callouts         Review the senior callouts"
    )
    assert "Open with\n  The Opening Triplet. Name a framework" in out
    assert rung("due")[1] == "nothing due\n"


def test_today_is_the_day_of_sheet(rung):
    out = rung("plan", "--interview", "2026-11-21")[1]
    assert out.startswith(
        "Saturday, 21 November 2026: your interview is today.\n"
        "45 minutes a day for cards, drills and mocks.\n\n"
        "Today: Execute\n  rung print day-of  one sheet to take along\n\nIn the room\n"
        "  - Go back over the prompt slowly, and clarify before you design.\n"
    )
    assert "Phases" not in out
    assert rung("due")[1] == "nothing due\n"


def test_after_the_interview_the_plan_is_over(rung, made):
    over = "Your interview was on Friday, 18 December 2026, and the plan is over; make one with: rung plan --interview YYYY-MM-DD\n"
    assert rung("plan", day="2026-12-19") == (0, "", over)
    assert rung("plan", "--ics", "plan.ics", day="2026-12-19") == (2, "", f"rung: your{over.removeprefix('Your')}")
    assert rung("due", day="2026-12-19")[1] == "0 due, 12 new\n"
    assert rung("plan", "tick", "mocks", day="2026-12-19")[0] == 2


def test_a_clock_set_back_shows_the_plan_from_that_day(rung, made):
    out = rung("plan", day="2026-11-19")[1]
    assert out.startswith("Thursday, 19 November 2026: 29 days to your interview on Friday, 18 December.\n")
    assert "Today: Head start" in out
    assert "  Cards and drills alone; the clock begins with Deep Study.\n" in out


def test_over_a_leap_day(rung):
    out = rung("plan", "--interview", "2028-03-01", "--days", "9", day="2028-02-21")[1]
    assert out.startswith("Monday, 21 February 2028: 9 days to your interview on Wednesday, 1 March.\n")
    told = out[out.index("To come") :]
    assert [row[2:12].strip() for row in told.splitlines()[8:11]] == ["Mon 28 Feb", "Tue 29 Feb", "Wed 1 Mar"]
    assert rung("plan", "--interview", "2028-02-29", day="2028-02-21")[0] == 0


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/New_York", "Pacific/Kiritimati"])
def test_a_plan_knows_days_alone_whatever_zone_they_are_in(rung, made, monkeypatch, zone):
    import time

    before = rung("plan")[1]
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert rung("plan")[1] == before
    finally:
        monkeypatch.undo()
        time.tzset()


def test_more_cards_than_the_days_can_hold(rung):
    out = rung("plan", "--interview", "2026-11-30", "--minutes", "10", "--role", "ml-engineer")[1]
    fit = out[out.index("Does it fit?") :]
    assert fit.startswith(
        "Does it fit?\n"
        "  15 of 1,047 new cards fit; 1,032 are left out: 107 of AI Systems Design, 790\n"
        "  of ML System Design and 135 of every round.\n"
    )
    assert "To make room, drop first what weighs least:\n    rung decks off original/ladders-llm  (43 new)\n" in fit


# ── calendar and paper ───────────────────────────────────────────────────────────────────────────


def exported(rung, path, on="2026-11-21"):
    assert rung("plan", "--ics", str(path), day=on)[:2] == (0, f"{path}\n")
    return path.read_bytes(), Calendar.from_ical(path.read_bytes())


def test_a_calendar_has_an_all_day_event_a_day(rung, made, tmp_path):
    data, calendar = exported(rung, tmp_path / "plan.ics")
    events = calendar.walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [day(ahead) for ahead in range(28)]
    assert all(event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1) for event in events)
    assert str(events[0]["summary"]) == "Rung, Deep Study: 48 new cards, 1 drill"
    assert str(events[0]["description"]).splitlines()[:4] == [
        "Sat 21 Nov: Deep Study, about 41 min", "  rung review  0 due, 48 new, about 34 min",
        "  rung drill original/drills-craft/open-reply-drafts  7 min",
        "  [ ] one-system    Take one ML system through all five phases of the design.",
    ]  # fmt: skip
    assert str(events[13]["summary"]) == "Rung, Mock & Sharpen: 55 reviews, 21 new cards, 1 mock"
    assert (str(events[27]["summary"]), events[27].decoded("dtstart")) == ("Interview", date(2026, 12, 18))
    assert max(map(len, data.split(b"\r\n"))) <= 75, "RFC 5545 folds longer lines"
    assert all(event.decoded("dtstamp").tzinfo is not None for event in events)


def test_a_later_export_puts_the_same_days_in_place(rung, made, tmp_path):
    _, first = exported(rung, tmp_path / "plan.ics")
    _, later = exported(rung, tmp_path / "plan.ics", on="2026-11-23")
    uids = [[str(event["uid"]) for event in each.walk("VEVENT")] for each in (first, later)]
    assert len(set(uids[0])) == 28
    assert uids[1] == uids[0][2:]
    assert later.walk("VEVENT")[0].decoded("dtstamp") > first.walk("VEVENT")[0].decoded("dtstamp")


def test_over_a_daylight_saving_change_a_day_is_a_day(rung, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")  # its clocks change on 25 October 2026
    rung("plan", "--interview", "2026-11-02", day="2026-10-20")
    _, calendar = exported(rung, tmp_path / "plan.ics", on="2026-10-20")
    days = [event.decoded("dtstart") for event in calendar.walk("VEVENT")]
    assert days == [date(2026, 10, 20) + timedelta(days=ahead) for ahead in range(14)]
    assert rung("plan", day="2026-10-26")[1].startswith("Monday, 26 October 2026: 7 days to")


def test_a_calendar_cannot_be_a_folder(rung, made, tmp_path):
    assert rung("plan", "--ics", str(tmp_path)) == (
        3,
        "",
        f"rung: {tmp_path}: this is a folder; nothing was written there\n",
    )


def test_a_page_to_print(rung, made, tmp_path):
    assert rung("print", "plan", "-o", str(tmp_path))[:2] == (0, f"{tmp_path / 'plan.html'}\n")
    page = " ".join(re.sub("<[^>]+>", " ", (tmp_path / "plan.html").read_text("utf-8")).split())
    assert "The plan up to Friday, 18 December 2026 ML Engineer at Google (FAANG companies);" in page
    assert (
        "Deep Study, Sat 21 Nov to Thu 3 Dec Day Due New Minutes Besides Sat 21 Nov 48 41 drill open-reply-drafts,"
        in page
    )
    assert "Review Mode, Fri 11 Dec to Tue 15 Dec Day Due Minutes Besides Fri 11 Dec" in page, "no new cards in it"
    assert "Execute, Fri 18 Dec Go back over the prompt slowly" in page
