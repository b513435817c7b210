"""`rung build`: compile the decks into cards."""

from __future__ import annotations

from typing import Annotated

import typer

from rung.cli import _out, _problems
from rung.cli._here import Findings, Here
from rung.cli._problems import Format


def build(
    context: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail when cards/ is stale.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings stop the build too.")] = False,
    format_: Annotated[Format, typer.Option("--format", help="How problems are told.")] = Format.TEXT,
) -> None:
    """Compile decks/ into cards/. With any error nothing is written."""
    from rung.cli._build import build as built

    here = Here.of(context)
    workspace = here.needed_workspace
    result = built(workspace)
    problems = result.problems
    _problems.put(problems, format_, result.texts, excerpt=_out.interactive() and not here.plain)
    if result.broken or (strict and problems):
        _out.tell(f"{_problems.counted(problems)}; nothing was written.")
        raise Findings
    changed = [path.relative_to(workspace.root).as_posix() for path in (*result.stale, *result.gone)]
    if check:
        for path in changed:
            _out.tell(f"{path} is stale; make it anew with: rung build")
        if changed:
            raise Findings
        return
    result.write()
    count = sum(each.living for each in result.outcomes.values())
    decks = _out.plural(len(result.outcomes), "deck")
    _out.tell(f"{_out.plural(count, 'card')} in {decks}; {_out.plural(len(changed), 'file')} written.")
    if result.retired:
        cards = _out.plural(result.retired, "card")
        _out.tell(f"{cards} retired, in no deck any more; one that was renamed says so by `was:`.")
