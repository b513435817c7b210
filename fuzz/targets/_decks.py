"""Decks to begin with, and what every deck that compiles must be good for."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from itertools import chain

from fuzz import promises
from rung import cardfile, notes, pages, press, text
from rung import cards as kinds
from rung.anki import notes as anki_notes
from rung.anki.identity import ordinal
from rung.anki.look import look
from rung.anki.types import Template, template
from rung.cardfile import CompiledDeck, text_of
from rung.model import Card, NotAnAnswer
from rung.preview import pages as previewed
from rung.preview.site import site

HEAD = (
    "title: A deck\nsource: {course: A course, lesson: One}\nabbreviations: {ANN: approximate}\ntags: [one]\nnotes:\n"
)
ANSWERS = ("a", "b", "ab", "dcba", "1", "12 %", "5k", "1, 2, 3", "200 ms 30 ms", "word", "")
SEEDS = (0, 7)
OF_PREVIEW = (
    '<script src="script.js"></script>', '<iframe id="card" title="The card" sandbox="allow-scripts"></iframe>',
)  # fmt: skip


@cache
def seeds() -> tuple[bytes, ...]:
    """A deck for each example and each refusal of each note type."""
    types = map(notes.note_type, notes.names())
    each = chain.from_iterable((*kind.EXAMPLES, *kind.REFUSALS) for kind in types)
    return tuple((HEAD + example.source).encode() for example in each)


@cache
def words() -> tuple[bytes, ...]:
    """The keys of all note types, and what stands behind some."""
    keys = {key for name in notes.names() for key in _keys(notes.note_type(name).Note.model_json_schema())}
    signs = ("{{c1::x}}", "- ", ": ", "? ", "|\n", ">-\n", "[", "]", "{", "}", "&a", "*a", "!!str ", "<<: ", "---\n", "...\n",
             "%YAML 1.2\n", '"', "'", "#", " #", "~", "null", "true", "@", "\t", "```flow\na -> b\n```\n", "```tree\na\n  b\n```\n",
             "```gantt\na 0-3\n```\n", "\\(x\\)", "| a | b |\n|---|---|\n| c | d |\n")  # fmt: skip
    return tuple(word.encode() for word in (*sorted(keys), *(f"{key}: " for key in sorted(keys)), *signs))


def _keys(schema: object) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(_keys, schema))
    if not isinstance(schema, dict):
        return set()
    inner: set[str] = set().union(*map(_keys, schema.values()))
    return inner | set(schema.get("properties", ()))


def sound(compiled: CompiledDeck, refusing: tuple[type[Exception], ...] = ()) -> None:
    """Cards can be kept, asked, answered, shown in a terminal, exported, previewed and printed, and nothing in them acts.
    Those that make no note or page, as cards by hand may, are told by errors of `refusing`."""
    assert cardfile.sound(text_of(compiled)) == compiled
    living = [card for card in compiled.cards if not card.retired]
    for card in living:
        asked(card)
    exported(compiled, refusing)
    if len(living) < 20:
        with suppress(*refusing):
            for page in pages.printed(pages.read([compiled])):
                promises.inert(press.document(page, {}))
        shown = site([compiled], {})
        promises.inert(previewed.index(shown, 1), OF_PREVIEW)


def asked(card: Card) -> None:
    """The card can be asked, answered with anything, and shown, and its texts are quiet."""
    kind = kinds.kind(card.kind)
    promises.quiet(text.visible(card.title + "".join(kind.gist(card.content))))
    for seed in SEEDS:
        question = kind.ask(card.content, seed)
        promises.shown(question.prompt)
        for option in question.options:
            promises.shown(option.text)
        promises.shown(kind.back(card.content, question, ""))
        for answer in ANSWERS:
            answered(card, seed, answer)


def answered(card: Card, seed: int, answer: str) -> None:
    """What was typed is scored, or is told to be no answer."""
    kind = kinds.kind(card.kind)
    question = kind.ask(card.content, seed)
    try:
        score = kind.score(card.content, question, answer)
        back = kind.back(card.content, question, answer)
    except NotAnAnswer as error:
        promises.told(error)
        return
    assert score.grade is None or score.grade in range(6), score
    promises.quiet(text.visible("\n".join(score.remarks)))
    promises.shown(back)


def exported(compiled: CompiledDeck, refusing: tuple[type[Exception], ...] = ()) -> None:
    """What Anki makes of the notes is inert; those that make none are told by errors of `refusing`."""
    parts: dict[str, list[Card]] = {}
    for card in compiled.cards:
        if not card.retired:
            parts.setdefault(card.part, []).append(card)
    for part in parts.values():
        with suppress(*refusing):
            (note,) = anki_notes.notes([(compiled.deck, part)])
            for value in note.fields:
                promises.inert(value)
            for card in part:
                sides = look(_unscripted(card.kind), note.named, ordinal(card) + 1)
                promises.inert(sides.front + sides.back)


@cache
def _unscripted(kind: str) -> Template:
    """The template of a kind without the script at its end, which is ours."""
    whole = template(kind)
    return Template(whole.front.partition("<script>")[0], whole.back.partition("<script>")[0], whole.css)
