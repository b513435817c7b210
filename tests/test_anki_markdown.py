"""The HTML of Anki's fields as Markdown: what it says, and that no text can break a deck."""

from __future__ import annotations

import html
import re

import pytest
from bs4.builder import ParserRejectedMarkup
from hypothesis import given
from hypothesis import strategies as st

from rung import text
from rung.anki import clozes, markdown
from rung.anki.markdown import Unfit, named, plain, side, with_holes

J = "\u2060"  # parts what must not stand together


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("Paris", "Paris"),
        ("a &lt;b&gt; &amp; c&nbsp;&nbsp;d\n e", "a \\<b> & c d e"),
        ("a<br>b<br><br>c<br>", "a\\\nb\n\nc"),
        ("a<div>b</div><div>c</div><div><br></div><div>d</div>", "a\\\nb\\\nc\n\nd"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("<div>a</div><p>b</p>c<br><p>d</p>", "a\n\nb\n\nc\n\nd"),
        ("<p>a</p><p>&nbsp;</p><p>b</p><p></p>", "a\n\nb"),
        ("<p>a</p><p>b</p><p><br>c</p>", "a\n\nb\n\nc"),
        ("a<br> b", "a\\\nb"),
        ("a}}b", f"a}}{J}}}b"),
        (
            "<i>a</i><div></div>b<div><b>&nbsp;X</b></div><p><i>&nbsp;Y</i></p><p>X</p>Y<div>X</div>",
            "*a*\\\nb\\\n\xa0**X**\n\n\xa0*Y*\n\nX\n\nY\\\nX",
        ),
        ("<i>a</i><br> b", "*a*\\\nb"),
        ("<b>Note:</b>so <i>it</i> <u>is</u> <b><i>both</i></b>", "**Note**:so *it* *is* ***both***"),
        ("<i>a</i><u>b</u>", f"*a*{J}*b*"),
        ("<b>a<br>b</b>", "**a**\\\n**b**"),
        ("H<sub>2</sub>O, x<sup>2</sup>, x<sub>ij</sub>, e<sup>a b</sup>", "H₂O, x², x\\_(ij), e^(a b)"),
        ("<ul><li>one</li><li>two<ul><li>in</li></ul></li></ul>after", "- one\n- two\n  - in\n\nafter"),
        ("<ol><li><div>a</div><div>b</div></li><li>c<br>d</li></ol>", "1. a\\\n   b\n2. c\\\n   d"),
        ("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b"),
        ("<ol start=3½><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<ol start=9999999999><li>a</li></ol>", "1. a"),
        ("<ul><li>a<br>b</li></ul>", "- a\\\n  b"),
        ("<blockquote>a<br>b</blockquote>", "> a\\\n> b"),
        ("<ul><li><br></li><li>a</li></ul><blockquote><br></blockquote>b", "- a\n\nb"),
        ("<blockquote><br><b>&nbsp;a</b></blockquote>", "> \xa0**a**"),
        ("a<br><blockquote>b<br><blockquote>c<br>d</blockquote></blockquote>", "a\n> b\n> > c\\\n> > d"),
        ("<blockquote>a<br><p>b</p></blockquote>", "> a\n>\n> b"),
        (
            "<ul><li><br>a<br>b<ol><li><div>c</div>d<ul><li>e</li></ul></li></ol></li></ul>",
            "- a\\\n  b\n  1. c\\\n     d\n     - e",
        ),
        ("<ul><li><div>a</div><blockquote>b<br>c</blockquote></li></ul>", "- a\n  > b\\\n  > c"),
        ("<blockquote><ul><li>a<br>- b<br>&gt; c</li></ul></blockquote>", "> - a\\\n>   \\- b\\\n>   \\> c"),
        (
            "<table><tr><th>a</th><th>b|c</th></tr><tr><td>1<br>2</td><td>3</td></tr></table>",
            "| a | b\\|c |\n| --- | --- |\n| 1 2 | 3 |",
        ),
        ("<table><tr><td><div>a</div>b<p>c</p>d</td></tr></table>", "|  |\n| --- |\n| a b c d |"),
        ("<h2>Title</h2>text", "## Title\n\ntext"),
        ("<h2>a<pre>b\nc</pre>d</h2>", "## a b c d"),
        ('<pre>  X <a href="https://e.org">y</a>\n</pre>', "```\n  X y\n```"),
        ("say <code>x_y</code>", "say `x_y`"),
        ("<pre>def f():\n    return `1`</pre>", "```\ndef f():\n    return `1`\n```"),
        ("<code>a<br>b</code>", "```\na\nb\n```"),
        ("say <code>a<br>b</code> so", "say\n\n```\na\nb\n```\n\n so"),
        ("<h2>x <code>a<br>b</code></h2>", "## x `a b`"),
        ("<code>a <b>b</b></code> <kbd>c</kbd> <samp>d</samp> <s>e</s> <del>f</del>", "`a b` `c` `d` e f"),
        ("<pre>a <b>b</b> x<sub>2</sub> <i>`c`</i></pre>", "```\na b x2 `c`\n```"),
        ("<pre>a<br>b</pre>", "```\na\nb\n```"),
        ("<pre>X</pre>", "```\nX\n```"),
        ("<pre>def f():<div>    return 1</div></pre>", "```\ndef f():\n    return 1\n```"),
        ("<pre><code><div>a</div><div>  <b>b</b></div></code></pre>", "```\na\n  b\n```"),
        ("<pre><div>a</div><div><br></div><div>\tb<br></div></pre>c", "```\na\n\n\tb\n```\n\nc"),
        ("<pre>a\n<div>  b</div>c<p>  d</p></pre>", "```\na\n  b\nc\n  d\n```"),
        ("<code>a<div>b</div><div><br></div><div>c</div></code>", "```\na\nb\n\nc\n```"),
        ("a<p></p>b<p> </p><p></p>c<p></p>", "a\n\nb\n\nc"),
        ("<p></p>a<h2> </h2>b", "a\n\nb"),
        ("<b>a<p></p>b</b>", "**a**\n\n**b**"),
        ("<h2>a<p></p>b<h3></h3>c</h2>", "## a b c"),
        ("<h2>x<pre><div>a</div><div>  b</div></pre>y</h2>", "## x a b y"),
        ("<ul><li>a<p></p>b</li></ul>", "- a\n\n  b"),
        ("<table><tr><th>a<p></p>b</th></tr></table>", "| a  b |\n| --- |"),
        ("<pre><code>a\nb</code></pre>", "```\na\nb\n```"),
        ("<h2><code>a<ul><li>b</li><li>c</li></ul></code></h2>", "## `a - b - c`"),
        ("a<pre> <br> </pre>b<pre></pre>", "ab"),
        ("<pre>```\nx</pre>", "````\n```\nx\n````"),
        ("<b>`a`</b>, <b>,a,</b> <b>…</b> <b>.a b.</b> <b>*</b>", "\\`a\\`, ,**a**, … .**a b**. \\*"),
        ("<sub>é</sub> <sub>2é</sub><sub> </sub> a|b", "\\_é \\_(2é)  a|b"),
        ("<table><tr><td>a<br>b|c</td></tr></table>", "|  |\n| --- |\n| a b\\|c |"),
        ("<blockquote> <p>a</p> </blockquote>", "> a"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\\\nb"),
        ('<a href="https://e.org/a"> </a><a href="https://e.org/b">[w]</a>', "[w\\]"),
        ('<a href="https://e.org/a">here</a> <a href="javascript:x">there</a>', "[here](https://e.org/a) there"),
        (
            '<a href="https://e.org"><div>a</div></a><a href="https://e.org"> b<br></a>c',
            "[a](https://e.org)\\\n[b](https://e.org)\\\nc",
        ),
        ('<a href="https://e.org">a<br>b</a><a href="https://e.org">&nbsp;</a>c', "a\\\nb\xa0c"),
        ('<img alt="a*">b<img>', "a\\*b"),  # shows nothing but these words
        ("<b></b>" * 4285 + "x" * 5, "xxxxx"),  # 30,000 characters
        ('<img src="my pic(1).png"><img alt="a [b]" src=b.png>', "![](my%20pic%281%29.png)![a (b)](b.png)"),
        ("<img src=a/b.png>", "![](a%2Fb.png)"),
        (
            "<script>alert(1)</script><style>b{}</style><iframe src=x>y</iframe><svg><text>z</text></svg>"
            "<!-- c --><video src=v></video>rest",
            "rest",
        ),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby> 漢字[かんじ]", r"漢(かん) 漢字[かんじ\]"),
        ("漢字[かんじ]", "漢字[かんじ]"),
        (r"\(a_b*c\) \[d\] [latex]$e$[/latex] [$]f[/$] [$$]g[/$$]", r"\(a_b*c\) \(d\) \(e\) \(f\) \(g\)"),
        (r"a\( $ \)b \(c\\)d", r"ab c\\d"),
        (r"\(X\) \(a \[ b\] c\) [latex]a\)b[/latex]", r"\(X\) \(a \[ b\] c\) a\\)b"),
        (r"a <!-- \( --> b \) <!-- <i> --> c --> d <!-- e", r"a b \\) c --> d"),
        ("<?xml x?>a<![if x]>b<!DOCTYPE html> 1 <2 <", "ab 1 <2 <"),
        (r"\(a<br>&lt; {{b}}\) \( open", r"\(a < { {b} }\) \\( open"),
        ("\x07a\u2028b\ufeff\x9f\U000f0001", "a b"),
        ("&#7;a&#x2028;b&#xFEFF;&#xf0001;&#xF1001;&#xfdd5;&#65;", "a bA"),
        ("one [sound:a.mp3] two [anki:tts lang=en]x[/anki:tts]", "one two"),
    ],
)
def test_what_a_text_reads_like(html, markdown):
    assert side(html).markdown == markdown


