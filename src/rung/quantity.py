"""Numbers with their units, as people type them and as they are shown. Pure.

A unit is any words: `GPUs`, `ms`, `GB/s`, `$ per 1,000 tokens`. Bytes and times are converted, above the stroke of a rate
and below it; any other unit must agree by name. Prefixes are what they say: 1 GB is 10^9 bytes and 1 GiB is 2^30, so
where GB is asked `143 GiB` is 153.5 GB. Small and large letters are one, and bits are unknown: `gb` is GB.
"""

from __future__ import annotations

import math
import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 100  # characters
LARGEST = 1e300
WHOLE = 1e15  # integers above it are shown as powers of ten
MONEY = ("$", "€", "£")

WORDS = {"thousand": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12}
SI = {"k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12}
BINARY = {"ki": 2.0**10, "mi": 2.0**20, "gi": 2.0**30, "ti": 2.0**40}
SCALES = {**WORDS, **SI, **BINARY, "b": 1e9}
OF_BYTES, OF_TIME = "bytes ", "time "  # no name of another unit ends with a space
SCALES_OF = {OF_BYTES: WORDS, OF_TIME: {**WORDS, "k": 1e3}}  # 5m is no time: minutes, or milliseconds?

BYTES = {
    f"{prefix}{word}": size
    for prefix, size in {"": 1.0, **SI, "p": 1e15, **BINARY, "pi": 2.0**50}.items()
    for word in ("b", "byte")
}
TIMES = {
    "ns": 1e-9, "nanosecond": 1e-9, "us": 1e-6, "μs": 1e-6, "microsecond": 1e-6, "ms": 1e-3, "msec": 1e-3,
    "millisecond": 1e-3, "s": 1.0, "sec": 1.0, "second": 1.0, "min": 60.0, "minute": 60.0, "h": 3600.0, "hr": 3600.0,
    "hour": 3600.0, "d": 86_400.0, "day": 86_400.0, "week": 604_800.0,
}  # fmt: skip
SHARES = {"%": 0.01, "percent": 0.01}
SIZES = {
    **{name: (OF_BYTES, size) for name, size in BYTES.items()},
    **{name: (OF_TIME, size) for name, size in TIMES.items()},
    **{name: ("", size) for name, size in SHARES.items()},
}

SPACES = re.compile(r"\s+")  # no-break and thin ones are among them
NUMBER = (
    r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9,])|[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+",
    r"(?:e[+-]?[0-9]{1,3}(?![0-9]))?",
)
AMOUNT = re.compile(rf"[~≈]? ?([+-]?) ?([{''.join(MONEY)}]?) ?((?:{NUMBER[0]}){NUMBER[1]}) ?(.*)", re.IGNORECASE)
COUNTED = re.compile(rf"(?:({NUMBER[0]}) ?)?(?:([a-z]+) (?=\S))?(.*)")  # a unit such as `1k tokens`
ANOTHER = re.compile(r"[^a-z%/$€£μµ]|(?:to|and|or) ?[0-9]", re.IGNORECASE)  # behind a number: more of them, or a sum
PLURAL = re.compile(r"(?:(?<=[cs]h)e|(?<=x)e)?s$")
PER = re.compile(r" ?/ ?| (?:per|an?) |^per ")
RATE = re.compile(r"([kmgtp]i?b)ps")  # GBps
PREFIX = re.compile(r"([kmgtp]i?)(?:/(.*))?")  # of bytes, without the B: 298 G, 298 G/s


class Unclear(ValueError):
    """What was typed could mean several numbers; the message names them."""


