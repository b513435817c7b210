"""Browsing: a search, the cards that it finds, one of them in full, and marks of many."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import DataTable, Input, Static

from rung import lines, marks, rendered, search, session, text
from rung.cardfile import card_of
from rung.cards import kind
from rung.desk.ask import Ask, Sure
from rung.desk.help import BROWSE, Help
from rung.desk.info import Info
from rung.desk.keys import Keys
from rung.desk.table import Cards
from rung.model import Expects, Kind
from rung.seat import taken_back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from textual.app import ComposeResult
    from textual.events import Resize
    from textual.timer import Timer

    from rung.desk.app import Desk
    from rung.model import Card, Standing

MOST = 1000  # rows of the table
ALWAYS = ("line", "undo", "home", "help")  # what needs no card
PAUSE = 0.3  # seconds after a key in which no other came, and the search begins


class Browse(Screen[None]):
    """Cards by a search; `picked` are those that are marked together."""

    app: Desk
    BINDINGS: ClassVar = [Binding("escape,down", "cards", "To the cards")]

    def compose(self) -> ComposeResult:
        yield Input(placeholder="is:due level:L6 prop:ease<2 …  Enter goes to the cards", id="query", compact=True)
        yield Static(id="mistake")
        yield Cards(self.read)
        with VerticalScroll(id="preview", can_focus=False):
            yield Static(id="known")
            yield Static(id="title")
            yield Static(id="shown")
        yield Static(id="foot")
        yield Keys([*self.BINDINGS, *Cards.BINDINGS])

    def on_mount(self) -> None:
        self.seat = self.app.seat
        self.cards: dict[str, Card] = {}  # all that were read
        self.rows: dict[str, tuple[str, ...]] = {}  # those of the table that were seen, as they stand
        self.found: tuple[str, ...] = ()
        self.picked: set[str] = set()
        self.shown = ""  # the card that the preview shows
        self.waiting: Timer | None = None
        self.table = self.query_one(Cards)
        self.find()

    def on_resize(self, _event: Resize) -> None:
        if self.size.width != self.table.drawn:
            self.fill()

    # ── the search ──

    def on_input_changed(self, _event: Input.Changed) -> None:
        if self.waiting:
            self.waiting.stop()
        self.waiting = self.set_timer(PAUSE, self.find)

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        if self.find():
            self.set_focus(self.table)

    def find(self) -> bool:
        """Look for what stands on the line; False for a mistake, which is told, and what was found before stays."""
        if self.waiting:
            self.waiting.stop()
            self.waiting = None
        line = self.query_one(Input).value
        query = search.parsed(line, self.seat.store.names(self.seat.workspace))
        wrong = search.told(line, query) if isinstance(query, search.Mistake) else ""
        mistake = self.query_one("#mistake", Static)
        mistake.update(Text(wrong))
        mistake.display = bool(wrong)
        if isinstance(query, search.Mistake):
            return False
        self.found = self.seat.store.found(self.seat.workspace, query, self.seat.clock.day())
        self.picked &= set(self.found)
        self.fill()
        self.table.move_cursor(row=0)
        self.refresh_bindings()
        self.tell()
        return True

    # ── what is shown ──

    def card(self, id_: str) -> Card:
        if id_ not in self.cards:
            line = self.seat.store.card(self.seat.workspace, id_)
            assert line is not None
            self.cards[id_] = card_of(line)
        return self.cards[id_]

    @property
    def here(self) -> str:
        """The card that the cursor is on; empty where there is none."""
        return self.found[self.table.cursor_row] if self.found else ""

    def fill(self) -> None:
        self.rows.clear()
        self.table.fill(self.found[:MOST], self.size.width)
        self.preview()

    def again(self) -> None:
        """Show the same cards as they stand now; cursor and scroll stay."""
        self.rows.clear()
        self.table.again()
        self.preview()

    def read(self, id_: str, column: int) -> str:
        if id_ not in self.rows:
            self.rows[id_] = self.row(id_)
        return self.rows[id_][column]

    def row(self, id_: str) -> tuple[str, ...]:
        card, standing = self.card(id_), self.seat.store.standing(id_)
        memory, question = standing.memory, kind(card.kind).gist(card.content)[0]
        ease = f"{memory.ease / 100:.2f}" if memory else ""
        known = (str(memory.due), str(memory.interval), ease, str(memory.lapses)) if memory else ("new", "", "", "")
        held = "".join(self.marks(card, standing))
        deck = card.deck.rpartition("/")[2]
        return ("x" if id_ in self.picked else "", question, deck, card.kind, card.level, *known, held)

    def marks(self, card: Card, standing: Standing) -> dict[str, str]:
        """What the letters of the last column stand for."""
        held = {
            "@": "suspended" if standing.suspended else "",
            "s": "buried until tomorrow" if standing.buried == self.seat.clock.day() else "",
            "L": "a leech" if standing.memory and standing.memory.leech else "",
            "R": "retired" if card.retired else "",
            f"f{standing.flag}": f"flag {standing.flag}" if standing.flag else "",
            "t": f"tagged {', '.join(standing.tags)}" if standing.tags else "",
        }
        return {letter: words for letter, words in held.items() if words}

    def on_data_table_row_highlighted(self, _event: DataTable.RowHighlighted) -> None:
        self.preview()

    def preview(self) -> None:
        """The card at hand in full."""
        known = title = told = ""
        if self.here:
            card, standing = self.card(self.here), self.seat.store.standing(self.here)
            held = (f"{letter} {words}" for letter, words in self.marks(card, standing).items())
            known, title, told = "; ".join((card.id, *held)), card.title, "\n\n".join(_told(card, standing))
        self.query_one("#known", Static).update(Text(text.visible(known)))
        self.query_one("#title", Static).update(Text(text.visible(title)))
        self.query_one("#shown", Static).update(rendered.markdown(told))
        if self.here != self.shown:
            self.query_one("#preview").scroll_home(animate=False)
        self.shown = self.here

    def tell(self, words: str = "") -> None:
        """Say how many cards there are, and what was done."""
        shown = f"; the first {MOST:,} are shown" if len(self.found) > MOST else ""
        picked = f", {len(self.picked):,} picked" if self.picked else ""
        self.query_one("#foot", Static).update(
            Text(f"{lines.plural(len(self.found), 'card')}{picked}{shown}. {words}".strip())
        )

    # ── the marks ──

    @property
    def meant(self) -> list[str]:
        """The cards that are picked, or else the one that the cursor is on."""
        return [id_ for id_ in self.found if id_ in self.picked] or ([self.here] if self.here else [])

    def mark(self, kind: Kind, told: str, detail: Callable[[Standing], Mapping[str, Any]]) -> None:
        """Log a mark of the cards that are meant, as one action; of many only after a yes."""
        standings = self.seat.store.standings(self.meant)
        many = lines.plural(len(standings), "card")

        def log() -> None:
            self.seat.mark(kind, {id_: detail(standing) for id_, standing in standings.items()})
            self.again()
            self.tell(f"{told} {many}; u takes it back.")

        if len(standings) > marks.MANY:
            self.app.push_screen(Sure(f"Mark {many}: {told.rstrip(':')}?", log))
        elif standings:
            log()

    def ask(self, question: str, wrong: Callable[[str], str], then: Callable[[str], None]) -> None:
        if self.meant:
            self.app.push_screen(Ask(question, wrong), lambda words: then(words or ""))

    def action_suspend(self) -> None:
        """Suspend; where all of them are, unsuspend."""
        on = not all(standing.suspended for standing in self.seat.store.standings(self.meant).values())
        self.mark(Kind.SUSPEND, "Suspended" if on else "Unsuspended", lambda _: {"on": on})

    def action_bury(self) -> None:
        self.mark(Kind.BURY, "Buried until tomorrow:", lambda _: {})

    def action_reset(self) -> None:
        self.mark(Kind.RESET, "New again:", lambda _: {})

    def action_due(self) -> None:
        today = self.seat.clock.day()

        def due(words: str) -> None:
            day = marks.due(words, today).isoformat()
            self.mark(Kind.SET_DUE, f"Due {day}:", lambda _: {"due": day})

        self.ask("Due on YYYY-MM-DD, or +3 for in three days", lambda words: _wrong(marks.due, words, today), due)

    def action_tag(self) -> None:
        def tag(words: str) -> None:
            name = words.removeprefix("-")
            change = marks.tagged if name == words else marks.untagged
            told = "Tagged" if name == words else "Untagged"
            self.mark(Kind.TAG, f"{told} {name}:", lambda standing: change(standing, name))

        self.ask("Tag, or -tag to take one away", lambda words: _wrong(marks.tag, words.removeprefix("-")), tag)

    def action_flag(self) -> None:
        def flag(words: str) -> None:
            told = "No flag:" if words == "0" else f"Flag {words}:"
            self.mark(Kind.FLAG, told, lambda _: {"flag": int(words)})

        self.ask("Flag 1 to 7, or 0 for none", lambda words: _wrong(marks.flag, words), flag)

    def action_undo(self) -> None:
        told = taken_back(self.seat.undo())
        self.again()
        self.tell(told)

    # ── other keys ──

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On the line letters are letters; marks need a card."""
        at_cards = self.focused is not None and self.focused.id == "found"
        if action == "cards":
            return not at_cards
        return at_cards and (action in ALWAYS or bool(self.found))

    def action_home(self) -> None:
        self.app.pop_screen()

    def action_pick(self) -> None:
        if self.here:
            self.picked ^= {self.here}
            self.again()
            self.tell()

    def action_pick_all(self) -> None:
        """Pick all that was found; where all are, none."""
        self.picked = set(self.found) - (self.picked if len(self.picked) == len(self.found) else set())
        self.again()
        self.tell()

    def action_line(self) -> None:
        self.set_focus(self.query_one(Input))

    def action_cards(self) -> None:
        if self.waiting:  # no mark shall fall on what was found before
            self.find()
        self.set_focus(self.table)

    def action_info(self) -> None:
        if self.here:
            self.app.push_screen(Info(self.seat, self.card(self.here)))

    def action_help(self) -> None:
        self.app.push_screen(Help(BROWSE))

    def action_scroll(self, by: int) -> None:
        self.query_one("#preview").scroll_relative(y=by, animate=False, immediate=True)


def _told(card: Card, standing: Standing) -> Iterator[str]:
    """Front and back, as Markdown."""
    asked, _ = session.question(card, standing.rows)
    yield asked.prompt
    if asked.expects is not Expects.TICKS:
        yield "\n".join(f"- {option.letter}. {option.text}" for option in asked.options)
    yield "---"
    yield session.back(card, asked, "")


def _wrong(read: Callable[..., object], *said: object) -> str:
    """What is wrong with what was said; nothing where it can be read."""
    try:
        read(*said)
    except marks.NotSaid as error:
        return str(error)
    return ""