@pytest.mark.parametrize(
    "words",
    [
        "1. no list", "- none", "+ none", "# no heading", "> none", "* a *b* _c_ __d__", "`e`", "[f](g) ![h](i)", "[j]: k",
        "&copy; &#123;", "\\ \\* \\(", "---", "===", "~~~", "snake_case_word", "|a|b|", "a!", "<http://a.b>", "2) none", "$5",
        "C:\\dir\\", "***", ":--|--:", "https://e.org/a_b_c",
    ],
)  # fmt: skip
def test_plain_words_stay_as_they_are(words):
    for made in (side(html.escape(words)).markdown, plain(words), side(f"<span>{html.escape(words)}</span>").markdown):
        assert text.plain(made) == words


def test_a_name_is_cut_where_it_is_long_and_is_never_empty():
    assert [plain("x" * 199 + " yz"), plain(" a \n\t b "), plain(" \x07 ")] == ["x" * 199, "a b", "Untitled"]


def test_a_name_that_no_markdown_is_read_in_looks_like_no_hole_or_picture():
    assert named(" {{c1::a}}\n![b](c) *d* &amp; e") == f"{{{J}{{c1::a}}{J}}} !{J}[b](c) *d* &{J}amp; e"


def test_a_text_that_is_as_long_as_any_may_be_has_its_holes_in_plain_words():
    assert with_holes("<code>{{c1::x}} y</code>" + "z" * 9987).markdown == "{{c1::x}} y" + "z" * 9987


