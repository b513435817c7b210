"""The card kinds: how each is asked, what an answer is worth, what stands on the back."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung import cards
from rung.cards import choice, cloze, ordering, recall
from rung.model import Card, Expects, NotAnAnswer, Option, Question, Score


def test_every_kind_is_tested_here():
    assert cards.names() == ("checklist", "choice", "cloze", "drill", "number", "ordering", "recall", "sheet")


@pytest.mark.parametrize("name", cards.names())
def test_a_kind_is_found_by_its_name_and_gives_what_it_must(name):
    kind = cards.kind(name)
    assert kind.__name__ == f"rung.cards.{name}"
    assert all(hasattr(kind, member) for member in (*cards.CardKind.__annotations__, "ask", "score", "back", "gist"))


@pytest.mark.parametrize("name", ["essay", "_choice", "choice.py", "__init__"])
def test_there_is_no_other_kind(name):
    with pytest.raises(KeyError, match=name):
        cards.kind(name)


@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("checklist", None),
        ("choice", 45),
        ("cloze", 45),
        ("drill", None),
        ("number", 90),
        ("ordering", 60),
        ("recall", None),
        ("sheet", 180),
    ],
)
def test_the_time_after_which_an_answer_hesitates(name, seconds):
    assert seconds == cards.kind(name).SECONDS


@pytest.mark.parametrize(
    ("title", "line"),
    [("Peak", "Peak: It is […]."), ("Which peak?", "Which peak? It is […]."), ("Why? So", "Why? So: It is […].")],
)
def test_a_card_in_a_line_is_its_heading_and_its_question(title, line):
    content = cloze.Content("It **is** {{c1::so}}.", 1)
    assert cards.gist(Card("d/n#a.c1", "cloze", "fact", "d", "f", title, content)) == line


# ── ordering ─────────────────────────────────────────────────────────────────────────────────────

LADDER = ordering.Content(
    "Put *them* in order.",
    tuple(
        ordering.Item(level, f"says `{level}`", f"{level} Level", f"Missed: {level}") for level in ("L4", "L5", "L6")
    ),
    "from L4 to L6",
)
STEPS = ordering.Content("Order.", tuple(ordering.Item(id_, id_) for id_ in "wxyz"))
LETTERED = Question("Order.", Expects.LETTERS, options=tuple(map(Option, "ABCD", "wxyz", "wxyz")))  # A is first, D last
GRADES = (5, 3, 2, 1, 0, 0, 0)  # of four items, by the number of their six pairs that stand the wrong way round


def test_an_order_is_asked_shuffled_by_its_seed():
    asked = ordering.ask(LADDER, 1)
    options = (Option("A", "L5", "says `L5`"), Option("B", "L6", "says `L6`"), Option("C", "L4", "says `L4`"))
    how = "Type all letters from L4 to L6, e.g. CBA"
    assert asked == Question("Put *them* in order.", Expects.LETTERS, how, options)
    assert ordering.ask(LADDER, 1) == asked
    assert ordering.ask(STEPS, 1).how.startswith("Type all letters in order, e.g. ")
    assert {ordering.ask(LADDER, seed).options for seed in range(100)} == {
        tuple(Option(letter, id_, f"says `{id_}`") for letter, id_ in zip("ABC", order, strict=True))
        for order in permutations(("L4", "L5", "L6"))
    }


@pytest.mark.parametrize("letters", ["".join(each) for each in permutations("ABCD")])
def test_an_order_of_four_is_graded_by_its_inversions(letters):
    inversions = sum(letters.index(first) > letters.index(second) for first, second in PAIRS)
    remark = "In order." if letters == "ABCD" else f"{inversions} of 6 pairs out of order."
    assert ordering.score(STEPS, LETTERED, letters) == Score(GRADES[inversions], (remark,))


PAIRS = ("AB", "AC", "AD", "BC", "BD", "CD")


def test_the_orders_of_four_spread_over_the_grades():
    grades = [ordering.score(STEPS, LETTERED, "".join(each)).grade for each in permutations("ABCD")]
    assert {grade: grades.count(grade) for grade in grades} == {5: 1, 3: 3, 2: 5, 1: 6, 0: 9}


@pytest.mark.parametrize(
    ("count", "grades"),  # by inversions, from none to all pairs
    [
        (2, [5, 0]),
        (3, [5, 2, 0, 0]),
        (5, [5, 3, 2, 2, 1, 1, 0, 0, 0, 0, 0]),
        (7, [5, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_the_grades_of_other_numbers_of_items(count, grades):
    ids = [f"i{number}" for number in range(count)]
    content = ordering.Content("", tuple(ordering.Item(id_, id_) for id_ in ids))
    asked = Question("", Expects.LETTERS, options=tuple(Option(chr(65 + n), id_, id_) for n, id_ in enumerate(ids)))
    letters, got = [option.letter for option in asked.options], []
    for late in range(count):  # let each letter in turn sink to the end, one place at a time
        got.append(ordering.score(content, asked, "".join(letters)).grade)
        for place in range(count - 1 - late):
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
            if place + 1 < count - 1 - late:
                got.append(ordering.score(content, asked, "".join(letters)).grade)
    assert got == grades


@pytest.mark.parametrize(
    ("letters", "grade"), [("ABCD", 5), ("ACBD", 5), ("CABD", 3), ("BACD", 3), ("ADBC", 2), ("DCBA", 0)]
)
def test_items_of_one_rank_may_stand_either_way(letters, grade):
    ranks = {"w": 0, "x": 1, "y": 1, "z": 2}
    content = ordering.Content("Order.", tuple(ordering.Item(id_, id_, rank=rank) for id_, rank in ranks.items()))
    assert ordering.score(content, LETTERED, letters).grade == grade


def test_the_back_marks_only_what_cost_something():
    ranks = {"w": None, "x": None, "y": 1, "z": None}
    content = ordering.Content("Order.", tuple(ordering.Item(id_, id_, rank=rank) for id_, rank in ranks.items()))
    assert ordering.back(content, LETTERED, "ACBD") == "1. w\n2. x\n3. y\n4. z"
    assert ordering.back(content, LETTERED, "CABD") == "1. w (you put it at 2)\n2. x\n3. y (you put it at 1)\n4. z"


@given(st.permutations("ABCD"), st.text(" ,-<>.;", max_size=3), st.booleans())
def test_letters_may_be_small_and_set_apart(letters, between, small):
    typed = between.join(letters)
    given_ = typed.lower() if small else typed
    assert ordering.score(STEPS, LETTERED, given_) == ordering.score(STEPS, LETTERED, "".join(letters))


@pytest.mark.parametrize(
    "answer", ["", " ", "ABC", "ABCDE", "ABCC", "ABCDD", "ABCE", "1234", "ABC1D", "wxyz", "ÄBCD", "ßabcd"]
)
def test_what_is_no_order(answer):
    with pytest.raises(NotAnAnswer, match=r"^Type each of the letters A B C D once, first to last\.$"):
        ordering.score(STEPS, LETTERED, answer)
    if answer:
        with pytest.raises(NotAnAnswer):
            ordering.back(STEPS, LETTERED, answer)


def test_the_back_of_an_order_says_what_stood_elsewhere():
    asked = ordering.ask(LADDER, 1)  # A is L5, B is L6, C is L4
    right = (
        "1. **L4 Level**: says `L4`\\\n   *Missed: L4*\n"
        "2. **L5 Level**: says `L5`\\\n   *Missed: L5*\n"
        "3. **L6 Level**: says `L6`\\\n   *Missed: L6*"
    )
    assert ordering.back(LADDER, asked, "") == right
    assert ordering.back(LADDER, asked, "CAB") == right
    assert ordering.back(LADDER, asked, "acb") == (
        "1. **L4 Level** (you put it at 2): says `L4`\\\n   *Missed: L4*\n"
        "2. **L5 Level** (you put it at 1): says `L5`\\\n   *Missed: L5*\n"
        "3. **L6 Level**: says `L6`\\\n   *Missed: L6*"
    )
    assert ordering.back(STEPS, LETTERED, "") == "1. w\n2. x\n3. y\n4. z"
    assert ordering.back(replace(STEPS, extra="So *be* it."), LETTERED, "") == "1. w\n2. x\n3. y\n4. z\n\nSo *be* it."


def test_the_gist_of_an_order():
    assert ordering.gist(LADDER) == ("Put them in order.", "L4 Level < L5 Level < L6 Level")
    assert ordering.gist(STEPS) == ("Order.", "w < x < y < z")


# ── choice ───────────────────────────────────────────────────────────────────────────────────────

MISS = choice.Content(
    "What is *missing*?", (choice.Item("one", "The first."), choice.Item("two", "`b`"), choice.Item("c", "C.")), "two"
)
FIXED = choice.Content("Which?", MISS.options, "c", fixed=True, extra="It *missed* that.")


def test_a_choice_is_asked_shuffled_unless_it_is_fixed():
    how = "Type a letter, A to C"
    fixed = (Option("A", "one", "The first."), Option("B", "two", "`b`"), Option("C", "c", "C."))
    assert choice.ask(FIXED, 7) == Question("Which?", Expects.LETTER, how, fixed)
    mixed = (Option("A", "c", "C."), Option("B", "two", "`b`"), Option("C", "one", "The first."))
    assert choice.ask(MISS, 1) == Question("What is *missing*?", Expects.LETTER, how, mixed)


@pytest.mark.parametrize(
    ("answer", "score"),
    [
        ("B", Score(5, ("Right.",))),
        (" b ", Score(5, ("Right.",))),
        ("a", Score(1, ("Not so: it is B.",))),
        ("C", Score(1, ("Not so: it is B.",))),
    ],
)
def test_a_choice_is_right_or_wrong(answer, score):
    assert choice.score(MISS, choice.ask(MISS, 1), answer) == score


def test_a_letter_goes_before_an_id_of_the_same_spelling():
    asked = choice.ask(MISS, 1)  # A is the option with the id c, C is another
    content = choice.Content(MISS.prompt, MISS.options, "one")
    assert choice.score(content, asked, "c") == Score(5, ("Right.",))


@pytest.mark.parametrize("answer", ["", " ", "D", "AB", "1", "The first."])
def test_what_is_no_choice(answer):
    asked = choice.ask(MISS, 1)
    with pytest.raises(NotAnAnswer, match=r"^Type one of the letters A B C\.$"):
        choice.score(MISS, asked, answer)


def test_the_back_of_a_choice():
    asked = choice.ask(FIXED, 1)
    assert choice.back(FIXED, asked, "") == "**C.** C.\n\nIt *missed* that."
    assert choice.back(FIXED, asked, "c") == "**C.** C.\n\nIt *missed* that."
    assert choice.back(FIXED, asked, "b") == "**C.** C.\n\nYou chose B: `b`\n\nIt *missed* that."
    assert choice.back(MISS, choice.ask(MISS, 1), "") == "**B.** `b`"


def test_the_gist_of_a_choice():
    assert choice.gist(MISS) == ("What is missing?", "b")


# ── cloze ────────────────────────────────────────────────────────────────────────────────────────


def asking(answer):
    return cloze.Content(f"It is {{{{c1::{answer}}}}}.", 1)


def graded(wanted, typed):
    content = asking(wanted)
    return cloze.score(content, cloze.ask(content, 0), typed)


PEAK = cloze.Content("At {{c2::peak}} it takes {{c1::**200k**::how many}}, then {{c1::80k}}.", 1, "See *traffic*.")


def test_a_cloze_asks_its_hole_and_shows_the_others():
    how = "Type what belongs in the brackets"
    prompt = "At peak it takes \\[how many…\\], then \\[…\\]."
    assert cloze.ask(PEAK, 3) == Question(prompt, Expects.WORDS, how)
    filled = "At peak it takes **200k**, then 80k."
    assert cloze.back(PEAK, cloze.ask(PEAK, 3), "x") == f"****200k**; 80k**\n\n{filled}\n\nSee *traffic*."
    assert cloze.back(asking("big"), cloze.ask(asking("big"), 0), "") == "**big**\n\nIt is big."
    assert cloze.gist(PEAK) == ("At peak it takes [how many…], then […].", "200k; 80k")


@pytest.mark.parametrize(
    ("wanted", "typed"),
    [
        ("retrieval", "retrieval"),
        ("Retrieval", "  RETRIEVAL. "),
        ("the **feature** `store`", "The feature store"),
        ("end-of-video", "end of video"),
        ("homepage, end-of-video, search", "homepage,end-of-video,search"),
        ("user's", "user’s"),
        ("Straße", "STRASSE"),
        ("ﬁne", "fine"),
        ("naïve", "nai\u0308ve"),
        ("5,000", "5000"),
        ("5000", "5,000"),
        ("1,000,000 items", "1000000 items"),
        ("15 ms", "15 MS"),
        ("0.5", ".5"),
        ("50%", "50 %"),
        ("10–20", "10-20"),
        ("−5 °C", "-5 C"),
        ("10⁶", "10^6"),
        ("≤ 100 ms", "<= 100 ms"),
        ("1.5×", "1.5x"),
        ("{x}", "x"),
        ("||", "||"),
    ],
)
def test_an_exact_answer(wanted, typed):
    assert graded(wanted, typed) == Score(5, ("Exact.",))


@pytest.mark.parametrize(
    ("wanted", "typed", "difference"),
    [
        ("retrieval", "retrival", "retri{+e+}val"),
        ("retrieval", "retreival", "retr{+i+}e[-i-]val"),  # two letters swapped are one slip
        ("retrieval", "retrievals", "retrieval[-s-]"),
        ("retrieval", "retrievel", "retriev[-e-]{+a+}l"),
        ("feature store", "faeture store", "f{+e+}a[-e-]ture store"),
        ("store", "stor", "stor{+e+}"),  # five letters may have one slip
        ("15 ms", "15ms", "15{+ +}ms"),
        ("100 ms at p99", "100ms at p99", "100{+ +}ms at p99"),
        ("GPU/CPU", "GPU CPU", "GPU[- -]{+/+}CPU"),
        ("200k requests", " 200k request ", "200k request{+s+}"),
    ],
)
def test_a_near_answer(wanted, typed, difference):
    assert graded(wanted, typed) == Score(4, (f"Near: {difference}",))


@pytest.mark.parametrize(
    ("wanted", "typed", "difference"),
    [
        ("retrieval", "ranking", "r{+etriev+}a[-nking-]{+l+}"),
        ("retrieval", "retrivl", "retri{+e+}v{+a+}l"),  # two slips in nine letters
        ("rung", "rang", "r[-a-]{+u+}ng"),  # under five letters there is no slip
        ("15 ms", "25 ms", "[-2-]{+1+}5 ms"),
        ("15 ms", "15 s", "15 {+m+}s"),
        ("100M items", "100K items", "100[-K-]{+M+} items"),
        ("latency of 5 seconds", "latency of 6 seconds", "latency of [-6-]{+5+} seconds"),
        ("latency of 5 seconds", "latency of seconds", "latency of {+5 +}seconds"),
        ("0.5 of all requests", "5 of all requests", "{+0.+}5 of all requests"),
        ("50% of all requests", "50 of all requests", "50{+%+} of all requests"),
        ("- 5 below zero", "- 6 below zero", "- [-6-]{+5+} below zero"),  # a list, were it not within a sentence
        ("-5 degrees below", "5 degrees below", "{+-+}5 degrees below"),
        ("5,000 requests", "5,00 requests", "5,{+0+}00 requests"),
        ("1,2", "12", "1{+,+}2"),
        ("10⁶ requests", "106 requests", "10[-6-]{+⁶+} requests"),
        ("> 100 ms at p99", "< 100 ms at p99", "[-<-]{+>+} 100 ms at p99"),
        ("within p99", "within p95", "within p9[-5-]{+9+}"),
        ("1:100 sampled", "1:10 sampled", "1:1{+0+}0 sampled"),
        ("C#", "C", "C{+#+}"),
        ("||", "&&", "[-&&-]{+||+}"),  # no letter to compare
        ("§", "!!!", "[-!!!-]{+§+}"),
    ],
)
def test_a_wrong_answer(wanted, typed, difference):
    assert graded(wanted, typed) == Score(1, (f"You wrote: {typed}",))
    assert cloze.difference(typed, wanted) == difference


@pytest.mark.parametrize("typed", ["", "  ", "\t"])
def test_nothing_typed_is_for_the_learner_to_grade(typed):
    assert graded("retrieval", typed) == Score()


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(["ms", "users in all", "% of users"]))
def test_numbers_that_differ_are_never_near(one, other, unit):
    grade = graded(f"about {one:,} {unit}", f"about {other} {unit}").grade
    assert grade == (5 if one == other else 1)


@given(st.text("ab1 0.,:;/%<>=+-()!?", min_size=1).filter(lambda words: words.strip() and "::" not in words))
def test_the_answer_itself_is_exact(words):
    assert graded(words, words) == Score(5, ("Exact.",))


@given(st.text("abc 1", max_size=12), st.text("abc 1", max_size=12))
def test_a_difference_tells_both_texts(one, other):
    told = cloze.difference(one, other)
    assert re.sub(r"\[-.*?-\]|\{\+|\+\}", "", told) == other
    assert re.sub(r"\{\+.*?\+\}|\[-|-\]", "", told) == one


@given(st.text("ab", max_size=7), st.text("ab", max_size=7), st.integers(0, 8))
def test_edits_are_counted_up_to_the_most_that_matters(one, other, most):
    def edits(a, b):
        if not a or not b:
            return len(a) + len(b)
        swapped = edits(a[2:], b[2:]) + 1 if len(a) > 1 and len(b) > 1 and a[:2] == b[1::-1] else 99
        return min(edits(a[1:], b) + 1, edits(a, b[1:]) + 1, edits(a[1:], b[1:]) + (a[0] != b[0]), swapped)

    assert min(cloze._edits(one, other, most), most + 1) == min(edits(one, other), most + 1)


# ── recall ───────────────────────────────────────────────────────────────────────────────────────


def test_recall_is_thought_and_graded_by_the_learner():
    content = recall.Content("Design *it*.", "Layers, then **budgets**.\n\nThat is all.")
    asked = recall.ask(content, 5)
    assert asked == Question("Design *it*.", Expects.THOUGHT, "Say it aloud, then look")
    assert recall.score(content, asked, "Layers") == Score()
    assert recall.back(content, asked, "Layers") == content.answer
    assert recall.gist(content) == ("Design it.", "Layers, then budgets. That is all.")
