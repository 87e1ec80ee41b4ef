"""What comes in is stored as it was said, in every column; what a copy adds, and what it must not change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from rapport.accounts.acting import By
from rapport.channels.models import Import, ImportFile, ImportItem, RawItem, Source
from rapport.channels.raw import Kept
from rapport.channels.reading import Piece
from rapport.channels.sightings import (
    EVER,
    Address,
    AttachmentNote,
    Card,
    Failure,
    Parsed,
    PartialDate,
    Party,
    Skipped,
)
from rapport.interactions.cards import CardOutcome, card_name, handle_keys, is_person, why_nobody
from rapport.interactions.copies import (
    Stored,
    completed,
    counts_as_contact,
    group_size,
    is_guess,
    is_outdated,
    joined,
    newcomers,
    replaces,
    set_aside,
    version_of,
)
from rapport.interactions.importing import as_read, begin, save_items, settle
from rapport.interactions.incoming import Belonging, Incoming
from rapport.interactions.intake import take_in
from rapport.interactions.models import AddressPart, Interaction, Message, Participant, Thread
from rapport.interactions.storing import minutes_of, storable
from rapport.interactions.threads import keys_of
from rapport.kit.ids import new_id
from rapport.people.domains import organization_domain, organization_name
from rapport.people.editing import tag as tag_by_hand
from rapport.people.gathering import Seen, affiliate, gather, insert_handles, organizations_of, owners_of
from rapport.people.matching import Holder, Named, as_kept_before, best_named
from rapport.people.models import Affiliation, Fact, Handle, Organization, Person, PersonTag, Tag
from rapport.people.naming import FROM_ADDRESS, FROM_CARD, FROM_ORGANIZATION
from rapport.people.reaching import Reach, words_for

from ..people.people import somebody
from .address_books import take_in_cards
from .mails import DANA, KENJI, MAYA, MORNING, PRIYA, mail, meeting, read

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=400)
IMPORT = new_id()


def belonging(by: By, **more: Any) -> Belonging:
    source = Source.objects.create(
        workspace_id=by.viewer.workspace_id, kind="files", name="F", owner_id=by.viewer.membership_id, made_at=by.now
    )
    return replace(Belonging(source.id, by.viewer.membership_id, IMPORT), **more)


# What happened.


def test_a_mail_is_stored_as_it_was_said(by: By) -> None:
    ours = belonging(by)
    said = mail(
        "tea", PRIYA, [MAYA], [KENJI], answers="before", subject="Tea", text="Words.", excerpt="Word", question="When?",
        language="en", has_html=True, attachments=(AttachmentNote("a.pdf", "application/pdf", 3),),
        through="all@lists.example",
    )  # fmt: skip
    ids = take_in([Incoming(said, None)], ours, by.now)
    one = Interaction.objects.get()
    assert ids == {said.origin: one.id}
    assert (one.kind, one.origin, one.at, one.until, one.all_day, one.minutes) == (
        "mail",
        said.origin,
        said.at,
        None,
        False,
        None,
    )
    assert (one.title, one.excerpt, one.question, one.language) == ("Tea", "Word", "When?", "en")
    assert (one.automatic, one.list_address, one.is_cancelled, one.is_contact) == ("", "all@lists.example", False, True)
    assert (one.group_size, one.source_id, one.owner_id) == (3, ours.source_id, ours.owner_id)
    assert (one.is_shared, one.by_hand, one.revision, one.revised_at, one.made_at) == (False, False, None, None, by.now)
    message = Message.objects.get()
    assert (message.message_id, message.in_reply_to) == ("tea@mail.example", "before@mail.example")
    assert (message.text, message.has_html, message.raw_item_id) == ("Words.", True, None)
    assert message.attachments == [{"name": "a.pdf", "media_type": "application/pdf", "size": 3}]
    took = {(p.person.name, p.part, p.address, p.response, p.at) for p in Participant.objects.select_related("person")}
    assert took == {
        ("Priya Raman", "from", PRIYA, "", said.at),
        ("Maya Okafor", "to", MAYA, "", said.at),
        ("Kenji Mori", "cc", KENJI, "", said.at),
    }
    assert {one.import_id for one in Person.objects.filter(is_home=False)} == {IMPORT}
    assert {one.import_id for one in Organization.objects.filter(is_home=False)} == {IMPORT}
    assert {one.import_id for one in Handle.objects.exclude(value=MAYA)} == {IMPORT}
    assert {one.import_id for one in Affiliation.objects.filter(organization__is_home=False)} == {IMPORT}


def test_a_meeting_is_stored_with_its_time_and_version(by: By) -> None:
    party = Party(Address("email", PRIYA, "Priya Raman"), "attendee", "accepted")
    said = replace(
        meeting("walk", MAYA, organizer=MAYA), revision=3, revised_at=LATER, message_id="uid-1", all_day=False,
        until=MORNING + timedelta(minutes=90),
    )  # fmt: skip
    read(by.now, replace(said, parties=(*said.parties, party)))
    one = Interaction.objects.get()
    assert (one.kind, one.at, one.until, one.minutes) == ("meeting", MORNING, MORNING + timedelta(minutes=90), 90)
    assert (one.revision, one.revised_at) == (3, LATER)
    assert Participant.objects.get(address=PRIYA).response == "accepted"
    assert Message.objects.get().message_id == "uid-1"


def test_whose_calendar_it_is_took_part(by: By) -> None:
    home = Handle.objects.get(value=MAYA).person_id
    take_in(
        [Incoming(meeting("walk", PRIYA), None), Incoming(mail("m", PRIYA), None)],
        belonging(by, home_people=(home,)),
        by.now,
    )
    took = Participant.objects.filter(person_id=home)
    assert [(one.interaction.kind, one.part, one.address, one.response) for one in took] == [
        ("meeting", "attendee", "", "")
    ]
    assert took[0].at == MORNING


def test_of_a_robot_nobody_is_in_touch(by: By) -> None:
    read(by.now, mail("robot", PRIYA, [MAYA], automatic="auto-submitted"))
    assert not Participant.objects.exists()
    assert not Handle.objects.filter(value=PRIYA).exists()
    assert (Interaction.objects.get().automatic, Interaction.objects.get().is_contact) == ("auto-submitted", False)


def test_copies_complete_what_is_known_and_change_nothing_else(by: By) -> None:
    read(by.now, mail("tea", PRIYA, [MAYA], automatic="auto-submitted"))
    before = Interaction.objects.get()
    read(
        by.now + timedelta(days=1),
        mail("tea", PRIYA, [MAYA], [KENJI], through="all@lists.example", subject="Else", text="Else"),
    )
    after = Interaction.objects.get()
    assert (after.automatic, after.list_address, after.group_size, after.is_contact) == (
        "",
        "all@lists.example",
        3,
        True,
    )
    assert (after.title, after.made_at, after.id) == (before.title, before.made_at, before.id)
    assert set(Participant.objects.values_list("address", flat=True)) == {PRIYA, MAYA, KENJI}
    assert Message.objects.get().text == "Words of tea."


def test_a_copy_from_a_colleagues_mailbox_lets_no_colleague_in(by: By) -> None:
    take_in([Incoming(mail("tea", PRIYA, [MAYA]), None)], belonging(by), by.now)
    ali = somebody(by, "Ali", email="ali@fernhill.example")
    forged = mail("tea", PRIYA, [MAYA, "ali@fernhill.example", KENJI])
    take_in([Incoming(forged, None)], Belonging(None, None, None), by.now)
    assert not Participant.objects.filter(person_id=ali.id).exists()
    assert Participant.objects.filter(address=KENJI).exists()
    calendar = meeting("walk", PRIYA, MAYA)
    take_in([Incoming(calendar, None)], belonging(by), by.now)
    take_in([Incoming(calendar, None)], Belonging(None, None, None, home_people=(ali.id,)), by.now)
    assert not Participant.objects.filter(person_id=ali.id).exists()
    take_in([Incoming(calendar, None)], belonging(by, home_people=(ali.id,)), by.now)
    assert Participant.objects.filter(person_id=ali.id).exists()


def test_the_strongest_part_is_the_one_kept(by: By) -> None:
    read(by.now, mail("tea", PRIYA, [MAYA, PRIYA], [MAYA]))
    assert dict(Participant.objects.values_list("address", "part")) == {PRIYA: "from", MAYA: "to"}
    assert Interaction.objects.get().group_size == 2


def test_an_answer_to_a_list_is_contact_with_whom_it_answers(by: By) -> None:
    said = mail("first", PRIYA, through="all@lists.example")
    answer = mail("second", MAYA, through="all@lists.example", answers="first", hour=1)
    for order in ((said, answer), (answer, said)):
        Interaction.objects.all().delete()
        for one in order:
            read(by.now, one)
        answered = Participant.objects.get(interaction__origin=answer.origin, part="answered")
        assert (answered.address, answered.at) == (PRIYA, answer.at)
    direct = mail("third", MAYA, [KENJI], answers="first", hour=2)
    read(by.now, direct)
    assert not Participant.objects.filter(interaction__origin=direct.origin, part="answered").exists()


@pytest.mark.parametrize(
    ("at", "stored"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), datetime(1900, 1, 1, tzinfo=UTC)),
        (datetime(9999, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)),
        (MORNING, MORNING),
    ],
)
def test_moments_are_kept_within_what_can_be_shown(at: datetime, stored: datetime) -> None:
    assert storable(at) == stored


@pytest.mark.parametrize(
    ("length", "all_day", "minutes"),
    [
        (None, False, None),
        (60, True, None),
        (90, False, 90),
        (-5, False, 0),
        (30 * 24 * 60, False, 20160),
        (0.5, False, 0),
    ],
)
def test_how_long_it_took(length: float | None, all_day: bool, minutes: int | None) -> None:
    until = None if length is None else MORNING + timedelta(minutes=length)
    assert minutes_of(replace(meeting("walk", MAYA), until=until, all_day=all_day)) == minutes


# Copies.


def stored(**more: Any) -> Stored:
    return Stored(**{"id": IMPORT, "automatic": "", "list_address": "", "is_cancelled": False, "group_size": 2, **more})


def test_of_copies_the_human_the_fullest_and_everybody_is_one() -> None:
    robot = mail("m", PRIYA, [MAYA], automatic="bulk", text="A much longer text of a robot")
    through = mail("m", PRIYA, [MAYA], [KENJI], through="all@lists.example", text="Text", names={KENJI: "K"})
    short = mail("m", PRIYA, [KENJI], text="Text", names={KENJI: "Kenji Mori", PRIYA: "P"})
    for order in ((robot, through, short), (short, robot, through), (through, short, robot)):
        one = joined(order)
        assert (one.automatic, one.list_address, one.text) == ("", "all@lists.example", "Text")
        parts = {party.address.value: (party.part, party.address.name) for party in one.parties}
        assert parts == {
            PRIYA: ("from", "Priya Raman"), MAYA: ("to", "Maya Okafor"), KENJI: ("to", "Kenji Mori"),
            "all@lists.example": ("list", ""),
        }  # fmt: skip
    assert joined([robot]) is robot
    long, longer = mail("m", PRIYA, text="abc"), mail("m", PRIYA, text="abcd")
    assert joined([long, longer]).text == joined([longer, long]).text == "abcd"


def test_a_list_is_a_list_whoever_else_it_was() -> None:
    as_list = replace(mail("m", PRIYA), parties=(Party(Address("email", "x@y.example", ""), "list"),))
    as_sender = replace(mail("m", PRIYA), parties=(Party(Address("email", "x@y.example", "Longer name"), "from"),))
    for order in ((as_list, as_sender), (as_sender, as_list)):
        assert [party.part for party in joined(order).parties] == ["list"]


def test_of_a_meeting_that_changed_the_last_version_counts() -> None:
    first = replace(meeting("walk", MAYA, PRIYA, hour=0), revision=1, revised_at=MORNING, cancelled=True)
    last = replace(meeting("walk", MAYA, KENJI, hour=5), revision=2, revised_at=MORNING)
    later = replace(last, at=MORNING + timedelta(hours=9), revised_at=LATER)
    answered = replace(last, parties=(Party(Address("email", KENJI, ""), "attendee", "accepted"),))
    for order in ((first, last, later, answered), (answered, later, last, first)):
        one = joined(order)
        assert (one.at, one.cancelled, one.revision) == (later.at, False, 2)
        assert {party.address.value: party.response for party in one.parties} == {MAYA: "", KENJI: "accepted"}
    assert joined([last, replace(last, cancelled=True)]).cancelled


def test_what_a_copy_adds_to_what_is_stored() -> None:
    robots = stored(automatic="bulk", group_size=5)
    assert completed(robots, mail("m", PRIYA, [MAYA])).automatic == ""
    assert completed(robots, mail("m", PRIYA, automatic="other")).automatic == "other"
    assert completed(stored(), mail("m", PRIYA, automatic="other")).automatic == ""
    assert completed(robots, mail("m", PRIYA, [MAYA])).group_size == 5
    assert completed(stored(), mail("m", PRIYA, [MAYA], [KENJI])).group_size == 3


def test_a_list_that_a_head_names_is_no_guess() -> None:
    named = mail("m", PRIYA, through="b@lists.example")
    guessed = replace(mail("m", PRIYA), list_address="a@lists.example")
    assert (is_guess(named), is_guess(guessed)) == (False, True)
    assert completed(stored(list_address="z@x.example"), named).list_address == "z@x.example"
    assert completed(stored(list_address="a@x.example", is_guess=True), named).list_address == "b@lists.example"
    assert completed(stored(list_address="z@x.example", is_guess=True), guessed).list_address == "a@lists.example"
    assert completed(stored(), mail("m", PRIYA)).list_address == ""
    assert completed(stored(is_guess=True), named).is_guess is False
    assert completed(stored(is_guess=True), guessed).is_guess is True
    assert completed(stored(), guessed).is_guess is False


@pytest.mark.parametrize(
    ("version", "was", "copy", "says", "is_called_off"),
    [
        ((1, EVER, False), True, (1, EVER), False, True),
        ((1, EVER, False), False, (1, EVER), True, True),
        ((1, EVER, False), True, (1, MORNING), False, False),
        ((1, EVER, False), True, (2, EVER), False, False),
        ((1, MORNING, False), False, (1, EVER), True, False),
        ((2, EVER, False), True, (1, EVER), False, True),
    ],
)
def test_the_later_version_says_whether_it_is_called_off(
    version: Any, was: bool, copy: tuple[int, datetime], says: bool, is_called_off: bool
) -> None:
    told = replace(meeting("walk", MAYA), revision=copy[0], revised_at=copy[1], cancelled=says)
    assert completed(stored(version=version, is_cancelled=was), told).is_cancelled is is_called_off


def test_versions_are_told_apart() -> None:
    of_two = stored(version=(2, EVER, False), group_size=9, addresses=frozenset((MAYA,)))
    old, same, new = (replace(meeting("walk", MAYA, PRIYA), revision=number) for number in (1, 2, 3))
    assert [is_outdated(of_two, one) for one in (old, same, new)] == [True, False, False]
    assert [replaces(of_two, one) for one in (old, same, new)] == [False, False, True]
    assert [completed(of_two, one).group_size for one in (old, same, new)] == [9, 9, 2]
    assert completed(of_two, new).version == new.version
    assert completed(of_two, old) is of_two
    named = [[party.address.value for party in newcomers(of_two, one).parties] for one in (old, same, new)]
    assert named == [[], [PRIYA], [PRIYA]]
    assert version_of(None, None, True) == (0, EVER, True)
    assert version_of(3, MORNING, False) == (3, MORNING, False)


def test_who_is_set_aside_is_no_party_any_more() -> None:
    one = mail("m", PRIYA, ["desk@x.example", MAYA], ["b@lists.example", "a@lists.example"])
    nobodies = {"desk@x.example": False, "b@lists.example": True, "a@lists.example": True, "else@x.example": True}
    humans, asides = set_aside(one, nobodies)
    assert [party.address.value for party in humans.parties] == [PRIYA, MAYA]
    assert humans.list_address == "a@lists.example"
    assert [(aside.party.address.value, aside.is_list) for aside in asides] == [
        ("desk@x.example", False), ("b@lists.example", True), ("a@lists.example", True),
    ]  # fmt: skip
    headed = mail("m", PRIYA, ["b@lists.example"], through="b@lists.example")
    humans, asides = set_aside(headed, nobodies)
    assert humans.list_address == "b@lists.example"
    assert [party.part for party in humans.parties] == ["from", "list"]
    assert set_aside(mail("m", PRIYA), nobodies) == (mail("m", PRIYA), ())


def test_crowds_robots_and_what_was_called_off_are_no_contact() -> None:
    from rapport.interactions.limits import MOST_ADDRESSES

    assert counts_as_contact("", False, MOST_ADDRESSES)
    assert not counts_as_contact("", False, MOST_ADDRESSES + 1)
    assert not counts_as_contact("bulk", False, 2)
    assert not counts_as_contact("", True, 2)
    assert group_size(mail("m", PRIYA, [MAYA, PRIYA], through="all@lists.example")) == 2


def test_nobodies_are_kept_beside_with_what_was_said_of_them(by: By) -> None:
    desk = "rota@groups.io"
    said = mail("m", PRIYA, [MAYA, desk], names={desk: "Rota", PRIYA: "Priya Raman"})
    read(by.now, said)
    one = AddressPart.objects.get()
    assert (one.address, one.name, one.part, one.is_list, one.at, one.response) == (
        desk,
        "Rota",
        "to",
        True,
        said.at,
        "",
    )
    read(by.now, mail("m", PRIYA, [MAYA, desk], names={desk: "The Rota", PRIYA: "Priya Raman"}))
    assert AddressPart.objects.get().name == "The Rota"
    read(by.now, mail("m", PRIYA, [MAYA, desk], names={desk: "R", PRIYA: "Priya Raman"}))
    assert AddressPart.objects.get().name == "The Rota"


# Threads.


def test_the_ids_by_which_a_mail_is_found() -> None:
    one = mail("m", PRIYA, answers="parent", references=["oldest", "newer"])
    assert keys_of(one) == ["m@mail.example", "parent@mail.example", "oldest@mail.example"]
    assert keys_of(replace(one, message_id="", in_reply_to="Your mail of Tuesday", references=())) == [one.origin]
    assert keys_of(replace(one, message_id="x" * 2000))[0] == "x" * 989 + "…"


def test_a_thread_is_called_as_its_first_mail(by: By) -> None:
    read(by.now, mail("second", PRIYA, [MAYA], answers="first", hour=2))
    assert Thread.objects.get().root == "first@mail.example"
    assert Thread.objects.get().subject == "second"
    read(by.now, mail("first", MAYA, [PRIYA], hour=1))
    assert Thread.objects.get().subject == "first"
    read(by.now, mail("alone", PRIYA, [MAYA], hour=3))
    assert Thread.objects.count() == 2
    assert Interaction.objects.get(title="alone").thread.root == "alone@mail.example"


def test_threads_proven_one_become_the_oldest(by: By) -> None:
    read(by.now, mail("a", PRIYA, [MAYA]))
    oldest = Thread.objects.get()
    read(by.now, mail("c", PRIYA, [MAYA], answers="b", hour=2))
    assert Thread.objects.count() == 2
    read(by.now, mail("b", MAYA, [PRIYA], answers="a", hour=1))
    assert Thread.objects.get() == oldest
    assert set(Interaction.objects.values_list("thread_id", flat=True)) == {oldest.id}


# People.


def seen(
    value: str, name: str = "", rank: int = 0, first: datetime | None = MORNING, last: datetime | None = LATER
) -> Seen:
    return Seen(Named("email", value, name, rank), first, last)


def test_people_are_made_with_what_was_seen_of_them(by: By) -> None:
    people = gather([seen(PRIYA, "Priya Raman", 1), seen(DANA, "D" * 400, 1)], "mail", IMPORT, by.now)
    priya, dana = (Person.objects.get(id=people["email", one]) for one in (PRIYA, DANA))
    assert (priya.name, priya.sort_name, priya.name_rank, priya.made_at) == ("Priya Raman", "priya raman", 1, by.now)
    assert (priya.is_home, priya.touched_by_hand, priya.import_id) == (False, False, IMPORT)
    assert len(dana.name) == 300
    handle = Handle.objects.get(value=PRIYA)
    assert (handle.person_id, handle.kind, handle.as_written, handle.origin) == (priya.id, "email", PRIYA, "mail")
    assert (handle.first_seen, handle.last_seen, handle.import_id) == (MORNING, LATER, IMPORT)
    place = Affiliation.objects.get(person=priya)
    assert (place.organization.name, place.since, place.last_seen) == ("Solace", MORNING.date(), LATER)
    assert (place.origin, place.import_id, place.title) == ("mail", IMPORT, "")
    solace = place.organization
    assert (solace.domain, solace.import_id, solace.made_at, solace.touched_by_hand) == (
        "solace.example",
        IMPORT,
        by.now,
        False,
    )
    assert not Affiliation.objects.filter(person=dana).exists()


def test_seen_again_widens_and_takes_the_better_name(by: By) -> None:
    people = gather([seen(PRIYA, "priya", 0)], "mail", None, by.now)
    wider = seen(PRIYA, "Priya Raman", 1, MORNING - timedelta(days=9), LATER + timedelta(days=9))
    assert gather([wider], "mail", IMPORT, by.now) == people
    handle, person = Handle.objects.get(value=PRIYA), Person.objects.get(id=people["email", PRIYA])
    assert (handle.first_seen, handle.last_seen) == (wider.first, wider.last)
    assert (person.name, person.sort_name, person.name_rank, person.import_id) == (
        "Priya Raman",
        "priya raman",
        1,
        None,
    )
    gather([seen(PRIYA, "A much longer name of an address", 0)], "mail", None, by.now)
    gather([seen(PRIYA, "Shorter", 1)], "mail", None, by.now)
    person.refresh_from_db()
    assert person.name == "Priya Raman"
    gather([seen(PRIYA, "Priya R. Raman", 1)], "mail", None, by.now)
    person.refresh_from_db()
    assert person.name == "Priya R. Raman"
    handle.refresh_from_db()
    assert (handle.first_seen, handle.last_seen) == (wider.first, wider.last)
    place = Affiliation.objects.get(person=person)
    assert (place.since, place.last_seen) == (wider.first.date() if wider.first else None, wider.last)


def test_an_address_that_reaches_somebody_stays_theirs(by: By) -> None:
    one, other = somebody(by, "Priya", email=PRIYA), somebody(by, "Dana")
    with pytest.raises(IntegrityError), transaction.atomic():  # whoever writes has asked before
        insert_handles([(other.id, seen(PRIYA))], "card", IMPORT)
    insert_handles([(other.id, seen(DANA))], "card", IMPORT)
    assert Handle.objects.get(value=PRIYA).person_id == one.id
    assert Handle.objects.get(value=DANA).person_id == other.id
    assert owners_of([("email", PRIYA), ("email", "no@body.example")]) == {("email", PRIYA): one.id}
    assert owners_of([]) == {}


def test_two_addresses_at_one_place_say_from_when_to_when(by: By) -> None:
    priya = somebody(by, "Priya")
    early = seen("p@solace.example", first=MORNING - timedelta(9), last=MORNING)
    late = seen("q@solace.example", first=None, last=LATER)
    affiliate([(priya.id, one) for one in (late, early)], IMPORT, by.now)
    place = Affiliation.objects.get(person=priya)
    assert (place.since, place.last_seen) == ((MORNING - timedelta(9)).date(), LATER)
    affiliate([(priya.id, seen("p@solace.example", first=None, last=None))], IMPORT, by.now)
    assert Affiliation.objects.get(person=priya).last_seen == LATER
    assert organizations_of([], None, by.now) == {}


def test_at_home_they_come_home(by: By) -> None:
    people = gather([seen("ali@fernhill.example", "Ali", 1), seen(PRIYA)], "mail", None, by.now)
    home = {key[1]: Person.objects.get(id=one).is_home for key, one in people.items()}
    assert home == {"ali@fernhill.example": True, PRIYA: False}


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("a@solace.example", "solace.example"), ("a@mail.solace.example", "solace.example"),
        ("a@solace.co.uk", "solace.co.uk"), ("a@mail.solace.co.uk", "solace.co.uk"), ("a@co.uk", "co.uk"),
        ("a@x.solace.de", "solace.de"), ("a@solace.com.", "solace.com"), ("A@SOLACE.COM", "solace.com"),
        ("a@gmail.com", None), ("a@mail.gmail.com", None), ("a@yahoo.com.tw", None), ("a@hotmail.be", None),
        ("a@localhost", None), ("a@printer.local", None), ("a@x.lan", None), ("a@x.localdomain", None),
        ("a@10.0.0.1", None), ("a@[10.0.0.x]", None), ("a@x..example", None), ("nonsense", None),
        ("a@org.solace.com", "solace.com"), ("a@x.org.info", "org.info"), ("a@users.noreply.github.com", None),
    ],
)  # fmt: skip
def test_which_organization_an_address_speaks_for(address: str, domain: str | None) -> None:
    assert organization_domain(address) == domain


@pytest.mark.parametrize(
    ("domain", "name"),
    [("solace.example", "Solace"), ("moss-and-sons.example", "Moss And Sons"), ("iBM.example", "iBM"),
     ("-.example", "-.example"), ("a--b.example", "A B")],
)  # fmt: skip
def test_an_organization_is_called_by_its_domain_first(domain: str, name: str) -> None:
    assert organization_name(domain) == name


def test_only_a_number_with_its_country_was_kept_without() -> None:
    assert as_kept_before(("phone", "+441614960123")) == ("phone", "01614960123")
    assert as_kept_before(("phone", "01614960123")) is None
    assert as_kept_before(("email", "+441614960123")) is None


def test_the_best_name_of_an_address_is_the_best_then_the_longest() -> None:
    written = [("email", PRIYA, "Priya"), ("email", PRIYA, "Priya Raman"), ("email", PRIYA, ""), ("email", DANA, "")]
    for order in (written, written[::-1]):
        best = best_named(order)
        assert {key[1]: one.name for key, one in best.items()} == {PRIYA: "Priya Raman", DANA: "Dana"}
        assert best["email", PRIYA].rank > best["email", DANA].rank


def whose(reach: Reach, keys: list[tuple[str, str]], name: str) -> tuple[UUID, bool]:
    return reach.whose(keys, name, words_for(keys, name))


def test_the_first_address_known_says_whose_a_card_is() -> None:
    one, other = new_id(), new_id()
    known = {("email", "b"): (Holder(one),), ("email", "d"): (Holder(other),)}
    reach = Reach(known)
    assert whose(reach, [("email", "a"), ("email", "b"), ("email", "d")], "Any Body") == (one, False)
    assert reach.found == {(one, ("email", "a")): "Any Body"}
    assert list(reach.pairs) == [(one, ("email", "a")), (one, ("email", "b"))]  # what reaches another stays theirs
    assert whose(reach, [("email", "a")], "") == (one, False)
    somebody_new, is_new = whose(reach, [("email", "n"), ("phone", "c")], "Any Body")
    assert (is_new, somebody_new in (one, other)) == (True, False)
    assert reach.found[somebody_new, ("phone", "c")] == "Any Body"
    assert whose(reach, [("phone", "c")], "Body, Any") == (somebody_new, False)
    assert whose(reach, [("email", "d"), ("phone", "c")], "Body") == (other, False)
    assert not reach.also_called
    assert whose(reach, [("email", "n"), ("phone", "c")], "Some Body") == (somebody_new, False)
    assert list(reach.also_called) == [(somebody_new, ("phone", "c"), "body some")]


# Cards.


def card(name: str = "Priya Raman", *emails: str, **more: Any) -> Card:
    return Card("uid", name, addresses=tuple(Address("email", one, "") for one in emails), **more)


def cards(by: By, *some: Card) -> list[CardOutcome]:
    return take_in_cards(some, IMPORT, by.now)


def test_a_card_becomes_somebody_with_all_it_says(by: By) -> None:
    whole = card(
        "Priya Raman", PRIYA, DANA, organization="Solace Ltd", title="Nurse " + "x" * 300,
        note="  Loves moss " + "y" * 3000,
        tags=("Gardener", "gardener", "z" * 99, " "), birthday=PartialDate(3, 14, 1980), revised=MORNING,
    )  # fmt: skip
    (outcome,) = cards(by, whole)
    assert outcome.is_new
    priya = Person.objects.get(id=outcome.person_id)
    assert (priya.name, priya.import_id, priya.name_rank) == ("Priya Raman", IMPORT, 2)
    assert (priya.birthday_month, priya.birthday_day, priya.birthday_year, priya.birthday_revised) == (
        3,
        14,
        1980,
        MORNING,
    )
    handles = Handle.objects.filter(person=priya)
    assert {(one.value, one.origin, one.import_id, one.first_seen) for one in handles} == {
        (PRIYA, "card", IMPORT, None), (DANA, "card", IMPORT, None),
    }  # fmt: skip
    fact = Fact.objects.get()
    assert (fact.person_id, fact.kind, fact.learnt, fact.noted_at, fact.import_id) == (
        priya.id,
        "note",
        "imported",
        by.now,
        IMPORT,
    )
    assert fact.value == ("Loves moss " + "y" * 3000)[:1999] + "…"
    assert set(Tag.objects.values_list("name", flat=True)) == {"Gardener", "z" * 59 + "…"}
    assert {(one.person_id, one.import_id) for one in PersonTag.objects.all()} == {(priya.id, IMPORT)}
    place = Affiliation.objects.get(person=priya)
    assert (place.organization.name, place.organization.domain, place.organization.import_id) == (
        "Solace Ltd",
        "solace.example",
        IMPORT,
    )
    assert (place.title, place.title_revised, place.import_id) == (("Nurse " + "x" * 300)[:199] + "…", MORNING, IMPORT)


def test_a_card_of_somebody_known_adds_what_was_not(by: By) -> None:
    read(by.now, mail("m", PRIYA, [MAYA], names={PRIYA: "P"}))
    known = Handle.objects.get(value=PRIYA).person_id
    (outcome,) = cards(by, card("Priya Raman", PRIYA, "p@else.example"))
    assert outcome == CardOutcome(known, False)
    added = Handle.objects.get(value="p@else.example")
    assert (added.person_id, added.origin, added.import_id, added.first_seen) == (known, "card", IMPORT, None)
    assert Person.objects.get(id=known).name == "Priya Raman"
    cards(by, card("Priya R. Raman", PRIYA), card("Priya", PRIYA))
    assert Person.objects.get(id=known).name == "Priya R. Raman"


def test_a_card_that_reaches_two_joins_nobody(by: By) -> None:
    priya = somebody(by, "Priya", email=PRIYA)
    other = somebody(by, "Dana", email=DANA)
    (outcome,) = cards(by, card("Priya Dana", DANA, PRIYA))
    assert outcome == CardOutcome(other.id, False)
    first, second = cards(by, card("New", "n@new.example"), card("Other", "n@new.example", "o@new.example"))
    assert (first.is_new, second.is_new, first.person_id == second.person_id) == (True, False, True)
    third = cards(by, card("X", "x@x.example"), card("Y", PRIYA, "x@x.example"))
    assert third[1].person_id == priya.id != third[0].person_id
    assert cards(by) == []


@pytest.mark.parametrize(
    ("one", "rule"),
    [
        (card("Priya", PRIYA), ""), (card(" "), "nobody-on-it"), (card("", PRIYA), ""),
        (card("", "info@bakery.example", organization="Bakery"), "card-of-a-group"),
        (card("", "info@bakery.example", PRIYA, organization="Bakery"), ""), (card("", "info@bakery.example"), ""),
    ],
)  # fmt: skip
def test_whose_card_is_nobodys(one: Card, rule: str) -> None:
    assert why_nobody(one) == rule
    assert is_person(one) is (not rule)


def test_a_card_is_called_by_its_name_its_organization_or_its_address() -> None:
    assert card_name(card(" Priya  Raman ", organization="Solace")) == ("Priya Raman", FROM_CARD)
    assert card_name(card("", PRIYA, organization=" Solace  Ltd ")) == ("Solace Ltd", FROM_ORGANIZATION)
    assert card_name(card("", "priya.raman@solace.example")) == ("Priya Raman", FROM_ADDRESS)
    assert card_name(card("")) == ("", FROM_ADDRESS)
    assert (len(card_name(card("n" * 400))[0]), len(card_name(card("", organization="o" * 400))[0])) == (300, 300)


def test_without_an_address_a_card_is_known_by_who_and_where_and_born_when() -> None:
    def key(**more: Any) -> str:
        ((kind, value),) = handle_keys(card(**{"name": "Priya Raman", "organization": "Solace", **more}))
        assert kind == "card"
        return value

    same = key(birthday=PartialDate(3, 14, 1980))
    assert key(birthday=PartialDate(3, 14), name="PRIYA raman") == same
    assert len({same, key(), key(birthday=PartialDate(3, 15)), key(organization="Else"), key(name="Dana")}) == 5
    assert handle_keys(card("x", "y" * 400))[0] == ("email", "y" * 319 + "…")


def test_of_two_birthdays_that_of_the_card_last_seen_to_counts(by: By) -> None:
    old, new, nobody_said = (card("P", PRIYA, birthday=day, revised=at) for day, at in (
        (PartialDate(12, 31, 1999), MORNING), (PartialDate(1, 2), LATER), (PartialDate(5, 6, 1980), None)))  # fmt: skip
    for order in ((old, new, nobody_said), (nobody_said, new, old)):
        cards(by, *order)
        priya = Handle.objects.get(value=PRIYA).person
        assert (priya.birthday_month, priya.birthday_day, priya.birthday_year) == (1, 2, None)
    dated = [card("D", DANA, birthday=day) for day in (PartialDate(12, 31), PartialDate(1, 1, 1970))]
    cards(by, *dated)
    assert Handle.objects.get(value=DANA).person.birthday_year == 1970


def test_of_two_titles_the_later_then_the_longer_counts_and_none_takes_one_away(by: By) -> None:
    def title(*some: tuple[str, datetime | None]) -> str:
        Person.objects.filter(is_home=False).delete()
        for one in some:
            cards(by, card("P", PRIYA, organization="Solace", title=one[0], revised=one[1]))
        return Affiliation.objects.get(person__is_home=False).title

    assert title(("Longest of all titles", MORNING), ("New", LATER)) == "New"
    assert title(("New", LATER), ("Longest of all titles", MORNING)) == "New"
    assert title(("Abc", None), ("Abcd", None), ("Ab", None)) == "Abcd"
    assert title(("Abc", MORNING), ("", LATER)) == "Abc"
    assert title(("", LATER), ("Abc", MORNING)) == "Abc"


def test_a_place_without_an_address_is_found_by_its_name(by: By) -> None:
    there = Organization.objects.create(
        workspace_id=by.viewer.workspace_id, name="Moss & Sons", sort_name="moss & sons", made_at=by.now
    )
    cards(by, card("A", DANA, organization="MOSS & sons"), card("B", "b@gmail.com", organization="New Place"))
    assert {one.organization_id for one in Affiliation.objects.filter(person__name="A")} == {there.id}
    made = Organization.objects.get(name="New Place")
    assert (made.domain, made.import_id, made.made_at, made.touched_by_hand) == (None, IMPORT, by.now, False)
    into = Organization.objects.create(workspace_id=there.workspace_id, name="Into", sort_name="into", made_at=by.now)
    Organization.objects.filter(id=there.id).update(merged_into=into)
    cards(by, card("C", "c@gmail.com", organization="Moss & Sons"))
    assert Affiliation.objects.get(person__name="C").organization_id == into.id


def test_a_card_names_the_place_of_its_work_address_unless_somebody_did(by: By) -> None:
    cards(by, card("P", DANA, PRIYA, organization="Solace Clinics"))
    solace = Organization.objects.get(domain="solace.example")
    assert (solace.name, solace.sort_name) == ("Solace Clinics", "solace clinics")
    assert Affiliation.objects.filter(organization=solace, person__name="P").exists()
    Organization.objects.filter(id=solace.id).update(touched_by_hand=True)
    cards(by, card("Q", "q@solace.example", organization="Else"))
    solace.refresh_from_db()
    assert solace.name == "Solace Clinics"
    cards(by, card("R", "r@fernhill.example", organization="Not Home"))
    assert Organization.objects.get(is_home=True).name == "Fernhill"


def test_who_is_at_two_places_on_a_card_is_at_the_first_since_it_was_seen_to(by: By) -> None:
    cards(
        by,
        card("P", PRIYA, "p@cedar.example", organization="Solace", revised=LATER),
        card("D", KENJI, organization="A", revised=LATER),
    )
    said = dict(Affiliation.objects.exclude(person__is_home=True).values_list("organization__domain", "said_at"))
    assert said == {"solace.example": LATER, "aurora.example": None}


def test_tags_are_known_in_whichever_case(by: By) -> None:
    tag_by_hand(by, somebody(by, "X").id, "GARDENER")
    cards(by, card("P", PRIYA, tags=("gardener", "Baker", "BAKER")))
    assert set(Tag.objects.values_list("name", flat=True)) == {"GARDENER", "Baker"}
    assert PersonTag.objects.filter(person__name="P").count() == 2


# How it ended.


@pytest.fixture
def file(by: By) -> ImportFile:
    here = {"workspace_id": by.viewer.workspace_id}
    source = Source.objects.create(**here, kind="files", name="F", owner_id=by.viewer.membership_id, made_at=by.now)
    run = Import.objects.create(**here, source=source, state="reading", made_at=by.now)
    return ImportFile.objects.create(**here, run=run, ordinal=0, name="all.mbox", size=9)


def a_raw(now: datetime) -> UUID:
    here = ImportFile.objects.get().workspace_id
    digest = new_id().bytes
    return RawItem.objects.create(workspace_id=here, format="mail", digest=digest, size=1, came_at=now).id


def ended(
    file: ImportFile, now: datetime, *read_: tuple[Parsed, bool | None], name: str = "all.mbox", prefix: bytes = b""
) -> list[Any]:
    """What became of each: is it new bytes, or None where none were kept."""
    told = [
        as_read(
            Piece("mail", name, number, prefix, b"x", 1), None if is_new is None else Kept(a_raw(now), is_new), parsed
        )
        for number, (parsed, is_new) in enumerate(read_)
    ]
    return settle(file.run_id, file, told, Belonging(None, None, file.run_id), now)


def test_every_item_is_told_how_it_ended(file: ImportFile, by: By) -> None:
    one, robot = mail("one", PRIYA, [MAYA]), mail("robot", PRIYA, [MAYA], automatic="bulk")
    items = ended(
        file, by.now, (Parsed((one,)), True), (Parsed((one,)), True), (Parsed((robot,)), True),
        (Parsed(cards=(card("P", DANA), card(""))), True), (Parsed(skipped=Skipped("empty", "why" + "x" * 600)), None),
        (Parsed(failure=Failure("no-date", "f" * 600)), True), (Parsed(), True), prefix=b"From x",
    )  # fmt: skip
    assert [(item.ordinal, item.part, item.outcome, item.reason) for item in items] == [
        (0, 0, "stored", ""), (1, 0, "already", ""), (2, 0, "stored", "bulk"), (3, 0, "stored", ""),
        (3, 1, "skipped", "nobody-on-it"), (4, 0, "skipped", "empty"), (5, 0, "quarantined", "no-date"),
        (6, 0, "skipped", "nothing-in-it"),
    ]  # fmt: skip
    interaction = Interaction.objects.get(origin=one.origin).id
    assert [item.interaction_id for item in items[:2]] == [interaction, interaction]
    assert items[3].person_id == Handle.objects.get(value=DANA).person_id
    assert (items[5].detail, items[6].detail) == (("why" + "x" * 600)[:499] + "…", "f" * 499 + "…")
    assert {(item.import_id, item.file_id, item.name, item.prefix) for item in items} == {
        (file.run_id, file.id, "", b"From x")
    }
    assert [item.raw_item_id is None for item in items] == [False] * 5 + [True, False, False]


def test_what_was_read_before_is_there_already(file: ImportFile, by: By) -> None:
    one = mail("one", PRIYA, [MAYA])
    ended(file, by.now, (Parsed((one,)), True))
    again = ended(file, by.now, (Parsed((one,)), False), (Parsed(cards=(card("P", PRIYA),)), False), prefix=b"")
    assert [item.outcome for item in again] == ["already", "already"]
    assert again[0].prefix is None
    changed = ended(file, by.now, (Parsed(cards=(card("P", PRIYA),)), True), (Parsed(cards=(card("N", DANA),)), False))
    assert [item.outcome for item in changed] == ["stored", "stored"]


def test_a_piece_of_an_archive_is_called_by_its_own_name(file: ImportFile, by: By) -> None:
    one = Parsed((mail("one", PRIYA, [MAYA]),))
    assert ended(file, by.now, (one, True), name="in/deep.eml")[0].name == "in/deep.eml"
    ImportFile.objects.filter(id=file.id).update(name="deep.eml.gz")
    file.refresh_from_db()
    assert ended(file, by.now, (one, True), name="deep.eml")[0].name == ""
    assert len(ended(file, by.now, (one, True), name="n" * 2000)[0].name) == 1000


def test_items_are_written_down_once_and_counted_when_new(file: ImportFile, by: By) -> None:
    items = ended(file, by.now, (Parsed((mail("one", PRIYA, [MAYA]),)), None), (Parsed(), None), (Parsed(), None))
    assert save_items(items) == {("stored", ""): 1, ("skipped", "nothing-in-it"): 2}
    assert save_items(items) == {}
    assert save_items([]) == {}
    kept = ImportItem.objects.get(outcome="stored")
    assert (kept.run_id, kept.file_id, kept.ordinal, kept.part) == (file.run_id, file.id, 0, 0)
    assert kept.interaction_id == Interaction.objects.get().id


@pytest.mark.parametrize(
    ("state", "is_taken"), [("waiting", True), ("reading", True), ("paused", False), ("done", False)]
)
def test_an_import_is_taken_by_one(file: ImportFile, by: By, state: str, is_taken: bool) -> None:
    Import.objects.update(state=state)
    token = begin(by.viewer.workspace_id, file.run_id)
    assert (token is not None) is is_taken
    if is_taken:
        run = Import.objects.get()
        assert (run.state, run.lease_token, run.began_at is None) == ("reading", token, False)
        assert begin(by.viewer.workspace_id, file.run_id) is None
