"""Who comes in: by a personal key or signed in; and the one transaction in which they are served."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _
from ninja.utils import check_csrf

from rapport.accounts.access import Viewer, viewer_of
from rapport.accounts.attempts import KEYS_FROM_ADDRESS, count_attempt, wait_of
from rapport.accounts.factors import has_second_factor
from rapport.accounts.founding import memberships_of
from rapport.accounts.keys import open_key, workspace_of
from rapport.accounts.models import Membership
from rapport.accounts.rows import enter, in_workspace
from rapport.kit import clock
from rapport.kit.ids import as_id
from rapport.kit.trouble import NotAllowed

from ..coming_from import MOST_A_STRANGER_SENDS, address_of
from ..operations.packing import pack_many
from ..sessions import CHOSEN_WORKSPACE, is_confirmed
from .pace import Pace
from .problems import Refused, TooOften, Unknown, not_so, told

FILES = "multipart/form-data"

PACE = Pace()

View = Callable[..., HttpResponseBase]


class WrongKey(Unknown):
    """A key that opens nothing: too many of them are guesses."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and in which language they read sentences."""

    viewer: Viewer
    language: str
    by: str  # the key or session they came by


class ApiRequest(HttpRequest):
    """A request of somebody we know."""

    caller: Caller


def entered(view: View) -> View:
    """A view served inside its caller's workspace, in one transaction that a trouble undoes whole."""

    @wraps(view)
    def serve(request: ApiRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if _is_long(request):
                with transaction.atomic():
                    request.caller = _caller(request)
                    _not_too_often(request.caller)
                _take_in(request)
                with in_workspace(request.caller.viewer.workspace_id):
                    return _served(request, view, args, kwargs)
            _take_in(request)
            with transaction.atomic():
                request.caller = _caller(request)
                _not_too_often(request.caller)
                return _served(request, view, args, kwargs)
        except WrongKey as wrong:
            count_attempt(KEYS_FROM_ADDRESS, address_of(request), clock.now())
            return told(request, wrong)
        except Exception as fault:
            return told(request, fault)

    return for_programs(serve)


def for_programs(view: View) -> View:
    """A view that looks itself at who comes: a key needs no token of a form."""
    view.csrf_exempt = True  # type: ignore[attr-defined]
    return view


def _served(request: ApiRequest, view: View, args: Any, kwargs: Any) -> HttpResponseBase:
    with translation.override(request.caller.language):
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            response = not_so(response)
    if response.status_code >= 400:
        transaction.set_rollback(True)
    return response


def _is_long(request: HttpRequest) -> bool:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return request.content_type == FILES or not said.isdecimal() or int(said) > MOST_A_STRANGER_SENDS


def _not_too_often(caller: Caller) -> None:
    """Each key and session has so many requests a minute."""
    if wait := PACE.wait_of(caller.by, settings.API_PER_MINUTE):
        raise TooOften(_("That was too much at once. Go on a little later, and ask for more rows at a time."), wait)


def _take_in(request: HttpRequest) -> None:
    """Read the body before the transaction begins. Many files are laid together here too."""
    if request.content_type == FILES:
        pack_many(request, [file.name or "file" for file in request.FILES.getlist("files")])
    elif request.body and not _is_json(request.content_type or ""):
        raise Refused(415, _("Send JSON here, as application/json."), "not-json")


def _is_json(content_type: str) -> bool:
    return content_type == "application/json" or content_type.endswith("+json")


def _caller(request: HttpRequest) -> Caller:
    said = request.headers.get("Authorization")
    return _by_key(request, said) if said is not None else _by_session(request)


def _by_key(request: HttpRequest, said: str) -> Caller:
    """Into the workspace that the key names, in the current transaction."""
    scheme, _space, text = said.partition(" ")
    named = workspace_of(text.strip()) if scheme.lower() == "bearer" else None
    if named is None:
        raise _unknown()
    now = clock.now()
    address = address_of(request)
    enter(named[0])
    found = open_key(named[1], address, now)
    if wait := found.wait if found else wait_of(KEYS_FROM_ADDRESS, address, now):
        raise TooOften(_("Too many keys from your address were wrong. Wait a quarter of an hour."), wait)
    if found is None:
        raise _unknown(WrongKey)
    if found.lacks_factor:
        raise _factor_needed()
    return Caller(found.viewer, found.language, f"key:{found.key_id}")


def _by_session(request: HttpRequest) -> Caller:
    user = request.user
    if not user.is_authenticated:
        raise _unknown()
    if request.method not in ("GET", "HEAD", "OPTIONS") and check_csrf(request) is not None:
        raise NotAllowed(_("Send the token of a page of ours with this, or use a personal key."), code="forgery")
    memberships = [one for one in memberships_of(user) if _may_enter(one)]
    if not memberships:
        raise NotAllowed(_("You are in no workspace yet."), code="no-workspace")
    chosen = as_id(request.session.get(CHOSEN_WORKSPACE))
    here = next((one for one in memberships if one.workspace_id == chosen), memberships[0])
    if here.workspace.needs_second_factor and not has_second_factor(user):
        raise _factor_needed()
    enter(here.workspace_id)
    viewer = viewer_of(here, may_manage=is_confirmed(request))
    return Caller(viewer, user.language, f"session:{request.session.session_key}")


def _may_enter(membership: Membership) -> bool:
    return membership.user.is_active and membership.person_id is not None


def _factor_needed() -> NotAllowed:
    return NotAllowed(_("Turn on a second factor first, in Settings."), code="second-factor-needed")


def _unknown(kind: type[Unknown] = Unknown) -> Unknown:
    sentence = _("Send a personal key: Authorization: Bearer rap_… You make one in Settings, under API keys.")
    return kind(sentence, code="not-signed-in")
