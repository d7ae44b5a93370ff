"""`papertrail lineage` and the map that `papertrail lineages NAME` prints."""

import re
import shutil
import signal
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import clean_environment
from tests.cli.program import Program
from tests.trails import small_trail

R = "R-CNN to Faster R-CNN"


def test_a_lineage_from_its_making_to_its_end(program: Program) -> None:
    assert program.ok("lineage", "add", "Speed", "adam", "rcnn") == "Speed  new lineage: adam, rcnn\n"
    nearly = program.run("lineage", "add", "speed", "rcnn", "sppnet")
    assert (nearly.code, nearly.out) == (0, "Speed  sppnet\n")
    assert nearly.err == "speed is the lineage Speed; --new makes another one\n"
    assert program.ok("lineage", "add", "Speed", "adam") == "Speed  all of them were in it already\n"
    moved = program.run("lineage", "move", "sppnet", "--after", "adam")
    assert (moved.code, moved.out) == (0, "sppnet  number 2 of 3 in Speed\n")
    assert moved.err == "sppnet builds on rcnn, which now comes after it\n"
    assert (
        program.ok("lineage", "move", "rcnn", "--first", "--in", "speed") == "rcnn  number 1 of 3 in Speed\n"
    )
    assert program.ok("lineage", "remove", "Speed", "adam") == "Speed  without adam now\n"
    assert program.ok("lineage", "rename", "speed", "Fast ones") == "Fast ones  was Speed\n"
    listed = program.run("list", "--lineage", "Fast", "--json").json["papers"]
    assert [paper["key"] for paper in listed] == ["rcnn", "sppnet"]
    assert "Fast is only a part of Fast ones" in program.run("lineage", "remove", "Fast").err
    removed = program.run("lineage", "remove", "fast ONES")
    assert (removed.code, removed.out) == (0, "Fast ones  removed; its 2 papers stay\n")
    again = "papertrail lineage add 'Fast ones' rcnn sppnet"
    assert removed.err == f"to have it again: {again}\n"
    assert program.run("list", "--lineage", "Fast ones").code == 1
    assert program.ok("lineage", "link", "adam", "--on", "rcnn") == "adam  builds on rcnn\n"
    assert program.ok("lineage", "link", "adam", "--on", "rcnn") == "adam  already builds on rcnn\n"
    assert program.ok("lineage", "unlink", "adam", "--on", "rcnn") == "adam  no longer builds on rcnn\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("link", "rcnn", "--on", "faster-rcnn"), 2, "rcnn → faster-rcnn → fast-rcnn → rcnn is a circle"),
        (("link", "rcnn", "--on", "rcnn"), 2, "rcnn → rcnn is a circle"),
        (("unlink", "rcnn", "--on", "adam"), 1, "rcnn does not build on adam"),
        (("add", "a;b", "rcnn"), 2, "a;b cannot be the name of a lineage"),
        (("add", "", "rcnn"), 2, "the name of the lineage is empty"),
        (("add", "All", "rcnn"), 2, "All cannot be the name of a lineage"),
        (("add", "R-CNN", "adam"), 2, f"R-CNN is the beginning of {R}"),
        (("rename", "sgd", R.upper()), 2, f"there is a lineage {R} already"),
        ((), 2, "say what to do"),
        (("save", ""), 2, "the name of the file is empty"),
        (("add", "New", "nobody"), 1, "no paper is called nobody"),
        (("rename", "sgd", R), 2, f"there is a lineage {R} already"),
        (("move", "adam", "--after", "rcnn"), 1, "no lineage holds adam and rcnn"),
        (("move", "adam", "--first", "--in", "r-cnn"), 1, f"adam is not in {R}"),
        (("move", "adam"), 2, "say where: --after KEY or --first"),
        (("remove", "nothing"), 1, "no lineage is called nothing"),
        (("remove", "sgd", "rcnn"), 1, "rcnn is not in SGD"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    program: Program, arguments: tuple[str, ...], code: int, said: str
) -> None:
    before = program.run("list", "--json").out, program.run("lineages", "--json").out
    result = program.run("lineage", *arguments)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert (program.run("list", "--json").out, program.run("lineages", "--json").out) == before


