"""A real HTTP server on 127.0.0.1 that speaks arXiv's query API, well or badly as it is told.

It composes its replies in both formats arXiv has used (`2026` and, to the end of 2025, `legacy`) from plain
records, keeps each request for the tests to look at, and plays the bad days of a service from a script:

    with ArxivServer() as server:
        server.add(record("2401.00001", "A new one"))
        server.next(busy(429, retry_after=1))      # the next request only
        server.always(web_page)                    # all requests after the ones scripted with `next`
        subprocess.run([...], env={**os.environ, **server.env()})
        assert server.asked == [["2401.00001"]]
"""

import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from tests.arxiv_feeds import CATALOGUE, HOSTILE, STYLES, Record, Style, error_feed, feed, record
from tests.daily_feeds import refused_feed

__all__ = ["CATALOGUE", "HOSTILE", "STYLES", "ArxivServer", "Record", "Style", "record"]


@dataclass(frozen=True)
class Request:
    """One request as it came in; `began` and `ended` are moments of `time.monotonic()`."""

    path: str
    ids: list[str]
    headers: dict[str, str]
    began: float
    ended: float = 0.0


@dataclass(frozen=True)
class Answer:
    """What goes over the wire; `length` overrides Content-Length, `silent` sends nothing at all.

    Attributes:
        by_hand: writes the whole answer itself; everything else is left aside.
    """

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/atom+xml"})
    length: int | None = None
    silent: bool = False
    by_hand: "Callable[[Wire], None] | None" = None


@dataclass(frozen=True)
class Wire:
    """The connection under a request, for answers written by hand."""

    connection: socket.socket
    is_closing: Callable[[float], bool]

    def send(self, data: bytes) -> None:
        """Send all of it, or find out that the other side is gone."""
        self.connection.sendall(data)

    def wait(self, seconds: float) -> None:
        """Wait; when the test ends meanwhile, so does the answer."""
        if self.is_closing(seconds):
            raise ConnectionAbortedError


Behaviour = Callable[[Answer], Answer]


def well(answer: Answer) -> Answer:
    """Answer as one should."""
    return answer


def busy(status: int = 429, *, retry_after: int | str | None = None) -> Behaviour:
    """Turn the request away, saying when to come back or not."""
    wait = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return lambda _: Answer(b"Rate exceeded.", status, {"Content-Type": "text/plain", **wait})


def web_page(_: Answer) -> Answer:
    """Send a web page with status 200, as hotel networks and services under repair do."""
    page = b"<!DOCTYPE html>\n<html><head><title>Sorry</title></head><body>Under repair<br></body></html>"
    return Answer(page, headers={"Content-Type": "text/html"})


def rate_exceeded(_: Answer) -> Answer:
    """Send arXiv's words for going too fast, with status 200."""
    return Answer(b"Rate exceeded.", headers={"Content-Type": "text/plain"})


def empty(answer: Answer) -> Answer:
    """Send no body."""
    return replace(answer, body=b"")


