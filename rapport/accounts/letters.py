"""What the mails say that Rapport sends by itself: a subject and a text."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _


def sign_in_letter(address: str) -> tuple[str, str]:
    """Somebody's link to sign in."""
    text = _("Here is your link to sign in. It works once, for fifteen minutes.")
    after = _("If you did not ask for it, nothing happens.")
    return _("Your link to Rapport"), f"{text}\n\n{address}\n\n{after}\n"


def password_letter(address: str) -> tuple[str, str]:
    """The link by which somebody sets a new password."""
    text = _("Here you set a new password. The link works once, for fifteen minutes.")
    after = _("If you did not ask for it, nothing happens, and your password stays as it is.")
    return _("A new password for Rapport"), f"{text}\n\n{address}\n\n{after}\n"


def invitation_letter(address: str, inviter: str, workspace: str) -> tuple[str, str]:
    """That somebody is welcome."""
    values = {"inviter": inviter, "workspace": workspace}
    subject = _("%(inviter)s invites you to %(workspace)s") % values
    text = _("%(inviter)s would like you to join %(workspace)s on Rapport.") % values
    after = _("The link works once, for seven days.")
    return subject, f"{text}\n\n{address}\n\n{after}\n"


def address_letter(address: str, before: str, wanted: str) -> tuple[str, str]:
    """The link by which somebody shows that mail to another address reaches them."""
    values = {"before": before, "wanted": wanted}
    text = _("Somebody who signs in to Rapport as %(before)s wants to sign in as %(wanted)s instead.") % values
    how = _("If that is you, open this link where you are signed in. It works once, for a day.")
    after = _("If it is not you, nothing happens.")
    return _("Confirm your address for Rapport"), f"{text}\n\n{how}\n\n{address}\n\n{after}\n"


def address_asked_letter(site: str, wanted: str) -> tuple[str, str]:
    """To the address somebody signs in with: that another was asked for, where, and what to do about it."""
    values = {"wanted": wanted, "site": site}
    text = _("In Settings, on %(site)s, it was asked that you sign in to Rapport as %(wanted)s from now on.") % values
    now = _("That comes true when a link is opened that went there. Until then you sign in with this address.")
    own = _("If it was you, you need do nothing here.")
    after = _(
        "If it was not you, set a new password: %(site)s/accounts/forgotten. That also takes the change back and signs"
        " you out everywhere. Then tell whoever runs Rapport for you."
    )
    return _("Another address for Rapport was asked for"), f"{text} {now}\n\n{own}\n\n{after % values}\n"


def address_changed_letter(door: str, site: str, wanted: str) -> tuple[str, str]:
    """To the address somebody signed in with: that another took its place, by which door, and what to do about it."""
    values = {"wanted": wanted, "site": site}
    if door == "cli":
        text = _("Whoever runs Rapport on %(site)s has set, by the command line, that you sign in as %(wanted)s.")
    else:
        text = _("You sign in to Rapport on %(site)s as %(wanted)s now: the link that went there was opened.")
    now = _("This address no longer signs you in.")
    after = _("If you did not want that, tell whoever runs Rapport for you at once: they set it back.")
    return _("Your address for Rapport was changed"), f"{text % values} {now}\n\n{after}\n"


def confirming_sentence(state: str, said: str) -> str:
    """How far the mail is that asks whether an address is theirs."""
    amiss = {
        "refused": _("The mail server did not take the mail. Look whether the address is right."),
        "late": _("The mail could not be sent in time. Send it again."),
        "unknown": _("It is not known whether the mail was sent. Look there, or send it again."),
    }
    return _how_far(state, said, amiss)


def became_sentence(state: str, said: str) -> str:
    """How far a mail is that was to be sent."""
    amiss = {
        "refused": _("The mail server did not take the mail. Mend that and invite them again."),
        "late": _("The mail could not be sent in time. Invite them again."),
        "unknown": _("It is not known whether the mail was sent. Ask them, or invite them again."),
    }
    return _how_far(state, said, amiss)


def _how_far(state: str, said: str, amiss: Mapping[str, str]) -> str:
    sentences = {
        "waiting": _("The mail waits to be sent."),
        "sending": _("The mail is being sent."),
        "sent": _("The mail was sent."),
        **amiss,
    }
    return f"{sentences[state]} ({said})" if said else sentences[state]
