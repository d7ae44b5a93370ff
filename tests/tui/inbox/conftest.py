"""A trail with a week's announcements, one for each test."""

from pathlib import Path
from shutil import copytree

import pytest

from papertrail.library import Home
from tests.tui.inbox.waiting import trail_with


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A trail that no test changes."""
    return trail_with(tmp_path_factory.mktemp("inbox")).root


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Home:
    """A trail of its own."""
    return Home(copytree(filled, tmp_path / "trail"))
