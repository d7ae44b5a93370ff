"""The demonstration is made whole or not at all, and sweeps what was left half-made."""

import os
from pathlib import Path
from time import time
from unittest.mock import patch

import pytest

from papertrail.library import demo
from tests.trails import FixedClock


@pytest.mark.parametrize(
    ("name", "inside", "age", "goes"),
    [
        (".demo.0123456789abcdef.tmp", "demo", 7200, True),
        (".demo.a1b2_c3d", "demo", 7200, True),
        (".demo.a1b2_c3d", "", 7200, True),
        (".demo.a1b2_c3d", "demo", 60, False),
        (".demo.a1b2_c3d", "of mine", 7200, False),
        (".demo.a1b2", "demo", 7200, False),
        (".other.a1b2_c3d", "demo", 7200, False),
    ],
)
def test_what_a_killed_init_left_goes_after_an_hour(
    tmp_path: Path, name: str, inside: str, age: float, goes: bool
) -> None:
    (tmp_path / name / inside).mkdir(parents=True, exist_ok=True)
    os.utime(tmp_path / name, (time() - age, time() - age))
    with patch.object(demo, "_fill"):
        demo.create_demo(tmp_path / "demo", FixedClock())
    assert (tmp_path / name).exists() != goes
    assert (tmp_path / "demo" / "seeds").is_dir()
