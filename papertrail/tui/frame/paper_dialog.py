"""Asking for another paper of the trail."""

from collections.abc import Callable, Iterator, Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from papertrail.domain.errors import NotFound
from papertrail.domain.query.parser import parse
from papertrail.domain.text import shorten
from papertrail.library import Library
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.forms import LONGEST_ABOUT, MOST_CHOICES, LineDialog


class PaperDialog(LineDialog):
    """Asks for a paper by a query, as of words of its title; the trail is asked, however long it is.

    Args:
        library: the open trail.
        question: shown above; data in it must be inert already.
        carry_out: takes the paper's key and returns a line to tell.
        without: the paper that is not meant.
        first: keys of papers that are likely meant.
    """

    CSS = LineDialog.CSS.replace("LineDialog", "PaperDialog")

    def __init__(
        self,
        library: Library,
        question: Content,
        carry_out: Callable[[str], str],
        *,
        without: str,
        first: Sequence[str] = (),
    ) -> None:
        self._library = library
        self._without = without
        self._first = first
        super().__init__(
            question, "paper", carry_out, hint="words of key or title", choices=[("", "")], pick=True
        )

    def _fitting(self, text: str) -> Iterator[Option]:
        for key, title in self._papers(text):
            shown = Content.assemble(line(key, "bold"), "  ", line(shorten(title, LONGEST_ABOUT), "$quiet"))
            yield Option(shown, id=key)

    def _papers(self, text: str) -> list[tuple[str, str]]:
        """Return key and title of the papers that fit, the likely ones and keys that begin so first."""
        papers = self._library.papers
        best = self._library.search.best(parse(text).query, MOST_CHOICES + 1)
        found = {paper.key: paper.title for paper in papers.summaries(best)}
        if not text.strip():
            found = {key: papers.get(key).summary.title for key in self._first} | found
        keys = sorted(
            found, key=lambda key: (key not in self._first, not key.startswith(text.strip().lower()))
        )
        return [(key, found[key]) for key in keys if key != self._without][:MOST_CHOICES]

    def carry_out(self) -> str:
        """Go on with the paper that is meant, else with the first that fits."""
        text = self.text(self._line)
        if not text:
            raise NotFound("no paper is named", "type words of it, or choose one with ↓")
        fitting = [key for key, _ in self._papers(text)]
        if text not in fitting and fitting:
            text = fitting[0]
        return self._carry_out(self._library.papers.resolve(text))
