"""Sheet: fill in a number for each line of a worksheet; each must be typical, and together they must add up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from rung import formula, quantity, text
from rung.cards import _follows, _items, _share
from rung.formula import FormulaError
from rung.model import AnkiType, Expects, NotAnAnswer, Question, Score
from rung.quantity import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rung.model import Card

SECONDS = 180
SIGNS = {"==": "=", "<=": "≤"}
NOT_SIGNS = {"==": "not", "<=": "more than"}
BETWEEN = re.compile(r"(?:[\s;]|,(?![0-9]{3}(?![0-9])))+")  # in 1,500 the comma belongs to the number

DIGIT = re.compile(r"[0-9]")
UNENDED = re.compile(r"[0-9].*(?:/| per)$")  # a unit that goes on: $0.35 per 1,000 tokens


@dataclass(frozen=True, slots=True)
class Given:
    """What is known before; `id` is its name in the rules."""

    id: str
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line to fill in: its typical range, ends included, and the number of the example."""

    id: str
    name: str
    low: float
    high: float
    filled: float


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold: in words, and as a check of `formula.py` over the ids of lines and of what is given."""

    says: str
    check: str


@dataclass(frozen=True, slots=True)
class Content:
    """All numbers are in `unit`."""

    prompt: str
    unit: str
    given: Given
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...] = ()


def fault(content: Content) -> str:
    if not content.lines:
        return "it has no lines"
    example = values(content, [line.filled for line in content.lines])
    for rule in content.rules:
        try:
            formula.holds(formula.parsed_check(rule.check), example)
        except FormulaError as error:
            return f"its rule {rule.check!r}: {error}"
    return ""


def ask(content: Content, seed: int) -> Question:
    listed = "\n".join(f"{place}. {line.name}" for place, line in enumerate(content.lines, 1))
    order = ", in this order" if len(content.lines) > 1 else ""
    how = f"{_numbers(len(content.lines))}{f' in {content.unit}' if content.unit else ''}{order}"
    return Question(f"{content.prompt}\n\n{listed}", Expects.NUMBERS, how)


def score(content: Content, question: Question, answer: str) -> Score:
    """A point for each line in its range and each rule that holds; graded by the share of all points."""
    numbers = given(content, answer)
    wrong = (*_outside(content, numbers), *_broken(content, numbers))
    most = len(content.lines) + len(content.rules)
    right = most - len(wrong)
    return Score(
        _share.grade(right, most), (f"{right} of {most} right.", *wrong) if wrong else ("All of it is right.",)
    )


def back(content: Content, question: Question, answer: str) -> str:
    """The example, line by line with its typical range, and what the learner wrote; then what must hold."""
    numbers = given(content, answer) if answer else ()
    rows = [
        f"{place}. {line.name}: **{shown(line.filled, content.unit)}**, typically {typical(line, content.unit)}"
        + (f"; you wrote {shown(numbers[place - 1], content.unit)}" if numbers else "")
        for place, line in enumerate(content.lines, 1)
    ]
    rules = [f"- {_rule(content, rule)}" for rule in content.rules]
    return "\n\n".join(filter(None, ("\n".join(rows), "\n".join(rules))))


def gist(content: Content) -> tuple[str, str]:
    filled = ", ".join(f"{text.line(line.name)} {shown(line.filled, content.unit)}" for line in content.lines)
    return text.line(content.prompt), filled


def given(content: Content, answer: str) -> tuple[float, ...]:
    """The numbers that were typed, one a line; raises NotAnAnswer."""
    words = _words(answer)
    if len(words) != len(content.lines):
        spaces = " with spaces between them" if len(content.lines) > 1 else ""
        raise NotAnAnswer(f"Type {_numbers(len(content.lines))}{spaces}; these are {len(words)}.")
    numbers = []
    for line, word in zip(content.lines, words, strict=True):
        try:
            numbers.append(quantity.value(word, content.unit))
        except ValueError as error:
            raise NotAnAnswer(f"{text.line(line.name)}: {error}.") from None
    return tuple(numbers)


def typical(line: Line, unit: str) -> str:
    """The range of a line: `10 to 20 ms`."""
    return f"{shown(line.low)} to {shown(line.high, unit)}"


def variable(id_: str) -> str:
    """An id as formulas name it: `coarse-rank` is `coarse_rank`."""
    return id_.replace("-", "_")


def values(content: Content, numbers: Sequence[float]) -> dict[str, float]:
    """What is given and the numbers of the lines, as formulas name them."""
    lines = {variable(line.id): number for line, number in zip(content.lines, numbers, strict=True)}
    return {variable(content.given.id): content.given.value, **lines}


def broken(rule: Rule, known: Mapping[str, float], unit: str) -> str:
    """What is wrong with a rule when its names have those values, with the numbers; empty where it holds."""
    check = formula.parsed_check(rule.check)
    try:
        if formula.holds(check, known):
            return ""
        left, right = (_side(side, known, unit) for side in (check.left, check.right))
    except FormulaError as error:
        return str(error)
    return f"{left}, {NOT_SIGNS[check.operator]} {right}"


def _words(answer: str) -> list[str]:
    """What was typed, number by number: what has no digit belongs to the number before it.

    A sign such as $ belongs to the number behind it where the first one does.
    """
    typed = [word for word in BETWEEN.split(answer) if word]
    ahead = typed and typed[0] in quantity.MONEY
    words: list[str] = []
    for word in typed:
        last = words[-1] if words else ""
        unit = not DIGIT.search(word) and DIGIT.search(last) and not (ahead and word in quantity.MONEY)
        if unit or last in quantity.MONEY or UNENDED.search(last):
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def _numbers(count: int) -> str:
    return f"{count} number{'s' * (count != 1)}"


def _outside(content: Content, numbers: Sequence[float]) -> Iterator[str]:
    for line, number in zip(content.lines, numbers, strict=True):
        if not line.low <= number <= line.high:
            yield f"{text.line(line.name)}: {shown(number, content.unit)}, typically {typical(line, content.unit)}."


def _broken(content: Content, numbers: Sequence[float]) -> Iterator[str]:
    for rule in content.rules:
        if wrong := broken(rule, values(content, numbers), content.unit):
            yield f"{_says(rule)}: {wrong}."


def _side(side: formula.Formula, known: Mapping[str, float], unit: str) -> str:
    """A side of a check in numbers, with what it comes to: `100 - 12 - 8 = 80 ms`."""
    spelled, told = formula.spelled(side, known), shown(formula.value(side, known), unit)
    return told if side.text in known or isinstance(side.node, float) else f"{spelled} = {told}"


def _rule(content: Content, rule: Rule) -> str:
    """A rule with the numbers of the example: `The lines fill it: 100 - 12 - 8 = 15 + 10 + 55`."""
    check, known = formula.parsed_check(rule.check), values(content, [line.filled for line in content.lines])
    left, right = (formula.spelled(side, known) for side in (check.left, check.right))
    return f"{_says(rule)}: {left} {SIGNS[check.operator]} {right}"


def _says(rule: Rule) -> str:
    return text.line(rule.says).removesuffix(".")


# ── Anki ─────────────────────────────────────────────────────────────────────────────────────────

ANKI = AnkiType(
    id=1_790_100_801,
    name="Rung Sheet",
    fields=(
        ("Prompt", 1_790_110_801),
        ("Title", 1_790_110_802),
        ("Lines", 1_790_110_803),
        ("Answer", 1_790_110_804),
        ("Rules", 1_790_110_805),
        ("Unit", 1_790_110_806),
        ("Extra", 1_790_110_807),
        ("Source", 1_790_110_808),
        ("Id", 1_790_110_809),
        ("Spare1", 1_790_110_810),
        ("Spare2", 1_790_110_811),
        ("Spare3", 1_790_110_812),
    ),
    template_id=1_790_120_801,
    scripts=("shared.js", "amounts.js", "sheet/script.js"),
)


def fields(cards: Sequence[Card]) -> Mapping[str, str]:
    (card,) = cards
    content: Content = card.content
    lines = _items.listed((line.id, line.name) for line in content.lines)
    answer = "".join(
        f'<li data-id="{escape(line.id)}" data-low="{line.low}" data-high="{line.high}">{text.html_inline(line.name)}: <b>{text.html_inline(shown(line.filled, content.unit))}</b>'
        f' <small class="note">typically {text.html_inline(typical(line, content.unit))}</small></li>'
        for line in content.lines
    )
    follows = _follows.attributes(content.unit)
    rules = "".join(f"<li>{text.html_inline(_rule(content, rule))}</li>" for rule in content.rules)
    return {
        "Prompt": text.html(content.prompt),
        "Lines": f'<ol class="items" {follows}>{lines}</ol>',
        "Answer": f'<ol class="answer" {follows}>{answer}</ol>',
        "Rules": f'<ul class="rules">{rules}</ul>' if rules else "",
        "Unit": text.html_inline(content.unit),
    }
