"""Replies are kept for a day and asked after politely; nothing in the folder of the cache does harm."""

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from papertrail.sources import reply_cache
from papertrail.sources.arxiv_api import ArxivSource
from papertrail.sources.reply import Reply
from papertrail.sources.reply_cache import DAY, ReplyCache
from tests import arxiv_server
from tests.arxiv_server import ArxivServer, record


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ArxivServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with ArxivServer() as running:
        yield running


def titles(server: ArxivServer, folder: Path, *ids: str) -> list[str]:
    """Ask as a program does that has just been started."""
    source = ArxivSource.from_environment(server.env(), folder, print, cache_folder=folder / "replies")
    return [paper.title for batch in source.by_ids(ids) for paper in batch.found]


def make_older(folder: Path, seconds: float) -> None:
    """Let all that was kept be so much older."""
    for path in (folder / "replies").iterdir():
        head, _, body = path.read_bytes().partition(b"\n")
        about = json.loads(head)
        about["kept"] -= seconds
        path.write_bytes(json.dumps(about).encode() + b"\n" + body)


def test_the_same_is_asked_once_a_day(server: ArxivServer, tmp_path: Path) -> None:
    first = titles(server, tmp_path, "1512.03385", "1506.01497")
    assert titles(server, tmp_path, "1512.03385", "1506.01497") == first
    assert len(server.requests) == 1
    make_older(tmp_path, DAY)
    assert titles(server, tmp_path, "1512.03385", "1506.01497") == first
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("name", "value", "question"),
    [
        ("ETag", '"abc"', "If-None-Match"),
        ("ETag", 'W/"abc"', "If-None-Match"),
        ("Last-Modified", "Thu, 26 Nov 2026 05:00:00 GMT", "If-Modified-Since"),
    ],
)
def test_after_a_day_it_asks_what_is_new(
    name: str, value: str, question: str, server: ArxivServer, tmp_path: Path
) -> None:
    server.always(arxiv_server.with_header(name, value))
    first = titles(server, tmp_path, "1512.03385")
    make_older(tmp_path, DAY)
    assert titles(server, tmp_path, "1512.03385") == first
    assert server.requests[1].headers[question] == value
    assert titles(server, tmp_path, "1512.03385") == first, "another day begins"
    assert len(server.requests) == 2
    make_older(tmp_path, DAY)
    server.add(record("1512.03385", "Another title"))
    server.always(arxiv_server.with_header(name, "other"))
    assert titles(server, tmp_path, "1512.03385") == ["Another title"]


@pytest.mark.parametrize(
    "behaviour", [arxiv_server.no_papers, arxiv_server.in_last(arxiv_server.without("title"))]
)
def test_what_leaves_a_paper_out_is_not_kept(
    behaviour: arxiv_server.Behaviour, server: ArxivServer, tmp_path: Path
) -> None:
    server.next(behaviour)
    assert titles(server, tmp_path, "1512.03385") == []
    assert titles(server, tmp_path, "1512.03385") == ["Deep Residual Learning for Image Recognition"]
    assert len(server.requests) == 2


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "no head": lambda data: data.partition(b"\n")[2],
    "no body": lambda data: data.partition(b"\n")[0],
    "cut": lambda data: data[:-20],
    "another address": lambda data: data.replace(b"api/query", b"api/other"),
    "no moment": lambda data: data.replace(b'"kept": ', b'"kept": "soon", "x": '),
    "a list": lambda data: b"[]\n" + data,
    "changed": lambda data: data[:-30] + b"\xff" * 30,
    "of tomorrow": lambda data: data.replace(b'"kept": 1', b'"kept": 9'),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_none(damage: str, server: ArxivServer, tmp_path: Path) -> None:
    titles(server, tmp_path, "1512.03385")
    (path,) = (tmp_path / "replies").iterdir()
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert titles(server, tmp_path, "1512.03385") == ["Deep Residual Learning for Image Recognition"]
    assert len(server.requests) == 2


def test_a_folder_that_cannot_be_written_costs_nothing(server: ArxivServer, tmp_path: Path) -> None:
    (tmp_path / "replies").write_text("a file")
    assert len(titles(server, tmp_path, "1512.03385")) == 1


def test_the_folder_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reply_cache, "_MOST_FILES", 20)
    monkeypatch.setattr(reply_cache, "_MOST_BYTES", 2**20)
    cache = ReplyCache(tmp_path)
    for number in range(22):
        cache.keep(Reply(f"https://arxiv.org/{number}", 200, {}, b"x"))
    assert len(list(tmp_path.iterdir())) == 20
    assert cache.find("https://arxiv.org/0") is None
    assert cache.find("https://arxiv.org/21") is not None
    for number in range(3):
        cache.keep(Reply(f"https://arxiv.org/large/{number}", 200, {}, os.urandom(400_000)))
    assert cache.find("https://arxiv.org/large/2") is not None
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 2**20


def test_what_is_old_goes(tmp_path: Path) -> None:
    ReplyCache(tmp_path).keep(Reply("https://arxiv.org/old", 200, {}, b"x"))
    later = ReplyCache(tmp_path, now=lambda: time.time() + 31 * DAY)
    assert later.find("https://arxiv.org/old") is not None
    later.keep(Reply("https://arxiv.org/new", 200, {}, b"x"))
    assert later.find("https://arxiv.org/old") is None


def test_a_bomb_in_the_folder_is_none(tmp_path: Path) -> None:
    cache = ReplyCache(tmp_path)
    cache.keep(Reply("https://arxiv.org/bomb", 200, {}, bytes(2**25 + 1)))
    assert cache.find("https://arxiv.org/bomb") is None
