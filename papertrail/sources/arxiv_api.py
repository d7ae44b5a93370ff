"""Papers from arXiv's query API; the only importer of the `arxiv` package."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self
from urllib.parse import quote

import arxiv  # type: ignore[import-untyped]

from papertrail.domain.arxiv_id import parse_arxiv_id
from papertrail.domain.errors import BadInput, NetworkError
from papertrail.domain.metadata import Metadata, MetadataBatch, OddEntry, SearchReply
from papertrail.domain.text import clean, clean_line
from papertrail.sources.addresses import named_address
from papertrail.sources.atom_reply import TRY_LATER, AtomReply, read_reply, refusal
from papertrail.sources.environment import API, client_from_environment
from papertrail.sources.patience import Patience
from papertrail.sources.polite_client import PoliteClient
from papertrail.sources.reply import Reply
from papertrail.sources.reply_cache import DAY
from papertrail.sources.tex_text import readable

IDS_A_REQUEST = 100


class ArxivSource:
    """Asks arXiv for the metadata of papers, as `papertrail.domain.metadata.MetadataSource`.

    Args:
        url: the query URL up to the `?`.
        client: returns what makes the requests, for as long as a `with` block lasts.
        say: told what is going on when it takes long, a line at a time.
    """

    def __init__(self, url: str, client: Callable[[], PoliteClient], *, say: Callable[[str], None]) -> None:
        self._url = url
        self._client = client
        self._say = say

    @classmethod
    def from_environment(
        cls,
        environ: Mapping[str, str],
        state_dir: Path,
        say: Callable[[str], None],
        *,
        patience: Patience | None = None,
        cache_folder: Path | None = None,
    ) -> Self:
        """Return a source as the environment wants it.

        Args:
            environ: `PAPERTRAIL_ARXIV_API` is the query URL up to the `?`; the others are those of
                `client_from_environment`.
            state_dir: where the time of the last request is kept.
            say: told what is going on when it takes long, a line at a time.
            patience: how long the reader waits in all.
            cache_folder: where replies are kept for a day; nowhere when it is None.

        Raises:
            BadInput: a variable holds nonsense.
        """
        named = named_address(API, environ.get(API, ""), "https://export.arxiv.org/api/query")
        client = client_from_environment(
            environ,
            state_dir,
            patience or Patience(),
            named=[named] if named else [],
            cache_folder=cache_folder,
            say=say,
        )
        return cls(named or arxiv.Client.query_url_format.partition("?")[0], client, say=say)

    def by_ids(self, arxiv_ids: Sequence[str], *, fresh: bool = False) -> Iterator[MetadataBatch]:
        """Yield one batch for every 100 ids, in the order asked; what arXiv leaves out is `missing`.

        Args:
            arxiv_ids: canonical ids, without versions.
            fresh: whether an answer that was kept from today will not do.

        Raises:
            BadInput: one of them is no arXiv id; nothing was asked.
            NetworkError: no usable answer; batches yielded before stay valid.
            OutOfPatience: it takes longer than the reader waits; likewise.
        """
        ids = list(dict.fromkeys(parse_arxiv_id(text).id for text in arxiv_ids))
        with self._client() as client:
            for start in range(0, len(ids), IDS_A_REQUEST):
                yield self._batch(client, ids[start : start + IDS_A_REQUEST], fresh)

    def _batch(self, client: PoliteClient, ids: list[str], fresh: bool) -> MetadataBatch:
        """Ask for up to 100 papers in one request."""
        batch = self._ask(client, ids, fresh)
        if not batch.found and not batch.odd and len(ids) > 1:
            # arXiv sends an empty page now and then; nothing tells it from an answer about unknown ids.
            self._say(f"arXiv says it knows none of {len(ids)} papers: asking once more")
            batch = self._ask(client, ids, fresh)
        return batch

    def _ask(self, client: PoliteClient, ids: list[str], fresh: bool) -> MetadataBatch:
        """Return what one reply says about `ids`; papers that were not asked for are left out."""
        page = _Page(client, ids, max_age=0 if fresh else DAY)
        found = self._read(page, arxiv.Search(id_list=ids, max_results=None), IDS_A_REQUEST)
        odd = dict(page.reply.odd)
        if page.reply.nameless:  # it may be any of them
            odd |= {id_: page.reply.nameless[0] for id_ in ids if id_ not in found and id_ not in odd}
        if len(found) == len(ids):  # what leaves a paper out is asked for again
            client.keep(page.answer)
        return MetadataBatch(
            found=tuple(found[id_] for id_ in ids if id_ in found),
            missing=tuple(id_ for id_ in ids if id_ not in found and id_ not in odd),
            odd=tuple(OddEntry(id_, odd[id_]) for id_ in ids if id_ in odd),
            is_whole=page.reply.total <= page.reply.entries,
        )

    def search(self, query: str, *, limit: int, newest: bool) -> SearchReply:
        """Return what arXiv finds, asked in one request.

        Args:
            query: in arXiv's grammar.
            limit: how many papers at most, up to 100.
            newest: whether the newest come first, not what fits best.

        Raises:
            NetworkError: no usable answer.
            OutOfPatience: it takes longer than the reader waits.
        """
        order = arxiv.SortCriterion.SubmittedDate if newest else arxiv.SortCriterion.Relevance
        with self._client() as client:
            page = _Page(client, None, max_age=DAY)
            found = self._read(page, arxiv.Search(query, max_results=limit, sort_by=order), limit)
            odd = (*page.reply.odd.values(), *page.reply.nameless)
            if found and not odd:  # an empty page may be arXiv's mistake
                client.keep(page.answer)
        papers = tuple(found.values())[:limit]
        return SearchReply(papers, max(page.reply.total, len(papers)), odd)

    def newest(self, query: str, *, pages: int) -> Iterator[SearchReply]:
        """Yield all that arXiv finds, the newest first, 100 papers with each request.

        Args:
            query: in arXiv's grammar.
            pages: how many requests at most.

        Raises:
            NetworkError: no usable answer, or an empty page among others; what came before stays valid.
            OutOfPatience: it takes longer than the reader waits; likewise.
        """
        order = arxiv.SortCriterion.SubmittedDate
        total = 0
        with self._client() as client:
            for start in range(0, pages * IDS_A_REQUEST, IDS_A_REQUEST):
                page = _Page(client, None, max_age=0)
                search = arxiv.Search(query, max_results=start + IDS_A_REQUEST, sort_by=order)
                found = self._read(page, search, IDS_A_REQUEST, start)
                odd = (*page.reply.odd.values(), *page.reply.nameless)
                total = max(total, page.reply.total)
                if not page.reply.entries and start < total:  # it does now and then, and says there are none
                    raise NetworkError("arXiv sent an empty page among others", TRY_LATER)
                yield SearchReply(tuple(found.values()), total, odd)
                if start + IDS_A_REQUEST >= total:
                    return

    def _read(self, page: "_Page", search: arxiv.Search, size: int, start: int = 0) -> dict[str, Metadata]:
        """Return the papers on one page, in order, by their ids; `start` papers come before it."""
        reader = arxiv.Client(page_size=size, delay_seconds=0, num_retries=0)
        reader.query_url_format = self._url.replace("{", "{{").replace("}", "}}") + "?{}"
        reader._session = page
        try:
            found = {paper.arxiv_id: paper for paper in map(_metadata, reader.results(search, start))}
        except (arxiv.ArxivError, BadInput, ValueError, OverflowError) as error:
            raise NetworkError("arXiv's reply cannot be understood", TRY_LATER) from error
        for told in page.reply.cut:
            self._say(told)
        return found


class _Page:
    """Stands in for the session of an `arxiv.Client`, which calls `get` and reads status and content.

    Attributes:
        answer: the reply, once it has come.
        reply: what it held.
    """

    reply: AtomReply
    answer: Reply

    def __init__(self, client: PoliteClient, ids: list[str] | None, *, max_age: float) -> None:
        self._client = client
        self._ids = ids
        self._max_age = max_age
        self.status_code = 200
        self.content = b""

    def get(self, url: str, **_: object) -> Self:
        """Ask; return a reply that has been checked.

        Raises:
            NetworkError: no answer, or none to be believed.
        """
        self.answer = answer = self._client.get(url, max_age=self._max_age)
        if answer.status != 200:
            reason = refusal(answer.body)
            said = f"HTTP {answer.status}{': ' + reason if reason else ''}"
            remedy = "ask for something else" if answer.status == 400 and reason else TRY_LATER
            raise NetworkError(f"arXiv refused the request ({said})", remedy)
        self.reply = read_reply(answer.body, self._ids)
        self.content = self.reply.feed
        return self


def _metadata(result: arxiv.Result) -> Metadata:
    """Take over one entry, its text cleaned."""
    paper = parse_arxiv_id(result.entry_id)
    doi = clean_line(result.doi or "")
    published: datetime = result.published
    updated: datetime = result.updated
    return readable(
        Metadata(
            arxiv_id=paper.id,
            version=paper.version or 1,
            title=clean_line(result.title),
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
