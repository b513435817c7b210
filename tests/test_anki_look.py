"""What we say a card looks like in Anki, held against what Anki itself makes of it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

pytest.importorskip("anki.collection")

from anki_reviewer import DECK, OURS, in_anki
from deck_text import shipped
from rung import cards as kinds
from rung.anki.identity import ordinal
from rung.anki.look import look
from rung.anki.notes import notes
from rung.anki.types import Template, template
from test_anki_real import fact

HOLES = fact(
    r'The {{c1::pe*a*k "q" & é 🦊}} brings {{c2::200k::how & *many*}}, \({{c1::x^2 < 3}} + {{c2::y}}\), {{c1::x::}}.',
    1,
    2,
    name="holes",
)


class Read(HTMLParser):
    """HTML as what it says: tags with the values of their attributes, and words; spellings of these are all one."""

    def __init__(self, html):
        super().__init__()
        self.told = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.told.append((tag, attrs))

    def handle_endtag(self, tag):
        self.told.append(tag)

    def handle_data(self, data):
        self.told.append(data)


def told(html):
    return Read(html).told


def here(decks):
    """(front, back) of every card as we make them."""
    for note in notes(decks):
        looks = template(note.part.kind)
        for number in note.holes:
            sides = look(looks, note.named, number)
            style = f"<style>{looks.css}</style>"
            yield (note.part.id, number), (style + sides.front, style + sides.back)


def test_every_card_looks_as_in_anki(tmp_path):
    decks = [(DECK, [*OURS[1], *HOLES]), *((file.deck, file.cards) for file in shipped())]
    theirs, ours = in_anki(tmp_path, decks), dict(here(decks))
    living = {(card.part, ordinal(card) + 1): card.kind for _, cards in decks for card in cards if not card.retired}
    assert set(living.values()) == set(kinds.names())
    assert ours.keys() == theirs.keys() == living.keys()
    for card, sides in theirs.items():
        assert [told(side) for side in ours[card]] == [told(side) for side in sides], card


@pytest.mark.parametrize(
    ("html", "front"),
    [
        ("{{#A}}{{A}}{{^B}} alone{{/B}}{{/A}}", "a alone"),
        ("{{^A}}no a{{/A}}{{#B}}b{{/B}}", ""),
        ("{{A}}{{B}}", "a"),
        ("{{cloze:C}}", "{{A}}"),
    ],
)
def test_sections_hold_where_their_field_has_words_and_fields_are_not_read_again(html, front):
    assert look(Template(html, "", ""), {"A": "a", "B": " ", "C": "{{A}}"}).front.strip() == front


def test_a_field_that_is_not_there_is_an_error():
    with pytest.raises(KeyError, match="Nowhere"):
        look(Template("{{Nowhere}}", "", ""), {"A": "a"})
