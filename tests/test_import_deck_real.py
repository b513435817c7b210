"""Decks of Anki itself, exported there and taken in here: note types, media, history, in every format."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

pytest.importorskip("anki.collection")

from anki.collection import Collection, ExportAnkiPackageOptions
from anki.consts import MODEL_CLOZE

from foreign_packages import PIXEL
from rung.cardfile import from_text
from rung.cards import kind
from rung.model import Kind, Memory
from rung.store import Store

NOON = 1_700_049_600_000  # 2023-11-15 12:00 UTC
DAY = 86_400_000


@pytest.fixture
def col(tmp_path):
    collection = (
        Collection(str(tmp_path / "anki" / "collection.anki2")) if (tmp_path / "anki").mkdir() is None else None
    )
    yield collection
    if collection.db:
        collection.close()


def add(col, type_, deck, *fields, guid, tags=()):
    note = col.new_note(col.models.by_name(type_))
    for place, field in enumerate(fields):
        note.fields[place] = field
    note.guid, note.tags = guid, list(tags)
    col.add_note(note, col.decks.id(deck))
    return note


def answered(col, note, ord_, *answers):
    """Answers as (milliseconds after NOON, button, Anki's kind of answer)."""
    card = next(card for card in note.cards() if card.ord == ord_)
    for after, button, how in answers:
        col.db.execute("INSERT INTO revlog VALUES (?,?,-1,?,1,0,2500,4000,?)", NOON + after, card.id, button, how)


def words(col):
    """A note type of three templates."""
    model = col.models.new("Words")
    for name in ("Word", "Reading", "Meaning"):
        col.models.add_field(model, col.models.new_field(name))
    for name, front, back in (
        ("Read", "{{kanji:Reading}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{kana:Reading}}"),
        ("Mean", "{{Word}}<br><small>{{Tags}}</small>", "{{Word}}<br>{{Meaning}} {{tts ja_JP:Word}}"),
        ("Say", "{{#Meaning}}{{Meaning}}?{{/Meaning}}", "{{FrontSide}}<hr id=answer>{{Word}}"),
    ):
        template = col.models.new_template(name)
        template["qfmt"], template["afmt"] = front, back
        col.models.add_template(model, template)
    col.models.add(model)


def filled(col):
    """A collection of all note types that Anki begins with, and one more; with media, and with answers."""
    col.media.write_data("the seine.png", PIXEL)
    col.media.write_data("p.mp3", b"mp3")
    words(col)
    geo, eu = "Geo", "Geo::Europe"
    basic = add(
        col,
        "Basic",
        geo,
        "2 &lt; 3?<div>Say <i>why</i>.</div>",
        "<b>Yes</b>[sound:p.mp3]",
        guid="basic",
        tags=["maths"],
    )
    both = add(col, "Basic (and reversed card)", eu, "France", 'Paris<br><img src="the seine.png">', guid="both")
    add(col, "Basic (optional reversed card)", eu, "Norway", "Oslo", "", guid="one-way")
    add(col, "Basic (optional reversed card)", eu, "Italy", "Rome", "y", guid="two-ways")
    add(col, "Basic (type in the answer)", eu, "Spain", "Madrid", guid="typed")
    cloze = add(col, "Cloze", geo, "{{c2::Rome::city}} in {{c1::Italy {{c3::(EU)}}}}", "On the Tiber.", guid="cloze")
    add(col, "Cloze", geo, "{{c1::{{c2::same}}}} words", guid="same")
    add(col, "Words", geo, "漢字", "漢字[かんじ]", "a sign", guid="words", tags=["jlpt::n5"])
    add(
        col, "Image Occlusion", geo, "{{c1::image-occlusion:rect:left=.1:top=.1:width=.2:height=.2}}",
        '<img src="the seine.png">', guid="occlusion",
    )  # fmt: skip
    answered(col, basic, 0, (0, 3, 0), (DAY, 4, 1), (7 * DAY, 3, 1), (7 * DAY + 1, 0, 4))
    answered(col, both, 1, (1000, 1, 0), (60_000, 3, 0), (DAY + 5, 2, 3))
    answered(col, cloze, 2, (2000, 3, 0))


def exported(col, path, how):
    if how == "colpkg":
        col.export_collection_package(str(path), include_media=True, legacy=False)
    else:
        options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=how == "legacy")
        col.export_anki_package(out_path=str(path), options=options, limit=None)
    return str(path)


GEO = """\
title: Geo
source:
  course: Geo
  lesson: from Anki
imported: DIGEST
notes:
- basic: n-fbb7b5bf4ca3
  topic: Geo
  tags:
  - maths
  cards:
  - id: card-1
    front: |-
      2 < 3?\\
      Say *why*.
    back: '**Yes**'
- fact: n-516dc8a43bc4
  topic: Geo
  text: '{{c2::Rome::city}} in {{c1::Italy}} {{c3::(EU)}}'
  extra: On the Tiber.
- fact: n-0967115f2813
  topic: Geo
  text: '{{c2::same}} words'
- basic: n-dba36bffa5ca
  topic: Geo
  tags:
  - jlpt::n5
  cards:
  - id: card-1
    front: 漢字
    back: かんじ
  - id: card-2
    front: |-
      漢字\\
      jlpt::n5
    back: a sign
  - id: card-3
    front: a sign?
    back: 漢字
"""


def told(folder, deck):
    """Every card of a deck as `part: question => answer`."""
    cards = from_text((folder / "cards" / f"{deck}.jsonl").read_text("utf-8")).cards
    return [f"{card.id.partition('/n-')[2][12:]}: {' => '.join(kind(card.kind).gist(card.content))}" for card in cards]


