"""init, seed and export."""

import os
from pathlib import Path

from tests.cli.program import Program
from tests.trails import NOTE, RCNN, write_seeds


def tree(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}


def test_init_makes_a_trail_and_leaves_one_alone(shared: Program, tmp_path: Path) -> None:
    made = shared.run("init", "new", cwd=tmp_path)
    root = tmp_path / "new"
    assert made.code == 0 and made.out.startswith(f"made a trail in {root}\n198 papers in 15 lineages; ")
    assert f"cd {root}" in made.err
    assert (root / "notes" / "README.md").is_file() and (root / ".papertrail" / "library.db").is_file()
    (root / "notes" / "resnet.md").write_text("mine", encoding="utf-8")
    before = tree(root)
    again = shared.run("init", "new", cwd=tmp_path)
    assert (again.code, again.err) == (0, "") and "already" in again.out
    assert tree(root) == before
    assert shared.run("--home", str(root), "init", cwd=tmp_path).out == again.out
    assert shared.run("init", cwd=tmp_path, env={"PAPERTRAIL_HOME": "new"}).out == again.out
    assert shared.run("init", cwd=root).out == again.out


def test_init_where_no_folder_can_be(shared: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = shared.run("init", "file/inside", cwd=tmp_path)
    assert (result.code, result.out) == (5, "") and result.err.count("\n") == 1


def test_seed_loads_good_rows_and_names_bad_ones(program: Program, tmp_path: Path) -> None:
    program.ok("done", "rcnn")
    rows = [list(row) for row in RCNN]
    rows.append(["SGD", "rmsprop", "RMSprop", "Tijmen Tieleman", "2012", "", "", "", ""])
    rows.append(["SGD", "BAD KEY", "Bad", "Nobody", "2012", "", "", "", ""])
    path = write_seeds(tmp_path / "more.csv", rows)
    result = program.run("seed", str(path))
    assert result.code == 1 and result.out.startswith("1 added, ")
    assert result.err.count("\n") == 1 and "more.csv, line 9, column key" in result.err
    assert program.run("show", "rmsprop", "--json").json["lineages"] == ["SGD"]
    assert program.run("show", "rcnn", "--json").json["status"] == "read"
    path = write_seeds(tmp_path / "more.csv", rows[:-1])
    assert program.ok("seed", str(path)) == "0 added, 0 changed, 7 as they were\n"


def test_seed_without_a_file(program: Program) -> None:
    result = program.run("seed", "nothing.csv")
    assert (result.code, result.out) == (1, "") and result.err.count("\n") == 1


def test_a_bad_row_of_the_trail_s_own_seeds_is_a_warning(program: Program) -> None:
    with (program.trail / "seeds" / "papers.csv").open("a", encoding="utf-8") as file:
        file.write("SGD,bad,Bad,Nobody,soon,,,,\n")
    result = program.run("list", "adam")
    assert result.code == 0 and "adam" in result.out
    assert result.err.count("\n") == 1 and "line 8, column year" in result.err


def test_export_writes_once_and_says_where(program: Program, tmp_path: Path) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    folder = tmp_path / "vault"
    first = program.ok("export", "--to", str(folder))
    assert first.endswith(f": {folder}\n") and "Region proposals are slow." in "".join(
        p.read_text(encoding="utf-8") for p in folder.rglob("*.md")
    )
    before = tree(folder)
    assert program.ok("export", "--to", str(folder)).startswith("0 files written")
    assert tree(folder) == before
    assert program.ok("export").endswith(f": {program.trail / 'export'}\n")


def test_export_where_no_folder_can_be(program: Program) -> None:
    result = program.run("export", "--to", os.devnull + "/inside")
    assert (result.code, result.out) == (5, "") and result.err.count("\n") == 1


def test_commands_leave_a_foreign_project_alone(program: Program, tmp_path: Path) -> None:
    seeds = tmp_path / "project" / "seeds" / "papers.csv"
    folder = write_seeds(seeds, [("x", "X", "")], ("key", "title", "url")).parents[1]
    before = sorted(folder.rglob("*"))
    own = {"PAPERTRAIL_HOME": str(program.trail)}
    for command in (("list",), ("done", "rcnn"), ()):
        assert program.run(*command, cwd=folder, env=own).code == 0
        refused = program.run("--home", str(folder), *command, cwd=folder)
        assert refused.code == 1 and "papertrail init" in refused.err
        assert sorted(folder.rglob("*")) == before
