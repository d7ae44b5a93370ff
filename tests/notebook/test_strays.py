"""Files among the notes that are no note: every kind is known by name, and no name is too strange."""

import os
import string
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papertrail.domain.strays import Stray, StrayKind, quiet_words
from papertrail.notebook.strays import key_inside, look_for_strays, stray_of_name, strays_by_name
from tests.cases import each
from tests.examples import examples

KEYS = frozenset({"rcnn", "fast-rcnn", "rcnn-2", "he2015deep"})

COPIES = {
    "Syncthing": ("rcnn.sync-conflict-20260101-120000-ABCDEFG.md", "rcnn.sync-conflict-20260101-120000.md"),
    "Syncthing, of a copy": (
        "rcnn.sync-conflict-20260101-120000-ABCDEFG.sync-conflict-20260102-120000-ABCDEFG.md",
    ),
    "Syncthing, put aside": ("rcnn~20260101-120000.md",),
    "Dropbox": (
        "rcnn (Anna's conflicted copy 2026-01-01).md",
        "rcnn (Anna's conflicted copy 2026-01-01 (1)).md",
        "rcnn (MacBook-Pro's conflicted copy 2026-01-01).md",
        "rcnn (Case Conflict).md",
        "rcnn (Case Conflict 1).md",
        "rcnn (Unicode Encoding Conflict).md",
    ),
    "Dropbox, elsewhere": (
        "rcnn (In Konflikt stehende Kopie von Anna 2026-01-01).md",
        "rcnn (Copie en conflit de Anna 2026-01-01).md",
        "rcnn (Copia en conflicto de Anna 2026-01-01).md",
        "rcnn (Anna の競合コピー 2026-01-01).md",
        "rcnn (Anna 的冲突副本 2026-01-01).md",
    ),
    "iCloud and Finder": ("rcnn 2.md", "rcnn 13.md", "rcnn copy.md", "rcnn copy 2.md", "rcnn Kopie.md"),
    "Windows": ("rcnn - Copy.md", "rcnn - Copy (2).md", "rcnn - Kopie.md"),
    "GNOME": ("rcnn (copy).md", "rcnn (another copy).md", "rcnn (3rd copy).md"),
    "Nextcloud": ("rcnn (conflicted copy 2026-01-01 120000).md", "rcnn_conflict-20260101-120000.md"),
    "Google Drive": ("rcnn (1).md", "Copy of rcnn.md", "rcnn [conflict].md"),
    "OneDrive": ("rcnn-DESKTOP-4F3K2.md", "fast-rcnn-LAPTOP-1.md", "rcnn-Annas-MBP.md"),
    "Resilio, rclone, Seafile, Obsidian": (
        "rcnn.Conflict.md",
        "rcnn.conflict1.md",
        "rcnn.md.conflict1",
        "rcnn (SFConflict anna@example.org 2026-01-01-12-00-00).md",
        "rcnn (Conflicted copy MacBook 202601011200).md",
    ),
    "git": ("rcnn_LOCAL_4711.md", "rcnn_REMOTE_4711.md"),
    "papertrail": ("rcnn.conflict-20260101-120000.md", "rcnn.conflict-20260101-120000-2.md"),
    "case and ending": ("RCNN.md", "Rcnn.md", "rcnn.MD", "rcnn.markdown", "rcnn.md.txt", "RCNN 2.md"),
}


def classified(name: str, notes: frozenset[str] = KEYS) -> Stray | None:
    return stray_of_name(name, KEYS.__contains__, notes.__contains__)


@each("name", [name for names in COPIES.values() for name in names])
def test_second_texts_are_known_by_name(name: str) -> None:
    stray = classified(name)
    assert stray is not None
    key = "fast-rcnn" if name.startswith("fast") else "rcnn"
    assert (stray.kind, stray.key, stray.name) == (StrayKind.COPY, key, name)
    assert stray.why
    alone = classified(name, KEYS - {key})
    assert alone is not None
    assert (alone.kind, alone.key) == (StrayKind.MOVED, key)


@pytest.mark.parametrize(
    "name", ["ideas.md", "rcnn-old.md", "ideas 2.md", "rcnnn.md", "rcnn-3.md", "2026-01-01.md"]
)
def test_markdown_of_no_paper_is_unknown(name: str) -> None:
    assert classified(name) == Stray(StrayKind.UNKNOWN, name, "", "no paper has this key")


