"""Number: type a number, with or without its unit. A card may draw fresh numbers each time and compute the right one."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from rung import formula, quantity, text
from rung.cards import _follows
from rung.model import AnkiType, Expects, NotAnAnswer, Question, Score
from rung.quantity import shown
from rung.shuffle import seed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rung.model import Card

SECONDS = 90  # time for a sum on paper
CLOSE = 3  # tolerances
VARIANTS = 12  # that an Anki note carries, at most
NAMED = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Variable:
    """A number of the question, drawn from `low`, `low + step` … `high`; fixed where those two are one.

    One in `%` is a share in the formula: 5% counts as 0.05.
    """

    name: str
    low: float
    high: float
    step: float = 0.0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """`value` is the right number, in `unit`; None where `formula` gives it from `variables`.

    `tolerance` is a share of the right number. In `prompt` and `because`, the derivation, `{name}` stands for a
    variable; `extra` stands on the back.
    """

    prompt: str
    unit: str
    tolerance: float
    value: float | None = None
    formula: str = ""
    variables: tuple[Variable, ...] = ()
    because: str = ""
    extra: str = ""


def fault(content: Content) -> str:
    if content.tolerance < 0:
        return "its tolerance is below zero"
    for each in content.variables:
        if not each.low <= each.high or each.step < 0 or max(abs(each.low), abs(each.high)) > quantity.LARGEST:
            return f'its variable "{each.name}" has no range to draw from'
        if each.step and not math.isfinite((each.high - each.low) / each.step):
            return f'its variable "{each.name}" has too small a step'
    if content.value is not None and not content.formula:
        return ""
    try:
        whole = formula.parsed(content.formula)
        formula.bounds(whole, {each.name: (each.low, each.high) for each in content.variables})
    except formula.FormulaError as error:
        return f"its formula: {error}"
    return ""


def ask(content: Content, seed: int) -> Question:
    within = f", within {shown(100 * content.tolerance, '%')}" if content.tolerance else ""
    how = f"A number{f' in {content.unit}' if content.unit else ''}{within}"
    return Question(_filled(content, content.prompt, seed), Expects.NUMBER, how, seed=seed)


def score(content: Content, question: Question, answer: str) -> Score:
    """Within the tolerance 5, within three of them 2, else 1; the number as the back shows it is right too."""
    right, unit = answer_of(content, question.seed), content.unit
    given = _given(content, answer)
    told = shown(right, unit)
    if _apart(given, right) <= content.tolerance or given == _as_told(right, unit):
        return Score(5, (f"Right: {told}.",))
    if _apart(given, right) <= CLOSE * content.tolerance:
        return Score(2, (f"Close: it is {told}; you wrote {shown(given, unit)}.",))
    return Score(1, (f"Not so: it is {told}; you wrote {shown(given, unit)}.",))


def back(content: Content, question: Question, answer: str) -> str:
    told = f"**{shown(answer_of(content, question.seed), content.unit)}**"
    return "\n\n".join(filter(None, (told, _derivation(content, question.seed), content.extra)))


def gist(content: Content) -> tuple[str, str]:
    """Question and answer, with the numbers of seed 0."""
    return text.line(_filled(content, content.prompt, 0)), shown(answer_of(content, 0), content.unit)


def drawn(content: Content, seed: int) -> dict[str, float]:
    """The numbers of the question that is asked by `seed`, by name."""
    return {variable.name: _drawn(variable, seed) for variable in content.variables}


def answer_of(content: Content, seed: int) -> float:
    """The right number, in the card's unit; raises FormulaError for a card that no compiler has passed."""
    if content.value is not None:
        return content.value
    return formula.value(formula.parsed(content.formula), drawn(content, seed))


def _drawn(variable: Variable, seed: int) -> float:
    if not variable.step:
        return variable.low
    places = math.floor((variable.high - variable.low) / variable.step + 1e-9) + 1
    place = int.from_bytes(sha256(f"{seed} {variable.name}".encode()).digest()[:8], "big") % places
    return float(f"{variable.low + place * variable.step:.12g}")


