"""The text of cards: holes, Markdown as plain words and as HTML, and that nothing an author writes can act."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung import text, unmarked
from rung.text import Hole

# ── holes ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("markdown", "holes"),
    [
        ("no hole", ()),
        ("a {{c1::b}} c", (Hole(1, "b", "", 2, 11),)),
        ("{{c1::b::a hint}}", (Hole(1, "b", "a hint", 0, 17),)),
        ("{{c2::b}}{{c1::a}}", (Hole(2, "b", "", 0, 9), Hole(1, "a", "", 9, 18))),
        ("{{c1::std::vector}}", (Hole(1, "std", "vector", 0, 19),)),  # Anki too takes what follows for a hint
        ("{{c1::a:b}}", (Hole(1, "a:b", "", 0, 11),)),
        ("{{c1::a\nb}}", (Hole(1, "a\nb", "", 0, 11),)),
        ("{{c12::}}", (Hole(12, "", "", 0, 9),)),
        ("{{c::a}} {{C1::a}} {c1::a} {{c1:a}} {{c1::a}", ()),
        ("{{c٣::a}}", ()),  # a digit to Unicode, none to Anki
    ],
)
def test_holes_are_found_in_the_order_in_which_they_stand(markdown, holes):
    assert text.holes(markdown) == holes


def test_hole_numbers_are_sorted_and_stand_once():
    assert text.hole_numbers("{{c3::x}} {{c1::y}} {{c3::z}} {{c10::w}}") == (1, 3, 10)


@pytest.mark.parametrize(
    ("number", "asked", "answer"),
    [
        (1, "[…] by […] of big", "a; an"),
        (2, "a by an of [which size…]", "big"),
        (3, "a by an of big", ""),
    ],
)
def test_one_hole_is_asked_and_the_others_are_filled(number, asked, answer):
    markdown = "{{c1::a}} by {{c1::an}} of {{c2::**big**::which size}}"
    assert text.line(text.with_hole(markdown, number)) == asked
    assert text.line(text.hole_answer(markdown, number)) == answer
    assert text.line(text.filled(markdown)) == "a by an of big"


def test_a_hole_in_math_is_asked_without_backslashes():
    assert text.line(text.with_hole(r"\(a = {{c1::b + c}}\)", 1)) == "a = […]"
    assert text.line(text.with_hole(r"\(a = {{c1::b + c::a sum}}\)", 1)) == "a = [a sum…]"
    assert text.line(text.with_hole(r"\(a = {{c1::b + c::a… \sum}}\)", 1)) == r"a = [a… \sum…]"


INSIDE = ("a hole stands inside `code`", "take the backticks away, or put the hole outside them")
NESTED = ("a hole stands inside hole c1", "give each hole words of its own")
NO_HOLE = "write a hole as {{c1::answer}} or {{c1::answer::hint}}"


@pytest.mark.parametrize(
    ("markdown", "fault"),
    [
        ("", None),
        ("words", None),
        ("{{c1::a}}", None),
        ("{{c499::a::hint}}", None),
        ("{{c1::`a`}} and `b`", None),
        (r"\`{{c1::a}}\`", None),  # backticks that make no code
        ("{{c1::a}} }}", None),
        ("{{c1::a\nb}}", None),
        ("`{{c1::a}}`", INSIDE),
        ("``x ` {{c1::a}}``", INSIDE),
        ("```\n{{c1::a}}\n```", INSIDE),
        ("~~~\n{{c1::a}}\n~~~", INSIDE),
        ("words\n\n    {{c1::a}}", INSIDE),
        ("- ```\n  {{c1::a}}\n  ```", INSIDE),
        ("{{c1::a {{c2::b}} }}", NESTED),
        ("{{c1::a::{{c2::b}}}}", NESTED),
        ("{{c1::}}", ("hole c1 is empty", "write its answer: {{c1::answer}}")),
        ("{{c7:: ::hint}}", ("hole c7 is empty", "write its answer: {{c7::answer}}")),
        ("{{c1::a::b::c}}", ("hole c1 has more than an answer and a hint", "leave out the third part")),
        ("{{c0::a}}", ("hole c0 is out of range", "number holes from c1 to c499")),
        ("{{c500::a}}", ("hole c500 is out of range", "number holes from c1 to c499")),
        ("{{c1::a\n\nb}}", ("hole c1 spans two paragraphs", "keep a hole within one paragraph")),
        ("{{c1:a}}", ('"{{c1:a}}" does not open a hole', NO_HOLE)),
        ("{{c::a}}", ('"{{c::a}}" does not open a hole', NO_HOLE)),
        ("{{C1::a}}", ('"{{C1::a}}" does not open a hole', NO_HOLE)),
        ("{{c1::a}} {{c2::b", ("hole c2 is never closed", "end it with }}")),
        ("{{c1::a {{c2::b}}", ("hole c1 is never closed", "end it with }}")),
        ("{{ a hole\nthat is none at all }}", ('"{{ a hole that is no" does not open a hole', NO_HOLE)),
        ("{{c1::a {{ b }} c}}", NESTED),
        ("{{c1::a}} }} {{c2::b", ("hole c2 is never closed", "end it with }}")),
        ("{{c1234567::a}}", ('"{{c1234567::a}}" does not open a hole', NO_HOLE)),
        ("{{c" + "1" * 5000 + "::a}}", ('"{{c11111111111111111" does not open a hole', NO_HOLE)),
        ("{{c1::a}} `{{x}}`", ('"{{x}}`" does not open a hole', NO_HOLE)),  # not even in code: Anki looks there too
    ],
)
def test_what_is_wrong_with_holes(markdown, fault):
    assert text.hole_fault(markdown) == fault


def lost(number):
    return (
        f"hole c{number} is lost in the Markdown around it",
        "write it in plain words, or put the marks inside the hole",
    )


MADE = ("Markdown makes a hole of this", "write a hole as {{c1::answer}}, and no brace as \\{ or &#123;")
TABLE = "| a | b |\n|---|---|\n"


@pytest.mark.parametrize(
    ("markdown", "fault"),
    [
        ("[x](http://a/{{c1::b}})", lost(1)),
        ('[x](http://a "{{c1::b}}")', lost(1)),
        ("![{{c1::x}}](a.png)", lost(1)),
        ("{{c1::x}} [r]\n\n[r]: http://a/{{c2::b}}", lost(2)),
        (TABLE + "| {{c1::c}} | d | {{c2::e}} |", lost(2)),
        (TABLE + "| {{c1::c|d}} |", lost(1)),
        ("``` {{c1::b}}\na\n```", lost(1)),
        ("{{c1::2*3}} and {{c2::4*5}}", lost(1)),
        ("{{c1::x}} {{c2::_y}} and {{c3::z_}}", lost(2)),
        ("{{c1::a`b}} {{c2::c`d}}", lost(1)),
        ("{{c1::a}} 2 *{{c2::3*4}}", lost(2)),
        ("{{c1::a::2*3}} 4*5", lost(1)),
        ("{{c1::[a}} b](http://c)", lost(1)),
        ("{{c1::a\\}}", lost(1)),
        ("{{c1::a&#125;}}", lost(1)),
        ("{{c1::a&colon;&colon;b}}", lost(1)),
        ("{{c1::a\n- b}}", lost(1)),
        ("{{c1::a\n===\nb}}", lost(1)),
        (r"{{c1::\(x}} y\)", lost(1)),
        (r"{{c1::a}} {\{c2::b}}", MADE),
        ("&#123;{c2::b}}", MADE),
        ("&lbrace;&lbrace;c1&colon;&colon;b}}", MADE),
        ("&#123;{c1,2::b}}", MADE),
        ("![&#123;{c1::b}}](a.png)", MADE),
        ("[{{c1::x}}](http://a) and {{c2::[y](http://b)}}", None),
        (TABLE + "| {{c1::c}} | {{c2::d\\|e}} |", None),
        ("*{{c1::a}}* **{{c2::b}}** {{c3::*c*}} {{c4::**“d”**::_e_}}", None),
        ('{{c1::2*3}}, {{c2::a_b}} & {{c3::"<c>"}} &amp; {{c4::&lt;}}', None),
        (r"\(a < {{c1::b_1 * c*d*}}\) and {{c2::\(a_1 * b_2\)}}", None),
        ("- {{c1::a\n  b}}\n- {{c2::c  \n  d}}", None),
        (r"\{x\} {{c1::a\_b}} &#123;", None),
    ],
)
def test_each_hole_shows_in_the_whole_what_it_shows_alone(markdown, fault):
    assert text.hole_fault(markdown) == fault


def test_a_text_has_an_end():
    assert text.hole_fault("a" * 10_000) is None
    too_long = ("this text is 10,001 characters long", "split it into several notes, 10,000 at most")
    assert text.hole_fault("a" * 10_001) == too_long


SLOW = {
    "holes never closed": "{{c1::x}} " + "{{c1::" * 16_666,
    "hints": "{{c1::" + "a::" * 33_333,
    "math never closed": "\\(" * 50_000,
    "brackets in math": "\\(" + "\\[…" * 33_333 + "\\)",
    "many holes": "".join(f"{{{{c{n}::x{n}}}}}" for n in range(1, 7_143)),
    "pictures never named": "![" * 50_000,
    "pictures never closed": "![a](" * 20_000,
    "links never named": "[" * 100_000,
    "stress never closed": "*a b " * 20_000,
    "stress that a space keeps open": "*a b *" * 16_667,
    "prose that ends in a list": "a *b* `c`\n\n" * 9_000 + "-",
    "quotations that end in a list": "> a **b**\nc\n\n" * 7_000 + "-",
    "brackets, then a mark": "\\[a " * 25_000 + "*",
    "stress of brackets never closed": "*\\[" * 33_333,
    "strong words, then a mark": "**a b** " * 12_500 + "_",
    "strong words never closed": "**a b " * 16_667,
    "code, then a mark": "`*a*` " * 16_667 + "`",
    "ampersands, then an entity": "& " * 50_000 + "&amp;",
    "blanks at the end": "a" + " " * 99_999,
    "lines that end in blanks": "a\n" * 30_000 + "a" + " " * 40_000 + "\nb",
    "empty lines": "a" + "\n" * 99_999,
    "numbers": "1" * 100_000 + ".",
}


@pytest.mark.parametrize("long", SLOW.values(), ids=SLOW)
def test_no_text_takes_long(long):
    start = process_time()
    text.hole_fault(long)
    text.hole_fault(long[: text.LONGEST_TEXT])
    text.holes(long)
    text.with_hole(long, 1)
    text.with_pictures(long, {})
    text.plain(long[: text.LONGEST_TEXT])
    unmarked.html(long)
    unmarked.paragraphs(long)
    unmarked.piece(long)
    unmarked.piece_html(long)
    assert process_time() - start < 2  # a tenth of it here; minutes without care


def test_a_picture_in_the_words_of_another_has_its_own_name():
    assert text.with_pictures("![a ![b](c.png) ![d](c.png)", {"c.png": "e.png"}) == "![a ![b](e.png) ![d](e.png)"


WORDS = st.text(st.sampled_from("ab *_`\\<>&[]()\n"), max_size=8)
HOLES = st.builds(lambda number, answer: f"{{{{c{number}::{answer}}}}}", st.integers(1, 3), WORDS)


@given(st.lists(st.one_of(WORDS, HOLES)))
def test_every_hole_is_asked_once_or_filled(pieces):
    markdown = " ".join(pieces)
    assert text.filled(markdown) == text.with_hole(markdown, 0)
    for number in text.hole_numbers(markdown):
        count = sum(hole.number == number for hole in text.holes(markdown))
        assert text.with_hole(markdown, number).count("\\[…\\]") == count
    assert text.holes(text.filled(markdown)) == ()


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("", ""),
        ("*a* **b** `c` [d](http://e)", "a b c d"),
        ("a\nb", "a b"),
        ("a  \nb", "a\nb"),
        ("a\\\nb", "a\nb"),
        ("a\n\nb", "a\n\nb"),
        ("# Head\n\n> said", "Head\n\nsaid"),
        ("- a\n- b\n  - c\n- d", "- a\n- b\n  - c\n- d"),
        ("3. a\n4. b\n   1. c\n5. d", "3. a\n4. b\n  1. c\n5. d"),
        ("1. a  \n   b", "1. a\n   b"),
        ("-\n\nb", "b"),
        ("-\n- a", "- a"),
        ("a\n\n```\nb\n  c\n```", "a\n\nb\n  c"),
        ("<b>a</b> &lt; &amp;amp;", "<b>a</b> < &amp;"),
        ("![a *b*](c.png)", "[picture: a *b*]"),
        (r"\(a_1 * b_2\) and \*c\*", "a_1 * b_2 and *c*"),
        (r"\(never closed", "(never closed"),
        ("a_b_c 2*3*4", "a_b_c 234"),
        ("| a | b |\n|---|---|\n| c | d |", "a\n\nb\n\nc\n\nd"),
    ],
)
def test_plain_words(markdown, plain):
    assert text.plain(markdown) == plain


def test_a_line_has_no_line_breaks():
    assert text.line("a\n\n- b\n- c  \nd\n\n```\ne\n```") == "a - b - c d e"


@pytest.mark.parametrize(
    ("markdown", "words"),
    [("> 100 ms", "> 100 ms"), ("- 5", "- 5"), ("1. a", "1. a"), ("# *a*\nb", "# a b"), ("    a", "a"), ("", "")],
)
def test_a_piece_of_a_sentence_opens_no_block(markdown, words):
    assert text.words(markdown) == words


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a *b*", "<p>a <em>b</em></p>"),
        ("a\nb\n\nc", "<p>a b</p> <p>c</p>"),
        ("a {{c1::**b**::c}}", "<p>a {{c1::<strong>b</strong>::c}}</p>"),
        ("<script>a</script> & \"b\"", "<p>&lt;script&gt;a&lt;/script&gt; &amp; &quot;b&quot;</p>"),
        ("<div>\na\n</div>", "<p>&lt;div&gt; a &lt;/div&gt;</p>"),
        ("[a](javascript:b)", "<p>[a](javascript:b)</p>"),
        ("[a](ms-word:b)", "<p>[a](ms-word:b)</p>"),
        ("[a](file:///b)", "<p>[a](file:///b)</p>"),
        ("<vnc:b>", "<p>&lt;vnc:b&gt;</p>"),
        ("[a](//b/c) [d](&#x2f;/e)", '<p><a href="https://b/c">a</a> <a href="https://e">d</a></p>'),
        ("[a](https://b.c/d:e)", '<p><a href="https://b.c/d:e">a</a></p>'),
        ("[a](mailto:b@c.d) [e](f.html#g)", '<p><a href="mailto:b@c.d">a</a> <a href="f.html#g">e</a></p>'),
        ("![a](b-1.png)", '<p><img src="b-1.png" alt="a" /></p>'),
        ("![a<b>](http://c.d/e.png)", "<p>[picture: a&lt;b&gt;]</p>"),
        ("![a](//c.d/e.png) ![b](../e.png)", "<p>[picture: a] [picture: b]</p>"),
        ("![a](http|://c.d/e.png) ![b](1:e.png)", "<p>[picture: a] [picture: b]</p>"),
        ("![a](%2e%2E/e.png) ![b](c/.%2e/e.png)", "<p>[picture: a] [picture: b]</p>"),
        ("![a](data:image/png;base64,QQ==)", "<p>![a](data:image/png;base64,QQ==)</p>"),
        (r"\(a < b_1 * c_1\)", r"<p>\(a &lt; b_1 * c_1\)</p>"),
        ("`a<b`", "<p><code>a&lt;b</code></p>"),
        ("```\na\n  b\n```", "<pre><code>a\n  b\n</code></pre>"),
        ("```flow\na to b\n```", '<pre><code class="language-flow">a to b\n</code></pre>'),
        ("| a |\n|---|\n| b |", "<table> <thead> <tr> <th>a</th> </tr> </thead>"
         " <tbody> <tr> <td>b</td> </tr> </tbody> </table>"),
    ],
)  # fmt: skip
def test_html(markdown, html):
    assert text.html(markdown) == html


def test_a_drawing_is_an_svg_in_html_and_its_text_in_plain_words():
    markdown = "a\n\n```flow\n[B] = b\nb -> c\n```\n\n~~~ tree\nd?\n  e -> f\n~~~"
    assert text.plain(markdown) == "a\n\n[B] = b\nb -> c\n\nd?\n  e -> f"
    tags = [tag for tag in re.findall("<(/?[a-z]+)", text.html(markdown)) if tag in ("p", "/p", "svg", "/svg", "pre")]
    assert tags == ["p", "/p", "svg", "/svg", "svg", "/svg"]
    assert "\n" not in text.html(markdown)


def test_the_lines_of_drawings_and_code_are_told_from_others():
    markdown = "a\\\nb\n\n- c\n\n```tree\nd?\n  e -> f\n```\n\n    g"
    assert list(text.rows(markdown)) == [
        ("a", False), ("b", False), ("- c", False), ("", False), ("d?", True), ("  e -> f", True), ("", False), ("g", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a *b*", "a <em>b</em>"),
        ("a\n\nb", "<p>a</p> <p>b</p>"),
        ("- a", "<ul> <li>a</li> </ul>"),
        ("> a", "<blockquote> <p>a</p> </blockquote>"),
    ],
)
def test_html_without_the_only_paragraph(markdown, html):
    assert text.html_inline(markdown) == html


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("a\x00b\x07c\x7fd", "a␀b␇c␡d"),
        ("\x9b31m", "\ufffd31m"),
        ("a\tb\nc é 漢 🪜", "a\tb\nc é 漢 🪜"),
    ],
)
def test_control_characters_are_shown_and_do_nothing(words, shown):
    assert text.visible(words) == shown


@given(st.text())
def test_whatever_is_written_no_control_character_is_left(words):
    for shown in (text.plain(words), text.html(words)):
        assert not {char for char in shown if char < " " or "\x7f" <= char <= "\x9f"} - {"\n", "\t"}


@given(st.text(st.sampled_from("<>/ab=\"' \n-`!")))
def test_raw_html_never_becomes_markup(words):
    html = text.html(words)
    known = ("p", "/p", "ul", "/ul", "li", "/li", "code", "/code", "pre", "/pre", "blockquote", "/blockquote", "hr /",
             "br /", "h1", "/h1", "h2", "/h2")  # fmt: skip
    for tag in known:
        html = html.replace(f"<{tag}>", "")
    assert "<" not in html.replace('<code class="language-', "")