def test_another_spelling_is_no_second_lineage_unless_one_insists(program: Program) -> None:
    spelling = "ｒ—ｃｎｎ  TO faster rcnn"
    first = program.run("lineage", "add", spelling, "adam")
    assert (first.code, first.out) == (0, f"{R}  adam\n")
    assert first.err == f"ｒ—ｃｎｎ TO faster rcnn is the lineage {R}; --new makes another one\n"
    known = program.run("add", "1506.01497", "--lineage", "RCNN to faster R CNN")
    assert known.code == 0 and f"RCNN to faster R CNN is the lineage {R}; --new" in known.err
    assert program.run("lineages", "--json").out.count('"name"') == 2
    insisted = program.run("lineage", "add", spelling, "adam", "--new")
    assert insisted.out == "ｒ—ｃｎｎ TO faster rcnn  new lineage: adam\n"
    known = program.run("add", "1506.01497", "--lineage", "R—CNN to Faster R—CNN", "--new")
    assert known.code == 0 and "in the new lineage R—CNN to Faster R—CNN" in known.err
    assert program.run("lineages", "--json").out.count('"name"') == 4
    taken = program.run("lineage", "rename", "SGD", "RCNN-to-Faster-RCNN")
    assert taken.code == 2 and "there is a lineage" in taken.err
    assert program.run("add", "1506.01497", "--new").code == 2, "new what"


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--lineage", "{}"),
        ("lineages", "{}"),
        ("compare", "--lineage", "{}"),
        ("export", "--lineage", "{}"),
        ("lineage", "save", "-", "{}"),
        ("lineage", "move", "rcnn", "--first", "--in", "{}"),
    ],
    ids=" ".join,
)
def test_a_part_of_a_name_is_enough_everywhere(shared: Program, arguments: tuple[str, ...]) -> None:
    def said(name: str) -> str:
        return shared.ok(*(argument.format(name) for argument in arguments))

    assert said("rcnn") == said("FASTER") == said("to fast") == said(R)
    unclear = shared.run(*(argument.format("-") for argument in arguments))
    assert (unclear.code, unclear.out) == (1, "") and "no lineage is called -" in unclear.err


def test_a_part_of_several_names_is_answered_with_them(program: Program) -> None:
    program.ok("lineage", "add", "After Faster R-CNN", "adam")
    result = program.run("lineage", "deactivate", "faster")
    assert (result.code, result.out) == (1, "")
    assert result.err == f"papertrail: faster fits several lineages: {R}, After Faster R-CNN\n"
    assert program.ok("lineage", "deactivate", "after").startswith("After Faster R-CNN  at rest")


def test_who_only_looks_gets_the_first_of_several(program: Program) -> None:
    program.ok("lineage", "add", "After Faster R-CNN", "adam")
    ways = (("lineages",), ("list", "--lineage"), ("export", "--lineage"), ("compare", "--lineage"))
    for arguments in ways:
        result = program.run(*arguments, "faster")
        assert (result.code, result.out) == (0, program.ok(*arguments, R))
        assert result.err == f"taken for {R}; it may also be After Faster R-CNN\n"
    saved = program.run("lineage", "save", "-", "faster")
    assert saved.code == 0 and saved.out == program.ok("lineage", "save", "-", R)


def test_lineages_given_away_make_the_same_maps_elsewhere(program: Program, tmp_path: Path) -> None:
    program.ok("lineage", "add", "Speed", "adam", "rcnn")
    file = tmp_path / "all.csv"
    assert program.ok("lineage", "save", str(file)) == f"3 lineages, 6 papers: {file}\n"
    again = program.run("seed", str(file))
    assert again.out == "0 added, 0 changed, 6 as they were\n"
    home = small_trail(tmp_path / "empty", [])
    other = Program(home.root, clean_environment(tmp_path / "home2"))
    assert other.run("seed", str(file)).code == 0
    for name in (R, "SGD", "Speed", "all"):
        assert other.ok("lineages", name) == program.ok("lineages", name)


