"""Whoever saves a note, and however: no word that was acknowledged is lost."""

from pathlib import Path

from tests.notebook.sides import STYLES, save_from_all_sides


def test_no_acknowledged_word_is_lost(tmp_path: Path) -> None:
    counted = save_from_all_sides(tmp_path, saves=16, seed=1)
    assert all(counted[f"written by {style.__name__}"] == 4 for style in STYLES), counted
    assert counted["saved"] + counted["kept beside"] == 32, counted
    assert any("restored" in what for what in counted), counted
