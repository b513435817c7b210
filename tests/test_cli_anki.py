"""`rung anki sync`: with Anki itself behind a server that takes what AnkiConnect documents, and nothing else."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

pytest.importorskip("anki.collection")

from anki.collection import Collection

from anki_connect import AnkiConnect, served
from deck_text import SMALL
from rung.cli import run
from rung.model import ANKI, Kind
from rung.store import Store
from rung.workspace import Clock

ONE, TWO = "small/one#text.c1", "small/two#text.c1"
HOUR = 3_600_000
TODAY = Clock().day()
NOTHING = "There is nothing to do.\n"


@pytest.fixture
def connect(tmp_path, monkeypatch):
    collection = Collection(str(tmp_path / "collection.anki2"))
    connect = AnkiConnect(collection)
    server, address = served(connect)
    monkeypatch.setenv("RUNG_ANKI_CONNECT", address)
    yield connect
    server.shutdown()
    server.server_close()
    collection.close()


@pytest.fixture
def sync(workspace, capsys):
    """Run `rung anki sync` today; (exit code, stdout, stderr)."""

    def sync(*arguments):
        capsys.readouterr()
        code = run(["anki", "sync", *arguments])
        return code, *capsys.readouterr()

    return sync


@pytest.fixture
def learner():
    with Store.open(learner_file()) as store:
        yield store


def learner_file():
    return Path(os.environ["RUNG_DB"])


def answered(store, card=ONE, grade=4, ago=HOUR, days_ago=0):
    """An answer given here, so many milliseconds ago."""
    day = TODAY - timedelta(days=days_ago)
    return store.record(Kind.REVIEW, now=Clock().now() - ago, day=day, card=card, grade=grade, took=4000)


def card_of(connect, words):
    connect.col.models._clear_cache()
    (id_,) = connect.col.find_cards(words)
    return connect.col.get_card(id_)


def due(connect, words):
    """(days until it is due, interval) of a card in Anki."""
    card = card_of(connect, words)
    assert (card.type, card.queue) == (2, 2)
    return card.due - connect.col.sched.today, card.ivl


def actions(connect):
    """The names of the actions that change something, in their order."""
    reading = {"requestPermission", "multi", "findNotes", "findCards", "notesInfo", "getReviewsOfCards"}
    names = [name for name, _ in connect.asked if name not in reading]
    connect.asked.clear()
    return names


def reword(rung, workspace, old, new):
    path = workspace / "decks" / "small.yaml"
    path.write_text(path.read_text().replace(old, new))
    assert rung("build")[0] == 0


# ── notes ────────────────────────────────────────────────────────────────────────────────────────


def test_new_notes_come_in_and_a_second_time_there_is_nothing_to_do(connect, sync):
    assert sync("--dry-run") == (0, "notes to bring in                    2  small/one#text, ...\n", "")
    assert (actions(connect), connect.col.note_count()) == ([], 0)
    with Store.open(learner_file()) as store:
        assert store.sent() == {}
    assert sync() == (0, "notes brought in                     2  small/one#text, ...\n", "")
    assert (actions(connect), connect.col.card_count()) == (["importPackage"], 2)
    assert {card_of(connect, word).type for word in ("alpha", "beta")} == {0}
    assert sync() == (0, NOTHING, "")
    assert sync("--dry-run") == (0, NOTHING, "")
    assert actions(connect) == []


def test_nothing_is_left_of_the_package(connect, sync, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    sync()
    assert [name for name, _ in connect.asked if name == "importPackage"] == ["importPackage"]
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_changed_note_is_updated_where_nobody_edited_it(connect, sync, rung, workspace):
    sync()
    edited = card_of(connect, "beta").note()
    edited["Extra"] = "my own words"
    connect.col.update_note(edited)
    for word in ("first", "second"):
        reword(rung, workspace, word, f"very {word}")
    connect.asked.clear()
    table = "notes {:<31}1  small/one#text\nnotes left, edited in Anki           1  small/two#text\n"
    assert sync("--dry-run") == (0, table.format("to update"), "")
    assert sync() == (0, table.format("updated"), "")
    assert actions(connect) == ["updateNoteFields"]
    assert card_of(connect, "alpha").note()["Text"] == "<p>The very first is {{c1::alpha}}.</p>"
    assert card_of(connect, "beta").note()["Text"] == "<p>The second is {{c1::beta}}.</p>"
    assert sync() == (0, "notes left, edited in Anki           1  small/two#text\n", "")
    assert actions(connect) == []


def test_new_notes_take_no_others_along(connect, sync, rung, workspace):
    sync()
    edited = card_of(connect, "beta").note()
    edited["Extra"] = "my own words"
    connect.col.update_note(edited)
    connect.col.db.execute("UPDATE notes SET mod = mod - 100")  # long ago: an import of a newer one would overwrite it
    reword(rung, workspace, "  - fact: two", "  - fact: more\n    text: Another is {{c1::gamma}}.\n  - fact: two")
    reword(rung, workspace, "second", "very second")
    assert sync()[1] == (
        "notes brought in                     1  small/more#text\n"
        "notes left, edited in Anki           1  small/two#text\n"
    )
    assert card_of(connect, "beta").note()["Extra"] == "my own words"
    assert connect.col.card_count() == 3


def test_another_anki_that_lags_behind_is_brought_up_to_date(connect, sync, rung, workspace):
    sync()
    reword(rung, workspace, "first", "very first")
    sync()
    note = card_of(connect, "alpha").note()
    note["Text"] = "<p>The first is {{c1::alpha}}.</p>"  # as its backup has it
    connect.col.update_note(note)
    assert sync() == (0, "notes updated                        1  small/one#text\n", "")


def test_a_renamed_note_stays_the_same_note(connect, sync, rung, workspace):
    sync()
    before = card_of(connect, "alpha").id
    reword(rung, workspace, "fact: one", "fact: uno\n    was: one")
    assert sync() == (0, "notes updated                        1  small/uno#text\n", "")
    assert card_of(connect, "alpha").id == before
    assert card_of(connect, "alpha").note()["Id"] == "small/uno#text"
    assert sync() == (0, NOTHING, "")


def test_a_new_hole_makes_a_card_with_a_due_day_of_its_own(connect, sync, rung, workspace, learner):
    sync()
    reword(rung, workspace, "The first", "The {{c2::first}}")
    assert sync() == (0, "notes updated                        1  small/one#text\n", "")
    assert [connect.col.get_card(id_).ord for id_ in connect.col.find_cards("alpha")] == [0, 1]
    answered(learner, "small/one#text.c2")
    assert sync()[1] == "due days set                         1  small/one#text.c2\n"
    assert due(connect, "alpha card:2") == (1, 1)
    assert card_of(connect, "alpha card:1").type == 0


def test_removed_notes_are_tagged_and_lose_the_tag_when_they_come_back(connect, sync, rung, workspace):
    sync()
    tags = card_of(connect, "beta").note().tags
    (workspace / "decks" / "small.yaml").write_text(SMALL.partition("  - fact: two")[0])
    rung("build")
    assert sync("--dry-run") == (0, "notes to tag rung::retired           1  small/two#text\n", "")
    assert sync() == (0, "notes tagged rung::retired           1  small/two#text\n", "")
    assert card_of(connect, "beta").note().tags == ["rung::retired", *tags]
    assert sync() == (0, NOTHING, "")
    (workspace / "decks" / "small.yaml").write_text(SMALL)
    rung("build")
    assert sync() == (0, "notes no more rung::retired          1  small/two#text\n", "")
    assert card_of(connect, "beta").note().tags == tags
    assert sync() == (0, NOTHING, "")


def test_a_removed_card_gets_no_due_day(connect, sync, rung, workspace, learner):
    sync()
    answered(learner, TWO)
    (workspace / "decks" / "small.yaml").write_text(SMALL.partition("  - fact: two")[0])
    rung("build")
    assert sync() == (0, "notes tagged rung::retired           1  small/two#text\n", "")
    assert card_of(connect, "beta").type == 0


def test_a_picture_comes_along_with_a_changed_note(connect, sync, rung, workspace):
    sync()
    (workspace / "decks" / "path.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    reword(rung, workspace, "The first is", "The first, ![a path](path.svg), is")
    sync()
    assert actions(connect) == ["importPackage", "storeMediaFile", "updateNoteFields"]
    checked = connect.col.media.check()
    assert (list(checked.missing), list(checked.unused)) == ([], [])
    assert len(list((workspace.parent / "collection.media").glob("path-*.svg"))) == 1


def test_notes_of_others_are_left(connect, sync):
    sync()
    note = connect.col.new_note(connect.col.models.by_name("Rung Cloze"))
    note["Text"], note["Id"] = "The first is {{c1::alpha again}}.", "theirs/one#text"
    connect.col.add_note(note, connect.col.decks.id("Theirs"))
    before = connect.col.get_note(note.id).mod
    assert sync() == (0, NOTHING, "")
    assert connect.col.get_note(note.id).mod == before


# ── answers ──────────────────────────────────────────────────────────────────────────────────────


def answer_in_anki(connect, words, button=3):
    card = card_of(connect, words)
    card.start_timer()
    connect.col.sched.answerCard(card, button)


def test_answers_given_in_anki_are_taken_in_once(connect, sync, learner):
    sync()
    answer_in_anki(connect, "alpha", 4)
    assert sync("--dry-run") == (0, f"answers to take in                   1  {ONE}\n", "")
    assert list(learner.events()) == []
    assert sync() == (0, f"answers taken in                     1  {ONE}\n", "")
    (event,) = learner.events()
    assert (event.device, event.kind, event.card, event.grade, event.day) == (ANKI, Kind.REVIEW, ONE, 5, TODAY)
    assert event.sequence == event.at == connect.col.db.scalar("SELECT max(id) FROM revlog")
    assert [".before-sync." in path.name for path in learner_file().parent.glob("*.backup")] == [True]
    assert sync() == (0, NOTHING, "")
    assert len(list(learner_file().parent.glob("*.backup"))) == 1
    answer_in_anki(connect, "alpha", 1)
    assert sync()[1] == f"answers taken in                     1  {ONE}\n"


def test_an_answer_that_reaches_anki_late_is_taken_in_too(connect, sync, learner):
    """As those from a phone do, which Anki gets by its own sync: with instants before the last that we took in."""
    sync()
    answer_in_anki(connect, "alpha")
    sync()
    late = connect.col.db.scalar("SELECT max(id) FROM revlog") - 30 * HOUR
    card = card_of(connect, "beta")
    card.reps = 1
    connect.col.update_card(card)
    connect.col.db.execute("INSERT INTO revlog VALUES (?, ?, 0, 3, 1, 0, 2500, 5000, 0)", late, card.id)
    assert sync()[1] == f"answers taken in                     1  {TWO}\n"
    assert [(event.at, event.day < TODAY) for event in learner.events(TWO)] == [(late, True)]


# ── due days ─────────────────────────────────────────────────────────────────────────────────────


def test_a_history_from_here_comes_along_with_new_notes(connect, sync, learner):
    answered(learner, days_ago=3, ago=72 * HOUR)
    answered(learner, days_ago=2, ago=48 * HOUR)
    assert sync("--dry-run")[1] == "notes to bring in                    2  small/one#text, ...\n"
    assert sync()[1] == "notes brought in                     2  small/one#text, ...\n"
    assert (due(connect, "alpha"), card_of(connect, "beta").type) == ((4, 6), 0)
    assert connect.col.db.list("SELECT ease FROM revlog") == [3, 3]
    assert sync() == (0, NOTHING, "")
    assert len(list(learner.events())) == 2


def test_due_days_are_set_where_an_import_takes_no_progress_along(connect, sync, learner):
    connect.progress = False
    answered(learner, days_ago=3, ago=72 * HOUR)
    answered(learner, days_ago=2, ago=48 * HOUR)
    assert sync()[1] == (
        f"notes brought in                     2  small/one#text, ...\n"
        f"due days set                         1  {ONE}\n"
    )  # fmt: skip
    assert (due(connect, "alpha"), card_of(connect, "beta").type) == ((4, 6), 0)
    assert connect.col.db.all("SELECT ease, ivl, type FROM revlog") == [[0, 6, 4], [0, 6, 4]]
    assert sync() == (0, NOTHING, "")
    assert len(list(learner.events())) == 2


def test_the_newest_answer_decides(connect, sync, learner):
    sync()
    answer_in_anki(connect, "alpha", 3)
    card = card_of(connect, "alpha")
    assert sync()[1] == f"answers taken in                     1  {ONE}\n"
    assert (card_of(connect, "alpha").due, card_of(connect, "alpha").queue) == (card.due, card.queue)
    answered(learner, ago=0, grade=5)
    assert sync()[1] == f"due days set                         1  {ONE}\n"
    assert due(connect, "alpha") == (1, 1)
    assert sync() == (0, NOTHING, "")


def test_due_days_follow_from_the_answers_of_both(connect, sync, learner):
    sync()
    card = card_of(connect, "alpha")
    card.reps = 1
    connect.col.update_card(card)
    earlier = Clock().now() - 72 * HOUR
    connect.col.db.execute("INSERT INTO revlog VALUES (?, ?, 0, 3, 1, 0, 2500, 5000, 0)", earlier, card.id)
    answered(learner)
    assert sync()[1] == (
        f"answers taken in                     1  {ONE}\n"
        f"due days set                         1  {ONE}\n"
    )  # fmt: skip
    assert due(connect, "alpha") == (6, 6)  # the second repetition; by ours alone it would be the first


def test_an_overdue_card_is_due_today_and_keeps_its_interval(connect, sync, learner):
    connect.progress = False
    answered(learner, days_ago=30, ago=720 * HOUR)
    answered(learner, days_ago=29, ago=696 * HOUR)
    sync()
    assert due(connect, "alpha") == (0, 6)


def test_a_due_day_set_by_hand_in_anki_stays(connect, sync, learner):
    sync()
    answered(learner)
    connect.col.sched.set_due_date([card_of(connect, "alpha").id], "9")
    assert sync() == (0, NOTHING, "")
    assert due(connect, "alpha")[0] == 9


def test_a_card_forgotten_in_anki_stays_new(connect, sync, learner):
    sync()
    answered(learner)
    connect.col.sched.schedule_cards_as_new([card_of(connect, "alpha").id])
    assert sync() == (0, NOTHING, "")
    assert card_of(connect, "alpha").type == 0


@pytest.mark.parametrize("how", ["suspended here", "suspended", "buried", "in a filtered deck"])
def test_a_card_that_rests_is_left(connect, sync, learner, how):
    sync()
    event = answered(learner)
    id_ = card_of(connect, "alpha").id
    if how == "suspended here":
        learner.record(Kind.SUSPEND, now=event.at + 1, day=TODAY, card=ONE)
    elif how == "suspended":
        connect.col.sched.suspend_cards([id_])
    elif how == "buried":
        connect.col.sched.bury_cards([id_])
    else:
        connect.col.sched.rebuild_filtered_deck(connect.col.decks.new_filtered("Cram"))
    before = card_of(connect, "alpha")
    assert sync() == (0, NOTHING, "")
    after = card_of(connect, "alpha")
    assert (after.queue, after.due, after.did) == (before.queue, before.due, before.did)


# ── when it goes wrong ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("action", ["importPackage", "updateNoteFields", "addTags", "setDueDate"])
def test_what_was_interrupted_is_finished_the_next_time(connect, sync, rung, workspace, learner, action):
    sync()
    answer_in_anki(connect, "beta")
    answered(learner)
    reword(rung, workspace, "first", "very first")
    more = "  - fact: three\n    text: The third is {{c1::gamma}}.\n"
    path = workspace / "decks" / "small.yaml"
    path.write_text(path.read_text().partition("  - fact: two")[0] + more)
    rung("build")
    connect.dies_at = action
    code, out, err = sync()
    assert (code, out) == (3, "")
    assert err == (
        f"rung: Anki at {os.environ['RUNG_ANKI_CONNECT']} went away in the midst; "
        "start it, then do this again: what was done stays\n"
    )
    connect.dies_at = None
    sync()
    assert card_of(connect, "alpha").note()["Text"] == "<p>The very first is {{c1::alpha}}.</p>"
    assert "rung::retired" in card_of(connect, "beta").note().tags
    assert card_of(connect, "gamma").type == 0
    assert due(connect, "alpha") == (1, 1)
    assert [event.device == ANKI for event in learner.events(TWO)] == [True]
    assert sync() == (0, NOTHING, "")


def test_no_anki(sync, monkeypatch):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setenv("RUNG_ANKI_CONNECT", address)
    assert sync() == (
        3,
        "",
        f"rung: no Anki answers at {address}; start Anki with the add-on AnkiConnect (code 2055492159), then try again\n",
    )


def test_a_key(connect, sync, monkeypatch):
    connect.key = "secret"
    wanted = "rung: AnkiConnect wants its key: set anki_connect_key in config.toml, or RUNG_ANKI_CONNECT_KEY\n"
    assert sync() == (3, "", wanted)
    monkeypatch.setenv("RUNG_ANKI_CONNECT_KEY", "other")
    assert sync() == (3, "", wanted)
    monkeypatch.setenv("RUNG_ANKI_CONNECT_KEY", "secret")
    assert sync()[0] == 0
    assert connect.col.card_count() == 2


def test_no_permission(connect, sync):
    connect.granted = False
    told = "AnkiConnect does not let programs in; allow it in Anki by Tools ▸ Add-ons ▸ Config"
    assert sync() == (3, "", f"rung: {told}\n")


def test_an_error_of_anki_is_told_in_its_words(connect, sync, monkeypatch):
    def fails(self, query):
        raise ValueError("collection is not available")

    monkeypatch.setattr(AnkiConnect, "findNotes", fails)
    assert sync() == (3, "", "rung: Anki refuses findNotes: collection is not available\n")


def test_an_import_that_anki_does_not_do(connect, sync, monkeypatch):
    monkeypatch.setattr(AnkiConnect, "importPackage", lambda self, path: False)
    code, out, err = sync()
    assert (code, out) == (3, "")
    assert err.startswith("rung: Anki did not import ")
    assert err.endswith("rung.apkg; see whether it can read files there\n")


def test_notes_that_anki_does_not_take_are_named(connect, sync, monkeypatch):
    monkeypatch.setattr(AnkiConnect, "importPackage", lambda self, path: True)
    assert sync() == (0, "notes that Anki did not take         2  small/one#text, ...\n", "")


@pytest.mark.parametrize(
    "reply",
    [
        b"AnkiConnect v.6", b"", b"null", b"[]", b'{"result": 6}', b'{"result": [], "error": null}', b"\xff", b"[" * 100_000,
        b'{"result": {"permission": "granted"}, "error": null, "more": 1}',
    ],
)  # fmt: skip
def test_what_answers_is_not_ankiconnect(connect, sync, reply):
    connect.reply = lambda: reply
    address = os.environ["RUNG_ANKI_CONNECT"]
    told = f"rung: what answers at {address} is not AnkiConnect, by its answer to requestPermission\n"
    assert sync() == (3, "", told)


def test_something_that_speaks_no_http(sync, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def speak():
            peer, _ = server.accept()
            with peer:
                peer.recv(4096)
                peer.sendall(b"220 mail\r\n")

        threading.Thread(target=speak, daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        monkeypatch.setenv("RUNG_ANKI_CONNECT", address)
        told = f"what answers at {address} is not AnkiConnect, by its answer to requestPermission"
        assert sync() == (3, "", f"rung: {told}\n")


def test_an_older_ankiconnect(connect, sync):
    connect.reply = lambda: b'{"result": {"permission": "granted", "version": 5}, "error": null}'
    assert sync() == (3, "", "rung: AnkiConnect speaks version 5, not 6; update the add-on in Anki\n")


def test_an_anki_that_does_not_answer(connect, sync, monkeypatch):
    monkeypatch.setattr("rung.anki.connect.PATIENCE", 0.2)
    connect.reply = lambda: time.sleep(1) or b""
    address = os.environ["RUNG_ANKI_CONNECT"]
    told = f"rung: Anki does not answer at {address} within 0.2 s; "
    assert sync() == (3, "", f"{told}close what is open in front of its main window, then try again\n")


@pytest.mark.parametrize(
    "address", ["127.0.0.1:8765", "https://127.0.0.1", "http://", "http://x:y", "http://x/path", "x"]
)
def test_an_address_that_is_none(sync, monkeypatch, address):
    monkeypatch.setenv("RUNG_ANKI_CONNECT", address)
    told = f'rung: "{address}" is no address of AnkiConnect; such is http://127.0.0.1:8765\n'
    assert sync() == (3, "", told)


def test_no_proxy_is_asked(connect, sync, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert sync()[0] == 0


# ── as JSON, in whole, and live ──────────────────────────────────────────────────────────────────


def test_as_json(connect, sync, rung, workspace, learner):
    sync()
    answer_in_anki(connect, "beta")
    answered(learner)
    reword(rung, workspace, "first", "very first")
    code, out, err = sync("--json", "--dry-run")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "format": 1,
        "answers": {"new": 1, "known": 0, "strange": 0},
        "new": [],
        "missing": [],
        "updated": ["small/one#text"],
        "edited": [],
        "other": [],
        "retired": [],
        "restored": [],
        "due": [{"card": ONE, "days": 1, "interval": 1}],
        "dry_run": True,
    }


def test_all_our_cards_in_small_requests(connect, here, capsys):
    assert run(["anki", "sync"]) == 0
    assert run(["anki", "sync"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == NOTHING.strip()
    assert connect.col.fix_integrity()[1]
    assert list(connect.col.get_empty_cards().notes) == []
    assert max(connect.sizes) < 20_000  # bytes, each kilobyte of which takes AnkiConnect 25 ms


@pytest.mark.skipif(
    not os.environ.get("RUNG_ANKI_LIVE"), reason="RUNG_ANKI_LIVE is no address of a running AnkiConnect"
)
def test_a_running_anki_tells_all_that_is_asked(sync, monkeypatch):
    """Reads only: it may be somebody's own."""
    monkeypatch.setenv("RUNG_ANKI_CONNECT", os.environ["RUNG_ANKI_LIVE"])
    code, out, err = sync("--json", "--dry-run")
    assert (code, err) == (0, "")
    assert json.loads(out)["format"] == 1
