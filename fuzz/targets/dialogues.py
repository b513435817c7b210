"""Whatever lines are typed in a review, a quiz or a drill, it goes on or ends; nothing that is said acts in a terminal, and
each answer that was taken is in the log."""

from __future__ import annotations

from fuzz.targets import _place
from rung.store import Store

WORDS = (b"1\n", b"2\n", b"3\n", b"4\n", b"\n", b"q\n", b":q\n", b"?\n", b":?\n", b"u\n", b":u\n", b"a\n", b"abcd\n", b"ac\n", b"12 ms\n", b"b\n", b"s\n", b":s\n", b"e\n", b":flag 3\n",
         b".\n", b"y\n", b"n\n", b"-\n", b"10, 20, 30\n", b"200k\n", b"one two three\n", b"t\n", b"d\n", b":", b"1", b"#")  # fmt: skip
COMMANDS = (
    "review",
    "quiz ladder",
    "quiz placement",
    "quiz final",
    "quiz mock",
    "quiz tree",
    "drill top-list",
    "review --typed",
)


def seeds() -> tuple[bytes, ...]:
    """The first byte chooses the command."""
    return tuple(bytes([place]) + typed.encode() for place, (_, typed) in enumerate(_place.WORK[: len(COMMANDS)]))


def tried(data: bytes) -> None:
    store = _place.fresh()
    command = COMMANDS[(data[0] if data else 0) % len(COMMANDS)]
    with _place.within():
        code, _, err = _place.said(*command.split(), typed=data[1:4000].decode("utf-8", "replace"), db=store)
        assert code in (0, 130) or err.startswith(("rung: ", "Usage: ")), (code, err)
    with Store.open(store) as opened:
        assert opened.check() == []
