"""What somebody asked of us: not to be contacted, not to be scored. Every figure and suggestion obeys at once."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args
from uuid import UUID

import pytest

from rapport.accounts.acting import By
from rapport.accounts.journal import undo
from rapport.care.looking import look
from rapport.care.making import week_of
from rapport.interactions.joining import merge
from rapport.interactions.wishing import ask_not, lift
from rapport.kit.trouble import Trouble
from rapport.people.models import Handle, Person, Wish
from rapport.people.wishes import wishes_of
from rapport.relationships.listing import Sort, list_people
from rapport.relationships.models import Relationship
from rapport.relationships.reading import standing_of, standings_of, strongest_of
from rapport.relationships.refresh import read_on

from .mails import DANA, MAYA, PRIYA, mail, read

pytestmark = pytest.mark.django_db


def person_at(address: str) -> UUID:
    return Handle.objects.get(value=address).person_id


@pytest.fixture
def priya(by: By) -> Person:
    """Priya, who wrote to Maya every week; a question of hers is open."""
    weekly = [mail(f"w{n}", PRIYA if n % 2 else MAYA, [MAYA if n % 2 else PRIYA], hour=24 * n) for n in range(14)]
    asked = mail("asked", PRIYA, [MAYA], hour=24 * 15, question="Could you send it?", text="Could you send it?")
    read(by.now, *weekly, asked, mail("dana", DANA, [MAYA], hour=3))
    read_on(by.now)
    return Person.objects.get(id=person_at(PRIYA))


def looked_at(by: By) -> set[object]:
    found = look(by.viewer.person_id, week_of(by.viewer), by.now)
    return {one.person.id for one in found.situations.values()}


def test_who_is_not_to_be_scored_has_no_figure_anywhere(by: By, priya: Person) -> None:
    home, now = by.viewer.person_id, by.now
    assert standing_of(home, priya.id, now).known
    assert priya.id in looked_at(by)
    ask_not(by, priya.id, "do-not-score", "By letter.")
    # Before anything is judged again, and after it.
    for _round in range(2):
        told = standing_of(home, priya.id, now)
        assert (told.known, told.strength_word, told.vitality) == (False, "not_scored", None)
        assert priya.id not in standings_of(home, now)
        assert priya.id not in standings_of(home, now, as_of=True)
        assert strongest_of([priya.id], now) == {}
        assert priya.id not in looked_at(by)
        for sort in get_args(Sort):
            (line,) = (one for one in list_people(by.viewer, now, sort=sort).rows if one.id == priya.id)
            assert (line.standing, line.do_not_score) == (None, True)
        read_on(now)
    assert not Relationship.objects.filter(person=priya).exists()
    assert Relationship.objects.filter(person_id=person_at(DANA)).exists()


def test_asking_it_no_more_or_undoing_it_scores_again(by: By, priya: Person) -> None:
    before = standing_of(by.viewer.person_id, priya.id, by.now).strength
    done = ask_not(by, priya.id, "do-not-score")
    read_on(by.now)
    undo(by.viewer, done.journal_id, by.now)
    read_on(by.now)
    assert standing_of(by.viewer.person_id, priya.id, by.now).strength == before
    ask_not(by, priya.id, "do-not-score", "By letter.")
    read_on(by.now)
    lifted = lift(by, priya.id, "do-not-score")
    read_on(by.now)
    assert standing_of(by.viewer.person_id, priya.id, by.now).strength == before
    undo(by.viewer, lifted.journal_id, by.now)
    assert [(one.kind, one.why) for one in wishes_of(priya.id)] == [("do-not-score", "By letter.")]
    assert standing_of(by.viewer.person_id, priya.id, by.now).strength_word == "not_scored"


def test_who_wrote_it_down_when_and_why_is_kept(by: By, priya: Person) -> None:
    ask_not(by, priya.id, "do-not-contact", "She moved on.")
    later = By(by.viewer, by.door, by.now + timedelta(days=1))
    again = ask_not(later, priya.id, "do-not-contact", "She said it twice.")
    (wish,) = wishes_of(priya.id)
    assert (wish.why, wish.noted_by, wish.noted_at) == ("She said it twice.", "Maya Okafor", later.now)
    undo(by.viewer, again.journal_id, later.now)
    (wish,) = wishes_of(priya.id)
    assert (wish.why, wish.noted_at) == ("She moved on.", by.now)
    assert Person.objects.get(id=priya.id).do_not_contact


def test_a_wish_goes_with_them_into_a_merge_and_comes_back(by: By, priya: Person) -> None:
    dana = person_at(DANA)
    ask_not(by, priya.id, "do-not-score", "By letter.")
    joined = merge(by, dana, priya.id)
    read_on(by.now)
    assert Person.objects.get(id=dana).do_not_score
    assert standing_of(by.viewer.person_id, dana, by.now).strength_word == "not_scored"
    undo(by.viewer, joined.journal_id, by.now)
    assert not Person.objects.get(id=dana).do_not_score
    assert Wish.objects.get().person_id == priya.id


@pytest.mark.parametrize("kind", ["", "do-not-disturb", "do_not_score"])
def test_what_nobody_can_ask_for_is_refused_with_what_they_can(by: By, priya: Person, kind: str) -> None:
    with pytest.raises(Trouble) as refused:
        ask_not(by, priya.id, kind)
    assert "do-not-contact, do-not-score" in refused.value.sentence
