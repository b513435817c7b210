"""What contributors and CI install is locked, and what is locked is what pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
TOLD = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = TOLD["project"]
EXTRAS = PROJECT["optional-dependencies"]
ASKED = [
    wanted
    for text in [*PROJECT["dependencies"], *EXTRAS["desk"], *EXTRAS["bench"], *EXTRAS["dev"]]
    if (wanted := Requirement(text)).name != "rung"
]
LOCK = (ROOT / "requirements-dev.txt").read_text("utf-8")
PINS = [Requirement(line) for line in re.findall(r"^(\w\S*==[^\\\n]+)", LOCK, flags=re.MULTILINE)]
LOCKED = {
    canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
    for pin in PINS
    if pin.marker is None or pin.marker.evaluate()
}


@pytest.mark.parametrize("wanted", ASKED, ids=lambda wanted: wanted.name)
def test_what_is_asked_for_is_locked(wanted):
    version = LOCKED.get(canonicalize_name(wanted.name))
    assert version, "write the lock anew: make lock"
    assert wanted.specifier.contains(version), f"{version} is locked; write the lock anew: make lock"


def test_every_line_of_the_lock_has_hashes_and_no_address():
    blocks = re.split(r"^(?=\w)", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(PINS) > 50
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert re.findall(r"https?://\S+|--index\S*|--find-links\S*", LOCK) == []


@pytest.mark.parametrize("text", PROJECT["dependencies"])
def test_every_dependency_has_a_floor(text):
    assert any(each.operator == ">=" for each in Requirement(text).specifier)


def test_whoever_has_the_source_alone_has_what_the_makefile_stands_on():
    needed = re.findall(r"^\.venv/\w+:(.*)$", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
    files = {
        name for line in needed for name in line.split() if (ROOT / name).is_file() and not name.startswith(".venv/")
    }
    packed = {name.removeprefix("/") for name in TOLD["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]}
    assert files == {"pyproject.toml", "requirements-dev.txt"}
    assert files - packed == {"pyproject.toml"}  # which is always packed
