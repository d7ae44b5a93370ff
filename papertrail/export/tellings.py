"""What was told from memory, as one Markdown document."""

from collections.abc import Sequence

from papertrail.domain.tellings import Mark, Telling
from papertrail.export.inert import inert
from papertrail.export.own_words import lower_heading, own_words, replace_headings


def document(tellings: Sequence[tuple[Telling, str | None]]) -> str:
    """Return tellings in the order given, each with how its papers fared and what was told.

    Args:
        tellings: each with its text; None where that is gone.
    """
    blocks = ["# Told from memory"]
    for telling, text in tellings:
        blocks.append(f"## {inert(telling.lineage)}, {telling.stamp}")
        blocks.append(f"{telling.size} · {telling.outcome}")
        marked = [
            f"- {mark}: {', '.join(map(inert, keys))}" for mark in Mark if (keys := telling.marked(mark))
        ]
        if marked:
            blocks.append("\n".join(marked))
        if text is None:
            blocks.append("*The text is gone.*")
        elif text.strip():
            blocks.append(replace_headings(own_words(text), lower_heading))
    return "\n\n".join(blocks) + "\n"
