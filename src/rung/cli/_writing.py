"""The writing of a drill: against the clock, here or in an editor, every line kept as it is entered."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import TYPE_CHECKING

from rung import drilling, session
from rung.cli import _editor, _out
from rung.cli._countdown import Countdown
from rung.cli._dialogue import Over
from rung.draft import Draft, why
from rung.drilling import LATE
from rung.workspace import CannotGoOn

if TYPE_CHECKING:
    from collections.abc import Collection
    from subprocess import Popen

    from rung.cli._dialogue import Dialogue
    from rung.cli._here import Here
    from rung.drilling import Sections, Written
    from rung.model import Card

HOW = """\
Write section by section. A line with nothing but a dot ends a section.
Every line is kept as you enter it. These are commands:
:e editor   :b section before   :s your text   :p prompt   :q stop   :? help"""

COMMAND = re.compile(r":\S*|\?")  # a line that is one such word and nothing else


class Stop(Exception):
    """The learner stops; the draft stays."""


@dataclass
class Writing:
    """A drill under way; with `editor` it begins there."""

    dialogue: Dialogue
    card: Card
    draft: Draft
    countdown: Countdown
    editor: bool = False
    told: bool = False  # that the time is up

    @classmethod
    def of(cls, here: Here, dialogue: Dialogue, card: Card) -> Writing:
        """The drill as the learner left it."""
        draft = Draft.of(here.db_file, card)
        return cls(dialogue, card, draft, Countdown(here.clock, card.content.minutes * 60_000, draft.written.used))

    @property
    def sections(self) -> Sections:
        return self.draft.sections

    @property
    def written(self) -> Written:
        """What is written so far."""
        return self.draft.written

    # ── the start ──

    def introduce(self) -> None:
        """Say what is there of an earlier start."""
        if self.written.filled:
            used = _out.clock(self.written.used)
            self.dialogue.line(f"There is a draft: {self.tally()} in {self.filled()}, {used} used.")

    def opened(self, commands: Collection[str]) -> str:
        """Let the learner start, with `n` a new draft; empty, or the one of `commands` that they gave instead."""
        there = bool(self.written.filled)
        enter = "Enter goes on with it" if there else "Enter starts the clock"
        others = f"{'n starts anew, ' if there else ''}q stops"
        while words := self.dialogue.ask(f"{enter} ({self.countdown.told}), {others}:"):
            command = words.removeprefix(":")
            if command in commands:
                return command
            if there and words == "n":
                self.put_aside()
                break
            self.dialogue.line(f"There is no command {words}; {enter}, {others}.")
        return ""

    def put_aside(self) -> None:
        """Begin a new draft; the old one is kept beside it."""
        self.catch_up()
        self.dialogue.line(f"The old draft is put aside: {self.draft.begin_anew()}")
        self.countdown.before = 0

    # ── writing ──

    def write(self) -> None:
        """Let the learner write until the answer is to be rated; raises Stop."""
        self.dialogue.line(HOW)
        with self.countdown.running(self.dialogue):
            try:
                self.catch_up()
                self.all_sections()
            except (Stop, Over, KeyboardInterrupt):
                with suppress(CannotGoOn):  # what was written is kept; this is but the time
                    self.keep_time()
                raise
        self.keep_time()
        if self.written.filled:
            self.dialogue.line(f"You wrote {self.tally()} in {_out.clock(self.written.used)}.")

    def all_sections(self) -> None:
        place = self.edited() if self.editor else self.unfinished()
        while place <= len(self.sections):
            self.tell_time()
            place = self.section(place) if place < len(self.sections) else self.last_look()

    def keep_time(self) -> None:
        """Keep how long was written, thoughts after the last line included."""
        self.catch_up()
        if self.written.filled:
            self.keep(self.written)

    def tally(self) -> str:
        """`84 words`, and how many of them are late."""
        late = f", {self.written.late} of them late," if self.written.late else ""
        return f"{_out.plural(self.written.words, 'word')}{late}"

    def filled(self) -> str:
        return f"{len(self.written.filled)} of {_out.plural(len(self.sections), 'section')}"

    def unfinished(self) -> int:
        """The place of the last section that has text, where writing goes on."""
        filled = self.written.filled
        return max((place for place, (id_, _) in enumerate(self.sections) if id_ in filled), default=0)

    def section(self, place: int) -> int:
        """Let the learner write in a section; the place of the next."""
        id_, heading = self.sections[place]
        self.dialogue.line()
        self.dialogue.line(f"{heading} ({place + 1} of {len(self.sections)})", "bold")
        self.own(self.written.texts[id_])
        while True:
            line = self.read(f"{self.countdown} {shorten(heading, 24, placeholder='...')}>")
            late = self.countdown.over
            self.catch_up()
            words = line.strip()
            if words == ".":
                return place + 1
            if words == ":b":
                return max(0, place - 1)
            if words == ":e":
                return self.edited(place)
            if COMMAND.fullmatch(words):
                self.command(words)
            else:
                if not words and not self.written.texts[id_].rpartition("\n")[2]:  # the second blank line
                    self.dialogue.line("A line with nothing but a dot ends the section.")
                self.keep(drilling.added(self.written, id_, line.rstrip(), late=late))
                self.draft.typed = True
                if late and words:
                    self.tell_time(f"The time was up: this line is kept, and marked {LATE}, as is all that follows.")
            self.tell_time()

    def last_look(self) -> int:
        """What the learner does after the last section: the place of a section, or one beyond them to be rated."""
        while True:
            self.tell_time()
            asked = f"{self.countdown} Enter goes on to the rating; :b goes back, :e edits, :q stops:"
            words = self.read(asked).strip()
            self.catch_up()
            if words == ":b":
                return len(self.sections) - 1
            if words == ":e":
                return self.edited(len(self.sections))
            if not words and (self.written.filled or self.dialogue.agrees("Nothing is written. Rate it all the same?")):
                return len(self.sections) + 1
            if words.startswith(":"):
                self.command(words)
            elif words:
                self.dialogue.line("Every section has had its turn; :b goes back to write more.")

    def command(self, words: str) -> None:
        match words:
            case ":q":
                raise Stop
            case ":s":
                self.show_own()
            case ":p":
                self.dialogue.markdown(session.question(self.card, 0)[0].prompt)
            case ":?" | ":" | "?":
                self.dialogue.line(HOW)
            case _:
                self.dialogue.line(f"There is no command {words}; :? lists them.")

    def read(self, prompt: str) -> str:
        """The line that the learner types; a time that runs out meanwhile is told below it where that can be done."""
        with self.countdown.asking():
            return self.dialogue.read(prompt)

    def tell_time(self, words: str = f"The time is up. What you enter now is kept, and marked {LATE}.") -> None:
        """Say once that the time is up."""
        if self.countdown.over and not self.told:
            self.told = True
            self.dialogue.line(words, "bold")

    def keep(self, written: Written) -> None:
        """Take over what was written, with the time it took, on the disk first; raises CannotGoOn."""
        self.draft.keep(replace(written, used=self.countdown.used))

    def catch_up(self) -> None:
        """Take over what another hand wrote since, and say so."""
        if told := self.draft.catch_up(late=self.told):
            self.dialogue.line(told)

    # ── the editor ──

    def edited(self, place: int = 0) -> int:
        """Let the learner write in the editor; the place of the first section that has no text yet."""
        if not (program := _editor.command()):
            self.dialogue.line("Set EDITOR to write in your editor.")
            return place
        self.keep(self.written)
        up_before = self.told
        self.dialogue.line(f"{self.countdown.told}. Save and close the editor to come back here.")
        if not self.told:
            self.dialogue.line(f"What is not saved when the time is up is marked {LATE}.")
        self.countdown.quiet.set()
        try:
            with _editor.running(program, str(self.draft.path)) as editor:
                at_end = self.waited(editor)
        except _editor.NotStarted as error:
            self.dialogue.line(f"{error}.")
            return place
        finally:
            self.countdown.quiet.clear()
        now = self.draft.on_disk() or self.written
        before = self.written if up_before else at_end
        self.keep(drilling.with_late(before, now) if before else now)
        self.draft.typed = False
        self.dialogue.line(f"Back from the editor: {self.tally()} in {self.filled()}.")
        filled = self.written.filled
        return next((at for at, (id_, _) in enumerate(self.sections) if id_ not in filled), len(self.sections))

    def waited(self, editor: Popen[bytes]) -> Written | None:
        """Wait for the time to run out or the editor to end; the draft as it was saved when the time ran out first."""
        if self.countdown.over or _editor.ends_within(editor, self.countdown.left / 1000):
            return None
        return self.draft.on_disk() or drilling.blank(self.sections)

    # ── the end ──

    def tell_kept(self) -> None:
        """Say how to go on with what was written."""
        if self.draft.left():
            self.dialogue.line(f"What you wrote is kept. Go on with: rung drill {self.card.note}")
        else:
            self.dialogue.line("Nothing was written.")

    def forget(self) -> None:
        """Put the draft aside, now that the log has it: the log may cut it short, and its row may be taken back."""
        try:
            asides = self.draft.finish()
        except CannotGoOn as error:
            self.dialogue.line(f"The draft could not be put aside ({why(error)}); it is still in {self.draft.path}")
            return
        for aside in asides:
            self.dialogue.line(f"What you wrote stays in {aside}", "dim")

    # ── the learner's own words ──

    def show_own(self) -> None:
        for id_, heading in self.sections:
            self.dialogue.line(heading, "bold cyan")
            self.own(self.written.texts[id_] or "Nothing.")

    def own(self, words: str) -> None:
        if words:
            self.dialogue.words(words)
