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


def test_our_own_files_are_known_again_whoever_saved_them(program: Program, tmp_path: Path) -> None:
    files = [tmp_path / f"out{number}.csv" for number in range(6)]
    started = [program.start_in_terminal("lineage", "save", str(file)) for file in files]
    assert [terminal.end()[0] for terminal in started] == [0] * len(files)
    program.ok("lineage", "link", "adam", "--on", "rcnn")
    for file in files:
        assert program.run("lineage", "save", str(file)).code == 0, "all at once are remembered"
        assert "rcnn" in file.read_text(encoding="utf-8").split("adam")[1]


def test_a_trail_that_moves_knows_its_files_inside(program: Program, tmp_path: Path) -> None:
    program.ok("lineage", "save", "inside.csv")
    moved = Program(program.trail.rename(tmp_path / "moved"), program.env)
    moved.ok("lineage", "link", "adam", "--on", "rcnn")
    assert moved.run("lineage", "save", "inside.csv").code == 0


def test_what_is_remembered_comes_before_the_file(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    program.ok("lineage", "save", str(file))
    before = file.read_bytes()
    program.ok("lineage", "link", "adam", "--on", "rcnn")
    program.ok("lineage", "save", str(file))
    file.write_bytes(before)  # as if killed between the two
    assert program.run("lineage", "save", str(file)).code == 0
    record = program.trail / ".papertrail" / "written"
    for one in record.iterdir():
        one.write_bytes(b"\xff")
    program.ok("lineage", "unlink", "adam", "--on", "rcnn")
    result = program.run("lineage", "save", str(file))
    assert result.code == 2 and "is not papertrail's, or was changed since" in result.err, "in doubt it stays"


def test_the_trail_s_own_folders_are_no_place_for_what_is_given_away(program: Program) -> None:
    for folder in ("notes", "seeds", ".papertrail", ".papertrail/deeper", "notes/deeper"):
        result = program.run("export", "--to", folder)
        assert (result.code, result.out, result.err.count("\n")) == (2, "", 1), folder
        assert "choose another place" in result.err
        assert program.run("lineages", "sgd", "--svg", f"{folder}/x/map.svg").code in (0, 2)
    assert not (program.trail / "notes" / "x").exists()
