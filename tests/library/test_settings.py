"""Settings: their values, what is refused, what is remembered."""

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papertrail.domain.errors import BadInput
from papertrail.domain.settings import NEXT_DEPTH, SETTINGS, setting_called
from tests.trails import opened, small_trail


@pytest.mark.parametrize(
    ("text", "value"), [("0", 0), ("1", 1), (" 02 ", 2), ("99", 99), ("all", "all"), ("ALL", "all")]
)
def test_a_depth(text: str, value: int | str) -> None:
    assert NEXT_DEPTH.parse(text) == value


@given(st.text())
def test_no_other_depth(text: str) -> None:
    try:
        value = NEXT_DEPTH.parse(text)
    except BadInput as error:
        assert "a number from 0 to 99, or all" in str(error) and len(str(error)) < 120
    else:
        assert value == "all" or value in range(100)
        assert NEXT_DEPTH.parse(str(value)) == value


@pytest.mark.parametrize("text", ["", "-1", "100", "1.5", "²", "٣", "two", "9" * 5000, "all of them"])
def test_what_is_no_depth(text: str) -> None:
    with pytest.raises(BadInput, match="give a number from 0 to 99, or all"):
        NEXT_DEPTH.parse(text)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda setting: setting.name)
def test_every_setting_takes_its_own_default_and_says_what_it_is(setting: object) -> None:
    one = setting_called(getattr(setting, "name", "").upper())
    assert one is setting
    assert one.parse(str(one.default)) == one.default
    assert one.means and one.allowed


@pytest.mark.parametrize(
    ("name", "said"),
    [("next-dept", "did you mean next-depth"), ("zz", "there is next-depth"), ("", "without")],
)
def test_a_name_there_is_not(name: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        setting_called(name)


def test_a_change_is_remembered_and_journalled(tmp_path: Path) -> None:
    home = small_trail(tmp_path)
    with opened(home) as library:
        assert [(one.setting.name, one.value, one.is_default) for one in library.settings.all()] == [
            ("next-depth", "1", True),
            ("day-starts", "00:00", True),
            ("offline", "off", True),
            ("inbox-days", "30", True),
            ("tell-minutes", "3", True),
            ("theme", "dark", True),
            ("list-columns", "year,title,key", True),
            ("list-sort", "none", True),
            ("review-retention", "0.9", True),
            ("review-minutes", "10", True),
            ("review-new", "10", True),
            ("review-ready-by", "goal", True),
            ("guess", "on", True),
            ("backup-daily", "on", True),
            ("backup-size", "500", True),
            ("export-obsidian", "off", True),
        ]
        library.settings.set("next-depth", "1")  # no news
        before, after = library.settings.set("NEXT-DEPTH", " 3")
        assert (before.value, after.value) == ("1", "3")
        with pytest.raises(BadInput):
            library.settings.set("next-depth", "x")
        with pytest.raises(BadInput):
            library.settings.set("seeds", "x")  # what the library remembers for itself is no setting
    with opened(home) as library:
        library.settings.set("next-depth", "ALL")
        library.settings.set("next-depth", "all")
        assert library.settings.get(NEXT_DEPTH) == "all"
    connection = sqlite3.connect(home.private / "library.db")
    rows = connection.execute(
        "SELECT before, after FROM journal WHERE verb = 'setting' ORDER BY id"
    ).fetchall()
    assert [tuple(json.loads(one) if one else None for one in row) for row in rows] == [
        (None, {"name": "next-depth", "value": "3"}),
        ({"name": "next-depth", "value": "3"}, {"name": "next-depth", "value": "all"}),
    ]
    connection.execute("UPDATE setting SET value = 'something new' WHERE name = 'next-depth'")
    connection.commit()
    connection.close()
    with opened(home) as library:
        assert library.settings.get(NEXT_DEPTH) == 1, "what is not understood is as it was in the beginning"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("list-columns", "key, WORDS year", "year,title,words,key"),
        ("list-columns", "title", "title"),
        ("list-sort", "-Added", "-added"),
        ("list-sort", "none", "none"),
    ],
)
def test_columns_and_order_of_the_list(tmp_path: Path, name: str, text: str, value: str) -> None:
    with opened(small_trail(tmp_path)) as library:
        assert library.settings.set(name, text)[1].value == value
        for wrong in ("", "colour", "year;key", "--year"):
            with pytest.raises(BadInput):
                library.settings.set(name, wrong)
