"""Lines that tell their own digest: JSON objects, each with the CRC-32 of all that stands behind that."""

import json
from typing import Any
from zlib import crc32

_HEAD = len(b'{"crc":"01234567",')


def checked_line(members: str) -> bytes:
    """Return a JSON object as a line that tells its own digest, of all that stands behind it."""
    body = f"{members}}}".encode("utf-8", "surrogatepass")
    return b'{"crc":"%08x",%b\n' % (crc32(body), body)


def is_as_written(line: bytes) -> bool:
    """Tell whether a line, which has an end, tells the digest that it has."""
    return line.startswith(b'{"crc":"%08x",' % crc32(line[_HEAD:-1]))


def told_by(line: bytes) -> dict[str, Any] | None:
    """Return what a line tells; None where it is not as it was written."""
    if not is_as_written(line):
        return None
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
