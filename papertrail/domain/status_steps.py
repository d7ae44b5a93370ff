"""The changes of a paper's status, and which of them goes back next."""

from collections.abc import Iterable
from dataclasses import dataclass

from papertrail.domain.paper import Status


@dataclass(frozen=True, slots=True)
class StatusStep:
    """One change of a paper's status, as the journal tells it.

    Attributes:
        op: id of the operation that made it.
        back: whether it took an earlier change back.
    """

    op: str
    before: Status
    after: Status
    back: bool


def step_to_take_back(steps: Iterable[StatusStep]) -> StatusStep | None:
    """Return the last change of a paper's status that was not taken back since.

    So going back twice goes two changes back, and never forth again. None where nothing is left to take back.

    Args:
        steps: all of one paper, the oldest first.
    """
    left: list[StatusStep] = []
    for step in steps:
        if step.back:
            del left[-1:]
        elif step.before is not step.after:
            left.append(step)
    return left[-1] if left else None
