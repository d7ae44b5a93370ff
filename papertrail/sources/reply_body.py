"""The body of a reply, unpacked piece by piece within a limit: neither a flood nor a bomb gets further."""

import zlib
from collections.abc import Callable, Iterable, Iterator

from papertrail.domain.errors import NetworkError

_PIECE = 65536
_MOST_LAYERS = 3
_MOST_MEMBERS = 1000  # of a gzip stream; millions of empty ones take time, and add up to nothing
_WINDOW = {"gzip": 31, "x-gzip": 31, "deflate": 47}


class TooLarge(NetworkError):
    """More came than anything of this kind has."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"arXiv's reply is larger than {most / 2**20:.3g} MB, which nothing it should send is",
            "try again later",
        )


def pieces(read: Callable[[int], bytes], encoding: str, most: int) -> Iterator[bytes]:
    """Yield the body, unpacked; neither it nor anything on the way to it grows beyond `most` bytes.

    Args:
        read: returns up to so many bytes as they came over the wire, none at the end.
        encoding: what the header Content-Encoding says.
        most: bytes.

    Raises:
        TooLarge: it is more.
        NetworkError: it is packed in a way we did not ask for, or is damaged.
    """
    body = _within(iter(lambda: read(_PIECE), b""), most)
    layers = [name for name in (part.strip().lower() for part in encoding.split(",")) if name]
    layers = [name for name in layers if name != "identity"]
    if len(layers) > _MOST_LAYERS or not all(name in _WINDOW for name in layers):
        raise NetworkError("arXiv's reply is packed in a way that was not asked for", "try again later")
    for name in reversed(layers):
        body = _within(_unpacked(body, _WINDOW[name]), most)
    return body


def _within(body: Iterable[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in body:
        size += len(piece)
        if size > most:
            raise TooLarge(most)
        yield piece


def _unpacked(body: Iterable[bytes], window: int) -> Iterator[bytes]:
    """Yield what a gzip or deflate stream holds, never more than a piece at once."""
    stream = zlib.decompressobj(window)
    begun, members = False, 1
    try:
        for packed in body:
            rest, out = packed, b""
            while rest or len(out) == _PIECE:  # a full piece: more of it may be held back
                if stream.eof:  # gzip allows several members, one after the other
                    if not rest:
                        break
                    stream = zlib.decompressobj(window)
                    members += 1
                    if members > _MOST_MEMBERS:
                        raise NetworkError("arXiv's reply is damaged", "try again later")
                begun = True
                out = stream.decompress(rest, _PIECE)
                yield out
                rest = stream.unused_data if stream.eof else stream.unconsumed_tail
    except zlib.error as error:
        raise NetworkError("arXiv's reply is damaged", "try again later") from error
    if begun and not stream.eof:
        raise NetworkError("arXiv's reply is cut short", "try again later")
