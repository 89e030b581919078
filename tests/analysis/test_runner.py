"""Where tasks run: on cores and clusters that have no disk of this machine, and that get lost."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

import cleanpark as cp
from cleanpark.analysis.sensitivity.sensitivity import model_runs
from cleanpark.analysis.studies import runner
from cleanpark.analysis.studies.histories import keep_histories
from cleanpark.analysis.studies.runner import Place, check_place, execute
from cleanpark.analysis.studies.study import Study
from cleanpark.scenarios.errors import InputError

pytestmark = pytest.mark.filterwarnings("ignore")

PARK = cp.park("mixed", enterprises=8)
ROWS = [{"fine": 5.0}, {"fine": 50.0}]


def without_disk(folder: str) -> None:
    """From now on this process finds nothing in a folder, as on another machine."""

    def refuse(event: str, told: tuple[Any, ...]) -> None:
        if event == "open" and str(told[0]).startswith(folder):
            raise FileNotFoundError(told[0])

    sys.addaudithook(refuse)


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as one:
        yield one


@pytest.fixture
def far(cluster: LocalCluster, tmp_path: Path) -> Place:
    """A cluster whose worker does not have the test's folder."""
    with Client(cluster) as client:
        client.run(without_disk, str(tmp_path))
    return Place(cluster=cluster.scheduler_address)


def past(folder: Path, seeds: int = 3, place: Place | None = None) -> Any:
    return keep_histories("voluntary", PARK, "2026-Q3", seeds, folder, place)


def frame(folder: Path, begun: Any, place: Place, seeds: int = 3) -> Any:
    runs = model_runs(["voluntary"], PARK, 6, history=begun)
    return Study(ROWS, runs, seeds=seeds).run(folder, place).frame()


def test_a_history_is_written_here_wherever_it_was_run(far: Place, tmp_path: Path) -> None:
    past(tmp_path / "here")
    past(tmp_path / "far", place=far)
    names = sorted(one.name for one in (tmp_path / "here").iterdir())
    assert names == ["history.json", "seed-0.npz", "seed-1.npz", "seed-2.npz"]
    for name in names:
        assert (tmp_path / "far" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_workers_go_on_from_a_history_whose_folder_they_do_not_have(
    far: Place, tmp_path: Path
) -> None:
    begun = past(tmp_path / "past", 9)
    there = frame(tmp_path / "there", begun, far, 9)
    assert (there["status"] == "ok").all(), there["reason"].iloc[0]
    assert there.equals(frame(tmp_path / "here", begun, Place(), 9))
    settings: dict[str, Any] = {"park": PARK, "seeds": 2, "quarters": 6, "history": begun}
    compared = cp.compare(["tax-only"], cluster=far.cluster, **settings)
    assert compared.table.equals(cp.compare(["tax-only"], **settings).table)


def test_what_travels_with_a_task_is_its_own_seed_alone(tmp_path: Path) -> None:
    begun = past(tmp_path / "past")
    content = begun.packed(1)
    assert content == (tmp_path / "past" / "seed-1.npz").read_bytes()
    again = pickle.loads(pickle.dumps((begun, content)))
    expected = begun.of(1, [PARK]).cells.tolist()
    shutil.rmtree(tmp_path / "past")

    def work(seed: int) -> Any:
        return again[0].of(seed, [PARK]).cells.tolist()

    assert runner._call(work, 0, 1, again[1]) == (0, expected)
    with pytest.raises(InputError, match="no such file"):
        runner._call(work, 0, 1)


def started(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture
def scheduler() -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A scheduler in a process of its own, without workers, and its address."""
    running = started(
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
    )  # fmt: skip
    assert running.stderr is not None
    for line in running.stderr:
        if "Scheduler at:" in line:
            break
    yield running, line.split()[-1]
    running.kill()
    running.communicate()


def test_a_scheduler_without_workers_is_said(
    scheduler: tuple[Any, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "PATIENCE", 1)
    with pytest.raises(InputError, match="no workers"):
        check_place(Place(cluster=scheduler[1]))


def test_a_cluster_that_is_lost_is_said(scheduler: tuple[Any, str], tmp_path: Path) -> None:
    running, address = scheduler
    worker = started(
        "distributed.cli.dask_worker", address, "--no-nanny", "--no-dashboard",
        "--local-directory", str(tmp_path),
    )  # fmt: skip
    try:
        found = execute(time.sleep, [0.2] * 100, Place(cluster=address))
        assert next(found)[1] is None
        running.kill()
        with pytest.raises(InputError, match="the cluster was lost; what was finished is kept"):
            list(found)
    finally:
        worker.kill()
        worker.communicate()


def test_a_run_that_kills_its_workers_is_said() -> None:
    def kills(_: int) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(InputError, match="the cluster was lost; what was finished is kept"):
        list(execute(kills, [1, 2], Place(cluster="local:1")))


@pytest.mark.parametrize(
    "address",
    [
        "tcp://127.0.0.1", "tcp://127.0.0.1:0", "tcp://127.0.0.1:65536", "tcp://:8786",
        "inproc://x", "tcp://a:b", "local:0", "local:1025", "local:²", "127.0.0.1:8786",
    ],
)  # fmt: skip
def test_addresses_that_cannot_be_meant(address: str) -> None:
    with pytest.raises(InputError, match="SCHEME://HOST:PORT"):
        Place(cluster=address)


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:1", "tls://127.0.0.1:1", "ucx://127.0.0.1:1", "ws://[::1]:1"]
)
def test_a_cluster_that_does_not_answer_is_said_before_anything_is_written(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "PATIENCE", 1)
    with pytest.raises(InputError, match="no Dask scheduler answers there"):
        check_place(Place(cluster=address))
    with pytest.raises(InputError, match="no Dask scheduler answers there"):
        past(tmp_path / "past", place=Place(cluster=address))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("workers", [0, -2, 1025])
def test_workers_that_cannot_be_meant(workers: int) -> None:
    with pytest.raises(InputError, match=r"\(--workers\): a whole number from 1 to 1,024, or -1"):
        Place(workers)


@pytest.mark.parametrize("place", [Place(12), Place(cluster="local:12")], ids=["cores", "dask"])
def test_there_are_no_more_processes_than_tasks(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def stop(*_: Any, **told: Any) -> None:
        asked.append(told.get("n_jobs") or told.get("n_workers"))
        raise LookupError

    monkeypatch.setattr("joblib.Parallel", stop)
    monkeypatch.setattr("distributed.LocalCluster", stop)
    with pytest.raises(LookupError):
        list(execute(abs, [1, 2, 3], place))
    assert asked == [3]
