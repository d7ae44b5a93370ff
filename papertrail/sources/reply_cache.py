"""Replies kept for a day, as arXiv asks for: its data changes once at midnight, so the same is asked once.

After the day they serve to ask whether anything is new, which costs next to nothing where nothing is.
"""

import gzip
import hashlib
import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from papertrail.disk.leftovers import sweep_leftovers
from papertrail.disk.whole_file import write_whole
from papertrail.domain.errors import NetworkError
from papertrail.sources.reply import Reply
from papertrail.sources.reply_body import pieces

DAY = 24 * 3600.0
_MOST_FILES = 200
_MOST_BYTES = 32 * 2**20  # of all files
_LARGEST = 32 * 2**20  # of one reply, unpacked
_KEPT_FOR = 30 * DAY
_HEADERS = ("content-type", "etag", "last-modified")


@dataclass(frozen=True, slots=True)
class KeptReply:
    """A reply of before; `age` is in seconds."""

    reply: Reply
    age: float

    @property
    def questions(self) -> dict[str, str]:
        """The headers that ask for it again only if it has changed."""
        headers = self.reply.headers
        asked = {"If-None-Match": headers.get("etag"), "If-Modified-Since": headers.get("last-modified")}
        return {name: value for name, value in asked.items() if value}


class ReplyCache:
    """Replies by the address they answered, in a folder that does not grow without end.

    A file that is damaged, or cannot be written, is as good as none.

    Args:
        folder: made when it is needed; everything in it is ours.
        now: gives the present moment in seconds.
    """

    def __init__(self, folder: Path, *, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._now = now

    def find(self, url: str) -> KeptReply | None:
        """Return the reply that was kept for `url`; None when there is none."""
        try:
            head, _, packed = self._file(url).read_bytes().partition(b"\n")
            about = json.loads(head)
            kept, headers = (
                float(about["kept"]),
                {name: str(about[name]) for name in _HEADERS if name in about},
            )
            if about["url"] != url:
                return None
            # Whoever can write here can write a bomb, too.
            parts = iter((packed, b""))
            body = b"".join(pieces(lambda _: next(parts), "gzip", _LARGEST))
        except (OSError, ValueError, KeyError, TypeError, NetworkError):
            return None
        if not body:
            return None
        return KeptReply(Reply(url, 200, headers, body), self._now() - kept)

    def keep(self, reply: Reply) -> None:
        """Keep a good reply in place of any before; a full disk is no reason not to go on."""
        about = {"url": reply.url, "kept": self._now()}
        about |= {name: reply.headers[name] for name in _HEADERS if name in reply.headers}
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            data = json.dumps(about).encode() + b"\n" + gzip.compress(reply.body, 6)
            write_whole(self._file(reply.url), data, 0o600, durable=False)
            self._make_room()

    def _file(self, url: str) -> Path:
        return self._folder / hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()

    def _make_room(self) -> None:
        """Remove what is old, and the oldest of what is too much."""
        sweep_leftovers(self._folder)
        files = []
        for path in self._folder.iterdir():
            with suppress(OSError):
                status = path.stat()
                files.append((status.st_mtime, status.st_size, path))
        files.sort(reverse=True)
        size = 0
        for place, (changed, bytes_, path) in enumerate(files):
            size += bytes_
            if place >= _MOST_FILES or size > _MOST_BYTES or changed < self._now() - _KEPT_FOR:
                with suppress(OSError):
                    path.unlink()
