"""Changing things on pages: each change is kept, said, and taken back by the button beside it."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.accounts.models import JournalEntry, Key, Membership, Workspace
from rapport.accounts.rows import in_workspace
from rapport.care.models import Suggestion
from rapport.interactions.models import Interaction, Message, Participant
from rapport.people.editing import add_person, tag
from rapport.people.models import Person
from rapport.people.opening import open_person

pytestmark = pytest.mark.django_db


def _then(client: Client, answer: Any) -> str:
    """The page one is led to."""
    assert answer.status_code == 303, answer.text
    page = client.get(answer.headers["Location"])
    assert page.status_code == 200
    return str(page.text)


def _undo(client: Client, page: str) -> str:
    """Press the toast's button."""
    found = re.search(r'action="(/undo/[\w-]+)" data-undo', page)
    assert found, "no undo was offered"
    return _then(client, client.post(found[1], headers={"Referer": "http://testserver/people"}))


def test_somebody_new_is_added_and_taken_back(client_maya: Client) -> None:
    page = _then(client_maya, client_maya.post("/people/new", {"name": "Wei Chen", "email": "wei@solace.example"}))
    assert "<h1><bdi>Wei Chen</bdi></h1>" in page
    assert "Undone: Added Wei Chen" in _undo(client_maya, page)
    assert not Person.objects.filter(name="Wei Chen").exists()


def test_a_change_that_has_to_stay_is_named(client_maya: Client, by: By) -> None:
    done = add_person(by, "Wei Chen")
    tag(by, done.person_id, "gardener")
    refused = client_maya.post(f"/undo/{done.journal_id}")
    assert refused.status_code == 409
    assert "Not undone: Added Wei Chen. Something has happened with them since" in refused.text
    assert Person.objects.filter(id=done.person_id).exists()


def test_what_undoing_the_latest_passed_over_is_said(client_maya: Client, by: By) -> None:
    """As by the key U: the latest change is one that nobody can take back."""
    add_person(by, "Wei Chen")
    by.note("person.erase")
    page = _then(client_maya, client_maya.post("/undo", headers={"Referer": "http://testserver/people"}))
    assert "Undone: Added Wei Chen. Not undone: Erased somebody, as they asked. This cannot be undone." in page


def test_what_was_typed_stays_where_it_cannot_be_kept(client_maya: Client, priya: UUID) -> None:
    answer = client_maya.post("/people/new", {"name": "P. Raman", "email": "priya@northwind.example"})
    assert answer.status_code == 409
    assert 'value="P. Raman"' in answer.text
    assert "already reaches Priya Raman" in answer.text
    assert f'href="/people/{priya}"' in answer.text
    assert 'name="anyway"' not in answer.text
    assert not Person.objects.filter(name="P. Raman").exists()


def test_somebody_called_as_another_is_added_once_that_is_meant(client_maya: Client, priya: UUID) -> None:
    asked = client_maya.post("/people/new", {"name": " priya  RAMAN", "organization": "Quayside"})
    assert asked.status_code == 409
    assert "Somebody is called so already. Is it them?" in asked.text
    assert f'href="/people/{priya}"' in asked.text
    assert 'name="organization" type="text" value="Quayside"' in asked.text
    assert Person.objects.filter(sort_name="priya raman").count() == 1
    added = client_maya.post("/people/new", {"name": "Priya Raman", "anyway": "yes"})
    assert added.status_code == 303
    assert Person.objects.filter(sort_name="priya raman").count() == 2


def test_editing_keeps_what_changed_and_nothing_else(client_maya: Client, priya: UUID) -> None:
    form = {"name": "Priya Raman", "said_as": "PREE-yah", "title": "Head of Operations",
            "organization": "Northwind Clinics", "birthday": "30 July"}  # fmt: skip
    page = _then(client_maya, client_maya.post(f"/people/{priya}/edit", form))
    assert "PREE-yah" in page
    person = Person.objects.get(id=priya)
    assert (person.birthday_day, person.birthday_month, person.birthday_year) == (30, 7, None)
    _undo(client_maya, page)
    assert Person.objects.get(id=priya).said == ""


