"""HTML as it stands in Anki's fields, turned into the Markdown of decks. Pure.

Pictures keep their names, quoted; holes are the marks of `clozes`. What cannot be said in Markdown is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from bs4.builder import ParserRejectedMarkup

from rung.anki._converter import APART, BREAK, END, LINE, SPACE, START, converter, escaped
from rung.anki.clozes import CLOSE, FIRST, HINT, OPENS, marked, number_of
from rung.anki.templates import JOINER
from rung.text import LONGEST_TEXT, hole_fault, hole_numbers

LONGEST_NAME = 200  # characters
LONGEST = 30_000  # characters of HTML; markup is mostly longer than the words in it
SOUND = re.compile(r"\[sound:[^\[\]]*\]|\[anki:(?:tts|play)\b[^\[\]]*\](?:[^\[\]]*\[/anki:tts\])?", re.IGNORECASE)
ENTITY = re.compile(r"&(?=#?\w+;)")
NEVER = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff\U000f0000-\U000f1fff]")
NUMBERED = re.compile(r"&#(?:[xX][0-9a-fA-F]+|[0-9]+);?")
ENDS_OF_LINES = re.compile("\r\n?|[\u2028\u2029]")
MATH = re.compile(r"(\\[()\[\]]|\[/?(?:latex|\$\$?)\])", re.IGNORECASE)
MATH_ENDS = {r"\(": r"\)", r"\[": r"\]", "[latex]": "[/latex]", "[$]": "[/$]", "[$$]": "[/$$]"}
FORMULA = 0xF1000  # of Unicode's private use; the characters that stand for formulas
MOST_FORMULAS = 4096
MARKUP = re.compile(r"<[^<>]*>")
BREAKS = re.compile(r"<(br|div|/div)\s*/?>", re.IGNORECASE)
DECLARED = re.compile(r"<[!?][^<>]*>")  # of word processors
NO_TAG = re.compile(r"<(?!/?[a-zA-Z][^<>]*>)")  # a parser looks to the end for that of each
SPACES = re.compile(r"\s+")
ENDS = re.compile(rf"(?:[{BREAK}{LINE}]\n?[ \t]*)+")
EMPTY = re.compile(rf"\n*(?:[ \t]*{APART}\n*)+")
PREFIX = re.compile(r"\s*(?:(?:-|\d{1,9}\.|#{1,6}) +|> ?)*")  # of lists, quotations and headings
TO_END = re.compile(rf"[{CLOSE}]*[> ]*(?:\n|\Z)")
HOLE = re.compile(rf"({OPENS})([^{CLOSE}]*){CLOSE}")
CODED_HOLE = re.compile(r"(?<!`)(`+)(\{\{c\d+::)([^`]*)(\}\})\1(?!`)")
PLAIN = 2  # the last of the ways to turn a text into Markdown


class Unfit(ValueError):
    """A text that no deck can have; the message says why."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text as Markdown, and how many sounds were left out of it."""

    markdown: str
    sounds: int


def plain(words: str) -> str:
    """Words that are no HTML, as one line of Markdown that says just them; never empty."""
    return _unbraced(escaped(_line(words)))


def named(words: str) -> str:
    """As `plain`, for what no Markdown is read in; nothing in it looks like a hole or a picture."""
    return ENTITY.sub(f"&{JOINER}", _unbraced(_line(words))).replace("![", f"!{JOINER}[")


def _line(words: str) -> str:
    return SPACES.sub(" ", NEVER.sub("", words)).strip()[:LONGEST_NAME].rstrip() or "Untitled"


@lru_cache(256)  # a note that is asked both ways has each text twice
def side(html: str) -> Text:
    """A text without holes. Raises Unfit."""
    html, sounds = _cleaned(html)
    found = _unbraced(_converted(html))
    if ("{{" in found or len(found) > LONGEST_TEXT) and (fault := hole_fault(found)):
        raise Unfit(fault[0])
    return Text(found, sounds)


