"""Trails for the command line tests: made once by the program itself, then copied."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.trails import RCNN, small_trail


def clean_environment(home: Path) -> dict[str, str]:
    """Return the environment of a reader who has an empty home folder and no network."""
    home.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PAPERTRAIL_TRUST": "*",
        "PAPERTRAIL_ARXIV_API": "http://127.0.0.1:9/api/query",
        "PAPERTRAIL_ARXIV_PDF": "http://127.0.0.1:9/pdf",
        "PAPERTRAIL_ARXIV_FEEDS": "http://127.0.0.1:9/rss",
        "PAPERTRAIL_ARXIV_DELAY": "0",
    }


def make_program(folder: Path, rows: Sequence[Sequence[str]] = RCNN) -> Program:
    """Make a trail of these seeds in `folder` with the program itself."""
    home = small_trail(folder / "trail", rows)
    program = Program(home.root, clean_environment(folder / "home"))
    assert program.run("progress").code == 0
    return program


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A small trail that nobody changes."""
    return make_program(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def shared(made_once: Program) -> Program:
    """The program on a small trail, for commands that only read."""
    return made_once


@pytest.fixture
def program(made_once: Program, tmp_path: Path) -> Program:
    """The program on a small trail of one's own."""
    trail = tmp_path / "trail"
    shutil.copytree(made_once.trail, trail)
    return Program(trail, clean_environment(tmp_path / "home"))
