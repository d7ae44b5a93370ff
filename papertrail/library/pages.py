"""The pages of papers, their PDFs, and how they are cited; none of it changes how far one is."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from papertrail.domain.errors import BadInput, NetworkError, NotFound, PapertrailError
from papertrail.domain.links import Link, Page, links_of
from papertrail.domain.opener import OPENER, needs_terminal, opener_command
from papertrail.domain.operations import TUI
from papertrail.domain.reports import PdfHere
from papertrail.library.intake import OFFLINE, Intake
from papertrail.library.open_trail import OpenTrail, Say, ignore
from papertrail.library.papers import Papers
from papertrail.store.queries import papers

if TYPE_CHECKING:
    from papertrail.domain.citation import CitationForm

_SOON = 3.0  # seconds; an opener that still runs then has opened something
_OPTIONS = "no option opens its first page"


class _Stopped(Exception):
    """The reader does not want to wait any longer."""


class Pages:
    """The use cases around what is to be read; the files are no part of what can be taken back."""

    def __init__(self, trail: OpenTrail, known: Papers, intake: Intake) -> None:
        self._trail = trail
        self._papers = known
        self._intake = intake

    def links(self, key: str) -> tuple[Link, ...]:
        """Return the pages of a paper, those that a browser can be given.

        Raises:
            NotFound: no paper has this key.
        """
        return links_of(self._papers.get(key))

    def link(self, key: str, page: Page | None = None) -> Link:
        """Return one page of a paper: the first one of its kind, or of all.

        Raises:
            NotFound: no paper has this key, or it has no such page.
        """
        links = self.links(key)
        found = next((link for link in links if page in (None, link.page)), None)
        if found is None:
            kinds = ", ".join(dict.fromkeys(f"--{one.page}" for one in links if one.page in _NAMED))
            what = "page" if page is None else f"{page} page"
            raise NotFound(f"{key} has no {what}", f"it has {kinds}; {_OPTIONS}" if kinds else "")
        return found

    def pdf(self, key: str) -> Path | None:
        """Return where the PDF of a paper is; None while there is none."""
        before = papers.aliases(self._trail.database.read(), key)
        return next((path for one in (key, *before) if (path := self._place(one)).is_file()), None)

    def _place(self, key: str) -> Path:
        return self._trail.home.pdfs / f"{key}.pdf"

    def open(self, target: str | Path, *, lend_terminal: bool = False) -> None:
        """Show a page or a file with the program of the reader's system for it; it may go on running.

        Args:
            target: the address of a link, or a file.
            lend_terminal: whether it may have the terminal; it is waited for then if it needs one.

        Raises:
            PapertrailError: there is no such program, or it ended with an error.
        """
        target = str(target.resolve()) if isinstance(target, Path) else target
        command = opener_command(target, os.environ, which, sys.platform)
        name = Path(command[0]).name
        is_waited_for = needs_terminal(command[0])
        if is_waited_for and not lend_terminal:
            raise BadInput(f"{name} would need this terminal", f"name another program with {OPENER}")
        null = None if is_waited_for else subprocess.DEVNULL
        try:
            process = subprocess.Popen(
                command, stdin=null, stdout=null, stderr=null, start_new_session=not is_waited_for
            )
            code = process.wait(None if is_waited_for else _SOON)
        except subprocess.TimeoutExpired:
            return
        except OSError as error:
            raise PapertrailError(f"{name} could not be run ({error.strerror})", f"open {target}") from error
        if code:
            raise PapertrailError(f"{name} ended with exit code {code}", f"open it yourself: {target}")

    def cite(self, key: str, form: "CitationForm") -> str:
        """Return how a paper is cited, without a line end.

        Raises:
            NotFound: no paper has this key.
        """
        from papertrail.domain.citation import CitationForm, citation

        paper = self._papers.get(key)
        if form is not CitationForm.BIBTEX:
            return citation(paper, form)
        from papertrail.domain.reference import reference_of
        from papertrail.export.bibliography.bibtex import bibtex
        from papertrail.store.queries import imports

        cited = imports.cited_as(self._trail.database.read(), paper.summary.id)
        reference = reference_of(paper, cited)._replace(abstract="", tags=())
        return next(bibtex([reference])).rstrip("\n")

    def fetch_pdf(
        self,
        key: str,
        *,
        on_progress: Callable[[int, int | None], None] = ignore,
        is_cancelled: Callable[[], bool] = lambda: False,
        say: Say = ignore,
    ) -> PdfHere | None:
        """Fetch the PDF of a paper from arXiv, unless it is here; what had come of it before is gone on from.

        Args:
            key: of the paper.
            on_progress: told how many bytes there are, and of how many where that is known.
            is_cancelled: asked while it comes; what has come then is kept.
            say: told what is going on, a line at a time.

        Returns:
            The PDF, None where it was cancelled.

        Raises:
            NotFound: the paper, or its PDF, is not on arXiv.
            NetworkError: there was no usable answer.
        """
        if (path := self.pdf(key)) is not None:
            return PdfHere(key, path, path.stat().st_size, is_new=False)
        arxiv_id = self._papers.get(key).summary.arxiv_id
        if arxiv_id is None:
            raise NotFound(
                f"{key} is not on arXiv", f"attach a file of your own: papertrail pdf {key} --attach FILE"
            )
        if self._intake.is_offline:
            raise NetworkError(
                "papertrail is told to stay offline", f"unset {OFFLINE}, or: papertrail set offline off"
            )
        from platformdirs import user_state_path

        from papertrail.sources.patience import Patience
        from papertrail.sources.pdf_download import PdfSource

        def pause(seconds: float) -> None:
            end = time.monotonic() + seconds
            while (left := end - time.monotonic()) > 0:
                go_on()
                time.sleep(min(left, 0.1))

        def go_on() -> None:
            if is_cancelled():
                raise _Stopped

        def progressed(size: int, total: int | None) -> None:
            go_on()
            on_progress(size, total)

        stop = "esc stops" if self._trail.program == TUI else "ctrl+c stops"
        source = PdfSource.from_environment(
            os.environ, user_state_path("papertrail"), say, Patience(stop=stop, pause=pause)
        )
        path = self._place(key)
        try:
            source.fetch(arxiv_id, path, progressed)
        except _Stopped:
            return None
        return PdfHere(key, path, path.stat().st_size, is_new=True)

    def attach_pdf(self, key: str, file: Path, *, replace: bool = False) -> PdfHere:
        """Copy a PDF of the reader's own into the trail.

        Raises:
            BadInput: it is no PDF, or another one is there and `replace` is not set.
            NotFound: no paper has this key.
            StorageError: it cannot be read or written.
        """
        from papertrail.sources.pdf_download import attach

        key = self._papers.get(key).summary.key
        path = self.pdf(key) or self._place(key)
        is_new = attach(file, path, replace=replace)
        return PdfHere(key, path, path.stat().st_size, is_new)


_NAMED = frozenset({Page.ABS, Page.PDF, Page.HTML, Page.CODE, Page.TRANSLATION})
