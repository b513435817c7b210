"""Compiled cards as text: they come back as they went, and a damaged file is refused with its line, never otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rung import cards, quantity
from rung.cardfile import CompiledDeck, NotAsked, NotCards, card_of, from_text, head_of, line_of, sound, text_of
from rung.cards import checklist, choice, cloze, drill, number, ordering, recall, sheet
from rung.model import Card, Deck, KeptNote

DECK = Deck("course/spine", "The Spine", "A course", "4.1", ("a", "b"))
PLAIN = Card("course/spine/peak#text.c1", "cloze", "fact", "course/spine", "f", "Peak", cloze.Content("{{c1::x}}", 1))
RICH = Card(
    "course/spine/outage#L4",
    "ordering",
    "ladder",
    "course/spine",
    "course/spine/outage#L4",
    "“Why?” — \u2028 \\ \n",
    ordering.Content("p", (ordering.Item("a", "A", "l", "n", 0), ordering.Item("b", "B")), "up"),
    level="L4",
    tags=("topic::x",),
    first="course/spine/was#L4",
    was=("course/spine/was#L4", "old/was#L4"),
    changed=1_790_000_000,
    retired=True,
)
FILE = (
    '{"id": "course/spine", "title": "The Spine", "course": "A course", "lesson": "4.1", "tags": ["a", "b"]}\n'
    '{"id": "course/spine/peak#text.c1", "kind": "cloze", "note_type": "fact", "deck": "course/spine", "family": "f",'
    ' "title": "Peak", "content": {"text": "{{c1::x}}", "hole": 1}}\n'
    '{"id": "course/spine/outage#L4", "kind": "ordering", "note_type": "ladder", "deck": "course/spine",'
    ' "family": "course/spine/outage#L4", "title": "“Why?” — \u2028 \\\\ \\n", "content": {"prompt": "p",'
    ' "items": [{"id": "a", "text": "A", "label": "l", "note": "n", "rank": 0}, {"id": "b", "text": "B"}],'
    ' "along": "up"}, "level": "L4", "tags": ["topic::x"], "first": "course/spine/was#L4",'
    ' "was": ["course/spine/was#L4", "old/was#L4"], "changed": 1790000000, "retired": true}\n'
)


def test_a_file_holds_the_deck_and_then_a_card_a_line_without_defaults():
    assert text_of(CompiledDeck(DECK, (PLAIN, RICH))) == FILE
    assert from_text(FILE) == CompiledDeck(DECK, (PLAIN, RICH))


def test_a_card_is_a_line():
    assert line_of(PLAIN) == FILE.split("\n")[1]
    assert card_of(line_of(RICH)) == RICH


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=10)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.lists(WORDS, max_size=3).map(tuple)
CONTENTS = {
    "checklist": st.builds(
        checklist.Content, WORDS, st.lists(st.builds(checklist.Point, WORDS, WORDS), max_size=3).map(tuple), WORDS
    ),
    "choice": st.builds(
        choice.Content,
        prompt=WORDS,
        options=st.lists(st.builds(choice.Item, WORDS, WORDS), max_size=3).map(tuple),
        right=WORDS,
        fixed=st.booleans(),
        extra=WORDS,
    ),
    "cloze": st.builds(cloze.Content, WORDS, st.integers(1, 499), WORDS),
    "drill": st.builds(
        drill.Content,
        WORDS,
        st.integers(7, 15),
        st.lists(st.builds(drill.Section, WORDS, WORDS), max_size=3).map(tuple),
        st.lists(st.builds(drill.Dimension, *[WORDS] * 6), max_size=3).map(tuple),
        st.lists(st.builds(drill.Solved, WORDS, WORDS), max_size=3).map(tuple),
        st.lists(st.builds(drill.Failure, WORDS, WORDS), max_size=3).map(tuple),
    ),
    "number": st.builds(
        number.Content,
        WORDS,
        WORDS,
        FLOATS,
        st.none() | FLOATS,
        WORDS,
        st.lists(st.builds(number.Variable, WORDS, FLOATS, FLOATS, FLOATS, WORDS), max_size=3).map(tuple),
        WORDS,
        WORDS,
    ),
    "ordering": st.builds(
        ordering.Content,
        WORDS,
        st.lists(st.builds(ordering.Item, WORDS, WORDS, WORDS, WORDS, st.none() | st.integers(0, 9)), max_size=3).map(
            tuple
        ),
        WORDS,
    ),
    "recall": st.builds(recall.Content, WORDS, WORDS, WORDS),
    "sheet": st.builds(
        sheet.Content,
        WORDS,
        WORDS,
        st.builds(sheet.Given, WORDS, WORDS, FLOATS),
        st.lists(st.builds(sheet.Line, WORDS, WORDS, FLOATS, FLOATS, FLOATS), max_size=3).map(tuple),
        st.lists(st.builds(sheet.Rule, WORDS, WORDS), max_size=3).map(tuple),
    ),
}
DECKS = st.builds(Deck, WORDS, WORDS, WORDS, WORDS, TEXTS, TEXTS, st.lists(st.tuples(WORDS, WORDS)).map(tuple))
VALUES = st.recursive(
    WORDS | st.booleans() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner)
)
NOTES = st.builds(KeptNote, WORDS, WORDS, st.dictionaries(WORDS, VALUES, max_size=3))
CARDS = st.one_of(
    st.builds(
        Card,
        id=WORDS,
        kind=st.just(kind),
        note_type=WORDS,
        deck=WORDS,
        family=WORDS,
        title=WORDS,
        content=contents,
        level=WORDS,
        tags=TEXTS,
        first=WORDS,
        was=TEXTS,
        changed=st.integers(0, 2**40),
        retired=st.booleans(),
    )
    for kind, contents in CONTENTS.items()
)


def test_every_kind_of_card_goes_there_and_back():
    assert tuple(CONTENTS) == cards.names()


@settings(max_examples=50)
@given(DECKS, st.lists(CARDS, max_size=3), st.lists(NOTES, max_size=2))
def test_what_is_written_is_read_again(deck, made, kept):
    compiled = CompiledDeck(deck, tuple(made), tuple(kept))
    text = text_of(compiled)
    assert from_text(text) == compiled
    assert from_text(text.replace("\n", "\r\n")) == compiled  # as git may check it out on Windows
    assert text.count("\n") == 1 + len(made) + len(kept)


def test_the_head_of_a_file_is_all_but_its_cards():
    kept = (KeptNote("course/spine/tree", "tree", {"name": "N"}), KeptNote("course/spine/b", "tree", {"name": "B"}))
    assert head_of(text_of(CompiledDeck(DECK, (PLAIN, RICH), kept))) == CompiledDeck(DECK, (), kept)
    assert head_of(text_of(CompiledDeck(DECK, (), kept))) == CompiledDeck(DECK, (), kept)
    assert head_of(FILE.replace('"cloze"', '"essay"')) == CompiledDeck(DECK, ())


def card(**changes):
    data = {**json.loads(FILE.split("\n")[2]), **changes}
    return json.dumps({key: value for key, value in data.items() if value is not ...})


HEAD = FILE.split("\n")[0]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "line 1 is no deck: Expecting value: line 1 column 1 (char 0)"),
        (
            ["", " ", "{"],
            "line 3 is no deck: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        ),
        (["[]"], "line 1 is no deck: a mapping should stand for Deck"),
        (["{}"], "line 1 is no deck: the key 'id' is missing"),
        (['{"id": "a", "title": "b"}'], "line 1 is no deck: the key 'course' is missing"),
        ([card()], "line 1 is no deck: unknown key 'changed'"),
        ([HEAD, HEAD], "line 2 is no card: unknown key 'course'"),
        ([HEAD, card(), "", "<<<<<<< HEAD"], "line 4 is no card: Expecting value: line 1 column 1 (char 0)"),
        ([HEAD, "null"], "line 2 is no card: a mapping should stand for Card"),
        ([HEAD, '"card"'], "line 2 is no card: a mapping should stand for Card"),
        ([HEAD, card() + card()], None),
        ([HEAD, card()[:-9]], None),
        ([HEAD, "[" * 100_000], None),
        ([HEAD, '{"changed": ' + "9" * 5_000 + "}"], None),
        ([HEAD, card(id=...)], "line 2 is no card: the key 'id' is missing"),
        ([HEAD, card(kind=...)], "line 2 is no card: None is no card kind"),
        ([HEAD, card(kind="essay")], "line 2 is no card: 'essay' is no card kind"),
        ([HEAD, card(kind="../anki")], "line 2 is no card: '../anki' is no card kind"),
        ([HEAD, card(kind=["cloze"])], "line 2 is no card: ['cloze'] is no card kind"),
        ([HEAD, card(kind="cloze")], "line 2 is no card: unknown key 'along'"),
        ([HEAD, card(content=...)], "line 2 is no card: the key 'content' is missing"),
        ([HEAD, card(content="p")], "line 2 is no card: a mapping should stand for Content"),
        ([HEAD, card(content={})], "line 2 is no card: the key 'prompt' is missing"),
        ([HEAD, card(content={"prompt": "p", "items": {}})], "line 2 is no card: a list should stand here"),
        ([HEAD, card(content={"prompt": 1, "items": []})], "line 2 is no card: 1 is not of type <class 'str'>"),
        (
            [HEAD, card(content={"prompt": "p", "items": [{"id": "a", "text": "b", "rank": "1"}]})],
            "line 2 is no card: '1' is not of type int | None",
        ),
        (
            [HEAD, '{"note": "a/b", "type": "tree", "fields": []}'],
            "line 2 is no keptnote: [] is not of type dict[str, typing.Any]",
        ),
        ([HEAD, card(title={})], "line 2 is no card: {} is not of type <class 'str'>"),
        ([HEAD, card(tags="ab")], "line 2 is no card: a list should stand here"),
        ([HEAD, card(tags=[None])], "line 2 is no card: None is not of type <class 'str'>"),
        ([HEAD, card(changed="1")], "line 2 is no card: '1' is not of type <class 'int'>"),
        ([HEAD, card(changed=True)], "line 2 is no card: True is not of type <class 'int'>"),
        ([HEAD, card(changed=float("nan"))], "line 2 is no card: nan is not of type <class 'int'>"),
        ([HEAD, card(retired=1)], "line 2 is no card: 1 is not of type <class 'bool'>"),
        ([HEAD, card(zz=1, aa=2)], "line 2 is no card: unknown key 'aa'"),
        ([HEAD, '{"type": "tree", "note": "a/b"}'], "line 2 is no keptnote: the key 'fields' is missing"),
    ],
)
def test_a_damaged_line_is_refused_by_its_number(lines, message):
    with pytest.raises(NotCards) as refused:
        from_text("\n".join(lines))
    if message:
        assert str(refused.value) == message
    else:
        assert str(refused.value).startswith("line 2 is no card: ")


def test_a_kept_note_is_known_by_its_note_however_it_is_spelt():
    line = '{ "fields": {"name": "N"}, "type": "tree", "note": "a/b" }'
    assert from_text(f"{HEAD}\n{line}\n").notes == (KeptNote("a/b", "tree", {"name": "N"}),)


def test_a_damaged_card_is_refused():
    with pytest.raises(NotCards, match=r"^line 1 is no card: a mapping should stand for Card$"):
        card_of("[]")
    with pytest.raises(NotCards, match=r"^line 1 is no card: unknown key 'fields'$"):
        card_of('{"note": "a/b", "type": "tree", "fields": {}}')


REAL = next(Path(__file__, "../../cards").resolve().rglob("*.jsonl")).read_text(encoding="utf-8")
TOKENS = st.sampled_from(
    ["", '"', "{", "}", "[", "]", ",", ":", "\n", "\\", "null", "true", "1e999", "\\ud800", "\u2028"]
)


@given(st.integers(0, len(REAL)), st.integers(0, 40), TOKENS | st.text(max_size=3))
def test_a_file_damaged_anywhere_is_read_or_refused_with_a_line(start, length, instead):
    damaged = REAL[:start] + instead + REAL[start + length :]
    try:
        compiled = from_text(damaged)
    except NotCards as refused:
        number = int(str(refused).split()[1])
        first, last = REAL[:start].count("\n") + 1, damaged[: start + len(instead)].count("\n") + 1
        assert first <= number <= last
    else:
        assert all(isinstance(each, Card) for each in compiled.cards)
        assert from_text(text_of(compiled)) == compiled


# ── cards made by hand ───────────────────────────────────────────────────────────────────────────


OF = {
    "checklist": {"prompt": "p", "points": [{"id": "a", "text": "A"}]},
    "choice": {"prompt": "p", "options": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}], "right": "b"},
    "cloze": {"text": "{{c1::x}} {{c2::y}}", "hole": 1},
    "drill": {
        "prompt": "p",
        "minutes": 10,
        "sections": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
        "rubric": [{"id": "r", "name": "R", "weak": "w", "passing": "p", "strong": "s", "staff": "t"}],
        "solution": [{"id": "a", "text": "x"}, {"id": "b", "text": "y"}],
        "failures": [],
    },
    "number": {"prompt": "p", "unit": "ms", "tolerance": 0.1, "formula": "a / b"}
    | {"variables": [{"name": "a", "low": 1.0, "high": 9.0, "step": 1.0}, {"name": "b", "low": 2.0, "high": 2.0}]},
    "ordering": {"prompt": "p", "items": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]},
    "recall": {"prompt": "p", "answer": "a"},
    "sheet": {"prompt": "p", "unit": "ms", "given": {"id": "all", "name": "All", "value": 9.0}}
    | {"lines": [{"id": "a-b", "name": "A", "low": 1.0, "high": 9.0, "filled": 9.0}]}
    | {"rules": [{"says": "S", "check": "a_b == all"}]},
}


def of(kind, end="", /, **content):
    """A card of a kind that changes some of a sound content."""
    told = {"id": f"course/spine/n#a{end}", "kind": kind, "note_type": "fact", "deck": "course/spine", "family": "f"}
    return json.dumps({**told, "title": "T", "content": {**OF[kind], **content}})


def retired(line):
    return json.dumps({**json.loads(line), "retired": True})


def items(ids):
    return [{"id": id_, "text": "A"} for id_ in ids]


def drawn(**changes):
    return [{"name": "a", "low": 1.0, "high": 9.0, "step": 1.0} | changes, OF["number"]["variables"][1]]


def ruled(check):
    return [{"says": "S", "check": check}]


MANY = "abcdefghijklmnopqrstuvwxyz0"
KEPT = '{"note": "course/spine/n", "type": "tree", "fields": {}}'
TWO = (of("cloze", ".c1"), of("cloze", ".c2", hole=2))
OTHERS = "of course/spine/n#a other cards stand here than its text makes"


def test_a_sound_card_of_every_kind_is_sound():
    assert tuple(OF) == cards.names()
    for kind in OF:
        lines = TWO if kind == "cloze" else (of(kind),)
        text = "\n".join((HEAD, *lines))
        assert sound(text) == from_text(text)


@pytest.mark.parametrize(
    "lines",
    [
        (of("checklist", points=items(MANY[:26])),),
        (of("drill", minutes=1),),
        (of("drill", minutes=600),),
        (of("number", tolerance=0.0, variables=drawn(high=quantity.LARGEST)),),
        (of("number", variables=drawn(low=1e299, high=1e299, step=1e-300)),),  # which never goes beyond its range
        (of("number", formula="", value=1.0, variables=[]),),
        (of("recall"), KEPT),
        (of("cloze", ".c1", text="{{c1::x}}"), retired(of("cloze", ".c2", hole=2))),  # a hole that the text had once
        (retired(of("recall")), of("cloze", ".c1", text="{{c1::x}}")),
        (retired(of("recall").replace("course/spine", "course/other")),),
    ],
)
def test_what_is_sound_at_the_edge(lines):
    text = "\n".join((HEAD, *lines))
    assert sound(text) == from_text(text)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (of("checklist", points=[]), "it has 0 items, not 1 to 26"),
        (of("checklist", points=items(MANY)), "it has 27 items, not 1 to 26"),
        (of("choice", options=[]), "it has 0 items, not 1 to 26"),
        (of("choice", options=items("aa")), "two of its items have one id"),
        (of("choice", right="c"), 'the right option, "c", is none of them'),
        (of("cloze", ".c3", hole=3), "its text has no hole c3"),
        (of("cloze", ".c1", hole=2), '"course/spine/n#a.c1" does not end as the id of what it asks'),
        (of("cloze"), '"course/spine/n#a" does not end as the id of what it asks'),
        (of("recall", ".c2"), '"course/spine/n#a.c2" does not end as the id of what it asks'),
        (of("cloze", ".c2", hole=2), OTHERS),
        ("\n".join((*TWO, of("cloze", ".c1"))), OTHERS),
        ("\n".join((of("recall"), of("ordering"))), OTHERS),
        (of("drill", minutes=0), "it has 0 minutes, not 1 to 600"),
        (of("drill", minutes=601), "it has 601 minutes, not 1 to 600"),
        (of("drill", rubric=[]), "it has no rubric"),
        (of("drill", solution=items("ac")), "its solution is not one of its sections, each once and in their order"),
        (
            of("drill", sections=[{"id": "a", "name": "A"}] * 2, solution=items("aa")),
            "two of its sections have one id",
        ),
        (of("number", formula="a**"), "its formula: this is no formula"),
        (of("number", formula=""), "its formula: this is no formula"),
        (of("number", formula="a**", value=1.0), "its formula: this is no formula"),
        (of("number", formula="c"), 'its formula: the formula names "c", which is not there'),
        (of("number", variables=drawn(low=10.0)), 'its variable "a" has no range to draw from'),
        (of("number", variables=drawn(step=-1.0)), 'its variable "a" has no range to draw from'),
        (of("number", variables=drawn(high=1e301)), 'its variable "a" has no range to draw from'),
        (of("number", variables=drawn(high=1e299, step=1e-300)), 'its variable "a" has too small a step'),
        (of("number", formula="b / (a - 4)"), "its formula: the formula may divide by zero"),
        (of("number", tolerance=-0.1), "its tolerance is below zero"),
        (of("ordering", items=[]), "it has 0 items, not 1 to 26"),
        (of("sheet", lines=[]), "it has no lines"),
        (of("sheet", rules=ruled("a_b")), "its rule 'a_b': this is no check"),
        (of("sheet", rules=ruled("a_b == x")), "its rule 'a_b == x': the formula names \"x\", which is not there"),
        (card(id="course/spine"), '"course/spine" is no id of a card of course/spine'),
        (card(id="course/other/n#a", retired=False), '"course/other/n#a" is no id of a card of course/spine'),
        (card(deck="course", retired=False), '"course/spine/outage#L4" is no id of a card of course/spine'),
        (card(changed=-1), "it changed in the second -1"),
        (card(changed=2**40), "it changed in the second 1099511627776"),
    ],
)
def test_a_card_that_cannot_be_asked_is_told_by_its_line(line, wrong):
    with pytest.raises(NotAsked) as told:
        sound(f"{HEAD}\n\n{line}")
    assert str(told.value) == f"line 3 is no card: {wrong}"
    from_text(f"{HEAD}\n\n{line}")  # whose history a build can still go on with


@pytest.mark.parametrize("odd", ["NaN", "-Infinity", "1e999"])
def test_what_is_no_number_is_none(odd):
    line = of("number").replace("0.1", odd)
    with pytest.raises(NotCards, match=r"^line 2 is no card: -?(nan|inf) is not of type <class 'float'>$"):
        from_text(f"{HEAD}\n{line}")


def test_half_a_letter_is_none():
    half, fox = of("recall", answer="\ud83d"), of("recall", answer="🦊")
    assert ("\\ud83d" in half, "\\ud83e\\udd8a" in fox) == (True, True)
    with pytest.raises(NotCards, match=r"^line 2 is no card: half of a letter stands in it$"):
        from_text(f"{HEAD}\n{half}")
    assert from_text(f"{HEAD}\n{fox}").cards[0].content.answer == "🦊"
