"""Sentences of the terminal, from the one catalogue: by Django once it is set up, before that without loading it."""

from __future__ import annotations

import gettext as plain
import sys
from functools import cache
from pathlib import Path
from typing import Any

# Where Django looks (LOCALE_PATHS), and the name it looks by.
LOCALE, DOMAIN = Path(__file__).resolve().parents[2] / "locale", "django"


def _(sentence: str) -> str:
    """A sentence in the reader's language."""
    return str(_speaking().gettext(sentence))


def ngettext(one: str, many: str, number: int) -> str:
    """A sentence about one or many, in the reader's language."""
    return str(_speaking().ngettext(one, many, number))


def _speaking() -> Any:
    # `--help` answers in a third of the time that loading Django takes, so we look whether somebody else did.
    apps = sys.modules.get("django.apps")
    if apps is not None and apps.apps.ready:
        from django.utils import translation

        return translation
    return _of_the_terminal()


@cache
def _of_the_terminal() -> plain.NullTranslations:
    return plain.translation(DOMAIN, LOCALE, fallback=True)
