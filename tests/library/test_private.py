"""Who may look into the private folder: nobody else, from the first moment of each file."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from papertrail.domain.clock import StoppedClock
from papertrail.domain.paper import Status
from papertrail.library import Home, open_library
from tests.trails import NOTE, FixedClock, small_trail


@pytest.fixture
def open_to_all() -> Iterator[None]:
    """Have files made as open as whoever makes them lets them be."""
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def open_ones(home: Home) -> list[str]:
    return [
        str(path.relative_to(home.root))
        for path in (home.private, *home.private.rglob("*"))
        if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]


@pytest.mark.usefixtures("open_to_all")
def test_all_that_is_private_is_made_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even for a moment has a file more rights: those it is made with are looked at, too."""
    made: list[tuple[str, int]] = []
    plain = os.open

    def noted(path: "str | os.PathLike[str]", flags: int, mode: int = 0o777, **how: int) -> int:
        is_new = flags & os.O_CREAT and not os.path.lexists(path)
        if is_new and str(path).startswith(str(home.private)) and mode & 0o077:
            made.append((str(path), mode))
        return plain(path, flags, mode, **how)

    home = small_trail(tmp_path / "trail")
    monkeypatch.setattr(os, "open", noted)
    clock = StoppedClock(FixedClock().moment)
    with open_library(home, clock=clock) as library:
        assert open_ones(home) == []
        library.notes.save("adam", NOTE, None)
        library.notes.save("adam", f"{NOTE}\nmore\n", library.notes.version("adam"))
        library.notes.keep_draft("adam", "words", None)
        library.statuses.set(["adam"], Status.READ)
        library.exports.save_story("SGD", tmp_path / "story.md")
        library.exports.write(tmp_path / "export")
        pdf = tmp_path / "a.pdf"
        pdf.write_bytes(b"%PDF-1.4 words")
        library.pages.attach_pdf("adam", pdf)
        library.backups.make()
        assert open_ones(home) == []
        assert made == []
    assert stat.S_IMODE((tmp_path / "story.md").stat().st_mode) == 0o666, "what is given away is as any file"
    assert stat.S_IMODE((home.notes / "adam.md").stat().st_mode) == 0o666
