"""The text of cards: CommonMark with Anki's holes and `\\(math\\)`, turned into plain text or HTML. Pure.

A hole is `{{c1::answer::hint}}`. Raw HTML is text, never markup, and so are control characters and escape sequences.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rung import unmarked
from rung.commonmark import parser
from rung.lines import visible as visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markdown_it.token import Token

# No two parts of these patterns fit one character, and each ends where the next match may begin: no text makes them
# slow. They do without possessive `*+`, which some releases of Python 3.11 get wrong.
LONE = r"\{(?!\{)|\}(?!\})"
ANSWER, HINT = rf"[^:{{}}]*(?:(?::(?!:)|{LONE})[^:{{}}]*)*", rf"[^{{}}]*(?:(?:{LONE})[^{{}}]*)*"
OPENED = re.compile(r"\{\{c([0-9]{1,6})::")
HOLE = re.compile(rf"{OPENED.pattern}({ANSWER})(?:::({HINT}))?\}}\}}")
SHOWN = 20  # characters of what a message quotes
PICTURE = re.compile(r"(!\[(?:[^!\]]|!(?!\[))*\]\(\s*)([^)\s]+)")
RISKY = re.compile(r"[\[|&\\*_<`\n]")  # what can make Markdown of holes, or holes of Markdown
BRACE = re.compile("[{]|&[#l]")  # all of what Markdown can make one; among entities &lbrace; and &lcub;
ATTRIBUTE = re.compile(r'="([^"]*)"')  # of HTML, in whose words no bare quote stands
LONGEST_TEXT = 10_000  # characters
LONGEST_HOLE = 15  # words
LAST_HOLE = 499  # Anki numbers its holes up to here


class Hole(NamedTuple):
    """A hole of a text; `answer` and `hint` are Markdown."""

    number: int
    answer: str
    hint: str
    start: int
    end: int


def holes(text: str) -> tuple[Hole, ...]:
    """The holes of `text`, in the order in which they stand."""
    return _holes(text) if "{{" in text else ()


@lru_cache(256)  # the texts of a note are asked for again and again
def _holes(text: str) -> tuple[Hole, ...]:
    return tuple([Hole(int(m[1]), m[2], m[3] or "", m.start(), m.end()) for m in HOLE.finditer(text)])


def hole_numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted({hole.number for hole in holes(text)}))


def with_hole(text: str, number: int) -> str:
    """The Markdown that asks hole `number`: it reads `[…]` or `[hint…]`, every other hole shows its answer."""
    shown: list[str] = []
    end = 0
    for hole in holes(text):
        shown += text[end : hole.start], f"\\[{hole.hint}…\\]" if hole.number == number else hole.answer
        end = hole.end
    return "".join(shown) + text[end:]


def filled(text: str) -> str:
    """The Markdown with every hole showing its answer."""
    return with_hole(text, -1)


def hole_answer(text: str, number: int) -> str:
    """What belongs in hole `number`, as Markdown; several holes of one number are joined by semicolons."""
    return "; ".join([hole.answer for hole in holes(text) if hole.number == number])


def hole_fault(text: str) -> tuple[str, str] | None:
    """What is wrong with the holes of `text`, and how to mend it; None if nothing is."""
    if len(text) > LONGEST_TEXT:
        return f"this text is {len(text):,} characters long", f"split it into several notes, {LONGEST_TEXT:,} at most"
    if "{" not in text and "&" not in text:
        return None  # nor can Markdown make a brace of it
    found = holes(text)
    for hole in found:
        if fault := _fault_of(hole):
            return fault
    if text.count("{") > 2 * len(found) and (fault := _fault_between(text)):  # some brace opens none of them
        return fault
    return _fault_of_markdown(text)


def _fault_of(hole: Hole) -> tuple[str, str] | None:
    if hole.answer.count("{") != hole.answer.count("}"):
        mend = "put a space between the closing braces of the answer and those of the hole"
        return f"hole c{hole.number} ends inside its answer", mend
    if not hole.answer.strip():
        return f"hole c{hole.number} is empty", f"write its answer: {{{{c{hole.number}::answer}}}}"
    if "::" in hole.hint:
        return f"hole c{hole.number} has more than an answer and a hint", "leave out the third part"
    if not 1 <= hole.number <= LAST_HOLE:
        return f"hole c{hole.number} is out of range", f"number holes from c1 to c{LAST_HOLE}"
    if "\n\n" in hole.answer:
        return f"hole c{hole.number} spans two paragraphs", "keep a hole within one paragraph"
    return None


def _fault_between(text: str) -> tuple[str, str] | None:
    """What stands around the whole holes and looks like another."""
    rest = HOLE.sub("", text)
    if opened := OPENED.search(rest):
        after = rest[opened.start() :]
        if after.count("}}") < after.count("{{"):
            return f"hole c{opened[1]} is never closed", "end it with }}"
        return f"a hole stands inside hole c{opened[1]}", "give each hole words of its own"
    if "{{" in rest:
        words = " ".join(rest[rest.index("{{") :].split())[:SHOWN]
        return f'"{words}" does not open a hole', "write a hole as {{c1::answer}} or {{c1::answer::hint}}"
    return None


def _fault_of_markdown(text: str) -> tuple[str, str] | None:
    """Whether Markdown loses a hole, cuts it up, or makes one: each must show what it shows when it stands by itself."""
    found = holes(text)
    if not (found or BRACE.search(text)):
        return None
    inside = " ".join([text[hole.start : hole.end] for hole in found])
    if "`" not in text and "*" not in inside and "\n\n" not in inside and unmarked.holds(text):
        return None  # stress stands round whole holes, or apart from them
    tokens = parsed(text)
    if any(HOLE.search(code) for code in _codes(tokens)):
        return "a hole stands inside `code`", "take the backticks away, or put the hole outside them"
    if not RISKY.search(text):
        return None
    rendered: str = parser().renderer.render(tokens, parser().options, {})
    hidden = any("{{" in value for value in ATTRIBUTE.findall(rendered))
    math = "\n".join(token.content for token in _inline(tokens) if token.type == "math")
    for hole, shown in zip_longest(found, holes(rendered)):
        if hole and not (shown and not hidden and _shows(shown, hole, raw=text[hole.start : hole.end] in math)):
            mend = "write it in plain words, or put the marks inside the hole"
            return f"hole c{hole.number} is lost in the Markdown around it", mend
    if hidden or len(holes(rendered)) > len(found) or "{{" in HOLE.sub("", rendered):
        return "Markdown makes a hole of this", "write a hole as {{c1::answer}}, and no brace as \\{ or &#123;"
    return None


def _shows(shown: Hole, hole: Hole, *, raw: bool) -> bool:
    """Whether a hole of the HTML has what one of the Markdown holds; in math that is `raw`."""

    def same(seen: str, written: str) -> bool:
        if raw:
            return seen == escape(visible(written), quote=False)
        alone = unmarked.piece_html(written)
        return bool(seen == (parser().renderInline(visible(written)) if alone is None else alone))

    return shown.number == hole.number and same(shown.answer, hole.answer) and same(shown.hint, hole.hint)


def _codes(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("code_inline", "code_block", "fence"):
            yield token.content
        yield from _codes(token.children or ())


# ── pictures ─────────────────────────────────────────────────────────────────────────────────────


def pictures(text: str) -> tuple[str, ...]:
    """The addresses of the pictures in `text`, also of those that none will be shown from."""
    tokens = parser(anywhere=True).parse(visible(text))
    return tuple(str(token.attrs["src"]) for token in _inline(tokens) if token.type == "image")


def with_pictures(text: str, names: Mapping[str, str]) -> str:
    """`text` with the addresses of its pictures replaced by their `names`."""
    return PICTURE.sub(lambda match: match[1] + names.get(match[2], match[2]), text)


def _inline(tokens: Iterable[Token]) -> Iterator[Token]:
    return (child for token in tokens for child in token.children or ())


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────────


def parsed(text: str) -> Sequence[Token]:
    """The markdown-it tokens of `text`."""
    return parser().parse(visible(text))


def html(text: str) -> str:
    """`text` as HTML for a card. Holes stay as they are, which is how Anki wants them; math stays for MathJax."""
    if not text:
        return ""
    if (shown := unmarked.html(text)) is not None:
        return shown
    rendered: str = parser().render(visible(text))
    return rendered.strip().replace("\n", " ") if "<pre>" not in rendered else rendered.strip()


def html_inline(text: str) -> str:
    """As `html`, without the paragraph around a text of one paragraph."""
    if (shown := unmarked.html_inline(text)) is not None:
        return shown
    rendered = html(text)
    return (
        rendered[3:-4] if rendered.count("<p>") == 1 and rendered[:3] == "<p>" and rendered[-4:] == "</p>" else rendered
    )


def plain(text: str) -> str:
    """`text` as plain words: paragraphs a blank line apart, list items on lines of their own."""
    return "\n".join(line for line, _ in rows(text))


def rows(text: str) -> Iterator[tuple[str, bool]]:
    """The lines of `text` as plain words, each with whether it is one of a drawing or of code."""
    for place, (prefix, words, drawn) in enumerate(_blocks(text)):
        if place and not prefix:
            yield "", False
        first, *more = words.split("\n")
        yield prefix + first, drawn
        for line in more:
            yield " " * len(prefix) + line, drawn


def line(text: str) -> str:
    """`text` as plain words on one line."""
    said = unmarked.line(text)
    return " ".join(plain(text).split()) if said is None else said


def words(text: str) -> str:
    """`text`, a piece of a sentence, as plain words on one line: no sign at its start opens a list or a quotation."""
    if (said := unmarked.piece(text)) is not None:
        return " ".join(said.split())
    (inline,) = parser().parseInline(visible(text))
    return " ".join("".join(_words(inline.children or [])).split())


def _blocks(text: str) -> Iterator[tuple[str, str, bool]]:
    """Every block of `text` as (bullet or number, words, whether these are a drawing or code); a block that opens no
    list item has no bullet."""
    if (paragraphs := unmarked.paragraphs(text)) is not None:
        yield from (("", each, False) for each in paragraphs)
        return
    numbers: list[int | None] = []
    bullet = ""
    for token in parsed(text):
        match token.type:
            case "bullet_list_open":
                numbers.append(None)
            case "ordered_list_open":
                numbers.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
                bullet = ""  # of an empty item
            case "list_item_open":
                indent = "  " * (len(numbers) - 1)
                count = numbers[-1]
                bullet = f"{indent}- " if count is None else f"{indent}{count}. "
                numbers[-1] = None if count is None else count + 1
            case "inline":
                yield bullet, "".join(_words(token.children or [])), False
                bullet = ""
            case "fence" | "code_block":
                yield bullet, token.content.rstrip("\n"), True
                bullet = ""


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield " " if token.type == "softbreak" else "\n"
        elif token.type == "image":
            yield f"[picture: {token.content}]"
        else:
            yield token.content
