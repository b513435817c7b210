"""The app: its screens, and what they work on."""

from __future__ import annotations

from asyncio import Event, Queue, sleep, timeout
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App, ScreenStackError
from textual.filter import LineFilter

from rung.desk.home import Home
from rung.lines import ACTS
from rung.store import StoreError
from rung.workspace import CannotGoOn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rich.segment import Segment
    from textual.color import Color
    from textual.message_pump import MessagePump

    from rung.model import Card
    from rung.plan.ground import Ground
    from rung.plan.prospect import Prospect
    from rung.seat import Seat
    from rung.settings import Settings

LONGEST = 5.0  # seconds that a key waits for what the one before it set going; nothing here takes so long
HOPS = 2  # what a key sets going goes from the focus to the app, and from there once more


class Quiet(LineFilter):
    """Of what is painted, whoever wrote it, nothing acts on the terminal: control characters, escape among them, go."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [each._replace(text=ACTS.sub("", each.text)) if ACTS.search(each.text) else each for each in segments]


QUIET = Quiet()


class Desk(App[None]):
    """`edited` lets the learner edit a card's note, and says what came of it; `kept` gives the fields of the notes of a type
    that stay beside their cards, by `<deck>/<note>`, or raises CannotGoOn; `planned` gives the plan as it stands, with what
    it has from the decks, None where there is none, or raises the same. `typed` are the keys that wait.
    """

    CSS_PATH = "desk.tcss"
    TITLE = "Rung"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        seat: Seat,
        settings: Settings,
        edited: Callable[[Card], str],
        kept: Callable[[str], Mapping[str, Any]] = lambda _: {},
        planned: Callable[[], tuple[Prospect, Ground] | None] = lambda: None,
    ) -> None:
        super().__init__(ansi_color=True)
        self.seat, self.settings, self.edited, self.kept, self.planned = seat, settings, edited, kept, planned
        self.typed: Queue[events.Key | events.Paste] = Queue()
        self.stopped: StoreError | CannotGoOn | None = None  # why it could not go on

    def on_mount(self) -> None:
        self.run_worker(self.take())
        self.push_screen(Home())

    def get_line_filters(self) -> Sequence[LineFilter]:
        return (*super().get_line_filters(), QUIET)

    def notify(self, message: str, **how: Any) -> None:
        """Tell one thing at a time: what was told before makes way."""
        self.clear_notifications()
        super().notify(message, **how)

    def _handle_exception(self, error: Exception) -> None:
        """End for what the world did, which is told in a line; Textual shows where in the program all else came from."""
        if isinstance(error, StoreError | CannotGoOn):
            self.stopped = error
            self.exit()
        else:
            super()._handle_exception(error)

    # ── typing ahead ──

    async def on_event(self, event: events.Event) -> None:
        """Textual gives every key at once to what has the focus, though the key before may be about to move it: of keys
        that come fast, those for a new screen or line would be commands of the old one. So here keys queue."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.typed.put_nowait(event)
        else:
            await super().on_event(event)

    async def take(self) -> None:
        """Take the keys one at a time, each when the one before it is done with."""
        while True:
            event = await self.typed.get()
            with suppress(TimeoutError, ScreenStackError):  # the latter while the desk is being left
                await super().on_event(event)
                async with timeout(LONGEST):
                    await self.settled()
            self.typed.task_done()

    async def settled(self) -> None:
        """Until all is done that waits at the focus and around it, and at what has the focus after that."""
        before, place = None, self.focused or self.screen
        while place is not before:
            for pump in [*place.ancestors_with_self] * HOPS:
                await done(pump)
            before, place = place, self.focused or self.screen


async def done(pump: MessagePump) -> None:
    """Until all that waits there now is done, or it is gone."""
    reached = Event()
    waiting = pump.post_message(events.Callback(reached.set))
    while waiting and not reached.is_set() and (pump.is_attached or pump.is_dom_root):
        await sleep(0)
