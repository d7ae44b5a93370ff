"""The curve of forgetting, and what is known of how well a question is remembered.

The curve is that of FSRS-6 (*Free Spaced Repetition Scheduler*, "The Algorithm" in the wiki of
open-spaced-repetition/fsrs4anki): after `t` days a memory of stability `S` is there with the chance
R = (1 + F · t/S)^-D. Its stability is the number of days after which R is 0.9. How an answer changes the
stability is left to the package `fsrs`; this much is here so that reading needs no package.
"""

from datetime import date
from math import pow
from typing import NamedTuple

DECAY = 0.1542  # D, the last of the 21 default weights of FSRS-6
FACTOR = pow(0.9, -1 / DECAY) - 1  # F, so that R is 0.9 after as many days as the stability
USUAL_RETENTION = 0.9
MOST_DAYS = 365  # between two meetings: whoever wants to tell a paper meets it once a year


class Memory(NamedTuple):
    """How well a question is remembered.

    Attributes:
        stability: in days.
        difficulty: from 1 to 10.
        due_on: the reader's date on which the chance is down to the wanted one.
        last_on: the reader's date of the last answer.
    """

    stability: float
    difficulty: float
    due_on: date
    last_on: date


def retrievability(stability: float, days: float) -> float:
    """Return the chance that a memory is there so many days after its last answer; 1 on that very day."""
    return pow(1 + FACTOR * max(days, 0) / stability, -DECAY)


def reach(chance: float) -> float:
    """Return how many times its stability a memory may be left alone until it is there with a chance.

    Args:
        chance: above 0 and below 1.
    """
    return (pow(chance, -1 / DECAY) - 1) / FACTOR
