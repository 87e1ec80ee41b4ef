"""Nothing in the project belongs to one machine: no path, no package host, no secret."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from .code import HOME, none

# Where this clone lies, on whatever machine.
_OURS = {str(folder).lstrip("/") for folder in (HOME, HOME.parent, Path.home()) if folder != Path("/")}
PATHS = re.compile(
    rf"(?<![\w.~/])/(?:root|tmp|(?:home|Users)/[a-z]+|{'|'.join(map(re.escape, _OURS))})/", re.IGNORECASE
)
HOSTS = re.compile(
    r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|artifactory|jfrog|--(?:extra-)?index-url|find-links"
)
SECRETS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bghp_\w{36}\b")


def texts() -> list[tuple[str, str]]:
    """Every file of the project that is text, this one excepted."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=HOME, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.fail("This test reads the list of files from git: run it in a clone.")
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        path = HOME / name
        if path.is_file() and path != Path(__file__).resolve():
            try:
                found.append((name, path.read_text("utf-8")))
            except UnicodeDecodeError:
                continue
    return found


def places(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group(0)}"
        for name, text in texts()
        for match in pattern.finditer(text)
    ]


def test_no_path_of_one_machine() -> None:
    none(places(PATHS), "Say it relative to the project, or let a setting say it.")


def test_no_package_host() -> None:
    none(
        places(HOSTS),
        "Where packages come from is the affair of whoever installs: leave it to pip's and uv's settings.",
    )


def test_no_host_that_only_this_machine_knows() -> None:
    hosts = {host for url in _indexes() if (host := urlsplit(url).hostname) and host != "localhost"}
    found = [f"{name}: {host}" for name, text in texts() for host in hosts if host in text]
    none(found, "A lock or a script has picked up this machine's package index: make it again without.")


def _indexes() -> list[str]:
    named = [
        os.environ.get(name, "")
        for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX")
    ]
    for path in (Path("/etc/pip.conf"), Path.home() / ".pip/pip.conf", Path.home() / ".config/pip/pip.conf"):
        settings = configparser.RawConfigParser()
        settings.read(path)
        named += [
            settings[part].get(key, "") for part in settings.sections() for key in ("index-url", "extra-index-url")
        ]
    return " ".join(named).split()


def test_no_secret() -> None:
    none(places(SECRETS), "Take it out, and end it where it was given: what was committed once is known.")
