"""The addresses of the pages, and the view behind each."""

from __future__ import annotations

from django.urls import URLPattern, path

from .ending import end
from .find.views import find, search
from .forgotten import forgotten
from .health import livez, readyz
from .imports import views as imports
from .interaction.views import attachment, calendar_entry, formatted, interaction
from .known import views as rights
from .log.views import log_page, understand
from .opening_links import open_link
from .organizations import views as organizations
from .organizations.joining import join
from .people.keeping import change_list, keep_list, remove_list
from .people.many import many
from .people.views import new_person, people
from .person import editing
from .person.merging import merge, unmerge
from .person.views import person, why
from .releasing import release
from .second_step import begin_passkey, second_step
from .settings import factors
from .settings.changes import changes, undo_change
from .settings.keys import keys
from .settings.oneself import address, address_again, address_withdraw, oneself, password
from .settings.sessions import sessions
from .signing_in import sign_in, sign_out
from .team import (
    team,
    team_domain,
    team_factor_needed,
    team_factor_reset,
    team_invite,
    team_let_go,
    team_link,
    team_name,
    team_role,
)
from .today import views as today
from .welcome import enter_workspace, leave_sample, welcome

entering: list[URLPattern] = [
    path("accounts/login", sign_in),
    path("accounts/second-step", second_step),
    path("accounts/passkey/begin", begin_passkey),
    path("accounts/forgotten", forgotten),
    path("link/<str:token>", open_link),
    path("logout", sign_out),
    path("welcome", welcome),
    path("sample/leave", leave_sample),
    path("workspace/end", end),
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
    path("people/many", many),
    path("people/lists", keep_list),
    path("people/lists/<uuid:view_id>", change_list),
    path("people/lists/<uuid:view_id>/remove", remove_list),
    path("people/<uuid:person_id>", person),
    path("people/<uuid:person_id>/why", why),
    path("people/<uuid:person_id>/edit", editing.edit),
    path("people/<uuid:person_id>/remove", editing.remove),
    path("people/<uuid:person_id>/facts", editing.facts),
    path("people/<uuid:person_id>/facts/<uuid:fact_id>/remove", editing.remove_fact),
    path("people/<uuid:person_id>/handles/<uuid:handle_id>/remove", editing.drop_handle),
    path("people/<uuid:person_id>/places/<uuid:affiliation_id>/remove", editing.drop_place),
    path("people/<uuid:person_id>/tags", editing.tags),
    path("people/<uuid:person_id>/tags/<path:word>/remove", editing.remove_tag),
    path("people/<uuid:person_id>/notes", editing.notes),
    path("people/<uuid:person_id>/notes/<uuid:note_id>/remove", editing.drop_note),
    path("people/<uuid:person_id>/known", rights.known),
    path("people/<uuid:person_id>/known/file", rights.known_file),
    path("people/<uuid:person_id>/known/whole", rights.whole_file),
    path("people/<uuid:person_id>/wishes", rights.wish),
    path("people/<uuid:person_id>/wishes/<str:kind>/lift", rights.lift_wish),
    path("people/<uuid:person_id>/erase", rights.erase),
    path("erasures", rights.erasures),
    path("people/<uuid:person_id>/merge", merge),
    path("people/<uuid:person_id>/unmerge/<uuid:merge_id>", unmerge),
    path("organizations", organizations.organizations),
    path("organizations/<uuid:organization_id>", organizations.organization),
    path("organizations/<uuid:organization_id>/domains", organizations.domains),
    path("organizations/<uuid:organization_id>/domains/<str:domain>/remove", organizations.drop_domain),
    path("organizations/<uuid:organization_id>/join", join),
    path("interactions/<uuid:interaction_id>", interaction),
    path("interactions/<uuid:interaction_id>/html", formatted),
    path("interactions/<uuid:interaction_id>/calendar", calendar_entry),
    path("interactions/<uuid:interaction_id>/files/<int:place>", attachment),
]
importing: list[URLPattern] = [
    path("import", imports.imports),
    path("import/<uuid:import_id>", imports.one_import),
    path("import/<uuid:import_id>/progress", imports.progress),
    path("imports", imports.all_imports),
    path("import/<uuid:import_id>/items", imports.items),
    path("import/<uuid:import_id>/items/<uuid:item_id>/raw", imports.raw),
    path("import/<uuid:import_id>/people", imports.people),
    path("import/<uuid:import_id>/to-mend", imports.to_mend),
    path("import/<uuid:import_id>/quarantine", imports.quarantine),
    path("import/<uuid:import_id>/retry/<uuid:item_id>", imports.retry),
    path("import/<uuid:import_id>/leave-out/<uuid:item_id>", imports.leave_out),
    path("import/<uuid:import_id>/undo", imports.take_back),
    *(path(f"import/<uuid:import_id>/{verb}", imports.act, {"verb": verb}) for verb in imports.ACTS if verb != "undo"),
]
arranging: list[URLPattern] = [
    path("team", team),
    path("team/domain", team_domain),
    path("team/invite", team_invite),
    path("team/link", team_link),
    path("team/name", team_name),
    path("team/second-factor", team_factor_needed),
    path("team/<uuid:membership_id>/second-factor", team_factor_reset),
    path("team/<uuid:membership_id>/role", team_role),
    path("team/<uuid:membership_id>/let-go", team_let_go),
    path("settings", oneself),
    path("settings/address", address),
    path("settings/address/again", address_again),
    path("settings/address/withdraw", address_withdraw),
    path("settings/password", password),
    path("settings/sessions", sessions),
    path("settings/keys", keys),
    path("settings/factors", factors.factors),
    path("settings/factors/app", factors.app),
    path("settings/factors/app/remove", factors.app_off),
    path("settings/factors/passkeys", factors.add_passkey),
    path("settings/factors/passkeys/begin", factors.begin_passkey),
    path("settings/factors/passkeys/<int:factor_id>/remove", factors.remove_passkey),
    path("settings/factors/codes", factors.codes),
    path("settings/changes", changes),
    path("undo", undo_change),
    path("undo/<uuid:entry_id>", undo_change),
    path("outgoing/release", release),
]
watching: list[URLPattern] = [path("livez", livez), path("readyz", readyz)]

urlpatterns = [*entering, *caring, *knowing, *importing, *arranging, *watching]
