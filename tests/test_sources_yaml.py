"""Reading a deck's YAML: what is refused, in which words and where; where values stand; that nothing makes it fall."""

from __future__ import annotations

import time
from unittest import mock

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rung.sources import yaml as source
from rung.sources.yaml import Items, Map, Text, place, read

QUOTE = "put the text in quotes, or after `|`"
QUOTE_ALL = "put the whole text in other quotes, or after `|`"
ESCAPE = "double the backslash, use single quotes, or write the character itself"
WRITE_OUT = "put the text in quotes, or write the value out"
INDENT = "indent it like the lines it belongs to"
CLOSE = "close it, or put the text in quotes"
CLOSE_QUOTE = "close it, or put the whole text in other quotes"
LIKE_KEY = "indent it like the key above, whose colon needs a space after it"
LIKE_ITEM = "write it as `key: value` or `- item`, or indent it under its key"
HOLE = "error: '{{' outside quotes: YAML takes the brackets for its own"
ODD = "error: U+00A0, a space that YAML takes for a letter"


def lines(text, path="d.yaml"):
    data = text.encode() if isinstance(text, str) else text
    return [line for problem in read(path, data)[1] for line in str(problem).splitlines()]


def expected(*place_message_mend):
    """The lines of problems given as place and message, mend, place and message, mend …"""
    return [f"    {line}" if n % 2 else f"d.yaml:{line}" for n, line in enumerate(place_message_mend)]


