"""The items of a list in Anki, each with its id, by which the scripts of a card know them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from rung import text

if TYPE_CHECKING:
    from collections.abc import Iterable


def listed(items: Iterable[tuple[str, str]]) -> str:
    """Items, each as its id and what it says in Markdown, as HTML."""
    return "".join(f'<li data-id="{escape(id_)}">{text.html_inline(says)}</li>' for id_, says in items)
