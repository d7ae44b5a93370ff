"""A slice of what `python -m bench exports` runs at length."""

from pathlib import Path

from tests.export.kills import end_exports


def test_exports_that_are_ended_are_finished_by_the_next_one(tmp_path: Path) -> None:
    ended = end_exports(tmp_path / "export", 3, seed=1)
    assert (ended.disowned, ended.wrong) == (0, 0)
    assert ended.cut_off, "all were done too soon"
