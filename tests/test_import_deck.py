"""`rung import FILE --as-deck NAME`: a foreign deck becomes one of ours, once and again."""

from __future__ import annotations

import json
import re
from datetime import date

import genanki
import pytest

from foreign_packages import BASIC, CLOZE, DAY, PIXEL, REVERSED, TYPED, collection, note, package
from rung.anki.foreign import note_id
from rung.model import Memory
from rung.store import Store

PARIS = note(
    "paris", REVERSED, "The capital of <b>France</b>", 'Paris<br><img src="the seine.png">[sound:p.mp3]', tags=["eu"]
)
ROME = note("rome", CLOZE, "{{c2::Rome::city}} is the capital of {{c1::Italy}}", "On the <i>Tiber</i>.")
OSLO = note("oslo", TYPED, "The capital of Norway", "Oslo")
EUROPE = {"Geo::Europe": [PARIS, ROME], "Geo::North": [OSLO]}
ANSWERS = [
    ("paris", 1, 1000, 3),
    ("paris", 1, DAY + 1000, 4),
    ("rome", 1, 2000, 1),
    ("oslo", 0, 3000, 2),
    ("oslo", 0, 4000, 0),
]

EUROPE_YAML = """\
title: Europe
source:
  course: Geo
  lesson: Europe
imported: DIGEST
notes:
- basic: n-1670f2e42fef
  topic: Europe
  tags:
  - eu
  cards:
  - id: card-1
    front: The capital of **France**
    back: |-
      Paris\\
      ![](europe-media/the-seine-PIXEL.png)
  - id: card-2
    front: |-
      Paris\\
      ![](europe-media/the-seine-PIXEL.png)
    back: The capital of **France**
- fact: n-a8a4c692b93b
  topic: Europe
  text: '{{c2::Rome::city}} is the capital of {{c1::Italy}}'
  extra: On the *Tiber*.
"""


@pytest.fixture
def bring(rung, workspace, tmp_path):
    """Import a package of decks, as `geo` if no other name is given."""

    def bring(decks, answers=(), *options, name="geo", media=None):
        file = package(tmp_path / "geo.apkg", collection(decks, answers), media)
        return rung("import", str(file), "--as-deck", name, *options)

    return bring


@pytest.fixture
def learnt(tmp_path):
    """What the log says of a card."""

    def learnt(card):
        with Store.open(tmp_path / "learner" / "rung.db") as store:
            return store.standing(card)

    return learnt


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_package_becomes_decks_with_cards_pictures_and_memory(bring, workspace, rung, learnt):
    code, out, err = bring(EUROPE, ANSWERS, media={"the seine.png": PIXEL, "p.mp3": b"mp3"})
    assert (code, out) == (
        0, "decks/geo/europe.yaml\ndecks/geo/north.yaml\n3 notes, 5 cards, 1 picture, 4 new answers.\n"
    )  # fmt: skip
    assert err == "Left out: 2 sounds.\n"
    text = (workspace / "decks" / "geo" / "europe.yaml").read_text()
    (picture,) = (workspace / "decks" / "geo" / "europe-media").iterdir()
    assert picture.read_bytes() == PIXEL
    assert re.sub(r"(?<=imported: )\w+", "DIGEST", text) == EUROPE_YAML.replace("the-seine-PIXEL.png", picture.name)
    assert rung("build", "--check", "--strict") == (0, "", "")
    assert rung("due", day="2023-11-16")[1].startswith("2 due, ")
    paris, rome = f"geo/europe/{note_id('paris')}", f"geo/europe/{note_id('rome')}"
    assert learnt(f"{paris}#card-2").memory == Memory(6, 2, 260, date(2023, 11, 22))
    assert learnt(f"{paris}#card-1").memory is None
    assert learnt(f"{rome}#text.c2").memory == Memory(1, 0, 250, date(2023, 11, 16))
    assert rung("doctor")[:2] == (0, "Everything is in order.\n")


