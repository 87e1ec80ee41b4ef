"""The sentences of this room: why something was left out or could not be read, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .sightings import BROKEN_CELL, DAY_TO_COME, IN_PART, SEVERAL_REASONS, WHICH_DAY

FAILURES: Mapping[str, object] = {
    "empty": gettext_lazy("There is nothing in it. Nothing was lost; you can leave it out."),
    "not-a-mail": gettext_lazy("It does not read like a mail. If it is one, export it again as .eml or .mbox."),
    "no-sender": gettext_lazy(
        "It names no sender. A mail without a sender cannot be placed with anybody; leave it out."
    ),
    "no-date": gettext_lazy("It says nowhere when it was sent. Export it again with its full headers, then retry."),
    "not-a-calendar": gettext_lazy("It does not read like a calendar. Export it again as .ics, then retry."),
    "no-start": gettext_lazy("This event names no day. Give it a start in your calendar, export it again and retry."),
    "event-unreadable": gettext_lazy(
        "This event is damaged. Save it once in your calendar, export it again and retry."
    ),
    "not-a-card": gettext_lazy("It does not read like a contact card. Export it again as .vcf, then retry."),
    "unknown-format": gettext_lazy("We cannot read this kind of file. Export it as .mbox, .eml, .ics, .vcf or .csv."),
    "too-large": gettext_lazy("It is too large to be read in one piece. Split it into smaller files, then retry."),
    "took-too-long": gettext_lazy(
        "Reading it took too long and was stopped. Retry; if it happens again, leave it out."
    ),
    "too-much-memory": gettext_lazy("Reading it needed too much memory and was stopped. Split it, then retry."),
    "too-deep": gettext_lazy("It is nested too deeply to be read. Open it in its program, save it again and retry."),
    "reader-crashed": gettext_lazy("The reader stopped on it. The bytes are kept; retry after the next update."),
    "reader-failed": gettext_lazy("The reader did not understand it. The bytes are kept; retry after the next update."),
    "refused-by-database": gettext_lazy("It could not be stored. The bytes are kept; retry after the next update."),
    "not-taken-in": gettext_lazy("It was read, but could not be placed. The bytes are kept; retry after an update."),
}
LEFT_OUT_BY_HAND, ERASED = "by-hand", "erased"
RULES: Mapping[str, object] = {
    LEFT_OUT_BY_HAND: gettext_lazy("Left out by hand, because it could not be read."),
    ERASED: gettext_lazy("Left out: erased on request."),
    "unknown-format": gettext_lazy("Not a mail, calendar, contact or table file."),
    "empty": gettext_lazy("The file is empty."),
    "too-large": gettext_lazy("Too large to be read in one piece. Split it into smaller files to import it."),
    "broken-archive": gettext_lazy("The archive is damaged. Make it again and import it once more."),
    "broken-file": gettext_lazy("The file is damaged. Save it once more in its program and import it again."),
    "locked-archive": gettext_lazy("Protected by a password. Unpack it first and import what is in it."),
    "archive-too-large": gettext_lazy("The archive grows too large when unpacked. Unpack it first, import its files."),
    "archive-too-deep": gettext_lazy("An archive within archives. Unpack it first and import what is in it."),
    "calendar-task": gettext_lazy("A task, not a meeting."),
    "calendar-journal": gettext_lazy("A journal entry, not a meeting."),
    "calendar-free-busy": gettext_lazy("Free and busy times only, no meeting."),
    "calendar-other": gettext_lazy("A calendar entry that is no meeting."),
    "calendar-empty": gettext_lazy("The calendar holds no meetings."),
    "card-of-a-group": gettext_lazy("A card of a group or a place, not of a person."),
    "pictures-on-cards": gettext_lazy(
        "Pictures on its cards are shown nowhere. They are kept, each with its card as it came."
    ),
    "nobody-on-it": gettext_lazy("There is neither a name nor an address on it."),
    "short-number": gettext_lazy(
        "There is no name on it, and only a short number such as 112, which nobody has to themselves."
    ),
    "nothing-in-it": gettext_lazy("There is nothing in it to take in."),
    "no-people-column": gettext_lazy("No column names people. Call one “Name” or “Email” and import it again."),
}
READ_IN_PART: Mapping[str, object] = {
    IN_PART: gettext_lazy(
        "Some fields held what could not be read. Put it right on their page, or in the file and import that again."
    ),
    WHICH_DAY: gettext_lazy(
        "A birthday such as 3/2/1990 may be two days, and neither the other birthdays in the file nor your time zone "
        "tell which. Write it like 1990-02-03 on their page, or in the file and import that again."
    ),
    DAY_TO_COME: gettext_lazy(
        "A birthday lies in the future. Put it right on their page, or in the file and import that again."
    ),
    BROKEN_CELL: gettext_lazy(
        "A spreadsheet left only 4.91512E+12 or ##### of a number or a day; the rest is not in the file any more. Where"
        " it still is, format numbers as text, make the column wide enough, save and import that again."
    ),
    SEVERAL_REASONS: gettext_lazy(
        "These fields could not be read, each for a reason of its own: what a spreadsheet left of a number (4.91512E+12"
        " or #####), a birthday that may be two days or lies in the future, or what is none at all. Put them right on "
        "their page, or in the file and import that again."
    ),
}
AUTOMATIC: Mapping[str, object] = {
    "bounce": gettext_lazy("Mail that came back"),
    "auto-reply": gettext_lazy("Automatic reply"),
    "no-reply": gettext_lazy("From an address nobody reads"),
    "newsletter": gettext_lazy("Newsletter"),
    "list-robot": gettext_lazy("Robot of a mailing list"),
    "notification": gettext_lazy("Notification of a program"),
}
REMARKS: Mapping[str, object] = {
    "long-head": gettext_lazy("Its headers were too long and were read in part."),
    "long-text": gettext_lazy("Its text was very long; the beginning was read."),
    "mended-body": gettext_lazy("Its parts were damaged and were read as well as possible."),
    "sender-elsewhere": gettext_lazy("Its sender was not where it should be and was found elsewhere."),
    "date-elsewhere": gettext_lazy("Its date was not where it should be and was found elsewhere."),
    "date-of-arrival": gettext_lazy("It has no readable date; the day it arrived was taken."),
    "date-of-envelope": gettext_lazy("It has no readable date; the one its mailbox noted was taken."),
    "date-odd": gettext_lazy("Its date is unlikely, but it names no other; it was taken as written."),
    "date-mended": gettext_lazy("A date was written wrongly and was read as well as possible."),
    "repeats-too-often": gettext_lazy("It repeats by the minute; only its first time was taken."),
    "rule-unreadable": gettext_lazy("How it repeats could not be understood; only its first time was taken."),
}


def failure_sentence(reason: str) -> str:
    """Why an item is in quarantine and what to do."""
    return str(FAILURES.get(reason) or _("It could not be read. The bytes are kept; you can retry later."))


def rule_sentence(rule: str) -> str:
    """Why an item was left out: by one of our rules, or because no human wrote it."""
    return str(RULES.get(rule) or AUTOMATIC.get(rule) or _("Left out by a rule."))


def in_part_sentence(reason: str = IN_PART) -> str:
    """What it means that a card or a row was read in part, and what to do."""
    return str(READ_IN_PART[reason])


def unknown_columns_sentence() -> str:
    """What it means that a table has columns we do not know, and what to do."""
    return _(
        "We do not know what these columns hold, so it is on nobody’s page; each row is kept as it came. "
        "Give a column a heading we know, such as Phone, Company or Notes, and import the file again."
    )


def unread_sentence(fields: str) -> str:
    """Which fields of a card or a row could not be read."""
    return _("Not read: %(fields)s.") % {"fields": fields}


def ending_sentence(outcome: str, reason: str, unread: str) -> str:
    """How an item ended that did not simply go in, and what to do; nothing where there is nothing to say."""
    if reason in READ_IN_PART:
        said = unread_sentence(unread)
        return said if reason == IN_PART else f"{said} {in_part_sentence(reason)}"
    if outcome == "quarantined":
        return failure_sentence(reason)
    return rule_sentence(reason) if reason else ""


def place_sentence(file: str, format: str, number: int | None) -> str:
    """Where something stood in a file, as somebody would look for it there."""
    if number is None:
        return file
    said = {
        "table": _("%(file)s, row %(n)d"),
        "mail": _("%(file)s, message %(n)d"),
        "card": _("%(file)s, card %(n)d"),
        "calendar": _("%(file)s, entry %(n)d"),
    }
    return said.get(format, _("%(file)s, number %(n)d")) % {"file": file, "n": number}
