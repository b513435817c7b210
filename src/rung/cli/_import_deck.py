"""A foreign deck of Anki taken in: its notes as decks, its pictures beside them, its answers in the log."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rung.anki.archive import Unreadable
from rung.anki.arrivals import arrivals
from rung.anki.decks import deck_files, earlier, slug
from rung.anki.foreign import LeftOut, foreign
from rung.cli import _out, _problems
from rung.cli._build import Coming, build
from rung.cli._here import Findings, Wrong
from rung.cli._import import read
from rung.cli._problems import Format
from rung.compiler import deck_id
from rung.fields import ID
from rung.model import ANKI, Severity
from rung.workspace import PICTURES, CannotGoOn, named_by_content, texts
from rung.writing import remove, staged, stay_inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rung.anki.archive import Archive
    from rung.anki.arrivals import Arrivals
    from rung.anki.collection import Collection as AnkiCollection
    from rung.anki.decks import DeckFile
    from rung.anki.foreign import Foreign, ForeignNote
    from rung.cli._build import Build
    from rung.cli._here import Here
    from rung.model import Card
    from rung.workspace import Workspace

MOST_PICTURES = 1 << 29  # bytes of all pictures together
TOLD = 20  # of what was left out


@dataclass(frozen=True, slots=True)
class Taken:
    """What comes of a package: its notes in decks, those decks compiled, and the pictures and old files that go with them."""

    found: Foreign
    files: tuple[DeckFile, ...]
    coming: Coming
    built: Build
    cards: tuple[Card, ...]


def as_deck(here: Here, file: Path, name: str, *, dry_run: bool, json: bool) -> None:
    """Take a package in as decks called `name`, all of it or nothing, and say what came of it.

    Raises CannotGoOn, Wrong where that name is taken, Findings where the decks of the workspace have errors.
    """
    workspace = here.needed_workspace
    if not all(ID.fullmatch(level) for level in name.split("/")):
        raise Wrong(f'"{name}" is no deck id; use small letters, digits and hyphens, such as "{slug(name)}"')
    archive, package = read(file)
    taken = _taken(workspace, file, name, archive, package)
    if taken.built.broken:  # for other decks
        problems = taken.built.problems
        _problems.put(problems, Format.TEXT, taken.built.texts, excerpt=False)
        _out.tell(f"{_problems.counted(problems)}; nothing was taken in.")
        raise Findings
    with here.store() as store:
        news = arrivals(package, _roots(taken), {}, store.sequences(ANKI))
        written = _written(workspace, taken)
        if not dry_run and (written or news.events):
            gone = (*(workspace.decks / path for path in taken.coming.gone), *taken.built.gone)
            stay_inside(workspace, (*written, *gone))
            store.backup_beside("before-import")
            with staged(written):
                store.load(news.events)
            remove(gone)
            here.sync(store)
    if json:
        _put_json(taken, news, dry_run=dry_run)
    else:
        _tell(taken, news)


def _written(workspace: Workspace, taken: Taken) -> dict[Path, bytes]:
    """The files that are other ones on the disk, or not there yet."""
    coming = {workspace.decks / path: data for path, data in (taken.coming.texts | taken.coming.pictures).items()}
    new = {path: data for path, data in coming.items() if not path.is_file() or path.read_bytes() != data}
    return new | dict(taken.built.stale)


def _taken(workspace: Workspace, file: Path, name: str, archive: Archive, package: AnkiCollection) -> Taken:
    """All that is to be written, compiled. A note that the compiler refuses is left out, and told of."""
    found = foreign(package, {each for each in archive.media if PurePosixPath(each).suffix.lower() in PICTURES})
    contents = _pictures(file, archive, found)
    before, _ = texts(workspace)
    while found.notes:
        taken = _compiled(workspace, name, found, contents, before)
        refused = dict(_refused(taken.built, taken.files))
        if not refused:
            return taken
        found.left_out += [LeftOut(note.number, note.guid, 0, why) for note, why in refused.items()]
        found.notes = [note for note in found.notes if note not in refused]
    why = f", such as {found.left_out[0]}" if found.left_out else ""
    raise CannotGoOn(f"{file}: it holds no notes that could be taken in{why}")


def _compiled(
    workspace: Workspace, name: str, found: Foreign, contents: Mapping[str, bytes], before: Mapping[str, bytes]
) -> Taken:
    """What comes of the notes with the decks `before`; raises Wrong where the name is taken."""
    ids = {note.id for note in found.notes}
    homes, old = _earlier(name, before, ids)
    media = {each: named_by_content(each, content) for each, content in contents.items()}
    files = tuple(deck_files(name, found.notes, homes, media))
    new = {deck.path: deck.data for deck in files}
    _refuse_others(before, new, ids)
    pictures = {path: contents[each] for deck in files for path, each in deck.pictures.items()}
    gone = (*(path for path in old if path not in new), *_stale_pictures(before, old, pictures))
    coming = Coming(new, pictures, gone)
    built = build(workspace, coming)
    decks = [deck for deck in built.decks() if f"{deck.deck.id}.yaml" in new]
    cards = tuple(card for deck in decks for card in deck.cards if not card.retired)
    return Taken(found, files, coming, built, cards)


def _pictures(file: Path, archive: Archive, found: Foreign) -> dict[str, bytes]:
    """The pictures that the notes show, by their names in the package; raises CannotGoOn."""
    contents: dict[str, bytes] = {}
    size = 0
    for name in sorted(found.pictures):
        try:
            content = archive.medium(name)
        except Unreadable as error:
            raise CannotGoOn(f"{file}: {error}; nothing was taken in") from None
        contents[name] = content or b""
        size += len(contents[name])
        if size > MOST_PICTURES:
            raise CannotGoOn(f"{file}: its pictures unpack to more than {MOST_PICTURES:,} bytes; export it in pieces")
    return contents


def _refused(built: Build, files: Iterable[DeckFile]) -> Iterator[tuple[ForeignNote, str]]:
    """The notes that make no sound notes here, and why."""
    ours = {f"decks/{deck.path}": deck for deck in files}
    for problem in built.problems:
        deck = ours.get(problem.where.path)
        starts = [line for line in deck.notes if line <= problem.where.line] if deck else []
        if deck and starts and problem.severity is Severity.ERROR:
            yield deck.notes[starts[-1]], problem.message


# ── what is there already ────────────────────────────────────────────────────────────────────────


def _earlier(
    name: str, before: Mapping[str, bytes], ids: set[str]
) -> tuple[dict[str, tuple[str, str]], tuple[str, ...]]:
    """Where earlier imports under this name put the notes, and their files that hold some of these notes."""
    own = re.compile(rf"{re.escape(name)}(?:--[0-9]+|/.+)?")
    homes: dict[str, tuple[str, str]] = {}
    old = []
    for path, data in before.items():
        if not own.fullmatch(deck_id(path)):
            continue
        made = earlier(data)
        if made.imported and not made.edited and ids & made.notes.keys():
            old.append(path)
            homes.update({each: (deck_id(path), was) for each, was in made.notes.items()})
    return homes, tuple(old)


def _refuse_others(before: Mapping[str, bytes], new: Mapping[str, bytes], ids: set[str]) -> None:
    """Raise Wrong where a deck that is there was not made by importing these notes, or was edited since."""
    there = {deck_id(path): path for path in before}
    for path in new:
        if (held := there.get(deck_id(path))) is None:
            continue
        made = earlier(before[held])
        if not made.imported:
            raise Wrong(f"decks/{held} is a deck that no import made; take another name, or move that file")
        if made.edited:
            raise Wrong(f"decks/{held} was edited since it was imported; take another name, or move that file")
        if not ids & made.notes.keys():
            raise Wrong(f"decks/{held} was imported from another deck of Anki; take another name")


def _stale_pictures(before: Mapping[str, bytes], old: Iterable[str], pictures: Mapping[str, bytes]) -> Iterator[str]:
    """The pictures of decks that are replaced, as far as nothing shows them any more."""
    for path in old:
        folder, stem = path.rpartition("/")[0], re.escape(PurePosixPath(path).stem)
        for name in sorted(set(re.findall(rf"\]\(({stem}-media/[^()\s]+)\)", before[path].decode("utf-8", "replace")))):
            if (whole := f"{folder}/{name}" if folder else name) not in pictures:
                yield whole


# ── answers ──────────────────────────────────────────────────────────────────────────────────────


def _roots(taken: Taken) -> dict[tuple[str, int], str]:
    """The root of every card by what it is in Anki: the GUID of its note, and the number of its template or hole."""
    guids = {note.id: note.guid for note in taken.found.notes}
    return {(guids[card.note.rpartition("/")[2]], _ord(card)): card.root for card in taken.cards}


def _ord(card: Card) -> int:
    return int(card.hole.removeprefix(".c") or card.part.rpartition("#card-")[2]) - 1


# ── what is said ─────────────────────────────────────────────────────────────────────────────────


def _shown(taken: Taken) -> int:
    return len({name for deck in taken.files for name in deck.pictures.values()})


def _put_json(taken: Taken, news: Arrivals, *, dry_run: bool) -> None:
    found = taken.found
    _out.put_json(
        decks=[f"decks/{deck.path}" for deck in taken.files],
        notes=len(found.notes),
        cards=len(taken.cards),
        pictures=_shown(taken),
        answers={"new": len(news.events), "known": news.known, "strange": news.strange},
        no_pictures=found.no_pictures,
        sounds=found.sounds,
        left_out=[
            {"note": each.number, "guid": each.guid, "card": each.card or None, "reason": each.reason}
            for each in found.left_out
        ],
        dry_run=dry_run,
    )


def _tell(taken: Taken, news: Arrivals) -> None:
    found = taken.found
    counts = (
        (len(found.notes), "note"), (len(taken.cards), "card"), (_shown(taken), "picture"),
        (len(news.events), "new answer"),
    )  # fmt: skip
    known = f" ({news.known:,} known)" if news.known else ""
    for deck in taken.files:
        _out.put(f"decks/{deck.path}")
    _out.put(f"{', '.join(_out.plural(*each) for each in counts)}{known}.")
    for count, word in ((found.sounds, "sound"), (found.no_pictures, "picture")):
        if count:
            why = "" if word == "sound" else " that the package lacks, or that is no png, jpg, gif, webp or svg"
            _out.tell(f"Left out: {_out.plural(count, word)}{why}.")
    for each in found.left_out[:TOLD]:
        _out.tell(f"Left out: {each}.")
    if len(found.left_out) > TOLD:
        _out.tell(f"Left out: {len(found.left_out) - TOLD:,} more.")
