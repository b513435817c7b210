"""Transcripts, probes, post-mortems and rubrics: what is shown above their cards, and what is kept apart."""

from __future__ import annotations

import pytest

from deck_text import cards, compiled_notes
from rung import notes
from rung.model import Severity


def example(name, *changes):
    """The cards of a note type's first example, by part and hole, after some words of it are replaced."""
    source = notes.note_type(name).EXAMPLES[0].source
    for old, new in changes:
        assert source.count(old) == 1
        source = source.replace(old, new)
    return {id_.partition("#")[2]: card for id_, card in cards(compiled_notes(source)).items()}


def families(name):
    found = {}
    for part, card in example(name).items():
        found.setdefault(card.family.partition("#")[2], set()).add(part)
    return found


def test_what_gives_each_other_away_is_a_family():
    assert families("transcript") == {
        "scope": {"scope", "scope.buys.c1"}, "budget": {"budget"}, "restate": {"restate"},
        "order": {"order"}, "outcome": {"outcome.c1"}, "notes": {"notes"},
    }  # fmt: skip
    assert families("probe") == {"points": {"points", "labels.c1"}, "tests": {"tests.c1"}, "pattern": {"pattern.c1"}}
    assert families("postmortem") == {"moment": {"moment", "should", "back.c1", "lesson.c1"}}
    assert families("rubric") == {
        "why": {"why.c1"}, "everywhere": {"everywhere.c1"},
        "grocer": {"grocer", "grocer.scores.c1", "grocer.hurt", "grocer.signal", "grocer.did"},
        "airline": {"airline", "airline.scores.c1", "airline.hurt", "airline.signal", "airline.did"},
    }  # fmt: skip


def test_a_heading_says_where_we_are_and_not_the_mistake():
    assert {card.title for card in example("transcript").values()} == {"Opening on the car park"}
    assert {card.title for card in example("probe").values()} == {"A deck"}
    assert {card.title for card in example("rubric").values()} == {"What is weighed in a forecasting interview"}
    made = example("postmortem")
    assert made.pop("moment").title == "Post-mortem"
    assert {card.title for card in made.values()} == {"The release without a way back"}


def test_a_move_is_asked_from_what_went_before_it():
    assert example("transcript")["budget"].content.prompt == (
        "*The first three minutes.* A Staff candidate, second interview of the day. The prompt is to predict free places"
        " in a city's car parks.\n\n"
        "**Just now:** “When setting out. A wrong answer costs us the customer.”\n\n"
        "What do you say next?"
    )
    made = example("transcript", ("  phase: The first three minutes\n", ""))
    assert made["notes"].content.prompt == (
        "A Staff candidate, second interview of the day. The prompt is to predict free places in a city's car parks.\n\n"
        "What did the interviewer write down?"
    )


def test_two_moves_are_no_order():
    last = "    - {id: restate, move: Restate, hears: Nobody speaks; the questions are done., says: So far we hold two"
    assert "order" not in example("transcript", (f"{last} things.}}\n", ""))


def test_the_points_of_a_checklist_show_the_answers_of_their_holes():
    points = [point.text for point in example("probe")["points"].content.points]
    assert points == [
        "Raw events older than a month go first; nobody trains on them.",
        "Labels stay, because they cannot be made again.",
    ]


def test_a_company_becomes_a_tag_and_the_cost_stands_on_the_back():
    made = example("postmortem")
    assert {card.tags for card in made.values()} == {("company::delivery-service", "topic::rollback")}
    assert made["should"].content.extra == "What it cost: One level."
    made = example("postmortem", ("  company: Delivery service\n  cost: One level.\n", "  tags: [mine]\n"))
    assert {card.tags for card in made.values()} == {("mine", "topic::rollback")}
    assert made["should"].content.extra == ""


def errors(result):
    """What is wrong, line by line; warnings are the rules' own matter."""
    found = (problem for problem in result.problems if problem.severity is Severity.ERROR)
    return [line for problem in found for line in str(problem).splitlines()]