def test_a_card_that_came_is_asked(bring, rung):
    bring({"Geo": [OSLO]})
    code, out, _ = rung("review", "geo", typed="\n3\n")
    assert code == 0
    assert "Geo\n  The capital of Norway\n" in out
    assert "\n  Oslo\n" in out
    assert "Geo, from Anki\n" in out


def test_once_more_adds_nothing(bring, workspace):
    media = {"the seine.png": PIXEL}
    bring(EUROPE, ANSWERS, media=media)
    before = files(workspace)
    code, out, _ = bring(EUROPE, ANSWERS, media=media)
    assert (code, out.splitlines()[-1]) == (0, "3 notes, 5 cards, 1 picture, 0 new answers (4 known).")
    assert files(workspace) == before


def test_a_newer_version_updates_the_deck_and_keeps_what_was_learnt(bring, workspace, learnt):
    bring({"Geo": [PARIS, OSLO]}, ANSWERS, media={"the seine.png": PIXEL})
    changed = note("oslo", TYPED, "The capital of Norway since 1814", "Oslo")
    code, out, _ = bring({"Geo": [changed, ROME]}, [*ANSWERS, ("oslo", 0, 2 * DAY, 3)])
    assert (code, out.splitlines()[-1]) == (0, "2 notes, 3 cards, 0 pictures, 2 new answers (1 known).")
    text = (workspace / "decks" / "geo.yaml").read_text()
    assert "since 1814" in text
    assert "France" not in text
    assert list((workspace / "decks" / "geo-media").iterdir()) == []
    oslo = learnt(f"geo/{note_id('oslo')}#card-1")
    assert (oslo.rows, oslo.memory.due) == (2, date(2023, 11, 23))


def test_a_note_that_moves_to_another_deck_keeps_what_was_learnt(bring, workspace, rung, learnt):
    bring({"Geo": [PARIS, OSLO]}, ANSWERS, media={"the seine.png": PIXEL})
    paris = note_id("paris")
    bring({"Geo::A": [PARIS], "Geo::B": [OSLO]}, ANSWERS, media={"the seine.png": PIXEL})
    assert sorted(files(workspace / "decks")) == [
        "geo/a-media/" + next((workspace / "decks/geo/a-media").iterdir()).name, "geo/a.yaml", "geo/b.yaml", "small.yaml",
    ]  # fmt: skip
    assert f"- basic: {paris}\n  was: geo/{paris}\n" in (workspace / "decks" / "geo" / "a.yaml").read_text()
    assert learnt(f"geo/a/{paris}#card-2").memory == Memory(6, 2, 260, date(2023, 11, 22))
    assert rung("doctor")[:2] == (0, "Everything is in order.\n")
    # and what it was stays written for those whose cards/ never saw the move
    bring({"Geo::A": [PARIS], "Geo::B": [OSLO]}, media={"the seine.png": PIXEL})
    assert f"- basic: {paris}\n  was: geo/{paris}\n" in (workspace / "decks" / "geo" / "a.yaml").read_text()


def test_a_part_of_it_leaves_the_rest_alone(bring, workspace):
    bring(EUROPE, media={"the seine.png": PIXEL})
    north = (workspace / "decks" / "geo" / "north.yaml").read_bytes()
    code, out, _ = bring({"Geo::Europe": [ROME], "Geo::East": [note("x", BASIC, "Asked", "Said")]})
    assert (code, out.splitlines()[:-1]) == (0, ["decks/geo/east.yaml", "decks/geo/europe.yaml"])
    assert (workspace / "decks" / "geo" / "north.yaml").read_bytes() == north


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("small", None, "decks/small.yaml is a deck that no import made; take another name, or move that file"),
        ("geo", b" \n", "decks/geo.yaml was edited since it was imported; take another name, or move that file"),
        ("geo", b"", "decks/geo.yaml was imported from another deck of Anki; take another name"),
    ],
)
def test_a_deck_that_is_there_is_never_written_over(bring, rung, workspace, name, text, why):
    if text is not None:
        bring({"Geo": [OSLO if text else ROME]})
        deck = workspace / "decks" / "geo.yaml"
        deck.write_bytes(deck.read_bytes().replace(b"Norway", b"Norway!") + text if text else deck.read_bytes())
    before = files(workspace)
    assert bring({"Geo": [OSLO]}, name=name) == (2, "", f"rung: {why}\n")
    assert files(workspace) == before


