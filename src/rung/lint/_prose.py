"""What several rules read out of a note's texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.fields import NoteFields

QUOTED = re.compile(r'“[^“”]*”|"[^"]*"|^>.*$', re.MULTILINE)
FENCE = re.compile(r"^(```++|~~~++).*?^\1`*~*[ \t]*$", re.MULTILINE | re.DOTALL)


def own_words(text: str) -> str:
    """`text` without what it quotes: others may ask as they like."""
    return QUOTED.sub(" … ", text) if "“" in text or '"' in text or ">" in text else text


def prose(markdown: str) -> str:
    """`markdown` without its fenced blocks, which are drawings and code."""
    return FENCE.sub("", markdown) if "```" in markdown or "~~~" in markdown else markdown


def written(fields: NoteFields) -> Iterator[str]:
    """Every text that the author of a note wrote, in its fields."""
    yield from _texts(fields.model_dump(exclude={"allow"}))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
