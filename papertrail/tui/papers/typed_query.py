"""The query that is typed over the list of papers: what it is, what was found, and what is told of it."""

from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from papertrail.domain.paper import PaperSummary
from papertrail.domain.query.remarks import in_one_line
from papertrail.tui.frame.background import tells_failure
from papertrail.tui.papers.filter import FilterLine
from papertrail.tui.papers.finding import Found
from papertrail.tui.papers.lineages import LineageList
from papertrail.tui.papers.table import PaperTable
from papertrail.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from papertrail.domain.query.hits import Hit
    from papertrail.tui.papers.screen import PapersScreen


class TypedQuery:
    """Opens the line to type into, takes what is typed, and leaves it.

    Args:
        screen: where its papers are shown.

    Attributes:
        text: the query typed; None while the line of the lineages is in sight.
        begins_with: the term of the lineage that the query began with; nothing once that is taken out.
        found: what was found for the query in sight, a typed one or that of a view.
    """

    def __init__(self, screen: "PapersScreen") -> None:
        self._papers = screen
        self.text: str | None = None
        self.begins_with = ""
        self.found: Found | None = None
        self._hit: tuple[Found, PaperSummary, Hit | None] | None = None  # the one looked for last

    @property
    def screen(self) -> Screen[Any]:
        """The screen with the query."""
        return self._papers

    def ask(self, text: str) -> None:
        """Take a query that is none of a lineage's; who asks shows its papers."""
        self.text, self.begins_with = text, ""
        self._papers.remove_class("filtering")

    async def open(self) -> None:
        """Open the line that a query is typed into; it begins with what is in sight."""
        papers = self._papers
        papers.action_focus_papers()
        papers.add_class("filtering")
        if not papers.query(FilterLine):
            await papers.mount(FilterLine(), before="#panes")
        if self.text is None:
            self.begins_with = self._term_in_sight()
        papers.query_one(FilterLine).put(self._text_to_go_on_with(), self.begins_with)
        papers.show_title()
        papers.query_one("#filter").focus()

    def _text_to_go_on_with(self) -> str:
        """Return the query in sight, as far as one can type behind it."""
        from papertrail.domain.query.printer import ready_for_more

        return self.begins_with if self.text is None else ready_for_more(self.text)

    def _term_in_sight(self) -> str:
        """Return the query of the chosen line as terms to go on with, a blank behind; empty for all."""
        from papertrail.domain.query.printer import as_first_terms, to_text

        line = self._papers.line_in_sight
        text = as_first_terms(line) if isinstance(line, str) else to_text(line)
        return f"{text} " if text else ""

    def _still_begins_with(self, text: str) -> str:
        """Return the term that the query began with, if it still does so."""
        begins_with = self.begins_with
        is_there = text.startswith(begins_with) or text.strip() == begins_with.strip()
        return begins_with if is_there else ""

    def leave(self) -> None:
        """Ask for no query any more; who asks for it shows the papers of the chosen line again."""
        self.text, self.begins_with = None, ""
        self._papers.remove_class("filtering")

    @tells_failure
    def submit(self) -> None:
        """Go to the list, with the query as it is typed; to all papers where they alone have what it asks."""
        self._papers.remove_class("filtering")
        text = self.text if self.text is not None else self.begins_with
        keep = self._papers.query_one(PaperTable).chosen_id
        if self.elsewhere:
            self.text, self.begins_with = text[len(self.begins_with) :].lstrip(), ""
            self._papers.show_papers()
        elif not text.strip():  # the lineage was taken out, and nothing put in its place
            self.leave()
            self._papers.query_one(LineageList).set_reactive(RowList.cursor, 0)
            self._papers.show_papers(keep)
        elif text.strip() == self.begins_with.strip():
            self.leave()
            self._papers.show_papers(keep)
        self._papers.show_title()
        self._papers.action_focus_papers()

    def tell_remarks(self) -> None:
        """Say what of the query in sight was not understood."""
        if self.text is not None and self.found is not None and (told := in_one_line(self.found.remarks)):
            self._papers.hint(told, warn=True)

    def put(self, text: str) -> None:
        """Take a query as it is typed, or otherwise changed."""
        self.text = text
        self.begins_with = self._still_begins_with(text)

    def change(self, text: str) -> None:
        """Take a query as it is typed, and show its papers."""
        self.put(text)
        if self._papers.is_open:
            self._papers.show_papers(self._papers.query_one(PaperTable).chosen_id)

    def told(self) -> str:
        """Say what of the query typed was not understood, else what the keys do."""
        if self.text and self.found is not None and (told := in_one_line(self.found.remarks)):
            return told
        if self.begins_with and self.text in (None, self.begins_with):
            return "backspace takes it out and finds among all papers"
        if self.elsewhere:
            return f"⏎ shows {self.elsewhere:,} among all papers"
        return "words, author:he, year:2015.., tag:name; note:word for your notes alone"

    @property
    def elsewhere(self) -> int:
        """How many papers the enter key shows, where there is none in the lineage that is asked for."""
        return self.found.elsewhere if self.found is not None and self.begins_with else 0

    def hit_in(self, paper: PaperSummary) -> "Hit | None":
        """Return the line of a paper in which the words asked for stand, if it is not in sight as it is."""
        if self.found is None:
            return None
        if self._hit is None or self._hit[0] is not self.found or self._hit[1] is not paper:
            hit = self._papers.library.search.hits(self.found.query, [paper.id]).get(paper.id)
            if hit is not None and hit.where in ("key", "title"):
                hit = None
            self._hit = (self.found, paper, hit)
        return self._hit[2]
