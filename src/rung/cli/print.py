"""`rung print`: pages to take along."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rung.cli import _out
from rung.cli._here import Here, Wrong
from rung.workspace import CannotGoOn, write_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rung.pages import Sheet

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
    list_: Annotated[bool, typer.Option("--list", help="List the pages, write nothing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Write pages to print, as HTML files.

    Each is one file that asks for nothing outside; print it from any browser, on A4 or Letter. `all` writes every page
    and an index.
    """
    from rung.pages import _html

    here = Here.of(context)
    found = _sheets(here)
    chosen = _chosen(found, names or [ALL])
    if list_ or not names or not chosen:
        _tell(chosen, {}, json=json)
        if not json:
            _out.tell("Write them with: rung print all" if chosen else "There are no pages here: no note makes one.")
        return
    folder = output or _folder(here)
    pictures = {name: path.read_bytes() for name, path in here.folder.media().items()}
    written = [*chosen, _html.index(chosen)] if ALL in names else chosen
    listed = {sheet.name for sheet in written}
    paths = {sheet.name: folder / f"{sheet.name}.html" for sheet in written}
    write_all({paths[sheet.name]: _html.document(sheet, pictures, listed).encode() for sheet in written})
    _tell(written, paths, json=json)
    if not json:
        _out.tell(f"{_out.plural(len(chosen), 'page')}; open one in a browser and print it from there.")


def _sheets(here: Here) -> tuple[Sheet, ...]:
    """Every page that the cards at hand give; raises CannotGoOn."""
    from rung import pages
    from rung.cli._cards import read

    try:
        return pages.sheets(pages.read(read(here.folder, path) for path in here.folder.stamps()))
    except pages.NotKept as error:
        raise CannotGoOn(f"{here.folder.path}: {error}; make it anew with: rung build") from None


def _chosen(found: Sequence[Sheet], names: Iterable[str]) -> list[Sheet]:
    """The sheets that `names` mean, in their order; raises Wrong."""
    from rung.pages import meant

    chosen: dict[str, Sheet] = {}
    for name in names:
        sheets = [sheet for sheet in found if sheet.page.alone] if name == ALL else meant(found, name)
        if not sheets and name != ALL:
            known = [sheet.name for sheet in found]
            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]}?" if near else "rung print lists those there are"
            raise Wrong(f'there is no page of "{name}"; {hint}')
        chosen.update({sheet.name: sheet for sheet in sheets})
    return list(chosen.values())


def _folder(here: Here) -> Path:
    """`exports/pages` of the workspace, or `pages` here where there is none."""
    return here.workspace.exports / "pages" if here.workspace else Path("pages")


def _tell(sheets: Sequence[Sheet], paths: dict[str, Path], *, json: bool) -> None:
    """Say which pages there are, or, with `paths`, which were written where."""
    if json:
        rows = [
            {"name": sheet.name, "title": sheet.page.title, "group": sheet.group, "source": sheet.source}
            | ({"file": str(paths[sheet.name])} if paths else {})
            for sheet in sheets
        ]
        _out.put_json(pages=rows)
    elif paths:
        for path in paths.values():
            _out.put(str(path))
    else:
        width = max((len(sheet.name) for sheet in sheets), default=0)
        for sheet in sheets:
            _out.put(f"{sheet.name:<{width}}  {sheet.page.title}")
