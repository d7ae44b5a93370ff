"""Which tables are recorded, row by row, whenever an operation changes them."""

RECORDED = (
    "paper",
    "alias",
    "cited_as",
    "lineage",
    "lineage_paper",
    "lineage_note",
    "builds_on",
    "reading",
    "tag",
    "saved_view",
    "goal",
    "setting",
    "triage",
    "watch",
    "mute",
    "question",
    "review",
    "memory",
    "set_aside",
    "asked",
    "guess",
    "telling",
    "told_paper",
)
"""The tables whose rows are recorded whole."""
NOT_RECORDED = ("reader", "operation", "change", "journal", "announced", "unindexed", "digest")
"""The rest, but for `note`: of that its version is recorded, all else can be read off the note's file."""
FOLLOWING = ("question",)
"""Those of them whose rows follow from the notes: read anew by other rules, they are nobody's change."""
OWN_SETTINGS = ("seeds", "template", "inbox-asked")
"""What papertrail remembers for itself in `setting`."""
