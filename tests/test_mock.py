"""A mock round: how it shares out the time, which cards it asks in which phase, and through whose eyes it looks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deck_text import compiled_decks
from rung import mock
from rung.mock import MINUTES, PHASES, Aside
from rung.notes import note_type
from rung.notes.rubric import Note

MIXED = ("transcript", "question", "architecture", "ladder", "budget", "sizing", "probe")


def example(type_):
    return note_type(type_).EXAMPLES[0].source


def cards_of(**decks):
    result = compiled_decks({name.replace("_", "-"): notes for name, notes in decks.items()})
    assert not result.broken, result.problems
    return [card for deck in result.decks for card in deck.cards]


CARDS = cards_of(d="".join(example(type_) for type_ in MIXED if type_ not in ("transcript", "probe"))) + cards_of(
    opening=example("transcript"), probing=example("probe")
)


def asked(stage):
    return [task if isinstance(task, Aside) else task.id for task in stage.tasks]


def headings(stages):
    return [(stage.phase.heading, stage.starts, stage.ends) for stage in stages]


def test_the_phases_and_their_minutes():
    assert [(phase.heading, phase.minutes) for phase in PHASES] == [
        ("Phase 0: the opening", 4),
        ("Phase 1: clarifying questions", 5),
        ("Phase 2: the architecture", 8),
        ("Phase 3: deep dives", 10),
        ("Phase 4: the latency budget", 4),
        ("Phase 5: sizing", 4),
        ("Phase 6: follow-up probes", 8),
        ("Your own questions", 2),
    ]
    assert MINUTES == 45


def test_a_round_of_45_minutes_and_one_of_20():
    ends = [240, 540, 1020, 1620, 1860, 2100, 2580, 2700]
    stages = mock.stages(CARDS, 45, 1)
    assert [(stage.starts // 1000, stage.ends // 1000) for stage in stages] == list(zip([0, *ends], ends, strict=False))
    ends = [107, 240, 453, 720, 827, 933, 1147, 1200]
    stages = mock.stages(CARDS, 20, 1)
    assert [(stage.starts // 1000, stage.ends // 1000) for stage in stages] == list(zip([0, *ends], ends, strict=False))
    assert stages[0].takes == 107_000
    assert stages[1].takes == 133_000


def test_every_phase_asks_cards_of_its_own_types():
    stages = mock.stages(CARDS, 45, 7)
    types = [{task.note_type for task in stage.tasks if not isinstance(task, Aside)} for stage in stages]
    assert types == [*({type_} for type_ in MIXED), set()]
    assert [stage.cards for stage in stages] == [3, 3, 5, 2, 3, 3, 3, 0]


def test_the_loop_is_opened_when_the_opening_ends_and_closed_at_minute_40():
    stages = mock.stages(CARDS, 45, 7)
    assert asked(stages[0])[-1] is Aside.OPEN
    assert asked(stages[7]) == [Aside.ASK]
    assert [each for stage in stages for each in asked(stage) if isinstance(each, Aside)] == list(Aside)
    probes = "".join(
        f"- probe: p{n}\n  asks: What of {n}?\n  points:\n    - {{id: a, point: One of {n}.}}\n"
        f"    - {{id: b, point: Two of {n}.}}\n"
        for n in range(5)
    )
    stage = mock.stages(cards_of(d=probes), 45, 1)[6]
    assert asked(stage) == [f"d/p{n}#points" for n in range(4)] + [Aside.CLOSE, "d/p4#points"]


def test_without_cards_the_loop_is_asked_for_all_the_same():
    assert [asked(stage) for stage in mock.stages([], 45, 1)] == [
        [Aside.OPEN], [], [], [], [], [], [Aside.CLOSE], [Aside.ASK],
    ]  # fmt: skip


def test_a_seed_gives_the_same_round_and_another_a_different_one():
    rounds = [tuple(map(tuple, map(asked, mock.stages(CARDS, 45, seed)))) for seed in (4, 4, 5, 6)]
    assert rounds[0] == rounds[1]
    assert len(set(rounds)) == 3


@given(st.integers(0, 2**53), st.integers(5, 180))
def test_a_round_asks_one_card_of_a_family_in_file_order(seed, minutes):
    ids = [card.id for card in CARDS]
    for stage in mock.stages(CARDS, minutes, seed):
        cards = [task for task in stage.tasks if not isinstance(task, Aside)]
        assert len({card.family for card in cards}) == len(cards)
        assert [card.id for card in cards] == sorted((card.id for card in cards), key=ids.index)
        assert stage.cards <= max(1, round(stage.takes / 90_000))


def test_of_a_family_what_is_said_aloud_comes_before_a_hole():
    for seed in range(20):
        stage = mock.stages(cards_of(d=example("probe")), 5, seed)[6]
        assert asked(stage) == ["d/half-the-budget#points", Aside.CLOSE]


def test_each_note_takes_its_turn():
    branches = "".join(f"    - {{id: b{n}, answer: at {n}, changes: 'It is {{{{c1::{n}}}}}.'}}\n" for n in range(9))
    one = "- question: {}\n  asks: What of {}?\n  why: It sets {{{{c1::all}}}}.\n  branches:\n"
    cards = cards_of(
        d=one.format("long", "long") + branches + one.format("short", "short") + branches[: len(branches) // 9]
    )
    for seed in range(20):
        stage = mock.stages(cards, 45, seed)[1]
        assert sorted(id_.partition("#")[0] for id_ in asked(stage))[1:] in (
            ["d/long", "d/short"],
            ["d/short", "d/short"],
        )


def test_a_transcript_among_probes_is_one_of_them():
    cards = cards_of(opening=example("transcript"), probing=example("transcript") + example("probe"))
    stages = mock.stages(cards, 180, 3)
    decks = [{task.deck for task in stage.tasks if not isinstance(task, Aside)} for stage in stages]
    assert decks == [{"opening"}, set(), set(), set(), set(), set(), {"probing"}, set()]
    assert {task.note_type for task in stages[6].tasks if not isinstance(task, Aside)} == {"transcript", "probe"}
    stages = mock.stages(cards_of(all=example("transcript") + example("probe")), 180, 3)  # else there were no opening
    types = [{task.note_type for task in stage.tasks if not isinstance(task, Aside)} for stage in stages]
    assert types == [{"transcript"}, set(), set(), set(), set(), set(), {"probe"}, set()]


# ── the source ───────────────────────────────────────────────────────────────────────────────────


def test_the_source_that_fills_most_phases():
    cards = cards_of(
        a=example("ladder"), b=example("probe") + example("budget"), c=example("sizing") + example("question")
    )
    assert mock.source(cards, {"a": "A", "b": "B", "c": "C"}) == "B"
    assert mock.source(cards, {"a": "A", "b": "B", "c": "A"}) == "A"
    assert mock.source(cards, {"a": "A"}) == "A"
    assert mock.source(cards_of(a=example("fact")), {"a": "A"}) == ""
    assert mock.source(cards, {}) == ""


# ── the lens ─────────────────────────────────────────────────────────────────────────────────────


def signal(id_, company, short, did=("Did the candidate a?", "Did the candidate b?")):
    return {"id": id_, "company": company, "short": short, "scores": f"s{id_}", "signal": "Say so.", "did": list(did)}


SIGNALS = Note.model_validate(
    {
        "name": "Lens",
        "signals": [
            signal("google", "Google L6", "Google"),
            signal("meta", "Meta E6", "Meta"),
            signal("data", "Stripe or Databricks Staff", "Stripe or Databricks"),
            signal("lab", "AI-lab Staff", "AI-lab"),
        ],
    }
).signals


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("google", ["Google"]), ("Google L6", ["Google"]), ("GOOG", ["Google"]), ("google-l6", ["Google"]),
        ("e6", ["Meta"]), ("databricks", ["Stripe or Databricks"]), ("data", ["Stripe or Databricks"]),
        ("ai lab", ["AI-lab"]), ("s", ["Stripe or Databricks"]), ("staff", ["Stripe or Databricks", "AI-lab"]), ("gogle", []), ("", []), ("!", []),
    ],
)  # fmt: skip
def test_a_company_is_matched_loosely(typed, meant):
    assert [each.short for each in mock.named(typed, SIGNALS)] == meant


@pytest.mark.parametrize(
    ("typed", "near"),
    [("gogle", "Google"), ("mtea", "Meta"), ("stripes or databrick", "Stripe or Databricks"), ("x", "")],
)
def test_the_company_whose_name_is_nearest(typed, near):
    assert mock.near(typed, SIGNALS) == near


def test_the_lens_of_one_company_and_of_all():
    assert mock.lens(SIGNALS[1]) == mock.Lens(
        "Meta E6", (("Meta E6", "Did the candidate a?"), ("Meta E6", "Did the candidate b?"))
    )
    drawn = [mock.neutral(SIGNALS, seed) for seed in range(20)]
    assert {each.name for each in drawn} == {"every company"}
    assert {tuple(company for company, _ in each.asks) for each in drawn} == {
        ("Google L6", "Meta E6", "Stripe or Databricks Staff", "AI-lab Staff")
    }
    assert {asks for each in drawn for _, asks in each.asks} == {"Did the candidate a?", "Did the candidate b?"}
    assert drawn == [mock.neutral(SIGNALS, seed) for seed in range(20)]
