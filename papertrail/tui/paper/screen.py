"""One paper in full: what it is, where it stands, and its note to read."""

from contextlib import suppress
from dataclasses import replace
from typing import ClassVar, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static

from papertrail.domain.errors import NotFound, PapertrailError
from papertrail.domain.links import links_of
from papertrail.domain.note_text import NoteBody
from papertrail.domain.paper import PaperSummary, Status
from papertrail.domain.whole_paper import LineagePlace, Paper
from papertrail.domain.wiki_links import links_in, with_wiki_links
from papertrail.library import Library
from papertrail.tui.frame import doors, paper_text
from papertrail.tui.frame.background import UseCaseFailed
from papertrail.tui.frame.bindings import (
    CORRECTION_BINDINGS,
    FIND_BINDING,
    MARK_BINDINGS,
    PAGE_BINDINGS,
    REVIEW_BINDING,
    STATUS_BINDINGS,
    UNDO_BINDINGS,
)
from papertrail.tui.frame.correction_keys import CorrectionKeys
from papertrail.tui.frame.detail_pane import TextPane
from papertrail.tui.frame.errands import Errands
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.mark_keys import MarkKeys
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.notice import show_notice
from papertrail.tui.frame.page_keys import PageKeys
from papertrail.tui.frame.status_keys import StatusKeys
from papertrail.tui.frame.steady import Steady
from papertrail.tui.frame.tabs import PlaceTabs
from papertrail.tui.frame.theme import BREAKPOINTS, WIDE
from papertrail.tui.frame.undo_keys import UndoKeys
from papertrail.tui.frame.undo_meaning import undo_meaning
from papertrail.tui.paper import facts
from papertrail.tui.paper.note_pane import FactsPane, NotePane
from papertrail.tui.widgets.data_text import say
from papertrail.tui.widgets.focus import FocusInPlace
from papertrail.tui.widgets.text_in_place import put_text

KEYS = (
    ("s", ""),  # what it does depends on the status
    ("S", ""),
    ("⏎", ""),  # only where one walks from name to name
    ("e", "note"),
    ("H", ""),  # only where something was written
    ("M", ""),  # only where there is a second text
    ("T", ""),  # only where the note calls the paper otherwise
    ("f", ""),  # only where the abstract lacks
    ("u", "undo"),
    ("t", "tags"),
    ("m", "correct"),
    ("o", ""),  # only where there is something to open
    ("y", "cite"),
    ("/", "find"),
    ("[ ]", ""),  # only where there are others in the lineage
    ("tab", "links"),
    ("?", "help"),
    ("esc", "back"),
)
OPEN = "open a page"  # what `o` does where there is one
EARLIER = "earlier texts"
SPARE_KEYS = (
    ("t", "tags"),
    ("m", "correct"),
    ("y", "cite"),
    ("u", "undo"),
    ("H", EARLIER),
    ("o", OPEN),
    ("/", "find"),
    ("tab", "links"),
    ("[ ]", "lineage"),
)
SPREAD = 150  # columns from which a third pane stands beside the note
BESIDE = 54  # cells of a line in it, as in the style sheet
TALL = 28  # rows from which title and authors may take more of them


class _Known(NamedTuple):
    """All that the screen shows of a paper."""

    paper: Paper
    note: NoteBody
    copies: tuple[str, ...]
    another: str
    opens: bool