def test_line_ends_of_another_system_are_no_edit(bring, workspace):
    bring({"Geo": [OSLO]})
    deck = workspace / "decks" / "geo.yaml"
    deck.write_bytes(deck.read_bytes().replace(b"\n", b"\r\n"))
    assert bring({"Geo": [OSLO]})[0] == 0


def test_a_dry_run_changes_nothing(bring, workspace, learnt, rung):
    before = files(workspace)
    code, out, _ = bring(EUROPE, ANSWERS, "--dry-run", "--json")
    told = json.loads(out)
    assert (code, files(workspace)) == (0, before)
    assert told == {
        "format": 1, "decks": ["decks/geo/europe.yaml", "decks/geo/north.yaml"], "notes": 3, "cards": 5, "pictures": 0,
        "answers": {"new": 4, "known": 0, "strange": 0}, "no_pictures": 2, "sounds": 2, "left_out": [], "dry_run": True,
    }  # fmt: skip
    assert json.loads(rung("log", "--json")[1])["events"] == []


def test_what_is_left_out_is_told(bring):
    odd = [
        note("long", BASIC, "Why?", "x" * 10_001),
        note("no-back", REVERSED, "Only a front", ""),
        note("occlusion", CLOZE, "{{c1::image-occlusion:rect:left=.1}}"),
        note("no-card", CLOZE, "{{c1,2::x}} is all of it"),  # for which genanki makes none
        *(note(f"e{n}", BASIC, f"[sound:{n}.mp3]", "x") for n in range(18)),
    ]
    code, out, err = bring({"Geo": [*odd, OSLO]})
    assert (code, out) == (0, "decks/geo.yaml\n1 note, 1 card, 0 pictures, 0 new answers.\n")
    first = 1_700_000_000_000
    assert err.splitlines()[0] == "Left out: 18 sounds."
    assert err.splitlines()[1] == f"Left out: card 1 of note {first} (GUID long): this text is 10,001 characters long."
    assert "(GUID no-back): its back is empty." in err
    assert "(GUID occlusion): it covers parts of a picture." in err
    assert "(GUID no-card): it has no cards." in err
    assert "(GUID e0): its front is empty." in err
    assert len(err.splitlines()) == 1 + 20 + 1
    assert err.splitlines()[-1] == "Left out: 2 more."


def test_answers_of_cards_that_are_left_out_are_not_taken_in(bring):
    code, out, _ = bring(
        {"Geo": [OSLO, note("no", BASIC, "Front", "")]}, [("no", 0, 0, 3), ("oslo", 0, 9, 3)], "--json"
    )
    assert (code, json.loads(out)["answers"]) == (0, {"new": 1, "known": 0, "strange": 1})


def test_nothing_that_could_be_taken_in(bring, workspace):
    before = files(workspace)
    code, out, err = bring({"Geo": [note("no", BASIC, "Front", "")]})
    assert (code, out) == (3, "")
    why = "card 1 of note 1700000000000 (GUID no): its back is empty"
    assert err.endswith(f"geo.apkg: it holds no notes that could be taken in, such as {why}\n")
    assert files(workspace) == before


def test_names_that_are_no_ids(bring):
    told = 'rung: "My Deck" is no deck id; use small letters, digits and hyphens, such as "my-deck"\n'
    assert bring({"Geo": [OSLO]}, name="My Deck") == (2, "", told)
    assert bring({"Geo": [OSLO]}, name="../x")[0] == 2
    assert bring({"Geo": [OSLO]}, name="a/b")[:2] == (0, "decks/a/b.yaml\n1 note, 1 card, 0 pictures, 0 new answers.\n")


