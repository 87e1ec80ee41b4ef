"""What the mails say that Rapport sends by itself: a subject and a text."""

from __future__ import annotations

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


def became_sentence(state: str, said: str) -> str:
    """How far a mail is that was to be sent."""
    sentences = {
        "waiting": _("The mail waits to be sent."),
        "sending": _("The mail is being sent."),
        "sent": _("The mail was sent."),
        "refused": _("The mail server did not take the mail. Mend that and invite them again."),
        "late": _("The mail could not be sent in time. Invite them again."),
        "unknown": _("It is not known whether the mail was sent. Ask them, or invite them again."),
    }
    return " ".join(part for part in (sentences[state], f"({said})" if said else "") if part)
