"""The page that says where each fact of the sources is taught: from `coverage.yaml` and the compiled cards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from rung.cardfile import from_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

HERE = Path(__file__).parent
CARDS = HERE.parent / "cards"
ORIGINAL = "original"

INTRO = """\
<!-- Written by docs/generate.py from docs/coverage.yaml and cards/. Do not edit. -->
# Where each fact of the sources is taught

Each row is a paragraph, list or table of a source that holds a figure or a judgement, named by its heading and what it
is about. Beside it stand the cards that teach it, or why none does. Decks of our own, tagged `original`, teach what no
source says and are not listed.
"""


def page() -> str:
    """The Markdown of `coverage.md`; raises ValueError where a row teaches nothing, or names what is not there."""
    sources = yaml.safe_load((HERE / "coverage.yaml").read_text(encoding="utf-8"))
    known = list(card_ids())
    return "\n".join([INTRO, *(_section(source, known) for source in sources)])


def card_ids(folder: Path = CARDS) -> Iterator[str]:
    """The ids of all living cards that teach a source, in the order of decks and cards."""
    for path in sorted(folder.rglob("*.jsonl")):
        compiled = from_text(path.read_text(encoding="utf-8"))
        if ORIGINAL not in compiled.deck.tags:
            yield from (card.id for card in compiled.cards if not card.retired)


def taught(name: str, known: Iterable[str]) -> list[str]:
    """The cards of the deck, note, part or card `name`."""
    return [id_ for id_ in known if id_ == name or id_.startswith((f"{name}/", f"{name}#", f"{name}."))]


def _section(source: Mapping[str, Any], known: Sequence[str]) -> str:
    rows = [_row(source["source"], row, known) for row in source["rows"]]
    return f"## {source['source']}\n\n| in the source | cards, or why none |\n| --- | --- |\n" + "".join(rows)


def _row(source: str, row: Mapping[str, Any], known: Sequence[str]) -> str:
    names = row.get("teaches", ())
    found = {name: taught(name, known) for name in names}
    if missing := [name for name, ids in found.items() if not ids]:
        raise ValueError(f"{source}, {row['at']}: there is no {missing[0]}")
    if not names and not row.get("why"):
        raise ValueError(f"{source}, {row['at']}: say what teaches it, or why nothing does")
    ids = dict.fromkeys(id_ for each in found.values() for id_ in each)
    told = "; ".join([*_by_note(ids), *([row["why"]] if row.get("why") else [])])
    return f"| {row['at']} | {told} |\n"


def _by_note(ids: Iterable[str]) -> Iterator[str]:
    """Card ids, those of a note together: `deck/note` #part #part."""
    notes: dict[str, list[str]] = {}
    for id_ in ids:
        note, _, part = id_.partition("#")
        notes.setdefault(note, []).append(f"#{part}")
    return (f"`{note}` {' '.join(parts)}" for note, parts in notes.items())
