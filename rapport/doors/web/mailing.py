"""The few mails the web door sends by itself: links to sign in and invitations."""

from __future__ import annotations

from datetime import timedelta
from logging import getLogger
from threading import Thread

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

MAILED_LINK_LASTS = timedelta(minutes=15)

logger = getLogger(__name__)


def can_mail() -> bool:
    """Whether somebody has said how mail leaves this machine."""
    return bool(settings.EMAIL_HOST)


def send_sign_in_link(email: str, address: str) -> None:
    """Mail somebody their link."""
    text = _("Here is your link to sign in. It works once, for fifteen minutes.")
    after = _("If you did not ask for it, nothing happens.")
    _send_aside(_("Your link to Rapport"), f"{text}\n\n{address}\n\n{after}", email)


def send_invitation(email: str, inviter: str, workspace: str, address: str) -> None:
    """Mail somebody that they are welcome."""
    values = {"inviter": inviter, "workspace": workspace}
    subject = _("%(inviter)s invites you to %(workspace)s") % values
    text = _("%(inviter)s would like you to join %(workspace)s on Rapport.") % values
    after = _("The link works once, for seven days.")
    _send_aside(subject, f"{text}\n\n{address}\n\n{after}", email)


def _send_aside(subject: str, text: str, email: str) -> None:
    """Beside the answer: the time it takes must not tell whether an address is known."""
    Thread(target=_send, args=(" ".join(subject.split()), text, email)).start()


def _send(subject: str, text: str, email: str) -> None:
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [email])
    except OSError as fault:  # smtplib's faults are OSErrors
        logger.warning("A mail could not be sent (%s).", type(fault).__name__)
