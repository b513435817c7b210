"""Journals as text: what is written is read again, and what somebody else did to it is told by its line."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung import journal
from rung.model import Event, Kind, Location

A = "a" * 32
CHANGED = "this line is not as it was written"


def review(sequence):
    detail = {"seed": 7, "answer": "Häßlich\u2028\n\x85\0"}
    return Event(A, sequence, 1000 * sequence, date(2026, 11, 23), Kind.REVIEW, "one/#a", 4, 900, detail)


TWO = [review(1), review(2)]
TEXT = journal.begun(A) + journal.lines(TWO)
HEAD, FIRST, SECOND = TEXT.splitlines(keepends=True)


def told(data, start=0):
    """(sequences, problems as `line: message`) of what is read."""
    held = journal.read("x.jsonl", data, start)
    return [row.event.sequence for row in held.rows], [f"{p.where.line}: {p.message}" for _, p in held.problems]


def test_the_form_is_for_ever():
    """Other devices have files of it."""
    plain = Event(A, 3, 5000, date(2026, 11, 23), Kind.VOID, detail={"device": A, "sequence": 1})
    assert journal.begun(A) + journal.lines([plain]) == (
        b'{"check": "8d18747d18a67a3a", "format": 1, "device": "%b"}\n'
        b'{"check": "15bf88d15068bc05", "device": "%b", "sequence": 3, "at": 5000, "day": "2026-11-23", "kind": "void", '
        b'"card": "", "grade": null, "took": null, "detail": {"device": "%b", "sequence": 1}}\n'
    ) % (A.encode(), A.encode(), A.encode())


def test_what_is_written_is_read_with_its_places():
    held = journal.read("x.jsonl", TEXT)
    assert [row.event for row in held.rows] == TWO
    assert [(row.where, row.start) for row in held.rows] == [
        (Location("x.jsonl", 2, 1), len(HEAD)),
        (Location("x.jsonl", 3, 1), len(HEAD + FIRST)),
    ]
    assert (held.problems, held.end, held.newer) == ((), len(TEXT), False)
    for line in TEXT.splitlines():
        json.loads(line)  # any program can read it


def test_reading_on_from_where_one_stopped():
    held = journal.read("x.jsonl", TEXT, len(HEAD + FIRST))
    assert [(row.where.line, row.start, row.event) for row in held.rows] == [(3, len(HEAD + FIRST), TWO[1])]


def test_a_last_line_is_left_out_until_it_is_whole():
    for cut in range(len(SECOND)):
        held = journal.read("x.jsonl", HEAD + FIRST + SECOND[:cut])
        whole = cut == len(SECOND) - 1  # only the end of the line is missing
        assert ([row.event for row in held.rows], held.problems) == (TWO if whole else TWO[:1], ())
        assert held.end == len(HEAD + FIRST + (SECOND[:cut] if whole else b""))


def test_zeros_that_a_crash_left_at_the_end_are_no_line():
    assert told(TEXT + bytes(4096)) == ([1, 2], [])


@pytest.mark.parametrize(
    ("data", "sequences", "problems"),
    [
        (b"", [], []),
        (HEAD, [], []),
        (HEAD[:20], [], []),
        (TEXT.replace(b"\n", b"\r\n"), [1, 2], []),
        (HEAD + SECOND + b"\n" + FIRST + HEAD + FIRST, [2, 1, 1], []),  # as a merge may leave it
        (TEXT.replace(b'"grade": 4', b'"grade": 5', 1), [2], [f"2: {CHANGED}"]),
        (TEXT.replace(b'"check": "', b'"check":"'), [], ["1: this is no journal of Rung's"]),
        (HEAD[:-2] + b"\n" + FIRST, [1], [f"1: {CHANGED}"]),
        (HEAD + b"<<<<<<< HEAD\n" + FIRST + b"=======\n" + SECOND, [1, 2], [f"2: {CHANGED}", f"4: {CHANGED}"]),
        (HEAD + b"\xff\xfe\n" + FIRST + b"x\n", [1], [f"2: {CHANGED}", f"4: {CHANGED}"]),
        (b"one\ntwo\n", [], ["1: this is no journal of Rung's"]),
        (TEXT + journal._line({"format": 2}) + FIRST, [1, 2], ["4: a newer Rung wrote what follows"]),
        (HEAD + journal._line({"device": A}), [], ["2: this row cannot be read: 'sequence'"]),
        (HEAD + FIRST[:-1] + b" \n" + SECOND[:-1] + b"X\n", [], [f"2: {CHANGED}", f"3: {CHANGED}"]),
    ],
)
def test_what_is_made_of_a_text(data, sequences, problems):
    assert told(data) == (sequences, problems)


def bad(**values):
    return HEAD + journal._line(journal.event_values(TWO[0]) | values)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kind": "dream"}, "'dream' is not a valid Kind"),
        ({"sequence": True}, "sequence is True"),
        ({"grade": "4"}, "grade is '4'"),
        ({"day": "20261123"}, "day is '20261123', not as YYYY-MM-DD"),
        ({"detail": []}, "detail is []"),
    ],
)
def test_a_row_that_is_no_event_is_told(values, words):
    assert told(bad(**values)) == ([], [f"2: this row cannot be read: {words}"])


def test_half_a_character_is_told():
    rest = json.dumps(journal.event_values(TWO[0]) | {"card": "\ud800"})[1:].encode()
    assert told(HEAD + b'{"check": "%b", %b\n' % (journal._check(rest), rest))[1][0].startswith(
        "2: this row cannot be read: 'utf-8' codec can't encode"
    )


@pytest.mark.parametrize(
    ("data", "start", "said"),
    [
        (
            HEAD + b"x\n",
            len(HEAD),
            "2:1: error: this line is not as it was written\n    take it out; whoever has what it held writes that again",
        ),
        (
            bad(kind="dream"),
            len(HEAD),
            "2:1: error: this row cannot be read: 'dream' is not a valid Kind\n"
            "    update Rung if a newer one wrote it, else take the line out",
        ),
        (
            b"\none\ntwo\n",
            0,
            "1:1: error: this is no journal of Rung's\n    take the file out of the folder, or name another folder",
        ),
        (
            HEAD + journal._line({"format": 2}),
            len(HEAD),
            "2:1: error: a newer Rung wrote what follows\n    update Rung",
        ),
    ],
)
def test_a_problem_has_a_place_and_a_mend(data, start, said):
    ((at, problem),) = journal.read("f/x.jsonl", data).problems
    assert (at, str(problem)) == (start, f"f/x.jsonl:{said}")


def test_what_a_newer_rung_wrote_is_not_read_over():
    held = journal.read("x", TEXT + journal._line({"format": 2}) + FIRST)
    assert (held.newer, held.end) == (True, len(TEXT))


def test_a_first_line_may_be_empty():
    assert told(b"\nx\n", 1) == ([], [f"2: {CHANGED}"])


@given(st.data())
def test_no_change_of_a_byte_goes_unnoticed(data):
    """Nor does it hide a line that was left alone."""
    at = data.draw(st.integers(len(HEAD), len(TEXT) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte not in (TEXT[at], 10)))
    changed = TEXT[:at] + bytes([byte]) + TEXT[at + 1 :]
    rows = [row.event for row in journal.read("x", changed).rows]
    assert rows in ([TWO[0]], [TWO[1]], []) or changed.rstrip(b"\r\n") == TEXT.rstrip(b"\n")
    assert rows or at == len(HEAD + FIRST) - 1  # an end of line that is gone makes one line of two


WORDS = st.text(st.characters(codec="utf-8"))


@given(st.lists(st.tuples(WORDS.filter(bool), st.dictionaries(WORDS, st.integers() | WORDS)), max_size=5))
def test_whatever_is_written_is_read_again(drawn):
    events = [review(number)._replace(card=card, detail=detail) for number, (card, detail) in enumerate(drawn, 1)]
    assert [row.event for row in journal.read("x", journal.begun(A) + journal.lines(events)).rows] == events
