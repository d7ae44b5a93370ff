"""A process that works on a trail until it is killed: `python -m tests.undo.victim TRAIL SEED`."""

import hashlib
import json
import sys
from pathlib import Path
from random import Random

from papertrail.library import Home
from tests.undo import cases

WAYS = (
    "undo",
    "redo",
    "notes.save",
    "notes.save",
    "statuses.set",
    "lineages.put",
    "goal.set",
    "notes.index_changed",
)


def digest(model: object) -> str:
    """Return what tells one model from another."""
    return hashlib.sha256(repr(model).encode("utf-8")).hexdigest()


def main() -> None:
    """Say what begins, and what is done with the model and the notes' versions after it, line by line."""
    root, random = Path(sys.argv[1]), Random(int(sys.argv[2]))
    library = cases.open_trail(Home(root), "cli")
    _say("", root)
    while True:
        case = random.choice(WAYS)
        cases.run(library, case, random.getrandbits(32))
        _say(case, root)


def _say(done: str, root: Path) -> None:
    model = cases.snapshot(root)
    files = model["files"]
    assert isinstance(files, dict)
    kept = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    print(json.dumps([done, digest(model), kept]), flush=True)


if __name__ == "__main__":
    main()
