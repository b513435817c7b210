"""A build that compiles only what may have changed gives what compiling everything gives."""

from __future__ import annotations

import gc
import os
import stat
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deck_text import asks, fact, whole
from rung.cardfile import sound, text_of
from rung.cli import _build
from rung.cli._again import uncollected
from rung.cli._build import build
from rung.workspace import last_build_file, named_by_content, workspace_at

PNG = b"\x89PNG\r\n\x1a\n"
DECKS = ("a", "b", "f/a", "f/c")
NOTES = ("one", "two")


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """Every build is of a second of its own."""
    seconds = iter(range(1_000, 1_000_000_000))
    monkeypatch.setattr(_build, "utc_seconds", lambda: next(seconds))


@pytest.fixture
def work(tmp_path):
    return Work(tmp_path / "work")


@dataclass
class Work:
    """A workspace that is edited."""

    root: Path

    def __post_init__(self):
        (self.root / "decks").mkdir(parents=True)
        (self.root / "rung.toml").touch()

    @property
    def workspace(self):
        return workspace_at(self.root)

    @property
    def kept(self):
        return last_build_file(self.workspace)

    def put(self, deck, text):
        path = self.root / "decks" / f"{deck}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self):
        """Build what may have changed, write it, and tell which decks were compiled."""
        found = build(self.workspace)
        assert not found.broken, found.problems
        found.write()
        return sorted(each.deck.id for each in found.made)

    def files(self):
        return {path: path.read_bytes() for path in sorted((self.root / "cards").rglob("*")) if path.is_file()}


def put_three(work):
    for deck in ("a", "b", "c"):
        work.put(deck, whole(fact(f"{deck}1") + fact(f"{deck}2")))


# ── what is compiled again ───────────────────────────────────────────────────────────────────────


def test_what_is_as_it_was_is_not_compiled_again(work):
    put_three(work)
    assert work.build() == ["a", "b", "c"]
    assert work.build() == []
    work.put("b", whole(fact("b1", "Now it is {{c1::other}} words.")))
    assert work.build() == ["b"]
    assert work.build() == []


def test_whoever_asks_the_same_is_compiled_with_it(work, rung):
    put_three(work)
    work.put("c", whole(fact("c1", "Twice the same {{c1::thing}} here.")))
    work.build()
    work.put("a", whole(fact("a1", "Twice the same {{c1::thing}} here.")))
    told = "decks/c.yaml:5:9: warning: this asks the same as a/a1#text.c1 [duplicate-front]"
    assert [str(each).splitlines()[0] for each in build(work.workspace).problems] == [told]
    assert work.build() == ["a", "c"]
    assert work.build() == []
    assert [str(each).splitlines()[0] for each in build(work.workspace).problems] == [told]
    work.put("a", whole(fact("a1")))
    assert build(work.workspace).problems == ()
    assert work.build() == ["a", "c"]


def test_a_note_that_moves_takes_both_decks_along(work):
    put_three(work)
    work.build()
    work.put("b", whole(fact("b1") + fact("b3", was="a/a2")))
    with_both = build(work.workspace)
    assert [str(each).splitlines()[0] for each in with_both.problems] == [
        'decks/b.yaml:7:8: error: `was:` claims the note "a/a2", which is still there'
    ]
    work.put("a", whole(fact("a1")))
    assert work.build() == ["a", "b"]
    assert work.build() == ["a", "b"]  # that it comes to the same over its own card file is seen only now
    assert work.build() == []
    work.put("a", whole(fact("a1") + fact("a3")))
    assert work.build() == ["a", "b"]


def test_a_deck_of_the_same_id_is_no_other_deck(work):
    put_three(work)
    work.build()
    (work.root / "decks" / "a.yml").write_text(whole(fact("a3")), encoding="utf-8")
    found = build(work.workspace)
    assert [str(each).splitlines()[0] for each in found.problems] == [
        "decks/a.yml:1:1: error: this deck has the id of decks/a.yaml"
    ]
    assert {each.deck.id for each in found.made} == {"a"}


