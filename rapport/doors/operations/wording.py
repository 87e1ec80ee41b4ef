"""What the operations say in sentences: today, a log line understood, changes taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from rapport.care.placed import Today
from rapport.interactions.saying import Understood
from rapport.interactions.saying.wording import kind_label, nobody_answered, said_in
from rapport.moments.moment import Reason
from rapport.moments.wording import headline
from rapport.relationships.engine.values import Standing
from rapport.relationships.engine.wording import rhythm_sentence


def today_sentence(today: Today, looks_back: bool) -> str:
    """How many people, and about how long it takes; on a day off that it is one, after an old archive how old it is."""
    said = [_who_waits(today, looks_back)]
    if today.is_day_off:
        said.append(_("It is your day off."))
    if today.look_back_to:
        said.append(_("The newest contact here is from %(day)s.") % {"day": _in_words(today.look_back_to)})
    return " ".join(said)


def _in_words(day: date) -> str:
    """ "30 June 2004" """
    return date_format(day, pgettext("date with year", "j F Y"))


def _who_waits(today: Today, looks_back: bool) -> str:
    waiting = len(today.waiting)
    if today.is_reading and not today.placed:
        return _("Your mail is being read. Today is chosen when it is done.")
    if waiting:
        people = ngettext("%(n)d person to care for", "%(n)d people to care for", waiting) % {"n": waiting}
        minutes = ngettext("about %(n)d minute", "about %(n)d minutes", today.minutes) % {"n": today.minutes}
        return _("%(day)s: %(people)s, %(minutes)s.") % {"day": today.day, "people": people, "minutes": minutes}
    if today.placed:
        return _("Everybody on today’s list is seen to.")
    return _("Nobody needed you on %(day)s.") % {"day": today.day} if looks_back else _("Nobody needs you today.")


def reason_in_full(reason: Reason, standing: Standing | None) -> str:
    """Why now and, where the reason does not say so itself, how it is between the two lately."""
    said = headline(reason)
    if standing is None or reason.kind == "silence":
        return said
    return " ".join(part for part in (said, rhythm_sentence(standing)) if part)


def understood_sentence(said: Understood, names: Sequence[str], now: datetime, zone: ZoneInfo) -> str:
    """ "Call with Priya Raman, 10 min, today: rota works" """
    labels = [one.label for one in said_in(said, now, zone) if one.name != "kind"]
    kind = kind_label(said.kind)
    people = get_text_list(list(names), _("and"))
    what = _("%(kind)s with %(people)s") % {"kind": kind, "people": people} if people else kind
    head = ", ".join([what, *labels])
    whole = f"{head}: {said.note}" if said.note else head
    return f"{whole.rstrip('.')}. {nobody_answered()}" if said.is_unanswered else whole
