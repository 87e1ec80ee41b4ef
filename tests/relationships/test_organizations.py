"""Organizations with whom of ours knows somebody there, and who knows one person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapport.accounts.access import Viewer
from rapport.accounts.acting import By
from rapport.accounts.models import Role
from rapport.kit.trouble import Trouble
from rapport.people.affiliating import set_affiliation
from rapport.people.models import Organization
from rapport.relationships.models import OrganizationTies
from rapport.relationships.organizations import OrganizationFilter, list_organizations
from rapport.relationships.refresh import settle_places
from rapport.relationships.who_knows import who_knows
from tests.care.conftest import History, history  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def jon(history: History) -> UUID:  # noqa: F811
    """Jon, a colleague."""
    return history.person("Jon Bell", is_home=True)


@pytest.fixture
def cast(history: History, by: By, jon: UUID) -> dict[str, UUID]:  # noqa: F811
    """Priya at Northwind, whom both know and Jon better; Wei at Solace, whom Maya met long ago; Zed at Zenith."""
    people = {name: history.person(name) for name in ("Priya Raman", "Wei Chen", "Zed Alone")}
    for name, place in zip(people, ("Northwind", "Solace", "Zenith"), strict=True):
        set_affiliation(by, people[name], place, "")
    history.mail(people["Priya Raman"], history.maya, 3)
    for days in range(200, 1, -7):
        history.happened("meeting", days, {jon: "organizer", people["Priya Raman"]: "attendee"})
    history.mail(people["Wei Chen"], history.maya, 300)
    history.judge()
    settle_places()
    return people


def names(viewer: Viewer, by: By, **more: object) -> list[str]:
    return [one.name for one in list_organizations(viewer, by.now, **more).rows]  # type: ignore[arg-type]


def test_a_line_says_who_is_known_there_by_whom_and_since_when(maya: Viewer, by: By, cast: dict[str, UUID]) -> None:
    northwind, _solace, zenith = list_organizations(maya, by.now).rows
    assert (northwind.name, northwind.people) == ("Northwind", 1)
    assert northwind.holder
    assert northwind.holder.name == "Jon Bell"
    assert northwind.person
    assert northwind.person.id == cast["Priya Raman"]
    assert northwind.standing
    assert northwind.standing.known
    assert northwind.last_at == by.now - timedelta(days=3)
    assert (zenith.people, zenith.holder, zenith.standing, zenith.last_at) == (1, None, None, None)


def test_it_is_sorted_and_goes_on_where_a_page_ended(maya: Viewer, by: By, cast: dict[str, UUID]) -> None:
    for sort, order in {
        "name": ["Northwind", "Solace", "Zenith"],
        "strength": ["Northwind", "Solace", "Zenith"],
        "last": ["Northwind", "Solace", "Zenith"],
    }.items():
        seen, cursor = [], None
        for _page in range(3):
            found = list_organizations(maya, by.now, sort=sort, cursor=cursor, limit=1)  # type: ignore[arg-type]
            seen += [one.name for one in found.rows]
            cursor = found.next
        assert (seen, cursor) == (order, None)
    with pytest.raises(Trouble):
        list_organizations(maya, by.now, cursor="nonsense")


def test_it_is_filtered_by_what_it_shows(maya: Viewer, by: By, cast: dict[str, UUID], jon: UUID) -> None:
    def fits(**asked: object) -> list[str]:
        return names(maya, by, chosen=OrganizationFilter(**asked))  # type: ignore[arg-type]

    assert fits(q="orthw") == ["Northwind"]
    assert fits(whose=jon) == ["Northwind"]
    assert fits(quiet_days=100) == ["Solace"]
    assert fits(known=False) == ["Zenith"]
    assert fits(known=True, q="s") == ["Solace"]
    assert fits(strength=("faint",)) == ["Solace"]


@pytest.mark.parametrize("is_settled", [False, True])
def test_who_left_is_known_there_no_more(maya: Viewer, by: By, cast: dict[str, UUID], is_settled: bool) -> None:
    set_affiliation(by, cast["Priya Raman"], "Zenith", "")
    if is_settled:
        settle_places()
    lines = {one.name: one for one in list_organizations(maya, by.now).rows}
    assert (lines["Northwind"].people, lines["Northwind"].standing) == (0, None)
    assert lines["Zenith"].people == 2
    assert lines["Zenith"].standing
    northwind = Organization.objects.get(name="Northwind")
    assert OrganizationTies.objects.filter(organization=northwind).exists() != is_settled


def test_of_those_who_are_still_there_the_one_known_best_is_shown(
    history: History,  # noqa: F811
    maya: Viewer,
    by: By,
    cast: dict[str, UUID],
) -> None:
    other = history.person("Ola Nord")
    set_affiliation(by, other, "Northwind", "")
    history.mail(other, history.maya, 40)
    history.judge()
    northwind, *_others = list_organizations(maya, by.now).rows
    assert northwind.person
    assert northwind.person.id == cast["Priya Raman"]
    set_affiliation(by, cast["Priya Raman"], "Zenith", "")
    northwind, *_others = list_organizations(maya, by.now).rows
    assert northwind.person
    assert northwind.person.id == other


def test_judging_keeps_the_order_by_itself(history: History, maya: Viewer, by: By, cast: dict[str, UUID]) -> None:  # noqa: F811
    history.mail(cast["Zed Alone"], history.maya, 1)
    history.judge()
    assert names(maya, by, sort="last")[0] == "Zenith"


def test_it_asks_six_queries_however_many_there_are(maya: Viewer, by: By, cast: dict[str, UUID]) -> None:
    with CaptureQueriesContext(connection) as asked:
        list_organizations(maya, by.now, sort="strength")
    assert len(asked) <= 6


def test_a_guest_has_only_their_own(maya: Viewer, by: By, cast: dict[str, UUID], jon: UUID) -> None:
    guest = replace(maya, role=Role.GUEST)
    northwind, solace = list_organizations(guest, by.now, sort="strength").rows
    assert northwind.holder
    assert northwind.holder.id == maya.person_id
    assert solace.people == 1
    assert who_knows(guest, cast["Priya Raman"], by.now).colleagues == ()


def test_who_else_knows_somebody_and_who_introduces_best(
    maya: Viewer, by: By, cast: dict[str, UUID], jon: UUID
) -> None:
    found = who_knows(maya, cast["Priya Raman"], by.now)
    assert [one.name for one in found.colleagues] == ["Jon Bell"]
    assert found.best
    assert found.best.id == jon
    assert found.best.last_at == by.now - timedelta(days=4)
    theirs = who_knows(replace(maya, person_id=jon), cast["Priya Raman"], by.now)
    assert [one.name for one in theirs.colleagues] == ["Maya Okafor"]
    assert theirs.best is None  # nobody knows her better than Jon himself
    assert who_knows(maya, cast["Zed Alone"], by.now).best is None
