"""The worker process; `python -m rapport.doors.running.working`. Django is set up before any model is imported."""

from __future__ import annotations

import os


def main() -> None:
    """Set up, then work until asked to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.settings")
    import django

    django.setup()
    from rapport.doors.worker import main as work

    work()


if __name__ == "__main__":
    main()
