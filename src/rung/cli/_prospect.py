"""A plan with all that the store and the cards have for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rung.cli._cards import kept_notes
from rung.plan.ground import TYPES, ground
from rung.plan.pace import pace
from rung.plan.prospect import Drill, Stock, prospect

if TYPE_CHECKING:
    from rung.cli._here import Here
    from rung.plan import Plan
    from rung.plan.ground import Ground
    from rung.plan.prospect import Prospect
    from rung.store import Store


def planned(here: Here, store: Store) -> tuple[Prospect, Ground] | None:
    """The plan whose interview is still to come as it stands today; None where there is none. Raises CannotGoOn."""
    plan = running(here, store)
    if plan is None:
        return None
    ground = ground_of(here)
    return prospect_of(here, store, plan, ground), ground


def running(here: Here, store: Store) -> Plan | None:
    """The plan whose interview is still to come, be it today; None where there is none."""
    plan = store.plan()
    return plan if plan is not None and plan.left(here.clock.day()) >= 0 else None


def ground_of(here: Here) -> Ground:
    """What the decks say of clock, roles and companies; raises CannotGoOn."""
    return ground(kept_notes(here.folder, TYPES))


def prospect_of(here: Here, store: Store, plan: Plan, on: Ground) -> Prospect:
    """All that is to be told of the plan today."""
    name, day, settings = here.folder.name, here.clock.day(), here.settings
    left = store.today(name, day, settings.reviews_per_day, settings.new_per_day)
    stock = Stock(
        store.workload(name, day),
        store.rounds(name),
        () if settings.drills_in_review else _drills(here, store),
        pace(store.costs(name, day)),
        left.due,
        left.new,
        settings.reviews_per_day,
    )
    return prospect(plan, day, on, stock)


def _drills(here: Here, store: Store) -> tuple[Drill, ...]:
    """The drills of decks that are on, and those of others that were begun, but for what is suspended."""
    on = {row.id for row in store.decks(here.folder.name) if row.on}
    found = []
    for card in here.cards(store, "drill"):
        standing = store.standing(card.id)
        due = standing.memory.due if standing.memory else None
        if (due or card.deck in on) and not standing.suspended:
            found.append(Drill(card.note, card.deck, card.content.minutes, standing.first_day, due))
    return tuple(found)
