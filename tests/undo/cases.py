"""Every use case that writes, each with something it may do to a trail as it is."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

from papertrail.domain.asked import Outcome
from papertrail.domain.errors import PapertrailError
from papertrail.domain.facts import read_facts
from papertrail.domain.goal.replan import Way
from papertrail.domain.imports import Wanted
from papertrail.domain.inbox.watches import MuteKind, mute_of, watch_category, watch_query
from papertrail.domain.metadata import Metadata, MetadataBatch, SearchReply
from papertrail.domain.paper import Status
from papertrail.domain.recall.review import Grade, ReviewQuestion
from papertrail.domain.tellings import Mark
from papertrail.library import Home, Library, open_library
from papertrail.store.queries import digests, word_index
from tests.trails import NOTE, FixedClock, make_database, write_seeds

NAMES = ("Speed", "Two stages", "a [/b] z", "训练")
VIEWS = tuple(f"{name}, seen" for name in NAMES)
WORDS = ("Slow.", "Because of anchors.", "残差 网络", "x" * 40, "`code`")
ASKED = (
    "Why 3x3?",
    "Why 3x3 and not 5x5?",
    "Why 5x5?",
    "What of [/b]?",
    "为什么？",
    "为什么是残差？",
    "Why?",
)
MODEL = (
    "SELECT * FROM paper ORDER BY id",
    "SELECT * FROM alias ORDER BY key",
    "SELECT * FROM cited_as ORDER BY paper_id",
    "SELECT * FROM lineage ORDER BY id",
    "SELECT * FROM lineage_paper ORDER BY lineage_id, paper_id",
    "SELECT * FROM lineage_note ORDER BY lineage_id",
    "SELECT * FROM builds_on ORDER BY child_id, parent_id",
    "SELECT * FROM reading ORDER BY paper_id",
    "SELECT * FROM tag ORDER BY paper_id, name",
    "SELECT * FROM saved_view ORDER BY name",
    "SELECT * FROM goal ORDER BY id",
    "SELECT * FROM setting ORDER BY name",
    "SELECT * FROM triage ORDER BY arxiv_id",
    "SELECT * FROM watch ORDER BY kind, name",
    "SELECT * FROM mute ORDER BY kind, name",
    "SELECT * FROM question ORDER BY id",
    "SELECT * FROM review ORDER BY id",
    "SELECT * FROM memory ORDER BY question_id",
    "SELECT * FROM set_aside ORDER BY question_id",
    "SELECT * FROM asked ORDER BY id",
    "SELECT * FROM guess ORDER BY paper_id",
    "SELECT * FROM telling ORDER BY id",
    "SELECT * FROM told_paper ORDER BY telling_id, paper_id",
    "SELECT paper_id, sha256, sections, complete, words, text FROM note ORDER BY paper_id",
)


class ComposedSource:
    """Knows every arXiv id."""

    def search(self, query: str, *, limit: int, newest: bool) -> SearchReply:
        raise NotImplementedError

    def by_ids(self, arxiv_ids: Sequence[str], *, fresh: bool = False) -> Iterator[MetadataBatch]:
        day = datetime(2020, 1, 1, tzinfo=timezone.utc)
        yield MetadataBatch(
            tuple(
                Metadata(
                    id_,
                    1,
                    f"Paper {id_}",
                    ("Ada Lovelace",),
                    "It is.",
                    day,
                    day,
                    ("cs.CV",),
                    None,
                    None,
                    None,
                    (),
                )
                for id_ in arxiv_ids
            ),
            (),
        )


def open_trail(home: Home, program: str, clock: FixedClock | None = None) -> Library:
    """Open a trail as one program among several."""
    clock = clock or FixedClock()
    make_database(home, clock)
    return open_library(home, clock=clock, source=ComposedSource(), program=program)


def _keys(library: Library, random: Random, most: int = 3) -> list[str]:
    keys = [paper.key for paper in library.papers.each()]
    keys = keys[:4] if random.random() < 0.7 else keys  # the same ones again and again
    return random.sample(keys, random.randint(1, min(most, len(keys))))


def _key(library: Library, random: Random) -> str:
    return _keys(library, random, 1)[0]


def _lineage(library: Library, random: Random) -> str:
    return random.choice([*library.lineages.members(), *NAMES])


def _text(random: Random) -> str:
    parts = NOTE.split("## ")
    random.shuffle(parts)
    asked = [f"\nQ: {random.choice(ASKED)}\nA: {random.choice(WORDS)}\n" for _ in range(random.randint(0, 4))]
    begin = "## ".join(parts[: random.randint(1, len(parts))])
    return "".join((begin, random.choice(WORDS), "\n", *asked))


def set_status(library: Library, random: Random) -> None:
    status = random.choice(list(Status))
    day = library.agenda.today().progress.today - timedelta(random.randint(0, 40))
    keys = _keys(library, random)
    on = day if status is Status.READ and random.random() < 0.4 else None
    library.statuses.set(keys, status, on=on, asked=keys[:1])


def go_back(library: Library, random: Random) -> None:
    library.statuses.go_back(_keys(library, random))


def recount(library: Library, random: Random) -> None:
    day = library.agenda.today().progress.today - timedelta(random.randint(0, 40))
    library.statuses.recount(_keys(library, random, 1), on=random.choice([None, day]))


def move_in_queue(library: Library, random: Random) -> None:
    library.statuses.move_in_queue(_keys(library, random), random.randint(0, 4))


TAGS = ("cnn", "CNN", "a [/b] z", "待读", "to show", "Léon")
QUERIES = ("status:read", "tag:cnn -owed", "残差 or year:2015..", '"a [/b] z"')


def mark(library: Library, random: Random) -> None:
    add, remove = (random.sample(TAGS, random.randint(0, 2)) for _ in range(2))
    rating = random.choice([None, None, 0, 1, 5])
    library.tags.change(_keys(library, random), add=add, remove=remove, rating=rating)


def save_view(library: Library, random: Random) -> None:
    library.views.save(random.choice(VIEWS), random.choice(QUERIES))


def remove_view(library: Library, random: Random) -> None:
    library.views.remove(random.choice(VIEWS))


def save_note(library: Library, random: Random) -> None:
    key = _key(library, random)
    library.notes.save(key, _text(random), library.notes.version(key))


def save_section(library: Library, random: Random) -> None:
    name = random.choice(("Problem", "key idea", "Limits", *NAMES))
    words = random.choice((*WORDS, "## Another", "```"))
    library.notes.save_section(_key(library, random), name, words, more=random.random() < 0.5)


def restore_draft(library: Library, random: Random) -> None:
    key = _key(library, random)
    library.notes.keep_draft(key, _text(random), library.notes.version(key))
    library.notes.restore_draft(key)


def write_note_outside(library: Library, random: Random) -> None:
    path = library.home.notes / f"{_key(library, random)}.md"
    path.parent.mkdir(exist_ok=True)
    style = random.randrange(3)
    if style == 0 and path.exists():
        path.unlink()
    else:
        text = _text(random)
        path.write_bytes((text.replace("\n", "\r\n") if style == 1 else text).encode("utf-8"))
    library.notes.index_changed()


def lend_note(library: Library, random: Random) -> None:
    lent = library.notes.begin_file(_key(library, random))
    if random.random() < 0.7:
        lent.path.write_text(_text(random), encoding="utf-8")
    library.notes.end_file(lent)


def convert_note(library: Library, random: Random) -> None:
    key = _key(library, random)
    path = library.home.notes / f"{key}.md"
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        path.write_bytes("## Problem\n\nÜberflüssig groß\n".encode("cp1252"))
        library.notes.convert(key, "cp1252")


def restore_note(library: Library, random: Random) -> None:
    key = _key(library, random)
    section = random.choice(["", "", "Problem", "Key idea"])
    library.history.restore(key, random.choice(library.history.revisions(key)), section)


def restore_note_of_backup(library: Library, random: Random) -> None:
    there = library.backups.all()
    if not there or random.random() < 0.1:
        there = [library.backups.make()]
    library.backups.restore_note(random.choice(there).path, _key(library, random))


def restore_gone(library: Library, random: Random) -> None:
    library.strays.restore_gone()  # what `write_note_outside` took away


GUESSES = ("I would share the layers.", "残差 一下", "- a [/b] z\n- b", "## Problem\n\nno", "", "```")


def guess(library: Library, random: Random) -> None:
    library.guesses.tell(_key(library, random), random.choice(GUESSES))


def asked_in_earnest(library: Library, random: Random) -> None:
    question = random.choice(["why 3x3?", "为什么？", "a [/b] z"])
    outcome = random.choice([None, *Outcome])
    library.asked.add(_key(library, random), question, outcome, where="design review")


def set_goal(library: Library, random: Random) -> None:
    rest = random.sample(range(7), random.randint(0, 2))
    library.goal.set(target=random.randint(1, 200), rest_days=rest, words=random.choice([None, 0, 3, 4]))


def pause_goal(library: Library, random: Random) -> None:
    first = library.agenda.today().progress.today + timedelta(random.randint(-3, 30))
    library.goal.pause(first, first + timedelta(random.randint(0, 9)))


def end_pause(library: Library, random: Random) -> None:
    library.goal.end_pause(library.agenda.today().progress.today + timedelta(random.randint(0, 9)))


def drop_goal(library: Library, random: Random) -> None:
    library.goal.drop()


def replan_goal(library: Library, random: Random) -> None:
    library.goal.replan(random.choice(list(Way)))


def put_in_lineage(library: Library, random: Random) -> None:
    library.lineages.put(_lineage(library, random), _keys(library, random))


def rename_lineage(library: Library, random: Random) -> None:
    library.lineages.rename(_lineage(library, random), random.choice(NAMES))


def remove_lineage(library: Library, random: Random) -> None:
    library.lineages.remove(_lineage(library, random))


def save_summary(library: Library, random: Random) -> None:
    name = random.choice(list(library.lineages.members()))
    library.summaries.save(name, _text(random), library.summaries.version(name))


def write_summary_outside(library: Library, random: Random) -> None:
    name = random.choice(list(library.lineages.members()))
    path = library.summaries.file(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and random.random() < 0.3:
        path.unlink()
    else:
        path.write_text(_text(random), encoding="utf-8")
    library.summaries.take_in(name)


def lend_summary(library: Library, random: Random) -> None:
    lent = library.summaries.begin_file(random.choice(list(library.lineages.members())))
    if random.random() < 0.7:
        lent.path.write_text(_text(random), encoding="utf-8")
    library.summaries.end_file(lent)


def compare_summary(library: Library, random: Random) -> None:
    name = _lineage(library, random)
    path = library.summaries.file(name)
    if path.exists():
        path.write_text(_text(random), encoding="utf-8")  # taken in before it is compared
    library.summaries.compare(name, [])


def restore_summary(library: Library, random: Random) -> None:
    name = random.choice(list(library.lineages.members()))
    earlier = library.summaries.earlier(name)
    library.summaries.restore(name, str(random.choice(earlier).number))


def take_out_of_lineage(library: Library, random: Random) -> None:
    name, members = random.choice(list(library.lineages.members().items()))
    library.lineages.take_out(name, random.sample(members, min(len(members), 2)))


def move_in_lineage(library: Library, random: Random) -> None:
    name, members = random.choice(list(library.lineages.members().items()))
    library.lineages.move(name, random.choice(members), random.choice([None, *members]))


def rest_lineage(library: Library, random: Random) -> None:
    library.lineages.set_active(_lineage(library, random), random.random() < 0.5)


def link(library: Library, random: Random) -> None:
    library.lineages.link(_key(library, random), _key(library, random))


def unlink(library: Library, random: Random) -> None:
    child = _key(library, random)
    library.lineages.unlink(child, random.choice(library.papers.get(child).builds_on).key)


def set_setting(library: Library, random: Random) -> None:
    library.settings.set("next-depth", str(random.randint(0, 3)))


def add(library: Library, random: Random) -> None:
    ids = [f"2001.{random.randint(10000, 10020)}" for _ in range(random.randint(1, 3))]
    known = {paper.arxiv_id for paper in library.papers.each()}
    new = [id_ for id_ in ids if id_ not in known]
    if new:
        library.intake.add(new, lineage=random.choice([None, *NAMES]), new=True)


def add_unanswered(library: Library, random: Random) -> None:
    ids = {f"2001.{random.randint(10000, 10020)}" for _ in range(random.randint(1, 3))}
    with library.intake._unanswered_as_yet(sorted(ids), random.choice([None, *NAMES])):
        library.intake.add_unanswered()


def edit(library: Library, random: Random) -> None:
    facts = [
        ("title", random.choice(NAMES)),
        ("year", random.choice(["", "1999", "2020"])),
        ("doi", f"10.1000/{random.randint(0, 2)}"),
        ("arxiv", f"2001.{random.randint(10000, 10004)}"),
        ("code", random.choice(["", "https://example.org/code"])),
        ("authors", random.choice(["", "Ada Lovelace; 何恺明"])),
    ]
    some = random.sample(facts, random.randint(1, 3))
    library.corrections.edit(_key(library, random), read_facts(some))


def add_by_hand(library: Library, random: Random) -> None:
    facts = [("title", random.choice(WORDS)), ("doi", f"10.1000/{random.randint(0, 2)}"), ("venue", "ICCV")]
    lineage = random.choice([None, *NAMES])
    library.corrections.add(read_facts(facts[: random.randint(1, 3)]), lineage=lineage, new=True)


def merge(library: Library, random: Random) -> None:
    library.unions.merge(_key(library, random), _key(library, random))


def rename(library: Library, random: Random) -> None:
    library.corrections.rename(_key(library, random), f"renamed-{random.randint(0, 5)}")


def remove(library: Library, random: Random) -> None:
    library.corrections.remove(_key(library, random))


def add_found(library: Library, random: Random) -> None:
    ids = [f"2002.{random.randint(10000, 10020)}" for _ in range(random.randint(1, 3))]
    (batch,) = ComposedSource().by_ids(list(dict.fromkeys(ids)))
    library.intake.add_found(batch.found)


def seed(library: Library, random: Random) -> None:
    rows = [
        (
            random.choice(NAMES),
            f"seeded-{n}",
            f"Seeded {random.random()}",
            "",
            "2019",
            "",
            "",
            "",
            "rcnn; adam",
        )
        for n in random.sample(range(5), 2)
    ]
    library.seeds.load(write_seeds(library.home.private / "more.csv", rows))


def bring_in(library: Library, random: Random) -> None:
    entries = []
    for number in random.sample(range(6), 3):
        key, note = random.choice(_keys(library, random)), random.choice(WORDS)
        known = library.papers.get(key).summary.title if random.random() < 0.4 else f"Brought {number}"
        told = "" if random.random() < 0.5 else f"annote = {{{note}}},"
        tag = random.choice(("old", "to show"))
        entries.append(
            f"@misc{{in{number}, title = {{{known}}}, keywords = {{{tag}}}, {told} pages = {{1}}}}"
        )
    path = library.home.private / "more.bib"
    path.write_text("\n".join(entries), encoding="utf-8")
    status = random.choice((None, Status.READ, Status.QUEUED))
    library.imports.take_in(path, Wanted(random.choice((None, *NAMES)), ("zot",), status))


def _announced(library: Library, random: Random) -> list[str]:
    """Return some arXiv ids, announced as feeds do: what arXiv said is no change of the reader's."""
    ids = [f"2603.{random.randint(10000, 10012)}" for _ in range(random.randint(1, 3))]
    rows = [(id_, f"Announced {id_}", "Ada Lovelace") for id_ in ids]
    connection = sqlite3.connect(library.home.private / "library.db")
    try:
        with connection:
            connection.executemany(
                "INSERT OR IGNORE INTO announced VALUES (?, 1, ?, ?, 'It is.', 'cs.CV', 'new', '2026-03-01',"
                " '2026-03-01T04:00:00', '2026-03-01', NULL, NULL, 'cs.CV')",
                rows,
            )
            digests.keep_announced(connection)
    finally:
        connection.close()
    return ids


