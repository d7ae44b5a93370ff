"""docs/SEARCH.md has the table of fields that the code has, and its examples are understood."""

import re
from pathlib import Path

from papertrail.domain.query.fields import FIELDS, Field
from papertrail.domain.query.parser import parse

DOCS = (Path(__file__).parents[3] / "docs" / "SEARCH.md").read_text(encoding="utf-8")


def row(field: Field) -> str:
    values = ", ".join(
        " ".join(f"`{name}`" for name in (value, *others)) for value, others in field.values.items()
    )
    cells = (
        " ".join(f"`{name}`" for name in (field.name, *field.aliases)),
        field.means + (f": {values}" if values else ""),
        " ".join(f"`{example}`" for example in field.examples),
    )
    return f"| {' | '.join(cells)} |"


def table() -> str:
    return "\n".join(["| field | asks for | examples |", "| --- | --- | --- |", *map(row, FIELDS)])


def test_the_table_of_fields_is_that_of_the_code() -> None:
    there = re.search(r"<!-- fields:.*?-->\n(.*?)<!-- /fields -->", DOCS, re.DOTALL)
    assert there is not None
    assert there[1].strip() == table()


def test_what_the_page_shows_is_understood() -> None:
    told = DOCS.partition("## What is told")[0]
    for typed in re.findall(r"^\| (`.*?) \|", told, re.MULTILINE):
        for example in re.findall("`(.+?)`", typed):
            if ".." not in example and not re.match(r"[<>\d]", example):
                assert not parse(example).remarks, example
    for example in re.findall(r"`([^`]+\.\.[^`]*)`", told.rpartition("| ranges")[2]):
        assert not parse(f"{'added' if 'w' in example else 'year'}:{example}").remarks, example
