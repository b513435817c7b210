"""`rung print`: pages to take along."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rung.cli import _out
from rung.cli._here import Here, Wrong
from rung.workspace import CannotGoOn
from rung.writing import stay_inside, write_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rung.pages import Printed

ALL = "all"


def print(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PAGE|NOTE|DECK...|all]", help="What to print; default: list the pages."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The folder to write to; default: exports/pages.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Write pages to print, as HTML files.

    Each is one file that asks for nothing outside; print it from any browser, on A4 or Letter. `all` writes every page
    and an index.
    """
    from rung import press

    here = Here.of(context)
    found = (*_printed(here), *_plan(here))
    chosen = _chosen(found, names or [ALL])
    if not names or not chosen:
        _tell(chosen, {}, json=json)
        if not json:
            _out.tell("Write them with: rung print all" if chosen else "There are no pages here: no note makes one.")
        return
    folder = output or _folder(here)
    if folder.exists() and not folder.is_dir():
        raise CannotGoOn(f"{folder}: this is no folder; nothing was written there")
    pictures = {name: path.read_bytes() for name, path in here.folder.media().items()}
    written = [*chosen, press.index(chosen)] if ALL in names else chosen
    paths = {each.name: folder / f"{each.name}.html" for each in written}
    write_all({paths[each.name]: press.document(each, pictures, paths).encode() for each in written})
    _tell(written, paths, json=json)
    if not json:
        _out.tell(f"{_out.plural(len(chosen), 'page')}; open one in a browser and print it from there.")


def _printed(here: Here) -> tuple[Printed, ...]:
    """Every page that the cards at hand give; raises CannotGoOn."""
    from rung import pages
    from rung.cli._cards import read
    from rung.notes import NotKept

    try:
        return pages.printed(pages.read(read(here.folder, path) for path in here.folder.stamps()))
    except NotKept as error:
        raise CannotGoOn(f"{here.folder.path}: {error}") from None


def _plan(here: Here) -> tuple[Printed, ...]:
    """The page of the learner's plan, where there is one."""
    if not here.db_file.exists():
        return ()
    with here.store() as store:
        if store.plan() is None:
            return ()
        from rung.cli import _prospect
        from rung.plan import page

        planned = _prospect.planned(here, store)
        return (page.printed(*planned),) if planned else ()


def _chosen(found: Sequence[Printed], names: Iterable[str]) -> list[Printed]:
    """The pages that `names` mean, in their order; raises Wrong."""
    from rung.fields import did_you_mean
    from rung.pages import meant

    chosen: dict[str, Printed] = {}
    for name in names:
        named = [each for each in found if each.page.alone] if name == ALL else meant(found, name)
        if not named and name != ALL:
            hint = did_you_mean(name, [each.name for each in found], "rung print lists those there are")
            raise Wrong(f'there is no page of "{name}"; {hint}')
        chosen.update({each.name: each for each in named})
    return list(chosen.values())


def _folder(here: Here) -> Path:
    """`exports/pages` of the workspace, or `pages` here where there is none."""
    if here.workspace is None:
        return Path("pages")
    folder = here.workspace.exports / "pages"
    stay_inside(here.workspace, [folder / "index.html"])
    return folder


def _tell(told: Sequence[Printed], paths: dict[str, Path], *, json: bool) -> None:
    """Say which pages there are, or, with `paths`, which were written where."""
    if json:
        rows = [
            {"name": each.name, "title": each.page.title, "group": each.group, "source": each.source}
            | ({"file": str(paths[each.name])} if paths else {})
            for each in told
        ]
        _out.put_json(pages=rows)
    elif paths:
        for path in paths.values():
            _out.put(str(path))
    else:
        width = max((len(each.name) for each in told), default=0)
        lines = [f"{each.name:<{width}}  {each.page.title}" for each in told]
        if sys.stdout.isatty() and max(map(len, lines), default=0) > _out.columns():  # titles below their names
            lines = [f"{each.name}\n    {each.page.title}" for each in told]
        for line in lines:
            _out.put(line)