def test_one_save_is_one_change_and_taken_back_whole(client_maya: Client, maya: Viewer, priya: UUID) -> None:
    def known() -> tuple[object, ...]:
        sheet = open_person(maya, priya)
        return sheet.name, sheet.said, sheet.path, {(one.kind, one.value) for one in sheet.handles}

    before, entries = known(), JournalEntry.objects.count()
    form = {"name": "Pria Raman", "said_as": "PREE-yah", "title": "Partner", "organization": "Moss & Sons",
            "email": "pria@moss.example", "phone": "+44 161 496 0999"}  # fmt: skip
    page = _then(client_maya, client_maya.post(f"/people/{priya}/edit", form))
    name, said, path, handles = known()
    assert (name, said, path[0].organization, len(handles)) == ("Pria Raman", "PREE-yah", "Moss & Sons", 4)
    assert JournalEntry.objects.count() == entries + 1
    assert "Undone: Changed several things about Pria Raman" in _undo(client_maya, page)
    assert known() == before


def test_one_of_two_addresses_that_cannot_be_kept_keeps_nothing(client_maya: Client, by: By, priya: UUID) -> None:
    add_person(by, "Wei Chen", email="wei@solace.example")
    entries = JournalEntry.objects.count()
    form = {"name": "Pria", "email": "wei@solace.example"}
    assert client_maya.post(f"/people/{priya}/edit", form).status_code == 409
    assert (Person.objects.get(id=priya).name, JournalEntry.objects.count()) == ("Priya Raman", entries)


def test_a_form_with_faults_keeps_nothing_and_says_each_beside_its_field(
    client_maya: Client, by: By, maya: Viewer, priya: UUID
) -> None:
    add_person(by, "Wei Chen", email="wei@solace.example")
    before, entries = open_person(maya, priya), JournalEntry.objects.count()
    form = {"name": "Pria Raman", "said_as": "PREE-yah", "title": "Partner", "organization": "Moss & Sons",
            "birthday": "31 June", "email": "wei@solace.example", "phone": "abc"}  # fmt: skip
    answer = client_maya.post(f"/people/{priya}/edit", form)
    assert answer.status_code == 400
    assert (open_person(maya, priya), JournalEntry.objects.count()) == (before, entries)
    errors = dict(re.findall(r'id="f-([a-z_]+)-error"[^>]*>(?:<[^>]*>)*\s*([^<]+)', answer.text))
    assert errors.keys() == {"birthday", "email", "phone"}
    assert "already reaches Wei Chen" in errors["email"]
    assert "telephone number" in errors["phone"]
    for field, typed in form.items():  # stays in the form
        assert re.search(rf'name="{field}"[^>]* value="{re.escape(typed).replace("&", "&amp;")}"', answer.text), field
    assert "<h1><bdi>Priya Raman</bdi></h1>" in answer.text  # who they are, not who they would be
    assert ">Moss &amp; Sons</a>" not in answer.text


def test_a_telephone_that_is_none_is_said_beside_its_field(client_maya: Client, priya: UUID) -> None:
    answer = client_maya.post(f"/people/{priya}/edit", {"name": "Pria", "phone": "abc"})
    assert "<h1><bdi>Priya Raman</bdi></h1>" in answer.text  # not as she would be called
    assert 'id="f-phone-error"' in answer.text
    assert 'id="f-name-error"' not in answer.text


def test_a_birthday_that_is_none_is_said_beside_its_field(client_maya: Client, priya: UUID) -> None:
    answer = client_maya.post(f"/people/{priya}/edit", {"name": "Priya", "birthday": "31 June"})
    assert answer.status_code == 400
    assert 'id="f-birthday-error"' in answer.text
    assert "Write a day there is, the year with four digits: 14 March, 14 March 1985 or 14.3.1985." in answer.text
    assert "--03-14" not in answer.text  # which is for programs
    assert Person.objects.get(id=priya).name == "Priya Raman"


def test_a_birthday_is_typed_as_tables_have_it(client_maya: Client, priya: UUID) -> None:
    answer = client_maya.post(f"/people/{priya}/edit", {"name": "Priya Raman", "birthday": "3/2/1971"})
    assert answer.status_code == 400
    assert "“3/2/1971” may be two days." in answer.text
    answer = client_maya.post(f"/people/{priya}/edit", {"name": "Priya Raman", "birthday": "3.2.71"})
    assert "the year with four digits" in answer.text
    assert client_maya.post(f"/people/{priya}/edit", {"name": "Priya Raman", "birthday": "3.2.1971"}).status_code == 303
    kept = Person.objects.get(id=priya)
    assert (kept.birthday_year, kept.birthday_month, kept.birthday_day) == (1971, 2, 3)


