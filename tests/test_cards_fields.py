"""What the kinds put into the fields of their Anki notes; checklist, drill, number and sheet have it in files of their own."""

from __future__ import annotations

from dataclasses import replace

from rung.cards import choice, cloze, ordering, recall
from rung.model import Card

WHICH = choice.Content(
    "Which *one*?",
    (choice.Item("l4", "says `L4`"), choice.Item("l5", "says **L5**"), choice.Item("l6", "x < y")),
    "l5",
    extra="*More*.",
)
STEPS = ordering.Content(
    "Put *them*.",
    (
        ordering.Item("a", "says `A`", "The A", "It *missed*."),
        ordering.Item("b", "**B**"),
        ordering.Item("c", "x < y", rank=1),
    ),
    extra="*More*.",
)


def fields(kind, content):
    return kind.fields([Card("d/n#a", kind.__name__.rpartition(".")[2], "fact", "d", "f", "T", content)])


def test_a_choice_is_shuffled_by_its_first_id():
    assert fields(choice, WHICH) == {
        "Prompt": "<p>Which <em>one</em>?</p>",
        "Options": '<ol class="options" type="A"><li data-id="l6">x &lt; y</li>'
        '<li data-id="l5">says <strong>L5</strong></li><li data-id="l4">says <code>L4</code></li></ol>',
        "Answer": '<span data-id="l5"><b>B.</b> says <strong>L5</strong></span>',
        "Extra": "<p><em>More</em>.</p>",
    }


def test_a_choice_whose_options_keep_their_order():
    assert fields(choice, replace(WHICH, fixed=True, extra="")) == {
        "Prompt": "<p>Which <em>one</em>?</p>",
        "Options": '<ol class="options" type="A" data-fixed><li data-id="l4">says <code>L4</code></li>'
        '<li data-id="l5">says <strong>L5</strong></li><li data-id="l6">x &lt; y</li></ol>',
        "Answer": '<span data-id="l5"><b>B.</b> says <strong>L5</strong></span>',
        "Extra": "",
    }


def test_an_order_tells_where_each_item_stood():
    assert fields(ordering, STEPS) == {
        "Prompt": "<p>Put <em>them</em>.</p>",
        "Items": '<ol class="items" type="A"><li data-id="c">x &lt; y</li><li data-id="a">says <code>A</code></li>'
        '<li data-id="b"><strong>B</strong></li></ol>',
        "Answer": '<ol class="answer"><li data-id="a" data-rank="0"><b>The A:</b> <span>says <code>A</code></span>'
        ' <small class="was">(B)</small><div class="note">It <em>missed</em>.</div></li>'
        '<li data-id="b" data-rank="1"><span><strong>B</strong></span> <small class="was">(C)</small></li>'
        '<li data-id="c" data-rank="1"><span>x &lt; y</span> <small class="was">(A)</small></li></ol>',
        "Extra": "<p><em>More</em>.</p>",
    }


def test_a_cloze_keeps_its_holes_and_a_recall_its_two_sides():
    assert fields(cloze, cloze.Content("A *b* is {{c1::`c`::hint}}.", 1, "*More*.")) == {
        "Text": "<p>A <em>b</em> is {{c1::<code>c</code>::hint}}.</p>",
        "Extra": "<p><em>More</em>.</p>",
    }
    assert fields(recall, recall.Content("A *b*?", "It **is**.", "*More*.")) == {
        "Prompt": "<p>A <em>b</em>?</p>",
        "Answer": "<p>It <strong>is</strong>.</p>",
        "Extra": "<p><em>More</em>.</p>",
    }


def test_a_long_text_is_compared_letter_by_letter_too():
    words = "so it is " * 30
    assert cloze.difference(words, words + "now") == words + "{+now+}"
