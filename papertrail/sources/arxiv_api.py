"""Papers from arXiv's query API; the only importer of the `arxiv` package."""

import math
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self
from urllib.parse import quote, urlsplit

import arxiv  # type: ignore[import-untyped]

from papertrail.domain.arxiv_id import parse_arxiv_id
from papertrail.domain.errors import BadInput, NetworkError
from papertrail.domain.metadata import Metadata, MetadataBatch
from papertrail.domain.text import clean, clean_line, shorten
from papertrail.sources.arxiv_session import ArxivSession, Timeouts
from papertrail.sources.atom_reply import TRY_LATER
from papertrail.sources.request_spacing import RequestSpacing
from papertrail.sources.tex_text import readable

IDS_A_REQUEST = 100
DELAY = 3.0
_LONGEST = 3600.0


class ArxivSource:
    """Asks arXiv for the metadata of papers, as `papertrail.domain.metadata.MetadataSource`.

    Args:
        url: the query URL up to the `?`.
        spacing: keeps requests apart.
        timeouts: for each request.
        say: told what is going on when it takes long, a line at a time.
        pause: waits so many seconds; an exception it raises ends the asking.
    """

    def __init__(
        self,
        url: str,
        spacing: RequestSpacing,
        timeouts: Timeouts,
        *,
        say: Callable[[str], None],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url = url
        self._spacing = spacing
        self._timeouts = timeouts
        self._say = say
        self._pause = pause

    @classmethod
    def from_environment(
        cls,
        environ: Mapping[str, str],
        state_dir: Path,
        say: Callable[[str], None],
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> Self:
        """Return a source as the environment wants it.

        Args:
            environ: `PAPERTRAIL_ARXIV_API` is the query URL up to the `?`, `PAPERTRAIL_ARXIV_DELAY` the
                seconds between requests, `PAPERTRAIL_ARXIV_TIMEOUT` those to wait for an answer.
            state_dir: where the time of the last request is kept.
            say: told what is going on when it takes long, a line at a time.
            pause: waits so many seconds; an exception it raises ends the asking.

        Raises:
            BadInput: a variable holds nonsense.
        """
        url = _url(environ.get("PAPERTRAIL_ARXIV_API", ""))
        delay = _seconds(environ, "PAPERTRAIL_ARXIV_DELAY", at_least=0.0)
        timeout = _seconds(environ, "PAPERTRAIL_ARXIV_TIMEOUT", at_least=0.1)
        spacing = RequestSpacing(state_dir, DELAY if delay is None else delay, say=say, pause=pause)
        timeouts = Timeouts() if timeout is None else Timeouts(timeout, timeout)
        return cls(url, spacing, timeouts, say=say, pause=pause)

    def by_ids(self, arxiv_ids: Sequence[str]) -> Iterator[MetadataBatch]:
        """Yield one batch for every 100 ids, in the order asked; what arXiv leaves out is `missing`.

        Args:
            arxiv_ids: canonical ids, without versions.

        Raises:
            BadInput: one of them is no arXiv id; nothing was asked.
            NetworkError: no usable answer; batches yielded before stay valid.
        """
        ids = list(dict.fromkeys(parse_arxiv_id(text).id for text in arxiv_ids))
        with ArxivSession(self._spacing, self._timeouts, say=self._say, pause=self._pause) as session:
            client = arxiv.Client(page_size=IDS_A_REQUEST, delay_seconds=0, num_retries=0)
            client.query_url_format = self._url.replace("{", "{{").replace("}", "}}") + "?{}"
            client._session = session
            for start in range(0, len(ids), IDS_A_REQUEST):
                yield self._batch(client, ids[start : start + IDS_A_REQUEST])

    def _batch(self, client: arxiv.Client, ids: list[str]) -> MetadataBatch:
        """Ask for up to 100 papers in one request."""
        found = _ask(client, ids)
        if not found and len(ids) > 1:
            # arXiv sends an empty page now and then; nothing tells it from an answer about unknown ids.
            self._say(f"arXiv says it knows none of {len(ids)} papers: asking once more")
            found = _ask(client, ids)
        return MetadataBatch(
            found=tuple(found[id_] for id_ in ids if id_ in found),
            missing=tuple(id_ for id_ in ids if id_ not in found),
        )


def _ask(client: arxiv.Client, ids: list[str]) -> dict[str, Metadata]:
    """Return what arXiv says about `ids`, by canonical id; papers that were not asked for are left out."""
    search = arxiv.Search(id_list=ids, max_results=None)
    try:
        papers = [_metadata(result) for result in client.results(search)]
    except (arxiv.ArxivError, BadInput, ValueError, OverflowError) as error:
        raise NetworkError("arXiv's reply cannot be understood", TRY_LATER) from error
    wanted = set(ids)
    return {paper.arxiv_id: paper for paper in reversed(papers) if paper.arxiv_id in wanted}


def _metadata(result: arxiv.Result) -> Metadata:
    """Take over one entry, its text cleaned and readable."""
    paper = parse_arxiv_id(result.entry_id)
    title = clean_line(result.title)
    if paper.version is None or not title:
        raise NetworkError(f"arXiv's reply about {paper.id} is not complete", TRY_LATER)
    doi = clean_line(result.doi or "")
    published: datetime = result.published
    updated: datetime = result.updated
    return readable(
        Metadata(
            arxiv_id=paper.id,
            version=paper.version,
            title=title,
            authors=_lines(author.name for author in result.authors),
            abstract=_paragraphs(result.summary),
            published=published,
            updated=updated,
            categories=_lines(result.categories),
            comment=clean_line(result.comment or "") or None,
            journal_ref=clean_line(result.journal_ref or "") or None,
            doi=doi or None,
            urls=_urls(paper.id, doi),
        )
    )


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Return each text on one line, empty ones left out."""
    return tuple(line for text in texts if (line := clean_line(text)))


def _paragraphs(text: str) -> str:
    """Return an abstract with the lines of each paragraph joined.

    arXiv wraps lines; a blank line, or a line that begins with two blanks, begins a paragraph.
    """
    paragraphs = re.split(r"\n[ \t]*(?=\n)|\n(?=[ \t]{2})", clean(text))
    return "\n\n".join(_lines(paragraphs))


def _urls(arxiv_id: str, doi: str) -> tuple[str, ...]:
    """Return the pages of a paper, built from its id: about it, its PDF, the publisher's."""
    urls = [f"https://arxiv.org/abs/{arxiv_id}", f"https://arxiv.org/pdf/{arxiv_id}"]
    if doi:
        # Some authors give two DOIs in one field.
        urls.append("https://doi.org/" + quote(doi.split(maxsplit=1)[0].rstrip(",;"), safe="/:;().,-_~"))
    return tuple(urls)


def _url(text: str) -> str:
    """Return the query URL; arXiv's own when `text` is empty."""
    text = clean_line(text)
    if not text:
        url: str = arxiv.Client.query_url_format
        return url.partition("?")[0]
    try:
        parts = urlsplit(text.removesuffix("?"))
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment or "?" in text[:-1] or " " in text:
        raise BadInput(
            f"PAPERTRAIL_ARXIV_API is no URL to ask: {shorten(text, 60)}",
            "give one like https://export.arxiv.org/api/query",
        )
    return parts.geturl()


def _seconds(environ: Mapping[str, str], name: str, *, at_least: float) -> float | None:
    """Return a number of seconds from the environment; None when it is not set."""
    text = clean_line(environ.get(name, ""))
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not at_least <= seconds <= _LONGEST:
        raise BadInput(
            f"{name} is no number of seconds: {shorten(text, 40)}",
            f"give one from {at_least:g} to {_LONGEST:g}",
        )
    return seconds