def take(library: Library, random: Random) -> None:
    ids = _announced(library, random)
    library.inbox.take(ids, lineage=random.choice([None, *NAMES]), new=True, queue=random.random() < 0.7)


def skip(library: Library, random: Random) -> None:
    library.inbox.skip(_announced(library, random))


def tell(library: Library, random: Random) -> None:
    page = library.tellings.page(_lineage(library, random))
    marks = {paper.key: random.choice(list(Mark)) for paper in page.papers if random.random() < 0.7}
    library.tellings.tell(page, random.choice(WORDS), random.randint(0, 300), marks)


WATCHES = (watch_category("cs.CV"), watch_category("math"), watch_query("au:He_K AND ti:[/b]"))
MUTES = (
    mute_of(MuteKind.WORD, "残差"),
    mute_of(MuteKind.AUTHOR, "A. [/b]"),
    mute_of(MuteKind.CATEGORY, "cs"),
)


def watch(library: Library, random: Random) -> None:
    library.inbox.watch(random.sample(WATCHES, random.randint(1, 3)))


def unwatch(library: Library, random: Random) -> None:
    library.inbox.unwatch([random.choice(WATCHES)])


def mute(library: Library, random: Random) -> None:
    library.inbox.mute(random.sample(MUTES, random.randint(1, 3)))


