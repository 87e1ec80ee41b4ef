"""What the operations say in sentences: today, a log line understood, changes taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from rapport.care.placed import Today
from rapport.interactions.saying import Understood
from rapport.interactions.saying.wording import kind_label, said_in
from rapport.moments.moment import Reason
from rapport.moments.wording import headline
from rapport.relationships.engine.values import Standing
from rapport.relationships.engine.wording import rhythm_sentence

CHANGES: Mapping[str, object] = {
    "affiliation.set": gettext_lazy("where %(name)s works"),
    "fact.forget": gettext_lazy("forgetting something about %(name)s"),
    "fact.note": gettext_lazy("a fact about %(name)s"),
    "handle.add": gettext_lazy("an address of %(name)s"),
    "handle.remove": gettext_lazy("forgetting an address of %(name)s"),
    "import.start": gettext_lazy("the import %(name)s"),
    "interaction.log": gettext_lazy("what was logged with %(name)s"),
    "note.add": gettext_lazy("a note about %(name)s"),
    "note.remove": gettext_lazy("removing a note about %(name)s"),
    "person.add": gettext_lazy("adding %(name)s"),
    "person.edit": gettext_lazy("a change to %(name)s"),
    "person.merge": gettext_lazy("joining %(name)s with %(gone)s"),
    "person.tag": gettext_lazy("a tag on %(name)s"),
    "person.unmerge": gettext_lazy("parting %(name)s from %(gone)s"),
    "person.untag": gettext_lazy("taking a tag off %(name)s"),
    "today.done": gettext_lazy("having cared for %(name)s"),
    "today.later": gettext_lazy("putting %(name)s off"),
    "today.not-needed": gettext_lazy("that %(name)s needs nothing"),
    "today.reopen": gettext_lazy("putting %(name)s on Today again"),
}


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
    return f"{head}: {said.note}" if said.note else head


def taken_back(verb: str, name: str, values: Mapping[str, object]) -> str:
    """What was undone."""
    change = CHANGES.get(verb)
    called = {"gone": "", **values, "name": name or _("this workspace")}
    what = str(change) % called if change else _("a change to %(name)s") % called
    return _("Taken back: %(what)s.") % {"what": what}