def test_a_birthday_to_come_is_refused_beside_its_field(client_maya: Client, priya: UUID) -> None:
    answer = client_maya.post(f"/people/{priya}/edit", {"name": "Priya Raman", "birthday": "14 March 2990"})
    assert answer.status_code == 400
    assert 'id="f-birthday-error"' in answer.text
    assert "“14 March 2990” is still to come." in answer.text


def test_a_birthday_that_did_not_change_may_be_spelt_anew(client_maya: Client, priya: UUID) -> None:
    client_maya.post(f"/people/{priya}/edit", {"name": "Priya Raman", "birthday": "14. März 1985"})
    entries = JournalEntry.objects.count()
    client_maya.post(f"/people/{priya}/edit", {"name": "Priya Raman", "birthday": "1985 Mar 14"})
    assert JournalEntry.objects.count() == entries


def test_facts_tags_notes_and_addresses_come_and_go(client_maya: Client, priya: UUID) -> None:
    address = f"/people/{priya}"
    _then(
        client_maya, client_maya.post(f"{address}/facts", {"kind": "coffee", "text": "Black", "source": "She said so"})
    )
    _then(client_maya, client_maya.post(f"{address}/tags", {"name": "two / sites"}))
    page = _then(client_maya, client_maya.post(f"{address}/notes", {"text": "Bad news first."}))
    assert "Black (She said so)" in page
    assert "two / sites" in page
    assert "Bad news first." in page
    removals = re.findall(rf'action="({address}/(?:facts|tags|notes|handles)/[^"]+/remove)"', page)
    assert len(removals) >= 5
    for removal in removals:
        page = _then(client_maya, client_maya.post(removal))
    assert re.findall(r"/(?:facts|tags|notes|handles)/[^\"]+/remove\"", page) == []
    assert "No address yet." in page


def test_two_are_joined_and_parted(client_maya: Client, by: By, priya: UUID) -> None:
    other = add_person(by, "P. Raman", email="p.raman@cedar.example").person_id
    assert "p.raman@cedar.example" in client_maya.get(f"/people/{priya}/merge?q=p.raman").text
    page = _then(client_maya, client_maya.post(f"/people/{priya}/merge", {"other": str(other)}))
    assert "p.raman@cedar.example" in page
    assert client_maya.get(f"/people/{other}").text.count("Priya Raman") > 0
    parting = re.search(rf'action="(/people/{priya}/unmerge/[\w-]+)"', page)
    assert parting
    page = _then(client_maya, client_maya.post(parting[1]))
    assert "p.raman@cedar.example" not in page


def test_a_sentence_is_understood_kept_and_taken_back(client_maya: Client, priya: UUID) -> None:
    text = "called Priya 25 min, Leeds opens"
    before = Interaction.objects.count()
    chips = client_maya.post("/log/understand", {"text": text}, headers={"HX-Request": "true"}).text
    assert 'name="minutes" value="25"' in chips
    assert f'name="person" value="{priya}"' in chips
    assert Interaction.objects.count() == before
    page = _then(
        client_maya, client_maya.post("/log", {"text": text}, headers={"Referer": f"http://testserver/people/{priya}"})
    )
    assert "Leeds opens" in page
    _undo(client_maya, page)
    assert Interaction.objects.count() == before


def test_a_chip_taken_off_stays_off_and_later_words_are_not_lost(client_maya: Client, priya: UUID) -> None:
    text = "called Priya 25 min, Leeds opens"
    kind = f"call@{len(text)}"
    client_maya.post("/log", {"text": text, "kind": kind, "at": "2026-11-19T10:00", "person": str(priya)})
    kept = Interaction.objects.order_by("-made_at", "-id")[0]
    assert (kept.minutes, kept.at.isoformat()) == (None, "2026-11-19T10:00:00+00:00")
    typed_on = {"text": f"{text} again", "kind": kind, "person": str(priya)}
    client_maya.post("/log", typed_on)
    assert Interaction.objects.order_by("-made_at", "-id")[0].minutes == 25


def test_who_is_meant_is_asked_not_guessed(client_maya: Client, by: By, priya: UUID) -> None:
    add_person(by, "Priya Nair")
    answer = client_maya.post("/log", {"text": "called priya 10 min"})
    assert answer.status_code == 409
    assert answer.text.count('type="radio" name="meant:priya"') == 4  # either, somebody new, or left in the note
    kept = client_maya.post("/log", {"text": "called priya 10 min", "meant:priya": str(priya), "kind": "call@19"})
    assert kept.status_code == 303


