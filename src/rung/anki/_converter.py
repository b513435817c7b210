"""The library that turns HTML into Markdown, and what of it is ours: which marks a deck has, and what must be escaped."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from bs4 import Tag
from markdownify import MarkdownConverter

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from bs4.element import NavigableString

# No characters of any text: a break, the edge of what has lines of its own, start and end of emphasis, an empty block, and
# what goes before spaces of code that the library would take away.
BREAK, LINE, START, END, APART, SPACE = "\ufdd5", "\ufdd6", "\ufdd8", "\ufdd9", "\ufdda", "\ufddb"
INLINE = ("a", "b", "strong", "i", "em", "u", "code", "kbd", "samp", "q")
GONE = (
    "script", "style", "iframe", "head", "title", "noscript", "template", "object", "embed", "svg", "canvas", "audio",
    "video", "input", "button", "select", "textarea", "rp",
)  # fmt: skip
LINES = ("div", "article", "section", "center", "header", "footer", "details", "summary", "figure", "dl", "dt", "dd")
LISTS = ("ul", "ol", "li", "table", "tr", "td", "th", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "p")
LOWERED = str.maketrans("0123456789+-=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ")
RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
SPECIAL = re.compile(r"[\\`*]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|<(?=[a-zA-Z/!?])|\](?=[(:\[])")
LEADING = re.compile(r"^(\s*)(?:([-+=~:|#](?![^\W_])|>)|(\d{1,9})([.)])(?=\s|$))")
COUNTED = re.compile("[0-9]{1,9}")  # what an item of a list in Markdown may begin with
LAST = re.compile(r"[\]!]$")  # would make a link or a picture of what follows in other marks
WORDS = re.compile(r"\w(?:.*\w)?")
ENDS = re.compile(rf"\n*{LINE}[{LINE}\n]*")
ADDRESS = re.compile(r"https?://[^\s<>()\\\"]+")


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it is, wherever it stands."""
    text = SPECIAL.sub(lambda match: "\\" + match[0], text)
    return LEADING.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", text)


@cache
def converter(bareness: int) -> Converter:
    """The converter; `bareness` 1 does without marks in lines, 2 without lists, tables and code either."""
    return (Converter, Lined, Bare)[bareness](bullets="-", heading_style="atx", wrap=True, wrap_width=None)


def _gone(self: Any, el: Tag, text: str, parent_tags: set[str]) -> str:
    return ""


def _lined(self: Any, el: Tag, text: str, parent_tags: set[str]) -> str:
    if "pre" in parent_tags and "_inline" not in parent_tags:
        return f"{LINE}{text}{LINE}"
    text = text.strip(" \n")
    if "_inline" in parent_tags:
        return f" {text} "
    return f"{LINE}\n{text}{LINE}\n"


