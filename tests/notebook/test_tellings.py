"""The files of tellings: named by moment and lineage, read back as written, whoever changed them."""

from datetime import datetime, timezone
from pathlib import Path

import pytest

from papertrail.domain.tellings import Mark, Unfinished
from papertrail.notebook.tellings import TellingFiles

AT = datetime(2026, 3, 1, 9, 30, 5, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("lineage", "name"),
    [
        ("R-CNN to Faster R-CNN", "2026-03-01-093005-r-cnn-to-faster-r-cnn.md"),
        ("残差 网络", "2026-03-01-093005-残差-网络.md"),
        ("../../etc [/b]", "2026-03-01-093005-etc-b.md"),
        ("···", "2026-03-01-093005-lineage.md"),
        ("长" * 300, f"2026-03-01-093005-{'长' * 60}.md"),
        ("\x1b]52;c;x\x07", "2026-03-01-093005-52-c-x.md"),
    ],
)
def test_a_telling_is_a_file_of_its_own(tmp_path: Path, lineage: str, name: str) -> None:
    files = TellingFiles(tmp_path)
    text = 'First 残差.\n---\nlineage: "no"\n\x1b]52;c;x\x07'
    assert files.keep(lineage, AT, 161, text) == name
    kept = (tmp_path / "tellings" / name).read_bytes()
    assert b"\x1b" not in kept and b"minutes: 2.7\n" in kept
    assert files.read(name) == 'First 残差.\n---\nlineage: "no"\n]52;c;x\n'
    assert files.path(name).stat().st_mode & 0o777 == 0o600
    assert files.keep(lineage, AT, 1, "again") == name.replace(".md", "-2.md")
    files.discard(name)
    assert files.read(name) is None and not list((tmp_path / "tellings").glob(".*"))


def test_what_is_unfinished_is_read_back(tmp_path: Path) -> None:
    files = TellingFiles(tmp_path)
    assert files.unfinished(3) is None
    left = Unfinished("\nFirst\n", 95, ("rcnn", "a--b"), {"rcnn": Mark.HELPED})
    path = files.keep_unfinished(3, left, "2013 · no year")
    assert files.unfinished(3) == left and files.unfinished(4) is None
    assert path.read_text(encoding="utf-8").startswith("<!-- Tell it from memory, below: 2013 · no year\n")
    files.discard_unfinished(3)
    files.discard_unfinished(3)
    assert files.unfinished(3) is None


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (b"no first line", Unfinished("no first line")),
        (b"<!-- Tell it from memory, below: x\npapertrail: {} -->\n\nwords", Unfinished("words")),
        (b'<!-- Tell it from memory, below: x\npapertrail: {"seconds": "a"} -->\nwords', Unfinished("words")),
        (
            b'<!-- Tell it from memory, below: x\npapertrail: {"seconds": 1, "shown": [], '
            b'"marks": {"a": "b"}} -->\nwords',
            Unfinished("words"),
        ),
        (b"\xff\xfe", Unfinished("\ufffd\ufffd")),
    ],
)
def test_what_another_hand_wrote_is_text(tmp_path: Path, data: bytes, left: Unfinished) -> None:
    files = TellingFiles(tmp_path)
    files.keep_unfinished(1, Unfinished("x"), "").write_bytes(data)
    assert files.unfinished(1) == left
