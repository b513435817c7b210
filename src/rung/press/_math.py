"""TeX as card texts use it, as HTML that needs no MathJax: letters, signs, raised and lowered ones."""

from __future__ import annotations

import re

SIGNS = {
    "times": "×", "cdot": "·", "div": "÷", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠",
    "neq": "≠", "approx": "≈", "sim": "~", "ll": "≪", "gg": "≫", "to": "→", "rightarrow": "→", "Rightarrow": "⇒",
    "infty": "∞", "sum": "∑", "prod": "∏", "in": "∈", "ldots": "…", "dots": "…", "cdots": "…", "lceil": "⌈",
    "rceil": "⌉", "lfloor": "⌊", "rfloor": "⌋", "mid": "|", "quad": " ", "left": "", "right": "", "partial": "∂",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "Delta": "Δ", "epsilon": "ε", "varepsilon": "ε",
    "eta": "η", "theta": "θ", "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "Sigma": "Σ",
    "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Omega": "Ω",
}  # fmt: skip
PLAIN = {"text", "mathrm", "operatorname", "mathbf", "mathit", "textbf"}
TOKEN = re.compile(r"\\([a-zA-Z]+) ?|\\(.)|(&[a-z#0-9]+;)|([{}^_])|([^\\&{}^_]+|&)", re.DOTALL)
SIMPLE = re.compile(r"[\w.,…|⌈⌉]*")

Tokens = list[re.Match[str]]


def html(tex: str) -> str:
    """`tex`, escaped as HTML wants it, as HTML."""
    return f'<span class="math">{_group(list(reversed(list(TOKEN.finditer(tex)))))}</span>'


def _group(tokens: Tokens) -> str:
    """All up to the brace that closes the group, or to the end."""
    drawn = ""
    while tokens and tokens[-1][0] != "}":
        drawn += _next(tokens)
    if tokens:
        tokens.pop()
    return drawn


def _next(tokens: Tokens) -> str:
    """The next thing: a sign, a group, or a command with what it works on."""
    if not tokens:
        return ""
    command, escaped, entity, mark, letters = (token := tokens.pop()).groups()
    if command == "frac":
        return f"{_one(_next(tokens))}/{_one(_next(tokens))}"
    if command == "sqrt":
        return f"√{_one(_next(tokens))}"
    if command in PLAIN:
        return _next(tokens)
    if command:
        return SIGNS.get(command, f"{command} ")
    if escaped:
        return " " if escaped in ",;: !" else escaped
    if mark == "{":
        return _group(tokens)
    if mark in ("^", "_"):
        tag = "sup" if mark == "^" else "sub"
        return f"<{tag}>{_raised(tokens)}</{tag}>"
    return entity or letters or token[0].replace("}", "")


def _raised(tokens: Tokens) -> str:
    """A group, a command, or one letter alone; the rest of a run of letters stays."""
    if tokens and (run := tokens[-1][5]) and len(run) > 1:
        tokens.pop()
        tokens.extend(reversed(list(TOKEN.finditer(run[1:]))))
        return run[0]
    return _next(tokens)


def _one(drawn: str) -> str:
    """In parentheses where that is more than one thing."""
    return drawn if SIMPLE.fullmatch(drawn) else f"({drawn})"
