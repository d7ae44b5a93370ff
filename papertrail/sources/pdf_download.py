"""PDFs from arXiv, a file each: what has come of one that broke off is gone on from, never begun twice."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self, cast

from filelock import FileLock, Timeout

from papertrail.disk.leftovers import sweep_leftovers
from papertrail.disk.whole_file import beside, put_in_place, write_whole
from papertrail.domain.errors import (
    BadInput,
    Busy,
    NetworkError,
    NoPdf,
    NotFound,
    OutOfPatience,
    StorageError,
)
from papertrail.sources.addresses import named_address
from papertrail.sources.environment import client_from_environment
from papertrail.sources.patience import Patience
from papertrail.sources.polite_client import Limits, PoliteClient
from papertrail.sources.reply import Reply
from papertrail.sources.reply_body import TooLarge

PDFS = "PAPERTRAIL_ARXIV_PDF"
_ARXIV = "https://arxiv.org/pdf"
_LARGEST = 200 * 2**20  # bytes; the largest arXiv has are some 100 MB
_LONGEST = 60.0  # seconds of one request, for which all others wait; the next one goes on from there
_MOST_REQUESTS = 50  # for one PDF
_BEGINNING = b"%PDF-"
_LOOKED_AT = 1024  # bytes, within which readers of PDFs look for the beginning
_CONTENT_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")

Progress = Callable[[int, int | None], None]  # bytes so far, and in all where that is known


class PdfSource:
    """Fetches PDFs from arXiv into files.

    Args:
        address: what stands before the id in the address of a PDF.
        client: returns what makes the requests, for as long as a `with` block lasts.
        timeout: seconds that one request may take at most.
    """

    def __init__(self, address: str, client: Callable[[], PoliteClient], timeout: float = _LONGEST) -> None:
        self._address = address
        self._client = client
        self._timeout = timeout

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str], state_dir: Path, say: Callable[[str], None], patience: Patience
    ) -> Self:
        """Return a source as the environment wants it.

        Args:
            environ: `PAPERTRAIL_ARXIV_PDF` is the address of the PDFs up to the slash before the id; the
                others are those of `client_from_environment`.
            state_dir: where the time of the last request is kept.
            say: told what is going on when it takes long, a line at a time.
            patience: how long the reader waits in all.

        Raises:
            BadInput: a variable holds nonsense.
        """
        named = named_address(PDFS, environ.get(PDFS, ""), _ARXIV)
        client = client_from_environment(
            environ, state_dir, patience, named=[named] if named else [], say=say
        )
        return cls((named or _ARXIV).rstrip("/"), client)

    def fetch(self, arxiv_id: str, path: Path, on_progress: Progress) -> None:
        """Fetch one PDF; it is at `path` when it is whole, and never before.

        What has come of it is kept beside it, so that the next time goes on from there.

        Args:
            arxiv_id: canonical, without a version.
            path: where it is put; if it is there already nothing is asked.
            on_progress: told how much there is.

        Raises:
            NotFound: arXiv has none of it.
            NetworkError: there was no answer.
            NoPdf: what came is none.
            OutOfPatience: it takes longer than the reader waits.
            Busy: another program is at the PDFs.
            StorageError: it cannot be written.
        """
        with _disk_errors(path), _only_one(path.parent):
            if path.exists():
                return
            sweep_leftovers(path.parent)
            with _Part.open(path) as part:
                self._fetch_into(part, f"{self._address}/{arxiv_id}", arxiv_id, on_progress)
                if not is_pdf(part.file):
                    part.forget()
                    raise NoPdf(
                        f"what arXiv sends as the PDF of {arxiv_id} is none", "look at its page there"
                    )
                part.finish()

    def _fetch_into(self, part: "_Part", url: str, arxiv_id: str, on_progress: Progress) -> None:
        """Ask until all has come, as long as each request brings something."""
        with self._client() as client:
            limits = Limits(client.limits.connect, client.limits.read, self._timeout, _LARGEST)
            for _ in range(_MOST_REQUESTS):
                before, questions = part.size, part.questions
                try:
                    reply = client.ask(
                        url,
                        headers={"Accept-Encoding": "identity", **questions},
                        limits=limits,
                        into=cast(BinaryIO, _Watched(part, on_progress)),
                        begin=part.begin,
                    )
                except (OutOfPatience, TooLarge):
                    raise
                except NetworkError:
                    if not (part.version and part.size > before):
                        raise
                    continue
                if reply.status in (200, 206):
                    if part.total is None or part.size >= part.total:
                        return
                else:
                    part.forget()
                    if reply.status in (404, 410):
                        raise NotFound(f"arXiv has no PDF of {arxiv_id}", "look at its page there")
                    if not questions:
                        raise NetworkError(
                            f"arXiv does not give the PDF of {arxiv_id} (HTTP {reply.status})",
                            "try again later",
                        )
                    # What had come is of no use to it (416): all of it is asked for anew.
        raise NetworkError(f"arXiv's PDF of {arxiv_id} does not come to its end", "try again later")


@dataclass(slots=True)
class _Part:
    """What has come of a file so far, and which version of it that is.

    Attributes:
        path: of the whole file.
        file: what has come.
        size: bytes of it.
        total: bytes of the whole; None where that is not known.
        version: what If-Range asks with; empty where it cannot be gone on.
    """

    path: Path
    file: BinaryIO
    size: int = 0
    total: int | None = None
    version: str = ""

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> "Iterator[_Part]":
        """Open what is there; what is no use to anybody afterwards is taken away."""
        descriptor = os.open(_part_of(path), os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            part = cls(path, file, version=_version_kept(path))
            part.size = file.seek(0, os.SEEK_END) if part.version else 0
            try:
                yield part
            except BaseException:
                if not part.version or not part.size:
                    part.forget()
                    _part_of(path).unlink(missing_ok=True)
                raise

    @property
    def questions(self) -> dict[str, str]:
        """What is asked to have only the rest."""
        if not (self.version and self.size):
            return {}
        return {"Range": f"bytes={self.size}-", "If-Range": self.version}

    def begin(self, reply: Reply) -> None:
        """Get ready for a reply: the rest where it goes on, else all of it anew.

        Raises:
            NetworkError: it goes on from somewhere else, or is larger than anything arXiv has.
            StorageError: there is no room for it.
        """
        with _disk_errors(self.path):
            self._begin(reply)
        if (self.total or 0) > _LARGEST:
            self.forget()
            raise TooLarge(_LARGEST)

    def _begin(self, reply: Reply) -> None:
        is_plain = reply.headers.get("content-encoding", "identity") == "identity"
        if reply.status == 206:
            found = _CONTENT_RANGE.fullmatch(reply.headers.get("content-range", ""))
            if found is None or int(found[1]) != self.size or not is_plain:
                self.forget()
                raise NetworkError("arXiv's server goes on from another place than asked", "try again")
            self.total = None if found[3] == "*" else int(found[3])
        else:
            self.forget()
            length = reply.headers.get("content-length", "")
            self.total = int(length) if is_plain and length.isdecimal() else None
            tag = reply.headers.get("etag", "")  # a weak one promises no equal bytes
            version = tag if tag.startswith('"') else reply.headers.get("last-modified", "")
            if version and is_plain:
                self.version = version
                write_whole(_version_of(self.path), json.dumps(version).encode(), 0o600, durable=False)
        self.file.seek(self.size)

    def forget(self) -> None:
        """Begin anew."""
        self.size, self.version, self.total = 0, "", None
        self.file.seek(0)
        self.file.truncate()
        _version_of(self.path).unlink(missing_ok=True)

    def finish(self) -> None:
        """Give the whole file its name."""
        self.file.flush()
        os.fsync(self.file.fileno())
        Path(_part_of(self.path)).replace(self.path)
        _version_of(self.path).unlink(missing_ok=True)


class _Watched:
    """Takes what comes, and tells how much there is."""

    def __init__(self, part: _Part, on_progress: Progress) -> None:
        self._part = part
        self._on_progress = on_progress

    def write(self, data: bytes) -> int:
        """Write a piece."""
        self._part.file.write(data)
        self._part.file.flush()  # a full disk is found out here, where it is told
        self._part.size += len(data)
        self._on_progress(self._part.size, self._part.total)
        return len(data)


def attach(source: Path, path: Path, *, replace: bool) -> bool:
    """Copy a PDF of the reader's own to `path`, whole or not at all; return whether anything is another now.

    Args:
        source: the reader's file.
        path: where it is put.
        replace: whether it may take another one's place.

    Raises:
        BadInput: it is no PDF, or another one is there.
        Busy: another program is at the PDFs.
        StorageError: it cannot be read or written.
    """
    from filecmp import cmp
    from shutil import copyfileobj

    with _opened(source) as file, _disk_errors(path), _only_one(path.parent):
        if not is_pdf(file):
            raise BadInput(f"{source} is no PDF", "nothing was changed")
        file.seek(0)
        sweep_leftovers(path.parent)
        with beside(path, 0o600) as written:
            copyfileobj(file, written.file)
            written.file.flush()
            if path.exists():
                if cmp(written.path, path, shallow=False):
                    return False
                if not replace:
                    raise BadInput(
                        f"there is another PDF in {path.parent.name}/{path.name}",
                        "--replace puts this one in its place",
                    )
            put_in_place(written, path)
        for left in (_part_of(path), _version_of(path)):
            left.unlink(missing_ok=True)
    return True


def is_pdf(file: BinaryIO) -> bool:
    """Tell whether a file begins as a PDF does."""
    file.seek(0)
    return _BEGINNING in file.read(_LOOKED_AT)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Keep all others from a folder, which is made.

    Raises:
        Busy: another program is at it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock", mode=0o600)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise Busy("another papertrail is fetching PDFs", "try again when it is done") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _opened(source: Path) -> Iterator[BinaryIO]:
    """Open the reader's file for reading.

    Raises:
        BadInput: there is none, or it is no plain file: a pipe would be waited for without end.
    """
    if not source.is_file():
        raise BadInput(f"{source} is {'no file' if source.exists() else 'not there'}", "give a PDF's path")
    try:
        file = source.open("rb")
    except OSError as error:
        raise StorageError(f"cannot read {source} ({error.strerror})", "check its permissions") from error
    with file:
        yield file


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"cannot write {path} ({error.strerror})", "check free space and permissions"
        ) from error


def _part_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def _version_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.part.version")


def _version_kept(path: Path) -> str:
    """Return which version of a file has begun to come; empty where nobody knows."""
    try:
        version = json.loads(_version_of(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    is_header = isinstance(version, str) and version.isascii() and version.isprintable()
    return version if is_header else ""
