"""One paper in full: what it is, where it stands, and its note to read."""

from collections.abc import Iterator
from contextlib import suppress
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.visual import VisualType
from textual.widgets import Markdown, Static

from papertrail.domain.errors import NotFound, PapertrailError
from papertrail.domain.links import links_of
from papertrail.domain.paper import PaperSummary, Status, byline
from papertrail.domain.text import clean, clean_line
from papertrail.domain.whole_paper import LineagePlace, Paper
from papertrail.library import Library
from papertrail.tui.frame import doors, paper_text
from papertrail.tui.frame.background import UseCaseFailed, WorkTold
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
from papertrail.tui.frame.errands import Errands
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.mark_keys import MarkKeys
from papertrail.tui.frame.message_line import MessageLine
from papertrail.tui.frame.notice import show_notice
from papertrail.tui.frame.page_keys import PageKeys
from papertrail.tui.frame.status_keys import StatusKeys
from papertrail.tui.frame.steady import Steady
from papertrail.tui.frame.tabs import PlaceTabs
from papertrail.tui.frame.theme import BREAKPOINTS
from papertrail.tui.frame.undo_keys import UndoKeys
from papertrail.tui.widgets.data_text import block, line, say

MOST_CHARACTERS = 20_000  # of a note shown as Markdown
MOST_BLOCKS = (
    150  # of a note shown as Markdown: the widget costs 5 to 10 ms a block, 1,500 list items 15 seconds
)
MOST_DRAWN = 50_000  # characters shown as Markdown in one piece
MOST_LINES = 2_000  # shown of a note longer than that; 40,000 take seven seconds
KEYS = (
    ("s", ""),  # what it does depends on the status
    ("S", ""),
    ("e", "note"),
    ("H", "earlier texts"),
    ("M", ""),  # only where there is a second text
    ("T", ""),  # only where the note calls the paper otherwise
    ("u", "undo"),
    ("t", "tags"),
    ("m", "correct"),
    ("o", ""),  # only where there is something to open
    ("y", "cite"),
    ("/", "find"),
    ("[ ]", "lineage"),
    ("?", "help"),
    ("esc", "back"),
)
OPEN = "open a page"  # what `o` does where there is one
SPARE_KEYS = (
    ("t", "tags"),
    ("m", "correct"),
    ("y", "cite"),
    ("u", "undo"),
    ("/", "find"),
    ("H", "earlier texts"),
    ("o", OPEN),
    ("[ ]", "lineage"),
)


