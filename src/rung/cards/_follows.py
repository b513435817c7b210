"""What a template's script needs to read numbers (`amounts.js`): the unit, and what may follow a number in it."""

from __future__ import annotations

from functools import lru_cache
from html import escape

from rung import quantity


@lru_cache(256)  # many cards ask in few units
def attributes(unit: str) -> str:
    """As attributes of HTML: `data-unit="GPUs" data-follows="=1 k=1000 gpus=1 …"`."""
    follows = " ".join(f"{words}={factor:.15g}" for words, factor in quantity.follows(unit).items())
    return f'data-unit="{escape(unit)}" data-follows="{escape(follows)}"'
