"""The parser of card texts: CommonMark with tables, `\\(math\\)` kept whole and drawings drawn; raw HTML is text.

A link leads to the web, to somebody's mail or to a page beside; one of another sort, which some program on the machine
might take for its own, is text. A picture is a file beside: nothing that is shown fetches anything.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

ASKED = re.compile(r"\\\[((?:[^\\\]]|\\(?![\[\]]))*)(?<=…)\\\]")  # a hole that is asked, as `text.with_hole` writes it
FOLLOWED = re.compile(r"(?:https?|mailto):|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)  # what a link may begin with
# What no picture beside a deck begins with: what may be a protocol, or a folder; a browser takes %2e for a dot.
ELSEWHERE = re.compile(r"[^/\\]*:|[/\\]|.*(?:\.|%2e){2}", re.IGNORECASE)


@cache
def parser(*, anywhere: bool = False) -> MarkdownIt:
    """The parser; with `anywhere`, one that knows links and pictures by their form alone, wherever they lead."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.inline.ruler.before("escape", "math", _math)
    parser.validateLink = lambda url: anywhere or _followed(url)  # type: ignore[method-assign]
    parser.add_render_rule("math", _math_html)
    parser.add_render_rule("link_open", _link_html)
    parser.add_render_rule("image", _image_html)
    parser.add_render_rule("fence", _fence_html)
    return parser


def _followed(url: str) -> bool:
    return FOLLOWED.match(url.strip()) is not None


def _link_html(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """The link; one by the page's own protocol goes to the web, as a page that is a file would look for it among files."""
    href = str(tokens[index].attrs["href"])
    if href.startswith("//"):
        tokens[index].attrs["href"] = f"https:{href}"
    return str(self.renderToken(tokens, index, options, env))


def _image_html(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """The picture, or what it is called where it is none that lies beside the page."""
    if ELSEWHERE.match(str(tokens[index].attrs["src"])):
        return escape(f"[picture: {tokens[index].content}]")
    return str(self.image(tokens, index, options, env))


def _math(state: StateInline, silent: bool) -> bool:
    """Keep `\\(…\\)` whole, which CommonMark would read as two escaped brackets."""
    if not state.src.startswith("\\(", state.pos) or state.pos + 2 > _last_end(state.src):
        return False
    end = state.src.index("\\)", state.pos + 2)
    if not silent:
        state.push("math", "", 0).content = ASKED.sub(r"[\1]", state.src[state.pos + 2 : end])
    state.pos = end + 2
    return True


@lru_cache(1)
def _last_end(source: str) -> int:
    """Where the last math of a text may end: asked at every `\\(`, so searched for once."""
    return source.rfind("\\)")


def _math_html(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    return rf"\({escape(tokens[index].content, quote=False)}\)"


def _fence_html(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """The drawing that a fenced block holds, else its code."""
    from rung import drawings

    drawn = drawings.svg(tokens[index].info.strip(), tokens[index].content)
    return drawn or str(self.fence(tokens, index, options, env))
