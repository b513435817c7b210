"""Rules of quality: what each finds, word for word, what it leaves alone, and how a note says that it has a reason."""

from __future__ import annotations

import re

import pytest

from deck_text import all_lines, compiled_decks, compiled_notes, fact, first_lines
from rung import authoring, lint, notes
from rung.lint.rungs_uneven import SAID, ladder
from rung.model import Deck

RULES = lint.names()


def found(rule, source):
    """What one rule says of notes or of a whole deck, without place and name; nothing else may be an error."""
    result = compiled_decks({"deck": source})
    assert not result.broken, all_lines(result)
    return [line.split(": ", 2)[2].removesuffix(f" [{rule}]") for line in first_lines(result) if f"[{rule}]" in line]


def finds(rule, source):
    return bool(found(rule, source))


def text(words, title=""):
    heading = f"  title: '{title}'\n" if title else ""
    return f"- fact: a\n{heading}  text: '{words}'\n"


def asked(prompt, answer="It is so."):
    """A note that makes one recall card."""
    return (
        f"- framework: a\n  name: The Way\n  example:\n    prompt: |-\n      {prompt}\n    answer: |-\n      {answer}\n"
    )


# ── every rule ───────────────────────────────────────────────────────────────────────────────────


def test_the_rules():
    assert RULES == (
        "answer-in-question", "back-too-long", "duplicate-front", "hole-too-long", "level-word-leak", "list-too-long",
        "no-source", "number-without-unit", "orphan-abbreviation", "rungs-uneven", "two-facts", "vague-front",
    )  # fmt: skip
    assert set(RULES) - set(lint.about_notes()) == {"no-source"}
    with pytest.raises(KeyError):
        lint.rule("spelling")


def test_what_is_found_in_a_deck_has_no_place_in_a_note():
    ((name, finding),) = lint.found_in_deck(Deck("d", "A deck", "A course"))
    assert (name, finding.at) == ("no-source", ())


MENDS = {
    "answer-in-question": ["say the rest in other words"],
    "back-too-long": ["say it in 60, or split it in two"],
    "duplicate-front": ["say what sets the two apart, or leave one out"],
    "hole-too-long": ["put it round what matters, 15 words at most"],
    "level-word-leak": ["take the hedge away, or give L6 or L7 one too", "let what it decides tell the level"],
    "list-too-long": ["ask for 4 at most, or for each by itself"],
    "no-source": ["add `lesson: …` to it, or `tags: [original]` below it where the facts are your own"],
    "number-without-unit": ["put its unit or its noun behind it, in the hole or after it"],
    "orphan-abbreviation": ["write “words (MMR)” once in the note, or add it to the deck's `abbreviations:`"],
    "rungs-uneven": ["say it in 35 to 60, so that length does not give the level away",
                     "keep the longest rung within 1.5 times the shortest"],
    "two-facts": ["ask one, and the other in a card of its own"],
    "vague-front": ["ask for the one thing that the back says", "say more of what is asked, or give it a title"],
}  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_the_bad_example_breaks_this_rule_alone_and_the_good_one_none(name):
    rule = lint.rule(name)
    assert compiled_decks({"deck": rule.GOOD}).problems == ()
    result = compiled_decks({"deck": rule.BAD.source})
    assert first_lines(result) == list(rule.BAD.problems)
    assert all(line.endswith(f" [{name}]") for line in rule.BAD.problems)
    assert [problem.mend for problem in result.problems] == MENDS[name]


@pytest.mark.parametrize("name", lint.about_notes())
def test_a_note_may_break_a_rule_for_a_reason(name):
    source = re.sub(
        r"^(- .*\n)", rf"\1  allow: {{{name}: so it must be}}\n", lint.rule(name).BAD.source, flags=re.MULTILINE
    )
    needless = {"duplicate-front": [5]}  # its first note is the one that the second repeats
    said = [
        f"deck.yaml:{line}:11: warning: {name} finds nothing in this note [needless-allow]"
        for line in needless.get(name, [])
    ]
    assert first_lines(compiled_notes(source)) == said


