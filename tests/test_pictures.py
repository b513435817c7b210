"""Pictures go with their cards: from the deck's folder to `cards/media`, into the package, and into Anki."""

from __future__ import annotations

import json
import struct
import zlib
from hashlib import sha256
from zipfile import ZipFile

import pytest

from deck_text import deck_of
from rung.cli import run
from rung.compiler import compiled


def png(grey: int) -> bytes:
    """A picture of one pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes([0, grey]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("other.png", 'there is no picture "other.png" in the deck\'s folder'),
        ("../a.png", 'there is no picture "../a.png" in the deck\'s folder'),
        ("C:/a.png", 'there is no picture "C:/a.png" in the deck\'s folder'),
        ("data:image/png;base64,QQ==", 'there is no picture "data:image/png;base64,QQ==" in the deck\'s folder'),
        ("https://example.org/a.png", 'there is no picture "https://example.org/a.png" in the deck\'s folder'),
        ("a.png", None),
        ("deep/b.png", None),
    ],
)
def test_a_picture_lies_in_the_folder_of_its_deck(address, told):
    notes = f'- fact: one\n  text: "{{{{c1::x}}}} ![y]({address}) `![z](no.png)`"\n'
    pictures = {"course/a.png": "a-1.png", "course/deep/b.png": "b-2.png", "a.png": "a-3.png"}
    result = compiled({"course/deck.yaml": deck_of(notes)}, (), 1, pictures)
    if told:
        assert [str(problem).splitlines()[0] for problem in result.problems] == [
            f"decks/course/deck.yaml:5:9: error: {told}"
        ]
    else:
        assert result.problems == ()
        name = pictures[f"course/{address}"]
        assert result.decks[0].cards[0].content.text == f"{{{{c1::x}}}} ![y]({name}) `![z](no.png)`"


def test_pictures_travel_from_the_deck_to_anki(tmp_path, monkeypatch, capsys):
    anki = pytest.importorskip("anki.collection")
    (tmp_path / "decks").mkdir()
    (tmp_path / "rung.toml").touch()
    (tmp_path / "decks" / "a.png").write_bytes(png(7))
    (tmp_path / "decks" / "unused.png").write_bytes(png(8))
    (tmp_path / "decks" / "deck.yaml").write_bytes(deck_of('- fact: one\n  text: "{{c1::x}} ![y](a.png)"\n'))
    monkeypatch.chdir(tmp_path)
    assert run(["build"]) == 0
    name = f"a-{sha256(png(7)).hexdigest()[:12]}.png"
    media = tmp_path / "cards" / "_media"
    assert [path.name for path in media.iterdir()] == [name]
    assert run(["build", "--check"]) == 0
    assert run(["export", "-o", "x.apkg"]) == 0
    with ZipFile("x.apkg") as package:
        assert json.loads(package.read("media")) == {"0": name}
        assert package.read("0") == png(7)
    collection = anki.Collection(str(tmp_path / "c.anki2"))
    try:
        collection.import_anki_package(anki.ImportAnkiPackageRequest(package_path=str(tmp_path / "x.apkg")))
        checked = collection.media.check()
        assert (list(checked.missing), list(checked.unused)) == ([], [])
        (card,) = collection.find_cards("")
        assert f'<img src="{name}" alt="y" />' in collection.get_card(card).question()
    finally:
        collection.close()
    # Another picture under the old name is another file: Anki would keep the one it has.
    (tmp_path / "decks" / "a.png").write_bytes(png(9))
    assert run(["build", "--check"]) == 1
    assert run(["build"]) == 0
    assert [path.name for path in media.iterdir()] == [f"a-{sha256(png(9)).hexdigest()[:12]}.png"]
    capsys.readouterr()
    assert run(["show", "deck/one#text.c1"]) == 0
    assert "[picture: y]" in capsys.readouterr().out
