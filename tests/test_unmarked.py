"""Texts that need no parser read as if they had one."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rung import text, unmarked
from rung.commonmark import parser

# What is read without the parser: (Markdown, what its paragraphs say, HTML).
UNMARKED = [
    ("a", ["a"], "<p>a</p>"),
    ('4.8 times, "once" & for all', ['4.8 times, "once" & for all'], "<p>4.8 times, &quot;once&quot; &amp; for all</p>"),
    ("4.8 times", ["4.8 times"], "<p>4.8 times</p>"),
    ("12.5% of 1.", ["12.5% of 1."], "<p>12.5% of 1.</p>"),
    ("~5 > 3 = 2 + 1 - #1", ["~5 > 3 = 2 + 1 - #1"], "<p>~5 &gt; 3 = 2 + 1 - #1</p>"),
    ('Why is "p50 > mean" odd?', ['Why is "p50 > mean" odd?'], "<p>Why is &quot;p50 &gt; mean&quot; odd?</p>"),
    (
        'It says "a > b" and `a < b && c`.',
        ['It says "a > b" and a < b && c.'],
        "<p>It says &quot;a &gt; b&quot; and <code>a &lt; b &amp;&amp; c</code>.</p>",
    ),
    (
        "**One** *two* {{c1::three}}",
        ["One two {{c1::three}}"],
        "<p><strong>One</strong> <em>two</em> {{c1::three}}</p>",
    ),
    ("(One\ntwo.\n\n\n“Three”", ["(One two.", "“Three”"], "<p>(One two.</p> <p>“Three”</p>"),
    ("**Head.** a*b*c", ["Head. abc"], "<p><strong>Head.</strong> a<em>b</em>c</p>"),
    ("*\\[a…\\]*, \\[b\\]", ["[a…], [b]"], "<p><em>[a…]</em>, [b]</p>"),
    ("**(a, \\[b)** `\\[c*d*_e_|`", ["(a, [b) \\[c*d*_e_|"], "<p><strong>(a, [b)</strong> <code>\\[c*d*_e_|</code></p>"),
    ("*a*(b)", ["a(b)"], "<p><em>a</em>(b)</p>"),
    ("`*`*a*", ["*a"], "<p><code>*</code><em>a</em></p>"),
    (
        "a\nb\n\n> *c*\nd\n\n> e",
        ["a b", "c d", "e"],
        "<p>a b</p> <blockquote> <p><em>c</em> d</p> </blockquote> <blockquote> <p>e</p> </blockquote>",
    ),
    # What another sign may make something else of is left to the parser.
    *((markdown, None, None) for markdown in (
        "", "1.", " a", "a ", "a  \nb", "a\n b", "a\n", "\na", "1. One", "a\n1) b", "- a", "a\n- b", "a\n-", "a\n=", "+ a", "# a",
        ">a", "> > a", "> - a", "a\n> b", "~~~", "*", "* a", "***", "***a***", "a * b", "*a", "*a **b* c**", "a*. b*", "*a .*b",
        "*(a)*(", "*a.*b", "**a*", "*a**", "a *b**c* d", "****", "`", "a `` b", "` a`", "`a``b`", "```\na\n```", "a_b", "[a](b)",
        "\\(a\\)", "\\*", "a\\", "<a>", "&amp;", "&", "a|b", "`a|b`\n:-", "a\tb", "a\x00", "a\u00a0", "a\n\u3000b",
    )),
]  # fmt: skip


@pytest.mark.parametrize(("markdown", "said", "html"), UNMARKED)
def test_what_a_text_without_markup_says(markdown, said, html):
    assert unmarked.paragraphs(markdown) == said
    assert unmarked.line(markdown) == (said and " ".join(" ".join(said).split()))
    assert unmarked.html(markdown) == html
    assert unmarked.holds(markdown) == (said is not None)


@pytest.mark.parametrize(
    ("markdown", "said", "html"),
    [
        ("> 100 ms", "> 100 ms", "&gt; 100 ms"),
        ("1. *a*", "1. a", "1. <em>a</em>"),
        ("- `a`", "- a", "- <code>a</code>"),
        ("# a", "# a", "# a"),
        ("**7 days**", "7 days", "<strong>7 days</strong>"),
        ("a\nb", None, None),
        ("* a", None, None),
        (" a", None, None),
    ],
)
def test_a_piece_of_a_sentence_opens_no_block(markdown, said, html):
    assert unmarked.piece(markdown) == said
    assert unmarked.piece_html(markdown) == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("7 > *6*", "7 &gt; <em>6</em>"),
        ("> a", None),
        ("a\nb", None),
        ("a\n\nb", None),
        ("# a", None),
        ("a [b](c)", None),
        ("", None),
    ],
)
def test_a_text_of_one_line_does_without_its_paragraph(markdown, html):
    assert unmarked.html_inline(markdown) == html


def test_such_texts_are_not_parsed(monkeypatch):
    monkeypatch.setattr(text, "parser", None)
    assert text.plain("A *b*, **c d**: `e`.\n\n> 12 \\[f…\\]") == "A b, c d: e.\n\n12 [f…]"
    assert text.words("**7 days**") == "7 days"
    assert text.plain("A {{c1::hole}} (or two); 3 - 2.") == "A {{c1::hole}} (or two); 3 - 2."
    assert text.hole_fault("A *{{c1::hole}}*\n\n> {{c2::two}}") is None
    for markdown, said, html in UNMARKED:
        if said is not None:
            assert text.plain(markdown) == "\n\n".join(said)
            assert text.html(markdown) == html
            assert text.html_inline(markdown) in (html, html.removeprefix("<p>").removesuffix("</p>"))
        elif markdown:
            with pytest.raises(TypeError):
                text.html(markdown)


READINGS = {
    "html": text.html,
    "html_inline": text.html_inline,
    "rows": lambda markdown: list(text.rows(markdown)),
    "line": text.line,
    "words": text.words,
    "hole_fault": text.hole_fault,
}


def reads_as_parsed(markdown):
    """Both roads come to the same."""
    quick = {name: reading(markdown) for name, reading in READINGS.items()}
    shown = unmarked.piece_html(markdown)
    assert shown is None or shown == parser().renderInline(markdown)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(unmarked, "TEXT", re.compile("(?!)"))
        patched.setattr(unmarked, "ONE", re.compile("(?!)"))
        assert quick == {name: reading(markdown) for name, reading in READINGS.items()}


SIGNS = st.text(st.sampled_from("ab1.-+#>=~(){}:\"'!/;*_`\\[]<&|, \n\té\u00a0\u2028\u3000漢…“^$²\u0301"), max_size=24)
PIECES = st.lists(
    st.sampled_from((
        "a", "B9", "é ", " ", "*", "**", "`", "\n", "\n\n", "\n\n> ", "> ", ". ", "1.", "1. ", "12", "# ", "- ", "\n-", "\n=", "<&>", "& ",
        '"', "_", "(", ")", ".", ":", "!", "…", "{{c1::a}}", "{{c2::", "::", "}}", "*a*", "**b c**", "*(a)*", "**\\[b\\]**", "`x < y`",
        "`_`", "`|`", "`\\[*`", "\\", "\\[", "\\]", "[", "|", "~", "~~~", "=", "漢", "\u00a0", "\u2028", "4.8", ":-", "&amp;",
    )),
    max_size=12,
).map("".join)  # fmt: skip
# Mostly texts of the quick road, and what lies next to them.
SPANS = st.sampled_from(("a", "B9 c", "*a*", "*“b”*", "**c d**", "**(e)**", "`f`", "`g*h*`", "\\[i…\\]", "*\\[j\\]*", "&", "{{c1::k}}",
                         "*{{c2::l m}}*", "{{c3::n *o*}}", "4.8", "~5", "3.", "“p”", "é", "漢", "_", "*"))  # fmt: skip
BETWEEN = st.sampled_from(("", " ", " ", " ", ", ", ". ", ": ", " (", ") ", "\n", "\n\n", "\n\n> ", "\n\n\n", "\u00a0"))
NEARLY = st.lists(st.tuples(SPANS, BETWEEN), max_size=8).map(
    lambda pairs: "".join(part for pair in pairs for part in pair)
)


@given(SIGNS | PIECES | NEARLY | NEARLY.map(str.strip) | st.text())
@example('a "b" > c')
@example("a *b*, **c d**: `e`.")
@example("*\\[a…\\]* b\n\n> 12 c\n\n> d")
@example("a ")
@example("    {{c1::code}}")
@example("Not `a``b`, *a **b* c**, nor a *b * c*")
@example("**a** b\n*c* `d`\n\n\n`e` f")
@example("a `b``c` d")
@example("a *b***c** d")
@example("a *b**c* d")
@example("a\n1. b")
@example("a\n- b")
@example("a *b*c** d*")
@example("` a` ` `")
@example("*a*\u00a0")
@example("a  \nb")
@example("{{c1::a::b\n\n> c}}")
@example("{{c1::a::b\n\nc}}")
@example("`a|b`\n:-")
@example("a *b(*c*)d* e")
@example("> {{c1::a}}\nb")
@example("²\u2028*) ²*")
def test_a_text_without_markup_reads_as_if_it_were_parsed(markdown):
    reads_as_parsed(markdown)


@pytest.mark.parametrize("markdown", [markdown for markdown, _, _ in UNMARKED])
def test_each_of_these_reads_as_if_it_were_parsed(markdown):
    reads_as_parsed(markdown)
