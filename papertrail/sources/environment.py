"""What the environment says about asking arXiv."""

import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, shorten
from papertrail.sources.addresses import Addresses
from papertrail.sources.patience import Patience
from papertrail.sources.polite_client import Limits, PoliteClient
from papertrail.sources.reply_cache import ReplyCache
from papertrail.sources.request_spacing import RequestSpacing

API = "PAPERTRAIL_ARXIV_API"
DELAY = 3.0
_LONGEST = 3600.0


def client_from_environment(
    environ: Mapping[str, str],
    state_dir: Path,
    patience: Patience,
    *,
    named: Iterable[str] = (),
    cache_folder: Path | None = None,
    say: Callable[[str], None],
) -> Callable[[], PoliteClient]:
    """Return what makes a client as the environment wants it, for as long as a `with` block lasts.

    Args:
        environ: `PAPERTRAIL_ARXIV_DELAY` is the seconds between requests, `PAPERTRAIL_ARXIV_TIMEOUT` those to
            wait for a connection and for each piece of an answer.
        state_dir: where the time of the last request is kept.
        patience: how long the reader waits in all.
        named: addresses that stand in place of arXiv's own.
        cache_folder: where replies are kept for a day; nowhere when it is None.
        say: told what is going on when it takes long, a line at a time.

    Raises:
        BadInput: a variable holds nonsense.
    """
    delay = _seconds(environ, "PAPERTRAIL_ARXIV_DELAY", at_least=0.0)
    timeout = _seconds(environ, "PAPERTRAIL_ARXIV_TIMEOUT", at_least=0.1)
    usual = Limits()
    limits = usual if timeout is None else Limits(timeout, timeout, timeout * usual.total / usual.read)
    spacing = RequestSpacing(state_dir, DELAY if delay is None else delay, patience=patience, say=say)
    addresses = Addresses(named)
    cache = None if cache_folder is None else ReplyCache(cache_folder)
    return lambda: PoliteClient(addresses, spacing, patience, limits=limits, cache=cache, say=say)


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
