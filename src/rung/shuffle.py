"""Orders that look random and can be had again: everything follows from a card's id and how often it was asked."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from rung.model import Option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def seed(card_id: str, rows: int) -> int:
    """The seed of the next asking of a card that has `rows` answers in the log; below 2**53, exact in JSON."""
    return int.from_bytes(sha256(f"{card_id} {rows}".encode()).digest()[:8], "big") >> 11


def shuffled(items: Iterable[T], key: Callable[[T], str], seed: int) -> tuple[T, ...]:
    """`items` in the order of the hashes of seed and key."""
    return tuple(sorted(items, key=lambda item: sha256(f"{seed} {key(item)}".encode()).digest()))


def lettered(items: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
    """(id, text) pairs as options A, B, C …"""
    return tuple(Option(letter, id_, text) for letter, (id_, text) in zip(LETTERS, items, strict=False))