def with_holes(html: str) -> Text:
    """A text with the holes of a cloze note, in as many of its forms as they outlive. Raises Unfit."""
    html, sounds = _cleaned(html)
    html = marked(html)
    wanted = tuple(sorted({number_of(mark) for mark in re.findall(OPENS, html)}))
    for bareness in range(PLAIN + 1):
        found = _holed(_unbraced(_whole_holes(_converted(html, bareness))))
        fault = hole_fault(found)
        if not fault and hole_numbers(found) == wanted:
            return Text(found, sounds)
        if len(found) > LONGEST_TEXT:
            break
    raise Unfit(fault[0] if fault else "a hole is lost in its HTML")


# ── from HTML ────────────────────────────────────────────────────────────────────────────────────


def _cleaned(html: str) -> tuple[str, int]:
    if len(html) > LONGEST:
        raise Unfit(f"its HTML is {len(html):,} characters long")
    html = NUMBERED.sub(_character, html) if "&#" in html else html
    html = NO_TAG.sub("&lt;", DECLARED.sub("", _without_comments(html))) if "<" in html else html
    return SOUND.subn("", NEVER.sub("", ENDS_OF_LINES.sub("\n", html)))


def _without_comments(html: str) -> str:
    shown, *comments = html.split("<!--")
    return shown + "".join(comment.partition("-->")[2] for comment in comments)


def _character(match: re.Match[str]) -> str:
    """A character that is given by its number: as itself where no text may have it."""
    char = unescape(match[0])
    return char if NEVER.match(char) or ENDS_OF_LINES.match(char) else match[0]


def _converted(html: str, bareness: int = 0) -> str:
    """`html` as Markdown; `bareness` 1 does without marks in lines, 2 without lists, tables and code either."""
    html, formulas = _without_formulas(html)
    pieces = BREAKS.split(html)
    if any("<" in piece for piece in pieces[::2]):
        try:
            found = converter(bareness).convert(html)
        except RecursionError:
            raise Unfit("its HTML is nested too deeply") from None
        except ParserRejectedMarkup:
            raise Unfit("its HTML cannot be read") from None
    else:  # most texts are that simple, and this is many times as fast
        pieces[::2] = [escaped(SPACES.sub(" ", unescape(piece))) for piece in pieces[::2]]
        pieces[1::2] = [(BREAK if name.lower() == "br" else LINE) + "\n" for name in pieces[1::2]]
        found = "".join(pieces)
    found = ENDS.sub(_end_of_line, found)
    found = EMPTY.sub("\n\n", found)
    found = re.sub(f"{END}{START}|[{END}{START}{SPACE}]", lambda match: JOINER if len(match[0]) > 1 else "", found)
    found = re.sub(r"(?<![ \t])[ \t]+(\\?\n)", r"\1", found).strip()
    return re.sub(f"[{chr(FORMULA)}-{chr(FORMULA + MOST_FORMULAS)}]", lambda m: formulas[ord(m[0]) - FORMULA], found)


def _end_of_line(match: re.Match[str]) -> str:
    r"""What stands in Markdown for ends of lines that follow each other: `\` and one, or a paragraph's end."""
    text = match.string
    before = text[: match.start()]
    head = re.sub(f"{OPENS}|{CLOSE}", "", before[before.rfind("\n") + 1 :])
    if PREFIX.fullmatch(head):
        return ""
    if TO_END.match(text, match.end()):  # a paragraph's end, whose first of two this may have been
        return "\n"
    marks = re.sub(r"\s", "", match[0])
    indent = match[0][len(match[0].rstrip(" \t")) :].replace("\t", " ")
    indent = indent if len(indent) > 1 else ""  # one space is that of the text, more are those of a list
    if _marks(text, match.end()) != ">" * _marks(head).count(">"):  # a list or a quotation begins
        return f"\n{indent}"
    if marks.count(BREAK) > 1 or LINE + BREAK + LINE in marks:
        return f"\n\n{indent}"
    return f"\\\n{indent}"


def _marks(text: str, start: int = 0) -> str:
    """The marks of lists, quotations and headings with which a line begins, without blanks."""
    prefix = PREFIX.match(text, start)
    assert prefix is not None  # it may be empty
    return "".join(prefix[0].split())


