"""`rung check`: say what is wrong in the decks."""

from __future__ import annotations

from typing import Annotated

import typer

from rung.cli import _out, _problems
from rung.cli._here import Findings, Here
from rung.cli._problems import Format


def check(
    context: typer.Context,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings count as findings.")] = False,
    format_: Annotated[Format, typer.Option("--format", help="How problems are told.")] = Format.TEXT,
) -> None:
    """Say what is wrong in the decks, and where. Writes nothing."""
    from rung.cli._build import build

    here = Here.of(context)
    result = build(here.needed_workspace)
    problems = result.problems
    _problems.put(problems, format_, result.texts, excerpt=_out.interactive() and not here.plain)
    _out.tell(f"{_problems.counted(problems)}." if problems else "Nothing is wrong.")
    if result.broken or (strict and problems):
        raise Findings
