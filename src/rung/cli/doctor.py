"""`rung doctor`: is everything in order?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rung import devices
from rung.cli import _out
from rung.cli._cards import unknown_notes
from rung.cli._here import Findings, Here
from rung.store import Store
from rung.workspace import CannotGoOn, config_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.store import Totals


def doctor(
    context: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Make anew what follows from the log; the log stays.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Check the store, the schedules in it, the cards, what devices share, and the newest backup."""
    here = Here.of(context)
    with here.store() as store:
        faults = store.damage()
        if not faults:
            if fix:
                store.mend(here.folder.name, here.folder.stamps(), here.card_files())
            found = store.check() if fix else store.discrepancies()
            faults = [*found, *store.strays(here.folder.name, here.card_files())]
        faults += [*unknown_notes(here.folder), *_stale(here)]
        folder = store.remembered(devices.FOLDER)
        counts = store.totals(here.folder.name)
    backups = Store.backups(here.db_file)
    faults += [*_of_devices(folder), *_of_backups(backups)]
    if json:
        totals = {"events": counts.events, "cards": counts.cards, "unknown": counts.unknown}
        shared = {"sync_folder": folder or None, "backups": len(backups)}
        _out.put_json(store=here.db_file, sound=not faults, faults=faults, **totals, **shared)
    else:
        _put(here, faults, counts, folder, backups)
    if faults:
        raise Findings


def _stale(here: Here) -> Iterator[str]:
    """What keeps `cards/` from being what the decks say."""
    if here.workspace is None or not here.workspace.decks.is_dir():
        return
    from rung.cli._build import build

    built = build(here.workspace, last={})
    if built.broken:
        yield f"{here.workspace.decks}: the decks have errors: see rung check"
        return
    for path in (*built.stale, *built.gone):
        yield f"{path} is stale: make it anew with: rung build"


def _of_devices(folder: str) -> Iterator[str]:
    """What is wrong with the folder that devices share; one that is not there now, such as a stick's, is none."""
    if folder and Path(folder).exists():
        try:
            yield from map(str, devices.unsound(Path(folder)))
        except CannotGoOn as error:
            yield str(error)


def _of_backups(backups: list[Path]) -> Iterator[str]:
    if backups and not Store.sound(backups[0]):
        yield f"{backups[0]}: the newest backup is damaged: take it away, and make another with: rung backup"


def _put(here: Here, faults: list[str], counts: Totals, folder: str, backups: list[Path]) -> None:
    for fault in faults:
        _out.put(fault)
    _out.tell(f"{here.db_file}: {_out.plural(counts.events, 'event')} of {_out.plural(counts.cards, 'card')}.")
    _out.tell(f"{config_file()}: settings{'' if config_file().exists() else ', none yet'}.")
    if counts.unknown:
        _out.tell(f"{_out.plural(counts.unknown, 'card')} of the log are in no deck here; they keep their history.")
    if folder:
        _out.tell(f"{folder}: what devices share{'' if Path(folder).exists() else ', not there now'}.")
    if backups:
        _out.tell(f"{backups[0]}: the newest of {_out.plural(len(backups), 'backup')}.")
    if not faults:
        _out.put("Everything is in order.")
