"""`papertrail report`: a week or a month as Markdown, inert whatever titles say."""

from tests.cli.program import Program
from tests.trails import NOTE


def at(day: str) -> dict[str, str]:
    return {"PAPERTRAIL_NOW": f"{day}T09:30+01:00"}


def test_a_week_and_a_month(program: Program) -> None:
    program.run("goal", "set", "--from", "2026-03-02", "--to", "2026-08-30", env=at("2026-03-02"))
    program.ok("note", "rcnn", "--stdin", stdin=NOTE, env=at("2026-03-04"))
    program.ok("done", "rcnn", "sppnet", env=at("2026-03-05"))
    program.ok("start", "fast-rcnn", env=at("2026-03-06"))
    week = program.ok("report", env=at("2026-03-06"))
    assert week.splitlines()[0] == "# Papers, Mon 2 Mar to Fri 6 Mar"
    assert "- goal: **1 of 100** papers read and noted, 2 Mar to 30 Aug\n" in week
    assert "## Read and noted: 1\n\n### Rich feature hierarchies\n\n2013 · R-CNN to Faster R-CNN · " in week
    assert "[arXiv:1311.2524](https://arxiv.org/abs/1311.2524)" in week.replace("\\", "")
    assert "> Share the convolutions with the proposals." in week
    assert "## Read, note to come: 1\n\n- Spatial Pyramid Pooling (2014)\n" in week
    assert "## Being read\n\n- Fast R-CNN (2015)\n" in week
    assert "## Next\n\n- Faster R-CNN (2015): " in week
    before = program.ok("report", "--last", env=at("2026-03-06"))
    assert before.splitlines()[0] == "# Papers, Mon 23 Feb to Sun 1 Mar"
    assert "Nothing was finished in these days." in before and "## Next" not in before
    assert "## Read and noted: 1" in program.ok("report", "--last", env=at("2026-03-10"))
    month = program.ok("report", "--month", env=at("2026-03-31"))
    assert month.splitlines()[0] == "# Papers, Sun 1 Mar to Tue 31 Mar"
    assert "## Read and noted: 1" in month
    last = program.ok("report", "--month", "--last", env=at("2026-04-30"))
    assert last.splitlines()[0] == "# Papers, Sun 1 Mar to Tue 31 Mar"
    assert "## Read and noted: 1" in last


def test_february_of_a_leap_year(program: Program) -> None:
    assert program.ok("report", "--month", "--last", env=at("2028-03-01")).startswith(
        "# Papers, Tue 1 Feb to Tue 29 Feb\n"
    )