# Each row: a source, then place, message and mend of everything wrong with it.
REFUSED = [
    # values that YAML reads otherwise
    ("a: b: c", "1:5: error: ': ' inside a text without quotes", QUOTE),
    ("a: “x” y: z", "1:9: error: ': ' inside a text without quotes", QUOTE),
    ("- d: e\n  f: g: h", "2:7: error: ': ' inside a text without quotes", QUOTE),
    ("a: :", "1:4: error: ': ' inside a text without quotes", QUOTE),
    (f"- {'k' * 1100}: x", "1:1103: error: ': ' inside a text without quotes", QUOTE),  # a key has 1,024 at most
    ("a: @x", "1:4: error: a value cannot start with '@'", QUOTE),
    (f"a: @{'x' * 100}", "1:4: error: a value cannot start with '@'", QUOTE),
    ("\na: @x", "2:4: error: a value cannot start with '@'", QUOTE),
    ("a: `x`", "1:4: error: a value cannot start with '`'", QUOTE),
    ("a: %x", "1:4: error: a value cannot start with '%'", QUOTE),
    ("a: *", "1:4: error: a value cannot start with '*'", QUOTE),
    ("a: *bold*", "1:4: error: a value cannot start with '*'", QUOTE),
    ("a: **bold** x", "1:4: error: a value cannot start with '*'", QUOTE),
    ("a: & b", "1:4: error: a value cannot start with '&'", QUOTE),
    ("a: !<x y", "1:4: error: a value cannot start with '!'", QUOTE),
    ("a: - x", "1:4: error: a value cannot start with '-'", QUOTE),
    ("a: ? x", "1:4: error: a value cannot start with '?'", QUOTE),
    ("a: ]", "1:4: error: a value cannot start with ']'", QUOTE),
    ("a: }", "1:4: error: a value cannot start with '}'", QUOTE),
    ("a: , x", "1:4: error: a value cannot start with ','", QUOTE),
    ("a: [- x]", "1:5: error: a value cannot start with '-'", QUOTE),
    ("a: > quote", "1:4: error: text on the line of the '>'", "put it in quotes, or indented on the lines below"),
    ("a: |x\n  y", "1:4: error: text on the line of the '|'", "put it in quotes, or indented on the lines below"),
    ("%x: b", "1:1: error: a line cannot start with '%'", "delete it, or put the text in quotes"),
    # quotes
    ('a: "CAP" is\nb: c', "1:10: error: text after a closing quote", QUOTE_ALL),
    ("a: 'it's fine'", "1:8: error: text after a closing quote", QUOTE_ALL),
    ('a: "x": y', "1:7: error: text after a closing quote", QUOTE_ALL),
    ("- 'x' y", "1:7: error: text after a closing quote", QUOTE_ALL),
    ('"CAP" is', "1:7: error: text after a closing quote", QUOTE_ALL),
    ("a: [b, 'c' d]", "1:12: error: text after a closing quote", QUOTE_ALL),
    ("a: 1\nb: 'x", "2:4: error: this quote is never closed", CLOSE_QUOTE),
    ('a: "x\nb: y\n', "1:4: error: this quote is never closed", CLOSE_QUOTE),
    ('a: "x\n---\ny"', "1:4: error: this quote is never closed", CLOSE_QUOTE),
    ('a: "x\nb: "y"\n', "1:4: error: this quote is closed only on line 2", "close it where its text ends"),
    ("a: 'x\nb: 'y'\n", "1:4: error: this quote is closed only on line 2", "close it where its text ends"),
    ('a: "\\n"\nb: "\\d"', r"2:5: error: '\d' is no escape in double quotes", ESCAPE),
    (r'a: "\d\d"', r"1:5: error: '\d' is no escape in double quotes", ESCAPE),
    (r'a: "\d"', r"1:5: error: '\d' is no escape in double quotes", ESCAPE),
    (r'a: "\d and \n"', r"1:5: error: '\d' is no escape in double quotes", ESCAPE),
    (r'a: "C:\users"', r"1:7: error: '\u' is no escape in double quotes", ESCAPE),
    (r'a: "\ud83d"', r"1:5: error: '\u' is no escape in double quotes", ESCAPE),
    # brackets
    ("a: [x, y", "1:4: error: this bracket is never closed", CLOSE),
    ("a: [", "1:4: error: this bracket is never closed", CLOSE),
    ("b: 1\na: {x: y\n", "2:4: error: this bracket is never closed", CLOSE),
    ("a: [b\nc: d\n", "1:4: error: this bracket is never closed", CLOSE),
    ("a: [b # c]\nd: e\nf: g\n", "1:4: error: this bracket is never closed", CLOSE),
    (
        "a: " + "[" * 32,
        "1:35: error: nested more than 32 deep",
        "nest less deeply, or put a text with brackets in quotes",
    ),
    # deeper than libyaml goes, which finds that before it gives any event
    (
        f"a\u00a0b: *x\nc: {'[' * 1100}",
        f"1:2: {ODD}",
        "write plain spaces",
        "1:6: error: '*x' is an alias to YAML, which decks do not have",
        WRITE_OUT,
        "2:35: error: nested more than 32 deep",
        "nest less deeply, or put a text with brackets in quotes",
    ),
    ("a: [b}", "1:6: error: no comma or closing bracket before this", "write it, or put the text in quotes"),
    ("a: {b: c: d}", "1:9: error: ': ' inside a text without quotes", QUOTE),
    ("a: [b] c", "1:8: error: text after a closing bracket", QUOTE),
    ("a: [b](http://c)", "1:7: error: text after a closing bracket", QUOTE),
    # holes
    ("a: {{c1::x}}", f"1:4: {HOLE}", QUOTE),
    ("a: {{c1::x}} is\nb: {{x}} y", f"1:4: {HOLE}", QUOTE),
    ("a: {{x}}\nb:\n  - {{y}}\n", f"1:4: {HOLE}", QUOTE, f"3:5: {HOLE}", QUOTE),
    ("a: {b: x {{c1::y}}}", f"1:10: {HOLE}", QUOTE),
    ("a: {b: {{c1::y}}, c: {{c2::z}}}", f"1:8: {HOLE}", QUOTE),
    ("a: [x, {{c1::y}}]", f"1:8: {HOLE}", QUOTE),
    # keys
    ("a: 1\nb: 2\nc: 3\nc: 4", '4:1: error: duplicate key "c" (first at line 3)', "rename or remove one of the two"),
    (
        "a:\n  - {b: 1, b: 2}\na: 3",
        '2:12: error: duplicate key "b" (first at line 2)',
        "rename or remove one of the two",
        '3:1: error: duplicate key "a" (first at line 1)',
        "rename or remove one of the two",
    ),
    ("é: 1\né: 2", '2:1: error: duplicate key "é" (first at line 1)', "rename or remove one of the two"),
    ("[a, b]: c", "1:1: error: a mapping or a list as a key", "put the key in quotes"),
    (
        "[a]: c\n[b]: c\n",
        "1:1: error: a mapping or a list as a key",
        "put the key in quotes",
        "2:1: error: a mapping or a list as a key",
        "put the key in quotes",
    ),
    ("? {a: b}\n: c\n", "1:3: error: a mapping or a list as a key", "put the key in quotes"),
    ("a: {<<: b}", "1:5: error: '<<' is a merge key to YAML, which decks do not have", "write the fields out"),
    # anchors, aliases, tags
    ("a: &x y", "1:4: error: '&x' is an anchor to YAML, which decks do not have", WRITE_OUT),
    ("a: &x\n  b: c", "1:4: error: '&x' is an anchor to YAML, which decks do not have", WRITE_OUT),
    ("a: *x", "1:4: error: '*x' is an alias to YAML, which decks do not have", WRITE_OUT),
    ("a: *x y", "1:4: error: '*x' is an alias to YAML, which decks do not have", WRITE_OUT),
    ("a: [*x,*y]", "1:5: error: '*x' is an alias to YAML, which decks do not have", WRITE_OUT),
    ("*x : 1", "1:1: error: '*x' is an alias to YAML, which decks do not have", WRITE_OUT),
    (
        "*x : 1\n*y : 1",
        "1:1: error: '*x' is an alias to YAML, which decks do not have",
        WRITE_OUT,
        "2:1: error: '*y' is an alias to YAML, which decks do not have",
        WRITE_OUT,
    ),
    ("a: !!int 5", "1:4: error: '!!int' is a tag to YAML, which decks do not have", WRITE_OUT),
    ("a: [! b]", "1:5: error: '!' is a tag to YAML, which decks do not have", WRITE_OUT),
    ("!x\na: b", "1:1: error: '!x' is a tag to YAML, which decks do not have", WRITE_OUT),
    # indentation
    ("a:\n\t- b", "2:1: error: a tab, where only spaces may stand", "use spaces"),
    ("a:\n\t", "2:1: error: a tab, where only spaces may stand", "use spaces"),
    ("a:\n  b: 1\n\tc: 2", "3:1: error: a tab, where only spaces may stand", "use spaces"),
    ("a: |\n  x\n\ty", "3:1: error: a tab, where only spaces may stand", "use spaces"),
    ("a: 1\n b: 2", "2:2: error: a key here, though the text above is not finished", LIKE_KEY),
    ("a:b\nc: d", "2:1: error: a key here, though the text above is not finished", LIKE_KEY),
    ("a:\n  b: 1\n c: 2", "3:2: error: the indentation fits no line above", INDENT),
    ("  a: 1\nb: 2", "2:1: error: the indentation fits no line above", INDENT),
    ("a:\n  - b\n c: d", "3:2: error: the indentation fits no line above", INDENT),
    ("a: b # c\n  d", "2:3: error: the indentation fits no line above", INDENT),
    ("a: x\n- b", "2:1: error: a list item where a key belongs", "indent it under its key"),
    ("a: 'x'\n- b", "2:1: error: a list item where a key belongs", "indent it under its key"),
    ("a: x\nb\nc: d", "2:1: error: neither a key nor a part of the text above", LIKE_ITEM),
    ("a:\n- b\n-c\nd: e", "3:1: error: neither a key nor a part of the text above", LIKE_ITEM),
    ("a:\n\u00a0 b: 1", f"2:1: {ODD}", "write plain spaces"),
    ("a:\n  b: 1\n  \u00a0 c: 2", f"3:3: {ODD}", "write plain spaces"),
    ("a:\n  b: 1\n \u00a0c\u00a0d: 2", f"3:2: {ODD}", "write plain spaces"),
    ("a:\n\u00a0 b\u00a0c: 1", f"2:1: {ODD}", "write plain spaces"),
    ("a:\n\u00a0 x", f"2:1: {ODD}", "write plain spaces"),
    ("no\u00a0break: x", f"1:3: {ODD}", "write plain spaces"),
    # the file as a whole
    ("", "1:1: error: the file is empty", "write a title and notes"),
    ("# nothing yet\n", "1:1: error: the file is empty", "write a title and notes"),
    ("\n- a", "2:1: error: the file holds a list, not fields", "start it with `title: …`"),
    ("just words", "1:1: error: the file holds a text, not fields", "start it with `title: …`"),
    (
        "a: 1\n---\nb: 2",
        "2:1: error: a second document in one file",
        "remove the `---` or `...`, or move what follows into a file of its own",
    ),
    (
        "a: 1\n...\nb: 2",
        "3:1: error: a second document in one file",
        "remove the `---` or `...`, or move what follows into a file of its own",
    ),
    ("a: é\nb: ".encode() + b"\xe9t\xe9", "2:4: error: byte 0xE9 is not UTF-8", "save the file as UTF-8"),
    ("a: é ".encode() + b"\xff", "1:6: error: byte 0xFF is not UTF-8", "save the file as UTF-8"),
    (b"\xef\xbb\xbfa: \xff", "1:4: error: byte 0xFF is not UTF-8", "save the file as UTF-8"),
    (
        "a: b".encode("utf-16-le").join([b"\xff\xfe", b""]),
        "1:1: error: the file is UTF-16, not UTF-8",
        "save it as UTF-8",
    ),
    (b"\xfe\xff\0a\0:", "1:1: error: the file is UTF-16, not UTF-8", "save it as UTF-8"),
    (b"\xff\xfe\0\0a\0\0\0", "1:1: error: the file is UTF-32, not UTF-8", "save it as UTF-8"),
    (b"\0\0\xfe\xff\0\0\0a", "1:1: error: the file is UTF-32, not UTF-8", "save it as UTF-8"),
    ("a: 1\nb: x\0", "2:5: error: invisible control character U+0000", "delete it"),
    ("a: \x1b[0m", "1:4: error: invisible control character U+001B", "delete it"),
    ("a: b\u2028c: d", "1:5: error: invisible control character U+2028", "delete it"),
    ("a: b\rc: d", "1:5: error: invisible control character U+000D", "delete it"),
    ("a: b\ufeff", "1:5: error: invisible control character U+FEFF", "delete it"),
]


