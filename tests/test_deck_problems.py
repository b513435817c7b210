"""Every problem of a deck: where it is, what it is, how to mend it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, model_validator

from deck_text import (
    HEAD,
    all_lines,
    compiled_decks,
    compiled_notes,
    fact,
    first_lines,
    whole,
)
from rung import notes
from rung.fields import refusal
from rung.model import Problem
from rung.notes import fact as fact_notes

SOURCE = "write them under it, or as {course: …}"
KEYS = "write them under it, or as {id: …, name: …}"
STEP = "{id: a, name: A, job: b}"
LIST = "write each on a line of its own, after `- `"
KEYED = "put the whole text in quotes: outside them ': ' makes a key"
TEXT = "write it on one line, or after `>-` on the lines below"
NOTES = "list them under `notes:`, each as `- fact: its-id`"
OPEN = "open it with its type and id, such as `- fact: its-id`"
NO_ID = "use small letters, digits and hyphens, such as"
TYPES = f"open a note with its type and id; note types are {', '.join(notes.names())}"

# Each row: a deck's notes, or a whole deck, then place with message, and mend, of everything wrong with it.
PROBLEMS = [
    # keys nobody knows
    ("- fact: a\n  txet: b\n  text: '{{c1::c}}'\n", '5:3: error: "txet" is no key of a fact', 'did you mean "text"?'),
    ("- fact: a\n  zzz: b\n  text: '{{c1::c}}'\n", '5:3: error: "zzz" is no key of a fact',
     "keys are was, topic, tags, allow, title, text, extra"),
    (f"- framework: f\n  name: F\n  steps:\n    - {STEP[:-1]}, budgets: c}}\n",
     '7:32: error: "budgets" is no key of a step', 'did you mean "budget"?'),
    ("- fact: a\n  zzz:\n  text: '{{c1::c}}'\n  and more: b\n", '5:3: error: "zzz" is no key of a fact',
     "keys are was, topic, tags, allow, title, text, extra", '7:3: error: "and more" is no key of a fact',
     "keys are was, topic, tags, allow, title, text, extra"),
    ('- fact: a\n  "one\\ntwo": b\n  text: "{{c1::c}}"\n', '5:3: error: "one two" is no key of a fact',
     "keys are was, topic, tags, allow, title, text, extra"),
    ("- fact: a\n  ladder: b\n  text: '{{c1::c}}'\n", '5:3: error: "ladder" is no key of a fact',
     "begin a note of its own with it: `- ladder: …`"),
    ("title: T\nfact: a\nsource: {course: C, lesson: 1}\nnotes:\n" + fact("a"),
     '2:1: error: "fact" is no key of the deck', "begin a note of its own with it: `- fact: …`"),
    ("title: T\ntitel: U\nsource: {course: C, lessons: 1}\nnotes:\n" + fact("a"),
     '2:1: error: "titel" is no key of the deck', 'did you mean "title"?',
     '3:21: error: "lessons" is no key of source', 'did you mean "lesson"?'),
    ("title: T\nsource: {course: C, lesson: 1}\nnote: a\nzzz: b\nnotes:\n" + fact("a"),
     '3:1: error: "note" is no key of the deck', 'did you mean "notes"?', '4:1: error: "zzz" is no key of the deck',
     "keys are title, source, was, tags, round, abbreviations, imported, notes"),
    ("- framework: f\n  name: F\n  steps: [{id: a, name: A, and more, job: b}]\n",
     '6:28: error: "and more" is cut off: inside { } a comma ends a text', "put the text in quotes"),
    # note types
    ("- fakt: a\n  text: b\n", '4:3: error: "fakt" is no note type', 'did you mean "fact"?'),
    ("- lader: outage\n  question: What then?\n", '4:3: error: "lader" is no note type', 'did you mean "ladder"?'),
    ("- essay: a\n", '4:3: error: "essay" is no note type', TYPES),
    ("- text: '{{c1::b}}'\n  fact: a\n", '4:3: error: "text" is no note type', TYPES),
    # ids
    ("- fact: Peak QPS!\n  text: '{{c1::b}}'\n", '4:9: error: "Peak QPS!" is no id', f'{NO_ID} "peak-qps"'),
    ("- fact: The very long name of a thing, written out\n  text: '{{c1::b}}'\n",
     '4:9: error: "The very long name of a thing, written out" is no id', f'{NO_ID} "the-very-long-name"'),
    ("- fact: |\n    a\n    b\n  text: '{{c1::b}}'\n", '4:9: error: "a b" is no id', f'{NO_ID} "a-b"'),
    ("- fact: é\n  text: '{{c1::b}}'\n", '4:9: error: "é" is no id', f'{NO_ID} "new-id"'),
    (f"- fact: {'A' * 70}\n  text: '{{{{c1::b}}}}'\n", f'4:9: error: "{"A" * 59}…" is no id', f'{NO_ID} "{"a" * 70}"'),
    ("- fact:\n  text: '{{c1::b}}'\n", "4:8: error: this fact has no id", "write it behind the type: `- fact: its-id`"),
    ("- fact: [a]\n  text: '{{c1::b}}'\n", "4:9: error: this fact has no id", "write it behind the type: `- fact: its-id`"),
    ("- framework: f\n  name: F\n  steps:\n    - {name: Candidate retrieval, job: b}\n", '7:7: error: a step lacks the key "id"',
     "add `id: candidate-retrieval`; an id is for ever, so choose it well"),
    ("- framework: f\n  name: F\n  steps:\n    - {was: old, name: New name, job: b}\n", '7:7: error: a step lacks the key "id"',
     "add `id: new-name`; an id is for ever, so choose it well"),
    ("- framework: f\n  name: F\n  steps: [{was: old, name: [A], job: [b]}]\n", '6:11: error: a step lacks the key "id"',
     "add `id: new-id`; an id is for ever, so choose it well", "6:28: error: this should be text", TEXT,
     "6:38: error: this should be text", TEXT),
    ("- framework: f\n  name: F\n  steps: [{id: A b, name: A, job: b}]\n", '6:16: error: "A b" is no id', f'{NO_ID} "a-b"'),
    # what is missing
    ("- fact: a\n", '4:3: error: fact "a" lacks the key "text"', "add `text: …`"),
    ("- question: a\n  asks: b\n", '4:3: error: question "a" lacks the key "branches"', "add `branches: …`",
     '4:3: error: question "a" lacks the key "why"', "add `why: …`"),
    ("title: T\nsource: {lesson: 1}\nnotes:\n" + fact("a"), '2:9: error: source lacks the key "course"', "add `course: …`"),
    ("title: T\nnotes:\n" + fact("a"), '1:1: error: the deck lacks the key "source"', "add `source: …`"),
    ("title: \"\"\nsource: {course: C}\nnotes:\n" + fact("a"), "1:8: error: this text is empty", "write it, or leave the key out"),
    ("title: T\nsource: {course: C, lesson: 1}\n", '1:1: error: the deck lacks the key "notes"', NOTES),
    # wrong shapes: text where a list or a mapping should be, and the reverse
    ("title: T\nsource: {course: C, lesson: 1}\nnotes: a\n", '3:8: error: "notes" should be a list of notes', NOTES),
    ("title: T\nsource: {course: C, lesson: 1}\nnotes:\n", '3:7: error: "notes" should be a list of notes', NOTES),
    ("title: T\nsource: {course: C, lesson: 1}\nnotes: []\n", '3:8: error: "notes" should be a list of notes', NOTES),
    ("title: T\nsource: {course: C, lesson: 1}\nnotes: {fact: a}\n", '3:8: error: "notes" should be a list of notes', NOTES),
    ("title: [T]\nsource: C\nnotes:\n" + fact("a"), "1:8: error: this should be text", TEXT,
     '2:9: error: "source" should have keys of its own', SOURCE),
    ("title: T\nsource: [C]\ntags: a\nnotes:\n" + fact("a"), '2:9: error: "source" should have keys of its own', SOURCE,
     '3:7: error: "tags" should be a list', LIST),
    ("- words\n", "4:3: error: this is no note", OPEN),
    ("- [a]\n- {}\n-\n", "4:3: error: this is no note", OPEN, "5:3: error: this is no note", OPEN,
     "6:2: error: this is no note", OPEN),
    ("- fact: a\n  text: [b, c]\n  title: {d: e}\n  tags: f\n", "5:9: error: this should be text", TEXT,
     "6:10: error: this should be text, and has keys", KEYED, '7:9: error: "tags" should be a list', LIST),
    ("- fact: a\n  text: '{{c1::b}}'\n  tags: [c, [d], '']\n", "6:13: error: this should be text", TEXT,
     "6:18: error: this text is empty", "write it, or leave the key out"),
    ("- fact: a\n  text: '{{c1::b}}'\n  tags:\n    - ask: who takes over?\n",
     "7:7: error: this should be text, and has keys", KEYED),
    ("- framework: f\n  name: F\n  steps: {a: b}\n  example: c\n", '6:10: error: "steps" should be a list', LIST,
     '7:12: error: "example" should have keys of its own', "write them under it, or as {prompt: …, answer: …}"),
    (f"- framework: f\n  name: F\n  steps: [a, {STEP}, [b]]\n  ordered: [c]\n",
     "6:11: error: a step should have keys of its own", KEYS, "6:40: error: a step should have keys of its own", KEYS,
     """7:12: error: "['c']" is neither true nor false""", "write true or false"),
    ("- question: a\n  asks: b\n  why: '{{c1::c}}'\n  branches: [d]\n", "7:14: error: a branch should have keys of its own",
     "write them under it, or as {id: …, answer: …, changes: …}"),
    ("- fact: a\n  allow: b\n  text: '{{c1::c}}'\n", '5:10: error: "allow" should have keys of its own',
     "write them under it, each as `key: value`"),
    ("- fact: a\n  allow: {Two Facts: b}\n  text: '{{c1::c}}'\n", '5:11: error: "Two Facts" is no id', f'{NO_ID} "two-facts"'),
    ("- timeline: t\n  name: T\n  phases: [{id: a, name: A, days: x, when: b}]\n  tasks:\n"
     "    - {id: b, phase: a, does: c, each: week, count: [d]}\n",
     '6:35: error: "days" should be a whole number', "write it in digits, such as 28",
     """8:40: error: "each" should be 'day' or 'phase'""", "write one of them",
     '8:53: error: "count" should be a whole number', "write it in digits, such as 28"),
    ("- drill: a\n  prompt: b\n  minutes: 9\n  sections: [a]\n  solution: []\n  failures: []\n  rubric: [{id: a, name: B}, c]\n",
     "7:14: error: a section should have keys of its own", KEYS,
     '10:12: error: the dimension "B" lacks the levels weak, passing, strong, staff',
     "describe it: `weak: …`, `passing: …`, `strong: …`, `staff: …`",
     "10:30: error: an item of rubric should have keys of its own",
     "write them under it, or as {id: …, name: …, weak: …, passing: …, strong: …, staff: …}"),
    # texts
    ("- fact: a\n  text: b\n", "5:9: error: this text has no hole", "mark what is to be recalled: {{c1::answer}}"),
    ("- fact: a\n  text: |\n    `{{c1::b}}`\n", "5:9: error: a hole stands inside `code`",
     "take the backticks away, or put the hole outside them"),
    ("- fact: a\n  title: '{{c1::b}}'\n  text: '{{c1::b}}'\n", "5:10: error: no hole may stand here",
     "write it without {{c1::…}}"),
    # keys of the author's own
    ("- sizing: a\n  name: A\n  quantities:\n    - {id: g, asks: How many?, where: {q: {form: 1}}, formula: q, unit: GPUs, because: x}\n",
     '7:44: error: "form" is no key of q', 'did you mean "from"?'),
    ("- fact: a\n  text: b {{c1::c}} # d\n", "5:21: error: the text stops at this '#'", "put the whole text in quotes"),
    ("- fact: a\n  text: b {{c1::c}}\n    d # e\n", "6:7: error: the text stops at this '#'", "put the whole text in quotes"),
]  # fmt: skip


@pytest.mark.parametrize(("notes", "lines"), [(notes, lines) for notes, *lines in PROBLEMS])
def test_what_is_wrong_and_where_and_how_to_mend_it(notes, lines):
    result = compiled_decks({"d": notes})
    assert all_lines(result) == [f"    {line}" if n % 2 else f"decks/d.yaml:{line}" for n, line in enumerate(lines)]
    assert result.broken


class Strict(fact_notes.Note):
    """A note of a type to come, whose fields are refused in other ways than those of today."""

    times: int = Field(1, ge=1)

    @model_validator(mode="after")
    def _once(self):
        if self.times == 2:
            raise refusal("this is said twice", "say it once")
        return self


def test_what_a_note_type_to_come_may_refuse_has_a_place_too(monkeypatch):
    monkeypatch.setattr(fact_notes, "Note", Strict)
    listed = "".join(
        f"- fact: a{times}\n  times: {times}\n  text: Who comes {times} times is {{{{c1::seldom}}}} seen here.\n"
        for times in range(3)
    )
    assert all_lines(compiled_notes(listed)) == [
        'decks/deck.yaml:5:10: error: "times": Input should be greater than or equal to 1',
        "    see docs/note-types.md for what may stand here",
        "decks/deck.yaml:10:3: error: this is said twice",
        "    say it once",
    ]


def test_all_problems_of_all_files_come_at_once_by_place():
    result = compiled_decks(
        {
            "b": fact("x") + "- fact: y\n  text: none\n" + fact("x"),
            "Bad": "- fact: Y\n" + fact("z", was="z"),
            "a": "title: [\n",
            "c": whole(
                "- fact: a\n  text: The peak is {{c1::peak}}\n" + fact("z", "{{c1::y}} is another word"), was="b"
            ),
        }
    )
    assert first_lines(result) == [
        'Bad.yaml:1:1: error: "Bad" is no deck id',
        'Bad.yaml:4:3: error: fact "Y" lacks the key "text"',
        'Bad.yaml:4:9: error: "Y" is no id',
        'Bad.yaml:6:8: error: `was:` claims the note "Bad/z", which is still there',
        "a.yaml:1:8: error: this bracket is never closed",
        "b.yaml:7:9: error: this text has no hole",
        'b.yaml:8:3: error: two notes of this deck are called "x" (the first at decks/b.yaml:4:3)',
        'b.yaml:9:9: warning: this asks the same as b/x#text.c1 [duplicate-front]',
        'c.yaml:3:6: error: `was:` claims the deck "b", which is still there',
        "c.yaml:6:9: warning: the answer of c1 stands in its question: peak [answer-in-question]",
    ]  # fmt: skip
    assert list(result.problems) == sorted(result.problems)


def test_an_id_that_is_none_hides_nothing_of_its_note():
    said = ["deck.yaml:4:3: error: this sizing asks nothing", 'deck.yaml:4:11: error: "B C" is no id']
    assert first_lines(compiled_notes("- sizing: B C\n  name: The B\n")) == said


def test_a_broken_note_does_not_hide_its_neighbours():
    result = compiled_notes(fact("a") + "- fact: b\n" + fact("c", "{{c1::y}} is another word"))
    assert [card.id for deck in result.decks for card in deck.cards] == ["deck/a#text.c1", "deck/c#text.c1"]
    assert result.broken


@given(st.lists(st.sampled_from(["fact", "lader", "text", "tags", "was", "steps", "{{c1::a}}", "a", "[", "]", "{", "}", ":",
                                 "\n  ", "\n- ", ", ", " ", "#", "|", "'", '"', "\n    - id: ", "- framework: f\n  name: F"])))  # fmt: skip
def test_whatever_stands_in_a_deck_every_problem_is_two_lines_with_a_place(pieces):
    result = compiled_notes("- fact: a\n  text: '{{c1::b}}'\n" + "".join(pieces))
    for problem in result.problems:
        assert isinstance(problem, Problem)
        assert len(str(problem).split("\n")) == 2
        assert 1 <= problem.where.line <= HEAD.count("\n") + 4 + "".join(pieces).count("\n")
        assert problem.where.column >= 1
        assert problem.mend
