"""The package as a file: what stands in it, that it can be had again, and that nothing half-written stays."""

import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tracemalloc
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import genanki
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rung import cards as kinds
from rung.anki import identity, names, package, types
from rung.anki.history import History, Learned, Row, RowKind
from rung.anki.notes import notes as notes_of
from rung.anki.package import Written, write
from rung.cardfile import from_text
from rung.cards import cloze, recall
from rung.model import Card, Deck, Standing

DECK = Deck("course/traffic", "Traffic", "Production AI Systems", "4.1")
TYPES = dict.fromkeys(kinds.names(), 1_700_000_000)


def fact(name, text="A {{c1::hole}}.", holes=(1,), **rest):
    """The cards of a fact: a hole a card."""
    common = {"kind": "cloze", "note_type": "fact", "deck": DECK.id, "family": name, "title": "", "changed": 100}
    return [
        Card(id=f"{DECK.id}/{name}#text.c{hole}", **common | {"content": cloze.Content(text, hole)} | rest)
        for hole in holes
    ]


def rows(path, query):
    with zipfile.ZipFile(path) as archive, closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(archive.read("collection.anki2"))
        return db.execute(query).fetchall()


def notes(path):
    return {
        fields.split("\x1f")[4]: tuple(rest) for fields, *rest in rows(path, "SELECT flds, id, guid, mod FROM notes")
    }


@pytest.fixture
def apkg(tmp_path):
    return tmp_path / "rung.apkg"


def test_a_new_card_is_new_in_every_column(apkg):
    write(apkg, [(DECK, fact("a", "{{c1::one}} and {{c2::two}}.", (1, 2)) + fact("b"))], TYPES)
    columns = "ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data"
    assert rows(apkg, f"SELECT {columns} FROM cards ORDER BY due, ord") == [
        (0, 100, -1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, ""),
        (1, 100, -1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, ""),
        (0, 100, -1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, ""),
    ]


# ── the same cards, the same bytes ───────────────────────────────────────────────────────────────


def test_the_same_cards_give_the_same_bytes_in_any_process(apkg):
    script = (
        "import sys, pathlib; sys.path.insert(0, 'tests'); import test_anki_package as t;"
        "t.write(pathlib.Path(sys.argv[1]), [(t.DECK, t.fact('a') + t.fact('b', tags=('x', 'y', 'z')))], t.TYPES)"
    )
    seen = set()
    for seed in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", script, apkg], check=True, env=env, cwd=Path(__file__).parents[1])
        seen.add(apkg.read_bytes())
    assert len(seen) == 1


def test_the_archive_is_packed_carries_no_clock_and_has_room_for_media(apkg):
    write(apkg, [(DECK, fact("a"))], TYPES)
    with zipfile.ZipFile(apkg) as archive:
        assert [(entry.filename, entry.date_time, entry.compress_type) for entry in archive.infolist()] == [
            ("collection.anki2", (1980, 1, 1, 0, 0, 0), zipfile.ZIP_DEFLATED),
            ("media", (1980, 1, 1, 0, 0, 0), zipfile.ZIP_DEFLATED),
        ]
        assert json.loads(archive.read("media")) == {}
        assert {(entry.create_system, entry.external_attr >> 16) for entry in archive.infolist()} == {(3, 0o644)}


def test_the_pictures_that_are_shown_come_along_and_no_others(apkg, tmp_path):
    media = {name: tmp_path / f"of {name}" for name in ("c.png", "b.png", "a.png")}
    for name, path in media.items():
        path.write_bytes(f"the picture {name}".encode())
    cards = fact("x", "{{c1::a}} ![](b.png) ![](a.png)") + fact("y", "{{c1::a}} ![](nowhere.png) ![](b.png)")
    write(apkg, [(DECK, cards)], TYPES, media)
    with zipfile.ZipFile(apkg) as archive:
        assert archive.namelist() == ["collection.anki2", "media", "0", "1"]
        assert json.loads(archive.read("media")) == {"0": "a.png", "1": "b.png"}
        assert (archive.read("0"), archive.read("1")) == (b"the picture a.png", b"the picture b.png")


