"""No use case that writes is left without its way back, and no table, nor any kind of operation."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from papertrail import library
from papertrail.domain.operations import FINAL as FINAL_VERBS
from papertrail.domain.operations import Verb
from papertrail.domain.past import WHY_FINAL, Event, told
from papertrail.store import recorded, tables
from tests.undo.cases import CASES

PACKAGE = Path(library.__file__).parent
GROUPS = {
    "statuses.py": "statuses",
    "notes.py": "notes",
    "histories.py": "history",
    "strays.py": "strays",
    "goals.py": "goal",
    "lineages.py": "lineages",
    "summaries.py": "summaries",
    "settings.py": "settings",
    "tags.py": "tags",
    "views.py": "views",
    "recall.py": "recall",
    "intake.py": "intake",
    "seeds.py": "seeds",
    "imports.py": "imports",
    "exports.py": "exports",
    "corrections.py": "corrections",
    "unions.py": "unions",
    "inbox.py": "inbox",
    "search.py": "search",
    "guesses.py": "guesses",
    "asked.py": "asked",
    "tellings.py": "tellings",
    "mending.py": "mending",
    "backups.py": "backups",
}
# What cannot be taken back, and what only other use cases stand upon.
FINAL = {
    "intake.fetch",
    "seeds.load_changed",
    "inbox.refresh",
    "goal.begin",
    "exports.write",
    "exports.save_story",
    "exports.remember",
    "search.reindex",
    "search.is_whole",
    "imports.preview",  # given up before it ends
    "mending.mend",
}
DOORS = {"operation", "session_operation", "take_in", "forget"}
MECHANISM = {"open_trail.py", "indexed_notes.py", "undo.py"}


def calls(function: ast.FunctionDef) -> Iterator[str]:
    """Give the names of the object's own methods that a function calls, and of the doors to the database."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of_self = isinstance(node.func.value, ast.Name) and node.func.value.id == "self"
            if of_self or node.func.attr in DOORS:
                yield node.func.attr


def writing(path: Path) -> set[str]:
    """Return the public methods of the class in a module that write, themselves or through others of it."""
    functions = {
        node.name: set(calls(node))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    found = {name for name, called in functions.items() if called & DOORS}
    while more := {name for name, called in functions.items() if called & found} - found:
        found |= more
    return {name for name in found if not name.startswith("_")}


def test_every_use_case_that_writes_is_walked_over() -> None:
    modules = [path for path in PACKAGE.glob("*.py") if path.name not in MECHANISM and writing(path)]
    assert {path.name for path in modules} == set(GROUPS)
    written = {f"{GROUPS[path.name]}.{name}" for path in modules for name in writing(path)}
    assert written == set(CASES) | FINAL


def test_nothing_is_written_but_in_an_operation() -> None:
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        # What papertrail remembers for itself: the template's stamp, when histories were thinned.
        own = {"notes.py": (1, 0), "thinning.py": (1, 0)}
        allowed = {"open_trail.py": (1, 1), **own}.get(str(path.relative_to(PACKAGE)), (0, 0))
        assert (text.count("database.write("), text.count("database.session(")) == allowed, path


def test_every_table_is_recorded_or_said_not_to_be() -> None:
    known = {*recorded.RECORDED, *recorded.NOT_RECORDED, "note"}
    assert known == set(tables.METADATA.tables)


@pytest.mark.parametrize("verb", sorted(set(Verb) - {Verb.UNDO, Verb.REDO}))
def test_every_kind_of_operation_has_words(verb: Verb) -> None:
    events = {
        Verb.STATUS: Event("status", "rcnn", {"status": "queued"}, {"status": "dropped"}),
        Verb.RECOUNT: Event("recount", "rcnn", {"on": "2026-01-01"}, {"on": "2026-01-02"}),
        Verb.QUEUE: Event("queue", "rcnn", {"place": 1}, {"place": 0}),
        Verb.NOTE: Event("note", "rcnn", None, {"words": 1}),
        Verb.GOAL: Event("goal", None, {"target": 1}, {"target": 2}),
        Verb.BEGIN: Event("goal", None, None, {"target": 2}),
        Verb.LINEAGE: Event("lineage", "rcnn", None, {"lineage": "SGD"}),
        Verb.SUMMARY: Event("summary", None, None, {"lineage": "SGD", "words": 3}),
        Verb.LINK: Event("link", "rcnn", None, {"builds_on": "vgg"}),
        Verb.SETTING: Event("setting", None, None, {"name": "next-depth", "value": "2"}),
        Verb.TAG: Event("tag", "rcnn", {}, {"tags": ["cnn"]}),
        Verb.RATE: Event("rate", "rcnn", {"rating": None}, {"rating": 4}),
        Verb.VIEW: Event("view", None, None, {"view": "thesis", "query": "tag:thesis"}),
        Verb.ADD: Event("add", "rcnn", None, {"title": "R"}),
        Verb.EDIT: Event("edit", "rcnn", {"title": "R"}, {"title": "S"}),
        Verb.RENAME: Event("rename", "girshick", {"key": "rcnn"}, {"key": "girshick"}),
        Verb.MERGE: Event("merge", "rcnn", None, {"key": "sppnet"}),
        Verb.REMOVE: Event("remove", "rcnn", {"title": "R"}, None),
        Verb.SEED: Event("seed", "rcnn", None, {"title": "R"}),
        Verb.IMPORT: Event("add", "rcnn", None, {"title": "R", "by": "import"}),
        Verb.SEEDS_FILE: Event("seed", "rcnn", {"title": "R"}, {"title": "S"}),
        Verb.FETCH: Event("fetch", "rcnn", {}, {}),
        Verb.WATCH: Event("watch", None, None, {"kind": "category", "name": "cs.CV"}),
        Verb.MUTE: Event("mute", None, {"kind": "word", "name": "survey"}, None),
        Verb.TAKE: Event("take", "rcnn", None, {"arxiv_id": "1311.2524", "title": "R"}),
        Verb.SKIP: Event("skip", None, None, {"arxiv_id": "1311.2524", "title": "R"}),
        Verb.REVIEW: Event("review", "rcnn", None, {"question": "why 3x3?", "grade": "good"}),
        Verb.SET_ASIDE: Event("set-aside", None, None, {"question": "?", "until": None, "lineage": "SGD"}),
        Verb.TELL: Event("tell", None, None, {"lineage": "SGD", "seconds": 9, "told": 1, "marks": 2}),
        Verb.REFRESH: Event("refresh", None, None, {"feed": "cs.CV", "new": 2}),
        Verb.EXPORT: Event("export", None, None, {"to": "/x"}),
        Verb.GUESS: Event("guess", "rcnn", None, {"words": 2}),
        Verb.ASKED: Event("asked", "rcnn", None, {"question": "why 3x3?", "outcome": "failed"}),
        Verb.INDEX: Event("counted", "rcnn", None, {"on": "2026-01-01"}),
        Verb.MEND: Event("mend", None, None, {"check": "queue", "what": "each has a place"}),
    }
    words = told(verb, [events[verb]])
    assert " " in words and words != verb
    assert (verb in WHY_FINAL) == (verb in FINAL_VERBS)
