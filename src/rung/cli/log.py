"""`rung log`: the learner's own data, whole, out and in."""

from __future__ import annotations

import csv
import json as json_text
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from rung.cli import _out
from rung.cli._here import Here, Wrong
from rung.cli._values import event_line, event_values
from rung.model import Event, Kind

COLUMNS = ("device", "sequence", "at", "day", "kind", "card", "grade", "took", "detail")


def log(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json", help="As JSON, the whole log.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, the whole log.")] = False,
    load: Annotated[Path | None, typer.Option(metavar="FILE", help="Take over a log from --json or --csv.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many of the newest rows to show.")] = 20,
) -> None:
    """Show the log; write it out, or take one over.

    Taking a log over twice adds nothing. A void takes back the event before it.
    """
    here = Here.of(context)
    if sum((json, as_csv, load is not None)) > 1:
        raise Wrong("--json, --csv and --load exclude each other")
    with here.store() as store:
        if load:
            events = _loaded(load)
            store.backup_beside("before-import")
            new, known = store.load(events)
            _out.put(f"{_out.plural(new, 'new event')}, {known:,} known.")
        elif json:
            _out.put_json(events=[event_values(event) for event in store.events()])
        elif as_csv:
            _put_csv(store.events())
        else:
            for event in reversed(list(store.events(limit=limit, newest_first=True))):
                _out.put(f"{event_line(event):<23}{event.card}".rstrip())


def _put_csv(events: Any) -> None:
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for event in events:
        values = event_values(event)
        writer.writerow({**values, "detail": json_text.dumps(values["detail"], ensure_ascii=False)})


def _loaded(path: Path) -> list[Event]:
    """The events in a file that `--json` or `--csv` wrote; raises Wrong with the number of the first bad one."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Wrong(f"{path}: this is no log: it is not UTF-8") from None
    rows = _json_rows(path, text) if text.lstrip().startswith("{") else _csv_rows(path, text)
    events = []
    for number, row in enumerate(rows, 1):
        try:
            events.append(_event(row))
        except (KeyError, TypeError, ValueError) as error:
            raise Wrong(f"{path}: event {number} cannot be read: {error!s}; nothing was taken over") from None
    return events


def _json_rows(path: Path, text: str) -> list[Any]:
    try:
        held = json_text.loads(text)
        if held["format"] == 1 and isinstance(held["events"], list):
            return list(held["events"])
    except (ValueError, KeyError, RecursionError):
        pass
    raise Wrong(f"{path}: this is no log; write one with: rung log --json")


def _csv_rows(path: Path, text: str) -> list[dict[str, Any]]:
    reader = csv.DictReader(text.splitlines(keepends=True))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise Wrong(f"{path}: this is no log; write one with: rung log --csv")
    return list(reader)


def _event(row: Any) -> Event:
    return Event(
        device=str(row["device"]),
        sequence=int(row["sequence"]),
        at=int(row["at"]),
        day=date.fromisoformat(row["day"]),
        kind=Kind(row["kind"]),
        card=str(row["card"]),
        grade=_number(row["grade"]),
        took=_number(row["took"]),
        detail=_detail(row["detail"]),
    )


def _detail(value: Any) -> dict[str, Any]:
    return dict(json_text.loads(value) if isinstance(value, str) else value)


def _number(value: Any) -> int | None:
    return None if value in (None, "") else int(value)
