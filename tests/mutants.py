"""Rung changed in thousands of small ways, one at a time: does a test notice?

`make mutants`, or `python tests/mutants.py schedulers --sample 200`. mutmut makes the mutants. Its own runner collects all
tests anew for each, which for Rung takes longer than the tests themselves; so each mutant is tried here in a fork of a
process that has collected once, on the tests that reach the changed function: first those that noticed others in it,
then the quickest. What survives stands in `survivors.toml` with its reason; any other is told.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import ndiff
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from _pytest.runner import runtestprotocol

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).resolve().parents[1]
NOT_SOURCE = shutil.ignore_patterns(".venv", ".git", ".*_cache", ".hypothesis", "__pycache__", "*.egg-info")
MEMORY = 4 << 30  # bytes that a mutant may take
MOST = 0.02  # of a room's mutants may survive


class Room(NamedTuple):
    """What is changed, below `src/rung/`, and which tests are to notice it, below `tests/`."""

    modules: str
    tests: str


ROOMS = {
    "schedulers": Room(
        "schedulers/*.py recall.py window.py",
        "test_sm2.py test_fsrs.py test_recall.py test_window.py test_replay.py test_store_schedulers.py",
    ),
    "scoring": Room(
        "session.py waiting.py rated.py shuffle.py cards/*/__init__.py cards/*.py",
        "test_session.py test_rated.py test_cards*.py test_cli_review.py test_cli_drill.py test_cli_drill_attempts.py"
        " test_cli_drill_review.py test_cli_quiz.py test_cardfile.py",
    ),
    "fold": Room(
        "replay.py soundness.py journal.py marks.py counts.py",
        "test_marks.py test_replay.py test_journal.py test_fsrs.py test_sm2.py test_store.py test_store_marks.py"
        " test_store_found.py test_placement.py",
    ),
    "log": Room(
        "store/log.py store/merge.py store/memory.py store/rows.py store/seal.py",
        "test_store.py test_store_marks.py test_store_schedulers.py test_store_damage.py test_devices.py"
        " test_devices_copies.py test_cli_data.py",
    ),
    "store": Room(
        "store/__init__.py store/backups.py store/conditions.py store/database.py store/doctor.py store/due.py"
        " store/figures.py store/found.py store/planning.py store/queues.py store/schema.py store/sent.py store/shelf.py",
        "test_store*.py test_statistics.py test_cli_stats.py",
    ),
    "compiler": Room(
        "compiler.py outcome.py claims.py history.py cardfile.py sources/*.py",
        "test_compiler.py test_claims.py test_history.py test_cardfile.py test_sources_yaml.py test_deck_problems.py"
        " test_notes.py test_lint.py test_pictures.py test_outcome.py test_build_again.py test_cli_decks.py",
    ),
    "rules": Room("lint/*.py", "test_lint.py test_authoring.py"),
    "reader": Room(
        "anki/archive.py anki/foreign.py anki/decks.py anki/markdown.py anki/_converter.py anki/clozes.py"
        " anki/history.py anki/arrivals.py anki/collection.py",
        "test_anki_archive.py test_anki_templates.py test_anki_decks.py test_anki_history.py test_anki_collection.py"
        " test_anki_foreign.py test_anki_markdown.py test_import_deck.py test_import_hostile.py test_import_deck_real.py"
        " test_cli_anki.py",
    ),
    "writer": Room(
        "anki/package.py anki/models.py anki/notes.py anki/templates.py anki/types.py anki/identity.py anki/names.py",
        "test_anki_package.py test_anki_types.py test_anki_templates.py test_anki_look.py test_anki_real.py test_anki_history.py"
        " test_cli_anki.py",
    ),
}

# Changes that nobody could tell are not made: letters of SQL in the other case, and of an encoding's name; the type that
# `cast` tells to mypy alone; whether `zip` would refuse lengths that are the same.
SQL = re.compile(
    r"\b(?:SELECT|FROM|WHERE|AND|JOIN|ORDER BY|GROUP BY|LIMIT|INSERT|VALUES|UPDATE|DELETE|PRAGMA|BEGIN|COMMIT|NOT|EXISTS"
    r"|BETWEEN|LIKE|OR)\b"
)
LITERAL = re.compile(r"'\w[^']*'")
TOLD_TO_NONE = re.compile(r"\bcast\((?:[^,()]|\([^()]*\))*, |\bcast\((?=\w+\))|(?:, )?strict=\w+|, (?=\))")


@dataclass(frozen=True)
class Mutant:
    """One change: `name` is how mutmut calls it, `function` what it is made in; the lines as they were and are now."""

    name: str
    function: str
    was: str
    now: str

    @property
    def same(self) -> bool:
        """Whether nobody could tell it from what it was."""
        letters = self.was.lower() == self.now.lower()
        return (
            (letters and ("utf-8" in self.was or (SQL.search(self.was) and LITERAL.findall(self.was) == LITERAL.findall(self.now))))
            or TOLD_TO_NONE.sub("", self.was) == TOLD_TO_NONE.sub("", self.now)
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.function}\n  - {self.was}\n  + {self.now}"


def dotted(folder: Path, module: Path) -> str:
    return ".".join(module.relative_to(folder / "src").with_suffix("").parts).removesuffix(".__init__")


def mutated(folder: Path, module: Path) -> list[Mutant]:
    """Put all mutants of a module into it, to be chosen among when it runs; they, but for those that mean the same."""
    from mutmut.mutation.file_mutation import mutate_file_contents

    within = dotted(folder, module)
    made = mutate_file_contents(str(module), module.read_text("utf-8"))
    module.write_text(made.code, "utf-8")
    lines = made.code.splitlines()
    spans = made.line_span_by_function_name
    texts = {  # each with the head of the function that was changed
        name: "\n".join(lines[spans[name].start - 1 : spans[name].end]).replace(name, "it").splitlines()
        for name in spans
    }
    mutants = []
    for name in made.mutant_names:
        mangled, _, _ = name.partition("__mutmut_")
        changes = [line for line in ndiff(texts[f"{mangled}__mutmut_orig"], texts[name]) if line[0] in "-+"]
        gone, came = (" ".join(line[2:].strip() for line in changes if line[0] == sign) or "(nothing)" for sign in "-+")
        mutants.append(Mutant(f"{within}.{name}", f"{within}.{mangled}", gone, came))
    return [mutant for mutant in mutants if not mutant.same]


class Trial:
    """A plugin of pytest that tries the mutants on what was collected, instead of running it."""

    def __init__(self, mutants: list[Mutant], folder: Path, tests: list[str], told: set[str]) -> None:
        self.mutants, self.folder, self.tests, self.told = mutants, folder, tests, told
        self.survivors: list[Mutant] = []
        self.outcomes = Counter[str]()

    def pytest_sessionstart(self) -> None:
        """Let Hypothesis try the same examples each time, and not look for a smaller one."""
        from hypothesis import Phase, settings

        settings.register_profile(
            "mutants", deadline=None, max_examples=100, derandomize=True, database=None,
            phases=[Phase.explicit, Phase.generate],
        )  # fmt: skip
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        from mutmut.mutation.trampoline import set_mutant_under_test

        at_import = observed()
        set_mutant_under_test("")
        reach, spent, failed = forked(lambda: measured(session.items))[1]
        self.tests += [f"--deselect={test}" for test in failed]
        for test in failed:
            sys.stdout.write(f"LEFT OUT, as it fails without any mutant: {test}\n")
        noticed: dict[str, Counter[str]] = defaultdict(Counter)
        items = {item.nodeid: item for item in session.items}
        for mutant in self.mutants:
            kills = noticed[mutant.function]
            order = sorted(reach[mutant.function], key=lambda test: (-kills[test], spent[test]))

            def tried(mutant: Mutant = mutant, order: list[str] = order) -> str:
                set_mutant_under_test(mutant.name)
                return next((test for test in order if not passes(items[test], 5 + 10 * spent[test])), "")

            outcome, test = forked(tried) if order else ("", "")
            outcome = outcome or ("killed" if test else "survived" if order else "unreached")
            if outcome in ("survived", "unreached") and mutant.function in at_import:
                outcome = self.imported(mutant) or outcome
            self.outcomes[outcome] += 1
            if test:
                kills[test] += 1
            if outcome in ("survived", "unreached"):
                self.survivors.append(mutant)
                if str(mutant) not in self.told:
                    sys.stdout.write(f"NOT KNOWN: {mutant}\n")
                    sys.stdout.flush()
        return True

    def imported(self, mutant: Mutant) -> str:
        """What became of a mutant in what runs at import, in a process that imports it; empty where nobody noticed."""
        run = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *self.tests]
        try:
            done = subprocess.run(
                run, env={**os.environ, "MUTANT_UNDER_TEST": mutant.name}, cwd=self.folder, capture_output=True,
                check=False, timeout=600,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return "late"
        return "killed" if done.returncode else ""


def observe() -> None:
    """From now on, note the functions that are called."""
    from mutmut.mutation.trampoline import set_mutant_under_test

    set_mutant_under_test("stats")
    del os.environ["MUTANT_UNDER_TEST"]  # which what tests start is not to write


def observed() -> set[str]:
    """The functions that were called since this was asked last."""
    from mutmut.state import state

    called = set(state()._stats)
    state()._stats.clear()
    return called


def passes(item: pytest.Item, seconds: float) -> bool:
    """Whether a test passes. Where it takes more than these seconds of the processor, or much longer, all ends here."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.alarm(ceil(20 * seconds))
    return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def measured(items: list[pytest.Item]) -> tuple[dict[str, set[str]], dict[str, float], list[str]]:
    """Which tests reach which functions, the seconds each test takes, and which fail."""
    observe()
    reach, spent, failed = defaultdict(set), {}, []
    for item in items:
        started = time.process_time()
        sound = passes(item, 600)
        if not sound:
            failed.append(item.nodeid)
        spent[item.nodeid] = time.process_time() - started
        for function in observed() if sound else ():
            reach[function].add(item.nodeid)
    return reach, spent, failed


