"""The package in Anki itself: what a learner gets who imports it, and imports it again."""

import html
import re
from dataclasses import replace

import pytest

pytest.importorskip("anki.collection")

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from rung import cards as kinds
from rung.anki import models
from rung.anki.package import write
from rung.anki.types import template
from rung.cards import checklist, choice, cloze, drill, number, ordering, recall, sheet
from rung.model import Card, Deck

TRAFFIC = Deck("course/traffic", "Traffic: the 100 ms", "Production AI Systems", "4.1")
LADDERS = Deck("course/ladders", "Ladders", "Production AI Systems")
BORN = 1_700_000_000  # the UTC second at which everything here was written; before any edit made in Anki by a test
TYPES = dict.fromkeys(kinds.names(), BORN)

NASTY = (
    "Say [red] \x1b[31mred\x1b[0m <b>bold</b> </script><script>alert(1)</script> 🦊👩‍👧 שלום"
    ' \\(a<b\\) `x < y` [sound:a.mp3] [latex]z[/latex] {{Title}} &amp; "q"'
)
SHOWN = (
    "Say [red] ␛[31mred␛[0m <b>bold</b> </script><script>alert(1)</script> 🦊👩‍👧 שלום"
    ' \\(a<b\\) x < y [sound:a.mp3] [latex]z[/latex] {{Title}} & "q"'
)


def card(name, kind, content, **rest):
    deck, note_type = name.rpartition("/")[0], rest.pop("note_type", "fact")
    return Card(name, kind, note_type, deck, name, rest.pop("title", "A *title*"), content, changed=BORN, **rest)


def fact(text, *holes, name="peak", **rest):
    part = f"{TRAFFIC.id}/{name}#text"
    return [card(f"{part}.c{hole}", "cloze", cloze.Content(text, hole), **rest) for hole in holes or (1,)]


PEAK = fact("The {{c1::peak}} brings {{c2::200k::how many}} requests.", 1, 2, tags=("topic::two words",))
ORDER = card(
    "course/ladders/l#order",
    "ordering",
    ordering.Content(
        "Order the rungs.",
        tuple(
            ordering.Item(level, f"says *{level.lower()}*", level, f"note {level}")
            for level in ("L4", "L5", "L6", "L7")
        ),
    ),
    note_type="ladder",
)
LEVEL = card(
    "course/ladders/l#l5.level",
    "choice",
    choice.Content(
        "Which level is `this`?",
        tuple(choice.Item(id_, f"{id_} name") for id_ in ("L4", "L5", "L6")),
        "L5",
        fixed=True,
        extra="Because.",
    ),
    note_type="ladder",
    level="L5",
    tags=("original",),
)
CODE = card(
    "course/ladders/l#code",
    "recall",
    recall.Content("Why?", "One.\n\n- *a*\n- b\n\n```\nx = 1\n  < y\n```"),
    note_type="ladder",
    title="",
)
NASTY_CARDS = [
    *fact(f"{{{{c1::{NASTY.replace('{{Title}}', '')}}}}} {NASTY}", name="nasty", title=NASTY),
    card("course/traffic/nasty#recall", "recall", recall.Content(NASTY, NASTY), title=NASTY),
    card(
        "course/traffic/nasty#order",
        "ordering",
        ordering.Content(NASTY, tuple(ordering.Item(id_, NASTY, NASTY, NASTY) for id_ in "ab")),
        title=NASTY,
    ),
    card(
        "course/traffic/nasty#choice",
        "choice",
        choice.Content(NASTY, (choice.Item("a", NASTY), choice.Item("b", NASTY)), "a", extra=NASTY),
        title=NASTY,
    ),
]
ALL = [(TRAFFIC, PEAK), (LADDERS, [ORDER, LEVEL, CODE])]


@pytest.fixture
def col(tmp_path):
    collection = Collection(str(tmp_path / "collection.anki2"))
    yield collection
    collection.close()


