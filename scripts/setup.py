"""Set Rapport up: an environment in .venv with exactly what requirements.lock names. Done already, it does nothing.

Runs on the bare Python of the machine, so it imports nothing that does not come with Python.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
HOME = Path(__file__).resolve().parents[1]
VENV = HOME / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".set-up"
DECIDES = ("requirements.lock", "scripts/tools.lock", "pyproject.toml", "scripts/setup.py", "scripts/loading.py")


def main():
    """Set up what is not set up yet, one line per step."""
    with_a_new_enough_python()
    if STAMP.exists() and STAMP.read_text() == fingerprint():
        STAMP.touch()
        return
    STAMP.unlink(missing_ok=True)
    began = time.monotonic()
    step("Making the environment", make_environment)
    step("Fetching the installer", fetch_installer)
    step("Installing what Rapport stands on (the longest step)", install_requirements)
    step("Installing Rapport", install_rapport)
    step("Loading it once, so that it starts quickly", load_once)
    STAMP.write_text(fingerprint())
    say(f"Set up in {time.monotonic() - began:.0f} s.\n")


def with_a_new_enough_python():
    """Go on with a newer Python where this one is too old and a newer one is here."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])  # noqa: S606 (itself, under a newer Python)
    stop("Rapport needs Python 3.11 or later. Install it (on Ubuntu 22.04: sudo apt-get install python3.11-venv).")


def fingerprint():
    """Changes when the environment must."""
    told = hashlib.sha256()
    for name in DECIDES:
        told.update((HOME / name).read_bytes())
    return f"{told.hexdigest()} {HOME}"


def make_environment():
    """A fresh .venv, unless a sound one is there; installs Debian's venv package when that is missing."""
    if PYTHON.exists() and quiet([PYTHON, "-c", "import pip, sys; sys.exit(sys.version_info < (3, 11))"]):
        return
    if not quiet([sys.executable, "-c", "import venv, ensurepip"]):
        install_venv()
    run([sys.executable, "-m", "venv", "--clear", VENV])


def install_venv():
    """Debian and Ubuntu keep venv in a package of its own."""
    package = f"python3.{sys.version_info.minor}-venv"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        stop(f"Python's venv is missing. Install it with `sudo apt-get install {package}`, then start again.")
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    unasked = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run([*apt, "update"], env=unasked)
    if not quiet([*apt, "install", "-y", package], env=unasked):
        run([*apt, "install", "-y", "python3-venv"], env=unasked)


def fetch_installer():
    """uv and the package builder, pinned by hash."""
    run(pip("--require-hashes", "-r", HOME / "scripts" / "tools.lock"))


def install_requirements():
    """Everything in the lock, pinned by hash: by uv, or, where it finds no way out, by pip with its own settings."""
    wanted = ["--require-hashes", "-r", HOME / "requirements.lock"]
    if not quiet([VENV / "bin" / "uv", "pip", "install", "--quiet", "--python", PYTHON, *wanted]):
        run(pip(*wanted))


def install_rapport():
    """The package itself, editable, built with what is already here."""
    run(pip("--no-deps", "--no-build-isolation", "--editable", HOME))


def load_once():
    """uv compiles nothing, and some machines keep Python from writing what it compiled: then each start would again."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run([PYTHON, "-m", "scripts.loading"], env=kept)


def pip(*arguments):
    """A pip command in the environment."""
    return [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]


def quiet(command, **options):
    """Whether a command succeeds; what it says is not shown."""
    return subprocess.run(command, capture_output=True, check=False, cwd=HOME, **options).returncode == 0


def run(command, **options):
    """Run a command; when it fails show what it said and stop."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, cwd=HOME, **options
    )
    if done.returncode != 0:
        say("\n" + done.stdout)
        stop("The set-up stopped there. Mend what it says above, then start again: it goes on from here.")


def step(name, do):
    """One line of progress with its seconds."""
    say(f"{name} … ")
    began = time.monotonic()
    do()
    say(f"{time.monotonic() - began:.1f} s\n")


def say(text):
    """Progress goes to stderr."""
    sys.stderr.write(text)
    sys.stderr.flush()


def stop(sentence):
    """End with a sentence that says what to do."""
    sys.exit(f"\n{sentence}")


if __name__ == "__main__":
    main()
