"""Cloze: a sentence with a hole. Thought, or typed and compared; in Anki a real cloze note, one a part."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rung import text
from rung.model import AnkiType, Expects, Question, Score

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rung.model import Card

SECONDS = 45
SLIP = 5  # one wrong letter in so many is a slip, not an error
SPELLINGS = str.maketrans({"≤": "<=", "≥": ">=", "×": "x", "−": "-"})
RAISED = re.compile("[⁰¹²³⁴-⁹⁻]+")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
NO_ZERO = re.compile(r"(?<![\w.])\.(?=\d)")  # .5 means 0.5
WORDS = re.compile(r"(?:(?<![\w-])-(?=\d))?[^\W_]+(?:[.:/][^\W_]+)*|[%+<>=~^#]")
AMOUNTS = re.compile(r"[<>]|-?\d[\d.:/]*(?:[^\W\d_]\w*| (?:%|[^\W\d_]{1,2}\b))?")  # a number with its unit


@dataclass(frozen=True, slots=True)
class Content:
    """`text` is Markdown with holes, of which this card asks number `hole`; `extra` stands on the back."""

    text: str
    hole: int
    extra: str = ""


def fault(content: Content) -> str:
    return "" if content.hole in text.hole_numbers(content.text) else f"its text has no hole c{content.hole}"


def ask(content: Content, seed: int) -> Question:
    return Question(text.with_hole(content.text, content.hole), Expects.WORDS, "Type what belongs in the brackets")


def score(content: Content, question: Question, answer: str) -> Score:
    """Exact 5, near 4, else 1; a number that differs is never near. Nothing typed: the learner grades."""
    if not answer.strip():
        return Score()
    written = text.hole_answer(content.text, content.hole)
    wanted = text.words(written)
    given, right = _folded(answer), _folded(wanted)
    if given in (right, _folded(written)):
        return Score(5, ("Exact.",))
    if _near(given, right):
        return Score(4, (f"Near: {text.visible(difference(answer.strip(), wanted))}",))
    return Score(1, (f"You wrote: {text.visible(answer.strip())}",))


def difference(given: str, wanted: str) -> str:
    """`given` turned into `wanted`, letter by letter: what is too much as `[-x-]`, what was missing as `{+x+}`."""
    pieces = []
    for change, a, b, c, d in SequenceMatcher(None, given, wanted, autojunk=False).get_opcodes():
        if change == "equal":
            pieces.append(given[a:b])
        else:
            pieces.append((f"[-{given[a:b]}-]" if b > a else "") + (f"{{+{wanted[c:d]}+}}" if d > c else ""))
    return "".join(pieces)


def back(content: Content, question: Question, answer: str) -> str:
    shown = f"**{text.hole_answer(content.text, content.hole)}**\n\n{text.filled(content.text)}"
    return f"{shown}\n\n{content.extra}" if content.extra else shown


def gist(content: Content) -> tuple[str, str]:
    asked, answer = text.with_hole(content.text, content.hole), text.hole_answer(content.text, content.hole)
    return text.line(asked), text.words(answer)


def _folded(words: str) -> str:
    """What is compared: words and numbers in one spelling, without punctuation."""
    raised = RAISED.sub(lambda power: f"^{power[0]}", words)
    plain = unicodedata.normalize("NFKC", raised).casefold().translate(SPELLINGS)
    return " ".join(WORDS.findall(NO_ZERO.sub("0.", THOUSANDS.sub("", plain)))) or " ".join(plain.split())


def _near(given: str, right: str) -> bool:
    if _amounts(given) != _amounts(right):
        return False
    most = len(right) // SLIP
    return _edits(given, right, most) <= most


def _amounts(folded: str) -> list[str]:
    return [amount.replace(" ", "") for amount in AMOUNTS.findall(folded)]


def _edits(a: str, b: str, most: int) -> int:
    """Letters to insert, delete, replace or swap with the next between `a` and `b`; more than `most` if it must be more.

    Optimal string alignment: Damerau's four slips, none of them twice at one place.
    """
    if abs(len(a) - len(b)) > most:
        return most + 1
    above: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, above, row = above, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(row[j - 1] + 1, above[j] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(*row, *above) > most:
            return most + 1
    return row[-1]


# ── Anki ─────────────────────────────────────────────────────────────────────────────────────────

ANKI = AnkiType(
    id=1_790_100_101,
    name="Rung Cloze",
    fields=(
        ("Text", 1_790_110_101),
        ("Title", 1_790_110_102),
        ("Extra", 1_790_110_103),
        ("Source", 1_790_110_104),
        ("Id", 1_790_110_105),
        ("Spare1", 1_790_110_106),
        ("Spare2", 1_790_110_107),
        ("Spare3", 1_790_110_108),
    ),
    template_id=1_790_120_101,
    cloze=True,
)


def fields(cards: Sequence[Card]) -> Mapping[str, str]:
    content: Content = cards[0].content
    return {"Text": text.html(content.text), "Extra": text.html(content.extra)}
