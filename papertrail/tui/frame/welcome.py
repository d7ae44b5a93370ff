"""The page that the first start ever shows: what a trail is, three keys, the goal, a way to try it all."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from papertrail.domain.goal import words
from papertrail.domain.goal.progress import GoalProgress
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import FRAME, AnswerKeys, answer_keys
from papertrail.tui.widgets.modal import Modal

TRAIL = (
    "A trail is a folder: papers in the order in which to read them, one note for each, and a goal. "
    "Papers that grow out of each other make a lineage."
)
KEYS = (
    ("s", "start the paper under the cursor; once more when you have read it"),
    ("e", "write its note: a paper counts once it is read and noted"),
    ("?", "all keys of a screen"),
)
OFFERS = (("g", "other dates, or fewer papers"), ("t", "try it first: five steps in a demo trail"))


class WelcomePage(Modal[str]):
    """Greets a newcomer; gives back the key to press where that leads on, nothing for a mere close.

    Keys that it does not name close it and do what they do on the screen below: it is never in the way.

    Args:
        progress: towards the goal, for its dates.
    """

    CSS = FRAME.format(name="WelcomePage") + (
        "WelcomePage > Vertical { overflow-y: auto; scrollbar-size-vertical: 1; }"
        "WelcomePage .question { margin-bottom: 1; }"
        "WelcomePage .welcome-key { height: 1; }"
        "WelcomePage #welcome-goal { height: auto; margin-top: 1; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", "Begin", id="dialog.cancel"),
        Binding("t", "answer('t')", "Tutorial", show=False, id="welcome.tutorial"),
    ]

    def __init__(self, progress: GoalProgress) -> None:
        super().__init__()
        self._progress = progress

    def compose(self) -> ComposeResult:
        """What a trail is; what to press; by when."""
        with Vertical():
            yield Static(
                Content.assemble(("Welcome to papertrail", "bold $primary"), "\n\n", TRAIL),
                classes="question",
            )
            for pair in KEYS:
                yield AnswerKeys(answer_keys(pair), classes="welcome-key")
            yield Static(line(self._goal_words()), id="welcome-goal")
            for pair in OFFERS:
                yield AnswerKeys(answer_keys(pair), classes="welcome-key")
            yield AnswerKeys(answer_keys(("esc", "begin")), classes="answer-keys")

    def _goal_words(self) -> str:
        goal = self._progress.goal
        if goal is None:
            return "You have no goal yet."
        return f"Your goal: {words.goal_words(goal, self._progress.today)}."

    def on_key(self, event: events.Key) -> None:
        """Let a key do what it does on the screen below."""
        if event.key not in ("escape", "enter", "t"):
            event.stop()
            self.dismiss(event.key)

    def action_answer(self, key: str) -> None:
        """Give back what was chosen."""
        self.dismiss(key)

    def action_close(self) -> None:
        """Go on to the day."""
        self.dismiss("")
