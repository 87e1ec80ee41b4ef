"""The worker process; `python -m rapport.doors.running.working`. Django is set up before any model is imported."""

from __future__ import annotations

import os

from rapport.kit.house import House
from rapport.kit.supervision.processes import waited


def main() -> None:
    """Set up, then work until asked to stop. At a start the web comes first: somebody waits for it."""
    waited(House.from_environment().answers, 10, step=0.2)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.settings")
    import django

    django.setup()
    from rapport.doors.worker import main as work

    work()


if __name__ == "__main__":
    main()