@pytest.mark.parametrize("name", RULES)
def test_a_rule_says_in_a_line_what_and_why(name):
    line = lint.rule(name).__doc__.partition("\n")[0]
    assert line.endswith(".")
    assert f"- [{name}](#{name}): {line}\n" in authoring.lint_page()


# ── allow ────────────────────────────────────────────────────────────────────────────────────────

LONG = "{{c1::" + " ".join(["so"] * 16) + "}}"


@pytest.mark.parametrize(
    ("allow", "lines"),
    [
        ("{hole-too-long: it is one name}", []),
        ("{hole-too-lon: it is one name}",
         ['5:11: error: "hole-too-lon" is no rule', '    did you mean "hole-too-long"?',
          "6:9: warning: hole c1 is 16 words long [hole-too-long]", "    put it round what matters, 15 words at most"]),
        ("{hole-too-long: it is one name, spelling: why}",
         ['5:42: error: "spelling" is no rule', f"    rules are {', '.join(RULES)}"]),
        ("{hole-too-long: it is one name, two-facts: none}",
         ["5:42: warning: two-facts finds nothing in this note [needless-allow]",
          "    take it away, as it would hide what the rule finds one day"]),
        ("{hole-too-long: it is one name, no-source: none}",
         ["5:42: warning: no-source finds nothing in this note [needless-allow]",
          "    take it away, as it would hide what the rule finds one day"]),
        ("{hole-too-long: ''}", ["5:26: error: this text is empty", "    write it, or leave the key out"]),
    ],
)  # fmt: skip
def test_what_allow_says(allow, lines):
    result = compiled_notes(f"- fact: a\n  allow: {allow}\n  text: In all it is {LONG}.\n")
    assert [line.removeprefix("decks/deck.yaml:") for line in all_lines(result)] == lines


def test_allow_is_of_one_note():
    notes = f"- fact: a\n  allow: {{hole-too-long: one name}}\n  text: In all it is {LONG}.\n" + fact(
        "b", f"Again it is {LONG}"
    )
    assert first_lines(compiled_notes(notes)) == ["deck.yaml:8:9: warning: hole c1 is 16 words long [hole-too-long]"]


def test_a_broken_note_is_mended_before_it_is_made_better():
    notes = (
        "- framework: a\n  name: A\n  allow: {two-facts: none}\n  steps: [{id: x, name: Up, job: Up it goes., to: 3}]\n"
    )
    result = compiled_notes(notes)
    assert first_lines(result) == ['deck.yaml:7:47: error: "to" stands without "from"']
    assert result.decks[0].cards == ()


def test_a_note_with_a_warning_makes_its_cards_all_the_same():
    note = "- architecture: a\n  name: A\n  boxes: [{id: board, name: Dashboard, why: It shows what is slow.}]\n  edges: []\n"
    result = compiled_notes(note)
    assert all_lines(result) == [
        'decks/deck.yaml:6:16: warning: no edge touches "board"',
        "    draw its edges, or write `apart: true` where it stands by itself",
    ]
    assert [card.id for card in result.decks[0].cards] == ["deck/a#board.why"]


