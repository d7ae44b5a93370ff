"""Requests keep their distance: between processes, between threads, whatever the clock and the disk do."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from papertrail.domain.errors import OutOfPatience, StorageError
from papertrail.sources import request_spacing
from papertrail.sources.arxiv_api import ArxivSource
from papertrail.sources.patience import Patience
from papertrail.sources.request_spacing import RequestSpacing
from tests import arxiv_faults, arxiv_server
from tests.arxiv_server import ArxivServer, record


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ArxivServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with ArxivServer() as running:
        yield running


ASK_ONE = """
import os, sys
from pathlib import Path
from papertrail.sources.arxiv_api import ArxivSource
source = ArxivSource.from_environment(os.environ, Path(sys.argv[1]), print)
print([p.title for batch in source.by_ids(sys.argv[2:]) for p in batch.found])
"""


def run_together(
    server: ArxivServer, folder: Path, delay: str, *wanted: list[str], timeout: str = "20"
) -> list[tuple[int, str]]:
    """Ask from as many processes at once as there are lists of ids; return how each ended."""
    env = {
        **os.environ,
        **server.env(),
        "PAPERTRAIL_ARXIV_DELAY": delay,
        "PAPERTRAIL_ARXIV_TIMEOUT": timeout,
    }
    running = [
        subprocess.Popen(
            [sys.executable, "-c", ASK_ONE, str(folder), *ids],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for ids in wanted
    ]
    outputs = [process.communicate(timeout=120)[0] for process in running]
    return [(process.returncode, output) for process, output in zip(running, outputs, strict=True)]


def distances(server: ArxivServer) -> list[float]:
    """Return the seconds from the end of each request to the beginning of the next, seen by the server."""
    turns = sorted((request.began, request.ended) for request in server.requests)
    return [later[0] - earlier[1] for earlier, later in pairwise(turns)]


def test_three_processes_keep_their_distance(server: ArxivServer, tmp_path: Path) -> None:
    ids = [f"2405.{number:05}" for number in range(1, 251)]
    server.add(*map(record, ids))
    server.next(arxiv_server.well, arxiv_server.busy(503, retry_after=0))
    ended = run_together(server, tmp_path, "0.3", ids, ["1512.03385"], ["1512.03385"])
    assert [code for code, _ in ended] == [0, 0, 0], ended
    assert len(server.requests) == 6, "three for 250 papers, one each for the others, one again"
    assert {len(asked) for asked in server.asked} == {1, 50, 100}
    assert min(distances(server)) >= 0.3, distances(server)


def test_a_server_that_hangs_shuts_nobody_out(server: ArxivServer, tmp_path: Path) -> None:
    server.next(arxiv_server.silence, arxiv_faults.trickling_head)
    ended = run_together(server, tmp_path, "0.1", *[["1512.03385"]] * 3, timeout="0.5")
    assert sorted(code for code, _ in ended) == [0, 1, 1], ended
    assert len(server.requests) == 3


def test_nobody_is_shut_out_by_one_that_waits(tmp_path: Path) -> None:
    def pause(seconds: float) -> None:
        """Look, while waiting for the first time, whether another may ask."""
        if not seen:
            seen.append(True)
            with RequestSpacing(tmp_path, 0, patience=Patience(5), say=print).turn():
                pass

    seen: list[bool] = []
    spacing = RequestSpacing(tmp_path, 3.0, patience=Patience(pause=pause), say=print)
    with spacing.turn():
        pass
    with spacing.turn():
        pass
    assert seen


@pytest.mark.parametrize("held", ["", "soon", "\xff", "nan", "inf", "-inf", "1e999", "99999999999", "0"])
def test_no_file_makes_it_wait_longer_than_the_delay(held: str, tmp_path: Path) -> None:
    (tmp_path / "arxiv-last-request").write_text(held, encoding="latin-1")
    waits: list[float] = []
    spacing = RequestSpacing(tmp_path, 3.0, patience=Patience(pause=waits.append), say=print)
    with spacing.turn():
        pass
    assert waits == ([] if held == "0" else [3.0])


def test_the_first_request_does_not_wait_and_the_next_does(tmp_path: Path) -> None:
    waits: list[float] = []
    for _ in range(2):
        with RequestSpacing(
            tmp_path / "new" / "folder", 3.0, patience=Patience(pause=waits.append), say=print
        ).turn():
            pass
    assert len(waits) == 1
    assert 2.5 < waits[0] <= 3.0


def test_a_request_that_fails_counts_too(tmp_path: Path) -> None:
    waits: list[float] = []
    spacing = RequestSpacing(tmp_path, 3.0, patience=Patience(pause=waits.append), say=print)
    with pytest.raises(KeyboardInterrupt), spacing.turn():
        raise KeyboardInterrupt
    with spacing.turn():
        pass
    assert len(waits) == 1


def test_a_folder_that_cannot_be_written_is_replaced(
    tmp_path: Path, server: ArxivServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    source = ArxivSource.from_environment(server.env(), tmp_path / "file" / "state", print)
    assert len(list(source.by_ids(["1512.03385"]))) == 1
    assert list((tmp_path / "tmp").rglob("arxiv-last-request"))


def test_no_folder_at_all_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file"))
    with (
        pytest.raises(StorageError, match="time of the last request"),
        RequestSpacing(tmp_path / "file" / "state", 3.0, patience=Patience(), say=print).turn(),
    ):
        pass


HOLD_LOCK = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def held_lock(tmp_path: Path) -> Iterator[Path]:
    """A folder whose lock another process holds until told to let go."""
    command = [sys.executable, "-c", HOLD_LOCK, str(tmp_path / "arxiv.lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield tmp_path
        holder.communicate("\n", timeout=10)


def test_waiting_for_another_process_has_an_end(held_lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(request_spacing, "_QUIET_SECONDS", 0.05)
    with (
        pytest.raises(OutOfPatience) as caught,
        RequestSpacing(held_lock, 0, patience=Patience(0.2), say=said.append).turn(),
    ):
        raise AssertionError("it has no turn")
    assert str(caught.value) == (
        "another papertrail asks arXiv, for more than 0.2 s: try again when it is done"
    )
    assert said == ["another papertrail is asking arXiv: waiting for it"]


def test_threads_take_turns(server: ArxivServer, tmp_path: Path) -> None:
    env = {**server.env(), "PAPERTRAIL_ARXIV_DELAY": "0.1"}
    source = ArxivSource.from_environment(env, tmp_path, print)
    threads = [threading.Thread(target=lambda: list(source.by_ids(["1512.03385"]))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turns = [(request.began, request.ended) for request in server.requests]
    assert len(turns) == 3
    assert all(later[0] - earlier[1] >= 0.1 for earlier, later in pairwise(turns))
