"""Looks a host's name up before anybody's turn is taken: resolvers that are cut off answer very late."""

import socket
import threading

from papertrail.domain.errors import NetworkError


def look_up(host: str, seconds: float, remedy: str) -> None:
    """Find out whether `host` has an address.

    Nothing can break off a question to the system's resolver, so a thread of its own asks it, and is left
    alone when it takes too long.

    Raises:
        NetworkError: it has none, or nobody said so in time.
    """
    failed: list[Exception] = []

    def ask() -> None:
        try:
            socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            failed.append(error)

    thread = threading.Thread(target=ask, name="look up", daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise NetworkError(f"the name {host} was not found within {seconds:g} s", remedy)
    if failed:
        raise NetworkError(f"cannot reach {host}", remedy) from failed[0]
