"""The text of cards: holes, Markdown as plain words and as HTML, and that nothing an author writes can act."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung import text
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
        ("{{c1::a}} `{{x}}`", ('"{{x}}`" does not open a hole', NO_HOLE)),  # not even in code: Anki looks there too
    ],
)
def test_what_is_wrong_with_holes(markdown, fault):
    assert text.hole_fault(markdown) == fault


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
        (r"\(a < b_1 * c_1\)", r"<p>\(a &lt; b_1 * c_1\)</p>"),
        ("`a<b`", "<p><code>a&lt;b</code></p>"),
        ("```\na\n  b\n```", "<pre><code>a\n  b\n</code></pre>"),
        ("| a |\n|---|\n| b |", "<table> <thead> <tr> <th>a</th> </tr> </thead>"
         " <tbody> <tr> <td>b</td> </tr> </tbody> </table>"),
    ],
)  # fmt: skip
def test_html(markdown, html):
    assert text.html(markdown) == html


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
