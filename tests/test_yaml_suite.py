"""The YAML test suite: what our reader accepts has the value that the suite says, and what the suite refuses is refused.

`data/yaml-test-suite.jsonl` holds those cases of github.com/yaml/yaml-test-suite (the MIT License, Ingy döt Net and others)
that are one mapping without anchors and tags, and those that are no YAML: `id`, `yaml`, and the tree of events of the former.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fuzz import promises
from fuzz.targets.yaml_text import plain

from rung.sources import yaml

SUITE = Path(__file__).parent / "data" / "yaml-test-suite.jsonl"
CASES = [json.loads(line) for line in SUITE.read_text("utf-8").splitlines()]
SOUND = {case["id"]: case for case in CASES if "tree" in case}
NO_YAML = {case["id"]: case for case in CASES if "tree" not in case}
SCALAR = re.compile(r"=VAL ([:'\"|>])(.*)")
ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "\\": "\\"}

# libyaml reads these otherwise than the suite; so does every reader that is built on it.
OTHERWISE = {
    "652Z": {"foo": "bar", "bar": "42"},  # `?` opens a key within braces, whatever follows
    "L24T-1": {"foo": "x\n "},  # a last line of blanks that no end of line follows
}
LENIENT = {
    "9C9N",
    "DK95-1",
    "QB6E",
    "S98Z",
    "SU5Z",
    "X4QW",
}  # indentation within brackets and quotes, `#` without a space
REFUSED = {  # sound YAML that decks do without, by what an author is told
    "a mapping or a list as a key": "6PBE KK5P LX3P M2N8-1 M5DY Q9WF SBG9",
    "a tab, where only spaces may stand": "96NN A2M4 DK95 DK95-3 DK95-4 Q5MG Y79Y-1",
    "a value cannot start with ':'": "58MP",
    "neither a key nor a part of the text above": "4ABK FRK4",
    "the indentation fits no line above": "2JQS NHX8 S3PD SM9W-1",  # a key of nothing at all
    "this bracket is never closed": "4MUZ 4MUZ-1 4MUZ-2 5MUD K3WX VJP3-1",  # a colon on a line of its own
}


def value(tree):
    """What the events of one document say, every scalar as text."""
    events = iter(line for line in tree.split("\n") if line)

    def next_value(event):
        if event.startswith("+MAP"):
            pairs = {}
            while not (key := next(events)).startswith("-MAP"):
                pairs[next_value(key)] = next_value(next(events))
            return pairs
        if event.startswith("+SEQ"):
            items = []
            while not (item := next(events)).startswith("-SEQ"):
                items.append(next_value(item))
            return items
        return re.sub(r"\\(.)", lambda match: ESCAPED[match[1]], SCALAR.fullmatch(event)[2])

    assert next(events) == "+STR"
    assert next(events).startswith("+DOC")
    return next_value(next(events))


def read(case):
    """The value, None where it is refused, and the first problem, empty where there is none."""
    data = case["yaml"].encode()
    found, problems = yaml.read("decks/a.yaml", data)
    for problem in problems:
        promises.placed(problem, data)
    return (None, problems[0].message) if problems else (plain(found), "")


@pytest.mark.parametrize("id_", SOUND)
def test_what_is_accepted_has_the_value_of_the_suite(id_):
    got, problem = read(SOUND[id_])
    assert problem or got == OTHERWISE.get(id_, value(SOUND[id_]["tree"]))


def test_what_is_refused_of_sound_yaml():
    refused = {}
    for id_, case in SOUND.items():
        refused.setdefault(read(case)[1], []).append(id_)
    assert {problem: " ".join(ids) for problem, ids in refused.items() if problem} == REFUSED


def test_what_is_no_yaml_is_refused():
    assert {id_ for id_, case in NO_YAML.items() if not read(case)[1]} == LENIENT
