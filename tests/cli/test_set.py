"""papertrail set, and what it changes."""

import pytest

from tests.cli.program import Program


def test_settings_are_listed_with_what_they_mean(shared: Program) -> None:
    out = shared.ok("set")
    assert out.split()[:5] == ["next-depth", "1", "how", "many", "steps"]
    assert "a number from 0 to 99, or all; 1 unless set" in out
    assert shared.ok("set", "next-depth").split() == out.splitlines()[0].split()
    setting, day_starts, offline, *_ = shared.run("set", "--json").json["settings"]
    assert setting["name"] == "next-depth" and (setting["value"], setting["default"]) == ("1", "1")
    assert (day_starts["name"], day_starts["value"]) == ("day-starts", "00:00")
    assert (offline["name"], offline["value"]) == ("offline", "off")
    assert set(setting) == {"name", "value", "default", "means", "allowed"}
    code, raw = shared.in_terminal("set", columns=60)
    assert code == 0 and b"a number from 0 to 99" in raw


def test_a_setting_changes_what_comes_next(program: Program) -> None:
    program.ok("lineage", "add", "Short", "faster-rcnn")
    program.ok("lineage", "remove", "R-CNN to Faster R-CNN", "faster-rcnn")
    for key in ("rcnn", "sppnet", "fast-rcnn"):
        program.ok("lineage", "remove", "R-CNN to Faster R-CNN", key)
    program.ok("lineage", "remove", "SGD", "adam", "robbins-monro")

    def keys(*options: str) -> list[str]:
        return [paper["key"] for paper in program.run("next", "--json", "-n", "2", *options).json["papers"]]

    assert keys() == ["fast-rcnn", "faster-rcnn"]
    assert keys("--depth", "all") == ["rcnn", "sppnet"]
    assert program.ok("set", "next-depth", "all") == "next-depth  1 → all\n"
    assert program.ok("set", "next-depth", "ALL") == "next-depth  already all\n"
    assert keys() == ["rcnn", "sppnet"]
    assert "fast-rcnn" in program.ok().partition("Next:")[2].splitlines()[3], "the summary follows"
    assert keys("--depth", "0")[0] == "faster-rcnn"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("set", "next-dept"), "there is no setting next-dept: did you mean next-depth?"),
        (("set", "nothing", "1"), "there is no setting nothing: there is next-depth"),
        (("set", "next-depth", "-1"), "next-depth cannot be -1: give a number from 0 to 99, or all"),
        (("set", "next-depth", ""), "next-depth cannot be empty: give a number from 0 to 99, or all"),
        (("set", "next-depth", "2", "3"), "unexpected extra argument (3)"),
        (("set", "next-depth", "2", "--json"), "--json goes with the list"),
        (("next", "--depth", "deep"), "next-depth cannot be deep: give a number from 0 to 99, or all"),
    ],
)
def test_what_cannot_be_set(shared: Program, arguments: tuple[str, ...], said: str) -> None:
    result = shared.run(*arguments)
    assert (result.code, result.out) == (2, "") and said in result.err
    assert shared.ok("set").split()[:2] == ["next-depth", "1"]
