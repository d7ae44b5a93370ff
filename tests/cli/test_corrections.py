"""Papers corrected by hand: renamed, removed, edited, added by hand, merged."""

from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.trails import HOSTILE_TITLES, NOTE, RCNN, write_seeds
from tests.undo.cases import snapshot

NOT_KEYS = ("", "A Key", "../x", "readme", "x" * 65, "-x", "残差", *HOSTILE_TITLES)


def note_of(program: Program, key: str) -> Path:
    return program.trail / "notes" / f"{key}.md"


def write_note(program: Program, key: str, text: str = NOTE) -> bytes:
    program.run("note", key, "--stdin", stdin=f'---\nkey: "{key}"\ntags: [a]\n---\n{text}')
    return note_of(program, key).read_bytes()


def test_a_renamed_paper_answers_to_both_keys(program: Program) -> None:
    before_note = write_note(program, "robbins-monro")
    program.ok("done", "robbins-monro")
    before = snapshot(program.trail)
    said = program.ok("rename", "robbins-monro", "sgd")
    assert said == "sgd  was robbins-monro, and answers to it; its note is notes/sgd.md\n"
    assert not note_of(program, "robbins-monro").exists()
    assert note_of(program, "sgd").read_bytes() == before_note.replace(b'"robbins-monro"', b'"sgd"', 1)
    for key in ("sgd", "robbins-monro"):
        paper = program.run("show", key, "--json").json
        assert (paper["key"], paper["status"], paper["note"]["words"] > 3) == ("sgd", "read", True)
        assert "Region proposals are slow." in program.ok("note", key, "--print")
    assert "sgd" in program.ok("list", "sgd")
    assert program.run("list", "robbins-monro").out == ""
    assert len(program.ok("note", "sgd", "--history").splitlines()) == 2
    assert program.run("doctor").code == 0
    after = snapshot(program.trail)
    assert program.ok("undo").startswith("taken back: robbins-monro renamed to sgd")
    assert snapshot(program.trail) == before
    assert program.ok("redo").startswith("done again: robbins-monro renamed to sgd")
    assert snapshot(program.trail) == after


def test_a_paper_is_renamed_back_and_forth(program: Program) -> None:
    program.ok("rename", "adam", "kingma")
    program.ok("rename", "kingma", "adam")
    assert program.run("show", "kingma", "--json").json["key"] == "adam"
    program.ok("rename", "adam", "adam-2")
    assert {program.run("show", key, "--json").json["key"] for key in ("adam", "kingma")} == {"adam-2"}
    assert "is its key already" in program.ok("rename", "adam", "adam-2")
    program.ok("undo", "3")
    assert program.run("show", "kingma").code == 1


@pytest.mark.parametrize("new", NOT_KEYS)
def test_what_can_be_no_key_is_refused(program: Program, new: str) -> None:
    before = snapshot(program.trail)
    refused = program.run("rename", "adam", "--", new.replace("\0", ""))
    assert (refused.code, refused.out) == (2, "") and refused.err.count("\n") == 1, refused
    assert "can be no key" in refused.err and "\x1b" not in refused.err
    assert snapshot(program.trail) == before


def test_a_key_is_one_papers_alone(program: Program) -> None:
    assert "rcnn is a paper already" in program.run("rename", "adam", "rcnn").err
    program.ok("rename", "rcnn", "girshick")
    refused = program.run("rename", "adam", "rcnn")
    assert refused.code == 2 and "girshick was called rcnn" in refused.err


