"""What `rung tag` and `rung untag` have in common."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from rung.cli._here import Wrong

TAG = re.compile(r"[^\s\"*()]+")  # what a search can name
NAME = Annotated[str, typer.Argument(metavar="NAME", help="The tag; topic::sub stands below topic.")]


def checked(name: str) -> str:
    """The name, where it is one; raises Wrong."""
    if not TAG.fullmatch(name) or name == "none":
        raise Wrong(f'"{name}" is no tag; tags have no spaces, quotes, stars or parentheses, and "none" means no tag')
    return name