def value(text: str, unit: str) -> float:
    """The number in `text`, in `unit`; raises ValueError, whose message says what is wrong with it.

    The unit may be left out. The number may be followed by `k`, `M`, `G`, `T`, and by `B` or `bn` for billions; where
    the unit is one of bytes those are its prefixes, and `B` is bytes. Where no unit is asked, `12%` is 0.12.
    """
    typed = SPACES.sub(" ", text.replace("−", "-")).strip().removesuffix(".")
    found = AMOUNT.fullmatch(typed) if len(text) <= LONGEST else None
    if not found:
        raise ValueError(f"{_quoted(typed)} is no number{f' in {unit}' if unit else ''}")
    sign, mark, number, tail = found.groups()
    if ANOTHER.match(tail):
        mend = ": write 0.35 with a point" if tail.startswith(",") else ""
        raise ValueError(f"{_quoted(typed)} is not one number{mend}")
    if mark and not unit.startswith(mark):
        raise ValueError(_other(mark, unit))
    amount = _plain(number) * _factor(tail, mark, unit)
    if amount > LARGEST:
        raise ValueError(f"{_quoted(typed)} is too large")
    return -amount if sign == "-" else amount


def shown(value: float, unit: str = "") -> str:
    """`value`, in `unit`, for people: `5,000 GPUs`, `100M`, `298 GB/s`, `0.35`, `12%`, `$0.35 per 1,000 tokens`.

    A number of few digits is shown whole; any other is rounded to three digits, or to a whole number.
    """
    sign = "-" if value < 0 else ""
    size = float(f"{abs(value):.12g}")  # without what adding floats leaves behind
    digits = _digits(size, scaled=unit != "%" and _measure(unit)[0][0] not in SCALES_OF)
    for mark in MONEY:
        if unit.startswith(mark):
            return f"{sign}{mark}{digits}{unit.removeprefix(mark)}"
    return f"{sign}{digits}{'' if unit in ('', '%') else ' '}{unit}"


def can_be_typed(value_: float, unit: str) -> bool:
    """Whether `value_` is read again as it is shown in `unit`, and `200M` can mean one number there.

    It cannot in `million users`: 200 of them, or two hundred million of them?
    """
    (kind, *_), _ = _measure(unit)
    first = _single(_parts(unit.strip().lstrip("".join(MONEY)))[0].partition(" ")[0])
    if first in SCALES_OF.get(kind, SCALES):
        return False
    try:
        return math.isclose(value(shown(value_, unit), unit), value_, rel_tol=0.01)
    except ValueError:
        return False


def follows(unit: str) -> dict[str, float]:
    """What may follow a number where `unit` is asked, and what the number is then multiplied with: `{"": 1, "k": 1000}`.

    Without spaces, in small letters, and `/` for per; a sign of money before the number begins it. These are the
    spellings that people use; `value` reads more.
    """
    found = {}
    for words in _spellings(unit):
        for mark in ("", *(sign for sign in MONEY if unit.startswith(sign))):
            with suppress(ValueError):
                found[mark + words.replace(" ", "")] = _factor(words, mark, unit)
    return found


def _spellings(unit: str) -> Iterator[str]:
    """Ways to write a unit, or to leave it out; some may mean nothing."""
    if len(unit) > LONGEST:  # so nobody can type it
        yield ""
        return
    (kind, *_), _ = _measure(unit)
    above, *below = _parts(unit.lstrip("".join(MONEY)))
    same = [name for name, (measured, _) in SIZES.items() if measured == kind]
    if kind in SCALES_OF:
        names = [*SCALES_OF[kind], *(name.removesuffix("b") for name in BYTES), *same, *(f"{name}s" for name in same)]
    else:
        own = ("", above, *above.split(), *map(_single, above.split()))
        names = [f"{scale} {name}".strip() for scale in ("", *SCALES) for name in own] + [*SHARES]
    for name in ("", *names):
        for end in ("", *(f"/{way}" for each in below for way in (each, _single(each)))):
            yield f"{name}{end}"
    yield from (f"{name}ps" for name in same if below == ["s"])