def _without_formulas(html: str) -> tuple[str, list[str]]:
    """`html` with a character in the place of each formula, and the formulas as decks have them."""
    pieces = MATH.split(html)
    if len(pieces) == 1:
        return html, []
    last = {piece.lower(): place for place, piece in enumerate(pieces)}
    found: list[str] = []
    formulas: list[str] = []
    place = 0
    while place < len(pieces):
        piece = pieces[place].lower()
        end = MATH_ENDS.get(piece)
        if end not in last or last[end] <= place or len(formulas) == MOST_FORMULAS:
            found.append(pieces[place])
            place += 1
            continue
        behind = next(each for each in range(place + 2, len(pieces), 2) if pieces[each].lower() == end)
        if formula := _formula("".join(pieces[place + 1 : behind])):
            found.append(chr(FORMULA + len(formulas)))
            formulas.append(formula)
        place = behind + 1
    return "".join(found), formulas


def _formula(html: str) -> str:
    tex = SPACES.sub(" ", unescape(MARKUP.sub(" ", html))).strip().strip("$").strip()
    if not tex:
        return ""
    tex = re.sub(rf"\{{(?=\{{|{OPENS})|\}}(?=[}}{CLOSE}{HINT}])|{CLOSE}(?=\}})", lambda match: f"{match[0]} ", tex)
    return rf"\({tex}\)" if r"\)" not in tex and not tex.endswith("\\") else plain(tex)


# ── holes ────────────────────────────────────────────────────────────────────────────────────────


def _whole_holes(found: str) -> str:
    """Marked Markdown in which no hole goes over an end of line, or begins or ends with a space."""

    def of_lines(match: re.Match[str]) -> str:
        answer, _, hint = match[2].partition(HINT)
        lines = [_hole_of(match[1], line, hint if not place else "") for place, line in enumerate(answer.split("\n"))]
        return "\n".join(lines)

    return HOLE.sub(of_lines, found).strip()


def _hole_of(opening: str, line: str, hint: str) -> str:
    prefix = PREFIX.match(line)
    assert prefix is not None  # it may be empty
    head, rest = line[: prefix.end()], line[prefix.end() :]
    breaks = len(rest[len(rest.rstrip("\\")) :]) % 2  # the last of two backslashes is a character
    rest, end = (rest[:-1], "\\") if breaks else (rest, "")
    if not (answer := rest.strip()):
        return line
    after = rest[len(rest.rstrip()) :]
    kept = " " * (answer.endswith("}") and bool(after))  # it parts the braces of a formula from those of its hole
    return f"{head}{opening}{answer}{kept}{HINT + ' '.join(hint.split()) if hint else ''}{CLOSE}{after}{end}"


def _holed(found: str) -> str:
    """Marked Markdown with holes in the place of their marks. Code that is all of a hole goes into it."""

    def hole(match: re.Match[str]) -> str:
        answer, _, hint = match[2].partition(HINT)
        written = _within(answer)
        return f"{{{{c{ord(match[1]) - FIRST}::{written}{'::' + _within(hint) if hint else ''}}}}}"

    return CODED_HOLE.sub(r"\2\1\3\1\4", HOLE.sub(hole, found))


def _within(answer: str) -> str:
    """What stands in a hole, without all that would end it or begin its hint."""
    answer = re.sub(r":(?=:)|:$", f":{JOINER}", answer)
    if answer.count("{") != answer.count("}") and "\\(" not in answer:
        answer = answer.replace("{", "&#123;").replace("}", f"&#125;{JOINER}")
    return answer


def _unbraced(found: str) -> str:
    """Markdown in which two braces stand together nowhere but at its holes."""
    return re.sub(rf"\{{(?=[{{{chr(FIRST)}-{chr(FORMULA)}])|(?<={CLOSE})(?=\}})|\}}(?=[}}{CLOSE}{HINT}])",
                  lambda match: match[0] + JOINER, found) if "{" in found or "}" in found else found  # fmt: skip
