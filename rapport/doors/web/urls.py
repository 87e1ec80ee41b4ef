"""The addresses of the pages, and the view behind each."""

from __future__ import annotations

from django.urls import URLPattern, path

from .health import livez, readyz
from .opening_links import open_link
from .settings.changes import changes, undo_change
from .settings.keys import keys
from .settings.oneself import oneself, password
from .settings.sessions import sessions
from .signing_in import sign_in, sign_out
from .team import team, team_invite
from .welcome import enter_workspace, leave_sample, welcome

urlpatterns: list[URLPattern] = [
    path("accounts/login", sign_in),
    path("link/<str:token>", open_link),
    path("logout", sign_out),
    path("welcome", welcome),
    path("sample/leave", leave_sample),
    path("workspaces/<uuid:workspace_id>/enter", enter_workspace),
    path("team", team),
    path("team/invite", team_invite),
    path("settings", oneself),
    path("settings/password", password),
    path("settings/sessions", sessions),
    path("settings/keys", keys),
    path("settings/changes", changes),
    path("undo/<uuid:entry_id>", undo_change),
    path("livez", livez),
    path("readyz", readyz),
]
