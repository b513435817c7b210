"""What no input may do, whatever it is: take 2 seconds, take 500 MB, write elsewhere, ask the network, start a program."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 2.0  # of the processor, not of the wall: the machine may have other work
BYTES = 500 << 20
OUTSIDE = ("socket.connect", "socket.getaddrinfo", "socket.bind", "urllib.Request", "webbrowser.open")
STARTING = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "pty.spawn")
CHANGING = ("os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.utime")  # their first argument; the last is a folder
MOVING = ("os.rename", "os.link", "os.symlink")  # their second argument
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Broken(BaseException):
    """A limit was overstepped. No program catches it by mistake, as it might an Exception."""


_allowed: list[tuple[Path, ...]] = []  # the folders in which may be written, while something is watched


def _audited(event: str, arguments: tuple[Any, ...]) -> None:
    if not _allowed:
        return
    if event in OUTSIDE or event in STARTING:
        raise Broken(f"{event} {arguments!r}")
    if event in CHANGING and arguments[-1] != -1:  # below a folder that is open, as `rmtree` does it
        return
    if event in (*CHANGING, "os.truncate") or (
        event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES
    ):
        _judge(event, arguments[0])
    elif event in MOVING:
        _judge(event, arguments[1])


def _judge(event: str, path: Any) -> None:
    if not isinstance(path, str | bytes | os.PathLike):  # a descriptor, whose opening was judged
        return
    where = Path(os.path.realpath(os.fsdecode(path)))
    if where == Path(os.devnull) or "__pycache__" in where.parts:  # Python keeps what it compiles
        return
    if not any(where.is_relative_to(folder) for folder in _allowed[-1]):
        raise Broken(f"{event} writes to {where}")


sys.addaudithook(_audited)


@contextmanager
def watched(*folders: Path) -> Iterator[None]:
    """A time in which may be written below these folders alone, and nothing may be asked of the world outside."""
    _allowed.append(tuple(Path(os.path.realpath(folder)) for folder in folders))
    try:
        yield
    finally:
        _allowed.pop()


@contextmanager
def hurried(seconds: float = SECONDS) -> Iterator[None]:
    """A time that ends, by Broken, after so many seconds of the processor. Where there is no such clock it is as long as
    it takes."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(_signal: int, _frame: Any) -> None:
        raise Broken(f"takes more than {seconds:g} s")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def peak() -> int:
    """The most bytes of memory that the process ever had; 0 where that is not told."""
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


@contextmanager
def modest(most: int = BYTES) -> Iterator[None]:
    """A time that raises Broken where the memory's peak grew by more than so many bytes."""
    before = peak()
    yield
    if peak() - before > most:
        raise Broken(f"takes {peak() - before:,} bytes")
