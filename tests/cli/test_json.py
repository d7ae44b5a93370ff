"""docs/JSON.md names every field the program writes, and no other."""

import re
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.trails import NOTE

DOCS = Path(__file__).parent.parent.parent / "docs" / "JSON.md"
COMMANDS = (
    ("list",),
    ("show", "fast-rcnn"),
    ("compare", "rcnn"),
    ("lineages",),
    ("lineages", "--overview"),
    ("lineages", "SGD"),
    ("progress",),
    ("goal",),
    ("goal", "history"),
    ("next",),
    ("set",),
    ("undo", "--list"),
    ("status",),
)


def fields_in(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {name for inner in value.values() for name in fields_in(inner)}
    if isinstance(value, list):
        return {name for inner in value for name in fields_in(inner)}
    return set()


def documented(text: str) -> set[str]:
    return set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))


def section(heading: str) -> str:
    text = DOCS.read_text(encoding="utf-8")
    return text.partition(f"\n## {heading}")[2].partition("\n## ")[0]


def test_every_field_is_documented_and_written(shared: Program) -> None:
    written = {name for command in COMMANDS for name in fields_in(shared.run(*command, "--json").json)}
    elsewhere = (
        "note KEY --history",
        "notes --json",
        "notes --grep",
        "doctor --json",
        "doctor --list-checks",
        "backup",
        "goal set",
        "asked",
        "tag",
        "view list",
        "review --due",
        "review --stats",
        "search",
        "watch",
        "inbox mute",
        "inbox --json",
        "inbox refresh",
        "import",
        "export",
        "tell LINEAGE",
    )
    others = {name for part in elsewhere for name in documented(section(f"`papertrail {part}"))}
    assert written | others == documented(DOCS.read_text(encoding="utf-8"))


def test_the_history_of_a_note_has_its_fields(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=NOTE)
    written = fields_in(program.run("note", "rcnn", "--history", "--json").json)
    assert written == documented(section("`papertrail note KEY --history"))


def test_tags_and_views_have_their_fields(program: Program) -> None:
    program.ok("tag", "rcnn", "+cnn")
    program.ok("view", "save", "cnn", "tag:cnn")
    for command in ("tag", "view list"):
        written = fields_in(program.run(*command.split(), "--json").json)
        assert written == documented(section(f"`papertrail {command} "))


def test_an_import_has_its_fields(program: Program, tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@misc{a, title = {T}}\n@misc{b, title = {U\n", encoding="utf-8")
    written = fields_in(program.run("import", str(tmp_path / "a.bib"), "--json").json)
    assert written == documented(section("`papertrail import "))


def test_an_export_has_its_fields(program: Program) -> None:
    written = fields_in(program.run("export", "--dry-run", "--json").json)
    assert written == documented(section("`papertrail export "))


def test_a_review_has_its_fields(program: Program) -> None:
    program.ok("note", "rcnn", "--stdin", stdin=f"{NOTE}\nQ: why?\nA: so\n")
    program.ok("done", "rcnn")
    program.run("review", "-n", "1", stdin="\ngood\n")
    for command in ("review --due", "review --stats"):
        written = fields_in(program.run(*command.split(), "--json").json)
        assert written == documented(section(f"`papertrail {command} "))


def test_a_question_asked_has_its_fields(program: Program) -> None:
    written = fields_in(program.run("asked", "rcnn", "why 3x3?", "--json").json)
    assert written == documented(section("`papertrail asked"))


def test_another_number_of_words_has_its_fields(program: Program) -> None:
    document = program.run("goal", "set", "--words", "20", "--json").json
    written = fields_in({"floor": document["floor"]})
    assert written == documented(section("`papertrail goal set --json"))
    assert document["goal"] == program.run("goal", "--json").json["goal"]


def test_a_finding_has_its_fields(program: Program) -> None:
    (program.trail / "notes").mkdir(exist_ok=True)
    (program.trail / "notes/ideas.md").write_text("words", encoding="utf-8")
    looked = program.run("doctor", "--json").json
    (program.trail / ".papertrail").chmod(0o755)
    mended = program.run("doctor", "--fix", "--json").json
    assert fields_in(looked) | fields_in(mended) == documented(section("`papertrail doctor --json"))
    assert fields_in(mended) - fields_in(looked) == {"backup", "mended", "not_mended"}
    checks = program.run("doctor", "--list-checks", "--json").json
    assert fields_in(checks) == documented(section("`papertrail doctor --list-checks"))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_each_command_s_own_fields_stand_in_its_section(shared: Program, command: tuple[str, ...]) -> None:
    written = fields_in(shared.run(*command, "--json").json)
    own = documented(
        section(
            f"`papertrail {' '.join(command)} ".replace(" fast-rcnn", "")
            .replace("compare rcnn", "compare")
            .replace(" SGD", " NAME")
        )
    )
    paper = documented(section("A paper in a list"))
    lineages = documented(section("`papertrail lineages"))
    assert own <= written
    goal = documented(section("`papertrail progress"))
    assert written <= own | paper | lineages | goal


def test_exactly_one_object_whatever_the_encoding(shared: Program) -> None:
    plain = shared.run("show", "faster-rcnn", "--json")
    escaped = shared.run(
        "show", "faster-rcnn", "--json", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    )
    assert escaped.out.isascii() and escaped.json == plain.json
    assert plain.out.startswith("{\n") and plain.out.endswith("}\n")


@pytest.mark.parametrize("command", [("list", "-l", "nothing"), ("show", "nobody")])
def test_a_failure_writes_no_json(shared: Program, command: tuple[str, ...]) -> None:
    result = shared.run(*command, "--json")
    assert (result.code, result.out) == (1, "") and result.err.count("\n") == 1


def test_notes_and_their_lines(program: Program) -> None:
    assert program.run("notes", "--json").json == {"notes": []}
    notes = program.trail / "notes"
    notes.mkdir(exist_ok=True)
    program.ok("done", "rcnn", "sppnet")
    (notes / "rcnn.md").write_text(f"{NOTE}\n\nA line [/b] of it.\n", encoding="utf-8")
    (note,) = program.run("notes", "--json").json["notes"]
    assert note["key"] == "rcnn" and note["words"] > 5 and (note["owed"], note["owes"]) == (False, None)
    assert fields_in(note["sections"]) <= documented(section("`papertrail show KEY"))
    assert set(note) | {"notes"} == documented(section("`papertrail notes --json"))
    (owed,) = program.run("notes", "--owed", "--json").json["notes"]
    assert owed["key"] == "sppnet" and owed["owes"]
    lines = program.run("notes", "--grep", "line [/b]", "--json").json["lines"]
    assert set(lines[0]) | {"lines"} == documented(section("`papertrail notes --grep"))
    assert [(one["key"], one["text"]) for one in lines] == [("rcnn", "A line [/b] of it.")]
    assert program.run("notes", "--grep", "no such", "--json").json == {"lines": []}


def test_the_fields_of_a_prompt(program: Program) -> None:
    told = program.run("status", "--json").json
    assert set(told) == documented(section("`papertrail status"))
    assert (told["counted"] == 0 and told["pace"] is None) or isinstance(told["pace"], str)
    assert all(value is None or isinstance(value, int) for name, value in told.items() if name != "pace")
    assert program.run("status", "--json", "--format", "x").code == 2