def _marked(sign: str) -> Any:
    """Emphasis. Signs beside its words stay outside: Markdown would take `**so:**then` for no emphasis."""

    def converted(self: Any, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_noformat" in parent_tags or "`" in text or "](" in text:
            return text
        return "".join(map(of_line, re.split(rf"([{BREAK}{LINE}\n]+)", text)))

    def of_line(line: str) -> str:
        words = WORDS.search(line)
        if not words:
            return line
        start, end = words.span()
        return f"{line[:start]}{START}{sign}{line[start:end]}{sign}{END}{line[end:]}"

    return converted


def _shifted(table: dict[int, int], sign: str) -> Any:
    def converted(self: Any, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_noformat" in parent_tags or not text.strip():
            return text
        if all(ord(char) in table for char in text):
            return text.translate(table)
        return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"

    return converted


class Converter(MarkdownConverter):  # type: ignore[misc]  # it is untyped
    """HTML to the Markdown of decks."""

    convert_b = convert_strong = _marked("**")
    convert_i = convert_em = convert_u = _marked("*")
    convert_sub = _shifted(LOWERED, r"\_")
    convert_sup = _shifted(RAISED, "^")

    def escape(self, text: str, parent_tags: set[str]) -> str:
        text = LAST.sub(r"\\\g<0>", escaped(text))
        return text.replace("|", r"\|") if {"td", "th"} & parent_tags else text

    def convert_soup(self, soup: BeautifulSoup) -> str:
        pending: list[tuple[Tag, bool]] = [(soup, False)] if soup.find("pre") else []
        while pending:
            el, code = pending.pop()
            for each in list(el.children):
                if isinstance(each, Tag):
                    pending.append((each, code or each.name == "pre"))
                elif code and str(each).isspace():
                    each.replace_with(f"{SPACE}{each}")
        return str(super().convert_soup(soup))

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        return str(el) if parent_tags and "pre" in parent_tags else str(super().process_text(el, parent_tags))

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if el.parent and not COUNTED.fullmatch(str(el.parent.get("start"))):
            del el.parent["start"]  # which would be taken for a number if it has any sign of one, such as 3½
        return str(super().convert_li(el, text.strip(f" \n{BREAK}{LINE}"), parent_tags))

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_blockquote(el, text.strip(f" \n{BREAK}{LINE}"), parent_tags))

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:
        return str(super().convert_hN(n, el, text, parent_tags)) if text.strip() else self.apart(parent_tags)

    def apart(self, parent_tags: set[str]) -> str:
        """What is left of a block without words: what stands before it and behind it are two paragraphs."""
        return " " if "_inline" in parent_tags else f"\n\n{APART}\n\n"

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_inline" in parent_tags:
            return f" {text}"
        return f"\n{text}" if "pre" in parent_tags else f"{BREAK}\n{text}"

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "pre" in parent_tags:
            return _lined(self, el, text, parent_tags)
        text = text.strip(" \n")
        return f" {text} " if "_inline" in parent_tags else f"\n\n{text}\n\n" if text else self.apart(parent_tags)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        address = str(el.get("href"))
        words = text.strip(f" \n{BREAK}{LINE}")
        if (
            "_noformat" in parent_tags
            or not ADDRESS.fullmatch(address)
            or not words.strip()
            or re.search(r"[\[\]\n]", words)
        ):
            return text
        return text.replace(words, f"[{words}]({address})")

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        alt = " ".join(escaped(str(el.get("alt") or "")).replace("[", "(").replace("]", ")").split())
        name = quoted(unquote(str(el.get("src") or "")))
        return f"![{alt}]({name})" if name else alt

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_noformat" in parent_tags:
            return text
        if re.search(rf"[{BREAK}{LINE}\n]", text):
            if "_inline" not in parent_tags:
                return self.fenced(re.sub(f"{BREAK}\n?", "\n", text).replace(f"{LINE}\n", LINE))
            text = re.sub(rf"[{BREAK}{LINE}\s]+", " ", text)
        found: str = super().convert_code(el, text, parent_tags)
        return found

    convert_kbd = convert_samp = convert_code

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = text.replace(SPACE, "")
        return self.fenced(text) if "_inline" not in parent_tags else f" {' '.join(text.split())} "

    def fenced(self, text: str) -> str:
        """Code with its own ends of lines, where LINE alone begins one too, unless what is before it has just ended."""
        code = ENDS.sub(lambda ends: "\n" * (ends[0].count("\n") + ends[0].startswith(LINE)), text).strip("\n")
        fence = "`" * (1 + max([2, *map(len, re.findall("`+", code))]))
        return f"\n\n{fence}\n{code}\n{fence}\n\n" if code.strip() else ""

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return text

    convert_s = convert_del

    def convert_rt(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"({text})"


for _name in GONE:
    setattr(Converter, f"convert_{_name}", _gone)
for _name in LINES:
    setattr(Converter, f"convert_{_name}", _lined)


class Lined(Converter):
    """Without marks in lines."""

    def should_convert_tag(self, tag: str) -> bool:
        return tag not in INLINE


class Bare(Converter):
    """Words, formulas and pictures only, in lines."""

    def should_convert_tag(self, tag: str) -> bool:
        return tag not in INLINE

    def get_conv_fn(self, tag_name: str) -> Any:
        own = super().get_conv_fn(tag_name)
        return own if tag_name.lower() not in LISTS else lambda el, text, parent_tags: _lined(self, el, text, set())


def quoted(name: str) -> str:
    """The name of a picture as an address in Markdown."""
    return quote(name, safe="")