class PaperScreen(Steady, FocusInPlace, Screen[str | None]):
    """Shows one paper and walks along its lineages; gives back what is to be told when the paper is gone.

    Args:
        library: the open trail.
        key: the paper's key.
    """

    CSS_PATH = "paper.tcss"
    HORIZONTAL_BREAKPOINTS = [*BREAKPOINTS, (SPREAD, "-spread")]  # noqa: RUF012 - Textual's
    AUTO_FOCUS = "#paper-note"
    BINDINGS: ClassVar[list[BindingType]] = [
        *STATUS_BINDINGS,
        *MARK_BINDINGS,
        *UNDO_BINDINGS,
        *PAGE_BINDINGS,
        *CORRECTION_BINDINGS,
        REVIEW_BINDING,
        Binding("e", "edit_note", "Write the note", id="note.edit"),
        Binding("E", "edit_note_outside", "Note in $EDITOR", id="note.outside"),
        Binding("H", "note_history", "Earlier texts of the note", id="note.history"),
        Binding("M", "merge", "Merge two texts", tooltip="as sync programs leave them", id="note.merge"),
        Binding(
            "T", "settle_title", "Settle its title", tooltip="where the note has another", id="note.title"
        ),
        Binding("f", "fetch", "Fetch abstracts", tooltip="for all papers that lack them", id="papers.fetch"),
        Binding("left_square_bracket", "walk(-1)", "Previous in lineage", id="paper.previous"),
        Binding("right_square_bracket", "walk(1)", "Next in lineage", id="paper.next"),
        FIND_BINDING,
        Binding("question_mark", "help", "Help", id="app.help"),
        Binding("escape,backspace", "back", "Back", tooltip="to the paper one came from", id="app.back"),
        Binding("q", "app.pop_screen", "Close", tooltip="back to where it was opened", id="app.close"),
    ]

    def __init__(self, library: Library, key: str) -> None:
        super().__init__()
        self.library = library
        self.is_left_freely = True
        self.errands = Errands(self)
        self.statuses = StatusKeys(self)
        self.marks = MarkKeys(self)
        self.undos = UndoKeys(self)
        self.corrections = CorrectionKeys(self)
        self.pages = PageKeys(self, self.no_paper, self.errands.fetch_pdf)
        self._key = key
        self._paper: Paper | None = None
        self._known: _Known | None = None
        self._came: list[tuple[str, str | None, int]] = []  # by which papers, lineages and names, to here
        self._lineage: str | None = None
        self._told = ""
        self._is_left = False

    def compose(self) -> ComposeResult:
        """Facts beside the note; above it where the terminal is narrow, on both sides where it is wide."""
        yield PlaceTabs()
        yield Static("", id="paper-title")
        with Horizontal(id="paper-columns"):
            yield FactsPane(id="paper-facts")
            yield NotePane(id="paper-note")
            yield FactsPane(id="paper-beside")
        yield MessageLine()
        yield KeyBar(KEYS, SPARE_KEYS, id="keys")

    async def on_mount(self) -> None:
        """Show the paper."""
        await self._show()

    async def on_screen_resume(self) -> None:
        """Show what another screen may have changed."""
        await self._show()

    async def on_resize(self) -> None:
        """Put what is known where there is room for it now."""
        if self._known is not None:
            await self._put(self._known)

    async def _show(self) -> None:
        try:
            paper = self._paper = self.library.papers.get(self._key)
            self._key = paper.summary.key  # it may have got another one
            note = self._with_links(self.library.notes.body(self._key))
            self._known = _Known(
                paper,
                note,
                tuple(copy.name for copy in self.library.strays.copies(self._key)),
                (self.library.note_titles.another(self._key) or "") if note.markdown else "",
                bool(links_of(paper)) or self.library.pages.pdf(self._key) is not None,
            )
        except NotFound as error:
            on_top = self.app.screen is self  # a screen right below that counts as current, too
            if on_top and not self._is_left:  # else when it is looked at again
                self._is_left = True
                self.dismiss(self._told or str(error))
            return
        except PapertrailError as error:
            say(self, str(error), "error")
            return
        self.query_one(PlaceTabs).ask()
        show_notice(self, self.library.notes.trouble)
        with self.app.batch_update():  # facts beside the note of another paper would be a picture more
            await self._put(self._known)

    def _with_links(self, note: NoteBody) -> NoteBody:
        """Return a note whose `[[key]]` are links to the files of those papers, as Markdown has them."""
        links = self.library.papers.named(link.target for link in links_in(note.markdown))

        def linked(target: str, words: str) -> str | None:
            return f"[{words}]({links[target]}.md)" if target in links else None

        return replace(note, markdown=with_wiki_links(note.markdown, linked)) if links else note

    async def _put(self, known: _Known) -> None:
        """Show what is known: beside the note what else there is, where there is room; else below facts."""
        paper, key = known.paper, known.paper.summary.key
        width, is_tall = self.app.size.width, self.app.size.height >= TALL
        put_text(self.query_one("#paper-title", Static), facts.head(paper, width - 4, is_tall=is_tall))
        is_spread = width >= SPREAD
        has_note = bool(known.note.markdown.strip())
        more = list(facts.known(paper, abstract=has_note))
        beside = facts.apart([facts.around(paper, BESIDE), *more]) if is_spread else []
        days = list(paper_text.days(paper))
        parts = [
            facts.standing(paper, self._place),
            *([] if is_spread else [facts.around(paper, _facts_room(width))]),
            facts.of_note(paper, known.note, known.copies, known.another),
            days,
            *([] if is_spread else more),
        ]
        self.query_one("#paper-facts", FactsPane).put(key, facts.apart(parts))
        pane = self.query_one("#paper-beside", FactsPane)
        pane.display = bool(beside)
        pane.put(key, beside)
        self._say_keys()
        self.query_one(NotePane).show(paper, known.note)

    def _say_keys(self) -> None:
        """Say what the keys do that depend on the paper and on where one is."""
        if (known := self._known) is not None:
            here, paper, place = self.focused, known.paper, self._place
            was_written = paper.note.exists or paper.summary.note_missing
            can_fetch = not (paper.abstract or paper.why_no_abstract)
            meanings = {
                "H": EARLIER if was_written else "",
                "f": "fetch" if can_fetch else "",
                "[ ]": "lineage" if place is not None and (place.previous or place.next) else "",
                "M": "merge" if known.copies else "",
                "T": "title" if known.another else "",
                "o": OPEN if known.opens else "",
                "tab": "links" if known.opens or paper.places or paper.builds_on or paper.built_on_by else "",
                "⏎": "go there" if isinstance(here, TextPane) and here.stops else "",
            }
            self.query_one(KeyBar).set_meanings(
                {**self.statuses.meanings(), **undo_meaning(self.library), **meanings}
            )

    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        self._say_keys()

    def action_pane(self, step: int) -> None:
        """Go to the pane on the left, or on the right."""
        panes = [pane for pane in self.query_one("#paper-columns").children if pane.display]
        if self.focused in panes:
            panes[max(min(panes.index(self.focused) + step, len(panes) - 1), 0)].focus()

    async def _follow_address(self, address: str) -> None:
        """Open an address; that of a paper's note leads to the paper, from where esc comes back."""
        name = address.partition("#")[0].rpartition("/")[2].casefold()
        if "://" not in address and name.endswith(".md"):
            key = name.removesuffix(".md")
            if (found := self.library.papers.named([key])) and found[key] != self._key:
                self._came.append((self._key, self._lineage, 0))
                await self._go_to(found[key], self._lineage)
                return
        self.pages.open_address(address)

    @on(TextPane.Followed)
    async def _followed(self, message: TextPane.Followed) -> None:
        """Go to what is named; from another paper esc comes back."""
        if message.kind == paper_text.PAPER:
            pane = self.focused
            self._came.append((self._key, self._lineage, pane.at if isinstance(pane, TextPane) else 0))
            await self._go_to(message.name, self._lineage)
        elif message.kind == paper_text.LINEAGE:
            self.dismiss(None)
            doors.show_on_papers(self.app, lineage=message.name)
        else:
            await self._follow_address(message.name)

    async def _go_to(self, key: str, lineage: str | None, name: int = 0) -> None:
        """Show another paper, from its beginning, at one of the names where one walks there."""
        self._key, self._lineage = key, lineage
        self.hint("")
        await self._show()
        self.query_one(NotePane).scroll_home(animate=False)
        if isinstance(pane := self.focused, TextPane):
            pane.go_to(name)

    async def action_back(self) -> None:
        """Go back to the paper one came from; from the first one to the screen it was opened on."""
        if self._came:
            await self._go_to(*self._came.pop())
        else:
            self.app.pop_screen()

    def map_place(self) -> tuple[str, str]:
        """Return where the map shows this paper: its lineage, empty for none, and its key."""
        return (self._place.lineage if self._place else ""), self._key

    @property
    def _place(self) -> LineagePlace | None:
        """The lineage one walks along: the one come by, else the first the paper is in."""
        places = self._paper.places if self._paper else ()
        return next((p for p in places if p.lineage == self._lineage), places[0] if places else None)

    async def action_walk(self, steps: int) -> None:
        """Go to the previous or next paper of the lineage."""
        place = self._place
        if place is None:
            self.hint("this paper is in no lineage", warn=True)
            return
        other = place.next if steps > 0 else place.previous
        if other is None:
            self.hint(f"this is the {'end' if steps > 0 else 'beginning'} of {place.lineage}", warn=True)
            return
        await self._go_to(other.key, place.lineage)

    def news_arrived(self) -> None:
        """Show what another program has changed; under another screen it waits until that is left."""
        if self.is_current:
            self.call_later(self._show)

    # What errands and status keys ask of the screen, and what the keys do

    @property
    def is_open(self) -> bool:
        """A paper's screen has an open trail."""
        return True

    def chosen_paper(self) -> PaperSummary | None:
        """Return the paper."""
        if self._paper is None:  # a key typed before the paper is shown
            with suppress(PapertrailError):
                self._paper = self.library.papers.get(self._key)
        return self._paper.summary if self._paper is not None else None

    def chosen_papers(self) -> list[PaperSummary]:
        """Return the paper that the keys are about."""
        paper = self.chosen_paper()
        return [] if paper is None else [paper]

    def chosen_statuses(self) -> list[Status]:
        """Return the paper's status as it is shown."""
        return [paper.status for paper in self.chosen_papers()]

    def no_paper(self) -> str:
        """Say why there is no paper."""
        return "this paper cannot be read: esc goes back"

    def hint(self, text: str, *, warn: bool = False) -> None:
        """Tell the reader one line, above the keys; it stays until another paper is shown."""
        self._told = text
        self.query_one(MessageLine).tell(text, warn=warn)

    def refresh_all(self, *, show: str | None = None) -> None:
        """Read everything again: of the paper `show`, if this one is no more."""
        try:
            self.library.papers.get(self._key)
        except NotFound:
            self._key = show or self._key
        except PapertrailError:  # told when the paper is shown
            pass
        self.call_later(self._show)

    def refresh_paper(self) -> None:
        """Read everything again."""
        self.call_later(self._show)

    def refresh_queue(self, key: str) -> None:
        """Read everything again."""
        self.call_later(self._show)

    def show_in_all_papers(self, key: str, told: str, *, warn: bool = False) -> None:
        """Go to another paper, and tell a line there."""
        self._key = key
        self.hint(told, warn=warn)
        self.call_later(self._show)

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        say(self, str(message.error), "error")

    def action_next_status(self) -> None:
        """One step on."""
        self.statuses.next()

    def action_go_back(self) -> None:
        """Give the paper the status it had before."""
        self.statuses.go_back()

    def action_set_status(self, status: str) -> None:
        """Give the paper a status."""
        self.statuses.set(status)

    def action_move_in_queue(self, rows: int) -> None:
        """Move the paper up or down in the queue."""
        self.statuses.move_in_queue(rows)

    def action_tag(self) -> None:
        """Ask for tags and rating of the chosen papers."""
        self.marks.ask()

    def action_asked(self) -> None:
        """Keep a question that somebody asked about the paper."""
        from papertrail.tui.frame.asked_keys import AskedKeys

        AskedKeys(self).ask()

    def action_take_back(self) -> None:
        """Take back what was done last."""
        self.undos.take_back()

    def action_do_again(self) -> None:
        """Do again what was taken back last."""
        self.undos.do_again()

    def action_open_page(self) -> None:
        """Open a page or the PDF of the chosen paper."""
        self.pages.open()

    def action_copy_citation(self) -> None:
        """Copy how the chosen paper is cited."""
        self.pages.copy()

    def action_fetch(self) -> None:
        """Fetch abstracts and dates of all papers that lack them."""
        self.errands.fetch()

    def action_correct(self) -> None:
        """Ask for what is known of the chosen paper, as it is, to be corrected."""
        self.corrections.correct()

    def action_rename(self) -> None:
        """Ask for another key for the chosen paper."""
        self.corrections.rename()

    def action_unite(self) -> None:
        """Ask which paper the chosen one is the same as."""
        self.corrections.unite()

    def action_remove(self) -> None:
        """Ask whether the chosen paper is to go."""
        self.corrections.remove()

    def action_review(self) -> None:
        """Be asked about the paper."""
        self.errands.review()

    def action_edit_note(self) -> None:
        """Write the note."""
        self.errands.edit_note()

    def action_edit_note_outside(self) -> None:
        """Write the note in the reader's own editor."""
        self.errands.edit_note_outside()

    def action_note_history(self) -> None:
        """Show every text that the note of the chosen paper had."""
        self.errands.note_history()

    def action_merge(self) -> None:
        """Make one note of it and a second text."""
        doors.merge_note(self.app, self.library, self._key, self._merged)

    def action_settle_title(self) -> None:
        """Ask which title is right: the paper's, or the one in its note."""
        self.corrections.settle_title()

    def _merged(self, told: str | None) -> None:
        if told:
            self.hint(told)

    def action_help(self) -> None:
        """Explain keys, signs and words."""
        doors.show_help(self)


def _facts_room(width: int) -> int:
    """Return how many cells a line of the facts has on a screen of so many columns, as in the style sheet."""
    return min(width * 44 // 100, 64) - 6 if width >= WIDE else 0