def test_one_lineage_given_away_makes_the_same_map_with_what_it_builds_on(
    program: Program, tmp_path: Path
) -> None:
    program.ok("lineage", "link", "rcnn", "--on", "adam")
    file = tmp_path / "one.csv"
    given = program.run("lineage", "save", "-", "r-cnn")
    assert (given.code, given.err) == (0, "")
    file.write_text(given.out, encoding="utf-8")
    home = small_trail(tmp_path / "empty", [])
    other = Program(home.root, clean_environment(tmp_path / "home2"))
    assert other.run("seed", str(file)).out == "5 added, 0 changed, 0 as they were; 1 lineage changed\n"
    maps = [one.run("lineages", "r-cnn", "--json").json for one in (program, other)]
    assert maps[0]["papers"][-1].pop("elsewhere") == "SGD"
    assert maps[1]["papers"][-1].pop("elsewhere") == "", "only what was asked for is a lineage there"
    assert maps[0] == maps[1]
    assert other.ok("lineages", "r-cnn").replace("in no lineage", "SGD          ").split() == (
        program.ok("lineages", "r-cnn").split()
    )


def test_the_map(program: Program, tmp_path: Path) -> None:
    program.ok("done", "fast-rcnn")
    lines = program.ok("lineages", "r-cnn").splitlines()
    assert lines[0] == f"{R}  0 of 4 counted · 1 owed · 3 unread · 2 gaps · 0 % of needed sections"
    assert lines[1] == "next: rcnn"
    assert lines[2] == "gap: fast-rcnn is read, but rcnn, which it builds on, is not"
    keys = (" rcnn 20", " fast-rcnn 20", " faster-rcnn 20")
    order = [next(i for i, line in enumerate(lines) if key in line) for key in keys]
    assert order == sorted(order) and order[0] > 3
    assert max(map(len, lines[4:])) <= 80
    assert program.run("lineages", "all").out.count("╭──") == 6
    assert program.ok("lineages", "SGD", "--mermaid").startswith("flowchart TD\n")
    assert program.ok("lineages", "SGD", "--dot").startswith("digraph")
    picture = tmp_path / "map.svg"
    result = program.run("lineages", "r-cnn", "--svg", str(picture))
    assert (result.code, result.out, result.err) == (0, "", f"wrote {picture}\n")
    text = picture.read_text(encoding="utf-8")
    ElementTree.fromstring(text)
    assert text.count("<a href=") == 4 and "Rich feature hierarchies" in text
    assert program.run("lineages", "r-cnn", "--svg", str(picture), "--by-year").code == 0
    assert 'class="scale"' not in text and picture.read_text(encoding="utf-8").count('class="scale"') == 3
    years = [
        line[:6] for line in program.ok("lineages", "r-cnn", "--by-year").splitlines() if line[:4].isdigit()
    ]
    assert years == ["2013 ┤", "2014 ┤", "2015 ┤"]
    assert "--by-year is for what is drawn" in program.run("lineages", "r-cnn", "--by-year", "--dot").err
    assert program.run("lineages", "--mermaid").code == 2
    assert program.run("lineages", "nothing").code == 1
    ascii_map = program.ok("lineages", "r-cnn", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert ascii_map.isascii() and "?" not in ascii_map


def test_all_lineages_in_time(program: Program) -> None:
    program.ok("lineage", "link", "rcnn", "--on", "adam")
    lines = program.ok("lineages", "--overview").splitlines()
    assert lines[0].split() == ["1951", "2013", "2014", "2015"] and lines[-1].startswith("All papers")
    assert [line.split("  ")[0] for line in lines[1::2][:2]] == ["SGD", R]
    assert lines[2].endswith(f"2 papers, 1951–2014 · built on by {R} 1")
    sgd, rcnn = program.run("lineages", "--overview", "--json").json["lineages"]
    assert sgd["years"] == [{"year": 1951, "total": 1}, {"year": 2014, "total": 1}]
    assert sgd["built_on_by"] == [{"lineage": R, "links": 1}]
    assert (rcnn["total"], rcnn["builds_on"]) == (4, [{"lineage": "SGD", "links": 1}])
    assert "give it alone" in program.run("lineages", "SGD", "--overview").err


def test_a_trail_to_look_around_in(tmp_path: Path) -> None:
    program = Program(tmp_path, clean_environment(tmp_path / "home"))
    now = {"PAPERTRAIL_NOW": "2026-05-13T10:00"}
    made = program.run("init", "--demo", str(tmp_path / "demo"), env=now)
    assert made.code == 0 and "198 papers in 15 lineages; the goal: 30 papers" in made.out
    demo = Program(tmp_path / "demo", program.env)
    document = demo.run("progress", "--json", env=now).json
    assert (document["goal"]["counted"], document["owed"]) == (5, ["overfeat"])
    assert [day["papers"] for day in document["counted_days"]] == [1] * 5
    assert "from rcnn" in demo.ok("note", "fast-rcnn", "--print", env=now)
    assert "Keeps its detector" in demo.ok("lineages", "r-cnn", env=now)
    again = demo.run("init", "--demo", ".", env=now)
    assert (again.code, again.out) == (2, "") and "is not empty: name a new folder" in again.err
    mine = tmp_path / "mine" / "notes"
    mine.mkdir(parents=True)
    (mine / "rcnn.md").write_text("my own", encoding="utf-8")
    assert program.run("init", "--demo", str(mine.parent), env=now).code == 2
    assert (mine / "rcnn.md").read_text(encoding="utf-8") == "my own"
    assert [path.name for path in mine.parent.rglob("*")] == ["notes", "rcnn.md"]
    (tmp_path / "empty").mkdir()
    assert program.run("init", "--demo", str(tmp_path / "empty"), env=now).code == 0
    inside = Program(tmp_path / "inside", program.env)
    inside.trail.mkdir()
    assert inside.run("init", "--demo", env=now).code == 0, "the folder one is in"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")], "nothing half made is left"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_demonstration_that_is_interrupted_leaves_nothing(tmp_path: Path, number: int) -> None:
    program = Program(tmp_path, clean_environment(tmp_path / "home"))
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in ("file", "file/below", "/proc/papertrail-demo"):
        result = program.run("init", "--demo", place)
        assert result.code in (2, 5) and result.err.count("\n") == 1, result
    for _ in range(5):  # a busy machine may make all of it before it gives this test its turn
        terminal = program.start_in_terminal("init", "--demo", "demo")
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob("demo")) + list(tmp_path.glob(".demo.*/demo/.papertrail/library.db")):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        terminal.interrupt(number)
        code, _ = terminal.end()
        if code != 0:
            break
        shutil.rmtree(tmp_path / "demo")
    assert code == 128 + number
    assert not (tmp_path / "demo").exists()
    assert not list(tmp_path.glob(".demo*"))


