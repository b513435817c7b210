"""Decks by the names a learner types."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from rung.cli._here import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def chosen(names: Iterable[str], decks: Sequence[str]) -> tuple[str, ...]:
    """The ids among `decks` that `names` mean: an id, its last part, or a folder of decks; raises Wrong."""
    found: dict[str, None] = {}
    for name in names:
        wanted = name.strip("/")
        meant = [id_ for id_ in decks if id_ == wanted or id_.startswith(f"{wanted}/") or id_.endswith(f"/{wanted}")]
        if not meant:
            parts = (part for id_ in decks for part in id_.rpartition("/")[::2])
            near = get_close_matches(wanted, [*decks, *parts], 1)
            hint = f"did you mean {near[0]}?" if near else f"decks are {', '.join(decks) or 'none'}"
            raise Wrong(f'there is no deck "{name}"; {hint}')
        found.update(dict.fromkeys(meant))
    return tuple(found)
