"""What Today says: ways in, reasons for leaving somebody out, refusals. Reasons for moments are moments.wording's."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.kit.spans import days_here, how_long_ago
from rapport.moments.moment import Reason
from rapport.moments.wording import headline
from rapport.people.splitting import called

from .ways import Way


def opening(way: Way) -> str:
    """A way in as a line to start from."""
    match way.kind:
        case "meeting":
            return _("What came of “%(title)s”?") % {"title": way.text}
        case "subject":
            return _("Take up “%(subject)s” again.") % {"subject": way.text}
        case "words":
            return f"“{way.text}”"
    return way.text


def source(way: Way, now: datetime) -> str:
    """Where a way in comes from, in one sentence."""
    ago = how_long_ago(days_here(way.at, now))
    match way.kind:
        case "note":
            return _("From your note, %(ago)s.") % {"ago": ago}
        case "meeting":
            return _("You spoke about it, %(ago)s.") % {"ago": ago}
        case "subject":
            return _("From your last mails, %(ago)s.") % {"ago": ago}
        case "words":
            return _("In their words, %(ago)s.") % {"ago": ago}
    return _fact_source(way.about, ago, is_new=(now - way.at).days < 1)


def why_left_out(reason: Reason, name: str) -> str:
    """Why somebody who was considered, and is called so now, is not on today's list."""
    match reason.kind:
        case "limit":
            limit = int(reason.values.get("limit") or 0)
            return ngettext(
                "There was room for %(limit)d person today.", "There was room for %(limit)d people today.", limit
            ) % {"limit": limit}
        case "minutes":
            return _("The day’s minutes were spent.")
        case "do_not_contact":
            return _("They asked not to be contacted.")
        case "not_needed":
            return _("You said this is not needed.")
        case "not_for_this":
            return _("You said more than once that this is not needed for them.")
        case "done":
            return _("You have done this already.")
        case "later":
            return _("You put this off to another day.")
        case "rests":
            return _("Shown on three days already; it rests for two weeks.")
    return headline(reason.about(called(name)))


def no_such_suggestion() -> str:
    """Said where a suggestion is unknown or somebody else's."""
    return _("This is not on your Today. Open Today again to see what is.")


def acted_already(state: str) -> str:
    """Said where somebody acts on what has been acted on."""
    return {
        "done": _("This is done already."),
        "later": _("This has been put off already."),
        "not-needed": _("This was marked as not needed already."),
        "open": _("This is open already."),
        "cleared": _("This has settled itself: you were in touch today."),
    }[state]


def later_must_be_ahead() -> str:
    """Said where something is put off to a moment that has passed."""
    return _("Choose a time that is still ahead, such as tomorrow at 9:00.")


def _fact_source(learnt: str, ago: str, is_new: bool) -> str:
    if learnt == "told" and not is_new:  # what was just written down may have been told at any time
        return _("You were told this, %(ago)s.") % {"ago": ago}
    if learnt == "public":
        return _("Publicly known, noted %(ago)s.") % {"ago": ago}
    return _("Noted %(ago)s.") % {"ago": ago}
