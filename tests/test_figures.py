"""Figures: what is measured is printed, and stands in the JSON file."""

import json
from pathlib import Path

import pytest

from bench.figures import Line, printed, write


def test_figures_are_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [Line("list", "s", 0.3, 0.2, 0.1), Line("memory", "MB", 80, 300), Line("indexed", "s", 64)]
    assert printed("scale", iter(lines)) == lines
    table = capsys.readouterr().out.splitlines()
    assert len(table) == 4 and table[1].endswith("over") and "3.00×" in table[1]
    assert "over" not in "".join(table[2:])
    write(tmp_path / "figures.json", {"scale": lines})
    told = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert [line["over"] for line in told["groups"]["scale"]] == [True, False, False]
    assert told["groups"]["scale"][1] == {**lines[1]._asdict(), "over": False}
    assert {"papertrail", "python", "sqlite", "system"} < told.keys()
