"""Learning progress in Anki itself: what arrives there with the cards, and what comes back from there."""

import time
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

pytest.importorskip("anki.collection")

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from rung import cards as kinds
from rung.anki import archive, collection
from rung.anki.arrivals import Arrivals, arrivals, news, roots
from rung.anki.collection import Answer
from rung.anki.history import (
    COUNTED_FROM,
    Learned,
    Row,
    RowKind,
    State,
    days_of,
    histories,
    is_answer,
    is_ours,
    state,
    turned,
)
from rung.anki.identity import guid_of
from rung.anki.package import write
from rung.cards import cloze, recall
from rung.model import ANKI, Card, Deck, Event, Kind, Memory
from rung.schedulers import scheduler
from rung.workspace import Clock

DECK = Deck("course/traffic", "Traffic", "Course", "4.1")
BORN = 1_700_000_000
TYPES = dict.fromkeys(kinds.names(), BORN)
DEVICE = "0" * 31 + "1"
TODAY = Clock().day()
TEXT = "The {{c1::peak}} brings {{c2::200k}} requests."
PEAK = [
    Card(f"course/traffic/peak#text.c{n}", "cloze", "fact", DECK.id, "f", "T", cloze.Content(TEXT, n), changed=BORN)
    for n in (1, 2)
]
WHY = Card("course/traffic/why#text", "recall", "fact", DECK.id, "f", "T", recall.Content("Why?", "So."), changed=BORN)


def noon(day):
    """The local noon of a day in milliseconds."""
    return int(datetime(day.year, day.month, day.day, 12).astimezone().timestamp() * 1000)


def event(sequence, days_ago, grade=None, kind=Kind.REVIEW, *, card="course/traffic/why#text", later=0, **detail):
    day = TODAY - timedelta(days=days_ago)
    return Event(
        DEVICE, sequence, noon(day) + later, day, kind, card, grade, 4000 if grade is not None else None, detail
    )


# A card learnt 30 days ago, passed, failed and drilled again, passed twice since: overdue by nothing, due in 2 days.
LEARNT = (
    event(1, 30, 4),
    event(2, 29, 5),
    event(3, 23, 2),
    event(4, 23, 4, Kind.REDRILL, later=60_000),
    event(5, 22, 4),
    event(6, 16, 3),
    event(7, 2, 4, Kind.QUIZ),
)
ROWS = (
    Row(LEARNT[0].at, 3, 1, 0, 2500, 4000, RowKind.LEARN),
    Row(LEARNT[1].at, 4, 6, 1, 2600, 4000, RowKind.REVIEW),
    Row(LEARNT[2].at, 1, 1, 6, 2600, 4000, RowKind.REVIEW),
    Row(LEARNT[3].at, 3, 1, 1, 2600, 4000, RowKind.RELEARN),
    Row(LEARNT[4].at, 3, 1, 1, 2600, 4000, RowKind.REVIEW),
    Row(LEARNT[5].at, 2, 6, 1, 2460, 4000, RowKind.REVIEW),
    Row(LEARNT[6].at, 3, 6, 6, 2460, 4000, RowKind.FILTERED),
)


def learned(*events):
    by_card = {}
    for each in events:
        by_card[each.card] = (*by_card.get(each.card, ()), each)
    return Learned(histories(by_card, scheduler("sm2")), Clock().turn(COUNTED_FROM))


@pytest.fixture
def col(tmp_path):
    collection = Collection(str(tmp_path / "collection.anki2"))
    yield collection
    collection.close()


@pytest.fixture
def bring(col, tmp_path):
    """Write the cards with what was learnt, and import them with it; gives the card `why`."""

    def bring(*events):
        path = tmp_path / "rung.apkg"
        write(path, [(DECK, [*PEAK, WHY])], TYPES, learned=learned(*events))
        options = ImportAnkiPackageOptions(with_scheduling=True)
        col.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options))
        (number,) = col.find_cards("note:Rung*Recall")
        return col.get_card(number)

    return bring


