"""`rung sync`: several devices, one memory."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rung.cli import _out
from rung.cli._here import Findings, Here, Wrong
from rung.workspace import real

if TYPE_CHECKING:
    from rung.devices import Synced


def sync(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[FOLDER]", help="A folder that your devices share; default: that of last time."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Meet your other devices in a folder.

    Whatever carries it from one to the other will do: Syncthing, Dropbox, git, a stick.
    """
    from rung import devices

    here = Here.of(context)
    with here.store() as store:
        last = store.remembered(devices.FOLDER)
        if folder is None and not last:
            raise Wrong("name the folder that your devices share, once: rung sync FOLDER")
        place = real(folder) if folder else Path(last)
        done = devices.synced(store, place)
    if str(place) != last:
        _out.tell(f"From now on `rung sync` alone means {place}.")
    if json:
        _put_json(done)
    else:
        _put(done)
    if done.problems:
        raise Findings


def _put(done: Synced) -> None:
    for problem in done.problems:
        _out.put(str(problem))
    if done.parted:
        _out.tell("Another store has logged under the id of this one, such as a copy of it; this one has a new id now.")
    devices = f" of {_out.plural(len(done.came), 'device')}" if done.came else ""
    _out.put(f"{_out.plural(sum(done.came.values()), 'event')}{devices} came in, {done.went:,} went out.")


def _put_json(done: Synced) -> None:
    problems = [
        {"path": each.where.path, "line": each.where.line, "message": each.message, "mend": each.mend}
        for each in done.problems
    ]
    _out.put_json(device=done.device, parted=done.parted or None, came=done.came, went=done.went, problems=problems)
