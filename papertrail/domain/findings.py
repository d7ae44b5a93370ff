"""What a look at the trail has found that is not as it should be."""

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
    """

    check: str
    what: str
    where: str
    remedy: str
    is_remark: bool = False
