"""`rung log`: the learner's own data, whole, out and in."""

from __future__ import annotations

import csv
import json as json_text
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from rung.cli import _out
from rung.cli._here import Here, Wrong
from rung.cli._values import event_line
from rung.journal import TYPES, event_from, event_values
from rung.model import Kind
from rung.plan import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rung.model import Event

COLUMNS = tuple(TYPES)


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
            _put_json(store.log())
        elif as_csv:
            _put_csv(store.log())
        else:
            for event in reversed(list(store.events(limit=limit, newest_first=True))):
                what = told(event.detail) if event.kind is Kind.PLAN else event.card
                _out.put(f"{event_line(event):<23}{what}".rstrip())


def _put_json(events: Iterable[Event]) -> None:
    """As `_out.put_json`, an event a line, without holding all of them."""
    comma = ""
    _out.write('{"format": 1, "events": [')
    for event in events:
        _out.write(f"{comma}\n{_out.json_of(event_values(event))}")
        comma = ","
    _out.write("\n]}\n")


def _put_csv(events: Iterable[Event]) -> None:
    writer = csv.DictWriter(_Lines(), COLUMNS, lineterminator="\n")
    writer.writeheader()
    for event in events:
        values = event_values(event)
        writer.writerow({**values, "detail": _out.json_of(values["detail"])})


class _Lines:
    """Where the csv writer writes."""

    @staticmethod
    def write(text: str) -> None:
        _out.write(text)


def _loaded(path: Path) -> list[Event]:
    """The events in a file that `--json` or `--csv` wrote; raises Wrong with the number of the first bad one."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise Wrong(f"{path}: this is no log: it is not UTF-8") from None
    is_json = text.lstrip().startswith("{")
    rows = _json_rows(path, text) if is_json else _csv_rows(path, text)
    events = []
    for number, row in enumerate(rows, 1):
        try:
            events.append(event_from(row if is_json else _typed(row)))
        except (KeyError, TypeError, ValueError, RecursionError) as error:
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
    csv.field_size_limit(max(len(text), csv.field_size_limit()))  # an answer may be long
    try:
        reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
        if tuple(reader.fieldnames or ()) == COLUMNS:
            return list(reader)
    except csv.Error:
        pass
    raise Wrong(f"{path}: this is no log; write one with: rung log --csv")


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    """A row of CSV with the types that JSON gives."""
    if None in row:
        raise ValueError("it has more columns than the first line")
    numbers = {name: int(row[name]) if row[name] else None for name in ("sequence", "at", "grade", "took")}
    return {**row, **numbers, "detail": json_text.loads(row["detail"] or "{}")}
