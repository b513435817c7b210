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
    raise Wrong(f'there is no {what} "{typed}"; {_hint(names, typed, listing)}')


def _hint(names: Iterable[str], typed: str, listing: str) -> str:
    from difflib import get_close_matches

    known = {form: name for name in names for form in (name, name.rpartition("/")[2])}
    near = get_close_matches(typed, known, 1)
    return f"did you mean {known[near[0]]}?" if near else f"list them with: {listing}"
