"""A page as one HTML file that asks for nothing outside: styles and pictures stand in it, and nothing runs. Pure."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING

from rung import text
from rung.pages import INDEX, Printed
from rung.paper import Page, Section
from rung.press import _math

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from jinja2 import Template

# Drawings, code, scripts and tags, which stay as they are; and, between them, math and lines to fill.
PIECE = re.compile(r"<(svg|code|pre|script)\b.*?</\1>|<[^>]*>|\\\((?P<tex>[^<]*?)\\\)|(?P<blank>______)", re.DOTALL)
TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
HEAD = re.compile(r"<th(?: [^>]*)?>(.*?)</th>", re.DOTALL)
ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
CELL = re.compile(r"<td([^>]*)>")
TAG = re.compile(r"<[^>]*>")
PICTURE = re.compile(r'<img src="([^"]*)"')
TYPES = {"png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp", "svg": "svg+xml"}
TICK = ("<li>[ ] ", '<li class="tick">')
BLANK = '<span class="blank"></span>'


def document(printed: Printed, pictures: Mapping[str, bytes], beside: Container[str] = ()) -> str:
    """The file of a page; `pictures` are those of the cards by name, `beside` the names of the pages in its folder."""
    sections = [
        (text.html_inline(each.heading), body(each.text, pictures), each.folded) for each in printed.page.sections
    ]
    up = f"{INDEX}.html" if INDEX in beside and printed.name != INDEX else ""
    return _rendered(text.words(printed.page.title), printed.kind, printed.source, printed.name, sections, up)


def framed(title: str, kind: str, source: str, name: str, sections: Iterable[tuple[str, str]]) -> str:
    """The file of a page that is not made of notes; `sections` are (heading, HTML) pairs."""
    return _rendered(
        title, kind, source, name, [(text.html_inline(heading), html, False) for heading, html in sections]
    )


def index(listed: Iterable[Printed]) -> Printed:
    """The page that lists others by group, each with what it comes from."""
    groups: dict[str, list[str]] = {}
    for each in listed:
        words = text.words(each.page.title).replace("[", "\\[").replace("]", "\\]")
        groups.setdefault(each.group, []).append(f"- [{words}]({each.name}.html) — *{each.source}*")
    sections = tuple(Section(group, "\n".join(lines)) for group, lines in groups.items())
    return Printed(INDEX, Page("Pages to print", sections), "", INDEX, "Rung", ())


def body(markdown: str, pictures: Mapping[str, bytes]) -> str:
    """Markdown as the HTML of a page: math in letters, tables that can stand as lists, boxes to tick, lines to fill."""
    drawn = PIECE.sub(_shown, text.html(markdown).replace(*TICK))
    drawn = TABLE.sub(lambda match: _labelled(match[0]), drawn)
    return with_pictures(drawn, pictures)


def with_pictures(html: str, pictures: Mapping[str, bytes]) -> str:
    """HTML whose pictures stand in it, where they are addressed by name."""
    return PICTURE.sub(lambda match: f'<img src="{_data(match[1], pictures)}"', html)


def with_math(html: str) -> str:
    """HTML whose `\\(math\\)` is in letters."""
    return PIECE.sub(lambda piece: piece[0] if piece["tex"] is None else _math.html(piece["tex"]), html)


def _shown(piece: re.Match[str]) -> str:
    if piece["tex"] is not None:
        return _math.html(piece["tex"])
    return BLANK if piece["blank"] else piece[0]


def _labelled(table: str) -> str:
    """A table whose cells know the heads of their columns, for screens on which they stand below each other."""
    heads = [TAG.sub("", head) for head in HEAD.findall(table)]

    def labelled(row: re.Match[str]) -> str:
        places = count()
        return CELL.sub(lambda cell: f'<td{cell[1]} data-head="{heads[next(places)]}">', row[0])

    return ROW.sub(labelled, table)


def _data(name: str, pictures: Mapping[str, bytes]) -> str:
    """A picture as an address that holds it; nothing where there is none."""
    type_ = TYPES.get(name.rpartition(".")[2], "")
    return f"data:image/{type_};base64,{b64encode(pictures[name]).decode()}" if name in pictures and type_ else "data:,"


def _rendered(
    title: str, kind: str, source: str, name: str, sections: Iterable[tuple[str, str, bool]], up: str = ""
) -> str:
    return _template().render(
        title=title, kind=kind, source=source, name=name, sections=sections, style=_file("style.css"), up=up
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_file("page.html"))


@cache
def _file(name: str) -> str:
    return files("rung.press").joinpath(name).read_text(encoding="utf-8")
