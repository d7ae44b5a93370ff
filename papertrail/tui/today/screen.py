"""The first screen of the day: where the goal stands, what to read next, what is owed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from papertrail.domain.goal import words
from papertrail.domain.goal.today import Today
from papertrail.domain.paper import PaperSummary
from papertrail.library import Library
from papertrail.tui.frame.background import WorkTold, in_thread, tells_failure
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.tabs import ModeTabs
from papertrail.tui.frame.trail_screen import TrailScreen
from papertrail.tui.today.head import GoalHead
from papertrail.tui.today.list import TodayList
from papertrail.tui.widgets.ink import blank
from papertrail.tui.widgets.pictures import Pictures
from papertrail.tui.widgets.row_list import RowList

KEYS = (
    ("s", ""),  # what it does depends on the paper
    ("S", ""),
    ("e", "note"),
    ("u", "undo"),
    ("t", "tags"),
    ("⏎", "open"),
    ("r", "re-plan"),
    ("g", "goal"),
    ("b", "break"),
    ("v", "numbers"),
    ("/", "find"),
    ("a", "add"),
    ("^p", "everything"),
    ("?", "help"),
    ("q", "quit"),
)
SPARE_KEYS = (
    ("v", "numbers"),
    ("t", "tags"),
    ("^p", "everything"),
    ("u", "undo"),
    ("a", "add"),
    ("b", "break"),
    ("/", "find"),
)


class _SideBySide(Horizontal):
    """Pictures and list, which cover all of it."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw its ground."""
        return blank(self, crop)


