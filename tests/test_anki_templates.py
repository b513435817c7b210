"""Anki's templates filled with fields, and what a back adds to its front."""

from __future__ import annotations

import pytest

from rung.anki.clozes import marked, numbers
from rung.anki.templates import Filled, added, filled, hole_fields

FIELDS = {
    "Front": "Paris?", "Back": "<b>France</b>", "Empty": "<div><br></div> &nbsp;", "Word": "漢字[かんじ] です", "Text": "{{c1::x}}",
    "Tags": "a b",
}  # fmt: skip


@pytest.mark.parametrize(
    ("template", "front", "back"),
    [
        ("{{Front}}", "Paris?", "Paris?"),
        ("a {{ Front }} b", "a Paris? b", "a Paris? b"),
        ("{{#Front}}yes {{Front}}{{/Front}}{{^Front}}no{{/Front}}", "yes Paris?", "yes Paris?"),
        ("{{#Empty}}yes{{/Empty}}{{^Empty}}no{{/Empty}}", "no", "no"),
        ("{{#Front}}{{#Empty}}a{{/Empty}}b{{/Front}}c", "bc", "bc"),
        ("{{^Nowhere}}none{{/Nowhere}}{{Nowhere}}", "none", "none"),
        ("{{FrontSide}}x", "x", "x"),
        ("{{type:Front}} {{hint:Back}}", " ", "Paris? <b>France</b>"),
        ("{{text:Back}} {{unknown:Front}}", "France Paris?", "France Paris?"),
        ("{{kanji:Word}}|{{kana:Word}}|{{furigana:Word}}", "漢字 です|かんじ です|漢字(かんじ) です", "漢字 です|かんじ です|漢字(かんじ) です"),
        ("{{tts en_US voices=A speed=0.8:Front}}{{Tags}}", "a b", "a b"),
        ("{{=<% %>=}}<%Front%>", "Paris?", "Paris?"),
        ("\n {{=<% %>=}}a<%Front%>", "aParis?", "aParis?"),
        ("a{{=<% %>=}}<%Front%>", "a<%Front%>", "a<%Front%>"),  # as it does not begin so
        ("{{cloze:Text}} {{type:cloze:Text}}", "{{c1::x}} {{c1::x}}", "{{c1::x}} {{c1::x}}"),
        ("{{Text}}", "{\u2060{c1::x}}", "{\u2060{c1::x}}"),  # asks for no hole
        ("{{#Front}}open {{/Back}} {{/Front}} {{/Front}}", "open   ", "open   "),
    ],
)  # fmt: skip
def test_what_a_template_shows(template, front, back):
    assert filled(template, FIELDS).html == front
    assert filled(template, FIELDS, back=True).html == back


def test_the_fields_that_are_shown():
    assert filled("{{Front}}{{Empty}}{{#Back}}{{/Back}}{{hint:Back}}", FIELDS) == Filled("Paris?", frozenset({"Front"}))
    assert hole_fields("{{cloze:Text}}{{type:cloze:Other}}{{Front}}") == {"Text", "Other"}


@pytest.mark.parametrize(
    ("front", "back", "rest"),
    [
        ("{{Front}}", "{{FrontSide}}\n<hr id=answer>\n{{Back}}", "\n<b>France</b>"),
        ("{{Front}}", "{{Front}}<hr id='answer' />{{Back}} {{Front}}", "<b>France</b> Paris?"),
        ("{{Front}}", "{{Front}}<br>{{Back}}", "<br><b>France</b>"),
        ("{{Front}}", "{{FrontSide}}{{Back}}", "<b>France</b>"),
        ("{{Front}}", "{{Front}}", "Paris?"),  # nothing is added, so all of it
        ("{{Front}}", "<b>{{Front}}</b><hr id=answer><p></p>", "<b>Paris?</b><p></p>"),
        ("{{Front}}", "{{Front}}<hr id=answer><IMG src=a.png>", "<IMG src=a.png>"),
        ("{{Front}}", "{{Front}}<hr id=answer>{{hint:Back}}", "<b>France</b>"),
        ("{{Front}}", "{{Front}} {{hint:Back}} so", " <b>France</b> so"),
        ("{{Front}}", "{{Front}}<hr id=answer>{{Back}}<hr id=answer>so", "<b>France</b><hr id=answer>so"),
    ],
)
def test_what_a_back_adds(front, back, rest):
    assert added(filled(front, FIELDS), back, FIELDS) == rest


def test_no_nesting_is_too_deep_for_a_template():
    deep = 20_000
    template = "{{#Front}}" * deep + "{{Back}}" + "{{/Front}}" * deep
    assert filled(template, FIELDS).html == "<b>France</b>"
    holes = "{{c1::" * deep + "x" + "}}" * deep
    assert (len(marked(holes)), numbers(holes)) == (3, {1})
