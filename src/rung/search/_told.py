"""What is wrong with a search, with its line and a caret."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rung.lines import visible

if TYPE_CHECKING:
    from rung.search.tree import Mistake

BEFORE, WIDTH = 40, 70  # of a long search, the part that matters


def told(text: str, mistake: Mistake) -> str:
    """The mistake in a text, how to mend it, and below it the line with a caret."""
    from rich.cells import cell_len  # here, for most searches are none

    line = visible(re.sub(r"\s", " ", text))
    first = max(0, mistake.place - BEFORE) if len(line) > WIDTH else 0
    caret = cell_len(line[first : mistake.place])
    return f"{visible(mistake.message)}; {mistake.mend}\n    {line[first : first + WIDTH]}\n    {' ' * caret}^"
