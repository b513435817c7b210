"""Whatever HTML stands in the templates and fields of a foreign note, it becomes a sound deck, or is left out with a reason."""

from __future__ import annotations

from fuzz import promises
from fuzz.targets import _decks
from rung.anki.collection import AnkiCard, Collection, Note, NoteType, Template
from rung.anki.decks import deck_files, earlier
from rung.anki.foreign import foreign
from rung.compiler import compiled

BETWEEN = b"\x1e"
NAMES = ("Front", "Back", "Extra", "Tags")
PICTURES = {"a.png": "a-0123456789ab.png", "b c.jpg": "b-c-0123456789ab.jpg"}
WORDS = tuple(
    word.encode()
    for word in (
        "<b>", "</b>", "<i>", "<br>", "<div>", "</div>", "<p>", "<ul><li>", "</li></ul>", "<ol start=3><li>", "<table><tr><td>", "</td></tr></table>",
        "<pre><code>", "</code></pre>", "<hr>", "<h1>", "</h1>", "<a href='javascript:alert(1)'>x</a>", "<a href=\"x\" onclick='y'>", "<img src=a.png>",
        "<img src='b%20c.jpg' alt='](x)'>", "<style>", "</style>", "<script>", "</script>", "&nbsp;", "&lt;", "&amp;lt;", "&#123;", "&#x200b;", "<!-- -->",
        "<math>", "<svg>", "<ruby>x<rt>y</rt></ruby>", "{{c1::x}}", "{{c1::x::y}}", "{{c2::", "}}", "{{Front}}", "{{cloze:Front}}", "{{type:Back}}",
        "{{#Back}}", "{{^Back}}", "{{/Back}}", "{{FrontSide}}", "{{kanji:Front}}", "{{hint:Back}}", "{{Tags}}", "{{tts en_US:Front}}", "[sound:x.mp3]",
        "\\(x\\)", "\\[x\\]", "[latex]x[/latex]", "[$$]x[/$$]", "<blockquote>", "<span style='font-weight:700'>", "<sub>", "<sup>", "<font color=red>", "\x1e",
        "漢字[かんじ]", "<details><summary>", "<input>", "<td colspan=9999>", "<", ">",
    )
)  # fmt: skip


def seeds() -> tuple[bytes, ...]:
    """Both templates, the deck, the tags, the fields; a first byte that is odd makes it a cloze note."""
    rows = (
        (
            "0",
            "{{Front}}",
            "{{FrontSide}}<hr id=answer>{{Back}}",
            "Geo::Europe",
            "a b",
            "Capital of <b>France</b>?",
            "Paris<br>(city)",
            "",
        ),
        (
            "1",
            "{{cloze:Front}}",
            "{{cloze:Front}}<br>{{Extra}}",
            "Med",
            "x::y",
            "The {{c1::heart}} pumps {{c2::blood::what}}",
            "",
            "more",
        ),
        (
            "0",
            "{{#Back}}{{Back}}{{/Back}}",
            "{{Front}} {{hint:Extra}}",
            "Words",
            "",
            "<ul><li>one</li><li>two</li></ul>",
            "<i>x</i> <img src=a.png>",
            "h",
        ),
        (
            "1",
            "{{cloze:Front}}",
            "{{cloze:Front}}",
            "Maths",
            "",
            "\\( {{c1::x^{2} }} \\) and <pre><code>{{c2::y}}</code></pre>",
            "",
            "",
        ),
        (
            "0",
            "{{Front}}<br>{{kanji:Extra}}",
            "{{Back}}",
            "表",
            "",
            "<table><tr><td>a</td><td>b</td></tr></table>",
            "<div>z</div>",
            "漢字[かんじ]",
        ),
    )
    return tuple(BETWEEN.join(part.encode() for part in row) for row in rows)


def tried(data: bytes) -> None:
    first, front, back, deck, tags, *fields = (
        part.decode("utf-8", "replace") for part in (data + BETWEEN * 5).split(BETWEEN)
    )
    cloze = first[-1:] == "1"
    sides = (Template("One", front, back), Template("Two", back, front))
    type_ = NoteType(1, "A type", cloze, NAMES, sides[:1] if cloze else sides)
    note = Note(1, f"guid {first}", 1, tuple(fields), tuple(tags.split()))
    cards = tuple(AnkiCard(number + 1, 1, number, deck) for number in range(3 if cloze else 2))
    found = foreign(Collection(0, 0, {1: type_}, (note,), cards, ()), PICTURES)
    for each in found.left_out:
        promises.told(each)
    brought(found, PICTURES)


def brought(found, pictures) -> None:
    """The notes make decks that compile, but for notes that the compiler refuses; those decks know that they were imported."""
    files = list(deck_files("own", found.notes, {}, pictures))
    beside = {
        path: name for each in files for path, name in ((path, pictures[name]) for path, name in each.pictures.items())
    }
    for file in files:
        made = earlier(file.data)
        assert made.imported and not made.edited and made.notes.keys() == {note.id for note in file.notes.values()}
    built = compiled({file.path: file.data for file in files}, (), 1_000, beside)
    ours = {f"decks/{file.path}": file for file in files}
    for problem in built.problems:
        promises.placed(problem, ours[problem.where.path].data)
        assert any(line <= problem.where.line for line in ours[problem.where.path].notes), (
            f"no note is to blame: {problem}"
        )
    if not built.broken:
        for deck in built.decks:
            _decks.sound(deck)
