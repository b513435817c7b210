"""Where things are and what time it is: the only module that knows paths, settings and the clock."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from rung.model import Location, Problem
from rung.settings import Settings as Settings
from rung.settings import WrongSetting as WrongSetting
from rung.settings import given, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MARK = "rung.toml"
MEDIA = "_media"  # no deck has an underscore in its name
DECKS = (".yaml", ".yml")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
DAY_TURNS = timedelta(hours=4)
SHIPPED = "shipped"
LARGEST_DECK = 8 * 1024 * 1024 + 1  # bytes; one more than a deck may have is enough to see that it is too large
PACKAGE = Path(__file__).resolve().parent


class CannotGoOn(Exception):
    """The world is not as it must be: no workspace, an unreadable file. The message says where and how to mend it."""


# ── the clock ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Clock:
    """The learner's day and the instant. With `today` given, the instant is that day's noon plus what has elapsed."""

    today: date | None = None
    started: float = field(default_factory=time.monotonic)

    def day(self) -> date:
        """The learner's calendar day, which turns at 04:00 local time."""
        return self.today or learner_day(datetime.now().astimezone())

    def now(self) -> int:
        """The UTC instant in milliseconds."""
        if self.today is None:
            return time.time_ns() // 1_000_000
        noon = datetime(self.today.year, self.today.month, self.today.day, 12).astimezone()
        return int(noon.timestamp() * 1000) + self.elapsed()

    def turn(self, day: date) -> int:
        """The UTC second at which a day turned, at the distance from UTC that local time has now."""
        now = datetime.fromtimestamp(self.now() / 1000).astimezone()
        return int((datetime(day.year, day.month, day.day, tzinfo=now.tzinfo) + DAY_TURNS).timestamp())

    def elapsed(self) -> int:
        """Milliseconds since the program started; never runs backwards."""
        return int((time.monotonic() - self.started) * 1000)


def learner_day(local: datetime) -> date:
    """The day that a local time belongs to."""
    return (local - DAY_TURNS).date()


def utc_seconds() -> int:
    """The UTC instant in seconds, by which compiled cards say when they changed."""
    return int(datetime.now(UTC).timestamp())


# ── settings ─────────────────────────────────────────────────────────────────────────────────────


def settings(workspace: Workspace | None) -> Settings:
    """The learner's settings over those of the workspace over ours; raises WrongSetting."""
    own, mark = config_file(), workspace.root / MARK if workspace else None
    files = [path for path in (mark, own) if path]
    return settled(given(str(path), _bytes(path) or b"", personal=path == own) for path in files)


def config_file() -> Path:
    from platformdirs import user_config_path

    return user_config_path("rung", appauthor=False) / "config.toml"


def store_file() -> Path:
    """The learner's own store."""
    from platformdirs import user_data_path

    return user_data_path("rung", appauthor=False) / "rung.db"


def last_build_file(workspace: Workspace) -> Path:
    """Where a workspace's last build is kept: in the learner's cache, as whoever writes a workspace may be a stranger."""
    from platformdirs import user_cache_path

    name = sha256(os.fsencode(workspace.root)).hexdigest()[:32]
    return user_cache_path("rung", appauthor=False) / "builds" / f"{name}.json"


def draft_file(store: Path, name: str) -> Path:
    """Where the draft of that name lies: in a folder beside the store, as it is the same learner's."""
    return store.with_name(f"{store.stem}-drafts") / f"{name}.md"


def kept_text(path: Path) -> str | None:
    """The text of a file that may have gone through any editor; None where there is none. Raises CannotGoOn."""
    data = _bytes(path)
    return None if data is None else data.decode("utf-8-sig", "replace").replace("\r\n", "\n")


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CannotGoOn(f"{path}: {reason(error)}") from None


# ── workspaces ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with `rung.toml`, `decks/`, `cards/` and `exports/`."""

    root: Path

    @property
    def cards(self) -> Path:
        return self.root / "cards"

    @property
    def decks(self) -> Path:
        return self.root / "decks"

    @property
    def exports(self) -> Path:
        return self.root / "exports"


def workspace_at(folder: Path) -> Workspace:
    """The workspace whose root is `folder`; raises CannotGoOn."""
    if not (folder / MARK).is_file():
        raise CannotGoOn(f"{folder} is no workspace: it holds no {MARK}; make one with: rung init {folder}")
    return Workspace(real(folder))


def workspace_above(folder: Path) -> Workspace | None:
    """The nearest workspace that holds `folder`, found by walking up."""
    for each in (real(folder), *real(folder).parents):
        if (each / MARK).is_file():
            return Workspace(each)
    return None


