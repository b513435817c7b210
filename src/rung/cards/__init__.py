"""Card kinds: how a card is asked, how an answer is scored, how it looks in Anki.

One folder a kind, registered by being here: its module gives what `CardKind` lists, and `front.html`, `back.html` and
`style.css` beside it are its template in Anki.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from rung import registry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rung.model import AnkiType, Card, Question, Score


class CardKind(Protocol):
    """What the module of a kind gives.

    `Content` is the frozen dataclass of its cards. `SECONDS` is the time after which a perfect answer counts as one
    with hesitation; None where time does not tell. `gist` is question and answer in a line each, for lists and checks.
    `fault` says what keeps a card with this content from being asked, scored and shown, and is empty for what a note
    type made: card files may be edited by hand. `score` raises NotAnAnswer. `back` is the Markdown shown after `answer` (empty where nothing was given).
    `fields` are those of one Anki note, by name, in HTML, from the cards of one part.
    """

    Content: type[Any]
    SECONDS: int | None
    ANKI: AnkiType

    def fault(self, content: Any) -> str: ...
    def ask(self, content: Any, seed: int) -> Question: ...
    def score(self, content: Any, question: Question, answer: str) -> Score: ...
    def back(self, content: Any, question: Question, answer: str) -> str: ...
    def gist(self, content: Any) -> tuple[str, str]: ...
    def fields(self, cards: Sequence[Card]) -> Mapping[str, str]: ...


def names() -> tuple[str, ...]:
    """Every card kind, sorted."""
    return registry.names(__path__)


@cache
def kind(name: str) -> CardKind:
    """The card kind of that name; raises KeyError for one that is not there."""
    if name not in names():
        raise KeyError(name)
    return cast("CardKind", registry.module(__name__, name))


def gist(card: Card) -> str:
    """A card's heading and question in a line, for lists: either alone may not tell it."""
    question, _ = kind(card.kind).gist(card.content)
    return f"{card.title}{'' if card.title.endswith('?') else ':'} {question}"
