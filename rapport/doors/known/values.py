"""A value of a column as people read it: times in a time zone, figures with what they count, codes in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import get_language_info, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from rapport.accounts.models import JournalEntry
from rapport.channels.wording import AUTOMATIC, READ_IN_PART, failure_sentence, in_part_sentence, rule_sentence
from rapport.interactions.saying.wording import kind_label
from rapport.interactions.wording import PARTS, answer_label, part_label
from rapport.kit.phones import grouped
from rapport.moments.moment import Reason
from rapport.moments.wording import care_title, headline, rule_title
from rapport.people.birthdays import Birthday
from rapport.people.matching import SHARED
from rapport.people.splitting import as_in_name
from rapport.people.wording import FACT_KINDS, birthday_in_words, learnt_words
from rapport.relationships.engine.vitality import percent_shown
from rapport.relationships.engine.wording import STRENGTH_WORDS, TONE_WORDS, row_title

from ..telling_changes import change_sentence

Row = Mapping[str, Any]
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_WITH_PART = re.compile(rf"(.*) \(({'|'.join(PARTS)})\)", re.DOTALL)

WORDS: Mapping[str, Mapping[str, object]] = {
    "handle.kind": {"email": gettext_lazy("E-mail"), "phone": gettext_lazy("Telephone")},
    "wish.kind": {
        "do-not-contact": gettext_lazy("Do not contact"),
        "do-not-score": gettext_lazy("Do not score"),
    },
    "withdrawn.kind": {
        "handle": gettext_lazy("An address"),
        "fact": gettext_lazy("A fact"),
        "tag": gettext_lazy("A tag"),
        "place": gettext_lazy("A place in their path"),
        "birthday": gettext_lazy("A birthday"),
        "wish": gettext_lazy("What they asked"),
    },
    "fact.kind": FACT_KINDS,
    "source.kind": {"files": gettext_lazy("Files")},
    "format": {
        "mail": gettext_lazy("Mail"),
        "calendar": gettext_lazy("Calendar"),
        "card": gettext_lazy("Contact card"),
        "table": gettext_lazy("Table"),
    },
    "origin": {
        "mail": gettext_lazy("mail"),
        "card": gettext_lazy("a contact card"),
        "table": gettext_lazy("a table"),
        "calendar": gettext_lazy("a calendar"),
        "hand": gettext_lazy("written by hand"),
    },
    "outcome": {
        "stored": gettext_lazy("Taken in"),
        "skipped": gettext_lazy("Left out"),
        "quarantined": gettext_lazy("Could not be read"),
    },
    "suggestion.state": {
        "open": gettext_lazy("Nothing yet"),
        "done": gettext_lazy("Done"),
        "later": gettext_lazy("Put off"),
        "not-needed": gettext_lazy("Not needed"),
        "cleared": gettext_lazy("It settled itself"),
        "gone": gettext_lazy("Its reason went away"),
    },
    "door": {
        "web": gettext_lazy("in the browser"),
        "api": gettext_lazy("by a program"),
        "cli": gettext_lazy("at the command line"),
    },
    "tone": {str(one): words for one, words in TONE_WORDS.items()},
    "strength_word": {str(one): words for one, words in STRENGTH_WORDS.items()},
    "automatic": AUTOMATIC,
}


def in_words(table: str, column: str, row: Row, zone: tzinfo) -> str:
    """One value of a row; nothing where it says nothing to people."""
    value = row[column]
    if value in (None, "", [], {}, False):
        return ""
    made = _MADE.get(f"{table}.{column}") or _MADE.get(column)
    if made:
        return made(value, row)
    if value is True:
        return _("yes")
    words = WORDS.get(f"{table}.{column}") or WORDS.get(column)
    if words and value in words:
        return str(words[value])
    field = _field(table, column)
    if isinstance(field, models.DateTimeField):
        return moment_in_words(datetime.fromisoformat(value), zone)
    if isinstance(field, models.DateField):
        return day_in_words(date.fromisoformat(value))
    return _plainly(value)


def moment_in_words(moment: datetime, zone: tzinfo) -> str:
    """ "17 November 2026, 09:12", where the reader is."""
    return date_format(moment.astimezone(zone), pgettext("date with year and time", "j F Y, H:i"))


def day_in_words(day: date) -> str:
    """ "17 November 2026"."""
    return date_format(day, pgettext("date with year", "j F Y"))


def birthday_told(row: Row) -> str:
    """ "6 August", with its year where it is known."""
    if not row.get("birthday_month") or not row.get("birthday_day"):
        return ""
    return birthday_in_words(Birthday(row["birthday_month"], row["birthday_day"], row.get("birthday_year")))


def done_in_words(row: Row) -> str:
    """What an entry of the journal says was done."""
    return change_sentence(JournalEntry(verb=row["verb"], subject_name=row["subject_name"], values=row["values"]))


def _field(table: str, column: str) -> object:
    for model in apps.get_app_config("rapport").get_models():
        if model._meta.db_table == table:
            try:
                return model._meta.get_field(column)
            except FieldDoesNotExist:
                return None
    return None


def _plainly(value: Any) -> str:
    """A value nothing special is known of. An id among others says nothing."""
    if isinstance(value, dict):
        told = [(name, _plainly(one)) for name, one in value.items()]
        return "; ".join(f"{name.replace('_', ' ')}: {one}" for name, one in told if one)
    if isinstance(value, list):
        return ", ".join(one for one in map(_plainly, value) if one)
    if value is None or value is False or _ID.fullmatch(str(value)):
        return ""
    return _("yes") if value is True else str(value)


def _minutes(value: int, row: Row) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", value) % {"n": value}


def _size(value: int, row: Row) -> str:
    return str(filesizeformat(value))


def _times(value: int, row: Row) -> str:
    return ngettext("%(n)d time", "%(n)d times", value) % {"n": value}


def _people_counted(value: int, row: Row) -> str:
    return ngettext("%(n)d person", "%(n)d people", value) % {"n": value}


def _strength(value: int, row: Row) -> str:
    return _("%(n)d of 100") % {"n": value}


def _percent(value: float, row: Row) -> str:
    return _("%(n)d in 100") % {"n": percent_shown(value)}


def _points(value: list[dict[str, Any]], row: Row) -> str:
    return ", ".join(f"{row_title(one['kind'])} {one['points']:+d}" for one in value)


def _is_contact(value: bool, row: Row) -> str:
    return _("not before it takes place") if row.get("comes_at") else _("yes")


def _kind(value: str, row: Row) -> str:
    return kind_label(value)


def _language(value: str, row: Row) -> str:
    try:
        return str(get_language_info(value)["name_translated"])
    except KeyError:
        return value


def _part(value: str, row: Row) -> str:
    return part_label(value) or value


def _response(value: str, row: Row) -> str:
    return answer_label(value) or value


def _who(value: list[str], row: Row) -> str:
    parted = ((_WITH_PART.fullmatch(one), one) for one in value)
    return ", ".join(f"{part_label(found[2])} {found[1]}" if found else one for found, one in parted)


def _attached(value: list[dict[str, Any]], row: Row) -> str:
    files = ((one.get("name") or _("an attachment without a name"), one.get("size")) for one in value)
    return ", ".join(f"{name} ({filesizeformat(size)})" if size else name for name, size in files)


def _care(value: str, row: Row) -> str:
    try:
        return care_title(value)
    except KeyError:  # of an earlier version
        return value


def _rule(value: str, row: Row) -> str:
    try:
        return rule_title(value)
    except KeyError:
        return value


def _reminded(value: dict[str, Any], row: Row) -> str:
    try:
        return headline(Reason(value["kind"], value.get("values") or {}))
    except (KeyError, ValueError):
        return _plainly(value)


def _why_not(value: str, row: Row) -> str:
    if value in READ_IN_PART:
        return in_part_sentence(value)
    return failure_sentence(value) if row.get("outcome") == "quarantined" else rule_sentence(value)


def _withdrawn(value: str, row: Row) -> str:
    if row.get("kind") == "wish":
        return str(WORDS["wish.kind"].get(value, value))
    return _plainly(value.partition(":")[2] if row.get("kind") in ("handle", "fact") else value)


def _listed(value: str, row: Row) -> str:
    return as_in_name(value, str(row.get("name") or ""))


def _as_written(value: str, row: Row) -> str:
    return "" if value in (row.get("value"), grouped(str(row.get("value")))) else value


def _address(value: str, row: Row) -> str:
    """Whose address is another's are met again by a mark of ours that says nothing; the address is told."""
    if value.startswith(SHARED):
        return _("%(address)s, which reaches somebody else") % {"address": ", ".join(row.get("called") or ())}
    return grouped(value) if row.get("kind") == "phone" else value


def _learnt(value: str, row: Row) -> str:
    return learnt_words(value)


_MADE: Mapping[str, Callable[[Any, Row], str]] = {
    "minutes": _minutes,
    "size": _size,
    "contacts": _times,
    "group_size": _people_counted,
    "strength": _strength,
    "vitality": _percent,
    "strength_rows": _points,
    "interaction.kind": _kind,
    "interaction.is_contact": _is_contact,
    "language": _language,
    "part": _part,
    "response": _response,
    "people": _who,
    "attachments": _attached,
    "care": _care,
    "rule": _rule,
    "suggestion.reason": _reminded,
    "import_item.reason": _why_not,
    "withdrawn.value": _withdrawn,
    "as_written": _as_written,
    "listed_as": _listed,
    "handle.value": _address,
    "learnt": _learnt,
}