def test_ids_of_a_note_do_not_depend_on_the_others(tmp_path):
    write(tmp_path / "one", [(DECK, fact("m"))], TYPES)
    write(tmp_path / "many", [(DECK, fact("a") + fact("m") + fact("z"))], TYPES)
    (part,) = notes(tmp_path / "one")
    assert notes(tmp_path / "many")[part] == notes(tmp_path / "one")[part]
    assert set(rows(tmp_path / "one", "SELECT id, nid FROM cards")) < set(
        rows(tmp_path / "many", "SELECT id, nid FROM cards")
    )


def test_a_guid_comes_from_the_first_id_of_the_part(apkg):
    write(apkg, [(DECK, fact("new", first="course/old/name#text"))], TYPES)
    assert rows(apkg, "SELECT guid FROM notes") == [(genanki.guid_for("course/old/name#text"),)]


@given(st.text())
@example("")
@example("short 29")  # its hash is so small that it has nine digits, not ten
def test_a_guid_is_what_genanki_makes_of_the_id(first):
    assert identity.guid_of(first) == genanki.guid_for(first)


@given(st.lists(st.text(max_size=5), unique=True), st.randoms())
def test_every_name_has_its_own_number_in_whatever_order_they_come(words, random):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "SPAN", 2 * len(words) + 1)  # so small that they meet
        numbers = names.numbers(words)
        random.shuffle(words)
        assert names.numbers(words) == numbers
    assert len(set(numbers.values())) == len(words)


def test_a_name_whose_number_is_taken_has_that_of_itself_and_1(monkeypatch):
    monkeypatch.setattr(names, "SPAN", 10)
    found = names.numbers(["c", "b", "a"])
    assert [(name, number - names.EARLIEST) for name, number in found.items()] == [("c", 9), ("b", 6), ("a", 0)]
    assert names.numbers(["c"]) == {"c": names.EARLIEST}
    assert names.numbers(["c 1"]) == {"c 1": names.EARLIEST + 9}


def test_cards_count_on_from_the_id_of_their_note(apkg):
    write(apkg, [(DECK, fact("a", "{{c3::c}} {{c1::a}}", (3, 1)) + fact("b"))], TYPES)
    ids = names.numbers(genanki.guid_for(f"{DECK.id}/{name}#text") for name in "ab")
    a, b = ids.values()
    assert set(rows(apkg, "SELECT nid, ord, id FROM cards")) == {(a, 0, a + 1), (a, 2, a + 3), (b, 0, b + 1)}


def test_notes_and_cards_whose_numbers_meet_have_ids_of_their_own(apkg, monkeypatch):
    monkeypatch.setattr(names, "SPAN", 30)
    both = "{{c1::one}} and {{c3::three}}."
    write(apkg, [(DECK, [card for place in range(20) for card in fact(f"n{place}", both, (1, 3))])], TYPES)
    ids = names.numbers(genanki.guid_for(f"{DECK.id}/n{place}#text") for place in range(20))
    assert dict(rows(apkg, "SELECT guid, id FROM notes")) == ids
    last, wanted = 0, {}
    for id_ in sorted(ids.values()):
        before = max(id_, last)
        last = before + 3
        wanted |= {(id_, 0): before + 1, (id_, 2): last}
    assert {(nid, ord_): id_ for nid, ord_, id_ in rows(apkg, "SELECT nid, ord, id FROM cards")} == wanted
    assert len(set(wanted.values())) == 40
    assert sum(first == nid + 1 for (nid, hole), first in wanted.items() if hole == 0) < 20


def test_answers_of_all_notes_come_along_and_a_card_without_memory_keeps_its_place(apkg, monkeypatch):
    monkeypatch.setattr(package, "AT_ONCE", 1)
    told = {
        f"{DECK.id}/{name}#text.c1": History(Standing(), (Row(at, 3, 0, 0, 0, 4000, RowKind.FILTERED),))
        for name, at in (("a", 2000), ("b", 1000))
    }
    write(apkg, [(DECK, fact("a") + fact("b"))], TYPES, learned=Learned(told, 0))
    answered = "SELECT revlog.id, due, queue, reps FROM revlog JOIN cards ON cid = cards.id ORDER BY revlog.id"
    assert rows(apkg, answered) == [(1000, 2, 0, 1), (2000, 1, 0, 1)]


