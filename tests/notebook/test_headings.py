"""Headings: the section's name with anything beside it is that section; a near miss is told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.note import NearMiss
from papertrail.notebook.sections import index_note, note_answers
from papertrail.notebook.template import PACKAGED_TEMPLATE, Template, parse_template, read_template
from tests.cases import each
from tests.examples import examples

DEFAULT = parse_template(PACKAGED_TEMPLATE.read_text(encoding="utf-8"), PACKAGED_TEMPLATE)


def template_of(*names: str) -> Template:
    return parse_template("".join(f"## {name} (required)\n\n" for name in names), Path("own.md"))


TEMPLATES = (
    DEFAULT,
    template_of("问题", "关键思路：为什么这样设计", "局限与改进"),
    template_of("課題", "アイデア", "限界"),
    template_of("문제", "핵심 아이디어", "한계"),
    template_of("Problème", "Idée clé : pourquoi", "Limites et suites"),
    template_of("Problem", "Schlüsselidee", "Schwächen"),
    template_of("Проблема", "Ключевая идея", "Ограничения"),
    template_of("Πρόβλημα", "Κεντρική ιδέα", "Όρια"),
    template_of("समस्या", "मुख्य विचार", "सीमाएँ"),
    template_of("المشكلة", "الفكرة", "الحدود"),
    template_of("ปัญหา", "แนวคิดหลัก", "ข้อจำกัด"),
    template_of("1. Problem", "2. Key idea", "🚧 Limits"),
    template_of("C#", "3D structure", "Idea 1", "Idea 2", "#1"),
)


def filled(heading: str, template: Template = DEFAULT) -> list[str]:
    index = index_note(f"{heading}\nsome words\n", template)
    return [section.name for section in index.sections if section.filled]


def near(text: str, template: Template = DEFAULT) -> list[str]:
    return [miss.words for miss in index_note(text, template).near_misses]


@pytest.mark.parametrize("number", ["1.", "2)", "(3)", "1.2", "1.2.", "§ 4", "§2.1", "IV.", "ii)", "I", "a)"])
@pytest.mark.parametrize("name", ["Problem", "**Problem**", "problem:"])
def test_a_number_before_the_name_does_not_matter(number: str, name: str) -> None:
    assert filled(f"## {number} {name}") == ["Problem"]


@each(
    "heading",
    [
        "1️⃣ Problem",
        "① Problem",
        "1\\. Problem",
        "1 – Problem",
        "1: Problem",
        "🎯 Problem",
        "Problem 🏳️‍🌈",
        "👩🏽‍🔬Problem",
        ":rocket: Problem",
        "✅ Problem",
        "Problem ^problem-1",
        "Problem {#problem}",
        "Problem {#problem .wide data-x=1}",
        "Problem {: #problem}",
        "[Problem](https://arxiv.org/abs/1311.2524)",
        "[Problem](<a b> 'title (x)')",
        "[Problem][ref]",
        "[Problem]",
        "[[Problem]]",
        "[[rcnn#Problem]]",
        "[[rcnn|Problem]]",
        "Problem [[rcnn]]",
        "[[rcnn]] Problem",
        "Problem ([paper](https://x.org/a_(b)))",
        "Problem [§3](x) [§4](y)",
        "[Problem](x) [see](y)",
        "Problem https://arxiv.org/abs/1311.2524",
        "Problem <https://arxiv.org>",
        "Problem[^1]",
        "Problem [@girshick2014]",
        "![icon](i.png) Problem",
        "[x] Problem",
        "- Problem -",
        "Problem #todo",
        "#todo Problem",
        "#todo/later Problem #a #b",
        "__Problem__",
        "_Problem_",
        "***Problem***",
        "`Problem`",
        "~~Problem~~",
        "==Problem==",
        "<u>Problem</u>",
        '<a id="p"></a>Problem',
        "Problem <!-- mine -->",
        "Problem %% mine %%",
        "&nbsp;Problem",
        "Problem:",
        "Problem：",
        "Problem —",
        "Problem …",
        "“Problem”",
        "Problem (required) ✅",
        "**1. [Problem](x)** 🎯 #todo ^id",
        "2. Problem ##",
    ],
)
def test_what_stands_beside_the_name_does_not_matter(heading: str) -> None:
    assert filled(f"## {heading}") == ["Problem"]
    assert filled(f"{heading}\n---") == ["Problem"] or heading.startswith(("- ", "2.", "[x]"))
    answers = note_answers(f"## {heading}\nsome words\n", DEFAULT)
    assert (answers["Problem"].text, len(answers)) == ("some words", len(DEFAULT.sections))


BEFORE = (
    "1. ",
    "2) ",
    "(3) ",
    "§ 1.2 ",
    "IV. ",
    "🎯 ",
    "✅",
    "#tag ",
    ":memo: ",
    "1️⃣ ",
    "[[a-note]] ",
    "— ",
    "७. ",
)
AFTER = (
    " ^block-id",
    " {#id .class}",
    " [see](https://x.org)",
    " [[other|there]]",
    " #tag",
    " #deep/tag",
    " 🚧",
    ":",
    " …",
    " <!-- c -->",
    " %% c %%",
    "[^2]",
)
AROUND = (
    ("**", "**"),
    ("*", "*"),
    ("[", "](https://x.org)"),
    ("[[a|", "]]"),
    ("", ""),
    ("`", "`"),
    ("==", "=="),
)


@examples(100)
@given(
    st.sampled_from(TEMPLATES),
    st.integers(0, 9),
    st.lists(st.sampled_from(BEFORE), max_size=2),
    st.sampled_from(AROUND),
    st.lists(st.sampled_from(AFTER), max_size=3),
)
def test_any_decoration_in_any_language(
    template: Template, number: int, before: list[str], around: tuple[str, str], after: list[str]
) -> None:
    section = template.sections[number % len(template.sections)]
    heading = f"## {''.join(before)}{around[0]}{section.name}{around[1]}{''.join(after)}"
    if section.name in {"Idea 1", "Idea 2", "#1", "C#"} and (before or after or around[0]):
        return  # these need what looks like a decoration
    assert filled(heading, template) == [section.name]
    assert near(f"{heading}\n", template) == []


def test_names_that_differ_by_their_decoration_are_told_apart() -> None:
    template = template_of("Idea 1", "Idea 2", "1. Result", "2. Result", "C", "C#")
    for section in template.sections:
        assert filled(f"## {section.name}", template) == [section.name]
    assert filled("## Result", template) == []


@pytest.mark.parametrize(
    "heading", ["3D Problem", "Problems", "No Problem", "Problem 1", "C", "Mix Limits", "vi Limits"]
)
def test_other_words_make_another_heading(heading: str) -> None:
    assert filled(f"## {heading}") == []


@each(
    ("heading", "words"),
    [
        ("## Probelm", '"Probelm" may mean Problem'),
        ("## Problems", '"Problems" may mean Problem'),
        ("## 1. Probelm #todo", '"1. Probelm #todo" may mean Problem'),
        ("## The problem", '"The problem" may mean Problem'),
        ("## Limitations", '"Limitations" may mean Limits'),
        ("## Key idea of it", '"Key idea of it" may mean Key idea'),
        ("Probelm\n---", '"Probelm" may mean Problem'),
        ("# Problem", '"# Problem" may mean "## Problem"'),
        ("### Problem", '"### Problem" may mean "## Problem"'),
        ("#### 2. Limits", '"#### 2. Limits" may mean "## Limits"'),
        ("##Problem", '"##Problem" may mean "## Problem"'),
        ("a\n###Limits", '"###Limits" may mean "## Limits"'),
        ("##\u3000Problem", '"##Problem" may mean "## Problem"'),
        ("##\u00a0Problem", '"##Problem" may mean "## Problem"'),
        ("> ## Problem", '"> ## Problem" may mean "## Problem"'),
        ("1. > ## Problem", '"1. > ## Problem" may mean "## Problem"'),
        ("- a\n\n  ## Problem", '"- ## Problem" may mean "## Problem"'),
        ("**Problem**\n", '"**Problem**" may mean "## Problem"'),
        ("__1. Problem__:\n", '"__1. Problem__:" may mean "## Problem"'),
        ("1. Problem\n----------\n", '"Problem" may mean "## Problem"'),
        ("```\ncode\n\n## Problem", 'code that is not closed hides "## Problem"'),
        ("~~~~\n~~~\n## 1. Problem", 'code that is not closed hides "## Problem"'),
    ],
)
def test_a_near_miss_is_named_with_what_it_may_mean(heading: str, words: str) -> None:
    assert near(f"{heading}\nwords\n") == [words]


@each(
    "text",
    [
        "## Results\nwords\n",
        "## Zoo\nwords\n",
        "### from rcnn\nwords\n",
        "## A\nwords\n",
        "# Deep Residual Learning\n",
        "## Problem\nwords\n\n## Problems with it\nmore\n",
        "## Problem\nwords\n\n### Problem\nmore\n",
        "```\n## Probelm\n##Problem\n```\n",
        "~~~~\n## Problem\n~~~~~\n\n",
        "- item\n\n  ```\n  ## Problem\n",
        "```\n",
        "## Problem\n\n**Problem**\n",
        "**Problem** is what it solves\n",
        "- Problem\n- Limits\n",
        "1. Problem\n\n---\n",
        "<!--\n## Probelm\n-->\n",
        "%%\n## Probelm\n%%\n",
        "#problem\n",
        "##\n",
        "",
        DEFAULT.fill("rcnn", "Problem", None, []).replace("# Problem\n", "# A title\n", 1),
    ],
)
def test_what_is_no_near_miss(text: str) -> None:
    assert near(text) == []


def test_a_near_miss_in_other_languages() -> None:
    chinese = template_of("问题", "局限与改进")
    assert near("## 存在的问题\n慢\n", chinese) == ['"存在的问题" may mean 问题']
    assert near("## 局限和改进\n慢\n", chinese) == ['"局限和改进" may mean 局限与改进']
    assert near("## Schwachen\nlangsam\n", template_of("Schwächen")) == ['"Schwachen" may mean Schwächen']


def test_a_near_miss_is_told_once_and_of_an_own_title_nothing() -> None:
    misses = index_note("## Probelm\na\n\n## Probelm\nb\n\n## Limts\nc\n", DEFAULT).near_misses
    assert misses == (
        NearMiss("## Probelm", "Problem"),
        NearMiss("## Limts", "Limits and what I would change"),
    )
    assert len(index_note("".join(f"## Probelm {n}\n" for n in range(500)), DEFAULT).near_misses) == 20


def test_the_packaged_template_is_read_as_any_other(tmp_path: Path) -> None:
    assert read_template(tmp_path) == DEFAULT


@given(st.text(st.characters()) | st.text("#[]()|^{}*_`<>!§1.ivx:~=\\% a", max_size=60))
def test_any_heading_is_looked_at(heading: str) -> None:
    for template in TEMPLATES[:2]:
        near(f"## {heading}\n", template)