def test_on_somebodys_own_page_their_name_means_them(client_maya: Client, by: By, priya: UUID) -> None:
    """As the field there suggests it: "Called Priya, 10 min, the rota works"."""
    add_person(by, "Priya Nair")
    kept = client_maya.post("/log", {"text": "Called Priya, 10 min, the rota works", "about": str(priya)})
    assert kept.status_code == 303
    with_whom = Participant.objects.filter(interaction=Interaction.objects.filter(by_hand=True).latest("made_at", "id"))
    assert set(with_whom.values_list("person_id", flat=True)) == {priya, by.viewer.person_id}


LUNCH = "lunch with Priya and Xyzzy, rota works"


def _lunch(client: Client, priya: UUID, answer: str) -> tuple[set[str], str]:
    """Who it was with and what was noted, after this answer."""
    form = {"text": LUNCH, "kind": f"meeting@{len(LUNCH)}", "person": str(priya), "meant:Xyzzy": answer}
    assert client.post("/log", form).status_code == 303
    kept = Interaction.objects.order_by("-made_at", "-id")[0]
    names = Participant.objects.filter(interaction=kept).values_list("person__name", flat=True)
    return set(names), Message.objects.get(interaction=kept).text


def test_a_name_nobody_knows_is_asked_beside_one_who_is_known(client_maya: Client, priya: UUID) -> None:
    before = Interaction.objects.count(), Person.objects.count()
    chips = client_maya.post("/log/understand", {"text": LUNCH}, headers={"HX-Request": "true"}).text
    assert "We do not know “Xyzzy” yet." in chips
    for answer in ({}, {"meant:Xyzzy": ""}, {"meant:Other": "note"}, {"meant:Xyzzy": "whoever"}):
        refused = client_maya.post("/log", {"text": LUNCH, **answer})
        assert refused.status_code == 409
        assert LUNCH in refused.text
        assert 'name="meant:Xyzzy" value="new"' in refused.text
    plan = client_maya.post("/log", {"text": LUNCH.replace(",", " tomorrow,"), "meant:Xyzzy": "new"})
    assert plan.status_code == 400
    assert before == (Interaction.objects.count(), Person.objects.count())


def test_a_name_nobody_knows_is_left_in_the_note_or_added(client_maya: Client, by: By, priya: UUID) -> None:
    assert _lunch(client_maya, priya, "note") == ({"Maya Okafor", "Priya Raman"}, "(Xyzzy) rota works")
    assert _lunch(client_maya, priya, "new") == ({"Maya Okafor", "Priya Raman", "Xyzzy"}, "rota works")
    add_person(by, "Xyzzy")
    second = Person.objects.filter(name="Xyzzy").latest("id")
    assert _lunch(client_maya, priya, str(second.id))[0] == {"Maya Okafor", "Priya Raman", "Xyzzy"}
    assert Participant.objects.filter(person=second).count() == 1


def test_an_answer_given_stays_while_one_types_on(client_maya: Client, priya: UUID) -> None:
    form = {"text": f"{LUNCH} again", "meant:Xyzzy": "note"}
    chips = client_maya.post("/log/understand", form, headers={"HX-Request": "true"}).text
    assert 'name="meant:Xyzzy" value="note" checked' in chips


def test_today_names_priya_and_what_is_done_is_done(client_maya: Client, priya: UUID) -> None:
    page = client_maya.get("/").text
    assert "Priya Raman" in page
    acts = re.search(r'action="(/today/[\w-]+/)done"', page)
    assert acts
    page = _then(client_maya, client_maya.post(f"{acts[1]}later"))
    assert Suggestion.objects.get().state == "later"
    _undo(client_maya, page)
    assert Suggestion.objects.get().state == "open"
    said = {"text": "called Priya 5 min", "suggestion": acts[1].split("/")[2]}
    _then(client_maya, client_maya.post("/log", said))
    assert Suggestion.objects.get().state == "done"
    again = client_maya.post(f"{acts[1]}done")
    assert again.status_code == 409
    assert "done already" in again.text


