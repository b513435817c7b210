"""A mock round: a prompt by the clock of an interview, the loop opened and closed, the eyes of a company; then a score sheet."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from rung import lines, mock, quiz, text
from rung.mock import Aside
from rung.quizzes import BLANK, MARKDOWN, NOTHING, OWN, NoQuiz, NotKnown, Task, Told, Wants, asked, missed, results

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rung.mock import Lens, Stage
    from rung.model import Card
    from rung.notes import rubric
    from rung.quizzes import Done

ABOUT = "One prompt by the clock of an interview, then a score sheet."
MINUTES, LEAST, MOST = 45, 5, 180  # if nobody says how many; and the least and the most
SECOND = 1000  # a phase is over time from a whole one on, as the clock shows no less
ALOUD = "In a line, or aloud and Enter"
ASIDES = {
    Aside.OPEN: Task(
        Wants.LINE,
        (
            Told("Open the loop before you draw: say your willingness to trade.", "bold"),
            Told("How much of which metric would you give, at most, for how much of which other?"),
        ),
        how=ALOUD,
    ),
    Aside.ASK: Task(
        Wants.LINE, (Told("“Do you have any questions for me?”"),), how="Ask them; in a line, or aloud and Enter"
    ),
}


class Closed(Enum):
    """What is asked when the loop has been closed."""

    NAMED = "whether a decision was named"


@dataclass(frozen=True, slots=True)
class Step:
    """What is asked in the stage at that place; after the last stage, a company and what its interviewers ask."""

    stage: int
    asks: Card | Aside | Closed | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Round:
    """`everywhere` is the move that every company respects, `again` the command that repeats the round."""

    number: int
    source: str
    stages: Sequence[Stage]
    lens: Lens
    everywhere: str
    again: str
    steps: Sequence[Step] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", tuple(_steps(self.stages, self.lens)))

    @property
    def ends(self) -> int:
        return self.stages[-1].ends

    @property
    def cards(self) -> int:
        return sum(stage.cards for stage in self.stages)

    @property
    def opening(self) -> tuple[Told, ...]:
        about = f"A mock round on {self.source}: {lines.clock(self.ends)} and {lines.plural(self.cards, 'card')}."
        stop = "? helps, q stops and sums up; the clock never does."
        return Told(about, "bold"), Told(f"Answer aloud, as you would in the room. {stop}"), BLANK

    # ── what is asked ──

    def next(self, done: Sequence[Done]) -> Task | None:
        if len(done) == len(self.steps):
            return None
        asks = self.steps[len(done)].asks
        if isinstance(asks, tuple):
            company, question = asks
            head = (Told(company, "dim"),) if company != self.lens.name else ()
            task = Task(Wants.YES, (*head, Told(question, MARKDOWN)), how="Did you?")
        elif isinstance(asks, Closed):
            move = (Told(self.everywhere, MARKDOWN), BLANK) if self.everywhere else ()
            task = Task(Wants.YES, move, how="Did you name a decision, and the ratio in it?")
        elif isinstance(asks, Aside):
            task = self._close(done) if asks is Aside.CLOSE else ASIDES[asks]
        else:
            task = asked(asks, self.number)
        return replace(task, said=(*self._over(done), *self._headings(done), *task.said))

    def _close(self, done: Sequence[Done]) -> Task:
        trade = self._trade(done)
        return Task(
            Wants.LINE,
            (
                Told("Close the loop that you opened at the start.", "bold"),
                *([Told(trade, OWN)] if trade else ()),
                Told("Say which decision of your design this ratio settles, and how."),
            ),
            how=ALOUD,
        )

    def _headings(self, done: Sequence[Done]) -> Iterator[Told]:
        """Those of the phases that begin with the next step, ones without a card among them."""
        place = len(done)
        last, here = (self.steps[place - 1].stage if place else -1), self.steps[place].stage
        for stage in self.stages[last + 1 : here + 1]:
            planned = (
                f"{lines.clock(stage.takes)} planned, from {lines.clock(stage.starts)} to {lines.clock(stage.ends)}"
            )
            began = lines.clock(done[-1].at if done else 0)
            yield Told(f"{stage.phase.heading} - {planned}; the clock says {began}", "bold")
            yield BLANK
            if not stage.tasks:
                yield Told("There are no cards for this phase here.")
                yield BLANK
        if here == len(self.stages) > last:
            yield Told(f"Phase 7: through the eyes of {self.lens.name}", "bold")
            yield BLANK

    # ── the clock ──

    def head(self, done: Sequence[Done], now: int) -> str:
        place = self.steps[len(done)]
        if place.stage == len(self.stages):
            return f"Phase 7 - {self.lens.name}"
        stage = self.stages[place.stage]
        spent = lines.clock(now - self._began(place.stage, done))
        told = f"{stage.phase.name or stage.phase.about} - {spent} of {lines.clock(stage.takes)}"
        return told if isinstance(place.asks, (Aside, Closed)) else f"[{len(results(done)) + 1}/{self.cards}] {told}"

    def _began(self, stage: int, done: Sequence[Done]) -> int:
        return max((d.at for step, d in zip(self.steps, done, strict=False) if step.stage < stage), default=0)

    def _spent(self, stage: int, done: Sequence[Done], now: int) -> int:
        """The milliseconds in a stage that has begun."""
        here = len(done) < len(self.steps) and self.steps[len(done)].stage == stage
        return (now if here else self._began(stage + 1, done)) - self._began(stage, done)

    def _over(self, done: Sequence[Done]) -> Iterator[Told]:
        """That a phase is over time, once, after the answer that made it so."""
        place = self.steps[len(done) - 1].stage if done else len(self.stages)
        if place == len(self.stages):
            return
        stage, began = self.stages[place], self._began(place, done)
        spent, before = (each[-1].at - began if each else 0 for each in (done, done[:-1]))
        if before < stage.takes + SECOND <= spent:
            told = f"{lines.clock(spent)} of {lines.clock(stage.takes)}"
            yield Told(f"{stage.phase.heading} is over time: {told}.")
            yield BLANK

    # ── the score sheet ──

    def told(self, done: Sequence[Done], now: int) -> Iterator[Told]:
        found = results(done)
        if not found and self._trade(done) is None:
            yield NOTHING
            return
        if len(done) == len(self.steps):
            yield from self._over(done)
        yield Told("Score sheet", "bold")
        yield from map(Told, self._rows(done, now))
        yield Told(f"The loop: {self._loop(done)}.")
        yield from self._seen(done)
        if wrong := quiz.missed(found):
            yield Told("To review, the weakest first:", "bold")
            yield from missed(wrong)
        yield Told(f"The same round again: {self.again}")

    def _rows(self, done: Sequence[Done], now: int) -> list[str]:
        """The phases, each with its points and its time, and all of them."""
        reached = self.steps[len(done)].stage if len(done) < len(self.steps) else len(self.stages)
        rows, spent = [], 0
        for place, stage in enumerate(self.stages):
            if place > reached:
                rows.append((stage.phase.heading, "", "not reached"))
                continue
            took = self._spent(place, done, now)
            spent += took
            own = [each for step, each in zip(self.steps, done, strict=False) if step.stage == place]
            rows.append((stage.phase.heading, _scored(results(own)), _time(took, stage.takes)))
        rows.append(("All", _scored(results(done)), _time(spent, self.ends)))
        name, scored, _ = (max(map(len, column)) for column in zip(*rows, strict=True))
        return [f"  {row[0]:<{name}}  {row[1]:<{scored}}  {row[2]}" for row in rows]

    def _words(self, aside: Aside | Closed, done: Sequence[Done]) -> str | None:
        """What was given to an aside; None where it was not reached."""
        return next((each.words for step, each in zip(self.steps, done, strict=False) if step.asks is aside), None)

    def _trade(self, done: Sequence[Done]) -> str | None:
        """The willingness to trade in the learner's words, empty where said aloud; None where it was not reached."""
        return self._words(Aside.OPEN, done)

    def _loop(self, done: Sequence[Done]) -> str:
        if self._trade(done) is None:
            return "not opened"
        named = self._words(Closed.NAMED, done)
        if named is None:
            return "opened, and left open as the round was stopped"
        return "opened and closed" if named else "opened, but not closed"

    def _seen(self, done: Sequence[Done]) -> Iterator[Told]:
        """What the learner did of all that the lens asks."""
        pairs = zip(self.steps, done, strict=False)
        seen = [(*step.asks, bool(each.words)) for step, each in pairs if isinstance(step.asks, tuple)]
        if seen:
            yield Told(f"Through the eyes of {self.lens.name}: {sum(did for *_, did in seen)} of {len(seen)}", "bold")
        for company, asks, did in seen:
            whose = f" ({company})" if company != self.lens.name else ""
            if not did:
                yield Told(f"  not yet: {text.line(asks)}{whose}")


