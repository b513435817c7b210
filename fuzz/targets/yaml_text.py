"""Any bytes are a mapping or a problem with its place; what is accepted is what PyYAML reads, every scalar as text."""

from __future__ import annotations

import yaml

from fuzz import promises
from fuzz.targets import _decks
from rung.sources import yaml as ours

WORDS = (
    b"? ", b": ", b"- ", b"&a ", b"*a", b"!!binary ", b"!<tag:x> ", b"|2-\n", b">+\n", b"|\n", b"<<: *a\n", b"--- ", b"---\n", b"...\n",
    b"%TAG ! x\n", b"%YAML 1.2\n", b"[", b"]", b"{", b"}", b",", b"#", b" #", b"\t", b"\"\\x41\"", b"'", b"''", b"\\u263a", b"\\\n", b"\r\n",
    b"{{", b"}}", b"\xe2\x80\x83", b"\xc2\xa0", b"\xef\xbb\xbf", b"  ", b"\n  ", b"\n    ", b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", b"0x1F", b"1_000", b"~",
)  # fmt: skip


def seeds() -> tuple[bytes, ...]:
    return _decks.seeds()


def tried(data: bytes) -> None:
    value, problems = ours.read("decks/a.yaml", data)
    for problem in problems:
        promises.placed(problem, data)
    if value is None:
        assert problems, "nothing was read, and nothing is said to be wrong"
        return
    _places(value, data.decode("utf-8-sig").split("\n"))
    if not problems:
        text = data.decode("utf-8-sig")
        assert plain(value) == yaml.load(text, Loader=yaml.CBaseLoader)


def _places(value: ours.Value, lines: list[str]) -> None:
    """Every value stands in the text."""
    pending = [value]
    while pending:
        each = pending.pop()
        assert 1 <= each.line <= len(lines) and 1 <= each.column <= len(lines[each.line - 1]) + 1, (
            each.line,
            each.column,
        )
        if isinstance(each, ours.Map):
            assert each.keys() == each.at.keys()
            pending.extend(each.values())
        elif isinstance(each, ours.Items):
            pending.extend(each)


def plain(value: ours.Value) -> object:
    """The value in lists, mappings and texts alone."""
    if isinstance(value, ours.Map):
        return {str(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, ours.Items) else str(value)
