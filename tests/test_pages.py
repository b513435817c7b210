"""Pages to print: what kept notes give back, and which pages are made of them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from deck_text import HEAD, compiled_decks, compiled_notes
from printed import EVERY, EXAMPLES, html, kept, kept_with, printed
from rung import notes, pages, paper, registry
from rung.model import KeptNote
from rung.paper import Page, Section

NAMED = re.compile(r"^- ([a-z]+): ([a-z0-9-]+)", re.MULTILINE)


# ── notes that stay ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_note_that_prints_is_read_back_as_it_was_written(name, example):
    result = compiled_notes(example.source)
    (note,) = pages.read(result.decks)
    assert (note.type, note.deck.id) == (name, "deck")
    fields = note.fields.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    assert result.decks[0].notes == (KeptNote(f"deck/{note.id}", name, fields),)


def test_what_is_said_with_yes_is_read_back():
    (note,) = kept(notes.note_type("framework").EXAMPLES[1].source)
    assert [step.beside for step in note.fields.steps] == [False, True, False, False]


@pytest.mark.parametrize(
    ("type_", "fields"),
    [
        ("limerick", {}),
        ("fact", {"text": "The {{c1::first}}."}),  # a type that keeps none
        ("tree", {"name": "X"}),
        ("tree", {"name": "X", "questions": [], "branches": []}),  # which a build refuses
    ],
)
def test_a_note_that_its_type_does_not_know_is_named(type_, fields):
    (deck,) = compiled_notes("- fact: one\n  text: The {{c1::first}}.\n").decks
    told = f"the note deck/x is no {type_} as this version knows it; make the cards anew with: rung build"
    with pytest.raises(notes.NotKept, match=f"^{re.escape(told)}$"):
        pages.read([type(deck)(deck.deck, (), (KeptNote("deck/x", type_, fields),))])


@pytest.mark.parametrize("note", ["deck/a\0b", "deck/..", "deck/a\\b", "/x", "deck/", ""])
def test_a_note_whose_id_is_no_name_of_a_file_is_refused(note):
    (deck,) = compiled_notes(notes.note_type("tree").EXAMPLES[0].source).decks
    kept = replace(deck.notes[0], note=note)
    with pytest.raises(notes.NotKept, match=f"^{re.escape(f'the note {note} is no tree as this version knows it')}"):
        pages.read([replace(deck, notes=(kept,))])


def test_a_fault_of_our_own_is_not_taken_for_a_note_of_another_version(monkeypatch):
    (deck,) = compiled_notes(notes.note_type("tree").EXAMPLES[0].source).decks
    monkeypatch.setattr(notes.note_type("tree"), "page", lambda note: note.nowhere)
    with pytest.raises(AttributeError, match="nowhere"):
        pages.read([deck])


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_page_shows_no_hole_and_every_answer(name, example):
    (note,) = kept(example.source)
    whole = "".join(section.heading + section.text for section in note.page.sections) + note.page.brief
    assert "{{" not in whole
    assert note.page.title
    assert all(section.text for section in note.page.sections if section.heading)


# ── which pages there are ────────────────────────────────────────────────────────────────────────


def test_examples_of_all_types_give_these_pages():
    found = printed(EVERY)
    alone = [(each.group, name, each.page.title) for name, each in found.items() if each.page.alone]
    assert alone == [
        ("Before the interview", "day-of", "The last two days, and the day"),
        ("Before the interview", "race", "Before the race"),
        ("Cheat sheets", "a-course-cheat-sheet", "A course: cheat sheet"),
        ("For the room", "photos", "Photo search"),
        ("For the room", "spine-budget", "The spine"),
        ("For the room", "spine", "The Spine"),
        ("For the room", "trip", "The Trip"),
        ("For the room", "indexing", "How to look for near vectors"),
        ("For the room", "latency-budget", "Latency worksheet"),
        ("For the room", "deck", "A deck"),
        ("Score sheets", "mock-score-sheet", "Mock interview: score sheet"),
        ("Score sheets", "forecasting", "What is weighed in a forecasting interview"),
        ("To rehearse", "deck-ladders", "A deck: calibration ladders"),
        ("To rehearse", "deck-probes", "A deck: follow-up probes"),
        ("To rehearse", "deck-post-mortems", "A deck: post-mortems"),
    ]
    asked_for = {NAMED.match(example.source)[2] for name, example in EXAMPLES} - {name for _, name, _ in alone}
    assert asked_for <= set(found), "each note has a page that can be asked for"


def test_a_framework_of_names_alone_is_no_page_of_its_own():
    assert not printed(notes.note_type("framework").EXAMPLES[2].source)["triangle"].page.alone


REFERENCE = """\
- framework: spine
  name: The Spine
  calls: layer
  steps:
    - {id: retrieval, name: Retrieval, job: Finds., budget: 15 ms, from: 100M items, to: 1000 items}
    - {id: fine, name: Fine rank, job: Ranks., budget: 20 ms, commits: "It {{c1::costs}} most."}
