"""Take the pictures in docs/use/pictures again, from a running Rapport that shows its sample village.

python -m scripts.pictures "$(.venv/bin/rapport link)"
"""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Page, sync_playwright

from scripts.browser import find_or_install_browser

PICTURES = Path(__file__).resolve().parents[1] / "docs/use/pictures"
SIZE = {"width": 1440, "height": 900}
MOST_BYTES = 250_000  # a README that loads slowly is not read


def main(link: str) -> None:
    """Sign in by the link, which is used up, and look at Today, at who is in focus there, and at Import."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_or_install_browser(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
        page.goto(link)
        page.click("main button")
        page.wait_for_url(urljoin(link, "/"))
        _take(page, "today")
        page.click("#focus-name a")
        page.wait_for_url("**/people/*")
        _take(page, "person")
        page.goto(urljoin(link, "/import"))
        _take(page, "import")
        browser.close()


def _take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    path = PICTURES / f"{name}.png"
    size = len(page.screenshot(path=path))
    sys.stdout.write(f"{path.name}: {size:,} bytes\n")
    if size > MOST_BYTES:
        sys.exit(f"{path} is larger than {MOST_BYTES:,} bytes.")


if __name__ == "__main__":
    main(sys.argv[1])
