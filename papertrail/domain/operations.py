"""Operations: the kinds of use cases that write, and where they come from."""

from enum import StrEnum

CLI, TUI, OUTSIDE, PAPERTRAIL, EARLIER_SCHEMA = "cli", "tui", "outside", "papertrail", "schema-2"
"""Where operations come from."""


class Verb(StrEnum):
    """What an operation is."""

    STATUS = "status"
    RECOUNT = "recount"
    QUEUE = "queue"
    NOTE = "note"
    GOAL = "goal"
    LINEAGE = "lineage"
    SUMMARY = "summary"
    LINK = "link"
    SETTING = "setting"
    TAG = "tag"
    RATE = "rate"
    VIEW = "view"
    ADD = "add"
    EDIT = "edit"
    RENAME = "rename"
    MERGE = "merge"
    REMOVE = "remove"
    SEED = "seed"
    IMPORT = "import"
    WATCH = "watch"
    TAKE = "take"
    SKIP = "skip"
    MUTE = "mute"
    REVIEW = "review"
    SET_ASIDE = "set-aside"
    ASKED = "asked"
    GUESS = "guess"
    TELL = "tell"
    UNDO = "undo"
    REDO = "redo"
    # Facts and things of the world, which nothing takes back.
    FETCH = "fetch"
    REFRESH = "refresh"
    EXPORT = "export"
    BEGIN = "begin"
    SEEDS_FILE = "seeds-file"
    INDEX = "index"
    MEND = "mend"


FINAL = frozenset({Verb.FETCH, Verb.REFRESH, Verb.EXPORT, Verb.BEGIN, Verb.SEEDS_FILE, Verb.INDEX, Verb.MEND})
"""Operations that nothing takes back; `domain.past` says why."""
