"""The pages of a preview: the list of cards, and the one that stands in its frame and shows a card as Anki would."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rung import cards as kinds
from rung import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Template

    from rung.cardfile import CompiledDeck
    from rung.preview.site import Sides, Site


@dataclass(frozen=True, slots=True)
class Row:
    """A card in the list: what it asks, in plain words."""

    id: str
    kind: str
    asks: str


@dataclass(frozen=True, slots=True)
class Group:
    """The cards of a note."""

    note: str
    title: str
    rows: list[Row]


def index(site: Site, version: int) -> str:
    """The page that lists the cards by deck and note, in the order of the files, below what is wrong."""
    decks = [(each.deck, list(_groups(each))) for each in site.decks]
    return _template("page.html").render(decks=decks, site=site, version=version)


def card(id_: str, sides: Sides) -> str:
    """The page of one card, which waits to be told which side to show."""
    return _template("card.html").render(id=id_, sides=sides)


def file(name: str) -> str:
    """A file of this folder."""
    return files("rung.preview").joinpath(name).read_text(encoding="utf-8")


def _groups(compiled: CompiledDeck) -> Iterator[Group]:
    notes: dict[str, Group] = {}
    for each in compiled.cards:
        group = notes.setdefault(each.note, Group(each.note, text.words(each.title), []))
        asks, _ = kinds.kind(each.kind).gist(each.content)
        group.rows.append(Row(each.id, each.kind, asks))
    yield from notes.values()


@cache
def _template(name: str) -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(file(name))
