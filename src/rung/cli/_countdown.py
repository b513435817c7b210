"""A countdown: the time left in words, and each second in the title of a real terminal's window."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from rung.cli import _out
from rung.draft import Time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.cli._dialogue import Dialogue

TITLE_KEPT, TITLE_BACK = "\x1b[22;0t", "\x1b[23;0t"  # of xterm, which most follow and the others skip
UP = "The time is up."
# On the line below the cursor, which is made where the screen ends, at its right edge, so that a line being typed
# stays as it is and has room to go on; then back to where the cursor was.
BELOW = "\x1bD\x1b[A\x1b7\x1b[B\x1b[2K\x1b[{column}G\x1b[1m{words}\x1b8"
CLEARED = "\x1b[J"  # from the cursor to the end of the screen


@dataclass
class Countdown(Time):
    """The time to write in, as a terminal shows it; it passes while `running`."""

    quiet: Event = field(default_factory=Event)  # set while another program has the terminal
    at_prompt: bool = False  # where the end of the time can be told
    shown: bool = False  # that end, below the prompt
    lock: Lock = field(default_factory=Lock)  # of these two

    @contextmanager
    def running(self, dialogue: Dialogue) -> Iterator[None]:
        """The time passes; a window's title tells it, and has its old words again afterwards."""
        self.start()
        done = Event()
        thread = Thread(target=self._show, args=(dialogue, done), daemon=True)
        titled = dialogue.rich and not dialogue.console.is_dumb_terminal
        if titled:
            _out.write(TITLE_KEPT, now=True)
            thread.start()
        try:
            yield
        finally:
            self.stop()
            if titled:
                done.set()
                thread.join()
                _out.write(TITLE_BACK, now=True)

    @contextmanager
    def asking(self) -> Iterator[None]:
        """A prompt, below which the end of the time is told in a real terminal; that is gone again afterwards."""
        self.at_prompt = True
        try:
            yield
        finally:
            with self.lock:
                self.at_prompt = False
                if self.shown:
                    self.shown = False
                    _out.write(CLEARED, now=True)

    def _show(self, dialogue: Dialogue, done: Event) -> None:
        rung = self.over
        while True:
            if not self.quiet.is_set():
                dialogue.console.set_window_title(f"{self.told} - rung drill")
            if self.over and not rung:
                rung = True
                dialogue.console.bell()  # in the editor, too: it changes no screen
                self._tell(dialogue.console.width)
            if done.wait(1 if self.over else min(1, self.left / 1000)):
                return

    def _tell(self, width: int) -> None:
        with self.lock:
            if self.at_prompt:
                self.shown = True
                _out.write(BELOW.format(column=max(1, width - len(UP)), words=UP), now=True)