@pytest.mark.parametrize("change", ["there", "other", "gone"])
def test_a_picture_changes_the_decks_in_whose_folder_it_lies(work, change):
    picture = work.root / "decks" / "f" / "seen.png"
    work.put("g/a", whole(fact("a1")))
    work.put("f/b", whole(fact("b1", "![seen](seen.png) shows {{c1::this}}.")))
    picture.write_bytes(PNG)
    work.build()
    if change == "there":
        (work.root / "decks" / "f" / "new.png").write_bytes(PNG)
    elif change == "other":
        picture.write_bytes(PNG + b"x")
    else:
        picture.unlink()
    found = build(work.workspace)
    assert [each.deck.id for each in found.made] == ["f/b"]
    assert found.broken == (change == "gone")


@pytest.mark.parametrize(
    "change", [lambda path: path.unlink(), lambda path: path.write_bytes(path.read_bytes() + b"\n")]
)
def test_a_card_file_that_is_another_is_made_anew(work, change):
    put_three(work)
    work.build()
    before = work.files()
    change(work.root / "cards" / "b.jsonl")
    assert work.build() == ["b"]
    assert [path.name for path, data in work.files().items() if data != before[path]] in ([], ["b.jsonl"])


# ── in any order ─────────────────────────────────────────────────────────────────────────────────

WORDS = (
    *(f"What number {number} has is {{{{c1::its name}}}}." for number in range(5)),
    "MMR is {{c1::short}}.", "Here ![it](p.png) is {{c1::seen}}.",
)  # fmt: skip
FORMER = ("", "", "", "one", "a/one", "f/c/two", "b/one#text", "a/ask#x")
notes = st.one_of(
    st.builds(fact, st.sampled_from(NOTES), st.sampled_from(WORDS), st.sampled_from(FORMER)),
    st.builds(
        asks, st.just("ask"), st.tuples(st.sampled_from("xy"), st.sampled_from(("", "x", "b/ask#x"))),
        was=st.sampled_from(FORMER),
    ),
    st.sampled_from(("- fact: one\n  txt: wrong\n", "- framework: MMR\n", '- fact: two\n  text: "{{c1::x}} {{c2::y}}"\n')),
)  # fmt: skip
texts = st.one_of(
    st.builds(
        lambda listed, was, course: whole("".join(listed), was, course),
        st.lists(notes, min_size=1, max_size=3), st.sampled_from(("", "", "", *DECKS)), st.sampled_from("CD"),
    ),
    st.sampled_from(("title: [", whole("- fact: one\n  text: A {{c1::b}}.\n", more="imported: abc\n"))),
)  # fmt: skip
files = st.sampled_from([f"{deck}.yaml" for deck in DECKS] + ["a.yml"])
steps = st.one_of(
    st.tuples(st.just("put"), files, texts),
    st.tuples(st.just("put"), files, texts),
    st.tuples(st.just("move"), files, files),
    st.tuples(st.just("remove"), files),
    st.tuples(st.just("draw"), st.sampled_from(("", "f/")), st.sampled_from((b"", PNG, PNG + b"x"))),
    st.tuples(st.just("cards"), st.sampled_from(DECKS), st.sampled_from(("remove", "blank", "swap"))),
    st.tuples(st.just("cut"), st.integers(0, 3_000)),
    st.tuples(st.just("back"), st.integers(0, 5)),
    st.tuples(st.just("only look")),
)


