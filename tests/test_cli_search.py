"""Searching from the command line, and marking what is found."""

from __future__ import annotations

import json

import pytest

ONE, TWO = "small/one#text.c1", "small/two#text.c1"


@pytest.fixture
def many(workspace, rung):
    """The small workspace with thirty cards more."""
    more = "".join(f"  - fact: n{number}\n    text: More is {{{{c1::m{number}}}}}.\n" for number in range(30))
    (workspace / "decks" / "more.yaml").write_text(f"title: More\nsource: {{course: C, lesson: L}}\nnotes:\n{more}")
    assert rung("build")[0] == 0
    return workspace


def found(rung, *query):
    code, out, err = rung("cards", *query)
    assert code == 0, err
    return [line for line in out.splitlines() if not line.startswith(" ")]


def test_words_and_what_is_known(workspace, rung):
    rung("answer", ONE, "--grade", "good")
    assert found(rung) == [ONE, TWO]
    assert found(rung, "first", "is") == [ONE]
    assert found(rung, "is:new") == [TWO]
    assert found(rung, "is:learnt", "or", "second") == [ONE, TWO]
    assert found(rung, "--", "-is:new") == [ONE]
    assert rung("cards", "deck:small", "prop:due=1", day="2026-11-21")[1].startswith(ONE)
    assert rung("cards", "is:due")[1:] == ("", "0 cards.\n")


def test_a_search_as_json(workspace, rung):
    rung("tag", "hard", ONE), rung("flag", "2", ONE)
    assert "flag 2\ntagged hard\n" in rung("show", ONE)[1]
    assert json.loads(rung("cards", "tag:hard", "--json")[1]) == {
        "format": 1,
        "cards": [
            {
                "id": ONE, "deck": "small", "kind": "cloze", "type": "fact", "level": "", "tags": ["topic::one"],
                "title": "Small", "question": "The first is […].", "answer": "alpha", "retired": False, "memory": None, "strength": None,
                "suspended": False, "buried": None, "flag": 2, "own_tags": ["hard"], "asked": 0,
            }
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (["first", "is:dew"], '"dew" is no state of a card; did you mean new?\n    first is:dew\n             ^\n'),
        (["deck:smal"], 'there is no deck "smal"; did you mean small?\n    deck:smal\n         ^\n'),
        (["type:fct"], 'there is no note type "fct"; did you mean fact?\n    type:fct\n         ^\n'),
        (["表 (a\nb"], "nothing closes this (; write one more ), or put it in quotes\n    表 (a b\n       ^\n"),
        (
            ["word " * 30 + "is:x"],
            '"x" is no state of a card; states are due, new, learnt, again, suspended, buried, leech, retired, review, learn\n'
            "    d word word word word word word word is:x\n" + " " * 44 + "^\n",
        ),
    ],
)
def test_a_mistake_is_shown_by_a_caret(workspace, rung, query, told):
    assert rung("cards", *query) == (2, "", f"rung: {told}")
    assert rung("suspend", "--search", " ".join(query))[2] == f"rung: {told}"
    assert rung("log")[1] == ""


@pytest.mark.parametrize(
    ("command", "told", "then"),
    [
        (["suspend"], "Suspended 2 cards.", "is:suspended"),
        (["bury"], "Buried until tomorrow: 2 cards.", "is:buried"),
        (["flag", "3"], "Flag 3: 2 cards.", "flag:3"),
        (["tag", "hard"], "Tagged hard: 2 cards.", "tag:hard"),
        (["set-due", "+3"], "Due 2026-11-24: 2 cards.", "prop:due=3"),
        (["set-due", "2026-11-21"], "Due 2026-11-21: 2 cards.", "is:due"),
    ],
)
def test_marks_of_all_that_a_search_finds_and_their_undo(workspace, rung, command, told, then):
    assert found(rung, then) == []
    assert rung(*command, "--search", "is:new deck:small") == (0, "", f"{told}\n")
    assert found(rung, then) == [ONE, TWO]
    assert rung("undo") == (0, f"Took back: {command[0]} of 2 cards on 2026-11-21\n", "")
    assert found(rung, then) == []
    assert rung(*command, "one") == (0, "", told.removesuffix("2 cards.") + f"{ONE}\n")
    assert found(rung, then) == [ONE]
    assert rung("undo")[1] == f"Took back: {command[0]} of {ONE} on 2026-11-21\n"
    assert rung("doctor")[0] == 0


