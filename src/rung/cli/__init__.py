"""The command line: one module a command, registered by being here, loaded when it is asked for.

A module gives a function of its own name (a leading underscore hides the module, one at the end keeps the function's
name from being a word of Python), or an `app` where the command has commands of its own.
"""

from __future__ import annotations

import ast
import sys
import traceback
from datetime import date
from importlib.util import find_spec
from itertools import islice
from keyword import iskeyword
from pathlib import Path
from pkgutil import get_data
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from rung import registry
from rung.cli import _out
from rung.cli._here import Findings, Here, Wrong
from rung.workspace import CannotGoOn, WrongSetting, environment, reason

HELP = "Spaced-repetition cards and ladder quizzes for staff-level ML and AI system-design interviews."

FIRST_YEAR, LAST_YEAR = 2000, 2999
CANNOT_GO_ON = 3  # the exit code
MODULES = registry.names(__path__)
COMMANDS = {name.replace("_", "-"): name for name in MODULES}


class Commands(TyperGroup):
    """The commands by name, each loaded when it is asked for; the list of them loads none."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = {name: TyperCommand(name) for name in COMMANDS}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return _loaded(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        width = formatter.width - 6 - max(map(len, COMMANDS))
        rows = [
            (name, TyperCommand(name, help=_doc(module)).get_short_help_str(width)) for name, module in COMMANDS.items()
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _loaded(name: str) -> Any:
    """The command, or the group of commands, that a module of this folder gives."""
    module = registry.module(__name__, COMMANDS[name])
    holder = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    if hasattr(module, "app"):
        holder.add_typer(module.app, name=name)
    else:
        holder.command(name)(getattr(module, _function(COMMANDS[name])))
    return typer.main.get_group(holder).commands[name]


def _doc(name: str) -> str:
    """What a command says of itself, read from its source."""
    source = get_data(__name__, f"{name}.py") or b""
    functions = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    return next((ast.get_docstring(node) or "" for node in functions if node.name == _function(name)), "")


def _function(name: str) -> str:
    """The name of the function that is the command of that name."""
    return f"{name}_" if iskeyword(name) else name


app = typer.Typer(
    name="rung", cls=Commands, help=HELP, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)  # fmt: skip


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        _out.put(f"rung {version('rung')}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    workspace: Annotated[
        Path | None,
        typer.Option(help="The folder with rung.toml; default: the nearest above.", envvar="RUNG_WORKSPACE"),
    ] = None,
    db: Annotated[Path | None, typer.Option(help="The learner's store.", envvar="RUNG_DB")] = None,
    today: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Take this for the day of today.", envvar="RUNG_TODAY")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Plain lines, as where there is no terminal.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the program an error came from.")] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and stop.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    context.obj = Here(workspace, db, _day(today), plain, debug)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Wrong(f'"{text}" is no day; write it as YYYY-MM-DD, such as 2026-11-21') from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Wrong(f"{day} is out of range; days are of the years {FIRST_YEAR} to {LAST_YEAR}")
    return day


def run(arguments: list[str]) -> int:
    """Run one command line; its exit code. 0 done, 1 findings, 2 wrong usage, 3 cannot go on, 130 interrupted."""
    _out.settle_streams()
    code = _ran(_options_first(arguments))
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _out.stop_quietly(sys.stdout)
        return 0
    except OSError as error:
        _out.stop_quietly(sys.stdout)
        return code if code == CANNOT_GO_ON else _said(error, CANNOT_GO_ON, arguments, f"stdout: {reason(error)}")
    return code


def _bare() -> list[str]:
    """What `rung` alone means: the desk, where there is a terminal for it and it is installed; else help."""
    return ["desk"] if _out.interactive() and environment("TERM") != "dumb" and find_spec("textual") else []


def _options_first(arguments: list[str]) -> list[str]:
    """The options of every command may stand behind the command, too."""
    first, rest, given = [], [], iter(arguments)
    for word in given:
        name, _, value = word.partition("=")
        if name in ("--plain", "--debug"):
            first.append(word)
        elif name in ("--workspace", "--db", "--today"):
            first += [word] if value else [word, *islice(given, 1)]
        elif word == "--":
            rest += [word, *given]
        else:
            rest.append(word)
    return first + (rest or _bare())


def _ran(arguments: list[str]) -> int:
    try:
        app(arguments, prog_name="rung")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except Findings:
        return 1
    except (Wrong, WrongSetting) as error:
        return _said(error, 2, arguments)
    except UnicodeEncodeError as error:  # an argument, or a path; texts that are read are asked before
        return _said(error, 2, arguments, f"this is not UTF-8: {error.object}; call it otherwise")
    except BrokenPipeError:
        return 0
    except CannotGoOn as error:
        return _said(error, CANNOT_GO_ON, arguments)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _said(error, CANNOT_GO_ON, arguments, place + reason(error))
    except KeyboardInterrupt:
        return 130
    return 0


def _said(error: Exception, code: int, arguments: list[str], words: str = "") -> int:
    if "--debug" in arguments or environment("RUNG_DEBUG"):
        traceback.print_exc()
    else:
        _out.tell(f"rung: {words or error}")
    return code
