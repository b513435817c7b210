"""Two learners live by a plan, day by day: one has six weeks, one five days. Their days, queues and pages are asserted."""

from __future__ import annotations

import html
import re
import shlex
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from plan_walk import WORKSPACE, Walker, days
from rung.plan import turns
from rung.seat import Seat
from rung.settings import Settings
from rung.store import Store
from rung.workspace import Clock

pytestmark = pytest.mark.usefixtures("here")
INTERVIEW = date(2026, 12, 18)
DOCUMENTED = (Path(__file__).parents[1] / "docs" / "plan.md").read_text("utf-8")


@pytest.fixture
def walker(here, tmp_path):
    with Store.open(tmp_path / "learner" / "rung.db") as store:
        yield Walker(store)


def walked(walker, first, last):
    return [walker.sit(day) for day in days(first, last)]


def shown(rung, day, *more):
    """What `rung plan` prints on a day."""
    code, out, err = rung("plan", *more, day=str(day))
    assert (code, err) == (0, "")
    assert max(map(len, out.splitlines())) <= 80
    return out


def printed(rung, folder, day, name):
    assert rung("print", name, "-o", str(folder), day=str(day))[0] == 0
    text = re.sub("<[^>]+>", " ", (folder / f"{name}.html").read_text("utf-8"))
    return " ".join(html.unescape(text).split())


def as_documented(rung, day):
    """Assert that what docs/plan.md shows of a day is so, and give how many commands that are."""
    documented = re.findall(
        rf"^```text\n\$ rung --today {day} ([^\n]*)\n(.*?)^```$", DOCUMENTED, re.MULTILINE | re.DOTALL
    )
    for command, out in documented:
        told, cut, _ = out.partition("...\n")
        code, shown, err = rung(*shlex.split(command), day=str(day))
        assert (code, shown[: len(told)] if cut else shown, err) == (0, told, "")
    return len(documented)


def groups(walker, day):
    """How many new cards of each group the day's queue has."""
    rounds, weights = walker.store.rounds(WORKSPACE), dict(walker.store.plan().weights)
    line = Seat.at(walker.store, WORKSPACE, Clock(day)).daily(Settings()).line
    return Counter(turns.group(rounds[waiting.card.rpartition("/")[0]], weights) for waiting in line)


# ── six weeks ────────────────────────────────────────────────────────────────────────────────────


def test_six_weeks_for_an_ml_engineer_at_google(rung, walker, tmp_path):
    """All that docs/plan.md shows is what this learner saw."""
    first = date(2026, 11, 6)
    assert as_documented(rung, first) == 1
    assert groups(walker, first) == {turns.EVERY: 15, "ml-system-design": 14, "ai-systems-design": 1}
    assert walked(walker, first, date(2026, 11, 19)) == [
        (0, 30), (30, 16), (22, 23), (29, 23), (30, 22), (29, 24), (31, 23), (55, 15), (41, 22), (54, 18), (53, 19),
        (53, 19), (55, 19), (54, 20),
    ]  # fmt: skip
    assert rung("due", day="2026-11-19")[1] == "nothing due; next on 2026-11-20\n", "the day is done, and stays so"

    # Three days are missed: the reviews come first, and what new cards are left is spread anew.
    after = date(2026, 11, 23)
    assert "  rung review  113 due, 0 new, about 23 min\n" in shown(rung, after)
    assert "  342 of 754 new cards fit; 412 are left out:" in shown(rung, after)
    assert walked(walker, after, date(2026, 12, 3)) == [
        (113, 0), (43, 24), (61, 16), (28, 28), (37, 25), (57, 16), (64, 17), (58, 20), (86, 10), (67, 17), (80, 12),
    ]  # fmt: skip

    # The second phase, and the plan on paper as it stands then.
    fourth = date(2026, 12, 4)
    assert as_documented(rung, fourth) == 2
    page = printed(rung, tmp_path, fourth, "plan")
    assert "As it stands on Friday, 4 December 2026. Mock & Sharpen, Fri 4 Dec to Thu 10 Dec Day Due New" in page
    assert "Fri 4 Dec 72 15 75 drill open-reply-drafts, mocks Sat 5 Dec 32 30 38" in page
    assert walked(walker, fourth, date(2026, 12, 10)) == [
        (72, 15), (49, 24), (56, 21), (61, 19), (118, 0), (59, 20), (71, 15),
    ]  # fmt: skip

    # The last week brings no new card.
    assert "  No new cards in the last week: 455 cards are left out.\n" in shown(rung, date(2026, 12, 11))
    assert walked(walker, date(2026, 12, 11), date(2026, 12, 17)) == [
        (49, 0), (99, 0), (101, 0), (106, 0), (112, 0), (112, 0), (112, 0),
    ], "from the second day on each card once more, within the minutes"  # fmt: skip
    assert as_documented(rung, INTERVIEW) == 1
    assert walker.sit(INTERVIEW) == (60, 0), "who wants to may"


# ── five days ────────────────────────────────────────────────────────────────────────────────────


