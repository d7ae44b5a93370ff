"""The template: the packaged one, the reader's own, and what a new note looks like."""

import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papertrail.domain.errors import BadInput, PapertrailError, StorageError
from papertrail.domain.text import clean_line
from papertrail.notebook.notebook import Notebook
from papertrail.notebook.sections import index_note
from papertrail.notebook.template import Template, read_template

NAMES = [
    "Problem",
    "Prior work and its weakness",
    "Key idea: why did the authors design it this way?",
    "Structure",
    "Evidence",
    "Limits and what I would change",
    "What the next paper fixed",
    "Questions",
]
REQUIRED = {"Problem", "Key idea: why did the authors design it this way?", "Limits and what I would change"}
HOSTILE = [
    "a [/] b",
    "[@click=app.quit]x",
    "yes",
    "1e3",
    "1512.03380",
    ": x",
    "- x",
    "x # y",
    "'",
    '"\\',
    "---",
    "...",
    "残差网络：深度",
    "# x #",
    "*a* _b_ `c` <b> &amp; $x$",
    "a\x85b\u2028c\ufeffd\x07\x1b]52;c;eA==\x07\x00",
    "<!-- x",
    "🙂" * 3,
    "word " * 1000 + "end",
    " ",
]


@pytest.fixture
def private(tmp_path: Path) -> Path:
    (tmp_path / ".papertrail").mkdir()
    return tmp_path / ".papertrail"


def own(private: Path, text: str | bytes) -> Template:
    (private / "template.md").write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return read_template(private)


def front_matter(note: str) -> object:
    found = re.match(r"---\n(.*?)^---\n\n# ", note, re.DOTALL | re.MULTILINE)
    assert found
    return yaml.safe_load(found[1])


def test_the_packaged_template(tmp_path: Path) -> None:
    template = read_template(tmp_path / "nowhere")
    assert [s.name for s in template.sections] == NAMES
    assert {s.name for s in template.sections if s.required} == REQUIRED
    for section in template.sections:
        lines = section.text.split("\n")
        assert re.fullmatch(r"<!-- .+ -->", lines[0])
        assert lines[1:] == (["Q:", "A:"] if section.name == "Questions" else [])


def test_a_new_note_is_exactly_this(tmp_path: Path) -> None:
    text = read_template(tmp_path).fill("resnet", "Deep Residual Learning", "1512.03385", ["ResNet", "R-CNN"])
    assert text.startswith(
        '---\nkey: "resnet"\ntitle: "Deep Residual Learning"\narxiv: "1512.03385"\n'
        'lineages:\n  - "ResNet"\n  - "R-CNN"\n---\n\n# Deep Residual Learning\n\n## Problem\n<!-- '
    )
    assert "(required)" not in text
    assert text.endswith(" -->\nQ:\nA:\n")
    assert [line[3:] for line in text.split("\n") if line.startswith("## ")] == NAMES


@given(
    st.text(st.characters(codec="utf-8")) | st.sampled_from(HOSTILE),
    st.none() | st.sampled_from(["1512.03380", "cs/0112017", "0704.0001"]),
    st.lists(st.text(st.characters(codec="utf-8")) | st.sampled_from(HOSTILE), max_size=3),
)
@example("word " * 1000, "1512.03380", ["YOLO v1–v3"])
def test_front_matter_comes_back_as_it_was(title: str, arxiv_id: str | None, lineages: list[str]) -> None:
    with TemporaryDirectory() as folder:
        note = read_template(Path(folder)).fill("1e3", title, arxiv_id, lineages)
    expected: dict[str, object] = {"key": "1e3", "title": title, "arxiv": arxiv_id, "lineages": lineages}
    if arxiv_id is None:
        del expected["arxiv"]
    found = front_matter(note)
    assert found == expected
    assert isinstance(found, dict) and list(found) == list(expected)


