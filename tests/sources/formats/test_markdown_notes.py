"""Folders of Markdown notes about papers, as Obsidian's plugins and papertrail itself write them."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from papertrail.domain.paper import Status
from papertrail.domain.records import Record, RecordProblem
from papertrail.sources.formats.markdown_notes import LARGEST_NOTE, read_markdown

CITATIONS = """---
title: "Deep Residual Learning for Image Recognition"
authors: Kaiming He, Xiangyu Zhang
year: 2016
doi: 10.1109/CVPR.2016.90
---

Skip connections. #residual
"""
ZOTERO = """---
citekey: renFasterRCNN2015
zotero-key: ABCD2345
authors:
  - "[[Shaoqing Ren]]"
  - "[[Kaiming He]]"
title: 'Faster R-CNN: Towards Real-Time'
date: 2015-06-04
url: https://arxiv.org/abs/1506.01497
tags: [detection, "#rpn"]
---

# Faster R-CNN: Towards Real-Time

> Highlight (page 3)
"""
BARE = "---\nciteKey: x\ncitekey: sgd51\n---\n# A Stochastic Approximation Method #\n\nWords.\n"


def test_literature_notes_of_other_programs(tmp_path: Path) -> None:
    notes = {"refs/@he2016deep.md": CITATIONS, "Faster.md": ZOTERO, "sgd.markdown": BARE}
    for name, text in notes.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = {one.file: one for one in read_markdown(tmp_path) if isinstance(one, Record)}
    resnet, faster, sgd = (found[name] for name in ("refs/@he2016deep.md", "Faster.md", "sgd.markdown"))
    assert (resnet.key, resnet.title) == ("he2016deep", "Deep Residual Learning for Image Recognition")
    assert resnet.authors == ("Kaiming He", "Xiangyu Zhang")
    assert (resnet.year, resnet.doi) == (2016, "10.1109/CVPR.2016.90")
    assert resnet.note_file == CITATIONS.encode()
    assert (faster.key, faster.arxiv_id, faster.year) == ("renFasterRCNN2015", "1506.01497", 2015)
    assert (faster.authors, faster.tags) == (("Shaoqing Ren", "Kaiming He"), ("detection", "rpn"))
    assert (sgd.key, sgd.title) == ("sgd51", "A Stochastic Approximation Method")


@pytest.mark.parametrize(
    "title",
    [
        "Faster R-CNN: Towards Real-Time Object Detection",
        '"Why Should I Trust You?": Explaining the Predictions',
        "[Re] A Study: Twice",
        "@once and `for all`",
        "% of what is read",
        "a \\[/b] z: - x: y",
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_title_without_quotes_is_what_is_written(tmp_path: Path, title: str, newline: str) -> None:
    text = f"---\ntitle: {title}\nauthors: Kaiming He, Jian Sun\nyear: 2016\n---\n\nWords.\n"
    (tmp_path / "@he2016.md").write_bytes(text.replace("\n", newline).encode())
    (record,) = read_markdown(tmp_path)
    assert isinstance(record, Record)
    assert (record.key, record.title, record.year) == ("he2016", title, 2016)
    assert record.authors == ("Kaiming He", "Jian Sun")


def test_a_page_of_an_export_and_a_file_of_a_vault(tmp_path: Path) -> None:
    matter = "---\nkey: rcnn\ntitle: Rich features\nstatus: read\nread: 2026-04-02\nlineages: [R-CNN]\n---\n"
    words = "## Problem\n\nSlow.\n"
    (tmp_path / "rcnn.md").write_text(
        f"{matter}# Rich features\n\n2013 · ● counted\n\n> An abstract\n\n"
        f"{words}\n[All papers](../README.md)\n",
        encoding="utf-8",
    )
    (tmp_path / "vault.md").write_text(
        f"{matter}\nAbove.\n%% papertrail:begin %%\n# Rich\n\n%% papertrail:note %%\n{words}"
        "%\\% papertrail:end %%\n"
        "%% papertrail:end %%\n\nBelow.\n",
        encoding="utf-8",
    )
    page, file = read_markdown(tmp_path)
    assert isinstance(page, Record) and isinstance(file, Record)
    assert (page.status, page.read_on, page.lineages) == (Status.READ, date(2026, 4, 2), ("R-CNN",))
    assert (page.note_body.strip(), page.note, page.note_file) == (words.strip(), "", None)
    assert file.note_body == f"{words}%% papertrail:end %%"
    assert file.note.split() == ["Above.", "Below."]


def damaged(name: str) -> Callable[[Path], object]:
    """Return what writes one odd file."""
    return {
        "no text": lambda path: path.write_text("---\ntitle: x\n\0\n---\n", encoding="utf-8"),
        "open quote": lambda path: path.write_text('---\ntitle: "a\nkey: [b\n---\nx', encoding="utf-8"),
        "yaml": lambda path: path.write_text("---\ntitle: [a\n---\nx", encoding="utf-8"),
        "no matter": lambda path: path.write_text("# Shopping\n\nmilk", encoding="utf-8"),
        "nobody's": lambda path: path.write_text("---\ntags: [daily]\n---\n# Monday\n", encoding="utf-8"),
        "large": lambda path: path.write_bytes(b"x" * (LARGEST_NOTE + 1)),
        "bytes": lambda path: path.write_bytes(bytes(range(256))),
        "deep": lambda path: path.write_text(f"---\na: {'[' * 9000}\n---\n", encoding="utf-8"),
    }[name]


@pytest.mark.parametrize(
    "name", ["yaml", "no text", "open quote", "no matter", "nobody's", "large", "bytes", "deep"]
)
def test_an_odd_file_is_named_and_all_others_come_in(tmp_path: Path, name: str) -> None:
    (tmp_path / "good.md").write_text(CITATIONS, encoding="utf-8")
    damaged(name)(tmp_path / "odd.md")
    found = list(read_markdown(tmp_path))
    assert [type(one) for one in found] in ([RecordProblem, Record], [Record, RecordProblem])
    (problem,) = (one for one in found if isinstance(one, RecordProblem))
    assert problem.file == "odd.md" and "\n" not in problem.cause
    assert name == "deep" or "nested" not in problem.cause


def test_nothing_hidden_is_read_and_no_link_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.md").write_text(CITATIONS, encoding="utf-8")
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / ".obsidian" / "b.md").write_text(CITATIONS, encoding="utf-8")
    (vault / "c.md").symlink_to(outside / "a.md")
    (vault / "d").symlink_to(outside)
    os.mkfifo(vault / "e.md")
    assert list(read_markdown(vault)) == []


def test_properties_with_capitals_and_names_in_parts(tmp_path: Path) -> None:
    matter = "Title: Of it\nYear: 2016\nStatus: Read\ndateread: 2025-02-03\nTags: [a]"
    authors = "Authors:\n  - {firstName: Ann, lastName: Bell}\n  - name: The Group\n  - Carl Dean"
    (tmp_path / "@bell.md").write_text(f"---\n2016: x\n{matter}\n{authors}\n---\nWords.\n", encoding="utf-8")
    (note,) = read_markdown(tmp_path)
    assert isinstance(note, Record)
    assert (note.key, note.title, note.year, note.tags) == ("bell", "Of it", 2016, ("a",))
    assert note.authors == ("Ann Bell", "The Group", "Carl Dean")
    assert (note.status, note.read_on) == (Status.READ, date(2025, 2, 3))