# ── what a note carries ──────────────────────────────────────────────────────────────────────────


def test_a_note_a_part_a_card_a_hole_in_the_order_of_the_file(apkg):
    cards = fact("z", "{{c3::c}} {{c1::a}} {{c20::t}}", (3, 1, 20), changed=7) + fact("a")
    cards[1] = replace(cards[1], changed=9)
    assert write(apkg, [(DECK, cards)], TYPES) == Written(decks=1, notes=2, cards=4)
    placed = "SELECT due, ord, cards.mod, notes.mod FROM cards JOIN notes ON nid = notes.id ORDER BY due, ord"
    assert rows(apkg, placed) == [(1, 0, 9, 9), (1, 2, 9, 9), (1, 19, 9, 9), (2, 0, 100, 100)]


def test_a_hole_inside_a_hole_is_a_card_too(apkg):
    write(apkg, [(DECK, fact("a", "{{c1::outer {{c2::inner}} x}} {{c3,4::both}}", (1, 2, 3, 4)))], TYPES)
    assert rows(apkg, "SELECT ord FROM cards ORDER BY ord") == [(0,), (1,), (2,), (3,)]


def test_a_part_lives_on_in_its_living_cards(apkg):
    old = fact("a", "{{c1::one}} {{c2::two}}", (2,), retired=True)
    write(apkg, [(DECK, old + fact("a", "{{c1::one}} and no more"))], TYPES)
    assert rows(apkg, "SELECT ord, flds LIKE '%no more%' FROM cards JOIN notes ON nid = notes.id") == [(0, 1)]
    assert write(apkg, [(DECK, old + fact("a", "{{c1::one}} and no more"))], TYPES, retired=True).notes == 0


def test_retired_notes_are_a_package_of_their_own(apkg):
    gone = [*fact("b", "{{c1::old}} {{c2::old}}", (2,), changed=5, retired=True), *fact("b", changed=9, retired=True)]
    assert write(apkg, [(DECK, fact("a") + gone)], TYPES) == Written(1, 1, 1)
    assert write(apkg, [(DECK, fact("a") + gone)], TYPES, retired=True) == Written(1, 1, 1)
    assert rows(apkg, "SELECT tags, mod FROM notes") == [(" rung::retired rung::type::fact ", 9)]
    assert rows(apkg, "SELECT ord FROM cards") == [(0,)]


@pytest.mark.parametrize(("before", "last", "name"), [("recall", "cloze", "Cloze"), ("cloze", "recall", "Recall")])
def test_a_retired_part_is_of_the_kind_that_it_had_last(apkg, before, last, name):
    content = recall.Content("Why?", "So.")
    when = {before: 5, last: 9}
    cards = [
        *fact("b", changed=when["cloze"], retired=True),
        replace(
            fact("b")[0],
            id="course/traffic/b#text",
            kind="recall",
            content=content,
            changed=when["recall"],
            retired=True,
        ),
    ]
    assert write(apkg, [(DECK, cards)], TYPES, retired=True) == Written(1, 1, 1)
    models = json.loads(rows(apkg, "SELECT models FROM col")[0][0])
    assert [each["name"] for each in models.values()] == [f"Rung {name}"]


@pytest.mark.parametrize(
    ("course", "title", "name"),
    [
        ("Production AI Systems", "Traffic", "Rung::Production AI Systems::Traffic"),
        ("A::B", "1:: the :::: start", "Rung::A B::1 the start"),
        ("A:", ":b 1:2", "Rung::A::b 1:2"),
        ("Xenon X", ":X", "Rung::Xenon X::X"),
        (" ", "::", "Rung::Untitled::Untitled"),
        ("A\nB", "\x1b[31mred\t 👩‍👧", "Rung::A B::[31mred 👩‍👧"),
    ],
)
def test_a_deck_has_three_levels(course, title, name):
    assert names.deck_name(Deck("d", title, course)) == name


