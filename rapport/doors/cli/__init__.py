"""in: words typed in a terminal · out: the same answers as the API gives, as lines or JSON, with honest exit codes."""

from __future__ import annotations


def main() -> None:
    """The command `rapport`."""
    from .app import run

    run()
