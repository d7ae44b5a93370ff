"""What a look at the trail has found that is not as it should be, and what was mended of it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a trail that is not as it should be.

    Attributes:
        check: the name of the check that found it.
        what: on one line; data in it is not clean.
        where: the file or folder.
        remedy: one command that helps.
        is_remark: whether it may well be meant so.
        is_fixable: whether `doctor --fix` can do it.
    """

    check: str
    what: str
    where: str
    remedy: str
    is_remark: bool = False
    is_fixable: bool = False


@dataclass(frozen=True, slots=True)
class AboutCheck:
    """What one check is about.

    Attributes:
        name: by which it is asked for.
        group: what part of the trail it looks at.
        asks: what it looks for, in a few words.
        why: why that matters.
        can_fix: whether `doctor --fix` can do what it finds, or some of it.
    """

    name: str
    group: str
    asks: str
    why: str
    can_fix: bool


@dataclass(frozen=True, slots=True)
class Mended:
    """What `doctor --fix` has done.

    Attributes:
        backup: the copy of the trail from before; empty where nothing had to be done.
        done: what was done, a line each: the name of the check, and words.
        failed: what could not be done, in the same way.
        left: what is found now, after all of it.
    """

    backup: str
    done: tuple[tuple[str, str], ...]
    failed: tuple[tuple[str, str], ...]
    left: tuple[Finding, ...]


def are_trouble(findings: Iterable[Finding], *, strict: bool = False) -> bool:
    """Tell whether there is something to do: remarks alone are none, unless one is strict."""
    return any(strict or not one.is_remark for one in findings)
