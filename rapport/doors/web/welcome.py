"""The first run: three short steps to a workspace of one's own."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from rapport.accounts.founding import MONDAY_TO_FRIDAY, may_found, memberships_of
from rapport.accounts.models import Membership, Role, User
from rapport.accounts.oneself import FIRST_ADDRESS, Oneself, Unfit, email_problem, set_first_address, set_oneself
from rapport.interactions.ending import end_sample, sample_to_leave
from rapport.kit import clock
from rapport.kit.text import one_line
from rapport.kit.trouble import NotAllowed
from rapport.kit.zones import no_such_zone, zone_called

from ..sessions import CHOSEN_WORKSPACE
from .answering import go_to, lobby, page
from .choosing import days_chosen, time_zones, working_days
from .entering import WebRequest, before_a_workspace, enter_next, without_second_factor
from .own_workspace import found_own
from .pages.firstrun import LeavePage, WelcomePage
from .pages.shell import Field

BEGUN = "welcome"  # the key in the session: what step one said


@before_a_workspace
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """The step that is next; posted, the one after it."""
    user = cast(User, request.user)
    if not may_found(user):
        return _onward(request, memberships_of(user))
    if request.method != "POST":
        return _page(request, _step(request, user))
    return _who(request, user) if request.POST.get("step") == "1" else _when(request, user)


@require_http_methods(["GET", "HEAD", "POST"])
def leave_sample(request: WebRequest) -> HttpResponse:
    """What goes away, because it cannot be undone; posted, away with the sample people, and on to one's own."""
    sample_to_leave(request.visit.viewer)
    has_own = any(not one.workspace.is_sample for one in request.visit.memberships)
    if request.method != "POST":
        return page("leave_sample.html", lobby(request), LeavePage(has_own))
    end_sample(request.visit.viewer, settings.HOUSE.files_folder)
    request.session.pop(CHOSEN_WORKSPACE, None)
    return go_to(request, "/" if has_own else "/welcome")


@without_second_factor
@require_POST
def enter_workspace(request: WebRequest, workspace_id: UUID) -> HttpResponse:
    """Go on in another workspace one is a member of."""
    for one in request.visit.memberships:
        if one.workspace_id == workspace_id:
            enter_next(request, one.workspace_id)
    return go_to(request, "/")


def _onward(request: HttpRequest, memberships: list[Membership]) -> HttpResponse:
    """Who founds nothing: the owner has begun and goes on, the others go where they work, or are told it is gone."""
    if not memberships:
        return page("nowhere.html", lobby(request), None)
    if any(one.role == Role.OWNER and not one.workspace.is_sample for one in memberships):
        return _page(request, WelcomePage(step=3))
    return go_to(request, "/")


def _step(request: HttpRequest, user: User) -> WelcomePage:
    if BEGUN in request.session:
        return _second("UTC", MONDAY_TO_FRIDAY)
    return WelcomePage(name=Field(user.name), email=Field(_own_address(user)))


def _who(request: HttpRequest, user: User) -> HttpResponse:
    said = {name: one_line(request.POST.get(name, ""), 200) for name in ("name", "business", "email")}
    said["email"] = said["email"] or _own_address(user)
    errors = {
        "name": "" if said["name"] else _("Write how you are called."),
        "business": "" if said["business"] else _("Write what your business is called."),
        "email": email_problem(said["email"], user),
    }
    if any(errors.values()):
        name, business, email = (Field(said[one], errors[one]) for one in errors)
        return _page(request, WelcomePage(step=1, name=name, business=business, email=email), 422)
    request.session[BEGUN] = said
    return go_to(request, "/welcome")


def _own_address(user: User) -> str:
    """Where they get mail; nothing for the person at this machine, who was given a name that no mail reaches."""
    return "" if user.email == FIRST_ADDRESS else user.email


def _when(request: HttpRequest, user: User) -> HttpResponse:
    said = request.session.get(BEGUN)
    if said is None:
        return go_to(request, "/welcome")
    zone, days = request.POST.get("time_zone", ""), days_chosen(request)
    if not zone_called(zone):
        return _page(request, _second(zone, days, no_such_zone()), 422)
    if not days:
        return _page(request, _second(zone, days, _("Choose at least one day.")), 422)
    try:
        set_first_address(user, said["email"])
        set_oneself(user, Oneself(said["name"], user.language, user.theme, user.reading, user.keys_on))
        enter_next(request, found_own(user, said["business"], said["email"], zone, days, clock.now()))
    except (Unfit, NotAllowed):  # in the meantime the address was taken, or a first click began it
        pass
    del request.session[BEGUN]
    return go_to(request, "/welcome")


def _second(zone: str, days: list[int], error: str = "") -> WelcomePage:
    return WelcomePage(
        step=2,
        time_zone=Field(zone.replace("_", " "), error),
        time_zones=time_zones(zone),
        working_days=working_days(days),
    )


def _page(request: HttpRequest, value: WelcomePage, status: int = 200) -> HttpResponse:
    return page("welcome.html", lobby(request), value, status)