# ── one rule after the other ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "title", "answer"),
    [
        ("The peak of 320k is {{c1::320k}}", "", "320k"),
        ("{{c1::Peak}} is the peak", "", "Peak"),
        ("It is {{c1::320k}}", "All of 320K", "320k"),
        ("5% is {{c1::5%}}", "", "5%"),
        ("feature, store: {{c1::feature store}}", "", "feature store"),
        ("{{c1::**feature**  store}} is the `feature` store", "", "feature store"),
        ("{{c1::at peak}} it is {{c2::320k::at peak}}", "", None),  # of c1 the hint does not show
        ("It is {{c1::peak::the peak}}", "", "peak"),
        ("It is {{c1::peak}} and {{c1::peak}}", "", None),
        ("0.5% is not {{c1::5%}}", "", None),
        ("5% is not {{c1::0.5%}}", "", None),
        ("5 is not {{c1::5%}}", "", None),
        ("15 ms is not {{c1::5 ms}}", "", None),
        ("1,000 is not {{c1::000}}", "", None),
        ("speaking is not {{c1::peak}}", "", None),
        ("a is {{c1::a}}", "", None),  # one letter says nothing
        ("?? is {{c1::??}}", "", None),
    ],
)
def test_an_answer_that_stands_in_its_question(words, title, answer):
    where = "heading" if title else "question"
    said = [f"the answer of c1 stands in its {where}: {answer}"] if answer else []
    assert found("answer-in-question", text(words, title)) == said


@pytest.mark.parametrize(
    ("prompt", "answer", "finds_it"),
    [
        ("Is a nightly batch enough?", "A nightly batch.", True),
        ("What is enough?", "A nightly batch.", False),
        ("Is a nightly batch enough?", "A nightly batch of features.", False),
        ("How wide is the way?", "The Way", True),  # the heading shows too
    ],
)
def test_a_recall_that_holds_its_answer(prompt, answer, finds_it):
    where = "heading" if "way" in prompt else "question"
    said = [f"the answer stands in its {where}: {answer}"] if finds_it else []
    assert found("answer-in-question", asked(prompt, answer)) == said


def test_a_message_shows_the_beginning_of_a_long_answer():
    words = "a batch at night that scores each and every one of the users"
    assert found("answer-in-question", asked(f"Is {words} enough?", f"{words} there are")) == []
    assert found("answer-in-question", asked(f"Is {words} there enough?", f"{words} there")) == [
        "the answer stands in its question: a batch at night that scores each and every one of the …"
    ]


@pytest.mark.parametrize(("setting", "finds_it"), [("a nightly batch", True), ("a nightly batch or a stream", False)])
def test_a_choice_that_names_only_its_right_option(setting, finds_it):
    sides = "  sides: [{id: batch, name: A nightly batch}, {id: stream, name: A stream}]\n"
    items = f"  items: [{{id: one, side: batch, says: It needs {setting}.}}]\n"
    note = f"- contrast: a\n  name: Ways\n{sides}  asks: What fits this?\n{items}"
    assert finds("answer-in-question", note) is finds_it


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        ("{{c1::one, two, three, four}}", None),
        ("{{c1::one, two, three and four}}", None),
        ("{{c1::one, two, three, and four}}", None),
        ("{{c1::one, two, three, four and five}}", 5),
        ("{{c1::one, two, three, four, and five}}", 5),
        ("{{c1::one, two, three, four, five}}", 5),
        ("{{c1::one; two; three; four; five; six}}", 6),
        ("{{c1::one, two of the four, three, four and five}}", 5),
        ("{{c1::one, two, three, back to the very first, and five}}", None),
        ("{{c1::one}} {{c1::two}} {{c1::three}} {{c1::four}} {{c1::five}}", 5),
        ("{{c1::one}} {{c2::two}} {{c3::three}} {{c4::four}} {{c5::five}}", None),
        ("{{c1::1,000, 2,000, 3,000 and 4,000 items}}", None),
        ("{{c1::it retries, and when that does not help at all, it falls back, so, it lives}}", None),
    ],
)
def test_a_list_in_a_hole(answer, items):
    said = [f"{items} things to recall at once"] if items else []
    assert found("list-too-long", text(f"There are these: {answer}")) == said


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        ("One, two, three, four and five.", 5),
        ("- one\n      - two\n      - three\n      - four\n      - five", 5),
        ("1. one\n      2. two\n      3. three\n      4. four", None),
        # Said as one thing: a list within an answer is not what is recalled.
        ("First the five: one, two, three, four, five. Then the rest.", None),
        ("I split it over retrieval, coarse rank, lookup, fine rank and re-rank: 15 ms first.", None),
        ("```\n      - one\n      - two\n      - three\n      - four\n      - five\n      ```", None),
    ],
)
def test_a_list_to_say(answer, items):
    assert found("list-too-long", asked("What are they?", answer)) == (
        [f"{items} things to recall at once"] if items else []
    )


