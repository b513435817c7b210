"""What a learner names without its whole id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.cli._here import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterable


def meant(names: Iterable[str], typed: str, what: str, listing: str) -> str:
    """The one of `names` that was typed, whole or from a `/` on; raises Wrong.

    `what` says what they name, `listing` is the command that lists them.
    """
    names = tuple(names)
    found = [typed] if typed in names else [name for name in names if name.endswith(f"/{typed}")]
    if len(found) == 1:
        return found[0]
    if found:
        raise Wrong(f'"{typed}" may be {", ".join(found)}')
    from rung.fields import did_you_mean  # here, for most names are right, and it loads pydantic

    known = (*names, *(name.rpartition("/")[2] for name in names))
    raise Wrong(f'there is no {what} "{typed}"; {did_you_mean(typed, known, f"list them with: {listing}")}')
