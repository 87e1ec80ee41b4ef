"""Today in the browser: reading changes nothing, what is shown can be acted on, and an old archive says its age."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern

from rapport.accounts.acting import By
from rapport.accounts.models import Membership
from rapport.care.making import make_today, week_of
from rapport.care.models import Suggestion, TodayList
from rapport.doors.web.urls import urlpatterns
from rapport.interactions.logging import log
from rapport.interactions.models import Interaction, Participant
from rapport.interactions.saying import understand
from rapport.kit import clock
from rapport.people.editing import add_person, edit_person
from rapport.people.facts import note_fact
from rapport.relationships.refresh import read_on
from tests.care.conftest import History

MAY_CHANGE = {"django_session", "usersessions_usersession"}


def everything() -> dict[str, str]:
    """What every table holds, as one word for each, but for the sessions."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in MAY_CHANGE]
        held = {}
        for table in tables:
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {name} t")
            held[table] = cursor.fetchone()[0]
    return held


def addresses(priya: UUID) -> list[str]:
    """Every page there is, with Priya where one is asked for."""
    plain = [f"/{one.pattern}" for one in urlpatterns if isinstance(one, URLPattern) and "<" not in str(one.pattern)]
    talk = Interaction.objects.values_list("id", flat=True)[0]
    of_priya = [f"/people/{priya}{more}" for more in ("", "/why", "/edit", "/facts", "/merge", "?as_of=2026-06-01")]
    return [*plain, *of_priya, f"/interactions/{talk}", "/?as_of=2026-06-01", "/find?q=pri", f"/log?about={priya}"]


def test_reading_any_page_changes_nothing(client_maya: Client, priya: UUID) -> None:
    before = everything()
    seen = {address: client_maya.get(address).status_code for address in addresses(priya)}
    assert seen["/"] == 200
    assert sum(status == 200 for status in seen.values()) > 15
    assert {table for table, held in everything().items() if held != before[table]} == set()


def test_what_is_shown_before_the_list_is_stored_can_be_acted_on(client_maya: Client, priya: UUID) -> None:
    acts = re.findall(r'action="(/today/[\w-]+/)done"', client_maya.get("/").text)
    assert not TodayList.objects.exists()
    assert client_maya.get(acts[0].removesuffix("/")).status_code == 200
    assert client_maya.post(f"{acts[0]}done").status_code == 303
    assert Suggestion.objects.get().state == "done"
    assert "That’s everyone for today." in client_maya.get("/").text


def test_logging_from_a_list_that_is_not_stored_settles_it(client_maya: Client, priya: UUID) -> None:
    page = client_maya.get("/").text
    focus = page[page.index('id="focus"') : page.index("</article>")]
    said = dict(re.findall(r'name="(about|suggestion)" value="([\w-]*)"', focus))
    assert client_maya.post("/log", {**said, "text": "called, 5 min"}).status_code == 303
    kept = Suggestion.objects.get()
    assert (kept.state, kept.person_id) == ("done", priya)


def test_taking_back_what_was_told_puts_them_on_today_again(client_maya: Client, priya: UUID) -> None:
    page = client_maya.get("/").text
    focus = page[page.index('id="focus"') : page.index("</article>")]
    said = dict(re.findall(r'name="(about|suggestion)" value="([\w-]*)"', focus))
    before = Interaction.objects.count()
    client_maya.post("/log", {**said, "text": "called, 5 min"})
    undo = re.search(r'action="(/undo/[\w-]+)"', client_maya.get("/").text)
    assert undo
    back = client_maya.post(undo[1], headers={"referer": "http://testserver/"})
    assert back.headers["Location"] == f"/today/{said['suggestion']}"
    page = client_maya.get(back.headers["Location"]).text
    assert "Undone. Priya Raman is on Today again." in page
    assert page.count('class="q-item') == page.count('aria-current="true" data-row') == 1
    assert Suggestion.objects.get().state == "open"
    assert Interaction.objects.count() == before
    elsewhere = client_maya.post(f"/today/{said['suggestion']}/later")
    assert elsewhere.status_code == 303


def test_another_persons_suggestion_is_not_touched(client_maya: Client, colleague: Client, priya: UUID) -> None:
    act = re.findall(r'action="(/today/[\w-]+/)done"', client_maya.get("/").text)[0]
    assert colleague.post(f"{act}done").status_code == 404
    assert not Suggestion.objects.exists()


