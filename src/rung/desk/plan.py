"""The plan up to an interview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from rung.desk.sheet import SCROLL, Sheet
from rung.plan import words
from rung.workspace import CannotGoOn

if TYPE_CHECKING:
    from rich.text import Text

    from rung.desk.app import Desk
    from rung.plan.ground import Ground
    from rung.plan.prospect import Prospect

NUMBERS = range(1, 10)  # of today's tasks
NONE = "There is no plan. Make one outside of the desk: rung plan --interview YYYY-MM-DD"


class Planned(Sheet):
    """What `rung plan` tells; today's tasks are ticked off here."""

    app: Desk
    BINDINGS = [  # noqa: RUF012 - Textual's own way
        *SCROLL,
        *(Binding(str(number), f"tick({number})", "Tick", show=number == 1, key_display="1-9") for number in NUMBERS),
        Binding("u", "undo", "Undo"),
        Binding("q,escape,l", "app.pop_screen", "Home"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.plan: tuple[Prospect, Ground] | None = None
        self.instead = NONE
        self.ticks: list[tuple[str, bool]] = []  # that were made here, the last one last

    def on_mount(self) -> None:
        self.look()
        self.refresh_bindings()

    def look(self) -> None:
        """See how the plan stands now."""
        self.plan, self.instead = None, NONE
        try:
            self.plan = self.app.planned()
        except CannotGoOn as error:
            self.instead = str(error)

    def told(self, width: int) -> Text:
        from rich.text import Text

        told = words.told(*self.plan, width, numbered=True) if self.plan else [(self.instead, False)]
        rows = [(f"{line}\n", "bold" if heading else "") for line, heading in told]
        return Text.assemble(*rows)

    # ── keys ──

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be ticked off, and only what was ticked here be taken back."""
        if action == "tick":
            return self.plan is not None and int(str(parameters[0])) <= len(self.plan[0].today.todos)
        return bool(self.ticks) if action == "undo" else True

    def action_tick(self, number: int) -> None:
        """Tick the task of that number off once more; one that is done, back to undone."""
        assert self.plan
        todo = self.plan[0].today.todos[number - 1]
        self.ticks.append((todo.task.id, not todo.ticked))
        self.tick(*self.ticks[-1])

    def action_undo(self) -> None:
        """Take back the last tick that was made here."""
        task, on = self.ticks.pop()
        self.tick(task, not on)

    def tick(self, task: str, on: bool) -> None:
        """Log it, and tell the plan as it stands then, from the same place."""
        self.app.seat.tick(task, on=on)
        self.look()
        self.tell(self.size.width)
        self.refresh_bindings()
