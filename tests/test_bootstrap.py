"""Setup happens once, is redone where it was cut off, and asks for no more than a job needs."""

from __future__ import annotations

import importlib.util
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


class Calls(list[str]):
    """What setup did, in order."""


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "tools" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_text("")
    venv = tmp_path / ".venv"
    monkeypatch.setattr(module, "ROOT", str(tmp_path))
    monkeypatch.setattr(module, "VENV", str(venv))
    monkeypatch.setattr(module, "STAMP", str(venv / "cleanpark-setup"))
    monkeypatch.setattr(module, "UNFINISHED", str(tmp_path / ".venv-unfinished"))
    return module


@pytest.fixture
def calls(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Calls:
    done = Calls()

    def create() -> None:
        done.append("create")
        python = Path(bootstrap.in_venv("python"))
        python.parent.mkdir(parents=True, exist_ok=True)
        if not python.exists():
            os.symlink(sys.executable, python)

    monkeypatch.setattr(bootstrap, "create", create)
    monkeypatch.setattr(bootstrap, "install", lambda what_for: done.append(f"install {what_for}"))
    return done


def test_a_second_setup_does_nothing(bootstrap: ModuleType, calls: Calls) -> None:
    bootstrap.setup()
    bootstrap.setup()
    bootstrap.setup("run")
    assert calls == ["create", "install dev"]


def test_a_demo_installs_what_a_run_needs_and_setup_adds_the_rest(
    bootstrap: ModuleType, calls: Calls
) -> None:
    bootstrap.setup("run")
    bootstrap.setup("dev")
    bootstrap.setup("run")
    assert calls == ["create", "install run", "install dev"]


@pytest.mark.parametrize("changed", ["pyproject.toml", "constraints.txt"])
def test_a_changed_file_installs_again(
    bootstrap: ModuleType, calls: Calls, tmp_path: Path, changed: str
) -> None:
    bootstrap.setup()
    (tmp_path / changed).write_text("# changed\n")
    bootstrap.setup()
    assert calls == ["create", "install dev", "install dev"]


def test_a_setup_cut_off_starts_anew(
    bootstrap: ModuleType, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(what_for: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(bootstrap, "install", cut_off)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.setup()
    assert bootstrap.finished() == ""
    bootstrap.setup()
    assert calls == ["create", "create", "install dev"]
    assert bootstrap.finished() == "dev"


def test_no_fitting_python_and_no_network_is_one_clear_message(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable() -> None:
        raise OSError("no network")

    monkeypatch.setattr(bootstrap, "fitting_python", lambda: None)
    monkeypatch.setattr(bootstrap, "create_with_uv", unreachable)
    with pytest.raises(SystemExit, match="install one, for example"):
        bootstrap.setup()


NOTHING_ANSWERS = (
    "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError(...: "
    "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')'\n"
    "ERROR: Could not find a version that satisfies the requirement numpy (from versions: none)\n"
)
OTHER_BYTES = "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (NOTHING_ANSWERS, "index could not be reached.*HTTPS_PROXY.*PIP_NO_INDEX=1"),
        (OTHER_BYTES, "not what this project was tried with.*Nothing of it was installed"),
        ("noise\nerror: No space left on device\n", "said last: error: No space left on device"),
    ],
)
def test_why_pip_failed_is_told_in_words_with_what_to_do(
    bootstrap: ModuleType, capfd: pytest.CaptureFixture[str], written: str, told: str
) -> None:
    """A program that fails as pip does: what it wrote is shown, and then said in words."""
    failing = f"import sys; sys.stderr.write({written!r}); sys.exit(1)"
    with pytest.raises(bootstrap.Failed) as failed:
        bootstrap.installed([sys.executable, "-c", failing])
    assert written in capfd.readouterr().err
    assert re.search(told, bootstrap.in_words(failed.value), re.DOTALL)


def test_uv_is_pinned_to_known_bytes(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    pinned = Path(bootstrap.UV).read_text()
    assert re.search(r"^uv==[0-9.]+ \\$", pinned, re.MULTILINE)
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", pinned)) > 10
    calls: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "installed", calls.append)
    bootstrap.create_with_uv()
    assert calls[0][-3:] == [":all:", "-r", bootstrap.UV]
    assert "--require-hashes" in calls[0]
    assert not any(re.match("uv[=<>~]?", word) for word in calls[0])


def test_versions_that_setup_accepts_are_those_the_project_declares(bootstrap: ModuleType) -> None:
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for version in bootstrap.VERSIONS:
        assert f'"Programming Language :: Python :: {version}"' in declared
    assert (ROOT / ".python-version").read_text().strip() == bootstrap.VERSIONS[0]


def test_a_checkout_without_links_is_assembled(bootstrap: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "cleanpark").mkdir()
    for layer in bootstrap.LAYERS:
        (tmp_path / layer).mkdir()
        (tmp_path / layer / "__init__.py").write_text("")
        (tmp_path / "cleanpark" / layer).write_text(f"../{layer}")
    with bootstrap.assembled() as folder:
        assert folder != str(tmp_path)
        for layer in bootstrap.LAYERS:
            assert (Path(folder) / "cleanpark" / layer / "__init__.py").is_file()


CLOSES = """
import signal, sys, time
try:
    print("open", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    time.sleep(1)
    print("closed", flush=True)
"""
WAITS = """
import runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background
module = runpy.run_path({path!r})
module["in_venv"].__globals__["in_venv"] = lambda name: sys.executable
print("succeeded" if module["run_until_closed"](["python", "-c", {code!r}]) else "failed")
"""


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is no signal to a group of processes there")
def test_ctrl_c_leaves_the_page_to_close_by_itself() -> None:
    """It reaches all in the foreground at once: the one that waits must not end the other."""
    code = WAITS.format(path=str(ROOT / "tools" / "bootstrap.py"), code=CLOSES)
    with subprocess.Popen(
        [sys.executable, "-u", "-c", code], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        while process.stdout.readline() != "open\n":
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout.read() == "closed\nsucceeded\n"
    assert process.returncode == 0
