"""Notes of any deck of Anki as notes of ours: what comes in, what is left out and why, and what is counted."""

from __future__ import annotations

import pytest

from rung.anki.collection import AnkiCard, Collection, Note, NoteType, Template
from rung.anki.foreign import Foreign, ForeignNote, LeftOut, Sides, foreign, note_id

J = "\u2060"  # parts what must not stand together
BASIC = NoteType(
    1, "Two <ways>", False, ("Front", "Back"),
    (Template("Ask", "{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}"), Template("Back", "{{Back}}", "{{Front}}")),
)  # fmt: skip
CLOZE = NoteType(
    2,
    "Holes",
    True,
    ("Text", "Extra"),
    (Template("C", "{{cloze:Text}}{{cloze:Nowhere}}", "{{cloze:Text}}<br>{{hint:Extra}}"),),
)
SPECIAL = NoteType(
    3, "All", False, ("Front", "Type"),
    (Template("T <b>", "{{Front}} {{Tags}}, {{Deck}}, {{Subdeck}}, {{Type}}, {{Card}}", "{{Deck}}"),),
)  # fmt: skip
EMPTY = NoteType(4, "No templates", False, ("Front",), ())
BRACED = NoteType(6, "Braced", False, ("Front",), (Template("A", "{{{Front}}}", "{{Front}}"),))
LABEL = NoteType(5, "Labelled", False, ("Front", "Back"), (Template("A", "Word: {{Front}}", "{{Back}} ({{Type}})"),))


def package(*notes):
    """Notes as (type, GUID, fields, the numbers of their cards), with ids from 10 and all in one deck."""
    made = [Note(n, guid, type_, fields, ("a", "b")) for n, (type_, guid, fields, _) in enumerate(notes, 10)]
    cards = [
        AnkiCard(100 * n + ord_, n, ord_, "Top::World::Geo") for n, (*_, ords) in enumerate(notes, 10) for ord_ in ords
    ]
    return Collection(
        0,
        None,
        {each.id: each for each in (BASIC, CLOZE, SPECIAL, EMPTY, LABEL, BRACED)},
        tuple(made),
        tuple(cards),
        (),
    )


def came(guid, number=10, **what):
    return ForeignNote(note_id(guid), guid, number, "Top::World::Geo", ("a", "b"), **what)


