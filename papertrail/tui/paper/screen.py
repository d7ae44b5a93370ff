"""One paper in full: what it is, where it stands, and its note to read."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.visual import VisualType
from textual.widgets import Markdown, Static
from textual.worker import get_current_worker

from papertrail.domain.errors import PapertrailError
from papertrail.domain.paper import LineagePlace, Paper, Status
from papertrail.domain.reports import NoteSaved
from papertrail.domain.text import clean, clean_line
from papertrail.library import Library
from papertrail.tui.frame import paper_text
from papertrail.tui.frame.background import UseCaseFailed, in_thread
from papertrail.tui.frame.key_bar import KeyBar
from papertrail.tui.frame.theme import BREAKPOINTS
from papertrail.tui.widgets.data_text import block, line, say

MOST_CHARACTERS = 20_000  # of a note shown as Markdown
MOST_BLOCKS = (
    150  # of a note shown as Markdown: the widget costs 5 to 10 ms a block, 1,500 list items 15 seconds
)
MOST_DRAWN = 50_000  # characters shown as Markdown in one piece
MOST_LINES = 2_000  # shown of a note longer than that; 40,000 take seven seconds
KEYS = (
    ("s", "status"),
    ("e", "note"),
    ("o", "open on arXiv"),
    ("[ ]", "previous, next in its lineage"),
    ("esc", "back"),
)


class PaperScreen(Screen[None]):
    """Shows one paper and walks along its lineages.

    Args:
        library: the open trail.
        key: the paper's key.
    """

    CSS_PATH = "paper.tcss"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    AUTO_FOCUS = "#paper-note"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "next_status", "Next status", tooltip="unread → reading → read", id="status.next"),
        Binding(
            "S", "previous_status", "Status back", tooltip="read → reading → unread", id="status.previous"
        ),
        Binding("w", "set_status('queued')", "Queue", tooltip="want to read it soon", id="status.queue"),
        Binding("d", "set_status('dropped')", "Drop", tooltip="not going to read it", id="status.drop"),
        Binding("e", "edit_note", "Write the note", id="note.edit"),
        Binding("E", "edit_note_outside", "Note in $EDITOR", id="note.outside"),
        Binding("f", "fetch", "Fetch abstracts", tooltip="for all papers that lack them", id="papers.fetch"),
        Binding("o", "open_link", "Open on arXiv", id="paper.open_link"),
        Binding("left_square_bracket", "walk(-1)", "Previous in lineage", id="paper.previous"),
        Binding("right_square_bracket", "walk(1)", "Next in lineage", id="paper.next"),
        Binding("question_mark", "help", "Help", id="app.help"),
        Binding("escape,q,backspace", "app.pop_screen", "Back", id="app.back"),
    ]

    class MetadataFetched(Message):
        """Abstracts and dates of so many papers have been fetched."""

        def __init__(self, papers: int) -> None:
            super().__init__()
            self.papers = papers

    def __init__(self, library: Library, key: str) -> None:
        super().__init__()
        self._library = library
        self._key = key
        self._paper: Paper | None = None
        self._note_shown: str | None = None
        self._lineage: str | None = None

    def compose(self) -> ComposeResult:
        """Facts beside the note; above it where the terminal is narrow."""
        yield Static("", id="paper-title")
        with Horizontal(id="paper-columns"):
            with VerticalScroll(id="paper-facts"):
                yield Static("", id="facts-text")
            with VerticalScroll(id="paper-note"):
                yield Static("", id="note-plain")
                yield Markdown("", id="note-markdown", open_links=False)
        yield KeyBar(KEYS, KEYS[3:4], id="keys")

    async def on_mount(self) -> None:
        """Show the paper."""
        await self._show()

    async def on_screen_resume(self) -> None:
        """Show what another screen may have changed."""
        await self._show()

    async def _show(self) -> None:
        try:
            paper = self._paper = self._library.papers.get(self._key)
            note = self._library.notes.body(self._key) if paper.note.exists else ""
        except PapertrailError as error:
            say(self, str(error), "error")
            return
        title = Content("\n").join(
            [
                line(paper.summary.title, "bold $primary"),
                line(", ".join(paper.summary.authors) or "authors unknown"),
                paper_text.facts(paper),
            ]
        )
        self.query_one("#paper-title", Static).update(title)
        parts = [paper_text.status_words(paper.summary)]
        for place, words in zip(paper.places, paper_text.places(paper), strict=True):
            parts.append(words)
            if place == self._place:
                parts += _neighbours(place)
        links = list(paper_text.links(paper))
        parts += [Content(""), *links] if links else []
        parts += [Content(""), paper_text.note_heading(paper.note), *paper_text.checklist(paper.note)]
        parts += [Content(""), paper_text.heading_line("abstract"), paper_text.abstract(paper)]
        self.query_one("#facts-text", Static).update(Content("\n").join(parts))
        await self._show_note(_without_title(clean(note), paper.summary.title))

    async def _show_note(self, note: str) -> None:
        if note == self._note_shown:
            return
        self._note_shown = note
        plain, markdown = self.query_one("#note-plain", Static), self.query_one(Markdown)
        as_markdown = bool(note.strip()) and _is_quickly_drawn(note)
        markdown.display, plain.display = as_markdown, not as_markdown
        if as_markdown:
            await markdown.update(note)
        elif note.strip():
            plain.update(_in_one_piece(note))
        else:
            plain.update(Content.styled("Nothing written yet. e begins the note.", "$quiet"))

    @on(Markdown.LinkClicked)
    def _link_clicked(self, message: Markdown.LinkClicked) -> None:
        if message.href.startswith(("https://", "http://")):
            self.app.open_url(message.href)

    def action_open_link(self) -> None:
        """Open the paper's page in the browser."""
        if self._paper is None:
            return
        summary = self._paper.summary
        if summary.arxiv_id:
            self.app.open_url(f"https://arxiv.org/abs/{summary.arxiv_id}")
        elif summary.doi:
            self.app.open_url(f"https://doi.org/{summary.doi}")
        else:
            say(self, "this paper has neither an arXiv id nor a DOI")

    @property
    def _place(self) -> LineagePlace | None:
        """The lineage one walks along: the one come by, else the first the paper is in."""
        places = self._paper.places if self._paper else ()
        return next((p for p in places if p.lineage == self._lineage), places[0] if places else None)

    async def action_walk(self, steps: int) -> None:
        """Go to the previous or next paper of the lineage."""
        place = self._place
        if place is None:
            say(self, "this paper is in no lineage")
            return
        other = place.next if steps > 0 else place.previous
        if other is None:
            say(self, f"this is the {'end' if steps > 0 else 'beginning'} of {place.lineage}")
            return
        self._key, self._lineage = other.key, place.lineage
        await self._show()
        for pane in self.query(VerticalScroll):
            pane.scroll_home(animate=False)

    async def action_next_status(self) -> None:
        """One step on."""
        if self._paper is not None:
            await self._set_status(self._paper.summary.status.next)

    async def action_previous_status(self) -> None:
        """One step back."""
        if self._paper is not None:
            await self._set_status(self._paper.summary.status.previous)

    async def action_set_status(self, status: str) -> None:
        """Give the paper a status."""
        await self._set_status(Status(status))

    async def _set_status(self, status: Status) -> None:
        try:
            self._library.statuses.set([self._key], status)
        except PapertrailError as error:
            say(self, str(error), "error")
        await self._show()

    def action_fetch(self) -> None:
        """Fetch abstracts and dates of all papers that lack them."""
        if any(not worker.is_finished for worker in self.workers):
            return
        say(self, "asking arXiv …")

        def fetch() -> Message:
            worker = get_current_worker()
            return self.MetadataFetched(
                self._library.intake.fetch(is_cancelled=lambda: worker.is_cancelled).fetched
            )

        in_thread(self, fetch, group="fetch", outlived=True)

    @on(MetadataFetched)
    async def _metadata_fetched(self, message: MetadataFetched) -> None:
        await self._show()
        say(self, f"abstracts and dates of {message.papers} papers fetched")

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        say(self, str(message.error), "error")

    def action_edit_note(self) -> None:
        """Write the note."""
        from papertrail.tui.note.editor import NoteEditor

        def edited(saved: NoteSaved | None) -> None:
            if saved is not None and saved.newly_counted:
                say(self, self._library.goal.progress().line)

        self.app.push_screen(NoteEditor(self._library, self._key), edited)

    async def action_edit_note_outside(self) -> None:
        """Write the note in the reader's own editor."""
        from papertrail.tui.note.external_editor import edit_outside

        edit_outside(self.app, self._library, self._key)
        await self._show()

    def action_help(self) -> None:
        """Explain keys, signs and words."""
        from papertrail.tui.frame.help import HelpScreen

        self.app.push_screen(HelpScreen(self))


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