@pytest.mark.parametrize(("text", "said"), [(text, said) for text, *said in REFUSED])
def test_what_is_refused_says_where_and_how_to_mend_it(text, said):
    assert lines(text) == expected(*said)


# PyYAML's own parser stands in where libyaml is missing: stricter here and there, with words and marks of its own.
OTHERWISE_IN_PYTHON = {r'a: "\ud83d"', "%x: b"}


def test_it_says_the_same_without_libyaml():
    said = {text: expected(*said) for text, *said in REFUSED if text not in OTHERWISE_IN_PYTHON}
    with mock.patch.object(source, "Loader", yaml.SafeLoader):
        assert {text: lines(text) for text in said} == said


def test_it_says_the_same_of_a_file_from_windows():
    said = {text: expected(*said) for text, *said in REFUSED if isinstance(text, str) and "\r" not in text}
    assert {text: lines(text.replace("\n", "\r\n") + "\r\n") for text in said} == said


KEPT = [
    ("a: 1\na: [2]", {"a": ["2"]}),  # the last value, as every YAML reader keeps it
    ("a: &x 1\nb: !y 2", {"a": "1", "b": "2"}),
    ("no\u00a0break: x", {"no\u00a0break": "x"}),
]


@pytest.mark.parametrize(("text", "tree"), KEPT)
def test_a_file_with_a_slip_is_still_read_to_its_end(text, tree):
    got, problems = read("d.yaml", text.encode())
    assert got == tree
    assert problems