@pytest.mark.parametrize(("points", "items"), [(4, None), (5, 5)])
def test_a_checklist(points, items):
    listed = "".join(f"    - {{id: p{n}, point: Says number {n}}}\n" for n in range(points))
    said = [f"{items} things to recall at once"] if items else []
    assert found("list-too-long", f"- probe: a\n  asks: What happens at night?\n  points:\n{listed}") == said


@pytest.mark.parametrize("words", [15, 16])
def test_a_long_hole(words):
    hole = " ".join(["so"] * words)
    assert found("hole-too-long", text(f"It is {{{{c3::{hole}}}}}")) == ["hole c3 is 16 words long"] * (words == 16)


@pytest.mark.parametrize(
    ("prompt", "finds_it"),
    [
        ("What is it? And what for?", True),
        ("What does it cost, and why?", True),
        ("What does it cost, and why? ", True),
        ("Is it so? Is that so?", True),
        ("It runs at night. When does it start and how does it stop?", True),
        ("He asks who owns it and when it is done. What do you say?", False),
        ("Who owns it? And when is it done?\n\n      What do you say?", False),
        ("What is it?", False),
        ("Which of training and serving comes first?", False),
        ("The interviewer: “Who pays? And what then?” What do you say?", False),
        ('The interviewer: "Who pays? And what then?" What do you say?', False),
        ("What do you say?\n      > Who pays? And what then?", False),
        ("It runs at night. What happens, and at what price?", False),
    ],
)
def test_a_prompt_that_asks_two_things(prompt, finds_it):
    assert found("two-facts", asked(prompt)) == ["this asks two things at once"] * finds_it


@pytest.mark.parametrize(
    ("answer", "finds_it"),
    [
        ("{{c1::it fails; the cache serves}}", True),
        ("{{c1::the store fails, and it serves the cache}}", True),
        ("{{c1::latency and cost}}", False),
        ("{{c1::caches and retries}}", False),
        ("{{c1::one}} and then {{c1::two}}", False),  # two holes, joined on the card by a semicolon
    ],
)
def test_a_hole_that_holds_two_facts(answer, finds_it):
    lines = all_lines(compiled_notes(text(f"In an outage this happens: {answer}.")))
    shown = answer.removeprefix("{{c1::").removesuffix("}}")
    said = f"decks/deck.yaml:5:9: warning: hole c1 holds two facts: {shown} [two-facts]"
    assert lines == ([said, "    give each a hole of its own, or leave one out"] if finds_it else [])


def test_what_a_note_type_asks_of_its_own_accord_is_not_the_authors_fault():
    note = """\
- table: a
  name: Layers
  columns: [{id: adds, asks: "What does “{row}” add%s?"}]
  rows: [{id: one, name: Retrieval, cells: {adds: Recall.}}, {id: two, name: Ranking, cells: {adds: Order.}}]
"""
    assert not finds("two-facts", note % "")
    assert finds("two-facts", note % ", and why")
    (night,) = (each.source for each in notes.note_type("postmortem").EXAMPLES[:1])
    assert "Where was the level decided, and why?" in compiled_notes(night).decks[0].cards[0].content.prompt
    assert not finds("two-facts", night)


@pytest.mark.parametrize(
    ("note", "words"),
    [
        (asked("What then?", "so " * 60), None),
        (asked("What then?", "so " * 61), 61),
        (asked("What then?", "so " * 60 + "\n\n      ```gantt\n      Edge: all of it    0-12 ms\n      ```"), None),
        (asked("What then?", "so " * 60 + "\n\n      ~~~\n      and so on and on\n      ~~~"), None),
        (asked("What then?", "so " * 60 + "and so on and on"), 65),
        (text("{{c1::A}} is " + "so " * 58), None),
        (text("{{c1::A}} is " + "so " * 59), 61),
    ],
)
def test_a_long_back(note, words):
    assert found("back-too-long", note) == ([f"the back is {words} words long"] if words else [])


