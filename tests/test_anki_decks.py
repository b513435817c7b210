"""Notes from Anki as the text of decks: what is written is what is read, and an import knows its own work."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.anki import decks
from rung.anki.decks import Earlier, deck_files, earlier
from rung.anki.foreign import ForeignNote, Sides, note_id
from rung.anki.markdown import Unfit, side, with_holes
from rung.sources import yaml
from rung.sources.deck import read


def note(guid="a", deck="Geo", tags=(), **what):
    return ForeignNote(note_id(guid), guid, 1, deck, tuple(tags), **(what or {"cards": (Sides(0, "Asked", "Said"),)}))


def files(*notes, name="geo", homes=None, media=None):
    return list(deck_files(name, notes, homes or {}, media or {}))


def compiled(file, pictures=()):
    deck, problems = read(f"decks/{file.path}", file.id, file.data, {each: each for each in pictures})
    assert problems == []
    return deck


ANY = st.text(st.characters(codec="utf-8"), max_size=40)
ODD = st.lists(
    st.sampled_from(
        ["a", " ", "\n", "\t", "- ", ": ", " #", "'", '"', "|", ">", "{", "}", "[", "]", "&", "*", "!", "%", "@", "`", "?", ",", "~",
         "yes", "null", "1.5", "0x1f", "2026-01-01", "<<", "=", "\x85", "\u2028", "\ufeff", "\u200b", "\u2060", "\xa0", "\u3000", "\x07",
         "---", "...", "\\", "😀", "漢", "\u202e", "\r", "\r\n", "<br>", "<pre>", "</pre>", "    "]
    ),
    max_size=15,
).map("".join)  # fmt: skip


@given(ANY | ODD, ANY | ODD, ANY | ODD, st.lists(ANY | ODD, max_size=3))
def test_what_is_written_is_what_is_read(front, back, level, tags):
    try:
        front, back = side(front).markdown or "x", side(back).markdown or "x"
        text = with_holes(f"{front} {{{{c1::a}}}}").markdown
    except Unfit:
        return
    deck = level.replace("::", ":")
    written = (
        note("a", f"Top::{deck}", tags, cards=(Sides(0, front, back), Sides(2, back, front))),
        note("b", f"Top::{deck}", tags, text=text, extra=back),
    )
    (file,) = files(*written)
    assert not earlier(file.data).edited
    made = compiled(file)
    basic, fact = (each.fields for each in made.notes)
    assert [(card.id, card.front, card.back) for card in basic.cards] == [
        ("card-1", front, back),
        ("card-3", back, front),
    ]
    assert (fact.text, fact.extra) == (text, back)
    assert made.deck.course == "Top"
    assert basic.topic == made.deck.title
    assert len(basic.tags) <= len(tags)


LONG = "many words " * 20 + "on a line"


def test_the_text_of_a_deck():
    (file,) = files(
        note("a", "日本::A *b*", ("z", "a", "z"), cards=(Sides(1, f"{LONG}\nnext", "nobody\u2060sees"),)),
        note("b", "日本::A *b*", text="{{c1::é}}", extra="yes"),
    )
    assert (
        re.sub(r"(?<=imported: )\w{32}", "DIGEST", file.data.decode())
        == f"""\
title: A \\*b\\*
source:
  course: 日本
  lesson: A *b*
imported: DIGEST
notes:
- basic: {note_id("a")}
  topic: A \\*b\\*
  tags:
  - z
  - a
  cards:
  - id: card-2
    front: |-
      {LONG}
      next
    back: "nobody\u2060sees"
- fact: {note_id("b")}
  topic: A \\*b\\*
  text: '{{{{c1::é}}}}'
  extra: 'yes'
