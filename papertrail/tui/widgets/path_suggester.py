"""Completing the name of a file while it is typed."""

import asyncio
import os
from pathlib import Path

from textual.suggester import Suggester

from papertrail.domain.text import clean_line

_MOST_LOOKED_AT = 2_000  # names in a folder


class PathSuggester(Suggester):
    """Completes the name of a file or folder; hidden ones once their dot is typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Return the line with its last name completed, the first by name that begins so."""
        return await asyncio.to_thread(completed_path, value)


def path_typed(text: str) -> Path:
    """Return the path that was typed, or dropped on a terminal, which puts quotation marks around it."""
    path = Path(text.strip().strip("'\""))
    try:
        return path.expanduser()
    except RuntimeError:  # nobody's home
        return path


def completed_path(value: str) -> str | None:
    """Return a path with its last name completed; None where nothing fits."""
    folder, slash, begun = value.rpartition("/")
    if not begun:
        return None
    try:
        with os.scandir(path_typed(folder + slash or ".")) as entries:
            found = [
                f"{entry.name}/" if entry.is_dir() else entry.name
                for _, entry in zip(range(_MOST_LOOKED_AT), entries, strict=False)
                if entry.name.startswith(begun)
                and entry.name.startswith(".") == begun.startswith(".")
                and clean_line(entry.name) == entry.name
            ]
    except OSError:
        return None
    return value + min(found)[len(begun) :] if found else None
