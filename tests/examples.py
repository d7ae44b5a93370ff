"""How much random input a test tries: a slice in every run, more with `python -m bench properties`."""

import os
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import settings

Test = TypeVar("Test", bound=Callable[..., Any])


def examples(number: int) -> Callable[[Test], Test]:
    """Let a test of properties try so many inputs, times PAPERTRAIL_EXAMPLES."""
    many = settings(max_examples=number * int(os.environ.get("PAPERTRAIL_EXAMPLES", "1")), deadline=None)

    def marked(test: Test) -> Test:
        limited: Test = many(test)
        return pytest.mark.examples(limited)  # type: ignore[no-any-return]

    return marked
