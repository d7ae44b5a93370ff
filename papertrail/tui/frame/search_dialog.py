"""Searching arXiv, and adding what is found."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from papertrail.domain.arxiv_search import ArxivSearch
from papertrail.domain.paper import Status, byline
from papertrail.domain.text import shorten
from papertrail.library import Library
from papertrail.tui.frame.background import UseCaseFailed, WorkTold, in_thread
from papertrail.tui.frame.paper_text import STATUS_STYLES
from papertrail.tui.frame.steady import Steady
from papertrail.tui.widgets.clean_input import CleanInput
from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import FRAME, AnswerKeys, answer_keys
from papertrail.tui.widgets.modal import Modal

if TYPE_CHECKING:
    from papertrail.domain.reports import AddReport, Found, SearchReport

_SHOWN = 50  # papers, in one request
_LONGEST_TITLE = 200  # letters
_LONGEST_ABSTRACT = 600
_LONGEST_NAME = 24  # letters of a key or an id
_SEARCHING, _ADDING = "search", "add-found"


class Results(OptionList):
    """What was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False, id="found.down"),
        Binding("k", "cursor_up", "Up", show=False, id="found.up"),
        Binding("w", "screen.queue", "Add to the queue", id="found.queue"),
        Binding("slash", "screen.words", "Other words", id="found.words"),
    ]


