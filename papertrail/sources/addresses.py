"""Which addresses are asked: arXiv's own over https, or the one place the reader named instead."""

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from papertrail.domain.errors import BadInput, NetworkError
from papertrail.domain.text import clean_line, shorten

_ARXIV = r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*arxiv\.org"  # names of hosts, no label empty
_LONGEST = 8000  # characters; a hundred ids make 1,300


class Addresses:
    """Tells whether an address may be asked, and whether one may be led on from it to another.

    Args:
        named: addresses the reader named in place of arXiv's own; each stands for its scheme, host and port.
    """

    def __init__(self, named: Iterable[str] = ()) -> None:
        self._named = {origin for url in named if (origin := _origin(url)) is not None}

    def check(self, url: str) -> None:
        """Check that a request may go to `url`.

        Raises:
            NetworkError: it is neither arXiv's nor the reader's choice.
        """
        if not _is_arxiv(url) and (_origin(url) is None or _origin(url) not in self._named):
            raise NetworkError(f"{_shown(url)} is no address of arXiv's", "it is not asked")

    def check_step(self, url: str, target: str) -> None:
        """Check that a reply of `url` may lead on to `target`.

        From arXiv to arXiv over https, from a place the reader named to the same place: nowhere else, so that
        no reply can make us read files, ask the reader's own network or take strangers' papers for arXiv's.

        Raises:
            NetworkError: it leads elsewhere.
        """
        from_arxiv = _is_arxiv(url) or _is_arxiv(url.replace("http://", "https://", 1))
        if (from_arxiv and _is_arxiv(target)) or (
            _origin(url) in self._named and _origin(target) == _origin(url)
        ):
            return
        whose = "arXiv" if from_arxiv else _shown(url)
        raise NetworkError(f"{whose} sends us to {_shown(target)}, which is not followed", "try again later")


def named_address(environ_name: str, text: str, example: str) -> str | None:
    """Return the address that a variable of the environment names; None when it is empty.

    Raises:
        BadInput: it is no http or https address, or has a query or a fragment.
    """
    text = clean_line(text)
    if not text:
        return None
    url = text.removesuffix("?")
    parts = _split(url)
    if parts is None or parts.query or parts.fragment or "?" in url or " " in url or len(url) > _LONGEST:
        raise BadInput(f"{environ_name} is no URL to ask: {shorten(text, 60)}", f"give one like {example}")
    return parts.geturl()


def _split(url: str) -> SplitResult | None:
    """Return the parts of an http or https address; None when it is none."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None


def _origin(url: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port; None for what is no plain http or https address, or names a user."""
    parts = _split(url)
    if parts is None or parts.hostname is None or "@" in parts.netloc or _strange(url):
        return None
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def _strange(url: str) -> bool:
    """Tell whether two readers of an address might take it for two different ones."""
    return not url.isascii() or not url.isprintable() or "\\" in url or " " in url or len(url) > _LONGEST


def _is_arxiv(url: str) -> bool:
    origin = _origin(url)
    return origin is not None and (
        origin[0] == "https" and origin[2] == 443 and re.fullmatch(_ARXIV, origin[1]) is not None
    )


def _shown(url: str) -> str:
    """Return as much of an address as a message has room for: without path, user or password."""
    parts = _split(url)
    if parts is None:
        scheme = clean_line(url.partition(":")[0])
        return f"an address of the kind {shorten(scheme, 20)}:" if ":" in url else "no address at all"
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return shorten(clean_line(f"{parts.scheme}://{host}{port}"), 60)