def test_the_rows_of_a_history():
    history = histories({"course/traffic/why#text": LEARNT}, scheduler("sm2"))["course/traffic/why#text"]
    assert history.rows == ROWS
    assert history.standing.memory == Memory(6, 2, 246, TODAY - timedelta(days=10), 1)


def test_under_fsrs_the_rows_are_of_the_same_kinds_and_eases():
    history = histories({"course/traffic/why#text": LEARNT}, scheduler("fsrs"))["course/traffic/why#text"]
    assert [(row.kind, row.ease) for row in history.rows] == [(row.kind, row.ease) for row in ROWS]
    assert [row.interval for row in history.rows] == [2, 12, 2, 2, 4, 9, 9]  # those of the package
    assert state(history, 0).due == (history.standing.memory.due - COUNTED_FROM).days


def test_due_day_interval_ease_lapses_and_every_row_arrive(col, bring):
    card = bring(*LEARNT)
    assert (card.type, card.queue, card.ivl, card.factor, card.reps, card.lapses) == (2, 2, 6, 2460, 7, 1)
    assert card.due - col.sched.today == -10
    told = col.db.all(
        "SELECT id, ease, ivl, lastIvl, factor, time, type FROM revlog WHERE cid = ? ORDER BY id", card.id
    )
    assert [Row(*row[:6], RowKind(row[6])) for row in told] == list(ROWS)
    assert col.fix_integrity() == ("Database rebuilt and optimized.", True)
    assert (col.card_count(), col.db.scalar("SELECT count(*) FROM revlog")) == (3, 7)
    assert [col.get_card(number).type for number in col.find_cards("note:Rung*Cloze")] == [0, 0]


def test_the_next_answer_in_anki_follows_from_it(col, bring):
    """By Anki's own reckoning: good, ten days late, is (6 + 10 / 2) * 2.46, give or take its fuzz."""
    card = bring(*LEARNT)
    card.start_timer()
    col.sched.answerCard(card, 3)
    card = col.get_card(card.id)
    assert 24 <= card.ivl <= 31
    assert (card.factor, card.reps, card.lapses) == (2460, 8, 1)


def test_what_is_suspended_or_flagged_arrives_so(bring):
    marks = [event(n, 1, kind=kind, **detail) for n, kind, detail in (
        (10, Kind.SUSPEND, {"on": True}), (11, Kind.FLAG, {"flag": 3}))]  # fmt: skip
    card = bring(*LEARNT, *marks)
    assert (card.type, card.queue, card.user_flag()) == (2, -1, 3)
    only_marked = histories({WHY.root: tuple(marks)}, scheduler("sm2"))[WHY.root]
    assert state(only_marked, 5) == State(0, -1, 5, flag=3)


def test_without_progress_asked_for_the_cards_are_new(col, tmp_path):
    path = tmp_path / "rung.apkg"
    write(path, [(DECK, [*PEAK, WHY])], TYPES, learned=learned(*LEARNT))
    col.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions()))
    assert (col.card_count(), col.db.scalar("SELECT count(*) FROM revlog")) == (3, 0)
    assert col.db.list("SELECT DISTINCT type FROM cards") == [0]


@pytest.mark.parametrize(("hours", "west"), [(-13, -780), (0, 0), (5.5, 330)])
def test_a_package_says_how_far_its_days_are_from_those_of_utc(tmp_path, hours, west):
    """Else Anki would count them by the time of whichever machine imports it."""
    began = NEW_YEAR + int(hours * 3600)
    path = tmp_path / "rung.apkg"
    write(path, [(DECK, [WHY])], TYPES, learned=Learned(learned(*LEARNT).histories, began))
    found = collection.read(archive.opened(path).collection)
    assert (found.began, found.west) == (began, west)
    assert days_of(found.began, found.west)(began * 1000) == COUNTED_FROM