def unmute(library: Library, random: Random) -> None:
    library.inbox.unmute([random.choice(MUTES)])


def grade(library: Library, random: Random) -> None:
    question = _question(library, random)
    library.recall.grade(question, random.choice(list(Grade)), random.choice([None, 20]))


def bury(library: Library, random: Random) -> None:
    library.recall.bury(_question(library, random))


def mark_bad(library: Library, random: Random) -> None:
    library.recall.mark_bad(_question(library, random))


def _question(library: Library, random: Random) -> ReviewQuestion:
    day = library.recall.day(_keys(library, random, 4))
    return library.recall.question(random.choice(day.asked))


CASES: dict[str, Callable[[Library, Random], None]] = {
    "statuses.set": set_status,
    "statuses.go_back": go_back,
    "statuses.recount": recount,
    "statuses.move_in_queue": move_in_queue,
    "tags.change": mark,
    "views.save": save_view,
    "views.remove": remove_view,
    "recall.grade": grade,
    "recall.bury": bury,
    "recall.mark_bad": mark_bad,
    "notes.save": save_note,
    "notes.save_section": save_section,
    "notes.restore_draft": restore_draft,
    "notes.index_changed": write_note_outside,
    "notes.end_file": lend_note,
    "notes.convert": convert_note,
    "history.restore": restore_note,
    "strays.restore_gone": restore_gone,
    "backups.restore_note": restore_note_of_backup,
    "goal.set": set_goal,
    "goal.pause": pause_goal,
    "goal.end_pause": end_pause,
    "goal.drop": drop_goal,
    "goal.replan": replan_goal,
    "lineages.put": put_in_lineage,
    "lineages.rename": rename_lineage,
    "lineages.remove": remove_lineage,
    "summaries.save": save_summary,
    "summaries.take_in": write_summary_outside,
    "summaries.begin_file": lend_summary,
    "summaries.end_file": lend_summary,
    "summaries.restore": restore_summary,
    "summaries.compare": compare_summary,
    "lineages.take_out": take_out_of_lineage,
    "lineages.move": move_in_lineage,
    "lineages.set_active": rest_lineage,
    "lineages.link": link,
    "lineages.unlink": unlink,
    "settings.set": set_setting,
    "guesses.tell": guess,
    "asked.add": asked_in_earnest,
    "corrections.edit": edit,
    "corrections.add": add_by_hand,
    "unions.merge": merge,
    "corrections.rename": rename,
    "corrections.remove": remove,
    "intake.add": add,
    "intake.add_found": add_found,
    "intake.add_unanswered": add_unanswered,
    "seeds.load": seed,
    "imports.take_in": bring_in,
    "tellings.tell": tell,
    "inbox.take": take,
    "inbox.skip": skip,
    "inbox.watch": watch,
    "inbox.unwatch": unwatch,
    "inbox.mute": mute,
    "inbox.unmute": unmute,
}