def texts(workspace: Workspace) -> tuple[dict[str, bytes], list[Problem]]:
    """Every deck file by its path below `decks/`, and a problem for each file or folder that cannot be read."""
    found, problems = {}, []

    def refuse(below: str, why: str) -> None:
        where = Location(f"decks/{below if below.isprintable() else ascii(below)[1:-1]}", 1, 1)
        problems.append(Problem(where, why, "put a readable file here, or take this away"))

    def told(error: OSError) -> None:
        refuse(Path(error.filename).relative_to(workspace.decks).as_posix(), reason(error))

    for below in _below(workspace.decks, told):
        path = workspace.decks / below
        try:
            if path.is_symlink() and path.is_dir():
                refuse(below, "this is a link to a folder, which is not followed")
            elif below.lower().endswith(DECKS):
                if not path.is_file():
                    raise OSError(_what_else(path))
                if not path.name.isprintable():
                    raise OSError("this name has characters that cannot be shown")
                with path.open("rb") as file:  # room for the largest is made only for what is large
                    found[below] = file.read(LARGEST_DECK if path.stat().st_size > LARGEST_DECK else -1)
        except OSError as error:
            refuse(below, reason(error))
    return found, problems


def pictures(workspace: Workspace) -> dict[str, Path]:
    """Every picture file by its path below `decks/`. What a link brings in from outside the workspace is none: a deck of
    others would take private pictures of the learner's along into packages."""
    found = {below: workspace.decks / below for below in _below(workspace.decks) if below.lower().endswith(PICTURES)}
    root = real(workspace.root)
    return {
        below: path
        for below, path in found.items()
        if path.is_file() and path.name.isprintable() and real(path).is_relative_to(root)
    }


def _below(folder: Path, told: Callable[[OSError], None] = lambda error: None) -> Iterator[str]:
    """Every file, link and deck-like folder by its path below a folder, with `/`, sorted, hidden ones left out; `told`
    hears what fails."""
    for root, folders, files in os.walk(folder, onerror=told):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        odd = (name for name in folders if name.lower().endswith(DECKS) or (Path(root) / name).is_symlink())
        here = "" if Path(root) == folder else f"{Path(root).relative_to(folder).as_posix()}/"
        yield from (here + name for name in sorted([*odd, *files]) if not name.startswith("."))


def content(path: Path) -> bytes:
    """What is in a picture file; raises CannotGoOn."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotGoOn(f"{path}: {reason(error)}") from None


def named_by_content(name: str, content: bytes) -> str:
    """The name of a file that holds what its content hashes to, in letters that any system and any text can have."""
    path = PurePosixPath(name)
    stem = "".join(char if char.isascii() and char.isalnum() else "-" for char in path.stem)
    return f"{stem}-{sha256(content).hexdigest()[:12]}{path.suffix.lower()}"


def _what_else(path: Path) -> str:
    if path.is_dir():
        return "this is a folder, not a file"
    return "this is a link to nothing" if path.is_symlink() else "this is no file"


def reason(error: OSError) -> str:
    """Why the system refused, in its own words."""
    return (error.strerror or str(error)).lower()


def real(path: Path) -> Path:
    """Where a path leads by its links; as far as they do where they go round in a circle, at which `Path.resolve` raises."""
    return Path(os.path.realpath(path))


def environment(name: str) -> str:
    """An environment variable, empty where it is not set."""
    return os.environ.get(name, "")


# ── compiled cards ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class CardFolder:
    """A folder of compiled cards; `name` tells it from others in the store."""

    name: str
    path: Path

    def stamps(self) -> dict[str, tuple[int, int]]:
        """Every card file by its path in the folder, with its time (ns) and size (bytes)."""
        return {path: _stamp(self.path / path) for path in self.files()}

    def digests(self) -> dict[str, str]:
        """Every card file by its path in the folder, with the digest of its bytes; raises CannotGoOn."""
        try:
            return {path: _hashed(self.path / path) for path in self.files()}
        except OSError as error:
            raise CannotGoOn(f"{error.filename}: {reason(error)}; make it anew with: rung build") from None

    def files(self) -> list[str]:
        """Every card file by its path in the folder; raises CannotGoOn where a folder cannot be read."""

        def told(error: OSError) -> None:
            raise CannotGoOn(f"{error.filename}: {reason(error)}")

        found = _below(self.path, told) if self.path.exists() else ()
        return [path for path in found if path.endswith(".jsonl") and (self.path / path).is_file()]

    def media(self) -> dict[str, Path]:
        """The pictures of the cards by name."""
        return {path.name: path for path in sorted((self.path / MEDIA).glob("*")) if path.is_file()}

    def text(self, path: str) -> str:
        """The text of a card file; raises CannotGoOn."""
        try:
            return (self.path / path).read_text("utf-8")
        except (OSError, ValueError) as error:
            why = reason(error) if isinstance(error, OSError) else "not UTF-8"
            raise CannotGoOn(f"{self.path / path}: {why}; make it anew with: rung build") from None


def _hashed(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


def card_folder(workspace: Workspace | None) -> CardFolder:
    """The cards of the workspace, else those that came with the program; raises CannotGoOn."""
    if workspace:
        return CardFolder(str(workspace.cards), workspace.cards)
    for path in (PACKAGE / "compiled", PACKAGE.parents[1] / "cards"):
        if path.is_dir():
            return CardFolder(SHIPPED, path)
    raise CannotGoOn("no cards came with this installation; install it again, or go to a folder with decks")
