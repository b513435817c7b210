"""The page of a note: a framework, a tree, a worksheet, a budget …"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.pages import Printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rung.pages import Kept

GROUPS = {"timeline": "Before the interview", "rubric": "Score sheets", "drill": "To rehearse"}
ROOM = "For the room"


def printed(kept: Sequence[Kept]) -> Iterator[Printed]:
    for each in kept:
        group, deck = GROUPS.get(each.type, ROOM), each.deck
        yield Printed(each.id, each.page, group, each.type, deck.source, (deck.id,), f"{deck.id}/{each.id}")