def test_a_long_back_of_a_choice():
    said = SAID | {"L4": "so " * 40}
    note = ladder(said).replace("Everybody meets it at once.", "so " * 59)
    assert found("back-too-long", note) == ["the back is 61 words long"]  # It missed: …


def test_the_length_of_a_rung_of_one_word():
    rungs = {"L4": "so " * 41, "L5": "so", "L6": "so " * 41, "L7": "so " * 41}
    assert found("rungs-uneven", ladder(rungs)) == ["L4 is 41 words long, L5 only 1", "L5 is 1 word long"]


@pytest.mark.parametrize("words", [34, 35, 60, 61])
def test_the_length_of_a_rung(words):
    said = [f"L5 is {words} words long"] if words in (34, 61) else []
    rungs = {"L4": "so " * 41, "L5": "so " * words, "L6": "so " * 41, "L7": "so " * 41}
    assert found("rungs-uneven", ladder(rungs)) == said


@pytest.mark.parametrize(("longest", "said"), [(54, []), (55, ["L6 is 55 words long, L5 only 36"])])
def test_rungs_of_uneven_length(longest, said):
    rungs = {"L4": "so " * 40, "L5": "so " * 36, "L6": "so " * longest, "L7": "so " * 40}
    assert found("rungs-uneven", ladder(rungs)) == said


@pytest.mark.parametrize(
    ("level", "words", "said"),
    [
        ("L4", "as a senior engineer", "L4 says a level: as a senior"),
        ("L7", "As a Principal", "L7 says a level: As a Principal"),
        ("L6", "which is L6 work", "L6 says a level: L6"),
        ("L5", "on an L4 GPU behind an L7 load balancer", None),
        ("L6", "the senior team as a whole, and as a staffing matter", None),
        ("L4", "and maybe wait", "only the lower rungs hedge: L4 says maybe"),
        ("L5", "and I think that", "only the lower rungs hedge: L5 says I think"),
        ("L6", "and perhaps wait", None),
        ("L5", "with all its mighty servers", None),
    ],
)
def test_words_that_tell_a_level(level, words, said):
    rungs = SAID | {level: f"{SAID[level]} {words}"}
    assert found("level-word-leak", ladder(rungs)) == ([said] if said else [])


def test_hedges_on_high_and_low_rungs_tell_nothing():
    rungs = SAID | {level: f"{SAID[level]} This might do." for level in ("L4", "L7")}
    assert found("level-word-leak", ladder(rungs)) == []


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("At peak the slot takes {{c1::320k}}.", "320k"),
        ("At peak it is {{c1::about 1,000}} and rises.", "about 1,000"),
        ("It takes {{c1::15}} at most.", "15"),
        ("It takes {{c1::10–15}} in all.", "10–15"),
        ("At peak it takes **{{c1::320k}}**.", "320k"),
        ("It takes {{c1::320k}} QPS.", None),
        ("It takes {{c1::320k::QPS}} at peak.", None),
        ("It takes {{c1::320k::number}} at peak.", "320k"),
        ("It takes {{c1::320k}}/s.", None),
        ("It takes **{{c1::15}}** *ms*.", None),
        ("It takes {{c1::15 ms}}.", None),
        ("It takes {{c1::12%}}.", None),
        ("It takes {{c1::12}}%.", None),
        ("It takes {{c1::90}}-second naps.", None),
        ("It costs ${{c1::5}} at least.", None),
        ("It takes {{c1::five}} at least.", None),
        ("Reads to writes are {{c1::6 to 1}}.", None),
        ("Reads to writes are {{c1::6}} to {{c2::1}}.", None),
        ("It takes {{c1::5}} to {{c2::7}} minutes.", None),
        ("It takes between {{c1::5}} and 7 minutes.", None),
        ("It closes at minute {{c1::40}}.", None),
        ("Day by day it closes at {{c1::40}}.", "40"),
        ("The number of slots is {{c1::3}}.", None),
        ("It holds at p{{c1::99}}.", None),
        ("It is in phase {{c1::2}}.", None),
        # The second number borrows the noun of the first.
        ("It takes 80k QPS at peak and {{c1::30k}} in steady state.", None),
        ("It takes 80k QPS at peak. At night it is {{c1::30k}}.", "30k"),
    ],
)
def test_a_number_without_unit(words, number):
    said = [f"{number} has no unit and counts nothing"] if number else []
    assert [each for each in found("number-without-unit", text(words)) if number != "5"] == said


