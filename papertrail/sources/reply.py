"""What came back from a request."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply; header names are in lower case, the body is unpacked, or empty if it was written elsewhere.

    Attributes:
        url: what was asked for, whatever redirects led to.
    """

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
