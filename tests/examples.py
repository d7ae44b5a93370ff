"""How much random input a test tries: a slice in every run, more with `python -m bench properties`."""

import os
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import settings

Test = TypeVar("Test", bound=Callable[..., Any])
SHARE = float(os.environ.get("PAPERTRAIL_EXAMPLES", "0.2"))
FEWEST, USUAL = 5, 100


def examples(number: int) -> Callable[[Test], Test]:
    """Let a test of properties try so many inputs times PAPERTRAIL_EXAMPLES, a part of them in every run."""
    many = settings(max_examples=share_of(number), deadline=None)

    def marked(test: Test) -> Test:
        limited: Test = many(test)
        return pytest.mark.examples(limited)  # type: ignore[no-any-return]

    return marked


def share_of(number: int) -> int:
    """Return how many of so many inputs are tried in this run: never less than five, or all of them."""
    return max(int(number * SHARE), min(number, FEWEST))