- question: slate
  asks: How large is the slate?
  why: Each slate has {{c1::a policy}} of its own.
  branches:
    - {id: one, answer: one, changes: No policy at all.}
- postmortem: rollback
  name: No way back
  setting: At a delivery service.
  happened: Asked for a bad release, the candidate spoke of tests.
  moment: At the second asking.
  should:
    - {id: back, point: "One {{c1::switch}} goes back."}
    - {id: alarm, point: A metric throws it.}
  lesson: It is about {{c1::running}} it.
"""


def test_a_reference_card_is_made_of_a_lesson():
    page = printed(REFERENCE)["spine-reference"].page
    assert page == Page(
        "The Spine: reference card",
        (
            Section(
                "The layers",
                "| Layer | From → to | Takes | What it commits to |\n"
                "| --- | --- | --- | --- |\n"
                "| **Retrieval** | 100M\u00a0items → 1000\u00a0items | 15\u00a0ms | Finds. |\n"
                "| **Fine rank** |  | 20\u00a0ms | It costs most. |",
            ),
            Section("Ask first", "- **How large is the slate?** Each slate has a policy of its own."),
            Section("Say under pressure", "### No way back\n\n- One switch goes back.\n- A metric throws it."),
        ),
    )


def test_no_reference_card_without_budgets_or_questions():
    assert "spine-reference" not in printed(REFERENCE.replace("budget: 20 ms, ", ""))
    framework, _ = REFERENCE.split("- question")
    assert "spine-reference" not in printed(framework)


def test_a_reference_card_takes_questions_of_its_own_lesson_only():
    framework, rest = REFERENCE.split("- question")
    other = HEAD.replace("lesson: One", "lesson: Two") + "- question" + rest
    found = pages.printed(pages.read(compiled_decks({"a": framework, "b": other}).decks))
    assert "spine-reference" not in {each.name for each in found}


def test_a_ladder_sheet_folds_the_answers_away():
    question, answers = printed(notes.note_type("ladder").EXAMPLES[0].source)["deck-ladders"].page.sections
    assert (question.heading, question.folded) == ("How do you roll out a new model?", False)
    assert (answers.heading, answers.folded) == ("The answers, L4 to L7, and the pattern", True)
    assert re.findall("^### (.*)$", answers.text, re.MULTILINE) == [
        "L4 Mid", "L5 Senior", "L6 Staff", "L7 Principal", "The pattern to carry elsewhere",
    ]  # fmt: skip
    assert "\n> It missed: Everybody meets a bad model at once.\n" in answers.text
    assert "> What scored: It derives every step from the cost of a failure." in answers.text


def test_a_worksheet_is_blank_and_then_filled_in():
    blank, adds_up, asks, filled = printed(notes.note_type("worksheet").EXAMPLES[0].source)[
        "latency-budget"
    ].page.sections
    assert filled.folded
    assert [blank.folded, adds_up.folded, asks.folded] == [False, False, False]
    line = r"| Edge | 1 | 10\u00a0to\u00a020\u00a0ms | {} |".replace(r"\u00a0", "\u00a0")
    assert line.format(paper.BLANK) in blank.text
    assert line.format("**12\u00a0ms**") in filled.text
    assert asks.text == f"1. Which line dominates?\n\n   {paper.BLANK}\n"
    assert "1. Which line dominates? — Fine rank, by far." in filled.text


def test_a_line_to_write_on_belongs_to_its_question_and_a_sheet_of_many_has_one_for_each():
    source = notes.note_type("worksheet").EXAMPLES[0].source
    asks = "".join(f'    - {{id: more-{n}, asks: Is it {n}?, usually: "It is {{{{c1::{n}}}}}."}}\n' for n in range(11))
    shown = html(printed(source + asks)["latency-budget"].page.sections[2].text)
    assert shown.count("<ol>") == 1
    assert len(re.findall(r'<li> <p>[^<]*</p> <p><span class="blank"></span></p> </li>', shown)) == 12


def test_a_tree_says_once_what_is_drawn_and_then_what_is_not():
    source = notes.note_type("tree").EXAMPLES[0].source.replace("a graph in memory", '"![a graph](graph.png)"')
    drawing, besides = kept_with({"graph.png": "graph-1.png"}, source).sections
    assert drawing.text.startswith("```tree\nHow many vectors are there?\n")
    assert besides == Section(
        "Remarks",
        "- How many vectors are there? *under a hundred thousand*: It is exact.\n- *yes*: ![a graph](graph-1.png)",
    )


def test_a_tree_is_a_list_on_a_cheat_sheet():
    (note,) = kept(notes.note_type("tree").EXAMPLES[0].source)
    assert note.page.brief == (
        "**How to look for near vectors.** How many vectors are there?\n\n"
        "- *under a hundred thousand* → compare with every one\n"
        "- *more* → Do they fit into memory?\n"
        "  - *yes* → a graph in memory\n"
        "  - *no* → an index on disk, with *compressed* vectors in front"
    )


def test_a_worksheet_is_its_usual_numbers_on_a_cheat_sheet():
    (note,) = kept(notes.note_type("worksheet").EXAMPLES[0].source)
    assert note.page.brief.startswith("**Latency worksheet:** Edge 10\u00a0to\u00a020\u00a0ms, ")


TABLE = """\
- table: layers
  name: The layers
  columns: [{id: breaks, asks: "What breaks without {row}?"}, {id: cost, asks: "What does {row} cost?"}]
  rows: [{id: a, name: the cache, cells: {breaks: Everything.}}, {id: b, name: the log, cells: {cost: Little.}}]
