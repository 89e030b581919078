"""Workers: none outlives its caller, none runs other code, and what ends one never ends the
caller."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from cleanpark.analysis.studies import workers
from cleanpark.analysis.studies.runner import Place, execute
from cleanpark.analysis.studies.workers import check_code, check_own_code, end_with, lives
from cleanpark.model.sources import sources_digest
from cleanpark.scenarios.errors import InputError

CALLER = """
import sys, time
from cleanpark.analysis.studies.runner import Place, execute
def work(task):
    print(task, flush=True)
    time.sleep(120)
list(execute(work, [0, 1], Place(**{place})))
"""
KILLS = """
import os, signal, sys
from cleanpark.analysis.studies.runner import Place, execute
from cleanpark.scenarios.errors import InputError
killers, count, place = eval(sys.argv[1])
def work(task):
    if task in killers: os.kill(os.getpid(), signal.SIGKILL)
    return task
done = []
if __name__ == "__main__":
    try:
        for number, found in execute(work, range(count), Place(**place)): done.append(found)
    except InputError as problem: print(sorted(done), problem)
"""
CORES = {"workers": 2}
CLUSTER = {"cluster": "local:2"}


def script(text: str, folder: Path) -> list[str]:
    """The command that runs a script from a file."""
    path = folder / "script.py"
    path.write_text(text)
    return [sys.executable, str(path)]


@pytest.mark.skipif(os.name != "posix", reason="kills as Unix does")
@pytest.mark.parametrize(
    ("killers", "count", "place", "told"),
    [
        ([1], 3, CORES, "workers were lost 3 times (memory?)"),
        ([0], 2, CORES, "workers were lost 3 times (memory?)"),
        ([0, 1, 6, 7], 9, CORES, "workers were lost"),
        (range(20), 20, CORES, "workers were lost 6 times (memory?)"),
        ([1], 9, CLUSTER, "the cluster was lost; what was finished is kept"),
    ],
)
def test_tasks_that_kill_their_workers_keep_none_of_the_others_from_its_result(
    killers: Any, count: int, place: dict[str, Any], told: str, tmp_path: Path
) -> None:
    command = [*script(KILLS, tmp_path), repr((killers, count, place))]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    finished = [number for number in range(count) if number not in killers]
    assert done.stdout.startswith(f"{finished} {told}")


@pytest.mark.skipif(os.name != "posix", reason="kills as Unix does")
def test_workers_end_with_a_caller_that_was_killed(tmp_path: Path) -> None:
    command = script(CALLER.replace("{place}", "{'workers': 2}"), tmp_path)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as caller:
        assert caller.stdout is not None
        caller.stdout.readline()
        children = psutil.Process(caller.pid).children(recursive=True)
        assert len(children) >= 2
        caller.send_signal(signal.SIGKILL)
        caller.wait()
        gone, alive = psutil.wait_procs(children, timeout=30)
        for one in alive:
            one.kill()
    assert not alive
    assert gone


def test_a_worker_leaves_when_its_parent_is_gone(monkeypatch: Any) -> None:
    assert lives(os.getppid())
    assert not lives(2**22 + 1)
    monkeypatch.setattr(workers, "GLANCE", 0.01)
    begun, left = time.monotonic(), []
    end_with(2**22 + 1, left.append)
    assert left == [1]
    assert time.monotonic() - begun < 10


class Client:
    """A cluster of one worker that answers this."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def run(self, work: Any, on_error: str) -> dict[str, Any]:
        return {"tcp://far:1": self.answer}


def test_a_worker_with_other_code_is_refused_before_it_runs_anything() -> None:
    check_code(Client(sources_digest()))
    for answer in ("0" * 64, ModuleNotFoundError("cleanpark")):
        with pytest.raises(InputError, match="tcp://far:1 has another cleanpark"):
            check_code(Client(answer))
    check_own_code(sources_digest())
    check_own_code(None)
    with pytest.raises(InputError, match="has another cleanpark"):
        check_own_code("0" * 64)


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_of_this_machine_speaks_to_its_user_alone() -> None:
    from distributed import Client as Dask
    from distributed import get_worker

    def address(_: int) -> str:
        return str(get_worker().scheduler.address)

    found = execute(address, [1, 2], Place(cluster="local:1"))
    scheduler = next(found)[1]
    assert scheduler.startswith("tls://")
    with pytest.raises((OSError, TimeoutError, TypeError)):
        Dask(scheduler.replace("tls", "tcp"), timeout=3)
    assert len(list(found)) == 1


def test_a_script_without_a_guard_is_told(tmp_path: Path) -> None:
    text = CALLER.replace("{place}", "{'cluster': 'local:1'}")
    command = script(text, tmp_path)
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 1
    assert "a script needs the line if __name__ == '__main__':" in done.stderr
