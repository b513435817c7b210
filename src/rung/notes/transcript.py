"""A simulated interview, move by move: what to say next, what it buys, how it ended, and what the interviewer wrote down.

In `hears`, put the interviewer's own words in quotation marks; what has merely happened stands without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field, field_validator

from rung.cards import checklist, ordering, recall
from rung.drafts import clozes, twice
from rung.fields import Answer, Holed, NoteFields, Part, Plain
from rung.model import Draft, Example, Fault, Refusal
from rung.notes._faults import alike
from rung.notes._orders import FEWEST
from rung.notes._points import POINT, SAID, uncounted, within

if TYPE_CHECKING:
    from collections.abc import Iterator


class Move(Part):
    move: Answer = Field(description="A short label, shown when the moves are put in order.")
    hears: Plain = Field(description="What the interviewer has just said, or what has just happened.")
    says: Plain = Field(description="What to say next, at most 60 words.")
    buys: Holed | None = Field(None, description="Which commitment the answer bought.")

    _short = field_validator("says")(within(SAID))


class Jotting(Part):
    note: Plain = Field(description="What the interviewer wrote down, at most 30 words.")

    _short = field_validator("note")(within(POINT))


class Note(NoteFields):
    name: Plain = Field(description="What is simulated; the heading of its cards.")
    setting: Plain = Field(description="Who sits there and what is asked of them, at most 60 words.")
    phase: Plain | None = Field(None, description="Which part of the interview it is.")
    moves: tuple[Move, ...] = Field(description="The candidate's moves, in order.")
    outcome: Holed | None = Field(None, description="How it ended.")
    notes: tuple[Jotting, ...] = Field((), description="What the interviewer wrote down, to be ticked; two at least.")

    _short = field_validator("setting")(within(SAID))


def title(note: Note) -> str:
    return note.name


def cards(note: Note) -> Iterator[Draft]:
    scene = f"*{note.phase}.* {note.setting}" if note.phase else note.setting
    for place, move in enumerate(note.moves):
        at = ("moves", place)
        asked = f"{scene}\n\n**Just now:** {move.hears}\n\nWhat do you say next?"
        yield Draft("recall", recall.Content(asked, move.says), item=move.id, at=(*at, "says"))
        if move.buys:
            lead = f"What “{move.move}” bought:"
            yield from clozes(move.buys, item=move.id, facet="buys", at=(*at, "buys"), lead=lead)
    if len(note.moves) >= FEWEST:
        items = tuple(ordering.Item(move.id, move.move) for move in note.moves)
        order = ordering.Content("Put the candidate's moves in order.", items, "first to last")
        yield Draft("ordering", order, facet="order", at=("moves",))
    if note.outcome:
        yield from clozes(note.outcome, facet="outcome", at=("outcome",), lead="How it ended:")
    if note.notes:
        points = tuple(checklist.Point(jotting.id, jotting.note) for jotting in note.notes)
        asked = f"{scene}\n\nWhat did the interviewer write down?"
        yield Draft("checklist", checklist.Content(asked, points), facet="notes", at=("notes",))


def faults(note: Note) -> Iterator[Fault]:
    yield from twice((move.id for move in note.moves), ("moves",))
    yield from uncounted(note.moves, ("moves",), least=1)
    yield from alike((move.move for move in note.moves), ("moves",), "move")
    if note.notes:
        yield from twice((jotting.id for jotting in note.notes), ("notes",))
        yield from uncounted(note.notes, ("notes",))


EXAMPLES = (
    Example(
        """\
- transcript: parking
  name: Opening on the car park
  setting: A Staff candidate, second interview of the day. The prompt is to predict free places in a city's car parks.
  phase: The first three minutes
  moves:
    - id: scope
      move: Scope
      hears: The interviewer says “Predict where a driver finds a place.” and leans back.
      says: >-
        Before I choose a model, two questions. Does the driver ask when setting out, or at the gate? And who pays for a
        wrong answer?
      buys: One forecast {{c1::per arrival time}}, not one for now.
    - id: budget
      move: Latency
      hears: “When setting out. A wrong answer costs us the customer.”
      says: Then there are seconds to answer in, and being wrong is dear, so I would rather say how sure I am.
    - {id: restate, move: Restate, hears: Nobody speaks; the questions are done., says: So far we hold two things.}
  outcome: No box was drawn after {{c1::three}} minutes, and the shape was settled.
  notes:
    - {id: horizon, note: Asked for the horizon first.}
    - {id: sure, note: Priced a wrong answer.}
