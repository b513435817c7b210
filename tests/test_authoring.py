"""The generated files of `docs/` are up to date, editors accept and refuse what Rung does, and a new note type is in both."""

from __future__ import annotations

import importlib
import re
import sys
from functools import cache
from pathlib import Path
from typing import ClassVar

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from markdown_it import MarkdownIt

from deck_text import HEAD, deck_of
from rung import authoring, notes
from rung.authoring import markdown, schema
from rung.compiler import compiled

ROOT = Path(__file__).parents[1]
DECKS = sorted((ROOT / "decks").rglob("*.y*ml"))
EXAMPLES = [example for name in notes.names() for example in notes.note_type(name).EXAMPLES]


class EditorLoader(yaml.SafeLoader):
    """Reads plain scalars as YAML 1.2 does, and so the language server: no dates, no `yes`, no `1:30`."""

    yaml_implicit_resolvers: ClassVar = {}


for tag, words, first in (
    ("null", r"~|null|", ["~", "n", ""]),
    ("bool", r"true|false", list("tf")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{words})$"), first)


@cache
def validator():
    return Draft7Validator(schema.deck_schema())


def faults(text):
    """(place, broken rule) of everything an editor marks in a deck."""
    found = validator().iter_errors(yaml.load(text, EditorLoader))
    return sorted((".".join(map(str, error.absolute_path)), str(error.validator)) for error in found)


def test_the_files_on_disk_are_those_generated():
    stale = [name for name, text in authoring.files().items() if (ROOT / "docs" / name).read_text("utf-8") != text]
    assert stale == [], "they are stale; write them anew with: python docs/generate.py"


# ── the page ─────────────────────────────────────────────────────────────────────────────────────


@given(st.text(st.characters(exclude_categories=("C", "Z"))))
def test_a_cell_shows_the_words_it_was_given(words):
    page = MarkdownIt("commonmark").enable("table").parse(f"| head |\n| --- |\n| {markdown.cell(words)} |\n")
    _head, *cells = (token for token in page if token.type == "inline")
    assert "".join(token.content for each in cells for token in each.children) == words


def test_the_examples_on_the_page_stand_where_the_tests_put_them():
    assert markdown.HEAD == HEAD


# ── the schema ───────────────────────────────────────────────────────────────────────────────────


def test_the_schema_is_one():
    Draft7Validator.check_schema(schema.deck_schema())


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_a_deck_of_ours_fits(path):
    assert faults(path.read_bytes()) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.source.partition("\n")[0])
def test_an_example_fits(example):
    assert faults(deck_of(example.source)) == []


def test_numbers_and_days_are_text_without_quotes():
    head = "title: 2026\nsource: {course: A course, lesson: 4.1, read: 2026-11-21}\nnotes:\n"
    note = "- framework: 7\n  name: 1e3\n  steps: [{id: 1, name: 0.5, job: does it, from: 100M, to: 1000}]\n"
    assert faults(deck_of(note, head)) == []
    assert compiled({"deck.yaml": deck_of(note, head)}, (), 1).problems == ()


# Each is refused by the compiler too. The place is a path into the deck.
@pytest.mark.parametrize(
    ("note", "marked"),
    [
        ("- fact: peak\n  txt: It is high\n", [("notes.0", "additionalProperties"), ("notes.0", "required")]),
        ("- fakt: peak\n  text: It is {{c1::high}}\n", [("notes.0", "anyOf")]),
        ("- text: It is {{c1::high}}\n", [("notes.0", "anyOf")]),
        ("- fact:\n  text: It is {{c1::high}}\n", [("notes.0.fact", "type")]),
        ("- fact: Peak QPS\n  text: It is {{c1::high}}\n", [("notes.0.fact", "pattern")]),
        ("- fact: peak\n  text:\n", [("notes.0.text", "type")]),
        ("- fact: peak\n  text: [It is]\n", [("notes.0.text", "type")]),
        ("-\n", [("notes.0", "type")]),
        ("  []\n", [("notes", "minItems")]),
        ("- framework: x\n  name: X\n  steps: [{name: A, job: does}]\n", [("notes.0.steps.0", "required")]),
        ("- framework: x\n  name: X\n  steps: [{id: a, name: A, job: b, does: c}]\n", [("notes.0.steps.0", "additionalProperties")]),
        ("- framework: x\n  name: X\n  ordered: maybe\n", [("notes.0.ordered", "type")]),
        ("- fact: x\n  text: It is {{c1::high}} up here\n  allow: {two-fact: y}\n", [("notes.0.allow", "additionalProperties")]),
        # A question; a ladder, which has a key `question`.
        ("- question: x\n", [("notes.0", "required")] * 3),
        ("- ladder: x\n  question: What now?\n", [("notes.0", "required")] * 2),
    ],
)  # fmt: skip
def test_what_an_editor_marks(note, marked):
    assert faults(deck_of(note)) == marked
    assert compiled({"deck.yaml": deck_of(note)}, (), 1).broken


