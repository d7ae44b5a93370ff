"""The keys that open a paper's pages, and copy how it is cited; neither changes anything."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from textual.content import Content
from textual.message import Message
from textual.screen import Screen

from papertrail.domain.errors import PapertrailError
from papertrail.domain.text import clean_line, shorten
from papertrail.tui.frame.background import WorkTold, in_thread, tells_failure
from papertrail.tui.frame.host import TrailHost
from papertrail.tui.widgets.data_text import line

LONGEST_TOLD = 60  # letters of what was copied, in the line above the keys
_KEYS = {"abs": "a", "pdf": "p", "html": "h", "doi": "d", "code": "c", "translation": "t"}
_DIGITS = "123456789"


class _Choice(NamedTuple):
    """Something that can be opened: its key, its words, what is done."""

    key: str
    words: str
    carry_out: Callable[[], None]


class PageKeys:
    """Opens the pages and the PDF of the paper under the cursor, and copies how it is cited.

    Args:
        host: the screen that shows the trail.
        no_paper: says why there is no paper under the cursor.
        fetch_pdf: fetches the PDF of a paper; None where the screen does not wait for anything.
    """

    def __init__(
        self,
        host: TrailHost,
        no_paper: Callable[[], str],
        fetch_pdf: Callable[[str], None] | None = None,
    ) -> None:
        self._host = host
        self._no_paper = no_paper
        self._fetch_pdf = fetch_pdf

    @property
    def screen(self) -> Screen[Any]:
        """The screen that shows the trail."""
        return self._host.screen

    def _chosen(self) -> str | None:
        """Return the key of the paper under the cursor; where there is none, say so."""
        paper = self._host.chosen_paper()
        if paper is None and self._host.is_open:
            self._host.hint(self._no_paper(), warn=True)
        return None if paper is None else paper.key

    @tells_failure
    def open(self) -> None:
        """Open the page there is; where there are several, ask which."""
        if (key := self._chosen()) is None:
            return
        choices = self._choices(key)
        if not choices:
            self._host.hint(f"{key} has no page, and no PDF here", warn=True)
        elif len(choices) == 1:
            choices[0].carry_out()
        else:
            self._ask(key, choices)

    def _choices(self, key: str) -> list[_Choice]:
        pages = self._host.library.pages
        here = pages.pdf(key)
        choices: list[_Choice] = []
        if here is not None:
            choices.append(_Choice("p", "PDF · in the trail", partial(self._open, here, "the PDF")))
        digits = iter(_DIGITS)
        taken = {"p"} if here is not None else set()
        links = pages.links(key)
        for link in links:
            if link.page == "pdf" and here is not None and not link.label:
                continue  # it is the one that is here
            own = _KEYS.get(link.page, "")
            sign = own if own and own not in taken else next(digits, "")
            if sign:
                taken.add(sign)
                choices.append(_Choice(sign, link.words, partial(self._open, link.url, link.host)))
        if here is None and self._fetch_pdf is not None and any(link.page == "abs" for link in links):
            words = "get the PDF into the trail, to be read offline"
            choices.append(_Choice("g", words, partial(self._fetch_pdf, key)))
        return choices

    def _ask(self, key: str, choices: list[_Choice]) -> None:
        from papertrail.tui.widgets.dialogs import ChoiceDialog

        def answered(answer: str | None) -> None:
            if answer is not None and answer.isdecimal():
                choices[int(answer)].carry_out()

        answers = [(str(number), one.key, clean_line(one.words)) for number, one in enumerate(choices)]
        question = Content.assemble(("Open ", "bold $primary"), line(key, "bold $primary"))
        dialog = ChoiceDialog(question, [*answers, ("stay", "k", "open nothing")])
        self._host.app.push_screen(dialog, answered)

    def open_address(self, address: str) -> None:
        """Open an address that stands in a note, if it is one for a browser."""
        from papertrail.domain.links import browsable

        url = browsable(address)
        if url is None:
            self._host.hint("this is no http or https address: it is not opened", warn=True)
        else:
            self._open(url, shorten(urlsplit(url).netloc, LONGEST_TOLD))

    def _open(self, target: str | Path, what: str) -> None:
        """Open in a thread: what it is opened with may take its time."""

        def work() -> Message:
            try:
                self._host.library.pages.open(target)
            except PapertrailError as error:  # it names the address, to be opened by hand
                return WorkTold(partial(self._host.hint, str(error), warn=True))
            return WorkTold(partial(self._host.hint, f"opened {what}"))

        self._host.hint(f"opening {what} …")
        in_thread(self.screen, work, group="page", outlived=True)

    @tells_failure
    def copy(self) -> None:
        """Ask how, and copy how the paper is cited."""
        if (key := self._chosen()) is None:
            return
        from papertrail.domain.citation import CitationForm
        from papertrail.tui.widgets.dialogs import ChoiceDialog

        @tells_failure
        def answered(keys: PageKeys, answer: str | None) -> None:
            if answer is not None and answer in list(CitationForm):
                keys._copy(keys._host.library.pages.cite(key, CitationForm(answer)))

        question = Content.assemble(("Copy how to cite ", "bold $primary"), line(key, "bold $primary"))
        answers = [
            (CitationForm.BIBTEX.value, "b", "an entry for BibTeX"),
            (CitationForm.MARKDOWN.value, "m", "a link in Markdown"),
            (CitationForm.PLAIN.value, "p", "a plain sentence"),
            ("none", "k", "copy nothing"),
        ]
        self._host.app.push_screen(ChoiceDialog(question, answers), lambda answer: answered(self, answer))

    def _copy(self, text: str) -> None:
        """Ask the terminal to copy (OSC 52): that works over SSH, too."""
        self._host.app.copy_to_clipboard(text)
        self._host.hint(f"copied: {shorten(clean_line(text), LONGEST_TOLD)}")
