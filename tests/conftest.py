"""Holds for all tests."""

import gc
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

from tests.examples import USUAL, share_of

# Run in the background by a shell, the tests and every program they start would be deaf to ctrl+c and ctrl+\.
signal.signal(signal.SIGINT, signal.default_int_handler)
if hasattr(signal, "SIGQUIT"):
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)

# What is compiled once serves every process of the tests, and the next run.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# What the tests import and make stays or goes in large pieces: looking for garbage as often as Python does
# takes a fifth of the time of those that run the terminal program.
gc.set_threshold(20_000, 20, 20)
FOLDER = Path(__file__).parent


def pytest_sessionstart(session: pytest.Session) -> None:
    """Import the modules of all tests, each process beginning elsewhere, where processes share a whole run.

    To compile one for the first time takes as long as its tests. Each is compiled by one process, and the
    others, who would do so at the same time if all began with the first, find it compiled.
    """
    process = getattr(session.config, "workerinput", None)
    if process is None or [Path(name).resolve() for name in session.config.args] != [FOLDER]:
        return
    paths = sorted(FOLDER.rglob("test_*.py"))
    first = len(paths) * int(process["workerid"].removeprefix("gw")) // process["workercount"]
    for path in (*paths[first:], *paths[:first]):
        with suppress(BaseException):  # the collection tells of it
            import_module(".".join(path.relative_to(FOLDER.parent).with_suffix("").parts))


def pytest_collection_finish() -> None:
    """Keep what was imported and collected out of all looking for garbage: it stays to the end."""
    gc.collect()
    gc.freeze()


# Every trail is written with all the waiting for the disk that a reader's is: in memory, where there is room,
# none of it takes time. A folder of a test that has passed goes at once.
MEMORY, ROOM = Path("/dev/shm"), 4_000_000_000  # bytes
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("TMPDIR", str(MEMORY))

# Trails of tests come from nowhere, and are copied: no list of known ones is kept but where that is tested.
os.environ["PAPERTRAIL_TRUST"] = "*"
_state = TemporaryDirectory(prefix="papertrail-state-")
os.environ["XDG_STATE_HOME"] = _state.name

# How long an example takes says how busy the machine is. Each run tries the same inputs, so that what fails
# once fails again; `python -m bench properties` looks for others.
settings.register_profile(
    "papertrail",
    max_examples=share_of(USUAL),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="PAPERTRAIL_EXAMPLES" not in os.environ,
)
settings.load_profile("papertrail")
