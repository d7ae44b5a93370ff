"""What arXiv says, as a reader sees it: no TeX, persons for authors, long lists in short."""

from tests.arxiv_server import ArxivServer, record
from tests.cli.program import Program

RECORDS = (
    record(
        "2409.02839",
        r"J\"ager and Erd\H{o}s: a $\beta$-VAE for $\mathcal{N}=4$",
        summary=r"Czerwi\'nski; {\AA}ngstr\"om; \emph{tight} bound $O(n^2)$; 50\% of cases -- or more.",
        authors=(r"Bj\"orn {\L}ukasz",),
    ),
    record("2312.11805", "Gemini: A Family", authors=("Gemini Team", ":", "Rohan Anil and Ada Example")),
    record("1303.5062", "Planck 2013 results", authors=("Planck Collaboration", "P. A. R. Ade (deceased)")),
    record("1207.7214", "Observation of a particle", authors=("The ATLAS Collaboration",)),
    record("2401.00001", "Many hands", authors=tuple(f"Ada Author{number}" for number in range(3000))),
)


def test_tex_is_shown_as_it_is_meant_and_found_either_way(program: Program) -> None:
    with ArxivServer(RECORDS) as server:
        assert program.run("add", "2409.02839", env=server.env()).code == 0
    for words in ("jäger", "jager", "ERDŐS", "erdos", "Björn", "bjorn"):
        found = program.run("list", words, "--json").json["papers"]
        assert [paper["arxiv_id"] for paper in found] == ["2409.02839"], words
    shown = program.ok("show", "2409.02839")
    assert r"Jäger and Erdős: a $\beta$-VAE for $\mathcal{N}=4$" in shown
    assert "Björn Łukasz" in shown
    assert "Czerwiński; Ångström; tight bound $O(n^2)$; 50% of cases – or more." in shown


def test_persons_are_authors_and_name_the_key(program: Program) -> None:
    with ArxivServer(RECORDS) as server:
        added = program.run("add", "2312.11805", "1303.5062", "1207.7214", env=server.env())
    assert [line.split()[1] for line in added.out.splitlines()] == [
        "anil2020gemini",
        "ade2020planck",
        "atlas2020observation",
    ]
    keys = ("anil2020", "ade2020", "atlas2020")
    authors = [program.run("show", key, "--json").json["authors"] for key in keys]
    assert authors == [["Rohan Anil", "Ada Example"], ["P. A. R. Ade"], ["ATLAS Collaboration"]]


def test_three_thousand_authors_are_ten_and_a_number(program: Program) -> None:
    with ArxivServer(RECORDS) as server:
        assert program.run("add", "2401.00001", env=server.env()).code == 0
    shown = " ".join(program.ok("show", "2401.00001").split())
    assert "Ada Author9 and 2,990 more" in shown and "Author10" not in shown
    assert len(program.run("show", "2401.00001", "--json").json["authors"]) == 3000
    note = "# Many hands\n\n## Key idea\n\nMore hands.\n"
    (program.trail / "notes").mkdir(exist_ok=True)
    (program.trail / "notes" / "author02020many.md").write_text(note, encoding="utf-8")
    program.ok("export", "--to", "out")
    written = [path.read_text(encoding="utf-8") for path in (program.trail / "out").rglob("*.md")]
    assert any("Ada Author9 and 2,990 more" in text for text in written)
    assert not any("Author10" in text for text in written)