@pytest.mark.parametrize("how", ["newest", "legacy", "colpkg"])
def test_everything_comes_over(col, rung, workspace, tmp_path, how):
    filled(col)
    package = exported(col, tmp_path / ("geo.colpkg" if how == "colpkg" else "geo.apkg"), how)
    code, out, err = rung("import", package, "--as-deck", "geo")
    assert (code, out) == (
        0, "decks/geo.yaml\ndecks/geo/europe.yaml\n8 notes, 14 cards, 1 picture, 7 new answers.\n"
    )  # fmt: skip
    assert [re.sub(r"\d{13}", "N", line) for line in err.splitlines()] == [
        "Left out: 1 sound.",
        "Left out: card 1 of note N (GUID same): its hole has the words of another.",
        "Left out: note N (GUID occlusion): it covers parts of a picture.",
    ]
    text = (workspace / "decks" / "geo.yaml").read_text("utf-8")
    assert re.sub(r"(?<=imported: )\w+", "DIGEST", text) == GEO
    assert told(workspace, "geo/europe") == [
        "#card-1: France => Paris [picture: ]",
        "#card-2: Paris [picture: ] => France",
        "#card-1: Norway => Oslo",
        "#card-1: Italy => Rome",
        "#card-2: Rome => Italy",
        "#card-1: Spain => Madrid",
    ]
    (picture,) = (workspace / "decks" / "geo" / "europe-media").iterdir()
    assert picture.read_bytes() == PIXEL
    assert rung("build", "--check", "--strict") == (0, "", "")
    europe = (workspace / "decks" / "geo" / "europe.yaml").read_text("utf-8")
    france = "geo/europe/" + re.findall(r"- basic: (\S+)", europe)[0]
    with Store.open(tmp_path / "learner" / "rung.db") as store:
        yes = "geo/n-fbb7b5bf4ca3#card-1"
        assert [(event.at - NOON, event.kind, event.grade, str(event.day)) for event in store.events(yes)] == [
            (0, Kind.REVIEW, 4, "2023-11-15"), (DAY, Kind.REVIEW, 5, "2023-11-16"), (7 * DAY, Kind.REVIEW, 4, "2023-11-22"),
        ]  # fmt: skip
        assert store.standing(yes).memory == Memory(16, 3, 260, date(2023, 12, 8))
        assert [(event.kind, event.grade) for event in store.events(f"{france}#card-2")] == [
            (Kind.REVIEW, 1), (Kind.REVIEW, 4), (Kind.PRACTICE, 3),
        ]  # fmt: skip
        assert store.standing(f"{france}#card-2").memory == Memory(1, 0, 250, date(2023, 11, 16))
        assert store.standing("geo/n-516dc8a43bc4#text.c3").memory == Memory(1, 1, 250, date(2023, 11, 16))
        assert store.check() == []


def test_a_newer_export_of_the_same_deck(col, rung, workspace, tmp_path):
    filled(col)
    rung("import", exported(col, tmp_path / "one.apkg", "newest"), "--as-deck", "geo")
    (number,) = col.find_notes("Tiber")
    note = col.get_note(number)
    note["Text"] += " {{c4::today}}"
    col.update_note(note)
    answered(col, note, 3, (8 * DAY, 3, 0))
    col.set_deck(col.find_cards("Madrid"), col.decks.id("Geo::Iberia"))
    code, out, _ = rung("import", exported(col, tmp_path / "two.apkg", "newest"), "--as-deck", "geo", "--json")
    assert (code, json.loads(out)["answers"]) == (0, {"new": 1, "known": 7, "strange": 0})
    assert "in {{c1::Italy}} {{c3::(EU)}} {{c4::today}}" in (workspace / "decks" / "geo.yaml").read_text("utf-8")
    assert re.search(r"was: geo/europe/n-\w{12}\n", (workspace / "decks" / "geo" / "iberia.yaml").read_text("utf-8"))
    with Store.open(tmp_path / "learner" / "rung.db") as store:
        assert store.standing("geo/n-516dc8a43bc4#text.c3").memory == Memory(1, 1, 250, date(2023, 11, 16))
        assert store.standing("geo/n-516dc8a43bc4#text.c4").memory == Memory(1, 1, 250, date(2023, 11, 24))


def test_holes_that_are_not_in_the_text_any_more(col, rung, workspace, tmp_path):
    note = add(col, "Cloze", "Geo", "{{c1::a}} and {{c2::b}}", guid="x")
    note["Text"] = "{{c2::b}} alone"
    col.update_note(note)
    code, out, err = rung("import", exported(col, tmp_path / "one.apkg", "newest"), "--as-deck", "geo")
    assert (code, out.splitlines()[-1]) == (0, "1 note, 1 card, 0 pictures, 0 new answers.")
    assert err == f"Left out: card 1 of note {note.id} (GUID x): it has no hole.\n"


def test_a_deck_of_our_own_comes_in_like_any_other(col, rung, workspace, tmp_path):
    """Whatever our own note types show can be read: choices, orders, sheets and all."""
    assert col.models.by_name("Cloze")["type"] == MODEL_CLOZE
    rung("export", "-o", str(tmp_path / "own.apkg"))
    code, out, err = rung("import", str(tmp_path / "own.apkg"), "--as-deck", "own")
    assert (code, out.splitlines()[-1], err) == (0, "2 notes, 2 cards, 0 pictures, 0 new answers.", "")
