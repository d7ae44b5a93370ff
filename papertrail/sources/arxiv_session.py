"""The HTTP session that asks arXiv: spaced, with a timeout, patient when told to wait, and never fooled."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import HTTPError, InvalidHeader, MaxRetryError, ResponseError
from urllib3.response import BaseHTTPResponse
from urllib3.util import Retry

from papertrail import __version__
from papertrail.domain.errors import NetworkError
from papertrail.sources.atom_reply import TRY_LATER, check_reply, refusal
from papertrail.sources.request_spacing import RequestSpacing

LONGEST_WAIT = 120.0  # seconds; asked to wait longer, we give up and say so
_TRIES_AGAIN = 3
_PASSING = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait for a connection, and for each piece of the reply."""

    connect: float = 10.0
    read: float = 30.0


class PatientRetry(Retry):
    """Asks again after the statuses that pass, and only then: offline and silence end at once.

    urllib3 waits nothing before the first retry and obeys a Retry-After of 0 seconds; neither would keep the
    requests apart, so every wait is at least `delay`, and the first one without Retry-After ten times that.
    """

    def __init__(
        self,
        *args: Any,
        delay: float = 3.0,
        say: Callable[[str], None] = lambda _: None,
        pause: Callable[[float], None] = time.sleep,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.delay = delay
        self.say = say
        self.pause = pause

    def new(self, **kw: Any) -> Self:
        """Return a copy for the next try."""
        return super().new(delay=self.delay, say=self.say, pause=self.pause, **kw)

    def get_backoff_time(self) -> float:
        """Return the seconds to wait when the reply does not say: the factor, then doubled each time."""
        wait = self.backoff_factor * 2.0 ** max(len(self.history) - 1, 0)
        return min(wait, float(self.backoff_max))

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        """Return the seconds the reply asks to wait; None when it does not say, or nothing sensible."""
        try:
            return super().get_retry_after(response)
        except (InvalidHeader, ValueError, OverflowError):
            return None

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: Any = None,
    ) -> Self:
        """Return the retry for the next try; asked to wait for too long, there is none."""
        if response is not None and (self.get_retry_after(response) or 0) > LONGEST_WAIT:
            raise MaxRetryError(_pool, url or "", ResponseError("asked to wait too long"))  # type: ignore[arg-type]
        return super().increment(method, url, response, error, _pool, _stacktrace)

    def sleep(self, response: BaseHTTPResponse | None = None) -> None:
        """Wait before the next try, and say so."""
        asked = self.get_retry_after(response) if response is not None else None
        wait = max(asked or self.get_backoff_time(), self.delay)
        if asked:
            self.say(f"arXiv asks to wait {wait:.0f} s")
        elif wait > 0:
            self.say(f"arXiv is busy: asking again in {wait:.0f} s")
        self.pause(wait)


class ArxivSession(requests.Session):
    """Stands in for the session of an `arxiv.Client`, which calls `get` and reads status and content.

    Whatever goes wrong is a NetworkError with one line of cause and one of remedy.
    """

    def __init__(
        self,
        spacing: RequestSpacing,
        timeouts: Timeouts,
        *,
        say: Callable[[str], None],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__()
        self._spacing = spacing
        self._timeouts = timeouts
        self.max_redirects = 3
        retry = PatientRetry(
            total=_TRIES_AGAIN,
            connect=0,
            read=False,
            other=0,
            status_forcelist=_PASSING,
            backoff_factor=10 * spacing.delay,
            raise_on_status=False,
            delay=spacing.delay,
            say=say,
            pause=pause,
        )
        for scheme in ("http://", "https://"):
            self.mount(scheme, HTTPAdapter(max_retries=retry, pool_maxsize=1))

    def get(self, url: str | bytes, **kwargs: Any) -> requests.Response:
        """Ask in turn; return a reply that has been checked.

        Raises:
            NetworkError: no answer, or none to be believed.
            Busy: another process kept its turn for too long.
        """
        kwargs["headers"] = {"User-Agent": f"papertrail/{__version__}"}
        kwargs["timeout"] = (self._timeouts.connect, self._timeouts.read)
        with self._spacing.turn():
            try:
                response = super().get(url, **kwargs)
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                raise self._unanswered(error, urlsplit(str(url)).hostname or "arXiv") from error
        if response.status_code != requests.codes.ok:
            raise _refused(response)
        check_reply(response.content)
        return response

    def _unanswered(self, error: Exception, host: str) -> NetworkError:
        """Say why there was no answer."""
        if isinstance(error, requests.ReadTimeout) or "Read timed out" in str(error):
            return NetworkError(f"arXiv did not answer within {self._timeouts.read:g} s", TRY_LATER)
        if isinstance(error, requests.ConnectTimeout):
            return NetworkError(f"cannot reach {host} within {self._timeouts.connect:g} s", _CHECK)
        if isinstance(error, requests.exceptions.ProxyError):
            return NetworkError(f"the proxy does not let us reach {host}", "check HTTPS_PROXY and NO_PROXY")
        if isinstance(error, requests.exceptions.SSLError):
            return NetworkError(f"the certificate of {host} is not trusted", "check the clock and the proxy")
        if isinstance(error, requests.TooManyRedirects):
            return NetworkError(f"{host} sends us from one address to the next", TRY_LATER)
        if isinstance(error, requests.ConnectionError) and "aborted" not in str(error):
            return NetworkError(f"cannot reach {host}", _CHECK)
        return NetworkError("the connection to arXiv broke off", TRY_LATER)


_CHECK = "check the network; everything but add and fetch works without it"


def _refused(response: requests.Response) -> NetworkError:
    """Say what a status other than 200 means."""
    status = response.status_code
    if status in _PASSING:
        asked = (response.headers.get("Retry-After") or "").strip()
        remedy = (
            f"try again in {asked} s" if asked.isdigit() and len(asked) < 8 else "try again in some minutes"
        )
        return NetworkError(f"arXiv is busy and turns us away (HTTP {status})", remedy)
    reason = refusal(response.content)
    return NetworkError(
        f"arXiv refused the request (HTTP {status}{': ' + reason if reason else ''})", TRY_LATER
    )