def test_whom_a_call_did_not_reach_stays_on_today(client_maya: Client, priya: UUID) -> None:
    acts = re.search(r'action="/today/([\w-]+)/done"', client_maya.get("/").text)
    assert acts
    text = "called Priya, voicemail"
    chips = client_maya.post("/log/understand", {"text": text}, headers={"HX-Request": "true"}).text
    assert "a call nobody answered does not count as being in touch" in chips
    said = {"text": text, "suggestion": acts[1], "kind": f"call@{len(text)}", "person": str(priya)}
    page = _then(client_maya, client_maya.post("/log", said))
    assert "Noted; a call nobody answered does not count as being in touch." in page
    assert Suggestion.objects.get().state == "open"
    assert not Interaction.objects.get(excerpt="voicemail").is_contact
    _undo(client_maya, page)
    assert not Interaction.objects.filter(excerpt="voicemail").exists()


def test_settings_are_kept_or_mended(client_maya: Client, maya_membership: Membership) -> None:
    form = {"name": "Maya L.", "time_zone": "Asia/Tokyo", "working_days": ["1", "2"],
            "per_day": "3", "theme": "dark", "reading": "legible", "keys": "off"}  # fmt: skip
    page = _then(client_maya, client_maya.post("/settings", form))
    assert 'data-theme="dark"' in page
    maya_membership.refresh_from_db()
    kept = maya_membership.time_zone, maya_membership.working_days, maya_membership.per_day
    assert kept == ("Asia/Tokyo", [1, 2], 3)
    assert "Maya L." in client_maya.get("/people?q=Maya").text  # the home person is called so too
    assert 'name="language"' not in page  # there is one
    assert client_maya.post("/settings", form | {"per_day": "8"}).status_code == 422
    client_maya.post("/settings", form | {"email": "other@fernhill.example"})
    maya_membership.user.refresh_from_db()
    assert maya_membership.user.email == "maya@fernhill.example"  # that is changed elsewhere


@pytest.mark.parametrize(
    ("written", "zone"), [("Berlin", "Europe/Berlin"), ("America/New York", "America/New_York"),
                          ("US/Eastern", "America/New_York"), ("Asia/Calcutta", "Asia/Kolkata")]
)  # fmt: skip
def test_a_time_zone_is_written_as_people_call_it(
    client_maya: Client, maya_membership: Membership, written: str, zone: str
) -> None:
    form = {"name": "Maya L.", "working_days": ["1"], "per_day": "3", "theme": "dark", "reading": "plain", "keys": "on"}
    page = _then(client_maya, client_maya.post("/settings", form | {"time_zone": written}))
    maya_membership.refresh_from_db()
    assert maya_membership.time_zone == zone
    assert f'value="{zone.replace("_", " ")}" list=' in page
    assert '<option value="Asia/Calcutta">' in page
    refused = client_maya.post("/settings", form | {"time_zone": "Mars/Base"})
    assert refused.status_code == 422
    assert "Write a city, such as Berlin" in refused.text
    assert 'value="Mars/Base"' in refused.text


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(
    client_maya: Client, maya_membership: Membership
) -> None:
    elsewhere = Client()
    elsewhere.force_login(maya_membership.user)
    wrong = client_maya.post("/settings/password", {"current": "wrong", "password": "yet another secret"})
    assert wrong.status_code == 422
    assert "not your present password" in wrong.text
    given = {"current": "a long enough secret", "password": "yet another secret"}
    assert client_maya.post("/settings/password", given).status_code == 303
    assert client_maya.get("/settings").status_code == 200
    assert elsewhere.get("/settings").status_code == 303


