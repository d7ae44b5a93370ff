"""Where the paper of a question stands; beside the question, where there is room."""

from textual.content import Content
from textual.widgets import Static

from papertrail.domain.whole_paper import Paper
from papertrail.tui.frame import paper_text
from papertrail.tui.widgets.text_in_place import put_text


class Around(Static):
    """Shows the lineages of a paper and what it builds on; what builds on it once the answer is seen."""

    def __init__(self) -> None:
        super().__init__("", id="around")

    def show(self, paper: Paper | None, *, is_seen: bool) -> None:
        """Show where a paper stands, or nothing.

        Args:
            paper: the one that is asked about.
            is_seen: whether the answer is in sight: what came of a paper may be just what is asked.
        """
        put_text(self, Content("") if paper is None else self._words(paper, is_seen=is_seen))

    def _words(self, paper: Paper, *, is_seen: bool) -> Content:
        lines = [*paper_text.places(paper)]
        after = paper.built_on_by if is_seen else ()
        for heading, papers in (("builds on", paper.builds_on), ("built on by", after)):
            if papers:
                lines += [Content(""), paper_text.heading_line(heading)]
                lines += [paper_text.reference(other, self.content_size.width) for other in papers]
        return Content("\n").join(lines)