class Edits:
    """A workspace that steps lead on, and the caches that its builds left."""

    def __init__(self, work):
        self.work, self.kept = work, []

    def put(self, path, text):
        self.work.put(path.rpartition(".")[0], text) if path != "a.yml" else self.file(path).write_text(text)

    def move(self, path, other):
        if self.file(path).exists():
            self.file(path).replace(self.file(other))

    def remove(self, path):
        self.file(path).unlink(missing_ok=True)

    def draw(self, folder, data):
        picture = self.file(f"{folder}p.png")
        picture.write_bytes(data) if data else picture.unlink(missing_ok=True)

    def cards(self, deck, what):
        path, other = (self.work.root / "cards" / f"{each}.jsonl" for each in (deck, "b"))
        if path.exists() and what == "remove":
            path.unlink()
        elif path.exists() and what == "blank":
            path.write_text(path.read_text() + "\n")
        elif path.exists() and what == "swap" and other.exists():  # cards from elsewhere, in a deck of this name
            head = path.read_text().partition("\n")[0]
            path.write_text(head + "\n" + other.read_text().partition("\n")[2])

    def cut(self, length):
        if self.work.kept.exists():
            self.work.kept.write_bytes(self.work.kept.read_bytes()[:length])

    def back(self, turn):
        """What was kept of an earlier build comes back."""
        if self.kept:
            self.work.kept.write_bytes(self.kept[turn % len(self.kept)])

    def file(self, path):
        return self.work.root / "decks" / path

    def same(self, *, write):
        """Whether building what may have changed gives what building everything gives."""
        again = build(self.work.workspace)
        full = build(self.work.workspace, last={})
        assert again.problems == full.problems
        assert again.texts == full.texts
        assert again.pictures == full.pictures
        assert again.broken == full.broken
        if not again.broken:
            assert again.stale == full.stale
            assert again.gone == full.gone
            assert again.decks() == full.decks()
            assert _told(again) == _told(full)
            if write:
                again.write()
                self.kept.append(self.work.kept.read_bytes())
                for deck in again.decks():  # as they are read back, whatever was moved and renamed
                    assert sound(text_of(deck)) == deck


def _told(found):
    return {id_: (each.file, each.living, each.pictures, each.problems) for id_, each in found.outcomes.items()}


@given(st.lists(st.tuples(steps, st.booleans()), min_size=2, max_size=8))
@settings(max_examples=25)
def test_building_what_may_have_changed_gives_what_building_everything_gives(taken):
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", folder)
        patch.setattr(_build, "utc_seconds", lambda: 1_000 + len(edits.kept))
        edits = Edits(Work(Path(folder, "work")))
        for deck, words in zip(DECKS, (WORDS[0], WORDS[0], WORDS[-1], WORDS[1]), strict=True):  # two ask the same
            edits.put(
                f"{deck}.yaml", whole(fact("one", words) + fact("two", f"{{{{c1::Two}}}} comes second in {deck}."))
            )
        edits.draw("f/", PNG)
        edits.same(write=True)
        for (what, *given_), write in taken:
            getattr(edits, what)(*given_) if what != "only look" else None
            edits.same(write=write)


def test_a_picture_that_is_saved_during_a_build_has_the_name_of_what_is_in_it(work, monkeypatch):
    picture, again = work.root / "decks" / "a.png", _build.compiled_again
    work.put("a", whole(fact("a1", "It is {{c1::so}}. ![p](a.png)")))
    picture.write_bytes(PNG)

    def saved_meanwhile(*given):
        picture.write_bytes(PNG + b"more")
        return again(*given)

    for _ in range(2):
        monkeypatch.setattr(_build, "compiled_again", saved_meanwhile)
        work.build()
        (shown,) = (work.root / "cards" / "_media").iterdir()
        assert shown.name == named_by_content("a.png", shown.read_bytes())
    assert shown.read_bytes() == PNG + b"more"


# ── what is kept of a build ──────────────────────────────────────────────────────────────────────


