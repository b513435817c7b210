"""Whatever a log holds that was taken over from elsewhere, every command that tells of it, or goes on from it, can."""

from __future__ import annotations

from hashlib import sha256

from fuzz import promises
from fuzz.targets import _place, logs, sync
from rung.devices import synced
from rung.store import Store

WORDS = logs.WORDS
seeds, mutated = sync.seeds, logs.mutated
COMMANDS = (
    "due", "log", "log --json", "log --csv", "log --limit 1000", "stats", "stats --json", "stats --html {}/page.html", "plan", "plan --json", "plan --ics {}/plan.ics", "cards prop:r<1",
    "cards rated:30 --json", "show top-list", "show top-list --json", "decks", "drill top-list --past", "drill top-list --show 1", "drill top-list --past --json", "drill",
    "export --with-history -o {}/out.apkg", "review", "quiz placement", "quiz final", "schedulers", "undo", "quiz mock", "plan --days 100", "sync", "reset top-list", "tag x top-list",
)  # fmt: skip


def tried(data: bytes) -> None:
    folder, path = sync.shared(data), _place.fresh()
    with _place.within():
        with Store.open(path) as store:
            synced(store, folder)
        command = COMMANDS[sha256(data).digest()[0] % len(COMMANDS)].format(folder)
        _place.said(*command.split(), typed=_place.ANSWERS, db=path)
        for page in folder.glob("*.html"):
            promises.inert(page.read_text("utf-8"))
