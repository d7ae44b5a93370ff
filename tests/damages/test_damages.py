"""What a disk or a program damages is found by doctor, and comes back."""

from pathlib import Path

from tests.damages.damages import damage_often


def test_what_is_damaged_is_found_and_comes_back(tmp_path: Path) -> None:
    outcomes = list(damage_often(tmp_path, times=4, seed=5, steps=6, commands=2))
    changed = [one for one in outcomes if one.is_changed]
    assert changed
    assert [one for one in changed if not one.told or one.after == "lost"] == []
    assert [one.unread for one in changed if one.unread] == []