@pytest.mark.parametrize("text", ["a: *x\nb: 1\nb: 2", "<<: {a: b}\nc: {{d}}", "a: 1\na: b: c"])
def test_a_file_that_means_something_else_is_not_used_but_searched_on(text):
    got, problems = read("d.yaml", text.encode())
    assert got is None
    assert len(problems) == 2


def test_no_file_fills_the_screen():
    got = lines("a: 1\n" * 500)
    assert len(got) == 2 * (source.MAX_PROBLEMS + 1)
    assert got[-2:] == expected(
        "102:1: error: more than 100 problems, so the rest is not read", "mend those above first"
    )


def test_an_odd_space_within_a_text_is_its_authors():
    text = "a: x\u00a0y\nb: [x\u00a0y]\nc: '\u00a0x'\n'\u00a0': z\n"
    assert read("d.yaml", text.encode()) == ({"a": "x\u00a0y", "b": ["x\u00a0y"], "c": "\u00a0x", "\u00a0": "z"}, [])


def test_spelling_is_kept():
    text = "a: no\nb: 010\nc: 1:30\nd: 2026-11-21\ne: ~\nf:\ng: 1.10\nh: 'x'\ni: x {{c1::y}}\nj: '<<'\n'<<': {q: Why?, a: b}"
    assert read("d.yaml", text.encode()) == (
        {"a": "no", "b": "010", "c": "1:30", "d": "2026-11-21", "e": "~", "f": "", "g": "1.10", "h": "x"}
        | {"i": "x {{c1::y}}", "j": "<<", "<<": {"q": "Why?", "a": "b"}},
        [],
    )


