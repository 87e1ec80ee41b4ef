"""in: words typed in a terminal · out: the same answers as the API gives, as lines or JSON, with honest exit codes."""

from __future__ import annotations

import sys

# The others take their time, or name files: whoever answers does not stand in the folder of who asks.
ANSWERED = frozenset(
    {
        "today",
        "people",
        "why",
        "log",
        "undo",
        "link",
        "set-address",
        "status",
        "done",
        "later",
        "not-needed",
        "do",
        "organizations",
        "organization",
        "who-knows",
        "views",
    }
)


def main() -> None:
    """The command `rapport`. The house that runs answers short ones: it has loaded already what takes a second here."""
    if ANSWERED.intersection(sys.argv[1:2]):
        from rapport.kit.line import asked_the_house

        code = asked_the_house(sys.argv[1:])
        if code is not None:
            sys.exit(code)
    from .app import run

    run()