def test_it_needs_a_workspace(rung, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = package(tmp_path / "geo.apkg", collection({"Geo": [OSLO]}))
    told = "rung: there is no workspace here or above; make one with: rung init\n"
    assert rung("import", str(file), "--as-deck", "geo") == (3, "", told)


def test_errors_in_other_decks_stop_it(bring, workspace):
    (workspace / "decks" / "small.yaml").write_text("title: x\n")
    code, out, err = bring({"Geo": [OSLO]})
    assert code == 1
    assert 'decks/small.yaml:1:1: error: the deck lacks the key "source"\n' in out
    assert err.endswith("nothing was taken in.\n")
    assert not (workspace / "decks" / "geo.yaml").exists()


def test_a_log_that_cannot_be_written_leaves_the_decks_alone(bring, workspace, monkeypatch):
    before = files(workspace)

    def full(self, events):
        from rung.store import StoreError

        raise StoreError("rung.db", "cannot grow, the disk is full", "make room, then try again")

    monkeypatch.setattr(Store, "load", full)
    told = "rung: rung.db: cannot grow, the disk is full; make room, then try again\n"
    assert bring(EUROPE, ANSWERS, media={"the seine.png": PIXEL}) == (3, "", told)
    assert {path: data for path, data in files(workspace).items() if path in before} == before
    assert not [path for path in files(workspace) if path not in before]


def test_decks_that_cannot_be_written_leave_the_log_alone(bring, workspace, rung):
    (workspace / "decks" / "geo").write_text("a file where a folder must be")
    code, _, err = bring(EUROPE, ANSWERS, media={"the seine.png": PIXEL})
    assert code == 3
    assert "nothing was written there" in err
    assert json.loads(rung("log", "--json")[1])["events"] == []


def test_a_backup_is_made_before(bring, tmp_path):
    bring({"Geo": [OSLO]}, ANSWERS)
    (backup,) = (tmp_path / "learner").glob("rung.db.*.before-import.backup")
    with Store.open(backup) as store:
        assert list(store.log()) == []


def test_a_note_that_the_compiler_refuses_is_left_out(bring, monkeypatch):
    from rung.anki import foreign

    monkeypatch.setattr(foreign, "note_id", lambda guid: "n-000000000000" if guid == "oslo" else "n-111111111111")
    whole = foreign.markdown.side

    def wrong(html):
        made = whole(html)
        return foreign.markdown.Text("{{c1::a hole}}", 0) if made.markdown == "Oslo" else made

    monkeypatch.setattr(foreign.markdown, "side", wrong)
    code, out, err = bring({"Geo": [OSLO, note("x", BASIC, "Asked", "Said")]})
    assert (code, out) == (0, "decks/geo.yaml\n1 note, 1 card, 0 pictures, 0 new answers.\n")
    assert err == "Left out: note 1700000000000 (GUID oslo): no hole may stand here.\n"


def test_three_templates_of_a_type_of_its_own(bring, workspace):
    model = genanki.Model(
        1_600_000_001,
        "Words",
        [{"name": "Word"}, {"name": "Reading"}, {"name": "Meaning"}],
        [
            {"name": "Read", "qfmt": "{{kanji:Reading}}", "afmt": "{{FrontSide}}<hr id=answer>{{kana:Reading}}"},
            {"name": "Mean", "qfmt": "{{Word}} ({{Deck}})", "afmt": "{{Word}}<br>{{Meaning}}"},
            {
                "name": "Say",
                "qfmt": "{{#Meaning}}Say: {{Meaning}}{{/Meaning}}",
                "afmt": "{{FrontSide}}<hr id=answer>{{Word}}",
            },
        ],
    )
    bring({"日本": [note("kanji", model, "漢字", "漢字[かんじ]", "a sign")]})
    text = (workspace / "decks" / "geo.yaml").read_text()
    assert text[text.index("  cards:") :] == (
        "  cards:\n"
        "  - id: card-1\n    front: 漢字\n    back: かんじ\n"
        "  - id: card-2\n    front: 漢字 (日本)\n    back: a sign\n"
        "  - id: card-3\n    front: 'Say: a sign'\n    back: 漢字\n"
    )
