"""Textual as tests of the desk want it: style sheets are parsed once for all desks, and nothing is drawn that nobody looks at."""

from __future__ import annotations

from weakref import WeakSet

import textual.screen
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen

# ── what is parsed of style sheets ───────────────────────────────────────────────────────────────

PARSED = LRUCache(256)
make_sheet = Stylesheet.__init__


def make(sheet, **how):
    make_sheet(sheet, **how)
    sheet._parse_cache = PARSED


Stylesheet.__init__ = make

# ── what is drawn ────────────────────────────────────────────────────────────────────────────────

textual.screen.UPDATE_PERIOD = 3600  # seconds: what is laid out and drawn on the way is up to the machine
paint, unpainted = Screen._compositor_refresh, WeakSet()  # of screens


def put_off(screen):
    if screen is screen.app.screen:
        unpainted.add(screen)
        screen._dirty_widgets.clear()  # where they stand is known as dirty
        screen.app._update_mouse_over(screen)
    else:
        paint(screen)


Screen._compositor_refresh = put_off


def draw(desk):
    """Draw what is new on the screen, if it is there still."""
    if desk.is_running and desk.screen_stack and desk.screen in unpainted:
        unpainted.discard(desk.screen)
        paint(desk.screen)
