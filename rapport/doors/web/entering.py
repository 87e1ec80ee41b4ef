"""Who comes in: the workspace a signed-in person enters, and the one transaction in which they are served."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import DataError, OperationalError, transaction
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rapport.accounts.access import Viewer, viewer_of
from rapport.accounts.acting import By
from rapport.accounts.factors import has_second_factor
from rapport.accounts.founding import memberships_of
from rapport.accounts.models import Membership, User
from rapport.accounts.rows import in_workspace
from rapport.channels.receiving import refuse_too_much
from rapport.kit import clock
from rapport.kit.ids import as_id
from rapport.kit.trouble import Trouble

from ..coming_from import MOST_A_STRANGER_SENDS
from ..sessions import CHOSEN_WORKSPACE
from .not_answering import not_answered
from .troubles import busy, not_understood, page_for

FIRST_YEAR, LAST_YEAR = 1800, 2200  # at the ends of the calendar a day cannot be told in another time zone
ANOTHER_DOOR = "/api/"  # lets people in by their keys, in its own way

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True)
class Visit:
    """A signed-in person's request: as whom, where else they may go, and the time it is told for."""

    viewer: Viewer
    user: User
    memberships: tuple[Membership, ...]
    now: datetime
    as_of: date | None = None

    @property
    def here(self) -> Membership:
        """The membership by which they are here."""
        return next(one for one in self.memberships if one.id == self.viewer.membership_id)

    @property
    def by(self) -> By:
        """Who acts, for the verbs of the rooms."""
        return By(self.viewer, "web", self.now)

    def local(self, moment: datetime) -> datetime:
        """A moment in the viewer's time zone."""
        return moment.astimezone(clock.zone(self.viewer.time_zone))


class WebRequest(HttpRequest):
    """A request of somebody who has entered a workspace."""

    visit: Visit
    may_guess: bool  # set by the step before views that ask for a password again


def public(view: View) -> View:
    """A view for everybody, signed in or not."""
    view.for_whom = "everybody"  # type: ignore[attr-defined]
    return view


def before_a_workspace(view: View) -> View:
    """A view for somebody signed in who may not have a workspace yet."""
    view.for_whom = "users"  # type: ignore[attr-defined]
    return view


def without_second_factor(view: View) -> View:
    """A view open to who has no second factor yet, where their workspace wants one of everybody."""
    view.without_second_factor = True  # type: ignore[attr-defined]
    return view


def beforehand(step: Callable[[HttpRequest], HttpResponse | None]) -> Callable[[View], View]:
    """A view before whose transaction this step is taken: what it keeps stays, whatever becomes of the rest.

    Where the step answers, that is the answer.
    """

    def marked(view: View) -> View:
        view.beforehand = step  # type: ignore[attr-defined]
        return view

    return marked


class Entering:
    """Middleware, the innermost. A view runs inside its workspace's transaction unless it says otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, in the person's language and time zone."""
        if request.path.startswith(ANOTHER_DOOR):
            return self.get_response(request)
        if request.method == "POST" and _is_long(request) and not request.user.is_authenticated:
            return _to_sign_in(request)  # before the body is read: a stranger does not fill our disk
        with translation.override(_language_of(request)):
            try:
                refuse_too_much(request.META.get("CONTENT_LENGTH"))
                answer = self.get_response(request)
                return not_answered(request, answer) if isinstance(answer, HttpResponseNotAllowed) else answer
            except Trouble as trouble:
                return page_for(request, trouble)
            finally:
                timezone.deactivate()

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Serve the view from inside a workspace. By now the body was read, so no transaction waits for an upload."""
        for_whom = getattr(view, "for_whom", "members")
        if for_whom == "everybody" or request.path.startswith(ANOTHER_DOOR):
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if for_whom == "users":
            return None
        memberships = memberships_of(request.user)
        if not memberships:
            return _to("/welcome")
        if _lacks_second_factor(request, _chosen(request, memberships), view):
            return _to("/settings/factors")
        try:
            if (step := getattr(view, "beforehand", None)) and (answer := step(request)) is not None:
                return cast(HttpResponseBase, answer)
            return _inside(request, memberships, view, args, kwargs)
        except Trouble as trouble:
            return page_for(request, trouble)
        except DataError as fault:
            return not_understood(request, fault)
        except OperationalError as fault:
            return busy(request, fault)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for the troubles of views that run outside a workspace."""
        if isinstance(exception, DataError):  # a NUL in a form, say: no value a database could hold
            return not_understood(request, exception)
        if isinstance(exception, OperationalError):
            return busy(request, exception)
        return page_for(request, exception) if isinstance(exception, Trouble) else None


def enter_next(request: HttpRequest, workspace_id: UUID) -> None:
    """Where this person's next request goes."""
    request.session[CHOSEN_WORKSPACE] = str(workspace_id)


def _inside(
    request: HttpRequest,
    memberships: list[Membership],
    view: Callable[..., HttpResponseBase],
    args: list[Any],
    kwargs: dict[str, Any],
) -> HttpResponseBase:
    here = _chosen(request, memberships)
    timezone.activate(clock.zone(here.time_zone))
    with in_workspace(here.workspace_id):
        request.visit = _visit(request, here, memberships)  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        if isinstance(response, StreamingHttpResponse):
            # Outside the transaction row-level security would hide what is still to be streamed.
            response.streaming_content = [b"".join(response)]
        if response.status_code >= 400:
            transaction.set_rollback(True)
    return response


def _chosen(request: HttpRequest, memberships: list[Membership]) -> Membership:
    chosen = as_id(request.session.get(CHOSEN_WORKSPACE))
    return next((one for one in memberships if one.workspace_id == chosen), memberships[0])


def _lacks_second_factor(request: HttpRequest, here: Membership, view: Callable[..., HttpResponseBase]) -> bool:
    if not here.workspace.needs_second_factor or getattr(view, "without_second_factor", False):
        return False
    return not has_second_factor(cast(User, request.user))


def _visit(request: HttpRequest, here: Membership, memberships: list[Membership]) -> Visit:
    as_of = _as_of(request)
    now = clock.now()
    if as_of is not None:
        now = min(now, clock.end_of_day(as_of, here.time_zone))
    assert isinstance(request.user, User)
    return Visit(viewer_of(here), request.user, tuple(memberships), now, as_of)


def _as_of(request: HttpRequest) -> date | None:
    """The earlier day a page is read for; what changes something always happens now."""
    said = request.GET.get("as_of", "") if request.method in ("GET", "HEAD") else ""
    if not said:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise Trouble(_("That is not a day. Write it like 2004-07-01."), code="bad-day") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Trouble(_("Choose a day between 1800 and 2200."), code="bad-day")
    return day


def _is_long(request: HttpRequest) -> bool:
    said = request.META.get("CONTENT_LENGTH") or ""
    return not said.isdecimal() or int(said) > MOST_A_STRANGER_SENDS


def _language_of(request: HttpRequest) -> str:
    user = request.user
    if isinstance(user, AnonymousUser) or not translation.check_for_language(user.language):
        return translation.get_language_from_request(request)
    return user.language


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back again; what was to be changed is not repeated unasked."""
    if request.method in ("GET", "HEAD") and request.path != "/":
        return _to("/accounts/login?" + urlencode({"next": request.get_full_path()}))
    return _to("/accounts/login")


def _to(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
