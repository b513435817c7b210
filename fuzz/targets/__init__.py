"""The promises, each with what it is tried by."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from random import Random
from typing import TYPE_CHECKING, Protocol, cast

from fuzz import mutation

if TYPE_CHECKING:
    from collections.abc import Sequence

FOUND = Path(__file__).parents[1] / "found"


class Target(Protocol):
    """What a module gives. `tried` raises where its promise is broken, by an AssertionError or by whatever went wrong;
    `seeds` are sound inputs to begin with, and `WORDS` what such inputs are made of. One whose inputs are no text gives a
    `mutated` of its own."""

    WORDS: Sequence[bytes]

    def tried(self, data: bytes) -> None: ...
    def seeds(self) -> Sequence[bytes]: ...


def names() -> tuple[str, ...]:
    return tuple(sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_")))


def target(name: str) -> Target:
    return cast("Target", import_module(f"{__name__}.{name}"))


def mutated(which: Target, data: bytes, seed: int) -> bytes:
    """Another input, made of `data` as its form allows; the same for the same seed."""
    own = getattr(which, "mutated", None)
    if own:
        return cast("bytes", own(data, Random(seed)))
    return mutation.words(data, Random(seed), which.WORDS, which.seeds())


def found(name: str) -> dict[str, bytes]:
    """The inputs that once broke that promise, each by the name that says how."""
    return {path.name: path.read_bytes() for path in sorted((FOUND / name).glob("*")) if path.is_file()}
