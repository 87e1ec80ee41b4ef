"""Days inside sentences that are made before the page is."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import pgettext

from .entering import Visit


def day_in_words(visit: Visit, moment: datetime) -> str:
    """ "17 November", with its year when it is another one."""
    local = visit.local(moment)
    if local.year == visit.local(visit.now).year:
        return date_format(local, pgettext("date without year", "j F"))
    return date_format(local, pgettext("date with year", "j F Y"))


def month_in_words(visit: Visit, moment: datetime) -> str:
    """ "March 2020"."""
    return date_format(visit.local(moment), pgettext("month with year", "F Y"))
