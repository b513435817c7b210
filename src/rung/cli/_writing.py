"""The writing of a drill: against the clock, here or in an editor, every line kept on the disk as it is entered."""

from __future__ import annotations

import re
import shlex
import subprocess
from dataclasses import dataclass, field, replace
from hashlib import sha256
from textwrap import shorten
from typing import TYPE_CHECKING

from rung import drilling, session, text
from rung.cli import _out
from rung.cli._countdown import Countdown
from rung.workspace import draft_file, environment, kept_text, reason, remove, write_all

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from rung.cli._dialogue import Dialogue
    from rung.cli._here import Here
    from rung.drilling import Sections, Written
    from rung.model import Card

HOW = """\
Write section by section. A line with nothing but a dot ends a section.
Every line is kept as you enter it. These are commands:
:e editor   :b section before   :s your text   :p prompt   :q stop   :? help"""

COMMAND = re.compile(r":\S?")


class Stop(Exception):
    """The learner stops; the draft stays."""


@dataclass
class Writing:
    """The draft of a drill under way; with `editor` it begins there."""

    here: Here
    dialogue: Dialogue
    card: Card
    path: Path
    sections: Sections
    draft: Written
    editor: bool = False
    told: bool = False  # that the time is up
    countdown: Countdown = field(init=False)

    def __post_init__(self) -> None:
        self.countdown = Countdown(self.here.clock, self.card.content.minutes * 60_000, self.draft.used)

    @classmethod
    def of(cls, here: Here, dialogue: Dialogue, card: Card) -> Writing:
        """The draft as the learner left it."""
        path, sections = draft_path(here, card), sections_of(card)
        written = kept_text(path)
        draft = drilling.blank(sections) if written is None else drilling.read(written, sections)
        draft = draft if draft.filled else drilling.blank(sections)
        return cls(here, dialogue, card, path, sections, draft)

    # ── the start ──

    def introduce(self) -> None:
        """Say what is there of an earlier start."""
        if self.draft.filled:
            filled = f"{len(self.draft.filled)} of {_out.plural(len(self.sections), 'section')}"
            self.dialogue.line(
                f"There is a draft: {_out.plural(self.draft.words, 'word')} in {filled}, {_out.clock(self.draft.used)} used."
            )

    def opened(self, commands: Collection[str]) -> str:
        """Let the learner start, with `n` a new draft; empty, or the one of `commands` that they gave instead."""
        there = bool(self.draft.filled)
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
        aside = self.path.with_suffix(".old.md")
        write_all({aside: drilling.markdown(self.draft, self.sections, self.card.note).encode()})
        remove([self.path])
        self.dialogue.line(f"The old draft is put aside: {aside}")
        self.draft = drilling.blank(self.sections)
        self.countdown.before = 0

    # ── writing ──

    def write(self) -> None:
        """Let the learner write until the answer is to be rated; raises Stop."""
        self.dialogue.line(HOW)
        with self.countdown.running(self.dialogue):
            place = self.edited() if self.editor else self.unfinished()
            while True:
                self.tell_time()
                if place < len(self.sections):
                    place = self.section(place)
                elif (place := self.last_look()) > len(self.sections):
                    break
        if self.draft.filled:
            self.keep(self.draft)

    def unfinished(self) -> int:
        """The place of the last section that has text, where writing goes on."""
        filled = self.draft.filled
        return max((place for place, (id_, _) in enumerate(self.sections) if id_ in filled), default=0)

    def section(self, place: int) -> int:
        """Let the learner write in a section; the place of the next."""
        id_, heading = self.sections[place]
        self.dialogue.line()
        self.dialogue.line(f"{heading} ({place + 1} of {len(self.sections)})", "bold")
        self.own(self.draft.texts[id_])
        while True:
            line = self.dialogue.read(f"{self.countdown} {shorten(heading, 24, placeholder='...')}>")
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
                self.keep(drilling.added(self.draft, id_, line.rstrip(), late=self.told))
            self.tell_time()

    def last_look(self) -> int:
        """What the learner does after the last section: the place of a section, or one beyond them to be rated."""
        while True:
            words = self.dialogue.ask(
                f"{self.countdown} Enter goes on to the rating; :b goes back, :e edits, :q stops:"
            )
            if words == ":b":
                return len(self.sections) - 1
            if words == ":e":
                return self.edited(len(self.sections))
            if not words and (self.draft.filled or self.dialogue.agrees("Nothing is written. Rate it all the same?")):
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
            case ":?" | ":":
                self.dialogue.line(HOW)
            case _:
                self.dialogue.line(f"There is no command {words}; :? lists them.")

    def tell_time(self) -> None:
        """Say once that the time is up."""
        if self.countdown.over and not self.told:
            self.told = True
            self.dialogue.line(f"The time is up. What you write now is kept, and marked {drilling.LATE}.", "bold")

    def keep(self, draft: Written) -> None:
        """Take a draft over, on the disk first."""
        draft = replace(draft, used=self.countdown.used)
        write_all({self.path: drilling.markdown(draft, self.sections, self.card.note).encode()})
        self.draft = draft

    # ── the editor ──

    def edited(self, place: int = 0) -> int:
        """Let the learner write in the editor; the place of the first section that has no text yet."""
        program = environment("VISUAL") or environment("EDITOR")
        if not program:
            self.dialogue.line("Set EDITOR to write in your editor.")
            return place
        self.keep(self.draft)
        up_before = self.told
        self.dialogue.line(f"{self.countdown.told}. Save and close the editor to come back here.")
        if not self.told:
            self.dialogue.line(f"What is not saved when the time is up is marked {drilling.LATE}.")
        self.countdown.quiet.set()
        try:
            at_end = self.waited(subprocess.Popen([*shlex.split(program), str(self.path)]))
        except (OSError, ValueError) as error:
            why = reason(error) if isinstance(error, OSError) else error
            self.dialogue.line(f"The editor {program} did not start ({why}).")
            return place
        finally:
            self.countdown.quiet.clear()
        now = self.on_disk() or self.draft
        before = self.draft if up_before else at_end
        self.keep(drilling.with_late(before, now) if before else now)
        filled = self.draft.filled
        return next((at for at, (id_, _) in enumerate(self.sections) if id_ not in filled), len(self.sections))

    def waited(self, editor: subprocess.Popen[bytes]) -> Written | None:
        """Wait for the editor; the draft as it was saved when the time ran out meanwhile, if it did."""
        at_end = None
        if not self.countdown.over:
            try:
                editor.wait(self.countdown.left / 1000)
            except subprocess.TimeoutExpired:
                at_end = self.on_disk() or drilling.blank(self.sections)
        editor.wait()
        return at_end

    def on_disk(self) -> Written | None:
        written = kept_text(self.path)
        return None if written is None else drilling.read(written, self.sections)

    # ── the end ──

    def tell_kept(self) -> None:
        """Say how to go on with what was written, by whatever hand; a draft without a word goes."""
        written = self.on_disk()
        if written and written.filled:
            self.dialogue.line(f"What you wrote is kept. Go on with: rung drill {self.card.note}")
        else:
            remove([self.path])
            self.dialogue.line("Nothing was written.")

    def forget(self) -> None:
        """Take the draft away, now that the log has it; one that is too long for the log is put aside."""
        if sum(map(len, self.draft.texts.values())) > drilling.MOST and self.path.exists():
            aside = self.path.with_suffix(".old.md")
            write_all({aside: self.path.read_bytes()})
            self.dialogue.line(f"The log keeps the first {drilling.MOST:,} characters; the whole is in {aside}")
        remove([self.path])

    # ── the learner's own words ──

    def show_own(self) -> None:
        for id_, heading in self.sections:
            self.dialogue.line(heading, "bold cyan")
            self.own(self.draft.texts[id_] or "Nothing.")

    def own(self, words: str) -> None:
        if words:
            self.dialogue.words(words)


def sections_of(card: Card) -> Sections:
    """(id, heading) of the sections of a drill."""
    return tuple((each.id, text.line(each.name)) for each in card.content.sections)


def draft_path(here: Here, card: Card) -> Path:
    """Where the draft of a drill lies, whatever the drill is called by now."""
    note = card.root.partition("#")[0].rpartition("/")[2]
    return draft_file(here.db_file, f"{note[:60]}-{sha256(card.root.encode()).hexdigest()[:12]}")
