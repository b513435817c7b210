"""One sitting: which cards come and in which order, what comes again, what undo leaves, and what it came to."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung import session, shuffle
from rung.cards import checklist, choice, cloze, ordering, recall
from rung.model import Card, Expects, Kind, Memory, NotAnAnswer, Score, Standing
from rung.schedulers import sm2
from rung.session import Answer, Sitting, Summary, summary
from rung.waiting import APART, Waiting, apart, queue


def wait(name, kind=Kind.REVIEW):
    """A waiting card; what stands before a dot is its family."""
    return Waiting(name, name.partition(".")[0], kind)


def line(names):
    return [wait(name) for name in names.split()]


def named(waiting):
    return " ".join(each.card for each in waiting)


# ── the queue ────────────────────────────────────────────────────────────────────────────────────

DUE = line("d1 d2 d3 d4")
NEW = {"A": line("a1 a2 a3"), "B": line("b1"), "C": line("c1 c2")}


@pytest.mark.parametrize(
    ("reviews", "news", "cards"),
    [
        (9, 9, "d1 d2 d3 d4 a1 b1 c1 a2 c2 a3"),
        (2, 9, "d1 d2 a1 b1 c1 a2 c2 a3"),
        (9, 4, "d1 d2 d3 d4 a1 b1 c1 a2"),
        (4, 0, "d1 d2 d3 d4"),
        (0, 1, "a1"),
        (0, 0, ""),
        (-3, -1, ""),  # a limit already overrun, by another window
    ],
)
def test_the_limits_of_a_sitting(reviews, news, cards):
    assert named(queue(DUE, NEW, reviews, news)) == cards


@pytest.mark.parametrize(
    ("new", "met", "cards"),
    [
        ({"A": "a.1 a.2 b.1 c.1", "B": "x.1"}, "", "a.1 x.1 b.1 c.1"),  # a family takes no turn of its deck twice
        ({"A": "a.1 a.2 a.3", "B": "x.1 y.1 z.1"}, "", "a.1 x.1 y.1 z.1"),
        ({"A": "a.1 b.1", "B": "x.1"}, "a", "b.1 x.1"),
        ({"A": "a.1 b.1", "B": "x.1"}, "a b x", ""),
        ({"B": "b.1 c.1", "A": "a.1"}, "", "b.1 a.1 c.1"),  # decks in the order given
        ({"A": "a.1 f.1", "B": "f.2 b.1"}, "", "a.1 b.1 f.1"),
        ({}, "", ""),
    ],
)
def test_a_day_brings_one_new_card_of_a_family(new, met, cards):
    decks = {deck: line(names) for deck, names in new.items()}
    assert named(queue((), decks, 9, 9, frozenset(met.split()))) == cards


def test_new_cards_come_in_another_order_where_there_is_one():
    def last_deck_first(new):
        return [each for deck in sorted(new, reverse=True) for each in new[deck]]

    decks = {"A": line("a.1 a.2 b.1"), "C": line("c.1 d.1")}
    assert named(queue(line("x.1"), decks, 9, 3, frozenset("d"), last_deck_first)) == "x.1 c.1 a.1 b.1"


def test_a_new_card_keeps_away_from_a_due_one_of_its_family():
    due = line("f.1 " + " ".join(f"d{n}" for n in range(8)))
    got = queue(due, {"A": line("f.2 g.1 h.1")}, 99, 99)
    assert named(got) == "f.1 d0 d1 d2 d3 d4 d5 d6 d7 g.1 f.2 h.1"


@pytest.mark.parametrize(
    ("names", "placed"),
    [
        ("", ""),
        ("a.1 b a.2 c d", "a.1 b c a.2 d"),
        ("a.1 a.2 a.3 b c", "a.1 b c a.2 a.3"),
        ("a.1 a.2 b.1 b.2 c d e", "a.1 b.1 c a.2 b.2 d e"),
        ("a.1 a.2 a.3 b c d e f", "a.1 b c a.2 d e a.3 f"),
        ("a.1 b.1 a.2 b.2 a.3 b.3", "a.1 b.1 a.2 b.2 a.3 b.3"),
    ],
)
def test_families_are_kept_three_apart(names, placed):
    assert named(apart(line(names), 3)) == placed


CARDS = st.lists(st.integers(0, 12), max_size=80).map(
    lambda families: [Waiting(f"{place}", f"{family}") for place, family in enumerate(families)]
)


def gaps(placed):
    """For every card how far back the one before it of its family is."""
    last, found = {}, []
    for place, each in enumerate(placed):
        found.append(place - last.get(each.family, -999))
        last[each.family] = place
    return found


@given(CARDS)
def test_keeping_apart_loses_nothing_and_keeps_the_order_of_each_family(waiting):
    placed = apart(waiting)
    assert sorted(placed, key=lambda each: int(each.card)) == waiting
    for family in {each.family for each in waiting}:
        assert [each for each in placed if each.family == family] == [each for each in waiting if each.family == family]


@given(CARDS)
def test_families_stand_apart_until_there_is_no_such_place_any_more(waiting):
    close = [gap < APART for gap in gaps(apart(waiting))]
    assert close == sorted(close)


@given(CARDS)
def test_no_card_is_held_back_without_need(waiting):
    placed = apart(waiting)
    latest = -1
    for each, gap in zip(placed, gaps(placed), strict=True):
        if int(each.card) < latest:  # cards that came later went before it
            assert gap <= APART
        latest = max(latest, int(each.card))
    assert apart(placed) == placed


@given(st.lists(st.integers(0, 999), unique=True))
def test_what_stands_apart_already_stays_as_it_is(families):
    waiting = [Waiting(f"{family}", f"{family}") for family in families]
    assert apart(waiting) == tuple(waiting)
    again = [*waiting, *waiting] if len(waiting) >= APART else waiting
    assert apart(again) == tuple(again)


@pytest.mark.parametrize("families", [1, 50, 100_000])
def test_a_hundred_thousand_cards_are_kept_apart_in_no_time(families):
    waiting = [Waiting(str(number), str(number % families)) for number in range(100_000)]
    since = time.process_time()
    placed = apart(waiting)
    assert time.process_time() - since < 3
    assert len(placed) == 100_000


# ── the sitting ──────────────────────────────────────────────────────────────────────────────────


def answer(sitting, grade, took=1_000):
    return sitting.answered(Answer(sitting.next.card, "", sitting.next.kind, grade, took))


def grades(sitting):
    return [(each.card, each.kind, each.grade) for each in sitting.answers]


def test_a_sitting_takes_its_cards_in_order_and_ends():
    sitting = Sitting(tuple(line("a b")))
    seen = []
    while sitting.next:
        seen.append((sitting.next.card, sitting.left))
        sitting = answer(sitting, 4)
    assert seen == [("a", 2), ("b", 1)]
    assert (sitting.left, grades(sitting)) == (0, [("a", Kind.REVIEW, 4), ("b", Kind.REVIEW, 4)])


@pytest.mark.parametrize(
    ("kind", "grade", "again"),
    [
        *[(Kind.REVIEW, grade, grade < 4) for grade in range(6)],
        *[(Kind.REDRILL, grade, grade < 4) for grade in range(6)],
        *[(Kind.PRACTICE, grade, False) for grade in range(6)],
        *[(Kind.QUIZ, grade, False) for grade in range(6)],
    ],
)
def test_a_scheduled_card_under_four_comes_again(kind, grade, again):
    sitting = answer(Sitting((wait("a", kind), wait("b"))), grade)
    assert sitting.line[sitting.place :] == (wait("b"),)
    assert sitting.again == ((wait("a", Kind.REDRILL),) if again else ())


def test_failed_cards_come_again_at_the_end_until_they_score_four():
    sitting = Sitting(tuple(line("a b c")))
    for grade in (1, 5, 3, 3, 4, 2, 4):
        sitting = answer(sitting, grade)
    review, redrill = Kind.REVIEW, Kind.REDRILL
    assert grades(sitting) == [
        ("a", review, 1), ("b", review, 5), ("c", review, 3), ("a", redrill, 3), ("c", redrill, 4), ("a", redrill, 2),
        ("a", redrill, 4),
    ]  # fmt: skip
    assert sitting.next is None


def test_a_skipped_card_is_neither_answered_nor_drilled():
    sitting = answer(Sitting(tuple(line("a b"))), 1).skipped()
    assert (sitting.next, sitting.left) == (wait("a", Kind.REDRILL), 1)
    sitting = sitting.skipped()
    assert (sitting.next, sitting.left, grades(sitting)) == (None, 0, [("a", Kind.REVIEW, 1)])


STEPS = st.lists(st.integers(-1, 5), max_size=30)  # a grade, or -1 for a card that is skipped


@given(STEPS)
def test_undo_goes_back_step_by_step_to_the_beginning(steps):
    sittings = [Sitting(tuple(line("a b c d")))]
    for grade in steps:
        if sittings[-1].next is None:
            break
        sittings.append(sittings[-1].skipped() if grade < 0 else answer(sittings[-1], grade))
    sitting = sittings[-1]
    for before in reversed(sittings[:-1]):
        sitting = sitting.undone(before.next.card, before.next)
        assert sitting is before


def test_undo_across_sittings_puts_the_card_in_front():
    sitting = Sitting(tuple(line("a b")))
    back = sitting.undone("z", wait("z"))
    assert (named(back.line[back.place :]), back.left, back.answers) == ("z a b", 3, ())
    twice = back.undone("y", wait("y", Kind.REDRILL))
    assert twice.line == (wait("y", Kind.REDRILL), *line("z a b"))
    done = answer(answer(twice, 4), 2)
    assert grades(done) == [("y", Kind.REDRILL, 4), ("z", Kind.REVIEW, 2)]
    assert done.undone("z", wait("z")).next == wait("z")


def test_undo_after_a_card_that_another_window_answered_forgets_the_answer():
    sitting = answer(answer(Sitting(tuple(line("a b c d"))), 1), 2).skipped()
    back = sitting.undone("b", wait("b"))
    assert named(back.line[back.place :]) == "b d"
    assert back.again == (wait("a", Kind.REDRILL),)
    assert grades(back) == [("a", Kind.REVIEW, 1)]
    assert summary(answer(back, 5).answers).right == 1


def test_undo_takes_back_only_the_last_answer_of_a_card():
    sitting = answer(answer(Sitting((wait("a"),)), 1), 2)
    assert grades(sitting.skipped().undone("a", wait("a", Kind.REDRILL))) == [
        ("a", Kind.REVIEW, 1),
        ("a", Kind.REDRILL, 2),
    ]
    sitting = answer(answer(Sitting(tuple(line("a b"))), 1).skipped(), 2)
    other = sitting.undone("z", wait("z"))
    assert (other.answers, other.again) == (sitting.answers, sitting.again)
    assert named(other.line) == "z"


def test_long_sittings_can_be_compared_and_told():
    one = other = Sitting(tuple(line("a " * 5_000)))
    for _ in range(5_000):
        one, other = one.skipped(), other.skipped()
    assert one == other
    assert one != other.before
    assert repr(one).endswith("again=(), place=5000, answers=())")


# ── asking and scoring ───────────────────────────────────────────────────────────────────────────


def card(kind, content, id_="deck/note#part"):
    return Card(id_, kind, "fact", "deck", id_, "Title", content)


CHOICE = card("choice", choice.Content("Which?", (choice.Item("a", "A"), choice.Item("b", "B")), "a", fixed=True))
ORDER = card("ordering", ordering.Content("Order.", tuple(ordering.Item(id_, id_) for id_ in "wxyz")))
HOLE = card("cloze", cloze.Content("It is {{c1::retrieval}}.", 1))
RECALL = card("recall", recall.Content("Why?", "Because."))


@pytest.mark.parametrize(
    ("id_", "rows", "seed"),
    [
        ("deck/note#part", 0, 3819762114261271),
        ("deck/note#part", 1, 3162196537031214),
        ("production-ai-systems/recsys-spine/spine#order", 12, 7208532705598818),
    ],
)
def test_the_seed_follows_from_card_and_rows_for_ever(id_, rows, seed):
    asked, used = session.question(card("ordering", ORDER.content, id_), rows)
    assert used == shuffle.seed(id_, rows) == seed
    assert asked == ordering.ask(ORDER.content, seed)


@given(st.text(), st.integers(0, 10**6))
def test_a_seed_is_exact_in_json(id_, rows):
    assert 0 <= shuffle.seed(id_, rows) < 2**53


def test_a_shuffle_is_the_same_for_ever():
    assert shuffle.shuffled("abcdef", str, 7) == tuple("bfaced")
    assert shuffle.shuffled("fedcba", str, 7) == shuffle.shuffled("abcdef", str, 7)
    assert {shuffle.shuffled("abc", str, seed) for seed in range(60)} == set(permutations("abc"))


@pytest.mark.parametrize(
    ("asked", "given_", "took", "score"),
    [
        (CHOICE, "a", 45_000, Score(5, ("Right.",))),
        (CHOICE, "a", 45_001, Score(4, ("Right.", "Slower than 45 s."))),
        (CHOICE, "b", 99_000, Score(1, ("Not so: it is A.",))),
        (HOLE, "retrieval", 45_000, Score(5, ("Exact.",))),
        (HOLE, "retrieval", 45_001, Score(4, ("Exact.", "Slower than 45 s."))),
        (HOLE, "retrievel", 99_000, Score(4, ("Near: retriev[-e-]{+a+}l",))),
        (HOLE, "", 99_000, Score()),
        (RECALL, "", 10**9, Score()),
    ],
)
def test_a_slow_five_is_a_four(asked, given_, took, score):
    question, _ = session.question(asked, 0)
    assert session.score(asked, question, given_, took) == score


@pytest.mark.parametrize(
    ("took", "score"), [(60_000, Score(5, ("In order.",))), (60_001, Score(4, ("In order.", "Slower than 60 s.")))]
)
def test_an_order_has_a_minute(took, score):
    question, _ = session.question(ORDER, 3)
    letters = {option.id: option.letter for option in question.options}
    assert question.expects is Expects.LETTERS
    assert session.score(ORDER, question, "".join(letters[id_] for id_ in "wxyz"), took) == score


def test_what_is_no_answer_is_none_however_slow():
    question, _ = session.question(CHOICE, 0)
    with pytest.raises(NotAnAnswer):
        session.score(CHOICE, question, "x", 99_000)


def test_what_stands_on_a_back_beside_the_points():
    content = checklist.Content("Why?", (checklist.Point("a", "A"), checklist.Point("b", "B")), "It *is* so.")
    assert session.beside_points(replace(CHOICE, kind="checklist", content=content)) == "It *is* so."


def test_the_back_is_that_of_the_kind():
    question, _ = session.question(CHOICE, 0)
    assert session.back(CHOICE, question, "b") == "**A.** A\n\nYou chose B: B"
    assert session.back(RECALL, session.question(RECALL, 0)[0], "") == "Because."


def test_only_the_first_answer_of_a_day_is_a_review():
    today = date(2026, 11, 23)
    days = (None, today - timedelta(days=1), today)
    kinds = [session.kind_of(Standing(reviewed=day, answered=today), today) for day in days]
    assert kinds == [Kind.REVIEW, Kind.REVIEW, Kind.REDRILL]


def test_keys_are_those_of_anki():
    assert session.KEYS == {"1": 1, "2": 3, "3": 4, "4": 5}
    assert session.GRADES == {"again": 1, "hard": 3, "good": 4, "easy": 5}
    assert {name.lower(): grade for grade, name in session.BUTTONS.items()} == session.GRADES


@pytest.mark.parametrize(("grade", "key"), [(None, "3"), (0, "1"), (1, "1"), (2, "1"), (3, "2"), (4, "3"), (5, "4")])
def test_enter_takes_the_very_grade_of_a_score_and_so_does_its_key(grade, key):
    good = 4 if grade is None else grade
    assert session.suggested(Score(grade)) == (good, key)
    chosen = {each: session.chosen(Score(grade), each) for each in session.KEYS}
    assert chosen == session.KEYS | {key: good}


def test_an_answer_fits_a_card_whose_letters_mean_the_same():
    asked = session.question(CHOICE, 0)[0]
    assert session.still_fits(asked, replace(asked, prompt="Which now?"))
    assert not session.still_fits(asked, replace(asked, options=asked.options[::-1]))
    assert not session.still_fits(asked, replace(asked, expects=Expects.LETTERS))


TODAY = date(2026, 11, 23)
SEEN = Standing(Memory(6, 2, 250, TODAY), reviewed=TODAY - timedelta(6))


@pytest.mark.parametrize(
    ("kind", "today", "told"),
    [
        (Kind.REVIEW, True, ["1 Again (today, 1 d)", "2 Hard (today, 15 d)", "3 Good (15 d)", "4 Easy (15 d)"]),
        (Kind.REVIEW, False, ["1 Again (1 d)", "2 Hard (15 d)", "3 Good (15 d)", "4 Easy (15 d)"]),
        (Kind.REDRILL, True, ["1 Again (today)", "2 Hard (today)", "3 Good", "4 Easy"]),
        (Kind.PRACTICE, True, ["1 Again", "2 Hard", "3 Good", "4 Easy"]),
    ],
)
def test_each_grade_with_what_follows(kind, today, told):
    standing = replace(SEEN, reviewed=TODAY) if kind is Kind.REDRILL else SEEN
    assert session.buttons(kind, standing, TODAY, sm2, today=today) == told


def test_the_next_five_days_of_a_card_with_one_grade():
    later = [(day - TODAY).days for day in session.predicted(Standing(), TODAY, sm2)]
    assert later == [1, 7, 22, 60, 155]  # after intervals of 1, 6, 15, 38 and 95 days
    assert [(day - TODAY).days for day in session.predicted(SEEN, TODAY, sm2, 1)] == [1, 2, 3, 4, 5]


# ── the summary ──────────────────────────────────────────────────────────────────────────────────


def test_a_summary_counts_first_answers_and_all_the_time():
    answers = [
        Answer("a", "L5", Kind.REVIEW, 1, 1_000),
        Answer("b", "L4", Kind.REVIEW, 3, 2_000),
        Answer("c", "L5", Kind.REVIEW, 5, 3_000),
        Answer("d", "", Kind.REVIEW, 2, 4_000),
        Answer("a", "L5", Kind.REDRILL, 2, 5_000),
        Answer("d", "", Kind.REDRILL, 4, 6_000),
        Answer("a", "L5", Kind.REDRILL, 5, 7_000),
    ]
    assert summary(answers) == Summary(4, 2, 28_000, (("L4", 1, 1), ("L5", 1, 2)), ("a", "d"))


def test_of_the_hardest_cards_five_are_named():
    answers = [Answer(name, "", Kind.REVIEW, grade, 1) for name in "gfedcba" for grade in (2, 0)]
    assert summary([*answers, Answer("z", "", Kind.REVIEW, 1, 1)]).hardest == tuple("abcde")
    assert summary([Answer(name, "", Kind.REVIEW, 2, 1) for name in "azbzz"]).hardest == tuple("zab")


def test_an_empty_summary():
    assert summary(()) == Summary(0, 0, 0, (), ())
