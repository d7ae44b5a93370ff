"""`python -m bench.schema`: write down what the migrations make, for `papertrail doctor` to compare with."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from papertrail.store.connection import Database
from papertrail.store.migrate import prepare
from papertrail.store.queries.soundness import EXPECTED, described


def made() -> str:
    """Return the file's text, made from a database that is new."""
    with TemporaryDirectory() as folder:
        database = Database(Path(folder) / "library.db")
        prepare(database)
        parts = described(database.read())
        database.close()
    return json.dumps(parts, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    EXPECTED.write_text(made(), encoding="utf-8")
    print(f"wrote {EXPECTED}")