""",
        (
            "#budget recall: The first three minutes. A Staff candidate, second interview of the day. The prompt is"
            " to predict free places in a city's car parks. Just now: “When setting out. A wrong answer costs us the"
            " customer.” What do you say next? => Then there are seconds to answer in, and being wrong is dear, so I"
            " would rather say how sure I am.",
            "#notes checklist: The first three minutes. A Staff candidate, second interview of the day. The prompt"
            " is to predict free places in a city's car parks. What did the interviewer write down? => Asked for the"
            " horizon first; Priced a wrong answer",
            "#order ordering: Put the candidate's moves in order. => Scope < Latency < Restate",
            "#outcome.c1 cloze: How it ended: No box was drawn after […] minutes, and the shape was settled. => three",
            "#restate recall: The first three minutes. A Staff candidate, second interview of the day. The prompt is"
            " to predict free places in a city's car parks. Just now: Nobody speaks; the questions are done. What do"
            " you say next? => So far we hold two things.",
            "#scope recall: The first three minutes. A Staff candidate, second interview of the day. The prompt is"
            " to predict free places in a city's car parks. Just now: The interviewer says “Predict where a driver"
            " finds a place.” and leans back. What do you say next? => Before I choose a model, two questions. Does"
            " the driver ask when setting out, or at the gate? And who pays for a wrong answer?",
            "#scope.buys.c1 cloze: What “Scope” bought: One forecast […], not one for now. => per arrival time",
        ),
    ),
)

_LONG = "First we measure, then we choose. " * 10 + "Done."  # 61 words

REFUSALS = (
    Refusal(
        """\
- transcript: parking
  name: Opening on the car park
  setting: A Staff candidate, second interview of the day.
  moves:
    - {id: scope, move: Scope, hears: “Predict it.”, says: When does the driver ask?}
    - {id: again, move: scope, hears: “Go on.”, says: I would stop here.}
  notes:
    - {id: horizon, note: Asked for the horizon first.}
""",
        (
            'deck.yaml:9:25: error: "scope" stands twice under "moves"',
            'deck.yaml:11:5: error: "notes" lists only one',
        ),
    ),
    Refusal(
        f"""\
- transcript: parking
  name: Opening on the car park
  setting: A Staff candidate, second interview of the day.
  moves:
    - {{id: scope, move: Scope, hears: “Predict it.”, says: "{_LONG}"}}
    - {{id: budget, move: Latency, hears: “At the gate.”, says: Then there is a second., buys: A small model.}}
    - {{move: Restate, hears: Nobody speaks., says: So far we hold two things.}}
""",
        (
            "deck.yaml:8:60: error: this text is 61 words long",
            "deck.yaml:9:95: error: this text has no hole",
            'deck.yaml:10:7: error: a move lacks the key "id"',
        ),
    ),
    Refusal(
        """\
- transcript: parking
  name: Opening on the car park
  setting: A Staff candidate, second interview of the day.
  moves: []
""",
        ('deck.yaml:7:10: error: "moves" is empty',),
    ),
    Refusal(
        """\
- transcript: parking
  name: Opening on the car park
  setting: A Staff candidate, second interview of the day.
  moves:
    - {id: outcome, move: Scope, hears: “Predict it.”, says: When does the driver ask?, buys: "{{c1::One}} forecast."}
    - {id: notes, move: Restate, hears: Nobody speaks., says: So far we hold two things.}
  outcome: The shape was settled after {{c1::three}} minutes.
  notes:
    - {id: horizon, note: Asked for the horizon first.}
    - {id: price, note: Priced a wrong answer.}
""",
        (
            'deck.yaml:10:12: error: the id "outcome" makes a second card parking#outcome.c1',
            'deck.yaml:12:5: error: the id "notes" makes a second card parking#notes',
        ),
    ),
    Refusal(
        """\
- transcript: parking
  name: Opening on the car park
  setting: A Staff candidate, second interview of the day.
  moves:
    - {id: scope, move: Scope, hears: “Predict it.”, says: When does the driver ask?}
  notes:
    - {id: horizon, note: Asked for the horizon first.}
    - {id: horizon, note: Priced a wrong answer.}
""",
        ('deck.yaml:11:12: error: the id "horizon" stands twice in this note',),
    ),
)