class TodayScreen(TrailScreen):
    """Shows one reading of the trail; decides what the list only reports."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "goal", "Set the goal", tooltip="target, days, what counts", id="goal.set"),
        Binding("r", "replan", "Re-plan", tooltip="catch up, rebalance or extend", id="goal.replan"),
        Binding("b", "pause", "Take a break", tooltip="nothing is planned meanwhile", id="goal.pause"),
        Binding("v", "numbers", "The numbers", tooltip="behind the picture, week by week", id="goal.numbers"),
        Binding("escape", "cancel", "Back", show=False, tooltip="stops what is under way", id="app.cancel"),
    ]

    def __init__(self, built: Callable[[], None]) -> None:
        super().__init__(built, self)
        self._is_whole = False  # once all that the day is made of was read
        self._recalled: date | None = None  # the day of which it was looked for a guess of long ago
        self._described: object = None  # the row that the line above the keys is about

    async def mount_widgets(self) -> None:
        """Modes and goal above; pictures and what to do side by side; a line to tell, a line of keys."""
        await self.mount(
            ModeTabs("today"),
            GoalHead(),
            _SideBySide(Pictures(), TodayList(), id="day"),
            MessageLine("opening your trail …"),
            KeyBar(KEYS, SPARE_KEYS, id="keys"),
        )

    @tells_failure
    def fill(self, library: Library, told: list[str], today: Today | None) -> None:
        """Show an open trail, at the first paper to read.

        Args:
            library: the open trail.
            told: what it has told the reader meanwhile.
            today: the day without its outlook, unless it is to be read now; the program asks for the rest
                when this is seen.
        """
        self.open(library)
        today = today or library.agenda.today(outlook=False)
        self._show(today)
        self.query_one(TodayList).focus(scroll_visible=False)
        if told:
            self.hint(told[0], warn="made a new" not in told[0])
        elif not today.progress.read:
            self.hint(
                "A new trail: s starts the paper under the cursor, e writes its note, 2 shows all papers, "
                "? explains the rest."
            )
        else:
            self.describe()

    def _show(self, today: Today | None = None) -> None:
        """Show the day; the pictures only when its outlook is worked out, too."""
        is_whole = today is None
        today = today or self.library.agenda.today()
        self.query_one(ModeTabs).set_beside(words.top_words(today.progress))
        self.query_one(GoalHead).set_today(today)
        if is_whole:
            self.query_one(Pictures).set_today(today)
        self.query_one(TodayList).set_today(today)
        if is_whole:
            self._is_whole = True
            self.show_keys()
        if is_whole and self._recalled != today.progress.today:
            self._recalled = today.progress.today
            self._recall(today.progress.today)

    def _recall(self, day: date) -> None:
        """Show once a day, after the first picture, what has faded of late, or what one guessed long ago."""
        library, described = self.library, self._described

        def look() -> Message | None:
            from papertrail.domain.recall.explaining import LATELY, faded_words

            if faded := library.agenda.faded(day - timedelta(days=LATELY)):
                return WorkTold(lambda: show(faded_words(faded)))
            found = library.guesses.of_long_ago(day)
            return None if found is None else WorkTold(lambda: show(found.line))

        def show(told: str) -> None:
            if self._described == described == self._here and not self._is_old_news:
                self.hint(told)

        in_thread(self, look, group="guess")

    @tells_failure
    def refresh_all(self, *, show: str | None = None) -> None:
        """Read everything again; the cursor stays, or goes to the paper `show` if that is in sight."""
        self._show()
        if show is not None:
            self.query_one(TodayList).go_to(show)

    @tells_failure
    def refresh_paper(self) -> None:
        """Read everything again: any paper may change the goal, the plan and the lineages."""
        self._show()

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line; it stays until the cursor moves."""
        self._described = self._here
        super().hint(text, warn=warn)

    def key_meanings(self) -> dict[str, str]:
        """Return what those keys do now that do not always do the same; the first frame asks for nothing."""
        return super().key_meanings() if self._is_whole else self.statuses.meanings()

    @property
    def _here(self) -> object:
        """The row under the cursor, another one when the status of its paper is another."""
        return self.query_one(TodayList).here, self.chosen_statuses()

    @on(RowList.Moved, "#plan")
    def _moved(self) -> None:
        self.show_keys()
        if self._here != self._described:
            self.describe()

    @tells_failure
    def describe(self) -> None:
        """Say why the paper under the cursor comes next, or what its note still needs."""
        rows = self.query_one(TodayList)
        paper = rows.chosen
        if paper is None:
            self.about(f"{rows.chosen_lineage}: ⏎ shows its papers" if rows.chosen_lineage else "")
        elif paper.note_missing:
            from papertrail.domain.note import missing_words

            self.about(f"{paper.key}: {missing_words(paper.key)}", warn=True)
        elif paper.owed:
            missing = self.library.papers.get(paper.key).note.owes
            self.about(f"{paper.key}: its note still needs {missing}; e writes it")
        else:
            self.about(f"why {paper.key}: {rows.why}")

    def chosen_paper(self) -> PaperSummary | None:
        """Return the paper under the cursor once the trail is open."""
        return self.query_one(TodayList).chosen if self.is_open else None

    def no_paper(self) -> str:
        """Say why there is no paper under the cursor."""
        if self.query_one(TodayList).chosen_lineage is not None:
            return "this is a lineage: ⏎ shows its papers"
        return "there is no paper here: a adds one from arXiv, 2 shows all"

    @on(RowList.Chosen, "#plan")
    def _chosen(self) -> None:
        rows = self.query_one(TodayList)
        if rows.chosen is not None:
            self.open_paper(rows.chosen.key)
        elif rows.chosen_lineage is not None:
            self.post_message(self.PapersAsked(lineage=rows.chosen_lineage))

    def show_in_all_papers(self, key: str, told: str, *, warn: bool = False) -> None:
        """Go to the papers, to this one, and tell a line there."""
        self.post_message(self.PapersAsked(key=key, told=told, warn=warn))

    def current_lineage(self) -> str | None:
        """Return the lineage under the cursor."""
        return self.query_one(TodayList).chosen_lineage

    def action_cancel(self) -> None:
        """Stop what is under way."""
        self.errands.cancel()

    def action_review(self) -> None:
        """Be asked about the paper or the lineage under the cursor."""
        self.errands.review(self.current_lineage())

    def action_goal(self) -> None:
        """Ask for the goal and put it in force."""
        from papertrail.tui.today.dialogs import GoalDialog

        if self.is_open:
            self.app.push_screen(GoalDialog(self.library), self._goal_changed)

    @tells_failure
    def action_replan(self) -> None:
        """Show the three ways on and take one."""
        from papertrail.tui.today.dialogs import replan_dialog

        if self.is_open:
            ways = self.library.goal.replans()
            self.app.push_screen(replan_dialog(self.library.goal.progress(), ways), self._way_chosen)

    def action_pause(self) -> None:
        """Ask for the days of a break, or take one back."""
        from papertrail.tui.today.dialogs import PauseDialog

        if self.is_open:
            self.app.push_screen(PauseDialog(self.library), self._goal_changed)

    @tells_failure
    def action_numbers(self) -> None:
        """Show the numbers behind the picture as a table."""
        from papertrail.tui.today.numbers import NumbersDialog

        if self.is_open:
            today = self.library.agenda.today(plan=False)
            if today.progress.goal is None:
                self.hint("there is no goal, so there is no plan to compare with: g sets one")
            else:
                self.app.push_screen(NumbersDialog(today))

    @on(Pictures.DayTold)
    def _day_told(self, message: Pictures.DayTold) -> None:
        if message.told:
            self.hint(message.told)
        elif self.is_open:
            self.describe()

    @tells_failure
    def _way_chosen(self, name: str | None) -> None:
        from papertrail.domain.goal.replan import Way

        if name in set(Way):
            taken = self.library.goal.replan(Way(name))
            self._show()
            self.hint(f"{taken.way}: {taken.consequence}")

    @tells_failure
    def _goal_changed(self, told: str | None) -> None:
        self._show()
        if told:
            self.hint(told)