def _steps(stages: Iterable[Stage], lens: Lens) -> Iterator[Step]:
    place = -1
    for place, stage in enumerate(stages):
        for task in stage.tasks:
            yield Step(place, task)
            if task is Aside.CLOSE:
                yield Step(place, Closed.NAMED)
    yield from (Step(place + 1, asks) for asks in lens.asks)


def _scored(found: Sequence[quiz.Result]) -> str:
    return str(quiz.Share("", sum(result.share for result in found), len(found))) if found else ""


def _time(spent: int, planned: int) -> str:
    """The milliseconds spent of those planned."""
    over = f", {lines.clock(spent - planned)} over" if spent >= planned + SECOND else ""
    return f"{lines.clock(spent)} of {lines.clock(planned)}{over}"


# ── the beginning ────────────────────────────────────────────────────────────────────────────────


def begin(
    cards: Sequence[Card],
    sources: Mapping[str, str],
    rubrics: Mapping[str, rubric.Note],
    number: int,
    company: str = "",
    minutes: int = MINUTES,
) -> Round:
    """A round on the prompt whose cards fill most phases, through the eyes of a company, or without one of every.

    `sources` gives each deck's source, `rubrics` those by `<deck>/<note>`; cards of decks without a source are left out.
    """
    source = mock.source(cards, sources)
    fitting = _fitting(source, sources, rubrics)
    lens = _lens(fitting, company, number)
    own = [card for card in cards if source and sources.get(card.deck) == source]
    if not own:
        raise NoQuiz("There are no cards here for a mock round.")
    named = [f"--company {shlex.quote(company)}"] if company else []
    again = " ".join(["rung quiz mock", *named, f"--minutes {minutes}", f"--seed {number}"])
    everywhere = "\n\n".join(text.filled(each.everywhere) for each in fitting if each.everywhere)
    return Round(number, source, mock.stages(own, minutes, number), lens, everywhere, again)


