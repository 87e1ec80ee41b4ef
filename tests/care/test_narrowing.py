"""People are found by everything their list shows, combined; the filter is the same in words and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from rapport.accounts.access import Viewer
from rapport.accounts.models import Role
from rapport.care.making import make_today
from rapport.care.narrowing import PeopleFilter, how_many_chosen, list_chosen, people_chosen
from rapport.kit.trouble import NotAllowed, NotFound
from rapport.people.models import Person

from .conftest import LONDON, History

pytestmark = pytest.mark.django_db


@pytest.fixture
def jon(history: History, priya: UUID, dana: UUID, wei: UUID) -> UUID:
    """Jon, a colleague who knows Wei, and somebody whom nobody knows."""
    jon = history.person("Jon Bell", is_home=True)
    for days in range(100, 2, -7):
        history.happened("meeting", days, {jon: "organizer", wei: "attendee"})
    history.person("Zed Alone")
    history.judge()
    return jon


def fits(viewer: Viewer, now: datetime, **asked: Any) -> set[str]:
    chosen = PeopleFilter(**asked)
    found = list_chosen(viewer, now, chosen)
    names = {one.name.split()[0] for one in found.rows}
    assert how_many_chosen(viewer, now, chosen) == len(names)
    assert {one.name.split()[0] for one in people_chosen(viewer, now, chosen)} == names
    return names


def test_by_each_thing_the_list_shows(maya: Viewer, now: datetime, jon: UUID) -> None:
    lines = {one.name.split()[0]: one for one in list_chosen(maya, now, PeopleFilter()).rows}
    for name in ("Priya", "Wei", "Dana"):
        standing = lines[name].standing
        assert standing is not None
        assert name in fits(maya, now, strength=(standing.strength_word,))
        assert name in fits(maya, now, state=(standing.tone,))
        assert name not in fits(maya, now, strength=tuple({"close", "steady"} - {standing.strength_word}))
    assert fits(maya, now, strength=("not_met",)) == {"Jon", "Zed"}
    assert fits(maya, now, quiet_days=30) == {"Priya"}
    assert fits(maya, now, kind="ours") == {"Maya", "Jon"}
    assert fits(maya, now, whose="nobody", kind="theirs") == {"Zed"}
    assert fits(maya, now, whose="anybody") == {"Priya", "Dana", "Wei"}
    assert fits(maya, now, coming="birthday") == {"Wei"}


def test_not_met_and_known_to_anybody_are_those_a_colleague_could_introduce(
    history: History, maya: Viewer, now: datetime, jon: UUID, priya: UUID
) -> None:
    """As the list shows them: each is not met yet, and unlike *known to nobody* somebody of ours knows them."""
    ines = history.person("Ines Costa")
    for days in range(60, 2, -7):
        history.happened("meeting", days, {jon: "organizer", ines: "attendee"})
    history.judge()
    assert fits(maya, now, strength=("not_met",), whose="anybody") == {"Ines"}
    assert {line.standing for line in list_chosen(
        maya, now, PeopleFilter(strength=("not_met",), whose="anybody")).rows} == {None}  # fmt: skip
    assert "Ines" in fits(maya, now, strength=("not_met", "light", "steady", "strong"), whose="anybody")
    assert fits(maya, now, whose="nobody", kind="theirs") == {"Zed"}
    assert fits(maya, now, strength=("not_met",), whose=jon) == {"Maya", "Priya", "Dana", "Zed"}


def test_who_asked_not_to_be_scored_is_not_called_a_stranger(
    history: History, maya: Viewer, now: datetime, jon: UUID
) -> None:
    Person.objects.filter(name="Zed Alone").update(do_not_score=True)
    assert fits(maya, now, strength=("not_met",)) == {"Jon"}
    assert fits(maya, now, whose="nobody", kind="theirs") == set()


def test_combined_they_narrow(maya: Viewer, now: datetime, jon: UUID) -> None:
    assert fits(maya, now, quiet_days=1, coming="birthday") == {"Wei"}
    assert fits(maya, now, quiet_days=30, coming="birthday") == set()
    assert fits(maya, now, q="wei", kind="theirs", whose="anybody") == {"Wei"}


def test_a_colleagues_ties_are_shown_as_theirs(maya: Viewer, now: datetime, jon: UUID) -> None:
    assert fits(maya, now, whose=jon) == {"Wei"}
    (wei,) = list_chosen(maya, now, PeopleFilter(whose=jon)).rows
    assert wei.standing is not None
    assert wei.standing.confidence.signals == 14  # the meetings with Jon, not the mails with Maya
    with pytest.raises(NotFound):
        list_chosen(maya, now, PeopleFilter(whose=uuid4()))


def test_today_and_a_planned_meeting(history: History, maya: Viewer, now: datetime, jon: UUID, priya: UUID) -> None:
    make_today(maya.person_id, LONDON, now)
    assert "Dana" in fits(maya, now, coming="today")
    history.happened("meeting", -3, {history.maya: "organizer", priya: "attendee"}, is_contact=False)
    assert fits(maya, now, coming="meeting") == {"Priya"}


def test_of_an_earlier_day_by_the_figures_of_that_day(maya: Viewer, now: datetime, jon: UUID) -> None:
    then = now - timedelta(days=45)
    found = list_chosen(maya, then, PeopleFilter(quiet_days=30), as_of=True)
    assert [one.name for one in found.rows] == []  # Priya wrote five days before
    met = list_chosen(maya, then, PeopleFilter(strength=("not_met",)), as_of=True)
    assert "Dana Whitfield" in [one.name for one in met.rows]


def test_a_guest_asks_for_no_ties_of_others(maya: Viewer, now: datetime, jon: UUID) -> None:
    guest = replace(maya, role=Role.GUEST)
    for whose in (jon, "anybody", "nobody"):
        with pytest.raises(NotAllowed):
            list_chosen(guest, now, PeopleFilter(whose=whose))
    assert fits(guest, now, coming="birthday") == set()
    assert "Priya" in fits(guest, now, quiet_days=30)


def test_the_words_of_an_address_say_the_same_filter() -> None:
    whole = PeopleFilter(
        q="pri", tag="partner", organization_id=uuid4(), often=True, strength=("strong", "close"), state=("at_risk",),
        whose=uuid4(), quiet_days=90, kind="theirs", coming="meeting",
    )  # fmt: skip
    assert PeopleFilter.read(whole.said()) == whole
    assert PeopleFilter().said() == {}


@pytest.mark.parametrize(
    "said",
    [
        {"quiet": "-1"}, {"quiet": "x"}, {"quiet": "٣"}, {"quiet": "9" * 30}, {"strength": "huge"}, {"state": ","},
        {"whose": "me"}, {"kind": "x"}, {"coming": "x"}, {"org": "x"}, {"often": "yes"},
    ],
)  # fmt: skip
def test_what_an_address_does_not_know_is_left_out(said: dict[str, str]) -> None:
    assert PeopleFilter.read(said).is_empty
