"""Problems of decks as text for people, for editors and for continuous integration."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from rung.cli import _out
from rung.model import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rung.model import Problem


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def put(problems: Sequence[Problem], format_: Format, texts: Mapping[str, bytes], *, excerpt: bool) -> None:
    """Say the problems; `excerpt` adds the line of each and a caret."""
    if format_ is Format.JSON:
        _out.put_json(problems=[_values(problem) for problem in problems])
        return
    for problem in problems:
        _out.put(_github(problem) if format_ is Format.GITHUB else str(problem))
        if excerpt and format_ is Format.TEXT:
            _put_excerpt(problem, texts)


def counted(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return f"{_out.plural(errors, 'error')}, {_out.plural(len(problems) - errors, 'warning')}"


def _values(problem: Problem) -> dict[str, str | int]:
    where = problem.where
    return {
        "path": where.path, "line": where.line, "column": where.column, "severity": str(problem.severity),
        "message": problem.message, "mend": problem.mend,
    }  # fmt: skip


def _github(problem: Problem) -> str:
    where = problem.where
    told = f"{problem.message}; {problem.mend}".replace("%", "%25").replace("\n", "%0A")
    return f"::{problem.severity} file={where.path},line={where.line},col={where.column}::{told}"


def _put_excerpt(problem: Problem, texts: Mapping[str, bytes]) -> None:
    from rich.cells import cell_len

    from rung.lines import visible

    lines = texts.get(problem.where.path.removeprefix("decks/"), b"").decode("utf-8", "replace").splitlines()
    if problem.where.line > len(lines):
        return
    line = visible(lines[problem.where.line - 1].expandtabs(4))
    caret = cell_len(line[: problem.where.column - 1])
    first = max(0, problem.where.column - 80)  # of a very long line, the part that matters
    _out.put(f"    {problem.where.line:>4} | {line[first : first + 110]}")
    _out.put(f"         | {' ' * (caret if not first else 79)}^")
