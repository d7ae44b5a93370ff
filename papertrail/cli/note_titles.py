"""Saying that a note calls its paper otherwise."""

import shlex

from papertrail.cli import output


def say_title(key: str, title: str) -> None:
    """Say what the note calls its paper, and how that becomes the paper's title."""
    output.hint(output.Tint(f"the note of {key} calls it {title}", "owed"))
    output.hint(f"  papertrail edit {key} {shlex.quote(f'title={title}')}  makes that its title")
