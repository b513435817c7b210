"""How a page is written as HTML: its Markdown, and the document around it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from printed import EVERY, html, one, printed
from rung import paper, press
from rung.pages import Printed
from rung.paper import Page, Section
from rung.press import _math

# ── Markdown of pages ────────────────────────────────────────────────────────────────────────────


def test_a_table_leaves_empty_columns_out_and_stays_in_one_piece():
    assert paper.table(("A", "B", "C"), [("x | y", "", "two\nlines"), ("{{c1::hole}}", "", "15\u00a0ms")]) == (
        "| A | C |\n| --- | --- |\n| x \\| y | two lines |\n| hole | 15\u00a0ms |"
    )
    assert paper.table(("A",), []) == ""


def test_cells_know_their_columns():
    assert html("| Line | Takes *ms* |\n|---|---|\n| Edge | 12 |") == (
        "<table> <thead> <tr> <th>Line</th> <th>Takes <em>ms</em></th> </tr> </thead> <tbody> <tr>"
        ' <td data-head="Line">Edge</td> <td data-head="Takes ms">12</td> </tr> </tbody> </table>'
    )


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("- [ ] Sleep", '<ul> <li class="tick">Sleep</li> </ul>'),
        (f"SLA: {paper.BLANK} ms", '<p>SLA: <span class="blank"></span> ms</p>'),
        ("![a](b.png)", '<p><img src="data:," alt="a" /></p>'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        (r"\(a<b\) and `\(x\)`", '<p><span class="math">a&lt;b</span> and <code>\\(x\\)</code></p>'),
    ],
)
def test_marks_of_pages(markdown, shown):
    assert html(markdown) == shown


@pytest.mark.parametrize(
    "markdown",
    [
        "```tree\nIs ______ or \\(a\\) there?\n  yes -> ______ and \\(b\\)\n```",
        "```flow\n[Form ______ filler] = a\n[Of \\(a\\)] = b\na -> b: \\(c\\) ______\n```",
        "<http://a.b/______>",
        '[a](http://a.b/______ "______ \\\\(b\\\\)")',
        "![______](x.svg)",
        "`a ______ b \\(c\\)`",
        "```\na ______ b \\(c\\)\n```",
        "```py\na ______ b \\(c\\)\n```",
        "Opened \\\\( and *closed* \\\\) elsewhere",
    ],
)
def test_drawings_code_and_tags_have_no_marks(markdown):
    shown = html(markdown)
    assert "<span" not in shown.replace('>http://a.b/<span class="blank"></span></a>', "")
    assert shown.count("______") + shown.count("\\(") >= 1


def test_a_line_to_fill_at_the_head_of_a_table_breaks_no_cell():
    assert html("| ______ |\n|---|\n| a |") == (
        '<table> <thead> <tr> <th><span class="blank"></span></th> </tr> </thead> <tbody> <tr>'
        ' <td data-head="">a</td> </tr> </tbody> </table>'
    )


def test_a_picture_stands_in_its_page():
    assert (
        press.body("![a](b.png)", {"b.png": b"\x89PNG"})
        == '<p><img src="data:image/png;base64,iVBORw==" alt="a" /></p>'
    )


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        ("I(2) = 6", "I(2) = 6"),
        (r"QPS \times 200", "QPS ×200"),
        (r"\frac{a+b}{c}", "(a+b)/c"),
        (r"\frac{16}{\delta^2}", "16/(δ<sup>2</sup>)"),
        (r"x_i^{n+1}", "x<sub>i</sub><sup>n+1</sup>"),
        (r"2^10", "2<sup>1</sup>0"),
        (r"\sqrt{p(1-p)}", "√(p(1-p))"),
        (r"\text{GPUs} \approx 5\,000", "GPUs ≈5 000"),
        (r"\lceil n \rceil \leq \unknown k", "⌈n ⌉≤unknown k"),
        ("a &lt; b", "a &lt; b"),
        ("a}b{c", "a"),
        ("", ""),
    ],
)
def test_math_in_letters(tex, shown):
    assert _math.html(tex) == f'<span class="math">{shown}</span>'


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────


class Outline(HTMLParser):
    """The elements of a document, whether they are closed as they were opened, and every address in it."""

    VOID = frozenset({"meta", "img", "br", "hr", "link", "input", "path", "rect", "line", "circle", "polygon"})

    def __init__(self, document):
        super().__init__()
        self.open, self.seen, self.addresses = [], [], []
        self.feed(document)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "action", "xlink:href")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.seen.append(tag)
        self.addresses += [value for name, value in attrs if name in ("src", "href", "xlink:href")]

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("name", list(printed(EVERY)))
def test_a_document_is_whole_and_asks_for_nothing(name):
    outline = Outline(document := press.document(printed(EVERY)[name], {}))
    assert outline.open == []
    assert outline.addresses == []
    assert "script" not in outline.seen
    assert outline.seen.count("h1") == 1
    assert "url(" not in document
    assert "@import" not in document


def test_names_of_pages_are_escaped():
    page = Page("A <b> & *c*", (Section("D <i>", "E <u>", folded=True),))
    document = press.document(Printed("a", page, "", "note", "F <s>", ("deck",)), {})
    assert "<title>A &lt;b&gt; &amp; c</title>" in document
    assert "<summary>D &lt;i&gt;</summary>" in document
    assert "F &lt;s&gt;" in document
    assert "E &lt;u&gt;" in document


def test_a_sheet_of_paper_says_in_its_margin_of_which_page_it_is():
    assert '@page { @bottom-left { content: "Rung · a" } }\n</style>' in press.document(one(), {})


def test_what_is_folded_needs_no_script():
    document = press.document(one(Section("Answer", "It is *so*.", folded=True)), {})
    assert '<details><summary>Answer</summary></details>\n<div class="folded">' in document


def test_a_page_leads_to_the_index_only_where_there_is_one():
    assert 'href="index.html"' in press.document(one(), {}, {"a", "index"})
    assert "href" not in press.document(one(), {}, {"a"})


def test_the_index_lists_pages_by_group():
    index = press.index([one(), one(name="b")])
    assert index.page.sections == (
        Section("For the room", "- [A page](a.html) — *A course*\n- [A page](b.html) — *A course*"),
    )
    assert 'href="index.html"' not in press.document(index, {}, {"index"})