def test_what_takes_marks_away(workspace, rung):
    rung("suspend", ONE, TWO), rung("tag", "x", ONE, TWO), rung("tag", "y", ONE), rung("flag", "1", ONE)
    rung("set-due", "+1", ONE, TWO)
    assert rung("unsuspend", "--search", "is:suspended") == (0, "", "Unsuspended 2 cards.\n")
    assert rung("untag", "x", "--search", "tag:x") == (0, "", "Untagged x: 2 cards.\n")
    assert found(rung, "tag:x or is:suspended") == []
    assert found(rung, "tag:y") == [ONE]
    assert rung("flag", "0", ONE)[2] == f"No flag: {ONE}\n"
    assert found(rung, "flag:1") == []
    assert rung("reset", "--search", "is:learnt") == (0, "", "New again: 2 cards.\n")
    assert found(rung, "is:new") == [ONE, TWO]
    for _ in range(4):
        assert rung("undo")[0] == 0
    assert found(rung, "is:suspended tag:x prop:due=1") == [ONE, TWO]


def test_more_than_twenty_cards_want_a_yes(many, rung):
    assert rung("suspend", "--search", "more") == (2, "", "rung: to mark 30 cards without being asked, say --yes\n")
    assert found(rung, "is:suspended") == []
    assert rung("suspend", "--search", "more", "--yes") == (0, "", "Suspended 30 cards.\n")
    assert rung("undo")[1] == "Took back: suspend of 30 cards on 2026-11-21\n"
    assert rung("suspend", "--search", "m1 or m2 -m29 -m28")[2] == "Suspended 20 cards.\n"


def test_in_a_terminal_one_is_asked(many, terminal, rung):
    child = terminal("suspend", "--search", "deck:more")
    child.expect_exact("Mark 30 cards? [y/N] ")
    child.sendline("n")
    child.expect_exact("Nothing was changed.")
    child.expect_exact("\r\n")
    assert found(rung, "is:suspended") == []
    child = terminal("suspend", "--search", "deck:more")
    child.expect_exact("[y/N] ")
    child.sendline("y")
    child.expect_exact("Suspended 30 cards.")
    child.wait()
    assert len(found(rung, "is:suspended")) == 30


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["suspend"], "name the cards, or say --search QUERY"),
        (["suspend", "one", "--search", "x"], "name the cards, or say --search QUERY instead"),
        (["suspend", "--search", " "], "say what to search for: --search QUERY"),
        (["tag", "a b", "one"], '"a b" is no tag; tags have no spaces, quotes, stars or parentheses, and "none" means no tag'),
        (["tag", "none", "one"], '"none" is no tag; tags have no spaces, quotes, stars or parentheses, and "none" means no tag'),
        (["set-due", "soon", "one"], '"soon" is no day; write it as YYYY-MM-DD, or +3 for in three days'),
        (["set-due", "2026-11-20", "one"], "2026-11-20 is out of range; name today or a later day, at most 36,500 days from now"),
        (["set-due", "+99999", "one"], "2300-09-05 is out of range; name today or a later day, at most 36,500 days from now"),
    ],
)  # fmt: skip
def test_marks_that_cannot_be(workspace, rung, arguments, told):
    assert rung(*arguments) == (2, "", f"rung: {told}\n")
    assert rung("log")[1] == ""


def test_nothing_found_is_nothing_marked(workspace, rung):
    assert rung("suspend", "--search", "unheard") == (0, "", "Suspended 0 cards.\n")
    assert rung("log")[1] == ""


def test_in_a_review_u_takes_back_answers_one_by_one_and_a_mark_whole(workspace, rung):
    rung("suspend", "--search", "deck:small"), rung("unsuspend", "--search", "deck:small")
    code, out, _ = rung("review", typed="\n3\nu\nu\nq\n")
    assert code == 0
    assert [line for line in out.splitlines() if line.startswith("Took back")] == [
        f"Took back: review of {ONE}", "Took back: suspend of 2 cards",
    ]  # fmt: skip
    assert found(rung, "is:suspended") == [ONE, TWO]
