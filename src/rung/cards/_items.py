"""The items of a card: whether all of them can be told apart, and as a list in Anki, each with its id, by which scripts know
them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from rung import text
from rung.shuffle import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def listed(items: Iterable[tuple[str, str]]) -> str:
    """Items, each as its id and what it says in Markdown, as HTML."""
    return "".join(f'<li data-id="{escape(id_)}">{text.html_inline(says)}</li>' for id_, says in items)


def fault(ids: Sequence[str]) -> str:
    """What is wrong with items of these ids that are to have a letter each; empty where nothing is."""
    if not 1 <= len(ids) <= len(LETTERS):
        return f"it has {len(ids)} items, not 1 to {len(LETTERS)}"
    return "" if len(set(ids)) == len(ids) else "two of its items have one id"
