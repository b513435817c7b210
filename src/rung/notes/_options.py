"""What note types that let a learner choose share: the wrong options, which a new wording never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rung.shuffle import seed, shuffled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rung.fields import Part

    P = TypeVar("P", bound=Part)

MOST = 3


def wrong(parts: Iterable[P], asked: str) -> tuple[P, ...]:
    """At most three of `parts` to stand beside the right one, picked by their ids and that of what is `asked`."""
    return shuffled(parts, lambda each: each.id, seed(asked, 0))[:MOST]
