"""The notes about lineages: a Markdown file each in `notes/lineages/`, saved as those of papers are."""

import re
from functools import cached_property
from pathlib import Path

from papertrail.disk.whole_file import disk_errors, stamp_of
from papertrail.domain.errors import BadInput
from papertrail.domain.text import clean_line, shorten
from papertrail.domain.yaml_text import yaml_string
from papertrail.notebook.drafts import Drafts
from papertrail.notebook.history import History
from papertrail.notebook.notebook import Notebook
from papertrail.notebook.strays import SUMMARIES
from papertrail.notebook.template import escape_title

_STEM = re.compile(r"[\w][\w-]{0,79}")


class Summaries(Notebook):
    """The folder of the notes about lineages; what stands for a paper's key is a file's name without ending.

    Args:
        notes: the folder of the papers' notes.
        private: the trail's private folder.
    """

    template_name = "lineage-template.md"
    packaged_template = Path(__file__).with_name("summary.md")

    def __init__(self, notes: Path, private: Path) -> None:
        super().__init__(notes / SUMMARIES, private)

    @cached_property
    def _history(self) -> History:
        return History(self.private, SUMMARIES)

    @property
    def _drafts(self) -> Drafts:
        return Drafts(self.private, SUMMARIES, self._window)

    @property
    def _root(self) -> Path:
        return self.notes.parent.parent

    def path(self, key: str) -> Path:
        """Return where the note of a lineage is, or would be.

        Raises:
            BadInput: this can be no file's name; it may come from a database that somebody else made.
        """
        if not _STEM.fullmatch(key):
            raise BadInput(
                f"{shorten(clean_line(key), 60)!r} can be no file's name", "see: papertrail lineages"
            )
        return self.notes / f"{key}.md"

    def scan(self) -> dict[str, str]:
        """Return for the name of each file its stamp, which changes whenever the file does."""
        found: dict[str, str] = {}
        with disk_errors(self.notes, "read"):
            for path in sorted(self.notes.iterdir()) if self.notes.is_dir() else ():
                if path.suffix == ".md" and _STEM.fullmatch(path.stem) and path.is_file():
                    found[path.stem] = stamp_of(path.stat())
        return found

    def move_draft(self, key: str, new: str) -> None:
        """Give unsaved text to another file's name, unless that has some itself."""
        self._drafts.move(key, new)

    def begun(self, lineage: str) -> str:
        """Return the text of a new note: front matter, the lineage's name, then what the template has."""
        template = self.template()
        sections = [f"## {section.name}\n{section.text}".rstrip("\n") + "\n" for section in template.sections]
        blocks = [*_head(lineage), template.preamble, *sections]
        return "\n\n".join(filter(None, blocks)).rstrip("\n") + "\n"


def _head(lineage: str) -> tuple[str, str]:
    return f"---\nlineage: {yaml_string(lineage)}\n---", f"# {escape_title(lineage) or 'Lineage'}"


def renamed(text: str, lineage: str, new: str) -> str:
    """Return a note in whose head the lineage has its new name, where that is as papertrail wrote it."""
    for old, other in zip(_head(lineage), _head(new), strict=True):
        if f"{old}\n" in f"{text[:2000]}\n":
            text = text.replace(old, other, 1)
    return text
