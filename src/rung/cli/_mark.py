"""What the commands that mark cards have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from rung.cli import _out
from rung.cli._dialogue import Dialogue
from rung.cli._here import Here, Wrong
from rung.marks import MANY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rung.model import Kind, Standing
    from rung.store import Store

CARDS = Annotated[list[str] | None, typer.Argument(metavar="[CARD...]", help="Ids of cards.")]
SEARCH = Annotated[str | None, typer.Option(metavar="QUERY", help="All cards that this finds, as `rung cards` does.")]
YES = Annotated[
    bool, typer.Option("--yes", help=f"Do not ask, however many are found; else more than {MANY} need a yes.")
]


def mark(
    context: typer.Context,
    cards: list[str] | None,
    search: str | None,
    yes: bool,
    kind: Kind,
    told: str,
    detail: Callable[[Standing], Mapping[str, Any]],
) -> None:
    """Log the mark of each card as one action, once all of them are known; `detail` follows from what is known of it."""
    here = Here.of(context)
    with here.store() as store:
        meant = _meant(here, store, cards, search)
        if search is not None and len(meant) > MANY and not yes and not _agreed(len(meant)):
            _out.tell("Nothing was changed.")
            return
        details = {id_: detail(standing) for id_, standing in store.standings(meant).items()}
        store.mark(kind, details, now=here.clock.now(), day=here.clock.day())
    if search is None:
        for id_ in details:
            _out.tell(f"{told} {id_}")
    else:
        _out.tell(f"{told} {_out.plural(len(details), 'card')}.")


def _meant(here: Here, store: Store, cards: list[str] | None, search: str | None) -> Sequence[str]:
    if bool(cards) == (search is not None):
        raise Wrong("name the cards, or say --search QUERY" + " instead" * bool(cards))
    if search is None:
        return [here.card(store, id_).id for id_ in cards or ()]
    if not search.strip():
        raise Wrong("say what to search for: --search QUERY")
    return here.found(store, search)


def _agreed(count: int) -> bool:
    cards = _out.plural(count, "card")
    if not _out.interactive():
        raise Wrong(f"to mark {cards} without being asked, say --yes")
    return Dialogue(rich=False).agrees(f"Mark {cards}?")