@pytest.mark.parametrize(
    ("notes", "found"),
    [
        (
            [(1, "g", ("Paris?", "<b>France</b>"), (0, 1))],
            Foreign([came("g", cards=(Sides(0, "Paris?", "**France**"), Sides(1, "**France**", "Paris?")))]),
        ),
        ([(1, "g", ("Paris?", "France"), (1,))], Foreign([came("g", cards=(Sides(1, "France", "Paris?"),))])),
        (
            [(2, "g", ("{{c1::Rome}} in {{c3::Italy}}", "<i>so</i>"), (0, 2))],
            Foreign([came("g", text="{{c1::Rome}} in {{c3::Italy}}", extra="*so*")]),
        ),
        (
            [(3, "g", ("Q", "mine"), (0,))],
            Foreign([came("g", cards=(Sides(0, "Q a b, Top::World::Geo, Geo, mine, T \\<b>", "Top::World::Geo"),))]),
        ),
        (
            [(1, "g", ("Only", "too", "many"), (0,)), (1, "h", ("Few",), (0,))],
            Foreign([came("g", cards=(Sides(0, "Only", "too"),))], [LeftOut(11, "h", 1, "its back is empty")]),
        ),
        (
            [(1, "g", ("Q", "A"), (0, 2, 1, -1))],
            Foreign(
                [came("g", cards=(Sides(0, "Q", "A"), Sides(1, "A", "Q")))],
                [LeftOut(10, "g", ord_, "its template is not in the package") for ord_ in (3, 0)],
            ),
        ),
        (
            [(2, "g", ("{{c1::{{c2::a}}}} b", ""), (0, 1, 2))],
            Foreign(
                [came("g", text="{{c2::a}} b")],
                [LeftOut(10, "g", 1, "its hole has the words of another"), LeftOut(10, "g", 3, "it has no hole")],
            ),
        ),
        (
            [(2, "g", ("{{c2::{{c1::a}}}} b", ""), (0, 1))],
            Foreign([came("g", text="{{c1::a}} b")], [LeftOut(10, "g", 2, "its hole has the words of another")]),
        ),
        ([(2, "g", ("no hole", ""), (0,))], Foreign([], [LeftOut(10, "g", 0, "it has no hole")])),
        ([(1, "g", ("Q", "A"), ())], Foreign([], [LeftOut(10, "g", 0, "it has no cards")])),
        ([(4, "g", ("Q",), (0,))], Foreign([], [LeftOut(10, "g", 0, "its note type is not in the package")])),
        ([(9, "g", ("Q",), (0,))], Foreign([], [LeftOut(10, "g", 0, "its note type is not in the package")])),
        (
            [(2, "g", ("{{c1::image-occlusion:rect:left=.1}}", ""), (0,))],
            Foreign([], [LeftOut(10, "g", 0, "it covers parts of a picture")]),
        ),
        (
            [(1, "g", ("Q", "A"), ()), (1, "g", ("Q", "A"), (0,)), (1, "g", ("Q2", "A2"), (0,))],
            Foreign(
                [came("g", 11, cards=(Sides(0, "Q", "A"),))],
                [LeftOut(10, "g", 0, "it has no cards"), LeftOut(12, "g", 0, "another note has its GUID")],
            ),
        ),
        ([(1, "g", ("<br>", "A"), (0,))], Foreign([], [LeftOut(10, "g", 1, "its front is empty")])),
        (  # what looks like a hole is none, as it is no cloze note
            [(6, "g", ("{c1::x}",), (0,))],
            Foreign([came("g", cards=(Sides(0, f"{{{J}{{c1::x}}{J}}}", "{c1::x}"),))]),
        ),
        (
            [(5, "g", ("Q", "A"), (0,))],
            Foreign([came("g", cards=(Sides(0, "Word: Q", "A (Labelled)"),))]),
        ),
        ([(5, "g", ("", "A"), (0,))], Foreign([], [LeftOut(10, "g", 1, "its front is empty")])),
    ],
)  # fmt: skip
def test_what_comes_of_a_note(notes, found):
    assert foreign(package(*notes), ()) == found


@pytest.mark.parametrize(
    ("html", "shown", "pictures", "lacks"),
    [
        ('<img src="a b.png">', "![](a%20b.png)", {"a b.png"}, 0),
        ("<IMG class=x src = 'a%20b.png' alt=y>", "![y](a%20b.png)", {"a b.png"}, 0),
        ("<img src=c.png><img src=c.png>", "![](c.png)![](c.png)", {"c.png"}, 0),
        ("<img src=q&amp;a.png>", "![](q%26a.png)", {"q&a.png"}, 0),
        ("<img src=gone.png> <img src=''> <img src=\"\">", "[no picture] [no picture] [no picture]", set(), 3),
        ("<img>so", "so", set(), 0),
    ],
)
def test_pictures_that_are_there_are_shown_and_others_counted(html, shown, pictures, lacks):
    found = foreign(package((1, "g", ("Q", html), (0,))), ["a b.png", "c.png", "q&a.png", "other.png"])
    cards = (Sides(0, "Q", shown),)
    assert found == Foreign([came("g", cards=cards)], [], pictures, lacks)


def test_pictures_that_are_lacking_are_counted_on_both_sides():
    found = foreign(package((1, "g", ("<img src=a.png>", "<img src=b.png> <img src=c.png>"), (0,))), ())
    assert (found.no_pictures, found.pictures) == (3, set())


def test_sounds_are_counted_on_both_sides():
    found = foreign(package((1, "g", ("Q[sound:a.mp3]", "A[sound:b.mp3][sound:c.mp3]"), (0,)),
                            (2, "h", ("{{c1::x}}[sound:a.mp3]", "[sound:b.mp3]"), (0,))), ())  # fmt: skip
    assert (found.sounds, len(found.notes)) == (5, 2)


def test_what_was_left_out_is_told_in_a_line():
    assert str(LeftOut(5, "g", 0, "it has no hole")) == "note 5 (GUID g): it has no hole"
    assert str(LeftOut(5, "g", 2, "its back is empty")) == "card 2 of note 5 (GUID g): its back is empty"
