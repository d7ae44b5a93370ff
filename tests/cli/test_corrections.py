"""Papers corrected by hand: renamed, removed, edited, added by hand, merged."""

from pathlib import Path

import pytest

from papertrail.domain.text import clean_line
from tests.arxiv_server import CATALOGUE, ArxivServer
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
def test_only_the_key_and_links_of_a_note_are_others(
    program: Program, ends: bytes, front: bytes, after: bytes
) -> None:
    text = b"# adam\n\nkey: adam and [[adam]]\n"
    note_of(program, "adam").parent.mkdir(exist_ok=True)
    data = (front + text).replace(b"\n", ends)
    note_of(program, "adam").write_bytes(data)
    program.ok("rename", "adam", "1e3")
    text = text.replace(b"[[adam]]", b"[[1e3]]")
    assert note_of(program, "1e3").read_bytes() == (after + text).replace(b"\n", ends)
    program.ok("undo")
    assert note_of(program, "adam").read_bytes() == data


LINKING = """---
see: "[[adam]]"
---
[[adam]], [[Adam|the optimiser]], [[notes/adam#Problem]], ![[adam.md]] and [[adam-2]], adams, adam.

[it](adam.md), [it](./adam.md#problem "Adam"), [it](<../notes/adam.md>), [web](https://example.org/adam.md)

[ref]: adam.md
### from adam
### from `adam`:
`[[adam]]` stays, ``[[adam]] ` [[adam]]`` too

```markdown
[[adam]] and [it](adam.md)
### from adam
```

[[adam]]
"""
FOLLOWED = """---
see: "[[kingma]]"
---
[[kingma]], [[kingma|the optimiser]], [[notes/kingma#Problem]], ![[kingma.md]] and [[adam-2]], adams, adam.

[it](kingma.md), [it](./kingma.md#problem "Adam"), [it](<../notes/kingma.md>), [web](https://example.org/adam.md)

[ref]: kingma.md
### from kingma
### from `kingma`:
`[[adam]]` stays, ``[[adam]] ` [[adam]]`` too

```markdown
[[adam]] and [it](adam.md)
### from adam
```

[[kingma]]
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("verb", ["rename", "merge"])
def test_links_in_other_notes_follow_a_paper(program: Program, ends: str, verb: str) -> None:
    (program.trail / "notes").mkdir(exist_ok=True)
    for key in ("rcnn", "sppnet"):
        note_of(program, key).write_bytes(LINKING.replace("\n", ends).encode())
    note_of(program, "fast-rcnn").write_bytes("[[adam]] in Latin-1: \xe4".encode("latin-1"))
    other = note_of(program, "robbins-monro")
    other.write_bytes(b"no link to [[adams]]")
    program.run("list")
    if verb == "merge":
        program.run("add", "--title", "Kingma")
        program.run("rename", "kingma", "kingma")
    before = snapshot(program.trail)
    done = program.run(verb, "adam", "kingma")
    assert done.code == 0, done
    if verb == "rename":
        assert "links follow in the notes of rcnn and sppnet" in done.err
    for key in ("rcnn", "sppnet"):
        assert note_of(program, key).read_bytes() == FOLLOWED.replace("\n", ends).encode()
    assert note_of(program, "fast-rcnn").read_bytes().startswith(b"[[adam]]")
    assert other.read_bytes() == b"no link to [[adams]]"
    after = snapshot(program.trail)
    program.run("undo")
    assert snapshot(program.trail) == before
    program.run("redo")
    assert snapshot(program.trail) == after


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


def shown(program: Program, key: str) -> dict[str, object]:
    found: dict[str, object] = program.run("show", key, "--json").json
    return found


EDITS = {
    "title": ("Deep  residual\tlearning", "Deep residual learning"),
    "authors": ("Kaiming He; 张祥雨;", ["Kaiming He", "张祥雨"]),
    "year": ("2016", 2016),
    "venue": ("CVPR", "CVPR"),
    "doi": ("https://doi.org/10.1109/CVPR.2016.90.", "10.1109/cvpr.2016.90"),
    "arxiv_id": ("https://arxiv.org/abs/1512.03385v1", "1512.03385"),
    "abstract": ("It is\n\ndeep.", "It is\n\ndeep."),
}


@pytest.mark.parametrize("field", EDITS)
def test_a_fact_is_edited_and_stays_so(program: Program, field: str) -> None:
    typed, stored = EDITS[field]
    before = snapshot(program.trail)
    name = "arxiv" if field == "arxiv_id" else field
    assert f"{name}: " in program.ok("edit", "adam", f"{name}={typed}")
    assert shown(program, "adam")[field] == stored
    seeds = program.trail / "seeds" / "papers.csv"
    seeds.write_bytes(seeds.read_bytes() + b"\n")
    assert shown(program, "adam")[field] == stored
    assert "is like that already" in program.ok("edit", "adam", f"{name}={typed}")
    assert program.ok("undo").startswith(f"taken back: adam: {name} edited")
    after = snapshot(program.trail)
    assert {k: v for k, v in after.items() if "setting" not in k} == {
        k: v for k, v in before.items() if "setting" not in k
    }


def test_links_stand_beside_the_paper(program: Program) -> None:
    code, other = "https://example.org/code", "https://example.org/other"
    program.ok("edit", "adam", f"code={code}", f"code={other}", "translation=https://example.org/zh")
    assert shown(program, "adam")["links"] == [
        {"to": "code", "url": code},
        {"to": "code", "url": other},
        {"to": "translation", "url": "https://example.org/zh"},
    ]
    assert shown(program, "adam")["urls"] == []
    assert f"{other}  code\n" in program.ok("show", "adam")
    assert "code: https" in program.ok("edit", "adam", "code=")
    assert [link["to"] for link in program.run("show", "adam", "--json").json["links"]] == ["translation"]


def test_arxiv_does_not_touch_what_was_edited(program: Program) -> None:
    program.ok("edit", "adam", "authors=D. Kingma", "abstract=Mine.", "blog=https://example.org/b")
    program.ok("edit", "rcnn", "arxiv=1706.03762")
    with ArxivServer(CATALOGUE) as server:
        assert program.run("fetch", "adam", "rcnn", env=server.env()).code == 0
    adam = shown(program, "adam")
    assert (adam["authors"], adam["abstract"]) == (["D. Kingma"], "Mine.")
    assert adam["links"] == [{"to": "blog", "url": "https://example.org/b"}]
    assert shown(program, "rcnn")["arxiv_id"] == "1706.03762"


BAD_FACTS = (
    ("year",),
    ("=x",),
    ("colour=red",),
    ("title=",),
    ("title= \t ",),
    ("title=\x1b",),
    ("title=" + "x" * 5000,),
    ("title=a", "title=b"),
    ("year=MMXV",),
    ("year=20155",),
    ("year=-1",),
    ("doi=10.x",),
    ("doi=10.1000/a and 10.1000/b",),
    ("doi=10.48550/arXiv.1706.03762",),
    ("arxiv=1512.3385",),
    ("arxiv=1311.2524",),  # that of rcnn
    ("code=ftp://example.org/x",),
    ("code=javascript:alert(1)",),
    ("code=http://",),
    ("code=http://[",),
    ("code=https://example.org/a b",),
    ("code=https://example.org/\x1b[31m",),
    ("code=code",),
    *((f"year={title}",) for title in HOSTILE_TITLES),
    *((f"code={title}",) for title in HOSTILE_TITLES),
    *((f"{title}=1",) for title in HOSTILE_TITLES),
)


def test_bad_facts_are_one_clear_line_and_change_nothing(program: Program) -> None:
    before = snapshot(program.trail)
    for facts in BAD_FACTS:
        refused = program.run("edit", "adam", "--", *facts)
        assert (refused.code, refused.out) == (2, "") and refused.err.count("\n") == 1, (facts, refused)
        assert refused.err.startswith("papertrail: ") and "unexpected" not in refused.err, refused
        assert "\x1b" not in refused.err and len(refused.err) < 400
    assert snapshot(program.trail) == before


@pytest.mark.parametrize("title", HOSTILE_TITLES[:-1])
def test_a_hostile_title_is_text(program: Program, title: str) -> None:
    program.ok("edit", "adam", f"title={title}")
    program.run("add", "--title", title, "--author", title)
    for paper in program.run("list", "--json").json["papers"]:
        assert paper["title"] == clean_line(paper["title"]) != ""
    assert program.run("list", clean_line(title)).out.count("\n") == 2


HAND = ("--author", "David Rumelhart", "--author", "Geoffrey Hinton", "--year", "1986", "--venue", "Nature")


def test_a_paper_is_added_by_hand(program: Program) -> None:
    before = snapshot(program.trail)
    title = "Learning representations by back-propagating errors"
    added = program.run("add", "--title", title, *HAND, "--doi", "doi:10.1038/323533A0", "-l", "SGD")
    assert (added.code, added.out) == (0, f"added  rumelhart1986learning  {title}\n")
    paper = shown(program, "10.1038/323533a0")
    assert (paper["key"], paper["year"], paper["venue"]) == ("rumelhart1986learning", 1986, "Nature")
    assert paper["authors"] == ["David Rumelhart", "Geoffrey Hinton"] and paper["lineages"] == ["SGD"]
    assert program.ok("show", "rumelhart1986learning")
    after = snapshot(program.trail)
    program.ok("undo")
    assert snapshot(program.trail) == before
    program.ok("redo")
    assert snapshot(program.trail) == after


@pytest.mark.parametrize(
    "identity",
    [
        ("--doi", "10.1038/323533A0"),
        ("--doi", "https://doi.org/10.1038/323533a0."),
        ("--url", "https://arxiv.org/abs/1412.6980v9"),
        ("--doi", "10.48550/arXiv.1412.6980"),
    ],
)
def test_what_is_there_already_is_said_to_be(program: Program, identity: tuple[str, str]) -> None:
    program.ok("edit", "adam", "doi=10.1038/323533a0")
    again = program.run("add", "--title", "Another title", *HAND, *identity)
    assert again.code == 0 and again.out == "known  adam  Adam\n", again
    assert "it lacked venue" in again.err
    paper = shown(program, "adam")
    assert (paper["title"], paper["year"], paper["venue"]) == ("Adam", 2014, "Nature")


def test_the_same_title_is_named(program: Program) -> None:
    added = program.run("add", "--title", "ADAM")
    assert added.code == 0 and "papertrail merge adam-2 adam" in added.err, added


@pytest.mark.parametrize(
    "arguments",
    [
        ("--year", "1986"),
        ("--title", "x", "1706.03762"),
        ("--title", "x", "--wait"),
        ("--title", ""),
        ("--title", "x", "--year", "last"),
        ("--title", "x", "--url", "file:///etc/passwd"),
        ("--title", "x", "--doi", "none"),
        ("--title", "x", "--doi", "10.48550/arXiv.1706.03762", "--url", "https://arxiv.org/abs/1412.6980"),
        ("--title", "x", "-l", ""),
    ],
)
def test_bad_papers_by_hand_are_refused(program: Program, arguments: tuple[str, ...]) -> None:
    before = snapshot(program.trail)
    refused = program.run("add", *arguments)
    assert (refused.code, refused.out) == (2, ""), refused
    assert "unexpected" not in refused.err and refused.err.count("\n") <= 2
    assert snapshot(program.trail) == before


def test_two_papers_become_one(program: Program) -> None:
    program.ok("lineage", "add", "Speed", "sppnet", "adam", "--new")
    program.ok("edit", "sppnet", "venue=ECCV", "code=https://example.org/spp")
    program.ok("done", "sppnet", "--on", "2026-02-01")
    program.ok("start", "fast-rcnn")
    program.ok("rename", "sppnet", "spp")
    before = snapshot(program.trail)
    merged = program.run("merge", "spp", "fast-rcnn")
    assert merged.code == 0 and merged.out == "fast-rcnn  spp is the same now; read\n", merged
    assert "arXiv:1406.4729 was that of spp" in merged.err
    for key in ("spp", "sppnet", "fast-rcnn"):
        paper = shown(program, key)
        assert (paper["key"], paper["status"], paper["arxiv_id"]) == ("fast-rcnn", "read", "1504.08083")
    assert paper["lineages"] == ["R-CNN to Faster R-CNN", "Speed"] and paper["venue"] == "ICCV"
    assert paper["links"] == [{"to": "code", "url": "https://example.org/spp"}]
    assert (paper["builds_on"], paper["built_on_by"]) == (["rcnn"], ["faster-rcnn"])
    members = [one["key"] for one in program.run("list", "-l", "Speed", "--json").json["papers"]]
    assert members == ["fast-rcnn", "adam"]
    after = snapshot(program.trail)
    assert program.ok("undo").startswith("taken back: spp merged into fast-rcnn")
    assert snapshot(program.trail) == before
    program.ok("redo")
    assert snapshot(program.trail) == after
    seeds = program.trail / "seeds" / "papers.csv"
    seeds.write_bytes(seeds.read_bytes() + b"\n")
    assert program.run("list").err == ""
    paper = shown(program, "fast-rcnn")
    assert (paper["title"], paper["builds_on"]) == ("Fast R-CNN", ["rcnn"])
    assert program.run("list", "--json").json["papers"] != [] and program.run("show", "spp").code == 0


@pytest.mark.parametrize("have", [(), ("rcnn",), ("sppnet",), ("rcnn", "sppnet")])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_words_of_both_notes_stay(program: Program, have: tuple[str, ...], ends: str) -> None:
    texts = {
        "rcnn": NOTE.replace("slow", "sluggish").replace("# What I think", "# Rich feature hierarchies"),
        "sppnet": NOTE.replace("Share", "Pool once and share") + "\n## My own\n\nMore.\n",
    }
    (program.trail / "notes").mkdir(exist_ok=True)
    for key in have:
        data = f'---\nkey: "{key}"\n---\n\n{texts[key]}'.replace("\n", ends).encode()
        note_of(program, key).write_bytes(data)
    program.ok("done", "rcnn", "sppnet") if not have else program.run("done", "rcnn", "sppnet")
    before = snapshot(program.trail)
    assert program.run("merge", "rcnn", "sppnet").code == 0
    assert not note_of(program, "rcnn").exists() and note_of(program, "sppnet").exists() == bool(have)
    if have:
        text = note_of(program, "sppnet").read_bytes().decode()
        assert text.count("key:") == 1 and text.startswith(f'---{ends}key: "sppnet"{ends}---{ends}')
        assert ("\r\n" in text) == (ends == "\r\n")
        for key in have:
            words = [word for word in texts[key].split() if word not in "# Rich feature hierarchies"]
            assert not [word for word in words if word not in text]
        assert text.count("Anchors are a hand-made prior.") == 1
        assert shown(program, "sppnet")["counted"]
    after = snapshot(program.trail)
    program.ok("undo")
    assert snapshot(program.trail) == before
    program.ok("redo")
    assert snapshot(program.trail) == after


def test_a_circle_is_left_out(program: Program) -> None:
    merged = program.run("merge", "faster-rcnn", "rcnn")  # fast-rcnn stands on rcnn, and below faster-rcnn
    assert merged.code == 0 and "that rcnn builds on fast-rcnn is left out" in merged.err, merged
    assert shown(program, "rcnn")["builds_on"] == []
    assert program.ok("undo").startswith("taken back: faster-rcnn merged into rcnn")


def test_a_paper_by_hand_becomes_the_one_on_arxiv(program: Program) -> None:
    program.run("add", "--title", "Adam, by hand", "--author", "A. Uthor", "--doi", "10.1000/x")
    program.ok("merge", "adam", "uthoradam")
    paper = shown(program, "adam")
    assert (paper["key"], paper["title"], paper["arxiv_id"]) == ("uthoradam", "Adam, by hand", "1412.6980")
    assert (paper["year"], paper["doi"], paper["builds_on"]) == (2014, "10.1000/x", ["robbins-monro"])


def test_one_paper_is_not_merged(program: Program) -> None:
    program.ok("rename", "adam", "kingma")
    before = snapshot(program.trail)
    for pair in (("adam", "adam"), ("adam", "kingma"), ("1412.6980", "kingma")):
        refused = program.run("merge", *pair)
        assert refused.code == 2 and "is the same paper" in refused.err
    assert program.run("merge", "adam", "nobody").code == 1
    assert snapshot(program.trail) == before


@pytest.mark.parametrize("change", ["start", "note", "lineage"])
def test_nothing_is_done_again_to_a_paper_that_was_removed(program: Program, change: str) -> None:
    if change == "note":
        write_note(program, "adam")
    else:
        program.ok(*(("start", "adam") if change == "start" else ("lineage", "add", "Mine", "adam", "--new")))
    program.ok("undo")
    program.run("remove", "adam", "--yes")
    before = snapshot(program.trail)
    refused = program.run("redo")
    assert refused.code == 7 and "unexpected" not in refused.err and "database" not in refused.err, refused
    assert snapshot(program.trail) == before
