"""The links printed for whoever may run commands here: they sign in the first person of this home, or a colleague."""

from __future__ import annotations

from rapport.kit.house import House
from rapport.kit.trouble import NotFound

ONWARD = "?next=%2Fsettings%23password"


def sign_in_link(house: House, member: str = "", to_password: bool = False) -> tuple[str, str]:
    """Whose link it is, by e-mail, and the link: it works once, for thirty minutes, and a day where it is handed on.

    `to_password` leads on to where one sets a password, which is done just after signing in.
    """
    from django.utils.translation import gettext as _

    from rapport.accounts.links import HANDED_FOR, SIGN_IN_FOR, make_sign_in_link
    from rapport.accounts.models import User
    from rapport.doors.operations.beginning import first_user
    from rapport.kit import clock

    user = User.objects.filter(email__iexact=member.strip(), is_active=True).first() if member else first_user()
    if user is None:
        raise NotFound(_("Nobody here signs in as %(email)s. See them under Team.") % {"email": member.strip()})
    token = make_sign_in_link(user, clock.now(), HANDED_FOR if member else SIGN_IN_FOR)
    return user.email, f"{_base(house)}/link/{token}{ONWARD if to_password else ''}"


def _base(house: House) -> str:
    """Where others reach these pages, where that was said: a colleague is rarely at this machine."""
    from django.conf import settings

    said = settings.CSRF_TRUSTED_ORIGINS if settings.BEHIND_TLS else []
    return said[0] if said else f"http://localhost:{house.web_port}"