def test_a_hole_that_would_not_be_seen_is_told():
    with pytest.raises(Unfit, match=r"^a hole is lost in its HTML$"):
        with_holes("a <button>{{c1::x}}</button> {{c2::y}}")


def test_a_hole_whose_formula_has_a_brace_of_its_own_is_told():
    with pytest.raises(Unfit, match=r"^hole c1 ends inside its answer$"):
        with_holes(r"{{c1::\(\{x\)}}")


def test_html_that_its_parser_refuses_is_told(monkeypatch):
    """As a parser to come may; of today's none does, of what is left once it is cleaned."""

    def refuses(bareness):
        raise ParserRejectedMarkup("no")

    monkeypatch.setattr(markdown, "converter", refuses)
    with pytest.raises(Unfit, match=r"^its HTML cannot be read$"):
        side("<i>refused</i>")


def test_sounds_are_counted():
    assert side("one [sound:a.mp3] two [sound:b.mp3]").sounds == 2


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("{{c1::Paris}} is the {{c2::capital::what}}", "{{c1::Paris}} is the {{c2::capital::what}}"),
        ("{{c3::a}} {{c1::b}}", "{{c3::a}} {{c1::b}}"),
        ("{{c1::<b>bold</b> <i>it</i>}}", "{{c1::**bold** *it*}}"),
        ("<b>{{c1::all}}</b>", "{{c1::**all**}}"),
        ("<b>{{c1::across</b> it}}", "{{c1::**across** it}}"),
        ("{{c1:: spaced }}x", "{{c1::spaced}} x"),
        # one within another: both numbers stay
        ("{{c1::outer {{c2::inner}} rest::hint}}", "{{c1::outer::hint}} {{c2::inner}} {{c1::rest}}"),
        ("{{c1::{{c2::same}}}}", "{{c2::same}}"),
        ("{{c1,2::both}}", "{{c1::both}}"),
        ("{{c1::<b>{{c2::x}}</b>}}", "{{c2::**x**}}"),
        ("{{c1::a::<b>b</b> {{c2::c}} d}}", "{{c1::a::b d}}"),
        ("{{c1::{ {{c2::b}}} x}}", f"{{{{c1::&#123;}}}} {{{{c2::b}}}}{{{{c1::&#125;{J} x}}}}"),
        ("{{c1::{a} b}}}", f"{{{{c1::{{a}} b}}}}{J}}}"),
        # over several lines: a hole of that number on each
        ("{{c1::<ul><li>a</li><li>b</li></ul>}}", "- {{c1::a}}\n- {{c1::b}}"),
        ("{{c1::a<br>b::h}}", "{{c1::a::h}}\\\n{{c1::b}}"),
        ("{{c1::ab<br>c::two  words}}", "{{c1::ab::two words}}\\\n{{c1::c}}"),
        ("{{c1::a\\<br>b\\}}", "{{c1::a\\\\}}\\\n{{c1::b\\\\}}"),
        ("{{c1::<div>a</div><div>b</div>}}", "{{c1::a}}\\\n{{c1::b}}"),
        ("<table><tr><td>{{c1::a}}</td></tr></table>", "|  |\n| --- |\n| {{c1::a}} |"),
        # code, formulas, pictures
        ("<code>{{c1::x}}</code> and <code>{{c2::y}} z</code>", "{{c1::x}} and {{c2::y}} z"),
        ("<code>{{c1::x}}</code>", "{{c1::`x`}}"),
        ("<pre>a {{c1::x}}</pre>", "a {{c1::x}}"),
        ("<pre>a<center>\t\tb {{c1::x}}</center></pre>", "a\\\n  b {{c1::x}}"),
        ("{{c1::a}} <!-- {{c2::b}} --> c", "{{c1::a}} c"),
        ("<pre>{{c1::a<br>b}}</pre>", "{{c1::a}}\n{{c1::b}}"),
        ("<ul><li>{{c1::a</li><li>b}} c</li></ul>", "- {{c1::a}}\n- {{c1::b}} c"),
        ("<table><tr><td>{{c1::a</td><td>b}}</td></tr></table>", "{{c1::a}}\\\n{{c1::b}}"),
        (r"\({{c1::\frac{a}{b}}}\) {{c2::\(x\)}}", r"\({{c1::\frac{a}{b} }} \) {{c2::\(x\)}}"),
        (r"\(\frac{{{c1::a}}}{b}\)", r"\(\frac{ {{c1::a}} }{b}\)"),
        ("{{c1::<img src=a.png>}}", "{{c1::![](a.png)}}"),
        # what would end a hole, or begin its hint
        ("{{c1::a&#58;&#58;b}} {{c2::c::d::e}}", f"{{{{c1::a:{J}:b}}}} {{{{c2::c::d:{J}:e}}}}"),
        ("{{c1::f{ }} {{c2::{x}}} {{c3::}b}}",
         f"{{{{c1::f&#123;}}}}  {{{{c2::{{x}}{J}}}}} {{{{c3::&#125;{J}b}}}}"),
        ("{{c1::a}} {{b}} }}", f"{{{{c1::a}}}} {{{J}{{b}}{J}}} }}{J}}}"),
        ("{{c1::a}} {{c2::open", f"{{{{c1::a}}}} {{{J}{{c2::open"),
        ("{{c1::a}} {{c0::b}} {{c500::c}}", f"{{{{c1::a}}}} {{{J}{{c0::b}}{J}}} {{{J}{{c500::c}}{J}}}"),
        ("{{c499::a}}", "{{c499::a}}"),
        ("{{c0::b}} {{c1::a}}", f"{{{J}{{c0::b}}{J}}} {{{{c1::a}}}}"),
        ("{{c1::`}} {{c2::&lt;}} {{c3::*}}", r"{{c1::\`}} {{c2::<}} {{c3::\*}}"),
    ],
)  # fmt: skip
def test_holes(html, markdown):
    made = with_holes(html).markdown
    assert made == markdown
    assert text.hole_fault(made) is None
    assert set(text.hole_numbers(made)) <= clozes.numbers(html)


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("x" * 10_001, "this text is 10,001 characters long"),
        ("<b></b>" * 10_000, "its HTML is 70,000 characters long"),
        ("<span>" * 2000 + "x", "its HTML is nested too deeply"),
    ],
)
def test_what_no_deck_can_have(html, why):
    with pytest.raises(Unfit, match=f"^{re.escape(why)}$"):
        side(html)
    with pytest.raises(Unfit, match=f"^{re.escape(why)}$"):
        with_holes("{{c1::" + html[8:] + "}}")


