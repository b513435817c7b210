"""Pictures of the desk: how they are taken, kept and compared, by the words that stand in each line."""

from __future__ import annotations

import os
import re
from difflib import unified_diff
from html import unescape

from desk_pilot import lines

COLUMN, LINE = 12.2, 24.4  # what each takes in a picture, as Rich draws it
TEXT = re.compile(r'<text class="desk-r\d+" x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>')
TITLE = re.compile(r'<text class="desk-title"[^>]*>(.*?)</text>')


def taken(desk, title):
    """What the desk shows, as SVG: without fonts from elsewhere, and under ids that tell nothing of the run."""
    svg = desk.export_screenshot(title=title, simplify=True)
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return re.sub(r"terminal-\d+", "desk", svg)


def title(svg):
    """The one that it was taken under."""
    return TITLE.search(svg)[1]


def lines_of(svg):
    """The lines of words in a picture; not the marks around them, which may differ from one Textual to the next."""
    found = {}
    for x, y, words in TEXT.findall(svg):
        place, column = int(float(y) // LINE), round(float(x) / COLUMN)
        found[place] = f"{found.get(place, ''):<{column}}" + unescape(words).replace("\xa0", " ").replace(os.sep, "/")
    return [found.get(place, "").rstrip() for place in range(max(found) + 1)]


def seen(desk):
    """The same lines of what the desk shows now, without a picture, which takes longer than all that the desk does."""
    return "\n".join(lines(desk)).replace("\xa0", " ").replace(os.sep, "/").rstrip().split("\n")


def stale(paths, desk, title):
    """What the desk shows otherwise than in the pictures that are kept, as SVG or as its lines, line by line; with
    RUNG_PICTURES set, keep it."""
    now, told = seen(desk), []
    for path in paths:
        svg = path.suffix == ".svg"
        if os.environ.get("RUNG_PICTURES"):
            path.write_text(taken(desk, title) if svg else "\n".join([*now, ""]), encoding="utf-8", newline="\n")
        text = path.read_text("utf-8") if path.exists() else ""
        kept = text.splitlines() if not svg else lines_of(text) if text else []
        told += unified_diff(kept, now, f"{path.name}, kept", "now", "", "", 0, "")
    return "\n".join(told)
