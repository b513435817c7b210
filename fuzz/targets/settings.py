"""Any rung.toml, and any config.toml, is settings or a line that says what is wrong and where."""

from __future__ import annotations

from fuzz import promises
from rung.settings import WrongSetting, given, settled

WORDS = (b"new_per_day", b"reviews_per_day", b"drills_in_review", b"scheduler", b"anki", b" = ", b"true", b"20", b'"sm2"', b"[", b"]", b"inf", b"nan", b"1979-05-27",
         b"'''", b'"""', b"\\u0000", b"0x", b"_", b"#", b"[[", b"{", b"}", b"a.b.c", b"-1", b"1e9")  # fmt: skip


def seeds() -> tuple[bytes, ...]:
    return (
        b"",
        b"new_per_day = 20\nreviews_per_day = 200\n",
        b'scheduler = "fsrs"\ndrills_in_review = true\n',
        b"[x]\ny = 1\n",
    )


def tried(data: bytes) -> None:
    for personal in (True, False):
        try:
            settled([given("rung.toml", data, personal=personal)])
        except WrongSetting as error:
            promises.told(error)
