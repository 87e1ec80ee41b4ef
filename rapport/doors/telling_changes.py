"""The journal in sentences, as every door says them: what somebody did, and that it was taken back."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.accounts.journal import MustAsk, StaysDone, TakenBack
from rapport.accounts.models import JournalEntry

MOST_PASSED_OVER = 3
SENTENCES = {
    "affiliation.remove": gettext_lazy("Took a place out of the path of %(name)s"),
    "affiliation.set": gettext_lazy("Said where %(name)s works"),
    "fact.forget": gettext_lazy("Forgot something about %(name)s"),
    "fact.note": gettext_lazy("Noted something about %(name)s"),
    "handle.add": gettext_lazy("Added an address of %(name)s"),
    "handle.remove": gettext_lazy("Removed an address of %(name)s"),
    "home.domain": gettext_lazy("Changed your mail domain: %(name)s"),
    "home.name": gettext_lazy("Called your business %(name)s"),
    "import.cancelled": gettext_lazy("Cancelled the import %(name)s"),
    "import.leave-out": gettext_lazy("Left out something of the import %(name)s"),
    "import.paused": gettext_lazy("Paused the import %(name)s"),
    "import.start": gettext_lazy("Imported %(name)s"),
    "import.undo": gettext_lazy("Took the import %(name)s back"),
    "import.waiting": gettext_lazy("Let the import %(name)s go on"),
    "interaction.log": gettext_lazy("Logged something with %(name)s"),
    "member.address": gettext_lazy("Changed the address %(name)s signs in with"),
    "member.address-ask": gettext_lazy("Asked for another address for %(name)s to sign in with"),
    "member.address-withdraw": gettext_lazy("Took back the other address asked for %(name)s"),
    "member.end": gettext_lazy("Let %(name)s go"),
    "member.factor-off": gettext_lazy("Turned off a second factor of %(name)s"),
    "member.factor-on": gettext_lazy("Turned on a second factor of %(name)s"),
    "member.factors-reset": gettext_lazy("Turned off the lost second factor of %(name)s"),
    "member.invite": gettext_lazy("Invited %(name)s"),
    "member.link": gettext_lazy("Made %(name)s a new link to sign in"),
    "member.password": gettext_lazy("Changed the password of %(name)s"),
    "member.role": gettext_lazy("Changed the role of %(name)s"),
    "member.withdraw": gettext_lazy("Took an invitation back"),
    "note.add": gettext_lazy("Wrote a note about %(name)s"),
    "note.remove": gettext_lazy("Removed a note about %(name)s"),
    "organization.add-domain": gettext_lazy("Said that %(domain)s is a domain of %(name)s"),
    "organization.merge": gettext_lazy("Joined the organizations %(name)s and %(gone)s"),
    "organization.remove-domain": gettext_lazy("Said that %(domain)s is no domain of %(name)s"),
    "organization.rename": gettext_lazy("Called %(before)s %(name)s"),
    "outgoing.release": gettext_lazy("Let mail go out again"),
    "people.export": gettext_lazy("Took a file of %(people)s people"),
    "people.place": gettext_lazy("Said that %(people)s people are at %(organization)s"),
    "people.tag": gettext_lazy("Tagged %(people)s people with “%(tag)s”"),
    "people.untag": gettext_lazy("Took the tag “%(tag)s” off %(people)s people"),
    "person.add": gettext_lazy("Added %(name)s"),
    "person.erase": gettext_lazy("Erased somebody, as they asked"),
    "person.known": gettext_lazy("Made the whole file of %(name)s, as they asked"),
    "person.let-come-back": gettext_lazy("Let somebody who was erased be written down again"),
    "person.edit": gettext_lazy("Changed %(name)s"),
    "person.merge": gettext_lazy("Joined %(name)s with %(gone)s"),
    "person.remove": gettext_lazy("Removed %(name)s"),
    "person.tag": gettext_lazy("Tagged %(name)s"),
    "person.unmerge": gettext_lazy("Parted %(name)s from %(gone)s"),
    "person.untag": gettext_lazy("Took a tag off %(name)s"),
    "several": gettext_lazy("Changed several things about %(name)s"),
    "today.done": gettext_lazy("Cared for %(name)s"),
    "today.later": gettext_lazy("Put %(name)s off to later"),
    "today.not-needed": gettext_lazy("Marked %(name)s as not needed"),
    "wish.do-not-contact": gettext_lazy("Wrote down not to contact %(name)s"),
    "wish.do-not-score": gettext_lazy("Wrote down not to score %(name)s"),
    "wish.lift-do-not-contact": gettext_lazy("Wrote down that %(name)s may be contacted again"),
    "wish.lift-do-not-score": gettext_lazy("Wrote down that %(name)s may be scored again"),
    "today.reopen": gettext_lazy("Put %(name)s on Today again"),
    "view.change": gettext_lazy("Changed the list “%(name)s”"),
    "view.remove": gettext_lazy("Removed the list “%(name)s”"),
    "view.save": gettext_lazy("Saved the list “%(name)s”"),
    "workspace.second-factor": gettext_lazy("Changed whether everybody needs a second factor"),
}
LOST_SENTENCE = gettext_lazy(
    "Took a file of %(people)s people, of whom %(lost)s had cards that could not be read any more"
)


def taken_back_sentence(entry: JournalEntry) -> str:
    """What is so again, or what was undone."""
    if entry.verb in ("today.done", "today.later", "today.not-needed"):
        return _("Undone. %(name)s is on Today again.") % {"name": entry.subject_name}
    return _("Undone: %(change)s.") % {"change": change_sentence(entry)}


def undone_sentence(taken: TakenBack) -> str:
    """What was taken back, and which newer changes were passed over and why; of many the newest and how many more."""
    said = [taken_back_sentence(taken.entry), *(stays_done_sentence(one) for one in taken.stay[:MOST_PASSED_OVER])]
    if more := len(taken.stay[MOST_PASSED_OVER:]):
        said.append(
            ngettext(
                "Not taken back either: %(n)d more change. See Settings, Recent changes.",
                "Not taken back either: %(n)d more changes. See Settings, Recent changes.",
                more,
            )
            % {"n": more}
        )
    return " ".join(said)


def stays_done_sentence(refused: StaysDone) -> str:
    """What cannot be undone, why, and what else one may do."""
    said = {"change": change_sentence(refused.entry), "why": refused.sentence}
    if refused.code == "has-history":
        return _("Not undone: %(change)s. %(why)s Take back first what came since, or leave it as it is.") % said
    return _("Not undone: %(change)s. %(why)s") % said


def must_ask_sentence(asked: MustAsk) -> str:
    """What was passed over and why, and what would be taken back next."""
    stay = [stays_done_sentence(one) for one in asked.stay[:MOST_PASSED_OVER]]
    following = _("Next would be taken back: %(change)s. If you mean that, say that you are sure.")
    return " ".join([*stay, following % {"change": change_sentence(asked.entry)}])


def change_sentence(entry: JournalEntry) -> str:
    """What was done, to whom."""
    sentence = SENTENCES.get(entry.verb)
    if sentence is None:
        return _("Changed something about %(name)s") % {"name": entry.subject_name or _("this workspace")}
    if entry.values.get("lost"):
        sentence = LOST_SENTENCE
    return str(sentence) % {"gone": "", **entry.values, "name": entry.subject_name}
