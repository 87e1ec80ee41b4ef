"""The viewer's own settings, and their ways in: the address and the password."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from rapport.accounts.attempts import LINKS_FROM_ADDRESS, PASSWORDS_OF_ACCOUNT, forget_attempts, may_try
from rapport.accounts.founding import first_account
from rapport.accounts.letters import confirming_sentence
from rapport.accounts.links import waiting_address
from rapport.accounts.models import User
from rapport.accounts.oneself import (
    KEYS,
    PER_DAY,
    READINGS,
    THEMES,
    Oneself,
    Unfit,
    WorkingTime,
    set_oneself,
    set_password,
    set_working_time,
)
from rapport.accounts.outgoing import what_became_of
from rapport.accounts.readdressing import ask_for_address, send_again, take_back
from rapport.kit.trouble import Trouble
from rapport.people.editing import edit_person
from rapport.people.models import Person
from rapport.relationships.refresh import read_on

from ...coming_from import address_of
from ..answering import go_to, page
from ..around import shell
from ..choosing import days_chosen, time_zones, working_days
from ..entering import Visit, WebRequest, beforehand
from ..mailing import can_mail_to, site_of
from ..pages.settings import KeyField, SettingsPage, WaitingAddress
from ..pages.shell import Choice, Field
from ..signing_in import has_just_entered, may_guess

THEME_WORDS = dict(
    zip(THEMES, (gettext_lazy("As the system"), gettext_lazy("Light"), gettext_lazy("Dark")), strict=True)
)
READING_WORDS = dict(
    zip(READINGS, (gettext_lazy("House"), gettext_lazy("Extra legible"), gettext_lazy("The system’s own")), strict=True)
)
KEY_WORDS = {
    "l": gettext_lazy("Log what happened"),
    "n": gettext_lazy("New person"),
    "z": gettext_lazy("Undo"),
    "g": gettext_lazy("Go to a page, with its letter after it"),
    "?": gettext_lazy("These keys"),
    "/": gettext_lazy("Find or do"),
    "j": gettext_lazy("Next"),
    "k": gettext_lazy("Previous"),
    "o": gettext_lazy("Open the person"),
    "e": gettext_lazy("Done"),
    "h": gettext_lazy("Later"),
    "x": gettext_lazy("Not needed, or choose the row"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def oneself(request: WebRequest) -> HttpResponse:
    """What can be set about oneself; posted, it is kept."""
    visit = request.visit
    if request.method != "POST":
        return _page(request, _kept(visit), _working_time(visit), {})
    wanted, work = _wanted(request), _wanted_time(request)
    try:
        set_working_time(visit.viewer.membership_id, work)
        _call_oneself(visit, wanted.name)
        set_oneself(visit.user, replace(wanted, name=_own_name(visit, wanted.name)))
    except Unfit as unfit:
        return _page(request, wanted, work, unfit.errors, 422)
    with translation.override(visit.user.language):
        return go_to(request, "/settings", _("Saved."))


def count_guess(request: HttpRequest) -> None:
    """Whoever sits at an open screen may guess at the present password no more often than at the sign-in page."""
    user = request.user
    counts = request.method == "POST" and isinstance(user, User) and user.has_usable_password()
    request.may_guess = not counts or may_guess(request, user.email)  # type: ignore[attr-defined, union-attr]


@beforehand(count_guess)
@require_POST
def address(request: WebRequest) -> HttpResponse:
    """Another address to sign in with: a link goes there, and it is theirs once that is opened."""
    visit, wanted = request.visit, request.POST.get("email", "").strip()
    if wanted.lower() == visit.user.email:
        return go_to(request, "/settings")
    if not request.may_guess:
        return _tried_too_often(request, "address_current", wanted)
    if not can_mail_to(visit.user):  # whose opening would show that it is theirs
        return _page(request, _kept(visit), _working_time(visit), {"email": _cannot_confirm(visit.user)}, 422, wanted)
    current = request.POST.get("address_current", "")
    refused = _mailed(
        request,
        lambda: ask_for_address(visit.by, visit.user, wanted, current, has_just_entered(request), site_of(request)),
        wanted,
    )
    if refused is not None:
        return refused
    forget_attempts(PASSWORDS_OF_ACCOUNT, visit.user.email)
    said = _("Open the link that is on its way to %(email)s. Until then you sign in as before.")
    return go_to(request, "/settings#address", said % {"email": wanted.lower()})


@require_POST
def address_again(request: WebRequest) -> HttpResponse:
    """Another link to the address that waits to be confirmed."""
    visit = request.visit
    refused = _mailed(request, lambda: send_again(visit.by, visit.user, site_of(request)))
    return refused or go_to(
        request, "/settings#address", _("Another link is on its way. The one before works no more.")
    )


@require_POST
def address_withdraw(request: WebRequest) -> HttpResponse:
    """The address that waits is wanted no more."""
    take_back(request.visit.by, request.visit.user)
    return go_to(request, "/settings#address", _("Taken back. You sign in as before."))


def _mailed(request: WebRequest, mail: Callable[[], object], wanted: str = "") -> HttpResponse | None:
    """Have a link mailed to another address; the page that says why not, where it is not."""
    visit = request.visit
    errors, status = {"email": _("That was tried too often. Wait an hour.")}, 429
    if may_try(LINKS_FROM_ADDRESS, address_of(request), visit.now):
        try:
            mail()
        except Unfit as unfit:
            errors, status = unfit.errors, 422
        except Trouble as trouble:
            if trouble.code != "too-often":
                raise
            errors = {"email": trouble.sentence}
        else:
            return None
    return _page(request, _kept(visit), _working_time(visit), errors, status, wanted)


def _cannot_confirm(user: User) -> str:
    said = _(
        "No mail goes out from here, so nobody can ask if an address is yours. Whoever runs Rapport sets it: %(how)s"
    )
    return said % {"how": _address_command(user)}


def _address_command(user: User) -> str:
    return f"rapport set-address you@your-company.com --member {user.email}"


def _waiting(visit: Visit) -> WaitingAddress | None:
    """The address that waits to be confirmed, and how far its mail is."""
    link = waiting_address(visit.user, visit.now)
    if link is None:
        return None
    mail = what_became_of([link.token_hash]).get(link.token_hash)
    said = confirming_sentence(mail.state, mail.said) if mail else ""
    return WaitingAddress(link.email, visit.local(link.expires_at), said)


@beforehand(count_guess)
@require_POST
def password(request: WebRequest) -> HttpResponse:
    """A new password; every other session of this user ends with the old one."""
    visit = request.visit
    if not request.may_guess:
        return _tried_too_often(request, "current")
    had_one = visit.user.has_usable_password()
    try:
        said = request.POST.get
        set_password(visit.user, said("current", ""), said("password", ""), has_just_entered(request))
    except Unfit as unfit:
        return _page(request, _kept(visit), _working_time(visit), unfit.errors, 422)
    update_session_auth_hash(request, visit.user)
    forget_attempts(PASSWORDS_OF_ACCOUNT, visit.user.email)
    visit.by.note("member.password", subject_id=visit.viewer.person_id, subject_name=visit.user.name)
    changed = _("Your password is changed. You are signed out everywhere else.")
    first = _("You have a password now. You are signed out everywhere else.")
    return go_to(request, "/settings", changed if had_one else first)


def _tried_too_often(request: WebRequest, field: str, email: str = "") -> HttpResponse:
    errors = {field: _("That was tried too often. Wait a quarter of an hour.")}
    return _page(request, _kept(request.visit), _working_time(request.visit), errors, 429, email)


def _called(visit: Visit) -> str:
    """The viewer's name; that of the person they are here, until they say their own."""
    return visit.user.name or Person.objects.only("name").get(id=visit.viewer.person_id).name