def run(library: Library, case: str, seed: int) -> str:
    """Do what `case` does by chance `seed`; return why it was refused, nothing when it was not."""
    try:
        if case == "undo":
            library.undo.undo()
        elif case == "redo":
            library.undo.redo()
        else:
            CASES[case](library, Random(seed))
    except (PapertrailError, IndexError) as error:  # IndexError: there is nothing to choose from
        return f"{type(error).__name__}: {error}"
    return ""


def snapshot(root: Path) -> dict[str, object]:
    """Return the whole model: every row but the journal's and the operations', every byte of the notes.

    The index of words has to be in step with it, and every row's digest.
    """
    home = Home(root)
    connection = sqlite3.connect(home.private / "library.db")
    try:
        model: dict[str, object] = {sql: connection.execute(sql).fetchall() for sql in MODEL}
        assert word_index.out_of_step(connection) == []
        assert list(digests.damaged(connection)) == []
        assert digests.wrongly_undone(connection) == []
    finally:
        connection.close()
    notes = sorted(
        (*home.notes.glob("*.md"), *home.notes.glob("lineages/*.md"))
    )  # disks have orders of their own
    model["files"] = {path.relative_to(home.notes).as_posix(): path.read_bytes() for path in notes}
    return model


def newest_operation(root: Path) -> tuple[int, int]:
    """Return the number of the newest operation, and how many stand."""
    connection = sqlite3.connect(Home(root).private / "library.db")
    try:
        newest = connection.execute("SELECT max(id) FROM operation").fetchone()[0]
        standing = connection.execute(
            "SELECT count(*) FROM operation WHERE undone_by IS NULL AND verb <> 'undo'"
        ).fetchone()[0]
    finally:
        connection.close()
    return newest, standing
