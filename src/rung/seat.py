"""A sitting over a store, whoever shows it: what is asked next, what an answer logs, what undo brings back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rung import drilling, lines, plan, quiz, session
from rung.cardfile import card_of
from rung.model import ANSWERS, Kind
from rung.waiting import Waiting, apart

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rung.drilling import Attempt
    from rung.model import Card, Event, Question, Score, Standing
    from rung.quizzes import Task
    from rung.session import Sitting
    from rung.settings import Settings
    from rung.store import Store
    from rung.workspace import Clock


@dataclass(frozen=True, slots=True)
class Asked:
    """A card that is asked now: as what its answer will be logged, how it stands, and the question it makes."""

    waiting: Waiting
    card: Card
    standing: Standing
    question: Question
    seed: int

    @property
    def state(self) -> str:
        """What brings the card: `new`, `due`, `again` or `practice`."""
        special = {Kind.REDRILL: "again", Kind.PRACTICE: "practice"}
        return special.get(self.waiting.kind, "due" if self.standing.memory else "new")


@dataclass
class Seat:
    """A learner at a store; `workspace` is the name of the cards' folder."""

    store: Store
    workspace: str
    clock: Clock
    sitting: Sitting

    # ── the cards of a sitting ──

    @classmethod
    def at(cls, store: Store, workspace: str, clock: Clock, sitting: Sitting | None = None) -> Seat:
        return cls(store, workspace, clock, sitting or session.Sitting())

    def daily(self, settings: Settings, decks: Collection[str] | None = None) -> Sitting:
        """What is due today, then new cards, within what is left of the day's limits; how many new ones and in which order,
        the plan says where there is one."""
        name, day = self.workspace, self.clock.day()
        line = self.store.line(name, day, settings.reviews_per_day, settings.new_per_day, decks)
        return session.Sitting(line, self.store.redrills(name, day, decks))

    def ahead(self, settings: Settings, decks: Collection[str] | None = None) -> Sitting:
        """Cards before their day, the soonest first."""
        later = self.store.ahead(self.workspace, self.clock.day(), decks)
        return session.Sitting(apart(later[: settings.reviews_per_day]))

    def practice(self, decks: Collection[str] | None = None) -> Sitting:
        """All cards, outside the schedule."""
        return session.Sitting(apart(self.store.all_cards(self.workspace, decks)))

    # ── one card ──

    def next(self) -> Asked | None:
        """The card to ask now; those that need no asking any more are passed over. None when the sitting is over."""
        while (waiting := self.sitting.next) is not None:
            line = self.store.card(self.workspace, waiting.card)
            card, standing = line and card_of(line), self.store.standing(waiting.card)
            if card and not card.retired and not self._settled(waiting, standing):
                return Asked(waiting, card, standing, *session.question(card, standing.rows))
            self.sitting = self.sitting.skipped()
        return None

    def asking(self, card: Card) -> Asked:
        """A card that is asked because the learner picked it."""
        standing = self.store.standing(card.id)
        kind = session.kind_of(standing, self.clock.day())
        return Asked(Waiting(card.id, card.family, kind), card, standing, *session.question(card, standing.rows))

    def source(self, card: Card) -> str:
        """Where a card's facts come from, in a line."""
        return self.store.source(self.workspace, card.deck)

    def answer(self, asked: Asked, grade: int, *, words: str, score: Score, took: int) -> None:
        """Log an answer, `took` in milliseconds, and go on."""
        detail = {"seed": asked.seed, "answer": words[: session.KEPT], "scored": score.grade}
        self.log(asked, grade, took, **{key: value for key, value in detail.items() if value not in ("", None)})

    def log(self, asked: Asked, grade: int, took: int, **detail: Any) -> None:
        """Log an answer with all that is to be kept of it, and go on."""
        kind, card = asked.waiting.kind, asked.card
        self._record(kind, card, grade, took, **detail)
        self.sitting = self.sitting.answered(session.Answer(card.id, card.level, kind, grade, took))

    # ── a quiz ──

    def quizzed(self, number: int, task: Task, grade: int, *, words: str, took: int) -> Event:
        """Log an answer to the card of a task in the quiz of that number, outside the schedule and any sitting."""
        assert task.card is not None
        detail = quiz.detail(number, task.seed, words, task.placement)
        return self._record(Kind.QUIZ, task.card, grade, took, **detail)

    def unquizzed(self, event: Event) -> None:
        """Take back that answer of a quiz, whatever was done since."""
        now, day = self.clock.now(), self.clock.day()
        target = {"device": event.device, "sequence": event.sequence}
        self.store.record(Kind.VOID, now=now, day=day, card=event.card, detail=target)

    # ── marks ──

    def bury(self, asked: Asked) -> None:
        self._record(Kind.BURY, asked.card)
        self.sitting = self.sitting.skipped()

    def suspend(self, asked: Asked) -> None:
        self._record(Kind.SUSPEND, asked.card, on=True)
        self.sitting = self.sitting.skipped()

    def mark(self, kind: Kind, cards: Mapping[str, Mapping[str, Any]]) -> None:
        """Log the same mark of any cards as one action; `cards` holds the detail of each."""
        self.store.mark(kind, cards, now=self.clock.now(), day=self.clock.day())

    def tick(self, task: str, *, on: bool) -> None:
        """Log that a task of the plan was done once, or that it was not."""
        detail = plan.detail_of_tick(task, on=on)
        self.store.record(Kind.PLAN, now=self.clock.now(), day=self.clock.day(), detail=detail)

    def flag(self, asked: Asked, number: int) -> Asked:
        """Give the card one of the flags 1 to 7, or with 0 none; the same question, with what is known of its card now."""
        self._record(Kind.FLAG, asked.card, flag=number)
        return replace(asked, standing=self.store.standing(asked.card.id))

    def undo(self) -> tuple[Event, ...]:
        """Take back the last action of this device, whatever sitting it was of, and give its events; the card of a single
        one comes back."""
        events = self.store.undo(now=self.clock.now(), day=self.clock.day())
        if len(events) == 1:
            (event,) = events
            line = self.store.card(self.workspace, event.card)
            if line and (event.kind in ANSWERS or event.kind in (Kind.BURY, Kind.SUSPEND)):
                again = event.kind if event.kind in (Kind.REDRILL, Kind.PRACTICE) else Kind.REVIEW
                new = self.store.standing(event.card).memory is None
                waiting = Waiting(event.card, card_of(line).family, again, new)
                self.sitting = self.sitting.undone(event.card, waiting)
        return events

    def _settled(self, waiting: Waiting, standing: Standing) -> bool:
        """Whether the card needs no asking any more, because of another window, or a mark since."""
        day = self.clock.day()
        if waiting.kind is Kind.PRACTICE:
            return False
        if standing.suspended or standing.buried == day:
            return True
        if waiting.kind is Kind.REDRILL:
            return not standing.drills_again(day)
        return standing.reviewed == day

    def _record(
        self, kind: Kind, card: Card, grade: int | None = None, took: int | None = None, **detail: Any
    ) -> Event:
        now, day = self.clock.now(), self.clock.day()
        return self.store.record(kind, now=now, day=day, card=card.id, grade=grade, took=took, detail=detail)


def attempts_of(store: Store, card: Card) -> tuple[Attempt, ...]:
    """The attempts at a drill, by time."""
    return drilling.attempts(store.events(card.id), store.voided(card.id))


def taken_back(events: Sequence[Event]) -> str:
    """What was undone, in words."""
    if not events:
        return "There is nothing to take back."
    what = events[0].card if len(events) == 1 else lines.plural(len(events), "card")
    if events[0].kind is Kind.PLAN:
        return f"Took back: {plan.told(events[0].detail)}"
    return f"Took back: {events[0].kind} of {what}"
