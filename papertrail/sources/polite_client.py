"""Asks arXiv, for its API, feeds and PDFs alike: in turn, within limits, patiently, and nobody else."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from types import TracebackType
from typing import Any, BinaryIO, Self
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import HTTPError, MaxRetryError
from urllib3.response import BaseHTTPResponse

from papertrail import __version__
from papertrail.domain.errors import NetworkError, PapertrailError, StorageError
from papertrail.domain.text import clean_line
from papertrail.sources import own_network, reply_body
from papertrail.sources.addresses import Addresses
from papertrail.sources.deadline import Deadline, hang_up
from papertrail.sources.name_lookup import look_up
from papertrail.sources.patience import Patience
from papertrail.sources.reply import Reply
from papertrail.sources.reply_cache import DAY, ReplyCache
from papertrail.sources.request_spacing import RequestSpacing
from papertrail.sources.retrying import PASSING, PatientRetry

TRY_LATER = "try again later"
_CHECK = "check the network; whatever is in the trail works without it"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 3
_MOST_OF_AN_ERROR = 65536  # bytes; what is read of a reply that says no


def _ignore(_: Reply) -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take: seconds for a connection, between two pieces, in all; bytes of the body."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 25.0
    size: int = 32 * 2**20

    def within(self, seconds: float) -> "Limits":
        """Return limits of which none is later than `seconds`."""
        return replace(
            self,
            connect=min(self.connect, seconds),
            read=min(self.read, seconds),
            total=min(self.total, seconds),
        )


class PoliteClient:
    """One request at a time, over all processes, to the addresses that are allowed.

    Args:
        addresses: who may be asked.
        spacing: keeps requests apart.
        patience: how long the reader waits in all.
        limits: of each request.
        cache: where replies are kept; nowhere when it is None.
        say: told what is going on when it takes long, a line at a time.
    """

    def __init__(
        self,
        addresses: Addresses,
        spacing: RequestSpacing,
        patience: Patience,
        *,
        limits: Limits | None = None,
        cache: ReplyCache | None = None,
        say: Callable[[str], None],
    ) -> None:
        self.limits = limits or Limits()
        self._addresses = addresses
        self._spacing = spacing
        self._patience = patience
        self._cache = cache
        self._say = say
        # No session: that follows redirects in its thoughts, and trusts the environment without a word.
        self._adapter = _CuttableAdapter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._adapter.close()

    def get(self, url: str, *, max_age: float = DAY) -> Reply:
        """Return the reply that was kept if it is young enough; else ask whether there is another.

        Whoever finds a reply good says so with `keep`: what is odd is better asked for again.

        Args:
            url: what to ask for.
            max_age: in seconds; 0 to ask in any case.

        Raises:
            NetworkError, OutOfPatience, StorageError: as of `ask`.
        """
        kept = self._cache.find(url) if self._cache is not None else None
        if kept is not None and 0 <= kept.age < max_age:
            return kept.reply
        reply = self.ask(url, headers={} if kept is None else kept.questions)
        if kept is None or reply.status != 304:
            return reply
        headers = {**kept.reply.headers, **reply.headers}
        return replace(kept.reply, headers=headers)

    def keep(self, reply: Reply) -> None:
        """Keep a reply of `get` for as long as it is young."""
        if self._cache is not None and reply.status == 200:
            self._cache.keep(reply)

    def ask(
        self,
        url: str,
        *,
        headers: dict[str, str] | None = None,
        limits: Limits | None = None,
        into: BinaryIO | None = None,
        begin: Callable[[Reply], None] = _ignore,
    ) -> Reply:
        """Ask, wait where arXiv says so, follow where it leads; return what it says at last.

        Args:
            url: what to ask for.
            headers: sent besides the client's own.
            limits: others than the client's.
            into: where the body of a reply with status 200 or 206 is written to as it comes.
            begin: told of such a reply before the first byte of it; what it raises ends the request.

        Raises:
            NetworkError: there was no answer, or one that is turned away.
            OutOfPatience: it takes longer than the reader wants to wait.
            StorageError: there is nowhere to keep the lock of all requests, or no room for the body.
        """
        self._addresses.check(url)
        limits = limits or self.limits
        retry = PatientRetry.with_delay(self._spacing.delay)
        seen = [url]
        while True:
            reply, raw = self._ask_once(seen[-1], headers or {}, limits, into, begin)
            if reply.status in _REDIRECTS and (place := reply.headers.get("location")):
                seen.append(self._next_step(seen, place))
            elif reply.status in PASSING:
                retry = self._wait_for_better_times(retry, reply, raw)
            else:
                return replace(reply, url=url)

    def _next_step(self, seen: list[str], place: str) -> str:
        """Return where a redirect leads to, if one may go there."""
        try:
            target = urljoin(seen[-1], place)
        except ValueError:
            target = place
        self._addresses.check_step(seen[-1], target)
        if target in seen or len(seen) > _MOST_REDIRECTS:
            raise NetworkError(
                f"{urlsplit(seen[0]).hostname} sends us from one address to the next", TRY_LATER
            )
        return target

    def _wait_for_better_times(
        self, retry: PatientRetry, reply: Reply, raw: BaseHTTPResponse
    ) -> PatientRetry:
        """Wait as long as a busy server wants; tell how long, or that it is too long."""
        cause = f"arXiv is busy and turns us away (HTTP {reply.status})"
        asked = retry.get_retry_after(raw)
        remedy = f"try again in {asked:.0f} s" if asked else "try again in some minutes"
        try:
            retry = retry.increment("GET", reply.url, raw, None, _NOWHERE)
        except MaxRetryError as error:
            raise NetworkError(cause, remedy) from error
        wait = max(retry.get_backoff_time() if asked is None else asked, self._spacing.delay)
        if wait > self._patience.left:
            raise self._patience.over(cause, remedy)
        if wait > 0:
            told = (
                f"arXiv is busy: asking again in {wait:.0f} s"
                if asked is None
                else f"arXiv asks to wait {wait:.0f} s"
            )
            self._say(self._patience.told(told))
        self._patience.pause(wait)
        return retry

    def _ask_once(
        self,
        url: str,
        headers: dict[str, str],
        limits: Limits,
        into: BinaryIO | None,
        begin: Callable[[Reply], None],
    ) -> tuple[Reply, BaseHTTPResponse]:
        """Make one request in its turn; return the reply, its body read."""
        proxies, verify = own_network.proxies(url), own_network.certificates(url)
        if not proxies:
            with self._patience.spent():
                look_up(urlsplit(url).hostname or "", min(limits.connect, self._patience.left), _CHECK)
        with self._spacing.turn():
            if self._patience.left <= 0:
                raise self._patience.over()
            hurried = self._patience.left < limits.total
            limits = limits.within(self._patience.left)
            with self._patience.spent(), Deadline(limits.total) as deadline:
                self._adapter.deadline = deadline
                try:
                    response = self._adapter.send(
                        _request(url, headers),
                        stream=True,
                        timeout=(limits.connect, limits.read),
                        verify=verify,
                        proxies=proxies,
                    )
                    with response:
                        deadline.cut(response.raw.shutdown)
                        reply = _read(url, response, limits, into, begin)
                    if deadline.passed:  # what ends where the connection is cut may look whole
                        raise _late(limits)
                    return reply, response.raw
                except (PapertrailError, requests.RequestException, HTTPError, OSError, ValueError) as error:
                    if hurried and (deadline.passed or isinstance(error, requests.Timeout)):
                        raise self._patience.over() from error
                    raise _failure(error, url, limits, is_late=deadline.passed) from error


class _CuttableAdapter(HTTPAdapter):
    """Tells a deadline of every connection, so that it can be cut while a reply's first lines trickle in."""

    def __init__(self) -> None:
        super().__init__(max_retries=0, pool_connections=1, pool_maxsize=1)
        self.deadline: Deadline | None = None

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        """Return a pool whose connections are told of; as none is kept, each request has one of its own."""
        pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
        kind = type(pool).ConnectionCls

        def connection(*args: Any, **kwargs: Any) -> Any:
            made = kind(*args, **kwargs)
            if self.deadline is not None:
                self.deadline.cut(lambda: hang_up(made))
            return made

        pool.ConnectionCls = connection
        return pool


