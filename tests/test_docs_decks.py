"""Every YAML block of the authors' pages is compiled; it gives no problem but those that a `text` block after it tells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from deck_text import deck_of
from rung.compiler import compiled

DOCS = Path(__file__).parents[1] / "docs"


def blocks(page):
    """(place, YAML, the problems told) of every YAML block of a page."""
    fences = [token for token in MarkdownIt().parse((DOCS / page).read_text("utf-8")) if token.type == "fence"]
    for fence, following in zip(fences, [*fences[1:], None], strict=True):
        if fence.info == "yaml":
            told = following.content if following and following.info == "text" else ""
            yield pytest.param(fence.content, told, id=f"{page}:{fence.map[0] + 1}")


BLOCKS = [*blocks("decks.md"), *blocks("note-types.md"), *blocks("lint.md")]


@pytest.mark.parametrize(("block", "told"), BLOCKS)
def test_a_block_gives_the_problems_told(block, told):
    path = next(iter(re.findall(r"^decks/(\S+?):\d", told, re.MULTILINE)), "first.yaml")
    deck = deck_of(block) if block.startswith("- ") else block.encode()
    result = compiled({path: deck}, (), 1)
    assert "".join(f"{problem}\n" for problem in result.problems) == told
    assert told or result.decks[0].cards


def test_the_first_deck_has_ten_lines():
    """As its heading says."""
    assert len(BLOCKS[0].values[0].splitlines()) == 10
