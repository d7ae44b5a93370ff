"""A walk over all use cases with undo and redo in between, two processes taking turns."""

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from papertrail.domain.findings import Finding
from papertrail.library import Home
from tests.trails import small_trail
from tests.undo import cases
from tests.undo.actor import Actor

SEEDS = st.integers(0, 2**32)
OWN = st.booleans()  # whether this process does it, or the other one


class UndoMachine(RuleBasedStateMachine):
    """Keeps the model before and after each operation, and holds undo and redo to it."""

    other: Actor
    template: Path
    counted: ClassVar[Counter[str]] = Counter()
    """How often each use case did something, and how often undo and redo did, or were refused."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self.root = Path(self._folder.name) / "trail"
        shutil.copytree(self.template, self.root)
        self.library = cases.open_trail(Home(self.root), "tui")
        self.now = cases.snapshot(self.root)
        self.done: list[tuple[str, object, object]] = []
        self.undone: list[tuple[str, object, object]] = []
        self.stale = 0
        """How many of `undone` were taken back before something new was done."""

    def _run(self, own: bool, case: str, seed: int = 0) -> str:
        refused = cases.run(self.library, case, seed) if own else self.other.run(self.root, case, seed)
        self.before, self.now = self.now, cases.snapshot(self.root)
        return refused

    @rule(own=OWN, case=st.sampled_from(sorted(cases.CASES)), seed=SEEDS)
    def do(self, own: bool, case: str, seed: int) -> None:
        newest, standing = cases.newest_operation(self.root)
        self._run(own, case, seed)
        now, standing_now = cases.newest_operation(self.root)
        if standing_now == standing:
            assert self.now == self.before, f"{case} changed something and left no operation"
            return
        assert (standing_now, now > newest) == (standing + 1, True), case
        self.counted[case] += 1
        self.done.append((case, self.before, self.now))
        self.stale = len(self.undone)

    @precondition(lambda self: self.done)
    @rule(own=OWN, steps=st.integers(1, 4))
    def undo(self, own: bool, steps: int) -> None:
        for _ in range(min(steps, len(self.done))):
            case, before, after = self.done.pop()
            assert self.now == after
            assert self._run(own, "undo") == "", case
            assert self.now == before, case
            self.counted["undo"] += 1
            self.undone.append((case, before, after))

    @precondition(lambda self: self.undone)
    @rule(own=OWN, steps=st.integers(1, 4))
    def redo(self, own: bool, steps: int) -> None:
        for _ in range(min(steps, len(self.undone))):
            case, _, after = self.undone[-1]
            refused = self._run(own, "redo")
            if len(self.undone) > self.stale:
                assert (refused, self.now) == ("", after), case
            elif refused:  # something new touched the same things
                assert refused.startswith("Conflict") and self.now == self.before, refused
                self.counted["redo refused"] += 1
                return
            self.counted["redo"] += 1
            self.undone.pop()
            self.done.append((case, self.before, self.now))
            self.stale = min(self.stale, len(self.undone))

    @precondition(lambda self: not self.done)
    @rule(own=OWN)
    def nothing_to_undo(self, own: bool) -> None:
        assert self._run(own, "undo").startswith("NotFound: there is nothing to take back")
        assert self.now == self.before

    def _found(self) -> list[Finding]:
        return [one for one in self.library.checks.all() if not one.is_remark]

    def teardown(self) -> None:
        # a note that a case took away is missed; whatever else doctor finds is wrong
        assert [one for one in self._found() if one.check != "gone-notes"] == []
        while self.done:
            self.undo(own=True, steps=4)
        assert self._found() == []
        assert self._run(True, "undo").startswith("NotFound: there is nothing to take back")
        self.library.close()
        self._folder.cleanup()


def made_template(folder: Path) -> Path:
    """Make a trail that every walk starts from."""
    root = folder / "template"
    cases.open_trail(small_trail(root), "cli").close()
    return root


def walk(folder: Path, *, walks: int, steps: int) -> Counter[str]:
    """Walk so many times so many steps; return how often each use case did something.

    Raises:
        AssertionError: undo or redo did not give the very model; the shortest walk to that is printed.
    """
    UndoMachine.template = made_template(folder)
    UndoMachine.counted = Counter()
    with Actor() as UndoMachine.other:
        run_state_machine_as_test(
            UndoMachine, settings=settings(max_examples=walks, stateful_step_count=steps, deadline=None)
        )
    return UndoMachine.counted
