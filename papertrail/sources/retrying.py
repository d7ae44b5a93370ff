"""When arXiv is to be asked again: after the statuses that pass, as late as it says, and not for ever."""

from typing import Any, Self

from urllib3.exceptions import InvalidHeader
from urllib3.response import BaseHTTPResponse
from urllib3.util import Retry

PASSING = frozenset({429, 500, 502, 503, 504})
_TRIES_AGAIN = 3


class PatientRetry(Retry):
    """Says how often and how late; the requests themselves are made by whoever keeps them apart.

    urllib3 waits nothing before the first retry and obeys a Retry-After of 0 seconds; neither would keep the
    requests apart, so every wait is at least `delay`, and the first one without Retry-After ten times that.
    """

    def __init__(self, *args: Any, delay: float = 3.0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.delay = delay

    @classmethod
    def with_delay(cls, delay: float) -> Self:
        """Return the policy for requests that are `delay` seconds apart."""
        return cls(
            total=_TRIES_AGAIN,
            connect=0,
            read=False,
            other=0,
            status_forcelist=PASSING,
            backoff_factor=10 * delay,
            raise_on_status=False,
            delay=delay,
        )

    def new(self, **kw: Any) -> Self:
        """Return a copy for the next try."""
        return super().new(delay=self.delay, **kw)

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