def _own_name(visit: Visit, said: str) -> str:
    """What the account is called from now on: never after the person of a sample, who was only shown in the field."""
    return visit.user.name if visit.viewer.is_sample and said.strip() == _called(visit) else said


def _call_oneself(visit: Visit, name: str) -> None:
    """A new name is the home person's too, except in a sample, where one is somebody else."""
    if name.strip() and name.strip() != _called(visit) and not visit.viewer.is_sample:
        edit_person(visit.by, visit.viewer.person_id, name=name.strip())
        read_on(visit.now)


def _kept(visit: Visit) -> Oneself:
    user = visit.user
    return Oneself(_called(visit), user.language, user.theme, user.reading, user.keys_on, user.own_keys)


def _working_time(visit: Visit) -> WorkingTime:
    return WorkingTime(visit.viewer.time_zone, list(visit.viewer.working_days), str(visit.viewer.per_day))


def _wanted_time(request: WebRequest) -> WorkingTime:
    said = request.POST.get
    return WorkingTime(said("time_zone", ""), days_chosen(request), said("per_day", "") or str(PER_DAY[-1]))


def _wanted(request: WebRequest) -> Oneself:
    said = request.POST.get
    return Oneself(
        name=said("name", ""),
        language=said("language", ""),
        theme=said("theme", ""),
        reading=said("reading", ""),
        keys_on=said("keys", "on") == "on",
        own_keys={usual: said(f"key-{usual}", "").strip() for usual in KEYS},
    )