def test_the_number_beside_today_is_the_number_shown(client_maya: Client, priya: UUID) -> None:
    assert re.search(r'<span>Today</span><span class="count">1</span>', client_maya.get("/").text)


def test_after_an_old_archive_today_leads_to_its_last_day(client_maya: Client, by: By) -> None:
    person = add_person(by, "Jon Postel").person_id
    for week in range(150, 170):
        log(by, understand("called Jon", by.now, clock.zone("UTC"), at=by.now - timedelta(weeks=week)), [person])
    read_on(by.now)
    day = (by.now - timedelta(weeks=150)).date()
    page = client_maya.get("/").text
    assert "Nobody needs you today." in page
    assert f"The newest contact here is from {day:%-d %B %Y}." in page
    assert f'href="/?as_of={day}"' in page
    assert f"As things stood on <b>{day:%-d %B %Y}</b>" in client_maya.get(f"/?as_of={day}").text


def test_a_look_back_offers_nothing_to_do_and_stays_on_its_day(client_maya: Client, by: By) -> None:
    person = add_person(by, "Jon Postel").person_id
    for week in range(150, 170):
        log(by, understand("called Jon", by.now, clock.zone("UTC"), at=by.now - timedelta(weeks=week)), [person])
    read_on(by.now)
    page = client_maya.get(f"/?as_of={(by.now - timedelta(weeks=145)).date()}").text
    assert "A look back: nothing is done from here." in page
    assert "data-act" not in page
    assert 'id="tell-focus"' not in page
    on = f"?as_of={(by.now - timedelta(weeks=145)).date()}"
    assert f'href="/people/{person}{on}"' in page
    assert f'href="/why-these{on}"' in page


def test_a_day_off_is_told(client_maya: Client, maya_membership: Membership, priya: UUID, now: datetime) -> None:
    assert "your day off" not in client_maya.get("/").text
    Membership.objects.filter(id=maya_membership.id).update(working_days=[1, 2])
    assert "It is your day off: all this can wait until Monday." in client_maya.get("/").text


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("11-20", "all but birthdays can wait until Monday"),
        ("11-21", "all but birthdays can wait until Monday"),
        ("11-19", "all this can wait until Monday"),  # it is over
    ],
)
def test_a_birthday_cannot_wait_until_after_a_day_off(
    client_maya: Client, maya_membership: Membership, priya: UUID, by: By, day: str, said: str
) -> None:
    Membership.objects.filter(id=maya_membership.id).update(working_days=[1, 2])
    history = History(by.viewer.person_id, by.viewer.workspace_id, by.now)
    wei = history.person("Wei Chen")
    history.weekly(wei, 250, 3)
    history.judge()
    edit_person(by, wei, birthday=f"1980-{day}")
    page = client_maya.get("/").text
    assert "Wei’s birthday" in page
    assert f"It is your day off: {said}." in page


def test_a_birthday_shows_the_birthday_and_no_old_talk(client_maya: Client, by: By) -> None:
    history = History(by.viewer.person_id, by.viewer.workspace_id, by.now)
    wei = history.person("Wei Chen")
    history.weekly(wei, 250, 3, excerpt="The kettle is broken.")
    history.judge()
    edit_person(by, wei, birthday="1980-11-20")
    page = client_maya.get("/").text
    reason = re.search(r'<section class="reason">(.*?)</section>', page, re.S)
    assert reason
    assert "It is Wei’s birthday today." in reason[1]
    assert "Birthday: 20 November 1980" in reason[1]
    assert "kettle" not in reason[1]


def test_a_way_in_is_not_said_again_as_good_to_know(client_maya: Client, by: By, priya: UUID) -> None:
    for value in ("Arjun’s recital", "Grows dahlias", "Takes tea with lemon"):
        note_fact(by, priya, "other", value)
    page = client_maya.get("/").text
    aside = page[page.index("At a glance") : page.index('class="acts"')]
    ways = page[page.index('class="ways"') : page.index('class="do"')]
    for value in ("Arjun’s recital", "Grows dahlias", "Takes tea with lemon"):
        assert (value in aside) != (value in ways)
    assert "You were told this, today" not in page


def test_what_is_known_says_what_it_is_about_and_not_before_it_was_noted(
    client_maya: Client, by: By, priya: UUID
) -> None:
    note_fact(by, priya, "coffee", "Filter, and she bakes the buns herself")
    page = client_maya.get("/").text
    assert "Coffee and tea" in page[page.index('class="ways"') :]
    before = client_maya.get(f"/?as_of={(by.now - timedelta(days=1)).date()}").text
    assert "Priya" in before
    assert "bakes the buns" not in before