@each(
    "name",
    [
        *(
            "rcnn.md",
            "rcnn-2.md",
            "he2015deep.md",
            "README.md",
            "readme.md",
            "figure.png",
            "rcnn.pdf",
            "rcnn",
        ),
        *(
            "rcnn.md~",
            "#rcnn.md#",
            ".#rcnn.md",
            ".rcnn.md.swp",
            ".rcnn.md.1-2.tmp",
            "~syncthing~rcnn.md.tmp",
            ".md",
        ),
        *("rcnn.md.orig", "rcnn.md.bak", "", "2026"),
    ],
)
def test_notes_and_what_is_no_markdown_are_no_strays(name: str) -> None:
    assert classified(name) is None


ODD = st.sampled_from(
    [
        *"()[]{}~#._- 2\x1b\u202e\udcff競é\n",
        "rcnn",
        "RCNN",
        ".md",
        ".MD",
        ".txt",
        " copy",
        "conflict",
        "2026-01-01",
    ]
)


@given(st.one_of(st.lists(ODD, max_size=12).map("".join), st.text(max_size=250)))
@examples(100)
@example("(.mdconflict")
def test_any_name_is_classified(name: str) -> None:
    stray = classified(name)
    if stray is not None:
        assert stray.name == name
        assert (stray.key in KEYS) == (stray.kind is not StrayKind.UNKNOWN)
    assert classified(name + ".png") is None


@given(st.text(string.ascii_letters + "()[ ]-.conflicted 0123456789", max_size=250))
@examples(50)
def test_a_long_name_takes_no_longer_than_its_length_deserves(name: str) -> None:
    classified(f"{name}.md")  # hypothesis' own watch over too slow an input is the test


def test_names_are_told_together_in_one_quiet_line() -> None:
    def line(*names: str) -> str:
        return quiet_words(strays_by_name(names, KEYS.__contains__))

    assert line("rcnn.md", "README.md", "ideas.md") == ""
    assert line("rcnn.md", "rcnn 2.md") == "a second text of a paper in notes/: papertrail doctor"
    assert line("rcnn.md", "rcnn 2.md", "RCNN.md", "fast-rcnn (1).md") == (
        "2 second texts of papers and a note under another name in notes/: papertrail doctor"
    )


def note(folder: Path, name: str, text: str = "words\n") -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def found(folder: Path) -> dict[str, tuple[str, str]]:
    return {stray.name: (stray.kind.value, stray.key) for stray in look_for_strays(folder, KEYS.__contains__)}


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("---\nkey: rcnn\n---\n", "rcnn"),
        ("---\r\ntitle: x\r\nkey: 'rcnn'  # its name\r\n---\r\n", "rcnn"),
        ('+++\nkey = "rcnn"\n+++\n', "rcnn"),
        ("---\nkey: RCNN\n---\n", "rcnn"),
        ("---\nkey: nobody\n---\n", ""),
        ("key: rcnn\n", ""),
        ("", ""),
        ("---\nkey: rcnn\n", ""),
    ],
)
def test_the_front_matter_tells_whose_a_file_is(tmp_path: Path, head: str, key: str) -> None:
    (tmp_path / "moved.md").write_bytes(head.encode() + b"words\xff\n")
    assert found(tmp_path) == {"moved.md": ("moved" if key else "unknown", key)}
    note(tmp_path, "rcnn.md")
    assert found(tmp_path) == {"moved.md": ("copy" if key else "unknown", key)}


def test_notes_in_folders_are_found_without_following_links(tmp_path: Path) -> None:
    note(tmp_path, "rcnn.md")
    note(tmp_path, "2026/rcnn.md")
    note(tmp_path, "2026/old/fast-rcnn.md")
    note(tmp_path, "2026/old/fast-rcnn 2.md")
    note(tmp_path, "drafts/x.md", "---\nkey: he2015deep\n---\n")
    note(tmp_path, "drafts/y.md")
    note(tmp_path, "drafts/picture.png")
    note(tmp_path, ".stversions/rcnn~20260101-120000.md")
    note(tmp_path, "1/2/3/4/5/rcnn.md")
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "dangling.md").symlink_to(tmp_path / "nowhere")
    assert found(tmp_path) == {
        "2026/rcnn.md": ("copy", "rcnn"),
        "2026/old/fast-rcnn.md": ("moved", "fast-rcnn"),
        "2026/old/fast-rcnn 2.md": ("moved", "fast-rcnn"),
        "drafts/x.md": ("moved", "he2015deep"),
        "drafts/y.md": ("unknown", ""),
    }


def test_pipes_unreadable_files_and_hostile_names_are_no_trouble(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / os.fsdecode(b"rcnn \xff.md")).write_bytes(b"x")
    (tmp_path / "rcnn \x1b]52;c;x\x07 2.md").write_bytes(b"x")
    assert set(found(tmp_path).values()) == {("unknown", "")}
    assert len(found(tmp_path)) == 2
    assert key_inside(tmp_path / "pipe.md") == ""
    assert look_for_strays(tmp_path / "nowhere", KEYS.__contains__) == []
