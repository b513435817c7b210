"""What `make mutants` makes nothing of, what it knows, and how it tries."""

from __future__ import annotations

import os
import re

import pytest

import mutants
from mutants import Mutant, forked

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.mark.parametrize(
    ("was", "now", "same"),
    [
        ('"SELECT id FROM cards"', '"select id from cards"', True),
        ("\"SELECT id FROM cards WHERE kind = 'void'\"", "\"SELECT ID FROM CARDS WHERE KIND = 'VOID'\"", False),
        ('"SELECT id FROM cards"', '"XXSELECT id FROM cardsXX"', False),
        ('"Nothing is due."', '"NOTHING IS DUE."', False),
        ('read_text("utf-8")', 'read_text("UTF-8")', True),
        ('read_text("utf-8")', "read_text(None)", False),
        ('cast("NoteRule", rule(name))', "cast(None, rule(name))", True),
        ('cast("NoteRule", rule(name))', 'cast("NoteRule", rule(None))', False),
        ("zip(a, b, strict=True)", "zip(a, b, )", True),
        ("zip(a, b, strict=True)", "zip(a, b, strict=False)", True),
        ("zip(a, b, strict=True)", "zip(a, strict=True)", False),
    ],
)
def test_what_nobody_could_tell(was, now, same):
    assert Mutant("", "", was, now).same is same


def test_every_survivor_that_is_known_is_one_change_of_one_function():
    for text in mutants.known():
        assert re.fullmatch(r"rung(\.\w+)+\.x\w+\n  - \S.*\n  \+ .*", text), text


def test_what_is_tried_apart_leaves_nothing_here():
    made = []
    assert forked(lambda: made.append(1) or "done") == ("", "done")
    assert forked(lambda: os._exit(3)) == ("died", None)
    assert made == []
