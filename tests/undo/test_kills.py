"""A program killed at any moment has done what it said it did, and nothing by halves."""

from pathlib import Path

from tests.undo.kills import kill_often


def test_nothing_acknowledged_is_lost_and_nothing_torn(tmp_path: Path) -> None:
    found = kill_often(tmp_path, times=5, seed=3)
    assert found["acknowledged"] > 0, found