"""


def test_two_columns_are_headed_by_their_questions_and_more_by_a_word_each():
    (note,) = kept(TABLE)
    assert note.page.brief.split("\n")[2] == "|  | What breaks without …? | What does … cost? |"
    (note,) = kept(
        TABLE.replace("{id: cost,", '{id: ml-age, asks: "How old is {row}?"}, {id: cost,').replace(
            "Little.", "Little., ml-age: Old."
        )
    )
    assert note.page.brief.split("\n")[2] == "|  | Breaks | ML age | Cost |"


def test_a_table_of_weights_alone_is_on_no_cheat_sheet():
    (note,) = kept(
        TABLE.replace("cells: {breaks: Everything.}", "weights: {cost: much}").replace(", cells: {cost: Little.}", "")
        + "  weights: {much: 1}\n"
    )
    assert (note.page.brief, "| **The cache** | much |" in note.page.sections[0].text) == ("", True)


def test_a_score_sheet_has_every_phase_and_every_companys_questions():
    sections = printed(notes.note_type("rubric").EXAMPLES[0].source)["mock-score-sheet"].page.sections
    assert "| **Phase 0: the opening** | 0–4 |" in sections[0].text
    assert "| **Your own questions** | 43–45 |" in sections[0].text
    assert [section.heading for section in sections[1:4]] == [
        "The loop", "Grocer Staff — *how waste is priced*", "Airline L6 — *recovery from a bad day*",
    ]  # fmt: skip
    assert sections[2].text == (
        "- [ ] Did the candidate price both ways of being wrong?\n- [ ] Did the candidate say who throws the food away?"
    )


def test_the_last_days_have_what_is_left_to_do_and_the_moves_by_name():
    opening = "- framework: triplet\n  topic: opening\n  name: The Triplet\n  steps: [{id: a, name: Name}, {id: b, name: Commit}]\n"
    page = printed(notes.note_type("timeline").EXAMPLES[0].source + opening)["day-of"].page
    assert [section.heading for section in page.sections] == ["Open with", "Three questions of my own"]
    assert page.sections[0].text == "**The Triplet.** Name → Commit"
    late = notes.note_type("timeline").EXAMPLES[0].source.replace("days: 7", "days: 2")
    assert printed(late)["day-of"].page.sections[0] == Section(
        "Taper — one week before", "- [ ] Run half as far as you could."
    )


def test_how_many_times_stays_on_one_line_on_the_clock_and_on_the_day():
    source = notes.note_type("timeline").EXAMPLES[0].source
    told = "- [ ] Train the core. *(2\u00a0×, every day)*"
    assert any(told in section.text for section in printed(source)["race"].page.sections)
    soon = source.replace("days: 42", "days: 2").replace("days: 7", "days: 1")
    assert any(told in section.text for section in printed(soon)["day-of"].page.sections)


def test_what_a_mistake_cost_stands_below_its_lesson():
    sheet = printed(REFERENCE.replace("lesson: It", "cost: A level.\n  lesson: It"))["deck-post-mortems"].page
    assert sheet.sections[1].text.endswith("### The lesson\n\nIt is about running it.\n\n*What it cost:* A level.")


def test_a_cheat_sheet_has_every_deck_of_its_course_in_order():
    example = notes.note_type("question").EXAMPLES[0].source
    found = pages.printed(
        pages.read(
            compiled_decks(
                {
                    "b": "title: Second\nsource: {course: One Course}\nnotes:\n" + REFERENCE,
                    "a": "title: First\nsource: {course: One Course}\nnotes:\n" + example,
                    "c": "title: Third\nsource: {course: Two & More}\nnotes:\n" + example,
                }
            ).decks
        )
    )
    cheat = {each.name: each for each in found if each.kind == "course"}
    assert list(cheat) == ["one-course-cheat-sheet", "two-more-cheat-sheet"]
    first, second = cheat["one-course-cheat-sheet"].page.sections
    assert (first.heading, second.heading) == ("First", "Second")
    assert second.text == (
        "**The Spine.** Retrieval → Fine rank\n\n"
        "**How large is the slate?** Each slate has a policy of its own.\n\n"
        "**No way back.** It is about running it."
    )


# ── their names ──────────────────────────────────────────────────────────────────────────────────


def test_every_page_has_a_name_of_its_own():
    tree = notes.note_type("tree").EXAMPLES[0].source
    decks = compiled_decks({"a/x": tree, "b/x": tree, "c/y": tree.replace("tree: indexing", "tree: index")}).decks
    found = [each.name for each in pages.printed(pages.read(decks)) if each.kind == "tree"]
    assert found == ["indexing", "x-indexing", "y-index"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("spine", ["spine"]),
        ("a/spine", ["spine"]),
        ("slate", ["slate"]),
        ("spine-reference", ["spine-reference"]),
        ("a", ["a-course-cheat-sheet", "spine", "spine-reference", "a-post-mortems"]),
        ("a/", ["a-course-cheat-sheet", "spine", "spine-reference", "a-post-mortems"]),
        ("b", ["top-list"]),
        ("spin", []),
        ("", []),
    ],
)
def test_a_page_is_asked_for_by_its_name_its_note_or_its_deck(name, meant):
    drill = notes.note_type("drill").EXAMPLES[0].source
    found = pages.printed(pages.read(compiled_decks({"a": REFERENCE, "b": drill}).decks))
    assert [each.name for each in pages.meant(found, name)] == meant


def test_every_sort_of_page_is_registered():
    assert registry.names(pages.__path__) == ("course", "day", "mock", "note", "reference", "rehearsal", "sizing")
