"""The addresses of the pages, and the view behind each."""

from __future__ import annotations

from django.urls import URLPattern, path

from .find.views import find, search
from .health import livez, readyz
from .imports import views as imports
from .interaction.views import attachment, formatted, interaction
from .log.views import log_page, understand
from .opening_links import open_link
from .people.views import new_person, people
from .person import editing
from .person.merging import merge, unmerge
from .person.views import person, why
from .releasing import release
from .settings.changes import changes, undo_change
from .settings.keys import keys
from .settings.oneself import address, oneself, password
from .settings.sessions import sessions
from .signing_in import sign_in, sign_out
from .team import team, team_domain, team_invite, team_let_go, team_link, team_role
from .today import views as today
from .welcome import enter_workspace, leave_sample, welcome

entering: list[URLPattern] = [
    path("accounts/login", sign_in),
    path("link/<str:token>", open_link),
    path("logout", sign_out),
    path("welcome", welcome),
    path("sample/leave", leave_sample),
    path("workspaces/<uuid:workspace_id>/enter", enter_workspace),
]
caring: list[URLPattern] = [
    path("", today.today),
    path("today/<uuid:suggestion_id>", today.today),
    *(path(f"today/<uuid:suggestion_id>/{verb}", today.act, {"verb": verb}) for verb in today.ACTS),
    path("why-these", today.why_these),
    path("log", log_page),
    path("log/understand", understand),
    path("find", find),
    path("search", search),
]
knowing: list[URLPattern] = [
    path("people", people),
    path("people/new", new_person),
    path("people/<uuid:person_id>", person),
    path("people/<uuid:person_id>/why", why),
    path("people/<uuid:person_id>/edit", editing.edit),
    path("people/<uuid:person_id>/facts", editing.facts),
    path("people/<uuid:person_id>/facts/<uuid:fact_id>/remove", editing.remove_fact),
    path("people/<uuid:person_id>/handles/<uuid:handle_id>/remove", editing.drop_handle),
    path("people/<uuid:person_id>/tags", editing.tags),
    path("people/<uuid:person_id>/tags/<path:word>/remove", editing.remove_tag),
    path("people/<uuid:person_id>/notes", editing.notes),
    path("people/<uuid:person_id>/notes/<uuid:note_id>/remove", editing.drop_note),
    path("people/<uuid:person_id>/merge", merge),
    path("people/<uuid:person_id>/unmerge/<uuid:merge_id>", unmerge),
    path("interactions/<uuid:interaction_id>", interaction),
    path("interactions/<uuid:interaction_id>/html", formatted),
    path("interactions/<uuid:interaction_id>/files/<int:place>", attachment),
]
importing: list[URLPattern] = [
    path("import", imports.imports),
    path("import/<uuid:import_id>", imports.one_import),
    path("import/<uuid:import_id>/progress", imports.progress),
    path("import/<uuid:import_id>/quarantine", imports.quarantine),
    path("import/<uuid:import_id>/retry/<uuid:item_id>", imports.retry),
    path("import/<uuid:import_id>/leave-out/<uuid:item_id>", imports.leave_out),
    *(path(f"import/<uuid:import_id>/{verb}", imports.act, {"verb": verb}) for verb in imports.ACTS),
]
arranging: list[URLPattern] = [
    path("team", team),
    path("team/domain", team_domain),
    path("team/invite", team_invite),
    path("team/link", team_link),
    path("team/<uuid:membership_id>/role", team_role),
    path("team/<uuid:membership_id>/let-go", team_let_go),
    path("settings", oneself),
    path("settings/address", address),
    path("settings/password", password),
    path("settings/sessions", sessions),
    path("settings/keys", keys),
    path("settings/changes", changes),
    path("undo", undo_change),
    path("undo/<uuid:entry_id>", undo_change),
    path("outgoing/release", release),
]
watching: list[URLPattern] = [path("livez", livez), path("readyz", readyz)]

urlpatterns = [*entering, *caring, *knowing, *importing, *arranging, *watching]