def test_a_map_too_wide_for_the_terminal_is_cut_or_told_lineage_by_lineage(tmp_path: Path) -> None:
    rows = [("Wide", f"child-with-a-long-name-{n}", "T", "", "2015", "", "", "", "") for n in range(6)]
    rows += [("Narrow", "a", "T", "", "2014", "", "", "", ""), ("", "alone", "T", "", "2014", "", "", "", "")]
    rows.append(("Narrow", "z", "T", "", "2016", "", "", "", "; ".join(row[1] for row in rows)))
    home = small_trail(tmp_path, rows)
    program = Program(home.root, clean_environment(tmp_path / "home"))
    code, seen = program.in_terminal("lineages", "all", columns=30, env={"NO_COLOR": "1"})
    text = seen.decode().replace("\r\n", "\n")
    assert code == 0
    assert "Wide\n0 of 6 counted" in text and "Narrow\n0 of 2 counted" in text
    assert "In no lineage  alone\n" in text
    assert re.search(r"one map of all takes \d+ columns: papertrail, then 3 and 0; or --svg FILE", text)
    code, seen = program.in_terminal("lineages", "Narrow", columns=30, env={"NO_COLOR": "1"})
    drawn = [line for line in seen.decode().split("\r\n") if "│" in line or "╭" in line]
    assert code == 0 and max(map(len, drawn)) == 30
    assert "the map takes" in seen.decode()
    assert "alone" in program.ok("lineages", "all"), "in a pipe it is whole"


