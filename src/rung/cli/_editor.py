"""The learner's editor, $VISUAL or $EDITOR, while it has the terminal."""

from __future__ import annotations

import shlex
import signal
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rung.workspace import environment, reason

if TYPE_CHECKING:
    from collections.abc import Iterator


class NotStarted(Exception):
    """The editor did not start; the message says so and why."""


def command() -> str:
    """The editor's command line, empty where the learner has set none."""
    return environment("VISUAL") or environment("EDITOR")


@contextmanager
def running(command: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """The editor, until it ends; raises NotStarted.

    Ctrl-C is the editor's alone meanwhile: a handler, unlike SIG_IGN, is not handed on to it.
    """
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        try:
            editor = subprocess.Popen([*shlex.split(command), *arguments])
        except (OSError, ValueError) as error:
            why = reason(error) if isinstance(error, OSError) else error
            raise NotStarted(f"The editor {command} did not start ({why})") from None
        yield editor
        editor.wait()
    finally:
        signal.signal(signal.SIGINT, before)


def ends_within(editor: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait for the editor to end, so long at most; whether it did."""
    try:
        editor.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