def _page(
    request: WebRequest,
    own: Oneself,
    work: WorkingTime,
    errors: dict[str, str],
    status: int = 200,
    email: str = "",
) -> HttpResponse:
    confirms = can_mail_to(request.visit.user)
    reading = own.reading if own.reading in READINGS else "plain"
    value = SettingsPage(
        name=Field(own.name, errors.get("name", "")),
        email=Field(email or request.visit.user.email, errors.get("email", "")),
        address_current=Field(error=errors.get("address_current", "")),
        time_zone=Field(work.time_zone.replace("_", " "), errors.get("time_zone") or errors.get("working_days", "")),
        time_zones=time_zones(work.time_zone),
        working_days=working_days(work.working_days),
        languages=tuple(Choice(code, name, code == own.language) for code, name in settings.LANGUAGES),
        themes=tuple(Choice(name, str(word), name == own.theme) for name, word in THEME_WORDS.items()),
        readings=tuple(Choice(name, str(word), name == reading) for name, word in READING_WORDS.items()),
        keys_on=own.keys_on,
        keys=_keys(own, errors),
        per_day=tuple(Choice(n, n, n == work.per_day) for n in PER_DAY),
        has_password=request.visit.user.has_usable_password(),
        has_just_entered=has_just_entered(request),
        can_mail=confirms,
        waiting=_waiting(request.visit) if confirms else None,
        address_command="" if confirms else _address_command(request.visit.user),
        own_address=request.visit.user.email,
        link_command=_link_command(request.visit.user),
        current=Field(error=errors.get("current", "")),
        password=Field(error=errors.get("password", "")),
    )
    return page("settings.html", shell(request, "settings"), value, status)


def _keys(own: Oneself, errors: dict[str, str]) -> tuple[KeyField, ...]:
    pressed = {usual: own.own_keys.get(usual) or usual for usual in KEYS}
    return tuple(
        KeyField(f"key-{usual}", str(KEY_WORDS[usual]), Field(key.upper(), errors.get(f"key-{usual}", "")))
        for usual, key in pressed.items()
    )


def _link_command(user: User) -> str:
    """What whoever runs Rapport types for a link to the first password of this user; nothing where they have one."""
    if user.has_usable_password():
        return ""
    return "rapport link --password" + ("" if user == first_account() else f" --member {user.email}")