def test_a_note_is_never_moved_over_another_file(program: Program) -> None:
    write_note(program, "adam")
    note_of(program, "kingma").write_text("mine", encoding="utf-8")
    before = snapshot(program.trail)
    refused = program.run("rename", "adam", "kingma")
    assert refused.code == 7 and refused.err.count("\n") == 1, refused
    assert snapshot(program.trail) == before
    note_of(program, "kingma").unlink()
    program.ok("rename", "adam", "kingma")
    note_of(program, "kingma").write_text("written by another program", encoding="utf-8")
    program.run("list")
    write_note(program, "rcnn")
    note_of(program, "adam").write_text("in the old place", encoding="utf-8")
    program.ok("undo")  # of the note of rcnn
    program.ok("undo")  # of what the other program wrote
    refused = program.run("undo")
    assert refused.code == 7 and note_of(program, "adam").read_text(encoding="utf-8") == "in the old place"


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
@pytest.mark.parametrize(
    ("front", "after"),
    [
        (b"---\nkey: adam\n---\n", b'---\nkey: "1e3"\n---\n'),
        (b"---\ntitle: adam\nkey: 'adam'  # mine\n---\n", b'---\ntitle: adam\nkey: "1e3"  # mine\n---\n'),
        (b'+++\nkey = "adam"\nold = "adam"\n+++\n', b'+++\nkey = "1e3"\nold = "adam"\n+++\n'),
        (b"---\nkey: adams\n---\n", b"---\nkey: adams\n---\n"),
        (b"---\nkey: adam and eve\n---\n", b"---\nkey: adam and eve\n---\n"),
        (b"---\nmonkey: adam\n---\n", b"---\nmonkey: adam\n---\n"),
        (b"", b""),
    ],
)
def test_only_the_key_of_a_note_is_another(program: Program, ends: bytes, front: bytes, after: bytes) -> None:
    text = b"# adam\n\nkey: adam and [[adam]]\n"
    note_of(program, "adam").parent.mkdir(exist_ok=True)
    data = (front + text).replace(b"\n", ends)
    note_of(program, "adam").write_bytes(data)
    program.ok("rename", "adam", "1e3")
    assert note_of(program, "1e3").read_bytes() == (after + text).replace(b"\n", ends)
    program.ok("undo")
    assert note_of(program, "adam").read_bytes() == data


def test_the_seeds_file_knows_a_renamed_paper(program: Program) -> None:
    program.ok("lineage", "unlink", "adam", "--on", "robbins-monro")
    program.ok("lineage", "remove", "SGD", "adam")
    program.ok("rename", "robbins-monro", "sgd")
    program.ok("rename", "adam", "kingma")
    before = snapshot(program.trail)
    seeds = program.trail / "seeds" / "papers.csv"
    seeds.write_bytes(seeds.read_bytes() + b"\n")
    program.run("list")
    after = snapshot(program.trail)
    assert {**after, "SELECT * FROM setting ORDER BY name": 0} == {
        **before,
        "SELECT * FROM setting ORDER BY name": 0,
    }


def test_a_removed_paper_comes_back_by_undo_alone(program: Program) -> None:
    write_note(program, "sppnet")
    program.ok("done", "sppnet")
    before = snapshot(program.trail)
    refused = program.run("remove", "sppnet")
    assert refused.code == 2 and "--yes" in refused.err and snapshot(program.trail) == before
    removed = program.run("remove", "sppnet", "--yes")
    assert (removed.code, removed.out) == (0, "sppnet  removed; its note is in the history\n")
    assert not note_of(program, "sppnet").exists() and program.run("show", "sppnet").code == 1
    assert program.run("progress", "--json").json["goal"]["counted"] == 0
    seeds = program.trail / "seeds" / "papers.csv"
    seeds.write_bytes(seeds.read_bytes() + b"\n")
    assert program.run("list", "sppnet").out == ""
    after = snapshot(program.trail)
    assert program.ok("undo").startswith("taken back: removed sppnet")
    assert snapshot(program.trail)["files"] == before["files"]
    assert program.run("show", "sppnet", "--json").json["counted"]
    program.ok("redo")
    assert snapshot(program.trail) == after
    write_seeds(program.trail / "again.csv", RCNN)
    program.run("seed", "again.csv")
    assert program.run("show", "sppnet").code == 0


def test_removing_asks(program: Program) -> None:
    for answer, code in (("n", 1), ("y", 0)):
        terminal = program.start_in_terminal("remove", "adam")
        terminal.wait_for(b"Remove it?")
        terminal.type(f"{answer}\r")
        assert terminal.end()[0] == code
    assert program.run("show", "adam").code == 1
