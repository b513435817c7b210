"""Decision trees: where their lines stand, and what a note draws."""

from __future__ import annotations

from deck_text import compiled_notes
from drawn import TREE, rectangles, root, words
from rung import drawings, text
from rung.notes import tree


def test_a_tree_stands_further_right_with_every_answer():
    svg = drawings.svg("tree", TREE)
    assert words(svg) == [
        "Objective in writing?", "no", "go back", "yes", "How soon?", "under 5 s", "streaming -> a must", "later", "a batch",
    ]  # fmt: skip
    assert [left for left, *_ in rectangles(svg)] == [1, 21, 21, 41, 41]
    tops = [top for _, top, _, _ in rectangles(svg)]
    assert tops == sorted(tops)
    edged = [each.get("stroke") == "currentColor" for each in root(svg).iter("rect")]
    assert edged == [True, False, True, False, False]  # the questions


# ── what notes draw ──────────────────────────────────────────────────────────────────────────────────


def note(**fields):
    return tree.Note.model_validate(fields)


SHARED = note(
    name="Which index",
    questions=[{"id": id_, "asks": f"{id_.title()}?"} for id_ in ("size", "memory", "disk")],
    branches=[
        {"id": "few", "of": "size", "answer": "1 -> 5", "then": "compare *all*"},
        {"id": "many", "of": "size", "answer": "many", "to": "memory"},
        {"id": "huge", "of": "size", "answer": "huge", "then": "pay", "to": "disk"},
        {"id": "fits", "of": "memory", "answer": "yes", "then": "a graph"},
        {"id": "spills", "of": "memory", "answer": "no", "to": "disk"},
        {"id": "fast", "of": "disk", "answer": "fast", "then": "an index there"},
    ],
)


def test_a_tree_is_drawn_whole_and_a_question_once():
    drawn = tree.drawing(SHARED)
    assert drawn.split("\n") == [
        "```tree",
        "Size?",
        "  1 → 5 -> compare all",
        "  many -> Memory?",
        "    yes -> a graph",
        "    no -> Disk?",
        "      fast -> an index there",
        "  huge -> pay; then: Disk? (see above)",
        "```",
    ]
    assert words(text.html(drawn))[-1] == "pay; then: Disk? (see above)"


def test_a_walk_through_a_tree():
    assert tree.root(SHARED).asks == "Size?"
    assert [branch.id for branch in tree.branches(SHARED, "size")] == ["few", "many", "huge"]
    assert tree.question(SHARED, "disk").asks == "Disk?"
    ways = {id_: [branch.id for branch in way] for id_, way in tree.ways(SHARED).items()}
    assert ways == {"size": [], "memory": ["many"], "disk": ["huge"]}


def test_a_branch_shows_its_own_way_and_no_other():
    backs = {draft.item: (draft.content.answer, draft.content.extra) for draft in tree.cards(SHARED)}
    assert backs["few"] == ("compare *all*", "")
    assert backs["fits"] == ("a graph", "```tree\nSize?\n  many -> Memory?\n    yes -> a graph\n```")
    assert set(backs) == {"few", "huge", "fits", "fast"}


def chain(count):
    """A tree of `count` questions, each below the one before."""
    questions = [{"id": str(n), "asks": f"{n}?"} for n in range(count)]
    branches = [{"id": f"b{n}", "of": str(n), "answer": "on", "to": str(n + 1)} for n in range(count - 1)]
    branches.append({"id": "end", "of": str(count - 1), "answer": "on", "then": "stop"})
    return note(name="Deep", questions=questions, branches=branches)


def test_the_deepest_tree_is_drawn_and_a_deeper_one_is_refused():
    assert list(tree.faults(chain(8))) == []
    assert "<svg" in text.html(tree.drawing(chain(8)))
    (fault,) = tree.faults(chain(9))
    assert fault.message == "this leads 9 questions deep, 8 is the most"
    assert "<svg" not in text.html(tree.drawing(chain(9)))


def test_of_a_tree_with_far_too_many_questions_nothing_else_is_told():
    assert [fault.message for fault in tree.faults(chain(2_000))] == [
        "2000 questions, 119 is the most",
        "2000 branches, 119 is the most",
    ]


def test_the_widest_tree_is_drawn_and_its_last_character_too():
    branches = [{"id": str(n), "of": "a", "answer": f"{n}", "then": "stop"} for n in range(119)]
    wide = note(name="Wide", questions=[{"id": "a", "asks": "A?"}], branches=branches)
    assert list(tree.faults(wide)) == []
    assert "<svg" in text.html(tree.drawing(wide))
    for count, faults in ((9_989, 0), (9_990, 1)):
        branch = {"id": "b", "of": "a", "answer": "b", "then": "x" * count}
        long = note(name="Long", questions=[{"id": "a", "asks": "A?"}], branches=[branch])
        assert len(list(tree.faults(long))) == faults
        assert ("<svg" in text.html(tree.drawing(long))) == (not faults)


def test_each_branch_is_a_family_of_its_own():
    (deck,) = compiled_notes(tree.EXAMPLES[0].source).decks
    assert [card.family for card in deck.cards] == ["deck/indexing#few", "deck/indexing#fit", "deck/indexing#spill"]
