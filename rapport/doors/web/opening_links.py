"""The page a one-time link opens. Opening it changes nothing (mail scanners open everything); its button does."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rapport.accounts.links import account_of, look_at, sign_in_by_link
from rapport.accounts.models import OneTimeLink, User
from rapport.accounts.readdressing import confirm_address
from rapport.accounts.resetting import set_password_by_link
from rapport.accounts.rows import in_workspace
from rapport.kit import clock
from rapport.kit.trouble import NotAllowed, Trouble
from rapport.people.models import Handle
from rapport.people.naming import name_from_address

from ..sessions import end_others
from .addresses import page_of_ours
from .answering import go_to, lobby, page
from .entering import enter_next, public
from .joining import accept_invitation
from .mailing import can_mail, site_of
from .pages.shell import Field
from .pages.signin import LinkPage
from .signing_in import enter_as, enter_with_first_proof


@public
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the link is for, with a button; posted, the link is used up."""
    link = look_at(token, clock.now())
    if link is None:
        return _works_no_more(request)
    if link.workspace_id is not None:
        return _join(request, token, link)
    if link.replaces:
        return _another_address(request, token, link)
    if link.for_password:
        return _new_password(request, token, link)
    if request.method != "POST":
        onward = page_of_ours(request.GET.get("next", ""))
        return _page(request, LinkPage(token, works=True, name=link.user.name if link.user else "", next=onward))
    user = sign_in_by_link(token, clock.now())
    return enter_with_first_proof(request, user, page_of_ours(request.POST.get("next", "")))


def _works_no_more(request: HttpRequest) -> HttpResponse:
    problem = _("It was used already, or it is too old. Ask for a new one.")
    return _page(request, LinkPage(token="", works=False, problem=problem), 410)


def _another_address(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """What changes, for who asked for it and is signed in; posted, they sign in with this address from now on."""
    user = link.user
    if user is None or user.email != link.replaces:
        return _works_no_more(request)
    if request.user != user:
        if request.user.is_authenticated:
            raise NotAllowed(_("This link is for somebody else. Sign out, then open it again."))
        return go_to(request, "/accounts/login?" + urlencode({"next": f"/link/{token}"}))
    if request.method != "POST":
        return _page(request, LinkPage(token, works=True, email=link.email, replaces=link.replaces, purpose="address"))
    changed = confirm_address(token, user, site_of(request), clock.now())
    end_others(request)
    said = _("From now on you sign in as %(email)s. You are signed out everywhere else.")
    return go_to(request, "/settings", said % {"email": changed.email})


def _new_password(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    """A form for a new password; set, it is one proof, and a second one is still asked for."""
    if request.method != "POST":
        return _page(request, _for_password(token, link))
    try:
        user = set_password_by_link(token, request.POST.get("password", ""), clock.now())
    except Trouble as weak:
        if weak.code != "weak-password":
            raise
        return _page(request, _for_password(token, link, weak.sentence), 422)
    for one in UserSession.objects.filter(user=user):
        one.end()
    return enter_with_first_proof(request, user, "/")


def _for_password(token: str, link: OneTimeLink, problem: str = "") -> LinkPage:
    return LinkPage(token, works=True, email=link.email, purpose="password", password=Field(error=problem))


def _join(request: HttpRequest, token: str, link: OneTimeLink) -> HttpResponse:
    known = account_of(link)
    if known is not None and request.user != known:
        if request.user.is_authenticated:
            raise NotAllowed(_("This invitation is for somebody else. Sign out, then open it again."))
        return go_to(request, "/accounts/login?" + urlencode({"next": f"/link/{token}"}))
    if request.method != "POST":
        return _page(request, _invitation(token, link, known))
    name, password = request.POST.get("name", ""), request.POST.get("password", "")
    try:
        user, workspace_id = accept_invitation(token, known, name, password, clock.now())
    except Trouble as trouble:
        if trouble.code != "weak-password":
            raise
        return _page(request, _invitation(token, link, known, name, trouble.sentence), 422)
    if known is None:
        enter_as(request, user)
    enter_next(request, workspace_id)
    return go_to(request, "/")


def _invitation(token: str, link: OneTimeLink, known: User | None, name: str = "", problem: str = "") -> LinkPage:
    """Who has an account already only says yes; somebody new says a name and chooses a password."""
    assert link.workspace is not None
    return LinkPage(
        token,
        works=True,
        email=link.email,
        workspace=link.workspace.name,
        purpose="invitation",
        is_new=known is None,
        called=Field(name or _called(link)),
        password=Field(error=problem),
        can_mail=can_mail(),
    )


def _called(link: OneTimeLink) -> str:
    """What a colleague is called here already, so that they need not write it again; else what their address says."""
    assert link.workspace_id is not None
    with in_workspace(link.workspace_id):
        known = Handle.objects.select_related("person").filter(kind="email", value=link.email).first()
    return known.person.name if known and known.person.is_home else name_from_address(link.email)


def _page(request: HttpRequest, value: LinkPage, status: int = 200) -> HttpResponse:
    return page("link.html", lobby(request), value, status)
