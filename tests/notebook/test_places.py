"""Where writing goes on: in the section, whatever stands in it, and nowhere else."""

from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from papertrail.domain.note_text import WritingPlace
from papertrail.notebook.outline import outline
from papertrail.notebook.sections import index_note, writing_places
from papertrail.notebook.template import PACKAGED_TEMPLATE, Template, parse_template
from tests.cases import each
from tests.examples import examples

DEFAULT = parse_template(PACKAGED_TEMPLATE.read_text(encoding="utf-8"), PACKAGED_TEMPLATE)
OWN = parse_template(
    "## 问题（必填）\n一句话。\n\n## Idee\n- [ ] kurz\n\n## Limits (required)\n", Path("own.md")
)


def places(text: str, template: Template = DEFAULT) -> dict[str, WritingPlace]:
    return {place.section: place for place in reversed(all_places(text, template))}


def all_places(text: str, template: Template) -> tuple[WritingPlace, ...]:
    return writing_places(text, outline(text), template)


def written(text: str, place: WritingPlace, words: str) -> str:
    """Return the note after words were typed at a place."""
    return f"{text[: place.at]}{place.before}{words}{place.after}{text[place.at :]}"


def filled(text: str, template: Template = DEFAULT) -> set[str]:
    return {section.name for section in index_note(text, template).sections if section.filled}


@each(
    ("text", "section", "then"),
    [
        ("## Problem\n<!-- What? -->\n\n", "Problem", "## Problem\n<!-- What? -->\nw\n"),
        ("## Problem\n\n<!-- What? -->\n\n", "Problem", "## Problem\n\n<!-- What? -->\nw\n"),
        ("## Problem\n<!-- over\n\nlines -->\n\n", "Problem", "## Problem\n<!-- over\n\nlines -->\nw\n"),
        ("## Problem\n%%\nWhat?\n%%\n\n", "Problem", "## Problem\n%%\nWhat?\n%%\nw\n"),
        ("## Problem\n[//]: # (What?)\n\n", "Problem", "## Problem\n[//]: # (What?)\nw\n"),
        ("## Questions\n<!-- Pairs. -->\nQ:\nA:\n", "Questions", "## Questions\n<!-- Pairs. -->\nQ:w\nA:\n"),
        ("Problem\n-------\n\n\nLimits\n------\n", "Problem", "Problem\n-------\nw\n\nLimits\n------\n"),
        ("Problem\n-------\n\nLimits\n------\n", "Problem", "Problem\n-------\nw\n\nLimits\n------\n"),
        ("## Problem", "Problem", "## Problem\nw"),
        ("## Problem\n## Evidence\n", "Problem", "## Problem\nw\n## Evidence\n"),
        ("## Problem\nEvidence\n---\n", "Problem", "## Problem\nw\n\nEvidence\n---\n"),
        ("## Problem\n```md\n## Evidence\n```\n", "Problem", "## Problem\nw\n\n```md\n## Evidence\n```\n"),
        ("## Problem\n    code = 1\n", "Problem", "## Problem\nw\n\n    code = 1\n"),
        ("## Problem\n### from vgg\n", "Problem", "## Problem\nw\n### from vgg\n"),
        ("## Problem\n---\n", "Problem", "## Problem\nw\n\n---\n"),
        ("\ufeff---\r\nkey: a\r\n---\r\n## Problem\r\n\r\n", "Problem", None),
        ("+++\nkey = 1\n+++\n## Problem\n\n", "Problem", "+++\nkey = 1\n+++\n## Problem\nw\n"),
        ("a\rb\r## Problem\r\r", "Problem", "a\rb\r## Problem\rw\r"),
        (
            "## Key idea\n\nMy outline:\n\n```md\n## Limits\n```\n\n## Limits\n\n",
            "Limits and what I would change",
            "## Key idea\n\nMy outline:\n\n```md\n## Limits\n```\n\n## Limits\nw\n",
        ),
    ],
)
def test_words_are_written_into_the_section(text: str, section: str, then: str | None) -> None:
    after = written(text, places(text)[section], "w")
    assert filled(after) - filled(text) == {section} or section in filled(text)
    if then is not None:
        assert after == then


PIECES = st.lists(
    st.sampled_from(
        [
            "## Problem\n",
            "## 2. Limits\n",
            "Idee\n----\n",
            "## 问题\n",
            "Limits\n---\n",
            "### from vgg\n",
            "### Problem\n",
            "# T\n",
            "```\n",
            "~~~md\n",
            "    code\n",
            "> quoted\n",
            "> ## Problem\n",
            "- item\n",
            "  deeper\n",
            "Q:\nA:\n",
            "words\n",
            "一句话。\n",
            "- [ ] kurz\n",
            "\n",
            "\n",
            "\r\n",
            "\r",
            "---\n",
            "===\n",
            "%%\n",
            "%% a %%\n",
            "a %% b\n",
            "<!-- hint -->\n",
            "<!--\n",
            "-->\n",
            "`\n",
            "[//]: # (x)\n",
            "[//]: # (x\n",
            "<div>\n",
            "</div>\n",
            "<pre>\n",
            "<<<<<<< HEAD\n",
            "=======\n",
            ">>>>>>> theirs\n",
            "| a |\n",
            "end",
        ]
    ),
    max_size=14,
).map("".join)


@examples(100)
@given(st.sampled_from(["", "---\nkey: a\n---\n", "+++\na = 1\n+++\n", "\ufeff"]), PIECES)
@example("", "## Problem\n> ## Problem\n")
def test_writing_on_fills_that_section_and_changes_no_other(before: str, text: str) -> None:
    note = before + text
    for template in (DEFAULT, OWN):
        index = index_note(note, template)
        names = {section.name for section in template.sections}
        there = all_places(note, template)
        for place in (place for place in there if place.section in names):
            text = written(note, place, "Wort")
            after = index_note(text, template)
            assert {s.name for s in after.sections if s.filled} == filled(note, template) | {place.section}
            assert [p.section for p in all_places(text, template)] == [p.section for p in there]
            assert after.words == index.words + 1 or "Wort" in after.body