@pytest.mark.parametrize(
    "text", ["\ufeffa: b", "---\na: b\n...\n", "%YAML 1.2\n---\na: b", "a: b\r\n", "# c\na: b # d"]
)
def test_these_read_like_the_plain_file(text):
    assert read("d.yaml", text.encode()) == ({"a": "b"}, [])


# Each row: source, then of the value at `a`: line, column, plain, cut.
TEXTS = [
    ("a: b", 1, 4, True, None),
    ("a: 'b'", 1, 4, False, None),
    ("a:\n  b\n  c", 2, 3, True, None),
    ("x: 😀\na: |\n  b # c", 2, 4, False, None),
    ("a: >-\n  b", 1, 4, False, None),
    ("a:", 1, 3, True, None),
    ("a: F # sharp", 1, 4, True, (1, 6)),
    ("é: é\na: é   # x # y", 2, 4, True, (2, 8)),
    ("a: b\n  c\n  d # e", 1, 4, True, (3, 5)),
    ("a: b # c\r\nd: e", 1, 4, True, (1, 6)),
    ("a: #7", 1, 3, True, (1, 4)),
    ("a: C#", 1, 4, True, None),
    ("a: b \n# c", 1, 4, True, None),
    ("a: 'b' # c", 1, 4, False, None),
    ("{a: b # c\n}", 1, 5, True, (1, 7)),
    ("\ufeffa: b # c", 1, 4, True, (1, 6)),
]


@pytest.mark.parametrize("loader", [source.Loader, yaml.SafeLoader])
@pytest.mark.parametrize(("text", "line", "column", "plain", "cut"), TEXTS)
def test_a_text_knows_where_it_stands_and_how_it_was_written(text, line, column, plain, cut, loader):
    with mock.patch.object(source, "Loader", loader):
        tree, problems = read("d.yaml", text.encode())
    assert isinstance(tree, Map)
    value = tree["a"]
    assert isinstance(value, Text)
    assert (problems, value.line, value.column, value.plain, value.cut) == ([], line, column, plain, cut)


DECK = """\
title: Spine   # the deck
notes:
  - framework: spine
    steps:
      - {id: retrieval, budget: 15 ms}
      -   id: ranking
          says: |
            text
  - ladder: rungs
    rungs: {L4: {says: "x"}}
"""
PLACES = [
    ((), (1, 1), (1, 1)),
    (("title",), (1, 8), (1, 1)),
    (("notes",), (3, 3), (2, 1)),
    (("notes", 0), (3, 5), (3, 5)),
    (("notes", 0, "framework"), (3, 16), (3, 5)),
    (("notes", 0, "steps", 0), (5, 9), (5, 9)),
    (("notes", 0, "steps", 0, "budget"), (5, 33), (5, 25)),
    (("notes", 0, "steps", 1), (6, 11), (6, 11)),
    (("notes", 0, "steps", 1, "says"), (7, 17), (7, 11)),
    (("notes", 1, "rungs", "L4", "says"), (10, 24), (10, 18)),
    (("notes", 0, "framework-tag", "steps", 1, "id"), (6, 15), (6, 11)),  # a union's tag
    (("notes", 1, "rungs", "L4", "[key]"), (10, 17), (10, 13)),
    (("notes", 1, "rungs", "L9", "says"), (10, 12), (10, 5)),
    (("notes", 7, "steps"), (3, 3), (2, 1)),
    (("notes", 2), (3, 3), (2, 1)),
    (("notes", -1), (3, 3), (2, 1)),
    (("title", "x", 0), (1, 8), (1, 1)),
]