def test_an_option_may_be_a_bare_number():
    sides = "  sides: [{id: ten, name: '10'}, {id: twenty, name: '20'}]\n"
    note = f"- contrast: a\n  name: Ways\n{sides}  asks: What fits this?\n  items: [{{id: one, side: ten, says: It is so.}}]\n"
    assert not finds("number-without-unit", note)


@pytest.mark.parametrize(
    ("prompt", "finds_it"),
    [
        ("What does the slot take?", True),
        ("How many GPUs does it take?", False),
        ("What is the ratio of the two?", False),
    ],
)
def test_a_number_to_say(prompt, finds_it):
    assert finds("number-without-unit", asked(prompt, "5,000")) is finds_it


@pytest.mark.parametrize(
    ("source", "more", "finds_it"),
    [
        ("{course: C}", "", True),
        ("{course: C, read: 2026-11-21}", "", True),
        ("{course: C, lesson: 4.1}", "", False),
        ("{course: C}", "tags: [original]\n", False),
        ("{course: C}", "tags: [own]\n", True),
    ],
)
def test_a_deck_without_source(source, more, finds_it):
    deck = f"title: T\n{more}source: {source}\nnotes:\n{fact('a')}"
    place = f"deck.yaml:{3 if more else 2}:1: warning: the source names no lesson [no-source]"
    assert first_lines(compiled_decks({"deck": deck})) == [place] * finds_it


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("What about cold start?", "What about"),
        ("The store is down. Tell me about retries.", "Tell me about"),
        ("Discuss caching.", "Discuss"),
        ("Explain position bias.", "Explain"),
        ("Explain why the index is rebuilt at night.", None),
        ("What about it makes the index slow?", "What about"),
        ("The interviewer: “What about cold start?” What do you say?", None),
        ("The interviewer: “It is down. What about retries?” What do you say?", None),
        ('The interviewer: "What about cold start?" What do you say?', None),
        ("What is discussed at minute four?", None),
        ("Who explains the budget?", None),
    ],
)
def test_a_vague_question(prompt, said):
    assert found("vague-front", asked(prompt)) == ([f"the front is vague: {said} …"] if said else [])


@pytest.mark.parametrize(
    ("words", "title", "said"),
    [
        ("{{c1::It}} works", "", "the front has 1 word beside the hole"),
        ("It is {{c1::so}}", "", "the front has 2 words beside the hole"),
        ("{{c1::X::which two words here}}", "", "the front has 0 words beside the hole"),
        ("{{c1::X::which one of these four words}}", "", None),  # so long a hint says enough
        ("{{c1::X::of these four words}}", "", "the front has 0 words beside the hole"),
        ("It is {{c1::so}} now", "", None),
        ("It is {{c1::so}}", "Retries", None),  # a heading of its own tells more
        ("320k re-tries: {{c1::many}}", "", "the front has 2 words beside the hole"),
    ],
)
def test_a_short_front(words, title, said):
    assert found("vague-front", text(words, title)) == ([said] if said else [])


