"""Tables, contrasts and timelines: what a choice offers, what is kept apart, what is data, and how mistakes are mended."""

from __future__ import annotations

import json

import pytest

from deck_text import all_lines, cards, compiled_notes
from rung import authoring, notes
from rung.authoring import schema
from rung.notes import table, timeline
from rung.sources import yaml

COLUMNS = """\
- table: letters
  name: Letters
  columns:
    - {id: says, asks: "What is {row}?", reverse: "Who says {cell}?"}
    - {id: knows, asks: "What does {row} know?"}
  rows:
"""


def rows(*ids, of="says"):
    return "".join(f"    - {{id: {id_}, name: Row {id_}, cells: {{{of}: the sound {id_}}}}}\n" for id_ in ids)


def made(note):
    """The cards of a note by their parts."""
    return {id_.partition("#")[2]: card for id_, card in cards(compiled_notes(note)).items()}


def options(card):
    return [option.id for option in card.content.options]


def parsed(note_type, source):
    """A note's fields from YAML, its type and id left out."""
    tree, problems = yaml.read("deck.yaml", source.encode())
    assert problems == []
    return note_type.Note.model_validate(tree)


# ── tables ───────────────────────────────────────────────────────────────────────────────────────


def test_a_question_back_offers_the_row_and_three_others_that_have_such_a_cell():
    found = made(COLUMNS + rows(*"abcdef") + rows("z", of="knows"))
    assert {part: options(card) for part, card in found.items() if part.endswith("-back")} == {
        "a.says-back": ["a", "c", "d", "e"],
        "b.says-back": ["b", "d", "e", "f"],
        "c.says-back": ["c", "f", "d", "b"],
        "d.says-back": ["d", "b", "a", "c"],
        "e.says-back": ["e", "a", "c", "f"],
        "f.says-back": ["f", "e", "b", "a"],
    }
    assert [card.content.right for part, card in found.items() if part.endswith("-back")] == list("abcdef")


def test_the_options_follow_from_ids_and_not_from_words():
    before = COLUMNS + rows(*"abcdef")
    after = before.replace("Letters", "Sounds").replace("Row ", "Line ").replace("the sound", "what sounds like")
    offered = [{part: options(card) for part, card in made(note).items() if "back" in part} for note in (before, after)]
    assert offered[0] == offered[1]


def test_cells_that_only_case_and_holes_set_apart_are_the_same():
    note = COLUMNS + rows("a", "b") + '    - {id: c, name: Row c, cells: {says: "The {{c1::sound}} A"}}\n'
    assert all_lines(compiled_notes(note)) == [
        'decks/deck.yaml:12:42: error: this cell also stands in the row "a", so "says" cannot be asked back',
        "    say what sets the two apart, or leave out `reverse`",
    ]


def test_rows_of_one_name_are_refused():
    note = COLUMNS + rows("a", "b").replace("Row b", "row A")
    assert all_lines(compiled_notes(note)) == [
        'decks/deck.yaml:11:21: error: "row A" stands twice under "rows"',
        "    say what sets the two apart",
    ]


def test_the_cards_of_a_row_are_a_family():
    found = made(COLUMNS + rows("a", "b", "c") + "  order: from first to last\n")
    families = {part: card.family.partition("#")[2] for part, card in found.items()}
    assert families == {
        "order": "order",
        "a.says": "a", "a.says-back": "a", "b.says": "b", "b.says-back": "b", "c.says": "c", "c.says-back": "c",
    }  # fmt: skip