def test_the_same_log_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        write(tmp_path / name, [(DECK, [WHY])], TYPES, learned=learned(*LEARNT))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_rows_at_one_instant_have_ids_of_their_own_and_those_from_anki_keep_theirs():
    other = "course/traffic/peak#text.c1"
    same = [event(1, 3, 4), event(2, 3, 3, card=other)]
    anki = Event(ANKI, same[0].at, same[0].at + 9, same[0].day, Kind.REVIEW, "course/traffic/peak#text.c2", 5, 7)
    found = histories({each.card: (each,) for each in (*same, anki)}, scheduler("sm2"))
    assert {root: [row.id - same[0].at for row in history.rows] for root, history in found.items()} == {
        WHY.root: [1], other: [2], "course/traffic/peak#text.c2": [0],
    }  # fmt: skip


def test_answers_of_several_devices_follow_each_other_by_their_instants():
    later, earlier = event(1, 2, 4), event(7, 5, 3)._replace(device="f" * 32)
    history = histories({WHY.root: (later, earlier)}, scheduler("sm2"))[WHY.root]
    assert [(row.id, row.kind) for row in history.rows] == [(earlier.at, RowKind.LEARN), (later.at, RowKind.REVIEW)]


def test_what_has_no_grade_or_is_no_answer_makes_no_row_and_a_quiz_teaches_nothing():
    day = TODAY - timedelta(days=3)
    quiz = Event(DEVICE, 1, noon(day), day, Kind.QUIZ, WHY.root, 4)
    events = (quiz, event(2, 2, None, Kind.PRACTICE), event(3, 1, 5, Kind.FLAG, flag=2))
    history = histories({WHY.root: events}, scheduler("sm2"))[WHY.root]
    assert history.rows == (Row(quiz.at, 3, 0, 0, 0, 0, RowKind.FILTERED),)
    assert state(history, 5) == State(0, 0, 5, answers=1, flag=2, data=f'{{"lrt":{quiz.at // 1000}}}')


# ── back ─────────────────────────────────────────────────────────────────────────────────────────

NEW_YEAR = 1_577_851_200  # 2020-01-01 04:00 UTC


@pytest.mark.parametrize(
    ("began", "west", "hours", "day"),
    [
        (NEW_YEAR, 0, 0, "2020-01-01"),
        (NEW_YEAR, 0, -0.001, "2019-12-31"),
        (NEW_YEAR, 0, 23.999, "2020-01-01"),
        (NEW_YEAR, 0, 24, "2020-01-02"),
        (NEW_YEAR, None, 0, "2020-01-01"),
        (NEW_YEAR - 14 * 3600, -14 * 60, 0, "2020-01-01"),  # Kiritimati
        (NEW_YEAR + 12 * 3600, 12 * 60, 0, "2020-01-01"),  # Baker Island
        (NEW_YEAR - 11 * 3600, None, 0, "2020-01-01"),
        (NEW_YEAR + 11 * 3600, None, 0, "2020-01-01"),
    ],
)
def test_the_day_of_an_answer_follows_from_its_collection(began, west, hours, day):
    assert days_of(began, west)(int((began + hours * 3600) * 1000)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("button", "kind", "grade", "logged"),
    [
        (1, 0, 1, Kind.REVIEW), (2, 1, 3, Kind.REVIEW), (3, 2, 4, Kind.REVIEW), (4, 1, 5, Kind.REVIEW),
        (3, 3, 4, Kind.PRACTICE), (0, 1, None, None), (3, 4, None, None), (3, 5, None, None), (5, 1, None, None),
    ],
)  # fmt: skip
def test_what_an_answer_in_anki_is_in_our_log(button, kind, grade, logged):
    answer = Answer(1_800_000_000_000, 1, button, 900, kind)
    assert is_answer(answer) is bool(logged)
    wanted = (Event(ANKI, 1_800_000_000_000, 1_800_000_000_000, TODAY, logged, "a/b#c", grade, 900),) if logged else ()
    assert news([answer], {1: "a/b#c"}, lambda _: TODAY, {}, ()).events == wanted


