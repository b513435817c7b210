"""From decks to cards: ids, history across renames and moves, and every problem of all files at once, to the column."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest

from deck_text import (
    all_lines,
    asks,
    cards,
    compiled_decks,
    compiled_notes,
    deck_of,
    fact,
    whole,
)
from rung import notes
from rung.cardfile import from_text, text_of
from rung.cli._again import uncollected
from rung.compiler import beside, compiled, deck_id
from rung.lint.rungs_uneven import SAID, ladder
from rung.model import LEVELS, Deck, KeptNote

# ── what a build gives ───────────────────────────────────────────────────────────────────────────


def test_a_card_of_a_deck_in_a_folder():
    notes = (
        "- fact: peak\n  title: Traffic\n  topic: qps\n  tags: [own, deck]\n  text: At most it is {{c2::320k}} QPS.\n"
    )
    result = compiled_decks({"course/spine": whole(notes, more="tags: [deck]\n")})
    assert result.problems == ()
    (deck,) = result.decks
    assert deck.deck == Deck("course/spine", "A deck", "A course", "One", ("deck",))
    (card,) = deck.cards
    assert (card.id, card.kind, card.note_type, card.deck) == (
        "course/spine/peak#text.c2",
        "cloze",
        "fact",
        "course/spine",
    )
    assert (card.family, card.title, card.level) == ("course/spine/peak#text", "Traffic", "")
    assert card.tags == ("deck", "own", "topic::qps")
    assert (card.first, card.was, card.changed, card.retired) == ("", (), 1_000, False)
    assert (card.content.text, card.content.hole) == ("At most it is {{c2::320k}} QPS.", 2)


def test_what_a_note_leaves_out_is_its_decks_or_its_own():
    (card,) = compiled_notes(fact("peak")).decks[0].cards
    assert (card.title, card.tags) == ("A deck", ("topic::peak",))
    named = compiled_notes("- framework: cut\n  name: The Cut\n  solves: Too much to keep.\n").decks[0].cards
    titles = {"deck/cut#solves.c1": "Named framework", "deck/cut#problem": "Named framework"}
    assert {card.id: card.title for card in named} == titles


def test_a_deck_says_where_it_comes_from():
    result = compiled_decks(
        {"d": "title: T\nsource: {course: C, lesson: 4.10, read: 2026-11-21}\nnotes:\n" + fact("a")}
    )
    assert result.decks[0].deck == Deck("d", "T", "C", "4.10")
    assert result.decks[0].deck.source == "C, lesson 4.10"


def test_what_else_a_deck_says_of_itself():
    head = (
        "title: T\nsource: {course: C}\ntags: [b, a]\nround: [design, depth]\nabbreviations: {B: bee, A: ay}\nnotes:\n"
    )
    deck = Deck("d", "T", "C", "", ("b", "a"), ("design", "depth"), (("A", "ay"), ("B", "bee")))
    assert compiled_decks({"d": head + fact("a")}).decks[0].deck == deck


def test_a_note_with_a_page_stays_beside_its_cards_as_it_was_written():
    steps = "[{id: cut, name: The cut, job: Keeps what fits., from: 100M items, to: '1000'}]"
    result = compiled_notes(fact("a") + f"- framework: b\n  name: The Cut\n  not: never\n  steps: {steps}\n")
    (deck,) = result.decks
    fields = {"name": "The Cut", "not": "never"}
    step = {"id": "cut", "name": "The cut", "job": "Keeps what fits.", "from": "100M items", "to": "1000"}
    assert deck.notes == (KeptNote("deck/b", "framework", {**fields, "steps": [step]}),)
    assert from_text(text_of(deck)) == deck


def test_the_parts_of_a_note_are_its_items():
    result = compiled_notes(asks("outage", "minute", "hour"))
    assert {card.id: card.family for card in cards(result).values()} == {
        "deck/outage#why.c1": "deck/outage#why",
        "deck/outage#minute.c1": "deck/outage#minute",
        "deck/outage#hour.c1": "deck/outage#hour",
    }


def test_no_text_and_no_position_enters_an_id():
    one = compiled_notes(asks("q", "a", "b") + fact("f"))
    other = compiled_notes(
        (fact("f", "Other {{c1::words}}") + asks("q", "b", "a"))
        .replace("changes", "turns")
        .replace("turns:", "changes:")
    )
    assert cards(one).keys() == cards(other).keys()


def test_a_card_of_a_level_says_which():
    levels = {card.id.partition("#")[2]: card.level for card in compiled_notes(ladder(SAID)).decks[0].cards}
    assert {id_: level for id_, level in levels.items() if level} == {
        f"{level}{part}": level for level in LEVELS for part in ("", ".misses" if level != "L7" else ".scores.c1")
    }
    assert {"order", "pattern.c1"} <= levels.keys()


def test_decks_come_by_id_and_cards_in_file_order():
    result = compiled_decks({"b": fact("z") + fact("a", "{{c2::x}} and {{c1::y}}"), "a/b": fact("z"), "a": fact("z")})
    assert [deck.deck.id for deck in result.decks] == ["a", "a/b", "b"]
    assert [card.id for card in result.decks[2].cards] == ["b/z#text.c1", "b/a#text.c1", "b/a#text.c2"]


def test_what_a_deck_reaches():
    one = compiled_decks({"d": fact("a", was="g/a"), "f": fact("b")}).decks
    again = {
        "d": fact("a") + fact("c", was="h/c") + asks("q", ("x", "i/q#x")),
        "e": whole(fact("a", "{{c2::z}} is the word for a"), was="f"),  # asks what d does
        "k": whole(fact("a"), title="Another"),
        "l": whole(fact("a"), more="imported: x\n"),
    }
    reaches = compiled_decks(again, one).reaches
    decks = {"d": "d g h i", "e": "e f", "f": "f", "k": "k", "l": "l"}
    assert {id_: each.decks for id_, each in reaches.items()} == {id_: {*names.split()} for id_, names in decks.items()}
    fronts = {id_: each.fronts for id_, each in reaches.items()}
    assert {id_: len(each) for id_, each in fronts.items()} == {"d": 4, "e": 1, "f": 0, "k": 1, "l": 0}
    assert fronts["e"] < fronts["d"]
    assert fronts["k"].isdisjoint(fronts["d"])


@pytest.mark.parametrize(("path", "id_"), [("a.yaml", "a"), ("a/b-1.yml", "a/b-1"), ("a.b.yaml", "a.b"), ("a", "")])
def test_the_id_of_a_deck_is_its_path_without_suffix(path, id_):
    assert deck_id(path) == id_


def test_what_lies_beside_a_deck_is_called_by_its_path_from_there():
    pictures = {
        "x.png": "x-1.png",
        "a/x.png": "x-2.png",
        "a/b/x.png": "x-3.png",
        "a/b/c/x.png": "x-4.png",
        "a/bc.png": "5",
    }
    assert beside("a/b/d.yaml", pictures) == {"x.png": "x-3.png", "c/x.png": "x-4.png"}
    assert beside("d.yaml", pictures) == pictures


# ── the lock ─────────────────────────────────────────────────────────────────────────────────────


def test_an_unchanged_deck_compiles_to_the_same_bytes_at_any_time():
    decks = {"a": asks("q", "x", "y"), "b": fact("f")}
    one = compiled_decks(decks, now=10)
    two = compiled_decks(decks, one.decks, now=99)
    assert [text_of(deck) for deck in two.decks] == [text_of(deck) for deck in one.decks]


@pytest.mark.parametrize(
    ("text", "now", "changed"),
    [
        (fact("f"), 99, 10),
        (fact("f", "{{c1::y}} is another word"), 99, 99),
        (fact("f", "{{c1::y}} is another word"), 5, 11),
    ],
)
def test_only_an_edit_changes_a_card(text, now, changed):
    one = compiled_decks({"d": fact("f")}, now=10)
    assert cards(compiled_decks({"d": text}, one.decks, now))["d/f#text.c1"].changed == changed


@pytest.mark.parametrize(
    ("head", "changed"),
    [
        ({}, {"d/f#text.c1": 10, "d/q#why.c1": 10, "d/q#x.c1": 10}),
        ({"course": "Another"}, {"d/f#text.c1": 99, "d/q#why.c1": 99, "d/q#x.c1": 99}),
        ({"title": "Another"}, {"d/f#text.c1": 99, "d/q#why.c1": 10, "d/q#x.c1": 10}),  # only the fact wears it
        ({"more": "tags: [a]\n"}, {"d/f#text.c1": 99, "d/q#why.c1": 99, "d/q#x.c1": 99}),
    ],
)
def test_what_a_decks_head_changes(head, changed):
    notes = fact("f") + asks("q", "x")
    one = compiled_decks({"d": whole(notes)}, now=10)
    two = compiled_decks({"d": whole(notes, **head)}, one.decks, now=99)
    assert {card.id: card.changed for card in cards(two).values()} == changed


def test_a_vanished_note_retires_and_returns():
    one = compiled_decks({"d": fact("a") + fact("b", "{{c1::y}} is that word")}, now=10)
    two = compiled_decks({"d": fact("a")}, one.decks, now=20)
    assert {id_: (card.retired, card.changed) for id_, card in cards(two).items()} == {
        "d/a#text.c1": (False, 10),
        "d/b#text.c1": (True, 20),
    }
    three = compiled_decks({"d": fact("b", "{{c1::y}} is that word") + fact("a")}, two.decks, now=20)
    assert {id_: (card.retired, card.changed) for id_, card in cards(three).items()} == {
        "d/b#text.c1": (False, 21),
        "d/a#text.c1": (False, 10),
    }


def test_of_a_vanished_deck_its_cards_stay_but_none_of_its_notes():
    one = compiled_decks({"d": "- framework: b\n  name: The Cut\n  solves: Too much to keep.\n"}, now=10)
    (deck,) = compiled_decks({}, one.decks, now=20).decks
    assert (one.decks[0].notes[0].note, deck.notes) == ("d/b", ())
    assert [(card.id, card.retired, card.changed) for card in deck.cards] == [
        ("d/b#problem", True, 20),
        ("d/b#solves.c1", True, 20),
    ]


# ── two of a kind ────────────────────────────────────────────────────────────────────────────────


def test_two_notes_of_one_id_are_both_named():
    result = compiled_notes(fact("a") + fact("b") + asks("a", "x") + fact("a", "{{c1::z}} is another word"))
    assert all_lines(result) == [
        'decks/deck.yaml:8:3: error: two notes of this deck are called "a" (the first at decks/deck.yaml:4:3)',
        "    give one of them another id",
        'decks/deck.yaml:15:3: error: two notes of this deck are called "a" (the first at decks/deck.yaml:4:3)',
        "    give one of them another id",
    ]


@pytest.mark.parametrize("change", ["{{c1::slowly}}", "{{c1::so}} {{c2::slowly}}", "{{c7::slowly}}"])
def test_two_parts_of_one_id_are_told_of_once(change):
    notes = (
        asks("q", "x", "why")
        .replace("the way of why changes", f"It is {change}")
        .replace("because}}", "because}}, {{c2::so}}")
    )
    card = f"q#why.{change[2:4]}"
    assert all_lines(compiled_notes(notes)) == [
        f'decks/deck.yaml:11:11: error: the id "why" makes a second card {card}',
        "    give it another id",
    ]


def test_the_same_note_id_in_two_decks_is_fine():
    assert len(cards(compiled_decks({"d": fact("a"), "e": fact("a", "{{c1::y}} is another word")}))) == 2


def test_two_files_of_one_deck_id_are_both_named():
    result = compiled(
        {"a/d.yml": deck_of(fact("x")), "a/d.yaml": deck_of(fact("y", "{{c1::y}} is another word"))}, (), 1
    )
    assert all_lines(result) == [
        "decks/a/d.yml:1:1: error: this deck has the id of decks/a/d.yaml",
        "    rename one of the two files",
    ]
    assert len(result.reaches["a/d"].fronts) == 2


def test_two_files_of_one_deck_id_are_named_where_notes_were_renamed_too():
    result = compiled(
        {"d.yml": deck_of(fact("x", was="w")), "d.yaml": deck_of(fact("y", "{{c1::y}} is another word", was="v"))},
        (),
        1,
    )
    assert all_lines(result)[::2] == ["decks/d.yml:1:1: error: this deck has the id of decks/d.yaml"]


@pytest.mark.parametrize("path", ["Deck.yaml", "my deck.yaml", "a_b.yaml", "A/b.yaml", "a.b.yaml", ".yaml", "é.yml"])
def test_a_bad_file_name_is_an_error(path):
    result = compiled({path: deck_of(fact("x"))}, (), 1)
    assert all_lines(result) == [
        f'decks/{path}:1:1: error: "{deck_id(path)}" is no deck id',
        "    rename it in small letters, digits and hyphens",
    ]


# ── the same everywhere ──────────────────────────────────────────────────────────────────────────

MANY = {
    "b.yaml": deck_of(fact("x", "{{c1::p}} is not {{c2::q}} but more") + fact("Bad") + fact("x")),
    "a/c.yaml": deck_of(asks("q", "x", ("y", "w")) + fact("z", was="b/z")),
    "a.yml": deck_of(fact("x", "{{c1::p}} is not {{c2::q}} but more")),
    "a.yaml": deck_of("- fact: a\n  zz: b\n  yy: c\n"),
}


@pytest.mark.parametrize("order", list(permutations(MANY)), ids=" ".join)
def test_the_order_of_the_files_does_not_matter(order):
    previous = compiled({"b.yaml": deck_of(fact("z"))}, (), 1).decks
    assert compiled({path: MANY[path] for path in order}, previous, 2) == compiled(MANY, previous, 2)


SCRIPT = """
import json, sys
from rung import notes
from rung.cardfile import from_text, text_of
from rung.cli._again import uncollected
from rung.compiler import compiled
result = compiled({path: text.encode() for path, text in json.load(sys.stdin).items()}, (), 7)
print([text_of(deck) for deck in result.decks], [str(problem) for problem in result.problems])
"""


def test_the_hash_seed_does_not_matter():
    told = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        texts = json.dumps({path: text.decode() for path, text in MANY.items()})
        source = str(Path(__file__).parents[1] / "src")
        command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {source!r}){SCRIPT}"]
        told.add(
            subprocess.run(command, input=texts, env=environment, check=True, capture_output=True, text=True).stdout
        )
    (one,) = told
    assert "is no id" in one
    assert "b/x#text.c2" in one


def test_a_compile_of_sound_decks_leaves_no_cycles():
    listed = [(name, each.source) for name in notes.names() for each in notes.note_type(name).EXAMPLES]
    texts = {f"{name}-{place}.yaml": deck_of(source) for place, (name, source) in enumerate(listed)}
    compiled(texts, (), 0)  # loads what it takes
    gc.collect()
    with uncollected():
        assert len(compiled(texts, (), 0).decks) == len(texts)
        assert gc.collect() == 0