def test_a_session_elsewhere_is_ended(client_maya: Client, maya_membership: Membership) -> None:
    elsewhere = Client(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")
    elsewhere.force_login(maya_membership.user)
    assert elsewhere.get("/settings").status_code == 200
    page = client_maya.get("/settings/sessions").text
    assert "Firefox on Linux" in page
    _then(client_maya, client_maya.post("/settings/sessions", {"end": "others"}))
    assert elsewhere.get("/settings").status_code == 303


def test_who_signed_out_is_not_signed_in_there_any_more(client_maya: Client, maya_membership: Membership) -> None:
    phone = Client(HTTP_USER_AGENT="Mozilla/5.0 (iPhone) Safari/605")
    tablet = Client(HTTP_USER_AGENT="Mozilla/5.0 (iPad) Safari/605")
    for one in (phone, tablet):
        one.force_login(maya_membership.user)
        assert one.get("/settings").status_code == 200
    page = client_maya.get("/settings/sessions").text
    assert "Safari on iPhone" in page
    phone.post("/logout")
    tablet.session.delete()  # as one that ran out
    page = client_maya.get("/settings/sessions").text
    assert "iPhone" not in page
    assert "iPad" not in page
    assert page.count('name="end"') == 1


def test_a_key_is_shown_once_and_removed(client_maya: Client) -> None:
    made = client_maya.post("/settings/keys", {"name": "calendar"})
    assert re.search(r">rap_[0-9a-f]{32}_[\w-]{43}<", made.text)
    page = client_maya.get("/settings/keys").text
    assert "calendar" in page
    assert not re.search(r"rap_[0-9a-f]{32}_", page)
    _then(client_maya, client_maya.post("/settings/keys", {"remove": str(Key.objects.get().id)}))
    assert Key.objects.get().ended_at is not None


def test_inviting_shows_the_link_once_where_mail_cannot_be_sent(client_maya: Client) -> None:
    made = client_maya.post("/team/invite", {"email": "ali@fernhill.example", "role": "member"})
    assert re.search(r"http://testserver/link/[\w-]{43}", made.text)
    page = client_maya.get("/team").text
    assert "ali@fernhill.example" in page
    assert "/link/" not in page
    assert client_maya.post("/team/invite", {"email": "x@y.example", "role": "owner"}).status_code == 403
    waiting = re.search(r'name="withdraw" value="(\w+)"', page)
    assert waiting
    assert "ali@fernhill.example" not in _then(client_maya, client_maya.post("/team/invite", {"withdraw": waiting[1]}))


def test_the_sample_goes_whole_and_ones_own_begins(
    client_maya: Client, maya_membership: Membership, priya: UUID
) -> None:
    assert client_maya.post("/sample/leave").status_code == 400  # these are no sample people
    sample = maya_membership.workspace_id
    Workspace.objects.filter(id=sample).update(is_sample=True)
    assert "Start with your own" in client_maya.get("/people").text
    assert client_maya.post("/sample/leave").headers["Location"] == "/welcome"
    assert not Workspace.objects.filter(id=sample).exists()
    assert not Person.objects.filter(id=priya).exists()
    assert client_maya.get("/people").headers["Location"] == "/welcome"
    assert client_maya.post("/welcome", {"step": "1", "name": "Maya", "business": ""}).status_code == 422
    second = _then(client_maya, client_maya.post("/welcome", {"step": "1", "name": "Maya", "business": "Oak & Co"}))
    assert 'name="time_zone"' in second
    when = {"step": "2", "time_zone": "berlin", "working_days": ["1", "3"]}
    assert client_maya.post("/welcome", when | {"time_zone": "Mars/Base"}).status_code == 422
    assert "/import" in _then(client_maya, client_maya.post("/welcome", when))
    own = Membership.objects.get()
    assert (own.role, own.workspace.name, own.working_days) == ("owner", "Oak & Co", [1, 3])
    assert own.time_zone == "Europe/Berlin"
    with in_workspace(own.workspace_id):
        assert Person.objects.get().is_home
    assert "Start with one person" in client_maya.get("/").text


def test_what_lists_go_by_is_changed_on_the_page(client_maya: Client, priya: UUID) -> None:
    page = client_maya.get(f"/people/{priya}?edit").text
    assert 'name="listed_as" type="text" value="" autocomplete="off" placeholder="Raman, Priya"' in page
    form = {
        "name": "Priya Raman",
        "listed_as": "Aaa",
        "title": "Head of Operations",
        "organization": "Northwind Clinics",
    }
    _then(client_maya, client_maya.post(f"/people/{priya}/edit", form))
    rows = re.findall(r"data-row[^>]*>([^<]+)<", client_maya.get("/people").text)
    assert rows == ["Priya Raman", "Maya Okafor"]
    said = 'name="listed_as" type="text" value="aaa" autocomplete="off" placeholder="aaa"'
    assert said in client_maya.get(f"/people/{priya}?edit").text
    _then(client_maya, client_maya.post(f"/people/{priya}/edit", form | {"listed_as": ""}))
    rows = re.findall(r"data-row[^>]*>([^<]+)<", client_maya.get("/people").text)
    assert rows == ["Maya Okafor", "Priya Raman"]


def test_a_number_is_shown_in_groups_and_called_as_it_is_kept(client_maya: Client, priya: UUID) -> None:
    page = client_maya.get(f"/people/{priya}").text
    assert 'href="tel:+441614960718"><bdi>+44 161 496 0718</bdi>' in page
