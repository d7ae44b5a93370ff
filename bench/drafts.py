"""`python -m bench drafts [TIMES [SEED [SECONDS]]]`: words are typed, and the program is ended meanwhile."""

import signal
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from random import Random

from tests.undo.drafting import Ended, random_run, random_save, random_start

TIMES = 200
LONGEST = 60.0  # seconds of typing
TOGETHER = 4  # programs at once: each sleeps most of the time


def main() -> None:
    """Type, end and look so often; then the same with programs that have just been started, and that save."""
    for name in ("SIGINT", "SIGQUIT", "SIGHUP"):  # ignored behind a shell, and then in all that is started
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    times, seed = (int(word) for word in (*sys.argv[2:4], *(str(TIMES), "1")[len(sys.argv[2:4]) :]))
    longest = float(sys.argv[4]) if len(sys.argv) > 4 else LONGEST
    print(f"{times} times typed for up to {longest:.0f} s, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(TOGETHER) as pool:
        runs = [
            pool.submit(random_run, Path(folder) / str(number), Random(f"{seed} {number}"), longest)
            for number in range(times)
        ]
        typed = [_told(run.result()) for run in as_completed(runs)]
    with tempfile.TemporaryDirectory() as folder:
        started = [
            _told(random_start(Path(folder) / str(number), Random(f"{seed} start {number}")))
            for number in range(times // 4)
        ]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(TOGETHER) as pool:
        runs = [
            pool.submit(random_save, Path(folder) / str(number), Random(f"{seed} save {number}"))
            for number in range(times // 2)
        ]
        saved = [_told(run.result()) for run in as_completed(runs)]
    print(told(typed, started, saved))
    raise SystemExit(any(one.wrong for one in (*typed, *started, *saved)))


def _told(one: Ended) -> Ended:
    print(one.wrong or f"{one.what}: {one.typed} words, {one.lost} lost ({one.seconds:.2f} s)", flush=True)
    return one


def told(typed: list[Ended], started: list[Ended], saved: list[Ended]) -> str:
    """Return the figures: what kills and all other ends cost, what starts left behind, what saves lost."""
    killed = [one for one in typed if "SIGKILL" in one.what]
    lines = []
    for name, ended in (("kill -9", killed), ("any other end", [one for one in typed if one not in killed])):
        words, lost = sum(one.typed for one in ended), sum(one.lost for one in ended)
        most = max((one.seconds for one in ended), default=0.0)
        lines.append(f"{name}: {len(ended)} runs, {words} words, {lost} lost, the oldest {most:.2f} s old")
    lines.append(f"{len(started)} programs ended while they start")
    lost = sum(one.lost for one in saved)
    lines.append(f"{len(saved)} programs ended while they save: {lost} words lost")
    wrong = Counter(bool(one.wrong) for one in (*typed, *started, *saved))[True]
    lines.append(f"{wrong} wrong" if wrong else "none wrong")
    return "\n".join(lines)