def test_decks_that_anki_takes_for_one_are_one(apkg):
    shouted = Deck("course/loud", "TRAFFIC", "PRODUCTION AI SYSTEMS")
    assert write(apkg, [(DECK, fact("a")), (shouted, fact("b"))], TYPES) == Written(1, 2, 2)
    ((decks,),) = rows(apkg, "SELECT decks FROM col")
    assert [deck["name"] for deck in json.loads(decks).values()] == ["Default", "Rung::Production AI Systems::Traffic"]


@pytest.mark.parametrize(
    ("card", "tags"),
    [
        ({}, ["rung::type::fact"]),
        ({"level": "L6"}, ["rung::level::L6", "rung::type::fact"]),
        ({"tags": ("topic::two words", "original")}, ["rung::original", "rung::topic::two_words", "rung::type::fact"]),
        ({"tags": ('a\u3000"b"\t\x1bc', "::x::::y::")}, ["rung::a_b_c", "rung::type::fact", "rung::x::y"]),
    ],
)
def test_tags_stand_below_rung_and_hold_no_space(apkg, card, tags):
    write(apkg, [(DECK, fact("a", **card))], TYPES)
    assert rows(apkg, "SELECT tags FROM notes") == [(f" {' '.join(tags)} ",)]


def test_the_writer_fills_title_source_and_id_and_leaves_the_rest_empty(apkg):
    deck = replace(DECK, course="Q & A <1>")
    write(apkg, [(deck, fact("a", title="A *fine* <title>"))], TYPES)
    ((fields,),) = rows(apkg, "SELECT flds FROM notes")
    assert fields.split("\x1f") == [
        "<p>A {{c1::hole}}.</p>",
        "A <em>fine</em> &lt;title&gt;",
        "",
        "Q &amp; A &lt;1&gt;, lesson 4.1",
        "course/traffic/a#text",
        "",
        "",
        "",
    ]


def test_a_note_type_is_as_old_as_its_last_change(apkg):
    write(apkg, [(DECK, fact("a"))], TYPES | {"cloze": 123})
    ((models,),) = rows(apkg, "SELECT models FROM col")
    (model,) = json.loads(models).values()
    assert (model["mod"], model["id"], [field["id"] for field in model["flds"]]) == (
        123,
        str(cloze.ANKI.id),
        [number for _, number in cloze.ANKI.fields],
    )


# ── what is refused, and what goes wrong ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cards", "words"),
    [
        (fact("a", "no hole"), "course/traffic/a#text: its text makes the cards [], not [1]"),
        (fact("a", "no hole", retired=True), "course/traffic/a#text: its text makes the cards [], not [1]"),
        (fact("a", "{{c1::a}} {{c2::b}}"), "course/traffic/a#text: its text makes the cards [1, 2], not [1]"),
        (
            fact("a", kind="recall", content=recall.Content("", "So.")),
            "course/traffic/a#text: its text makes the cards [], not [1]",
        ),
        (fact("a", holes=(1, 2)), "course/traffic/a#text: its text makes the cards [1], not [1, 2]"),
        (
            fact("a") + fact("b", first="course/traffic/a#text"),
            "course/traffic/a#text and course/traffic/b#text were born with the same id",
        ),
    ],
)
def test_cards_that_make_no_sound_note_are_refused(apkg, cards, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        write(apkg, [(DECK, cards)], TYPES, retired=cards[0].retired)
    assert not apkg.exists()


@pytest.mark.parametrize(
    ("size", "why"), [(100, "disk I/O error"), (50_000, "disk I/O error"), (150_000, "File too large")]
)
def test_a_package_that_cannot_be_written_leaves_the_old_one_and_nothing_else(tmp_path, size, why):
    pytest.importorskip("resource")
    from test_disk_full import no_file_over

    picture = tmp_path / "large.png"
    picture.write_bytes(random.Random(1).randbytes(200_000))
    apkg, shows = tmp_path / "exports" / "rung.apkg", fact("b", "{{c1::a}} ![b](large.png)")
    apkg.parent.mkdir()
    write(apkg, [(DECK, fact("a"))], TYPES)
    before = apkg.read_bytes()
    with no_file_over(size), pytest.raises(OSError, match=why) as failed:
        write(apkg, [(DECK, shows)], TYPES, {"large.png": picture})
    assert failed.value.filename == str(apkg)
    assert apkg.read_bytes() == before
    assert list(apkg.parent.iterdir()) == [apkg]


def test_a_picture_that_cannot_be_read_is_told_of_by_its_own_name(apkg, tmp_path):
    gone = tmp_path / "gone.png"
    with pytest.raises(FileNotFoundError) as failed:
        write(apkg, [(DECK, fact("a", "{{c1::a}} ![b](gone.png)"))], TYPES, {"gone.png": gone})
    assert failed.value.filename == str(gone)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("place", "error"), [("no/folder", FileNotFoundError), ("", IsADirectoryError)])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses a folder in other words")