def test_a_short_front_without_a_hole():
    cards = "  cards: [{id: one, front: Why so?, back: Because.}, {id: two, front: And why is it?, back: It is so.}]\n"
    assert found("vague-front", f"- basic: a\n{cards}") == ["the front has 2 words"]


def test_a_front_of_no_words_is_short_whatever_its_heading():
    note = "- basic: a\n  title: A heading of five words\n  cards: [{id: one, front: '---', back: Because.}]\n"
    assert found("vague-front", note) == ["the front has 0 words"]


@pytest.mark.parametrize(
    ("words", "shorts"),
    [
        ("{{c1::MMR}} sorts, and MMR repeats", ["MMR"]),
        ("It sorts by {{c1::MMR}}", ["MMR"]),
        ("It sorts by {{c1::words}} and IVF-PQs", ["IVF", "PQ"]),
        ("Maximal marginal relevance (MMR) sorts {{c1::well}}", []),
        ("{{c1::Maximal marginal relevance}} ({{c2::MMR}}) sorts", []),
        ("**MMR** (maximal marginal relevance) sorts {{c1::well}}", []),
        ("MMR (p99) sorts {{c1::well}}", ["MMR"]),
        ("It has MMR (see below), and sorts {{c1::well}}", []),
        ("GPUs, an LLM''s KV cache, an A/B test and a CPU are {{c1::known}}", []),
        ("The L7 answer on S3, an H100 and Q1 are {{c1::names}}", []),
        ("SDE-III, Part II and Phase IV come {{c1::later}}", ["SDE"]),
        ("pCTR, p99, two-tower, I, McX and TOOLONGWORD are {{c1::no such thing}}", []),
    ],
)
def test_an_abbreviation_that_nobody_expands(words, shorts):
    said = [f"{short} is expanded nowhere" for short in shorts]
    assert found("orphan-abbreviation", text(words)) == said


def test_an_abbreviation_is_expanded_in_whichever_text_of_its_note():
    note = text("MMR sorts what is {{c1::shown}}") + "  extra: MMR (maximal marginal relevance) is old.\n"
    assert found("orphan-abbreviation", note) == []


def test_what_a_note_says_of_a_rule_expands_nothing():
    note = text(f"MMR sorts {LONG}").replace("  text", "  allow: {hole-too-long: It is of words (MMR).}\n  text")
    assert found("orphan-abbreviation", note) == ["MMR is expanded nowhere"]


def test_a_deck_expands_abbreviations_and_names_frameworks():
    notes = (
        fact("a", "ANN and IVF-PQ come before {{c1::CLARO}}") + "- framework: b\n  name: CLARO\n  solves: Starting.\n"
    )
    deck = f"title: T\nsource: {{course: C, lesson: 1}}\nabbreviations: {{ANN: nearest, IVF-PQ: inverted}}\nnotes:\n{notes}"
    assert found("orphan-abbreviation", deck) == []
    assert found("orphan-abbreviation", notes) == [
        "ANN is expanded nowhere",
        "IVF is expanded nowhere",
        "PQ is expanded nowhere",
    ]


def test_an_abbreviation_is_told_of_once_a_note():
    assert found("orphan-abbreviation", text("{{c1::One}} MMR and {{c2::another}} MMR")) == ["MMR is expanded nowhere"]


def test_a_front_of_another_deck():
    result = compiled_decks({"d": fact("a"), "e": fact("a")})
    assert first_lines(result) == ["e.yaml:5:9: warning: this asks the same as d/a#text.c1 [duplicate-front]"]


def test_two_fronts_are_told_apart_by_their_heading():
    notes = fact("a", "{{c1::x}} is *it* now") + fact("b", "{{c1::y}} is it now")
    assert found("duplicate-front", notes) == ["this asks the same as deck/a#text.c1"]
    assert found("duplicate-front", notes + "- fact: c\n  title: But not here\n  text: '{{c1::z}} is it now'\n") == [
        "this asks the same as deck/a#text.c1"
    ]
