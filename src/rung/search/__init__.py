"""The language in which cards are searched for: words, `is:due`, `prop:ease<2` and the like, as in Anki's Browse screen.

A text becomes a tree, or a mistake with its place. docs/search.md tells what each means; `store/conditions.py` finds it. Pure.
"""

from rung.search._reading import parsed
from rung.search._terms import KEYS, PROPS, STATES
from rung.search._told import told
from rung.search.tree import (
    BUTTONS,
    FORMS,
    Either,
    Every,
    Flag,
    Introduced,
    Is,
    Mistake,
    Named,
    Not,
    Prop,
    Query,
    Rated,
    Words,
    asks_for_retired,
    fits,
    words,
)

__all__ = [
    "BUTTONS",
    "FORMS",
    "KEYS",
    "PROPS",
    "STATES",
    "Either",
    "Every",
    "Flag",
    "Introduced",
    "Is",
    "Mistake",
    "Named",
    "Not",
    "Prop",
    "Query",
    "Rated",
    "Words",
    "asks_for_retired",
    "fits",
    "parsed",
    "told",
    "words",
]