def test_five_days_for_an_llm_engineer_at_anthropic(rung, walker, tmp_path):
    assert walked(walker, date(2026, 11, 21), date(2026, 12, 12))[-1] == (31, 12), "three weeks without a plan"
    first = date(2026, 12, 13)
    told = shown(
        rung, first, "--interview", "2026-12-18", "--role", "llm-engineer", "--company", "Anthropic", "--minutes", "30"
    )
    assert (
        told
        == """\
Sunday, 13 December 2026: 5 days to your interview on Friday, 18 December.
AI / LLM Engineer at Anthropic (AI-first companies); 30 minutes a day for cards,
drills and mocks.

Today: Review Mode, about 9 min
  rung review  42 due, 0 new, about 9 min
  [ ] company  Research the company: its latest blog posts, papers and product
               launches.
  Done with one? rung plan tick company

Bear in mind
  - Put new material away; from here on use quick references only.
  - Go over p-hacking, Simpson's paradox, survivorship bias and Goodhart's Law
    once more.

Phases
  Review Mode  Sun 13 Dec to Tue 15 Dec  3 days
  Light Touch  Wed 16 Dec to Thu 17 Dec  2 days
  Execute      Fri 18 Dec                1 day

To come
               due  new  min
  Mon 14 Dec    22    0   50  timed-mock
  Tue 15 Dec    88    0   21
  Wed 16 Dec    88    0   18  callouts, three-questions
  Thu 17 Dec    88    0   18  three-questions×2
  Fri 18 Dec                  the interview
  From Tue 15 Dec on each card comes once more, whenever it is due.

Cards by round
                     weight  begun   new  fit in
  Every round            16     45    97       0
  AI Systems Design      16    100   201       0
  ML Coding               6  no cards of its own
  ML System Design        4    119   485       0
  Statistics              1  no cards of its own

Post-mortems to learn from
  Forty debriefs
    rung print forty-debriefs

Does it fit?
  No new cards in the last week: 783 cards are left out.
  Cards, drills and mocks take 1 h 56 min until then; 30 minutes a day are 2 h
  30 min: enough.
  Longer than 30 minutes: Mon 14 Dec (50 min, a mock).
  The times are your own, where there are enough of them.
"""
    )
    page = printed(rung, tmp_path, first, "plan")
    assert (
        "Review Mode, Sun 13 Dec to Tue 15 Dec Day Due Minutes Besides Sun 13 Dec 42 9 company Mon 14 Dec 22 50" in page
    )
    assert walker.sit(first) == (42, 0)
    rung("plan", "tick", "company", day=str(first))
    assert "  rung review  all done\n  [x] company  Research the company" in shown(rung, first)

    assert walker.sit(date(2026, 12, 14), most=10) == (10, 0), "the rest of the day is missed"
    assert """
  rung review  88 due, 0 new, about 18 min
  rung quiz mock --company anthropic  45 min, one way to hold a mock
  [ ] timed-mock  Sit one full mock interview, each of its phases against the
                  clock.
""" in shown(rung, date(2026, 12, 15)), "so is the mock"
    assert walker.sit(date(2026, 12, 15)) == (88, 0)

    light = shown(rung, date(2026, 12, 16))
    assert (
        re.sub(r"(Triplet\.) .*?(\n  CLARO)", r"\1 …\2", light[light.index("Today") :], flags=re.DOTALL)
        == """\
Today: Light Touch, about 21 min
  rung review  94 due, 0 new, about 21 min
  rung print day-of  one sheet to take along
  [ ] callouts         Review the senior callouts for the two systems that are
                       most likely.
  [ ] three-questions  Prepare a thoughtful question for the interviewer. (0 of
                       3)
  Done with one? rung plan tick callouts

Bear in mind
  - Review your framework for causal inference and your checklist for the
    validity of an A/B experiment.
  - Sleep, which now does more for you than cramming would.

Open with
  The Opening Triplet. …
  CLARO on the recsys prompt. Constraints, Latency budget, Access pattern,
  Read/write asymmetry, Objective

After a mistake
  The 3-Move Recovery. Acknowledge → Walk back → Commit

Phases
  Light Touch  Wed 16 Dec to Thu 17 Dec  2 days
  Execute      Fri 18 Dec                1 day

To come
               due  new  min
  Thu 17 Dec    93    0   21  three-questions×2
  Fri 18 Dec                  the interview
  From today on each card comes once more, whenever it is due.
"""
    )
    assert walked(walker, date(2026, 12, 16), date(2026, 12, 17)) == [(94, 0), (106, 0)]

    assert shown(rung, INTERVIEW).startswith("""\
Friday, 18 December 2026: your interview is today.
AI / LLM Engineer at Anthropic (AI-first companies); 30 minutes a day for cards,
drills and mocks.

Today: Execute
  rung review  27 due; they can wait until tomorrow
  rung print day-of  one sheet to take along

In the room
  - Go back over the prompt slowly, and clarify before you design.
""")
    sheet = printed(rung, tmp_path, INTERVIEW, "day-of")
    assert "Execute — on the day Go back over the prompt slowly" in sheet
    assert shown(rung, INTERVIEW).endswith("  The 3-Move Recovery. Acknowledge → Walk back → Commit\n")
