"""The quizzes of this workspace, each with what it is."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.text import Text
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import OptionList, Static

from rung import lines, quizzes
from rung.cardfile import card_of
from rung.desk import offers
from rung.desk.choice import Choice
from rung.desk.keys import Keys
from rung.desk.offers import Offer
from rung.desk.quiz import Quiz
from rung.placement import LEAST, MOST
from rung.quizzes import NoQuiz, final, ladder, mock, placement, tree
from rung.workspace import CannotGoOn

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from rung.desk.app import Desk
    from rung.model import Card


class Quizzes(Screen[None]):
    """All quizzes; each name begins with a letter of its own."""

    app: Desk
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        Binding("l", "open(0)", "Ladders"),
        Binding("p", "open(1)", "Placement"),
        Binding("t", "open(2)", "Tree"),
        Binding("f", "open(3)", "Final"),
        Binding("m", "open(4)", "Mock"),
        Binding("j", "move('cursor_down')", "down", show=False),
        Binding("k", "move('cursor_up')", "up", show=False),
        Binding("escape,q", "app.pop_screen", "Home"),
    ]

    def compose(self) -> ComposeResult:
        yield Static("Quizzes: Enter opens one, and so does its first letter.", id="head")
        yield OptionList(id="quizzes")
        yield Keys(self.BINDINGS)

    def on_mount(self) -> None:
        courses = len(set(self.of_decks("course").values()))
        listed = self.query_one(OptionList)
        for name, holds, about in (
            ("Ladders", self.count("ladder", "ladder"), ladder.ABOUT),
            ("Placement", f"{LEAST} to {MOST} questions", placement.ABOUT),
            ("Tree", self.count("tree", "decision tree"), tree.ABOUT),
            ("Final", lines.plural(courses, "course"), final.ABOUT),
            ("Mock", f"{mock.MINUTES} minutes, or more, or fewer", mock.ABOUT),
        ):
            listed.add_option(Group(Text(f"{name}  {holds}"), Padding(Text(about, "dim"), (0, 0, 0, 4))))
        listed.highlighted = 0
        listed.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.action_open(event.option_index)

    def action_move(self, how: str) -> None:
        getattr(self.query_one(OptionList), f"action_{how}")()

    def action_open(self, place: int) -> None:
        """Begin a quiz, or ask which one is meant."""
        self.query_one(OptionList).highlighted = place
        try:
            found = (self.ladders, self.placing, self.trees, self.finals, self.mocks)[place]()
        except (CannotGoOn, NoQuiz) as error:
            self.notify(str(error))
            return
        if isinstance(found, Choice):
            self.app.push_screen(found, self.begin)
        else:
            self.begin(found)

    def begin(self, offer: Offer | None) -> None:
        if offer is None:
            return
        try:
            quiz = offer.begin(quizzes.number(self.app.seat.clock.now()))
        except NoQuiz as nothing:
            self.notify(str(nothing))
        else:
            self.app.switch_screen(Quiz(quiz))

    # ── what each may be narrowed to ──

    def ladders(self) -> Choice:
        if not (cards := self.cards("ladder")):
            raise NoQuiz(ladder.NONE)
        how = "Part of a topic or a question; L4 to L7 asks only what sets that level apart."
        return Choice("Ladders: Enter begins one; type to find it.", how, partial(offers.of_ladders, cards))

    def placing(self) -> Offer:
        begin = partial(placement.begin, self.cards("ladder"), self.of_decks("course"), day=self.app.seat.clock.day())
        return Offer("Placement", begin)

    def trees(self) -> Choice | Offer:
        """The only tree, or which one."""
        if not (trees := self.app.kept("tree")):
            raise NoQuiz(tree.NONE)
        offered = partial(offers.of_trees, trees, self.cards("tree"))
        if len(trees) == 1:
            return next(offered(""))
        return Choice("Trees: Enter begins one; type to find it.", "Part of a tree's name.", offered)

    def finals(self) -> Choice:
        given = self.cards(), self.of_decks("course")
        final.begin(*given, 0)  # tells where there is none
        how = f"A number of questions, up to {final.MOST:,}."
        return Choice("Final: Enter begins it; type how long it is to be.", how, partial(offers.of_final, *given))

    def mocks(self) -> Choice:
        given = self.cards(), self.of_decks("source"), self.app.kept("rubric")
        mock.begin(*given, 0)
        how = f"Minutes, from {mock.LEAST} to {mock.MOST}, and part of a company's name."
        offered = partial(offers.of_mock, mock.signals(*given), partial(mock.begin, *given))
        return Choice("Mock: Enter begins it; type how long, and through whose eyes.", how, offered)

    # ── what there is ──

    def cards(self, note_type: str = "") -> list[Card]:
        """The living cards of one note type or all, in file order."""
        seat = self.app.seat
        return [card_of(line) for line in seat.store.lines(seat.workspace, note_type=note_type)]

    def count(self, note_type: str, name: str) -> str:
        return lines.plural(len({card.note for card in self.cards(note_type)}), name)

    def of_decks(self, what: str) -> dict[str, str]:
        """The `course` or `source` of each deck that is on."""
        rows = self.app.seat.store.decks(self.app.seat.workspace)
        return {row.id: getattr(row, what) for row in rows if row.on}
