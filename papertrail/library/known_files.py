"""Seeds file and template as they were read last: a mark by which a change is noticed, and a digest.

The mark is the file's time and size, looked at by every command; the digest is for `doctor`, which finds by
it what a disk changed.
"""

from contextlib import suppress
from pathlib import Path
from zlib import crc32


def remembered(mark: str, path: Path) -> str:
    """Return what is to be remembered of a file that was just read."""
    with suppress(OSError):
        return f"{mark}#{crc32(path.read_bytes()):08x}"
    return mark


def is_as_read(value: str | None, path: Path) -> bool:
    """Tell whether a file has the bytes that were read last, whatever its time is: it may be a copy."""
    with suppress(OSError):
        return digest_of(value) == crc32(path.read_bytes())
    return False


def mark_of(value: str | None) -> str:
    """Return the mark in what is remembered; empty where nothing is."""
    return (value or "").partition("#")[0]


def digest_of(value: str | None) -> int | None:
    """Return the CRC-32 in what is remembered, or None."""
    digest = (value or "").partition("#")[2]
    return int(digest, 16) if digest else None
