"""Adding and fetching through the library, from a real server."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from papertrail.domain.errors import BadInput, NetworkError
from tests.arxiv_server import ArxivServer, record
from tests.trails import asked, opened, small_trail


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[ArxivServer]:
    with ArxivServer() as server:
        for name, value in server.env().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        yield server


def test_added_known_and_unknown(tmp_path: Path, server: ArxivServer) -> None:
    with opened(small_trail(tmp_path)) as library:
        report = library.intake.add(["1706.03762v2", "1506.01497", "1706.03762", "2001.99999"], lineage="sgd")
        assert [p.arxiv_id for p in report.added] == ["1706.03762"]
        assert [p.key for p in report.known] == ["faster-rcnn"]
        assert report.missing == ("2001.99999",)
        assert (report.lineage, report.new_lineage) == ("SGD", False)
        line = [p.key for p in asked(library, 'lineage:"SGD"')]
        assert line == ["robbins-monro", "adam", "faster-rcnn", report.added[0].key]
        added = library.papers.get(report.added[0].key)
        assert added.abstract
        assert added.metadata_state == "fetched"
        requests = len(server.requests)
        assert library.intake.add(["1706.03762"]).added == ()
        assert len(server.requests) == requests, "a known paper is not asked for"


def test_a_bad_id_asks_nothing(tmp_path: Path, server: ArxivServer) -> None:
    with opened(small_trail(tmp_path)) as library:
        with pytest.raises(BadInput):
            library.intake.add(["1706.03762", "nonsense"])
        assert server.requests == []
        assert library.papers.number() == 6


def test_keys_never_collide(tmp_path: Path, server: ArxivServer) -> None:
    for number in range(3):
        server.add(record(f"2101.0000{number + 1}", "Deep things", authors=("Kaiming He",)))
    with opened(small_trail(tmp_path)) as library:
        ids = [f"2101.0000{n + 1}" for n in range(3)]
        keys = [p.key for p in library.intake.add(ids).added]
        assert len(set(keys)) == 3
        assert all(key.startswith("he20") for key in keys)


def test_fetch_fills_in_and_asks_once(tmp_path: Path, server: ArxivServer) -> None:
    with opened(small_trail(tmp_path)) as library:
        steps: list[tuple[int, int]] = []
        report = library.intake.fetch(on_progress=lambda done, total: steps.append((done, total)))
        assert steps[0] == (0, 5)
        assert steps[-1] == (5, 5)
        assert library.papers.get("faster-rcnn").abstract
        assert library.papers.get("faster-rcnn").summary.title == "Faster R-CNN", "the seed's own title stays"
        for key in report.missing:
            assert library.papers.get(key).metadata_state == "not-found"
        requests = len(server.requests)
        assert library.intake.fetch().fetched == 0
        assert len(server.requests) == requests


def test_a_failing_network_that_is_waited_for_stores_nothing(tmp_path: Path, server: ArxivServer) -> None:
    server.go_down()
    with opened(small_trail(tmp_path)) as library:
        for call in (library.intake.fetch, lambda: library.intake.add(["1706.03762"], wait=True)):
            with pytest.raises(NetworkError):
                call()
        assert library.intake.lacking() == 5
        assert library.papers.number() == 6


def test_waiting_for_arxiv_can_be_stopped(
    tmp_path: Path, server: ArxivServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAPERTRAIL_ARXIV_DELAY", "25")
    with opened(small_trail(tmp_path)) as library:
        library.intake.add(["1706.03762"])  # the first request; the next one has to wait
        stop = threading.Timer(0.3, lambda: stopped.append(True))
        stopped: list[bool] = []
        stop.start()
        before = time.monotonic()
        report = library.intake.fetch(patient=True, is_cancelled=lambda: bool(stopped))
        assert time.monotonic() - before < 20
        assert report.fetched == 0
        assert library.intake.lacking() == 5
