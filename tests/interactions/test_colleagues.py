"""What a colleague's files do to what is here: they tell more of what both were in, and open or change nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction

from rapport.accounts.access import viewer_of
from rapport.accounts.acting import By
from rapport.accounts.models import Workspace
from rapport.interactions.imports import GivenFile, run_import, start_import, undo_import
from rapport.interactions.models import Interaction, Message, Participant
from rapport.interactions.opening import open_interaction
from rapport.relationships.refresh import read_on

from ..people.people import membered, somebody

pytestmark = pytest.mark.django_db
Bring = Callable[..., UUID]
MAYA, ALI, PRIYA = "maya@fernhill.example", "ali@fernhill.example", "priya@solace.example"
LIST = "List-Id: <board.lists.example>\nList-Post: <mailto:board@lists.example>\n"


def mail(key: str, sender: str, day: int, *, to: str = "board@lists.example", answers: str = "", head: str = "") -> str:
    reply = f"In-Reply-To: <{answers}@fernhill.example>\n" if answers else ""
    return (f"{head}From: {sender}\nTo: {to}\nSubject: {key}\nDate: {day} Nov 2026 10:00:00 +0000\n"
            f"Message-ID: <{key}@fernhill.example>\n{reply}\nWords of {key}.\n")  # fmt: skip


@pytest.fixture
def ali(by: By, workspace: Workspace, now: datetime) -> By:
    """Ali, a member beside Maya."""
    person = somebody(by, "Ali Reza", email=ALI)
    return By(viewer_of(membered(person.id, ALI, workspace, now)), "web", now)


@pytest.fixture
def bring(workspace: Workspace, tmp_path: Path) -> Bring:
    """Let somebody import these files, mails and calendars."""

    def bring(by: By, *files: str) -> UUID:
        given = [
            GivenFile(f"{n}.{'ics' if 'VCALENDAR' in one else 'eml'}", [one.encode()]) for n, one in enumerate(files)
        ]
        started = start_import(by, given, tmp_path)
        run_import(workspace.id, started.import_id, tmp_path, read_on)
        return started.import_id

    return bring


def _ending(file: str) -> str:
    return "ics" if "VCALENDAR" in file else "eml"


def reads(by: By, interaction: UUID) -> bool:
    return not open_interaction(by.viewer, interaction).is_private


def reads_reply(by: By) -> bool:
    return reads(by, Interaction.objects.get(title="reply").id)


def parts_in(title: str) -> set[tuple[str, str]]:
    return set(Participant.objects.filter(interaction__title=title).values_list("address", "part"))


# Replies to a list.

ASKED_BY_ALI = (mail("plan", ALI, 3), mail("plan", ALI, 3, head=LIST))  # as it was sent, and as it came back
ANSWERED_BY_MAYA = (mail("reply", MAYA, 4, answers="plan"), mail("reply", MAYA, 4, answers="plan", head=LIST))


@pytest.mark.parametrize("forged_first", [False, True])
@pytest.mark.parametrize("real_is_here", [False, True])
def test_a_mail_written_by_hand_lets_nobody_read_what_answers_another(
    by: By, ali: By, bring: Bring, forged_first: bool, real_is_here: bool
) -> None:
    hers = [mail("plan", "Priya <priya@solace.example>", 3, head=LIST)] * real_is_here
    hers += [mail("reply", MAYA, 4, answers="plan", head=LIST)]
    turns = [lambda: bring(by, *hers), lambda: bring(ali, mail("plan", ALI, 2))]
    for turn in reversed(turns) if forged_first else turns:
        turn()
    assert not reads_reply(ali)
    assert ("priya@solace.example", "answered") in parts_in("reply") or not real_is_here
    bring(ali, mail("reply", MAYA, 4, answers="plan", head=LIST))  # a copy can be written by hand as well
    assert not reads_reply(ali)


def test_a_list_in_whose_name_it_was_sent_vouches_for_no_author(by: By, ali: By, bring: Bring) -> None:
    """What a list sends in its own name says only in its head who wrote it, and the copy read first is believed."""
    through = f"{LIST}X-Original-From: %s\n"
    bring(ali, mail("plan", "Ali via Board <board@lists.example>", 3, head=through % ALI))
    plan = mail("plan", "Priya via Board <board@lists.example>", 3, head=through % "priya@solace.example")
    bring(by, plan, mail("reply", MAYA, 4, answers="plan", head=LIST))
    assert Interaction.objects.count() == 2
    assert not reads_reply(ali)


def test_a_copy_written_by_hand_makes_no_list_of_a_letter(by: By, ali: By, bring: Bring) -> None:
    letter = mail("reply", MAYA, 4, to="priya@solace.example", answers="plan")
    bring(by, mail("plan", ALI, 3, to=MAYA), letter)
    bring(ali, mail("plan", ALI, 3, to=MAYA), LIST + letter)
    assert not reads_reply(ali)


def test_who_is_made_a_list_by_hand_lets_nobody_read_letters_to_them(by: By, ali: By, bring: Bring) -> None:
    bring(by, mail("plan", ALI, 3, to=MAYA), mail("reply", MAYA, 4, to="sam@solace.example", answers="plan"))
    bring(ali, mail("news", PRIYA, 5, to="sam@solace.example", head="List-Post: <mailto:sam@solace.example>\n"))
    assert Interaction.objects.get(title="reply").list_address == "sam@solace.example"
    assert not reads_reply(ali)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_who_is_answered_reads_it_in_whichever_order_both_bring_their_mail(
    by: By, ali: By, bring: Bring, order: tuple[int, ...]
) -> None:
    turns = [
        lambda: bring(by, ASKED_BY_ALI[1]), lambda: bring(by, ANSWERED_BY_MAYA[0]),
        lambda: bring(ali, ASKED_BY_ALI[0]), lambda: bring(ali, ANSWERED_BY_MAYA[1]),
    ]  # fmt: skip
    for turn in order:
        turns[turn]()
    assert Interaction.objects.count() == 2
    assert parts_in("reply") == {(MAYA, "from"), (ALI, "answered")}
    assert reads_reply(ali)
    assert reads_reply(by)


def test_who_is_answered_still_is_once_an_import_is_taken_back(by: By, ali: By, bring: Bring) -> None:
    bring(ali, ASKED_BY_ALI[0])
    bring(by, ASKED_BY_ALI[1])
    bring(by, ANSWERED_BY_MAYA[0])
    undo_import(ali, bring(ali, ASKED_BY_ALI[0], ANSWERED_BY_MAYA[1]))
    assert parts_in("reply") == {(MAYA, "from"), (ALI, "answered")}


def test_who_is_answered_by_nothing_but_what_was_taken_back_reads_it_no_more(by: By, ali: By, bring: Bring) -> None:
    bring(ali, ASKED_BY_ALI[0])
    asked = bring(by, ASKED_BY_ALI[1])
    bring(by, ANSWERED_BY_MAYA[0])
    assert reads_reply(ali)
    undo_import(by, asked)
    assert not reads_reply(ali)


# Meetings.

WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=3"


def calendar(
    title: str, *people: str, version: int = 0, stamp: int = 1, day: int = 2, hour: int = 9, method: str = "PUBLISH",
    more: str = "", priya: str = "NEEDS-ACTION",
) -> str:  # fmt: skip
    """A calendar with one meeting, which the first of these people called."""
    lines = ["BEGIN:VCALENDAR", f"METHOD:{method}", "BEGIN:VEVENT", "UID:walk", f"SUMMARY:{title}",
             f"DESCRIPTION:Words of {title}.", f"SEQUENCE:{version}", f"DTSTAMP:202611{stamp:02}T080000Z",
             f"DTSTART:202612{day:02}T{hour:02}0000Z", "DURATION:PT1H", *more.split()]  # fmt: skip
    lines += [f"ORGANIZER:mailto:{one}" for one in people[:1] if method != "REPLY"]
    answers = {one: priya if one == PRIYA else "ACCEPTED" for one in people}
    lines += [f"ATTENDEE;PARTSTAT={answers[one]}:mailto:{one}" for one in people]
    return "\r\n".join([*lines, "END:VEVENT", "END:VCALENDAR", ""])


def meetings(**of: object) -> list[tuple[object, ...]]:
    """All that is said of these meetings, and of who is in them."""
    rows = Interaction.objects.filter(**of).order_by("at")
    told = []
    for one in rows:
        people = Participant.objects.filter(interaction=one).order_by("address")
        text = Message.objects.get(interaction=one).text
        told.append((one.at, one.until, one.title, text, one.place, one.is_cancelled, one.is_contact, one.group_size,
                     one.owner_id, list(people.values_list("address", "part", "response", "at"))))  # fmt: skip
    return told


FORGED = {
    "later": calendar("forged", ALI, PRIYA, version=9, hour=11),
    "later with her": calendar("forged", ALI, MAYA, PRIYA, version=9, hour=11),
    "stamped later": calendar("forged", ALI, PRIYA, stamp=9, hour=11),
    "without anybody": calendar("forged", version=9, hour=11),
    "called off": calendar("forged", ALI, PRIYA, version=9, method="CANCEL"),
    "called off as it is": calendar("forged", MAYA, PRIYA, method="CANCEL"),
    "elsewhere": calendar("forged", MAYA, PRIYA, more="LOCATION:Some_other_and_longer_place"),
    "of many": calendar("forged", ALI, *(f"g{n}@party.example" for n in range(30))),
    "answered": calendar("forged", PRIYA, method="REPLY", stamp=9, priya="DECLINED"),
    "another series": calendar("forged", ALI, MAYA, PRIYA, version=9, day=3, more=WEEKLY),
    "the series alone once": calendar("forged", ALI, version=9, day=9, more="RECURRENCE-ID:20261209T090000Z"),
}


@pytest.mark.parametrize("often", ["", WEEKLY], ids=["once", "weekly"])
@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
def test_a_calendar_of_who_is_not_in_it_changes_no_meeting(
    by: By, ali: By, bring: Bring, often: str, forged: str
) -> None:
    hers = calendar("walk", MAYA, PRIYA, more=f"LOCATION:Quay {often}")
    bring(by, hers)
    before = meetings()
    bring(ali, forged)
    assert meetings(owner_id=by.viewer.membership_id) == before
    assert not any(reads(ali, one.id) for one in Interaction.objects.filter(title="walk"))
    bring(by, hers)
    assert meetings(owner_id=by.viewer.membership_id) == before
    bring(by, calendar("moved", MAYA, PRIYA, version=1, day=4, more=often))
    moved = Interaction.objects.filter(owner_id=by.viewer.membership_id, title="moved", at__hour=9)
    assert moved.count() == (3 if often else 1)
    assert not Interaction.objects.filter(title="walk").exists()


BOTH = (
    (False, calendar("first", MAYA, ALI, PRIYA, "kenji@aurora.example")),
    (True, calendar("second", MAYA, ALI, PRIYA, "kenji@aurora.example", stamp=3, hour=10)),
    (False, calendar("third", MAYA, ALI, PRIYA, version=1, stamp=4, day=3)),
    (True, calendar("last", MAYA, ALI, PRIYA, version=2, stamp=5, day=4, more="LOCATION:Quay")),
)
WEEKLY_FOR_BOTH = (
    (False, calendar("first", MAYA, ALI, PRIYA, more=WEEKLY)),
    (True, calendar("second", MAYA, ALI, PRIYA, version=1, stamp=3, day=3, hour=10, more=WEEKLY)),
    (False, calendar("last", MAYA, ALI, PRIYA, version=2, stamp=4, day=4, more=WEEKLY)),
    (True, calendar("last", PRIYA, method="REPLY", stamp=6, day=4, more="RECURRENCE-ID:20261211T090000Z")),
)


@pytest.mark.parametrize("told", [BOTH, WEEKLY_FOR_BOTH], ids=["once", "weekly"])
def test_of_a_meeting_both_are_in_the_last_version_counts_whoever_brings_it_first(
    by: By, ali: By, bring: Bring, told: tuple[tuple[bool, str], ...]
) -> None:
    outcomes = []
    for order in list(itertools.permutations(told))[::2]:
        with transaction.atomic():
            for is_his, file in order:
                bring(ali if is_his else by, file)
            assert {one.title for one in Interaction.objects.all()} == {"last"}
            assert all(reads(who, one.id) for one in Interaction.objects.all() for who in (by, ali))
            outcomes.append(meetings())
            transaction.set_rollback(True)
    assert all(one == outcomes[0] for one in outcomes)


@pytest.mark.parametrize("is_older_of_same", [False, True])
@pytest.mark.parametrize("his_first", [False, True])
def test_who_is_not_in_the_version_of_a_colleague_does_not_read_it(
    by: By, ali: By, bring: Bring, is_older_of_same: bool, his_first: bool
) -> None:
    his = calendar("walk", MAYA, ALI, PRIYA)
    hers = calendar("secret", MAYA, PRIYA, version=0 if is_older_of_same else 1, stamp=2)
    turns = [lambda: bring(by, hers), lambda: bring(ali, his)]
    for turn in reversed(turns) if his_first else turns:
        turn()
    secret = Interaction.objects.get()
    assert (secret.title, secret.owner_id) == ("secret", by.viewer.membership_id)
    assert (reads(by, secret.id), reads(ali, secret.id)) == (True, False)


def test_a_place_is_told_to_nobody_who_is_not_in_the_meeting(by: By, ali: By, bring: Bring) -> None:
    bring(ali, calendar("walk", ALI, MAYA, PRIYA))
    bring(by, calendar("walk", MAYA, PRIYA, more="LOCATION:Quay"))
    assert Interaction.objects.get().place == ""


@pytest.mark.parametrize("hers_first", [False, True])
@pytest.mark.parametrize("is_in_it", [False, True])
def test_what_guests_answered_counts_from_a_colleague_who_is_in_it(
    by: By, ali: By, bring: Bring, hers_first: bool, is_in_it: bool
) -> None:
    hers = calendar("walk", *([ALI] * is_in_it), MAYA, PRIYA)
    turns = [
        lambda: bring(ali, calendar("walk", PRIYA, method="REPLY", stamp=5, priya="DECLINED")),
        lambda: bring(by, hers),
    ]
    for turn in reversed(turns) if hers_first else turns:
        turn()
    walk = Interaction.objects.get()
    assert walk.owner_id == by.viewer.membership_id
    assert (reads(by, walk.id), reads(ali, walk.id)) == (True, is_in_it)
    assert Participant.objects.get(address=PRIYA).response == ("declined" if is_in_it else "needs-action")


def test_a_version_taken_back_leaves_the_meeting_as_a_colleague_told_it(by: By, ali: By, bring: Bring) -> None:
    bring(by, calendar("walk", MAYA, ALI, PRIYA))
    before = meetings()
    his = bring(ali, calendar("moved", MAYA, ALI, PRIYA, version=1, hour=11))
    assert Interaction.objects.get().title == "moved"
    undo_import(ali, his)
    assert meetings() == before