def _given(content: Content, answer: str) -> float:
    try:
        return quantity.value(answer, content.unit)
    except ValueError as error:
        message = str(error)
        example = f" Type one number, such as {shown(12, content.unit)}."
        told = "" if isinstance(error, quantity.Unclear) else example
        raise NotAnAnswer(f"{message[:1].upper()}{message[1:]}.{told}") from None


def _as_told(right: float, unit: str) -> float:
    """The right number as the back rounds it; as it is where that cannot be read."""
    try:
        return quantity.value(shown(right, unit), unit)
    except ValueError:
        return right


def _apart(given: float, right: float) -> float:
    """By which share of the right number the given one differs, but for what floats lose."""
    return abs(given - right) / abs(right) * (1 - 1e-9) if right else float(given != 0)


def _filled(content: Content, template: str, seed: int) -> str:
    values = drawn(content, seed)
    shown_ = {each.name: _shown(each, values[each.name]) for each in content.variables}
    return NAMED.sub(lambda match: shown_.get(match[1], match[0]), template)


def _shown(variable: Variable, number: float) -> str:
    return shown(100 * number if variable.unit == "%" else number, variable.unit)


def _derivation(content: Content, seed: int) -> str:
    """Why it is that number: the reason with its numbers, and the formula with its own."""
    because = _filled(content, content.because, seed)
    if not content.formula:
        return because
    whole = formula.parsed(content.formula)
    sum_ = formula.spelled(whole, drawn(content, seed))
    right = answer_of(content, seed)
    told = shown(right, content.unit)
    equals = "=" if math.isclose(_as_told(right, content.unit), right, rel_tol=1e-9) else "≈"
    return "\n\n".join(filter(None, (because, f"{sum_} {equals} **{told}**")))


# ── Anki ─────────────────────────────────────────────────────────────────────────────────────────

ANKI = AnkiType(
    id=1_790_100_601,
    name="Rung Number",
    fields=(
        ("Prompt", 1_790_110_601),
        ("Title", 1_790_110_602),
        ("Answer", 1_790_110_603),
        ("Because", 1_790_110_604),
        ("Unit", 1_790_110_605),
        ("Tolerance", 1_790_110_606),
        ("Variants", 1_790_110_607),
        ("Extra", 1_790_110_608),
        ("Source", 1_790_110_609),
        ("Id", 1_790_110_610),
        ("Spare1", 1_790_110_611),
        ("Spare2", 1_790_110_612),
        ("Spare3", 1_790_110_613),
    ),
    template_id=1_790_120_601,
    scripts=("shared.js", "amounts.js", "number/script.js"),
)


def fields(cards: Sequence[Card]) -> Mapping[str, str]:
    """Those of the first asking, and a bank of variants, of which a script shows one."""
    (card,) = cards
    content: Content = card.content
    first = seed(card.root, 0)
    return {
        "Prompt": text.html(ask(content, first).prompt),
        "Answer": _told(content, first),
        "Because": text.html(_derivation(content, first)),
        "Unit": text.html_inline(content.unit),
        "Tolerance": shown(100 * content.tolerance, "%") if content.tolerance else "",
        "Variants": f'<div class="variants" hidden {_follows.attributes(content.unit)} data-tolerance="{content.tolerance}">'
        f"{''.join(_variant(content, each) for each in _seeds(content, card.root))}</div>",
        "Extra": text.html(content.extra),
    }


def _seeds(content: Content, root: str) -> Iterable[int]:
    """The seeds of the first askings that differ in their numbers."""
    seeds: dict[tuple[float, ...], int] = {}
    for rows in range(VARIANTS):
        each = seed(root, rows)
        seeds.setdefault(tuple(drawn(content, each).values()), each)
    return seeds.values()


def _variant(content: Content, seed: int) -> str:
    right = answer_of(content, seed)
    because = text.html(_derivation(content, seed))
    return (
        f'<div data-value="{right}" data-told="{_as_told(right, content.unit)}">'
        f'<div class="prompt">{text.html(ask(content, seed).prompt)}</div><div class="answer"><b>{_told(content, seed)}</b></div>'
        + (f'<div class="because">{because}</div>' if because else "")
        + "</div>"
    )


def _told(content: Content, seed: int) -> str:
    return text.html_inline(shown(answer_of(content, seed), content.unit))
