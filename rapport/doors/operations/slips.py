"""What is wrong with a value, in words that say what to do: the reader's own words for it are for programmers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# By the kinds of pydantic; what a kind tells beside (`ctx`) may be named in the sentence.
_SLIPS: Final[Mapping[str, object]] = {
    "missing": gettext_lazy("it is needed"),
    "extra_forbidden": gettext_lazy("nothing here is called so"),
    "string_too_short": gettext_lazy("write at least %(min_length)s characters"),
    "string_too_long": gettext_lazy("write at most %(max_length)s characters"),
    "too_short": gettext_lazy("give at least %(min_length)s"),
    "too_long": gettext_lazy("give at most %(max_length)s"),
    "greater_than": gettext_lazy("choose a number above %(gt)s"),
    "greater_than_equal": gettext_lazy("choose a number from %(ge)s on"),
    "less_than": gettext_lazy("choose a number below %(lt)s"),
    "less_than_equal": gettext_lazy("choose a number up to %(le)s"),
    "literal_error": gettext_lazy("choose one of %(expected)s"),
    "timezone_aware": gettext_lazy("say in which time zone, as in 2026-12-01T09:00+01:00"),
    "value_error": gettext_lazy("%(error)s"),
}
_SORTS: Final[Mapping[str, object]] = {
    "bool": gettext_lazy("say true or false"),
    "date": gettext_lazy("write a day like 2026-12-01"),
    "datetime": gettext_lazy("write a moment like 2026-12-01T09:00+01:00"),
    "float": gettext_lazy("write a number"),
    "int": gettext_lazy("write a whole number"),
    "list": gettext_lazy("give a list"),
    "string": gettext_lazy("write text"),
    "uuid": gettext_lazy("copy the whole id from where it was shown"),
}


def what_is_wrong(error: Mapping[str, Any]) -> str:
    """What is wrong with a value and what to write instead, from what pydantic says of it."""
    kind, told = error["type"], error.get("ctx") or {}
    if kind == "string_too_short" and told.get("min_length") == 1:
        return _("it is empty, write something")
    said = _SLIPS.get(kind) or _SORTS.get(kind.partition("_")[0])
    return str(said) % told if said else str(error["msg"])
