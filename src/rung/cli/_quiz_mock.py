"""A mock round in a dialogue: by the clock, then a score sheet."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rung import mock, text
from rung import quiz as quizzes
from rung.cli import _cards, _out, _turn
from rung.cli._here import Wrong
from rung.cli._quiz import Asking
from rung.mock import Aside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rung.cli._here import Here
    from rung.mock import Lens, Stage
    from rung.model import Card
    from rung.notes import rubric
    from rung.store import Store

SECOND = 1000  # a phase is over time from a whole one on, as the clock shows no less


def run(here: Here, store: Store, company: str, minutes: int, seed: int | None) -> None:
    """A round on the prompt whose cards fill most phases, those of decks that are off left out; raises Wrong."""
    asking = Asking.of(here, store, seed)
    sources = {row.id: row.source for row in store.decks(here.folder.name) if row.on}
    cards = here.cards(store)
    source = mock.source(cards, sources)
    rubrics: dict[str, rubric.Note] = _cards.kept(here.folder, "rubric")
    fitting = {note: each for note, each in rubrics.items() if sources.get(note.rpartition("/")[0]) == source}
    lens = _lens(fitting or rubrics, company, asking.seed)
    own = [card for card in cards if source and sources.get(card.deck) == source]
    if not own:
        asking.dialogue.line("There are no cards here for a mock round.")
        return
    options = [
        *([f"--company {shlex.quote(company)}"] if company else ()),
        f"--minutes {minutes}",
        f"--seed {asking.seed}",
    ]
    everywhere = [text.filled(each.everywhere) for each in (fitting or rubrics).values() if each.everywhere]
    plan = mock.stages(own, minutes, asking.seed)
    Round(asking, source, plan, lens, "\n\n".join(everywhere), f"rung quiz mock {' '.join(options)}").run()


def _lens(rubrics: Mapping[str, rubric.Note], company: str, seed: int) -> Lens:
    """The lens of the company that is meant, or, without one, a question of each; raises Wrong."""
    signals = [signal for note in rubrics.values() for signal in note.signals]
    if not company:
        return mock.neutral(signals, seed)
    found = mock.named(company, signals)
    if len(found) == 1:
        return mock.lens(found[0])
    if found:
        raise Wrong(f'"{company}" may be {", ".join(signal.short for signal in found)}')
    near = mock.near(company, signals)
    known = f"companies are {', '.join(signal.short for signal in signals)}" if signals else "no rubric is here"
    raise Wrong(f'there is no lens of "{company}"; {f"did you mean {near}?" if near else known}')


@dataclass
class Held:
    """What came of a stage: the milliseconds spent on it."""

    stage: Stage
    began: int
    spent: int = 0
    results: list[quizzes.Result] = field(default_factory=list)
    told: bool = False  # that its time is over


@dataclass
class Round:
    """A mock round; `everywhere` is the move that every company respects, `again` the command that repeats the round."""

    asking: Asking
    source: str
    stages: Sequence[Stage]
    lens: Lens
    everywhere: str
    again: str
    started: int = 0
    held: list[Held] = field(default_factory=list)
    trade: str | None = None  # the willingness to trade, in the learner's words; empty where said aloud
    closed: bool | None = None
    seen: list[tuple[str, str, bool]] = field(default_factory=list)  # company, what it asks, whether the learner did

    def run(self) -> None:
        dialogue, asking = self.asking.dialogue, self.asking
        self.started = asking.here.clock.elapsed()
        cards = _out.plural(sum(stage.cards for stage in self.stages), "card")
        dialogue.line(f"A mock round on {self.source}: {_out.clock(self.stages[-1].ends)} and {cards}.", "bold")
        dialogue.line("Answer aloud, as you would in the room. ? helps, q stops and sums up; the clock never does.")
        dialogue.line()
        with dialogue.sitting(self.sum_up):
            for stage in self.stages:
                self.hold(stage)
            self.look()

    def elapsed(self) -> int:
        """Milliseconds on the round's clock."""
        return self.asking.here.clock.elapsed() - self.started

    # ── a phase ──

    def hold(self, stage: Stage) -> None:
        """Ask all of a phase."""
        dialogue = self.asking.dialogue
        held = Held(stage, self.elapsed())
        self.held.append(held)
        planned = f"{_out.clock(stage.takes)} planned, from {_out.clock(stage.starts)} to {_out.clock(stage.ends)}"
        dialogue.line(f"{stage.phase.heading} - {planned}; the clock says {_out.clock(held.began)}", "bold")
        dialogue.line()
        if not stage.tasks:
            dialogue.line("There are no cards for this phase here.")
            dialogue.line()
        try:
            for task in stage.tasks:
                self.do(task, held)
                self.tell_time(held)
        finally:
            held.spent = self.elapsed() - held.began

    def do(self, task: Card | Aside, held: Held) -> None:
        if not isinstance(task, Aside):
            number = sum(len(each.results) for each in self.held) + 1
            spent = _out.clock(self.elapsed() - held.began)
            total = sum(stage.cards for stage in self.stages)
            phase = f"{held.stage.phase.name} - {spent} of {_out.clock(held.stage.takes)}"
            self.asking.dialogue.line(f"[{number}/{total}] {phase}", "dim")
            held.results.append(self.asking.ask(task))
        elif task is Aside.OPEN:
            self.open()
        elif task is Aside.CLOSE:
            self.close()
        else:
            self.asking.dialogue.line("“Do you have any questions for me?”")
            self.asking.line("Ask them; in a line, or aloud and Enter:")
            self.asking.dialogue.line()

    def tell_time(self, held: Held) -> None:
        """Say once that a phase is over time."""
        spent, planned = self.elapsed() - held.began, held.stage.takes
        if spent >= planned + SECOND and not held.told:
            held.told = True
            told = f"{_out.clock(spent)} of {_out.clock(planned)}"
            self.asking.dialogue.line(f"{held.stage.phase.heading} is over time: {told}.")
            self.asking.dialogue.line()

    # ── the loop ──

    def open(self) -> None:
        dialogue = self.asking.dialogue
        dialogue.line("Open the loop before you draw: say your willingness to trade.", "bold")
        dialogue.line("How much of which metric would you give, at most, for how much of which other?")
        self.trade = self.asking.line("In a line, or aloud and Enter:")
        dialogue.line()

    def close(self) -> None:
        dialogue = self.asking.dialogue
        dialogue.line("Close the loop that you opened at the start.", "bold")
        if self.trade:
            dialogue.words(self.trade)
        dialogue.line("Say which decision of your design this ratio settles, and how.")
        self.asking.line("In a line, or aloud and Enter:")
        if self.everywhere:
            dialogue.line()
            dialogue.markdown(self.everywhere)
            dialogue.line()
        self.closed = self.asking.yes("Did you name a decision, and the ratio in it?")
        dialogue.line()

    # ── the score sheet ──

    def look(self) -> None:
        """Ask the questions of the lens."""
        if not self.lens.asks:
            return
        dialogue = self.asking.dialogue
        dialogue.line(f"Phase 7: through the eyes of {self.lens.name}", "bold")
        dialogue.line()
        for company, asks in self.lens.asks:
            if company != self.lens.name:
                dialogue.line(company, "dim")
            dialogue.markdown(asks)
            self.seen.append((company, asks, self.asking.yes("Did you?")))
            dialogue.line()

    def sum_up(self) -> None:
        dialogue = self.asking.dialogue
        results = [result for held in self.held for result in held.results]
        if not results and self.trade is None:
            dialogue.line("Nothing answered.")
            return
        dialogue.line("Score sheet", "bold")
        for row in self.rows(results):
            dialogue.line(row)
        dialogue.line(f"The loop: {self.loop()}.")
        self.tell_lens()
        if wrong := quizzes.missed(results):
            dialogue.line("To review, the weakest first:", "bold")
            _turn.tell_missed(self.asking.dialogue, wrong)
        dialogue.line(f"The same round again: {self.again}")

    def rows(self, results: Sequence[quizzes.Result]) -> list[str]:
        """The phases of the score sheet, each with its points and its time, and all of them."""
        spent = sum(held.spent for held in self.held)
        rows = [
            *((s.stage.phase.heading, _scored(s.results), _time(s.spent, s.stage.takes)) for s in self.held),
            *((stage.phase.heading, "", "not reached") for stage in self.stages[len(self.held) :]),
            ("All", _scored(results), _time(spent, self.stages[-1].ends)),
        ]
        name, scored, _ = (max(map(len, column)) for column in zip(*rows, strict=True))
        return [f"  {row[0]:<{name}}  {row[1]:<{scored}}  {row[2]}" for row in rows]

    def loop(self) -> str:
        if self.trade is None:
            return "not opened"
        if self.closed is None:
            return "opened, and left open as the round was stopped"
        return "opened and closed" if self.closed else "opened, but not closed"

    def tell_lens(self) -> None:
        if not self.seen:
            return
        did = sum(done for *_, done in self.seen)
        self.asking.dialogue.line(f"Through the eyes of {self.lens.name}: {did} of {len(self.seen)}", "bold")
        for company, asks, done in self.seen:
            whose = f" ({company})" if company != self.lens.name else ""
            if not done:
                self.asking.dialogue.line(f"  not yet: {text.line(asks)}{whose}")


def _scored(results: Sequence[quizzes.Result]) -> str:
    return str(quizzes.Share("", sum(result.share for result in results), len(results))) if results else ""


def _time(spent: int, planned: int) -> str:
    """The milliseconds spent of those planned."""
    over = f", {_out.clock(spent - planned)} over" if spent >= planned + SECOND else ""
    return f"{_out.clock(spent)} of {_out.clock(planned)}{over}"
