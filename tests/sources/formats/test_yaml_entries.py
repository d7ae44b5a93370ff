"""Libraries of papis and coBib."""

from pathlib import Path

import pytest

from papertrail.domain.errors import BadInput
from papertrail.domain.imports import Fate, FormatName
from papertrail.domain.records import Record, RecordProblem
from papertrail.sources.formats.reading import read_path
from papertrail.sources.formats.yaml_entries import read_cobib
from tests.trails import opened, small_trail

RESNET = """abstract: |-
  Deeper networks are harder to train: 50% more so.

  We say why.
author: He, Kaiming and Zhang, Xiangyu
author_list:
- family: He
  given: Kaiming
- family: von der Zhang
  given: Xiangyu
doi: 10.1109/CVPR.2016.90
eprint: 1512.03380
files:
- paper.pdf
- slides.txt
journal: null
booktitle: CVPR & others
notes: notes.md
papis_id: 7f3a
pages: 770--778
ref: He2016
tags: vision deep-nets
time-added: 2024-01-01-10:00:00
title: 'Deep Residual Learning: for a [/b] z'
type: inproceedings
url: https://example.org/resnet
year: 2016
"""
COBIB = r"""---
Cao2019:
  ENTRYTYPE: article
  author:
  - first: Yudong
    last: Cao
    particle: ''
    suffix: ''
  - first: Ludwig
    last: Beethoven
    particle: van
    suffix: Jr.
  doi: 10.1021/acs.chemrev.8b00803
  file:
  - ~/papers/Cao2019.pdf
  journal: Chemical Reviews
  month: aug
  note: |-
    Read twice.

    # Why

    Because.
  number: 010
  tags:
  - private
  - read later
  title: Quantum {C}hemistry in the Age of J\"ager
  year: 2019
...
---
broken2020:
  ENTRYTYPE: article
  title: "no end
...
---
Plain2021:
  ENTRYTYPE: misc
  author: Jean Dupont and Ada Lovelace
  eprint: 2101.00010
  notes: ~/notes/Plain2021.md
  note: ~/notes/Plain2021.md
  tags: one
  title: Plain
  year: 2021
...
"""


def papis_library(folder: Path) -> Path:
    library = folder / "papis"
    for name, text in (
        ("he", RESNET),
        ("broken", "title: [no end\n"),
        ("list", "- a\n- b\n"),
        ("deep", "title: " + "[" * 100_000),
        ("deeper/bare", "title: Bare\n"),
    ):
        (library / name).mkdir(parents=True)
        (library / name / "info.yaml").write_text(text, encoding="utf-8")
    (library / "he" / "notes.md").write_text("# Why\n\nBecause of depth.\n", encoding="utf-8")
    (library / "he" / "paper.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    return library


def test_a_library_of_papis_comes_in(tmp_path: Path) -> None:
    home = small_trail(tmp_path / "trail")
    with opened(home) as library:
        report = library.imports.take_in(papis_library(tmp_path))
        assert report.format == "papis" and [entry.key for entry in report.entries] == ["bare", "he2016deep"]
        assert [(one.place, one.cause) for one in report.problems] == [
            ("broken/info.yaml", "this is no YAML (its line 2): did not find expected ',' or ']'"),
            ("deep/info.yaml", "this is too large for an entry: it is left out"),
            ("list/info.yaml", "this is no entry: it names no fields"),
        ]
        paper = library.papers.get("he2016deep")
        assert paper.summary.title == "Deep Residual Learning: for a [/b] z"
        assert paper.summary.authors == ("Kaiming He", "Xiangyu von der Zhang")
        assert (paper.summary.year, paper.venue) == (2016, "CVPR & others")
        assert (paper.summary.doi, paper.summary.arxiv_id) == ("10.1109/cvpr.2016.90", "1512.03380")
        assert paper.abstract == "Deeper networks are harder to train: 50% more so.\n\nWe say why."
        assert paper.summary.tags == ("deep-nets", "vision")
        assert library.pages.pdf("he2016deep") is not None
        note = (home.notes / "he2016deep.md").read_text(encoding="utf-8")
        assert "## Brought in\n\n### Why\n\nBecause of depth.\n" in note
        assert report.entries[1].place == "he/info.yaml" and report.entries[1].fate is Fate.ADDED
        library.undo.undo()
        assert library.papers.number() == 6


def test_a_database_of_cobib_is_read(tmp_path: Path) -> None:
    path = tmp_path / "database.yaml"
    path.write_text(COBIB, encoding="utf-8")
    name, found = read_path(path)
    first, broken, second = found
    assert name is FormatName.COBIB and isinstance(broken, RecordProblem) and broken.line == 32
    assert isinstance(first, Record) and isinstance(second, Record)
    assert (first.line, first.key, first.kind) == (2, "Cao2019", "article")
    assert first.title == "Quantum Chemistry in the Age of Jäger"
    assert first.authors == ("Yudong Cao", "Ludwig van Beethoven, Jr.")
    assert (first.doi, first.venue) == ("10.1021/acs.chemrev.8b00803", "Chemical Reviews")
    assert first.attached == ("~/papers/Cao2019.pdf",) and first.tags == ("private", "read later")
    assert first.note == "Read twice.\n\n# Why\n\nBecause."
    assert first.details["number"] == "010" and first.details["month"] == "8"
    assert second.authors == ("Jean Dupont", "Ada Lovelace") and second.note == ""
    assert (second.arxiv_id, second.tags) == ("2101.00010", ("one",))


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  ENTRYTYPE: article\n  title: &x [*x]\n",
        "a:\n  ENTRYTYPE: article\n  title: !!python/object/apply:os.system ['false']\n",
        "a:\n  ENTRYTYPE: article\n  ? [b]\n  : c\n",
        "a: *b\n",
        "a: " + "- " * 100_000,
        "a: " + "{a: " * 1_900,
        "\n".join(" " * depth + "a:" for depth in range(700)),
        "a:\n  \x00\x07\n",
    ],
)
def test_strange_yaml_is_told_by_itself(text: str) -> None:
    problem, good = read_cobib(f"{text}\n---\nok:\n  ENTRYTYPE: misc\n  title: Good\n".encode())
    assert isinstance(problem, RecordProblem) and problem.line == 1
    assert isinstance(good, Record) and (good.key, good.title) == ("ok", "Good")


def test_a_folder_that_is_no_library_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="neither a library of papis"):
        read_path(tmp_path)
