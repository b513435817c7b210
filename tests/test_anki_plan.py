"""What is to be done with a running Anki, decided from what it has and what is here."""

from datetime import date, timedelta

import pytest

from rung.anki.plan import Due, NotePlan, Ours, Theirs, digest, due_days, last_answers, note_plan
from rung.model import ANKI, Event, Kind, Memory, Standing

TODAY = date(2026, 11, 21)
OLD, NEW, MINE = ({"Text": text, "Id": "d/n#text"} for text in ("old", "new", "my own"))
OURS = Ours("d/n#text", "GUID", frozenset({"d/n#text", "d/first#text"}), "Rung Cloze", NEW)
GONE = Ours("d/n#text", "GUID", frozenset({"d/n#text"}))


def theirs(fields=NEW, id_=1, type_="Rung Cloze", tags=()):
    return Theirs(id_, type_, fields, tags, (10 * id_,))


THERE, BEHIND, EDITED = theirs(), theirs(OLD), theirs(MINE)


@pytest.mark.parametrize(
    ("ours", "there", "sent", "plan"),
    [
        pytest.param([OURS], [], [], {"new": (OURS,)}, id="not there"),
        pytest.param([OURS], [THERE], [], {"same": (OURS,), "pairs": ((THERE, OURS),)}, id="as it is here"),
        pytest.param(
            [OURS], [BEHIND], [OLD], {"update": ((BEHIND, OURS),), "pairs": ((BEHIND, OURS),)}, id="as it was sent"
        ),
        pytest.param(
            [OURS], [EDITED], [OLD, NEW], {"edited": (OURS,), "pairs": ((EDITED, OURS),)}, id="as it was never sent"
        ),
        pytest.param([OURS], [BEHIND], [], {"edited": (OURS,), "pairs": ((BEHIND, OURS),)}, id="nobody knows of sending"),
        pytest.param([GONE], [], [], {}, id="retired and not there"),
    ],
)  # fmt: skip
def test_a_note_is_brought_updated_or_left(ours, there, sent, plan):
    assert note_plan(ours, there, {"GUID": {digest(fields) for fields in sent}}) == NotePlan(**plan)


def test_retired_notes_are_tagged_once_and_living_ones_lose_the_tag():
    tagged = theirs(tags=("mine", "rung::retired"))
    assert note_plan([GONE], [THERE], {}) == NotePlan(retire=((THERE, GONE),), pairs=((THERE, GONE),))
    assert note_plan([GONE], [tagged], {}) == NotePlan(pairs=((tagged, GONE),))
    assert note_plan([OURS], [tagged], {}) == NotePlan(same=(OURS,), restore=((tagged, OURS),), pairs=((tagged, OURS),))


@pytest.mark.parametrize(
    ("there", "verdict"),
    [
        (theirs(type_="Rung Cloze+"), "same"),
        (theirs(type_="Rung Choice"), "other"),
        (theirs({"Text": "new", "Id": "d/n#text", "My field": "x"}), "same"),
        (theirs({"Front": "new", "Id": "d/n#text"}), "other"),
    ],
)
def test_a_note_of_another_type_is_left(there, verdict):
    assert getattr(note_plan([OURS], [there], {}), verdict) == (OURS,)


def test_notes_are_found_by_every_id_that_they_had_and_never_by_their_text():
    former = theirs({"Text": "old", "Id": "d/first#text"}, 7)
    html = theirs({"Text": "x", "Id": " a&amp;b "}, 8)
    other = theirs({"Text": "new", "Id": "d/other#text"}, 9)
    without = theirs({"Text": "new"}, 10)
    escaped = Ours("a&b", "ANOTHER", frozenset({"a&b"}), "Rung Cloze", {"Text": "x"})
    plan = note_plan([OURS, escaped], [former, html, other, without], {"GUID": {digest(former.fields)}})
    assert plan.pairs == ((former, OURS), (html, escaped))
    assert (plan.update, plan.same, plan.strange) == (((former, OURS),), (escaped,), 2)


