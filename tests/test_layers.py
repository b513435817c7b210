"""The rooms of the package: imports go one way, and what thinks does not touch the world."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "rung"

# From the bottom up: a module imports from rooms below its own, and a folder from itself. A new module needs a place.
ROOMS = (
    ("model", "registry", "graph"),
    ("ink",),
    ("drawings",),
    ("charts",),
    ("commonmark", "unmarked"),
    ("shuffle", "lines"),
    ("text",),
    ("rendered",),
    ("quantity",),
    ("formula",),
    ("cards",),
    ("drafts", "paper"),
    ("fields",),
    ("notes",),
    ("sources",),
    ("cardfile",),
    ("history",),
    ("claims",),
    ("outcome",),
    ("lint",),
    ("compiler",),
    ("authoring",),
    ("recall", "ability"),
    ("window",),
    ("schedulers",),
    ("counts", "soundness"),
    ("replay",),
    ("outlook", "evaluation"),
    ("statistics",),
    ("journal",),
    ("waiting",),
    ("session",),
    ("settings",),
    ("search",),
    ("marks",),
    ("drilling",),
    ("rated",),
    ("quiz",),
    ("final", "mock", "placement"),
    ("quizzes",),
    ("pages",),
    ("plan",),
    ("press",),
    ("report",),
    # ── below this line the world is touched ──
    ("store",),
    ("anki",),
    ("workspace",),
    ("writing",),
    ("draft",),
    ("devices",),
    ("seat",),
    ("desk",),
    ("preview",),
    ("cli",),
    ("__main__", "__init__"),
)
LEVEL = {room: level for level, rooms in enumerate(ROOMS) for room in rooms}
PURE = {room for room, level in LEVEL.items() if level <= LEVEL["report"]}
WORLDLY = {"os", "pathlib", "sqlite3", "time", "random", "subprocess", "shutil", "tempfile", "socket", "sys"}
NETWORK = re.compile(
    r"(socket|socketserver|ssl|http|urllib\.request|asyncio(?!\.(Event|Queue|sleep|timeout)$)|ftplib|smtplib)\b"
)
PRIVATE = re.compile(r"\._(?!_)")
PYDANTIC = {"fields", "notes", "sources", "authoring"}

MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def room(module):
    """The room of a file of the package: its folder, or its own name."""
    return module.removesuffix(".py").partition("/")[0]


def imported(tree, module):
    """The full names of all that a module imports, wherever it does so."""
    package = ["rung", *module.split("/")[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            whole = ".".join([*base, *filter(None, [node.module])])
            yield from (f"{whole}.{alias.name}" for alias in node.names)


@cache
def parsed(module):
    return ast.parse((PACKAGE / module).read_text(encoding="utf-8"))


def wrong(module, tree):
    """What a module may not do."""
    own = room(module)
    for name in imported(tree, module):
        top, _, rest = name.partition(".")
        other = rest.partition(".")[0]
        if top == "rung" and (other or "__init__") not in LEVEL:
            yield f"rung.{other} has no room"
        elif top == "rung" and other != own and LEVEL[other or "__init__"] >= LEVEL[own]:
            yield f"imports {other}"
        elif top == "rung" and other != own and PRIVATE.search(rest):
            yield f"imports {rest}, which is that room's own"
        elif (top in WORLDLY and own in PURE) or (top in ("pydantic", "pydantic_core") and own not in PYDANTIC):
            yield f"imports {top}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and own in PURE:
            called = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            if called in ("open", "print", "input", "now", "today", "utcnow"):
                yield f"calls {called}()"


def test_every_module_has_a_room():
    told = "a module needs a place in ROOMS, and in docs/architecture.md"
    assert [module for module in MODULES if room(module) not in LEVEL] == [], told


def test_every_room_is_there():
    assert [each for each in LEVEL if not (PACKAGE / each).is_dir() and not (PACKAGE / f"{each}.py").is_file()] == []


def test_imports_go_one_way_and_what_thinks_leaves_the_world_alone():
    faults = {module: list(wrong(module, parsed(module))) for module in MODULES if room(module) in LEVEL}
    assert {module: told for module, told in faults.items() if told} == {}


def test_two_modules_know_the_network_and_they_are_asked_for_by_name():
    def talks(module):
        return any(NETWORK.match(name) for name in imported(parsed(module), module))

    assert [module for module in MODULES if talks(module)] == ["anki/connect.py", "preview/server.py"]


@pytest.mark.parametrize(
    ("module", "source", "faults"),
    [
        ("session.py", "from rung import cards, shuffle", []),
        ("session.py", "from rung.quiz import task", ["imports quiz"]),
        ("registry.py", "from rung import model", ["imports model"]),  # of one level, but not of one room
        ("cards/cloze.py", "from rung.cards import choice\nfrom . import ordering\nfrom .. import text", []),
        ("cards/cloze.py", "from ..notes import fact", ["imports notes"]),
        ("cards/cloze.py", "from rung.cards import _share\nfrom rung.cards._share import grade", []),
        ("pages/day.py", "from rung.notes import _faults", ["imports notes._faults, which is that room's own"]),
        ("cli/print.py", "from rung.text import _parser", ["imports text._parser, which is that room's own"]),
        ("text.py", "def late():\n    import rung.store.log", ["imports store"]),
        ("text.py", "if TYPE_CHECKING:\n    from rung.cli import app", ["imports cli"]),
        ("text.py", "from rung import nowhere", ["rung.nowhere has no room"]),
        ("store/log.py", "import os, time\nfrom rung.model import Card", []),
        ("store/log.py", "from rung.anki import names", ["imports anki"]),
        ("store/log.py", "import pydantic", ["imports pydantic"]),
        ("fields.py", "from pydantic_core import core_schema", []),
        ("quiz.py", "import os.path\nfrom pathlib import Path\nimport datetime", ["imports os", "imports pathlib"]),
        (
            "quiz.py",
            "def late():\n    open('x')\n    path.open()\n    date.today()",
            ["calls open()"] * 2 + ["calls today()"],
        ),
    ],
)
def test_what_is_noticed(module, source, faults):
    assert list(wrong(module, ast.parse(source))) == faults