def forked(work: Callable[[], Any]) -> tuple[str, Any]:
    """What `work` gives in a process of its own, after an empty word; or "died" or "late", and None."""
    reader, writer = os.pipe()
    if (child := os.fork()) == 0:
        code = 1
        try:
            os.close(reader)
            quiet = os.open(os.devnull, os.O_RDWR)
            for descriptor in range(3):
                os.dup2(quiet, descriptor)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            with open(writer, "wb") as told:  # noqa: PTH123 - a descriptor
                pickle.dump(work(), told)
            code = 0
        finally:
            os._exit(code)
    os.close(writer)
    with open(reader, "rb") as told:  # noqa: PTH123 - a descriptor
        answer = told.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == 0:
        return "", pickle.loads(answer)
    return ("late" if -status in (signal.SIGPROF, signal.SIGALRM) else "died"), None


# ── what is known ────────────────────────────────────────────────────────────────────────────────


def known() -> set[str]:
    """The survivors that are known, each as its text."""
    listed = tomllib.loads((REPOSITORY / "tests" / "survivors.toml").read_text("utf-8"))
    return {str(mutant).strip() for reason in listed["reason"] for mutant in reason["mutants"]}


def tried(name: str, like: str, sample: int | None, seed: int) -> bool:
    """Try a room and tell how it went; whether nothing survived that is not known, and not too much."""
    room, told, started = ROOMS[name], known(), time.monotonic()
    with TemporaryDirectory(prefix="rung-mutants-") as temporary:
        folder = Path(shutil.copytree(REPOSITORY, Path(temporary) / "rung", ignore=NOT_SOURCE))
        os.chdir(folder)
        modules = sorted({path for glob in room.modules.split() for path in (folder / "src/rung").glob(glob)})
        all_mutants = [mutant for module in modules for mutant in mutated(folder, module)]
        all_mutants = [mutant for mutant in all_mutants if re.search(like, str(mutant))]
        chosen = set(random.Random(seed).sample(range(len(all_mutants)), min(sample or 10**9, len(all_mutants))))
        tests = sorted({str(path) for glob in room.tests.split() for path in (folder / "tests").glob(glob)})
        trial = Trial([mutant for place, mutant in enumerate(all_mutants) if place in chosen], folder, tests, told)
        sys.path.insert(0, str(folder / "src"))
        os.environ["PYTHONPATH"] = str(folder / "src")  # and so do the programs that tests start
        options = [
            *("-s", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"),
            *("-k", "not (end_soon or in_no_time or neither_time)"),  # which measure seconds
            f"--basetemp={temporary}/tmp",
        ]
        observe()  # while modules and tests are imported
        if code := pytest.main([*options, f"--rootdir={folder}", *tests], plugins=[trial]):
            sys.exit(f"{name}: pytest gave {code!r}")
        os.chdir(REPOSITORY)
    lived, of = len(trial.survivors), len(trial.mutants)
    texts = {str(mutant) for mutant in trial.survivors}
    made = {str(mutant) for mutant in all_mutants}
    theirs = {
        text for text in told if any(text.startswith(f"{each}.x") for each in {dotted(folder, m) for m in modules})
    }
    fresh, gone = (
        texts - told,
        (told & {str(mutant) for mutant in trial.mutants} - texts) | (set() if like else theirs - made),
    )
    for text in sorted(gone):
        sys.stdout.write(f"KNOWN, BUT NOTICED OR NOT MADE ANY MORE: {text}\n")
    outcomes = ", ".join(f"{outcome} {count}" for outcome, count in sorted(trial.outcomes.items()))
    sys.stdout.write(
        f"{name}: {of:,} of {len(all_mutants):,} mutants in {time.monotonic() - started:.0f} s: {outcomes};"
        f" {lived / of:.1%} survive, {len(fresh)} of them not known.\n"
    )
    sys.stdout.flush()
    return not fresh and not gone and lived <= MOST * of


def main() -> None:
    parser = argparse.ArgumentParser(description="Change Rung in thousands of small ways; does a test notice each?")
    parser.add_argument("rooms", nargs="*", metavar="room", help=f"of {', '.join(ROOMS)}; else all")
    parser.add_argument("--like", default="", metavar="REGEX", help="try those whose function or change is like that")
    parser.add_argument("--sample", type=int, metavar="N", help="try so many of each room, picked by the seed")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)  # in this process, which holds one room
    given = parser.parse_args()
    if unknown := set(given.rooms) - ROOMS.keys():
        parser.error(f"no such room: {', '.join(sorted(unknown))}")
    if given.here:
        sys.exit(not tried(given.rooms[0], given.like, given.sample, given.seed))
    os.environ["CI"] = "1"
    more = [f"--like={given.like}", f"--seed={given.seed}", *([f"--sample={given.sample}"] if given.sample else [])]
    rooms = [[sys.executable, __file__, room, "--here", *more] for room in given.rooms or ROOMS]
    codes = [subprocess.run(room, check=False).returncode for room in rooms]
    sys.exit(any(codes))


if __name__ == "__main__":
    main()
