"""Walks over the desk that come by all its screens, and the pictures that are taken on the way.

Of each: whose desk it is, the cards of a sitting that it begins with, if any, and steps: keys, apart by spaces, then the name
of the picture. What stands in quotes is pasted.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import desk_sample
from desk_pilot import SIZES, Pasted, burst, driven_desk
from desk_quick import draw
from desk_sample import done, planning, whole
from rung.desk.review import Review
from rung.session import Sitting
from rung.store import Store
from rung.waiting import Waiting

LADDER = "degradation/ladder#order"
LEECH = "serving/fact-1#text"
EACH_KIND = [
    "degradation/fact-2#text",
    "deck/dominant-slot#text.c2",
    "degradation/ladder#L4",
    "deck/ranking#steady",
    "deck/half-the-budget#points",
    "deck/latency-budget#fill",
]
WALKS = {
    "home": (whole, [], [("", "home")]),
    "home of one who is done": (done, [], [("", "home-done"), ("d", "drills-none")]),
    "a plan": (planning, [], [("", "home-plan"), ("l", "plan"), ("end", "plan-end")]),
    "statistics": (whole, [], [("t", "stats"), ("end", "stats-end")]),
    "a sitting": (
        whole,
        EACH_KIND,
        [
            ("", "review-recall"),
            ("space", "review-recall-back"),
            ("3", "review-cloze"),
            ("space", "review-cloze-back"),
            ("3", "review-choice"),
            ("a", "review-choice-back"),
            ("enter '5k'", "review-number"),
            ("enter", "review-number-back"),
            ("enter", "review-checklist"),
            ("space a", "review-checklist-ticked"),
            ("b enter '12 38 50'", "review-sheet"),
            ("enter", "review-sheet-back"),
            ("enter", "review-over"),
        ],
    ),
    "an order": (whole, [LADDER], [("down space down", "review-ordering"), ("space enter", "review-ordering-back")]),
    "beside a card": (
        whole,
        [LEECH],
        [("g", "flag"), ("3 i", "info"), ("end", "info-end"), ("escape question_mark", "review-help")],
    ),
    "ladders": (
        whole,
        [],
        [
            ("z", "quizzes"),
            ("l", "choice-ladders"),
            ("'rollout l6'", "choice-ladders-narrowed"),
            ("' nothing'", "choice-nothing"),
            (f"{'backspace ' * 11} enter", "quiz-ladder"),
            ("a", "quiz-ladder-back"),
            ("enter a enter a enter J space", "quiz-ladder-order"),
            ("enter", "quiz-ladder-order-back"),
            ("enter", "quiz-ladder-over"),
        ],
    ),
    "a tree": (
        whole,
        [],
        [
            ("z t", "quiz-tree"),
            ("b b", "quiz-tree-end"),
            ("enter", "quiz-tree-back"),
            ("3", "quiz-tree-again"),
            ("n", "quiz-tree-over"),
            ("question_mark", "quiz-help"),
        ],
    ),
    "a final": (
        whole,
        [],
        [("z f", "choice-final"), ("'3' enter", "quiz-final"), ("space", "quiz-final-back"), ("enter q", "quiz-final-over")],
    ),
    "a mock round": (
        whole,
        [],
        [
            ("z m", "choice-mock"),
            ("'15 otis' enter", "quiz-mock"),
            ("enter", "quiz-mock-back"),
            ("enter", "quiz-mock-line"),
            ("'1% for q' enter", "quiz-mock-next"),
            ("q", "quiz-mock-over"),
        ],
    ),
    "a drill": (
        whole,
        [],
        [
            ("d", "drills"),
            ("enter", "drill"),
            ("enter 'Keys are hashed to shards.' tab 'A hot key.' escape enter", "drill-draft"),
            ("enter", "drill-writing"),
            ("ctrl+r", "rating"),
            ("3 2 2 1", "rating-rated"),
            ("enter", "rating-beside"),
            ("enter enter b", "rating-failures"),
            ("enter", "rating-grade"),
            ("enter", "rating-attempts"),
            ("enter enter", "drill-again"),
            ("p y", "past"),
        ],
    ),
    "browsing": (
        whole,
        [],
        [
            ("b", "browse"),
            ("'is:due' enter", "browse-cards"),
            ("space down down space f '3' enter", "browse-picked"),
            ("t 'none' enter", "ask"),
            ("escape slash end ctrl+u 'is:du' enter", "browse-mistake"),
            ("'e' enter asterisk f '2' enter", "sure"),
            ("n question_mark", "browse-help"),
        ],
    ),
}  # fmt: skip
CHIEF = (
    "home", "review-ordering", "flag", "info", "quizzes", "choice-ladders-narrowed", "quiz-ladder-back", "drills",
    "drill-writing", "plan", "review-help", "rating-rated", "past", "browse-picked", "ask", "sure", "stats",
)  # fmt: skip
"""The picture of each screen that is kept as SVG, too."""
LARGE = (200, 60)
LARGE_TOO = ("home", "statistics", "an order")


RUNS = [(name, size) for name in WALKS for size in ([*SIZES, LARGE] if name in LARGE_TOO else SIZES)]
"""Each walk with each size it is taken at."""


def keys(step):
    """The keys of a step, and what is pasted, one by one."""
    for pasted, key in re.findall(r"'([^']*)'|(\S+)", step):
        yield Pasted(pasted) if pasted else key


def put_learners(folder):
    """Put the store of each learner into a folder, and give that."""
    for learner in (whole, done, planning):
        with Store.open(folder / learner.__name__) as store:
            learner(store)
    return folder


async def walk(learners, name, size):
    """Walk in a copy of the learner's store, in the folder we are in; each picture's name, and the desk that shows it."""
    learner, sitting, steps = WALKS[name]
    own = Path("rung.db")
    shutil.copy(learners / learner.__name__, own)
    with Store.open(own) as store:
        store.database.path = own
        desk = desk_sample.desk(store)
        async with driven_desk(desk, size, notifications=True) as pilot:
            if sitting:
                desk.seat.sitting = Sitting(tuple(Waiting(id_, id_) for id_ in sitting))
                desk.push_screen(Review())
                await pilot.pause()
            for step, picture in steps:
                for key in keys(step):  # each after all is drawn, for what scrolls goes by that
                    desk.clear_notifications()  # those of the last key alone are seen, for others go by the clock
                    await burst(pilot, key)
                    draw(desk)  # so that what ought to be drawn anew and is not would show
                yield picture, desk


def files(name, size):
    """Where a picture is kept: the lines of all, and the chief ones as they are seen."""
    yield f"{name}-{size[0]}x{size[1]}.txt"
    if name in CHIEF:
        yield f"{name}-{size[0]}x{size[1]}.svg"


def names():
    """All files in which pictures are kept."""
    for walk, size in RUNS:
        for _, name in WALKS[walk][2]:
            yield from files(name, size)
