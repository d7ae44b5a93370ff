"""A program killed while it backs up or restores leaves a trail that is whole, and backups that are."""

from pathlib import Path

from tests.backups.kills import kill_often


def test_whatever_moment_one_is_killed_at(tmp_path: Path) -> None:
    found = kill_often(tmp_path, times=6, seed=2)
    assert found["killed"] > 2, found
