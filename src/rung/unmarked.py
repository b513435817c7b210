"""Texts that need no parser, and what they say, in words and in HTML. Pure; most texts of cards are such.

CommonMark finds nothing in them but paragraphs, each perhaps a quotation, of lines with `code`, *stress*, **more of it**
and escaped brackets. What is told here of such a text is what `commonmark.parser()` would tell; of any other, None.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Within a repetition no two alternatives fit one text, and none begins with what may stand before it: no text makes these
# patterns slow. They do without possessive `*+`, which some releases of Python 3.11 get wrong.
WORD = r"[^\W_]"
CONTROL = r"\x00-\x1f\x7f-\x9f\u2028\u2029"  # and what is a blank to `\s` alone, not to CommonMark
INERT = rf"[^{CONTROL}\\`*_\[\]<&|]"
ALONE = r"(?:\\[\[\]]|&(?=\s))"  # signs that mean nothing else: an escaped bracket, and no entity
WITHIN = rf"{INERT}*(?:{ALONE}{INERT}*)*(?<!\s)"
CODE = rf"`[^ `{CONTROL}][^`{CONTROL}]*`(?!`)"


def _stress(mark: str) -> str:
    """A run of words between two marks. Neither mark stands with a sign on its inner side and a word on its outer one, so
    the first opens and the second closes, whatever else they could do."""
    opens = rf"(?!(?<=\S){mark}[\W_]){mark}(?![\s*])"
    return rf"{opens}{WITHIN}{mark}(?!(?<!{WORD}{mark})[^\s.,;:!?)]|\*)"


SPAN = rf"(?:{ALONE}|{CODE}|{_stress(r'[*]')}|{_stress(r'[*][*]')})"
PIECE = rf"(?=\S){INERT}*(?:{SPAN}{INERT}*)*(?<!\s)"  # of a line, wherever it stands
LINE = rf"(?![#>+=:-]|~~~|[0-9]+[.)](?:\s|\Z)){PIECE}"  # which opens no block, and underlines none
TEXT = re.compile(rf"(?:> )?{LINE}(?:\n(?:\n+(?:> )?)?{LINE})*")
ONE = re.compile(PIECE)
BREAK = re.compile(r"\n\n+")  # between paragraphs
MARKS = re.compile(r"`([^`]+)`|\*+|\\([\[\]])")
MARKED = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\\([\[\]])")
QUOTE = '"'


def holds(text: str) -> bool:
    """Whether `text` is one of those that need no parser."""
    return TEXT.fullmatch(text) is not None


def paragraphs(text: str) -> list[str] | None:
    """What each paragraph of `text` says, on one line."""
    if not TEXT.fullmatch(text):
        return None
    return [_said(each.removeprefix("> ")).replace("\n", " ") for each in _paragraphs(text)]


def line(text: str) -> str | None:
    """What all of `text` says, on one line."""
    if not TEXT.fullmatch(text):
        return None
    return " ".join(" ".join([_said(each.removeprefix("> ")) for each in _paragraphs(text)]).split())


def html(text: str) -> str | None:
    """`text` as HTML, on one line."""
    if not TEXT.fullmatch(text):
        return None
    return " ".join(map(_block, _paragraphs(text))).replace("\n", " ")


def html_inline(text: str) -> str | None:
    """`text` of one line that is no quotation as HTML, without the paragraph around it."""
    if "\n" in text or text.startswith("> ") or not TEXT.fullmatch(text):
        return None
    return _shown(text)


def piece(text: str) -> str | None:
    """What `text`, a piece of a sentence, says: no sign at its start opens a list or a quotation."""
    return _said(text) if ONE.fullmatch(text) else None


def piece_html(text: str) -> str | None:
    """`text`, a piece of a sentence, as HTML."""
    return _shown(text) if ONE.fullmatch(text) else None


def _paragraphs(text: str) -> Sequence[str]:
    return BREAK.split(text) if "\n\n" in text else (text,)


def _said(text: str) -> str:
    if "`" in text:  # within code the other marks are letters
        return MARKS.sub(_unmarked, text)
    return text.replace("\\[", "[").replace("\\]", "]").replace("*", "")


def _unmarked(match: re.Match[str]) -> str:
    return match[1] or match[2] or ""


def _block(paragraph: str) -> str:
    if paragraph.startswith("> "):
        return f"<blockquote> <p>{_shown(paragraph[2:])}</p> </blockquote>"
    return f"<p>{_shown(paragraph)}</p>"


def _shown(text: str) -> str:
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace(QUOTE, "&quot;")
    return MARKED.sub(_marked, shown) if _has_marks(text) else shown


def _has_marks(text: str) -> bool:
    return "`" in text or "*" in text or "\\" in text


def _marked(match: re.Match[str]) -> str:
    code, strong, stressed, bracket = match.groups()
    if code:
        return f"<code>{code}</code>"
    if strong:
        return f"<strong>{_said(strong)}</strong>"
    return f"<em>{_said(stressed)}</em>" if stressed else str(bracket)