"""
    )
    assert files(note("a", text="{{c1::b}}"))[0].data.endswith(b"\n  topic: Geo\n  text: '{{c1::b}}'\n")
    assert f"\n    back: {LONG}\n".encode() in files(note("a", cards=(Sides(0, "a", LONG),)))[0].data
    assert b"\n  lesson: from Anki\n" in files(note("a", "Geo"))[0].data
    assert b"title: C\nsource:\n  course: A\n  lesson: B, C\n" in files(note("a", "A::B::C"))[0].data


def test_tags_are_kept_and_can_do_no_harm():
    (file,) = files(
        note(tags=["geo::eu", "leech", "two_words", "{{c1::x}}", "![a](b)", "`c`", "é", "{X}", "{}", "y" * 201])
    )
    (made,) = compiled(file).notes
    assert made.fields.tags == ("geo::eu", "leech", "two_words", "c1::x", "!_a_(b)", "c", "é", "X", "y" * 200)


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        (["Geo"], ["geo"]),
        (["Geo::Europe"], ["geo"]),
        (["Geo::Europe", "Geo::Asia"], ["geo/asia", "geo/europe"]),
        (["Geo", "Geo::Asia"], ["geo", "geo/asia"]),
        (["Default", "A::Größe B", "日本"], ["geo/a/groe-b", "geo/deck-cf2abf", "geo/default"]),
        (["Geo::A b", "Geo::A-B"], ["geo/a-b", "geo/a-b-9d8a1d"]),
        (["X", "a::b::c::d"], ["geo/a/b/c/d", "geo/x"]),
        (["X", "a::b::c::d::e::f"], ["geo/a/b/c/d/e-f", "geo/x"]),
        (["Geo::" + "long " * 20, "Geo::x"], ["geo/long-long-long-long-long-long-long-long", "geo/x"]),
    ],
)
def test_ids_of_decks(names, ids):
    assert sorted(file.id for file in files(*(note(name, name) for name in names))) == ids


def test_a_large_deck_is_split(monkeypatch):
    monkeypatch.setattr(decks, "MOST_CARDS", 2)
    notes = [note(str(number)) for number in range(5)]
    made = files(*notes)
    assert [(file.id, [each.guid for each in file.notes.values()]) for file in made] == [
        ("geo", ["0", "1"]), ("geo--2", ["2", "3"]), ("geo--3", ["4"]),
    ]  # fmt: skip
    monkeypatch.setattr(decks, "MOST_CARDS", 100)
    monkeypatch.setattr(decks, "MOST_BYTES", 500)
    assert [file.id for file in files(*notes)] == ["geo", "geo--2", "geo--3"]
    monkeypatch.setattr(decks, "MOST_BYTES", 436)  # of which two of these notes are thought to take all
    assert [len(file.notes) for file in files(*notes)] == [2, 2, 1]
    monkeypatch.setattr(decks, "MOST_BYTES", 435)
    assert [len(file.notes) for file in files(*notes)] == [1, 1, 1, 1, 1]
    monkeypatch.setattr(decks, "MOST_BYTES", 1)  # less than any note has
    assert [len(file.notes) for file in files(*notes)] == [1, 1, 1, 1, 1]


def test_no_file_is_larger_than_a_deck_may_be():
    """The worst: every character is written as six."""
    long = "\u2060" * 10_000
    notes = [note(str(number), cards=(Sides(0, long, long),)) for number in range(120)]
    made = files(*notes)
    assert max(len(file.data) for file in made) < yaml.MAX_BYTES
    assert sum(len(file.notes) for file in made) == 120


def test_the_line_of_every_note():
    (file,) = files(note("a"), note("b", cards=(Sides(0, "two\n\nlines", "Said"),)), note("c"))
    lines = file.data.decode().split("\n")
    assert [lines[line - 1] for line in file.notes] == [f"- basic: {note_id(guid)}" for guid in "abc"]


def test_pictures_lie_in_a_folder_beside_the_deck():
    media = {"a b.png": "a-b-1.png", "c.png": "c-2.png"}
    made = files(
        note("a", "Geo::X", cards=(Sides(0, "![](a%20b.png)", "![](c.png)"),)), note("b", "Geo::Y::Z", text="{{c1::![](c.png)}}", extra="![](c.png)"),
        media=media,
    )  # fmt: skip
    assert [(file.id, file.pictures) for file in made] == [
        ("geo/x", {"geo/x-media/a-b-1.png": "a b.png", "geo/x-media/c-2.png": "c.png"}), ("geo/y/z", {"geo/y/z-media/c-2.png": "c.png"}),
    ]  # fmt: skip
    (card,) = compiled(made[0], ["x-media/a-b-1.png", "x-media/c-2.png"]).notes[0].fields.cards
    assert (card.front, card.back) == ("![](x-media/a-b-1.png)", "![](x-media/c-2.png)")
    fact = compiled(made[1], ["z-media/c-2.png"]).notes[0].fields
    assert (fact.text, fact.extra) == ("{{c1::![](z-media/c-2.png)}}", "![](z-media/c-2.png)")


def test_a_note_says_what_it_was_when_it_comes_from_another_deck():
    (file,) = files(
        note("a"), note("b"), note("c"), homes={note_id("a"): ("geo/x", ""), note_id("b"): ("geo", "geo/y/b")}
    )
    assert [each.fields.was for each in compiled(file).notes] == [f"geo/x/{note_id('a')}", "geo/y/b", None]
    assert earlier(file.data).notes == {
        note_id("a"): f"geo/x/{note_id('a')}", note_id("b"): "geo/y/b", note_id("c"): "",
    }  # fmt: skip


def test_what_an_import_wrote_is_told_from_what_was_edited():
    (file,) = files(note())
    assert earlier(file.data) == Earlier(True, False, {note_id("a"): ""})
    assert earlier(file.data.replace(b"Said", b"Told")) == Earlier(True, True, {note_id("a"): ""})
    assert earlier(b"title: x\nnotes:\n- fact: y\n") == Earlier(False, True, {})


def test_ids_follow_from_the_guid_alone():
    assert note_id("oslo") == "n-8e016391c88c"