def test_of_two_notes_with_one_history_that_of_todays_id_is_meant_then_the_older():
    first, today, later = theirs({"Id": "d/first#text"}, 1), theirs(NEW, 2), theirs(NEW, 3)
    assert note_plan([OURS], [first, later, today], {}).pairs == ((today, OURS),)


def test_an_id_of_today_goes_before_a_former_one():
    new = Ours("d/b#text", "NEW", frozenset({"d/b#text", "d/a#text"}), "Rung Cloze", NEW)
    old = Ours("d/a#text", "OLD", frozenset({"d/a#text"}))
    other = Ours("d/c#text", "C", frozenset({"d/c#text"}))
    living = Ours("d/e#text", "E", frozenset({"d/e#text", "d/c#text"}), "Rung Cloze", NEW)
    there = [theirs({"Id": "d/a#text"}, 1), theirs({"Id": "d/c#text"}, 2)]
    assert [our.guid for _, our in note_plan([new, old, living, other], there, {}).pairs] == ["OLD", "C"]


def test_what_is_sent_is_all_that_will_be_there_as_it_is_here():
    more = Ours("d/m#text", "MORE", frozenset({"d/m#text"}), "Rung Cloze", OLD)
    edited = Ours("d/e#text", "EDITED", frozenset({"d/e#text"}), "Rung Cloze", NEW)
    plan = note_plan([OURS, more, edited], [THERE, theirs({"Text": "x", "Id": "d/e#text"}, 2)], {})
    assert plan.sent == {("GUID", digest(NEW)), ("MORE", digest(OLD))}


def test_a_digest_is_of_composed_characters_in_whatever_order():
    assert digest({"a": "u\u0308", "b": "x"}) == digest({"b": "x", "a": "ü"}) != digest({"a": "x", "b": "ü"})


# ── due days ─────────────────────────────────────────────────────────────────────────────────────


def known(days, interval=6, **more):
    return Standing(memory=Memory(interval, 2, 250, TODAY + timedelta(days=days)), **more)


@pytest.mark.parametrize(
    ("standing", "ours", "theirs", "due"),
    [
        pytest.param(known(6), 1000, 0, Due(1, "d/n#text", 6, 6), id="Anki knows no answer"),
        pytest.param(known(2), 1000, 999, Due(1, "d/n#text", 2, 6), id="ours is newer"),
        pytest.param(known(2), 1000, 1000, None, id="Anki has that very answer"),
        pytest.param(known(2), 1000, 1001, None, id="Anki's is newer"),
        pytest.param(known(-9), 1000, 0, Due(1, "d/n#text", 0, 6), id="overdue is today"),
        pytest.param(known(2, suspended=True), 1000, 0, None, id="suspended here"),
        pytest.param(Standing(rows=1), 1000, 0, None, id="new again"),
        pytest.param(known(2), 0, 0, None, id="never answered here"),
    ],
)
def test_a_due_day_is_set_where_our_answer_is_the_newest(standing, ours, theirs, due):
    found = due_days({1: "d/n#text", 2: "d/other"}, {"d/n#text": standing}, {"d/n#text": ours}, {1: theirs}, TODAY)
    assert found == ((due,) if due else ())


def test_answers_of_anki_and_those_beside_the_schedule_are_no_answers_of_ours():
    def event(at, kind=Kind.REVIEW, device="1" * 32):
        return Event(device, at, at, TODAY, kind, "a", 4)

    events = {
        "a": [event(3), event(5, Kind.REDRILL), event(8, device=ANKI), event(9, Kind.QUIZ), event(9, Kind.PRACTICE)],
        "b": [event(9, device=ANKI)],
        "c": [event(9, Kind.SUSPEND)],
    }
    assert last_answers(events) == {"a": 5}
