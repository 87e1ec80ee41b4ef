"""Render every sample page into a folder with its static files, to look at without a database.

python scripts/preview_pages.py FOLDER && python -m http.server --directory FOLDER 8123
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))


def main(folder: Path) -> None:
    """Write one HTML file per sample and copy the look."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(STATIC_URL="/static/", USE_I18N=True, USE_TZ=True, LOCALE_PATHS=[])
    import django

    django.setup()
    from django.utils import translation

    from rapport.doors.web.jinja import environment, page_html
    from tests.doors.samples import PAGES

    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "rapport/doors/web/look", folder / "static", dirs_exist_ok=True)
    made = environment()
    for name, (template, shell, page) in PAGES.items():
        with translation.override("en"):
            (folder / f"{name}.html").write_text(page_html(made, template, shell, page))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
