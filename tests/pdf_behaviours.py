"""PDFs as a server sends them: whole, from the middle, broken off, or something else."""

from collections.abc import Callable

from tests.arxiv_server import Answer, ArxivServer, Behaviour, Wire

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 3000 + b"\n%%EOF\n"
HEADERS = {"Content-Type": "application/pdf", "ETag": '"first"'}


def asked(server: ArxivServer) -> list[tuple[str, str | None]]:
    """Return path and Range of each request."""
    return [(request.path, request.headers.get("Range")) for request in server.requests]


def pdf(server: ArxivServer, body: bytes = PDF, tag: str = '"first"', *, ranges: bool = True) -> Behaviour:
    """Send a PDF, or the rest of it where that is asked for and it is the same one still."""

    def behave(_: Answer) -> Answer:
        request = server.requests[-1].headers
        headers = {**HEADERS, "ETag": tag}
        begin = request.get("Range", "").removeprefix("bytes=").removesuffix("-")
        if not (ranges and begin and request.get("If-Range") == tag):
            return Answer(body, headers=headers)
        if int(begin) >= len(body):
            return Answer(b"", 416, {"Content-Range": f"bytes */{len(body)}"})
        rest = f"bytes {begin}-{len(body) - 1}/{len(body)}"
        return Answer(body[int(begin) :], 206, {**headers, "Content-Range": rest})

    return behave


def broken_off(
    after: int, body: bytes = PDF, headers: dict[str, str] = HEADERS, then: Callable[[], None] = lambda: None
) -> Behaviour:
    """Promise the whole and hang up after so many bytes."""

    def by_hand(wire: Wire) -> None:
        lines = [f"{name}: {value}" for name, value in {**headers, "Content-Length": str(len(body))}.items()]
        wire.send("\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode() + body[:after])
        then()

    return lambda _: Answer(b"", by_hand=by_hand)
