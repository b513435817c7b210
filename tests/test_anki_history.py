"""Learning progress in Anki itself: what arrives there with the cards, and what comes back from there."""

from datetime import datetime, timedelta

import pytest

pytest.importorskip("anki.collection")

from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

from rung import cards as kinds
from rung.anki.history import COUNTED_FROM, Learned, Row, RowKind, histories
from rung.anki.package import write
from rung.cards import cloze, recall
from rung.model import Card, Deck, Event, Kind, Memory
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
