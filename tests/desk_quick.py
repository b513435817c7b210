"""Textual as tests of the desk want it: what comes to the same for every desk is found out once for all of them, and nothing
is drawn that nobody looks at."""

from __future__ import annotations

from functools import cache
from inspect import ismethod
from weakref import WeakSet

import textual.screen
from textual import _callback
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet
from textual.message_pump import MessagePump
from textual.screen import Screen

# ── what is parsed of style sheets ───────────────────────────────────────────────────────────────

PARSED = LRUCache(256)
make_sheet = Stylesheet.__init__


def make(sheet, **how):
    make_sheet(sheet, **how)
    sheet._parse_cache = PARSED


Stylesheet.__init__ = make

# ── what a method takes ──────────────────────────────────────────────────────────────────────────

parameters = _callback._count_parameters
parameters_of = cache(parameters)


def count(called):
    return parameters_of(called.__func__) - 1 if ismethod(called) else parameters(called)


_callback._count_parameters = count

# ── which methods a message is for ───────────────────────────────────────────────────────────────

find_methods = MessagePump._get_dispatch_methods


@cache
def named(class_, name):
    """The methods of a class and of those above it that a message has by its name; None where it has others, too."""
    if any(vars(each).get("_decorated_handlers") for each in class_.__mro__):
        return None
    found = [(each, vars(each).get(f"_{name}") or vars(each).get(name)) for each in class_.__mro__]
    return [(each, method) for each, method in found if method is not None]


def methods(pump, name, message):
    found = named(type(pump), name)
    if found is None:
        yield from find_methods(pump, name, message)
        return
    for class_, method in found:
        if message._no_default_action:
            return
        yield class_, method.__get__(pump, class_)


MessagePump._get_dispatch_methods = methods

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
