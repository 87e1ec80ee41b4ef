"""Reasons as sentences. The only place in this room where words for people are made."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.kit.spans import every, quiet_for

from .moment import Reason


def headline(reason: Reason) -> str:
    """The reason in one or two short sentences, as a thoughtful colleague would say it."""
    values = {"name": "", "days": 0, "gap": 0.0, "weekday": 1, **reason.values}
    name, days = str(values["name"]), int(values["days"] or 0)
    match reason.kind:
        case "silence":
            usual = _("You two usually talk %(often)s.") % {"often": every(float(values["gap"] or 0))}
            return f"{quiet_for(days)} {usual}"
        case "question":
            return ngettext(
                "%(name)s asked you something yesterday. Nobody has answered yet.",
                "%(name)s asked you something %(days)d days ago. Nobody has answered yet.",
                days,
            ) % {"name": name, "days": days}
        case "birthday":
            return _("It is %(name)s’s birthday today.") % {"name": name}
        case "birthday_ahead":
            return _birthday_ahead(name, days, int(values["weekday"] or 1))
        case "birthday_past":
            return ngettext(
                "%(name)s’s birthday was yesterday.", "%(name)s’s birthday was %(days)d days ago.", days
            ) % {"name": name, "days": days}
        case "first_meeting":
            return ngettext(
                "You met %(name)s for the first time yesterday. No word since.",
                "You met %(name)s for the first time %(days)d days ago. No word since.",
                days,
            ) % {"name": name, "days": days}
        case "first_call":
            return ngettext(
                "You and %(name)s spoke for the first time yesterday. No word since.",
                "You and %(name)s spoke for the first time %(days)d days ago. No word since.",
                days,
            ) % {"name": name, "days": days}
        case "clinging":
            return _("You wrote twice and heard nothing. Better to leave %(name)s some room.") % {"name": name}
        case "meeting_planned" if days == 0:
            return _("It has been quiet, and you will meet %(name)s today anyway.") % {"name": name}
        case "meeting_planned":
            return ngettext(
                "It has been quiet, and you will meet %(name)s tomorrow anyway.",
                "It has been quiet, and you will meet %(name)s in %(days)d days anyway.",
                days,
            ) % {"name": name, "days": days}
    raise ValueError(f"No sentence for a reason of kind {reason.kind!r}.")


def rule_title(rule: str) -> str:
    """What a rule is called."""
    return {
        "question": _("Unanswered questions"),
        "birthday": _("Birthdays"),
        "silence": _("Silence"),
        "follow-up": _("First meetings"),
    }[rule]


def rule_question(rule: str) -> str:
    """What a rule asks."""
    return {
        "question": _("Did somebody ask you something that nobody answered?"),
        "birthday": _("Is it somebody’s birthday, today or on a day off around today?"),
        "silence": _("Is somebody quieter than your own rhythm with them?"),
        "follow-up": _("Did you meet somebody for the first time, without a word since?"),
    }[rule]


def care_title(care: str) -> str:
    """What a kind of care is called."""
    return {
        "answer": _("Answer"),
        "celebrate": _("Celebrate"),
        "stay-close": _("Stay close"),
        "follow-up": _("Follow up"),
    }[care]


def _birthday_ahead(name: str, days: int, weekday: int) -> str:
    if days == 1:
        return _("%(name)s’s birthday is tomorrow.") % {"name": name}
    return {
        1: _("%(name)s’s birthday is on Monday."),
        2: _("%(name)s’s birthday is on Tuesday."),
        3: _("%(name)s’s birthday is on Wednesday."),
        4: _("%(name)s’s birthday is on Thursday."),
        5: _("%(name)s’s birthday is on Friday."),
        6: _("%(name)s’s birthday is on Saturday."),
        7: _("%(name)s’s birthday is on Sunday."),
    }[weekday] % {"name": name}
