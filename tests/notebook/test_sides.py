"""Whoever saves a note, and however: no word that was acknowledged is lost."""

from pathlib import Path

from tests.notebook.sides import save_from_all_sides


def test_no_acknowledged_word_is_lost(tmp_path: Path) -> None:
    counted = save_from_all_sides(tmp_path, saves=15, seed=5)
    assert counted["written"] == 15 and counted["saved"] + counted["kept beside"] == 30, counted
