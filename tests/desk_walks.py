"""Walks over the desk that come by all its screens, and the pictures that are taken on the way.

Of each: whose desk it is, the cards of a sitting that it begins with, if any, and steps: keys, apart by spaces, then the name
of the picture. What stands in quotes is pasted.
"""

from __future__ import annotations

import re

from textual.events import Paste

from desk_pilot import SIZES
from desk_sample import done, whole

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
            ("p", "past"),
        ],
    ),
    "browsing": (
        whole,
        [],
        [
            ("b", "browse"),
            ("'level:L6' enter", "browse-cards"),
            ("space down down space", "browse-picked"),
            ("t 'none' enter", "ask"),
            ("escape slash end ctrl+u 'is:du' enter", "browse-mistake"),
            ("'e' enter asterisk f '2' enter", "sure"),
            ("n question_mark", "browse-help"),
        ],
    ),
}  # fmt: skip
CHIEF = (
    "home", "review-ordering", "flag", "info", "quizzes", "choice-ladders-narrowed", "quiz-ladder-back", "drills",
    "drill-writing", "rating-rated", "past", "browse-picked", "ask", "sure", "stats",
)  # fmt: skip
"""The picture of each screen that is kept as SVG, too."""
LARGE = (200, 60)
LARGE_TOO = ("home", "statistics", "an order")


RUNS = [(name, size) for name in WALKS for size in ([*SIZES, LARGE] if name in LARGE_TOO else SIZES)]
"""Each walk with each size it is taken at."""


def keys(step):
    """The keys of a step, and what is pasted, one by one."""
    for pasted, key in re.findall(r"'([^']*)'|(\S+)", step):
        yield Paste(pasted) if pasted else key


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
