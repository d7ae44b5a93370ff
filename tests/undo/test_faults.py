"""A slice of `python -m bench faults`: the disk fails at one write of every use case."""

import os
from pathlib import Path

import pytest

from tests.undo.cases import CASES
from tests.undo.faults import fail_often


@pytest.mark.examples
def test_a_disk_that_fails_loses_nothing(tmp_path: Path) -> None:
    each = int(os.environ.get("PAPERTRAIL_EXAMPLES", "1"))
    counted = fail_often(tmp_path, seeds=1, each=each, cases=list(CASES)[:: 1 if each > 1 else 5])
    assert counted["refused, exit 5"], counted
