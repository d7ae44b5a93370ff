"""One paper is one paper: known by its arXiv id, else by its DOI; what may be one is told, never made one."""

import json
from collections.abc import Iterator

import pytest

from tests.arxiv_server import CATALOGUE, ArxivServer, closed_url, record
from tests.cli.program import Program
from tests.trails import NOTE
from tests.undo.cases import snapshot

AWAY = {"PAPERTRAIL_ARXIV_API": closed_url(), "PAPERTRAIL_ARXIV_DELAY": "0"}
DOI = "10.1000/Wide.Nets"
WIDE = record("2401.00021", "Wide nets", authors=("Łukasz Sørensen",), doi=DOI)
PREPRINT = record("2401.00022", "Wider nets", doi=DOI.upper())


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    with ArxivServer((*CATALOGUE, WIDE, PREPRINT)) as running:
        yield running


@pytest.mark.parametrize("door", ["add", "search"])
def test_what_is_here_by_its_doi_gets_the_arxiv_id(program: Program, server: ArxivServer, door: str) -> None:
    program.ok("add", "--title", "Nets that are wide", "--doi", DOI.lower(), "--year", "2019")
    key = program.run("list", "nets wide", "--json").json["papers"][0]["key"]
    program.run("note", key, "--stdin", stdin=NOTE)
    program.ok("done", key)
    before = snapshot(program.trail)
    search = ("search", "wide nets", "--add", "1")
    added = program.run(*(("add", WIDE.id) if door == "add" else search), env=server.env())
    assert added.code == 0 and f"known  {key}" in added.out, added
    paper = program.run("show", WIDE.id, "--json").json
    assert (paper["key"], paper["title"], paper["year"]) == (key, "Nets that are wide", 2019)
    assert paper["abstract"] and paper["version"] == 1 and paper["counted"]
    program.ok("undo")
    assert snapshot(program.trail) == before
    program.ok("redo")
    assert program.run("show", WIDE.id, "--json").json == paper


def test_two_preprints_of_one_doi_are_told_and_stay_two(program: Program, server: ArxivServer) -> None:
    one, other = (program.run("add", each.id, env=server.env()) for each in (WIDE, PREPRINT))
    assert "merge" not in one.err
    first, second = (program.run("show", each.id, "--json").json["key"] for each in (WIDE, PREPRINT))
    assert first != second and f"papertrail merge {second} {first}" in other.err
    doctor = program.run("doctor", "--json")
    assert doctor.code == 1
    (finding,) = json.loads(doctor.out)["findings"]
    assert finding["remedy"] == f"papertrail merge {second} {first}" and "same DOI" in finding["what"]
    merged = program.run("merge", second, first)
    assert merged.code == 0 and "doi:" not in merged.err and PREPRINT.id in merged.err
    assert program.run("doctor").code == 0


def test_what_turns_out_to_be_a_paper_of_the_trail_is_told(program: Program, server: ArxivServer) -> None:
    program.ok("add", "--title", "WIDE  nets")
    waiting = program.run("add", WIDE.id, env=AWAY)
    assert "merge" not in waiting.err
    fetched = program.run("fetch", WIDE.id, env=server.env())
    key = program.run("show", WIDE.id, "--json").json["key"]
    assert f"{key} may be " in fetched.err and f"papertrail merge {key} " in fetched.err
    doctor = program.run("doctor")
    assert doctor.code == 0 and "same title" in doctor.out  # two papers may have one


def test_a_doi_names_a_paper_that_is_here(program: Program) -> None:
    program.ok("add", "--title", "Nets that are wide", "--doi", DOI)
    for said in (DOI, f"https://doi.org/{DOI.upper()}", f"Someone, Nets that are wide, doi:{DOI}."):
        assert program.ok("add", said).startswith("known  ")
    added = program.run("add", DOI, "--lineage", "sgd")
    assert added.code == 0 and "in lineage SGD" in added.err
    key = program.run("list", "nets wide", "--json").json["papers"][0]["key"]
    assert [paper["key"] for paper in program.run("list", "-l", "sgd", "--json").json["papers"]][-1] == key
    unknown = program.run("add", "10.1000/other", "--lineage", "sgd")
    assert (unknown.code, unknown.out) == (2, "") and "add it by hand" in unknown.err


def test_letters_that_keyboards_lack_are_found_by_plain_ones(program: Program, server: ArxivServer) -> None:
    assert program.run("add", WIDE.id, env=server.env()).code == 0
    for words in ("lukasz sorensen", "Łukasz", "SØRENSEN"):
        assert "Wide nets" in program.ok("list", words)


def test_a_collaboration_is_found_though_no_person(program: Program, server: ArxivServer) -> None:
    server.add(record("2401.00023", "A map", authors=("The Planck Collaboration", ":", "A. Nobody")))
    assert program.run("add", "2401.00023", env=server.env()).code == 0
    assert "A map" in program.ok("list", "planck")
    program.ok("edit", "2401.00023", "year=2020")
    assert "A map" in program.ok("list", "planck")
