"""What a reader reads, kept from one look at the inbox to the next: learning it anew takes far longer."""

from contextlib import suppress
from pathlib import Path

from papertrail.disk.leftovers import sweep_leftovers
from papertrail.disk.whole_file import write_whole
from papertrail.domain.inbox.model import Model, from_json, to_json


class KeptModel:
    """A file with the model and what it was learnt of; it may be removed at any time.

    Args:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def find(self, of: str) -> Model | None:
        """Return the model that was learnt of just this; None where there is none, or it is damaged."""
        try:
            said, _, text = self._path.read_text(encoding="utf-8").partition("\n")
        except (OSError, ValueError):
            return None
        return from_json(text) if said == of else None

    def keep(self, of: str, model: Model) -> None:
        """Keep a model; where there is no room for it, it is learnt again."""
        with suppress(OSError):
            write_whole(self._path, f"{of}\n{to_json(model)}".encode(), 0o600, durable=False)
            sweep_leftovers(self._path.parent, self._path.name)
