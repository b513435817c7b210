"""A running Anki and the cards here brought to the same: what there is to do, then doing it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rung import replay
from rung.anki import package
from rung.anki.arrivals import news, roots
from rung.anki.connect import Connect, ConnectError
from rung.anki.history import COUNTED_FROM, Learned, histories
from rung.anki.identity import guid, ordinal
from rung.anki.notes import notes
from rung.anki.plan import Ours, due_days, last_answers, note_plan
from rung.cli import _out
from rung.cli._build import previous, type_times
from rung.cli._cards import made_notes
from rung.history import names
from rung.model import ANKI
from rung.workspace import CannotGoOn, environment, learner_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from rung.anki.arrivals import Arrivals
    from rung.anki.notes import Note
    from rung.anki.plan import Due, NotePlan
    from rung.cardfile import CompiledDeck
    from rung.cli._here import Here
    from rung.model import Card
    from rung.store import Store


SHOWN = 1  # ids in a line of the table


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do, or was done; `missing` are the notes that Anki did not take."""

    answers: Arrivals
    notes: NotePlan
    due: tuple[Due, ...]
    missing: tuple[Ours, ...] = ()


def synced(here: Here, *, dry_run: bool, json: bool) -> None:
    """Say what there is to do, and do it unless `dry_run`; raises CannotGoOn."""
    with _talking(), made_notes(here.folder), here.store() as store:
        anki = Connect(
            environment("RUNG_ANKI_CONNECT") or here.settings.anki_connect,
            environment("RUNG_ANKI_CONNECT_KEY") or here.settings.anki_connect_key,
        )
        anki.greet()
        sync = Sync(here, store, anki)
        plan = sync.plan()
        if not dry_run:
            plan = sync.carry_out(plan)
    if json:
        _put_json(plan, dry_run=dry_run)
    else:
        _put(plan, 0 if dry_run else 1)


@contextmanager
def _talking() -> Iterator[None]:
    try:
        yield
    except ConnectError as error:
        raise CannotGoOn(str(error)) from None


@dataclass
class Sync:
    """The cards here, the learner's store, and a running Anki."""

    here: Here
    store: Store
    anki: Connect

    @cached_property
    def compiled(self) -> list[CompiledDeck]:
        return list(previous(self.here.folder))

    @cached_property
    def cards(self) -> list[Card]:
        return [card for each in self.compiled for card in each.cards]

    @cached_property
    def written(self) -> list[Note]:
        """The living notes, as they go into a package."""
        return notes((each.deck, each.cards) for each in self.compiled)

    @cached_property
    def ours(self) -> list[Ours]:
        living = {note.part.guid: note for note in self.written}
        found = {}
        for card in self.cards:
            note = living.get(id_ := guid(card))
            if note is None or note.part.id == card.part:
                told = (note.type.name, note.named) if note else ("", None)
                found[id_] = Ours(card.part, id_, names(card), *told)
        return list(found.values())

    def plan(self) -> Plan:
        """What there is to do, after Anki was asked for all that it has."""
        notes = note_plan(self.ours, self.anki.notes(), self.store.sent())
        there = self.anki.cards(1 + max(map(ordinal, self.cards), default=0))
        known = roots(self.cards)
        living = {card.root for card in self.cards if not card.retired}
        ours = {
            card: known.get((our.guid, there.ordinals[card]), "")
            for their, our in notes.pairs
            for card in their.cards
            if card in there.ordinals
        }
        events = dict(self.store.by_card())
        last = last_answers(events)
        rows = self.anki.answers(card for card, root in ours.items() if card in there.answered or root in last)
        found = news(rows, ours, _day, self.store.grades(), self.store.sequences(ANKI))
        for event in found.events:
            events[event.card] = (*events.get(event.card, ()), event)
        standings = {root: replay.standing(each, self.store.scheduler) for root, each in events.items()}
        moving = {card: root for card, root in ours.items() if root in living and card not in there.resting}
        latest = {row.card: row.id for row in rows}
        return Plan(found, notes, due_days(moving, standings, last, latest, self.here.clock.day()))

    def carry_out(self, plan: Plan) -> Plan:
        """Do it, answers first, since due days follow from them, and give what was done."""
        if plan.answers.events:
            self.store.backup_beside("before-sync")
            self.store.load(plan.answers.events)
        self.store.mark_sent(plan.notes.sent)
        done = plan
        if plan.notes.new:
            self._bring({our.part for our in plan.notes.new})
            after = self.plan()  # with the new cards, which may have come with their due days or not
            done = replace(plan, due=after.due, missing=after.notes.new)
        self._update(plan.notes)
        self.anki.retire([their.id for their, _ in plan.notes.retire])
        self.anki.restore([their.id for their, _ in plan.notes.restore])
        self.anki.put_off(done.due)
        return done

    def _bring(self, parts: set[str]) -> None:
        """Import a package of these notes alone, since one of all would overwrite what was edited in Anki."""
        decks = [(each.deck, [card for card in each.cards if card.part in parts]) for each in self.compiled]
        learned = Learned(
            histories(dict(self.store.by_card()), self.store.scheduler), self.here.clock.turn(COUNTED_FROM)
        )
        with tempfile.TemporaryDirectory(prefix="rung-") as folder:
            path = Path(folder) / "rung.apkg"
            package.write(path, decks, type_times(self.here.folder.path), self.here.folder.media(), learned=learned)
            self.anki.bring(path)

    def _update(self, notes: NotePlan) -> None:
        changed = {our.part for _, our in notes.update}
        shown = {name for note in self.written if note.part.id in changed for name in note.pictures}
        self.anki.show({name: path for name, path in self.here.folder.media().items() if name in shown})
        self.anki.update((their.id, our.fields or {}) for their, our in notes.update)


