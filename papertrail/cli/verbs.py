"""Which commands there are: name, module and one line of help, known without importing any of them."""

from typing import NamedTuple


class Verb(NamedTuple):
    """One command; its click command stands in `papertrail.cli.commands.<module>` under `attribute`."""

    module: str
    help: str
    attribute: str = "command"


GROUPS: dict[str, dict[str, Verb]] = {
    "Look": {
        "list": Verb("list", "papers in reading order, or those a query asks for"),
        "show": Verb("show", "one paper: where it stands, what it builds on, its note, its abstract"),
        "compare": Verb("compare", "the notes of several papers, read down one question"),
        "lineages": Verb("lineages", "every lineage and how far it is"),
        "view": Verb("view", "queries saved by name: save, list, remove"),
        "next": Verb("next", "what to read next, and why"),
    },
    "Goal": {
        "goal": Verb("goal", "the goal and its forecast; set it, re-plan, pause"),
        "progress": Verb("progress", "how far you are: chart, days, owed notes, lineages"),
        "status": Verb("prompt", "a line of numbers for a shell's prompt, tmux or waybar"),
        "report": Verb("report", "what was read and noted this week or month, as Markdown"),
    },
    "Read": {
        "queue": Verb("status", "put papers at the end of the queue", "queue"),
        "start": Verb("status", "begin reading papers, or read them again", "start"),
        "done": Verb("status", "mark papers as read, and see what the note still owes", "done"),
        "drop": Verb("status", "leave papers aside", "drop"),
        "unread": Verb("status", "put papers back to unread", "unread"),
        "recount": Verb("status", "let papers that count do so by another day", "recount"),
        "tag": Verb("tag", "give papers tags, take them off; list them", "tag"),
        "rate": Verb("tag", "rate papers from 1 to 5", "rate"),
        "open": Verb("open", "open a page of a paper, or its PDF, in your browser"),
        "guess": Verb("guess", "say what you would build, and why, before you read a paper"),
        "asked": Verb("asked", "keep a question that somebody really asked about a paper"),
        "note": Verb("note", "write a paper's note in your editor, or read it"),
        "notes": Verb("notes", "all notes: what they owe, their sections, lines with words"),
        "tell": Verb("tell", "tell a lineage from memory, then see what you left out"),
    },
    "Remember": {
        "review": Verb("review", "questions of your notes asked back, before you forget them"),
    },
    "Bring in, take out": {
        "add": Verb("add", "add papers from arXiv, by whatever you copied, or one by hand"),
        "search": Verb("search", "search arXiv; what the trail holds is marked"),
        "fetch": Verb("fetch", "fetch abstracts and dates that lack; tell what arXiv has changed"),
        "pdf": Verb("pdf", "fetch PDFs from arXiv, or attach one of your own"),
        "lineage": Verb("lineage", "make, name, order and link lineages"),
        "watch": Verb("watch", "categories and queries whose news come into the inbox"),
        "inbox": Verb("inbox", "what arXiv announces, the closest to what you read first"),
        "import": Verb("import_", "bring in BibTeX, RIS, CSL-JSON, Zotero's CSV, ids, reading histories"),
        "seed": Verb("seed", "load a CSV file of papers and lineages"),
        "export": Verb("export", "write notes, lineages and an index as Markdown"),
        "cite": Verb("cite", "papers as one cites them: BibTeX, Markdown, a sentence"),
        "init": Verb("init", "make a new trail"),
        "tutorial": Verb("tutorial", "walk a demo trail in five steps"),
    },
    "Correct": {
        "edit": Verb("edit", "say title, authors, year, ids, links or abstract of a paper by hand"),
        "rename": Verb("rename", "give a paper another key; its note moves along"),
        "merge": Verb("merge", "make one paper of two that are the same"),
        "remove": Verb("remove", "remove a paper; its note stays in the history"),
    },
    "Take back": {
        "undo": Verb("undo", "take back what was changed last; list what can be", "undo"),
        "redo": Verb("undo", "do again what was taken back", "redo"),
    },
    "Look after": {
        "backup": Verb("backup", "the whole trail in one file, looked through; list the backups there are"),
        "restore": Verb("restore", "put the trail back from a backup, or one note of it"),
        "trust": Verb("trust", "say once that a trail you never opened may be opened"),
        "rebuild": Verb("rebuild", "make a database anew that is gone or damaged"),
        "doctor": Verb("doctor", "what is not as it should be in the trail, what helps, and mend it"),
        "reindex": Verb("reindex", "make the index of words anew, by which papers are found"),
    },
    "Settings": {
        "set": Verb("set", "the trail's settings: list them, change one"),
        "completion": Verb("completion", "complete at the tab key in bash, zsh and fish"),
    },
}

VERBS: dict[str, Verb] = {name: verb for group in GROUPS.values() for name, verb in group.items()}