@pytest.mark.parametrize(("loc", "value", "key"), PLACES)
def test_place_of_what_a_loc_leads_to(loc, value, key):
    tree, _ = read("d.yaml", DECK.encode())
    assert tree is not None
    assert (place(tree, loc), place(tree, loc, key=True)) == (value, key)


def test_a_tab_before_a_comment_is_a_blank():
    tree, _ = read("d.yaml", b"a: b \t# c")
    assert isinstance(tree, Map)
    assert tree["a"] == "b"
    assert tree["a"].cut == (1, 7)


@pytest.mark.parametrize("text", ["x: y\n? a", "x: y\n? a\n"])
def test_what_is_left_out_behind_a_question_mark_at_the_end_stands_at_its_key(text):
    tree, problems = read("d.yaml", text.encode())
    assert (place(tree, ("a",)), problems) == ((2, 3), [])


def test_lists_and_mappings_know_where_they_stand():
    tree, _ = read("d.yaml", b"a:\n- [b]\n")
    assert isinstance(tree, Map)
    items = tree["a"]
    assert isinstance(items, Items)
    assert (items.line, items.column, source.place(tree, ("a",), key=True)) == (2, 1, (1, 1))


# ── whatever may come ────────────────────────────────────────────────────────────────────────────


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


# Without the separators of lines, which PyYAML writes as they are.
LETTERS = st.characters(exclude_categories=["Cs", "Zl", "Zp"], exclude_characters="\x85")
WORDS = st.text(LETTERS, max_size=12)
NESTED = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(WORDS, NESTED, max_size=4), st.sampled_from(['"', "'", "|", None]), st.booleans(), st.booleans())
def test_what_is_dumped_reads_back_the_same(data, style, flow, unicode):
    text = yaml.dump(data, Dumper=Dumper, default_style=style, default_flow_style=flow, allow_unicode=unicode)
    tree, problems = read("d.yaml", text.encode())
    assert tree == data
    assert all("U+" in problem.message for problem in problems)  # odd spaces


@given(st.dictionaries(WORDS, NESTED, max_size=4), st.sampled_from(['"', None]), st.booleans())
def test_every_place_is_that_of_the_first_character(data, style, flow):
    text = yaml.dump(data, Dumper=Dumper, default_style=style, default_flow_style=flow)
    tree, _ = read("d.yaml", text.encode())
    for (line, column), value in places(tree):
        there = text.split("\n")[line - 1][column - 1 :]
        if isinstance(value, Text) and not value.plain:
            assert there[0] in "\"'|>"
        else:
            assert there.startswith(value[:1] if isinstance(value, str) else ("{", "[", "-", "?", '"', "'", "!"))


def places(tree):
    waiting = [tree]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Text):
            yield (value.line, value.column), value
        waiting += value.values() if isinstance(value, Map) else value if isinstance(value, Items) else []


NASTY = st.one_of(
    st.sampled_from("\t\n []{},\"'|>%@`\\#&*!-:\u00a0\u2028\ufeff\0é😀"),
    st.sampled_from(["\r\n", "  ", ": ", "- ", " #", "&a ", "*a", "!t ", "<<: ", "{{", "}}", "? ", "---\n", "...\n"]),
)


@st.composite
def mutated(draw):
    text = DECK
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + draw(NASTY) + text[start + draw(st.integers(0, 3)) :]
    return text


def check_any(data):
    tree, problems = read("d.yaml", data)
    assert tree is not None or problems
    assert all(len(str(problem).splitlines()) == 2 for problem in problems)
    rows = data.decode(errors="replace").split("\n")
    for where in (problem.where for problem in problems):
        assert 1 <= where.line <= len(rows)
        assert 1 <= where.column <= len(rows[where.line - 1]) + 1
    return tree, problems


@given(st.binary(max_size=60))
def test_no_bytes_make_it_fall(data):
    check_any(data)


