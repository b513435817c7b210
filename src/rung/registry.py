"""The modules of a folder by name: what lies in `drawings/`, `cards/`, `notes/`, `lint/`, `schedulers/`, `pages/` or `cli/`
is registered."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import ModuleType


def names(path: Iterable[str]) -> tuple[str, ...]:
    """The names of the modules on a package's `__path__`, sorted; those with a leading underscore are not for others."""
    return _names(tuple(path))


@cache
def _names(path: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(info.name for info in iter_modules(path) if not info.name.startswith("_")))


def module(package: str, name: str) -> ModuleType:
    return import_module(f"{package}.{name}")
