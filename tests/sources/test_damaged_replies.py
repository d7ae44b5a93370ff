"""Replies damaged at random: an error in one line, or papers that were asked for, clean and within limits."""

from collections.abc import Callable
from types import TracebackType
from typing import Self, cast

from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import NetworkError
from papertrail.domain.text import clean
from papertrail.sources.arxiv_api import ArxivSource
from papertrail.sources.polite_client import PoliteClient
from papertrail.sources.reply import Reply
from tests.arxiv_feeds import CATALOGUE, HOSTILE, STYLES, feed
from tests.examples import examples

RECORDS = [*CATALOGUE, *HOSTILE]
IDS = [record.id for record in RECORDS]
FEEDS = [feed(RECORDS, len(RECORDS), 0, 100, style) for style in STYLES]
PIECES = [
    *(b"<", b">", b"&", b"</entry>", b"<entry>", b"<entry/>", b"</feed>", b"<id>", b"</id>", b"<title>"),
    *(b"\x00", b"\xff", b"&#x9B;", b"&#0;", b"&#x202E;", b"<!DOCTYPE feed>", b"<![CDATA[", b"<!--", b"<?x"),
    *(b"2401.00001v1", b"9999-99-99T00:00:00Z", b"v0", b"http://arxiv.org/api/errors#x", b'xmlns="x"', b""),
]


class Told:
    """A client that says the same whatever it is asked."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        pass

    def get(self, url: str, *, max_age: float) -> Reply:
        return Reply(url, 200, {}, self._body)

    def keep(self, reply: Reply) -> None:
        pass


def source(body: bytes, said: Callable[[str], None]) -> ArxivSource:
    return ArxivSource("https://export.arxiv.org/api/query", lambda: cast(PoliteClient, Told(body)), say=said)


@given(
    body=st.sampled_from(FEEDS),
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 60), st.sampled_from(PIECES)), min_size=1, max_size=6
    ),
)
@examples(150)
def test_damage_is_an_error_or_harms_nobody(body: bytes, edits: list[tuple[float, int, bytes]]) -> None:
    for place, length, piece in edits:
        start = int(place * len(body))
        body = body[:start] + piece + body[start + length :]
    try:
        (batch,) = source(body, lambda _: None).by_ids(IDS)
    except NetworkError as error:
        assert str(error).isprintable() and len(str(error)) < 300
        return
    told = (
        [paper.arxiv_id for paper in batch.found] + list(batch.missing) + [odd.arxiv_id for odd in batch.odd]
    )
    assert sorted(told) == sorted(IDS)
    for paper in batch.found:
        texts = (paper.title, *paper.authors, paper.abstract, *paper.categories, paper.comment, paper.doi)
        assert all(text == clean(text) for text in texts if text is not None)
        assert paper.title and paper.version >= 1 and paper.published.tzinfo and paper.updated.tzinfo
    assert all(odd.reason.isprintable() and len(odd.reason) < 300 for odd in batch.odd)
