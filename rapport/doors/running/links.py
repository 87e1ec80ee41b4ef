"""What whoever may run commands here does about ways in, of the first person of this home or a colleague's: a link that
signs them in, a lost second factor, another address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapport.kit.house import House
from rapport.kit.trouble import NotFound

if TYPE_CHECKING:
    from rapport.accounts.models import User

ONWARD = "?next=%2Fsettings%23password"


def sign_in_link(house: House, member: str = "", to_password: bool = False) -> tuple[str, str]:
    """Whose link it is, by e-mail, and the link: it works once, for thirty minutes, and a day where it is handed on.

    `to_password` leads on to where one sets a password, which is done just after signing in.
    """

    from rapport.accounts.links import HANDED_FOR, SIGN_IN_FOR, make_sign_in_link
    from rapport.kit import clock

    user = _whose(member)
    token = make_sign_in_link(user, clock.now(), HANDED_FOR if member else SIGN_IN_FOR)
    return user.email, f"{_base(house)}/link/{token}{ONWARD if to_password else ''}"


def turn_second_factor_off(member: str = "") -> str:
    """Whose it was, by e-mail; every workspace they work in learns of it."""
    from django.utils.translation import gettext as _

    from rapport.accounts.everywhere import note_everywhere
    from rapport.accounts.factors import turn_all_off
    from rapport.kit import clock

    user = _whose(member)
    if not turn_all_off(user):
        raise NotFound(_("They have no second factor."))
    note_everywhere(user, "cli", "member.factors-reset", clock.now())
    return user.email


def give_address(house: House, wanted: str, member: str = "") -> tuple[str, str]:
    """The address somebody signed in with, and the one they sign in with now. Nobody asks whether mail reaches it."""
    from django.conf import settings

    from rapport.accounts.readdressing import give_address as give
    from rapport.kit import clock

    user = _whose(member)
    given = give(user, wanted, "" if settings.MAIL_SERVER is None else _base(house), clock.now())
    return user.email, given.email


def _whose(member: str) -> User:
    from django.utils.translation import gettext as _

    from rapport.accounts.models import User
    from rapport.doors.operations.beginning import first_user

    user = User.objects.filter(email__iexact=member.strip(), is_active=True).first() if member else first_user()
    if user is None:
        raise NotFound(_("Nobody here signs in as %(email)s. See them under Team.") % {"email": member.strip()})
    return user


def _base(house: House) -> str:
    """Where others reach these pages, where that was said: a colleague is rarely at this machine."""
    from django.conf import settings

    said = settings.CSRF_TRUSTED_ORIGINS if settings.BEHIND_TLS else []
    return said[0] if said else f"http://localhost:{house.web_port}"
