"""Set up cleanpark in a private environment and run its main jobs, from any Python 3.

    python tools/bootstrap.py          the same as setup
    python tools/bootstrap.py setup    create .venv with everything installed, editable
    python tools/bootstrap.py demo     set up what a run needs, then compare all packaged scenarios
    python tools/bootstrap.py page     set up what the page needs, then open it in a browser
    python tools/bootstrap.py check    set up, then check style, types and layers
    python tools/bootstrap.py test     set up, check, and run the tests

Works with the oldest Python 3 in use: nothing newer than 3.6 is needed to read this file.
"""

import contextlib
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "cleanpark-setup")
UNFINISHED = os.path.join(ROOT, ".venv-unfinished")
HELPER = os.path.join(ROOT, ".uv")
UV = os.path.join(ROOT, "tools", "uv.txt")
VERSIONS = ("3.13", "3.12", "3.14")  # that cleanpark runs with, the best first
WINDOWS = os.name == "nt"
BIN = "Scripts" if WINDOWS else "bin"
LAYERS = ("scenarios", "agents", "model", "analysis")
WHAT_FOR = {"run": "", "page": "[page]", "dev": "[dev]"}  # each holds those before it
NO_NETWORK = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "Connection refused",
    "Connection to ",
    "getaddrinfo failed",
    "Temporary failure in name resolution",
    "Name or service not known",
    "Network is unreachable",
    "dns error",
)  # what pip and uv write where nothing answers
OTHER_BYTES = "DO NOT MATCH THE HASHES"  # what pip writes where a download is not what was pinned
OFFLINE = """The package index could not be reached, and not all that is needed is here.
Connect this machine to the network and run this again. Behind a proxy set HTTPS_PROXY; for a
mirror set PIP_INDEX_URL. For a machine without a network, on one of the same kind that has one:
    python -m pip download -d wheels -c constraints.txt "setuptools>=77" wheel ".[dev]"
then bring the folder wheels along and run this again with PIP_NO_INDEX=1 and PIP_FIND_LINKS=wheels.
"""


def in_venv(name):
    """Path of a program inside the environment."""
    return os.path.join(VENV, BIN, name + (".exe" if WINDOWS else ""))


