"""Notes that came from Anki as the text of decks, and what tells such a deck from one that somebody wrote. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import yaml

from rung import text
from rung.anki import markdown
from rung.anki._converter import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rung.anki.foreign import ForeignNote

MOST_BYTES = 4 << 20  # of a file, half of what a deck may have
MOST_CARDS = 20_000
LONGEST_NAME = 40  # characters of a file's or a folder's name
DEEPEST = 4  # folders
DIGEST = re.compile(rb"^imported: ([0-9a-f]{32})\n", re.MULTILINE)
NOTE = re.compile(rb"^- (?:basic|fact): (n-[0-9a-f]{12})\n(?:  was: (\S+)\n)?", re.MULTILINE)
ODD = re.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\xa0\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f\\u2060\\u3000\\ufeff]")
UNTAGGED = re.compile(r"[{}\[\]<>`\\\s\x00-\x20\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff]+")
Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True)
class DeckFile:
    """A deck: its id, its text, its notes with the line on which each begins, and its pictures.

    Those are by their path below `decks/`, with their name in the package.
    """

    id: str
    data: bytes
    notes: Mapping[int, ForeignNote]
    pictures: Mapping[str, str]

    @property
    def path(self) -> str:
        return f"{self.id}.yaml"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A deck file that is there: whether it is just as an import wrote it, and the notes in it with what they were."""

    imported: bool
    edited: bool
    notes: Mapping[str, str]


def earlier(data: bytes) -> Earlier:
    """What a deck file tells of the import that may have made it: it holds the digest of the rest of it."""
    data = data.replace(b"\r\n", b"\n")
    found = DIGEST.search(data)
    edited = found is None or _digest(data[: found.start()] + data[found.end() :]) != found[1].decode()
    notes = {match[1].decode(): (match[2] or b"").decode() for match in NOTE.finditer(data)}
    return Earlier(found is not None, edited, notes)


def deck_files(
    name: str, notes: Iterable[ForeignNote], homes: Mapping[str, tuple[str, str]], media: Mapping[str, str]
) -> Iterator[DeckFile]:
    """A file for each deck of Anki, or several for a large one.

    `homes` are the decks in which earlier imports put notes, by the id of the note, each with what that says it `was`;
    `media` are the names that pictures get, by those they have in the package.
    """
    by_deck: dict[str, list[ForeignNote]] = {}
    for note in notes:
        by_deck.setdefault(note.deck, []).append(note)
    for deck, id_ in _ids(name, sorted(by_deck)).items():
        yield from _files(id_, deck, by_deck[deck], homes, media)


# ── ids ──────────────────────────────────────────────────────────────────────────────────────────


def _ids(name: str, decks: Sequence[str]) -> dict[str, str]:
    """The ids of decks by their names in Anki: without the levels that all have, the rest as folders below `name`."""
    levels = [deck.split("::") for deck in decks]
    common = 0
    while levels and all(len(each) > common and each[common] == levels[0][common] for each in levels):
        common += 1
    ids: dict[str, str] = {}
    for deck, each in zip(decks, levels, strict=True):
        rest = each[common:]
        rest = [*rest[:DEEPEST], " ".join(rest[DEEPEST:])] if len(rest) > DEEPEST else rest
        id_ = "/".join((name, *map(slug, rest)))
        ids[deck] = id_ if id_ not in ids.values() else f"{id_}-{_digest(deck.encode())[:6]}"
    return ids


def slug(words: str) -> str:
    """Words as the name of a deck's file; of words in another script, their digest."""
    ascii_ = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    found = "-".join(re.findall(r"[a-z0-9]+", ascii_))[:LONGEST_NAME].strip("-")
    return found or f"deck-{_digest(words.encode())[:6]}"


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:32]


# ── texts ────────────────────────────────────────────────────────────────────────────────────────


def _files(
    id_: str, deck: str, notes: Sequence[ForeignNote], homes: Mapping[str, tuple[str, str]], media: Mapping[str, str]
) -> Iterator[DeckFile]:
    course, *rest = map(markdown.named, deck.split("::"))
    title = markdown.plain(rest[-1] if rest else course)
    head = {"title": title, "source": {"course": course, "lesson": ", ".join(rest) or "from Anki"}}
    for place, some in enumerate(_parts(notes), 1):
        own = id_ if place == 1 else f"{id_}--{place}"  # no other deck is called so
        shown = {quoted(old): f"{own.rpartition('/')[2]}-media/{new}" for old, new in media.items()}
        pieces = [_dumped([_values(note, title, own, homes, shown)]) for note in some]
        yield _file(own, _dumped(head), pieces, some, {shown[quoted(old)]: old for old in media})


def _file(
    id_: str, head: str, pieces: Sequence[str], notes: Sequence[ForeignNote], pictures: Mapping[str, str]
) -> DeckFile:
    body = f"notes:\n{''.join(pieces)}"
    line = head.count("\n") + 3
    lines = {}
    for piece, note in zip(pieces, notes, strict=True):
        lines[line] = note
        line += piece.count("\n")
    folder = f"{id_.rpartition('/')[0]}/" if "/" in id_ else ""
    used = set(re.findall(r"\]\(([^()\s]+)\)", body)) if pictures else set()
    return DeckFile(
        id_,
        f"{head}imported: {_digest((head + body).encode())}\n{body}".encode(),
        lines,
        {folder + path: name for path, name in pictures.items() if path in used},
    )


def _parts(notes: Sequence[ForeignNote]) -> Iterator[Sequence[ForeignNote]]:
    """The notes in as many runs as files they fill."""
    start = size = cards = 0
    for place, note in enumerate(notes):
        sides = [note.text, note.extra, *(side for card in note.cards for side in (card.front, card.back))]
        own, count = 200 + sum(2 * len(side.encode()) for side in sides), max(1, len(note.cards))
        if place > start and (size + own > MOST_BYTES or cards + count > MOST_CARDS):
            yield notes[start:place]
            start, size, cards = place, 0, 0
        size, cards = size + own, cards + count
    yield notes[start:]


def _values(
    note: ForeignNote, topic: str, deck: str, homes: Mapping[str, tuple[str, str]], shown: Mapping[str, str]
) -> dict[str, Any]:
    """A note as its deck has it."""
    home, was = homes.get(note.id, (deck, ""))
    was = was if home == deck else f"{home}/{note.id}"
    tags = [tag for tag in dict.fromkeys(UNTAGGED.sub("_", tag)[:200].strip("_") for tag in note.tags) if tag]
    values: dict[str, Any] = {"basic" if note.cards else "fact": note.id}
    values |= {"was": was} if was else {}
    values |= {"topic": topic} | ({"tags": tags} if tags else {})
    if not note.cards:
        return (
            values | {"text": _shown(note.text, shown)} | ({"extra": _shown(note.extra, shown)} if note.extra else {})
        )
    cards = [
        {"id": f"card-{card.ord + 1}", "front": _shown(card.front, shown), "back": _shown(card.back, shown)}
        for card in note.cards
    ]
    return values | {"cards": cards}


def _shown(markdown: str, shown: Mapping[str, str]) -> str:
    return text.with_pictures(markdown, shown) if "![" in markdown else markdown


def _quoted(dumper: Any, value: str) -> Any:
    style = '"' if ODD.search(value) else "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


class _Dumper(Dumper):  # type: ignore[misc]
    """Texts of several lines after `|`, those with characters that nobody sees in quotes."""


_Dumper.add_representer(str, _quoted)


def _dumped(values: Any) -> str:
    dumped: str = yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1 << 30)
    return dumped
