"""`rung preview`: the cards as they will look in Anki, while they are written."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from rung.cli import _decks, _out
from rung.cli._here import Here
from rung.workspace import CannotGoOn, card_folder, reason, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rung.preview.server import Server
    from rung.preview.site import Site
    from rung.workspace import Workspace

WAKE = 200  # milliseconds after which watching has surely begun


def preview(
    context: typer.Context,
    decks: Annotated[list[str] | None, typer.Argument(help="Decks or folders of decks; default: all.")] = None,
    port: Annotated[
        int | None, typer.Option(min=1024, max=65535, help="The port to serve at; default: one that is free.")
    ] = None,
) -> None:
    """Show cards in a browser as they will look in Anki.

    Prints an address that only this machine can open. The page there changes as the decks do, and says what is wrong in
    them; nothing is written. Ctrl-C ends it, with exit code 0.
    """
    from rung.compiler import deck_id

    workspace = Here.of(context).needed_workspace
    if not workspace.decks.is_dir():
        raise CannotGoOn(f"{workspace.decks}: there is no such folder; make one with: rung init")
    only = _decks.chosen(decks or (), sorted(map(deck_id, texts(workspace)[0])))
    sites = _sites(workspace, lambda id_: not only or id_ in only)
    with _serving(next(sites), port or 0) as server, suppress(KeyboardInterrupt):
        _out.write(f"{server.address}\n", now=True)
        _out.tell("Open it in a browser; Ctrl-C ends it.")
        for site in sites:
            server.show(site)


def _serving(site: Site, port: int) -> Server:
    """A server of the site; raises CannotGoOn where there can be none."""
    from rung.preview.server import HOST, Server

    try:
        return Server(site, port)
    except OSError as error:
        raise CannotGoOn(f"{HOST}:{port}: {reason(error)}; choose another with --port") from None


def _sites(workspace: Workspace, wanted: Callable[[str], bool]) -> Iterator[Site]:
    """What there is to show, now and after every change; raises CannotGoOn where `cards/` cannot be read."""
    from watchfiles import watch

    from rung.cli._build import previous
    from rung.preview.site import site

    folder = card_folder(workspace)
    shown = site(previous(folder), {name: path.read_bytes() for name, path in folder.media().items()})
    begun = False
    for changes in watch(workspace.decks, rust_timeout=WAKE, yield_on_timeout=True):
        if changes or not begun:
            begun, shown = True, _after(shown, workspace, wanted)
            yield shown


def _after(shown: Site, workspace: Workspace, wanted: Callable[[str], bool]) -> Site:
    """What there is to show now, after what was shown before."""
    from dataclasses import replace

    from rung.cli._build import build
    from rung.compiler import Compiled

    try:
        result = build(workspace)
        compiled = Compiled(result.decks(), result.problems)
    except (CannotGoOn, OSError) as error:
        return replace(shown, stopped=str(error))
    return shown.after(compiled, result.texts, result.pictures, wanted)
