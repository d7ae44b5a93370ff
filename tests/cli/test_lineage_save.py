"""`papertrail lineage save`: what one trail writes another one loads."""

from pathlib import Path

from tests.cli.conftest import clean_environment
from tests.cli.program import Program
from tests.trails import small_trail


def test_lineages_are_given_to_another_trail(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    assert program.ok("lineage", "save", str(file)) == f"2 lineages, 6 papers: {file}\n"
    assert program.ok("seed", str(file)) == "0 added, 0 changed, 6 as they were\n"
    other = Program(small_trail(tmp_path / "other", []).root, clean_environment(tmp_path / "elsewhere"))
    assert other.ok("seed", str(file)) == "6 added, 0 changed, 0 as they were; 2 lineages changed\n"
    assert other.run("lineages", "--json").json == program.run("lineages", "--json").json
    assert other.run("list", "--json").json == program.run("list", "--json").json


def test_some_by_the_beginning_of_their_names(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "sgd.csv"
    assert program.ok("lineage", "save", str(file), "sgd") == f"1 lineage, 2 papers: {file}\n"
    assert [line.split(",")[1] for line in file.read_text(encoding="utf-8").splitlines()] == [
        "key",
        "robbins-monro",
        "adam",
    ]


def test_mistakes_are_one_line(program: Program, tmp_path: Path) -> None:
    seeds = program.trail / "seeds" / "papers.csv"
    before = seeds.read_bytes()
    for arguments, code, said in (
        ((str(seeds),), 2, "own list of papers"),
        ((str(tmp_path / "x.csv"), "nothing"), 1, "no lineage is called nothing"),
        ((str(seeds / "x.csv"),), 5, "cannot write"),
    ):
        result = program.run("lineage", "save", *arguments)
        assert (result.code, result.out, result.err.count("\n")) == (code, "", 1) and said in result.err
    assert seeds.read_bytes() == before
