"""What a note answers to the template's headings, and to those of the reader's own."""

import pytest

from papertrail.domain.lineages.compare import Answer
from papertrail.notebook.sections import UNNAMED, note_answers
from papertrail.notebook.template import PACKAGED_TEMPLATE, Template, parse_template

DEFAULT = parse_template(PACKAGED_TEMPLATE.read_text(encoding="utf-8"), PACKAGED_TEMPLATE)
NAMES = [section.name for section in DEFAULT.sections]
REQUIRED = [section.name for section in DEFAULT.sections if section.required]


def told(text: str, template: Template = DEFAULT) -> dict[str, str]:
    return {name: answer.text for name, answer in note_answers(text, template).items() if answer.text}


@pytest.mark.parametrize("text", ["", DEFAULT.fill("resnet", "T", None, []), "# Only a title\n"])
def test_a_note_that_says_nothing_owes_what_is_required(text: str) -> None:
    answers = note_answers(text, DEFAULT)
    assert list(answers) == NAMES
    assert [name for name, answer in answers.items() if answer.owed] == REQUIRED
    assert not any(answer.text or answer.short for answer in answers.values())


def test_the_templates_order_then_ones_own() -> None:
    note = (
        "## Zoo\nAnimals.\n\n## limits\nSlow.\n\n## PROBLEM\n<!-- hint -->\nBoxes were **slow**.\n\nMore.\n"
        "\n## Empty one\n\n## zoo:\nMore animals.\n"
    )
    answers = note_answers(note, DEFAULT)
    assert list(answers) == [*NAMES, "Zoo"]
    assert answers["Problem"] == Answer("Boxes were **slow**.\n\nMore.", "Boxes were slow.")
    assert answers["Limits and what I would change"].text == "Slow."
    assert answers["Zoo"].text == "Animals.\n\nMore animals."
    assert [name for name, answer in answers.items() if answer.owed] == [NAMES[2]]


def test_a_heading_without_a_name_is_kept() -> None:
    assert told("##\nwords\n") == {UNNAMED: "words"}


def test_headings_alone_are_shown_and_still_owed() -> None:
    answer = note_answers("## Problem\n\n### In short\n", DEFAULT)["Problem"]
    assert answer.owed


def test_the_words_of_the_template_are_no_answer() -> None:
    assert told("## Questions\n<!-- hint -->\nQ:\nA:\n") == {}
    assert told("## Questions\nQ: why?\nA:\n") == {"Questions": "Q: why?"}
