"""What a search costs before it begins."""

import subprocess
import sys

HEAVY = {"calendar", "dataclasses", "difflib", "papertrail.domain.paper", "papertrail.domain.query.values"}


def test_words_and_fields_are_read_without_what_ranges_and_remarks_need() -> None:
    code = (
        "import sys; from papertrail.domain.query.parser import parse; "
        "parse('superpixels status:read -(title:net or owed)'); print(*sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert not HEAVY & set(ended.stdout.split())