PIECES = [
    "a", "b c", " ", "\n", "{", "}", "{{", "}}", "{{c1::", "{{c2::", "{{c1,3::", "::", ":", "<b>", "</b>", "<i>", "</i>", "<br>",
    "<div>", "</div>", "<ul>", "</ul>", "<li>", "</li>", "<pre>", "</pre>", "<code>", "</code>", "<table>", "<tr>", "<td>", "</td>",
    "</tr>", "</table>", "<img src=a.png>", "<a href='https://e.org'>", "</a>", "<p>", "<h1>", "</h1>", "<blockquote>", "\\(", "\\)",
    "\\[", "[latex]", "[/latex]", "\\", "`", "```", "*", "_", "[", "](", "![", ")", "&lt;", "&#123;", "&amp;#123;", "&", "#", "- ",
    "1. ", "> ", "|", "---", "<sub>", "</sub>", "\u2060", "\xa0", "é", "漢", "<", ">", "<!--", "-->", "~", "=", "!", "$", "\t", "<!", "<![if x]>", "<?",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_no_text_without_holes_makes_one(html):
    try:
        made = side(html).markdown
    except Unfit:
        return
    assert text.hole_fault(made) is None
    assert text.holes(made) == ()
    assert set(text.pictures(made)) <= {"a.png"}
    assert made == made.strip()


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_holes_keep_their_numbers_or_the_text_is_left_out(html):
    try:
        made = with_holes(html).markdown
    except Unfit:
        return
    assert text.hole_fault(made) is None
    assert set(text.hole_numbers(made)) <= clozes.numbers(html)
    assert set(text.pictures(made)) <= {"a.png"}