@pytest.fixture
def bring(col, tmp_path):
    """Write cards and import them; gives (new, updated, duplicate, conflicting) notes."""

    def bring(cards, types=TYPES, **how):
        path = tmp_path / "rung.apkg"
        decks = cards if isinstance(cards[0], tuple) else [(TRAFFIC, cards)]
        write(path, decks, types, **how)
        request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
        log = col.import_anki_package(request).log
        col.models._clear_cache()  # it keeps note types as they were
        return len(log.new), len(log.updated), len(log.duplicate), len(log.conflicting)

    return bring


def edited(cards, text, seconds=1, **rest):
    """The same cards, their text changed some seconds later."""
    return [
        replace(card, content=replace(card.content, text=text), changed=card.changed + seconds, **rest)
        for card in cards
    ]


def cards_of(col, query=""):
    """The cards found, by part and then hole."""
    found = [col.get_card(number) for number in col.find_cards(query)]
    return sorted(found, key=lambda card: (card.note()["Id"], card.ord))


def seen(rendered):
    """The words that a learner sees of a rendered card, one space between them; list items begin with a dot."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", unscripted(rendered).replace("<li", " •<li"))).split())


def unscripted(rendered):
    """A rendered card as it is without scripts: what only they show goes with them."""
    without = r'<style>.*?</style>|<p class="how scripted">.*?</p>|<div class="variants" hidden.*|<script>.*'
    return re.sub(without, "", rendered, flags=re.DOTALL)


def scripts(card):
    """How many scripts each side has; all are those of the templates."""
    kind = card.note_type()["name"].removeprefix("Rung ").casefold()
    assert card.question().endswith(template(kind).front.partition("<script>")[2])
    return card.question().count("<script"), card.answer().count("<script")


def reviewed(col, card):
    """Give a card a history of two reviews."""
    card.type = card.queue = 2
    card.ivl, card.factor, card.reps, card.lapses, card.due = 17, 2360, 4, 1, col.sched.today + 5
    col.update_card(card)
    for moment in (BORN * 1000 + 1, BORN * 1000 + 2):
        col.db.execute("INSERT INTO revlog VALUES (?,?,-1,3,17,6,2360,4000,1)", moment, card.id)


def history(col, card_id):
    card = col.get_card(card_id)
    log = col.db.all("SELECT id, ease, ivl FROM revlog WHERE cid = ? ORDER BY id", card_id)
    return card.type, card.queue, card.ivl, card.factor, card.reps, card.lapses, card.due, log


# ── the first import ─────────────────────────────────────────────────────────────────────────────


def test_every_card_arrives_and_reads_well(col, bring):
    assert bring(ALL) == (4, 0, 0, 0)
    assert [(card.note()["Id"], card.ord, seen(card.question()), seen(card.answer())) for card in cards_of(col)] == [
        (
            "course/ladders/l#code",
            0,
            "Why?",
            "Why? One. • a • b x = 1 < y Production AI Systems course/ladders/l#code",
        ),
        (
            "course/ladders/l#l5.level",
            0,
            "A title Which level is this ? • L4 name • L5 name • L6 name",
            "A title Which level is this ? • L4 name • L5 name • L6 name B. L5 name Because."
            " Production AI Systems course/ladders/l#l5.level",
        ),
        (
            "course/ladders/l#order",
            0,
            "A title Order the rungs. Decide on an order, then look. • says l5 • says l4 • says l7 • says l6",
            "A title Order the rungs. • L4: says l4 (B) note L4 • L5: says l5 (A) note L5 • L6: says l6 (D) note L6"
            " • L7: says l7 (C) note L7 Production AI Systems course/ladders/l#order",
        ),
        (
            "course/traffic/peak#text",
            0,
            "A title The [...] brings 200k requests.",
            "A title The peak brings 200k requests. Production AI Systems, lesson 4.1 course/traffic/peak#text",
        ),
        (
            "course/traffic/peak#text",
            1,
            "A title The peak brings [how many] requests.",
            "A title The peak brings 200k requests. Production AI Systems, lesson 4.1 course/traffic/peak#text",
        ),
    ]


def test_options_are_lettered_by_the_list_itself(col, bring):
    bring(ALL)
    lettered = [card.question() for card in cards_of(col, '"note:Rung Ordering" OR "note:Rung Choice"')]
    assert [question.count('<ol class="') for question in lettered] == [1, 1]
    assert all(re.search(r'<ol class="\w+" type="A"( data-fixed)?><li', question) for question in lettered)


def test_nasty_text_is_shown_as_it_was_written_and_does_nothing(col, bring):
    bring(NASTY_CARDS)
    hole = SHOWN.replace("{{Title}} ", "")
    assert {
        card.note()["Id"]: (seen_exactly(card.question()), seen_exactly(card.answer())) for card in cards_of(col)
    } == {
        "course/traffic/nasty#choice": (
            f"{SHOWN} {SHOWN} •{SHOWN} •{SHOWN}",
            f"{SHOWN} {SHOWN} •{SHOWN} •{SHOWN} {letter('choice')}. {SHOWN} {SHOWN} {TAIL}choice",
        ),
        "course/traffic/nasty#order": (
            f"{SHOWN} {SHOWN} Decide on an order, then look. •{SHOWN} •{SHOWN}",
            f"{SHOWN} {SHOWN} •{SHOWN}: {SHOWN} ({letter('order', 'a')}) {SHOWN}"
            f" •{SHOWN}: {SHOWN} ({letter('order', 'b')}) {SHOWN} {TAIL}order",
        ),
        "course/traffic/nasty#recall": (f"{SHOWN} {SHOWN}", f"{SHOWN} {SHOWN} {SHOWN} {TAIL}recall"),
        "course/traffic/nasty#text": (f"{SHOWN} [...] {SHOWN}", f"{SHOWN} {hole} {SHOWN} {TAIL}text"),
    }
    for card in cards_of(col):
        rendered = card.render_output()
        assert scripts(card) == ((1, 1) if card.note()["Id"].endswith(("#order", "#choice")) else (0, 0))
        assert (list(rendered.question_av_tags), list(rendered.answer_av_tags)) == ([], [])


TAIL = "Production AI Systems, lesson 4.1 course/traffic/nasty#"


def letter(part, item="a"):
    (card,) = (card for card in NASTY_CARDS if card.part.endswith(f"#{part}"))
    found = re.findall(
        r'data-id="(\w)"', kinds.kind(card.kind).fields([card])["Items" if part == "order" else "Options"]
    )
    return "AB"[found.index(item)]


def seen_exactly(rendered):
    """As `seen`, but with nothing between inline elements."""
    body = re.sub(r"</?(?:div|p|ol|hr|br)\b[^>]*>", " ", unscripted(rendered).replace("<li", " •<li"))
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", body)).split())


def test_a_checklist_says_how_many_points_there_are_and_shows_them_behind(col, bring):
    points = (checklist.Point("a", NASTY), checklist.Point("b", "*Two*"))
    bring([card("course/traffic/nasty#points", "checklist", checklist.Content(NASTY, points, NASTY), title=NASTY)])
    (made,) = cards_of(col)
    front = f"{SHOWN} {SHOWN} Say it aloud; 2 points."
    assert seen_exactly(made.question()) == front
    assert seen_exactly(made.answer()) == f"{front} •{SHOWN} •Two {SHOWN} {TAIL}points"
    assert scripts(made) == (1, 1)


def test_a_number_and_a_sheet_say_what_to_find_and_how_it_comes_about(col, bring):
    gpus = number.Content(
        "How many GPUs for {qps} QPS?",
        "GPUs",
        0.05,
        formula="qps / rate",
        variables=(number.Variable("qps", 400_000.0, 400_000.0), number.Variable("rate", 8000.0, 8000.0)),
        because="{qps} at {rate} each.",
    )
    lines = (sheet.Line("edge", "Edge", 10.0, 20.0, 12.0), sheet.Line("rank", "Rank", 60.0, 90.0, 88.0))
    budget = sheet.Content(
        "SLA: 100 ms.",
        "ms",
        sheet.Given("sla", "SLA", 100.0),
        lines,
        (sheet.Rule("It adds up.", "edge + rank == sla"),),
    )
    bring([card("course/traffic/a#gpus", "number", gpus), card("course/traffic/b#fill", "sheet", budget)])
    found, filled = cards_of(col)
    assert seen(found.question()) == "A title How many GPUs for 400,000 QPS? A number in GPUs, within 5%"
    assert " 50 GPUs 400,000 at 8,000 each. 400,000 ÷ 8,000 = 50 GPUs " in seen(found.answer())
    front = "A title SLA: 100 ms. •Edge •Rank Find a number in ms for each line, then look."
    assert seen_exactly(filled.question()) == front
    back = " •Edge: 12 ms typically 10 to 20 ms •Rank: 88 ms typically 60 to 90 ms •It adds up: 12 + 88 = 100 "
    assert back in seen_exactly(filled.answer())


def test_a_drill_shows_prompt_and_sections_then_rubric_solution_and_failures(col, bring):
    content = drill.Content(
        NASTY,
        10,
        (drill.Section("a", NASTY), drill.Section("b", "Risk")),
        tuple(drill.Dimension(id_, id_.upper(), NASTY, "one", "two", "all") for id_ in "wxyz"),
        (drill.Solved("a", NASTY), drill.Solved("b", "- *Hot* key")),
        (drill.Failure("f", NASTY),),
    )
    bring([card("course/traffic/nasty#drill", "drill", content, title="Drill")])
    (made,) = cards_of(col)
    front = f"Drill {SHOWN} 10 minutes, in these sections: • {SHOWN} • Risk"
    assert seen(made.question()) == front
    rubric = " ".join(f"{id_} • Weak {SHOWN} • Passing one • Strong two • Staff bar all" for id_ in "WXYZ")
    solution = f"Model solution {SHOWN} {SHOWN} Risk • Hot key"
    back = f"{front} Rate yourself {rubric} {solution} Common failures • {SHOWN} {TRAFFIC.source}"
    assert seen(made.answer()).startswith(back)
    assert scripts(made) == (1, 1)


def test_anki_finds_nothing_to_mend(col, bring):
    bring([(TRAFFIC, PEAK + NASTY_CARDS), (LADDERS, [ORDER, LEVEL, CODE])])
    assert col.card_count() == 9
    said, sound = col.fix_integrity()
    assert (sound, said) == (True, "Database rebuilt and optimized.")
    assert col.card_count() == 9
    assert list(col.get_empty_cards().notes) == []
    assert (col.media.check().missing, col.media.check().unused) == ([], [])


def test_a_hole_inside_a_hole_and_a_hole_of_two_numbers_are_all_the_cards_anki_wants(col, bring):
    bring(fact("{{c1::outer {{c2::inner}} x}} {{c3,4::both}}", 1, 2, 3, 4))
    assert col.card_count() == 4
    col.fix_integrity()
    assert col.card_count() == 4


def test_decks_are_named_by_course_and_title(col, bring):
    odd = Deck("course/odd", '1:: "the" \x1b start:', "PRODUCTION AI SYSTEMS")
    bring([*ALL, (odd, fact("{{c1::x}}", name="odd"))])
    names = {card.note()["Id"]: col.decks.name(card.did) for card in cards_of(col)}
    assert names == {
        "course/ladders/l#code": "Rung::Production AI Systems::Ladders",
        "course/ladders/l#l5.level": "Rung::Production AI Systems::Ladders",
        "course/ladders/l#order": "Rung::Production AI Systems::Ladders",
        "course/traffic/peak#text": "Rung::Production AI Systems::Traffic: the 100 ms",
        "course/traffic/odd#text": 'Rung::Production AI Systems::1 "the" start',
    }
    assert len(col.decks.all_names_and_ids()) == 6  # with Default, Rung and the course


def test_tags_can_be_searched(col, bring):
    bring(ALL)
    found = {tag: [note["Id"] for note in map(col.get_note, col.find_notes(f"tag:{tag}"))] for tag in col.tags.all()}
    assert {tag: sorted(parts) for tag, parts in found.items()} == {
        "rung::level::L5": ["course/ladders/l#l5.level"],
        "rung::original": ["course/ladders/l#l5.level"],
        "rung::topic::two_words": ["course/traffic/peak#text"],
        "rung::type::fact": ["course/traffic/peak#text"],
        "rung::type::ladder": ["course/ladders/l#code", "course/ladders/l#l5.level", "course/ladders/l#order"],
    }


def test_new_cards_come_in_the_order_of_the_file(col, bring):
    bring([(TRAFFIC, fact("{{c1::z}}", name="z") + fact("{{c1::a}} {{c2::b}}", 1, 2, name="a")), (LADDERS, [ORDER])])
    assert [(card.note()["Id"], card.due) for card in cards_of(col)] == [
        ("course/ladders/l#order", 3),
        ("course/traffic/a#text", 2),
        ("course/traffic/a#text", 2),
        ("course/traffic/z#text", 1),
    ]


# ── and again ────────────────────────────────────────────────────────────────────────────────────


def test_the_same_package_again_changes_nothing(col, bring, tmp_path):
    bring(ALL)
    first = (tmp_path / "rung.apkg").read_bytes()
    before = col.db.all("SELECT * FROM notes") + col.db.all("SELECT * FROM cards")
    assert bring(ALL) == (0, 0, 4, 0)
    assert (tmp_path / "rung.apkg").read_bytes() == first
    assert col.db.all("SELECT * FROM notes") + col.db.all("SELECT * FROM cards") == before


def test_an_edit_arrives_and_keeps_what_was_learned(col, bring):
    bring(ALL)
    peak = cards_of(col, "brings")
    reviewed(col, peak[0])
    before = [history(col, card.id) for card in peak]
    words = "The {{c1::summit}} brings {{c2::200k}} requests."
    assert bring([(TRAFFIC, edited(PEAK, words)), ALL[1]]) == (0, 1, 3, 0)
    assert [history(col, card.id) for card in peak] == before
    assert before[0][2:6] == (17, 2360, 4, 1)
    assert len(before[0][-1]) == 2
    assert [seen(card.question()) for card in cards_of(col, "summit")] == [
        "A title The [...] brings 200k requests.",
        "A title The summit brings [...] requests.",
    ]


def test_two_edits_in_a_day_arrive_and_so_does_the_way_back(col, bring):
    cards = fact("{{c1::one}}")
    bring(cards)
    for word in ("two", "three", "one"):
        cards = edited(cards, f"{{{{c1::{word}}}}}")
        assert bring(cards) == (0, 1, 0, 0)
        assert [note["Text"] for note in map(col.get_note, col.find_notes(""))] == [f"<p>{{{{c1::{word}}}}}</p>"]


def test_an_edit_without_a_new_second_would_be_lost(col, bring):
    bring(PEAK)
    assert bring(edited(PEAK, "{{c1::other}} {{c2::words}}", 0)) == (0, 0, 1, 0)


def test_a_learners_own_edit_outlives_an_unchanged_note(col, bring):
    bring([*PEAK, *fact("{{c1::x}}", name="other")])
    note = cards_of(col, "brings")[0].note()
    note["Extra"], note.tags = "my own words", [*note.tags, "mine"]
    col.update_note(note)
    assert bring([*PEAK, *edited(fact("{{c1::x}}", name="other"), "{{c1::y}}")]) == (0, 1, 1, 0)
    note = cards_of(col, "brings")[0].note()
    assert (note["Extra"], "mine" in note.tags) == ("my own words", True)


def test_a_renamed_part_is_the_same_note(col, bring):
    bring(PEAK)
    old = cards_of(col)
    reviewed(col, old[0])
    before = history(col, old[0].id)
    renamed = [
        replace(card, id=card.id.replace("peak", "summit"), first=card.part, changed=card.changed + 1) for card in PEAK
    ]
    assert bring(renamed) == (0, 1, 0, 0)
    assert [(card.id, card.note()["Id"], card.note().guid) for card in cards_of(col)] == [
        (card.id, "course/traffic/summit#text", old[0].note().guid) for card in old
    ]
    assert history(col, old[0].id) == before


def test_a_new_hole_is_a_new_card_and_a_lost_one_an_empty_card(col, bring):
    bring(fact("{{c1::one}} {{c2::two}}", 1, 2))
    assert bring(edited(fact("", 1, 3), "{{c1::one}} {{c3::three}}")) == (0, 1, 0, 0)
    assert [card.ord for card in cards_of(col)] == [0, 1, 2]
    (report,) = col.get_empty_cards().notes
    assert [col.get_card(number).ord for number in report.card_ids] == [1]
    assert not report.will_delete_note


@pytest.mark.parametrize(("later", "css", "front"), [(1, "new", "new"), (0, "old", "old")])
def test_a_new_template_arrives_in_place_if_its_second_is_new(col, bring, monkeypatch, later, css, front):
    looks = template("cloze")

    def looks_say(word):
        changed = replace(looks, css=f".{word}{{}}", front=f"<i>{word}</i>{looks.front}")
        monkeypatch.setattr(models, "template", lambda kind: changed if kind == "cloze" else template(kind))

    looks_say("old")
    bring(ALL)
    schema = col.db.scalar("SELECT scm FROM col")
    looks_say("new")
    assert bring(ALL, TYPES | {"cloze": BORN + later}) == (0, 0, 4, 0)
    assert sorted(name.name for name in col.models.all_names_and_ids() if name.name.startswith("Rung")) == [
        "Rung Choice",
        "Rung Cloze",
        "Rung Ordering",
        "Rung Recall",
    ]
    model = col.models.by_name("Rung Cloze")
    assert model["css"] == f".{css}{{}}"
    assert seen(cards_of(col, "brings")[0].question()).startswith(front)
    assert col.db.scalar("SELECT scm FROM col") == schema  # else the next sync would go one way only


def test_a_spare_field_can_be_given_a_name_later(col, bring, monkeypatch):
    bring(PEAK)
    fields = tuple(("Picture" if name == "Spare1" else name, number) for name, number in cloze.ANKI.fields)
    monkeypatch.setattr(cloze, "ANKI", replace(cloze.ANKI, fields=fields))
    assert bring(edited(PEAK, "{{c1::a}} {{c2::b}}"), TYPES | {"cloze": BORN + 1}) == (0, 1, 0, 0)
    (note,) = map(col.get_note, col.find_notes(""))
    assert (note.keys(), note.mid) == ([name for name, _ in fields], cloze.ANKI.id)


def test_retired_notes_stay_until_their_package_tags_them(col, bring):
    other = fact("{{c1::stays}}", name="other")
    bring([*PEAK, *other])
    reviewed(col, cards_of(col, "brings")[0])
    gone = [replace(card, retired=True, changed=card.changed + 1) for card in PEAK]
    assert bring([*gone, *other]) == (0, 0, 1, 0)
    assert col.find_notes("tag:rung::retired") == []
    assert bring([*gone, *other], retired=True) == (0, 1, 0, 0)
    found = cards_of(col, "tag:rung::retired")
    assert [(card.note()["Id"], card.ord) for card in found] == [
        ("course/traffic/peak#text", 0),
        ("course/traffic/peak#text", 1),
    ]
    assert history(col, found[0].id)[2:6] == (17, 2360, 4, 1)


def test_a_package_without_notes_imports(bring):
    assert bring([(TRAFFIC, [])]) == (0, 0, 0, 0)
