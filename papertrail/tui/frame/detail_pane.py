"""The chosen paper at a glance."""

from collections.abc import Iterator, Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from papertrail.domain.paper import byline
from papertrail.domain.whole_paper import Paper
from papertrail.tui.frame import paper_text
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.text_in_place import put_text


class DetailPane(VerticalScroll):
    """Title, authors, place in the lineages, links, note and abstract of one paper."""

    DEFAULT_CSS = """
    DetailPane { padding: 0 1; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    DetailPane > Static { width: 1fr; min-height: 100%; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        self._text = Static()  # one for all: a dozen widgets would cost more than the whole first frame
        super().__init__(self._text, id=id)
        self._key: str | None = None

    def show(self, paper: Paper | None, told: Sequence[Content] = ()) -> None:
        """Show a paper, or nothing; the same paper again stays scrolled where it is.

        Args:
            paper: the one to show.
            told: what is to be said of it besides, below its status.
        """
        put_text(self._text, Content("\n").join(_parts(paper, told)) if paper else Content(""))
        key = paper.summary.key if paper else None
        if key != self._key:
            self._key = key
            self.scroll_home(animate=False)


def _parts(paper: Paper, told: Sequence[Content]) -> Iterator[Content]:
    summary = paper.summary
    yield line(summary.title, "bold")
    if summary.authors:
        yield line(byline(summary.authors))
    yield line(summary.key, "$quiet")
    yield paper_text.facts(paper)
    if paper.summary.notice:
        yield line(f"! {paper.summary.notice}", "$warning")
    yield Content("")
    yield paper_text.status_words(summary)
    yield from paper_text.marks(summary)
    yield from paper_text.places(paper)
    for words in told:
        yield Content("")
        yield words
    links = list(paper_text.links(paper))
    if links:
        yield Content("")
        yield from links
    yield Content("")
    yield paper_text.note_heading(paper.note)
    yield from paper_text.remarks(paper.note)
    yield from paper_text.checklist(paper.note)
    yield Content("")
    yield paper_text.heading_line("abstract")
    yield paper_text.abstract(paper)
