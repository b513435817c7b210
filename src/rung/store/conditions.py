"""A search as SQL: its tree as conditions, every value of it a parameter."""

# ruff: noqa: S608 - the SQL is of our own words alone; what was typed is in the values

from __future__ import annotations

from datetime import date
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING

from rung import search
from rung.model import ANSWERS, LEECH_LAPSES
from rung.search import Either, Every, Flag, Introduced, Is, Named, Not, Prop, Rated, Words
from rung.store.rows import days_later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rung.search import Query

WAITS = "suspended = 0 AND buried IS NOT ?2"
STATES = {
    "due": f"due <= ?2 AND coalesce(reviewed, '') < ?2 AND {WAITS}",
    "learnt": "due IS NOT NULL",
    "again": f"root IN (SELECT root FROM history WHERE day = ?2) AND answered = ?2 AND last_grade < 4 AND {WAITS}",
    "suspended": "suspended = 1",
    "buried": "buried = ?2",
    "leech": f"lapses >= {LEECH_LAPSES}",
}
"""What is kept of a card in such a state; ?2 is the day."""

PROPS = {"ease": "ease", "ivl": "interval", "lapses": "coalesce(lapses, 0)", "reps": "rows", "due": "due"}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
SIGNS = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
KEPT = "cards.root IN (SELECT root FROM memory WHERE {})"
ITEM = "own.value"  # of a list in JSON
COLUMNS = {"type": "cards.note_type", "kind": "cards.kind", "level": "cards.level", "id": "cards.id"}
INDEXED = "{} IN (SELECT rowid FROM texts_fts WHERE texts_fts MATCH {})"


class Asked:
    """Conditions, and the values that they name by their numbers."""

    def __init__(self, values: list[object], day: date) -> None:
        self.values = values
        self.day = day

    def value(self, value: object) -> str:
        self.values.append(value)
        return f"?{len(self.values)}"

    def match(self, words: Sequence[Words]) -> str:
        """What the index of texts is asked: its own signs do nothing within the quotes."""
        return self.value(" ".join(f'"{each.text}"' + "*" * (not each.whole) for each in words))

    def where(self, query: Query) -> str:
        match query:
            case Every(of):
                return f"({' AND '.join(map(self.where, of)) or 1})"
            case Either(of):
                return f"({' OR '.join(map(self.where, of))})"
            case Not(of):
                return f"NOT {self.where(of)}"
            case Words():
                return INDEXED.format("cards.number", self.match([query]))
            case Is("new"):
                return "NOT " + KEPT.format(STATES["learnt"])
            case Is("retired"):
                return "cards.retired = 1"
            case Is("due" | "again" as state):  # retired cards wait for nobody
                return f"(cards.retired = 0 AND {KEPT.format(STATES[state])})"
            case Is(state):
                return KEPT.format(STATES[state])
            case Named("deck"):
                return f"cards.deck IN (SELECT id FROM decks WHERE workspace = ?1 AND {self.like(query, 'decks.id')})"
            case Named("tag"):
                return self.tagged(query)
            case Named(key):
                return self.like(query, COLUMNS[key])
            case Flag(number):
                return self.counted("flag", "=", number)
            case Prop("lapses" | "reps" as name, sign, number):
                return self.counted(PROPS[name], sign, number)
            case Prop("r", sign, number):
                return self.recalled(sign, number / 100)
            case Prop(name, sign, number):
                held = self.days_on(number) if name == "due" else number
                return KEPT.format(f"{PROPS[name]} {sign} {self.value(held)}")
            case Rated():
                return self.rated(query)
            case Introduced(days):
                return KEPT.format(f"first_day BETWEEN {self.value(self.days_on(1 - days))} AND ?2")

    def counted(self, column: str, sign: str, number: int) -> str:
        """A number that is 0 for a card of which nothing is kept."""
        compared = f"{column} {sign} {self.value(number)}"
        return "NOT " + KEPT.format(f"NOT {compared}") if SIGNS[sign](0, number) else KEPT.format(compared)

    def recalled(self, sign: str, share: float) -> str:
        """The chance of a recall, by the days that take it there: many a SQLite has no powers, and so none are needed."""
        from rung import recall  # here, for few searches ask

        since = "julianday(?2) - julianday(strength_since)"
        return KEPT.format(f"{since} {TURNED[sign]} stability * {self.value(recall.forgotten(share))}")

    def days_on(self, days: int) -> str:
        if days >= 0:
            return days_later(self.day, days).isoformat()
        return date.fromordinal(max(1, self.day.toordinal() + days)).isoformat()

    def rated(self, rated: Rated) -> str:
        kinds = ", ".join(f"'{kind}'" for kind in sorted(ANSWERS))
        since = self.value(self.days_on(1 - rated.days))
        graded = ""
        if rated.button:
            graded = "AND grade BETWEEN {} AND {}".format(*map(self.value, search.BUTTONS[rated.button]))
        return (
            f"cards.root IN (SELECT root FROM history WHERE day BETWEEN {since} AND ?2 AND kind IN ({kinds}) {graded} "
            "AND NOT voided)"
        )

    def tagged(self, named: Named) -> str:
        """A tag of the learner's, or one of the deck's, which lies in the card's line."""
        if named.name == "none":
            decks, own = "json_array_length(body, '$.tags') > 0", "tags <> ''"
            return f"NOT ({KEPT.format(own)} OR cards.number IN (SELECT number FROM texts WHERE {decks}))"
        own = f"EXISTS (SELECT 1 FROM json_each(nullif(tags, '')) AS own WHERE {self.like(named, ITEM)})"
        decks = f"EXISTS (SELECT 1 FROM json_each(body, '$.tags') AS own WHERE {self.like(named, ITEM)})"
        head = named.name.partition("*")[0]
        if any(map(str.isalnum, head)):  # the index holds all words of a tag, and finds few cards that may have it
            decks = f"{INDEXED.format('number', self.match([Words(head)]))} AND {decks}"
        return f"({KEPT.format(own)} OR cards.number IN (SELECT number FROM texts WHERE {decks}))"

    def like(self, named: Named, column: str) -> str:
        """Whether a column has that name; LIKE takes small and capital letters for the same."""
        held, forms = search.FORMS[named.key]
        before, _, after = held.partition("{}")
        name = named.name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        text = f"'{before}' || {column} || '{after}'"
        tests = (f"{text} LIKE {self.value(form.format(name).replace('*', '%'))} ESCAPE '\\'" for form in forms)
        return f"({' OR '.join(tests)})"


def without(query: Query, best: Sequence[Words]) -> Query:
    """The rest of a search whose words are asked already."""
    if not best:
        return query
    return Every(tuple(each for each in query.of if each not in best)) if isinstance(query, Every) else Every()
