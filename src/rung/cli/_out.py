"""How commands speak: data to stdout, chatter to stderr, anything a terminal cannot show in letters it can."""

from __future__ import annotations

import codecs
import json
import os
import re
import sys
import unicodedata
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Any, TextIO

from rung.lines import clock as clock
from rung.lines import plural as plural
from rung.lines import visible
from rung.lines import wrapped as wrapped
from rung.workspace import CannotGoOn, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

ASCII = {
    "…": "...", "—": "-", "–": "-", "‑": "-", "−": "-", "·": "-", "•": "-", "→": "->", "←": "<-", "↔": "<->", "↑": "^", "↓": "v", "×": "x",
    "≤": "<=", "≥": ">=", "≈": "~", "≠": "!=", "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ",
    "\u202f": " ", "█": "#", "▁": "_", "✓": "v", "✗": "x", "⌈": "ceil(", "⌉": ")", "µ": "u", "²": "^2",
}  # fmt: skip

LATE_CONTROLS = re.compile("[\x7f-\x9f]")


def settle_streams() -> None:
    """Let stdout and stderr write any text: what their encoding lacks is spelt in ASCII."""
    codecs.register_error("rung.spelt", _spelt)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - open to the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="rung.spelt")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")


def _spelt(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "".join(map(_letter, error.object[error.start : error.end])), error.end


def _letter(char: str) -> str:
    bare = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    return ASCII.get(char) or bare or "?"


def put(text: str = "") -> None:
    """A line of data; escape sequences in it are shown, not obeyed."""
    write(visible(text) + "\n")


def write(text: str, *, now: bool = False) -> None:
    """Data as it is, shown at once with `now`; raises CannotGoOn. Where nobody reads on, the program ends: it has nothing
    left to do."""
    try:
        sys.stdout.write(text)
        if now:
            sys.stdout.flush()
    except BrokenPipeError:
        stop_quietly(sys.stdout)
        raise SystemExit(0) from None
    except OSError as error:
        raise CannotGoOn(f"stdout: {reason(error)}") from None


def stop_quietly(stream: TextIO) -> None:
    """Nothing more can be written there: let what is still to come go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell(text: str) -> None:
    """A line of chatter; where it cannot be written, the work goes on without."""
    try:
        sys.stderr.write(folded(visible(text), sys.stderr) + "\n")
    except OSError:
        stop_quietly(sys.stderr)


def put_json(**values: Any) -> None:
    """An object of data, with the number of its format."""
    write(json_of({"format": 1, **values}, indent=2) + "\n")


def json_of(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON in which every control character is spelt out, also those that JSON lets be and a terminal obeys."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return LATE_CONTROLS.sub(lambda char: f"\\u{ord(char[0]):04x}", text)


def interactive() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def columns() -> int:
    """Columns of the terminal, or of COLUMNS."""
    return max(40, get_terminal_size().columns)


def folded(words: str, stream: TextIO, spare: int = 0) -> str:
    """Our own words, folded between words where a terminal would break them anywhere, and indented as they began;
    elsewhere they stay lines. `spare` columns are left free."""
    return "\n".join(_rows(words, columns() - spare)) if stream.isatty() else words


def _rows(words: str, width: int) -> Iterator[str]:
    for row in words.split("\n"):
        indent = " " * (len(row) - len(row.lstrip()))
        yield from wrap(row, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False) or [""]
