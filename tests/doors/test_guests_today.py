"""A guest's Today, find and why rest on their own talks: no birthday, no fact, no wish of others, at any door."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from typer.testing import CliRunner

from rapport.accounts.access import viewer_of
from rapport.accounts.acting import By
from rapport.accounts.founding import join
from rapport.accounts.keys import make_key
from rapport.accounts.models import Membership, Role, User
from rapport.care.mornings import make_for
from rapport.doors.cli import entering
from rapport.doors.cli.app import app
from rapport.kit import clock
from rapport.people.editing import edit_person, note_fact
from rapport.people.home import found_home, make_home_person
from rapport.people.models import Person
from tests.care.conftest import History

GUS = "gus@fernhill.example"
SECRETS = ("Arjun", "irthday", "Only for Maya", "asked not to be contacted", "November")
DOORS = ("web", "api", "cli")


@dataclass(frozen=True)
class Gus:
    """A guest who mailed with Priya and Wei every week; Priya is quiet since, Wei has his birthday tomorrow."""

    membership: Membership
    browser: Client
    priya: UUID
    wei: UUID
    now: datetime

    def today(self, door: str) -> str:
        """His whole Today at a door, with why it is what it is."""
        if door == "web":
            return self.browser.get("/").text + self.browser.get("/why-these").text
        if door == "api":
            return self.api("/today")
        return self.cli("today") + self.cli("today", "--json")

    def api(self, path: str, **query: str) -> str:
        """What the API answers him."""
        key = make_key(self.membership.id, self.membership.workspace_id, "gus", False, self.now)[1]
        answer = Client().get(f"/api/v1{path}", query, headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 200, answer.text
        return answer.text

    def cli(self, *words: str) -> str:
        """What the command line prints for him."""
        done = CliRunner().invoke(app, [*words, "--member", GUS])
        assert done.exit_code == 0, done.output
        return done.stdout


@pytest.fixture
def gus(maya_membership: Membership, by: By, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gus]:
    """Gus, and Maya, who knows more of the same people."""
    monkeypatch.setattr(entering, "house_open", contextlib.nullcontext)  # the database is here already
    home = make_home_person("Gus Guest", GUS, found_home("Fernhill", now), now)
    user = User.objects.create_user(GUS, name="Gus Guest")
    membership = join(maya_membership.workspace, user, home.id, Role.GUEST, now, "Europe/London")
    his = History(home.id, membership.workspace_id, now)
    priya, wei, ada = (his.person(name) for name in ("Priya Raman", "Wei Chen", "Ada Novak"))
    his.weekly(priya, 250, 40, excerpt="The rota works.")
    his.weekly(wei, 250, 3)
    his.weekly(ada, 250, 40)
    History(by.viewer.person_id, membership.workspace_id, now).mail(
        priya, by.viewer.person_id, 2, excerpt="Only for Maya"
    )
    for person in (priya, wei):
        note_fact(by, person, "family", "Arjun’s recital")
    edit_person(by, wei, birthday="1985-11-21")
    Person.objects.filter(id=ada).update(do_not_contact=True)
    his.judge()
    browser = Client()
    browser.force_login(user)
    with clock.stopped_at(now):
        yield Gus(membership, browser, priya, wei, now)


def _nothing_told(text: str) -> None:
    assert [one for one in SECRETS if one in text] == []


@pytest.mark.parametrize("is_made", [False, True])
@pytest.mark.parametrize("door", DOORS)
def test_today_names_whom_his_own_talks_name(gus: Gus, door: str, is_made: bool) -> None:
    if is_made:
        assert make_for(viewer_of(gus.membership), gus.now)
    said = gus.today(door)
    assert "Priya Raman" in said
    assert "The rota works." in said
    assert "Wei Chen" not in said
    _nothing_told(said.replace("Birthdays", "").replace("Is it somebody’s birthday", ""))


@pytest.mark.parametrize("door", DOORS)
def test_a_list_made_while_he_was_a_member_tells_him_no_more(gus: Gus, door: str) -> None:
    assert make_for(replace(viewer_of(gus.membership), role=Role.MEMBER), gus.now)
    said = gus.today(door)
    assert "Priya Raman" in said
    assert "Wei Chen" not in said
    _nothing_told(said.replace("Birthdays", "").replace("Is it somebody’s birthday", ""))


def test_a_member_is_told(gus: Gus) -> None:
    Membership.objects.filter(id=gus.membership.id).update(role=Role.MEMBER)
    said = gus.today("web")
    for known in ("Wei Chen", "Arjun", "Wei’s birthday", "asked not to be contacted"):
        assert known in said


def test_a_day_looked_back_at_tells_no_more(gus: Gus) -> None:
    day = gus.now.date().isoformat()
    for said in (
        gus.browser.get(f"/?as_of={day}").text,
        gus.api("/today", as_of=day),
        gus.cli("today", "--as-of", day),
    ):
        assert "Priya Raman" in said
        assert "Arjun" not in said
        assert "irthday" not in said


def test_find_and_why_tell_of_his_own_talks(gus: Gus) -> None:
    for said in (
        gus.browser.get("/find?q=priya").text,
        gus.browser.get(f"/people/{gus.priya}/why").text,
        gus.browser.get("/find?q=wei").text,
        gus.browser.get(f"/people/{gus.wei}/why").text,
        gus.api("/find", q="priya"),
        gus.api(f"/people/{gus.priya}/relationship"),
        gus.api(f"/people/{gus.priya}/evidence"),
        gus.cli("why", "priya"),
        gus.cli("people", "priya"),
        gus.cli("why", "wei", "--json"),
    ):
        assert "Arjun" not in said
        assert "irthday" not in said
        assert "Only for Maya" not in said


def test_what_he_may_not_do_is_not_offered(gus: Gus) -> None:
    for address in ("/", "/people", "/find?q=zoe", f"/people/{gus.priya}", "/team", "/settings"):
        page = gus.browser.get(address).text
        for offered in ('id="log"', 'action="/log"', 'href="/log"', "/people/new", 'href="/import"', "/done"):
            assert offered not in page, (address, offered)
    Membership.objects.filter(id=gus.membership.id).update(role=Role.MEMBER)
    page = gus.browser.get("/").text
    for offered in ('id="log"', 'href="/log"', 'href="/import"', "/done"):
        assert offered in page


def test_a_guest_who_met_nobody_yet_is_told_so(gus: Gus, now: datetime) -> None:
    home = make_home_person("Gil", "gil@fernhill.example", found_home("Fernhill", now), now)
    user = User.objects.create_user("gil@fernhill.example", name="Gil")
    join(gus.membership.workspace, user, home.id, Role.GUEST, now - timedelta(days=1))
    browser = Client()
    browser.force_login(user)
    page = browser.get("/").text
    assert "Nobody is here yet." not in page  # his hosts are
    assert "You are a guest: here you see the people you have been in touch with yourself" in page
    assert '<a class="btn" href="/people">Look at who works here</a>' in page
    assert "Gus" in browser.get("/people").text