def test_where_it_cannot_be_written_the_error_has_the_path(tmp_path, place, error):
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(error) as failed:
        write(folder / place, [(DECK, fact("a"))], TYPES)
    assert failed.value.filename == str(folder / place)
    assert list(folder.iterdir()) == []
    assert list(tmp_path.iterdir()) == [folder]


def test_a_package_is_on_the_disk_before_it_takes_its_name(apkg, monkeypatch):
    kept = []

    def kept_(handle):
        kept.append((os.fstat(handle).st_size, apkg.exists()))

    monkeypatch.setattr(os, "fsync", kept_)
    write(apkg, [(DECK, fact("a"))], TYPES)
    assert kept == [(apkg.stat().st_size, False)]


def test_a_large_package_is_never_in_memory(apkg):
    cards = [card for place in range(1000) for card in fact(f"n{place}", "{{c1::A}}" + f" word {place}" * 700)]
    tracemalloc.start()
    try:
        write(apkg, [(DECK, cards)], TYPES)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    with zipfile.ZipFile(apkg) as archive:
        assert archive.getinfo("collection.anki2").file_size > 6 * peak


def test_nothing_is_left_in_the_temporary_folder(apkg, tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    write(apkg, [(DECK, fact("a"))], TYPES)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rung.apkg", "temporary"]
    assert list(temporary.iterdir()) == []


def test_a_folder_is_no_package(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OSError, match=re.escape("'.'")):
        write(Path(), [], TYPES)
    assert list(tmp_path.iterdir()) == []


def test_a_retired_card_of_a_kind_that_is_no_more_is_no_hindrance(apkg):
    assert write(apkg, [(DECK, [*fact("a"), *fact("b", kind="gone", retired=True)])], TYPES) == Written(1, 1, 1)


def test_a_kind_without_a_date_is_refused(apkg):
    with pytest.raises(KeyError, match="cloze"):
        write(apkg, [(DECK, fact("a"))], {})


def test_a_package_without_notes_is_a_package(apkg):
    assert write(apkg, [], {}) == Written(0, 0, 0)
    assert rows(apkg, "SELECT count(*) FROM cards") == [(0,)]


def test_a_thousand_notes_have_ids_of_their_own(apkg):
    cards = [card for place in range(1000) for card in fact(f"n{place}")]
    assert write(apkg, [(DECK, cards)], TYPES) == Written(1, 1000, 1000)
    assert len(set(rows(apkg, "SELECT id FROM cards UNION SELECT id FROM notes"))) == 2000


def test_the_pages_of_a_collection_are_full(apkg):
    write(apkg, [(DECK, [card for place in range(1000) for card in fact(f"n{place}")])], TYPES)
    with zipfile.ZipFile(apkg) as archive, closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(archive.read("collection.anki2"))
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute("VACUUM")
        (least,) = db.execute("PRAGMA page_count").fetchone()
    assert pages == least


def test_what_anki_would_play_or_run_is_shown_instead(apkg):
    write(apkg, [(DECK, fact("a", "{{c1::x}} [sound:a.mp3] [latex]y[/latex] [$]z[/$] [red]"))], TYPES)
    ((text,),) = rows(apkg, "SELECT sfld FROM notes")
    assert text == "<p>{{c1::x}} &#91;sound:a.mp3] &#91;latex]y&#91;/latex] &#91;$]z&#91;/$] [red]</p>"


def test_an_id_with_what_stands_between_fields_makes_no_field_more():
    (note,) = notes_of([(DECK, fact("a\x1fb"))])
    assert note.named["Id"] == f"{DECK.id}/a\u241fb#text"


# ── beside genanki ───────────────────────────────────────────────────────────────────────────────

REPOSITORY = Path(__file__).parents[1]


def test_a_package_holds_what_genanki_would_write_of_the_same_notes(apkg, tmp_path):
    """All cards of the repository. genanki numbers notes and cards as they come, so those are told by GUID and hole; and
    it finds no hole within a hole, of which these have none; and it has indexes that only a collection needs."""
    files = [from_text(path.read_text("utf-8")) for path in sorted((REPOSITORY / "cards").rglob("*.jsonl"))]
    decks = [(file.deck, file.cards) for file in files]
    assert write(apkg, decks, TYPES) == Written(*with_genanki(tmp_path / "genanki.apkg", notes_of(decks)))
    for query in (
        "SELECT guid, mid, usn, tags, flds, sfld, csum, flags, data FROM notes ORDER BY guid",
        "SELECT guid, ord, did, cards.usn, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, cards.flags, "
        "cards.data FROM cards JOIN notes ON nid = notes.id ORDER BY guid, ord",
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type <> 'index' OR name GLOB '*_[nc]id' ORDER BY name",
        "SELECT id, crt, mod, scm, ver, dty, usn, ls, conf, dconf, tags FROM col",
        "SELECT count(*) FROM revlog",
        "PRAGMA integrity_check",
    ):
        assert rows(apkg, query) == rows(tmp_path / "genanki.apkg", query)
    assert [name for (name,) in rows(apkg, "SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name")] == [
        "ix_cards_nid",
        "ix_revlog_cid",
    ]
    ((ours, our_decks),), ((theirs, their_decks),) = (
        rows(path, "SELECT models, decks FROM col") for path in (apkg, tmp_path / "genanki.apkg")
    )
    assert json.loads(our_decks) == json.loads(their_decks)
    assert models(ours) == models(theirs)


def models(told):
    """Note types as genanki writes them, but for their time, the deck they were last used in, and cards of clozes."""
    found = json.loads(told)
    for model in found.values():
        del model["mod"], model["did"]
        if model["type"] == genanki.Model.CLOZE:
            del model["req"]
    return found


def with_genanki(path, notes):
    """Write notes as genanki would by itself; gives how many decks, notes and cards that are."""
    titles = {note.part.home.name.casefold(): note.part.home.name for note in reversed(notes)}
    decks = {folded: genanki.Deck(number, titles[folded]) for folded, number in names.numbers(titles).items()}
    models = {kind: model_of(kind) for kind in {note.part.kind for note in notes}}
    cards = 0
    for place, note in enumerate(notes, 1):
        model, part = models[note.part.kind], note.part
        own = genanki.Note(model, note.fields, tags=part.tags, guid=part.guid, due=place)
        decks[part.home.name.casefold()].add_note(own)
        cards += len(own.cards)
    genanki.Package(list(decks.values())).write_to_file(path, timestamp=0)
    return len(decks), len(notes), cards


def model_of(kind):
    anki, looks = kinds.kind(kind).ANKI, types.template(kind)
    fields = [{"name": name, "id": number} for name, number in anki.fields]
    templates = [{"name": anki.name, "id": anki.template_id, "qfmt": looks.front, "afmt": looks.back}]
    return genanki.Model(anki.id, anki.name, fields, templates, looks.css, int(anki.cloze))
