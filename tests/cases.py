"""Many small inputs in one test: what surrounds a test takes longer than most of them."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any


def each(
    names: str | tuple[str, ...], cases: Iterable[Any]
) -> Callable[[Callable[..., None]], Callable[[], None]]:
    """Let a test try all cases, as `pytest.mark.parametrize` does with a test for each.

    All that fail are told, each with what it was given.
    """
    of = tuple(name.strip() for name in names.split(",")) if isinstance(names, str) else names
    all_given = [dict(zip(of, case if len(of) > 1 else (case,), strict=True)) for case in cases]

    def looped(test: Callable[..., None]) -> Callable[[], None]:
        @wraps(test)
        def of_all() -> None:
            failed = []
            for given in all_given:
                try:
                    test(**given)
                except Exception as error:
                    error.add_note(f"given {given!r}")
                    failed.append(error)
            if failed:
                raise ExceptionGroup(f"{len(failed)} of {len(all_given)} cases fail", failed)

        del of_all.__wrapped__  # by which pytest would ask for what is given
        return of_all

    return looped


def at_sizes(
    screens: Iterable[str], sizes: Sequence[tuple[int, int]], wide: str
) -> list[tuple[str, tuple[int, int]]]:
    """Return each screen at the smallest size, where least has room, and one of them at the others too."""
    return [*((screen, sizes[0]) for screen in screens), *((wide, size) for size in sizes[1:])]