def test_what_builds_on_a_lineage_elsewhere_is_shown_when_asked_for(program: Program) -> None:
    program.ok("lineage", "link", "adam", "--on", "faster-rcnn")
    assert "adam" not in program.ok("lineages", "r-cnn")
    for form in ((), ("--mermaid",), ("--dot",), ("--json",)):
        assert "adam" in program.ok("lineages", "r-cnn", "--beyond", *form), form
    beyond = program.run("lineages", "r-cnn", "--beyond", "--json").json
    adam = {"key": "adam", "year": 2014, "state": "unread", "explained": False, "elsewhere": "SGD"}
    assert beyond["papers"][-1] == adam
    assert {"child": "adam", "parent": "faster-rcnn", "change": ""} in beyond["links"]


def test_the_map_as_json(program: Program) -> None:
    program.ok("done", "fast-rcnn")
    document = program.run("lineages", "r-cnn", "--json").json
    assert document["lineage"] == R
    assert document["states"] == {
        "counted": 0, "owed": 1, "missing": 0, "reading": 0, "queued": 0, "unread": 3, "dropped": 0,
    }  # fmt: skip
    assert (document["next_step"], document["filled"]) == ("rcnn", 0.0)
    assert {"child": "fast-rcnn", "parent": "rcnn"} in document["gaps"]
    assert program.run("lineages", "all", "--json").json["lineage"] is None


def test_ways_to_give_a_map_exclude_each_other(program: Program) -> None:
    for options in (("--mermaid", "--dot"), ("--svg", "x.svg", "--json"), ("--dot", "--json")):
        result = program.run("lineages", "r-cnn", *options)
        assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
        assert "exclude each other" in result.err
    result = program.run("lineages", "--beyond")
    assert result.code == 2 and "no lineage is named" in result.err


def test_lineages_are_found_by_name_and_note(program: Program) -> None:
    program.ok("note", "--lineage", "r-cnn", "--stdin", stdin="# R\n\nThe costliest thing went first.\n")
    found = program.ok("lineages", "--find", "costliest thing")
    assert found.splitlines()[-1] == "    note: The costliest thing went first."
    assert "R-CNN to Faster R-CNN" in found and "SGD" not in found
    assert "SGD" in program.ok("lineages", "--find", "sgd")
    (one,) = program.run("lineages", "--find", "costliest", "--json").json["lineages"]
    assert one["note_line"] == "The costliest thing went first." and one["total"] == 4
    nothing = program.run("lineages", "--find", "nowhere")
    assert (nothing.code, nothing.out) == (0, "") and "no lineage's name or note" in nothing.err
    assert "papertrail lineages --find costliest" in program.run("list", "costliest").err
    for bad in (("", "no words"), ("year:x", "year")):
        refused = program.run("lineages", "--find", bad[0])
        assert refused.code == 2 and bad[1] in refused.err
    assert "looks through all" in program.run("lineages", "sgd", "--find", "x").err


def test_texts_of_the_note_about_a_lineage_are_compared(program: Program) -> None:
    for words in ("one pass", "one pass an image"):
        program.ok("note", "--lineage", "r-cnn", "--stdin", stdin=f"{words}\n")
    some: tuple[tuple[str, ...], ...] = (), ("1",), ("1", "2")
    for revs in some:
        told = program.ok("note", "--lineage", "r-cnn", "--diff", *revs)
        assert told.startswith("R-CNN to Faster R-CNN: text 1 (") and "{+" in told and "an image+}" in told
    assert "no difference" in program.run("note", "--lineage", "r-cnn", "--diff", "2", "2").err
    for revs, said in (
        (("9",), "no text 9"),
        (("1", "2", "1"), "--diff compares two"),
        (("x",), "names no text"),
    ):
        refused = program.run("note", "--lineage", "r-cnn", "--diff", *revs)
        assert refused.code != 0 and said in refused.err
