"""Changes to inputs that keep their form: words of a text, entries and rows of a package, rows of a device's log."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

TOKEN = re.compile(rb"[ \t]+|\n|[A-Za-z_]+|[0-9]+|[\x80-\xff]+|[^\w\s]", re.DOTALL)
MOST = 1 << 16  # bytes of an input

HOSTILE = tuple(
    word.encode("utf-8", "surrogatepass")
    for word in (
        "\x1b]0;owned\x07", "\x1b[2J", "\x9b31m", "\x07", "\x7f", "\r", "\0", "\u2028", "\ufeff", "\u202e", "\ud800", "\uffff",
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<iframe src=//x.invalid>",
        '" onmouseover="alert(1)', "'><script>", "&lt;script&gt;", "&#60;script&#62;", "</pre>", "</style>", "-->", "]]>",
        "[x](javascript:alert(1))", "[x](JaVaScRiPt&#58;alert(1))", "[x]( data:text/html,<script>)", "<javascript:alert(1)>",
        "[x](&#x6a;avascript:alert(1))", "[x](java\tscript:alert(1))", "![x](http://x.invalid/a.png)", "![x](//x.invalid/a.png)",
        "![x](../../a.png)", "![x](a.png)", "[sound:x.mp3]", "[latex]\\input{/etc/passwd}[/latex]", "[$]x[/$]", "{{FrontSide}}",
        "{{c1::", "{{c1::a}}", "{{c2::b::h}}", "::", "}}", "{{", "{{c9999999::a}}", "\\(", "\\)", "\\[", "$$", "`", "```", "~~~\n",
        "***", "__", "|", "|---|---|\n", "# ", "> ", "- ", "1. ", "9999999999. ", "\\", "    ", "\n\n", "<!--", "[a]: javascript:alert(1)\n",
        "../", "/etc/passwd", "C:\\", "CON", "..", "~", "%00", "%2e%2e/", "%", "${x}", "{0}", "{x}", "%s",
        "0", "-1", "1e999", "-0", "NaN", "Infinity", "9" * 400, "9223372036854775808", "-9223372036854775809", "2147483648",
        "0.1", "1e-320", ".5", "٣", "½", "🦊👩‍👧", "שלום", "é", "e\u0301", "ß", "İ", "a" * 3000, "true", "null", "[]", "{}",
    )
)  # fmt: skip
"""Words that have broken programs of this sort."""


def words(data: bytes, random: Random, known: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    """A text in which some words were taken out, doubled, moved, or made others: `known` ones, or of `others`."""
    tokens = TOKEN.findall(data) or [b""]
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        start = random.randrange(len(tokens) + 1)
        end = min(len(tokens), start + random.choice((0, 1, 1, 1, 2, 3, 8)))
        tokens[start:end] = _instead(tokens, tokens[start:end], random, known, others)
    return b"".join(tokens)[:MOST]


def _instead(
    tokens: list[bytes], some: list[bytes], random: Random, known: Sequence[bytes], others: Sequence[bytes]
) -> list[bytes]:
    match random.randrange(9):
        case 0:
            return []
        case 1:
            return some * random.choice((2, 2, 3, 10, 200))
        case 2 | 3:
            return [*some, random.choice(HOSTILE)]
        case 4:
            return [random.choice(tuple(known) or HOSTILE)]
        case 5:
            return [*some, random.choice(tuple(known) or HOSTILE)]
        case 6:
            place = random.randrange(len(tokens) or 1)
            return [*some, *tokens[place : place + random.choice((1, 3, 20))]]
        case 7:
            other = TOKEN.findall(random.choice(tuple(others) or (b"x",))) or [b""]
            place = random.randrange(len(other))
            return other[place : place + random.choice((1, 5, 60))]
    return [_flipped(b"".join(some), random)]


def _flipped(data: bytes, random: Random) -> bytes:
    """Bytes of which one is another."""
    if not data:
        return bytes([random.randrange(256)])
    place = random.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << random.randrange(8)]) + data[place + 1 :]


def flipped(data: bytes, random: Random) -> bytes:
    """Bytes of which some are others, or gone, or there twice."""
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        place, length = random.randrange(len(data) + 1), random.choice((1, 2, 4, 8, 64))
        match random.randrange(4):
            case 0:
                data = data[:place] + data[place + length :]
            case 1:
                data = data[:place] + data[place : place + length] * 2 + data[place + length :]
            case 2:
                data = data[:place] + random.randbytes(length) + data[place + length :]
            case _:
                data = data[:place] + _flipped(data[place : place + 1], random) + data[place + 1 :]
    return data[: 4 * MOST]
