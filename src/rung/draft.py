"""A drill's draft on the disk: kept as it is written, edited by other hands, put aside; the time it is written in."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING

from rung import drilling, lines, text
from rung.workspace import CannotGoOn, draft_file, kept_text, reason
from rung.writing import remove, write_all

if TYPE_CHECKING:
    from pathlib import Path

    from rung.drilling import Sections, Written
    from rung.model import Card
    from rung.workspace import Clock


@dataclass
class Draft:
    """The draft of the drill `name`: what is `written`, and the file that holds it, which others may change too."""

    path: Path
    name: str
    sections: Sections
    written: Written
    seen: str | None = None  # the file as it was last read or written here
    typed: bool = False  # lines that no other hand has seen

    @classmethod
    def of(cls, store: Path, card: Card) -> Draft:
        """The draft as the learner of the store at that path left it."""
        path, sections = draft_path(store, card), sections_of(card)
        there = kept_text(path)
        written = drilling.blank(sections) if there is None else drilling.read(there, sections)
        written = written if written.filled else drilling.blank(sections)
        return cls(path, card.note, sections, written, there)

    def keep(self, written: Written) -> None:
        """Take over what was written, on the disk first; raises CannotGoOn."""
        words = self.text(written)
        try:
            write_all({self.path: words.encode()}, private=True)
        except CannotGoOn as error:
            before = "this was not kept, what came before it is" if self.seen else "nothing was kept"
            raise CannotGoOn(f"{self.path}: {why(error)}; {before}") from None
        self.written, self.seen = written, words

    def text(self, written: Written) -> str:
        return drilling.markdown(written, self.sections, self.name)

    # ── other hands ──

    def on_disk(self) -> Written | None:
        self.seen = kept_text(self.path)
        return None if self.seen is None else drilling.read(self.seen, self.sections)

    def catch_up(self, *, late: bool) -> str:
        """Take over what another hand wrote since, or put it aside where it lacks what was typed here; what came of
        it, in a sentence, empty where nothing did. `late` marks what is new."""
        before = self.seen
        there = self.on_disk()
        if self.seen is None or self.seen == before or not (there and there.filled):
            return ""
        if self.typed and not drilling.holds(there, self.written):
            aside = self.aside(self.seen)
            self.keep(self.written)
            return f"The draft was changed elsewhere; that text is put aside: {aside}"
        self.written = drilling.with_late(self.written, there) if late else there
        self.typed = False
        return "The draft was changed elsewhere; it goes on from there."

    # ── aside ──

    def aside(self, words: str) -> Path:
        """The file beside the draft that those words are put into; none that holds others is written over."""
        for number in count(1):
            path = self.path.with_suffix(f".old{f'-{number}' if number > 1 else ''}.md")
            there = kept_text(path)
            if there in (None, words):
                break
        if there is None:
            write_all({path: words.encode()}, private=True)
        return path

    def begin_anew(self) -> Path:
        """Begin a new draft; the file beside it that the old one is put into."""
        aside = self.aside(self.text(self.written))
        remove([self.path])
        self.seen, self.written = None, drilling.blank(self.sections)
        return aside

    def finish(self) -> tuple[Path, ...]:
        """Put the draft aside, and what another hand made of it, and end it; the files they are put into."""
        written = [self.text(self.written)] if self.written.filled else []
        there = self.on_disk()
        if self.seen and there and there.filled:
            written.append(self.seen)
        asides = tuple(dict.fromkeys(map(self.aside, written)))
        remove([self.path])
        return asides

    def left(self) -> bool:
        """Whether there is something to go on with, by whatever hand; a draft without a word goes."""
        there = self.on_disk()
        if there and there.filled:
            return True
        with suppress(CannotGoOn):  # an empty draft does no harm
            remove([self.path])
        return False


@dataclass
class Time:
    """The time to write in: `limit` milliseconds, of which `before` were used in earlier stretches."""

    clock: Clock
    limit: int
    before: int = 0
    since: int | None = None

    def start(self) -> None:
        self.since = self.clock.elapsed()

    def stop(self) -> None:
        self.before, self.since = self.used, None

    @property
    def used(self) -> int:
        """Milliseconds used; the time stands still until `since`."""
        return self.before + (self.clock.elapsed() - self.since if self.since is not None else 0)

    @property
    def left(self) -> int:
        """Milliseconds left, below 0 when the time is up."""
        return self.limit - self.used

    @property
    def over(self) -> bool:
        return self.left <= 0

    def __str__(self) -> str:
        if self.over:
            return f"+{lines.clock(-self.left)}"
        return lines.clock(self.left + 999)  # the last second is 0:01, not 0:00

    @property
    def told(self) -> str:
        """`4:05 left`, or `+0:30 over time`."""
        return f"{self} {'over time' if self.over else 'left'}"


def why(error: CannotGoOn) -> str:
    """Why the system refused, without the name of a file that only writing knows."""
    cause = error.__context__
    return reason(cause) if isinstance(cause, OSError) else str(error)


def sections_of(card: Card) -> Sections:
    """(id, heading) of the sections of a drill."""
    return tuple((each.id, text.line(each.name)) for each in card.content.sections)


def draft_path(store: Path, card: Card) -> Path:
    """Where the draft of a drill lies, whatever the drill is called by now."""
    note = card.root.partition("#")[0].rpartition("/")[2]
    return draft_file(store, f"{note[:60]}-{sha256(card.root.encode()).hexdigest()[:12]}")