class PaperScreen(Steady, Screen[str | None]):
    """Shows one paper and walks along its lineages; gives back what is to be told when the paper is gone.

    Args:
        library: the open trail.
        key: the paper's key.
    """

    CSS_PATH = "paper.tcss"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
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
        Binding("escape,q,backspace", "app.pop_screen", "Back", id="app.back"),
    ]

    def __init__(self, library: Library, key: str) -> None:
        super().__init__()
        self.library = library
        self.errands = Errands(self)
        self.statuses = StatusKeys(self)
        self.marks = MarkKeys(self)
        self.undos = UndoKeys(self)
        self.corrections = CorrectionKeys(self)
        self.pages = PageKeys(self, self.no_paper, self.errands.fetch_pdf)
        self._key = key
        self._paper: Paper | None = None
        self._note_shown: tuple[str, str] | None = None  # and why it is not all
        self._lineage: str | None = None
        self._told = ""
        self._is_left = False

    def compose(self) -> ComposeResult:
        """Facts beside the note; above it where the terminal is narrow."""
        yield PlaceTabs()
        yield Static("", id="paper-title")
        with Horizontal(id="paper-columns"):
            with VerticalScroll(id="paper-facts"):
                yield Static("", id="facts-text")
            with VerticalScroll(id="paper-note"):
                yield Static("", id="note-plain")
                yield Markdown("", id="note-markdown", open_links=False)
        yield MessageLine()
        yield KeyBar(KEYS, SPARE_KEYS, id="keys")

    async def on_mount(self) -> None:
        """Show the paper."""
        await self._show()

    async def on_screen_resume(self) -> None:
        """Show what another screen may have changed."""
        await self._show()

    async def _show(self) -> None:
        try:
            paper = self._paper = self.library.papers.get(self._key)
            self._key = paper.summary.key  # it may have got another one
            note = self.library.notes.body(self._key)
            copies = self.library.strays.copies(self._key)
            another = self.library.note_titles.another(self._key) if note.markdown else ""
            opens = OPEN if links_of(paper) or self.library.pages.pdf(self._key) else ""
        except NotFound as error:
            on_top = self.app.screen is self  # a screen right below that counts as current, too
            if on_top and not self._is_left:  # else when it is looked at again
                self._is_left = True
                self.dismiss(self._told or str(error))
            return
        except PapertrailError as error:
            say(self, str(error), "error")
            return
        title = Content("\n").join(
            [
                line(paper.summary.title, "bold $primary"),
                line(byline(paper.summary.authors) or "authors unknown"),
                paper_text.facts(paper),
            ]
        )
        self.query_one("#paper-title", Static).update(title)
        self.query_one(PlaceTabs).ask()
        show_notice(self, self.library.notes.trouble)
        meanings = {"M": "merge" if copies else "", "T": "title" if another else "", "o": opens}
        self.query_one(KeyBar).set_meanings({**self.statuses.meanings(), **meanings})
        parts = [paper_text.status_words(paper.summary)]
        parts += paper_text.marks(paper.summary)
        parts += [line(f"! {paper.summary.notice}", "$warning")] if paper.summary.notice else []
        for place, words in zip(paper.places, paper_text.places(paper), strict=True):
            parts.append(words)
            if place == self._place:
                parts += _neighbours(place)
        links = list(paper_text.links(paper))
        parts += [Content(""), *links] if links else []
        parts += [Content(""), paper_text.note_heading(paper.note)]
        parts += [line(f"! {note.trouble}", "$warning")] if note.trouble else []
        parts += [line(f"! second text: {copy.name}, M merges", "$warning") for copy in copies]
        parts += [line(f"! the note calls it {another}: T settles it", "$warning")] if another else []
        parts += [*paper_text.remarks(paper.note), *paper_text.checklist(paper.note)]
        parts += [Content(""), paper_text.heading_line("abstract"), paper_text.abstract(paper)]
        parts += [line(told, "$quiet") for told in paper.arxiv_says]
        self.query_one("#facts-text", Static).update(Content("\n").join(parts))
        await self._show_note(_without_title(clean(note.markdown), paper.summary.title), note.trouble)

    async def _show_note(self, note: str, trouble: str) -> None:
        if (note, trouble) == self._note_shown:
            return
        self._note_shown = (note, trouble)
        plain, markdown = self.query_one("#note-plain", Static), self.query_one(Markdown)
        as_markdown = bool(note.strip()) and _is_quickly_drawn(note)
        markdown.display, plain.display = as_markdown, not as_markdown
        if as_markdown:
            await markdown.update(note)
        elif note.strip():
            plain.update(_in_one_piece(note))
        elif trouble:
            plain.update(line(trouble, "$warning"))
        else:
            plain.update(Content.styled("Nothing written yet. e begins the note.", "$quiet"))

    @on(Markdown.LinkClicked)
    def _link_clicked(self, message: Markdown.LinkClicked) -> None:
        self.pages.open_address(message.href)

    def on_click(self, event: events.Click) -> None:
        """Go to the paper or the lineage whose name was clicked."""
        key, lineage = paper_text.linked(event)
        if key:
            self.show_in_all_papers(key, "")
        elif lineage:
            self.dismiss(None)
            doors.show_on_papers(self.app, lineage=lineage)

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
        self._key, self._lineage = other.key, place.lineage
        self.hint("")
        await self._show()
        for pane in self.query(VerticalScroll):
            pane.scroll_home(animate=False)

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

    @on(WorkTold)
    def _work_told(self, message: WorkTold) -> None:
        message.then()

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


def _neighbours(place: LineagePlace) -> Iterator[Content]:
    """Return a line for the paper before and one for the paper after, with the keys that lead there."""
    for key, other in (("[", place.previous), ("]", place.next)):
        if other is not None:
            yield Content.assemble((f"  {key} ", "bold $primary"), paper_text.reference(other))


def _without_title(note: str, title: str) -> str:
    """Return a note without a first heading that only repeats the title above it."""
    first, _, rest = note.lstrip().partition("\n")
    return rest if first.removeprefix("# ").strip() == clean_line(title) else note


def _is_quickly_drawn(note: str) -> bool:
    """Tell whether a note has few enough blocks for the Markdown widget."""
    if len(note) > MOST_CHARACTERS:
        return False
    from markdown_it import MarkdownIt

    return sum(token.nesting >= 0 for token in MarkdownIt("gfm-like").parse(note)) <= 2 * MOST_BLOCKS


def _in_one_piece(note: str) -> VisualType:
    """Return a long note for one widget: as Markdown without live links, or as it is written."""
    if len(note) > MOST_DRAWN:
        lines = note.split("\n", MOST_LINES)
        more = ["", "… the rest: e or E"] if len(lines) > MOST_LINES else []
        return block("\n".join([*lines[:MOST_LINES], *more]))
    from rich.markdown import Markdown as RichMarkdown

    return RichMarkdown(note, hyperlinks=False)
