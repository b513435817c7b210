"""What simulated learners recall on the day of an interview, with a plan and without: `make bench-plan`, or `--quick`.

The four learners forget by laws of their own, of which the planner's FSRS-6 is none. Nothing here depends on the machine.
What is compared and what it shows stands in docs/evidence.md.
"""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import accumulate
from multiprocessing import Pool
from statistics import mean, stdev
from typing import TYPE_CHECKING

from courses import UNKNOWN, Case, Course, Policy, course
from learners import LEARNERS

from rung import window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from rung.window import Held

    Found = Mapping[str, Sequence[Mapping[str, Course]]]  # by learner, then by seed, then by policy
    Work = Callable[[tuple[Case, str, int]], dict[str, Course]]

SEEDS = range(2_000_000, 2_000_040)  # those from 0 and from 1000 were used to choose by, and are not told of


# ── equal reviews ────────────────────────────────────────────────────────────────────────────────

POLICIES = {
    "SM-2": Policy(),
    "FSRS": Policy(fsrs=True),
    "SM-2 to a date": Policy(planned=window.queue),
    "FSRS to a date": Policy(fsrs=True, planned=window.queue),
}


def compared(job: tuple[Case, str, int]) -> dict[str, Course]:
    """Each policy as it is, and, marked `=`, with as many reviews as SM-2 to a date makes.

    What is lacking or too much is spread evenly over all days. `by hand` is SM-2 with the same reviews on the very days
    on which the plan makes them, so it has the plan's knowledge of the day, but not of the cards.
    """
    case, name, seed = job
    run = partial(course, case, LEARNERS[name], seed)
    found = {name: run(policy) for name, policy in POLICIES.items()}
    target = found["SM-2 to a date"]
    for name, policy in POLICIES.items():
        found[f"= {name}"] = run(policy, evenly(found[name], target.total))
    found["= by hand"] = run(POLICIES["SM-2"], list(accumulate(target.reviews)))
    return found


def evenly(made: Course, total: int) -> list[int]:
    """The reviews to be made by the end of each day, for `total` in the end."""
    lacking, days = total - made.total, len(made.reviews)
    return [so_far + round(lacking * (day + 1) / days) for day, so_far in enumerate(accumulate(made.reviews))]


def gain_alone(job: tuple[Case, str, int]) -> dict[str, Course]:
    """SM-2 to a date, and SM-2 with as many reviews."""
    case, name, seed = job
    planned, plain = (course(case, LEARNERS[name], seed, POLICIES[policy]) for policy in ("SM-2 to a date", "SM-2"))
    most = evenly(plain, planned.total)
    return {"SM-2 to a date": planned, "= SM-2": course(case, LEARNERS[name], seed, POLICIES["SM-2"], most)}


# ── what matters of the window ───────────────────────────────────────────────────────────────────


def blind(held: Sequence[Held], interview: date, budget: int, today: date) -> Sequence[str]:
    """Without a belief: every card as strong as any other, so days and order follow from ids."""
    same = [replace(card, strength=UNKNOWN) for card in held]
    return window.queue(same, interview, budget, today)


def unordered(held: Sequence[Held], interview: date, budget: int, today: date) -> Sequence[str]:
    """Each card on its day of the window, and within a day by id."""
    return sorted(window.queue(held, interview, budget, today))


def once(held: Sequence[Held], interview: date, budget: int, today: date) -> Sequence[str]:
    """Nothing twice in the window, though it failed."""
    first = window.start(len(held), interview, budget) or interview
    again = {card.id for card in held if card.reviewed and card.reviewed >= first}
    return [name for name in window.queue(held, interview, budget, today) if name not in again]


def last_day(held: Sequence[Held], interview: date, budget: int, today: date) -> Sequence[str]:
    """All that falls into the window on its last day, as far as the day has room."""
    first = window.start(len(held), interview, budget) or interview
    if today == interview - timedelta(days=1):
        return window.queue(held, interview, budget, today)
    return [card.id for card in held if card.due <= today and card.due < first]


ABLATIONS = {
    "SM-2 to a date": (Policy(planned=window.queue), False),
    "… order within a day by id": (Policy(planned=unordered), False),
    "… days and order by id": (Policy(planned=blind), False),
    "… failed cards not again": (Policy(planned=once), False),
    "… all on the last day": (Policy(planned=last_day), False),
    "… a day missed": (Policy(planned=window.queue), True),
    "… a day missed, by id": (Policy(planned=unordered), True),
    "SM-2": (Policy(), False),
    "SM-2, intervals × 0.8": (Policy(factor=0.8), False),
    "SM-2, intervals × 0.6": (Policy(factor=0.6), False),
}