def many(count, words=1):
    listed = "".join(f'    - {{id: p{number}, point: "{"word " * words}"}}\n' for number in range(count))
    return compiled_notes(f"- probe: long\n  asks: Which?\n  points:\n{listed}")


@pytest.mark.parametrize(("count", "words"), [(2, 30), (5, 1), (26, 1)])
def test_points_that_may_stand(count, words):
    assert not many(count, words).broken


def test_points_that_may_not_stand():
    assert errors(many(27)) == [
        'decks/deck.yaml:7:5: error: "points" lists 27, 26 is the most', "    split the note",
    ]  # fmt: skip
    assert errors(many(1)) == [
        'decks/deck.yaml:7:5: error: "points" lists only one', "    list at least two under it",
    ]  # fmt: skip
    assert errors(many(2, words=31)) == [
        "decks/deck.yaml:7:23: error: this text is 31 words long", "    say it in 30 at most",
        "decks/deck.yaml:8:23: error: this text is 31 words long", "    say it in 30 at most",
    ]  # fmt: skip


def test_words_are_counted_as_they_are_shown():
    made = "- probe: p\n  asks: Which?\n  points:\n    - {id: a, point: One.}\n    - {id: b, point: '%s'}\n"
    shown = "{{c1::one two::a hint of four}} *three* [four](https://a.example/b) " + "`five six` " * 13
    assert not compiled_notes(made % shown).broken  # 30 words
    assert compiled_notes(made % f"{shown} seven").broken


SETTING = "A Staff candidate, second interview of the day. The prompt is to predict free places in a city's car parks."


@pytest.mark.parametrize(
    ("name", "words", "most", "where"),
    [
        ("transcript", SETTING, 60, "6:12"),
        ("transcript", "So far we hold two things.", 60, "20:89"),
        ("transcript", "Priced a wrong answer.", 30, "24:24"),
        ("probe", "Raw events older than a month go first; nobody trains on them.", 30, "8:24"),
        ("postmortem", "A metric that moves within minutes throws the switch.", 30, "14:26"),
        ("rubric", "how waste is priced", 15, "11:15"),
        ("rubric", "Draw the day on which the forecast is useless, and say who decides then.", 60, "22:15"),
        ("rubric", "Did the candidate say who throws the food away?", 30, "16:11"),
    ],
)
def test_texts_have_their_limits(name, words, most, where):
    source = notes.note_type(name).EXAMPLES[0].source
    assert source.count(words) == 1
    assert errors(compiled_notes(source.replace(words, "so " * (most - 1) + "on"))) == []
    assert errors(compiled_notes(source.replace(words, "so " * most + "on"))) == [
        f"decks/deck.yaml:{where}: error: this text is {most + 1} words long", f"    say it in {most} at most",
    ]  # fmt: skip


def test_companies_must_be_told_apart():
    twice = notes.note_type("rubric").EXAMPLES[0].source.replace("Airline L6", "grocer *staff*")
    assert errors(compiled_notes(twice)) == [
        'decks/deck.yaml:18:16: error: "grocer *staff*" stands twice under "signals"',
        "    say what sets the two apart",
    ]
    source = notes.note_type("rubric").EXAMPLES[0].source
    alone = source[: source.index("    - id: airline")] + source[source.index("  everywhere") :]
    assert errors(compiled_notes(alone)) == [
        'decks/deck.yaml:8:5: error: "signals" lists only one', "    list at least two under it",
    ]  # fmt: skip


def test_a_company_is_found_in_what_it_weighs_only_as_a_word():
    told = 'decks/deck.yaml:11:15: error: "scores" names the company, "Grocer", which a card asks for'
    source = notes.note_type("rubric").EXAMPLES[0].source
    named = source.replace("how waste is priced", "how the grocer prices waste")
    assert told in errors(compiled_notes(named))
    assert example("rubric", ("how waste is priced", "how groceries are priced"))
