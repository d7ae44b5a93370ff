"""A walk by the commands themselves: each a process of its own."""

from collections import Counter
from dataclasses import replace
from random import Random

from papertrail.domain.paper import Status
from tests.cli.program import Program
from tests.trails import NOTE, write_seeds
from tests.undo.cases import NAMES, WORDS, newest_operation, snapshot

KEYS = ("rcnn", "sppnet", "fast-rcnn", "faster-rcnn", "robbins-monro", "adam")
LINEAGES = ("R-CNN to Faster R-CNN", "SGD", *NAMES)
VERBS = {
    Status.QUEUED: "queue",
    Status.READING: "start",
    Status.READ: "done",
    Status.DROPPED: "drop",
    Status.UNREAD: "unread",
}


def command(program: Program, random: Random) -> tuple[list[str], str]:
    """Return the words of a command that writes, and its standard input."""
    keys = random.sample(KEYS, random.randint(1, 3))
    lineage = random.choice(LINEAGES)
    day = f"2026-{random.randint(1, 2):02}-{random.randint(1, 28):02}"
    choices: tuple[list[str], ...] = (
        [random.choice(list(VERBS.values())), *keys],
        ["done", *keys, "--on", day],
        ["queue", "--first", *keys],
        ["note", keys[0], "--stdin"],
        ["goal", "set", "--target", str(random.randint(1, 200))],
        ["goal", "pause", "2026-03-10", "2026-03-20"],
        ["goal", "replan", random.choice(["catch-up", "rebalance", "extend"])],
        ["goal", "drop"],
        ["lineage", "add", lineage, *keys, "--new"],
        ["lineage", "remove", lineage, *random.choice([[], keys[:1]])],
        ["lineage", "rename", lineage, random.choice(NAMES)],
        ["lineage", random.choice(["activate", "deactivate"]), lineage],
        ["lineage", random.choice(["link", "unlink"]), keys[0], "--on", random.choice(KEYS)],
        ["tag", *keys, random.choice(["+cnn", "+CNN", "-cnn"]), random.choice(["+待读", "-待读"])],
        ["rate", *keys, random.choice(["none", "3", "5"])],
        ["view", "save", random.choice(NAMES), random.choice(["owed", "tag:cnn ^drop"])],
        ["view", "remove", random.choice(NAMES)],
        ["set", "next-depth", str(random.randint(0, 4))],
        ["seed", "more.csv"],
    )
    words = random.choice(choices)
    if words[0] == "seed":
        row = (lineage, f"seeded-{random.randint(0, 3)}", f"{random.random()}", "", "", "", "", "", keys[0])
        write_seeds(program.trail / "more.csv", [row])
    return words, NOTE.replace("slow", random.choice(WORDS)) if words[0] == "note" else ""


def walk_by_commands(program: Program, *, steps: int, seed: int) -> Counter[str]:
    """Run so many commands, undo and redo among them, holding undo and redo to the very model there was.

    Returns:
        How often each did something.
    """
    program = replace(program, env={**program.env, "PAPERTRAIL_NOW": "2026-03-01T09:30:00+00:00"})
    random, counted = Random(seed), Counter[str]()
    done: list[tuple[str, object, object]] = []
    undone: list[tuple[str, object, object]] = []
    stale = 0
    root = program.trail
    for _ in range(steps):
        before = snapshot(root)
        way = random.random()
        if way < 0.3 and done:
            said, was, expected = done.pop()
            out = program.ok("undo")
            assert out.startswith("taken back: ") and snapshot(root) == was, said
            undone.append((said, was, expected))
            counted["undo"] += 1
        elif way < 0.5 and undone:
            said, was, expected = undone[-1]
            result = program.run("redo")
            if len(undone) > stale:
                assert result.code == 0 and snapshot(root) == expected, said
            if result.code == 0:
                undone.pop()
                done.append((said, before, snapshot(root)))
                stale = min(stale, len(undone))
                counted["redo"] += 1
            else:
                assert result.code == 7 and snapshot(root) == before, result
        else:
            words, typed = command(program, random)
            standing = newest_operation(root)[1]
            result = program.run(*words, stdin=typed)
            assert "unexpected" not in result.err, result
            after = snapshot(root)
            if newest_operation(root)[1] == standing:
                assert after == before, words
            else:
                done.append((" ".join(words), before, after))
                stale = len(undone)
                counted[" ".join(words[:2]) if words[0] in ("goal", "lineage") else words[0]] += 1
    for said, was, _ in reversed(done):
        program.ok("undo")
        assert snapshot(root) == was, said
    return counted