def ablated(job: tuple[Case, str, int]) -> dict[str, Course]:
    case, name, seed = job
    missing = replace(case, missed=(case.days - 4,))
    return {
        ablation: course(missing if missed else case, LEARNERS[name], seed, policy)
        for ablation, (policy, missed) in ABLATIONS.items()
    }


# ── the tables ───────────────────────────────────────────────────────────────────────────────────


def interval(values: Sequence[float]) -> tuple[float, float]:
    """(mean, half of the 95 % confidence interval), by the normal distribution."""
    return mean(values), 1.96 * stdev(values) / math.sqrt(len(values))


def gained(courses: Sequence[Mapping[str, Course]], policy: str, over: str) -> str:
    middle, half = interval([each[policy].recall - each[over].recall for each in courses])
    return f"{middle:+.1f} [{middle - half:+.1f}, {middle + half:+.1f}]"


def apart(courses: Sequence[Mapping[str, Course]]) -> float:
    """By how much of SM-2 to a date's reviews any policy with equal reviews is off in any course, in percent."""
    return max(
        100 * abs(made.total / each["SM-2 to a date"].total - 1)
        for each in courses
        for name, made in each.items()
        if name.startswith("=")
    )


def rows(found: Found) -> Iterator[str]:
    """The tables of one case, in Markdown."""
    yield "| learner | reviews | SM-2 | SM-2 to a date | FSRS 0.9 | FSRS to a date | plan over SM-2 | over by hand |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, courses in found.items():
        cells = [f"{mean(each['SM-2 to a date'].total for each in courses):.0f}"]
        for policy in ("= SM-2", "= SM-2 to a date", "= FSRS", "= FSRS to a date"):
            middle, half = interval([each[policy].recall for each in courses])
            cells.append(f"{middle:.1f} ± {half:.1f}")
        cells += (gained(courses, "= SM-2 to a date", over) for over in ("= SM-2", "= by hand"))
        yield f"| {name} | {' | '.join(cells)} |"
    yield f"\nReviews differ by at most {max(map(apart, found.values())):.1f} % in any course.\n"
    yield from as_they_are(found, tuple(POLICIES))


def as_they_are(found: Found, policies: Sequence[str]) -> Iterator[str]:
    """Recall, and reviews in brackets; a line a policy, a column a learner."""
    yield f"| recall (reviews) | {' | '.join(found)} |"
    yield f"|---|{'---|' * len(found)}"
    for policy in policies:
        cells = (
            f"{mean(each[policy].recall for each in courses):.1f} ({mean(each[policy].total for each in courses):.0f})"
            for courses in found.values()
        )
        yield f"| {policy} | {' | '.join(cells)} |"


def gains(found: Iterable[tuple[Case, Found]]) -> Iterator[str]:
    """What SM-2 to a date gains over SM-2 at equal reviews; a line a case, a column a learner."""
    yield f"| days, cards, reviews a day | window | {' | '.join(LEARNERS)} |"
    yield f"|---|---|{'---|' * len(LEARNERS)}"
    for case, courses in found:
        days = f"{-(-case.cards // case.budget)} days"
        cells = " | ".join(gained(each, "SM-2 to a date", "= SM-2") for each in courses.values())
        yield f"| {case.days}, {case.cards}, {case.budget} | {days} | {cells} |"


CASES = (Case(28, 12, 21, 60), Case(60, 8, 38, 60))
TIGHT = (Case(28, 12, 21, 40), Case(28, 12, 21, 30), Case(60, 8, 38, 40), Case(60, 8, 38, 31))
QUICK = Case(21, 4, 10, 14)


def main(arguments: Sequence[str]) -> None:
    quick = "--quick" in arguments
    cases, tight, seeds = ((QUICK,), (QUICK,), SEEDS[:2]) if quick else (CASES, TIGHT, SEEDS)
    with Pool() as pool:

        def found(work: Work, case: Case, seeds: Sequence[int]) -> dict[str, list[dict[str, Course]]]:
            jobs = [(case, name, seed) for name in LEARNERS for seed in seeds]
            done = pool.map(work, jobs, chunksize=1)
            return {name: done[place * len(seeds) :][: len(seeds)] for place, name in enumerate(LEARNERS)}

        for case in cases:
            put(f"{case.days} days, {case.cards} cards", rows(found(compared, case, seeds)))
        few = seeds[:20]
        put("Fewer reviews a day", gains((case, found(gain_alone, case, few)) for case in tight))
        put("Parts taken away", as_they_are(found(ablated, cases[0], seeds), tuple(ABLATIONS)))


def put(title: str, lines: Iterable[str]) -> None:
    sys.stdout.write(f"\n{title}\n\n")
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