def cut_feed(answer: Answer) -> Answer:
    """Send the first two thirds, whole as far as HTTP can tell."""
    return replace(answer, body=answer.body[: len(answer.body) * 2 // 3])


def cut_transfer(answer: Answer) -> Answer:
    """Promise the whole and hang up after two thirds."""
    return replace(cut_feed(answer), length=len(answer.body))


def silence(answer: Answer) -> Answer:
    """Accept and say nothing."""
    return replace(answer, silent=True)


def entries_missing(answer: Answer) -> Answer:
    """Leave the last entry out of a feed that still counts it."""
    return replace(
        answer, body=re.sub(rb"<entry>(?:(?!<entry>).)*</entry>(?=\s*</feed>)", b"", answer.body, flags=re.S)
    )


def no_papers(answer: Answer) -> Answer:
    """Say that there are no papers, as arXiv does wrongly now and then."""
    body = re.sub(rb"<entry>.*</entry>", b"", answer.body, flags=re.S)
    return replace(answer, body=re.sub(rb"(totalResults[^>]*>)\d+", rb"\g<1>0", body))


def without(tag: str) -> Behaviour:
    """Leave an element out of every entry."""

    def behave(answer: Answer) -> Answer:
        head, entry, rest = answer.body.partition(b"<entry>")
        return replace(
            answer, body=head + entry + re.sub(f"<{tag}>.*?</{tag}>".encode(), b"", rest, flags=re.S)
        )

    return behave


def in_last(behave: Behaviour) -> Behaviour:
    """Do something to the last entry only, which is about the paper that was asked for first."""

    def behave_there(answer: Answer) -> Answer:
        before, entry, last = answer.body.rpartition(b"<entry>")
        spoilt = behave(replace(answer, body=entry + last)).body
        return replace(answer, body=before + spoilt)

    return behave_there


def with_stub(answer: Answer) -> Answer:
    """Send an empty entry for what is not known, and count it."""
    stub = b"<entry><title/><summary/><author><name/></author></entry></feed>"
    body = answer.body.replace(b"</feed>", stub)
    return replace(answer, body=re.sub(rb"(totalResults[^>]*>)1<", rb"\g<1>2<", body))


def with_header(name: str, value: str) -> Behaviour:
    """Answer as one should, with another line at the top."""
    return lambda answer: replace(answer, headers={**answer.headers, name: value})


def with_text(old: str, new: str) -> Behaviour:
    """Replace a piece of the feed."""
    return lambda answer: replace(answer, body=answer.body.replace(old.encode(), new.encode()))


def refused(reason: str, status: int = 400) -> Behaviour:
    """Send arXiv's error feed; older servers sent it with status 200."""
    return lambda _: Answer(error_feed(reason), status)


class ArxivServer:
    """The server, running while the `with` block does.

    Attributes:
        requests: each request that came in, in order.
        style: the format of the replies.
        feeds: what the daily feed of each category there is holds.
    """

    def __init__(
        self,
        records: Iterable[Record] = CATALOGUE,
        *,
        style: Style = "2026",
        timeout: float = 2.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.style = style
        self.requests: list[Request] = []
        self.feeds: dict[str, bytes] = {}
        self._records = {each.id: each for each in records}
        self._timeout = timeout
        self._script: list[Behaviour] = []
        self._usual: Behaviour = well
        self._lock = threading.Lock()
        self._server = _Server(self)
        self._scheme = "http" if tls is None else "https"
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="arxiv-server")
        self._is_down = False

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.go_down()

    @property
    def url(self) -> str:
        """The query URL up to the `?`, for PAPERTRAIL_ARXIV_API."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_port}/api/query"

    def env(self) -> dict[str, str]:
        """Return the environment variables that make papertrail ask this server, without waiting."""
        return {
            "PAPERTRAIL_ARXIV_API": self.url,
            "PAPERTRAIL_ARXIV_PDF": f"{self._scheme}://127.0.0.1:{self._server.server_port}/pdf",
            "PAPERTRAIL_ARXIV_FEEDS": self.url.replace("/api/query", "/rss"),
            "PAPERTRAIL_ARXIV_DELAY": "0",
            "PAPERTRAIL_ARXIV_TIMEOUT": f"{self._timeout:g}",
            "NO_PROXY": "127.0.0.1",
            "no_proxy": "127.0.0.1",
        }

    @property
    def searched(self) -> list[str]:
        """The query of each search, in order."""
        fields = [parse_qs(urlsplit(request.path).query) for request in self.requests]
        return [each["search_query"][0] for each in fields if "search_query" in each]

    @property
    def asked(self) -> list[list[str]]:
        """The ids of each request, in order."""
        return [request.ids for request in self.requests]

    def add(self, *records: Record) -> None:
        """Put papers into the catalogue; one with the same id is replaced."""
        self._records.update({each.id: each for each in records})

    def next(self, *behaviours: Behaviour) -> None:
        """Play these on the coming requests, one on each."""
        self._script.extend(behaviours)

    def always(self, behaviour: Behaviour) -> None:
        """Play this on every request that has none of its own."""
        self._usual = behaviour

    def go_down(self) -> None:
        """Close the port and every connection: from now on nobody answers."""
        if not self._is_down:
            self._is_down = True
            self._server.shutdown()
            self._server.hang_up()
            self._server.server_close()
            self._thread.join()

    def answer(self, path: str) -> Answer:
        """Return what goes out for a request: the right answer, as the script spoils it."""
        with self._lock:
            behaviour = self._script.pop(0) if self._script else self._usual
        return behaviour(self._right_answer(path))

    def _right_answer(self, path: str) -> Answer:
        place, _, feed_name = urlsplit(path).path.rpartition("/")
        if place == "/rss":
            if (told := self.feeds.get(feed_name)) is None:
                return Answer(refused_feed(f"Bad subject class {feed_name!r}.", feed=feed_name), 400)
            tag = {"ETag": f'"{sha256(told).hexdigest()}"'}
            return Answer(told, headers={"Content-Type": "application/rss+xml", **tag})
        if urlsplit(path).path != "/api/query":
            return Answer(b"not here", 404, {"Content-Type": "text/plain"})
        fields = parse_qs(urlsplit(path).query, keep_blank_values=True)
        ids = asked_ids(path)
        query = fields.get("search_query", [""])[0]
        for each in ids:
            if not _ID.fullmatch(each):
                return Answer(error_feed(f"incorrect id format for {each}"), 400)
        start, limit = int(fields.get("start", ["0"])[0]), int(fields.get("max_results", ["10"])[0])
        if query:
            try:
                fitting = [each for each in self._records.values() if fits(each, query)]
            except ValueError:
                return Answer(error_feed(f"malformed query {query}"), 400)
            if fields.get("sortBy") == ["submittedDate"]:
                fitting.sort(key=lambda each: each.published, reverse=True)
            return Answer(feed(fitting[start : start + limit], len(fitting), start, limit, self.style))
        # Not in the order asked: arXiv does not promise it.
        known = [found for each in reversed(ids) if (found := self._find(each)) is not None]
        return Answer(feed(known[start : start + limit], len(known), start, limit, self.style))

    def _find(self, asked: str) -> Record | None:
        id_, _, version = _ID.fullmatch(asked).groups()  # type: ignore[union-attr]
        found = self._records.get(id_)
        if found is None or version is None:
            return found
        return replace(found, version=int(version)) if int(version) <= found.version else None


_ID = re.compile(r"((?:[a-z-]+/\d{7})|(?:\d{4}\.\d{4,5}))(v(\d+))?")


def asked_ids(path: str) -> list[str]:
    """Return the ids in a request's path."""
    text = parse_qs(urlsplit(path).query).get("id_list", [""])[0]
    return text.split(",") if text else []


_TERM = re.compile(r'(ti|au|abs|co|jr|cat|rn|all):(?:"([^"()\[\]]+)"|(\w+|[a-z.-]+\*|[a-z-]+\.[A-Za-z-]+))')
_DAYS = re.compile(r"submittedDate:\[(\d{12}) TO (\d{12})\]")


def fits(paper: Record, query: str) -> bool:
    """Tell whether a paper is found by a query of the terms that papertrail writes.

    Raises:
        ValueError: there is something else in the query.
    """
    return all(_fits_one_of(paper, part.removeprefix("(").removesuffix(")")) for part in query.split(" AND "))


def _last_and_initial(author: str) -> str:
    first, _, last = author.rpartition(" ")
    return f"{last} {first[:1]}"


def _fits_one_of(paper: Record, terms: str) -> bool:
    if days := _DAYS.fullmatch(terms):
        return days[1] <= re.sub(r"\D", "", paper.published)[:12] <= days[2]
    fields = {
        "ti": paper.title,
        "au": " ".join([*paper.authors, *map(_last_and_initial, paper.authors)]),
        "abs": paper.summary,
        "co": paper.comment or "",
        "jr": paper.journal_ref or "",
        "rn": "",
    }
    fields["all"] = " ".join([*fields.values(), *paper.categories])
    found = False
    for term in terms.split(" OR "):
        match = _TERM.fullmatch(term)
        if match is None:
            raise ValueError(term)
        name, value = match[1], match[2] or match[3]
        if name == "cat":
            start = value.removesuffix("*")
            found |= any(
                each.startswith(start) if "*" in value else each == value for each in paper.categories
            )
        else:
            words = re.sub(r"\W+", " ", f" {fields[name]} ").lower()
            found |= re.sub(r"\W+|_", " ", f" {value} ").lower() in words
    return found


def closed_url() -> str:
    """Return a query URL on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return f"http://127.0.0.1:{port}/api/query"


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, owner: ArxivServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.owner = owner
        self.closing = threading.Event()
        self.connections: set[socket.socket] = set()

    def hang_up(self) -> None:
        self.closing.set()
        for connection in tuple(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the other side was quicker
                continue


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        super().finish()

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:  # the client, or the end of the test, hung up
            self.close_connection = True

    def do_GET(self) -> None:
        owner = self.server.owner
        request = Request(self.path, asked_ids(self.path), dict(self.headers.items()), time.monotonic())
        owner.requests.append(request)
        place = len(owner.requests) - 1
        answer = owner.answer(self.path)
        if answer.silent:
            self.server.closing.wait(300)
            self.close_connection = True
            return
        for question, name in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
            if name in answer.headers and self.headers.get(question) == answer.headers[name]:
                answer = Answer(b"", 304, {name: answer.headers[name]})
        if answer.by_hand is not None:
            self.close_connection = True
            answer.by_hand(Wire(self.connection, self.server.closing.wait))
            return
        owner.requests[place] = replace(request, ended=time.monotonic())
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body) if answer.length is None else answer.length))
        self.end_headers()
        self.wfile.write(answer.body)
        self.close_connection = answer.length is not None

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet; the tests look at `requests`."""
