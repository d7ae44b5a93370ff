"""The inbox by its commands, against a server of feeds on loopback."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.arxiv_server import ArxivServer, busy, cut_feed, record, silence, web_page, well
from tests.cli.program import Program
from tests.cli.test_hostile import EVIL, assert_inert
from tests.cli.test_json import documented, fields_in, section
from tests.daily_feeds import PAPERS, Told, daily_feed

DETECTOR = Told(
    "2604.30001",
    "Region proposals for faster detectors",
    "Rich feature hierarchies and region proposals, shared by a detector.",
    "Ross Girshick, Bo Sample",
)
OTHER = Told("2604.30002", "A survey of tax law", "We look at tax law, and at taxes.", "Bo Sample")
SUBJECTS = ("soil and rain", "bird songs", "old coins", "wheat prices", "river floods", "bridge steel")
OTHERS = tuple(
    Told(f"2604.4{place:04}", f"On {what}", f"We look at {what}, and at {what} in winter.", "Cy Other")
    for place, what in enumerate(SUBJECTS * 2)
)
DAY = {"PAPERTRAIL_NOW": "2026-04-27T12:00"}


@pytest.fixture
def server() -> Iterator[ArxivServer]:
    with ArxivServer(timeout=1.0) as running:
        running.feeds = {"cs.CV": daily_feed((OTHER, DETECTOR)), "cs.LG": daily_feed((), feed="cs.LG")}
        yield running


@pytest.fixture
def reader(program: Program, server: ArxivServer) -> Program:
    """A reader who watches two categories, on the day of the feeds."""
    reading = replace(program, env={**program.env, **server.env(), **DAY})
    assert reading.ok("watch", "CS.cv", "cs.LG") == "cs.CV  watched\ncs.LG  watched\n"
    return reading


def on(reader: Program, day: str) -> Program:
    return replace(reader, env={**reader.env, "PAPERTRAIL_NOW": f"{day}T12:00"})


def waiting(reader: Program, *options: str) -> list[str]:
    return [one["arxiv_id"] for one in reader.run("inbox", "show", "--json", *options).json["waiting"]]


def test_a_day_with_the_inbox(reader: Program) -> None:
    assert reader.ok("inbox") == "arXiv was not asked yet: papertrail inbox refresh\n"
    told = reader.ok("inbox", "refresh")
    assert told == "cs.CV  2 new of 2\ncs.LG  nothing is announced today\n"
    assert reader.ok("inbox", "refresh").startswith("cs.CV  nothing new; 2 papers seen before\n")
    rows = [line.split("  ") for line in reader.ok("inbox").splitlines()]
    assert [row[0] for row in rows] == ["2604.30001", "2604.30002"]
    assert rows[0][-1] == "Ross Girshick: author of two papers here" and rows[1][-1] == "-"
    taken = reader.ok("inbox", "take", "https://arxiv.org/abs/2604.30001v1", "--lineage", "SGD")
    assert taken == "taken  girshick2026region  Region proposals for faster detectors\n"
    paper = reader.run("show", "girshick2026region", "--json").json
    assert (paper["status"], paper["lineages"], paper["version"]) == ("queued", ["SGD"], 1)
    assert paper["authors"] == ["Ross Girshick", "Bo Sample"] and paper["abstract"].startswith("Rich")
    assert (paper["metadata_state"], paper["published"], paper["year"]) == ("fetched", None, 2026)
    assert reader.ok("inbox", "skip", "2604.30002") == "skipped  2604.30002  A survey of tax law\n"
    assert reader.ok("inbox").startswith("nothing waits; arXiv was asked on 27 Apr at 12:00")
    reader.ok("inbox", "refresh")
    assert waiting(reader) == [], "what was skipped stays skipped"


def test_json_has_the_fields_that_are_documented(reader: Program, server: ArxivServer) -> None:
    rcnn = Told("1311.2524", "Rich feature hierarchies", version=6, type="replace")
    server.feeds["cs.CV"] = daily_feed((DETECTOR, rcnn))
    reader.ok("inbox", "mute", "tax")
    for words, part in (
        (("inbox", "refresh"), "inbox refresh"),
        (("inbox",), "inbox --json"),
        (("inbox", "mute"), "inbox mute"),
        (("watch",), "watch"),
    ):
        written = fields_in(reader.run(*words, "--json").json)
        assert written == documented(section(f"`papertrail {part}")), words
    one = reader.run("inbox", "show", "2604.30001", "--json").json
    assert one == reader.run("inbox", "--json").json["waiting"][0]


def test_all_of_it_is_taken_back(reader: Program) -> None:
    reader.ok("inbox", "refresh")
    for words, told in (
        (("inbox", "take", "2604.30001"), "took girshick2026region from the inbox"),
        (("inbox", "skip", "2604.30002"), "skipped 2604.30002 in the inbox"),
        (("inbox", "mute", "tax law"), "tax law muted"),
        (("watch", "--remove", "cs.CV"), "cs.CV no longer watched"),
    ):
        before = waiting(reader)
        reader.ok(*words)
        assert waiting(reader) != before
        reader.run("inbox", "refresh")
        assert reader.ok("undo").startswith(f"taken back: {told}")
        assert waiting(reader) == before
        assert reader.ok("redo").startswith(f"done again: {told}")
        reader.ok("undo")
    assert reader.run("show", "girshick2026region").code == 1


def test_what_was_taken_is_fetched_for_its_dates(reader: Program, server: ArxivServer) -> None:
    reader.ok("inbox", "refresh")
    reader.ok("inbox", "take", "2604.30001", "--no-queue")
    server.add(record("2604.30001", published="2026-04-24T07:08:09Z"))
    assert reader.run("fetch").code == 0
    paper = reader.run("show", "2604.30001", "--json").json
    assert paper["published"].startswith("2026-04-24") and paper["status"] == "unread"


def test_new_versions_of_papers_here_are_told_apart(reader: Program, server: ArxivServer) -> None:
    rcnn = Told("1311.2524", "Rich feature hierarchies", version=6, type="replace")
    stranger = Told("2203.00001", "Somebody else's", version=3, type="replace-cross")
    server.feeds["cs.CV"] = daily_feed((rcnn, stranger))
    told = reader.ok("inbox", "refresh")
    assert "new versions of 1 paper here: papertrail inbox" in told
    assert waiting(reader, "--replacements") == []
    shown = reader.run("inbox", "show", "--json").json
    assert [(one["key"], one["version"]) for one in shown["new_versions"]] == [("rcnn", 6)]
    assert "1311.2524  version" in reader.ok("inbox")
    reader.ok("inbox", "skip", "1311.2524")
    assert "rcnn" not in reader.ok("inbox")
    server.feeds["cs.CV"] = daily_feed((replace(rcnn, version=7), stranger))
    reader.ok("inbox", "refresh", "--replacements")
    assert "rcnn: v7" in reader.ok("inbox"), "the next version is told again"
    assert waiting(reader) == [] and waiting(reader, "--replacements") == ["2203.00001"]


def test_what_waits_for_too_long_goes_and_does_not_come_again(reader: Program) -> None:
    reader.ok("inbox", "refresh")
    assert len(waiting(on(reader, "2026-05-27"))) == 2
    assert waiting(on(reader, "2026-05-28")) == []
    reader.ok("set", "inbox-days", "60")
    assert len(waiting(on(reader, "2026-05-28"))) == 2
    reader.ok("set", "inbox-days", "2")
    late = on(reader, "2026-04-30")
    assert waiting(late) == []
    assert late.ok("inbox", "refresh").startswith("cs.CV  nothing new")
    late.ok("set", "inbox-days", "30")
    assert waiting(late) == []
    assert late.run("inbox", "take", "2604.30001").code == 1


def test_muted_words_authors_and_categories(reader: Program) -> None:
    reader.ok("inbox", "refresh")
    for words in (("tax law",), ("--author", "bo sample"), ("--category", "CS.cv")):
        assert "muted" in reader.ok("inbox", "mute", *words)
        assert "2604.30002" not in waiting(reader)
        assert reader.run("inbox", "show", "--json").json["muted"] > 0
        assert "no longer muted" in reader.ok("inbox", "mute", "--remove", *words)
        assert len(waiting(reader)) == 2
    reader.ok("inbox", "mute", "tax", "残差")
    assert reader.ok("inbox", "mute") == "word  tax\nword  残差\n"


def test_sorted_by_date_the_newest_come_first(reader: Program, server: ArxivServer) -> None:
    reader.ok("inbox", "refresh")
    newer = daily_feed((replace(OTHER, id="2604.30009"),)).replace(b"27 Apr 2026", b"28 Apr 2026")
    server.feeds["cs.CV"] = newer
    reader.ok("inbox", "refresh")
    assert waiting(reader, "--by-date")[0] == "2604.30009"
    assert waiting(reader)[0] == "2604.30001"
    assert waiting(reader, "-n", "1") == ["2604.30001"]


def test_a_query_finds_what_was_submitted_of_late(reader: Program, server: ArxivServer) -> None:
    query = "au:He_K AND ti:residual"
    he = ("Kaiming He",)
    server.add(
        record("2604.00007", "Residual again", authors=he, published="2026-04-20T07:08:09Z"),
        record("2604.00008", "Residual of others", published="2026-04-20T07:08:09Z"),
        record("1512.03385", "Deep Residual Learning", authors=he, published="2015-12-10T07:08:09Z"),
    )
    reader.ok("watch", "--query", query)
    assert query in reader.ok("watch", "--list")
    assert f"{query}  1 new of 1" in reader.ok("inbox", "refresh")
    assert "2604.00007" in waiting(reader)
    reader.ok("watch", "--remove", "--query", query)
    assert "2604.00007" not in waiting(reader)


@pytest.mark.parametrize("behaviour", [silence, web_page, cut_feed, busy(404)])
def test_a_feed_that_cannot_be_read_harms_no_other(
    reader: Program, server: ArxivServer, behaviour: object
) -> None:
    server.always(behaviour)  # type: ignore[arg-type]
    none = reader.run("inbox", "refresh")
    assert none.code == 6 and none.err.count("\n") == 1, none
    server.always(well)
    server.next(behaviour)  # type: ignore[arg-type]
    one = reader.run("inbox", "refresh")
    assert one.code == 1 and one.err.startswith("papertrail: cs.CV: ") and one.err.count("\n") == 1, one
    assert one.out.startswith("cs.LG  ") and waiting(reader) == []


def test_a_busy_arxiv_is_not_asked_on(reader: Program, server: ArxivServer) -> None:
    server.always(busy(503, retry_after=9999))
    result = reader.run("inbox", "refresh")
    assert (result.code, len(server.requests)) == (6, 1) and "9999 s" in result.err


def test_categories_that_are_none(reader: Program, server: ArxivServer) -> None:
    wrong = reader.run("watch", "computer vision")
    assert wrong.code == 2 and "cs.CV" in wrong.err
    reader.ok("watch", "cs.XX")
    told = reader.run("inbox", "refresh")
    assert told.code == 1 and "cs.CV  2 new of 2" in told.out and "cs.XX" in told.err
    assert reader.run("watch", "--remove", "math.AG").code == 1
    assert reader.run("watch", "--json").json["watched"][0] == {"kind": "category", "name": "cs.CV"}


@pytest.mark.parametrize("harm", ["", "{", "1 abc\n{}", "folder"])
def test_what_was_learnt_is_kept_but_never_believed_blindly(reader: Program, harm: str) -> None:
    reader.ok("inbox", "refresh")
    first = reader.ok("inbox")
    path = reader.trail / ".papertrail" / "inbox-model.json"
    learnt = path.read_bytes()
    assert reader.ok("inbox") == first and path.read_bytes() == learnt
    path.unlink()
    if harm == "folder":
        path.mkdir()
    else:
        path.write_text(harm, encoding="utf-8")
    assert reader.ok("inbox") == first
    reader.ok("drop", "rcnn")
    assert "author of two papers" not in reader.ok("inbox"), "learnt anew"
    assert not list(path.parent.glob("*.tmp"))


@pytest.mark.parametrize("way", ["variable", "setting"])
def test_nothing_is_asked_offline(reader: Program, server: ArxivServer, way: str) -> None:
    if way == "setting":
        reader.ok("set", "offline", "on")
    result = reader.run("inbox", "refresh", env={"PAPERTRAIL_OFFLINE": "1"} if way == "variable" else {})
    assert result.code == 6 and "stay offline" in result.err
    assert server.requests == []
    reader.ok("inbox")


def test_nothing_watched_is_said(program: Program) -> None:
    assert program.ok("inbox") == "nothing is watched yet: papertrail watch cs.CV\n"
    assert program.ok("watch") == "nothing is watched yet: papertrail watch cs.CV\n"
    assert program.run("inbox", "refresh").code == 1


@pytest.mark.parametrize(
    "words", [("inbox", "take", "2604.1"), ("inbox", "show", "2604.30009"), ("inbox", "tak")]
)
def test_mistakes_are_one_clear_line(reader: Program, words: tuple[str, ...]) -> None:
    result = reader.run(*words)
    assert result.code in (1, 2) and result.err.count("\n") <= 2 and not result.out


def test_hostile_announcements_are_inert(reader: Program, server: ArxivServer) -> None:
    evil = Told("2604.30005", f"region proposals {EVIL}", f"detector {EVIL}", f"A {EVIL}, Ross Girshick")
    server.feeds["cs.CV"] = daily_feed((evil, *PAPERS))
    for words in (
        ("inbox", "refresh"),
        ("inbox",),
        ("inbox", "show", "2604.30005"),
        ("inbox", "mute", EVIL.replace("\0", "")),
        ("inbox", "mute"),
        ("watch", "--query", EVIL.replace("\0", "")),
        ("watch",),
        ("inbox", "take", "2604.30005"),
        ("undo", "--list"),
        ("inbox", "skip", "2604.21952"),
    ):
        code, seen = reader.in_terminal(*words)
        assert code == 0, seen
        assert_inert(seen)
        assert "unexpected" not in seen.decode()


def test_on_a_terminal_those_near_stand_before_the_rest(reader: Program, server: ArxivServer) -> None:
    server.feeds["cs.CV"] = daily_feed((*OTHERS, OTHER, DETECTOR))
    reader.ok("inbox", "refresh")
    code, seen = reader.in_terminal("inbox", env={"NO_COLOR": "1"}, columns=80)
    lines = seen.decode().splitlines()
    assert code == 0 and lines[0].startswith("1 near of 14 waiting · arXiv asked on 27 Apr"), lines
    assert lines[1].startswith("2604.30001  27 Apr  cs.CV  Region proposals")
    assert "like faster-rcnn, rcnn: " in lines[2] and lines[3] == "the rest"
    assert all(len(line) <= 80 for line in lines)


def test_days_that_lack_are_told_and_asked_for(reader: Program, server: ArxivServer) -> None:
    reader.ok("inbox", "refresh")
    later = on(reader, "2026-05-01")
    server.feeds["cs.CV"] = daily_feed(OTHERS).replace(b"Mon, 27 Apr 2026", b"Fri, 01 May 2026")
    told = later.ok("inbox", "refresh")
    assert "3 days may lack since 27 Apr: papertrail inbox refresh --days 7\n" in told
    assert later.run("inbox", "--json").json["ask_days"] == 7
    server.add(record("2604.30077", "Missed on Tuesday", published="2026-04-27T07:08:09Z"))
    told = later.ok("inbox", "refresh", "--days", "7")
    assert "may lack" not in told and "1 new of 13" in told
    assert "2604.30077" in waiting(later)
    assert later.run("inbox", "--json").json["missed_days"] == 0
    assert later.run("inbox", "refresh", "--days", "31").code == 2