@given(mutated(), st.sampled_from([source.Loader, yaml.SafeLoader]))
@settings(max_examples=400)
def test_no_typing_error_makes_it_fall_or_read_what_others_do_not(text, loader):
    with mock.patch.object(source, "Loader", loader):
        tree, problems = check_any(text.encode())
    if not problems:
        assert tree == yaml.load(text, yaml.BaseLoader if loader is yaml.SafeLoader else yaml.CBaseLoader)


BOMB = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
MERGES = ["a0: &a0 {x: y}", *(f"a{n}: {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 40))]
HOSTILE = {
    "brackets": (b"[" * 100_000, ["1:33: error: nested more than 32 deep"]),
    "closed brackets": (b"a: " + b"[" * 100_000 + b"]" * 100_000, ["1:35: error: nested more than 32 deep"]),
    "braces": (b"{" * 100_000, [f"1:1: {HOLE}"]),
    "dashes": (b"- " * 100_000, ["1:65: error: nested more than 32 deep"]),
    "stairs": (b"".join(b" " * n + b"a:\n" for n in range(3000)), ["33:33: error: nested more than 32 deep"]),
    "an alias bomb": (
        "\n".join(BOMB).encode(),
        ["1:5: error: '&a0' is an anchor to YAML, which decks do not have"]
        + [
            line
            for n in range(1, 40)
            for line in (
                f"{n + 1}:{4 + len(str(n))}: error: '&a{n}' is an anchor to YAML, which decks do not have",
                f"{n + 1}:{8 + 2 * len(str(n))}: error: '*a{n - 1}' is an alias to YAML, which decks do not have",
            )
        ],
    ),
    "a merge bomb": (
        "\n".join(MERGES).encode(),
        ["1:5: error: '&a0' is an anchor to YAML, which decks do not have"]
        + [
            f"{n + 1}:{5 + len(str(n))}: error: '<<' is a merge key to YAML, which decks do not have"
            for n in range(1, 40)
        ],
    ),
    "holes on one line": (b"a: [" + b"{{x}}," * 50_000 + b"]", [f"1:5: {HOLE}"]),
    "keys that only look like merges": (b"a: [" + b'{"<<": b},' * 40_000 + b"]", []),
    "50 MB": (b"a" * 50_000_000, ["1:1: error: the file is larger than 8,388,608 bytes"]),
    "8 MB of blanks": (b"a: b" + b" " * 8_000_000 + b"# c", []),
    "8 MB of open quote": (b"a: '" + b"x " * 4_000_000, ["1:4: error: this quote is never closed"]),
    "8 MB key": (b"x" * 8_000_000 + b": y", ["1:8000001: error: ': ' inside a text without quotes"]),
    "UTF-16": ("a: b\n".encode("utf-16-le") * 100_000, ["1:2: error: invisible control character U+0000"]),
    "NUL": (b"\0" * 1_000_000, ["1:1: error: invisible control character U+0000"]),
    "tabs": (b"\t" * 1_000_000, ["1:1: error: a tab, where only spaces may stand"]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_soon(name):
    data, said = HOSTILE[name]
    started = time.process_time()
    _, problems = read("d.yaml", data)
    took = time.process_time() - started  # of work, however busy the machine is
    assert [str(problem).splitlines()[0].removeprefix("d.yaml:") for problem in problems] == said
    assert took < 2


def test_a_file_has_eight_megabytes_at_most(monkeypatch):
    monkeypatch.setattr(source, "MAX_BYTES", 4)
    assert lines("a: b") == []
    assert lines("a: bc") == expected("1:1: error: the file is larger than 4 bytes", "split it into several files")


def test_the_number_of_values_has_an_end(monkeypatch):
    monkeypatch.setattr(source, "MAX_EVENTS", 1000)
    assert lines(b"a: [" + b"b," * 2000 + b"]") == expected(
        "1:1993: error: more than 1,000 keys, texts and brackets", "split the file into several"
    )


def test_a_deck_of_the_largest_size_and_depth_reads():
    deep = "a: " + "[" * (source.MAX_DEPTH - 1) + "]" * (source.MAX_DEPTH - 1)
    text = deep + "\nb: '" + "x" * (source.MAX_BYTES - len(deep) - 6) + "'"
    tree, problems = read("d.yaml", text.encode())
    assert tree is not None
    assert (len(text), problems) == (source.MAX_BYTES, [])