def _day(instant: int) -> date:
    """The learner's day of an instant in milliseconds."""
    return learner_day(datetime.fromtimestamp(instant / 1000).astimezone())


# ── what is said ─────────────────────────────────────────────────────────────────────────────────


def _put(plan: Plan, tense: int) -> None:
    notes = plan.notes
    table = (
        (("answers to take in", "answers taken in"), [event.card for event in plan.answers.events]),
        (("notes to bring in", "notes brought in"), _parts(each for each in notes.new if each not in plan.missing)),
        (("", "notes that Anki did not take"), _parts(plan.missing)),
        (("notes to update", "notes updated"), _parts(our for _, our in notes.update)),
        (("notes left, edited in Anki",) * 2, _parts(notes.edited)),
        (("notes left, of another note type",) * 2, _parts(notes.other)),
        (("notes to tag rung::retired", "notes tagged rung::retired"), _parts(our for _, our in notes.retire)),
        (("notes no more rung::retired",) * 2, _parts(our for _, our in notes.restore)),
        (("due days to set", "due days set"), [each.root for each in plan.due]),
    )
    for words, ids in table:
        if ids:
            few = ", ".join(ids[:SHOWN]) + (", ..." if len(ids) > SHOWN else "")
            _out.put(f"{words[tense]:<32}{len(ids):>6,}  {few}")
    if not any(ids for _, ids in table):
        _out.put("There is nothing to do.")


def _put_json(plan: Plan, *, dry_run: bool) -> None:
    notes, answers = plan.notes, plan.answers
    _out.put_json(
        answers={"new": len(answers.events), "known": answers.known, "strange": answers.strange},
        new=_parts(notes.new),
        missing=_parts(plan.missing),
        updated=_parts(our for _, our in notes.update),
        edited=_parts(notes.edited),
        other=_parts(notes.other),
        retired=_parts(our for _, our in notes.retire),
        restored=_parts(our for _, our in notes.restore),
        due=[{"card": each.root, "days": each.days, "interval": each.interval} for each in plan.due],
        dry_run=dry_run,
    )


def _parts(notes: Iterable[Ours]) -> list[str]:
    return [each.part for each in notes]