class SearchDialog(Steady, Modal[list[str]]):
    """Asks for words, shows what arXiv finds and adds it; gives back the keys of what was added or queued.

    Args:
        library: the open trail.
        words: to search for at once.
    """

    CSS = FRAME.format(name="SearchDialog") + (
        "SearchDialog.-found > Vertical { height: 90%; }"
        "SearchDialog #results { height: 1fr; border: none; background: $surface; padding: 0;"
        " text-wrap: nowrap; text-overflow: ellipsis; scrollbar-size-vertical: 1; }"
        "SearchDialog #about { height: 7; margin-top: 1; color: $quiet; }"
        "SearchDialog.-low #about { height: 2; margin-top: 0; }"
        "SearchDialog #results, SearchDialog #about { display: none; }"
        "SearchDialog.-found #results, SearchDialog.-found #about { display: block; }"
        "SearchDialog #told { height: auto; max-height: 3; }"
    )
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012 - Textual's
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="dialog.cancel"),
        Binding("down", "to_results", "To what was found", show=False, id="found.list"),
    ]

    def __init__(self, library: Library, words: str = "") -> None:
        super().__init__()
        self._library = library
        self._first_words = words
        self._found: list[Found] = []
        self._changed: dict[str, None] = {}
        self._is_closing = False

    def compose(self) -> ComposeResult:
        """A line for words, what was found, more of the one under the cursor, and what is to be told."""
        with Vertical():
            yield Static(Content.styled("Search arXiv", "bold $primary"), classes="question")
            yield CleanInput(
                value=self._first_words,
                placeholder='words, a "phrase", ti:word, au:name, abs:word, cat:cs.CV',
                id="words",
            )
            yield Results(id="results")
            yield Static("", id="about")
            yield Static("", id="told")
            yield AnswerKeys("", classes="answer-keys")

    def on_mount(self) -> None:
        """Search at once for words that were given."""
        self._say_keys()
        if self._first_words:
            self._search(self._first_words)

    def is_ready_for(self, key: str) -> bool:
        """Let keys wait while a paper is being added: papers come in the order in which they were chosen."""
        return key == "escape" or not any(
            worker.group == _ADDING and not worker.is_finished for worker in self.workers
        )

    def _tell(self, text: str, *, warn: bool = False) -> None:
        self.query_one("#told", Static).update(line(text, "$warning" if warn else "$quiet"))

    def _say_keys(self) -> None:
        in_list = isinstance(self.focused, Results)
        keys = (
            [("⏎", "add"), ("w", "add to the queue"), ("/", "other words")] if in_list else [("⏎", "search")]
        )
        more = [("↓", "to the list")] if self._found and not in_list else []
        self.query_one(".answer-keys", Static).update(answer_keys(*keys, *more, ("esc", "close")))

    def on_descendant_focus(self) -> None:
        """Say what the keys do there."""
        self._say_keys()

    @on(UseCaseFailed)
    def _failed(self, message: UseCaseFailed) -> None:
        message.stop()
        self._tell(str(message.error), warn=True)

    @on(Input.Submitted)
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self._search(message.value)

    def _search(self, words: str) -> None:
        """Search beside the screen; a newer search makes an older one's answer void."""

        def search() -> Message:
            worker = get_current_worker()

            def say(text: str) -> None:
                if not worker.is_cancelled:
                    self.post_message(WorkTold(partial(self._tell, text)))

            report = self._library.intake.search(
                ArxivSearch(words, limit=_SHOWN), is_cancelled=lambda: worker.is_cancelled, say=say
            )
            return WorkTold(partial(self._show, report, words))

        self._tell("asking arXiv … esc stops")
        in_thread(self, search, group=_SEARCHING, outlived=True)

    def _show(self, report: "SearchReport", words: str) -> None:
        """Show what was found; a reader who is typing other words by then goes on typing them."""
        self._found = list(report.results)
        results = self.query_one(Results)
        results.clear_options()
        results.add_options(map(Option, self._rows()))
        self.set_class(bool(self._found), "-found")
        if not self._found:
            self._tell("arXiv finds no such paper: try fewer words", warn=True)
            self._say_keys()
            return
        more = f" of {report.total:,}" if report.total > len(self._found) else ""
        odd = f"; {report.odd[0]}: left out" if report.odd else ""
        self._tell(f"{len(self._found)}{more} found{odd}", warn=bool(odd))
        results.highlighted = 0
        if self.query_one("#words", Input).value == words:
            results.focus()
        else:
            self._say_keys()

    def _rows(self) -> list[Content]:
        width = max((len(_name(found)) for found in self._found), default=0)
        return [_row(found, width) for found in self._found]

    @on(OptionList.OptionHighlighted)
    def _look_at(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        if message.option_index >= len(self._found):
            return
        paper = self._found[message.option_index].metadata
        facts = [byline(paper.authors), f"{paper.published:%Y-%m-%d}", *paper.categories[:1]]
        parts = [line(" · ".join(filter(None, facts))), line(shorten(paper.abstract, _LONGEST_ABSTRACT))]
        self.query_one("#about", Static).update(Content("\n").join(parts))

    @on(OptionList.OptionSelected)
    def _add(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self._bring_in(message.option_index, queue=False)

    def action_queue(self) -> None:
        """Add the paper under the cursor, and put it at the end of the queue."""
        if (index := self.query_one(Results).highlighted) is not None:
            self._bring_in(index, queue=True)

    def _bring_in(self, index: int, *, queue: bool) -> None:
        found = self._found[index]
        if found.held is not None and not queue:
            self._tell(f"known already: {found.held.key}")
            return

        def bring_in() -> Message:
            report = self._library.intake.add_found([found.metadata])
            (paper,) = (*report.added, *report.known)
            if queue:
                self._library.statuses.set([paper.key], Status.QUEUED)
            return WorkTold(partial(self._brought_in, found, report, queue=queue))

        in_thread(self, bring_in, group=_ADDING, exclusive=False)

    def _brought_in(self, found: "Found", report: "AddReport", *, queue: bool) -> None:
        from papertrail.domain.reports import Found

        (paper,) = (*report.added, *report.known)
        self._changed[paper.key] = None
        done = ["added"] * bool(report.added) + ["queued"] * queue
        self._tell(f"{' and '.join(done) or 'known already:'} {paper.key}")
        for index, each in enumerate(self._found):
            if each is found:
                held = self._library.papers.get(paper.key).summary
                self._found[index] = Found(found.metadata, held)
        for index, row in enumerate(self._rows()):
            self.query_one(Results).replace_option_prompt_at_index(index, row)
        if self._is_closing:
            self.action_close()

    def action_words(self) -> None:
        """Go back to the words."""
        self.query_one("#words", Input).focus()

    def action_to_results(self) -> None:
        """Go from the words to what was found."""
        if self._found:
            self.query_one(Results).focus()

    def action_close(self) -> None:
        """Stop a search that is under way; else close, once what is being added is there."""
        under_way: dict[str, list[Callable[[], None]]] = {_SEARCHING: [], _ADDING: []}
        for worker in self.workers:
            if worker.node is self and worker.group in under_way and not worker.is_finished:
                under_way[worker.group].append(worker.cancel)
        if under_way[_SEARCHING]:
            for cancel in under_way[_SEARCHING]:
                cancel()
            self._tell("stopped")
        elif under_way[_ADDING] and not self._is_closing:
            self._is_closing = True
        else:
            self.dismiss(list(self._changed))


def _name(found: "Found") -> str:
    return shorten(found.metadata.arxiv_id if found.held is None else found.held.key, _LONGEST_NAME)


def _row(found: "Found", width: int) -> Content:
    """Return a paper on one line: sign and key of what the trail has, else the id; year and title.

    Args:
        found: the paper.
        width: letters that keys and ids have room for.
    """
    paper, held = found.metadata, found.held
    style = "" if held is None else STATUS_STYLES[held.status]
    name = _name(found)
    return Content.assemble(
        (f"{' ' if held is None else held.status.glyph} ", style),
        line(name, "" if held is None else "bold"),
        (f"{' ' * (width - len(name))}  {paper.published.year}  ", "$quiet"),
        line(shorten(paper.title, _LONGEST_TITLE)),
    )
