"""What a learner may set, and what is said of a settings file that holds something else. Pure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST = 100_000  # cards a day


class WrongSetting(Exception):
    """A settings file holds what it should not; the message says where, what and how to mend it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner may set in `config.toml`; a workspace's `rung.toml` gives defaults. Counts are a day's.

    With `drills_in_review` a sitting asks drills as it asks other cards; without, only `rung drill` does. `scheduler` is
    the algorithm that sets the days. A running Anki is talked to at `anki_connect`, with its key if it wants one.
    """

    new_per_day: int = 12
    reviews_per_day: int = 200
    drills_in_review: bool = False
    scheduler: str = "sm2"
    anki_connect: str = "http://127.0.0.1:8765"
    anki_connect_key: str = ""


PERSONAL = ("scheduler", "anki_connect", "anki_connect_key")
"""What no workspace sets. A store holds the cards of all of them, so a scheduler that came with one would set the days of
the others, and the log would be replayed with each change of folder. To Anki the log goes, and a workspace may be another's.
"""


def settled(given: Iterable[Mapping[str, Any]]) -> Settings:
    """Our settings with what was given put over them, the last over all."""
    merged: dict[str, Any] = {}
    for each in given:
        merged |= each
    return Settings(**merged)


def given(path: str, toml: bytes, *, personal: bool = True) -> Mapping[str, Any]:
    """The settings in the text of the file at `path`, the learner's `personal` one or not; raises WrongSetting."""
    try:
        found = tomllib.loads(toml.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise WrongSetting(f"{path}: {error}; mend the file or take it away") from None
    known = {each.name: type(each.default) for each in fields(Settings)}
    for name, value in found.items():
        if name not in known:
            raise WrongSetting(f"{path}: there is no setting {name}; settings are {', '.join(known)}")
        if name in PERSONAL and not personal:
            raise WrongSetting(f"{path}: {name} is for your own config.toml, not for a workspace")
        if known[name] is str and type(value) is not str:
            raise WrongSetting(f"{path}: {name} should be text, not {value!r}")
        if known[name] is bool and type(value) is not bool:
            raise WrongSetting(f"{path}: {name} should be true or false, not {value!r}")
        if known[name] is int and not (type(value) is int and 0 <= value <= MOST):
            raise WrongSetting(f"{path}: {name} should be a whole number from 0 to {MOST:,}, not {value!r}")
        if name == "scheduler":
            _check_scheduler(path, value)
    return found


def _check_scheduler(path: str, name: str) -> None:
    from difflib import get_close_matches

    from rung import schedulers  # here, for `rung --help` reads no settings

    known = schedulers.names()
    if name not in known:
        near = get_close_matches(name.lower(), known, 1)
        mend = f"did you mean {near[0]}?" if near else f"schedulers are {', '.join(known)}"
        raise WrongSetting(f'{path}: there is no scheduler "{name}"; {mend}')
