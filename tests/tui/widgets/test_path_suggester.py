"""The name of a file is completed as far as one can see it, and a path is what was typed or dropped."""

from pathlib import Path

import pytest

from papertrail.tui.widgets.path_suggester import completed_path, path_typed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for name in ("library.bib", "letters.txt", ".hidden.bib", "ev\x1b[31mil.bib"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "refs").mkdir()
    (tmp_path / "refs" / "zotero.csv").write_text("", encoding="utf-8")
    return tmp_path


def test_the_last_name_is_completed(folder: Path) -> None:
    for typed, whole in (
        ("lib", "library.bib"),
        ("l", "letters.txt"),
        ("re", "refs/"),
        ("refs/z", "refs/zotero.csv"),
        ("~/lib", "~/library.bib"),
        (f"{folder}/lib", f"{folder}/library.bib"),
        (".h", ".hidden.bib"),
        ("refs/", None),
        ("", None),
        ("e", None),
        ("nowhere/x", None),
        ("~nobody-at-all/x", None),
        ("library.bib/x", None),
    ):
        assert completed_path(typed) == whole, typed


def test_what_was_dropped_has_quotation_marks(folder: Path) -> None:
    assert path_typed(" '/a b.bib' ") == Path("/a b.bib")
    assert path_typed("~/x.bib") == folder / "x.bib"
    assert path_typed("~nobody-at-all/x") == Path("~nobody-at-all/x")
