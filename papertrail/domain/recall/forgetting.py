"""The curve of forgetting, and what is known of how well a question is remembered.

The curve is that of FSRS-6 (J. Ye and others, *Free Spaced Repetition Scheduler*, version 6 of 2025, "The Algorithm" in the
wiki of open-spaced-repetition/fsrs4anki): after `t` days a memory of stability `S` is there with the chance
R = (1 + F · t/S)^-D. Its stability is the number of days after which R is 0.9. How an answer changes the stability is left
to the package `fsrs`; this much is here so that reading needs no package.
"""

from datetime import date
from math import floor, pow
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
    """Return the chance that a memory is there so many days after its last answer; 1 on that day and before."""
    return pow(1 + FACTOR * max(days, 0) / stability, -DECAY)


def days_until(stability: float, chance: float) -> int:
    """Return after how many whole days a memory is there with less than a chance, which is above 0 and below 1."""
    return floor(stability / FACTOR * (pow(chance, -1 / DECAY) - 1)) + 1


def interval(stability: float, retention: float, most: int = MOST_DAYS) -> int:
    """Return after how many days a question is asked again for a wanted chance: one at least."""
    return min(max(round(stability / FACTOR * (pow(retention, -1 / DECAY) - 1)), 1), most)
