"""A desk that tests drive by keys and mouse."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

from textual._context import visible_screen_stack
from textual.events import Key, Paste
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot

from desk_quick import draw
from learner import HERE, MONDAY, new_store, put
from rung.desk.app import Desk
from rung.seat import Seat
from rung.settings import Settings
from rung.store import Store
from rung.workspace import Clock

SIZES = [(80, 24), (140, 50)]

LONGEST = 60  # seconds that a key may take, on a machine that does a lot else


class Hand(Pilot):
    """Waits for what a key leads to as long as that takes, and no longer: Textual's own pilot sleeps until the process has
    been idle for a while, which other work on the machine prolongs or feigns."""

    async def press(self, *keys):
        """Press them one by one, each once all that the one before set going is done and laid out."""
        for key in keys:
            await burst(self, key)

    async def pause(self, delay=None):
        if delay:
            await asyncio.sleep(delay)
        async with asyncio.timeout(LONGEST):
            await at_rest(self.app)


async def at_rest(desk):
    """Until nothing is left that the desk does by itself before more time has passed: no key waits, no callback is due, and
    all is laid out."""
    due = asyncio.get_running_loop()._ready
    while desk.is_running and desk.screen_stack:
        await asyncio.sleep(0)
        if due:
            continue
        if not laid_out(desk.screen):
            desk.screen._on_timer_update()
        elif desk.typed._unfinished_tasks or desk._resize_timer or not desk.animator._complete_event.is_set():
            await asyncio.sleep(0.001)
        else:
            return


def laid_out(screen):
    return not (
        screen._layout_required or screen._scroll_required or screen._repaint_required or screen._recompose_required
        or screen._dirty_widgets or screen._callbacks
    )  # fmt: skip


@asynccontextmanager
async def driven_desk(desk, size=SIZES[0], **how):
    """A hand at a desk that has laid out its first screen."""
    async with desk.run_test(size=size, **how):
        hand = Hand(desk)
        await hand.pause()
        yield hand


def lines(desk):
    """What stands on the screen, line by line, once it is drawn."""
    draw(desk)
    visible_screen_stack.set(desk._background_screens)
    strips = desk.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def desk_store(folder, **how):
    """A store of its own in a folder, with nothing in it yet."""
    new_store(folder / "rung.db")
    store = Store.open(folder / "rung.db", **how)
    store.database.connection.execute("PRAGMA synchronous = OFF")  # nobody's log
    return store


class Sitting:
    """A desk at a store, and what it shows and logs."""

    def __init__(self, store, seat):
        self.store, self.seat = store, seat
        self.edits = []
        self.desk = Desk(seat, Settings(), lambda card: self.edits.append(card.id) or "Compiled.")

    def said(self, id_):
        shown = self.desk.screen.query_one(f"#{id_}").visual
        return " ".join(str(shown).split()) if shown else ""

    @property
    def screen(self):
        """All that stands on the screen."""
        return " ".join(" ".join(lines(self.desk)).split())

    @property
    def rows(self):
        return [(str(event.kind), event.grade, event.detail.get("answer", "")) for event in self.store.events()]


def driven(folder, steps, *decks, size=SIZES[0]):
    """Run `steps(pilot, sitting)` on a desk with these decks, each given as its cards, and give the rows of its log."""

    async def run():
        with desk_store(folder) as store:
            put(store, *decks)
            sitting = Sitting(store, Seat.at(store, HERE, Clock(MONDAY)))
            async with driven_desk(sitting.desk, size, notifications=True) as pilot:
                await steps(pilot, sitting)
            return sitting.rows

    return asyncio.run(run())


class Pasted(str):
    """What is pasted, among keys."""


async def burst(pilot, *keys):
    """Send keys, or what is pasted, at once, as from somebody who types ahead, and wait until they are done with."""
    for key in keys:
        pilot.app.post_message(Paste(key) if isinstance(key, Pasted) else pressed(key))
    await pilot.pause()


def pressed(key):
    """The event of a key, which is a character or has one of Textual's names."""
    name = _character_to_key(key) if len(key) == 1 else key
    return Key(name, key if len(key) == 1 else key_to_character(name))


async def until(true):
    """Wait until it is so; a test that waits in vain runs into its assertions."""
    for _ in range(1500):
        if true():
            return
        await asyncio.sleep(0.02)
