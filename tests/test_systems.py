"""The road of every note type, whole: its example is compiled, asked and scored in the terminal, and shown by Anki."""

from __future__ import annotations

import json
import re
import sys

import pytest
import yaml

from rung import notes, session
from rung.authoring.markdown import HEAD
from rung.cardfile import from_text
from rung.cards import kind, number
from rung.cli import run
from rung.notes import drill
from rung.quantity import shown

ANSWERS = (  # what a learner types at a prompt that ends so
    (r"Enter shows the back: $", lambda found: ""),
    (r"Grade \[\d \w+\]: $", lambda found: ""),
    (r"Type a letter, A to [B-Z]: $", lambda found: "a"),
    (r"Type all letters .*e\.g\. ([A-Z]+): $", lambda found: found[1]),
    (r"Type the letters of what you said, Enter for none: $", lambda found: "a b"),
    (r"A number[^:]*: $", lambda found: "1"),
    (r"(\d+) numbers[^:]*: $", lambda found: "10 " * int(found[1])),
)
RIGHT = {  # of each kind that scores what is typed, the right answer to a question
    "choice": lambda content, asked: letters(asked, [content.right]),
    "ordering": lambda content, asked: letters(asked, [item.id for item in content.items]),
    "checklist": lambda content, asked: letters(asked, [point.id for point in content.points]),
    "number": lambda content, asked: shown(number.answer_of(content, asked.seed), content.unit),
    "sheet": lambda content, asked: " ".join(f"{line.filled:g}" for line in content.lines),
}
SECTIONS = yaml.safe_load(drill.EXAMPLES[0].source)[0]["sections"]
MOST = 200  # prompts of a sitting; more of them are one that comes again and again


@pytest.fixture
def learner(capsys, monkeypatch):
    """Run a command line for somebody who reads each prompt and answers it."""
    seen: list[str] = []

    class Reader:
        def isatty(self) -> bool:
            return False

        def readline(self) -> str:
            seen.append(capsys.readouterr().out)
            shown = "".join(seen)[-200:]
            for prompt, answer in ANSWERS:
                if (found := re.search(prompt, shown)) and len(seen) < MOST:
                    return answer(found) + "\n"
            raise AssertionError(f"nobody knows what to type at: {shown}")

    def command(*arguments: str) -> str:
        seen.clear()
        monkeypatch.setattr(sys, "stdin", Reader())
        assert run(["--today", "2026-11-21", *arguments]) == 0
        return "".join(seen) + capsys.readouterr().out

    return command


@pytest.fixture
def cards(request, workspace, rung):
    """The ids of the cards that the first example of a note type makes, compiled in a workspace."""
    source = notes.note_type(request.param).EXAMPLES[0].source
    (workspace / "decks" / "small.yaml").write_text(HEAD + source, encoding="utf-8")
    assert rung("build")[0] == 0
    return [(card["id"], card["kind"]) for card in json.loads(rung("cards", "--json")[1])["cards"]]


def letters(asked, ids):
    """The letters under which a question has these options, in this order."""
    by_id = {option.id: option.letter for option in asked.options}
    return "".join(by_id[id_] for id_ in ids)


@pytest.mark.parametrize("cards", notes.names(), indirect=True)
def test_its_cards_are_asked_and_scored_in_the_terminal(cards, workspace, rung, learner):
    asked = [id_ for id_, kind in cards if kind != "drill"]
    out = learner("review", "--practice") if asked else ""
    log = json.loads(rung("log", "--json")[1])["events"]
    assert sorted(event["card"] for event in log) == sorted(asked)
    assert {event["kind"] for event in log} <= {"practice"}
    assert all(id_ in out for id_ in asked)
    compiled = {card.id: card for card in from_text((workspace / "cards" / "small.jsonl").read_text()).cards}
    for event in log:
        card, typed = compiled[event["card"]], event["detail"].get("answer", "")
        question = kind(card.kind).ask(card.content, event["detail"]["seed"])
        if card.kind not in RIGHT:
            assert event["grade"] == 4  # Good, where nothing is scored
            continue
        assert event["grade"] == session.score(card, question, typed, event["took"]).grade
        assert session.score(card, question, RIGHT[card.kind](card.content, question), 0).grade == 5


@pytest.mark.parametrize("cards", ["drill"], indirect=True)
def test_a_drill_is_asked_and_rated_in_the_terminal(cards, rung):
    ((id_, _),) = cards
    code, _, _ = rung("drill", id_, typed="\n" + "A line.\n.\n" * len(SECTIONS) + "\n" + "d\n" * 4 + "\n\n")
    assert code == 0
    ((card, grade, ratings),) = [
        (event["card"], event["grade"], event["detail"]["ratings"])
        for event in json.loads(rung("log", "--json")[1])["events"]
    ]
    assert (card, grade, set(ratings.values())) == (id_, 5, {3})


@pytest.mark.skipif(sys.platform == "win32", reason="Anki's backend is not installed there")
@pytest.mark.parametrize("cards", notes.names(), indirect=True)
def test_its_cards_are_shown_by_anki(cards, rung, tmp_path):
    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    package = tmp_path / "rung.apkg"
    assert rung("export", "--output", str(package))[0] == 0
    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        request = ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
        collection.import_anki_package(request)
        shown = [collection.get_card(id_) for id_ in collection.find_cards("")]
        assert len(shown) == len(cards)
        for card in shown:
            front, back = (re.sub(r"<style.*?</style>|<[^>]+>", " ", side) for side in (card.question(), card.answer()))
            assert len(front.split()) > 2
            assert set(back.split()) - set(front.split()), "the back tells nothing new"
            assert "{{" not in front + back
        assert {card.note()["Id"] for card in shown} == {re.sub(r"\.c\d+$", "", id_) for id_, _ in cards}
    finally:
        collection.close()
