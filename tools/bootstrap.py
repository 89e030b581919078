"""Set up cleanpark in a private environment and run its main jobs, from any Python 3.

    python tools/bootstrap.py setup    create .venv with everything installed, editable
    python tools/bootstrap.py demo     set up, then compare all packaged scenarios
    python tools/bootstrap.py test     set up, then check style, types, layers and run the tests

Works with the oldest Python 3 in use: nothing newer than 3.6 is needed to read this file.
"""

import glob
import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STAMP = os.path.join(VENV, "cleanpark-setup")
OLDEST = (3, 12)
NEWEST = (3, 13)
BIN = "Scripts" if os.name == "nt" else "bin"


def in_venv(name):
    """Path of a program inside the environment."""
    return os.path.join(VENV, BIN, name + (".exe" if os.name == "nt" else ""))


def version_of(python):
    """Version of a Python as a pair, or None when it does not run."""
    code = "import sys, ensurepip; print(*sys.version_info[:2])"
    try:
        out = subprocess.run(
            python + ["-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=60
        )
        return tuple(int(part) for part in out.stdout.split()) or None
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def candidates():
    """Commands that may start a new enough Python, the best first."""
    yield [sys.executable]
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        name = "python3.%d" % minor
        if shutil.which(name):
            yield [name]
        if os.name == "nt" and shutil.which("py"):
            yield ["py", "-3.%d" % minor]
        home = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
        for path in sorted(glob.glob(os.path.join(home, "versions", "3.%d*" % minor))):
            yield [os.path.join(path, "bin", "python")]
        if shutil.which("uv"):
            found = subprocess.run(
                ["uv", "python", "find", "3.%d" % minor],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            if found.returncode == 0:
                yield [found.stdout.decode().strip()]


def new_enough_python():
    """The first candidate whose version is supported, or None."""
    for python in candidates():
        version = version_of(python)
        if version is not None and OLDEST <= version <= NEWEST:
            return python
    return None


def create_with_uv():
    """Last resort: let uv, installed privately by pip, fetch a Python."""
    helper = os.path.join(ROOT, ".uv")
    subprocess.check_call([sys.executable, "-m", "venv", helper])
    pip = os.path.join(helper, BIN, "python")
    subprocess.check_call([pip, "-m", "pip", "install", "--quiet", "uv"])
    uv = os.path.join(helper, BIN, "uv")
    subprocess.check_call([uv, "venv", "--seed", "--python", "3.%d" % NEWEST[1], VENV])


def fingerprint():
    """Digest of what the environment is made from."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt"):
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(file.read())
    digest.update(ROOT.encode())
    return digest.hexdigest()


def is_ready():
    """Whether a finished setup matches the present files."""
    if not os.path.exists(STAMP) or not os.path.exists(in_venv("python")):
        return False
    with open(STAMP) as file:
        return file.read() == fingerprint()


def setup():
    """Create the environment, once; a setup that was cut off is done again."""
    if is_ready():
        return
    print("Setting up .venv (once; about two minutes) ...", flush=True)
    if not os.path.exists(in_venv("python")) or version_of([in_venv("python")]) is None:
        shutil.rmtree(VENV, ignore_errors=True)
        python = new_enough_python()
        try:
            if python is None:
                create_with_uv()
            else:
                subprocess.check_call(python + ["-m", "venv", VENV])
        except (OSError, subprocess.CalledProcessError) as problem:
            sys.exit(
                "No Python 3.%d to 3.%d was found, and none could be fetched (%s).\n"
                "Install one, for example from python.org, and run this again."
                % (OLDEST[1], NEWEST[1], problem)
            )
    install = [in_venv("python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    constraints = ["-c", os.path.join(ROOT, "constraints.txt")]
    try:
        subprocess.check_call(install + constraints + ["-e", ROOT + "[dev]"])
    except subprocess.CalledProcessError as problem:
        sys.exit("pip could not install what cleanpark needs (exit code %d)." % problem.returncode)
    with open(STAMP, "w") as file:
        file.write(fingerprint())


def run(*command):
    """Run one program of the environment in the project's folder; stop where it fails."""
    print("$ " + " ".join(command), flush=True)
    code = subprocess.call([in_venv(command[0])] + list(command[1:]), cwd=ROOT)
    if code:
        sys.exit(code)


def demo():
    """Compare all packaged scenarios on the packaged park."""
    run("cleanpark", "demo")


def check():
    """Style, types and layers."""
    run("ruff", "check", ".")
    run("ruff", "format", "--check", ".")
    run("mypy")
    run("lint-imports")


def test():
    """Everything that must hold before a change is taken."""
    check()
    run("python", "-m", "pytest", "-n", "2")


VERBS = {"setup": None, "demo": demo, "check": check, "test": test}


def main():
    """Read the verb and do it."""
    verb = sys.argv[1] if len(sys.argv) == 2 else ""
    if verb not in VERBS:
        sys.exit("usage: python tools/bootstrap.py [%s]" % "|".join(VERBS))
    setup()
    if VERBS[verb] is not None:
        VERBS[verb]()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
