"""What `rung tag` and `rung untag` have in common."""

from __future__ import annotations

from typing import Annotated

import typer

from rung import marks
from rung.cli._here import Wrong

NAME = Annotated[str, typer.Argument(metavar="NAME", help="The tag; topic::sub stands below topic.")]


def checked(name: str) -> str:
    """The name, where it is one; raises Wrong."""
    try:
        return marks.tag(name)
    except marks.NotSaid as error:
        raise Wrong(str(error)) from None
