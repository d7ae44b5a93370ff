"""What is due and how it went: questions today, the last weeks, the papers that are remembered worst."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message

from papertrail.domain.errors import PapertrailError
from papertrail.domain.goal.words import top_words
from papertrail.domain.paper import PaperSummary
from papertrail.domain.recall import words
from papertrail.domain.recall.review import BadQuestion, ReviewDay, ReviewStats
from papertrail.library import Library
from papertrail.tui.frame import doors
from papertrail.tui.frame.background import UseCaseFailed, WorkTold, in_thread, tells_failure
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.tabs import ModeTabs
from papertrail.tui.frame.trail_screen import TrailScreen
from papertrail.tui.frame.undo_meaning import undo_meaning
from papertrail.tui.review.day_head import ReviewHead
from papertrail.tui.review.weak_list import AskedPaper, WeakList
from papertrail.tui.review.weeks import Weeks
from papertrail.tui.widgets.row_list import RowList

KEYS = (
    ("⏎", "begin"),
    ("R", "ask this paper"),
    ("e", "note"),
    ("u", "undo"),
    ("/", "find"),
    ("^p", "everything"),
    ("?", "help"),
    ("q", "quit"),
)
SPARE_KEYS = (("^p", "everything"), ("/", "find"), ("q", "quit"))
BESIDE = 110  # columns from which the list stands beside the picture
BROAD = 136  # from which a day of it has two columns there
TALL = 30  # rows from which the picture has more
LOADING, BEGINNING = "due", "beginning"
HOW_TO_BEGIN = "read a paper and write its note (1, then s and e): then you are asked here"
NOTHING_ANSWERED = "no question of a paper answered yet: what you know of each will stand here"


class ReviewScreen(TrailScreen):
    """Shows what today asks; decides what the list only reports."""

    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "begin", "Begin today's review", tooltip="esc leaves it at any time", id="due.begin"
        ),
        Binding("escape", "cancel", "Back", show=False, id="app.cancel"),
    ]

    def __init__(self, built: Callable[[], None]) -> None:
        super().__init__(built, self)
        self._day: ReviewDay | None = None
        self._stats: ReviewStats | None = None

    async def mount_widgets(self) -> None:
        """What is due above; the weeks, the weakest papers; a line to tell, a line of keys."""
        await self.mount(
            ModeTabs("review"),
            ReviewHead(),
            Container(Weeks(), WeakList(), id="review-panes"),
            MessageLine("opening your trail …"),
            KeyBar(KEYS, SPARE_KEYS, id="keys"),
        )
        self._fit_to_size()

    def _fit_to_size(self) -> None:
        self.set_class(self.app.size.width >= BESIDE, "-beside")
        self.set_class(self.app.size.width >= BROAD, "-broad")
        self.set_class(self.app.size.height >= TALL, "-tall")

    def on_resize(self) -> None:
        """Have the list beside the picture or below it, as there is room."""
        self._fit_to_size()

    @property
    def _list(self) -> WeakList:
        return self.query_one(WeakList)

    @tells_failure
    def fill(self, library: Library, told: list[str]) -> None:
        """Show what is due, once it is read."""
        self.open(library)
        self._list.focus()
        self.query_one(ModeTabs).set_beside(top_words(library.goal.progress()))
        self.hint("")
        self._load()

    def _load(self) -> None:
        """Read beside the screen what is due and how it went; keys wait until it is there."""

        def load() -> Message:
            day, stats = self.library.recall.day(), self.library.recall.stats()
            asked = () if stats.weakest else self._papers_of(day.asked)
            return WorkTold(partial(self._show, day, stats, asked))

        in_thread(self, load, group=LOADING)

    def _papers_of(self, questions: Sequence[int]) -> Sequence[AskedPaper]:
        """Return the papers that some questions are about, in their order."""
        asked: dict[str, AskedPaper] = {}
        for number in questions:
            question = self.library.recall.question(number)
            if question.key is not None:
                before = asked.get(question.key)
                count = before.questions + 1 if before else 1
                asked[question.key] = AskedPaper(question.key, question.title, count)
        return tuple(asked.values())

    def is_ready_for(self, key: str) -> bool:
        """Let keys about a paper wait until it is there."""
        is_loading = any(
            worker.group in (LOADING, BEGINNING) and not worker.is_finished for worker in self.workers
        )
        return key in ("1", "2", "3", "4", "5", "q", "escape") or not is_loading

    def _show(self, day: ReviewDay, stats: ReviewStats, asked: Sequence[AskedPaper]) -> None:
        self._day, self._stats = day, stats
        today = self.library.agenda.day()
        self.query_one(ReviewHead).set_day(day, stats, today)
        self.query_one(Weeks).display = bool(stats.answered)  # nothing to draw before
        self.query_one(Weeks).set_stats(stats, today)
        empty = NOTHING_ANSWERED if day.known and stats.counted else HOW_TO_BEGIN
        self._list.set_rows(stats.weakest, stats.bad, asked, empty=empty)
        self.query_one(ModeTabs).set_beside(top_words(self.library.goal.progress()))
        self.post_message(ModeTabs.Counted("review", len(day.asked)))
        self.show_keys()

    def show_keys(self) -> None:
        """Name the key that begins only where there is something to begin."""
        super().show_keys()
        if self._day is not None:
            meanings = undo_meaning(self.library) | ({} if self._day.asked else {"⏎": ""})
            if self._list.chosen is None:
                meanings["R"] = meanings["e"] = ""
            self.query_one(KeyBar).set_meanings(meanings)

    @tells_failure
    def refresh_all(self, *, show: str | None = None) -> None:
        """Read everything again."""
        if self.is_open:
            self._load()

    @tells_failure
    def refresh_paper(self) -> None:
        """Likewise: any paper may ask something."""
        self.refresh_all()

    @on(RowList.Moved, "#weak")
    def _moved(self) -> None:
        if self.is_open:
            self.describe()

    def describe(self) -> None:
        """Say what can be done here."""
        row = self._list.chosen
        if self._day is None or self._stats is None:
            return
        if isinstance(row, BadQuestion):
            self.about(f"{row.key}, {row.section}: e opens the note where it is asked")
        elif self._day.asked:
            about = f" · R asks {row.key} alone" if row is not None else ""
            self.about(f"⏎ begins: {words.minutes_words(self._day.minutes)}, esc leaves at any time{about}")
        elif row is not None:
            self.about(f"R asks {row.key} all the same, e opens its note")
        else:
            self.about("")

    def chosen_paper(self) -> PaperSummary | None:
        """Return the paper under the cursor."""
        key = self._list.chosen_key if self.is_open else ""
        if not key:
            return None
        try:
            return self.library.papers.get(key).summary
        except PapertrailError as error:
            self.post_message(UseCaseFailed(error))
            return None

    def no_paper(self) -> str:
        """Say why there is no paper under the cursor."""
        return "there is no paper here: 2 shows all"

    def current_lineage(self) -> str | None:
        """Return none: no lineage is in sight."""
        return None

    def show_in_all_papers(self, key: str, told: str, *, warn: bool = False) -> None:
        """Go to the papers, to this one, and tell a line there."""
        self.post_message(self.PapersAsked(key=key, told=told, warn=warn))

    @on(RowList.Chosen, "#weak")
    def _chosen(self) -> None:
        if self._list.chosen_key:
            self.open_paper(self._list.chosen_key)

    def action_begin(self) -> None:
        """Ask what is due today, as it is by now; keys wait until that is known."""
        if self.is_open:
            in_thread(
                self, lambda: WorkTold(partial(self._begin, self.library.recall.day())), group=BEGINNING
            )

    @tells_failure
    def _begin(self, day: ReviewDay) -> None:
        if not self.is_current:  # left meanwhile
            return
        if day.asked:
            doors.begin_review(self.app, self.library, day)
        elif self._stats is not None:
            self.hint(words.why_nothing(day, self._stats, self.library.agenda.day()))

    def action_edit_note(self) -> None:
        """Write the note; of a bad question where it is asked."""
        row = self._list.chosen
        if isinstance(row, BadQuestion):
            self.errands.edit_note(at=row.place_in)
        else:
            super().action_edit_note()

    def action_cancel(self) -> None:
        """Stop what is under way."""
        self.errands.cancel()
