"""`export --format jsonl` and `import` of what it wrote."""

from pathlib import Path

from tests.cli.conftest import clean_environment, make_program
from tests.cli.program import Program
from tests.trails import NOTE, small_trail

NOW = {"PAPERTRAIL_NOW": "2026-03-05T09:30"}
ASKED = (
    ("list", "--json"),
    ("progress", "--json"),
    ("progress",),
    ("undo", "--list", "--json"),
    ("review", "--stats"),
    ("review", "--due", "--json"),
    ("goal", "history"),
    ("lineages", "--json"),
    ("view", "list"),
    ("set",),
    ("show", "rcnn", "--json"),
)


def told(program: Program) -> list[str]:
    return [program.ok(*asked, env=NOW).replace(str(program.trail), "") for asked in ASKED]


def test_a_trail_goes_out_and_comes_in_whole(tmp_path: Path) -> None:
    program = make_program(tmp_path / "one")
    program.run("note", "rcnn", "--stdin", stdin=NOTE + "\n\nQ: Why a [/b] z?\nA: 残差\n", env=NOW)
    program.run("done", "rcnn", "--on", "2026-03-02", env=NOW)
    program.run("tag", "adam", "+thesis", env=NOW)
    program.run("view", "save", "mine", "tag:thesis", env=NOW)
    program.run("goal", "set", "40", "--by", "2026-09-01", env=NOW)
    program.run("asked", "rcnn", "why 3x3?", "--failed", env=NOW)
    path = tmp_path / "all.jsonl"
    assert program.ok("export", "--format", "jsonl", "--to", str(path), env=NOW) == f"written: {path}\n"
    text, stamp = path.read_bytes(), path.stat().st_mtime_ns
    assert program.ok("export", "--format", "jsonl", env=NOW).encode() == text
    program.ok("export", "--format", "jsonl", "--to", str(path), env=NOW)
    assert path.stat().st_mtime_ns == stamp

    other = Program(small_trail(tmp_path / "two").root, clean_environment(tmp_path / "home"))
    would = other.run("import", str(path), "--dry-run", env=NOW)
    assert would.code == 0 and would.out.startswith("would be: 6 added (jsonl)\n"), would
    assert would.err == "the whole trail would be as it was, with 1 note\n"
    done = other.run("import", str(path), env=NOW)
    assert (done.code, done.out) == (0, "6 added (jsonl)\n"), done
    assert "the whole trail as it was, with 1 note" in done.err and "papertrail restore" in done.err
    assert told(other) == told(program)

    again = other.run("import", str(path), env=NOW)
    assert (again.code, again.out) == (0, "6 known already (jsonl)\n"), again
    assert "papers and notes come in, the rest does not" in again.err


def test_what_does_not_go_with_it_is_refused(shared: Program, tmp_path: Path) -> None:
    for option in (("--query", "tag:x"), ("--lineage", "SGD"), ("--comments",)):
        refused = shared.run("export", "--format", "jsonl", *option)
        assert (refused.code, refused.out) == (2, "") and "goes with --to alone" in refused.err
    newer = tmp_path / "newer.jsonl"
    newer.write_bytes(b'{"crc":"26fb20c6","papertrail":"trail","version":9,"schema":1}\n')
    refused = shared.run("import", str(newer), "--dry-run")
    assert (refused.code, refused.err.count("\n")) == (3, 1) and "by a newer papertrail" in refused.err
