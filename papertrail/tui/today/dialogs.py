"""Setting the goal, re-planning and taking a break; each gives back a line to tell, or None."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Checkbox, OptionList, Static
from textual.widgets.option_list import Option

from papertrail.domain.errors import BadInput, PapertrailError
from papertrail.domain.goal import words
from papertrail.domain.goal.days import TODAY, parse_day, parse_weekdays
from papertrail.domain.goal.goal import DAY, DEFAULT_LENGTH, DEFAULT_TARGET, Counts
from papertrail.domain.goal.progress import GoalProgress
from papertrail.domain.goal.replan import Replan
from papertrail.library import Library
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import FRAME, AnswerKeys, ChoiceDialog, answer_keys
from papertrail.tui.widgets.forms import FIELDS, Form

SCROLLED = "{name} > Vertical {{ overflow-y: auto; scrollbar-size-vertical: 1; }}"


class Tick(Checkbox, inherit_bindings=False):
    """A box that is empty or ticked, to be told without colours; enter is the form's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "toggle_button", "Tick", show=False, tooltip="or take the tick away", id="form.tick")
    ]

    def watch_value(self) -> None:
        """Draw the tick or take it away."""
        self.BUTTON_INNER = "X" if self.value else " "
        super().watch_value()


class GoalDialog(Form):
    """Asks for target, days and what counts."""

    CSS = (
        "".join(part.format(name="GoalDialog") for part in (FRAME, FIELDS, SCROLLED))
        + "GoalDialog .field { margin: 0; } GoalDialog Tick { margin: 1 0 0 14; }"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "set_goal", "Set it", show=False, tooltip="put this goal in force", id="goal.set_it")
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._told = 0  # the number of words whose consequence was told

    def compose(self) -> ComposeResult:
        """The goal's values, those in force to begin with."""
        goal, today = self._library.goal.progress().goal, self._library.agenda.day()
        with Vertical():
            yield Static(Content.styled("The goal", "bold $primary"), classes="question")
            yield self.field("papers", str(goal.target if goal else DEFAULT_TARGET))
            yield self.field("first day", str(goal.start if goal else today), hint=f"{today} or today")
            half_a_year = today + DEFAULT_LENGTH - DAY
            last = str(goal.last_day if goal else half_a_year)
            yield self.field("last day", last, hint=str(half_a_year))
            rest = words.rest_words(goal).replace(" and ", ", ").lower() if goal else ""
            yield self.field("rest days", rest, hint="sat, sun, or none")
            wanted = str(goal.words) if goal and goal.words else ""
            yield self.field("least words", wanted, hint="in each needed section: 20, or empty for any")
            noted = goal is None or goal.counts is Counts.NOTED
            yield Tick("a paper counts only with a note", noted, id="noted")
            yield Static("", id="problem")
            yield AnswerKeys(
                answer_keys(("⏎", "set it"), ("tab", "next line"), ("space", "tick"), ("esc", "cancel")),
                classes="answer-keys",
            )

    def action_set_goal(self) -> None:
        """Set it from where no line takes enter itself."""
        self._submitted()

    def carry_out(self) -> str:
        """Put the goal in force."""
        try:
            target = int(self.text("papers"))
        except ValueError:
            raise BadInput("the number of papers is none", "give it as 100") from None
        wanted = self._words()
        goal = self._library.goal.set(
            target=target,
            start=_day(self._library, self.text("first day")),
            last_day=_day(self._library, self.text("last day")),
            rest_days=parse_weekdays(self.text("rest days")),
            counts=Counts.NOTED if self.query_one(Tick).value else Counts.READ,
            words=wanted,
        )
        return f"the goal: {words.goal_words(goal, self._library.agenda.day())}"

    def _words(self) -> int:
        """Return how many words are wanted; where papers would owe a note again, tell it first.

        Raises:
            BadInput: that is no number, or what it means is told and enter is to be pressed again.
        """
        text = self.text("least words")
        if text not in ("", "any") and not (text.isascii() and text.isdigit()):
            raise BadInput("the number of words is none", "give it as 20, or leave it empty for any")
        words = int(text) if text.isdigit() else 0
        floor = self._library.goal.floor(words)
        if floor.owing and words not in (floor.was, self._told):
            self._told = words
            raise BadInput(floor.consequence, "⏎ once more does it")
        return words


class PauseDialog(Form):
    """Asks for the days of a break; breaks there are can be taken back."""

    CSS = "".join(part.format(name="PauseDialog") for part in (FRAME, FIELDS, SCROLLED))

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library

    def compose(self) -> ComposeResult:
        """Two days, and the breaks there are."""
        progress = self._library.goal.progress()
        goal = progress.goal
        with Vertical():
            yield Static(
                Content.assemble(
                    ("A break", "bold $primary"), ": nothing is planned meanwhile, the plan bends around it"
                ),
                classes="question",
            )
            yield self.field("first day", "", hint=f"{progress.today + 3 * DAY} or today")
            yield self.field("last day", "", hint=str(progress.today + 12 * DAY))
            if goal is not None and goal.pauses:
                yield OptionList(
                    *(
                        Option(
                            line(f"take back {words.pause_words(pause, progress.today)}"), id=str(pause.start)
                        )
                        for pause in goal.pauses
                    )
                )
            yield Static("", id="problem")
            yield AnswerKeys(
                answer_keys(("⏎", "take it"), ("tab", "next line"), ("esc", "cancel")), classes="answer-keys"
            )

    def carry_out(self) -> str:
        """Put the break into the plan."""
        first, last = (_day(self._library, self.text(name)) for name in ("first day", "last day"))
        goal = self._library.goal.pause(first, last)
        today = self._library.agenda.day()
        days = ", ".join(words.pause_words(pause, today) for pause in goal.pauses)
        return f"nothing is planned from {days}"

    @on(OptionList.OptionSelected)
    def _taken_back(self, message: OptionList.OptionSelected) -> None:
        try:
            self._library.goal.end_pause(parse_day(message.option.id or ""))
        except PapertrailError as error:
            self.query_one("#problem", Static).update(line(str(error)))
        else:
            self.dismiss("the break is taken back")


def replan_dialog(progress: GoalProgress, ways: Sequence[Replan]) -> ChoiceDialog:
    """Show the three ways on with what each means: gives back its name, or `stay`."""
    question = Content.assemble(
        ("Re-plan", "bold $primary"), f": {progress.tally} counted, {words.standing_words(progress)}"
    )
    keys = {"catch-up": "c", "rebalance": "b", "extend": "x"}
    told = [(way, f"{way.way}: {way.consequence}") for way in ways]
    closed = [Content.assemble("\n", (text, "$quiet")) for way, text in told if way.goal is None]
    open_ = [(way.way.value, keys[way.way.value], text) for way, text in told if way.goal is not None]
    return ChoiceDialog(
        Content.assemble(question, *closed), [*open_, ("stay", "k", "leave the plan as it is")]
    )


def _day(library: Library, text: str) -> date:
    return library.agenda.day() if text == TODAY else parse_day(text)