def test_an_answer_at_the_beginning_of_time_and_in_none():
    answers = [Answer(id_, 1, 3, took, 1) for id_, took in ((0, 5), (1, 0), (2, -1), (3, 1))]
    found = news(answers, {1: "a/b#c"}, lambda _: TODAY, {}, ())
    kept = ((1, 0), (2, 0), (3, 1))
    assert found.events == tuple(Event(ANKI, id_, id_, TODAY, Kind.REVIEW, "a/b#c", 4, took) for id_, took in kept)


@pytest.mark.parametrize(
    ("later", "button", "ours"),
    [(0, 3, True), (3, 3, True), (999, 3, True), (1000, 3, False), (-1, 3, False), (0, 2, False)],
)
def test_a_row_that_comes_back_is_known(later, button, ours):
    own = [(1_800_000_000_000 - 86_400_000, 3), (1_800_000_000_000, 4), (1_800_000_000_000 + 86_400_000, 5)]
    answer = Answer(1_800_000_000_000 + later, 1, button, 0, 1)
    assert (is_ours(answer, own), is_ours(answer, own[1:2])) == (ours, ours)


def test_which_answers_of_a_package_are_news():
    """The learner is thirteen hours behind UTC; the second note is of a card that is not here."""
    began = NEW_YEAR + 13 * 3600
    first = (began + 86_400) * 1000  # when the second day turns
    here = {("a", 0): "d/a", ("a", 1): "d/a#c2", ("", 0): "d/never"}
    notes = tuple(collection.Note(n, guid, 7, ("F",), ()) for n, guid in ((1, "a"), (2, "b")))
    cards = tuple(collection.AnkiCard(*card, "Geo") for card in ((11, 1, 0), (12, 1, 1), (13, 2, 0), (14, 9, 1)))
    answers = (
        Answer(first - 1, 11, 3, 50, 1), Answer(first, 11, 4, 60, 3), Answer(first + 1, 12, 1, 0, 0),
        Answer(first + 2, 11, 0, 0, 4),  # set by hand
        Answer(first + 9, 12, 2, 0, 1), Answer(first + 10, 12, 3, 0, 1),  # one that is in the log, and one from there
        Answer(first + 3, 13, 3, 0, 1), Answer(first + 4, 14, 3, 0, 1), Answer(first + 5, 99, 3, 0, 1),  # not here
    )  # fmt: skip
    package = collection.Collection(began, 13 * 60, {}, notes, cards, answers)
    day = COUNTED_FROM + timedelta(days=1)
    assert arrivals(package, here, {"d/a#c2": [(first + 10, 4)]}, {first + 9}) == Arrivals(
        (
            Event(ANKI, first - 1, first - 1, COUNTED_FROM, Kind.REVIEW, "d/a", 4, 50),
            Event(ANKI, first, first, day, Kind.PRACTICE, "d/a", 5, 60),
            Event(ANKI, first + 1, first + 1, day, Kind.REVIEW, "d/a#c2", 1, 0),
        ),
        known=2,
        strange=3,
        matched=2,
        unmatched=2,
    )  # fmt: skip


def test_what_the_cards_here_are_in_anki():
    born = replace(WHY, first="course/old/why#text")
    peak, old = (guid_of(part) for part in ("course/traffic/peak#text", "course/old/why#text"))
    assert roots([*PEAK, born]) == {(peak, 0): PEAK[0].root, (peak, 1): PEAK[1].root, (old, 0): born.root}


def test_the_second_of_a_day_is_the_same_wherever_it_is_asked(monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert turned(COUNTED_FROM) == NEW_YEAR
        assert days_of(NEW_YEAR, 0)(NEW_YEAR * 1000) == COUNTED_FROM
    finally:
        monkeypatch.undo()
        time.tzset()


def test_cards_of_anki_are_counted_by_whether_they_are_here():
    assert news((), {1: "d/a", 2: "", 3: "d/b"}, date.fromordinal, {}, frozenset()) == Arrivals((), 0, 0, 2, 1)