_NOWHERE = ConnectionPool("arxiv.org")


def _request(url: str, headers: dict[str, str]) -> requests.PreparedRequest:
    ours = {"User-Agent": f"papertrail/{__version__}", "Accept-Encoding": "gzip", "Connection": "close"}
    return requests.Request("GET", url, headers={**ours, **headers}).prepare()


def _late(limits: Limits) -> NetworkError:
    return NetworkError(f"arXiv's reply was not complete within {limits.total:g} s", TRY_LATER)


def _read(
    url: str,
    response: requests.Response,
    limits: Limits,
    into: BinaryIO | None,
    begin: Callable[[Reply], None],
) -> Reply:
    """Read the body; of one that says no, only as much as a reason needs, and whatever that is."""
    raw: BaseHTTPResponse = response.raw
    headers = {name.lower(): clean_line(value) for name, value in response.headers.items()}
    good = response.status_code in (200, 206)
    if response.status_code == 407:
        raise own_network.proxy_refused(url)
    if good:
        begin(Reply(url, response.status_code, headers, b""))
    body = bytearray()
    write = body.extend if into is None or not good else partial(_write, into)
    most = limits.size if good else _MOST_OF_AN_ERROR
    try:
        for piece in reply_body.pieces(
            lambda size: raw.read1(size, decode_content=False) or b"",
            headers.get("content-encoding", ""),
            most,
        ):
            write(piece)
    except (PapertrailError, HTTPError):
        if good:
            raise
    return Reply(url, response.status_code, headers, bytes(body))


def _write(into: BinaryIO, piece: bytes) -> None:
    """Write a piece; a disk that has no room is not taken for a connection that broke off."""
    try:
        into.write(piece)
    except OSError as error:
        raise StorageError(f"what arXiv sends cannot be written ({error.strerror})", "make room") from error


def _failure(error: Exception, url: str, limits: Limits, *, is_late: bool) -> PapertrailError:
    """Say why there was no answer, or none that can be used."""
    host = urlsplit(url).hostname or "arXiv"
    if is_late:
        return _late(limits)
    if isinstance(error, PapertrailError):
        return error
    if (ours := own_network.blame(error, url)) is not None:
        return ours
    if isinstance(error, requests.ReadTimeout) or "Read timed out" in str(error):
        return NetworkError(f"arXiv did not answer within {limits.read:g} s", TRY_LATER)
    if isinstance(error, requests.ConnectTimeout):
        return NetworkError(f"cannot reach {host} within {limits.connect:g} s", _CHECK)
    if isinstance(error, requests.ConnectionError) and "aborted" not in str(error):
        return NetworkError(f"cannot reach {host}", _CHECK)
    return NetworkError("the connection to arXiv broke off", TRY_LATER)
