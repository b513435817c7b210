"""Templates of Anki's note types, filled with the fields of a note. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

TAG = re.compile(r"\{\{([^{}]*)\}\}")
SIGNS = ("#", "^", "/")  # where the field holds something, where it holds nothing, up to here
OTHER_BRACES = "{{=<% %>=}}"  # begins a template that is written with <% and %>
ANSWER = re.compile(r"<hr\b[^<>]*\bid\s*=\s*[\"']?answer\b[^<>]*>", re.IGNORECASE)
EMPTY = re.compile(r"(?:\s|&nbsp;|</?(?:br|div) ?/?>)*", re.IGNORECASE)
MARKUP = re.compile(r"<[^<>]*>")
READING = re.compile(r" ?([^ >\[]{1,40})\[([^\[\]]{0,200})\]")  # a word and how it is read, as 漢字[かんじ]
READINGS = {"furigana": r"\1(\2)", "kanji": r"\1", "kana": r"\2"}
SOUNDS = {"tts", "tts-voices"}
HIDDEN = {"type", "hint"}  # what a front shows only once somebody has typed or clicked
HOLES = {"cloze", "cloze-only"}
JOINER = "\u2060"  # parts two characters for whoever looks for them together; nobody sees it


@dataclass(frozen=True, slots=True)
class Filled:
    """A side of a card in HTML, and the fields that stand in it and are not empty."""

    html: str
    shown: frozenset[str]


def filled(
    template: str, fields: Mapping[str, str], *, back: bool = False, without: Collection[str] = frozenset()
) -> Filled:
    """A template with the fields of a note, special ones such as `Tags` among them; the holes of `cloze:` stay holes.

    A `back` shows what is typed or clicked for, too, and nothing stands for its FrontSide. Fields `without` are empty.
    """
    html, shown, outer, show = [], set(), [], True
    for text, sign, filters, name in _parsed(template):
        value = "" if name in without else fields.get(name, "")
        empty = EMPTY.fullmatch(value) is not None
        if show:
            html.append(text)
        if sign in ("#", "^"):
            outer.append(show)
            show = show and empty == (sign == "^")
        elif sign == "/":
            show = outer.pop() if outer else show
        elif show and not empty and (value := _filtered(value, filters, back=back)):
            html.append(value)
            shown.add(name)
    return Filled("".join(html), frozenset(shown))


def added(front: Filled, template: str, fields: Mapping[str, str]) -> str:
    """What the back of a card adds to its front, in HTML: what follows the rule between question and answer.

    Without one it is what stands in no field of the front; where nothing is left, all of it.
    """
    whole = filled(template, fields, back=True).html
    _, *after = ANSWER.split(whole, maxsplit=1)
    rest = after[0] if after else filled(template, fields, back=True, without=front.shown).html
    return rest if not EMPTY.fullmatch(MARKUP.sub(_picture, rest)) else ANSWER.sub("", whole)


def hole_fields(template: str) -> frozenset[str]:
    """The fields whose holes a template asks for."""
    return frozenset(name for _, _, filters, name in _parsed(template) if HOLES.intersection(filters))


def _picture(match: re.Match[str]) -> str:
    """Something in the place of a picture, nothing in that of other markup."""
    return match[0] if match[0][:4].lower() == "<img" else ""


@lru_cache(256)
def _parsed(template: str) -> tuple[tuple[str, str, tuple[str, ...], str], ...]:
    """The pieces of a template: text, and behind it the sign of a tag, its filters and its field."""
    return tuple(_pieces(template))


def _pieces(template: str) -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    if template.lstrip().startswith(OTHER_BRACES):
        template = template.lstrip().removeprefix(OTHER_BRACES).replace("<%", "{{").replace("%>", "}}")
    pieces = [*TAG.split(template), ""]  # behind the last text stands no tag
    for text, tag in zip(pieces[::2], map(str.strip, pieces[1::2]), strict=True):
        sign = tag[: tag.startswith(SIGNS)]  # the first character, or nothing
        *filters, name = (part.strip() for part in tag.removeprefix(sign).split(":"))
        yield text, sign, tuple(filters), name


def _filtered(value: str, filters: tuple[str, ...], *, back: bool) -> str:
    """A field after its filters, of which unknown ones change nothing."""
    names = [name.partition(" ")[0] for name in filters]
    if SOUNDS.intersection(names) or (not back and not HOLES.intersection(names) and HIDDEN.intersection(names)):
        return ""
    for name in reversed(names):
        if name in READINGS:
            value = READING.sub(READINGS[name], value)
        elif name == "text":
            value = MARKUP.sub("", value)
    return value if HOLES.intersection(names) else value.replace("{{", f"{{{JOINER}{{")
