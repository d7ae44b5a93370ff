"""What the note editor asks when it is left, and when another program changed the file."""

from textual.content import Content

from papertrail.tui.widgets.data_text import line
from papertrail.tui.widgets.dialogs import ChoiceDialog


def unsaved_dialog() -> ChoiceDialog:
    """Ask what to do with unsaved text: `save`, `draft` or `stay`."""
    return ChoiceDialog(
        Content.styled("This note has unsaved words.", "bold $primary"),
        [
            ("save", "s", "save and leave"),
            ("draft", "d", "leave; the words are kept as a draft and offered next time"),
            ("stay", "k", "keep writing"),
        ],
    )


def save_first_dialog() -> ChoiceDialog:
    """Ask what to do with unsaved text before earlier ones are looked at: `save` or `stay`."""
    return ChoiceDialog(
        Content.styled("This note has unsaved words.", "bold $primary"),
        [
            ("save", "s", "save them, then see the earlier texts: they are the newest there"),
            ("stay", "k", "keep writing"),
        ],
    )


def not_saved_dialog(why: str) -> ChoiceDialog:
    """Say that the disk does not take the note: `elsewhere`, `again` or `stay`."""
    return ChoiceDialog(
        Content.assemble(("The note is not saved, your words are still here.\n", "bold $warning"), line(why)),
        [
            ("elsewhere", "f", "write them to a file of their own, wherever one can be written"),
            ("again", "t", "try again"),
            ("stay", "k", "keep writing"),
        ],
    )


def conflict_dialog(kept_in: str, *, removed: bool = False) -> ChoiceDialog:
    """Say that another program changed the note's file, or removed it: `mine`, `theirs` or `stay`.

    Args:
        kept_in: where the reader's text has been kept.
        removed: whether the file is gone.
    """
    if removed:
        happened, kept = (
            "Another program removed this note while you were writing.\n",
            "Your text is kept in ",
        )
        mine, theirs, merges = "make mine the note again", "begin a new note", "."
    else:
        happened = "Another program changed this note while you were writing.\n"
        kept = "Both texts are kept: theirs is the note's file, yours is in "
        mine, theirs = "make mine the note; theirs goes into the history", "go on with theirs"
        merges = ". M beside the paper makes one of both."
    return ChoiceDialog(
        Content.assemble((happened, "bold $warning"), kept, line(kept_in, "bold"), merges),
        [("mine", "m", mine), ("theirs", "t", theirs), ("stay", "k", "keep writing, decide later")],
    )
