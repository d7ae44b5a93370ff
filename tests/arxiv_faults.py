"""The worst days of a server, written to the wire by hand: behaviours for `tests.arxiv_server`."""

import gzip
import socket
import struct
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from tests.arxiv_server import Answer, Behaviour, Wire

_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/atom+xml\r\n"
_PIECE = b" " * 65536


def _by_hand(write: Callable[[Wire, bytes], None]) -> Behaviour:
    """Return a behaviour that writes what it likes, knowing the right body."""

    def behave(answer: Answer) -> Answer:
        return replace(answer, by_hand=lambda wire: write(wire, answer.body))

    return behave


def _slowly(wire: Wire, data: bytes) -> None:
    for number in range(len(data)):
        wire.send(data[number : number + 1])
        wire.wait(0.05)


@_by_hand
def trickling_body(wire: Wire, body: bytes) -> None:
    """Send the body a byte at a time."""
    wire.send(_HEAD + b"Content-Length: %d\r\n\r\n" % len(body))
    _slowly(wire, body)


@_by_hand
def trickling_without_length(wire: Wire, body: bytes) -> None:
    """Send the body a byte at a time, and do not say how long it is."""
    wire.send(_HEAD + b"Connection: close\r\n\r\n")
    _slowly(wire, body)


@_by_hand
def trickling_head(wire: Wire, body: bytes) -> None:
    """Send the first lines a byte at a time."""
    _slowly(wire, _HEAD + b"X-Filler: " + b"x" * 60000)


@_by_hand
def trickling_chunk(wire: Wire, body: bytes) -> None:
    """Send the size of a chunk a digit at a time."""
    wire.send(_HEAD + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
    _slowly(wire, b"0" * 60000)


@_by_hand
def endless_body(wire: Wire, body: bytes) -> None:
    """Send a feed that never ends."""
    wire.send(_HEAD + b"Connection: close\r\n\r\n" + body.partition(b"</feed>")[0])
    while True:
        wire.send(_PIECE)


@_by_hand
def endless_chunks(wire: Wire, body: bytes) -> None:
    """Send a feed that never ends, in chunks."""
    wire.send(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        wire.send(b"10000\r\n" + _PIECE + b"\r\n")


@_by_hand
def endless_head(wire: Wire, body: bytes) -> None:
    """Send first lines without end."""
    wire.send(_HEAD)
    while True:
        wire.send(b"X-Filler: " + b"x" * 60000 + b"\r\n")


@_by_hand
def endless_refusal(wire: Wire, body: bytes) -> None:
    """Say no, and then never stop."""
    wire.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    while True:
        wire.send(_PIECE)


@_by_hand
def reset(wire: Wire, body: bytes) -> None:
    """Break the connection off in the middle of the body."""
    wire.send(_HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body[:100])
    wire.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wire.connection.close()


@_by_hand
def reset_at_once(wire: Wire, body: bytes) -> None:
    """Break the connection off instead of an answer."""
    wire.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wire.connection.close()


@_by_hand
def no_http(wire: Wire, body: bytes) -> None:
    """Speak another language."""
    wire.send(b"220 mail.example.org ESMTP\r\n")


@cache
def _member() -> bytes:
    """Return 16 MB of blanks in 70 kB; a gzip stream may have many such members."""
    return gzip.compress(b" " * 2**24, 1)


def packed(body: bytes, encoding: str = "gzip") -> Behaviour:
    """Send this body and say how it is packed."""
    headers = {"Content-Type": "application/atom+xml", "Content-Encoding": encoding}
    return lambda _: Answer(body, headers=headers)


def gzip_bomb(answer: Answer) -> Answer:
    """Send 1 GB of blanks, packed."""
    return packed(_member() * 64)(answer)


def double_gzip_bomb(answer: Answer) -> Answer:
    """Send 1 GB of blanks, packed twice."""
    return packed(gzip.compress(_member() * 64, 1), "gzip, gzip")(answer)


def hollow_gzip_bomb(answer: Answer) -> Answer:
    """Send 10 MB of packed nothing, packed."""
    return packed(gzip.compress(gzip.compress(b"") * 500_000, 1), "gzip, gzip")(answer)


def cut_gzip(answer: Answer) -> Answer:
    """Send the first half of a packed feed, whole as far as HTTP can tell."""
    whole = gzip.compress(answer.body)
    return packed(whole[: len(whole) // 2])(answer)


def damaged_gzip(answer: Answer) -> Answer:
    """Send a packed feed with some bytes changed."""
    whole = bytearray(gzip.compress(answer.body))
    whole[len(whole) // 2 : len(whole) // 2 + 20] = b"\xff" * 20
    return packed(bytes(whole))(answer)


def well_packed(answer: Answer) -> Answer:
    """Answer as one should, packed."""
    return packed(gzip.compress(answer.body))(answer)


def many_entries(count: int) -> Behaviour:
    """Send so many papers besides those asked for, before them."""

    def behave(answer: Answer) -> Answer:
        head, _, rest = answer.body.partition(b"<entry>")
        entry = b"<entry>" + rest.partition(b"</entry>")[0] + b"</entry>"
        name = entry[entry.index(b"/abs/") : entry.index(b"</id>")]
        others = (entry.replace(name, b"/abs/1901.%05dv1" % number) for number in range(1, count + 1))
        return replace(answer, body=b"".join([head, *others, b"<entry>", rest]))

    return behave


def many_elements(answer: Answer) -> Answer:
    """Send an entry with two million marks in it."""
    return replace(answer, body=answer.body.replace(b"<entry>", b"<entry>" + b"<a/>" * 2_000_000, 1))


def redirect(place: str, status: int = 302) -> Behaviour:
    """Send the client on."""
    return lambda _: Answer(b"", status, {"Location": place})
