"""A learner of half a year, the same each time: what the desk shows in its tests and in docs/desk.md."""

from __future__ import annotations

from datetime import date

from deck_text import compiled_notes
from learner import HERE, MONDAY, answer, card, day, put
from quiz_text import LENS, ROUND, TREE
from rung.cards import choice, ordering, recall
from rung.desk.app import Desk
from rung.model import LEVELS, Deck, Event, Kind
from rung.notes import fields_of, note_type
from rung.plan import Plan, detail_of
from rung.plan.clock import Phase, Task
from rung.plan.ground import Ground
from rung.plan.pace import Pace
from rung.plan.prospect import Stock, prospect
from rung.seat import Seat
from rung.settings import Settings
from rung.store import CardFile
from rung.workspace import Clock

LADDER = {
    "L4": "I would keep the last known features in a cache. When the store does not answer, calls are retried with"
    " backoff, and until it is back the service reads from the cache, so the ranker keeps working.",
    "L5": "In tiers, with a circuit breaker between them: retries with a short timeout; then cached features; then a"
    " model that lives on user-tower output; and, last of all, a cached slate.",
    "L6": "A model trained on requests that lack the features takes over. Dashboards show which tier each request hit."
    " And product decides how much quality may go before we return errors.",
    "L7": "Each kind of failure is a branch with its own model, test and quality budget, agreed with product. The"
    " degraded path is load-tested on a Game Day; otherwise it does not exist.",
}
COURSES = [
    ("Production AI Systems", ("degradation", "cold-start", "freshness", "serving"), 40),
    ("ML System Design", ("retrieval",), 12),
    ("Staff interview", ("rounds", "opening"), 16),
    ("Driving the interview at Staff+ level", ("signals",), 8),
    ("Rung original", ("agents", "evaluation", "cost"), 24),
]
BEGUN = {"serving": 12, "rounds": 16, "opening": 4, "retrieval": 8, "signals": 2, "evaluation": 8, "cost": 0}
INTERVIEW = date(2026, 12, 18)
CLOCK = Ground(
    (Phase("deep", "Deep Study", 28, (Task("one-system", "Take one system.", daily=True),)), Phase("day", "Execute", 0))
)
DAYS = 190
FACTS = [
    ("Why is it cached?", "It is near."),
    (
        "What does a circuit breaker break?",
        "The calls to a store that **does not answer**, so that retries do not pile up.",
    ),
    ("When is a number worth saying?", "When another one would lead to another design."),
    ("What does a shadow model cost?", "As much compute as the model itself, and no user sees it."),
    ("Why is the p99 told, and not the mean?", "Users of a hundred calls meet it *every time*."),
]
NOTES = ("ladder", "fact", "sizing", "worksheet", "probe", "drill")
(KINDS,) = compiled_notes("".join(note_type(each).EXAMPLES[0].source for each in NOTES) + TREE + ROUND + LENS).decks
"""A deck with notes for all kinds of cards and quizzes."""


def files():
    """A deck for each topic: facts, and a ladder."""
    for course, topics, facts in COURSES:
        for topic in topics:
            yield CardFile(f"{topic}.jsonl", Deck(topic, topic.capitalize(), course, "4.1"), [*cards(topic, facts)])


def cards(topic, facts):
    tags = (f"topic::{topic}",)
    given = {"note_type": "ladder", "tags": tags, "title": "How does the system degrade when the feature store fails?"}
    items = tuple(ordering.Item(level, LADDER[level], f"{level} {LEVELS[level]}") for level in LEVELS)
    asked = ordering.Content("Put the answers in order, from L4 to L7.", items, "from L4 to L7")
    yield card("ladder#order", topic, kind="ordering", content=asked, **given)
    options = tuple(choice.Item(level, f"{level} {LEVELS[level]}") for level in LEVELS)
    rungs = [
        card(
            f"ladder#{level}",
            topic,
            kind="choice",
            content=choice.Content(f"Which level is this answer?\n\n{said}", options, level, fixed=True),
            level=level,
            **given,
        )
        for level, said in LADDER.items()
    ]
    yield from rungs[:2]
    for number in range(1, facts + 1):
        content = recall.Content(*FACTS[(number - 1) % len(FACTS)])
        yield card(f"fact-{number}#text", topic, title=f"{topic.capitalize()}, {number}", content=content, tags=tags)
    yield from rungs[2:]


def lived(store):
    """The store of a learner who reviewed on most days, and has some left today."""
    read(store, files())
    begun = [card.id for file in files() for card in file.cards[: BEGUN.get(file.deck.id, 45)]]
    rows = [row for number, id_ in enumerate(begun) for row in reviews(number, id_)]
    rows = enumerate(sorted([*rows, *failures("serving/fact-1#text")]), start=1)
    store.load(
        Event(store.device, number, at(on) + number, day(on), Kind.REVIEW, id_, grade, took)
        for number, (on, id_, grade, took) in rows
    )
    return store


def whole(store):
    """The same store, and in it a deck with all kinds of cards, none of which was answered yet."""
    lived(store)
    read(store, [*files(), CardFile("kinds.jsonl", Deck("deck", "Kinds", "Rung original", "1"), KINDS.cards)])


def done(store):
    """The store of a learner who has answered the only card there is."""
    put(store, [card("cache#text", content=recall.Content(*FACTS[0]))])
    answer(store, "one/cache#text", 5)


def read(store, cards):
    cards = list(cards)
    store.sync_cards(HERE, {file.path: (1, 1) for file in cards}, cards)


def reviews(number, id_):
    """A card's, from its first day on, which a low number has early. It waits longer each time."""
    on, times = -DAYS + number * 3 // 2 % (DAYS - 2), 0
    while on <= 0:
        if on % 13 != 5 and (on or number % 3):  # on some days there was no time, today there was for some cards
            grade = (4, 5, 4, 3, 5, 4, 1, 4, 5, 4, 5, 4)[(number * 7 + on * 5) % 12]
            yield on, id_, grade, 3_000 + (number * 37 + on * 11) % 60 * 700
            times = times + 1 if grade > 1 else 1
            on += (1, 6, 15, 34, 70, 140)[min(times - 1, 5)]
        else:
            on += 1


def failures(id_):
    """Those of a leech."""
    return [(on + grade, id_, grade, 9_000) for on in range(-120, -20, 12) for grade in (4, 1)]


def at(on):
    return 1_795_000_000_000 + on * 86_400_000


class Still(Clock):
    """The noon of a Monday on which no time passes."""

    def __init__(self):
        super().__init__(MONDAY)

    def elapsed(self):
        return 0

    def now(self):
        return at(0)


def planning(store):
    """The whole store, and in it a plan for an interview in less than four weeks, at twenty minutes a day."""
    whole(store)
    plan(store)


def plan(store):
    store.record(Kind.PLAN, now=at(0), day=MONDAY, detail=detail_of(Plan(INTERVIEW, MONDAY, 20)))


def planned(store):
    """The plan of a store as it stands on the Monday, by a small clock."""
    plan = store.plan()
    if plan is None:
        return None
    rows, left = store.workload(HERE, MONDAY), store.today(HERE, MONDAY, 200, 12)
    return prospect(plan, MONDAY, CLOCK, Stock(rows, {}, (), Pace(), left.due, left.new)), CLOCK


def desk(store):
    return Desk(Seat.at(store, HERE, Still()), Settings(), lambda _: "", kept, lambda: planned(store))


def kept(type_):
    """The fields of the notes of a type."""
    return {each.note: fields_of(each) for each in KINDS.notes if each.type == type_}
