"""Organizations, who knows somebody, and lists under a name, typed."""

from __future__ import annotations

import re
import shlex
from uuid import UUID

import pytest

from rapport.people.affiliating import set_affiliation
from tests.care.conftest import History

from .conftest import Type

pytestmark = pytest.mark.django_db


@pytest.fixture
def northwind(history: History, by: object, priya: UUID, dana: UUID) -> None:
    """Priya is at Northwind, and Jon knows her too."""
    jon = history.person("Jon Bell", is_home=True)
    for days in range(60, 1, -5):
        history.happened("meeting", days, {jon: "organizer", priya: "attendee"})
    history.judge()
    set_affiliation(by, priya, "Northwind", "Head of Operations")  # type: ignore[arg-type]


def test_organizations_are_listed_and_opened(typed: Type, northwind: None) -> None:
    listed = typed("organizations").stdout
    assert listed.startswith("Northwind")
    assert "1 person" in listed
    opened = typed("organization", "north").stdout
    assert "Priya Raman, Head of Operations" in opened
    assert "Jon Bell" in opened
    assert typed("organization", "nowhere").exception.exit_code == 4
    assert "No organization like that" in typed("organizations", "nowhere").stdout


def test_who_knows_somebody(typed: Type, northwind: None) -> None:
    said = typed("who-knows", "priya").stdout
    assert said.startswith("Jon Bell")
    assert "Best introduction: Jon Bell" in said
    assert "None of your colleagues knows Dana Whitfield" in typed("who-knows", "dana").stdout


def test_of_who_asked_not_to_be_scored_it_is_not_said_that_nobody_knows_them(typed: Type, northwind: None) -> None:
    typed("do", "people.ask-not", "person_id=priya", "kind=do-not-score")
    opened = typed("organization", "north").stdout
    assert "not scored, as they asked" in opened
    assert "nobody of us yet" not in opened
    assert "Jon Bell" not in opened
    said = typed("who-knows", "priya").stdout
    assert "Priya Raman is not scored, as they asked." in said
    assert "None of your colleagues" not in said


def test_who_is_not_to_be_contacted_is_labelled_in_every_list(typed: Type, northwind: None) -> None:
    assert "do not contact" not in typed("people").stdout + typed("organization", "north").stdout
    typed("do", "people.ask-not", "person_id=priya", "kind=do-not-contact")
    (listed,) = (line for line in typed("people").stdout.splitlines() if "do not contact" in line)
    assert listed.startswith("Priya Raman")
    assert "Priya Raman, Head of Operations (do not contact)" in typed("organization", "north").stdout


def test_people_by_what_the_list_shows_by_a_kept_list_and_as_a_file(typed: Type, northwind: None) -> None:
    assert "No list is kept yet" in typed("views").stdout
    quiet = typed("people", "--quiet", "30", "--kind", "theirs").stdout
    assert [line.split()[0] for line in quiet.splitlines()] == ["Priya"]
    assert [line.split()[0] for line in typed("people", "--whose", "jon").stdout.splitlines()] == ["Priya"]
    typed("do", "views.save", "name=Quiet", "quiet=30", "kind=theirs")
    assert typed("views").stdout == "Quiet    quiet for 30 days, not colleagues\n"
    assert typed("people", "--view", "quiet").stdout == quiet
    assert typed("people", "--view", "other").exception.exit_code == 4
    assert "FN:Priya Raman" in typed("people", "--view", "quiet", "--as", "vcard").stdout


@pytest.mark.usefixtures("northwind")
def test_the_next_page_is_asked_for_with_what_was_typed(typed: Type) -> None:
    first, _blank, more = typed("people", "--limit", "1", "--sort", "name").stdout.splitlines()
    assert re.fullmatch(r"More: rapport people --sort name --limit 1 --cursor \S+", more)
    second = typed(*shlex.split(more.removeprefix("More: rapport "))).stdout.splitlines()[0]
    assert first.split()[0] != second.split()[0]


def test_a_file_has_as_many_people_as_were_asked_for(typed: Type, history: History) -> None:
    """The first names of the list, not everybody: what was typed beside `--as` counts."""
    for number in range(9):
        history.person(f"Guest {number}")
    asked = ("people", "guest", "--as", "csv")
    assert len(typed(*asked).stdout.splitlines()) == 1 + 9
    few = typed(*asked, "--limit", "5").stdout
    assert [re.search(r"Guest \d", line)[0] for line in few.splitlines()[1:]] == [f"Guest {n}" for n in range(5)]  # type: ignore[index]
    cursor = shlex.split(typed("people", "guest", "--limit", "5").stdout.splitlines()[-1])[-1]
    rest = typed(*asked, "--cursor", cursor).stdout
    assert [re.search(r"Guest \d", line)[0] for line in rest.splitlines()[1:]] == [f"Guest {n}" for n in range(5, 9)]  # type: ignore[index]
    assert typed("people", "zzzz", "--as", "csv", "--limit", "5").exception.exit_code == 4


def test_a_choice_among_many_says_how_many_more_there_are(typed: Type, history: History) -> None:
    for number in range(15):
        history.person(f"Anna Berg {number:02}")
    said = typed("why", "anna").exception.sentence
    assert said.count("Anna Berg") == 12
    assert said.endswith("... and 3 more. Write more of the name.")
    said = typed("log", "called anna 10 min").exception.sentence
    assert said.count("Anna Berg") == 6
    assert "... and 9 more. Write more of the name." in said
    assert "more. Write" not in typed("why", "Anna Berg 0").exception.sentence