def signals(
    cards: Iterable[Card], sources: Mapping[str, str], rubrics: Mapping[str, rubric.Note]
) -> tuple[rubric.Signal, ...]:
    """The companies through whose eyes a round may be seen."""
    return tuple(s for note in _fitting(mock.source(cards, sources), sources, rubrics) for s in note.signals)


def _fitting(source: str, sources: Mapping[str, str], rubrics: Mapping[str, rubric.Note]) -> tuple[rubric.Note, ...]:
    """The rubrics of the source, else all."""
    own = tuple(each for note, each in rubrics.items() if sources.get(note.rpartition("/")[0]) == source)
    return own or tuple(rubrics.values())


def _lens(rubrics: Iterable[rubric.Note], company: str, number: int) -> Lens:
    known = [signal for note in rubrics for signal in note.signals]
    if not company:
        return mock.neutral(known, number)
    found = mock.named(company, known)
    if len(found) == 1:
        return mock.lens(found[0])
    if found:
        raise NotKnown(f'"{company}" may be {", ".join(signal.short for signal in found)}')
    near = mock.near(company, known)
    names = f"companies are {', '.join(signal.short for signal in known)}" if known else "no rubric is here"
    raise NotKnown(f'there is no lens of "{company}"; {f"did you mean {near}?" if near else names}')