def test_only_the_learner_may_read_what_is_kept(work):
    put_three(work)
    work.build()
    assert stat.S_IMODE(work.kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(work.kept.parent.stat().st_mode) == 0o700


def test_what_is_kept_is_read_whole_or_not_at_all(work):
    put_three(work)
    work.build()
    text = work.kept.read_bytes()
    for cut in range(len(text)):
        work.kept.write_bytes(text[:cut])
        assert _build._last.outcomes(work.workspace) == {}, cut
    for place in range(len(text)):
        work.kept.write_bytes(text[:place] + bytes([text[place] ^ 1]) + text[place + 1 :])
        assert _build._last.outcomes(work.workspace) == {}, place
    work.kept.write_bytes(text)
    assert set(_build._last.outcomes(work.workspace)) == {"a", "b", "c"}


def test_what_is_kept_goes_with_its_workspace(work, tmp_path):
    other, third = Work(tmp_path / "öther\n"), Work(tmp_path / "third")
    for each in (work, other, third):
        put_three(each)
        each.build()
    folder = work.kept.parent
    for name, text in (
        ("of-nothing", b""),
        ("of-old", b"0" * 64 + b"\n{}"),
        ("of-a-list", b"[]\n"),
        ("of-bytes", b"\xff\n"),
    ):
        (folder / f"{name}.json").write_bytes(text)
    (folder / "notes.txt").touch()
    third.root.rename(tmp_path / "moved")
    assert work.build() == []
    assert {path.name for path in folder.iterdir()} == {work.kept.name, other.kept.name, "notes.txt"}
    assert other.build() == []


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"[]", b"x" * 65 + b"\n{"])
def test_damage_costs_only_time(work, damage):
    put_three(work)
    work.build()
    before = work.files()
    work.kept.write_bytes(damage)
    assert work.build() == ["a", "b", "c"]
    assert work.files() == before
    assert work.build() == []


def test_another_rung_compiles_everything(work, monkeypatch):
    put_three(work)
    work.build()
    monkeypatch.setattr(_build._last, "READERS", ("PyYAML",))
    _build._last._maker.cache_clear()
    assert work.build() == ["a", "b", "c"]
    assert work.build() == []
    _build._last._maker.cache_clear()


@pytest.mark.parametrize("name", ["PACKAGE", "READERS"])
def test_a_rung_that_cannot_tell_what_it_is_keeps_nothing(work, monkeypatch, tmp_path, name):
    put_three(work)
    unknown = {"PACKAGE": tmp_path / "no sources", "READERS": ("no such library",)}
    with monkeypatch.context() as patch:
        patch.setattr(_build._last, name, unknown[name])
        _build._last._maker.cache_clear()
        assert (work.build(), work.build()) == (["a", "b", "c"], ["a", "b", "c"])
        assert not work.kept.exists()
    _build._last._maker.cache_clear()


def test_a_build_goes_on_where_nothing_can_be_kept(work, rung, monkeypatch, tmp_path):
    put_three(work)
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    for files in ("4 files", "0 files"):
        assert rung("--workspace", str(work.root), "build") == (0, "", f"6 cards in 3 decks; {files} written.\n")


def test_check_writes_nothing_and_tells_all(work, rung):
    put_three(work)
    work.put("c", whole(fact("c1", "MMR is {{c1::short}} for words.")))
    told = "decks/c.yaml:5:9: warning: MMR is expanded nowhere [orphan-abbreviation]"
    for _ in range(2):
        code, out, err = rung("--workspace", str(work.root), "check")
        assert (code, out.splitlines()[0], err) == (0, told, "0 errors, 1 warning.\n")
        assert not work.kept.exists()
    for files in (4, 0):
        code, out, err = rung("--workspace", str(work.root), "build")
        assert (code, out.splitlines()[0], err) == (0, told, f"5 cards in 3 decks; {files} files written.\n")
    for command in (["check", "--strict"], ["build", "--strict"], ["build", "--check", "--strict"]):
        code, out, _ = rung("--workspace", str(work.root), *command)
        assert (code, out.splitlines()[0]) == (1, told)


def test_two_builds_at_once_leave_what_one_leaves(work, tmp_path):
    put_three(work)
    command = [sys.executable, "-m", "rung", "--workspace", str(work.root), "build"]
    builds = [subprocess.Popen(command, env=dict(os.environ), stderr=subprocess.PIPE) for _ in range(3)]
    assert [each.communicate()[1] and each.returncode for each in builds] == [0, 0, 0]
    assert work.build() == []
    assert sorted(path.name for path in work.kept.parent.iterdir()) == [work.kept.name]


# ── without the collector ────────────────────────────────────────────────────────────────────────


def test_the_collector_is_as_it_was_after_a_build_also_after_one_that_failed():
    for enabled in (True, False):
        (gc.enable if enabled else gc.disable)()
        try:
            with suppress(LookupError), uncollected():
                assert not gc.isenabled()
                raise LookupError
            assert gc.isenabled() is enabled
        finally:
            gc.enable()
