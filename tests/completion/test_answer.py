"""What a line may go on with, by kinds of arguments; and what a trail in any state does not do."""

import sqlite3
import string
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from papertrail.completion.answer import LONGEST_TOLD, answer, complete
from papertrail.completion.sources import MOST, Asked, found
from papertrail.domain.arxiv_id import parse_arxiv_id
from papertrail.store.connection import Database
from papertrail.store.migrate import prepare
from papertrail.store.queries import completion as queries
from tests.trails import opened, small_trail

ESCAPES = "\x1b]52;c;ZXZpbA==\x07\x9b31m\u202e"


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The environment of a reader with a trail that has a bit of everything."""
    home = small_trail(tmp_path_factory.mktemp("completion") / "trail")
    with opened(home) as library:
        library.corrections.rename("adam", "adam-optimizer")
        library.notes.save("rcnn", "## Problem\n\nSlow.\n", None)
    connection = sqlite3.connect(home.private / "library.db")
    with connection:
        connection.execute(
            "INSERT INTO watch (reader_id, kind, name, at) VALUES (1, 'category', 'cs.CV', '2026-03-01')"
        )
        connection.executemany(
            "INSERT INTO announced (arxiv_id, version, title, authors, abstract, categories, announce_type,"
            " announced_on, first_seen_at, first_seen_on, feeds)"
            " VALUES (?, 1, ?, '', '', 'cs.CV', 'new', '2026-02-28', '2026-03-01', '2026-03-01', 'cs.CV')",
            [("2602.00001", "An announcement"), ("2602.00002", "Another"), ("2603.00001", "Third")],
        )
        connection.executemany(
            "INSERT INTO tag (reader_id, paper_id, name) VALUES (1, ?, ?)",
            [
                (1, "thesis"),
                (2, "thesis"),
                (2, "to show"),
                (3, "later"),
                (3, "Évaluation 残差"),
                (3, "Thése"),
            ],
        )
        connection.executemany(
            "INSERT INTO saved_view (reader_id, name, query, position) VALUES (1, ?, 'owed', ?)",
            [("first", 2), ("second thoughts", 1)],
        )
        connection.execute(
            "INSERT INTO triage (reader_id, arxiv_id, state, version, at)"
            " VALUES (1, '2602.00002', 'skipped', 1, '2026-03-01')"
        )
    connection.close()
    return {"PAPERTRAIL_HOME": str(home.root), "HOME": str(home.root.parent), "PAPERTRAIL_TRUST": "*"}


def words(line: str, environ: Mapping[str, str]) -> list[str]:
    """Return what the last word of a line, written without quotes, may become."""
    *before, start = line.split(" ")
    kind, words = complete(before, start, environ)
    return [word for word, _ in words] if kind == "words" else [f"<{kind}>"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("sho", ["show"]),
        ("unr", ["unread"]),
        ("nonsense ", []),
        ("-", ["-V", "--version", "--home", "-h", "--help"]),
        ("--home ", ["<folder>"]),
        ("--ho", ["--home"]),
        ("show fast", ["fast-rcnn", "faster-rcnn"]),
        ("show FAST", ["fast-rcnn", "faster-rcnn"]),
        ("show fast-rcnn ", []),
        ("show a", ["adam", "adam-optimizer"]),
        ("show zz", []),
        ("done fast-rcnn fast", ["faster-rcnn"]),
        ("done fast-rcnn --on ", ["today"]),
        ("done --on today fast", ["fast-rcnn", "faster-rcnn"]),
        ("done --on=2026-03-01 fast-", ["fast-rcnn"]),
        ("done --on=t", ["--on=today"]),
        ("done --o", ["--on"]),
        ("done --on today --", ["--home", "--help"]),
        ("done -- fast-", ["fast-rcnn"]),
        ("done -- -", []),
        ("list --status re", ["reading", "read"]),
        ("list -s re", ["reading", "read"]),
        ("list -sread --lineage s", ["SGD"]),
        ("list --lineage=r", ["--lineage=R-CNN to Faster R-CNN"]),
        ("list --lin", ["--lineage"]),
        ("list -l x --", ["--status", "--view", "--json", "--no-pager", "--home", "--help"]),
        ("list superpixels", []),
        ("list sta", ["status:"]),
        ("list ^ow", ["^owed"]),
        ("list status:re", ["status:reading", "status:read"]),
        ("list ^status:dr", ["^status:dropped"]),
        ("list -status:re", ["-status:reading", "-status:read"]),
        ("list owed -ow", ["-owed"]),
        ("list -sec", ["-section:"]),
        ("list -s", ["-s", "-section:", "-status:", "-sort:"]),
        (
            "list -",
            ["-s", "--status", "-l", "--lineage", "--view", "--json", "--no-pager", "--home", "-h", "--help"],
        ),
        ("list --lineage -ow", []),
        ("list -- -ow", ["-owed"]),
        ("view save x -status:re", ["-status:reading", "-status:read"]),
        ("view save -st", []),
        ("show -t", []),
        ("tag rcnn -t", ["-thesis"]),
        ("tag rcnn sppnet -T", ["-thesis", "-to show"]),
        ("tag rcnn +x ^t", ["^thesis"]),
        ("tag adam-optimizer -t", []),
        ("tag rcnn -", ["--json", "--home", "-h", "--help", "-thesis"]),
        ("tag fast-rcnn -e", ["-Évaluation 残差"]),
        ("list sort:-ye", ["sort:-year"]),
        ("list year:20", []),
        ("list nonsense:x", []),
        ("list key:fast-", ['key:"fast-rcnn"']),
        ("list lineage:s", ["lineage:SGD"]),
        ("list lineage:r", ['lineage:"R-CNN to Faster R-CNN"']),
        ('list owed lineage:"r', ['lineage:"R-CNN to Faster R-CNN"']),
        ("lineages ", ["R-CNN to Faster R-CNN", "SGD", "all"]),
        ("lineages --svg ", ["<file>"]),
        ("lineages --svg=x", ["<file>"]),
        ("lineage ac", ["activate"]),
        ("lineage add S", ["SGD"]),
        ("lineage add SGD rob", ["robbins-monro"]),
        ("lineage link adam-optimizer --on rob", ["robbins-monro"]),
        ("lineage save ", ["<file>"]),
        ("lineage save x.csv S", ["SGD"]),
        ("lineage nonsense ", []),
        ("compare rcnn fast", ["fast-rcnn", "faster-rcnn"]),
        ("compare --section p", ["Problem", "Prior work and its weakness"]),
        ("compare --format ", ["table", "markdown", "csv", "json"]),
        ("goal ", ["set", "replan", "pause", "resume", "drop", "history"]),
        ("goal replan re", ["rebalance"]),
        ("goal set --counts ", ["noted", "read"]),
        ("inbox ", ["mute", "refresh", "show", "skip", "take"]),
        ("inbox --by", ["--by-date"]),
        ("inbox take 2602", ["2602.00001"]),
        ("inbox take ", ["2603.00001", "2602.00001"]),
        ("inbox skip 2603.00001 ", ["2602.00001"]),
        ("watch --remove ", ["cs.CV"]),
        ("set o", ["offline"]),
        ("set offline ", ["on", "off"]),
        ("set day-starts ", []),
        ("edit rcnn ti", ["title="]),
        ("edit rcnn year=2013 do", ["doi="]),
        ("note rcnn --merge ", ["<file>"]),
        ("note rcnn --merge --take m", ["mine"]),
        ("note rcnn --restore 3 --section Pro", ["Problem"]),
        ("merge rcnn fast-", ["fast-rcnn"]),
        ("rename rcnn ", []),
        ("seed ", ["<file>"]),
        ("init ", ["<folder>"]),
        ("add --lineage S", ["SGD"]),
        ("add --author A --a", ["--author"]),
        ("completion ", ["bash", "zsh", "fish"]),
    ],
)
def test_what_a_line_goes_on_with(line: str, wanted: list[str], environ: Mapping[str, str]) -> None:
    assert words(line, environ) == wanted


@pytest.mark.parametrize(
    ("kind", "start", "wanted"),
    [
        ("tag", "t", ["Thése", "thesis", "to show"]),
        ("tag", "EVALUATION 残", ["Évaluation 残差"]),
        ("tag", "évaluation ", ["Évaluation 残差"]),
        ("key-or-tag", "+eval", ["+Évaluation 残差"]),
        ("key-or-tag", "fast-", ["fast-rcnn"]),
        ("key-or-tag", "+TH", ["+Thése"]),
        ("key-or-tag", "+th", ["+thesis"]),
        ("key-or-tag", "+thé", ["+Thése"]),
        ("view", "", ["second thoughts", "first"]),
        ("query", "tag:to", ['tag:"to show"']),
        ("query", "tag:thesé", ['tag:"Thése"']),
    ],
)
def test_tags_and_views(kind: str, start: str, wanted: list[str], environ: Mapping[str, str]) -> None:
    assert [word for word, _ in found(kind, Asked(start, [], None, environ))] == wanted


def test_the_trail_is_the_one_the_line_is_about(environ: Mapping[str, str], tmp_path: Path) -> None:
    named, elsewhere = environ["PAPERTRAIL_HOME"], {"HOME": str(tmp_path), "PAPERTRAIL_TRUST": "*"}
    assert words("show fast-", elsewhere) == []
    assert words(f"--home {named} show fast-", elsewhere) == ["fast-rcnn"]
    assert words(f"show --home={named} fast-", elsewhere) == ["fast-rcnn"]
    assert words(f"--home {tmp_path} show fast-", environ) == []
    assert words("--home ~/trail show fast-", {**elsewhere, "HOME": str(Path(named).parent)}) == ["fast-rcnn"]


def test_titles_are_told_and_keys_of_before(environ: Mapping[str, str]) -> None:
    assert complete(["show"], "adam", environ)[1] == [
        ("adam", "now adam-optimizer"),
        ("adam-optimizer", "Adam"),
    ]


def test_hostile_keys_names_and_titles_arrive_clean(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home = small_trail(tmp_path / "trail")
    opened(home).close()
    with closing(sqlite3.connect(home.private / "library.db")) as connection, connection:
        for statement, values in (
            (
                "UPDATE paper SET key = ?, title = ? WHERE key = 'rcnn'",
                (f"x{ESCAPES}\ny", f"{ESCAPES}\na\tb"),
            ),
            ("UPDATE paper SET title = ? WHERE key = 'adam'", ("long " * 50,)),
            ("UPDATE lineage SET name = ? WHERE name = 'SGD'", (f"a{ESCAPES}\r\nb",)),
        ):
            connection.execute(statement, values)
        connection.execute("UPDATE lineage SET name = '-rf' WHERE name LIKE 'R-CNN%'")
    environ = {"PAPERTRAIL_HOME": str(home.root), "PAPERTRAIL_TRUST": "*"}
    for arguments in (("show", ""), ("list", "--lineage", ""), ("lineage", "add", "")):
        for shell in ("zsh", "fish"):
            answer([shell, *arguments], environ)
        answer(["bash", f"papertrail {' '.join(arguments)}", ""], environ)
    out = capfd.readouterr().out
    assert "x]52;c;ZXZpbA==31m y\t]52;c;ZXZpbA==31m a b\n" in out
    assert "a]52;c;ZXZpbA==31m b\t\n" in out and "a\\]52\\;c\\;ZXZpbA==31m\\ b \n" in out
    assert out.count("-rf") == 3, "where an argument is asked it would be an option"
    assert not any(sign in out for sign in ("\x1b", "\x07", "\x9b", "\u202e", "\r"))
    told = [line.partition("\t")[2] for line in out.split("\n") if line.startswith("adam\t")]
    assert told and all(len(one) <= LONGEST_TOLD for one in told)


@pytest.mark.parametrize(
    "arguments", [[], ["bash"], ["bash", "papertrail show"], ["zsh"], ["nonsense"], ["fish"]]
)
def test_nonsense_is_answered_by_nothing(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert answer(arguments, {}) == 0
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("number", [0, 1, 50, MOST, MOST + 1, 2_000])
@pytest.mark.parametrize("letters", ["ab", string.ascii_lowercase + "-"])
def test_of_many_keys_some_of_each_next_letter(number: int, letters: str, tmp_path: Path) -> None:
    database = Database(tmp_path / "library.db")
    prepare(database)
    random = Random(number)
    keys = sorted({"".join(random.choices(letters, k=random.randint(12, 20))) for _ in range(number)})
    with database.write() as connection:
        for place, key in enumerate(keys):
            connection.execute(
                "INSERT INTO paper (key, title, authors, venue, categories, urls, source, metadata_state,"
                " edited_fields, position, folded, added_at)"
                " VALUES (?, 'A title', '', '', '', '', '', 'seed', '', ?, '', '')",
                (key, place),
            )
        if keys:
            paper = connection.execute("SELECT min(id) FROM paper").fetchone()[0]
            connection.execute("INSERT INTO alias (key, paper_id) VALUES ('zzz', ?)", (paper,))
            keys.append("zzz")
    starts = ["", *(key[: random.randint(0, 9)] for key in random.sample(keys, min(len(keys), 40)))]
    for start in starts:
        fitting = [key for key in keys if key.startswith(start)]
        found = [key for key, _, _ in queries.keys(database.read(), start, MOST)]
        assert len(found) <= MOST + len(letters)
        if len(fitting) <= MOST:
            assert found == fitting
            continue
        common = queries._common(fitting[0], fitting[-1])
        assert set(found) <= set(fitting) and found == sorted(found)
        assert queries._common(found[0], found[-1]) == common
        following = len(common) + 1
        assert {key[:following] for key in found} == {key[:following] for key in fitting}
    plan = connection.execute(f"EXPLAIN QUERY PLAN {queries.KEYS}", {"first": "", "past": "", "most": 1})
    steps = " ".join(row[3] for row in plan)
    assert "MERGE" in steps and "SCAN" not in steps and "TEMP B-TREE" not in steps, steps
    database.close()


def test_an_announcement_is_offered_by_an_id_that_is_understood(environ: Mapping[str, str]) -> None:
    for word in words("inbox take ", environ):
        assert parse_arxiv_id(word).id == word


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("owed lineage:s", ["owed lineage:SGD"]),
        ("(owed or -sta", ["(owed or -status:"]),
        ("year:2015..  status:re", ["year:2015..  status:reading", "year:2015..  status:read"]),
        ('note:"a b" lineage:"r-cnn to', ['note:"a b" lineage:"R-CNN to Faster R-CNN"']),
    ],
)
def test_the_last_of_several_terms_in_one_argument_goes_on(
    typed: str, wanted: list[str], environ: Mapping[str, str]
) -> None:
    assert complete(["list"], typed, environ) == ("words", [(word, "") for word in wanted])
