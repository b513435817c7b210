"""A desk that tests drive by keys and mouse."""

from __future__ import annotations

import asyncio

from textual.events import Key, Paste

from learner import HERE, MONDAY, put
from rung.desk.app import Desk
from rung.seat import Seat
from rung.settings import Settings
from rung.store import Store
from rung.workspace import Clock

SIZES = [(80, 24), (140, 50)]


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
        strips = self.desk.screen._compositor.render_strips()
        return " ".join(" ".join("".join(segment.text for segment in strip) for strip in strips).split())

    @property
    def rows(self):
        return [(str(event.kind), event.grade, event.detail.get("answer", "")) for event in self.store.events()]


def driven(folder, steps, *decks, size=SIZES[0]):
    """Run `steps(pilot, sitting)` on a desk with these decks, each given as its cards, and give the rows of its log."""

    async def run():
        with Store.open(folder / "rung.db") as store:
            put(store, *decks)
            sitting = Sitting(store, Seat.at(store, HERE, Clock(MONDAY)))
            async with sitting.desk.run_test(size=size, notifications=True) as pilot:
                await pilot.pause()
                await steps(pilot, sitting)
            return sitting.rows

    return asyncio.run(run())


async def burst(pilot, *keys):
    """Send keys, or what is pasted, at once, as from somebody who types ahead, and wait until they are done with."""
    for key in keys:
        pressed = key if isinstance(key, Paste) else Key("space" if key == " " else key, key if len(key) == 1 else None)
        pilot.app.post_message(pressed)
    await pilot.pause(0)
    await asyncio.wait_for(pilot.app.typed.join(), 10)
    await pilot.pause()


async def until(true):
    """Wait until it is so; a test that waits in vain runs into its assertions."""
    for _ in range(250):
        if true():
            return
        await asyncio.sleep(0.02)
