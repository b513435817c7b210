"""A workspace of many decks: its notes are clozes and questions in turn, no two alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DECKS = 200
HEAD = """title: "The parts of system {deck}"
source: {{course: Bench, lesson: "Part {deck}", read: 2026-11-21}}
notes:
"""
FACT = """
  - fact: part-{note}
    topic: parts
    title: "Part {note} of system {deck}"
    text: >-
      Part {note} of system {deck} keeps {{{{c1::{note} replicas::how many}}}} of
      each shard in *{{{{c2::zone {deck}::which zone}}}}*, since one may fail.
"""
QUESTION = """
  - basic: why-{note}
    topic: reasons
    title: "Reason {note} in system {deck}"
    cards:
      - id: cache
        front: "Why does part {note} of system {deck} answer from a cache?"
        back: >-
          Its readers ask for {note} keys much more often than for all others,
          and `shard {deck}` alone would be too slow.
"""
NOTES = (FACT, QUESTION)


def put_decks(folder: Path, notes: int) -> None:
    """A workspace in `folder` with so many notes in all, spread evenly."""
    (folder / "decks").mkdir(parents=True)
    (folder / "rung.toml").write_text("", "utf-8")
    decks = min(DECKS, notes)
    for deck in range(decks):
        share = range(deck, notes, decks)
        (folder / "decks" / f"deck-{deck}.yaml").write_text(deck_text(deck, share), "utf-8")


def deck_text(deck: int, notes: range) -> str:
    texts = (NOTES[place % len(NOTES)].format(deck=deck, note=note) for place, note in enumerate(notes))
    return HEAD.format(deck=deck) + "".join(texts)


def files(folder: Path) -> list[Path]:
    """The decks of a workspace."""
    return sorted((folder / "decks").glob("*.yaml"))