def version_of(python):
    """Version of a Python that can make environments, or None."""
    code = "import sys, ensurepip; print('%d.%d' % sys.version_info[:2])"
    try:
        out = subprocess.run(
            python + ["-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60
        )
        return out.stdout.decode().strip() or None
    except (OSError, subprocess.SubprocessError):
        return None


def kept_by_pyenv(version):
    """The Pythons of one version that pyenv has installed."""
    home = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    for folder in sorted(glob.glob(os.path.join(home, "versions", version + "*")), reverse=True):
        yield os.path.join(folder, "python.exe" if WINDOWS else os.path.join("bin", "python"))


def known_to_uv(version):
    """The Python of one version that uv finds, if uv is there."""
    if not shutil.which("uv"):
        return
    found = subprocess.run(
        ["uv", "python", "find", version], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    if found.returncode == 0:
        yield found.stdout.decode().strip()


def candidates():
    """Commands that may start a fitting Python, the best first."""
    yield [sys.executable]
    for version in VERSIONS:
        if shutil.which("python" + version):
            yield ["python" + version]
        if WINDOWS and shutil.which("py"):
            yield ["py", "-" + version]
        for path in kept_by_pyenv(version):
            yield [path]
        for path in known_to_uv(version):
            yield [path]


def fitting_python():
    """The first candidate whose version cleanpark runs with, or None."""
    for python in candidates():
        if version_of(python) in VERSIONS:
            return python
    return None


class Failed(Exception):
    """What a program that installs something wrote before it failed."""


def installed(command):
    """Run a program that installs something, what it complains of shown and, if it fails, kept."""
    written = []
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        for line in process.stderr:
            text = line.decode(errors="replace")
            sys.stderr.write(text)
            written.append(text)
    if process.returncode:
        raise Failed("".join(written) or "exit code %d" % process.returncode)


def in_words(problem):
    """Why something could not be installed, and what to do."""
    said = str(problem)
    if OTHER_BYTES in said:
        return (
            "What was downloaded is not what this project was tried with: its hash is not the one "
            "in tools/uv.txt.\nNothing of it was installed. Try again; if it stays so, ask who "
            "runs the package index."
        )
    if any(sign in said for sign in NO_NETWORK):
        return OFFLINE.rstrip()
    last = said.strip().splitlines()
    return "It said last: %s" % (last[-1] if last else "nothing")


def create_with_uv():
    """Last resort: let uv, installed privately by pip and of known bytes, fetch a Python."""
    print("No Python 3.12 to 3.14 is here; fetching one with uv ...", flush=True)
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade", "--target", HELPER]
    installed(pip + ["--require-hashes", "--only-binary", ":all:", "-r", UV])
    uv = os.path.join(HELPER, "bin", "uv" + (".exe" if WINDOWS else ""))
    installed([uv, "venv", "--seed", "--python", VERSIONS[0], VENV])


def create():
    """Make the empty environment."""
    shutil.rmtree(VENV, ignore_errors=True)
    python = fitting_python()
    try:
        if python is None:
            create_with_uv()
        else:
            installed(python + ["-m", "venv", VENV])
    except (OSError, Failed) as problem:
        what = "was found, and none could be fetched" if python is None else "could be set up"
        sys.exit(
            "No Python 3.12 to 3.14 %s.\n%s\n"
            "Or install one, for example from python.org, and run this again."
            % (what, in_words(problem))
        )


def fingerprint():
    """Digest of what the environment is made from."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    digest.update(ROOT.encode())
    return digest.hexdigest()


def finished():
    """What the present files were set up for: "run", "dev", or nothing."""
    if os.path.exists(UNFINISHED) or not os.path.exists(in_venv("python")):
        return ""
    try:
        with open(STAMP) as file:
            made_from, what_for = file.read().split()
    except (OSError, ValueError):
        return ""
    return what_for if made_from == fingerprint() else ""


def install(what_for):
    """Install the project, editable, at the versions it was tried with."""
    pip = [in_venv("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    constraints = ["--no-compile", "-c", os.path.join(ROOT, "constraints.txt")]
    try:
        installed(pip + constraints + ["-e", ROOT + WHAT_FOR[what_for]])
    except Failed as problem:
        os.remove(UNFINISHED)  # pip has undone its part, so the environment is sound
        sys.exit("pip could not install what cleanpark needs.\n" + in_words(problem))
    compile_packages()


def compile_packages():
    """Compile what was installed on all cores, without its tests: pip would take three times."""
    find = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.check_output([in_venv("python"), "-c", find]).decode().strip()
    quietly = [in_venv("python"), "-W", "ignore", "-m", "compileall", "-qq", "-j", "0"]
    subprocess.call(quietly + ["-x", r"[/\\]tests?[/\\]", packages])  # templates do not compile


def setup(what_for="dev"):
    """Create the environment, once; a setup that was cut off is done again."""
    order = list(WHAT_FOR)
    if finished() in order[order.index(what_for) :]:
        return
    print("Setting up .venv (once; one to two minutes) ...", flush=True)
    cut_off = os.path.exists(UNFINISHED)
    open(UNFINISHED, "w").close()
    if cut_off or version_of([in_venv("python")]) is None:
        create()
    install(what_for)
    with open(STAMP + ".new", "w") as file:
        file.write("%s %s\n" % (fingerprint(), what_for))
    os.replace(STAMP + ".new", STAMP)
    os.remove(UNFINISHED)


def run(command, folder=ROOT):
    """Run one program of the environment and say whether it succeeded."""
    print("$ " + " ".join(command), flush=True)
    return subprocess.call([in_venv(command[0])] + command[1:], cwd=folder) == 0


def run_until_closed(command):
    """Run a program that Ctrl-C ends, which reaches it too: it is left to close by itself."""
    print("$ " + " ".join(command), flush=True)
    process = subprocess.Popen([in_venv(command[0])] + command[1:], cwd=ROOT)
    while True:
        try:
            return process.wait() == 0
        except KeyboardInterrupt:
            continue


@contextlib.contextmanager
def assembled():
    """Folder in which `cleanpark` holds its layers: a copy where the checkout has no links."""
    if all(os.path.isdir(os.path.join(ROOT, "cleanpark", layer)) for layer in LAYERS):
        yield ROOT
        return
    with tempfile.TemporaryDirectory() as folder:
        package = os.path.join(folder, "cleanpark")
        shutil.copytree(
            os.path.join(ROOT, "cleanpark"), package, ignore=shutil.ignore_patterns(*LAYERS)
        )
        for layer in LAYERS:
            shutil.copytree(os.path.join(ROOT, layer), os.path.join(package, layer))
        shutil.copy(os.path.join(ROOT, "pyproject.toml"), folder)
        yield folder


def check():
    """Style, types and layers; the names of what failed."""
    style = [["ruff", "check", "."], ["ruff", "format", "--check", "."]]
    style.append(["python", "tools/messages.py", "check"])
    failed = [command for command in style if not run(command)]
    with assembled() as folder:
        structure = [["mypy"], ["lint-imports"]]
        failed += [command for command in structure if not run(command, folder)]
    return failed


def bring_browser():
    """Fetch a Chromium for the tests where this machine has none; without one they are skipped,
    or fail where CI is set."""
    code = "from tests.cleanpark.page.browsing import found; found() or exit(1)"
    if subprocess.call([in_venv("python"), "-c", code], cwd=ROOT) == 0:
        return
    print("No Chromium is here for the tests of the page; fetching one ...", flush=True)
    if not run(["python", "-m", "playwright", "install", "chromium"]):
        print("It could not be fetched. Install Chromium or Chrome to have these tests run.")


@contextlib.contextmanager
def compiling_beside():
    """Compile the model's code on another core meanwhile: each process of the tests would compile
    it for itself. What fails here fails in the tests, with its reason."""
    command = [in_venv("python"), "-W", "ignore", "-m", "tests.compiled"]
    with open(os.devnull, "w") as nowhere:
        beside = subprocess.Popen(command, cwd=ROOT, stdout=nowhere, stderr=nowhere)
        try:
            yield
        finally:
            beside.wait()


def test():
    """Everything that must hold before a change is taken, the tests last."""
    with compiling_beside():
        failed = check()
        bring_browser()
    tests = ["python", "-m", "pytest", "-n", "auto", "--dist", "loadgroup"]
    if not run(tests):
        failed.append(tests)
    return failed


def demo():
    """Compare all packaged scenarios on the packaged park."""
    command = ["cleanpark", "demo"]
    return [] if run(command) else [command]


def page():
    """Open the page, until Ctrl-C; on the demo's results where they are there."""
    there = os.path.isdir(os.path.join(ROOT, "demo"))
    command = ["cleanpark", "serve"] + (["--results", "demo"] if there else [])
    return [] if run_until_closed(command) else [command]


VERBS = {
    "setup": (list, "dev"),
    "demo": (demo, "run"),
    "page": (page, "page"),
    "check": (check, "dev"),
    "test": (test, "dev"),
}


def main():
    """Read the verb and do it."""
    verb = sys.argv[1] if len(sys.argv) > 1 else "setup"
    if verb not in VERBS or len(sys.argv) > 2:
        sys.exit("usage: python tools/bootstrap.py [%s]" % "|".join(VERBS))
    job, what_for = VERBS[verb]
    setup(what_for)
    failed = job()
    if failed:
        sys.exit("Failed: " + "; ".join(" ".join(command) for command in failed))


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
