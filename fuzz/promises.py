"""What is true of all that Rung shows, writes and says, whatever came in."""

from __future__ import annotations

import re
from functools import lru_cache
from io import StringIO
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bs4 import BeautifulSoup
from rich.console import Console

from rung import rendered, text

if TYPE_CHECKING:
    from rung.model import Problem

TAGS = frozenset(
    ["a", "abbr", "article", "b", "blockquote", "body", "br", "button", "caption", "circle", "code", "dd", "defs", "del", "desc", "details", "div", "dl", "dt", "ellipse", "em", "figcaption", "figure", "g", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "img", "kbd", "label", "li", "line", "link", "main", "marker", "math", "meta", "mi", "mn", "mo", "mrow", "msup", "msub", "mfrac", "msqrt", "nav", "ol", "p", "path", "polygon", "polyline", "pre", "q", "rect", "s", "samp", "section", "small", "span", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "text", "tfoot", "th", "thead", "title", "tr", "tspan", "u", "ul", "var", "footer", "input"]
)  # fmt: skip
"""Which elements may stand in a page; no script, frame, form or object."""
FETCHING = frozenset(
    ["src", "srcset", "poster", "background", "action", "formaction", "data", "xlink:href", "ping", "cite", "longdesc"]
)
BARE = re.compile(r"(?!\s|/|.*\.\.)[^:\\\x00-\x1f]+")  # a file beside: no protocol, no other root, no way up
SCHEME = re.compile(r"\s*([a-z][a-z0-9+.\s-]*):", re.IGNORECASE)
FOLLOWED = frozenset(("http", "https", "mailto"))  # by a learner who clicks; no page asks for them itself
ACTS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
STYLED = re.compile(r"url\s*\(|@import|expression\s*\(|javascript:", re.IGNORECASE)


def quiet(words: str) -> None:
    """Nothing in these words acts in a terminal: no escape sequence, no bell, no way back on the line."""
    acts = ACTS.search(words)
    assert not acts, f"{acts[0]!r} acts in {words[max(0, acts.start() - 100) :][:300]!r}"


def told(error: object) -> None:
    """What is said of bad input says something, and does nothing where it is shown."""
    assert str(error).strip()
    quiet(text.visible(str(error)))


CONSOLE = Console(file=StringIO(), width=80, color_system=None, legacy_windows=False)


@lru_cache(1024)  # the back of a card is mostly the same whatever was answered
def shown(markdown: str) -> None:
    """A text of a card is quiet in a terminal, as lines and by rich, and as words."""
    with CONSOLE.capture() as captured:
        CONSOLE.print(rendered.markdown(markdown))
    quiet(captured.get())
    quiet(text.plain(markdown))
    quiet(text.line(markdown))


@lru_cache(4096)
def inert(html: str, ours: tuple[str, ...] = ()) -> None:
    """Nothing in this HTML runs, nothing in it is fetched, but for what is `ours`, word by word."""
    for known in ours:
        html = html.replace(known, "", 1)
    for tag in BeautifulSoup(html, "html.parser").find_all(True):
        assert tag.name in TAGS, f"<{tag.name}> in {html[:500]!r}"
        for name, value in tag.attrs.items():
            _inert(tag.name, name.lower(), " ".join(value) if isinstance(value, list) else str(value))
        if tag.name == "style":
            assert not STYLED.search(tag.get_text()), tag


def _inert(tag: str, name: str, value: str) -> None:
    told = f"{name}={value[:200]!r} of <{tag}>"
    assert re.fullmatch(r"[a-z][a-z0-9:_-]*", name), told
    assert not name.startswith("on") and name != "srcdoc", told
    assert name != "http-equiv" or value == "Content-Security-Policy", told
    if name == "href" and tag in ("a", "area"):
        scheme = SCHEME.match(unquote(value))
        assert not scheme or re.sub(r"\s", "", scheme[1]).lower() in FOLLOWED, told
    elif name == "href" or name in FETCHING:
        assert value.startswith(("data:image/", "data:,", "#")) or not value or BARE.fullmatch(unquote(value)), told
        assert not value.startswith("data:image/svg") or tag == "img", told
    elif name == "style":
        assert not STYLED.search(value), told


def placed(problem: Problem, data: bytes) -> None:
    """A problem of a file stands within that file, says something, and says how to mend it."""
    lines = data.decode("utf-8", "replace").split("\n")
    where = problem.where
    assert 1 <= where.line <= max(1, len(lines)), f"{problem} of {len(lines)} lines"
    line = lines[where.line - 1]
    assert 1 <= where.column <= len(line) + 2, f"{problem} in {line!r}"
    assert problem.message and problem.mend, problem
    told(problem)