def test_weights_are_data_that_stay_words_with_one_mapping_to_numbers():
    note = parsed(
        table, notes.note_type("table").EXAMPLES[1].source.replace("- table: seasons\n  ", "", 1).replace("\n  ", "\n")
    )
    assert [row.weights for row in note.rows] == [
        {"water": "some", "seeds": "a lot"},
        {"water": "a lot", "seeds": "little"},
    ]
    assert note.weights == {"a lot": 3, "some": 2, "little": 1}


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        ("weights: {heavy: 3}", ['14:20: error: "-1" is no weight of this table', "    weights are heavy"]),
        ("tags: [a]", ['14:20: error: "-1" is no weight of this table', "    the table has no weights yet"]),
        ("weights: {-1: -1}", ["15:17: error: -1 is no weight", "    weigh from 0 up"]),
    ],
)
def test_a_weight_is_a_word_that_counts_something(weights, told):
    row = "    - id: a\n      name: A\n      cells: {knows: b}\n      weights:\n        knows:     -1\n"
    result = compiled_notes(COLUMNS.replace(', reverse: "Who says {cell}?"', "") + row + f"  {weights}\n")
    assert [line.removeprefix("decks/deck.yaml:") for line in all_lines(result)] == told


# ── contrasts ────────────────────────────────────────────────────────────────────────────────────


def test_an_item_shows_the_sides_in_their_order_and_says_why_on_the_back():
    card = made(notes.note_type("contrast").EXAMPLES[0].source)["starter"]
    assert (options(card), card.content.fixed, card.content.extra) == (["yeast", "sour"], True, "A starter is alive.")


def test_both_ways_of_a_dimension_are_a_family():
    found = made(notes.note_type("contrast").EXAMPLES[0].source)
    assert {part: card.family.partition("#")[2] for part, card in found.items()} == {
        "rise.yeast": "rise", "rise.sour": "rise", "starter": "starter", "packet": "packet", "move.c1": "move",
    }  # fmt: skip


def test_a_side_that_is_missing_is_named_with_its_mend():
    lines = all_lines(compiled_notes(notes.note_type("contrast").REFUSALS[0].source))
    assert lines[:4] == [
        'decks/deck.yaml:8:44: error: says lacks the side "sour"',
        "    add `sour: …`",
        'decks/deck.yaml:8:69: error: "sours" is no side of this contrast',
        '    did you mean "sour"?',
    ]


# ── timelines ────────────────────────────────────────────────────────────────────────────────────


def test_a_task_is_placed_by_time_in_the_order_of_time():
    card = made(notes.note_type("timeline").EXAMPLES[0].source)["rest"]
    shown = [option.text for option in card.content.options]
    assert (shown, card.content.fixed) == (["six weeks before", "one week before", "on the day"], True)


def test_tasks_say_how_often_they_are_due():
    source = notes.note_type("timeline").EXAMPLES[0].source
    note = parsed(timeline, source.replace("- timeline: race\n  ", "", 1).replace("\n  ", "\n"))
    assert [(task.id, task.card, task.each, task.count) for task in note.tasks] == [
        ("long-run", True, "phase", 1),
        ("core", False, "day", 2),
        ("rest", True, "phase", 1),
    ]


def test_two_phases_have_no_order_worth_asking():
    note = "- timeline: t\n  name: T\n  phases:\n    - {id: a, name: A, when: before, days: 1}\n"
    assert sorted(made(note + "    - {id: b, name: B, when: on the day, days: 0}\n")) == [
        "a.name.c1", "a.when.c1", "b.name.c1", "b.when.c1",
    ]  # fmt: skip


# ── mappings ─────────────────────────────────────────────────────────────────────────────────────


def test_the_page_of_note_types_says_what_a_mapping_holds():
    page = authoring.note_types_page()
    assert "| `cells` | no | mapping of id to text, may have holes | Its cells by column" in page
    assert "| `says` | yes | mapping of id to text without holes | What each side says" in page
    assert "| `weights` | no | mapping of text without holes to whole number | What the words" in page


def test_a_mistake_of_size_is_told_without_the_note():
    page = authoring.note_types_page()
    told = "decks/deck.yaml:6:3: error: the drawing has 10001 characters, 10000 is the most\n"
    assert f"\n\nIn a note that is too large to be shown:\n\n```text\n{told}" in page
    assert max(map(len, page.splitlines())) < 1000


def test_an_editor_is_told_of_no_empty_default():
    assert '"default": {}' not in json.dumps(schema.deck_schema())
