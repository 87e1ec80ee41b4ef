"""The browser that tests look through: a Chromium or Chrome that is here, or, for root, one that is installed now."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLAYWRIGHTS_OWN = ("chromium-*/chrome-linux*/chrome", "chromium_headless_shell-*/chrome-*/*headless*shell")
MISSING = (
    "The browser tests need Chromium or Chrome, and there is none. Install one (`sudo apt-get install chromium`), "
    "or run `.venv/bin/playwright install chromium`, then start again."
)


def find_browser() -> Path | None:
    """A browser that really starts. Ubuntu's `chromium-browser` may be a mere pointer to a snap."""
    return next((path for path in _candidates() if _starts(path)), None)


def find_or_install_browser() -> Path:
    """A browser, installed by apt when we are root; ends with a sentence where there is none."""
    found = find_browser()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
        found = find_browser()
    if found is None:
        raise SystemExit(MISSING)
    return found


def _candidates() -> Iterator[Path]:
    named = os.environ.get("RAPPORT_BROWSER")
    if named:
        yield Path(named)
    yield from (Path(found) for found in map(shutil.which, NAMES) if found)
    own = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    for pattern in PLAYWRIGHTS_OWN:
        yield from sorted(own.glob(pattern), reverse=True)


def _starts(path: Path) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _install() -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    fonts = ("fonts-dejavu-core", "fonts-noto-core")  # without them right-to-left pages are boxes of another size
    apt = ("apt-get", "-q", "-o", "DPkg::Lock::Timeout=120")
    for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium", *fonts]):
        subprocess.run([*apt, *command], env=environment, capture_output=True, check=False)
    if find_browser() is None:  # Ubuntu has no chromium package that works without snap
        subprocess.run([".venv/bin/playwright", "install", "--with-deps", "chromium"], capture_output=True, check=False)