def test_an_editor_knows_the_rules_that_a_note_may_break():
    allow = "  allow: {two-facts: they are one in the end, hole-too-long: 1}\n"
    assert faults(deck_of(f"- fact: x\n{allow}  text: It is {{{{c1::high}}}} up here\n")) == []
    rules = schema.deck_schema()["definitions"]["allow"]["properties"]
    assert rules["two-facts"]["description"].startswith("A card asks one thing: ")
    assert "no-source" not in rules


def test_a_deck_without_a_source_and_with_a_key_too_many_is_marked():
    assert faults(deck_of("- fact: x\n  text: y\n", "title: A\nnote: b\nnotes:\n")) == [
        ("", "additionalProperties"),
        ("", "required"),
    ]


# ── a note type that is new ──────────────────────────────────────────────────────────────────────

RIDDLE = '''
"""A riddle: what is asked, and what it is."""

from pydantic import Field

from rung.drafts import clozes, hole
from rung.fields import Fields, Holed, NoteFields, Plain
from rung.model import Example, Refusal


class Hint(Fields):
    """A hint."""

    says: Holed = Field(description="What helps | or not.")


class Note(NoteFields):
    asks: Plain = Field(description="The riddle.")
    level: int = Field(3, description="How hard it is.")
    hints: tuple[Hint, ...] = Field((), description="What helps.")


def title(note):
    return "A riddle"


def cards(note):
    return clozes(f"{note.asks} {hole('*x*')}", facet="asks")


def faults(note):
    return ()


EXAMPLES = (Example("- riddle: egg\\n  asks: A box, no hinges, no lid?\\n", ()),)
REFUSALS = (Refusal("- riddle: egg\\n  ask: A box?\\n  asks: A box?\\n", ()),)
'''

SECTION = """\
## riddle

A riddle: what is asked, and what it is.

| key | needed | holds | what it is |
| --- | --- | --- | --- |
| `asks` | yes | text without holes | The riddle. |
| `level` | no; else `3` | whole number | How hard it is. |
| `hints` | no | list | What helps. |

Each item of `hints`:

| key | needed | holds | what it is |
| --- | --- | --- | --- |
| `says` | yes | text with a hole or more | What helps \\| or not. |

This note

```yaml
- riddle: egg
  asks: A box, no hinges, no lid?
```

makes these cards:

| card | kind | question | answer |
| --- | --- | --- | --- |
| `#asks.c1` | cloze | A box, no hinges, no lid? \\[…] | x |

### Mistakes, and what `rung check` says

```yaml
- riddle: egg
  ask: A box?
  asks: A box?
```

```text
decks/deck.yaml:5:3: error: "ask" is no key of a riddle
    did you mean "asks"?
```
"""


@pytest.fixture
def riddle(tmp_path, monkeypatch):
    """A note type more, in a file of its own, as `notes/` would have it."""
    (tmp_path / "riddle.py").write_text(RIDDLE, "utf-8")
    monkeypatch.setattr(notes, "__path__", [*notes.__path__, str(tmp_path)])
    importlib.invalidate_caches()
    validator.cache_clear()
    yield
    sys.modules.pop("rung.notes.riddle", None)
    vars(notes).pop("riddle", None)
    notes.note_type.cache_clear()
    validator.cache_clear()


@pytest.mark.usefixtures("riddle")
def test_a_new_note_type_stands_on_the_page():
    page = authoring.note_types_page()
    assert "- [riddle](#riddle): A riddle: what is asked, and what it is.\n" in page
    assert page.partition("\n## riddle")[2].partition("\n## ")[0] == SECTION.removeprefix("## riddle")


@pytest.mark.usefixtures("riddle")
def test_editors_know_a_new_note_type():
    Draft7Validator.check_schema(schema.deck_schema())
    assert faults(deck_of("- riddle: egg\n  asks: A box?\n  hints: [{says: y}]\n")) == []
    assert faults(deck_of("- riddle: egg\n  level: high\n  hints: [{say: y}]\n")) == [
        ("notes.0", "required"),
        ("notes.0.hints.0", "additionalProperties"),
        ("notes.0.hints.0", "required"),
        ("notes.0.level", "type"),
    ]


def test_the_new_note_type_is_gone_again():
    assert "riddle" not in authoring.note_types_page()
