"""Two texts of one paper in the terminal: how they differ, and one made of them."""

from typing import TYPE_CHECKING

from papertrail.cli import output
from papertrail.cli.describe import number_of

if TYPE_CHECKING:
    from papertrail.domain.merging import NoteMerge
    from papertrail.library import Library


def merge(library: "Library", key: str, file: str, take: str | None) -> None:
    """Make one note of two texts, or show how they differ as long as nobody says what to take."""
    from papertrail.domain.merging import Take

    opened = library.merges.open(key, file)
    if take is None:
        _say_differences(opened)
        return
    from papertrail.cli.commands.note import say_saved

    merged = library.merges.save(opened, opened.merged([Take(take)] * len(opened.parts)))
    say_saved(library, key, merged.saved)
    if merged.is_put_away:
        output.say(f"notes/{opened.name} is in the history now: papertrail note {key} --history")
    else:
        output.warn(f"notes/{opened.name} was changed meanwhile: it stays")


def _say_differences(opened: "NoteMerge") -> None:
    from papertrail.cli.note_history import changed_parts
    from papertrail.domain.word_diff import word_diff

    count = len(opened.open_parts)
    differ = (
        f"{number_of(count, 'section')} {'differs' if count == 1 else 'differ'}" if count else "no difference"
    )
    output.say(output.Tint(f"notes/{opened.key}.md → notes/{opened.name}: {differ}", "title"))
    for number in opened.open_parts:
        part = opened.parts[number]
        output.say()
        output.say_lines(changed_parts(word_diff(part.mine, part.theirs)))
    output.hint(
        "to make one of them: --take mine, theirs or both; M on the paper in papertrail goes by section"
    )