def _digits(size: float, *, scaled: bool) -> str:
    short = float(f"{size:.6g}") == size
    if size and not 1e-4 <= size < WHOLE:
        power = f"{size:.6g}" if short else f"{size:.2e}"
        digits, _, exponent = (power if "e" in power else f"{size:.5e}").partition("e")
        return f"{digits.rstrip('0').rstrip('.') if '.' in digits else digits}e{int(exponent)}"
    if scaled and size >= 1e6 and (short or size != int(size)):
        large, letter = next(
            (large, letter) for large, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M")) if size >= large
        )
        return f"{size / large:.6g}{letter}" if short else f"{size / large:.3g}{letter}"
    if short or size == int(size):
        return f"{size:,.10f}".rstrip("0").rstrip(".")
    return f"{size:,.0f}" if size >= 100 else f"{float(f'{size:.3g}'):.10f}".rstrip("0").rstrip(".")


# ── units ────────────────────────────────────────────────────────────────────────────────────────


def _factor(tail: str, mark: str, unit: str) -> float:
    """What a number that `mark` precedes and `tail` follows is multiplied with to be one in `unit`."""
    kind, size = _measure(unit)
    words = _folded(tail)
    if kind[0] == OF_BYTES and (prefix := PREFIX.fullmatch(words)):
        above, *below = _parts(unit)
        if SIZES[f"{prefix[1]}b"][1] < _one(above)[1]:
            bytes_ = f"{tail[: prefix.end(1)]}B{tail[prefix.end(1) :]}"
            raise Unclear(f"{_quoted(tail)} could mean {bytes_} or so many {unit}: write the unit too")
        words = "/".join((f"{prefix[1]}b", *([prefix[2]] if prefix[2] else below)))
    for scale, rest in _scaled(words, SCALES_OF.get(kind[0], SCALES)):
        if not rest:
            return scale
        named = f"{mark} {rest}" if mark else rest
        other, other_size = _measure(named)
        if other == kind:
            return scale * other_size / size
        if kind[0] not in SCALES_OF and _names(named) <= _names(_parts(unit)[0]):
            return scale
    raise ValueError(_other(tail, unit))


def _scaled(words: str, scales: dict[str, float]) -> Iterator[tuple[float, str]]:
    """`words` as they are, then without each scale that they may begin with."""
    yield 1.0, words
    for name, scale in sorted(scales.items(), key=lambda item: -len(item[0])):
        if words.startswith(name):
            yield scale, words.removeprefix(name).strip()


def _parts(unit: str) -> list[str]:
    """What stands above the stroke of a unit, and what below."""
    return PER.split(RATE.sub(r"\1/s", _folded(unit)))


@lru_cache(256)
def _measure(unit: str) -> tuple[tuple[str, ...], float]:
    """What a unit measures, above the stroke and below it, and its size: GB/s is bytes by time, 10^9 of them."""
    above, *below = _parts(unit)
    kind, size = _one(above)
    under = [_one(part) for part in below]
    for _, each in under:
        size /= each
    return (kind, *(name for name, _ in under)), size


def _one(words: str) -> tuple[str, float]:
    """What a unit without a stroke measures, and its size."""
    found = COUNTED.fullmatch(words)
    assert found
    number, scale, name = found.groups()
    if scale and scale not in SCALES:
        scale, name = None, f"{scale} {name}"
    kind, size = SIZES.get(name) or SIZES.get(_single(name)) or (" ".join(map(_single, name.split())), 1.0)
    return kind, (_plain(number) if number else 1.0) * SCALES.get(scale or "", 1.0) * size or 1.0


def _names(words: str) -> set[str]:
    return set(map(_single, words.split()))


def _single(word: str) -> str:
    return PLURAL.sub("", word) if len(word) > 3 else word


def _folded(words: str) -> str:
    return SPACES.sub(" ", words.casefold().replace("µ", "μ")).strip()


def _plain(number: str) -> float:
    return float(number.replace(",", "").replace(" ", ""))


def _other(given: str, unit: str) -> str:
    return f"the answer is in {unit}, not {given}" if unit else f"a plain number should stand here, without {given}"


def _quoted(text: str) -> str:
    return f'"{text}"' if len(text) <= 30 else f'"{text[:29]}…"'
