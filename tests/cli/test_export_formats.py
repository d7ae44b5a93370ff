"""What holds of every format of `export`: it is told before, and nothing is written twice."""

from collections.abc import Iterator
from pathlib import Path

import click

from papertrail.cli.main import papertrail
from tests.cli.program import Program
from tests.trails import NOTE

FORMS = {
    "": "",
    "markdown": "",
    "md": "-l r-cnn",
    "html": "",
    "html of a lineage": "-l r-cnn",
    "book": "",
    "obsidian": "",
    "anki": "",
    "bibtex": "",
    "biblatex": "",
    "ris": "",
    "csl-json": "",
    "csv": "",
    "jsonl": "",
    "ics": "",
    "tellings": "--tellings",
}
"""Each format, perhaps with a word about which of its kinds, and what options make it something to write."""
JOURNALS = {"jsonl"}
"""Those that tell of the other exports, too, and so are another file after each of them."""
FOLDERS = {"", "markdown", "obsidian"}
"""Those that are more than one file."""
QUESTIONS = "\n## Questions\n\nQ: Why {}?\n\nA: Because it is shared.\n"


def of_export() -> Iterator[str]:
    """Yield what `--format` takes."""
    command = papertrail.get_command(click.Context(papertrail), "export")
    assert command is not None
    for parameter in command.params:
        if parameter.name == "form":
            assert isinstance(parameter.type, click.Choice)
            yield from parameter.type.choices


def files(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return what stands for each file: another one, or one written anew, is told apart by it."""
    return {
        str(path.relative_to(folder)): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".papertrail-export" not in path.name
    }


def test_every_format_is_in_the_table() -> None:
    assert {name.split()[0] for name in FORMS if name} - {"tellings"} == set(of_export())


def test_each_is_told_before_and_not_written_twice(program: Program, tmp_path: Path) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE + QUESTIONS.format("crop"))
    program.ok("done", "rcnn")
    program.ok("tell", "sgd", "--stdin", stdin="It all began with Adam.\n")
    options = {
        name: [
            *(["--format", name.split()[0]] if name.split()[:1] not in ([], ["tellings"]) else []),
            *more.split(),
        ]
        for name, more in FORMS.items()
    }
    targets = {name: tmp_path / f"to {number}" for number, name in enumerate(FORMS)}

    def exported(name: str, *more: str) -> dict[str, list[str]]:
        said = program.run("export", *options[name], "--to", str(targets[name]), *more, "--json")
        assert (said.code, said.err) == (0, ""), (name, said)
        assert said.json["is_done"] is ("--dry-run" not in more)
        found: dict[str, list[str]] = {}
        for file in said.json["files"]:
            assert set(file) == {"path", "becomes"}
            found.setdefault(file["becomes"], []).append(str(Path(file["path"]).relative_to(targets[name])))
        return found

    def log() -> str:
        return program.ok("undo", "--list")

    for name, to in targets.items():
        before = files(program.trail / ".papertrail" / "written") if name != "" else {}
        done = log()
        told = exported(name, "--dry-run")
        assert not to.exists() and set(told) == {"new"}, name
        assert log() == done and (name == "" or files(program.trail / ".papertrail" / "written") == before)
        assert exported(name) == told
        assert sorted(files(to)) == told["new"], name
    written = {name: files(to) for name, to in targets.items()}
    still = {name: to for name, to in targets.items() if name not in JOURNALS}
    for name, to in still.items():
        assert exported(name) == {"unchanged": sorted(written[name])}, name
        assert files(to) == written[name], name
    program.ok("rate", "adam", "3")
    program.ok("undo")
    for name, to in still.items():
        assert exported(name) == {"unchanged": sorted(written[name])}, name
        assert files(to) == written[name], f"{name}: worked out again, and the same"
    program.ok("edit", "rcnn", "title=Other features", "authors=Jane Roe")
    program.ok("note", "rcnn", "--stdin", stdin=NOTE + QUESTIONS.format("warp"))
    program.ok("queue", "adam")
    program.ok("tell", "sgd", "--stdin", stdin="Then came the others.\n")
    for name, to in targets.items():
        told = exported(name, "--dry-run")
        assert told["changed"] and files(to) == written[name], name
        assert exported(name) == told, name
        again = files(to)
        assert {one for one in again if again[one] != written[name][one]} == set(told["changed"]), name
    for name, to in targets.items():
        mine = to / next(iter(files(to)))
        mine.write_text("mine", encoding="utf-8")
        assert str(mine.relative_to(to)) in exported(name, "--dry-run")["left alone"], name
        program.run("export", *options[name], "--to", str(to))
        assert mine.read_text(encoding="utf-8") == "mine", name
        if name not in FOLDERS:
            whole, folder = tmp_path / f"{to.name}.of-mine", tmp_path / f"{to.name}.d"
            folder.mkdir()
            for one in (whole, folder):
                program.ok("export", *options[name], "--to", str(one))
            assert whole.is_file() and list(files(folder)) == list(files(to)), f"{name}: a file by any name"


def test_in_words_and_not_of_what_goes_out(program: Program, tmp_path: Path) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    to = tmp_path / "a.bib"
    for word in ("new", "unchanged"):
        said = program.ok("export", "--format", "bibtex", "--to", str(to), "--dry-run")
        assert said == f"{word:<10}  {to}\n"
        program.ok("export", "--format", "bibtex", "--to", str(to))
    for form in ("--format bibtex", "-l sgd", "--tellings", "--format html --to -"):
        for option in ("--dry-run", "--json"):
            result = program.run("export", *form.split(), option)
            assert (result.code, result.out, result.err.count("\n")) == (2, "", 1), form


def test_the_calendar_and_all_there_is_are_not_written_out_in_place_of_a_list(program: Program) -> None:
    for form in ("jsonl", "ics"):
        run = program.run("export", "--format", form, "--dry-run")
        assert run.code == 2 and run.out == "" and "name one: --to FILE" in run.err


def test_a_query_that_finds_nothing_is_said(program: Program) -> None:
    run = program.run("export", "--format", "bibtex", "--query", "tag:nobody")
    assert run.code == 0 and "no paper fits tag:nobody" in run.err


def test_a_file_that_is_as_it_was_is_not_said_to_be_written(program: Program, tmp_path: Path) -> None:
    for form in ("bibtex", "csv", "book", "html"):
        to = tmp_path / ("to.md" if form == "book" else f"to.{form}")
        for said in ("written", "unchanged"):
            assert program.ok("export", "--format", form, "--to", str(to)).splitlines()[-1].startswith(said)