@pytest.mark.parametrize(
    "said",
    ["/today/01931f6e-0000-7000-8000-000000000000", "https://evil.example", "//evil.example", "/today/x", ""],
)
def test_done_goes_on_with_the_next_and_nowhere_else(client_maya: Client, by: By, priya: UUID, said: str) -> None:
    make_today(by.viewer.person_id, week_of(by.viewer), by.now)
    answer = client_maya.post(f"/today/{Suggestion.objects.get().id}/done", {"next": said})
    assert answer.headers["Location"] == (said if len(said) == len("/today/") + 36 else "/")


def test_the_latest_change_is_taken_back_without_naming_it(client_maya: Client, by: By, priya: UUID) -> None:
    client_maya.post(f"/people/{priya}/notes", {"text": "Mornings."})
    client_maya.post("/undo")
    assert "Undone" in client_maya.get(f"/people/{priya}").text
    assert "Mornings." not in client_maya.get(f"/people/{priya}").text


def test_who_was_talked_to_elsewhere_waits_no_more_and_no_count_says_so(
    client_maya: Client, by: By, priya: UUID
) -> None:
    make_today(by.viewer.person_id, week_of(by.viewer), by.now)
    assert Suggestion.objects.filter(state="open").count() == 1
    client_maya.post("/log", {"text": "called Priya, 10 min, all is well", "about": str(priya)})
    assert Suggestion.objects.get().state == "cleared"
    client_maya.post("/undo")
    assert Suggestion.objects.get().state == "open"


def test_whose_chip_was_taken_off_was_not_talked_to(client_maya: Client, by: By, priya: UUID) -> None:
    """Logged from Today, but about somebody else."""
    wei = History(by.viewer.person_id, by.viewer.workspace_id, by.now).person("Wei Chen")
    make_today(by.viewer.person_id, week_of(by.viewer), by.now)
    one, said = Suggestion.objects.get(person_id=priya), "called Wei 10 min"
    form = {"text": said, "about": str(priya), "suggestion": str(one.id)}
    page, before = client_maya.post("/log/understand", form).text, Participant.objects.filter(person_id=priya).count()
    assert len(re.findall(r'name="person"', page)) == 2
    client_maya.post("/log", {**form, "kind": f"call@{len(said)}", "minutes": "10", "person": str(wei)})
    assert Suggestion.objects.get(id=one.id).state == "open"
    assert Participant.objects.filter(person_id=priya).count() == before
    assert Participant.objects.filter(person_id=wei).exists()


@pytest.mark.parametrize("said", ["called Priya, 10 min", "called Priya yesterday, 10 min", "do not contact", "later"])
def test_the_number_beside_today_is_the_same_on_every_page(client_maya: Client, by: By, priya: UUID, said: str) -> None:
    history = History(by.viewer.person_id, by.viewer.workspace_id, by.now)
    wei = history.person("Wei Chen")
    history.mail(wei, history.maya, 2, question="Could you send it?")
    history.judge()
    make_today(by.viewer.person_id, week_of(by.viewer), by.now)
    assert counted(client_maya) == shown(client_maya) == 2
    if said == "do not contact":
        client_maya.post(f"/people/{priya}/wishes", {"kind": "do-not-contact"})
    elif said == "later":
        one = Suggestion.objects.get(person_id=priya)
        client_maya.post(f"/today/{one.id}/later")
        assert counted(client_maya) == shown(client_maya) == 1
        Suggestion.objects.filter(id=one.id).update(later_until=by.now - timedelta(minutes=1))
    else:
        client_maya.post("/log", {"text": said, "about": str(priya)})
    assert counted(client_maya) == shown(client_maya) == (2 if said == "later" else 1)
    if said.startswith("called"):
        client_maya.post("/undo")
        assert counted(client_maya) == shown(client_maya) == 2


def counted(client: Client) -> int:
    """What stands beside Today on another page."""
    found = re.search(r'<span>Today</span><span class="count">(\d+)</span>', client.get("/settings").text)
    return int(found[1]) if found else 0


def shown(client: Client) -> int:
    """How many wait on Today itself."""
    page = client.get("/").text
    return len(re.findall(r'class="q-item[^"]*"', page.split("Done today")[0]))
