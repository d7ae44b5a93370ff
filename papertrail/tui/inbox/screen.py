"""What arXiv announces of what is watched: the closest first, sorted out by one key each."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.worker import get_current_worker

from papertrail.domain.errors import PapertrailError
from papertrail.domain.goal.words import top_words
from papertrail.domain.inbox.contents import Contents, NewVersion
from papertrail.domain.inbox.ranking import Muted, Ranked
from papertrail.domain.paper import PaperSummary
from papertrail.domain.text import clean_line, shorten
from papertrail.library import Library
from papertrail.tui.frame.background import TrailChanged, UseCaseFailed, WorkTold, in_thread, tells_failure
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.tabs import ModeTabs
from papertrail.tui.frame.trail_screen import TrailScreen
from papertrail.tui.inbox import words
from papertrail.tui.inbox.list import InboxList
from papertrail.tui.inbox.pane import AnnouncementPane
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from papertrail.domain.inbox.contents import RefreshReport, Taken
    from papertrail.domain.inbox.watches import Mute

KEYS = (
    ("w", "queue"),
    ("L", "lineage"),
    ("d", "skip"),
    ("!", "mute"),
    ("space", "mark"),
    ("⏎", "read"),
    ("b", ""),  # what it does depends on the order
    ("f", "ask arXiv"),
    ("c", "watch"),
    ("u", "undo"),
    ("/", "find"),
    ("^p", "everything"),
    ("?", "help"),
    ("q", "quit"),
)
SPARE_KEYS = (
    ("^p", "everything"),
    ("/", "find"),
    ("q", "quit"),
    ("b", "by date"),
    ("b", "by closeness"),
    ("⏎", "read"),
    ("c", "watch"),
)
ROW_KEYS = ("w", "L", "d", "!", "space", "⏎", "b")  # they act on what waits
WITH_DETAIL = 124  # columns from which the announcement stands beside the list, not below it
TALL = 30  # rows from which there are more lines below the list
SPANS = (7, 14, 30)  # days gone by that can be asked for
LONGEST_TOLD = 40  # letters of a title in the line above the keys
LOADING = "inbox"
STOPS = "esc stops"
_AT_ANY_TIME = ("1", "2", "3", "4", "q", "escape", "slash", "question_mark")  # keys that are about no row
NOT_HERE_YET = "it is not in the trail yet: w puts it into the queue, L into a lineage, d skips it"

Row = Ranked | NewVersion


class InboxScreen(TrailScreen):
    """Shows what waits, and takes, skips and mutes.

    What was sorted out leaves the list at once, and all else stays where it is: the others are put into
    another order only when arXiv was asked again, or the screen is opened anew.
    """

    CSS_PATH = "inbox.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "take", "Into the queue", tooltip="as a paper of the trail", id="inbox.take"),
        Binding("L", "lineage", "Into a lineage", tooltip="likewise", id="inbox.lineage"),
        Binding("d", "skip", "Skip", tooltip="it does not come again", id="inbox.skip"),
        Binding("exclamation_mark", "mute", "Mute a word, author, category", id="inbox.mute"),
        Binding("b", "by_date", "By date", tooltip="or the closest first", id="inbox.order"),
        Binding("f", "fetch", "Ask arXiv what is new", tooltip="esc stops", id="inbox.ask"),
        Binding("r", "days", "Ask for days gone by", tooltip="a feed holds one", id="inbox.days"),
        Binding("c", "watched", "What is watched and muted", id="inbox.watched"),
        Binding("space", "mark", "Mark", tooltip="w L d ! then act on all marked", id="list.mark"),
        Binding("escape", "cancel", "Back", show=False, id="app.cancel"),
    ]

    def __init__(self, built: Callable[[], None]) -> None:
        super().__init__(built, self)
        self._contents: Contents | None = None
        self._sorted_out: set[str] = set()  # ids, in this run of the program
        self._shown_state = ""  # of the inbox as it is shown
        self._is_by_date = False
        self._is_pane_due = False
        self._read_now: Row | None = None  # what a key is about that was pressed while reading

    async def mount_widgets(self) -> None:
        """What waits, and the announcement under the cursor beside or below it; a line to tell, the keys."""
        await self.mount(
            ModeTabs("inbox"),
            Container(InboxList(), AnnouncementPane(id="announcement"), id="inbox-panes"),
            MessageLine("opening your trail …"),
            KeyBar(KEYS, SPARE_KEYS, id="keys"),
        )
        self._fit_to_size()

    def _fit_to_size(self) -> None:
        self.set_class(self.app.size.width >= WITH_DETAIL, "-with-detail")
        self.set_class(self.app.size.height >= TALL, "-tall")

    @property
    def _list(self) -> InboxList:
        return self.query_one(InboxList)

    @tells_failure
    def fill(self, library: Library, told: list[str]) -> None:
        """Show what waits, once it is ranked."""
        self.open(library)
        self._list.focus()
        self.query_one(ModeTabs).set_beside(top_words(library.goal.progress()))
        self._list.set_title("reading what arXiv announced …")
        self.hint("")
        self._load(learn=True)

    # What is shown

    def _load(self, *, learn: bool = False) -> None:
        """Read what waits beside the screen; keys about a row wait until it is there.

        Args:
            learn: whether what the reader reads is learnt anew.
        """

        def load() -> Message:
            state = self.library.inbox.state()
            contents = self.library.inbox.contents(as_learnt=not learn)
            return WorkTold(partial(self._show, contents, state))

        in_thread(self, load, group=LOADING)

    def is_ready_for(self, key: str) -> bool:
        """Let keys about a row wait until what waits has been read."""
        is_loading = any(worker.group == LOADING and not worker.is_finished for worker in self.workers)
        return key in _AT_ANY_TIME or not is_loading

    def _show(self, contents: Contents, state: str) -> None:
        """Show what was read, the cursor where it is, or on what was sorted out here and has come back."""
        self._shown_state = state
        self._contents = contents
        keep = self._list.chosen.announcement.arxiv_id if self._list.chosen else ""
        rows: list[Row] = [*contents.waiting, *contents.new_versions]
        back = [id_ for row in rows if (id_ := row.announcement.arxiv_id) in self._sorted_out]
        self._sorted_out.difference_update(back)
        keep = back[0] if back else keep
        self._arrange(keep, self._list.cursor)

    def _arrange(self, keep: str, row: int) -> None:
        """Put the rows in; the cursor on the announcement `keep` if it is there, else at the row."""
        contents = self._contents
        if contents is None:
            return
        if self._is_by_date:
            from papertrail.domain.inbox.ranking import by_date

            ranked = {one.announcement.arxiv_id: one for one in contents.waiting}
            ordered = by_date(one.announcement for one in contents.waiting)
            contents = replace(contents, waiting=[ranked[one.arxiv_id] for one in ordered])
        empty = words.why_empty(contents)
        self._list.set_contents(contents, by_date=self._is_by_date, empty=empty, keep=keep, row=row)
        self._say_title()
        self.show_keys()
        self.query_one(ModeTabs).set_beside(top_words(self.library.goal.progress()))
        self.post_message(ModeTabs.Counted("inbox", len(contents.waiting)))

    def _say_title(self) -> None:
        if self._contents is not None:
            self._list.set_title(words.title(self._contents, marked=len(self._list.marked)))

    @tells_failure
    def refresh_all(self, *, show: str | None = None) -> None:
        """Read everything again, unless nothing has changed."""
        if self.is_open and self.library.inbox.state() != self._shown_state:
            self._load()

    @tells_failure
    def refresh_paper(self) -> None:
        """Likewise: any paper may be one that waits."""
        self.refresh_all()

    def show_keys(self) -> None:
        """Say what the keys do."""
        if not self.is_open:
            return
        meanings = self.key_meanings() | {"b": "by closeness" if self._is_by_date else "by date"}
        if self._contents is not None:
            if self._list.chosen is None:  # nothing to act on
                meanings |= dict.fromkeys(ROW_KEYS, "")
            if not self._contents.watched:
                meanings["f"] = ""
        self.query_one(KeyBar).set_meanings(meanings)

    def describe(self) -> None:
        """Say what the keys act on, where several are marked."""
        marked = len(self._list.marked)
        told = f"{marked} marked: w L d ! act on them all, esc takes the marks away" if marked else ""
        self.about(told)

    @on(RowList.Moved, "#waiting")
    def _moved(self) -> None:
        if not self._is_pane_due:
            self._is_pane_due = True
            self.call_after_refresh(self._show_pane)

    def _show_pane(self) -> None:
        self._is_pane_due = False
        if self.is_attached:
            is_spacious = self.has_class("-with-detail") or self.has_class("-tall")
            pane = self.query_one(AnnouncementPane)
            if self._list.chosen is None and self._contents is not None:
                pane.explain(words.how_it_works(self._contents))
            else:
                pane.show(self._list.chosen, spacious=is_spacious)

    def on_resize(self) -> None:
        """Have the announcement beside the list or below it, as there is room."""
        self._fit_to_size()
        if self.is_open:
            self._moved()

    # What the keys are about

    def _chosen(self) -> list[Row]:
        """Return the marked rows, else the one under the cursor; where there is none, say so."""
        if self._read_now is not None:
            return [self._read_now]
        chosen = self._list.marked or ([self._list.chosen] if self._list.chosen else [])
        if not chosen and self.is_open:
            self.hint(self.no_paper(), warn=True)
        return chosen

    def chosen_paper(self) -> PaperSummary | None:
        """Return the paper of the trail whose new version is under the cursor."""
        row = self._list.chosen if self.is_open else None
        if not isinstance(row, NewVersion):
            return None
        try:
            return self.library.papers.get(row.key).summary
        except PapertrailError as error:
            self.post_message(UseCaseFailed(error))
            return None

    def no_paper(self) -> str:
        """Say why there is no paper under the cursor."""
        if self._contents is not None and self._list.chosen is None:
            return words.why_empty(self._contents)
        return NOT_HERE_YET

    def current_lineage(self) -> str | None:
        """Return none: no lineage is in sight."""
        return None

    def show_in_all_papers(self, key: str, told: str, *, warn: bool = False) -> None:
        """Go to the papers, to this one, and tell a line there."""
        self.post_message(self.PapersAsked(key=key, told=told, warn=warn))

    def action_open_page(self) -> None:
        """Open the page of the announcement at arXiv, or a page of the paper that has a new version."""
        row = self._read_now or self._list.chosen
        if isinstance(row, Ranked):
            self.pages.open_address(f"https://arxiv.org/abs/{row.announcement.arxiv_id}")
        else:
            super().action_open_page()

    def action_mark(self) -> None:
        """Mark the row under the cursor for the keys that sort several out at once."""
        if self._list.chosen is None:
            self.hint(self.no_paper(), warn=True)
            return
        self._list.toggle_mark()
        self._say_title()
        self.describe()

    def action_cancel(self) -> None:
        """Take the marks away, or stop what is under way."""
        if self._list.marked:
            self._list.clear_marks()
            self._say_title()
            self.describe()
        else:
            self.errands.cancel()

    def action_by_date(self) -> None:
        """Show the newest first, or the closest again."""
        if self._contents is not None:
            self._is_by_date = not self._is_by_date
            chosen = self._list.chosen
            self._arrange(chosen.announcement.arxiv_id if chosen else "", 0)
            self.hint("the newest first, as arXiv lists them" if self._is_by_date else "the closest first")

    # Sorting out

    @tells_failure
    def _gone(self, rows: list[Row], gone: Collection[str], told: str, *, muted: int = 0) -> None:
        """Show the list without what was sorted out, the cursor on what follows, and tell it.

        Args:
            rows: what the key was about.
            gone: ids of what is in the list no longer.
            told: what was done.
            muted: how many of them are muted.
        """
        if self._contents is None:
            return
        chosen = self._list.chosen
        here = chosen.announcement.arxiv_id if chosen else ""
        ids, after = self._list.ids, self._list.row_after(gone)
        keep = here if here and here not in gone else ids[after] if after < len(ids) else ""
        self._shown_state = self.library.inbox.state()
        self._sorted_out.update(gone)
        self._list.unmark(_ids(rows))
        self._contents = replace(
            self._contents,
            waiting=[one for one in self._contents.waiting if one.announcement.arxiv_id not in gone],
            new_versions=[
                one for one in self._contents.new_versions if one.announcement.arxiv_id not in gone
            ],
            muted=self._contents.muted + muted,
        )
        self._arrange(keep if keep not in gone else "", 0)
        self.hint(told)

    @tells_failure
    def action_take(self) -> None:
        """Make papers of the chosen announcements, at the end of the queue."""
        if rows := self._chosen():
            self._taken(rows, self.library.inbox.take(_ids(rows)), "queue")

    def _taken(self, rows: list[Row], taken: "list[Taken]", where: str) -> None:
        gone = [row.announcement.arxiv_id for row in rows if isinstance(row, Ranked)]
        self._gone(rows, gone, words.taken(taken, where))
        self.post_message(TrailChanged(self))

    def action_lineage(self) -> None:
        """Put the chosen announcements into a lineage; a paper that is here, as on the other screens."""
        row = self._read_now or (None if self._list.marked else self._list.chosen)
        if isinstance(row, NewVersion):
            super().action_lineage()
        else:
            self._into_lineage()

    @tells_failure
    def _into_lineage(self) -> None:
        from papertrail.tui.widgets.forms import LineDialog

        if not (rows := self._chosen()):
            return
        done: list[tuple[str, list[Taken]]] = []

        def put(typed: str) -> str:
            name = self.library.lineages.known_name(typed)
            done.append((name, self.library.inbox.take(_ids(rows), lineage=name, new=True, queue=False)))
            return name

        def told(name: str | None) -> None:
            if name is not None:
                where, taken = done[-1]
                self._taken(rows, taken, where)

        what = _said(rows)
        choices = [(one.name, f"{one.total} papers") for one in self.library.lineages.all()]
        verb = "comes" if len(rows) == 1 else "come"
        question = line(f"Into which lineage {verb} {what}?", "bold $primary")
        hint = "a new name makes a new one"
        self.app.push_screen(LineDialog(question, "name", put, hint=hint, choices=choices), told)

    @tells_failure
    def action_skip(self) -> None:
        """Let the chosen announcements wait no longer."""
        if rows := self._chosen():
            self.library.inbox.skip(_ids(rows))
            what = shorten(clean_line(rows[0].announcement.title), LONGEST_TOLD)
            said = what if len(rows) == 1 else f"{len(rows)} announcements"
            self._gone(rows, _ids(rows), f"skipped: {said} · u takes it back")

    @tells_failure
    def action_mute(self) -> None:
        """Ask for a word, an author or a category, and leave out what has it."""
        from papertrail.tui.inbox.muting import mute_dialog

        def told(name: str | None) -> None:
            if name is not None and done:
                self._muted(rows, done[-1])

        done: list[Mute] = []
        if rows := self._chosen():
            self.app.push_screen(mute_dialog(self.library, rows, done.append), told)

    def _muted(self, rows: list[Row], mute: "Mute") -> None:
        if self._contents is None:
            return
        why = Muted(**{words.MUTED[mute.kind]: (mute.name,)})
        gone = [one.announcement.arxiv_id for one in self._contents.waiting if why.why(one.announcement)]
        told = f"muted: {shorten(mute.name, LONGEST_TOLD)} · {len(gone)} left out · u takes it back"
        self._gone(rows, gone, told, muted=len(gone))

    @on(RowList.Chosen, "#waiting")
    def _read(self) -> None:
        from papertrail.tui.inbox.reading import ReadingScreen

        if (row := self._list.chosen) is not None:
            self.app.push_screen(ReadingScreen(row), partial(self._was_read, row))

    async def _was_read(self, row: Row, action: str | None) -> None:
        """Do with the announcement what was asked for while it was read."""
        if action:
            self._read_now = row
            try:
                await self.run_action(action)
            finally:
                self._read_now = None

    # What is watched

    @tells_failure
    def action_fetch(self) -> None:
        """Ask arXiv what is new, beside the screen."""
        if self._watches_something():
            self._ask_arxiv()

    def _watches_something(self) -> bool:
        """Tell whether anything is watched; where nothing is, say so."""
        if not self.is_open:
            return False
        if not (watched := self.library.inbox.watched()):
            self.hint("nothing is watched yet: c chooses categories", warn=True)
        return bool(watched)

    def _ask_arxiv(self, days: int = 0) -> None:
        def say(text: str) -> None:
            self.errands.tell(text if STOPS in text else f"{text} {STOPS}")

        def ask() -> "RefreshReport":
            worker = get_current_worker()
            return self.library.inbox.refresh(days=days, is_cancelled=lambda: worker.is_cancelled, say=say)

        self.hint(f"asking arXiv what is new … {STOPS}")
        self.errands.send(ask, self._told_news)

    @tells_failure
    def action_days(self) -> None:
        """Ask arXiv for days whose announcements never came."""
        from papertrail.tui.widgets.dialogs import ChoiceDialog

        if not self._watches_something():
            return
        missed = self._contents.missed if self._contents else None
        spans = dict.fromkeys([missed.ask, *SPANS] if missed else SPANS)
        answers = [
            (str(days), str(number), f"the last {days} days") for number, days in enumerate(spans, start=1)
        ]
        lacking = f" {words.missed(missed).partition(':')[0]}." if missed else ""
        question = Content.assemble(
            ("Ask arXiv for days gone by?", "bold $primary"),
            f"{lacking} A feed holds one day; others are asked for by their dates: a request for every 100"
            " papers, one every three seconds, 20 at most.",
        )
        dialog = ChoiceDialog(question, [*answers, ("none", "k", "ask for none")])
        self.app.push_screen(dialog, self._days_chosen)

    def _days_chosen(self, answer: str | None) -> None:
        if answer is not None and answer.isdecimal():
            self._ask_arxiv(int(answer))

    def _told_news(self, report: "RefreshReport") -> None:
        told, warn = words.refreshed(report)
        self._load(learn=True)
        self.hint(told, warn=warn)

    @tells_failure
    def action_watched(self) -> None:
        """Show what is watched and muted, and change it."""
        from papertrail.tui.inbox.watching import WatchDialog

        if self.is_open:
            self.app.push_screen(WatchDialog(self.library), self._watches_changed)

    def _watches_changed(self, changed: bool | None) -> None:
        if changed:
            self._load()
            watched = self.library.inbox.watched()
            self.hint("f asks arXiv what is new" if watched else "nothing is watched now")


def _ids(rows: list[Row]) -> list[str]:
    return [row.announcement.arxiv_id for row in rows]


def _said(rows: list[Row]) -> str:
    if len(rows) > 1:
        return f"{len(rows)} announcements"
    return shorten(clean_line(rows[0].announcement.title), LONGEST_TOLD)