@given(st.text(st.characters(codec="utf-8")) | st.sampled_from(HOSTILE))
def test_a_title_is_a_title_and_nothing_else(title: str) -> None:
    with TemporaryDirectory() as folder:
        template = read_template(Path(folder))
    note = template.fill("thekey", title, None, [])
    tokens = MarkdownIt("commonmark").parse(note.split("---\n", 2)[2])
    assert [t.tag for t in tokens if t.type == "heading_open"] == ["h1", *["h2"] * len(NAMES)]
    heading = tokens[1].children or []
    assert {t.type for t in heading} <= {"text", "text_special"}
    assert "".join(t.content for t in heading) == (clean_line(title) or "thekey")
    assert (index_note(note, template).words, index_note(note, template).body) == (0, "")


@pytest.mark.parametrize(
    ("heading", "name", "required"),
    [
        ("## What", "What", False),
        ("## What (required)", "What", True),
        ("## What (Required) ##", "What", True),
        ("## What（required）", "What", True),
        ("## 为什么（必填）", "为什么", True),
        ("##  为什么 (必填)", "为什么", True),
        ("## C#", "C#", False),
        ("   ##\tWhat  it \t is", "What it is", False),
        ("## (optional)", "(optional)", False),
    ],
)
def test_headings_of_the_readers_template(private: Path, heading: str, name: str, required: bool) -> None:
    template = own(private, f"{heading}\nhint\n")
    assert [(s.name, s.required) for s in template.sections] == [(name, required)]


def test_the_readers_template_is_used_as_it_is(private: Path) -> None:
    template = own(
        private,
        "\ufeff---\ntags: x\n---\n# My notes\r\nFirst of all\r\n\r\n## 为什么（必填）\r\n一句话\r\n"
        "- [ ] 画图\r\n```\r\n## no heading\r\n```\r\n<!--\r\n## none either\r\n-->\r\n\r\n\r\n## 局限\r\n",
    )
    assert [s.name for s in template.sections] == ["为什么", "局限"]
    note = template.fill("k", "T", None, [])
    assert note == (
        '---\nkey: "k"\ntitle: "T"\nlineages: []\n---\n\n# T\n\nFirst of all\n\n## 为什么\n一句话\n'
        "- [ ] 画图\n```\n## no heading\n```\n<!--\n## none either\n-->\n\n\n## 局限\n"
    )


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        ("", BadInput, "no level-2 heading"),
        ("# Only\n### these\n```\n## x\n```\n", BadInput, "no level-2 heading"),
        ("## A\n## B\n## a (required)\n", BadInput, "heading `a` twice"),
        ("## 问题\n## 问题：\n", BadInput, "twice"),
        ("## (required)\n", BadInput, "without a name"),
        ("## \n", BadInput, "without a name"),
        (b"## A\n\xff\xfe", StorageError, "not UTF-8"),
    ],
)
def test_what_is_no_template_is_said_in_one_line(
    private: Path, content: str | bytes, error: type[PapertrailError], words: str
) -> None:
    with pytest.raises(error, match=words) as raised:
        own(private, content)
    assert str(private / "template.md") in str(raised.value)
    assert raised.value.remedy
    assert "\n" not in str(raised.value)


def test_a_folder_in_the_place_of_the_template(private: Path) -> None:
    (private / "template.md").mkdir()
    with pytest.raises(StorageError, match="cannot read"):
        read_template(private)


def test_the_template_is_read_again_when_its_file_changes(private: Path) -> None:
    notebook = Notebook(private.parent / "notes", private)
    default = notebook.template_stamp()
    assert notebook.template() is notebook.template()
    own(private, "## A\n")
    os.utime(private / "template.md", ns=(1, 1))
    first = notebook.template_stamp()
    assert [s.name for s in notebook.template().sections] == ["A"]
    own(private, "## B\n")
    assert [s.name for s in notebook.template().sections] == ["B"]
    assert len({default, first, notebook.template_stamp()}) == 3
    (private / "template.md").unlink()
    assert notebook.template_stamp() == default
    assert [s.name for s in notebook.template().sections] == NAMES
